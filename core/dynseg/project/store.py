"""The store of a project: the only module through which labels are written.

Every write is one short transaction that is on the disk when the method returns. Two processes may
write at the same time, the window that holds the lock and its own worker: revisions decide.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

import apsw

from dynseg.annotation.classes import ClassLabel, ClassTable
from dynseg.annotation.codec import row_hash
from dynseg.annotation.delta import Delta
from dynseg.annotation.document import Annotation
from dynseg.errors import ReadOnlyError
from dynseg.images.index import scan
from dynseg.progress import CancelToken, Report, ignore
from dynseg.project import classes, folder, journal, opening, runs
from dynseg.project.connection import SingleConnection, open_connection, transaction
from dynseg.project.layout import ProjectLayout
from dynseg.project.lock import ProjectLock, verify_token
from dynseg.project.records import RescanSummary, Split, UndoRunSummary
from dynseg.project.rows import read_annotation, read_image, write_image
from dynseg.project.view import ProjectView

PROGRAM = "dynseg"


class Store(ProjectView):
    """An open project. Reads from any thread; writes take turns.

    Made by `create`, `open` or `join`. Every writing method raises `ReadOnlyError` when the
    project is open read-only, and `StoreWriteError` when the disk refuses; then nothing of the
    change is in the project.
    """

    def __init__(self, opened: opening.Opened, lock: ProjectLock | None) -> None:
        super().__init__(opened.layout, opened.images_root, opened.readers)
        self._writer = opened.writer
        self._lock = lock
        self._write_turn = threading.RLock()

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
    def open(cls, root: Path, *, read_only: bool = False, program: str = PROGRAM) -> Store:
        """Open a project.

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
            return cls(opening.open_writable(layout), lock)
        except BaseException:
            lock.release()
            raise

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
            self._connections.close()
            writer, self._writer = self._writer, None
            if writer is not None:
                writer.close()
            lock, self._lock = self._lock, None
            if lock is not None:
                lock.release()

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._writer is None

    @property
    def lock_token(self) -> str:
        """What the holder's own worker shows to `join`; empty when this is not the holder."""
        return self._lock.holder.token if self._lock is not None else ""

    @contextmanager
    def _writing(self) -> Iterator[apsw.Connection]:
        """The write connection in a transaction of its own."""
        with self._write_turn:
            if self._writer is None:
                raise ReadOnlyError(
                    "The project is open read-only, so nothing was changed.",
                    "Close it in the other program and open it again.",
                )
            with transaction(self._writer):
                yield self._writer

    def commit(
        self,
        image_id: int,
        delta: Delta,
        *,
        expected_revision: int,
        text: str,
        gesture: str = "",
        run_id: str | None = None,
    ) -> int:
        """Save an edit; it is on the disk when this returns.

        Args:
            image_id: The image.
            delta: What changed.
            expected_revision: The revision that the edit was made from.
            text: What was done, for the history.
            gesture: Commits in a row with the same gesture become one undo step.
            run_id: The batch run that this belongs to.

        Returns:
            The new revision of the image.

        Raises:
            StaleRevisionError: the image has been changed since; nothing was written.
            ProjectError: the delta does not start from what is saved, or has an unknown class.
        """
        step = journal.Step(text, gesture, run_id)
        with self._writing() as connection:
            return journal.commit(
                connection, image_id, delta, expected_revision=expected_revision, step=step
            )

    def undo(self, image_id: int) -> Annotation | None:
        """Take the last step of an image back; None when there is none."""
        with self._writing() as connection:
            done = journal.undo(connection, image_id)
            return read_annotation(connection, image_id) if done else None

    def redo(self, image_id: int) -> Annotation | None:
        """Bring the last undone step of an image again; None when there is none."""
        with self._writing() as connection:
            done = journal.redo(connection, image_id)
            return read_annotation(connection, image_id) if done else None

    def begin_run(self, kind: str, model_id: str, settings: dict[str, Any]) -> str:
        """Write down that a batch run starts; returns its id.

        Args:
            kind: `prelabel` (may add nothing but a model's proposals), `import`, ...
            model_id: The model that runs; empty when none does.
            settings: What it runs with; has to fit into JSON.
        """
        with self._writing() as connection:
            return runs.begin(connection, kind, model_id, settings)

    def commit_run(self, run_id: str, items: Sequence[tuple[int, int, Delta]]) -> list[int]:
        """Save what a run changed, in one transaction.

        Args:
            run_id: From `begin_run`.
            items: Image id, the revision that the change was made from, the change.

        Returns:
            Ids of refused images, which are as they were: changed meanwhile, reviewed, skipped, or
            the change would have touched a person's work.
        """
        with self._writing() as connection:
            return runs.commit(connection, run_id, items)

    def finish_run(self, run_id: str, state: str) -> None:
        """Write down how a run ended: `finished`, `failed` or `cancelled`."""
        with self._writing() as connection:
            runs.finish(connection, run_id, state)

    def undo_run(self, run_id: str) -> UndoRunSummary:
        """Take a run back on every image that nobody changed since."""
        with self._writing() as connection:
            return runs.undo(connection, run_id)

    def save_predictions(self, rows: Iterable[tuple[int, str, str, bytes]]) -> None:
        """Keep what a model proposed: image id, model id, settings key, bytes."""
        with self._writing() as connection:
            connection.executemany(
                "INSERT OR REPLACE INTO prediction(image_id, model_id, settings_key, hash, value) "
                "VALUES(?,?,?,?,?)",
                [(i, model, key, row_hash(value), value) for i, model, key, value in rows],
            )

    def add_class(self, name: str) -> ClassLabel:
        """Add a class behind the others.

        Raises:
            ProjectError: the name is empty or taken.
        """
        with self._writing() as connection:
            return classes.add(connection, name)

    def save_classes(self, table: ClassTable) -> None:
        """Make `table` the classes of the project: names, colours and order.

        Raises:
            ProjectError: a name is empty or double, or a class that is left out has shapes.
        """
        with self._writing() as connection:
            classes.save(connection, table)

    def set_splits(self, splits: Mapping[int, Split]) -> None:
        """Assign images to `train`, `val`, `test`, or none with an empty string."""
        with self._writing() as connection:
            for image_id, split in splits.items():
                image = read_image(connection, image_id)
                write_image(connection, image.with_split(split))

    def save_setting(self, key: str, value: str) -> None:
        """Keep a setting of the project."""
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO setting(key, value) VALUES(?,?)", (key, value)
            )

    def rescan(self, report: Report = ignore) -> RescanSummary:
        """Look at the images folder again: new, missing and changed files; labels stay.

        Raises:
            InputError: the images folder cannot be read; nothing was changed.
        """
        recursive = self.setting(folder.RECURSIVE) == "1"
        rels = scan(self.images_root, recursive=recursive)
        known = {row.rel: (row.size_bytes, row.mtime_ns, row.damage) for row in self.images()}
        comparison = folder.compare(self.images_root, rels, known, report=report)
        with self._writing() as connection:
            return folder.update(connection, comparison)

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
