"""Making and opening the database of a project."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import apsw

from dynseg.errors import InputError, ProjectError, ReadOnlyError, StoreWriteError
from dynseg.files import move, sync_directory
from dynseg.images.index import scan
from dynseg.progress import CancelToken, Report, ignore
from dynseg.project import backups, class_rows, folder, migrations
from dynseg.project.connection import (
    ConnectionPool,
    ConnectionSource,
    SingleConnection,
    fetch_one,
    open_connection,
    open_immutable,
    storage_errors,
    transaction,
)
from dynseg.project.layout import ProjectLayout
from dynseg.project.schema import VERSION, check_header, check_version, create_tables

STAGING = ".staging-project.db"


@dataclass(frozen=True, slots=True)
class Opened:
    """Connections to an open project; `writer` is None when it is read-only."""

    layout: ProjectLayout
    images_root: Path
    readers: ConnectionSource
    writer: apsw.Connection | None


def prepare_folder(layout: ProjectLayout, images: Path) -> None:
    """Make the folder of a new project.

    Raises:
        InputError: the folder of images does not exist.
        ProjectError: there is a project already.
        ReadOnlyError: the folder cannot be written.
    """
    if not images.is_dir():
        raise InputError(f"{images} is not a folder.", "Choose the folder with the images.")
    if layout.database.exists():
        raise ProjectError(f"{layout.root} has a project already.", "Open it instead.")
    try:
        layout.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ReadOnlyError(
            f"{layout.root} cannot be written ({error.strerror}), so no project was made.",
            "Choose another folder for the project: the images can stay where they are.",
        ) from error


def create_database(
    layout: ProjectLayout,
    images: Path,
    *,
    recursive: bool,
    classes: Sequence[str],
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> None:
    """Make the database under another name and rename it, so that there is none or a whole one."""
    if layout.database.exists():
        raise ProjectError(f"{layout.root} has a project already.", "Open it instead.")
    names = folder.written_names(scan(images, recursive=recursive))
    found = folder.look_at_all(images, names, report=report, cancel=cancel)
    staging = layout.folder / STAGING
    collect_leftovers(layout)
    try:
        with storage_errors():
            connection = apsw.Connection(str(staging))  # the one place that makes a database
            try:
                connection.pragma("page_size", 4096)
                connection.pragma("synchronous", "FULL")
                # Not WAL: a log that the last close could not empty would stay under this name.
                with transaction(connection):
                    create_tables(connection)
                    for name in classes:
                        class_rows.add(connection, name)
                    folder.register(connection, found)
                    connection.executemany(
                        "INSERT INTO setting(key, value) VALUES(?,?)",
                        [
                            (folder.IMAGES_ROOT, folder.stored_path(layout.root, images)),
                            (folder.RECURSIVE, "1" if recursive else "0"),
                        ],
                    )
            finally:
                connection.close()
        move(staging, layout.database)
        sync_directory(layout.folder)
    except OSError as error:
        raise StoreWriteError(
            f"The project could not be made ({error.strerror}).",
            "Check the disk and who may write there, then try again.",
        ) from error
    finally:
        collect_leftovers(layout)


def collect_leftovers(layout: ProjectLayout) -> None:
    """Remove what a killed process left half made; the caller holds the lock."""
    half_made = [
        *layout.folder.glob(f"{STAGING}*"),
        *layout.folder.glob(f"{backups.STAGING_RESTORE}*"),
        *layout.backups.glob(f"{backups.STAGING_BACKUP}*"),
    ]
    for path in half_made:  # with the journals beside them
        with suppress(OSError):  # nothing depends on it
            path.unlink()


def check_database(layout: ProjectLayout) -> None:
    """Make sure that there is a database that this program may open; nothing is written.

    Raises:
        ProjectError: there is none, or it is not ours.
        ProjectTooNewError: a newer version of this program wrote it.
    """
    if not layout.database.is_file():
        raise ProjectError(
            f"There is no project in {layout.root}.",
            "Make one: open a folder of images, or run dynseg init.",
        )
    check_header(layout.database)


def open_writable(layout: ProjectLayout) -> Opened:
    """Open for reading and writing; the caller holds the lock."""
    writer = open_connection(layout.database)
    try:
        with storage_errors():
            check_version(writer)
            _bring_up_to_date(layout, writer)
            if writer.pragma("journal_mode") != "wal":  # a backup that was put back
                writer.pragma("journal_mode", "WAL")
            writer.pragma("journal_size_limit", 64 << 20)
        images_root = _images_root(layout, writer)
    except BaseException:
        writer.close()
        raise
    return Opened(layout, images_root, ConnectionPool(layout.database), writer)


def _bring_up_to_date(layout: ProjectLayout, writer: apsw.Connection) -> None:
    """Migrate a database of an earlier version, with a backup of it first."""
    if migrations.is_needed(writer):
        backups.make(writer, layout, f"before format {VERSION}")
        migrations.migrate(writer)
        migrations.compact(writer)


def open_read_only(layout: ProjectLayout) -> Opened:
    """Open for reading."""
    source = read_only_source(layout)
    with source.borrow() as connection:
        images_root = _images_root(layout, connection)
    return Opened(layout, images_root, source, None)


def read_only_source(layout: ProjectLayout) -> SingleConnection:
    """A connection that cannot write, also where the folder cannot be written.

    SQLite needs two side files to read a WAL database. Where they cannot be made, the database is
    read as an unchanging file; if it has a log with changes in it, from a copy of both. One of an
    earlier format is read from a copy in the present one.
    """
    source = _source_of_any_format(layout)
    with source.borrow() as connection:
        old = migrations.is_needed(connection)
    if not old:
        return source
    source.close()
    return _CopiedConnection(layout.database)


def _source_of_any_format(layout: ProjectLayout) -> SingleConnection:
    try:
        connection = open_connection(layout.database, writable=False)
        try:
            with storage_errors():
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        except BaseException:
            connection.close()
            raise
        return SingleConnection(connection)
    except (ProjectError, OSError):
        if _is_damaged(layout):
            raise
    log = _log_of(layout.database)
    if not log.exists() or log.stat().st_size == 0:
        return SingleConnection(open_immutable(layout.database))
    return _CopiedConnection(layout.database)


def _log_of(database: Path) -> Path:
    """The write-ahead log of a database."""
    return database.with_name(database.name + "-wal")


def _is_damaged(layout: ProjectLayout) -> bool:
    with layout.database.open("rb") as file:
        return not file.read(16).startswith(b"SQLite format 3")


class _CopiedConnection(SingleConnection):
    """A connection to a private copy in the present format, removed when it is closed."""

    def __init__(self, database: Path) -> None:
        self._copy = Path(tempfile.mkdtemp(prefix="dynseg-read-only-"))
        copied = self._copy / database.name
        shutil.copyfile(database, copied)
        if _log_of(database).exists():
            shutil.copyfile(_log_of(database), _log_of(copied))
        connection = open_connection(copied)
        if migrations.is_needed(connection):
            migrations.migrate(connection)
        super().__init__(connection)

    def close(self) -> None:
        """Close the connection and remove the copy."""
        super().close()
        shutil.rmtree(self._copy, ignore_errors=True)


def _images_root(layout: ProjectLayout, connection: apsw.Connection) -> Path:
    with storage_errors():
        row = fetch_one(connection, "SELECT value FROM setting WHERE key=?", (folder.IMAGES_ROOT,))
    if row is None:
        raise ProjectError(
            "The project does not say where its images are.", "Restore the newest backup."
        )
    return folder.resolved_path(layout.root, row[0])
