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

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from dynseg_annotator import language, theme
from dynseg_annotator.application.frame import Frame, dress
from dynseg_annotator.errors import ErrorReporter, Report
from dynseg_annotator.jobs import ending
from dynseg_annotator.language import sentences, tr, tr_n
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
        self._settings = settings
        self.frame = self._new_frame()
        self.workbench: Workbench | None = None
        self._start_engine = start_engine
        self._settings_page = ""
        """Of the settings, to be opened in the window that is made anew."""
        self._imported.connect(self._complete)
        settings.changed.connect(self._setting_changed)

    def _new_frame(self) -> Frame:
        frame = Frame(self._settings)
        frame.setParent(self)
        return frame

    def show(self) -> None:
        """Show the window; the workbench follows after its first paint."""
        self.frame.show()
        QTimer.singleShot(0, self, self._load)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Open what macOS asks for: it names folders and files in an event, not as arguments."""
        if isinstance(event, QFileOpenEvent) and event.file():
            self.frame.open(Path(event.file()))
            return True
        return super().eventFilter(watched, event)

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

    @Slot(str, object)
    def _setting_changed(self, key: str, value: object) -> None:
        if key == "language" and language.chosen(str(value)) != language.current():
            # Later: the dialog that set it is part of the window that goes.
            QTimer.singleShot(0, self, self.change_language)

    def change_language(self) -> None:
        """Make the window anew in the language of the settings; project and image stay.

        The program and its undo history go on. While something runs that would have to stop, the
        window keeps its language until the next start, and says so.
        """
        wish = self.frame.pending
        if self.workbench is not None:
            if not self.workbench.may_be_remade():
                return
            wish = self.workbench.place()
            self._settings_page = self.workbench.menus.settings_page
            self.workbench.shut_down()
            self.workbench.deleteLater()
            self.workbench = None
        language.install(str(self._settings.get("language")))
        left, self.frame = self.frame, self._new_frame()
        left.window.remember_layout()
        if wish is not None and wish.path is not None:
            self.frame.open(wish.path)
        self.show()
        for dialog in left.window.findChildren(QDialog):
            dialog.close()
        left.window.hide()
        left.window.deleteLater()
        left.deleteLater()

    def _load(self) -> None:
        """Import on another thread, so that menus and buttons answer meanwhile."""
        QApplication.setWindowIcon(theme.application_icon())
        code = language.current()
        threading.Thread(
            target=self._import, args=(code,), name="import-workbench", daemon=True
        ).start()

    def _import(self, code: str) -> None:
        try:
            language.prepare(code)
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
        if self._settings_page:  # the dialog went with the window whose language was changed in it
            self.workbench.menus.show_settings(self._settings_page, focus="language")
        self._settings_page = ""
        self.ready.emit()


def show_report(window: QWidget, report: Report, *, unsaved: int) -> None:
    """Show one dialog; further failures while it is open go to the log alone."""
    from dynseg_annotator.dialogs.error_dialog import ErrorReportDialog

    if any(dialog.isVisible() for dialog in window.findChildren(ErrorReportDialog)):
        return
    safe = tr("Your labels are saved.")
    if unsaved:
        safe = tr_n("An edit is not saved yet.", "{n:,} edits are not saved yet.", unsaved)
    rest = tr("You can go on; if something looks wrong, close the window and start again.")
    dialog = ErrorReportDialog(
        report.title,
        sentences(safe, rest),
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
    if sys.platform == "darwin":
        app.installEventFilter(starter)
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
    if ending.settle():
        logging.shutdown()
        os._exit(status)  # Qt would wait half a minute for each
    return status
