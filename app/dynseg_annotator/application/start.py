"""From the command line to a running window, and back to nothing left running."""

from __future__ import annotations

import importlib
import logging
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

from dynseg_annotator import theme
from dynseg_annotator.application.frame import Frame, dress
from dynseg_annotator.errors import ErrorReporter, Report
from dynseg_annotator.settings import Settings

if TYPE_CHECKING:
    from dynseg_annotator.application.workbench import Workbench

WORKBENCH = "dynseg_annotator.application.workbench"


class Starter(QObject):
    """Shows the frame, then loads the workbench behind it.

    Args:
        settings: What the user chose.
        start_engine: Whether the engine worker starts by itself.
    """

    ready = Signal()
    """The workbench is in place."""

    _imported = Signal(object)

    def __init__(self, settings: Settings, *, start_engine: bool = True) -> None:
        super().__init__()
        self.frame = Frame(settings)
        self.frame.setParent(self)
        self.workbench: Workbench | None = None
        self._start_engine = start_engine
        self._imported.connect(self._complete)

    def show(self) -> None:
        """Show the window; the workbench follows after its first paint."""
        self.frame.show()
        QTimer.singleShot(0, self, self._load)

    def save(self) -> int:
        """Bring what can be saved to the disk; returns how many edits are left."""
        return self.workbench.context.session.flush(2.0) if self.workbench is not None else 0

    def report(self, report: Report, unsaved: int) -> None:
        """An unexpected failure, after the documents are safe."""
        show_report(self.frame.window, report, unsaved=unsaved)

    def shut_down(self) -> None:
        """End threads and processes."""
        if self.workbench is not None:
            self.workbench.shut_down()

    def _load(self) -> None:
        """Import on another thread, so that menus and buttons answer meanwhile."""
        QApplication.setWindowIcon(theme.application_icon())
        threading.Thread(target=self._import, name="import-workbench", daemon=True).start()

    def _import(self) -> None:
        try:
            importlib.import_module(WORKBENCH)
        except Exception as error:
            self._imported.emit(error)
            raise
        self._imported.emit(None)

    def _complete(self, error: object) -> None:
        if error is not None:
            return  # the reporter has it
        from dynseg_annotator.application.workbench import Workbench

        self.workbench = Workbench(self.frame, start_engine=self._start_engine)
        self.workbench.setParent(self)
        self.workbench.begin()
        self.ready.emit()


def show_report(window: QWidget, report: Report, *, unsaved: int) -> None:
    """Show one dialog; further failures while it is open go to the log alone."""
    from dynseg_annotator.dialogs.error_dialog import ErrorReportDialog

    if any(dialog.isVisible() for dialog in window.findChildren(ErrorReportDialog)):
        return
    safe = "Your labels are saved." if not unsaved else f"{unsaved} edits are not saved yet."
    dialog = ErrorReportDialog(
        report.title,
        f"{safe} You can go on; if something looks wrong, close the window and start again.",
        report.text,
        window,
    )
    dialog.finished.connect(dialog.deleteLater)
    dialog.show()


def run(arguments: Sequence[str], *, path: Path | None, demo: bool) -> int:
    """Show the window until it is closed; returns the exit status."""
    logging.basicConfig(
        level=os.environ.get("DYNSEG_LOG", "WARNING").upper(),
        format="%(asctime)s %(name)s %(levelname)s %(message)s",
    )
    # Qt would paint larger fills on a thread pool and wait for it, which a training run on all
    # cores makes slow; it reads this before its first fill.
    os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")
    app = QApplication([sys.argv[0], *arguments])
    settings = Settings()
    dress(app, settings)
    starter = Starter(settings)
    reporter = ErrorReporter(save=starter.save, show=starter.report, parent=starter)
    reporter.install()
    if path is not None:
        starter.frame.open(path)
    elif demo:
        starter.frame.open_sample()
    starter.show()
    status = app.exec()
    starter.shut_down()
    settings.flush()
    reporter.uninstall()
    return status
