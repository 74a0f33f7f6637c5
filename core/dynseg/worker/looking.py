"""Answers about one object of the image on the screen, looked at close up."""

from __future__ import annotations

from dataclasses import replace

from dynseg.inference.detections import decode
from dynseg.inference.naming import Examples
from dynseg.inference.predictor import Predictor
from dynseg.inference.refine import point, refine
from dynseg.inference.runs.pipeline import named
from dynseg.inference.screen import Screen
from dynseg.project.store import Store
from dynseg.worker.point_messages import Outlined, Point, Pointed, Refine, Refined
from dynseg.worker.wire import from_wire, to_wire


def refined(
    request: Refine, store: Store, predictor: Predictor, screen: Screen, examples: Examples
) -> Refined:
    """What a box holds, named as proposals are; or the better outline of a polygon.

    Args:
        request: What is asked.
        store: The project.
        predictor: The model.
        screen: Keeps the image.
        examples: Reviewed shapes, for the name of what a model without classes finds.

    Raises:
        ImageError: the image cannot be read.
        EngineError: the model cannot run.
    """
    pixels, parts = screen.pixels(store, request.image_id), from_wire(request.parts)
    found = refine(pixels, predictor, request.settings, box=request.box, parts=parts)
    answer = Refined(request.job, request.image_id, predictor.card.model_id)
    if found is None:
        return answer
    if not parts:  # else it has its class already
        (found,) = named(store, request.image_id, [found], predictor.card, examples, pixels)
    return Refined(
        request.job, request.image_id, predictor.card.model_id,
        to_wire(found.parts), found.class_index, found.score, found.named,
    )  # fmt: skip


def pointed(
    request: Point, store: Store, predictor: Predictor, screen: Screen, examples: Examples
) -> Pointed:
    """What a click may mean, named as proposals are; arguments and errors as of `refined`."""
    card, image_id = predictor.card, request.image_id
    pixels = screen.pixels(store, image_id)
    data = store.predictions(image_id, card.model_id, request.settings.key(card))
    found = point(
        pixels, predictor, request.settings, x=request.x, y=request.y,
        known=decode(data) if data is not None else (),
    )  # fmt: skip
    names = named(store, image_id, [o.detection for o in found], card, examples, pixels)
    options = [replace(o, detection=item) for o, item in zip(found, names, strict=True)]
    outlines = [
        Outlined(to_wire(item.parts), item.class_index, item.score, option.worth, item.named)
        for option in options
        for item in (option.detection,)
    ]
    return Pointed(request.job, image_id, card.model_id, outlines)
