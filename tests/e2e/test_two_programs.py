"""Two programs on one project: one writes, or both in turn and neither over the other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from dynseg.errors import ProjectLockedError, ReadOnlyError
from dynseg.project.store import Store

IMAGES = 3

# Adds shapes to images that the other one edits as well; tells the id of each that was saved.
EDITOR = """
import random, sys
from pathlib import Path
from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Instance
from dynseg.errors import StaleRevisionError
from dynseg.geometry.part import Part, ring
from dynseg.project.store import Store

root, token, seed, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
rng, stale = random.Random(seed), 0
with Store.join(root, token) as store:
    ids = [row.id for row in store.images()]
    print("ready", flush=True)
    sys.stdin.readline()
    while count:
        before = store.annotation(rng.choice(ids))
        outline = ring([(rng.uniform(0, 90), rng.uniform(0, 70)) for _ in range(5)])
        shape = Instance(0, (Part(outline),))
        delta = diff(before, edits.add(shape)(before))
        try:
            store.commit(
                before.image_id, delta, expected_revision=before.revision, text="Draw"
            )
        except StaleRevisionError:
            stale += 1
            continue
        count -= 1
        print(shape.id, flush=True)
print("stale", stale, flush=True)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for number in range(IMAGES):
        Image.new("RGB", (100, 80)).save(tmp_path / f"{number}.png")
    Store.create(tmp_path, images=tmp_path, classes=["leaf"]).close()
    return tmp_path


@pytest.mark.parametrize("edits_each", [25, pytest.param(400, marks=pytest.mark.chaos)])
def test_racing_edits_lose_none(project: Path, edits_each: int) -> None:
    with Store.open(project) as store:
        racers = [
            subprocess.Popen(
                [sys.executable, "-c", EDITOR, str(project), store.lock_token, str(seed),
                 str(edits_each)],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            )
            for seed in (1, 2)
        ]  # fmt: skip
        for racer in racers:
            assert racer.stdout is not None
            assert racer.stdout.readline() == "ready\n"
        for racer in racers:
            assert racer.stdin is not None
            racer.stdin.write("go\n")
            racer.stdin.flush()
        told, stale = [], 0
        for racer in racers:
            lines = racer.communicate(timeout=200)[0].split("\n")
            assert racer.returncode == 0
            told += lines[:edits_each]
            stale += int(lines[edits_each].split()[1])
        there = [store.annotation(row.id) for row in store.images()]
        shapes = [item.id for document in there for item in document.instances]
        print(f"{len(told)} edits saved, {stale} refused as stale and made again")
        assert sorted(told) == sorted(shapes)
        assert sum(document.revision for document in there) == 2 * edits_each
        assert store.check() == []


def test_the_second_program_reads_and_says_who_writes(project: Path) -> None:
    with Store.open(project, program="the labelling window") as first:
        with pytest.raises(ProjectLockedError, match=r"the labelling window \(process \d+ on"):
            Store.open(project)
        with Store.open(project, read_only=True) as second:
            assert [row.id for row in second.images()] == [row.id for row in first.images()]
            first.add_class("stem")
            assert second.classes().names == ["leaf", "stem"]
            with pytest.raises(ReadOnlyError):
                second.add_class("never")
