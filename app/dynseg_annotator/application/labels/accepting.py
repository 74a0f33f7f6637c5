"""Accepting the proposals of many images in one step, which is taken back as one."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject

from dynseg.review.acceptance import Waiting, accept_many, waiting
from dynseg.review.many import Changed
from dynseg_annotator.application.labels.many import ManyController, stays, through
from dynseg_annotator.application.labels.nameless import NamelessController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.language import mark, sentences, tr, tr_n

STAGE = mark("Accepting proposals")


class AcceptController(QObject):
    """Counts, asks, accepts; all of it beside the window's thread."""

    def __init__(
        self,
        parts: Parts,
        many: ManyController,
        nameless: NamelessController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._many = many
        self._nameless = nameless
        parts.actions["accept-many"].triggered.connect(lambda: self.ask())

    def ask(self) -> None:
        """Count what waits, then ask what of it to accept."""
        store, writer = self._context.store, self._context.writer
        if not self._many.may_begin() or store is None or writer is None:
            return

        def work() -> Waiting:
            through(writer)(lambda _: None)  # what was drawn a moment ago counts
            return waiting(store)

        def done(found: Waiting) -> None:
            if self._context.store is store:
                self._ask(found)

        self._context.background.run(work, done=done, failed=self._context.messages.show_error)

    def _ask(self, found: Waiting) -> None:
        from dynseg_annotator.dialogs.accept_dialog import AcceptDialog

        images = self._parts.images
        ids, chosen = images.ids(), self._parts.image_panel.selected_ids()
        dialog = AcceptDialog(
            self._parts.window,
            found,
            listed=None if len(ids) == images.total else ids,
            selected=chosen if len(chosen) > 1 else None,
            least=self._parts.assist_panel.confidence.value() / 100,
            nameless=self._nameless.label(),
        )
        dialog.wanted.connect(self.accept)
        dialog.finished.connect(dialog.deleteLater)
        self._context.project_closed.connect(dialog.reject)
        dialog.open()

    def accept(self, image_ids: list[int], least: float, as_reviewed: bool) -> None:
        """Accept; what is drawn meanwhile is saved between images."""
        work = partial(accept_many, image_ids=image_ids, least=least, as_reviewed=as_reviewed)
        self._many.run(work, tr(STAGE), summary)


def summary(done: Changed) -> tuple[str, str]:
    """What was done, and what stays: a message and its hint."""
    shapes = tr_n("{n:,} proposal", "{n:,} proposals", done.proposals)
    text = tr_n(
        "{shapes} accepted on {n:,} image.",
        "{shapes} accepted on {n:,} images.",
        done.images,
        shapes=shapes,
    )
    reviewed = tr_n("{n:,} image is reviewed now.", "{n:,} images are reviewed now.", done.reviewed)
    said = [text] if done.proposals else [] if done.images else [tr("Nothing was accepted.")]
    said += [reviewed] if done.reviewed else []
    said += [tr("Stopped before the rest.")] if done.stopped else []
    return sentences(*said), stays(done)
