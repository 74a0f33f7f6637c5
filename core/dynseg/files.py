"""Writing files so that a crash leaves the old content or the new, never half.

The only place that calls functions of one operating system for files.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from dynseg.errors import DynsegError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

T = TypeVar("T")

_LOCK_OFFSET = 1 << 30
"""Windows locks are mandatory: far behind the text, so that others can read what is in the file."""
_HELD = (errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK)

_READERS_HOLD_FILES = sys.platform == "win32"
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE)
ELSEWHERE = (
    "Choose a folder that you may write to, or close the programs that have files of this one open."
)
GET_RIGHTS = (
    "Get the right to write there, or close the other programs that read the project, then try "
    "again."
)
ABANDONED_S = 24 * 3600.0
_STAGING = ".staging-"
_IS_STAGING = re.compile(r"\.staging-[0-9a-f]{32}")
_looked_through: set[Path] = set()
_WAITS_S = (0.005, 0.02, 0.05, 0.1, 0.2, 0.5)


def room_or_rights(error: OSError, room: str, rights: str = ELSEWHERE) -> str:
    """What to do about something that could not be written.

    Args:
        error: What the system said.
        room: What to do where the disk may be full.
        rights: What to do where it is a matter of rights, or of a disk that is read-only.
    """
    is_refused = isinstance(error, PermissionError) or error.errno == errno.EROFS
    return rights if is_refused else room


def from_system(error: OSError) -> DynsegError:
    """What the operating system refused: a full disk, a folder without rights."""
    where = f"{error.filename}: " if error.filename else ""
    hint = room_or_rights(error, "Check the folder and the free space of its disk.")
    return DynsegError(f"{where}{error.strerror or error}.", hint)


def lock_file(descriptor: int) -> bool | None:
    """Lock an open file against other processes, until it is closed or this process ends.

    Returns:
        True when it is ours, False when it is another's, None where it cannot be.
    """
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, _LOCK_OFFSET, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return False if error.errno in _HELD else None
    return True


def is_device(name: str) -> bool:
    """Whether Windows keeps a name for a device, whatever follows the first dot.

    Also asked on other systems: a project may be copied there.
    """
    return _DEVICE.fullmatch(name) is not None


def cache_folder() -> Path:
    """The user's folder for what can be made again; `DYNSEG_CACHE_DIR` names another one."""
    override = os.environ.get("DYNSEG_CACHE_DIR") or os.environ.get("DYNSEG_CONFIG_DIR")
    if override:
        return Path(override)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", tempfile.gettempdir())) / "dynseg"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "dynseg"
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "dynseg"


def sync_directory(folder: Path) -> None:
    """Make renames inside `folder` durable; nothing to do where folders cannot be opened."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Make the content of `path` durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def write_atomic(path: Path, data: bytes) -> None:
    """Replace the content of `path` with `data`, durably.

    Raises:
        OSError: the disk is full or the folder cannot be written; the old content stays. It names
            `path`, not the file beside it that would have taken its place.
    """
    staging = beside(path)
    try:
        with naming(path), staging.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        move(staging, path)
    except BaseException:
        staging.unlink(missing_ok=True)
        raise
    sync_directory(path.parent)
    _collect_abandoned(path.parent)


def beside(path: Path) -> Path:
    """A hidden name for what will take the place of a file; a day later it counts as abandoned."""
    return path.with_name(f"{_STAGING}{uuid.uuid4().hex}")


def _collect_abandoned(folder: Path) -> None:
    """Remove what killed processes have left half written, when this one first writes there.

    Whose process lives on another computer is not known here: what counts is that writing a file
    takes seconds, and that this one was begun a day ago.
    """
    if folder in _looked_through:
        return
    _looked_through.add(folder)
    left: list[Path] = []
    with contextlib.suppress(OSError):  # nothing depends on it
        left += folder.glob(f"{_STAGING}*")
    for path in left:
        with contextlib.suppress(OSError):  # of another process, on Windows: the next one goes
            if not _IS_STAGING.fullmatch(path.name) or path.is_symlink() or not path.is_file():
                continue
            if time.time() - path.stat().st_mtime > ABANDONED_S:
                path.unlink()


def when_free(act: Callable[[], T]) -> T:
    """Do something with a file that others read or replace at any moment.

    Windows refuses to replace a file while somebody reads it, and to read it while it is replaced;
    either takes a moment.

    Raises:
        OSError: as `act`; a refusal for longer than that, too.
    """
    for wait_s in _WAITS_S:
        try:
            return act()
        except PermissionError:
            if not _READERS_HOLD_FILES:
                raise
            time.sleep(wait_s)
    return act()


def move(source: Path, target: Path) -> None:
    """Give a file or a folder another name on the same disk; a file of that name is replaced.

    Raises:
        OSError: as `Path.replace`; on Windows also because somebody has it open, or a file in it,
            for longer than a virus scanner takes.
    """
    when_free(lambda: source.replace(target))


def remove(path: Path) -> None:
    """Remove a file; one that is not there is fine.

    Raises:
        OSError: it cannot be removed; on Windows also because somebody has it open.
    """
    when_free(lambda: path.unlink(missing_ok=True))


@contextlib.contextmanager
def naming(path: Path) -> Iterator[None]:
    """What the system refuses here is told of `path`, the file that a person knows."""
    try:
        yield
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
