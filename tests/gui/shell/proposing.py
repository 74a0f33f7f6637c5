"""Proposals for window tests, as a batch run would leave them in the store."""

from __future__ import annotations

from dataclasses import replace

from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance, Origin
from dynseg.geometry.part import Part, ring
from dynseg_annotator.application.workbench import Workbench


def square(x: float, y: float, side: float = 30.0) -> tuple[Part, ...]:
    """A square with its upper left corner at x, y."""
    return (Part(ring([(x, y), (x + side, y), (x + side, y + side), (x, y + side)])),)


def propose(
    window: Workbench,
    number: int,
    *scores: float,
    told: bool = True,
    model_id: str = "m",
    run_id: str | None = None,
) -> int:
    """Give the image with this place in the folder proposals in a row; returns its id.

    Args:
        window: The whole of it.
        number: Place of the image in the folder.
        scores: Of the proposals.
        told: Whether the window hears of it.
        model_id: Of the model that proposes.
        run_id: Of the run; a new one when None.
    """
    store = window.context.store
    assert store is not None
    image_id = store.images()[number].id
    before = store.annotation(image_id)
    class_id = window.context.classes.labels[0].id
    items = [
        Instance(
            class_id, square(10 + 40 * at, 20), origin=Origin.MODEL, score=score, model_id=model_id
        )
        for at, score in enumerate(scores)
    ]
    after = replace(before.with_instances(items), state=ImageState.PRELABELLED)
    run = store.begin_run("prelabel", model_id, {}, run_id=run_id)
    refused = store.commit_run(run, [(image_id, before.revision, diff(before, after))])
    assert not refused
    store.finish_run(run, "finished")
    if told:
        window.context.images_changed.emit([image_id])
    return image_id
