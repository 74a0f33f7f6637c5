"""How fast a store is on this disk: what `dynseg bench store` prints."""

from __future__ import annotations

import io
import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.geometry.part import Part, ring
from dynseg.progress import Meter, Report, ignore
from dynseg.project.connection import fetch_all, open_connection
from dynseg.project.store import Store

SIZE = 8
"""Width and height of the image files, pixels."""
SPREAD = 1000.0
"""Shapes are spread over so many pixels: as many digits as in a photograph."""
BATCH = 500
EDITS = 300


@dataclass(frozen=True, slots=True)
class StoreFigures:
    """Measured times and sizes.

    Attributes:
        write_s: Writing the proposals of a run over all images, with their undo steps.
        read_s: Reading and verifying every document.
        list_ms: Listing all images.
        reopen_ms: Opening the project until its images are listed.
        ack_p50_ms, ack_p95_ms, ack_p99_ms: From handing over an edit until it is on the disk.
        undo_bytes: Journal bytes of moving one vertex, mean.
        database_bytes: Size of the database per image.
        json_write_s: The same shapes as a labelme file an image, without a sync.
        json_read_s: Reading those files.
    """

    images: int
    shapes: int
    write_s: float
    read_s: float
    list_ms: float
    reopen_ms: float
    ack_p50_ms: float
    ack_p95_ms: float
    ack_p99_ms: float
    undo_bytes: float
    database_bytes: float
    json_write_s: float
    json_read_s: float


def measure(
    scratch: Path,
    *,
    images: int = 10_000,
    shapes: int = 8,
    points: int = 40,
    report: Report = ignore,
) -> StoreFigures:
    """Measure a store in `scratch`, an empty folder on the disk in question.

    Args:
        scratch: Where to make the project; left for the caller to remove.
        images: Number of images; tiny ones.
        shapes: Shapes an image.
        points: Points a shape.
        report: Told about every batch.
    """
    store = _project(scratch, images)
    try:
        write_s = _write(store, images, shapes, points, report)
        ids = [row.id for row in store.images()]
        json_write_s, json_read_s = _labelme_way(scratch / "json", store, ids)
        read_s = _seconds(lambda: sum(len(a.instances) for a in store.annotations(ids)))
        list_ms = 1000 * min(_seconds(store.images) for _ in range(5))
        edited = random.Random(0).choices(ids, k=EDITS)
        acknowledged = _edit(store, edited)
        undo_bytes = _undo_bytes(store)
        store.close()
        reopen_ms = 1000 * _seconds(lambda: _reopen(store.root))
        size = store.layout.database.stat().st_size
    finally:
        store.close()
    p50, p95, p99 = (float(p) for p in np.percentile(acknowledged, [50, 95, 99]))
    return StoreFigures(
        images, shapes, write_s, read_s, list_ms, reopen_ms, p50, p95, p99, undo_bytes,
        size / images, json_write_s, json_read_s,
    )  # fmt: skip


def _project(scratch: Path, images: int) -> Store:
    photos = scratch / "photos"
    photos.mkdir(parents=True)
    encoded = io.BytesIO()
    Image.new("L", (8, 8)).save(encoded, "PNG")
    for number in range(images):
        (photos / f"{number:06}.png").write_bytes(encoded.getvalue())
    return Store.create(scratch / "project", images=photos, classes=["a", "b"])


def _write(store: Store, images: int, shapes: int, points: int, report: Report) -> float:
    """Seconds to commit a run; making the shapes is not counted."""
    rng = np.random.default_rng(0)
    meter = Meter("Writing shapes", images, report)
    run_id = store.begin_run("prelabel", "bench", {})
    ids = [row.id for row in store.images()]
    seconds = 0.0
    for start in range(0, images, BATCH):
        items = []
        for image_id in ids[start : start + BATCH]:
            before = Annotation(image_id, SIZE, SIZE)
            proposals = [
                Instance(
                    int(rng.integers(2)), (Part(ring(rng.uniform(0, SPREAD, (points, 2)))),),
                    Origin.MODEL, score=0.5, model_id="bench", run_id=run_id,
                )
                for _ in range(shapes)
            ]  # fmt: skip
            after = Annotation(image_id, SIZE, SIZE, tuple(proposals), ImageState.PRELABELLED)
            items.append((image_id, 0, diff(before, after)))
        seconds += _seconds(lambda items=items: store.commit_run(run_id, items))  # type: ignore[misc]
        meter.advance(len(items))
    return seconds


def _labelme_way(folder: Path, store: Store, ids: list[int]) -> tuple[float, float]:
    """Seconds to write and to read what is in the store as one JSON file an image.

    As labelme does it: the whole file each time, by the standard library. Making the lists of
    points is part of it, as it is part of its documents.
    """
    folder.mkdir()
    paths = [folder / f"{image_id}.json" for image_id in ids]

    def write(image_id: int, path: Path) -> None:
        shapes = [
            {"label": str(item.class_id), "points": item.parts[0].outer.tolist(), "group_id": None,
             "shape_type": "polygon", "flags": {}}
            for item in store.annotation(image_id).instances
        ]  # fmt: skip
        content = {"version": "5", "flags": {}, "shapes": shapes, "imagePath": path.stem}
        path.write_text(json.dumps(content, indent=2), encoding="utf-8", newline="\n")

    def read(path: Path) -> int:
        return len(json.loads(path.read_text(encoding="utf-8"))["shapes"])

    def write_all() -> None:
        for image_id, path in zip(ids, paths, strict=True):
            write(image_id, path)

    writing = _seconds(write_all)
    return writing, _seconds(lambda: sum(map(read, paths)))


def _edit(store: Store, ids: list[int]) -> list[float]:
    """Milliseconds for each of many durable edits: one vertex of one shape is moved."""
    rng = random.Random(0)
    milliseconds = []
    for image_id in ids:
        before = store.annotation(image_id)
        shape = rng.choice(before.instances)
        edit = edits.move_vertex(shape.id, 0, 0, 0, rng.uniform(0, SIZE), rng.uniform(0, SIZE))
        after = edit(before)
        start = time.perf_counter()
        delta = diff(before, after)
        store.commit(before.image_id, delta, expected_revision=before.revision, text="Move vertex")
        milliseconds.append(1000 * (time.perf_counter() - start))
    return milliseconds


def _undo_bytes(store: Store) -> float:
    connection = open_connection(store.layout.database, writable=False)
    try:
        (size,) = fetch_all(connection, "SELECT avg(length(delta)) FROM op WHERE run_id IS NULL")[0]
    finally:
        connection.close()
    return float(size)


def _reopen(root: Path) -> None:
    with Store.open(root, read_only=False) as store:
        store.images()


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
