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
            parts, batch, self, key=KEY, stopped=mark("Stopped; no frame of this file was added.")
        )
        self._job.ended.connect(self._go_on)
        self._waiting: list[Path] = []
        self._request: FrameRequest | None = None
        self._added: list[FramesAnswer] = []
        parts.window.status_line.cancel_requested.connect(self._waiting.clear)
        self._cancel = CancelToken()
        parts.actions["add-frames"].triggered.connect(lambda: self.ask())

    def ask(self) -> None:
        """Let the user choose videos or TIFFs; one of them where no project is open."""
        from dynseg.images.frames import TIFF_SUFFIXES, VIDEO_SUFFIXES

        if self._context.store is not None and not self._may_begin():
            return
        patterns = " ".join(f"*{suffix}" for suffix in sorted(VIDEO_SUFFIXES | TIFF_SUFFIXES))
        dialog = QFileDialog(self._parts.window, tr("Add frames of a video or pages of a TIFF"))
        several = self._context.store is not None
        mode = QFileDialog.FileMode
        dialog.setFileMode(mode.ExistingFiles if several else mode.ExistingFile)
        dialog.setNameFilters(
            [tr("Videos and TIFF ({patterns})", patterns=patterns), tr("All files (*)")]
        )
        dialog.filesSelected.connect(lambda paths: self.ask_how(*map(Path, paths)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def ask_how(self, *sources: Path) -> None:
        """Ask which frames of a video, or pages of TIFFs, are wanted."""
        store = self._context.store
        if store is not None and not self._may_begin():
            return
        from dynseg_annotator.dialogs.frame_dialog import FrameDialog

        source = sources[0]
        new = source.parent / f"{source.stem}-frames"
        folder = new if store is None else store.frame_folder(source)
        beside = self._beside(source) if len(sources) == 1 else ()
        dialog = FrameDialog(sources, folder, self._parts.window, beside=beside)
        dialog.frames_requested.connect(
            partial(self._begin_with, folder) if store is None else self.run
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _beside(self, source: Path) -> tuple[Path, ...]:
        """The other TIFFs of the project in the folder of one of them."""
        from dynseg.images.frames import TIFF_SUFFIXES

        store = self._context.store
        if store is None or source.suffix.lower() not in TIFF_SUFFIXES:
            return ()
        paths = (store.images_root / row.rel for row in self._parts.images.all_rows())
        listed = [path for path in paths if path.parent == source.parent]
        if source not in listed:
            return ()
        tiffs = (path for path in listed if path.suffix.lower() in TIFF_SUFFIXES)
        return tuple(path for path in tiffs if path != source)

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
                request.sources[0], folder, choice, report=report, cancel=cancel
            ),
            done=done,
            failed=failed,
            progressed=lambda progress: line.set_job(progress, can_stop=False),
        )

    def run(self, request: FrameRequest) -> None:
        """Add the frames, of one file after the other."""
        if self._context.store is None or self._job.is_running:
            return
        self._request, self._added = request, []
        self._waiting[:] = request.sources
        self._go_on()

    def _go_on(self) -> None:
        """Begin with the next file, or say what came of all."""
        store, request = self._context.store, self._request
        if store is None or request is None:
            return
        if not self._waiting:
            self._request = None
            if self._added:
                self._show(self._added)
            return
        source = self._waiting.pop(0)
        project, token = str(store.root), store.lock_token

        def done(result: dict[str, Any]) -> None:
            from dynseg.worker.answers import FramesAnswer, from_result

            self._added.append(from_result(result, FramesAnswer))
            self._context.images_changed.emit([])

        self._job.run(
            tr("Reading frames"),
            lambda job: Frames(
                job=job,
                project=project,
                token=token,
                source=str(source.absolute()),
                every=request.every,
                different=request.different,
            ),
            done,
            about=f" {source}",
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

    def _show(self, answers: list[FramesAnswer]) -> None:
        parts = []
        alike, kept = (sum(n) for n in zip(*((a.alike, a.kept) for a in answers), strict=True))
        if alike:
            parts.append(
                tr_n(
                    "{n:,} showed the same as the one before.",
                    "{n:,} showed the same as the one before.",
                    alike,
                )
            )
        if kept:
            parts.append(tr_n("{n:,} was there already.", "{n:,} were there already.", kept))
        notes = [engine_text(answer.note) for answer in answers if answer.note]
        first, more = Path(answers[0].folder).name, len(answers) - 1
        if more:
            first = tr_n("{name} and {n:,} more", "{name} and {n:,} more", more, name=first)
        self._context.messages.show(
            Level.WARN if notes else Level.OK,
            tr(
                "{written:,} of {seen:,} frames are in the list, from the folder {folder}.",
                written=sum(answer.written for answer in answers),
                seen=sum(answer.seen for answer in answers),
                folder=first,
            ),
            sentences(*parts, *notes),
            key=f"{KEY}-added",
        )
