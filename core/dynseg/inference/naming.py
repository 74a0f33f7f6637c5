"""Names for what a model finds that tells no kinds apart: those of the shapes that it resembles."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Set
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dynseg.annotation.document import ImageState
from dynseg.errors import DamagedError, ImageError
from dynseg.images.decode import decode_coarse
from dynseg.inference.detections import Detection
from dynseg.inference.names import Names
from dynseg.inference.runs.work import Outcome, Work
from dynseg.project.records import ImageRow
from dynseg.project.view import ProjectView
from dynseg.review.naming import Namer
from dynseg.review.traits import SIDE_PX, Numbers, Scene

MOST_IMAGES = 100
"""Reviewed images that are compared with, the latest."""
MOST_SHAPES = 1_500
OPENING_S = 0.15
"""Time for reading reviewed images while somebody waits for the proposals of one."""


@dataclass(frozen=True, slots=True)
class _Reviewed:
    """What is known of a reviewed image."""

    revision: int
    traits: Numbers
    class_ids: NDArray[np.int64]


class Examples:
    """The reviewed shapes of a project, as others are compared with them; kept in memory."""

    def __init__(self) -> None:
        self._known: dict[int, _Reviewed] = {}
        self._shown: Set[int] = frozenset()
        self._namer: tuple[Set[int], Namer | None] | None = None

    def look(
        self,
        view: ProjectView,
        *,
        most_s: float = math.inf,
        look_up: Callable[[], None] = lambda: None,
    ) -> None:
        """Take in what was reviewed, or changed, since the last look, the latest first.

        Args:
            view: The project, the same each time.
            most_s: What is left after this time is for the next look.
            look_up: Called between images; what it raises ends the look.
        """
        rows = view.images_in_state(ImageState.REVIEWED, latest=MOST_IMAGES)
        revisions = {row.id: row.revision for row in rows}
        known = {
            image_id: reviewed
            for image_id, reviewed in self._known.items()
            if revisions.get(image_id) == reviewed.revision
        }
        until_s = time.monotonic() + most_s
        missing = [row for row in reversed(rows) if row.id not in known and not row.damage]
        for row in missing:
            if known and time.monotonic() >= until_s:
                break
            look_up()
            known[row.id] = _read(view, row)
        if known.keys() != self._known.keys() or any(
            reviewed is not self._known[image_id] for image_id, reviewed in known.items()
        ):
            # The latest last: of very many shapes, the last ones are compared with.
            self._known = {row.id: known[row.id] for row in rows if row.id in known}
            shown = [item.class_ids for item in self._known.values()]
            self._shown = frozenset(np.unique(np.concatenate(shown)).tolist() if shown else ())
            self._namer = None

    def named(
        self,
        found: list[Detection],
        path: Path,
        size: tuple[int, int],
        usable: Set[int],
        *,
        pixels: NDArray[np.uint8] | None = None,
    ) -> list[Detection]:
        """The same detections with the classes of what they resemble.

        Args:
            found: What a model found in an image, surest first.
            path: The file of the image.
            size: Its width and height, pixels.
            usable: Classes that may be given.
            pixels: `(H, W, 3)` uint8 RGB of the image, of any size, where somebody has them.

        Returns:
            Without names where these would be wrong too often. The very same list when no name
            changes, or the image cannot be read.
        """
        names = Names(self.namer_for(usable))
        try:
            return names.given(found, lambda: _pixels(path) if pixels is None else pixels, size)
        except ImageError:
            return found

    def namer_for(self, usable: Set[int]) -> Namer | None:
        """What gives names, if they are worth something; the same for the same examples."""
        usable = usable & self._shown
        if self._namer is None or self._namer[0] != usable:
            self._namer = usable, self._made(usable)
        return self._namer[1]

    def _made(self, usable: Set[int]) -> Namer | None:
        traits, classes, images = [], [], []
        for image_id, reviewed in self._known.items():
            own = np.isin(reviewed.class_ids, list(usable))
            if own.any():
                traits.append(reviewed.traits[own])
                classes.append(reviewed.class_ids[own])
                images.append(np.full(own.sum(), image_id))
        if not traits:
            return None
        namer = Namer(
            np.concatenate(traits)[-MOST_SHAPES:],
            np.concatenate(classes)[-MOST_SHAPES:],
            np.concatenate(images)[-MOST_SHAPES:],
        )
        return namer if namer.is_right else None


class RunNames:
    """Names what is found in many images, after what was reviewed when the first one was named.

    Args:
        view: The project.
        confidence: What is less sure keeps the name that it has.
        look_up: Called between reviewed images that are read; what it raises ends the work.
    """

    def __init__(
        self, view: ProjectView, *, confidence: float, look_up: Callable[[], None]
    ) -> None:
        self._view = view
        self._confidence = confidence
        self._look_up = look_up
        self._examples: Examples | None = None
        self._names: Names | None = None

    def among(self, usable: Set[int]) -> Names | None:
        """Gives names out of these classes; None without any.

        The very same object as before while no class comes or goes that has examples.
        """
        if not usable:
            return None
        if self._examples is None:
            examples = Examples()
            examples.look(self._view, look_up=self._look_up)
            self._examples = examples
        namer = self._examples.namer_for(usable)
        if self._names is None or self._names.namer is not namer:
            self._names = Names(namer, self._confidence)
        return self._names

    def of(self, work: Work, outcome: Outcome, usable: Set[int]) -> list[Detection] | None:
        """What was found in an image with other names.

        None where none changes, or the image cannot be read.

        Args:
            work: The image.
            outcome: What a model found there.
            usable: Classes that may be given; with none, names are left as they are.
        """
        names = self.among(usable)
        if names is None or outcome.names is names or work.size is None:
            return None
        try:
            found = names.given(outcome.detections, lambda: _pixels(work.path), work.size)
        except ImageError:
            return None
        return None if found is outcome.detections else found


def _pixels(path: Path) -> NDArray[np.uint8]:
    """An image that only shapes are looked at in, so that they look as in all of its pixels.

    Raises:
        ImageError: it cannot be read.
    """
    return decode_coarse(path, 2 * SIDE_PX)


def _read(view: ProjectView, row: ImageRow) -> _Reviewed:
    """Shapes of a reviewed image, evenly chosen of too many; none where it cannot be read."""
    nothing = _Reviewed(row.revision, np.empty((0, 0)), np.empty(0, np.int64))
    try:
        document = view.annotation(row.id)
        every = math.ceil(len(document.instances) / MOST_SHAPES) or 1
        shapes = document.instances[::every]
        if not shapes or row.is_other_file:
            return nothing
        scene = Scene(_pixels(view.image_path(row.id)), row.width, row.height)
    except (DamagedError, ImageError):
        return nothing
    traits = scene.traits([item.parts for item in shapes])
    class_ids = np.array([item.class_id for item in shapes], np.int64)
    return _Reviewed(document.revision, traits, class_ids)
