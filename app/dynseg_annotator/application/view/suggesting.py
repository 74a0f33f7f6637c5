"""The suggested queue: worked out beside the window's thread, kept true as work goes on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from dynseg.annotation.document import ImageState
from dynseg.project.store import Store
from dynseg.review.suggestion import Suggestions, suggest
from dynseg.worker.protocol import Cancelled, Describe, Failed, Finished
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level
from dynseg_annotator.itemmodels.image_arrangement import ImageOrder
from dynseg_annotator.language import engine_text, tr

AGAIN_AFTER = 5
"""So many more reviewed images may change what is worth looking at next."""


class SuggestionController(QObject):
    """Keeps the suggested order true while it is the order of the list.

    Args:
        parts: The window.
        apply: Takes the figures of the order by image id.
    """

    def __init__(
        self, parts: Parts, apply: Callable[[dict[int, float]], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._apply = apply
        self._reasons: dict[int, str] = {}
        self._job = 0
        self._left_out = 0
        self._asked_before = False
        self._reviewed = 0
        self._followed_doubt: bool | None = None
        engine = self._context.engine
        engine.finished.connect(self._ended)
        engine.failed.connect(self._ended)
        engine.cancelled.connect(self._ended)
        parts.images.counts_changed.connect(self._consider)
        self._context.project_closed.connect(self._forget)

    def reason_of(self, image_id: int) -> str:
        """Why an image stands where it stands; empty when nothing is known."""
        return self._reasons.get(image_id, "")

    def order(self) -> None:
        """Work the order out, and have images described that are not yet."""
        store = self._context.store
        if store is None:
            return
        self._reviewed = self._parts.images.counts[ImageState.REVIEWED]

        def done(found: Suggestions) -> None:
            if self._context.store is store:
                self._take(store, found)

        self._context.background.run(
            lambda: _suggested(store),
            done=done,
            failed=self._context.messages.show_error,
            newest_of=self,
        )

    def _take(self, store: Store, found: Suggestions) -> None:
        self._reasons = {image_id: item.reason for image_id, item in found.by_image.items()}
        self._apply({image_id: item.value for image_id, item in found.by_image.items()})
        if self._followed_doubt is False and found.follows_doubt:
            self._context.messages.show(
                Level.INFO, tr("The queue has changed."), engine_text(found.basis), key="queue"
            )
        self._followed_doubt = found.follows_doubt
        if self._asked_before:  # what could not be described now will not be in a moment
            self._left_out, self._asked_before = found.undescribed, False
        if found.undescribed > self._left_out and not self._job and not store.read_only:
            root, token = str(store.root), store.lock_token
            self._job = self._context.engine.submit(
                lambda job: Describe(job=job, project=root, token=token)
            )

    def _ended(self, event: Finished | Failed | Cancelled) -> None:
        if event.job != self._job:
            return
        self._job = 0
        self._asked_before = True
        if isinstance(event, Failed):
            text, hint = engine_text(event.message), engine_text(event.hint)
            self._context.messages.show(Level.WARN, text, hint, key="queue")
        self._again()

    def _consider(self) -> None:
        if self._parts.images.counts[ImageState.REVIEWED] >= self._reviewed + AGAIN_AFTER:
            self._again()

    def _again(self) -> None:
        if self._parts.images.order is ImageOrder.SUGGESTED:
            self.order()

    def _forget(self) -> None:
        if self._job:
            self._context.engine.cancel(self._job)
        self._reasons, self._job = {}, 0
        self._left_out, self._asked_before = 0, False
        self._reviewed, self._followed_doubt = 0, None


def _suggested(store: Store) -> Suggestions:
    with store.snapshot() as view:
        return suggest(view)
