"""What proposals are worth to the person who corrects them, kept up to date beside the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from dynseg.annotation.document import ImageState
from dynseg.errors import DynsegError
from dynseg.project.store import Store
from dynseg.review.effort import Effort, effort_of_project, latest_effort, total
from dynseg_annotator.application.parts import Parts

if TYPE_CHECKING:
    from dynseg_annotator.dialogs.effort_dialog import EffortDialog
    from dynseg_annotator.panels.effort_charts import EffortCharts

SETTLE_MS = 1000
"""A walk through images asks once; edits that are not on the disk by then are waited for."""


class EffortController(QObject):
    """Shows in the training panel how much of the newest proposals was right."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._reviewed = -1
        self._dialog: EffortDialog | None = None
        self._curves: EffortCharts | None = None
        parts.training_panel.live.curves.clicked.connect(lambda: self.show_curves())
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(SETTLE_MS)
        self._wait.timeout.connect(self.measure)
        parts.images.counts_changed.connect(self._consider)
        # A class that goes takes its shapes out of reviewed images, and undo brings them back.
        self._context.images_changed.connect(lambda _: self._wait.start())
        self._context.project_closed.connect(self._forget)

    def measure(self) -> None:
        """Read the history of the images that were reviewed last, beside the window's thread."""
        store = self._context.store
        if store is None:
            return
        if self._context.session.unsaved:  # a slow disk: the history is not complete yet
            self._wait.start()
            return

        def done(efforts: list[Effort]) -> None:
            if self._context.store is store:
                self._parts.training_panel.live.show_effort(total(efforts))
                if self._dialog is not None and self._dialog.isVisible():
                    self._draw()

        self._context.background.run(
            lambda: _measured(store), done=done, failed=_ignore, newest_of=self
        )

    def show_curves(self) -> None:
        """Open the curves, or bring them up to date."""
        from dynseg_annotator.dialogs.effort_dialog import EffortDialog
        from dynseg_annotator.panels.effort_charts import EffortCharts

        if self._dialog is None:
            self._curves = EffortCharts()
            self._dialog = EffortDialog(self._curves, self._parts.window)
            # Curves are higher than the sentence before them.
            self._curves.drawn.connect(self._dialog.fit_later)
        self._dialog.show()
        self._dialog.raise_()
        self._draw()

    def _draw(self) -> None:
        """Read the whole history beside the window's thread."""
        store, curves = self._context.store, self._curves
        if store is None or curves is None:
            return

        def done(efforts: list[Effort]) -> None:
            if self._context.store is store and self._curves is curves:
                curves.show_efforts(efforts)

        self._context.background.run(
            lambda: _all(store),
            done=done,
            failed=self._context.messages.show_error,
            newest_of=curves,
        )

    def _consider(self) -> None:
        reviewed = self._parts.images.counts[ImageState.REVIEWED]
        if reviewed != self._reviewed:
            self._reviewed = reviewed
            self._wait.start()

    def _forget(self) -> None:
        self._wait.stop()
        self._reviewed = -1
        self._parts.training_panel.live.show_effort(Effort())
        if self._dialog is not None:
            self._dialog.close()
            self._dialog.deleteLater()
            self._dialog = self._curves = None


def _measured(store: Store) -> list[Effort]:
    with store.snapshot() as view:
        return latest_effort(view)


def _all(store: Store) -> list[Effort]:
    with store.snapshot() as view:
        return effort_of_project(view)


def _ignore(_error: DynsegError) -> None:
    """A damaged history is told where it matters, when the image is opened or checked."""
