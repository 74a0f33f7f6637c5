"""What a person has taken out of the open image, known without the window waiting for it."""

from __future__ import annotations

from collections.abc import Callable

from dynseg.annotation.document import Annotation
from dynseg.annotation.rejections import Rejections
from dynseg.geometry.part import Part
from dynseg_annotator.context import AppContext


class TakenOut:
    """Outlines of models that were rejected; the history of an image is read beside the window.

    In an image of 2,000 shapes and 1,000 rejected ones that takes three seconds after each step.

    Args:
        context: The window's.
        changed: Called when more is known.
    """

    def __init__(self, context: AppContext, changed: Callable[[], None]) -> None:
        self._context = context
        self._changed = changed
        self._of: Annotation | None = None
        self._known: dict[str, tuple[Part, ...]] = {}

    def forget(self) -> None:
        """Another image."""
        self._of = None
        self._known = {}

    def outlines(self, annotation: Annotation) -> list[tuple[Part, ...]]:
        """Those that are known in a version of the open image; the others follow."""
        before = self._of
        if before is annotation:
            return list(self._known.values())
        self._of = annotation
        if before is not None:
            # At once, what only a person takes out: a click must not bring it back.
            self._known |= {
                item.id: item.parts
                for item in before.instances
                if item.is_human_work and item.model_id is not None
            }
            there = {item.id for item in annotation.instances}
            self._known = {key: parts for key, parts in self._known.items() if key not in there}

        def read(found: Rejections) -> None:
            if self._of is annotation:
                self._known = {key: item.shape.parts for key, item in found.items()}
                self._changed()

        self._context.background.run(
            lambda: self._context.session.rejections(annotation.image_id),
            done=read,
            failed=lambda _error: None,  # said elsewhere: a click works without it
        )
        return list(self._known.values())
