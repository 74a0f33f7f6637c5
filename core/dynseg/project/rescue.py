"""A copy of an open project in another folder, also when its own was deleted meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import apsw

from dynseg.errors import ProjectError, StoreWriteError
from dynseg.files import move, sync_directory, sync_file
from dynseg.progress import CancelToken, Report, ignore
from dynseg.project import backups, folder
from dynseg.project.connection import storage_errors, transaction
from dynseg.project.layout import ProjectLayout
from dynseg.project.opening import STAGING


@contextmanager
def copied_project(
    connection: apsw.Connection,
    images_root: Path,
    root: Path,
    *,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> Iterator[None]:
    """A project in `root` with all labels of an open database, kept if the block ends well.

    The database may have no name any more: its content is there as long as it is open. Models, runs
    and backups are files of their own and are not copied.

    Args:
        connection: To the open database; nothing else uses it meanwhile.
        images_root: Where the images are, or were.
        root: The folder of the copy; made if need be.
        report: Told how much is copied.
        cancel: Asked meanwhile.

    Raises:
        CancelledError: `cancel` was set; there is no copy.
        ProjectError: there is a project already.
        StoreWriteError: the folder cannot be written, or the copy is broken as a whole.
    """
    layout = ProjectLayout(root.absolute())
    if layout.database.exists():
        raise ProjectError(
            f"{layout.root} has a project already, so nothing was copied.",
            "Choose another folder, or make a new one.",
        )
    try:
        layout.folder.mkdir(parents=True, exist_ok=True)
        with _staged(layout) as staging:
            backups.copy_database(connection, staging, report=report, cancel=cancel)
            _set_images(staging, folder.stored_path(layout.root, images_root))
        yield
    except BaseException as error:
        _remove(layout)
        if not isinstance(error, OSError | StoreWriteError):
            raise
        # Of a full disk others say that everything before the last change is saved.
        reason = error.strerror if isinstance(error, OSError) else error.__cause__ or error.message
        raise StoreWriteError(
            f"The copy could not be written to {layout.root} ({reason}).",
            "Choose another folder: everything is kept in memory while the window is open.",
        ) from error


@contextmanager
def _staged(layout: ProjectLayout) -> Iterator[Path]:
    """A file that becomes the database of a project when the block ends well."""
    staging = layout.folder / STAGING
    try:
        staging.unlink(missing_ok=True)
        yield staging
        sync_file(staging)
        move(staging, layout.database)
    finally:
        staging.unlink(missing_ok=True)
    sync_directory(layout.folder)


def _remove(layout: ProjectLayout) -> None:
    """Take away the database of a copy that did not get all it should have; the folder stays."""
    for side in ("-wal", "-shm", ""):
        with suppress(OSError):  # it is in nobody's way but that of another try in this folder
            layout.database.with_name(layout.database.name + side).unlink(missing_ok=True)


def _set_images(database: Path, stored: str) -> None:
    with storage_errors():
        copy = apsw.Connection(str(database))
        try:
            with transaction(copy):
                copy.execute("UPDATE setting SET value=? WHERE key=?", (stored, folder.IMAGES_ROOT))
        finally:
            copy.close()
