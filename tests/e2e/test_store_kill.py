"""What was acknowledged survives `kill -9` of the process that wrote it."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from dynseg.annotation import edits
from dynseg.annotation.document import Annotation
from dynseg.project.store import Store

IMAGES = 3

# Draws, moves, undoes, runs a model and makes backups for ever; a line is printed only after the
# store has acknowledged what it says: image, revision, ids of the shapes.
WRITER = """
import random, sys
from pathlib import Path
from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Instance, Origin
from dynseg.geometry.part import Part, ring
from dynseg.project.store import Store

rng = random.Random(int(sys.argv[2]))
store = Store.open(Path(sys.argv[1]))
ids = [row.id for row in store.images()]
print("ready", flush=True)


def shape(origin=Origin.HUMAN):
    points = [(rng.uniform(0, 90), rng.uniform(0, 70)) for _ in range(60)]
    return Instance(0, (Part(ring(points)),), origin, score=0.5)


def tell(image_id):
    now = store.annotation(image_id)
    print(image_id, now.revision, *(item.id for item in now.instances), flush=True)


while True:
    image_id = rng.choice(ids)
    before = store.annotation(image_id)
    what = rng.random()
    if what < 0.1:
        store.undo(image_id)
    elif what < 0.15:
        store.redo(image_id)
    elif what < 0.2:
        run = store.begin_run("prelabel", "net", {})
        after = before.with_instances([*before.instances, shape(Origin.MODEL)])
        store.commit_run(run, [(image_id, before.revision, diff(before, after))])
    elif what < 0.22:
        store.backup("often")
    else:
        edit = edits.add(shape())
        if len(before.instances) > 20:
            edit = edits.remove([rng.choice(before.instances).id])
        elif before.instances and what < 0.6:
            edit = edits.translate([rng.choice(before.instances).id], 1, 1)
        delta = diff(before, edit(before))
        store.commit(image_id, delta, expected_revision=before.revision, text="Edit")
    tell(image_id)
"""


def kill_once(root: Path, seed: int, rng: random.Random) -> int:
    """Let a writer work, kill it, and check what it left; returns the acknowledged edits."""
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(root), str(seed)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(rng.uniform(0.0, 0.25))
        process.kill()
        lines = process.stdout.read().splitlines(keepends=True)
    told: dict[int, tuple[int, list[str]]] = {}
    for line in lines:
        if line.endswith("\n"):
            first, second, *names = line.split()
            told[int(first)] = int(second), names
    with Store.open(root) as store:  # the dead holder's lock is no obstacle
        assert store.check() == []
        for image_id, (revision, names) in told.items():
            now = store.annotation(image_id)
            # At most one edit may have been committed and not yet told.
            assert revision <= now.revision <= revision + 1
            if now.revision == revision:
                assert [item.id for item in now.instances] == names
        strays = [p.name for p in store.layout.folder.rglob("*") if p.name.startswith(".staging")]
        assert strays == []
    return len(lines)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for number in range(IMAGES):
        Image.new("RGB", (100, 80)).save(tmp_path / f"{number}.png")
    Store.create(tmp_path, images=tmp_path, classes=["leaf"]).close()
    return tmp_path


def test_three_kills(project: Path) -> None:
    rng = random.Random(1)
    assert sum(kill_once(project, seed, rng) for seed in range(3)) > 0


@pytest.mark.chaos
@pytest.mark.timeout(600)
def test_fifty_kills(project: Path) -> None:
    rng = random.Random(2)
    assert sum(kill_once(project, seed, rng) for seed in range(50)) > 200


@pytest.mark.chaos
def test_killed_while_it_is_made(tmp_path: Path) -> None:
    """A project is there as a whole, or can be made again."""
    for number in range(60):
        Image.new("RGB", (10, 8)).save(tmp_path / f"{number}.png")
    program = (
        "import sys; from pathlib import Path; from dynseg.project.store import Store\n"
        "print('ready', flush=True); Store.create(Path(sys.argv[1]), images=Path(sys.argv[2]))"
    )
    rng = random.Random(3)
    for attempt in range(20):
        root = tmp_path / f"project{attempt}"
        with subprocess.Popen(
            [sys.executable, "-c", program, str(root), str(tmp_path)],
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(rng.uniform(0.0, 0.05))
            process.kill()
        if (root / ".dynseg" / "project.db").exists():
            store = Store.open(root)
        else:
            store = Store.create(root, images=tmp_path)
        with store:
            assert store.check() == []
            assert len(store.images()) == 60
            first = store.images()[0]
            empty = Annotation(first.id, 10, 8)
            assert store.annotation(first.id) == empty
            assert edits.accept_all()(empty) != empty
