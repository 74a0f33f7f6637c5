"""A wish to stop ends the measurements of a run, whoever catches it on the way."""

from __future__ import annotations

import contextlib

import pytest
import torch

from dynseg.progress import CancelledError
from dynseg.training.stopping import stoppable


def test_a_wish_that_was_swallowed_is_heard_at_the_next_layer() -> None:
    """ultralytics counts operations within an `except Exception`."""
    layer = torch.nn.Identity()
    with stoppable(lambda: True) as look_up:
        with contextlib.suppress(CancelledError):
            layer(torch.zeros(1))
        with pytest.raises(CancelledError):
            layer(torch.zeros(1))
        with pytest.raises(CancelledError):
            look_up()
    layer(torch.zeros(1))
