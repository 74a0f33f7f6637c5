"""What the text of an option stands for; a text that makes no sense is refused with what does."""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Callable

from dynseg.machine import ALL_GPUS
from dynseg.training.config import Folds

BACKENDS = ("auto", "openvino", "onnx", "torch")
ANY_DEVICE = "auto"
DEVICES = "auto|cpu|cuda:0"
_DEVICE = re.compile(r"auto|cpu|cuda(:\d+)?")
_SEVERAL = re.compile(r"cuda:all|(cuda:)?\d+(,(cuda:)?\d+)*")


def whole(least: int, most: int | None = None, *, zero: str = "") -> Callable[[str], int]:
    """A reader of whole numbers.

    Args:
        least: The smallest one.
        most: The largest one.
        zero: What 0 stands for where it is allowed beside them: `"as the model was trained"`.
    """
    wanted = f"{least} or more" if most is None else f"{least} to {most}"
    wanted += f", or 0: {zero}" if zero else ""

    def read(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number") from None
        inside = number >= least and (most is None or number <= most)
        if not inside and not (zero and number == 0):
            raise argparse.ArgumentTypeError(f"has to be {wanted}; it was {number}")
        return number

    return read


count = whole(0)
"""How many; 0 mostly stands for all or for what the program chooses."""

some = whole(1)
"""How many, where none makes no sense."""

experts = whole(2, 32)
"""Kernels of a dynamic convolution; one alone would be a plain one."""

_SIDES = (32, 8192)
pixels = whole(*_SIDES, zero="the size that the model was trained with")
"""Longer side of the network's input."""
training_pixels = whole(*_SIDES, zero="by the size of the objects")
"""The same of a network that is to be trained."""
common_pixels = whole(*_SIDES, zero="the larger of theirs")
"""The same of two models that are compared."""


def folds(text: str) -> Folds:
    """How many models measure, 0 for none, or `auto`."""
    if text == "auto":
        return "auto"
    return count(text)


def share(text: str) -> float:
    """A number from 0 to 1."""
    number = _number(text)
    if not 0 <= number <= 1:
        raise argparse.ArgumentTypeError(f"has to be from 0 to 1; it was {text}")
    return number


def minutes(text: str) -> float:
    """A number of minutes; 0 for as many as it takes."""
    number = _number(text)
    if not 0 <= number < math.inf:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of minutes")
    return number


def names(text: str) -> tuple[str, ...]:
    """Names with commas between them."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def region(text: str) -> tuple[float, float, float, float]:
    """Two corners of a box, `x0, y0, x1, y1` in image pixels."""
    numbers = [_number(number) for number in text.split(",")]
    if len(numbers) != 4:
        raise argparse.ArgumentTypeError("has to be four numbers with commas between them")
    x0, y0, x1, y1 = numbers
    if not (0 <= x0 < x1 < math.inf and 0 <= y0 < y1 < math.inf):
        raise argparse.ArgumentTypeError(
            f"has to be left, top, right and bottom of a box; {text} holds no pixel"
        )
    return x0, y0, x1, y1


def device(text: str) -> str:
    """`auto`, `cpu`, `cuda` or `cuda:N`; whether it is there is seen when it is used."""
    if not _DEVICE.fullmatch(text):
        raise argparse.ArgumentTypeError(f"there is no device {text!r}; give auto, cpu or cuda:0")
    return text


def devices(text: str) -> str:
    """As `device`, or several GPUs: `cuda:0,1`, `0,1` or `cuda:all`."""
    if _SEVERAL.fullmatch(text):
        return text
    if not _DEVICE.fullmatch(text):
        raise argparse.ArgumentTypeError(
            f"there is no device {text!r}; give auto, cpu, cuda:0 or cuda:0,1"
        )
    return text


def are_several(device: str) -> bool:
    """Whether a text that `devices` took may name more than one."""
    return "," in device or device == ALL_GPUS


def add_device_argument(parser: argparse.ArgumentParser, *, several: bool = False) -> None:
    """Declare `--device`, the same for everything that runs a network on one, or on several."""
    parser.add_argument(
        "--device",
        type=devices if several else device,
        default=ANY_DEVICE,
        metavar=f"{DEVICES}|cuda:0,1|cuda:all" if several else DEVICES,
        help="where the network runs; auto takes a GPU that works"
        + (", cuda:all every one" if several else ""),
    )


def add_backend_argument(parser: argparse.ArgumentParser) -> None:
    """Declare `--backend`, the same for everything that runs a finished network."""
    parser.add_argument(
        "--backend",
        choices=BACKENDS,
        default="auto",
        help="what runs the network; auto takes the fastest here",
    )


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text.strip()!r} is no number") from None
