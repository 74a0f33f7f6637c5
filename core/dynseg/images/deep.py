"""Colours of more than 8 bits in PNG and JPEG 2000 files, of which Pillow has the high bytes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_GREY_ALPHA = "LA;16B"
_QT = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


def png(path: Path, high: NDArray[np.uint8]) -> NDArray[np.uint16]:
    """All 16 bits of colours, `(H, W, 3)` or `(H, W, 4)`, or of grey with alpha, `(H, W, 2)`.

    Pillow takes the low bytes for the high ones where it is told that they come first; grey with
    alpha it takes for four bytes.

    Args:
        path: The file.
        high: The high bytes as Pillow has them, `(H, W, 3)` or `(H, W, 4)`.

    Raises:
        Exception: of Pillow, when the file is damaged.
    """
    with Image.open(path, formats=["PNG"]) as image:
        told = str(image.tile[0].args)
        other = "RGBA" if told == _GREY_ALPHA else told.replace(";16B", ";16L")
        image.tile = [tile._replace(args=other) for tile in image.tile]
        image.load()
        found = np.asarray(image)
    values: NDArray[np.uint16]
    if told == _GREY_ALPHA:
        values = np.ascontiguousarray(found).view(">u2").astype(np.uint16)
        return values
    values = high.astype(np.uint16)
    values <<= 8
    values |= found
    return values


def cleared(values: NDArray[np.uint16], colour: object) -> NDArray[np.uint16]:
    """Colours with an alpha channel, where one of them, as Pillow tells it, is transparent."""
    if not isinstance(colour, tuple) or len(colour) != values.shape[2]:
        return values
    opaque = np.full((*values.shape[:2], 1), (1 << 16) - 1, np.uint16)
    opaque[(values == np.array(colour)).all(2)] = 0
    return np.concatenate([values, opaque], axis=2)


def jpeg2000(path: Path, bits: int) -> NDArray[np.uint16]:
    """Colours of more than 8 bits by OpenCV, `(H, W, 3)` or `(H, W, 4)`, spread over 16 bits.

    Pillow rounds them to 8, and what is brightest over these to black.

    Raises:
        OSError: the file is damaged.
    """
    known = {name: os.environ.get(name) for name in _QT}
    import cv2  # only now: it is large, and few have such files

    for name, value in known.items():  # OpenCV points Qt to plug-ins of its own
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    data = np.frombuffer(path.read_bytes(), np.uint8)
    told = cv2.utils.logging.getLogLevel()
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)  # what is wrong is told here
    try:
        found: NDArray[Any] | None = cv2.imdecode(data, cv2.IMREAD_UNCHANGED)
    except cv2.error as error:
        raise OSError("OpenJPEG cannot decode it") from error
    finally:
        cv2.utils.logging.setLogLevel(told)
    if found is None or found.dtype != np.uint16 or found.ndim != 3 or found.shape[2] < 3:
        raise OSError("OpenJPEG cannot decode it")
    order = [2, 1, 0, 3][: found.shape[2]]
    return np.asarray(found[:, :, order] << max(0, 16 - bits), np.uint16)
