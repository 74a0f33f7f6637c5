"""Learning within the process of the tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch


@pytest.fixture
def no_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training in this process loads its images in it too.

    A process of tests has threads of Qt, OpenVINO and pytest, and may not survive the fork of a
    loader. The training process, which the e2e tests start, has none of these.
    """
    monkeypatch.setattr("dynseg.training.trainer._workers", lambda device: 0)


@pytest.fixture
def threads_as_before() -> Iterator[None]:
    """A run decides on the threads of its process, which here is that of the tests."""
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)
