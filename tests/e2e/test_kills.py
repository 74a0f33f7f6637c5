"""`kill -9` at any moment of any work: nothing acknowledged is lost, nothing is half, no strays."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from tests.unit.project.test_migrations import OLD, present, shown

from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance
from dynseg.formats import registry
from dynseg.formats.outgoing import staging
from dynseg.formats.outgoing.exporting import export
from dynseg.geometry.part import Part, ring
from dynseg.project import backups, health
from dynseg.project.connection import SingleConnection, open_connection
from dynseg.project.layout import ProjectLayout
from dynseg.project.store import Store
from dynseg.project.view import ProjectView

IMAGES = 3
FRESH_EVERY = 40
"""Rounds after which a new project is taken, so that checking it stays quick."""
SLOWEST = 30.0
"""How many times the usual time a busy machine may take."""

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system forks no process")


class Victim:
    """The process that works and is killed."""

    def __init__(self, folder: Path) -> None:
        self.told = folder / "told"
        self._pace = 1.0
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.under_fire"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert self._line() == "ready"

    def kill(self, kind: str, root: Path, folder: Path, rng: random.Random) -> list[str]:
        """Let it work for a while, kill it, and return what it told."""
        self.told.unlink(missing_ok=True)
        server = self._server
        assert server.stdin is not None
        fields = (kind, str(rng.randrange(1 << 30)), str(root), str(self.told), str(folder))
        server.stdin.write("\t".join(fields) + "\n")
        server.stdin.flush()
        worker = int(self._line())
        time.sleep(rng.uniform(0.0, MANY[kind][1] * self._pace))
        os.kill(worker, signal.SIGKILL)
        assert int(self._line()) == -signal.SIGKILL
        lines = self.told.read_text().splitlines() if self.told.exists() else []
        # Beside other programs nothing is done in the usual time, and the kill would prove nothing.
        self._pace = max(1.0, self._pace * 0.9) if lines else min(SLOWEST, self._pace * 1.25)
        return lines

    def close(self) -> None:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.close()
        self._server.stdout.close()
        self._server.wait(timeout=20)

    def _line(self) -> str:
        assert self._server.stdout is not None
        return self._server.stdout.readline().rstrip("\n")


@pytest.fixture(scope="module")
def victim(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Victim]:
    victim = Victim(tmp_path_factory.mktemp("victim"))
    yield victim
    victim.close()


def new_project(folder: Path) -> Path:
    """A project of reviewed images with a holed shape each."""
    folder.mkdir()
    photos = folder / "photos"
    photos.mkdir()
    for number in range(IMAGES):
        Image.new("RGB", (100, 80), (number, 0, 0)).save(photos / f"{number}.png")
    outer = ring([[10, 10], [90, 10], [90, 70], [10, 70]])
    hole = ring([[20, 20], [30, 20], [30, 40], [20, 40]])
    with Store.create(folder / "project", images=photos, classes=["leaf"]) as store:
        for row in store.images():
            before = store.annotation(row.id)
            after = replace(
                before,
                instances=(Instance(0, (Part(outer, (hole,)),)),),
                state=ImageState.REVIEWED,
            )
            store.commit(row.id, diff(before, after), expected_revision=0, text="Draw")
        export(store, folder / "out")
    return folder


def opened(root: Path) -> Store:
    """The project as it is after a restart: sound, without strays."""
    store = Store.open(root, backs_up=False)
    assert store.check() == []
    strays = [p.name for p in store.layout.folder.rglob("*") if p.name.startswith(".staging")]
    assert strays == []
    return store


Documents = dict[int, tuple[int, list[str]]]
"""Revision of each image, and the ids of its shapes."""


class Place:
    """Where the work is done, and what is known of it from round to round.

    Attributes:
        folder: A new project and what belongs to it.
        known: The documents of the project after the last round.
        saved: The documents in each of its backups.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = new_project(folder)
        self.known: Documents = {}
        self.saved: dict[str, Documents] = {}
        with Store.open(folder / "project") as store:
            self.look(store)

    def look(self, store: ProjectView) -> None:
        self.known = documents_of(store)


def documents_of(view: ProjectView) -> Documents:
    found = {}
    for row in view.images():
        now = view.annotation(row.id)
        found[row.id] = now.revision, [item.id for item in now.instances]
    return found


def after(line: str, before: Documents) -> Documents:
    """The documents after what a line tells."""
    image_id, revision, *names = line.split()
    return {**before, int(image_id): (int(revision), names)}


def holds(now: Documents, told: Documents) -> bool:
    """Whether what was told is there; one further edit may be."""
    further = [i for i in told if now[i] != told[i]]
    return not further or (len(further) == 1 and now[further[0]][0] == told[further[0]][0] + 1)


def after_edits(place: Place, lines: list[str]) -> None:
    with opened(place.folder / "project") as store:
        told = place.known
        for line in lines:
            told = after(line, told)
        place.look(store)
        assert holds(place.known, told)


def after_exports(place: Place, lines: list[str]) -> None:
    staging.collect_leftovers(place.folder)
    assert [path.name for path in place.folder.iterdir() if path.name.startswith(".")] == []
    out = place.folder / "out"
    assert staging.verify(out) == []
    manifest = staging.read_manifest(out)
    assert manifest is not None
    assert len(manifest["images"]) == IMAGES
    files = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert files == {*manifest["files"], staging.MANIFEST}


def after_imports(place: Place, lines: list[str]) -> None:
    with opened(place.folder / "target") as store:
        rows, runs = store.images(), {run.id: run.state for run in store.runs()}
        standing = list(runs.values()).count("finished")
        assert set(runs.values()) <= {"finished", "undone"}
        assert [row.instance_count for row in rows] == [standing] * IMAGES
        # Split and classes of an import that was taken back went with it, in the same transaction.
        assert all(row.split for row in rows) == any(row.split for row in rows) == bool(standing)
        assert bool(store.classes().names) == bool(standing)
        told = [line.split() for line in lines]
        assert {run_id for _, run_id in told} <= runs.keys()
        assert all(runs[run_id] == "undone" for word, run_id in told if word == "out")


def after_backups(place: Place, lines: list[str]) -> None:
    """What was told is in the project, or in the backup that was being put back; so with copies."""
    layout = ProjectLayout(place.folder / "project")
    at_backup: dict[str, Documents] = {}
    allowed = [place.known]
    for line in lines:
        word, name = line.split()[:2]
        if word == "saved":
            at_backup[name] = allowed[-1]
        elif word == "restoring":
            allowed.append({**place.saved, **at_backup}[name])
        elif word == "replaced":  # what a restore replaces becomes a backup first
            at_backup[name] = allowed[-2]
        elif word == "restored":
            allowed = allowed[-1:]
        else:
            allowed = [after(line, allowed[-1])]
    with opened(layout.root) as store:
        place.look(store)
        assert any(holds(place.known, told) for told in allowed)
    kept = {path.name: path for path in backups.listed(layout)}
    assert len(kept) >= min(backups.KEEP, len(at_backup))
    assert max(kept, default="") >= max(at_backup, default="")
    for name in kept.keys() - place.saved.keys():
        copy = SingleConnection(open_connection(kept[name], writable=False))
        with copy.borrow() as connection:
            assert health.findings(connection) == []
        place.saved[name] = documents_of(ProjectView(layout, layout.root, copy))
        assert place.saved[name] == at_backup.get(name, place.saved[name])
        copy.close()


def after_migrations(place: Place, lines: list[str]) -> None:
    for old in sorted((place.folder / "old").iterdir()):
        with opened(old) as store:
            assert shown(store) == present()
    shutil.rmtree(place.folder / "old")
    old_projects(place.folder / "old")


def old_projects(folder: Path) -> None:
    for number in range(3):
        layout = ProjectLayout(folder / str(number))
        layout.folder.mkdir(parents=True)
        layout.database.write_bytes(OLD)
        (layout.root / "photos").mkdir()


def after_creations(place: Place, lines: list[str]) -> None:
    for root in sorted((place.folder / "made").iterdir()):
        whole = ProjectLayout(root).database.exists()
        assert whole or root.name not in lines
        if not whole:
            Store.create(root, images=place.folder / "photos", classes=["leaf"]).close()
        with opened(root) as store:
            assert len(store.images()) == IMAGES
            assert store.classes().names == ["leaf"]
    shutil.rmtree(place.folder / "made")
    (place.folder / "made").mkdir()


CHECKS: dict[str, Callable[[Place, list[str]], None]] = {
    "edits": after_edits,
    "exports": after_exports,
    "imports": after_imports,
    "backups": after_backups,
    "migrations": after_migrations,
    "creations": after_creations,
}
MANY = {
    "edits": (800, 0.12),
    "exports": (400, 0.5),
    "imports": (300, 0.3),
    "backups": (300, 0.4),
    "migrations": (150, 0.3),
    "creations": (50, 0.2),
}
"""How often a kind of work is killed, and after how many seconds at most."""


def prepared(kind: str, folder: Path) -> tuple[Path, Path]:
    """Project and folder that a kind of work takes, beside the project of a `Place`."""
    project = folder / "project"
    if kind == "imports":
        Store.create(folder / "target", images=folder / "photos").close()
        with Store.open(project) as store:
            export(store, folder / "source", form=registry.named("labelme"))
        return folder / "target", folder / "source"
    if kind == "migrations":
        old_projects(folder / "old")
        return project, folder / "old"
    if kind == "creations":
        (folder / "made").mkdir()
        return folder / "photos", folder / "made"
    return project, folder / "out"


@pytest.mark.parametrize("kind", CHECKS)
@pytest.mark.parametrize(
    "share", [0.0, pytest.param(1.0, marks=[pytest.mark.chaos, pytest.mark.timeout(3600)])]
)
def test_killed(kind: str, share: float, victim: Victim, tmp_path: Path) -> None:
    rng = random.Random(kind)
    acknowledged = 0
    kills = max(2, int(MANY[kind][0] * share))
    for number in range(kills):
        if number % FRESH_EVERY == 0:
            shutil.rmtree(tmp_path)
            tmp_path.mkdir()
            place = Place(tmp_path / str(number))
            root, folder = prepared(kind, place.folder)
        lines = victim.kill(kind, root, folder, rng)
        acknowledged += len(lines)
        CHECKS[kind](place, lines)
    print(f"{kind}: {kills} kills, {acknowledged} acknowledged")
    assert acknowledged >= kills / 2 or share == 0
