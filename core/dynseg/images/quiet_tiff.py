"""What is wrong with a TIFF is told by the decoder; libtiff would print lines of its own, too."""

from __future__ import annotations

import contextlib
import ctypes
import logging
from functools import cache

from PIL import _imaging

logging.getLogger("PIL.TiffImagePlugin").setLevel(logging.CRITICAL)
"""Python prints what a program that has no log set up would log."""


@cache
def be_quiet() -> None:
    """Have Pillow's libtiff print nothing; it goes on printing where it cannot be reached.

    Its handlers are of the whole process (`TIFFSetErrorHandler` of libtiff), and print alone:
    Pillow hears of errors by what the calls return.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):
        library = ctypes.CDLL(_imaging.__file__)
        library.TIFFSetErrorHandler(None)
        library.TIFFSetWarningHandler(None)
