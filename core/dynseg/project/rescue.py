"""A copy of an open project in another folder, also when its own was deleted meanwhile."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import apsw

from dynseg.errors import ProjectError, StoreWriteError
from dynseg.files import sync_directory, sync_file
from dynseg.project import backups, folder
from dynseg.project.connection import storage_errors, transaction
from dynseg.project.layout import ProjectLayout
from dynseg.project.opening import STAGING


def copy_project(connection: apsw.Connection, images_root: Path, root: Path) -> None:
    """Make a project in `root` with all labels of an open database.

    The database may have no name any more: its content is there as long as it is open. Models, runs
    and backups are files of their own and are not copied.

    Args:
        connection: To the open database; nothing else uses it meanwhile.
        images_root: Where the images are, or were.
        root: The folder of the copy; made if need be.

    Raises:
        ProjectError: there is a project already.
        StoreWriteError: the folder cannot be written, or the copy is broken as a whole.
    """
    layout = ProjectLayout(root.absolute())
    if layout.database.exists():
        raise ProjectError(
            f"{layout.root} has a project already, so nothing was copied.",
            "Choose another folder, or make a new one.",
        )
    staging = layout.folder / STAGING
    try:
        layout.folder.mkdir(parents=True, exist_ok=True)
        try:
            staging.unlink(missing_ok=True)
            backups.copy_database(connection, staging)
            _set_images(staging, folder.stored_path(layout.root, images_root))
            sync_file(staging)
            staging.replace(layout.database)
        finally:
            staging.unlink(missing_ok=True)
        sync_directory(layout.folder)
    except OSError as error:
        raise StoreWriteError(
            f"The copy could not be written to {layout.root} ({error.strerror}).",
            "Choose another folder: everything is kept in memory while the window is open.",
        ) from error


def remove_copy(root: Path) -> None:
    """Take away the database of a copy that did not get all it should have; the folder stays."""
    database = ProjectLayout(root.absolute()).database
    for side in ("-wal", "-shm", ""):
        with suppress(OSError):  # it is in nobody's way but that of another try in this folder
            database.with_name(database.name + side).unlink(missing_ok=True)


def _set_images(database: Path, stored: str) -> None:
    with storage_errors():
        copy = apsw.Connection(str(database))
        try:
            with transaction(copy):
                copy.execute("UPDATE setting SET value=? WHERE key=?", (stored, folder.IMAGES_ROOT))
        finally:
            copy.close()
