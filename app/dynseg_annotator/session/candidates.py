"""The candidates of the open image: what the confidence slider filters without the model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from dynseg.annotation.document import Annotation
from dynseg.annotation.rejections import PROPOSING, Rejections
from dynseg.errors import DynsegError
from dynseg.inference.detections import Detection, decode
from dynseg_annotator.session.saving import Edit

if TYPE_CHECKING:
    from dynseg.project.store import Store

GESTURE = f"{PROPOSING}confidence"
"""Moves of the slider in a row are one undo step."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Everything that a model found in one image, at the low cached threshold.

    `region` is where it looked, image pixels; None for all of the image.
    """

    image_id: int
    model_id: str
    settings_key: str
    detections: Sequence[Detection]
    region: tuple[float, float, float, float] | None = None

    def proposing(
        self,
        confidence: float,
        mapping: Mapping[int, int | None],
        names: Set[int],
        rejections: Callable[[], Rejections],
    ) -> Edit:
        """The edit that proposes what is at least this sure.

        Args:
            confidence: Lowest score of a proposal.
            mapping: Class of the model to class id of the project.
            names: Classes that what a model found may be named after what it resembles.
            rejections: Says what the person has rejected in the image; asked once, when the edit
                is made: an undo may be on its way before that.
        """
        from dynseg.inference.merge import propose

        rejected = cache(rejections)

        def edit(annotation: Annotation) -> Annotation:
            if annotation.image_id != self.image_id:
                return annotation
            return propose(
                annotation,
                self.detections,
                model_id=self.model_id,
                run_id=None,
                confidence=confidence,
                mapping=mapping,
                names=names,
                rejected=rejected(),
                region=self.region,
            )

        return edit


def read_candidates(
    store: Store,
    image_id: int,
    *,
    model_id: str,
    settings_key: str,
    region: tuple[float, float, float, float] | None = None,
) -> Candidates | None:
    """Candidates from the project's cache, None when the model has not seen the image.

    Raises:
        ProjectError: the database cannot be read.
    """
    data = store.predictions(image_id, model_id, settings_key)
    if data is None:
        return None
    try:
        return Candidates(image_id, model_id, settings_key, decode(data), region)
    except ValueError:
        return None  # damaged cache: the model can be run again


def newest_seen(store: Store, image_id: int, *, preferred: str) -> tuple[str, Sequence[Detection]]:
    """What a model has seen in all of an image, as far as that is kept, and which model.

    Args:
        store: The project.
        image_id: The image.
        preferred: Id of the model whose finds go first; else those that came last.

    Returns:
        An empty id and nothing where no model has looked.
    """
    try:
        kept = store.newest_predictions(image_id)
        kept.sort(key=lambda row: row[0] != preferred)
        return (kept[0][0], decode(kept[0][1])) if kept else ("", ())
    except (DynsegError, ValueError):
        return "", ()  # damaged: the check of the project tells of it, and the model can look again
