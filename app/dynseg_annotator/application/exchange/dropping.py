"""What becomes of a file or folder that is dropped on the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from dynseg.formats.incoming.archive import is_archive
from dynseg.images.frames import VIDEO_SUFFIXES
from dynseg.project.layout import called, find_project
from dynseg_annotator.application.exchange.frames import FrameController
from dynseg_annotator.application.exchange.importing import ImportController
from dynseg_annotator.application.frame import Frame
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import tr

LABEL_SUFFIXES = frozenset({".json", ".ndjson", ".xml", ".txt", ".yaml", ".yml"})


class DropController(QObject):
    """Label files are imported, videos give frames, a folder that may be either is asked about."""

    def __init__(
        self,
        parts: Parts,
        frame: Frame,
        importing: ImportController,
        frames: FrameController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._frame = frame
        self._importing = importing
        self._frames = frames
        self._dropped: Path | None = None
        frame.takes_drop = self.take

    def take(self, path: Path) -> bool:
        """Whether this is about labels for the open project, or a video to begin with."""
        store = self._context.store
        if store is None and path.is_file() and path.suffix.lower() in VIDEO_SUFFIXES:
            self._frames.ask_how(path)
            return True
        if store is None or store.read_only:
            return False
        if path.is_file():
            if path.suffix.lower() in VIDEO_SUFFIXES:
                self._frames.ask_how(path)
                return True
            if path.suffix.lower() not in LABEL_SUFFIXES and not is_archive(path):
                return False
            self._importing.ask(path)
            return True
        if find_project(path) is not None:
            return False
        self._look_into(path)
        return True

    def _look_into(self, folder: Path) -> None:
        """Labels, images or both: looked at off the window's thread."""
        store, self._dropped = self._context.store, folder
        line = self._parts.window.status_line
        line.set_hint(tr("Looking into {folder} …", folder=called(folder)))

        def work() -> bool:
            from dynseg.formats import registry

            return bool(registry.recognised(folder))

        def done(labels: bool) -> None:
            if self._context.store is not store or self._dropped is not folder:
                return  # another project was opened, or another folder dropped meanwhile
            line.set_hint("")
            if labels:
                self._ask(folder)
            else:
                self._frame.open(folder)

        self._context.background.run(work, done=done, failed=lambda _: done(False))

    def _ask(self, folder: Path) -> None:
        box = QMessageBox(self._parts.window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)  # it names a folder
        box.setWindowTitle(called(folder))
        box.setText(tr("{folder} holds labels.", folder=called(folder)))
        box.setInformativeText(
            tr("They can be imported into the open project, or the folder can be opened instead.")
        )
        choices: tuple[tuple[str, Callable[[], None]], ...] = (
            (tr("Import its labels"), lambda: self._importing.ask(folder)),
            (tr("Open the folder"), lambda: self._frame.open(folder)),
        )
        for text, run in choices:
            button = box.addButton(text, QMessageBox.ButtonRole.AcceptRole)
            button.clicked.connect(run)
        box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.finished.connect(box.deleteLater)
        layout.open_question(box)
