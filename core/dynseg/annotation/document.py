"""What is known about one image: a frozen value.

Coordinates are image pixels as `dynseg.geometry.part` defines them.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

import msgspec
import numpy as np

from dynseg.geometry.part import Part


class Origin(StrEnum):
    """Where a shape comes from."""

    HUMAN = "human"
    """Drawn or imported by a person."""
    MODEL = "model"
    """Proposed by a model and not changed since."""
    EDITED = "edited"
    """Proposed by a model, then changed by a person."""


class ImageState(StrEnum):
    """How far the work on an image is."""

    UNLABELLED = "unlabelled"
    PRELABELLED = "prelabelled"
    IN_WORK = "in_work"
    REVIEWED = "reviewed"
    """A person vouches for every shape, also for there being none."""
    SKIPPED = "skipped"


def new_id() -> str:
    """A fresh instance id."""
    return uuid.uuid4().hex


def new_ids(count: int) -> list[str]:
    """Fresh instance ids: thousands at once ask the system for chance only once."""
    chance = os.urandom(16 * count).hex()
    return [chance[at : at + 32] for at in range(0, 32 * count, 32)]


class Instance(msgspec.Struct, frozen=True, gc=False):
    """One object in one image; a changed copy is made by `msgspec.structs.replace`.

    Attributes:
        class_id: Id of a class of the project; stable, never reused.
        parts: One or more connected pieces.
        origin: Where the shape comes from.
        accepted: A person looked at a model's shape and kept it as it is.
        score: Confidence of the model in [0, 1]; None for human shapes.
        model_id: The model that proposed it, also after a person has changed it; None for a copy.
        run_id: The batch run that wrote it; None for a copy.
    """

    class_id: int
    parts: tuple[Part, ...]
    origin: Origin = Origin.HUMAN
    accepted: bool = False
    score: float | None = None
    model_id: str | None = None
    run_id: str | None = None
    id: str = msgspec.field(default_factory=new_id)

    __hash__ = None  # type: ignore[assignment]

    @property
    def is_human_work(self) -> bool:
        """Whether a person drew, changed or accepted it: then no run may touch it."""
        return self.origin is not Origin.MODEL or self.accepted

    @property
    def is_copied_proposal(self) -> bool:
        """Whether a person copied a proposal here: nobody looked at it, and no model proposed it.

        An imported proposal has its run, so that it is none.
        """
        return not self.is_human_work and self.model_id is None and self.run_id is None

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """`x0, y0, x1, y1` of all parts, image pixels."""
        if len(self.parts) == 1:  # nearly always, and asked for thousands at a time
            points = self.parts[0].outer
            x0, y0 = points.min(axis=0).tolist()
            x1, y1 = points.max(axis=0).tolist()
            return x0, y0, x1, y1
        low = np.min([p.outer.min(axis=0) for p in self.parts], axis=0)
        high = np.max([p.outer.max(axis=0) for p in self.parts], axis=0)
        return float(low[0]), float(low[1]), float(high[0]), float(high[1])


@dataclass(frozen=True, slots=True)
class Annotation:
    """All instances of one image, bottom to top, and the state of the work on it.

    Attributes:
        image_id: Row id of the image in the project.
        width, height: Size of the decoded image in pixels.
        instances: Later ones are drawn above earlier ones.
        state: How far the work is.
        revision: Counts every committed change; the store compares it before it writes.
    """

    image_id: int
    width: int
    height: int
    instances: tuple[Instance, ...] = ()
    state: ImageState = ImageState.UNLABELLED
    revision: int = 0

    def instance(self, instance_id: str) -> Instance:
        """The instance with this id.

        Raises:
            KeyError: there is none.
        """
        for item in self.instances:
            if item.id == instance_id:
                return item
        raise KeyError(instance_id)

    def with_instances(self, instances: Iterable[Instance]) -> Annotation:
        """The same image with other instances."""
        return replace(self, instances=tuple(instances))
