"""Who has a project open for writing: one program at a time, named to the others.

The lock is a file with the holder in JSON, and a lock of the operating system on that file, which
vanishes with its process: after `kill -9` or a power cut nothing has to be cleaned up. Where the
file system has no such locks, the process id and its start time decide.
"""

from __future__ import annotations

import errno
import os
import platform
import secrets
from contextlib import suppress
from pathlib import Path

import msgspec
import psutil

from dynseg import processes
from dynseg.errors import ProjectLockedError, ReadOnlyError
from dynseg.files import lock_file

_MAX_BYTES = 4096
_ATTEMPTS = 5


class Holder(msgspec.Struct, frozen=True):
    """A process that has a project open for writing.

    Attributes:
        pid: Process id on `host`.
        started_s: Start of that process, see `processes.begun_s`; ids are used again.
        program: What the user calls it.
        token: Its own worker shows this to write beside it.
    """

    pid: int
    started_s: float
    host: str
    program: str
    token: str

    @classmethod
    def here(cls, program: str) -> Holder:
        """This process."""
        pid = os.getpid()
        begun_s = processes.begun_s(pid)
        return cls(pid, begun_s, platform.node(), program, secrets.token_hex(16))

    @property
    def is_alive(self) -> bool:
        """Whether the process runs, as far as this computer can know."""
        if self.host != platform.node():
            return True
        try:
            return processes.is_same(self.pid, self.started_s)
        except psutil.AccessDenied:
            return True


class ProjectLock:
    """The lock of a project; made by `acquire`, held until `release`."""

    def __init__(self, descriptor: int, holder: Holder) -> None:
        self._descriptor: int | None = descriptor
        self.holder = holder

    @classmethod
    def acquire(cls, path: Path, *, program: str) -> ProjectLock:
        """Take the lock.

        Raises:
            ProjectLockedError: somebody else holds it; the message names them.
            ReadOnlyError: the folder cannot be written.
        """
        for _ in range(_ATTEMPTS):
            descriptor = _open(path)
            try:
                lock = cls._try(path, descriptor, program)
            except BaseException:
                os.close(descriptor)
                raise
            if lock is not None:
                return lock
            os.close(descriptor)
        raise ProjectLockedError(
            "Another program is opening the project at this moment.", "Try again."
        )

    @classmethod
    def _try(cls, path: Path, descriptor: int, program: str) -> ProjectLock | None:
        locked = lock_file(descriptor)
        holder = read_holder(path)
        if locked is False:
            raise locked_by(holder)
        if not _is_same_file(path, descriptor):
            return None  # somebody removed the file between our open and our lock
        if holder is not None and (
            holder.is_alive and (locked is None or holder.host != platform.node())
        ):
            raise locked_by(holder, path)
        ours = Holder.here(program)
        try:
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, msgspec.json.encode(ours))
            if locked is None:  # what is written is the lock, for other computers too
                os.fsync(descriptor)
        except OSError as error:
            raise _unwritable(error) from error
        if locked is None and read_holder(path) != ours:
            return None
        return cls(descriptor, ours)

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        with suppress(OSError):  # a holder that is gone is as good
            os.ftruncate(descriptor, 0)  # not removed: Windows keeps what is open
        with suppress(OSError):  # on a drive that is away
            os.close(descriptor)


def read_holder(path: Path) -> Holder | None:
    """Who is named in the lock file, or None."""
    try:
        with path.open("rb") as file:
            return msgspec.json.decode(file.read(_MAX_BYTES), type=Holder)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None


def locked_by(holder: Holder | None, path: Path | None = None) -> ProjectLockedError:
    """The error that names who has the project."""
    if holder is None:
        return ProjectLockedError(
            "Another program has the project open.",
            "Close it there, or wait until it is done; read-only it can be looked at now.",
        )
    hint = "Close it there, or wait until it is done; read-only it can be looked at now."
    if holder.host != platform.node() and path is not None:
        hint = (
            "Close it there, or wait until it is done; read-only it can be looked at now. "
            f"If {holder.host} is off, delete {path}."
        )
    return ProjectLockedError(
        f"{holder.program} (process {holder.pid} on {holder.host}) has the project open.", hint
    )


def verify_token(path: Path, token: str) -> None:
    """Make sure that the program which gave out `token` still holds the project.

    Raises:
        ProjectLockedError: it does not.
    """
    holder = read_holder(path)
    if holder is None or not secrets.compare_digest(holder.token, token) or not holder.is_alive:
        raise ProjectLockedError(
            "The program that started this work no longer has the project open; "
            "nothing was written.",
            "Start the work again.",
        )


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    except OSError as error:
        raise _unwritable(error) from error


def _unwritable(error: OSError) -> ReadOnlyError:
    """The error for a folder that takes no lock: no right to write, or a full or broken disk."""
    hint = (
        "Get the right to write there, or copy it to a folder of yours; "
        "read-only it can be looked at."
    )
    if error.errno == errno.ENOSPC:
        hint = "Free some space, or open it read-only."
    return ReadOnlyError(f"The folder of the project cannot be written ({error.strerror}).", hint)


def _is_same_file(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False
