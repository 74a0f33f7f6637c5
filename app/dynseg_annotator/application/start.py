"""From the command line to a running window, and back to nothing left running."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from dynseg_annotator.application.assist import AssistController
from dynseg_annotator.application.batch import BatchController
from dynseg_annotator.application.build import build_context, build_parts, dress
from dynseg_annotator.application.class_list import ClassController
from dynseg_annotator.application.closing import ClosingController
from dynseg_annotator.application.editing import EditController
from dynseg_annotator.application.menus import MenuController
from dynseg_annotator.application.models import ModelController
from dynseg_annotator.application.navigation import NavigationController
from dynseg_annotator.application.projects import ProjectController
from dynseg_annotator.application.status import StatusController
from dynseg_annotator.application.viewing import ViewController
from dynseg_annotator.context import Level
from dynseg_annotator.errors import ErrorReporter, Report
from dynseg_annotator.settings import Settings

ENGINE_START_MS = 1200
"""The engine starts once the window has painted and the first image is there."""


class Application(QObject):
    """The window with everything behind it.

    Args:
        settings: What the user chose.
        start_engine: Whether the engine worker starts by itself.
    """

    def __init__(self, settings: Settings, *, start_engine: bool = True) -> None:
        super().__init__()
        self.context = build_context(settings)
        self.context.setParent(self)
        self.parts = build_parts(self.context)
        self.window = self.parts.window
        self.view = ViewController(self.parts, self)
        self.status = StatusController(self.parts, self)
        self.navigation = NavigationController(self.parts, self)
        self.editing = EditController(self.parts, self.navigation, self)
        self.classes = ClassController(self.parts, self.editing, self)
        self.projects = ProjectController(self.parts, self)
        self.models = ModelController(self.parts, self, loads_at_once=start_engine)
        self.assist = AssistController(self.parts, self.models, self)
        self.batch = BatchController(self.parts, self.models, self)
        self.menus = MenuController(self.parts, self)
        self.closing = ClosingController(self.parts, self.projects, self)
        self.projects.opened.connect(self.navigation.open)
        self._start_engine = start_engine
        settings.save_failed.connect(
            lambda message, hint: self.context.messages.show(Level.WARN, message, hint)
        )

    def show(self) -> None:
        """Show the window; nothing is read from a project yet."""
        self.window.restore_place()
        self.window.show_work(False)
        self.window.show()
        notice = self.context.settings.notice
        if notice:
            self.context.messages.show(Level.WARN, notice)
        if self._start_engine:
            QTimer.singleShot(ENGINE_START_MS, self, self.context.engine.start)

    def open(self, path: Path) -> None:
        """Open a folder, a project or an image."""
        self.projects.open(path)

    def open_demo(self) -> None:
        """Open the embedded sample project."""
        self.projects.open_sample()

    def report(self, report: Report, unsaved: int) -> None:
        """An unexpected failure, after the documents are safe."""
        from dynseg_annotator.dialogs.error_dialog import ErrorReportDialog

        safe = "Your labels are saved." if not unsaved else f"{unsaved} edits are not saved yet."
        dialog = ErrorReportDialog(
            f"{report.title}",
            f"{safe} You can go on; if something looks wrong, close the window and start again.",
            report.text,
            self.window,
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    def shut_down(self) -> None:
        """End threads and processes; the documents are saved already."""
        self.closing.finish()


def run(arguments: Sequence[str], *, path: Path | None, demo: bool) -> int:
    """Show the window until it is closed; returns the exit status."""
    logging.basicConfig(
        level=os.environ.get("DYNSEG_LOG", "WARNING").upper(),
        format="%(asctime)s %(name)s %(levelname)s %(message)s",
    )
    app = QApplication([sys.argv[0], *arguments])
    settings = Settings()
    dress(app, settings)
    application = Application(settings)
    reporter = ErrorReporter(
        save=lambda: application.context.session.flush(2.0),
        show=application.report,
        parent=application,
    )
    reporter.install()
    application.show()
    if path is not None:
        QTimer.singleShot(0, application, lambda: application.open(path))
    elif demo:
        QTimer.singleShot(0, application, application.open_demo)
    status = app.exec()
    application.shut_down()
    settings.flush()
    reporter.uninstall()
    return status
