"""Verified copies of the database, and bringing one back."""

from __future__ import annotations

import math
import os
import re
import secrets
import shutil
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import apsw

from dynseg.errors import ProjectError, StoreWriteError
from dynseg.files import GET_RIGHTS, move, remove, room_or_rights, sync_directory, sync_file
from dynseg.progress import CancelledError, CancelToken, Progress, Report, ignore
from dynseg.project import health, migrations
from dynseg.project.connection import (
    fetch_one,
    open_connection,
    open_immutable,
    storage_errors,
)
from dynseg.project.layout import ProjectLayout
from dynseg.project.schema import check_version

KEEP = 10
KEEP_DAYS = 7
KEEP_DAMAGED = 3
"""Copies of a database with damaged rows: they take no place from the sound ones."""
DAMAGED_SUFFIX = ".damaged.db"
REPLACED_SUFFIX = ".replaced"
"""A database that a restore set aside, as it was on the disk."""
INTERVAL_S = 30 * 60.0
"""Automatic backups while there are changes."""
DAMAGED_NOTICE = (
    "A part of the project is damaged: the backup was made and its name says so, older ones are "
    "kept. Run: dynseg check PROJECT"
)
RESTORE_REASON = "before a restore"
STAGING_BACKUP = ".staging-backup-"
"""Start of the name: a window and its worker may make a backup each at the same time."""
STAGING_RESTORE = ".staging-restore.db"
_PAGES_A_STEP = 2048
_PAGE_BYTES = 4096
_STEPS_A_LOOK = 100_000
"""Instructions of SQLite, some milliseconds, between two looks whether to stop."""


def make(connection: apsw.Connection, layout: ProjectLayout, reason: str) -> Path:
    """Copy the database into the backups folder and verify the copy.

    A database with damaged rows is copied too: what is sound in it is work like any other. The name
    of the copy says so (`is_damaged`), and no sound backup makes room for it.

    Returns:
        The file of the backup: time in UTC, then the reason.

    Raises:
        StoreWriteError: the disk is full, or the copy is broken as a whole; older backups stay.
    """
    staging = layout.backups / f"{STAGING_BACKUP}{secrets.token_hex(4)}.db"
    try:
        layout.backups.mkdir(exist_ok=True)
        try:
            staging.touch()  # where that is refused the system says why, SQLite does not
            sound = copy_database(connection, staging)
            sync_file(staging)
            target = _free_path(layout.backups, reason, ".db" if sound else DAMAGED_SUFFIX)
            move(staging, target)
        finally:
            staging.unlink(missing_ok=True)
        sync_directory(layout.backups)
        _prune(layout)
    except OSError as error:
        raise StoreWriteError(
            f"The backup could not be written ({error.strerror}); the project is unchanged.",
            room_or_rights(error, "Free some space and try again.", GET_RIGHTS),
        ) from error
    return target


def is_due(connection: apsw.Connection, layout: ProjectLayout, *, interval_s: float) -> bool:
    """Whether the project has changed since the newest backup, and that is long ago.

    Before the first backup: whether the first change is long ago. One from the future counts for
    nothing: a clock that was wrong once must not put off all backups until then.
    """
    now = time.time()
    made = (status.st_mtime for path in listed(layout) if (status := _status(path)) is not None)
    newest = max((time_s for time_s in made if time_s <= now + INTERVAL_S), default=0.0)
    log = layout.database.with_name(layout.database.name + "-wal")
    changed = max(path.stat().st_mtime for path in (layout.database, log) if path.exists())
    if newest == 0.0:
        with storage_errors():
            first = fetch_one(connection, "SELECT time_s FROM op ORDER BY seq LIMIT 1")
        newest = first[0] if first is not None else layout.database.stat().st_ctime
        return now - newest > interval_s
    return changed > newest and now - newest > interval_s


def listed(layout: ProjectLayout) -> list[Path]:
    """All backups, the newest first."""
    if not layout.backups.is_dir():
        return []
    names = (path for path in layout.backups.glob("*.db") if not path.name.startswith("."))
    return sorted(names, key=lambda path: path.name, reverse=True)


class Contents(NamedTuple):
    """What a database holds, as counts.

    Attributes:
        images: Images of the project.
        shapes: Shapes on them.
        reviewed: Images that a person vouches for.
        classes: Classes.
    """

    images: int
    shapes: int
    reviewed: int
    classes: int


class BackupFacts(NamedTuple):
    """What is known about a backup.

    Attributes:
        path: The file.
        made: When, in UTC.
        reason: Why, in words: `before an import`.
        size_bytes: Size of the file.
        damaged: Whether rows of it were damaged when it was made.
        contents: What it holds; None when it cannot be read, or has an earlier format.
    """

    path: Path
    made: datetime
    reason: str
    size_bytes: int
    damaged: bool
    contents: Contents | None


def facts(layout: ProjectLayout) -> list[BackupFacts]:
    """What is known about every backup, the newest first."""
    return [found for path in listed(layout) if (found := _facts_of(path)) is not None]


def contents(connection: apsw.Connection) -> Contents:
    """What a database holds.

    Raises:
        ProjectError: it cannot be read.
    """
    with storage_errors():
        row = fetch_one(
            connection,
            "SELECT count(*), coalesce(sum(instance_count), 0), coalesce(sum(state='reviewed'), 0),"
            " (SELECT count(*) FROM class WHERE retired=0) FROM image",
        )
    assert row is not None  # an aggregate has one row
    return Contents(*row)


def _status(path: Path) -> os.stat_result | None:
    """Size and times of a backup; None when another process has just made room for its own."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _facts_of(path: Path) -> BackupFacts | None:
    status = _status(path)
    if status is None:
        return None
    stem = path.name.removesuffix(DAMAGED_SUFFIX).removesuffix(".db")
    *stamp, words = stem.split("-", 3)
    try:
        made = datetime.strptime("-".join(stamp), "%Y%m%d-%H%M%S-%f").replace(tzinfo=UTC)
    except ValueError:  # a file that somebody else put there
        made, words = datetime.fromtimestamp(status.st_mtime, UTC), stem
    held: Contents | None = None
    try:
        connection = open_immutable(path)
        try:
            held = contents(connection)
        finally:
            connection.close()
    except (ProjectError, StoreWriteError):
        held = None
    reason = words.replace("-", " ")
    return BackupFacts(path, made, reason, status.st_size, is_damaged(path), held)


def is_damaged(backup: Path) -> bool:
    """Whether some rows of a backup were damaged when it was made."""
    return backup.name.endswith(DAMAGED_SUFFIX)


def restore(layout: ProjectLayout, backup: Path) -> Path | None:
    """Put a backup in the place of the database. The caller holds the lock and no connection.

    What is there now becomes a backup itself first, unless it cannot be read: so a restore is
    taken back by another one. A backup whose name says that rows of it are damaged comes back with
    them; they stay reported.

    Returns:
        Where the replaced database is kept; None when there was none.

    Raises:
        ProjectError: the backup is damaged, against its name, or too new; nothing was changed.
        StoreWriteError: the disk is full; nothing was changed.
    """
    staging = layout.folder / STAGING_RESTORE
    try:
        shutil.copyfile(backup, staging)
        connection = open_connection(staging)
        try:
            check_version(connection)
            with storage_errors():
                connection.pragma("journal_mode", "DELETE")
                found = health.structure(connection)
                if not found and migrations.is_needed(connection):
                    migrations.migrate(connection)
                    migrations.compact(connection)
                if not is_damaged(backup):
                    found = found or health.rows(connection)
        finally:
            connection.close()
        if found:
            raise ProjectError(
                f"The backup is damaged, so nothing was changed: {found[0]}",
                "Choose an older backup.",
            )
        sync_file(staging)
        _keep_present(layout)
        replaced = _set_aside(layout)
        move(staging, layout.database)
        sync_directory(layout.folder)
        _prune(layout)
    except OSError as error:
        raise StoreWriteError(
            f"The backup could not be put back ({error.strerror}); nothing was changed.",
            room_or_rights(error, "Free some space and try again.", GET_RIGHTS),
        ) from error
    finally:
        staging.unlink(missing_ok=True)
    return replaced


def copy_database(
    connection: apsw.Connection,
    target: Path,
    *,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> bool:
    """Copy the database; whether all rows of the copy are sound.

    Args:
        connection: To the database.
        target: The file of the copy.
        report: Told how much is copied.
        cancel: Asked meanwhile.

    Raises:
        CancelledError: `cancel` was set; the file stays as far as it came.
        StoreWriteError: the copy is broken as a whole.
    """
    cancel = cancel or CancelToken()
    with storage_errors():
        copy = apsw.Connection(str(target))
        try:
            with copy.backup("main", connection, "main") as running:
                while not running.done:
                    cancel.check()
                    running.step(_PAGES_A_STEP)
                    report(_copied(running.page_count - running.remaining, running.page_count))
            report(Progress("Checking the copy", 0))
            copy.set_progress_handler(lambda: cancel.cancelled, _STEPS_A_LOOK)
            copy.pragma("journal_mode", "DELETE")  # one file, readable without side files
            found = health.structure(copy)
            # The rows of an earlier format are verified when they are migrated.
            cancel.check()
            sound = bool(found) or migrations.is_needed(copy) or not health.rows(copy)
        except apsw.InterruptError as error:
            raise CancelledError from error
        finally:
            copy.close()
    if found:
        raise StoreWriteError(
            f"The backup is not sound and was not kept: {found[0]}",
            "Check the disk, then run: dynseg check PROJECT",
        )
    return sound


def _copied(done: int, total: int) -> Progress:
    """How far a copy is, for pages of a database."""
    mb = _PAGE_BYTES / 1e6
    return Progress("Copying the labels (MB)", math.ceil(done * mb), math.ceil(total * mb))


def _free_path(folder: Path, reason: str, suffix: str) -> Path:
    slug = re.sub(r"[^a-z0-9]+", "-", reason.lower()).strip("-")[:40] or "backup"
    while True:
        now = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        path = folder / f"{now}-{slug}{suffix}"
        if not path.exists():
            return path


def _prune(layout: ProjectLayout) -> None:
    """Keep the newest ones, and the newest of each of the last days; of damaged ones a few.

    What a restore set aside is kept by the same rule, beside the backups. What cannot be removed,
    because somebody looks into it for instance, goes another time.
    """
    damaged = [path for path in listed(layout) if is_damaged(path)]
    sound = [path for path in listed(layout) if not is_damaged(path)]
    aside = sorted(layout.backups.glob(f"*{REPLACED_SUFFIX}"), reverse=True)
    logs = [path.with_name(f"{path.name}-wal") for path in _surplus(aside)]
    for path in (*damaged[KEEP_DAMAGED:], *_surplus(sound), *logs, *_surplus(aside)):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _surplus(newest_first: Sequence[Path]) -> list[Path]:
    """What is neither among the newest nor the newest of one of the last days with any."""
    days: dict[str, Path] = {}
    for path in newest_first:
        days.setdefault(path.name[:8], path)
    kept = {*newest_first[:KEEP], *list(days.values())[:KEEP_DAYS]}
    return [path for path in newest_first if path not in kept]


def _keep_present(layout: ProjectLayout) -> None:
    """Make a backup of the present state; a database that is broken as a whole is only set aside.

    Raises:
        StoreWriteError: the disk is full.
    """
    if not layout.database.exists():
        return
    try:
        connection = open_connection(layout.database)
    except ProjectError:
        return
    try:
        make(connection, layout, RESTORE_REASON)
    except StoreWriteError:
        if not health.structure(connection):
            raise
    except ProjectError:
        return
    finally:
        connection.close()


def _set_aside(layout: ProjectLayout) -> Path | None:
    """Keep a copy of the database with its log, then remove the log.

    The log has to be gone for good before another database takes the name, or SQLite would replay
    it there; and its changes have to be in the old database before that, or a crash in between
    would take them out of it. Only a database that is too damaged for that is left without them:
    they are in the copy.
    """
    if not layout.database.exists():
        return None
    layout.backups.mkdir(exist_ok=True)
    with suppress(ProjectError):
        _empty_log(layout.database)
    target = _free_path(layout.backups, "replaced", REPLACED_SUFFIX)
    for suffix in ("", "-wal"):
        source = layout.database.with_name(layout.database.name + suffix)
        if source.exists():
            copy = target.with_name(target.name + suffix)
            shutil.copyfile(source, copy)
            sync_file(copy)
    sync_directory(layout.backups)
    for suffix in ("-wal", "-shm"):
        remove(layout.database.with_name(layout.database.name + suffix))
    sync_directory(layout.folder)
    return target


def _empty_log(database: Path) -> None:
    """Move what is in the write-ahead log into the database; closing removes the log."""
    connection = open_connection(database)
    try:
        with storage_errors():
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    finally:
        connection.close()
