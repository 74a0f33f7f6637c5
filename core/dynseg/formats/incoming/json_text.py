"""The bytes of a JSON file as the strict reader wants them: with finite numbers alone."""

from __future__ import annotations

import re
from typing import NamedTuple

_NOT_FINITE = re.compile(
    rb"(?<=[\[,:\s])[-+]?(?:nan|inf(?:inity)?|\d[\d.]*e\+?\d{3,})(?=[\s,\]}])", re.IGNORECASE
)
"""`NaN` and `Infinity` as Python's json writes them, and numbers larger than any float."""


class Mended(NamedTuple):
    """A document in which every number that is not finite is null.

    Attributes:
        data: The document.
        not_finite: How many numbers were none.
        first: Byte at which the first of them stood, from 0.
    """

    data: bytes
    not_finite: int
    first: int


def finite(data: bytes) -> Mended:
    """A document with null for numbers that are not finite, as browsers write them.

    What stands in texts is left alone.

    Args:
        data: UTF-8, which the strict reader refused.
    """
    kept: list[bytes] = []
    done, first, count, in_text = 0, 0, 0, False
    for found in _NOT_FINITE.finditer(data):
        before = data[done : found.start()]
        kept.append(before)
        in_text ^= _quotes(before) % 2 == 1
        kept.append(found[0] if in_text else b"null")
        if not in_text:
            first = first if count else found.start()
            count += 1
        done = found.end()
    kept.append(data[done:])
    return Mended(b"".join(kept), count, first)


def _quotes(piece: bytes) -> int:
    """How many quotes in a piece begin or end a text."""
    if b"\\" in piece:
        piece = piece.replace(b"\\\\", b"").replace(b'\\"', b"")
    return piece.count(b'"')
