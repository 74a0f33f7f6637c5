"""From the hand to the disk: a shape is dragged in the whole window until the window says saved.

    python -m tests.benchmarks.edit_to_saved [EDITS]

Real mouse events go to the canvas. Counted from the release of the button until the session has
said that the edit is on the disk and nothing is unsaved, and, beside it, how long the window's
thread was busy with the release alone. Prints one JSON object, milliseconds.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance
from dynseg.geometry.part import Part, ring
from dynseg.project.store import Store
from dynseg_annotator.application.frame import Frame, dress
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.settings import Settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
APP = QApplication([])
LEFT = Qt.MouseButton.LeftButton
SIDE = 40.0
PER_ROW = 14
SHAPES = 140
POINTS = 50
SIZE = (1280, 960)
WAIT_S = 20.0


def make_project(folder: Path) -> None:
    """A photograph with rows of round shapes, far enough apart to be dragged alone."""
    noise = np.random.default_rng(0).integers(0, 255, (*SIZE[::-1], 3), dtype=np.uint8)
    Image.fromarray(noise).save(folder / "photo.jpg")
    turn = np.linspace(0, 2 * np.pi, POINTS, endpoint=False)
    circle = np.stack([np.cos(turn), np.sin(turn)], axis=1) * SIDE / 2
    with Store.create(folder, images=folder, classes=["round"]) as store:
        shapes = [Instance(0, (Part(ring(circle + _middle(n))),)) for n in range(SHAPES)]
        before = store.annotation(store.images()[0].id)
        after = type(before)(before.image_id, *SIZE, tuple(shapes), ImageState.IN_WORK)
        store.commit(before.image_id, diff(before, after), expected_revision=0, text="Draw")


def _middle(number: int) -> tuple[float, float]:
    return 80 + (number % PER_ROW) * 85.0, 60 + (number // PER_ROW) * 90.0


class Window:
    """The whole window on a project, shown.

    Args:
        folder: Of the project.
        proposes: Start the engine, which proposes on each image that opens; learning stays off.
    """

    def __init__(self, folder: Path, *, proposes: bool = False) -> None:
        settings = Settings()
        settings.set("predict_on_open", proposes)
        settings.set("live_learning", False)
        dress(APP, settings)
        self._frame = Frame(settings)
        self._frame.show()
        self.bench = Workbench(self._frame, start_engine=proposes)
        self._frame.open(folder)
        self.canvas, self.session = self.bench.parts.canvas, self.bench.context.session
        self.wait(lambda: self.canvas.accepts_gestures)

    def close(self) -> None:
        """Save and end."""
        self._frame.window.may_close = lambda: True
        self._frame.window.close()
        self.bench.shut_down()

    def wait(self, done: Callable[[], bool], most_s: float = WAIT_S) -> None:
        """Let the window work until something holds."""
        end = time.perf_counter() + most_s
        while not done():
            APP.processEvents()
            if time.perf_counter() > end:
                raise SystemExit("the window did not come so far")

    def drag(self, chosen: random.Random) -> tuple[float, float] | None:
        """Drag a shape; milliseconds until it was saved, and of the release alone.

        None when the drag changed nothing.
        """
        annotation = self.session.annotation
        assert annotation is not None
        item = chosen.choice(annotation.instances)
        x, y = item.parts[0].outer.mean(axis=0)
        dx, dy = chosen.choice((-40, 40)), chosen.uniform(-20, 20)
        self.session.selection.set([item.id])
        QTest.mouseMove(self.canvas, self._at(x, y))
        APP.processEvents()
        QTest.mousePress(self.canvas, LEFT, pos=self._at(x, y))
        for part in (0.4, 0.8, 1.0):
            QTest.mouseMove(self.canvas, self._at(x + part * dx, y + part * dy))
            APP.processEvents()
        start = time.perf_counter()
        QTest.mouseRelease(self.canvas, LEFT, pos=self._at(x + dx, y + dy))
        busy_s = time.perf_counter() - start
        if not self.session.unsaved:
            return None
        self.wait(lambda: not self.session.unsaved)
        return 1000 * (time.perf_counter() - start), 1000 * busy_s

    def _at(self, x: float, y: float) -> QPoint:
        left, top = self.canvas.camera.view.to_view(x, y)
        return QPoint(round(left), round(top))


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    edits = int(arguments[0]) if arguments else 300
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["DYNSEG_CONFIG_DIR"] = str(Path(scratch) / "settings")
        folder = Path(scratch) / "photos"
        folder.mkdir()
        make_project(folder)
        window = Window(folder)
        chosen = random.Random(0)
        found = [window.drag(chosen) for _ in range(edits)]
        window.close()
    drags = [own for own in found if own is not None]
    figures: dict[str, float] = {"edits": len(drags), "missed": edits - len(drags)}
    for name, values in zip(("saved", "window_busy"), zip(*drags, strict=True), strict=True):
        for share in (50, 95, 99):
            figures[f"{name}_p{share}_ms"] = round(float(np.percentile(values, share)), 2)
    print(json.dumps(figures))


if __name__ == "__main__":
    main(sys.argv[1:])
