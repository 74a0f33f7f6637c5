"""Which images of a project a model looks at, and what is known about them already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from dynseg.annotation.document import ImageState
from dynseg.errors import InputError
from dynseg.inference import detections as packing
from dynseg.inference.detections import Detection
from dynseg.inference.merge import SETTLED
from dynseg.inference.settings import PredictSettings
from dynseg.inference.stages import Work
from dynseg.inference.summary import Tally
from dynseg.project.records import ImageRow
from dynseg.project.store import Store

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
    store: Store, image_id: int, model_id: str, settings: PredictSettings
) -> list[Detection] | None:
    """What the model has found in an image before, None when it has to look."""
    data = store.predictions(image_id, model_id, settings.key())
    try:
        return None if data is None else packing.decode(data)
    except ValueError:
        return None  # damaged cache: the model looks again


def work(
    store: Store, rows: Iterable[ImageRow], model_id: str, settings: PredictSettings
) -> Iterator[Work]:
    """Images on their way to the model; read when they are needed, so that memory stays flat."""
    for row in rows:
        known = cached(store, row.id, model_id, settings)
        yield Work(row.id, row.rel, store.image_path(row.id), (row.width, row.height), known)
