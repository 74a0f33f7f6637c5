"""What was learned earlier is not forgotten when a new class comes (I6)."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from statistics import mean

import cv2
import numpy as np
import pytest

from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance
from dynseg.geometry.part import Part
from dynseg.model.registry import ModelRegistry
from dynseg.project.store import Store
from dynseg.sample import CLASSES, Scene, SceneInstance, render
from dynseg.training import launch, promotion
from dynseg.training.config import TrainConfig
from dynseg.training.dataset import read_description
from dynseg.training.evaluate import evaluate

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1800)]

NEW = CLASSES[-1]
OLD = CLASSES[:-1]
SEED, SIZE, MARGIN_PX = 77, (512, 384), 24
KEPT = 0.95


Shapes = list[tuple[int, tuple[Part, ...]]]


class Pictures:
    """Writes images and remembers their shapes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shapes: dict[str, Shapes] = {}
        folder.mkdir()

    def add(
        self, name: str, pixels: np.ndarray, shapes: list[tuple[int, tuple[Part, ...]]]
    ) -> None:
        cv2.imwrite(str(self.folder / name), cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
        self.shapes[name] = shapes


def box_of(item: SceneInstance) -> tuple[int, int, int, int]:
    points = np.concatenate([part.outer for part in item.parts])
    x0, y0 = np.maximum(points.min(0) - MARGIN_PX, 0).astype(int)
    x1, y1 = np.minimum(points.max(0) + MARGIN_PX, SIZE).astype(int)
    return int(x0), int(y0), int(x1), int(y1)


def alone(scene: Scene, item: SceneInstance) -> bool:
    """Whether nothing else shows in a crop of an object."""
    x0, y0, x1, y1 = box_of(item)
    others = (box_of(other) for other in scene.instances if other is not item)
    return all(a1 - MARGIN_PX < x0 or a0 + MARGIN_PX > x1 or b1 - MARGIN_PX < y0
               or b0 + MARGIN_PX > y1 for a0, b0, a1, b1 in others)  # fmt: skip


def draw(pictures: Pictures, *, old: int, new: int) -> None:
    """Scenes without the new class, and crops that show the new class alone."""
    index = 0
    while old or new:
        scene = render(SEED, index, width=SIZE[0], height=SIZE[1])
        index += 1
        fresh = [i for i in scene.instances if CLASSES[i.class_index] == NEW]
        if not fresh and old:
            old -= 1
            shapes = [(i.class_index, i.parts) for i in scene.instances]
            pictures.add(f"old-{index:04}.png", scene.pixels, shapes)
        for item in fresh:
            if new and alone(scene, item):
                new -= 1
                x0, y0, x1, y1 = box_of(item)
                moved = tuple(
                    Part(part.outer - (x0, y0), tuple(hole - (x0, y0) for hole in part.holes))
                    for part in item.parts
                )
                crop = np.ascontiguousarray(scene.pixels[y0:y1, x0:x1])
                pictures.add(f"new-{index:04}.png", crop, [(item.class_index, moved)])


def review(store: Store, pictures: Pictures, start: str) -> None:
    ids = [label.id for label in store.classes().labels]
    for row in store.images():
        if row.rel.startswith(start):
            before = store.annotation(row.id)
            items = [Instance(ids[label], parts) for label, parts in pictures.shapes[row.rel]]
            after = replace(before.with_instances(items), state=ImageState.REVIEWED)
            store.commit(
                row.id, diff(before, after), expected_revision=before.revision, text="Review"
            )


def train(store: Store, config: TrainConfig) -> Path:
    """One round: trained, promoted; the weights."""
    registry = ModelRegistry(store.layout.models)
    run = launch.prepare(store, registry, config)
    launch.start(run)
    while launch.is_alive(run):
        time.sleep(0.2)
    assert run.status().state == "finished", run.log.read_text()
    promotion.promote(registry, run, force=True)
    return registry.path(run.status().model)


def test_old_classes_keep_their_map_after_a_round_that_adds_a_class(tmp_path: Path) -> None:
    pictures = Pictures(tmp_path / "photos")
    draw(pictures, old=20, new=6)
    config = TrainConfig(epochs=20, image_size=256, batch=16, time_limit_min=30, device="cpu")
    with Store.create(
        tmp_path / "project", images=tmp_path / "photos", classes=list(CLASSES)
    ) as store:
        review(store, pictures, "old-")
        first = train(store, config)
        data = next(store.layout.runs.glob("*/data/data.yaml"))
        before = evaluate(first, data, 256)
        old = [name for name in OLD if name in before.per_class]
        assert len(old) >= 3
        assert {Path(path).name[:4] for path in read_description(data)["val"]} == {"old-"}
        review(store, pictures, "new-")
        second = train(store, config)
        after = evaluate(second, data, 256)
    was = mean(before.per_class[name] for name in old)
    now = mean(after.per_class[name] for name in old)
    assert was > 0.3, "nothing was learned that could be forgotten"
    assert now >= KEPT * was
