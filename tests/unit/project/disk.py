"""A disk that can fail, and lose its power: what the tests put under the real store.

SQLite's calls come through a file layer of our own (`WatchedDisk`), the program's own through
`os`. A cut leaves what was synced, any sectors of what was not, and of the names of files all that
were synced and then some of the later changes in their order, as journaling file systems do.
Nothing is really synced: that would only take time.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest

SECTOR = 512
BASE = apsw.vfs_names()[0]
"""The system's own file layer."""
_SYNCS_ITS_FOLDER = (
    apsw.SQLITE_OPEN_WAL | apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_SUPER_JOURNAL
)
"""With the first sync of such a file, SQLite makes its name durable too."""

Entry = tuple[Any, ...]


class Disk:
    """Fails at the call `fail_at`, and keeps a log of what reaches it while `root` is set.

    Attributes:
        root: Files below are logged.
        log: What happened, see `Platter`.
        calls: Calls that could have failed.
        fail_at: The call that fails; -1 for none.
        error: What it raises.
        torn: Whether a write that fails writes its first half.
    """

    def __init__(self) -> None:
        self.root: Path | None = None
        self.log: list[Entry] = []
        self.calls = 0
        self.fail_at = -1
        self.error: type[apsw.Error] = apsw.IOError
        self.torn = False
        self._files: dict[str, int] = {}
        self._count = 0

    def fails(self) -> bool:
        """Count a call; whether it is the one that fails."""
        self.calls += 1
        return self.calls == self.fail_at

    def rel(self, path: str | Path) -> str | None:
        """The path below `root`, None for what is not logged."""
        absolute = Path(os.path.realpath(path))
        if self.root is None or not absolute.is_relative_to(self.root):
            return None
        return absolute.relative_to(self.root).as_posix()

    def watch(self, root: Path) -> dict[str, bytes]:
        """Start to log; returns what is there already, and durable."""
        self.root = Path(os.path.realpath(root))
        start: dict[str, bytes] = {}
        for path in sorted(root.rglob("*")):
            if path.is_file():
                self._files[path.relative_to(root).as_posix()] = len(start)
                start[path.relative_to(root).as_posix()] = path.read_bytes()
        self._count = len(start)
        return start

    def file(self, path: str | Path, *, create: bool) -> int | None:
        """Number of the file behind a name, None for one that is not logged."""
        rel = self.rel(path)
        if rel is None or (rel not in self._files and not create):
            return None
        if rel not in self._files:
            self._files[rel] = self._count
            self._count += 1
            self.log.append(("create", rel, self._files[rel]))
        return self._files[rel]

    def removed(self, path: str | Path, *, durable: bool) -> None:
        """A name is gone."""
        rel = self.rel(path)
        if rel is not None and self._files.pop(rel, None) is not None:
            self.log.append(("remove", rel))
            if durable:
                self.log.append(("names",))

    def renamed(self, old: str | Path, new: str | Path) -> None:
        """A name is another one now."""
        source, target = self.rel(old), self.rel(new)
        if source is not None and target is not None and self.file(old, create=True) is not None:
            self._files[target] = self._files.pop(source)
            self.log.append(("rename", source, target))


DISK = Disk()


class WatchedFile(apsw.VFSFile):
    """A file of SQLite."""

    def __init__(self, name: Any, flags: list[int]) -> None:
        filename = name.filename() if isinstance(name, apsw.URIFilename) else name
        creates = bool(flags[0] & apsw.SQLITE_OPEN_CREATE)
        if DISK.fails():
            raise apsw.CantOpenError("injected")
        super().__init__(BASE, name, flags)
        self.number = DISK.file(filename, create=creates) if filename else None
        self.syncs_names = creates and bool(flags[0] & _SYNCS_ITS_FOLDER)
        self.read_only = bool(flags[0] & apsw.SQLITE_OPEN_READONLY)

    def record(self, kind: str, *values: Any) -> None:
        if self.number is not None:
            DISK.log.append((kind, self.number, *values))

    def xLock(self, level: int) -> None:
        # Closing tries an exclusive lock on files that are open for reading, and gives up
        # quietly; an error raised from here would not be quiet.
        if self.read_only and level == apsw.SQLITE_LOCK_EXCLUSIVE:
            raise apsw.BusyError
        super().xLock(level)

    def xWrite(self, data: bytes, offset: int) -> None:
        if DISK.fails():
            if DISK.torn:
                super().xWrite(data[: len(data) // 2], offset)
            raise DISK.error("injected")
        self.record("write", offset, bytes(data))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        if DISK.fails():
            raise DISK.error("injected")
        self.record("truncate", size)
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        if DISK.fails():
            raise DISK.error("injected")
        self.record("sync")
        if self.syncs_names:
            DISK.log.append(("names",))
            self.syncs_names = False


class WatchedDisk(apsw.VFS):
    """The file layer of SQLite."""

    def __init__(self) -> None:
        super().__init__("watched", BASE, makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> WatchedFile:
        return WatchedFile(name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        if Path(filename).exists():  # SQLite does not mind, but a raised error would reach us
            super().xDelete(filename, syncdir)
            DISK.removed(filename, durable=syncdir)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """The disk under everything that the test opens."""
    layer = WatchedDisk()
    DISK.__init__()  # type: ignore[misc]
    replace, unlink = os.replace, os.unlink

    def logged_fsync(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}")
        if DISK.root is None or not path.exists():
            return
        real = path.resolve()
        if real.is_dir():
            if DISK.rel(real) is not None:
                DISK.log.append(("names",))
            return
        number = DISK.file(real, create=True)
        if number is not None:
            DISK.log.append(("content", number, real.read_bytes()))

    def logged_replace(old: Any, new: Any, **options: Any) -> None:
        replace(old, new, **options)
        DISK.renamed(old, new)

    def logged_unlink(path: Any, **options: Any) -> None:
        unlink(path, **options)
        DISK.removed(path, durable=False)

    monkeypatch.setattr(os, "fsync", logged_fsync)
    monkeypatch.setattr(os, "replace", logged_replace)
    monkeypatch.setattr(os, "unlink", logged_unlink)
    yield DISK
    DISK.__init__()  # type: ignore[misc]
    layer.unregister()


class Platter:
    """What is on the disk itself after a log of calls and a cut."""

    def __init__(self, start: dict[str, bytes]) -> None:
        self._names = {rel: number for number, rel in enumerate(start)}
        self._content = [bytearray(content) for content in start.values()]
        self._written: dict[int, list[Entry]] = {}
        self._names_changed: list[Entry] = []

    def run(self, log: list[Entry]) -> None:
        """Let all that is synced in the log reach the disk, and keep the rest waiting."""
        for entry in log:
            kind = entry[0]
            if kind in ("create", "remove", "rename"):
                self._names_changed.append(entry)
            elif kind == "names":
                for change in self._names_changed:
                    self._change_name(change)
                self._names_changed.clear()
            elif kind == "sync":
                for earlier in self._written.pop(entry[1], []):
                    self._write(earlier, lambda: True)
            elif kind == "content":
                self._written.pop(entry[1], None)
                self._of(entry[1])[:] = entry[2]
            else:
                self._written.setdefault(entry[1], []).append(entry)

    def cut(self, rng: random.Random) -> dict[str, bytes]:
        """The files after the power is gone."""
        for change in self._names_changed[: rng.randint(0, len(self._names_changed))]:
            self._change_name(change)
        for entries in self._written.values():
            share = rng.random()
            for entry in entries:
                self._write(entry, lambda share=share: rng.random() < share)  # type: ignore[misc]
        return {rel: bytes(self._of(number)) for rel, number in self._names.items()}

    def _of(self, number: int) -> bytearray:
        while len(self._content) <= number:
            self._content.append(bytearray())
        return self._content[number]

    def _change_name(self, change: Entry) -> None:
        kind, rel, *rest = change
        if kind == "create":
            self._names[rel] = rest[0]
        elif kind == "remove":
            self._names.pop(rel, None)
        else:
            self._names[rest[0]] = self._names.pop(rel)

    def _write(self, entry: Entry, keep: Callable[[], bool]) -> None:
        """Let a write reach the disk, sector by sector where `keep` says so."""
        kind, number, offset, *rest = entry
        content = self._of(number)
        if kind == "truncate":
            if keep():
                del content[offset:]
            return
        data = rest[0]
        for at in range(0, len(data), SECTOR):
            if keep():
                sector = data[at : at + SECTOR]
                content.extend(bytes(max(0, offset + at + len(sector) - len(content))))
                content[offset + at : offset + at + len(sector)] = sector
