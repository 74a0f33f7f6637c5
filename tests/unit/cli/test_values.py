"""Texts of options: what they stand for, and what is refused in which words."""

from __future__ import annotations

import argparse
from collections.abc import Callable

import pytest

from dynseg.cli import values
from dynseg.inference.backends.choice import MAKERS
from dynseg.inference.settings import PredictSettings
from dynseg.model.card import MAX_IMAGE_SIZE


@pytest.mark.parametrize(
    ("read", "text", "expected"),
    [
        (values.count, "0", 0),
        (values.pixels, "0", 0),
        (values.pixels, "640", 640),
        (values.whole(1), "7", 7),
        (values.share, "0.5", 0.5),
        (values.minutes, "1.5", 1.5),
        (values.names, " a, b c,,", ("a", "b c")),
        (values.region, "1, 2,3.5,4", (1.0, 2.0, 3.5, 4.0)),
        (values.device, "cuda:1", "cuda:1"),
        (values.devices, "auto", "auto"),
        (values.devices, "cuda:1", "cuda:1"),
        (values.devices, "cuda:0,1", "cuda:0,1"),
        (values.devices, "0,1", "0,1"),
        (values.devices, "cuda:all", "cuda:all"),
    ],
)
def test_what_texts_stand_for(read: Callable[[str], object], text: str, expected: object) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("read", "text", "words"),
    [
        (values.count, "-1", "0 or more"),
        (values.count, "many", "'many' is no whole number"),
        (values.pixels, "3", "32 to 8192, or 0"),
        (values.training_pixels, "3", "32 to 8192, or 0: by the size of the objects"),
        (values.whole(1, 9), "10", "1 to 9"),
        (values.experts, "1", "2 to 32"),
        (values.share, "3", "0 to 1"),
        (values.share, "nan", "0 to 1"),
        (values.share, "half", "'half' is no number"),
        (values.minutes, "inf", "minutes"),
        (values.region, "1,2,3", "four numbers"),
        (values.region, "1,2,3,x", "'x' is no number"),
        (values.region, "100,100,50,50", "holds no pixel"),
        (values.region, "0,0,nan,5", "holds no pixel"),
        (values.device, "gpu", "'gpu'"),
        (values.device, "cuda:0,1", "'cuda:0,1'"),
        (values.devices, "0,gpu", "'0,gpu'; give auto, cpu, cuda:0 or cuda:0,1"),
        (values.devices, "cpu,cpu", "'cpu,cpu'"),
    ],
)
def test_what_is_refused_says_what_is_wanted(
    read: Callable[[str], object], text: str, words: str
) -> None:
    with pytest.raises(argparse.ArgumentTypeError, match=words):
        read(text)


def test_choices_are_those_of_the_engine() -> None:
    assert set(values.BACKENDS) == {"auto", *MAKERS}
    assert PredictSettings(image_size=values.pixels(str(MAX_IMAGE_SIZE)))
