"""The store of a project: the only module through which labels are written.

Every write is one short transaction that is on the disk when the method returns. Two processes may
write at the same time, the window that holds the lock and its own worker: revisions decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from dynseg.annotation.class_edits import ClassEdit
from dynseg.errors import ProjectAwayError, ProjectError
from dynseg.progress import CancelToken, Report, ignore
from dynseg.project import backups, folder, frame_sources, history, opening, relink, resizing
from dynseg.project.class_changes import ClassStep
from dynseg.project.connection import SingleConnection, moment, open_connection, storage_errors
from dynseg.project.file_writing import FileWriter
from dynseg.project.layout import ProjectLayout
from dynseg.project.lock import ProjectLock, verify_token
from dynseg.project.records import ImageRow, RescanSummary
from dynseg.project.relink import RelinkPlan
from dynseg.project.view import ProjectView
from dynseg.project.writing import file_identity, read_only_error

PROGRAM = "dynseg"


class Store(FileWriter):
    """An open project. Reads from any thread; writes take turns.

    Made by `create`, `open` or `join`, and a context manager that closes itself. Every writing
    method raises `ReadOnlyError` when the project is open read-only, and `StoreWriteError` when
    the disk refuses; then nothing of the change is in the project.

    Attributes:
        notices: What a person should know about how the project was opened.
    """

    def __init__(self, opened: opening.Opened, lock: ProjectLock | None) -> None:
        super().__init__(opened.layout, opened.images_root, opened.readers, opened.writer)
        self._lock = lock
        self.notices: tuple[str, ...] = ()

    @classmethod
    def create(
        cls,
        root: Path,
        *,
        images: Path,
        recursive: bool = False,
        classes: Sequence[str] = (),
        program: str = PROGRAM,
        report: Report = ignore,
        cancel: CancelToken | None = None,
    ) -> Store:
        """Make a project for a folder of images, damaged ones included.

        Args:
            root: The project folder; made if need be. `.dynseg` goes into it.
            images: The folder of images, inside or outside `root`; never written.
            recursive: Whether folders inside `images` count.
            classes: Names of the first classes.
            program: What to call the holder of the lock.
            report: Told about every image.
            cancel: Stops between images; then there is no project.

        Raises:
            ProjectError: there is a project already, or a class name is empty or double.
            ReadOnlyError: the folder cannot be written.
            InputError: the folder of images does not exist.
            CancelledError: `cancel` was set.
        """
        layout = ProjectLayout(root.absolute())
        opening.prepare_folder(layout, images)
        lock = ProjectLock.acquire(layout.lock, program=program)
        try:
            opening.create_database(
                layout,
                images.absolute(),
                recursive=recursive,
                classes=classes,
                report=report,
                cancel=cancel,
            )
            return cls(opening.open_writable(layout), lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(
        cls,
        root: Path,
        *,
        read_only: bool = False,
        program: str = PROGRAM,
        backs_up: bool = True,
    ) -> Store:
        """Open a project; for writing, this makes a backup first when one is due.

        Args:
            root: The project folder.
            read_only: Whether to open without the lock, for reading.
            program: What to call the holder of the lock.
            backs_up: False for a caller that calls `backup_if_due` itself, off a person's way.

        Raises:
            ProjectError: there is no project, or its database is damaged.
            ProjectTooNewError: a newer version of this program wrote it; nothing is written.
            ProjectLockedError: somebody else has it open for writing; read-only works.
            ReadOnlyError: the folder cannot be written; read-only works.
        """
        layout = ProjectLayout(root.absolute())
        opening.check_database(layout)
        if read_only:
            return cls(opening.open_read_only(layout), None)
        lock = ProjectLock.acquire(layout.lock, program=program)
        try:
            opening.collect_leftovers(layout)
            store = cls(opening.open_writable(layout), lock)
        except BaseException:
            lock.release()
            raise
        try:
            made = store.backup_if_due() if backs_up else None
            if made is not None and backups.is_damaged(made):
                store.notices = (backups.DAMAGED_NOTICE,)
        except ProjectError as error:  # no reason to keep anybody from their labels
            store.notices = (str(error),)
        return store

    @classmethod
    def join(cls, root: Path, token: str) -> Store:
        """Open a project beside the program that holds it and gave out its `lock_token`.

        Raises:
            ProjectLockedError: that program no longer holds the project.
        """
        layout = ProjectLayout(root.absolute())
        opening.check_database(layout)
        verify_token(layout.lock, token)
        return cls(opening.open_writable(layout), None)

    @contextmanager
    def found_again(self) -> Iterator[Store]:
        """This project opened beside itself, after its drive was away: old files may be dead.

        What the block writes is in it; this store is then to be closed, and the project opened.

        Raises:
            ProjectAwayError: the drive is not there yet.
            ProjectLockedError: what lies there is not as this program left it.
        """
        if file_identity(self.layout.database) is None:
            raise ProjectAwayError(self.root)
        with type(self).join(self.root, self.lock_token) as again:
            yield again
        self._copy = self.root

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the project and give the lock back; a second call does nothing."""
        with self._write_turn:
            writer, self._writer = self._writer, None
            lock, self._lock = self._lock, None
            try:
                with storage_errors():
                    self._connections.close()
                    if writer is not None:
                        writer.close()
            finally:
                if lock is not None:
                    lock.release()

    @property
    def lock_token(self) -> str:
        """What the holder's own worker shows to `join`; empty when this is not the holder."""
        return self._lock.holder.token if self._lock is not None else ""

    def frame_folder(self, source: Path) -> Path:
        """Where the frames of a video go: a folder of their own inside the images folder.

        Another video of that name gets another folder, or its frames would pass for those that are
        there already. A video that cannot be read gets the first one.
        """
        return self.images_root / frame_sources.folder_name(self, source)

    def known_frames(self, source: Path) -> int:
        """How many frames of a file are images of the project already: the first page of a TIFF."""
        path = source.resolve()
        if not path.is_relative_to(self.images_root.resolve()):
            return 0
        rel = path.relative_to(self.images_root.resolve()).as_posix()
        return int(any(row.rel == rel for row in self.images()))

    def add_frames(self, frames: Path, source: Path, report: Report = ignore) -> RescanSummary:
        """Take the images of a folder of frames into the project.

        Args:
            frames: From `frame_folder`, filled.
            source: The video or TIFF that they are of.
            report: As for `rescan`.
        """
        frame_sources.keep(self, frames.name, source)
        self.list_folders([frames.name])
        return self.rescan(report)

    def list_folders(self, rels: Iterable[str]) -> None:
        """Look for images in these folders inside the images folder as well, from the next look on.

        Args:
            rels: Their paths in it, with forward slashes.
        """
        held = (self.setting(folder.FRAMES) or "").splitlines()
        self.save_setting(folder.FRAMES, "\n".join(dict.fromkeys([*held, *rels])))

    def taken_out(self, image_id: int) -> set[str]:
        """Ids of shapes that a person took out of an image and did not bring back.

        Of all shapes, whoever made them: for runs that would put the same ones again.

        Raises:
            ProjectError: there is no such image, or its history is damaged.
        """
        with self._connections.borrow() as connection, moment(connection):
            return history.taken_out_ids(connection, image_id)

    @contextmanager
    def snapshot(self) -> Iterator[ProjectView]:
        """A view of one moment: what is committed meanwhile does not show in it."""
        if self.read_only:
            source: SingleConnection = opening.read_only_source(self.layout)
        else:
            source = SingleConnection(open_connection(self.layout.database))
        try:
            with source.borrow() as connection:
                connection.execute("BEGIN")
                connection.execute("SELECT count(*) FROM setting").fetchall()  # the moment is now
            yield ProjectView(self.layout, self.images_root, source)
        finally:
            source.close()

    def change_classes(self, edit: ClassEdit) -> ClassStep | None:
        """Change the classes, with a backup first where shapes lose theirs; see `ClassWriter`."""
        if not self.read_only and edit(self.classes()).heirs:
            self.backup("before a change of classes")
        return super().change_classes(edit)

    def relink(self, plan: RelinkPlan) -> int:
        """Give images the files that were found, with a backup first; see `FileWriter`."""
        if plan.moves:
            self.backup(relink.BACKUP_REASON)
        return super().relink(plan)

    def scale_to_file(self, image_id: int, *, backs_up: bool = True) -> ImageRow:
        """Scale labels to another size of the file, with a backup first; see `FileWriter`."""
        if backs_up and resizing.size_now(self.look_again(image_id).damage) is not None:
            self.backup(resizing.BACKUP_REASON)
        return super().scale_to_file(image_id)

    def backup(self, reason: str) -> Path:
        """Make a verified copy of the database; reading and writing go on meanwhile.

        Returns:
            The file; its name says when rows of it are damaged (`backups.is_damaged`).

        Raises:
            StoreWriteError: the disk is full, or the copy is broken as a whole.
        """
        if self.read_only:
            raise read_only_error()
        with self._connections.borrow() as connection:
            return backups.make(connection, self.layout, reason)

    def contents(self) -> backups.Contents:
        """What the project holds, as counts, beside those of a backup."""
        with self._connections.borrow() as connection:
            return backups.contents(connection)

    def backup_if_due(self, *, interval_s: float = backups.INTERVAL_S) -> Path | None:
        """Make a backup when the project has changed and the newest one is older than this."""
        if self.read_only:
            return None
        with self._connections.borrow() as connection:
            due = backups.is_due(connection, self.layout, interval_s=interval_s)
        return self.backup("automatic") if due else None
