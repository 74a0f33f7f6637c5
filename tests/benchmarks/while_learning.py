"""What a person feels in the window while a model learns beside it, and while none does.

    python -m tests.benchmarks.while_learning --data ../shared/data [--set food-tray]

The whole window with its engine on a project of photographs, of which 30 are reviewed. By the
clock, first without and then with live learning: frames of a pointer that moves over the image,
edits until they are on the disk, neighbours that open until their pixels are there, and how long
their proposals take. Run it while nothing else runs. Prints one JSON object, milliseconds.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from PySide6.QtTest import QTest
from tests.benchmarks.edit_to_saved import APP, Window
from tests.benchmarks.quick_against_stock import chosen_photos
from tests.e2e.loop import link_or_copy

from dynseg.annotation.document import ImageState
from dynseg.formats.incoming.importing import import_labels
from dynseg.project.store import Store
from dynseg.training.live.messages import Learning

REVIEWED = 30
HOVERS, EDITS, SWITCHES = 300, 100, 15
START_S = 600.0
"""Patience with the preparation of a model and the first steps of learning."""
LATE_S = 20.0
"""Proposals that take longer are counted as late."""


def make_project(dataset: Path, folder: Path) -> Path:
    """All photos of the training part, some of them reviewed."""
    for photo in sorted((dataset / "images" / "train").iterdir()):
        link_or_copy(photo, folder / "photos" / photo.name)
    described = chosen_photos(dataset, folder / "reviewed", images=REVIEWED, draw=0)
    with Store.create(folder / "project", images=folder / "photos") as store:
        import_labels(store, described.parent, as_reviewed=True)
    return folder / "project"


class Person:
    """What is done in the window and timed."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._context = window.bench.context
        self._chosen = random.Random(0)

    def _images(self, *, reviewed: bool) -> list[int]:
        """The reviewed images, or those without a shape."""
        store = self._context.store
        assert store is not None
        wanted = ImageState.REVIEWED if reviewed else ImageState.UNLABELLED
        return [row.id for row in store.images() if row.state is wanted]

    def _open(self, image_id: int) -> float:
        """Milliseconds until the pixels are on the canvas."""
        window = self._window
        began = time.perf_counter()
        window.bench.navigation.open(image_id)
        window.wait(lambda: window.canvas.accepts_gestures)
        return 1000 * (time.perf_counter() - began)

    def hover(self) -> list[float]:
        """Frames of a pointer over a reviewed image."""
        self._open(self._images(reviewed=True)[0])
        canvas, frames = self._window.canvas, []
        for _ in range(HOVERS):
            at = canvas.rect().center()
            at.setX(self._chosen.randrange(canvas.width()))
            at.setY(self._chosen.randrange(canvas.height()))
            began = time.perf_counter()
            QTest.mouseMove(canvas, at)
            APP.processEvents()
            frames.append(1000 * (time.perf_counter() - began))
        return frames

    def edits(self) -> list[float]:
        """From the release of the button until the window says saved."""
        found = []
        for image_id in self._images(reviewed=True)[:10]:
            self._open(image_id)
            found += [self._window.drag(self._chosen) for _ in range(EDITS // 10)]
        return [own[0] for own in found if own is not None]

    def switches(self) -> tuple[list[float], list[float]]:
        """Unlabelled images that open: until the pixels are there, and until proposals are."""
        pixels, proposals = [], []
        for image_id in self._images(reviewed=False)[:SWITCHES]:
            began = time.perf_counter()
            pixels.append(self._open(image_id))
            try:
                self._window.wait(self.has_shapes, LATE_S)
            except SystemExit:
                proposals.append(1000 * LATE_S)
                continue
            proposals.append(1000 * (time.perf_counter() - began))
        return pixels, proposals

    def has_shapes(self) -> bool:
        """Whether there is anything on the open image."""
        annotation = self._context.session.annotation
        return annotation is not None and bool(annotation.instances)


def measure(person: Person) -> dict[str, Any]:
    """Medians and the slow ends."""
    pixels, proposals = person.switches()
    values = {"hover": person.hover(), "saved": person.edits()}
    values |= {"opened": pixels, "proposed": proposals}
    return {
        name: {f"p{share}": round(float(np.percentile(own, share)), 2) for share in (50, 95, 99)}
        for name, own in values.items()
    }


def learn(window: Window) -> None:
    """Switch live learning on and let it come into its stride."""
    told: list[Learning] = []
    context = window.bench.context
    context.live.told.connect(told.append)
    context.settings.set("live_learning", True)
    window.wait(lambda: any(own.steps >= 10 for own in told), START_S)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--set", default="food-tray")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["DYNSEG_CONFIG_DIR"] = str(Path(scratch) / "settings")
        project = make_project((chosen.data / chosen.set / "yolo").resolve(), Path(scratch))
        window = Window(project, proposes=True)
        person = Person(window)
        window.wait(person.has_shapes, START_S)
        alone = measure(person)
        learn(window)
        learner = psutil.Process(window.bench.context.live.pid)
        began, used = time.perf_counter(), sum(learner.cpu_times()[:2])
        learning = measure(person)
        share = (sum(learner.cpu_times()[:2]) - used) / (time.perf_counter() - began)
        memory = learner.memory_info().rss >> 20
        window.close()
    print(json.dumps({
        "set": chosen.set, "alone": alone, "learning": learning,
        "learner_cores": round(share, 2), "learner_mb": memory,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
