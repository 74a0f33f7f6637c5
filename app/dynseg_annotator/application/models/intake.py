"""Models into a project: files, checkpoints of Ultralytics, published weights."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from dynseg.errors import DynsegError
from dynseg.model.card import ModelCard
from dynseg.progress import CancelToken, Progress
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level
from dynseg_annotator.language import tr
from dynseg_annotator.session.taking_in import take_in

if TYPE_CHECKING:
    from dynseg_annotator.dialogs.fetch_dialog import FetchDialog


class ModelIntake(QObject):
    """Asks for models and takes them in, one at a time; none of them pre-labels yet."""

    arrived = Signal(object)
    """`ModelCard`: it is in the project."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._fetching: FetchDialog | None = None
        self._cancel: CancelToken | None = None
        self._one_at_a_time = threading.Lock()
        parts.actions["add-model"].triggered.connect(lambda: self.ask_file())
        parts.actions["fetch-model"].triggered.connect(lambda: self.ask_published())
        self._context.project_closed.connect(self.close)

    @property
    def is_running(self) -> bool:
        """Whether a model comes in."""
        return self._cancel is not None

    def ask_file(self, asking: QWidget | None = None) -> None:
        """Ask for a model file of this program or an Ultralytics checkpoint.

        Args:
            asking: What has the keyboard again afterwards; the window when None.
        """
        dialog = QFileDialog(asking or self._parts.window, tr("Add a model to this project"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [
                tr("Models (*.safetensors *.pt)"),
                tr("dynseg models (*.safetensors)"),
                "Ultralytics (*.pt)",
            ]
        )
        dialog.fileSelected.connect(lambda path: self.add(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def add(self, path: Path) -> None:
        """Take a model file in, checked in a process of its own; it does not pre-label yet."""
        self._take_in(lambda _report, _cancel: path, path.name, upcycles=False)

    def ask_published(self) -> None:
        """Ask which published model to get."""
        if self._context.registry is None or self._fetching is not None:
            return
        from dynseg.model import fetch
        from dynseg_annotator.dialogs.fetch_dialog import FetchDialog

        folder = fetch.downloads_folder()
        dialog = FetchDialog(
            folder, lambda name: fetch.fetched_bytes(name, folder), self._parts.window
        )
        self._fetching = dialog
        dialog.fetch_asked.connect(self.get)
        dialog.stop_asked.connect(self.stop)
        dialog.finished.connect(self._forget_fetching)
        dialog.open()

    def get(self, name: str, dynamic: bool) -> None:
        """Fetch a published model, or go on with it, and take it in."""
        from dynseg.model import fetch

        folder, source = fetch.downloads_folder(), fetch.SOURCE
        self._take_in(
            lambda report, cancel: fetch.fetch(
                name, folder, source=source, report=report, cancel=cancel
            ),
            name,
            upcycles=dynamic,
        )

    def stop(self) -> None:
        """Stop what comes in; what has come of a download is kept."""
        if self._cancel is not None:
            self._cancel.cancel()
            self._end()
            self._context.messages.withdraw("models")

    @Slot()
    def close(self) -> None:
        """The project goes: end what was to come into it."""
        self.stop()
        if self._fetching is not None:
            self._fetching.close()

    def _take_in(
        self,
        find: Callable[[Callable[[Progress], None], CancelToken], Path],
        title: str,
        *,
        upcycles: bool,
    ) -> None:
        """Get a file, check it and put it into the project."""
        registry = self._context.registry
        if registry is None:
            return
        if self._cancel is not None:
            self._context.messages.say_running()
            return
        cancel = self._cancel = CancelToken()

        def work(report: Callable[[Progress], None]) -> ModelCard:
            # One that was stopped may still wait for the network, and would write to the same file.
            with self._one_at_a_time:
                cancel.check()
                path = find(report, cancel)
                report(Progress(tr("Checking {name}", name=path.name), 0))
                return take_in(path, registry, cancel, upcycles=upcycles)

        def done(card: ModelCard) -> None:
            if self._cancel is cancel:
                self._end()
                self._taken_in(card)

        def failed(error: DynsegError) -> None:
            if self._cancel is cancel:
                self._end()
                self._not_taken_in(error)

        if self._fetching is None:
            self._context.messages.show(
                Level.INFO, tr("Checking {name} …", name=title), key="models"
            )
        self._context.background.run_reporting(
            work, done=done, failed=failed, progressed=lambda p: self._show_coming(p, cancel)
        )

    def _show_coming(self, progress: Progress, cancel: CancelToken) -> None:
        if self._cancel is not cancel:
            return
        if self._fetching is not None:
            self._fetching.show_progress(progress)
        else:
            self._parts.window.status_line.set_job(self, progress, self.stop)

    def _end(self) -> None:
        self._cancel = None
        self._parts.window.status_line.clear_job(self)

    def _taken_in(self, card: ModelCard) -> None:
        if self._fetching is not None:
            self._fetching.show_stopped()
            self._fetching.accept()
        self._context.messages.withdraw("models")
        self.arrived.emit(card)

    def _not_taken_in(self, error: DynsegError) -> None:
        if self._fetching is not None:
            self._context.messages.withdraw("models")
            self._fetching.show_failure(error)
        else:
            self._context.messages.show_error(error, key="models")

    def _forget_fetching(self) -> None:
        if self._fetching is not None:
            self._fetching.deleteLater()
            self._fetching = None
