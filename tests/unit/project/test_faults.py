"""A disk that fails or fills up at any call: it is said, and nothing that was saved is lost."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import apsw
import pytest
from PIL import Image
from tests.unit.project.disk import Disk

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, Instance, Origin
from dynseg.errors import DynsegError, StoreWriteError
from dynseg.geometry.part import Part, ring
from dynseg.project import opening
from dynseg.project.connection import open_connection
from dynseg.project.layout import ProjectLayout
from dynseg.project.store import Store

EDITS = 25


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for number in range(2):
        Image.new("RGB", (100, 80)).save(tmp_path / f"{number}.png")
    Store.create(tmp_path, images=tmp_path, classes=["leaf"]).close()
    return tmp_path


def shape(rng: random.Random, origin: Origin = Origin.HUMAN) -> Instance:
    points = [(rng.uniform(0, 90), rng.uniform(0, 70)) for _ in range(rng.randrange(3, 200))]
    return Instance(0, (Part(ring(points)),), origin, score=0.5)


def edit(store: Store, rng: random.Random) -> Annotation:
    """Draw or move something, undo it, or let a model run; returns the acknowledged document."""
    image_id, what = rng.choice([1, 2]), rng.random()
    before = store.annotation(image_id)
    if what < 0.1:
        store.undo(image_id)
    elif what < 0.2:
        run = store.begin_run("prelabel", "net", {})
        after = before.with_instances([*before.instances, shape(rng, Origin.MODEL)])
        store.commit_run(run, [(image_id, before.revision, diff(before, after))])
    else:
        change = edits.add(shape(rng))
        if before.instances and what < 0.6:
            change = edits.replace_parts(before.instances[-1].id, shape(rng).parts)
        delta = diff(before, change(before))
        store.commit(image_id, delta, expected_revision=before.revision, text="Edit")
    return store.annotation(image_id)


def attempt(project: Path, rng: random.Random, told: dict[int, Annotation]) -> list[DynsegError]:
    """Open, edit, back up and close; every failure has to be one of ours."""
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
            try:
                store.backup("now")
            except DynsegError as error:
                failures.append(error)
    except DynsegError as error:
        failures.append(error)
    return failures


@pytest.mark.parametrize(
    "step", [61, pytest.param(1, marks=[pytest.mark.chaos, pytest.mark.timeout(3600)])]
)
def test_a_call_that_fails_is_said_and_loses_nothing(project: Path, disk: Disk, step: int) -> None:
    """Every `step`-th call of SQLite to the disk: writes, also torn, truncations, syncs, opens."""
    layout = ProjectLayout(project)
    start = layout.database.read_bytes()
    assert attempt(project, random.Random(0), {}) == []
    calls, silent, said = disk.calls, 0, 0
    for at in range(1, calls + 1, step):
        shutil.rmtree(layout.folder)
        layout.folder.mkdir()
        layout.database.write_bytes(start)
        told: dict[int, Annotation] = {}
        disk.calls, disk.fail_at, disk.torn = 0, at, at % 3 == 0
        disk.error = (apsw.IOError, apsw.FullError)[at % 2]
        failures = attempt(project, random.Random(0), told)
        disk.fail_at = -1
        said += bool(failures)
        silent += not failures
        with Store.open(project) as store:
            assert store.check() == []
            for image_id, document in told.items():
                assert store.annotation(image_id) == document
    assert said > silent
    print(f"{calls} calls: {said} failures said, {silent} without consequence")


def test_a_full_disk_and_a_broken_one_are_told_apart(project: Path, disk: Disk) -> None:
    with Store.open(project) as store:
        for error, words in ((apsw.FullError, "disk is full"), (apsw.IOError, "reported an error")):
            disk.error, disk.fail_at = error, disk.calls + 1
            with pytest.raises(StoreWriteError, match=words):
                edit(store, random.Random(3))


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
