"""A disk that fails, fills up or loses its power: the real store on a file layer of our own."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest
from PIL import Image

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, Instance
from dynseg.errors import DynsegError, StoreWriteError
from dynseg.geometry.part import Part, ring
from dynseg.project import opening
from dynseg.project.connection import open_connection
from dynseg.project.layout import ProjectLayout
from dynseg.project.store import Store

EDITS = 25
SECTOR = 512
BASE = apsw.vfs_names()[0]
"""The system's own file layer."""


class Disk:
    """What the layer does at every write and sync; the default is nothing."""

    def __init__(self) -> None:
        self.log: list[tuple[Any, ...]] = []
        self.recording = False
        self.fail_at = -1
        self.error: type[apsw.Error] = apsw.IOError
        self.calls = 0

    def touch(self) -> None:
        self.calls += 1
        if self.calls == self.fail_at:
            raise self.error("injected")

    def record(self, *entry: Any) -> None:
        if self.recording:
            self.log.append(entry)


DISK = Disk()


class WatchedFile(apsw.VFSFile):
    def __init__(self, name: Any, flags: list[int]) -> None:
        super().__init__(BASE, name, flags)
        filename = name.filename() if isinstance(name, apsw.URIFilename) else name
        self.name = Path(filename).name if filename else ""
        self.read_only = bool(flags[0] & apsw.SQLITE_OPEN_READONLY)

    def xLock(self, level: int) -> None:
        # Closing tries an exclusive lock on files that are open for reading, and gives up
        # quietly; an error raised from here would not be quiet.
        if self.read_only and level == apsw.SQLITE_LOCK_EXCLUSIVE:
            raise apsw.BusyError
        super().xLock(level)

    def xWrite(self, data: bytes, offset: int) -> None:
        DISK.touch()
        DISK.record("write", self.name, offset, bytes(data))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        DISK.touch()
        DISK.record("truncate", self.name, size)
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        DISK.touch()
        DISK.record("sync", self.name)
        super().xSync(flags)


class WatchedDisk(apsw.VFS):
    def __init__(self) -> None:
        super().__init__("watched", BASE, makedefault=True)

    def xOpen(self, name: Any, flags: list[int]) -> WatchedFile:
        return WatchedFile(name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        DISK.record("delete", Path(filename).name)
        if Path(filename).exists():  # SQLite does not mind, but a raised error would reach us
            super().xDelete(filename, syncdir)


@pytest.fixture
def disk() -> Iterator[Disk]:
    layer = WatchedDisk()
    DISK.__init__()  # type: ignore[misc]
    yield DISK
    DISK.__init__()  # type: ignore[misc]
    layer.unregister()


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for number in range(2):
        Image.new("RGB", (100, 80)).save(tmp_path / f"{number}.png")
    Store.create(tmp_path, images=tmp_path, classes=["leaf"]).close()
    return tmp_path


def edit(store: Store, rng: random.Random) -> Annotation:
    """Draw or move something; returns the acknowledged document."""
    image_id = rng.choice([1, 2])
    before = store.annotation(image_id)
    points = [(rng.uniform(0, 90), rng.uniform(0, 70)) for _ in range(rng.randrange(3, 200))]
    change = edits.add(Instance(0, (Part(ring(points)),)))
    if before.instances and rng.random() < 0.5:
        change = edits.replace_parts(before.instances[-1].id, [Part(ring(points))])
    delta = diff(before, change(before))
    store.commit(image_id, delta, expected_revision=before.revision, text="Edit")
    return store.annotation(image_id)


def attempt(project: Path, rng: random.Random, told: dict[int, Annotation]) -> list[DynsegError]:
    """Open, edit and close; every failure has to be one of ours."""
    failures: list[DynsegError] = []
    try:
        with Store.open(project) as store:
            for _ in range(EDITS):
                try:
                    done = edit(store, rng)
                except DynsegError as error:
                    failures.append(error)
                else:
                    told[done.image_id] = done
    except DynsegError as error:
        failures.append(error)
    return failures


def points_of_failure(count: int) -> list[int]:
    """`count` calls out of those that a session makes, the first ones included."""
    return [*range(1, 12), *random.Random(4).sample(range(12, 4 * EDITS), max(0, count - 11))]


def every_write_fails_once(project: Path, disk: Disk, count: int) -> None:
    seen: list[DynsegError] = []
    for number, at in enumerate(points_of_failure(count)):
        told: dict[int, Annotation] = {}
        disk.calls, disk.fail_at = 0, at
        disk.error = (apsw.IOError, apsw.FullError)[number % 2]
        seen += attempt(project, random.Random(at), told)
        disk.fail_at = -1
        with Store.open(project) as store:
            assert store.check() == []
            for image_id, document in told.items():
                assert store.annotation(image_id) == document
            for image_id in (1, 2):  # the next round starts small again
                before = store.annotation(image_id)
                delta = diff(before, edits.replace_all([])(before))
                store.commit(image_id, delta, expected_revision=before.revision, text="Clear")
    assert any(isinstance(error, StoreWriteError) for error in seen)


def test_a_write_that_fails_is_said_and_loses_nothing(project: Path, disk: Disk) -> None:
    every_write_fails_once(project, disk, 16)


@pytest.mark.chaos
def test_many_writes_that_fail(project: Path, disk: Disk) -> None:
    every_write_fails_once(project, disk, 4 * EDITS - 12)


class Platter:
    """Files as they are on the disk itself."""

    def __init__(self, start: dict[str, bytes]) -> None:
        self.files: dict[str, bytearray] = defaultdict(bytearray)
        self.files.update({name: bytearray(content) for name, content in start.items()})

    def reach(self, entry: tuple[Any, ...], keep: Callable[[], bool]) -> None:
        """Let a write reach the disk, sector by sector where `keep` says so."""
        kind, name, offset, *rest = entry
        content = self.files[name]
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


def after_power_cut(
    start: dict[str, bytes], log: list[tuple[Any, ...]], rng: random.Random
) -> dict[str, bytearray]:
    """The disk after a cut: all that was synced, and any sectors of what was not."""
    platter = Platter(start)
    waiting: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for entry in log:
        kind, name = entry[:2]
        if kind == "delete":
            platter.files.pop(name, None)
            waiting.pop(name, None)
        elif kind == "sync":
            for earlier in waiting.pop(name, []):
                platter.reach(earlier, lambda: True)
        else:
            waiting[name].append(entry)
    for entries in waiting.values():
        share = rng.random()
        for entry in entries:
            platter.reach(entry, lambda share=share: rng.random() < share)  # type: ignore[misc]
    return platter.files


def power_cuts(project: Path, disk: Disk, folder: Path, count: int) -> None:
    layout = ProjectLayout(project)
    start = {"project.db": layout.database.read_bytes()}
    disk.recording = True
    rng = random.Random(7)
    told: list[tuple[int, dict[int, Annotation]]] = []
    with Store.open(project) as store:
        assert store._writer is not None
        store._writer.execute("PRAGMA wal_autocheckpoint=20")
        current: dict[int, Annotation] = {}
        for _ in range(EDITS * 4):
            done = edit(store, rng)
            current[done.image_id] = done
            told.append((len(disk.log), dict(current)))
    disk.recording = False
    for number in range(count):
        cut = rng.randrange(len(disk.log))
        root = folder / str(number)
        copy = ProjectLayout(root)
        copy.folder.mkdir(parents=True)
        for name, content in after_power_cut(start, disk.log[:cut], rng).items():
            if not name.endswith("-shm"):
                (copy.folder / name).write_bytes(content)
        acknowledged = next((state for at, state in reversed(told) if at <= cut), {})
        with Store.open(root) as store:
            assert store.check() == []
            for image_id, document in acknowledged.items():
                now = store.annotation(image_id)
                assert now.revision >= document.revision
                if now.revision == document.revision:
                    assert now == document


def test_a_power_cut_loses_nothing_that_was_saved(
    project: Path, disk: Disk, tmp_path: Path
) -> None:
    power_cuts(project, disk, tmp_path / "cuts", 15)


@pytest.mark.chaos
def test_many_power_cuts(project: Path, disk: Disk, tmp_path: Path) -> None:
    power_cuts(project, disk, tmp_path / "cuts", 400)


def test_a_log_that_cannot_be_shared_is_read_from_a_copy(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that cannot be written holds a log with changes, as a killed writer leaves it."""
    layout = ProjectLayout(project)
    with Store.open(project) as store:
        done = edit(store, random.Random(1))
        copy = ProjectLayout(tmp_path / "medium")
        copy.folder.mkdir(parents=True)
        for name in ("project.db", "project.db-wal"):
            (copy.folder / name).write_bytes((layout.folder / name).read_bytes())

    def cannot_share(path: Path, *, writable: bool = True) -> apsw.Connection:
        if not writable:
            raise StoreWriteError("no shared memory here")
        return open_connection(path)

    monkeypatch.setattr(opening, "open_connection", cannot_share)
    with Store.open(copy.root, read_only=True) as store:
        assert store.annotation(done.image_id) == done
        with store.snapshot() as view:
            assert view.annotation(done.image_id) == done
    assert sorted(path.name for path in copy.folder.iterdir()) == ["project.db", "project.db-wal"]
