"""What the project holds, counted beside the window's thread and shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from dynseg.errors import DynsegError, StoreWriteError
from dynseg.progress import CancelToken, Report
from dynseg.project.layout import called
from dynseg.project.store import Store
from dynseg.review.effort import Effort, effort_of_project
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level
from dynseg_annotator.language import tr

if TYPE_CHECKING:
    from dynseg.review.statistics import Statistics
    from dynseg_annotator.dialogs.statistics_dialog import StatisticsDialog
    from dynseg_annotator.panels.effort_charts import EffortCharts

KEY = "statistics"


class StatisticsController(QObject):
    """Counts when the dialog is asked for, and again each time."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._dialog: StatisticsDialog | None = None
        self._curves: EffortCharts | None = None
        self._found: Statistics | None = None
        self._cancel = CancelToken()
        parts.actions["statistics"].triggered.connect(lambda: self.show())
        self._context.project_closed.connect(self._close)

    def show(self) -> None:
        """Open the dialog, or bring it to the front, and count."""
        if self._context.store is None:
            return
        self._context.session.flush(2.0)
        if self._dialog is None:
            from dynseg_annotator.dialogs.statistics_dialog import StatisticsDialog
            from dynseg_annotator.panels.effort_charts import EffortCharts

            self._curves = EffortCharts()
            self._dialog = StatisticsDialog(self._curves, self._parts.window)
            self._curves.drawn.connect(self._dialog.fit_later)
            self._dialog.table_requested.connect(self.ask_where)
            self._dialog.finished.connect(self._dialog_closed)
        self._dialog.show()
        self._dialog.raise_()
        self.count()

    def count(self) -> None:
        """Read the whole project beside the window's thread."""
        store, dialog, curves = self._context.store, self._dialog, self._curves
        if store is None or dialog is None or curves is None:
            return
        self._cancel.cancel()
        cancel = self._cancel = CancelToken()

        def done(found: tuple[Statistics, list[Effort]]) -> None:
            if self._dialog is dialog and not cancel.cancelled:
                self._found, efforts = found
                dialog.show_statistics(self._found)
                curves.show_efforts(efforts)

        def failed(error: DynsegError) -> None:
            if self._dialog is dialog and not cancel.cancelled:
                dialog.show_error(error)

        self._context.background.run_reporting(
            lambda report: _counted(store, report, cancel),
            done=done,
            failed=failed,
            progressed=lambda p: dialog.show_progress(p) if self._dialog is dialog else None,
        )

    def ask_where(self) -> None:
        """Let the user choose a file for the table."""
        store = self._context.store
        if store is None or self._found is None:
            return
        dialog = QFileDialog(self._dialog or self._parts.window, tr("Save as a table"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(tr("Tables (*.csv)"))
        dialog.setDefaultSuffix("csv")
        dialog.setDirectory(str(store.root.parent))
        dialog.selectFile(f"{called(store.root)}-statistics.csv")
        dialog.fileSelected.connect(lambda path: self.write(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, path: Path) -> None:
        """Write the counts that are shown as a table."""
        found = self._found
        if found is None:
            return
        messages = self._context.messages

        def done(_: object) -> None:
            text = tr("The counts are in {file}.", file=path.name)
            messages.show(Level.OK, text, key=KEY)

        self._context.background.run(
            lambda: _written(path, found), done=done, failed=messages.show_error
        )

    def _dialog_closed(self) -> None:
        self._cancel.cancel()
        dialog, self._dialog = self._dialog, None
        self._curves = self._found = None
        if dialog is not None:
            dialog.deleteLater()

    def _close(self) -> None:
        if self._dialog is not None:
            self._dialog.reject()


def _counted(store: Store, report: Report, cancel: CancelToken) -> tuple[Statistics, list[Effort]]:
    from dynseg.review.statistics import statistics

    with store.snapshot() as view:
        return statistics(view, report=report, cancel=cancel), effort_of_project(view)


def _written(path: Path, found: Statistics) -> None:
    from dynseg.review.statistics import write_table

    try:
        write_table(path, found)
    except OSError as error:
        raise StoreWriteError(
            tr("The table could not be written ({reason}).", reason=error.strerror),
            tr("Choose another place, or free some space."),
        ) from error
