"""Photographs of up to 5760 x 5494 pixels in tiles: more is found, nothing twice, flat memory."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
import pytest

from dynseg.annotation.document import Instance
from dynseg.geometry.part import Part, ring
from dynseg.inference.overlap import outlines, overlapping_pairs, overlapping_pairs_within
from dynseg.project.store import Store

SIDE = 640
SMALL_PX = 24.0
"""Pixels of the model that a small object has in the look at the whole image."""

FOUND_IOU = 0.5
DOUBLE_IOU = 0.6
MOST_MORE_MB = 250
"""What tiles may take on top of the look at the whole image."""


@dataclass(frozen=True)
class Looked:
    """What one run left behind."""

    shapes: dict[str, tuple[Instance, ...]]
    peak_mb: float
    seconds: float


def look(project: Path, *more: str) -> Looked:
    """Pre-label a project anew in a process of its own."""
    command = [sys.executable, "-m", "dynseg.cli", "prelabel", str(project), "--json"]
    options = ["--imgsz", str(SIDE), "--scope", "unreviewed", "--backend", "openvino", *more]
    began_s, peak = time.monotonic(), 0
    with subprocess.Popen([*command, *options], stdout=subprocess.PIPE, text=True) as process:
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            try:
                peak = max(peak, watched.memory_info().rss)
            except psutil.NoSuchProcess:
                break
            time.sleep(0.02)
        assert process.stdout is not None
        answer = json.loads(process.stdout.read().splitlines()[-1])
    assert process.returncode == 0
    assert answer["failed"] == 0
    with Store.open(project) as store:
        shapes = {row.rel: store.annotation(row.id).instances for row in store.images()}
    return Looked(shapes, peak / 1e6, time.monotonic() - began_s)


def labelled(path: Path, size: tuple[int, int]) -> list[tuple[Part, ...]]:
    """The shapes of a YOLO-seg label file, image pixels."""
    rows = [np.array(line.split()[1:], float) for line in path.read_text().splitlines()]
    return [(Part(ring(row.reshape(-1, 2) * size)),) for row in rows]


def project_of(source: Path, folder: Path) -> tuple[Path, dict[str, tuple[int, int]]]:
    """A project of all photos of a set, and their sizes."""
    images = folder / "photos"
    images.mkdir()
    for photo in sorted((source / "images").rglob("*.jpg")):
        shutil.copyfile(photo, images / photo.name)
    with Store.create(folder / "project", images=images, classes=["object"]) as store:
        sizes = {row.rel: (row.width, row.height) for row in store.images()}
    return folder / "project", sizes


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_tiles_of_huge_photos_need_bounded_memory_and_double_nothing(
    shared_data: Path, tmp_path: Path
) -> None:
    project, sizes = project_of(shared_data / "urban-large" / "yolo", tmp_path)
    assert max(sizes.values()) == (5760, 5494)
    whole, tiled = look(project), look(project, "--tile")
    found = {rel: outlines([item.parts for item in tiled.shapes[rel]]) for rel in sizes}
    for rel, shapes in found.items():
        assert len(overlapping_pairs_within(shapes, iou=DOUBLE_IOU)[0]) == 0, rel
    before, after = (sum(map(len, looked.shapes.values())) for looked in (whole, tiled))
    print(
        f"{before} and {after} proposals; {whole.peak_mb:.0f} and {tiled.peak_mb:.0f} MB; "
        f"{whole.seconds:.0f} and {tiled.seconds:.0f} s"
    )
    assert after > before
    assert tiled.peak_mb < whole.peak_mb + MOST_MORE_MB


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_tiles_find_small_objects_that_the_whole_image_hides(
    shared_data: Path, tmp_path: Path
) -> None:
    """Insects among leaves: of people and machines in streets the starter knows nothing."""
    source = shared_data / "kudzu-bugs" / "yolo"
    project, sizes = project_of(source, tmp_path)
    whole = look(project)
    tiled = look(project, "--imgsz", "320", "--tile", "--tile-size", "256")
    small, hits = 0, [0, 0]
    for rel, size in sizes.items():
        (labels,) = (source / "labels").rglob(f"{Path(rel).stem}.txt")
        known = outlines(labelled(labels, size))
        sides = (known.boxes[:, 2:] - known.boxes[:, :2]).max(1) * SIDE / max(size)
        wanted = set(np.flatnonzero(sides < SMALL_PX).tolist())
        small += len(wanted)
        for at, looked in enumerate((whole, tiled)):
            shapes = outlines([item.parts for item in looked.shapes[rel]])
            pairs = overlapping_pairs(known, shapes, iou=FOUND_IOU)
            hits[at] += len(wanted & set(pairs[0].tolist()))
    print(f"{small} small objects: {hits[0]} found in the whole images, {hits[1]} with tiles")
    assert small >= 100
    assert hits[1] > 1.5 * hits[0] > 0
