"""A disk that is full while something is saved, exported or backed up."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance
from dynseg.errors import DynsegError, StoreWriteError
from dynseg.formats.outgoing import staging
from dynseg.formats.outgoing.exporting import export
from dynseg.formats.outgoing.policy import Policy
from dynseg.geometry.part import Part, ring
from dynseg.project.store import Store

IMAGES = 12


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


def fill_up(disk: Path) -> Path:
    """A file that leaves no byte free."""
    path = disk / "other"
    with path.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))
    return path


def test_edits_and_backups_on_a_full_disk(small_disk: Path) -> None:
    """What was saved stays, the failure is said, and work goes on once there is room."""
    for number in range(2):
        Image.new("RGB", (100, 80)).save(small_disk / f"{number}.png")
    with Store.create(small_disk, images=small_disk, classes=["leaf"]) as store:
        draw(store, 20)
        saved = store.annotation(1)
        other = fill_up(small_disk)
        failure = ""
        while not failure:
            try:
                draw(store, 20)
            except StoreWriteError as error:
                failure = error.message
            else:
                saved = store.annotation(1)
        assert "disk is full" in failure
        with pytest.raises(StoreWriteError):
            store.backup("now")
        assert store.annotation(1) == saved
        assert store.check() == []
        with Store.open(small_disk, read_only=True) as second:
            assert second.annotation(1) == saved
        store.close()  # the program ends while the disk is full
        with pytest.raises(DynsegError), Store.open(small_disk) as again:
            draw(again, 500)
        with Store.open(small_disk, read_only=True) as second:
            assert second.annotation(1) == saved
        other.unlink()
    with Store.open(small_disk) as store:
        assert store.check() == []
        assert store.annotation(1) == saved
        draw(store, 20)
        assert len(store.annotation(1).instances) == len(saved.instances) + 1
        assert store.backup("now").exists()
        assert list(store.layout.folder.rglob(".staging*")) == []


def draw(store: Store, points: int) -> None:
    before = store.annotation(1)
    outline = ring(np.random.default_rng(len(before.instances)).uniform(0, 80, (points, 2)))
    after = before.with_instances([*before.instances, Instance(0, (Part(outline),))])
    store.commit(1, diff(before, after), expected_revision=before.revision, text="Draw")
