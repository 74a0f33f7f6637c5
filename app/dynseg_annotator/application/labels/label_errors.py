"""The label-error finder: a search behind the work, a list beside it."""

from __future__ import annotations

from PySide6.QtCore import QObject

from dynseg.annotation.document import Annotation, ImageState
from dynseg.errors import TrainingError
from dynseg.label_errors.looked import Looked, check_enough
from dynseg.progress import Progress
from dynseg.project.store import Store
from dynseg.review.disputes import Dispute, Verdicts, open_disputes
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.view.navigation import NavigationController
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.dialogs.disputes_dialog import DisputesDialog
from dynseg_annotator.jobs.label_errors import LabelErrorSearch
from dynseg_annotator.language import engine_text, mark, tr, tr_n

STAGE = mark("Looking for label errors")
Found = tuple[Verdicts | None, dict[int, str]]


class LabelErrorController(QObject):
    """Looks for label errors and leads to them."""

    def __init__(
        self, parts: Parts, navigation: NavigationController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._navigation = navigation
        self._dialog: DisputesDialog | None = None
        self._going_to: Dispute | None = None
        self.search = LabelErrorSearch(self)
        self.search.told.connect(self._told)
        self.search.ended.connect(self._ended)
        parts.actions["label-errors"].triggered.connect(lambda: self.show())
        navigation.shown.connect(self._shown)
        self._settles = False
        self._context.session.changed.connect(self._changed)
        self._context.session.saved.connect(lambda *_: self._saved())
        self._context.project_closed.connect(self._close)

    def show(self) -> None:
        """Open the list."""
        if self._dialog is None:
            self._dialog = dialog = DisputesDialog(self._parts.window)
            dialog.chosen.connect(self.go_to)
            dialog.search_asked.connect(self.begin)
            dialog.stop_asked.connect(self._stop)
        self._dialog.show()
        self._dialog.raise_()
        self.refresh()

    def refresh(self) -> None:
        """Read what is disputed beside the window's thread."""
        store = self._context.store
        if store is None:
            return

        def done(found: Found) -> None:
            if self._context.store is store and self._dialog is not None:
                self._dialog.show_disputes(*found)

        self._context.background.run(
            lambda: _read(store),
            done=done,
            failed=self._context.messages.show_error,
            newest_of=self,
        )

    def begin(self) -> None:
        """Look for errors."""
        store = self._context.store
        if store is None:
            return
        try:
            check_enough(self._parts.images.counts[ImageState.REVIEWED])
        except TrainingError as error:  # the process would take seconds to say so
            self._ended(Looked(message=error.message, hint=error.hint))
            return
        self.search.start(str(store.root), device=str(self._context.settings.get("device")))
        self._told(Looked())

    def go_to(self, dispute: Dispute) -> None:
        """Show the image and what is disputed in it."""
        self._going_to = dispute
        if self._context.session.image_id == dispute.image_id:
            self._shown(dispute.image_id)
        elif not self._navigation.go(dispute.image_id):
            self._going_to = None

    def _shown(self, image_id: int) -> None:
        dispute = self._going_to
        if dispute is None or dispute.image_id != image_id:
            return
        self._going_to = None
        annotation = self._context.session.annotation
        known = annotation is not None and any(
            item.id == dispute.instance_id for item in annotation.instances
        )
        self._context.session.selection.set([dispute.instance_id] if known else [])
        self._parts.canvas.camera.show_box(dispute.box)
        self._parts.window.status_line.set_hint(engine_text(dispute.reason))

    def _changed(self, _before: Annotation, after: Annotation) -> None:
        if self._dialog is not None and self._dialog.concerns(after.image_id):
            self._settles = True

    def _saved(self) -> None:
        """What is settled goes from the list."""
        if self._settles and not self._context.session.unsaved:
            self._settles = False
            self.refresh()

    def _told(self, state: Looked) -> None:
        line = self._parts.window.status_line
        if self.search.is_running:  # also in sight with the list closed, and asked about at the end
            line.set_job(self, Progress(STAGE, state.done, state.total or None), self._stop)
        else:
            line.clear_job(self)
        if self._dialog is not None:
            self._dialog.show_progress(state.done, state.total, runs=self.search.is_running)

    def _ended(self, last: Looked) -> None:
        if last.message:
            text, hint = engine_text(last.message), engine_text(last.hint)
            self._context.messages.show(Level.WARN, text, hint, key="label-errors")
        elif self._dialog is None or not self._dialog.isVisible():
            self._context.messages.show(
                Level.OK,
                tr_n("{n} label is disputed.", "{n} labels are disputed.", last.disputes or 0),
                action=MessageAction(tr("Show them"), self.show) if last.disputes else None,
                key="label-errors",
            )
        self._told(Looked())
        self.refresh()

    def _stop(self) -> None:
        self.search.stop()
        self._told(Looked())

    def _close(self) -> None:
        self._stop()
        self._going_to, self._settles = None, False
        if self._dialog is not None:
            self._dialog.close()
            self._dialog.deleteLater()
            self._dialog = None


def _read(store: Store) -> Found:
    with store.snapshot() as view:
        return open_disputes(view), {row.id: row.rel for row in view.images()}
