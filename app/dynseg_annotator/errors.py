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

import dynseg

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
    """Takes exceptions from every thread, saves the documents, then shows what happened.

    Args:
        save: Called first, on the window's thread; returns how many edits are not saved.
        show: Called next, with the report and that number.
    """

    _caught = Signal(object)

    def __init__(
        self,
        *,
        save: Callable[[], int],
        show: Callable[[Report, int], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._save = save
        self._show = show
        self._handling = False
        self._caught.connect(self.handle)
        self._previous = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        """Take over the hooks of this process."""
        self._previous = (sys.excepthook, threading.excepthook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception
        qInstallMessageHandler(_on_qt_message)

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._previous
        qInstallMessageHandler(None)

    def handle(self, report: Report) -> None:
        """Save, then show; a failure inside is only logged, so that there is no loop."""
        if self._handling:
            log.error("while another failure was handled: %s", report.text)
            return
        self._handling = True
        try:
            self._show(report, self._unsaved())
        except Exception:
            log.exception("a failure could not be shown")
        finally:
            self._handling = False

    def _unsaved(self) -> int:
        """Save; how many edits are not saved, at least one when that cannot be said."""
        try:
            return self._save()
        except Exception:
            log.exception("while a failure was handled, nothing could be saved")
            return 1

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
