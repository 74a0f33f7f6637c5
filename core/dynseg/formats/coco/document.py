"""A COCO file as far as it is looked into: what an annotation draws stays bytes until it is wanted.

As Python objects the numbers of a file take seven times its size; instance annotations of the
training images of COCO 2017 are 450 MB.
"""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

_Kind = TypeVar("_Kind", bound=msgspec.Struct)


class Document(msgspec.Struct):
    """The lists of a file; anything may stand in them."""

    images: msgspec.Raw = msgspec.Raw(b"null")
    annotations: msgspec.Raw = msgspec.Raw(b"null")
    categories: Any = None


class ImageEntry(msgspec.Struct):
    """An item of `images`."""

    id: Any = None
    file_name: Any = None
    width: Any = None
    height: Any = None
    extra: Any = None


class Owner(msgspec.Struct):
    """Whose an item of `annotations` is."""

    image_id: Any = None
    category_id: Any = None


class Drawn(msgspec.Struct):
    """What an item of `annotations` draws."""

    category_id: Any = None
    segmentation: Any = None
    bbox: Any = None
    iscrowd: Any = None


def document(data: bytes) -> Document:
    """The lists of a file; none where it is no object.

    Raises:
        msgspec.DecodeError: it is not valid JSON.
        RecursionError: it is nested too deeply.
    """
    try:
        return msgspec.json.decode(data, type=Document)
    except msgspec.ValidationError:
        return Document()


def items(own: msgspec.Raw) -> list[msgspec.Raw] | None:
    """The items of a list, None for anything else."""
    found: list[msgspec.Raw] | None = _decoded(own, list[msgspec.Raw])
    return found


def entry(item: msgspec.Raw, kind: type[_Kind]) -> _Kind | None:
    """What is wanted of an item; None when it is no object, or has a text that is none."""
    found: _Kind | None = _decoded(item, kind)
    return found


def _decoded(own: msgspec.Raw, kind: Any) -> Any:
    try:
        return msgspec.json.decode(own, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
