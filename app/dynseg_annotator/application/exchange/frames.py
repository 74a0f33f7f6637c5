"""Frames of a video, or pages of a TIFF, as images of the open project, or of a new one."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from dynseg.errors import DynsegError
from dynseg.progress import CancelToken
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

    project_wanted = Signal(object)
    """`Path` of a folder of frames that a project is to be made for."""

    def __init__(self, parts: Parts, batch: BatchController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._job = FileJob(
            parts, batch, self, key=KEY, stopped=mark("Stopped; no frame was added.")
        )
        self._cancel = CancelToken()
        parts.actions["add-frames"].triggered.connect(lambda: self.ask())

    def ask(self) -> None:
        """Let the user choose a video."""
        from dynseg.images.frames import TIFF_SUFFIXES, VIDEO_SUFFIXES

        if self._context.store is not None and not self._may_begin():
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
        if store is not None and not self._may_begin():
            return
        from dynseg_annotator.dialogs.frame_dialog import FrameDialog

        beside = source.parent / f"{source.stem}-frames"
        folder = beside if store is None else store.frame_folder(source)
        dialog = FrameDialog(source, folder, self._parts.window)
        dialog.frames_requested.connect(
            partial(self._begin_with, folder) if store is None else self.run
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def stop(self) -> None:
        """Give up reading frames for a new project."""
        self._cancel.cancel()

    def _begin_with(self, folder: Path, request: FrameRequest) -> None:
        """Write the frames where no project is open, then have one made for them."""
        from dynseg.images.frame_process import extract_apart
        from dynseg.images.frames import FrameChoice

        cancel = self._cancel = CancelToken()
        choice = FrameChoice(request.every, request.different)
        line, page = self._parts.window.status_line, self._parts.start_page
        page.set_busy(tr("Reading frames"))

        def end() -> None:
            page.set_busy("")
            line.clear_job()

        def done(_: object) -> None:
            end()
            self.project_wanted.emit(folder)

        def failed(error: DynsegError) -> None:
            end()
            self._context.messages.show_error(error, key=KEY)

        self._context.background.run_reporting(
            lambda report: extract_apart(
                request.source, folder, choice, report=report, cancel=cancel
            ),
            done=done,
            failed=failed,
            progressed=lambda progress: line.set_job(progress, can_stop=False),
        )

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
            self._context.messages.refuse_read_only(
                tr("The project is open read-only, so no frames can be added.")
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
