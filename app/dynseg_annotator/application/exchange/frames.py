"""Frames of a video, or pages of a TIFF, as images of the open project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from dynseg.worker.protocol import Frames
from dynseg_annotator.application.exchange.file_job import FileJob
from dynseg_annotator.application.models.batch import BatchController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level
from dynseg_annotator.language import engine_text, mark, sentences, tr, tr_n

if TYPE_CHECKING:
    from dynseg.worker.answers import FramesAnswer
    from dynseg_annotator.dialogs.frame_dialog import FrameRequest

KEY = "frames"


class FrameController(QObject):
    """Asks for a video and for which frames of it, and adds them behind the window."""

    def __init__(self, parts: Parts, batch: BatchController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._job = FileJob(
            parts, batch, self, key=KEY, stopped=mark("Stopped; no frame was added.")
        )
        parts.actions["add-frames"].triggered.connect(lambda: self.ask())

    def ask(self) -> None:
        """Let the user choose a video."""
        from dynseg.images.frames import TIFF_SUFFIXES, VIDEO_SUFFIXES

        if not self._may_begin():
            return
        patterns = " ".join(f"*{suffix}" for suffix in sorted(VIDEO_SUFFIXES | TIFF_SUFFIXES))
        dialog = QFileDialog(self._parts.window, tr("Add frames of a video or pages of a TIFF"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [tr("Videos and TIFF ({patterns})", patterns=patterns), tr("All files (*)")]
        )
        dialog.fileSelected.connect(lambda path: self.ask_how(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_how(self, source: Path) -> None:
        """Ask which frames of a video are wanted."""
        store = self._context.store
        if store is None or not self._may_begin():
            return
        from dynseg_annotator.dialogs.frame_dialog import FrameDialog

        dialog = FrameDialog(source, store.frame_folder(source), self._parts.window)
        dialog.frames_requested.connect(self.run)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def run(self, request: FrameRequest) -> None:
        """Add the frames."""
        store = self._context.store
        if store is None or self._job.is_running:
            return
        project, token = str(store.root), store.lock_token

        def done(result: dict[str, Any]) -> None:
            from dynseg.worker.answers import FramesAnswer, from_result

            self._show(from_result(result, FramesAnswer))

        self._job.run(
            tr("Reading frames"),
            lambda job: Frames(
                job=job,
                project=project,
                token=token,
                source=str(request.source.absolute()),
                every=request.every,
                different=request.different,
            ),
            done,
        )

    def _may_begin(self) -> bool:
        store = self._context.store
        if store is None or self._job.is_running:
            return False
        if store.read_only:
            self._context.messages.show(
                Level.WARN,
                tr("The project is open read-only, so no frames can be added."),
                tr("Close it in the other program and open it again."),
                key=KEY,
            )
        return not store.read_only

    def _show(self, answer: FramesAnswer) -> None:
        self._context.images_changed.emit([])
        parts = []
        if answer.alike:
            parts.append(
                tr_n(
                    "{n:,} showed the same as the one before.",
                    "{n:,} showed the same as the one before.",
                    answer.alike,
                )
            )
        if answer.kept:
            parts.append(tr_n("{n:,} was there already.", "{n:,} were there already.", answer.kept))
        if answer.note:
            parts.append(engine_text(answer.note))
        self._context.messages.show(
            Level.WARN if answer.note else Level.OK,
            tr(
                "{written:,} of {seen:,} frames are in the list, from the folder {folder}.",
                written=answer.written,
                seen=answer.seen,
                folder=Path(answer.folder).name,
            ),
            sentences(*parts),
            key=KEY,
        )
