"""Review mode: through the queue image by image, through an image object by object."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit

from dynseg.annotation.document import Annotation, ImageState
from dynseg.review.queue import ReviewOrder, reason
from dynseg_annotator.actions import shown_key
from dynseg_annotator.application.labels.editing import EditController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.view.listing import ListController
from dynseg_annotator.application.view.navigation import (
    ALL_DONE,
    NavigationController,
    by_certainty,
)
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.itemmodels.image_arrangement import ImageOrder, waits
from dynseg_annotator.language import engine_text, tr

NONE_LEFT = "none-left"
"""Key of what is said when the last proposal of an image is decided."""


class ReviewController(QObject):
    """While it is on, every image opens at its least certain proposal."""

    def __init__(
        self,
        parts: Parts,
        navigation: NavigationController,
        editing: EditController,
        listing: ListController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._navigation = navigation
        self._listing = listing
        self._bar = parts.review_bar
        self._mode = parts.actions["review-mode"]
        self._proposed = 0
        self._starting = False
        self._left_order: ImageOrder | None = None
        self._mode.toggled.connect(self._set_active)
        session = self._context.session
        session.opened.connect(self._opened)
        session.changed.connect(self._changed)
        navigation.shown.connect(self._shown)
        navigation.all_reviewed.connect(self._all_reviewed)
        editing.none_left.connect(self._none_left)
        parts.images.counts_changed.connect(self._show_progress)
        parts.images.arranged.connect(self._arranged)
        self._context.project_closed.connect(lambda: self._mode.setChecked(False))

    @property
    def is_active(self) -> bool:
        """Whether review mode is on."""
        return self._mode.isChecked()

    def _set_active(self, on: bool) -> None:
        """Begin or end; the image stays if it waits for a person, else the first one that does."""
        self._bar.setVisible(on)
        self._navigation.zooms = on
        if not on:
            self._leave()
            return
        self._parts.window.status_line.set_hint(
            tr(
                "Tab next object, {accept} accept, {reject} reject, Enter image",
                accept=shown_key(self._parts.actions["accept-object"]),
                reject=shown_key(self._parts.actions["reject-object"]),
            )
        )
        self._show_progress()
        self._starting = True
        order = self._parts.images.order
        self._left_order = None
        if order in (ImageOrder.NAME, ImageOrder.STATE):  # nobody chose one of a queue
            self._left_order = order
            order = ImageOrder(self._context.settings.get("review_order"))
        self._listing.order(order)
        if order is self._parts.images.order:  # nothing to wait for
            self._arranged()

    def _leave(self) -> None:
        """Everything is as it was before: the whole image, and the list in its own order."""
        self._parts.window.status_line.set_hint("")
        order, self._left_order = self._left_order, None
        if self._context.store is None:
            return
        self._parts.canvas.camera.fit()
        if order is not None:
            self._listing.order(order)

    def _arranged(self) -> None:
        """The queue is there: begin with it."""
        if not self.is_active:
            return
        order = self._parts.images.order
        if order.value in set(ReviewOrder):
            self._context.settings.set("review_order", order.value)
        if not self._starting:
            return
        self._starting = False
        image_id = self._context.session.image_id
        row = None if image_id is None else self._parts.images.row_of(image_id)
        if row is None or not waits(row):
            self._navigation.step(1, unreviewed=True)
        elif image_id is not None:
            self._shown(image_id)

    def _opened(self, annotation: Annotation) -> None:
        self._proposed = 0
        self._parts.window.status_line.withdraw(NONE_LEFT)  # that was said of another image
        self._count(annotation)

    def _shown(self, _image_id: int) -> None:
        """The pixels are there: go to the least certain proposal."""
        if not self.is_active:
            return
        if not isinstance(QApplication.focusWidget(), QLineEdit):
            self._parts.canvas.setFocus(Qt.FocusReason.OtherFocusReason)
        annotation = self._context.session.annotation
        if annotation is None:
            return
        hidden = self._context.visibility.hidden_in(annotation)
        for item in by_certainty(annotation, hidden=hidden):
            if not item.is_human_work:
                self._navigation.go_to(item.id)
                return

    def _none_left(self) -> None:
        """Every proposal is decided: show the whole image, so that what is missing is seen."""
        if self.is_active:
            self._parts.canvas.camera.fit()
            return
        self._navigation.step_back()
        keys = self._parts.actions["accept-image"].shortcut()
        self._parts.window.status_line.say(
            tr(
                "No proposal is left here; {keys} accepts the image",
                keys=keys.toString(QKeySequence.SequenceFormat.NativeText),
            )
            if not keys.isEmpty()
            else tr("No proposal is left here"),
            key=NONE_LEFT,
        )

    def _changed(self, before: Annotation, after: Annotation) -> None:
        """Follow an edit; where a model has proposed anew, the object that was gone to is gone."""
        self._count(after)
        waited = {item.id for item in before.instances if not item.is_human_work}
        gone = waited and waited.isdisjoint(item.id for item in after.instances)
        if gone and self.is_active and not self._context.session.selection.ids:
            self._shown(after.image_id)

    def _count(self, annotation: Annotation) -> None:
        left = sum(not item.is_human_work for item in annotation.instances)
        if left:
            self._parts.window.status_line.withdraw(NONE_LEFT)  # undo has brought some back
        came = not self._proposed and left > 0
        self._proposed = max(self._proposed, left)
        self._bar.set_left(
            left,
            self._proposed,
            self._reason(annotation.image_id),
            state=annotation.state,
        )
        if came and self.is_active and not self._context.session.selection.ids:
            self._shown(annotation.image_id)  # the model has answered meanwhile

    def _reason(self, image_id: int) -> str:
        images = self._parts.images
        row, order = images.row_of(image_id), images.order
        if order is ImageOrder.SUGGESTED:
            return engine_text(self._listing.suggestions.reason_of(image_id))
        if row is None or order.value not in {"uncertainty", "disagreement"}:
            return ""
        return engine_text(reason(row, ReviewOrder(order.value), images.value_of(image_id)))

    def _show_progress(self) -> None:
        images = self._parts.images
        self._bar.set_progress(images.counts[ImageState.REVIEWED], images.total)

    def _all_reviewed(self) -> None:
        if not self.is_active:
            return
        self._mode.setChecked(False)
        self._context.messages.show(
            Level.OK,
            tr("Every image of the list is reviewed."),
            tr("Train on them, and the model proposes better."),
            MessageAction(tr("Train"), self._parts.actions["train"].trigger),
            key=ALL_DONE,
        )
