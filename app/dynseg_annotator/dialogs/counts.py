"""How many: the counts that several dialogs say."""

from __future__ import annotations

from dynseg_annotator.language import tr_n


def images(n: int) -> str:
    """`1 image`, `3,120 images`."""
    return tr_n("{n:,} image", "{n:,} images", n)


def shapes(n: int) -> str:
    """`1 shape`, `3,120 shapes`."""
    return tr_n("{n:,} shape", "{n:,} shapes", n)


def objects(n: int) -> str:
    """`1 object`, `3,120 objects`."""
    return tr_n("{n:,} object", "{n:,} objects", n)
