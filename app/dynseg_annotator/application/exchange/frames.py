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
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.language import engine_text, mark, sentences, tr, tr_n

if TYPE_CHECKING:
    from dynseg.worker.answers import FramesAnswer
    from dynseg_annotator.dialogs.frame_dialog import FrameRequest

KEY = "frames"


class FrameController(QObject):
    """Asks for a video and for which frames of it, and adds them behind the window."""

    project_wanted = Signal(object)
    """`Path` of a folder of frames that a project is to be made for."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._job = FileJob(
            parts, self, key=KEY, stopped=mark("Stopped; no frame of this file was added.")
        )
        self._job.ended.connect(self._go_on)
        self._waiting: list[Path] = []
        self._job.stopping.connect(self._waiting.clear)
        self._request: FrameRequest | None = None
        self._added: list[FramesAnswer] = []
        self._reading: CancelToken | None = None
        """Stops the frames that are being read for a new project."""
        parts.actions["add-frames"].triggered.connect(lambda: self.ask())

    def ask(self) -> None:
        """Let the user choose videos or TIFFs; one of them where no project is open."""
        from dynseg.images.frames import TIFF_SUFFIXES, VIDEO_SUFFIXES

        if not self._may_begin():
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
        if not self._may_begin():
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
        if not source.is_relative_to(store.images_root):
            return ()
        own = source.relative_to(store.images_root).as_posix()
        folder, kinds = own.rpartition("/")[0], tuple(TIFF_SUFFIXES)
        rels = [  # texts: a path for each of 100,000 images takes most of a second
            row.rel
            for row in self._parts.images.all_rows()
            if row.rel.rpartition("/")[0] == folder and row.rel.lower().endswith(kinds)
        ]
        return tuple(store.images_root / rel for rel in rels if rel != own) if own in rels else ()

    def stop(self) -> None:
        """Give up reading frames for a new project."""
        if self._reading is not None:
            self._reading.cancel()

    def _begin_with(self, folder: Path, request: FrameRequest) -> None:
        """Write the frames where no project is open, then have one made for them."""
        from dynseg.images.frame_process import extract_apart
        from dynseg.images.frames import FrameChoice

        cancel = self._reading = CancelToken()
        choice = FrameChoice(request.every, request.different)
        line, page = self._parts.window.status_line, self._parts.start_page
        page.set_busy(tr("Reading frames"))

        def end() -> None:
            self._reading = None
            page.set_busy("")
            line.clear_job(self)

        def done(_: object) -> None:
            end()
            if self._context.store is None:
                self.project_wanted.emit(folder)
            else:
                self._offer(folder)

        def stopped() -> None:
            end()
            self._context.messages.show(
                Level.INFO, tr("Stopped; no frame was written and no project made."), key=KEY
            )

        def failed(error: DynsegError) -> None:
            end()
            self._context.messages.show_error(error, key=KEY)

        self._context.background.run_reporting(
            lambda report: extract_apart(
                request.sources[0], folder, choice, report=report, cancel=cancel
            ),
            done=done,
            failed=failed,
            progressed=lambda progress: line.set_job(self, progress, cancel.cancel),
            cancelled=stopped,
        )

    def _offer(self, folder: Path) -> None:
        """Another project was opened meanwhile: nobody is taken out of it unasked."""
        self._context.messages.show(
            Level.OK,
            tr("The frames are in {folder}.", folder=folder),
            tr("The open project stays as it is."),
            MessageAction(tr("Open them"), lambda: self.project_wanted.emit(folder)),
            key=KEY,
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
        """Whether frames may be asked for now; says why when not."""
        store = self._context.store
        if self._reading is not None:
            self._context.messages.say_running()
            return False
        if store is not None and store.read_only:
            self._context.messages.refuse_read_only(
                tr("The project is open read-only, so no frames can be added.")
            )
            return False
        return self._job.may_begin()

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
