"""An export that is killed or meets a full disk leaves the old folder or the new one."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance
from dynseg.errors import StoreWriteError
from dynseg.formats import staging
from dynseg.formats.exporting import export
from dynseg.formats.policy import Policy
from dynseg.geometry.part import Part, ring
from dynseg.project.store import Store

IMAGES = 12
ROUNDS = 60

EXPORTER = """
import sys
from pathlib import Path
from dynseg.formats.exporting import export
from dynseg.formats.policy import Policy
from dynseg.project.store import Store
store = Store.open(Path(sys.argv[1]), read_only=True)
print("ready", flush=True)
while True:
    for holes in ("fill", "keep"):
        export(store, Path(sys.argv[2]), policy=Policy(holes=holes))
        print(holes, flush=True)
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    images = tmp_path / "photos"
    images.mkdir()
    for number in range(IMAGES):
        noise = np.random.default_rng(number).integers(0, 255, (200, 200, 3), dtype=np.uint8)
        Image.fromarray(noise).save(images / f"{number:03d}.png")
    with Store.create(tmp_path / "project", images=images, classes=["ring"]) as store:
        outer = ring([[10, 10], [190, 10], [190, 190], [10, 190]])
        hole = ring([[50, 50], [90, 50], [90, 90], [50, 90]])
        class_id = store.classes().labels[0].id
        for row in store.images():
            before = store.annotation(row.id)
            instance = Instance(class_id, (Part(outer, (hole,)),))
            after = replace(before, instances=(instance,), state=ImageState.REVIEWED)
            store.commit(row.id, diff(before, after), expected_revision=0, text="Draw")
        yield store


def points(out: Path) -> set[int]:
    """Numbers a label line has: all lines of one export agree."""
    return {len(path.read_text().split()) for path in out.glob("labels/*/*.txt")}


@pytest.mark.chaos
def test_killed_exports(store: Store, tmp_path: Path) -> None:
    out = tmp_path / "out"
    export(store, out)
    rng = random.Random(0)
    strays = 0
    for _ in range(ROUNDS):
        with subprocess.Popen(
            [sys.executable, "-c", EXPORTER, str(store.root), str(out)],
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            time.sleep(rng.uniform(0.0, 0.6))
            process.kill()
            process.wait()
        strays += sum(path.name.startswith(".") for path in tmp_path.iterdir())
        staging.collect_leftovers(tmp_path)
        assert staging.verify(out) == []
        assert len(list(out.glob("images/*/*.png"))) == IMAGES
        assert points(out) in ({9}, {21})
        assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]
    assert strays > 0  # the kills did hit exports


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.name != "posix" or not shutil.which("mount"):
        pytest.skip("no file systems can be mounted here")
    command = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("no file systems can be mounted here")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_disk_that_fills_up(
    store: Store, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StoreWriteError, match="MB are needed"):
        export(store, small_disk / "out")
    monkeypatch.setattr(staging, "SPARE_BYTES", 0)
    export(store, small_disk / "out")  # 1.4 MB
    before = {p: p.read_bytes() for p in small_disk.rglob("*") if p.is_file()}
    monkeypatch.setattr(staging, "require_space", lambda folder, size_bytes: None)
    (small_disk / "other").write_bytes(bytes(1_000_000))
    with pytest.raises(StoreWriteError, match="the disk is full"):
        export(store, small_disk / "out", policy=Policy(holes="fill"))
    (small_disk / "other").unlink()
    assert {p: p.read_bytes() for p in small_disk.rglob("*") if p.is_file()} == before
    assert staging.verify(small_disk / "out") == []
    export(store, small_disk / "out", policy=Policy(holes="fill"))
    assert points(small_disk / "out") == {9}
