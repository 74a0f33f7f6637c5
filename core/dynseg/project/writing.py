"""Writing documents, runs, classes and settings: each method is one durable transaction."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from dynseg.annotation.classes import ClassLabel
from dynseg.annotation.delta import Delta
from dynseg.annotation.document import Annotation
from dynseg.errors import (
    ProjectAwayError,
    ProjectClosedError,
    ProjectLostError,
    ReadOnlyError,
)
from dynseg.progress import CancelToken, Report, ignore
from dynseg.project import class_rows, history, journal, runs
from dynseg.project.connection import ConnectionSource, transaction
from dynseg.project.digest import row_hash
from dynseg.project.documents import read_annotation
from dynseg.project.layout import ProjectLayout
from dynseg.project.records import Split, UndoRunSummary
from dynseg.project.rescue import copied_project
from dynseg.project.rows import read_images, write_images
from dynseg.project.view import ProjectView


class ProjectWriter(ProjectView):
    """Reads from any thread; writes take turns.

    Every writing method raises `ReadOnlyError` when the project is open read-only, and
    `StoreWriteError` when the disk refuses; then nothing of the change is in the project.
    """

    def __init__(
        self,
        layout: ProjectLayout,
        images_root: Path,
        connections: ConnectionSource,
        writer: apsw.Connection | None,
    ) -> None:
        super().__init__(layout, images_root, connections)
        self._writer = writer
        self._read_only = writer is None
        self._file = None if writer is None else file_identity(layout.database)
        # Of its folder: on layered file systems a file has another one than what it lies in.
        self._drive = None if writer is None else file_identity(layout.database.parent)
        self._lost = self._away = False
        self._copy: Path | None = None
        self._write_turn = threading.RLock()

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written."""
        return self._read_only

    @contextmanager
    def _writing(self) -> Iterator[apsw.Connection]:
        """The write connection in a transaction of its own, or in that of `all_or_nothing`."""
        with self._write_turn:
            if self._writer is None:
                raise read_only_error() if self._read_only else ProjectClosedError
            if self._writer.in_transaction:
                yield self._writer
                return
            self._require_file()
            with transaction(self._writer):
                yield self._writer

    @property
    def is_lost(self) -> bool:
        """Whether all labels go when this is closed, as it was at the last look; asks no disk."""
        return self._lost and not self._away and self._copy is None

    @property
    def is_away(self) -> bool:
        """Whether its drive was not there at the last look: what is saved on it is not lost."""
        return self._away

    @property
    def is_nameless(self) -> bool:
        """Whether nothing can be written here any more, as it was at the last look."""
        return self._lost

    @property
    def copy_root(self) -> Path | None:
        """Where `copied_to` has made a copy: what is done from then on belongs there."""
        return self._copy

    def has_its_name(self) -> bool:
        """Look whether the file is still there; what lies in one without a name goes with it."""
        database, known = self.layout.database, self._file
        self._lost = known is not None and file_identity(database) != known
        drive = self._drive
        self._away = self._lost and drive is not None and is_drive_away(database, drive[0])
        return not self._lost

    @contextmanager
    def copied_to(
        self, root: Path, *, report: Report = ignore, cancel: CancelToken | None = None
    ) -> Iterator[None]:
        """Make a project in another folder with all that is committed; as `copied_project`.

        The block adds to it what is not committed here. When that fails there is no copy.
        """
        with self._write_turn:
            if self._writer is None:
                raise read_only_error() if self._read_only else ProjectClosedError
            with copied_project(self._writer, self.images_root, root, report=report, cancel=cancel):
                yield
            self._copy = root

    def _require_file(self) -> None:
        """Refuse to write into a file that has lost its name."""
        if not self.has_its_name():
            if self._away:
                raise ProjectAwayError(self.root)
            raise ProjectLostError(
                f"{self.layout.database.parent} was moved or deleted while the project was open, "
                "so the last change is not saved.",
                "Put the folder back where it was, from the bin for instance, and save again; or "
                "save a copy elsewhere.",
            )

    @contextmanager
    def all_or_nothing(self) -> Iterator[None]:
        """What this thread writes in the block is saved when it ends, all of it or nothing.

        Reading in the block shows the project as it was before. Other programs that write wait:
        do what takes time earlier.

        Raises:
            StoreWriteError: the disk refuses.
        """
        with self._writing():
            yield

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

    def restore_version(self, image_id: int, seq: int) -> Annotation | None:
        """Bring an earlier version of an image back, as a step that can be undone like any other.

        Args:
            image_id: The image.
            seq: The document right after this step comes back; 0 for the one before the first.

        Returns:
            The document; None when it is as it was then.

        Raises:
            ProjectError: the history has no such step, or is damaged there.
        """
        with self._writing() as connection:
            done = history.restore(connection, image_id, seq)
            return read_annotation(connection, image_id) if done else None

    def go_to(self, image_id: int, seq: int) -> Annotation | None:
        """Take steps of an image back, or do them again, until one of them is the last.

        A version that undo and redo do not lead to is brought back as `restore_version` does.

        Args:
            image_id: The image.
            seq: Number of the step; 0 for the document before the first one.

        Returns:
            The document; None when it is as it was then.

        Raises:
            ProjectError: the history has no such step, or is damaged there.
        """
        with self._writing() as connection:
            done = history.go_to(connection, image_id, seq)
            return read_annotation(connection, image_id) if done else None

    def begin_run(
        self, kind: str, model_id: str, settings: dict[str, Any], *, run_id: str | None = None
    ) -> str:
        """Write down that a batch run starts; returns its id.

        Args:
            kind: `prelabel` or `follow` (may add nothing but proposals), `import`, ...
            model_id: The model that runs; empty when none does.
            settings: What it runs with; has to fit into JSON.
            run_id: Its id; a new one when None.
        """
        with self._writing() as connection:
            return runs.begin(connection, kind, model_id, settings, run_id)

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

    def add_class(self, name: str, *, run_id: str | None = None) -> ClassLabel:
        """Add a class behind the others.

        Args:
            name: Of the class.
            run_id: The run that needs it: where that is taken back, so is the class.

        Raises:
            ProjectError: the name is empty or taken.
        """
        with self._writing() as connection:
            label = class_rows.add(connection, name)
            if run_id is not None:
                runs.note_made(connection, run_id, label)
            return label

    def divide(self, image_ids: Sequence[int], split: Split) -> str:
        """Give images a place in the split for a person, as a run that `undo_run` takes back.

        Returns:
            Id of the run; empty when all of them have that place already.
        """
        with self._writing() as connection:
            return runs.divide(connection, image_ids, split)

    def set_splits(self, splits: Mapping[int, Split]) -> None:
        """Assign images to `train`, `val`, `test`, or none with an empty string."""
        with self._writing() as connection:
            images = read_images(connection, list(splits))
            write_images(
                connection, [images[i]._replace(split=split) for i, split in splits.items()]
            )

    def save_setting(self, key: str, value: str) -> None:
        """Keep a setting of the project."""
        with self._writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO setting(key, value) VALUES(?,?)", (key, value)
            )


def file_identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from another one of its name; None where there is none.

    Windows lets nobody take away what is open, and its numbers of files change on some drives.
    """
    try:
        found = path.stat()
    except OSError:
        return None
    if sys.platform == "win32":
        return 0, 0
    return found.st_dev, found.st_ino


def is_drive_away(path: Path, device: int) -> bool:
    """Whether the drive that a file lay on is not in its place, and not the file alone is gone.

    Args:
        path: The file.
        device: That of its folder, see `file_identity`; 0 where that is not told: then a drive is
            away when nothing of the path is there, as on Windows, where each has a letter or a
            name.
    """
    for folder in path.parents:
        try:
            return device not in (0, folder.stat().st_dev)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError:  # it is there and does not answer
            break
    return True


def read_only_error() -> ReadOnlyError:
    """The error for a write to a project that is open read-only."""
    return ReadOnlyError(
        "The project is open read-only, so nothing was changed.",
        "Close it in the other program and open it again.",
    )
