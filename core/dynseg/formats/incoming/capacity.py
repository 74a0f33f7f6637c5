"""Whether a label file is too large for the memory that is free.

What a file holds is in memory until all of its shapes are in the project.
"""

from __future__ import annotations

from dynseg.machine import free_memory

MAX_BYTES = 2 << 30
"""No label file is larger; one that is has another kind of content."""
SMALL_BYTES = 64 << 20
"""Up to here nothing is reckoned: there is always so much memory."""


def refusal(size_bytes: int, *, times: float) -> str:
    """Why a file cannot be read here, a clause; empty when it can.

    Args:
        size_bytes: Of the file.
        times: How many times its size reading it takes, with the shapes that come of it.
    """
    if size_bytes <= SMALL_BYTES:
        return ""
    if size_bytes > MAX_BYTES:
        return f"is larger than {MAX_BYTES >> 30} GB; not read. Export it in parts"
    needed, free = times * size_bytes, free_memory()
    if needed <= free:
        return ""
    return (
        f"needs about {needed / 1e9:.1f} GB of memory to be read, and {free / 1e9:.1f} GB are "
        "free; not read. Close other programs, or export it in parts"
    )
