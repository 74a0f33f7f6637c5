"""A power cut at any moment loses nothing that was acknowledged, and leaves nothing half."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path

import apsw
import pytest
from PIL import Image
from tests.unit.project.disk import Disk, Platter
from tests.unit.project.test_migrations import OLD, present, shown

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, Instance, Origin
from dynseg.geometry.part import Part, ring
from dynseg.project import backups, health
from dynseg.project.connection import open_connection
from dynseg.project.layout import ProjectLayout
from dynseg.project.store import Store

IMAGES = (1, 2)
NAMES = ("create", "remove", "rename", "names")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    root.mkdir()
    for number in IMAGES:
        Image.new("RGB", (100, 80)).save(root / f"{number}.png")
    Store.create(root, images=root, classes=["leaf"]).close()
    return root


LONG = (pytest.mark.chaos, pytest.mark.timeout(3600))


def shape(rng: random.Random, origin: Origin = Origin.HUMAN) -> Instance:
    points = [(rng.uniform(0, 90), rng.uniform(0, 70)) for _ in range(rng.randrange(3, 200))]
    return Instance(0, (Part(ring(points)),), origin, score=0.5)


@dataclass(slots=True)
class Known:
    """What a person was told is saved."""

    documents: dict[int, Annotation] = field(default_factory=dict)
    classes: int = 1
    backups: frozenset[str] = frozenset()

    def copy(self) -> Known:
        return Known(dict(self.documents), self.classes, self.backups)

    def holds(self, store: Store) -> bool:
        """Whether all of it is there; at most one further change may be."""
        for image_id, document in self.documents.items():
            now = store.annotation(image_id)
            if not document.revision <= now.revision <= document.revision + 1:
                return False
            if now.revision == document.revision and now != document:
                return False
        return len(store.classes().names) >= self.classes


@dataclass(slots=True)
class Work:
    """A session of a person, and when they were told what.

    Attributes:
        told: Length of the disk's log, and what was known to be saved by then: one state, or two
            while a backup is put back.
    """

    root: Path
    disk: Disk
    rng: random.Random
    synchronous: str
    told: list[tuple[int, tuple[Known, ...]]] = field(default_factory=list)
    known: Known = field(default_factory=Known)
    saved: dict[str, Known] = field(default_factory=dict)

    def do(self, steps: int) -> None:
        store = self.open()
        self.known.documents = {i: store.annotation(i) for i in IMAGES}
        self.tell()
        for number in range(steps):
            if number % 30 == 29:
                if number % 60 == 59:
                    self.leave_log(store)
                store.close()
                if number % 60 == 59:
                    self.restore()
                store = self.open()
            self.step(store)
        store.close()
        self.tell()

    def open(self) -> Store:
        store = Store.open(self.root)
        assert store._writer is not None
        store._writer.execute(f"PRAGMA synchronous={self.synchronous}")
        store._writer.execute("PRAGMA wal_autocheckpoint=20")
        return store

    def leave_log(self, store: Store) -> None:
        """Let the next close leave the write-ahead log behind, as a crash does."""
        assert store._writer is not None
        store._writer.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)

    def tell(self, *others: Known) -> None:
        self.told.append((len(self.disk.log), (self.known.copy(), *others)))

    def step(self, store: Store) -> None:
        rng, what = self.rng, self.rng.random()
        image_id = rng.choice(IMAGES)
        before = store.annotation(image_id)
        if what < 0.1:
            store.undo(image_id)
        elif what < 0.15:
            store.redo(image_id)
        elif what < 0.2:
            run = store.begin_run("prelabel", "net", {})
            after = before.with_instances([*before.instances, shape(rng, Origin.MODEL)])
            store.commit_run(run, [(image_id, before.revision, diff(before, after))])
        elif what < 0.22:
            store.add_class(f"class {self.known.classes}")
            self.known.classes += 1
        elif what < 0.25:
            path = store.backup("now")
            self.saved[path.name] = self.known.copy()
            self.known.backups = frozenset(p.name for p in backups.listed(store.layout))
        else:
            change = edits.add(shape(rng))
            if what > 0.9:
                change = edits.accept_all()
            elif before.instances and what < 0.6:
                change = edits.replace_parts(before.instances[-1].id, shape(rng).parts)
            delta = diff(before, change(before))
            store.commit(image_id, delta, expected_revision=before.revision, text="Edit")
        self.known.documents[image_id] = store.annotation(image_id)
        self.tell()

    def restore(self) -> None:
        layout = ProjectLayout(self.root)
        chosen = self.rng.choice(backups.listed(layout))
        after = self.saved[chosen.name].copy()
        after.backups = self.known.backups
        self.tell(after.copy())  # until it is done, either is right
        before = set(backups.listed(layout))
        backups.restore(layout, chosen)
        # What was there became a backup itself, which a later restore may choose.
        for path in set(backups.listed(layout)) - before:
            self.saved[path.name] = self.known.copy()
        self.known = after
        self.tell()


def after_cut(work: Work, start: dict[str, bytes], root: Path) -> tuple[list[str], int]:
    """What is wrong with the project after a cut, and how many changes it had been told."""
    log = work.disk.log
    cut = work.rng.randrange(work.told[0][0], len(log) + 1)
    if work.rng.random() < 0.25:  # more often where files change their names
        cut = work.rng.choice([i for i, entry in enumerate(log) if entry[0] in NAMES]) + 1
    platter = Platter(start)
    platter.run(log[:cut])
    copy = ProjectLayout(root)
    for rel, content in platter.cut(work.rng).items():
        path = copy.folder / rel
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    number, known = next((n, k) for n, (at, k) in reversed([*enumerate(work.told)]) if at <= cut)
    layout, problems = ProjectLayout(root), []
    try:
        with Store.open(root, backs_up=False) as store:
            problems += store.check()
            if not any(state.holds(store) for state in known):
                problems.append("an acknowledged change is lost")
            layout = store.layout
    except apsw.Error as error:
        problems.append(repr(error))
    kept = {path.name for path in backups.listed(layout)}
    # A backup that was pruned meanwhile may be gone already; a newer one is there then.
    gone = known[0].backups - kept
    if gone and len(kept) < len(known[0].backups):
        problems.append(f"backups are lost: {gone}")
    for name in sorted(kept)[-1:]:
        connection = open_connection(layout.backups / name, writable=False)
        problems += [f"{name}: {line}" for line in health.findings(connection)]
        connection.close()
    return problems, number


def cuts(
    project: Path, disk: Disk, folder: Path, steps: int, count: int, synchronous: str = "FULL"
) -> list[str]:
    """What was wrong after `count` cuts in a session of so many steps."""
    start = disk.watch(ProjectLayout(project).folder)
    work = Work(project, disk, random.Random(7), synchronous)
    work.do(steps)
    disk.root = None
    problems, numbers = [], set()
    for cut in range(count):
        found, number = after_cut(work, start, folder / str(cut))
        problems += found
        numbers.add(number)
        shutil.rmtree(folder / str(cut))
    assert len(numbers) > min(count, len(work.told)) // 3  # cuts all over the session
    return problems


@pytest.mark.parametrize(("steps", "count"), [(62, 12), pytest.param(250, 1000, marks=LONG)])
def test_a_power_cut_loses_nothing_that_was_saved(
    project: Path,
    disk: Disk,
    tmp_path: Path,
    steps: int,
    count: int,
) -> None:
    assert cuts(project, disk, tmp_path / "cuts", steps, count) == []


def test_the_simulation_does_find_a_store_that_is_not_durable(
    project: Path,
    disk: Disk,
    tmp_path: Path,
) -> None:
    """Without a sync at every commit the same cuts lose acknowledged work."""
    found = cuts(project, disk, tmp_path / "cuts", 62, 12, "NORMAL")
    assert "an acknowledged change is lost" in found


@pytest.mark.parametrize("count", [4, pytest.param(150, marks=LONG)])
def test_a_power_cut_in_a_migration_leaves_the_old_project_or_the_new(
    tmp_path: Path,
    disk: Disk,
    count: int,
) -> None:
    layout = ProjectLayout(tmp_path / "old")
    layout.folder.mkdir(parents=True)
    layout.database.write_bytes(OLD)
    start = disk.watch(layout.folder)
    (tmp_path / "old" / "photos").mkdir()
    Store.open(layout.root).close()
    disk.root = None
    rng = random.Random(1)
    for number in range(count):
        copy = ProjectLayout(tmp_path / str(number))
        platter = Platter(start)
        platter.run(disk.log[: rng.randrange(len(disk.log) + 1)])
        for rel, content in platter.cut(rng).items():
            path = copy.folder / rel
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        with Store.open(copy.root) as store:
            assert store.check() == []
            assert shown(store) == present()
        shutil.rmtree(copy.root)
