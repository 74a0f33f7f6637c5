"""Opening, closing and looking after the project."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from dynseg.errors import DynsegError, ReadOnlyError, StoreWriteError
from dynseg.progress import CancelToken, Progress
from dynseg.project import resizing
from dynseg.project.folder import MISSING
from dynseg.project.layout import called
from dynseg.project.records import RescanSummary
from dynseg.project.store import Store
from dynseg.project.writer import Writer
from dynseg_annotator.application.frame import RECENT, Frame
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.projects.last_image import image_of
from dynseg_annotator.application.projects.taken import all_findings
from dynseg_annotator.context import READ_ONLY, UNSAVED, Level, MessageAction, unsaved_advice
from dynseg_annotator.itemmodels.image_arrangement import Listed, listed
from dynseg_annotator.jobs import ending
from dynseg_annotator.language import engine_text, sentences, tr, tr_n
from dynseg_annotator.session.opening import (
    LAST_IMAGE,
    OpenedProject,
    VideoAloneError,
    open_path,
    open_sample,
)

if TYPE_CHECKING:
    from dynseg_annotator.session.creating import ProjectPlan

T = TypeVar("T")

FLUSH_S = 10.0
RESCAN_KEY = "rescan"
MISSING_KEY = "missing"
"""Keys of the messages about the files of all images, and about that of the open one."""


class ProjectController(QObject):
    """Opens projects off the window's thread and hands them to the context."""

    opened = Signal(object)
    """Id of the image to show first, None when there is none."""
    labels_found = Signal(object)
    """`FoundLabels`: what lies with the images of a new project and is not in it."""
    files_changed = Signal()
    """Files of images are not what they were."""
    frames_wanted = Signal(object)
    """Path of a video whose frames become a project."""

    def __init__(self, parts: Parts, frame: Frame, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._frame = frame
        self._context = parts.context
        self._line = parts.window.status_line
        self._opening = False
        self._said = ""
        self._end = Once(lambda: None)
        """Closes the files of the project that was open last."""
        self._cancel: CancelToken | None = None
        """Stops what is being opened; None where nothing does."""
        self.tells_missing = False
        """Whether a message says that images are missing, and offers to find them."""
        self._context.messages.dismissed.connect(self._message_closed)
        self._elsewhere: Callable[[Path], None] | None = None
        """Opens what could not be written again, with its labels in another folder."""
        self._looks = False
        self._look_again: bool | None = None
        """Whether the look that follows the one that runs is quiet; None where none follows."""
        self.may_leave: Callable[[], bool] = lambda: True
        """Whether the open project may be closed unasked; else it has said why not."""
        self.pauses_looks = False
        """Whether nobody looks for new files unasked: moved ones are looked for."""
        parts.actions["rescan"].triggered.connect(lambda: self.rescan())
        parts.actions["save"].triggered.connect(self.save)

    def open_sample(self, *, fresh: bool = False) -> None:
        """Open the embedded sample project, copied to a place where it can be written.

        Args:
            fresh: Whether it must have an image without labels.
        """

        def work(report: Callable[[Progress], None]) -> OpenedProject:
            from dynseg_resources import sample_project

            return open_sample(sample_project(), sample_folder(), report, fresh=fresh)

        self._start(tr("Opening the sample …"), work)

    def open(self, path: Path, project: Path | None = None) -> None:
        """Open a folder, a project or an image; what is open now is closed first.

        Args:
            path: What to open.
            project: Where to keep the labels of a folder that cannot be written.
        """
        cancel = CancelToken()
        work = partial(open_path, path, project=project, cancel=cancel)
        said = tr("Opening {name} …", name=called(path))
        self._start(said, work, cancel, lambda place: self.open(path, place / called(path)))

    def create(self, plan: ProjectPlan, project: Path | None = None) -> None:
        """Make a project as it was planned and open it; what is open now is closed first.

        Args:
            plan: What it begins with.
            project: Where to keep the labels of a folder that cannot be written.
        """
        from dynseg_annotator.session.creating import create_project

        cancel = CancelToken()
        work = partial(create_project, plan, project=project, cancel=cancel)
        said = tr("Opening {name} …", name=called(plan.folder))
        self._start(
            said, work, cancel, lambda place: self.create(plan, place / called(plan.folder))
        )

    def stop_opening(self) -> None:
        """Give up what is being opened: a project that is being made is not made."""
        if self._cancel is not None:
            self._cancel.cancel()

    def while_closed(
        self, said: str, work: Callable[[], T], done: Callable[[T], None], *, key: str
    ) -> None:
        """Close the project, let `work` change its files beside the window, and open it again.

        Args:
            said: What is done, for the status line.
            work: Has the project for itself.
            done: Hears what came of it, once the project is being opened again.
            key: Of the message when it fails.
        """
        context, store = self._context, self._context.store
        if store is None or self._opening or not self.may_leave():
            return
        end = self._let_go()
        if end is None:
            self._tell_unsaved()
            return
        for leave in (context.live.stop, context.files.stop, context.engine.end):
            leave()
        self._opening, self._said = True, said
        self._line.set_job(self, Progress(said, 0))

        def changed(result: T) -> None:
            self._end_opening()
            self.open(store.root)
            done(result)

        def failed(error: DynsegError) -> None:
            self._end_opening()
            self.open(store.root)
            context.messages.show_error(error, key=key)

        # Nothing may have the old database open while another one takes its place.
        changes = partial(context.background.run, partial(_after, end, work))
        ending.when_gone(self, partial(changes, done=changed, failed=failed), failed=failed)

    def close(self) -> bool:
        """Save and close the project; false when edits cannot be saved (then it stays open)."""
        end = self._let_go()
        if end is None:
            return False
        end()
        return True

    def _let_go(self) -> Callable[[], None] | None:
        """Save the project and take it out of the window; None when edits cannot be saved.

        Returns:
            Closes its files, once however often it is called. On the window's thread only when the
            window closes: it waits for whoever writes, for instance for a look at 100,000 images.
        """
        context = self._context
        store = context.store
        if store is None:
            return self._end
        if context.session.flush(FLUSH_S):
            return None
        self._end = Once(partial(_close, store, context.writer, image_of(self._parts)))
        context.session.detach()
        context.messages.withdraw(RESCAN_KEY)  # of another folder
        self.tells_missing = False
        context.loader.forget()
        context.clear_project()
        return self._end

    def save(self) -> None:
        """Wait until the last edit is on the disk and say so."""
        unsaved = self._context.session.flush(FLUSH_S)
        if unsaved:
            self._context.session.retry()
        else:
            self._context.messages.show(Level.OK, tr("Everything is saved."), key="saved")

    def rescan(self, *, quiet: bool = False) -> None:
        """Look for images that were added, removed or changed; `quiet` says only what was found.

        One at a time: looks at a slow disk would leave no thread for what the user waits for.
        """
        context, store = self._context, self._context.store
        if store is None or context.writer is None or not self._begin_look(quiet=quiet):
            return

        def done(found: tuple[RescanSummary, int, int]) -> None:
            self._end_look()
            if context.store is not store:
                return
            result, gone, others = found
            if quiet and not (result.added or result.missing or result.changed):
                return
            context.images_changed.emit([])
            if result.changed:
                self.files_changed.emit()
            if quiet and not (result.added or gone or others):
                return  # a copy of the folder has other times; without labels nothing is at stake
            level, text, hint = files_said(result.added, gone, others)
            finder = self._finder() if gone else None
            self.tells_missing = finder is not None
            if self.tells_missing:
                context.messages.withdraw(MISSING_KEY)  # it offers the same, for all of them
            context.messages.show(level, text, hint, finder, key=RESCAN_KEY)

        def failed(error: DynsegError) -> None:
            self._end_look()
            if context.store is store:  # else it was closed meanwhile, which is no news
                context.messages.show_error(error)

        context.background.run(lambda: _looked(store), done=done, failed=failed)

    def _begin_look(self, *, quiet: bool) -> bool:
        """Whether none runs; else one follows it."""
        if self._looks:
            self._look_again = quiet and self._look_again is not False
            return False
        self._looks = True
        return True

    def _end_look(self) -> None:
        """Begin the next one, if it was asked for meanwhile."""
        self._looks = False
        quiet, self._look_again = self._look_again, None
        if quiet is not None:
            self.rescan(quiet=quiet)

    def _message_closed(self, key: str) -> None:
        self.tells_missing &= key != RESCAN_KEY

    def _finder(self) -> MessageAction:
        """Offers to look for images that are missing."""
        return MessageAction(tr("Find them…"), self._parts.actions["find-moved"].trigger)

    def _start(
        self,
        said: str,
        work: Callable[[Callable[[Progress], None]], OpenedProject],
        cancel: CancelToken | None = None,
        elsewhere: Callable[[Path], None] | None = None,
    ) -> None:
        if self._opening:
            self._parts.start_page.set_busy(self._said)
            self._context.messages.show(
                Level.INFO,
                tr("Another project is being opened, so this one was not."),
                tr("Wait until it is open, or stop that in the status line."),
                key="open-twice",
            )
            return
        if not self.may_leave():
            self._parts.start_page.set_busy("")
            return
        self._opening, self._said = True, said
        self._cancel, self._elsewhere = cancel, elsewhere
        self._parts.start_page.set_busy(said)
        # A label is not lost by waiting: the old project is closed before the new one is opened,
        # so that opening the same folder again does not find its own lock.
        end = self._let_go()
        if end is None:
            self._opening = False
            self._parts.start_page.set_busy("")
            self._tell_unsaved()
            return
        self._context.background.run_reporting(
            lambda report: _ready(end, partial(work, report)),
            done=lambda found: self._show(*found),
            failed=self._failed,
            progressed=self._progressed,
            cancelled=self._stopped,
        )

    def _tell_unsaved(self) -> None:
        self._context.messages.show(
            Level.ERROR,
            tr("The open project has edits that could not be saved, so it stays open."),
            *unsaved_advice(self._context),
            key=UNSAVED,
        )

    def _progressed(self, progress: Progress) -> None:
        stop = self.stop_opening if self._cancel is not None else None
        self._line.set_job(self, progress, stop)

    def _stopped(self) -> None:
        self._end_opening()
        self._parts.window.show_work(False)
        self._context.messages.show(
            Level.INFO, tr("Stopped; no project was made and no file was changed."), key="open"
        )

    def _failed(self, error: DynsegError) -> None:
        self._end_opening()
        self._parts.window.show_work(False)
        action = None
        if isinstance(error, ReadOnlyError) and self._elsewhere is not None:
            action = MessageAction(tr("Keep labels elsewhere…"), self._ask_place)
        elif isinstance(error, VideoAloneError):
            action = MessageAction(tr("Add frames…"), partial(self.frames_wanted.emit, error.video))
        self._context.messages.show_error(error, action=action, key="open")

    def _ask_place(self) -> None:
        """Let the user choose where the labels of a read-only folder go."""
        open_again = self._elsewhere
        if open_again is None:
            return
        dialog = QFileDialog(self._parts.window, tr("Where to keep the labels"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda place: open_again(Path(place)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _end_opening(self) -> None:
        self._opening = False
        self._context.messages.withdraw("open-twice")
        self._parts.start_page.set_busy("")
        self._line.clear_job(self)

    def _show(self, project: OpenedProject, images: Listed) -> None:
        """A project is open: hand it to everybody."""
        self._end_opening()
        from dynseg.model.registry import ModelRegistry

        context, store = self._context, project.store
        context.messages.withdraw("open")
        writer = Writer(store)
        context.session.attach(store, writer)
        self._parts.images.set_listed(images)
        context.set_project(
            store,
            writer=writer,
            registry=ModelRegistry(store.layout.models),
            classes=project.classes,
        )
        self._parts.window.show_work(True)
        self._parts.canvas.setFocus(Qt.FocusReason.OtherFocusReason)  # Tab goes to the first object
        self._parts.window.setWindowTitle(f"{called(store.root)} - dynseg-annotator")
        self._remember_recent(store.root)
        self._tell_read_only(project)
        if project.taken:
            action = None if project.notice else all_findings(self._parts, project)
            context.messages.show(Level.OK, project.taken, action=action, key="taken")
        if project.found is not None:
            self.labels_found.emit(project.found)
        self.opened.emit(project.image_id)

    def _tell_read_only(self, project: OpenedProject) -> None:
        """Why nothing can be changed, with a button for when the other program is closed."""
        messages, store = self._context.messages, project.store
        messages.withdraw(READ_ONLY)
        messages.reopens = None
        if store.read_only:
            again = partial(self.open, store.root)
            messages.reopens = MessageAction(tr("Open it again"), again)
        if project.notice:
            text = engine_text(project.notice)
            action = messages.reopens or all_findings(self._parts, project)
            messages.show(Level.WARN, text, "", action, key=READ_ONLY)

    def _remember_recent(self, root: Path) -> None:
        settings = self._context.settings
        self._frame.last_folder = str(root.parent)
        recent = [str(root), *(p for p in settings.get("recent_projects") if p != str(root))]
        settings.set("recent_projects", recent[:RECENT])
        self._frame.show_recent()


class Once:
    """Something that is done by the first who calls it; others wait until it is done."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work: Callable[[], None] | None = work
        self._lock = Lock()

    def __call__(self) -> None:
        """Do it, unless it was done."""
        with self._lock:
            work, self._work = self._work, None
            if work is not None:
                work()


def _close(store: Store, writer: Writer | None, last_image: str) -> None:
    """Close the files of a project, after everything that is still being written."""
    if last_image and not store.read_only:
        with suppress(DynsegError):  # a convenience; the labels are saved already
            store.save_setting(LAST_IMAGE, last_image)
    if writer is not None:
        writer.close(wait=True)
    with suppress(StoreWriteError):  # of a drive that is away; what was saved is on it
        store.close()


def _after(end: Callable[[], None], work: Callable[[], T]) -> T:
    end()
    return work()


def _ready(
    end: Callable[[], None], work: Callable[[], OpenedProject]
) -> tuple[OpenedProject, Listed]:
    """A project, opened once the last one is closed, and its images ready to be shown."""
    project = _after(end, work)
    return project, listed(project.rows)


def _looked(store: Store) -> tuple[RescanSummary, int, int]:
    """What has changed, and how many images are missing or have another file now."""
    result = store.rescan()
    rows = store.images() if result.missing or result.changed else []
    gone = sum(row.damage == MISSING for row in rows) if result.missing else 0
    others = sum(map(resizing.tells_other_file, rows)) if result.changed else 0
    return result, gone, others


def data_folder() -> Path:
    """Where this program may keep a sample project: beside the settings when they are elsewhere."""
    override = os.environ.get("DYNSEG_CONFIG_DIR")
    if override:
        return Path(override)
    place = QStandardPaths.StandardLocation.AppDataLocation
    return Path(QStandardPaths.writableLocation(place))


def sample_folder() -> Path:
    """Where the copy of the sample is."""
    return data_folder() / "sample"


def files_said(added: int, missing: int, changed: int) -> tuple[Level, str, str]:
    """What a look at the images folder found: how urgent it is, the facts, what to do."""
    facts, advice = [], []
    if added:
        facts.append(tr_n("{n:,} new image.", "{n:,} new images.", added))
    if missing:
        facts.append(
            tr_n(
                "{n:,} image is not where it was.", "{n:,} images are not where they were.", missing
            )
        )
        advice.append(
            tr_n(
                "Its labels are kept: put the file back, or say where it is now.",
                "Their labels are kept: put the files back, or say where they are now.",
                missing,
            )
        )
    if changed:
        facts.append(
            tr_n("{n:,} file is another one now.", "{n:,} files are other ones now.", changed)
        )
        advice.append(
            tr_n(
                "What that means for its labels is said above it.",
                "What that means for their labels is said above each of them.",
                changed,
            )
        )
    if not facts:
        return Level.OK, tr("No image is new or missing, and no labelled file was replaced."), ""
    return Level.WARN if missing else Level.OK, sentences(*facts), sentences(*advice)
