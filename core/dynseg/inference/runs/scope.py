"""Which images of a project a model looks at, and what is known about them already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Literal

from dynseg.annotation.document import Annotation, ImageState
from dynseg.errors import DamagedError, ImageError, InputError, UnknownImageError
from dynseg.inference import detections as packing
from dynseg.inference.detections import Detection
from dynseg.inference.merge import SETTLED
from dynseg.inference.runs.summary import Tally
from dynseg.inference.runs.work import Work
from dynseg.inference.settings import PredictSettings
from dynseg.model.card import ModelCard
from dynseg.project.records import ImageRow
from dynseg.project.store import Store
from dynseg.project.view import file_inside

TOGETHER = 32
"""Images that are read from the project at once."""

Scope = Literal["unlabelled", "unreviewed", "all"]

_STATES: dict[str, frozenset[ImageState]] = {
    "unlabelled": frozenset({ImageState.UNLABELLED}),
    "unreviewed": frozenset(ImageState).difference(SETTLED),
    "all": frozenset(ImageState),
}


def images_in(store: Store, scope: Scope | str | Sequence[int]) -> list[ImageRow]:
    """The images of a scope, or exactly those with the given ids, in the order of the list.

    Raises:
        InputError: the scope has an unknown name.
    """
    rows = store.images()
    if not isinstance(scope, str):
        wanted = set(scope)
        return [row for row in rows if row.id in wanted]
    if scope not in _STATES:
        raise InputError(f"{scope!r} is no choice of images.", f"Use one of {', '.join(_STATES)}.")
    return [row for row in rows if row.state in _STATES[scope]]


def usable(rows: Iterable[ImageRow], tally: Tally, *, settled: bool = False) -> list[ImageRow]:
    """The images worth a look; damaged and, unless asked for, settled ones are counted instead."""
    found = []
    for row in rows:
        if row.damage:
            tally.failed.append((row.rel, row.damage))
        elif row.state in SETTLED and not settled:
            tally.skipped += 1
        else:
            found.append(row)
    return found


def cached(
    store: Store, image_id: int, card: ModelCard, settings: PredictSettings
) -> list[Detection] | None:
    """What the model has found in an image before, None when it has to look."""
    return _unpacked(store.predictions(image_id, card.model_id, settings.key(card)))


def _unpacked(data: bytes | None) -> list[Detection] | None:
    try:
        return None if data is None else packing.decode(data)
    except ValueError:
        return None  # damaged cache: the model looks again


class Works:
    """Images on their way to the model; read when they are needed, so that memory stays flat.

    Args:
        store: The project.
        rows: The images.
        card: Of the model.
        settings: How it runs.
    """

    def __init__(
        self, store: Store, rows: Sequence[ImageRow], card: ModelCard, settings: PredictSettings
    ) -> None:
        self._store = store
        self._rows = rows
        self._model_id = card.model_id
        self._key = settings.key(card)

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[Work]:
        store, root, key = self._store, self._store.images_root, self._key
        for start in range(0, len(self._rows), TOGETHER):
            rows = self._rows[start : start + TOGETHER]
            known = store.predictions_of([row.id for row in rows], self._model_id, key)
            for row in rows:
                found = _unpacked(known.get(row.id))
                yield Work(
                    row.id, row.rel, file_inside(root, row.rel), (row.width, row.height), found
                )


def require_size(work: Work, size: tuple[int, int]) -> None:
    """Refuse what was found in a file of another size than the labels have now.

    Raises:
        ImageError: it was.
    """
    if work.size not in (None, size):
        raise ImageError(work.path, "was replaced and has labels of another size now")


def require_same(work: Work, files: Mapping[int, tuple[str, tuple[int, int]]]) -> None:
    """Refuse what was found for an image that is gone, or has another file now.

    Args:
        work: The image as it was looked at.
        files: File and size of images as they are now.

    Raises:
        UnknownImageError: it was taken out of the project.
        ImageError: its file is another one, or of another size.
    """
    if work.key not in files:
        raise UnknownImageError(work.key)
    rel, size = files[work.key]
    if rel != work.rel:
        raise ImageError(work.path, f"was linked to {rel} meanwhile: pre-label it again")
    require_size(work, size)


class Documents:
    """The documents of the images of a run, read a few at a time as it comes to them.

    What was read may have changed since: the store refuses what was made from an old revision.

    Args:
        store: The project.
        image_ids: The images, in about the order in which they will be asked for.
    """

    def __init__(self, store: Store, image_ids: Sequence[int]) -> None:
        self._store = store
        self._ids = image_ids
        self._places = {image_id: place for place, image_id in enumerate(image_ids)}
        self._read: dict[int, Annotation] = {}

    def take(self, image_id: int) -> Annotation:
        """The document of an image, once; the newest one when it is asked for again.

        Raises:
            DamagedError: what is stored of this image is damaged.
            UnknownImageError: it was taken out of the project meanwhile.
        """
        place = self._places.pop(image_id, None)
        if place is not None and image_id not in self._read:
            ids = [known for known in self._ids[place : place + TOGETHER] if known in self._places]
            # Of one of them: each is told of its own.
            with suppress(DamagedError, UnknownImageError):
                documents = list(self._store.annotations([image_id, *ids]))
                self._read.update(zip([image_id, *ids], documents, strict=True))
        found = self._read.pop(image_id, None)
        return found or self._store.annotation(image_id)
