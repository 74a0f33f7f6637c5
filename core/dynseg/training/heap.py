"""Memory that is free goes back to the system: other programs may need it."""

from __future__ import annotations

import ctypes
import ctypes.util
import functools
import sys
from collections.abc import Callable


def give_back() -> bool:
    """Let go of what was freed; whether anything was.

    Tensors of many sizes leave holes in the heap of the C library, which keeps them: training
    for a few minutes holds twice what it needs. glibc alone has to be asked; a few milliseconds.
    """
    trim = _trim()
    return trim is not None and bool(trim(0))


@functools.cache
def _trim() -> Callable[[int], int] | None:
    """`malloc_trim` of glibc, None elsewhere."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        trim: Callable[[int], int] = ctypes.CDLL(ctypes.util.find_library("c")).malloc_trim
    except (OSError, AttributeError):
        return None  # another C library
    return trim
