"""A step takes no more images than there is memory for (I5)."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from dynseg.model.checkpoint import load
from dynseg.training.memory import LEAST_BATCH, OVERHEAD, SHARE, bytes_per_pixel, fitting_batch
from dynseg_resources import starter_model

FLOAT = 4
INPUT, OUTPUT = 3, 8


@pytest.fixture(scope="module")
def network() -> nn.Module:
    return nn.Sequential(nn.Conv2d(INPUT, OUTPUT, 3, padding=1), nn.ReLU())


def test_what_a_convolution_and_an_activation_keep_is_counted_once(network: nn.Module) -> None:
    assert bytes_per_pixel(network) == FLOAT * (INPUT + OUTPUT)


@pytest.mark.parametrize("images", [3, 7, 16])
def test_as_many_images_as_fit(network: nn.Module, images: int) -> None:
    image_bytes = OVERHEAD * FLOAT * (INPUT + OUTPUT) * 320 * 320
    free = round((images + 0.5) * image_bytes / SHARE)
    assert fitting_batch(network, size=320, wanted=16, free_bytes=free) == images
    assert fitting_batch(network, size=320, wanted=2, free_bytes=free) == 2


def test_never_below_what_batch_normalisation_needs(network: nn.Module) -> None:
    assert fitting_batch(network, size=640, wanted=16, free_bytes=0) == LEAST_BATCH
    assert fitting_batch(network, size=640, wanted=1, free_bytes=0) == 1


def test_the_starter_is_counted_and_left_as_it_is() -> None:
    model = load(starter_model())[0]
    before = {name: value.clone() for name, value in model.state_dict().items()}
    # A step of 16 images of 448 pixels took 2.66 GB: 830 bytes a pixel at its height.
    assert OVERHEAD * bytes_per_pixel(model) == pytest.approx(830, rel=0.15)
    assert all(torch.equal(before[name], value) for name, value in model.state_dict().items())
