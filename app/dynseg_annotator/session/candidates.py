"""The candidates of the open image: what the confidence slider filters without the model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dynseg.annotation.document import Annotation
from dynseg.inference.detections import Detection, decode
from dynseg_annotator.session.saving import Edit

if TYPE_CHECKING:
    from dynseg.project.store import Store

GESTURE = "confidence"
"""Moves of the slider in a row are one undo step."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """Everything that a model found in one image, at the low cached threshold."""

    image_id: int
    model_id: str
    settings_key: str
    detections: Sequence[Detection]

    def proposing(self, confidence: float, mapping: Mapping[int, int | None]) -> Edit:
        """The edit that proposes what is at least this sure."""
        from dynseg.inference.merge import propose

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
            )

        return edit


def read_candidates(
    store: Store, image_id: int, *, model_id: str, settings_key: str
) -> Candidates | None:
    """Candidates from the project's cache, None when the model has not seen the image.

    Raises:
        ProjectError: the database cannot be read.
    """
    data = store.predictions(image_id, model_id, settings_key)
    if data is None:
        return None
    try:
        return Candidates(image_id, model_id, settings_key, decode(data))
    except ValueError:
        return None  # damaged cache: the model can be run again
