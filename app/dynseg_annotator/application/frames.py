"""Frames of a video, or pages of a TIFF, as images of the open project."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from dynseg.errors import DynsegError
from dynseg.progress import Progress
from dynseg.worker.protocol import Frames
from dynseg_annotator.application.batch import BatchController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level
from dynseg_annotator.jobs.files import Answers
from dynseg_annotator.language import engine_text, sentences, tr, tr_n

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
        self._batch = batch
        self._job = 0
        parts.actions["add-frames"].triggered.connect(lambda: self.ask())
        parts.window.status_line.cancel_requested.connect(self.cancel)
        self._context.project_closed.connect(self._close)

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
        if store is None or self._job:
            return
        project, token = str(store.root), store.lock_token

        def done(result: dict[str, Any]) -> None:
            from dynseg.worker.answers import FramesAnswer, from_result

            self._end()
            self._show(from_result(result, FramesAnswer))

        line = self._parts.window.status_line
        line.set_job(Progress(tr("Reading frames"), 0))
        self._job = self._context.files.run(
            lambda job: Frames(
                job=job,
                project=project,
                token=token,
                source=str(request.source.absolute()),
                every=request.every,
                different=request.different,
            ),
            Answers(done, self._failed, line.set_job, self._cancelled),
        )

    def cancel(self) -> None:
        """Stop; no frame is added."""
        if self._job:
            self._context.files.cancel(self._job)

    def _may_begin(self) -> bool:
        store = self._context.store
        if store is None or self._job:
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

    def _failed(self, error: DynsegError) -> None:
        self._end()
        self._context.messages.show_error(error, key=KEY)

    def _cancelled(self) -> None:
        self._end()
        self._context.messages.show(Level.INFO, tr("Stopped; no frame was added."), key=KEY)

    def _end(self) -> None:
        self._job = 0
        if not self._batch.is_running:
            self._parts.window.status_line.clear_job()

    def _close(self) -> None:
        """The project is closed: nothing is added to it any more."""
        if self._job:
            self._context.files.forget(self._job)
            self._end()
