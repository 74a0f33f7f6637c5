"""What happens when something unexpected goes wrong: labels first, then one dialog with a report.

Expected failures are `DynsegError`s and go to the message bar; only bugs come here.
"""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType

import PySide6
from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton
from PySide6.QtWidgets import QVBoxLayout, QWidget

import dynseg
from dynseg_annotator import theme

log = logging.getLogger("dynseg_annotator")

_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


@dataclass(frozen=True, slots=True)
class Report:
    """One unexpected failure.

    Attributes:
        title: The exception in one line.
        text: Everything that helps to find the cause; holds paths, but no label and no image.
    """

    title: str
    text: str


def make_report(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> Report:
    """Write a report about an exception."""
    lines = traceback.format_exception(kind, error, trace)
    facts = (
        f"dynseg-annotator {dynseg.__version__}, Python {platform.python_version()}, "
        f"PySide6 {PySide6.__version__}, {platform.platform()}"
    )
    title = "".join(traceback.format_exception_only(kind, error)).strip().splitlines()[-1]
    return Report(title, f"{facts}\n\n{''.join(lines)}")


class ErrorReporter(QObject):
    """Takes exceptions from every thread, saves the documents, shows one dialog.

    Args:
        save: Called first, on the window's thread; returns how many edits are not saved.
    """

    _caught = Signal(object)

    def __init__(self, save: Callable[[], int], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._save = save
        self._dialog: ReportDialog | None = None
        self._handling = False
        self._caught.connect(self.handle)
        self._previous = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        """Take over the hooks of this process."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(_on_qt_message)

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._previous
        qInstallMessageHandler(None)

    @property
    def dialog(self) -> ReportDialog | None:
        """The dialog, if one is open."""
        return self._dialog

    def handle(self, report: Report) -> None:
        """Save, then show; a failure inside is only logged, so that there is no loop."""
        if self._handling:
            log.error("while another failure was handled: %s", report.text)
            return
        self._handling = True
        try:
            unsaved = self._save()
            if self._dialog is not None and self._dialog.isVisible():
                self._dialog.add(report)
                return
            window = self.parent()
            self._dialog = ReportDialog(
                report, unsaved, window if isinstance(window, QWidget) else None
            )
            self._dialog.show()
        finally:
            self._handling = False

    def _on_exception(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._previous[0](kind, error, trace)
            return
        report = make_report(kind, error, trace)
        log.error("unexpected: %s", report.text)
        self._caught.emit(report)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        report = make_report(args.exc_type, args.exc_value, args.exc_traceback)
        log.error("unexpected, in a thread: %s", report.text)
        self._caught.emit(report)


def _on_qt_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Qt's own messages go to the log."""
    category = context.category or "qt"
    logging.getLogger(f"qt.{category}").log(_QT_LEVELS.get(kind, logging.WARNING), "%s", text)


class ReportDialog(QDialog):
    """Says that labels are safe, what failed, and lets the report be copied."""

    def __init__(self, report: Report, unsaved: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        self.resize(640, 380)
        self._text = QPlainTextEdit(report.text, self)
        self._text.setReadOnly(True)
        self._text.setFont(theme.mono_font())
        safe = "Your labels are saved." if not unsaved else f"{unsaved} edits are not saved yet."
        words = QLabel(
            f"{safe} You can go on working; if something looks wrong, close the window and open "
            f"it again.\n\n{report.title}",
            self,
        )
        words.setWordWrap(True)
        copy = QPushButton("Copy report", self)
        copy.clicked.connect(self._copy)
        close = QPushButton("Close", self)
        close.setDefault(True)
        close.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.addWidget(copy)
        row.addStretch(1)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setSpacing(theme.SPACE.normal)
        column.addWidget(words)
        column.addWidget(self._text, 1)
        column.addLayout(row)

    def add(self, report: Report) -> None:
        """Add another failure to the same dialog."""
        self._text.appendPlainText(f"\n{'-' * 40}\n{report.text}")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
