"""Connections to the database: safe settings, short transactions, errors in our own words."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol, cast

import apsw

from dynseg.errors import (
    DynsegError,
    ProjectClosedError,
    ProjectError,
    ReadOnlyError,
    StoreWriteError,
)

MIN_SQLITE = (3, 51, 3)
"""Older ones can corrupt a WAL database when two connections commit and checkpoint at once."""

BUSY_TIMEOUT_MS = 20_000
"""Longer than the longest transaction: taking back a run over 10,000 images."""

_SETTINGS = (
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",  # an I/O error is then an error code, not a signal
    "synchronous=FULL",  # NORMAL loses acknowledged edits at a power cut
    "fullfsync=1",  # macOS: fsync alone does not reach the disk
    "checkpoint_fullfsync=1",
    "cache_size=-16000",
)


def require_current_sqlite(version: str) -> None:
    """Refuse to run on a SQLite with known corruption bugs.

    Raises:
        ProjectError: `version` is older than `MIN_SQLITE`.
    """
    if tuple(int(part) for part in version.split(".")[:3]) < MIN_SQLITE:
        raise ProjectError(
            f"SQLite {version} can damage a project, so nothing was opened.",
            "Install apsw 3.51.3 or newer.",
        )


def open_connection(path: Path, *, writable: bool = True) -> apsw.Connection:
    """Open an existing database with settings that keep labels safe.

    Raises:
        ProjectError: the file cannot be opened, or is not a database.
    """
    require_current_sqlite(apsw.sqlite_lib_version())
    with storage_errors():
        flags = apsw.SQLITE_OPEN_READWRITE if writable else apsw.SQLITE_OPEN_READONLY
        connection = apsw.Connection(str(path), flags=flags)
        try:
            _configure(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def open_immutable(path: Path) -> apsw.Connection:
    """Open a database that nobody can change, in a folder where no file can be made.

    A WAL database needs two side files even to be read; `immutable` does without them, and is
    right only while there is no write-ahead log beside the database.
    """
    with storage_errors():
        flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
        connection = apsw.Connection(path.absolute().as_uri() + "?immutable=1", flags=flags)
        try:
            _configure(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def _configure(connection: apsw.Connection) -> None:
    connection.set_busy_timeout(BUSY_TIMEOUT_MS)
    connection.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
    for setting in _SETTINGS:
        connection.execute(f"PRAGMA {setting}")


Row = tuple[Any, ...]


def fetch_all(connection: apsw.Connection, sql: str, values: Sequence[Any] = ()) -> list[Row]:
    """All rows of a query."""
    return cast("list[Row]", connection.execute(sql, values).fetchall())


def fetch_one(connection: apsw.Connection, sql: str, values: Sequence[Any] = ()) -> Row | None:
    """The first row of a query, or None."""
    return cast("Row | None", connection.execute(sql, values).fetchone())


def fetch_value(connection: apsw.Connection, sql: str, values: Sequence[Any] = ()) -> Any:
    """The first column of the only row of a query that always has one."""
    return connection.execute(sql, values).get


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn what SQLite raises into the errors of this program."""
    try:
        yield
    except apsw.Error as error:
        raise in_our_words(error) from error
    except UnicodeDecodeError as error:  # a text in the database with a flipped bit
        raise damaged_database() from error


def damaged_database() -> ProjectError:
    """The error for a database that cannot be read as such."""
    return ProjectError(
        "The project's database is damaged.",
        "Restore the newest backup with: dynseg restore PROJECT newest",
    )


def in_our_words(error: apsw.Error) -> DynsegError:
    """The error that tells a person what `error` means for the labels."""
    if isinstance(error, apsw.FullError):
        return StoreWriteError(
            "The disk is full, so the last change is not saved; everything before it is.",
            "Free some space: the change is kept in memory and can be saved again.",
        )
    if isinstance(error, apsw.BusyError | apsw.LockedError):
        return StoreWriteError(
            "Another program kept the project busy, so the last change is not saved.",
            "Wait until the other work is done and try again.",
        )
    if isinstance(error, apsw.ReadOnlyError | apsw.PermissionsError | apsw.AuthError):
        return ReadOnlyError(
            "The project cannot be written, so nothing was changed.",
            "Check who may write to the folder, or copy the project elsewhere.",
        )
    if isinstance(error, apsw.IOError | apsw.NoMemError):
        return StoreWriteError(
            f"The disk reported an error ({error}), so the last change is not saved.",
            "Check the disk and its connection: the change is kept in memory.",
        )
    if isinstance(error, apsw.CorruptError | apsw.NotADBError):
        return damaged_database()
    if isinstance(error, apsw.CantOpenError):
        return ProjectError(
            "The project's database cannot be opened.", "Check that the folder can be read."
        )
    return ProjectError(f"The project's database refused: {error}.", "Nothing was changed.")


@contextmanager
def transaction(connection: apsw.Connection) -> Iterator[None]:
    """A write transaction: all of it is durable when the block ends, or none of it happened.

    Raises:
        StoreWriteError: the disk is full or broken, or another process kept the database busy.
    """
    with storage_errors():
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            roll_back(connection)
            raise


def roll_back(connection: apsw.Connection) -> None:
    """Leave the transaction, if SQLite has not left it by itself."""
    if connection.in_transaction:
        with suppress(apsw.Error):
            connection.execute("ROLLBACK")


@contextmanager
def moment(connection: apsw.Connection) -> Iterator[None]:
    """Several reads of one state; inside a running transaction this does nothing."""
    with storage_errors():
        if connection.in_transaction:
            yield
            return
        connection.execute("BEGIN")
        try:
            yield
        finally:
            roll_back(connection)


class ConnectionSource(Protocol):
    """Lends connections for reading."""

    @contextmanager
    def borrow(self) -> Iterator[apsw.Connection]:
        """A connection for this block; no other thread uses it meanwhile."""
        raise NotImplementedError

    def close(self) -> None:
        """Close what is not lent."""


class ConnectionPool:
    """Read connections: as many as threads read at the same time, closed with the pool."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._idle: list[apsw.Connection] = []
        self._closed = False

    @contextmanager
    def borrow(self) -> Iterator[apsw.Connection]:
        """A connection for this block; no other thread uses it meanwhile."""
        with self._lock:
            if self._closed:
                raise ProjectClosedError
            connection = self._idle.pop() if self._idle else None
        if connection is None:
            connection = open_connection(self._path)
            with storage_errors():
                connection.execute("PRAGMA query_only=ON")
        try:
            yield connection
        finally:
            with self._lock:
                keep = not self._closed
                if keep:
                    self._idle.append(connection)
            if not keep:
                connection.close()

    def close(self) -> None:
        """Close what is not lent; what is lent closes when it comes back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()


class SingleConnection:
    """One connection that threads take turns with."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection: apsw.Connection | None = connection
        self._lock = threading.RLock()

    @contextmanager
    def borrow(self) -> Iterator[apsw.Connection]:
        """The connection for this block; no other thread uses it meanwhile."""
        with self._lock:
            if self._connection is None:
                raise ProjectClosedError
            yield self._connection

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            connection, self._connection = self._connection, None
        if connection is not None:
            roll_back(connection)
            connection.close()
