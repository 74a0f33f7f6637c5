"""The documents of many images where the rows of some are damaged: the others are as good as ever.

`ProjectView.annotations` ends at the first of those, which is right where one image is asked for
and wrong where a thousand are: an export, a check or a count would tell of nothing but that one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from dynseg.annotation.document import Annotation
from dynseg.errors import DamagedError
from dynseg.project.view import ProjectView

_CHUNK = 64


def each_document(
    view: ProjectView, image_ids: Iterable[int]
) -> Iterator[tuple[int, Annotation | DamagedError]]:
    """The document of each image, or why it cannot be read, in the order asked for.

    Raises:
        ProjectError: there is no such image, or the database as a whole cannot be read.
    """
    waiting = iter(image_ids)
    while chunk := list(islice(waiting, _CHUNK)):
        try:
            found: list[Annotation | DamagedError] = list(view.annotations(chunk))
        except DamagedError:
            found = [_document(view, image_id) for image_id in chunk]
        yield from zip(chunk, found, strict=True)


def readable(view: ProjectView, image_ids: Iterable[int]) -> Iterator[Annotation]:
    """The documents that can be read, in the order asked for."""
    for _, document in each_document(view, image_ids):
        if isinstance(document, Annotation):
            yield document


def unreadable(view: ProjectView, image_ids: Iterable[int]) -> dict[int, DamagedError]:
    """The images whose rows are damaged, and what of them cannot be read."""
    return {
        image_id: document
        for image_id, document in each_document(view, image_ids)
        if isinstance(document, DamagedError)
    }


def _document(view: ProjectView, image_id: int) -> Annotation | DamagedError:
    try:
        return view.annotation(image_id)
    except DamagedError as error:
        return error
