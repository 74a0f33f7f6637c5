"""How long the canvas takes for what a person feels: hover, drag, render, open, switch.

Run it: `python -m dynseg_annotator.canvas.benchmark [--polygons 2000] [--points 50] [--clock cpu]`.
It prints one JSON object. Times are milliseconds; a hover or drag frame is one mouse event and
the paint that follows it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QApplication

from dynseg.annotation.classes import ClassLabel, ClassTable, colour_for
from dynseg.annotation.codec import encode_delta
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, Instance, Origin
from dynseg.geometry.part import Part, ring
from dynseg_annotator.canvas import Canvas
from dynseg_annotator.canvas.staging import Staged
from dynseg_annotator.itemmodels.benchmark import listed_ms
from dynseg_annotator.session.loader import load

WIDTH, HEIGHT = 1920, 1080
WINDOW = (1600, 1000)
SMOOTH = Qt.TransformationMode.SmoothTransformation
CLOCKS = {"wall": time.perf_counter, "cpu": time.thread_time}
Clock = Callable[[], float]
LISTS = {"10k": 10_000, "100k": 100_000}
"""Folders that are listed."""


def crowded(polygons: int, points: int, *, image_id: int = 1, seed: int = 0) -> Annotation:
    """A 1920 x 1080 image full of wavy polygons, every second one a proposal."""
    rng = np.random.default_rng(seed)
    turn = np.linspace(0, 2 * np.pi, points, endpoint=False)
    instances = []
    for index in range(polygons):
        radius = rng.uniform(12, 38) * (1 + 0.2 * np.sin(3 * turn + rng.uniform(0, 6)))
        outline = np.stack([radius * np.cos(turn), radius * np.sin(turn)], axis=1)
        outline += rng.uniform((45, 45), (WIDTH - 45, HEIGHT - 45))
        proposed = index % 2 == 1
        instances.append(
            Instance(
                index % 8,
                (Part(ring(outline)),),
                origin=Origin.MODEL if proposed else Origin.HUMAN,
                score=float(rng.uniform(0.3, 1)) if proposed else None,
            )
        )
    return Annotation(image_id, WIDTH, HEIGHT, tuple(instances))


def noise(seed: int = 0) -> QImage:
    """A 1920 x 1080 image that no filter finds easy."""
    pixels = np.random.default_rng(seed).integers(0, 255, (HEIGHT, WIDTH, 4), dtype=np.uint8)
    return QImage(pixels.data, WIDTH, HEIGHT, QImage.Format.Format_RGB32).copy()


class Bench:
    """A shown canvas that applies the edits it asks for, as the window does."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.undo_bytes: list[int] = []
        """What each edit costs in the journal."""
        self.canvas = Canvas()
        self.canvas.resize(*WINDOW)
        labels = [ClassLabel(i, f"class {i}", colour_for(i)) for i in range(8)]
        self.canvas.set_classes(ClassTable(tuple(labels)))
        self.document = crowded(20, 50, image_id=99)
        self.canvas.edit_requested.connect(self._apply)
        self.canvas.selection_requested.connect(lambda ids, _add: self.canvas.set_selection(ids))
        self.canvas.show()
        self.open(self.document, noise(9))
        self.settle()

    def _apply(self, _text: str, edit: Callable[[Annotation], Annotation], _gesture: str) -> None:
        before, self.document = self.document, edit(self.document)
        self.canvas.set_annotation(self.document)
        self.undo_bytes.append(len(encode_delta(diff(before, self.document))))

    def open(self, document: Annotation, image: QImage, staged: Staged | None = None) -> None:
        """Show another image, up to the first paint."""
        self.document = document
        self.canvas.set_image(image, staged=staged)
        self.canvas.set_annotation(document)
        self.canvas.repaint()

    def settle(self) -> None:
        """Let everything be drawn that is drawn later."""
        for _ in range(400):
            QApplication.processEvents()
        self.canvas.rendering.finish()
        QApplication.processEvents()

    def timed(self, work: Callable[[], object]) -> float:
        """Milliseconds that something takes."""
        start = self.clock()
        work()
        return (self.clock() - start) * 1e3

    def send(self, kind: QEvent.Type, x: float, y: float, *, pressed: bool) -> None:
        """One mouse event at an image point, and the frame it causes."""
        at = QPointF(*self.canvas.camera.view.to_view(x, y))
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        button = none if kind == QEvent.Type.MouseMove else left
        held = left if pressed else none
        keys = Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, at, self.canvas.mapToGlobal(at), button, held, keys)
        QApplication.sendEvent(self.canvas, event)
        QApplication.processEvents()

    def move(self, x: float, y: float, *, pressed: bool = False) -> float:
        """Milliseconds of one move and its frame."""
        kind = QEvent.Type.MouseMove
        return self.timed(lambda: self.send(kind, x, y, pressed=pressed))

    def hover(self, count: int = 400) -> list[float]:
        """Frames of a pointer that jumps all over the image."""
        rng = np.random.default_rng(1)
        places = rng.uniform((100, 60), (WIDTH - 100, HEIGHT - 60), (count, 2))
        return [self.move(x, y) for x, y in places.tolist()]

    def drag(self, count: int = 12, moves: int = 30) -> tuple[list[float], list[float]]:
        """Frames of vertex drags, and the presses and releases around them."""
        frames, ends = [], []
        press, release = QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease
        for index in range(count):
            item = self.document.instances[index * 37 % len(self.document.instances)]
            x, y = item.parts[0].outer[0].tolist()
            self.move(x, y)
            ends.append(self.timed(partial(self.send, press, x, y, pressed=True)))
            for _ in range(moves):
                x, y = x + 0.3, y + 0.2
                frames.append(self.move(x, y, pressed=True))
            ends.append(self.timed(partial(self.send, release, x, y, pressed=False)))
            self.settle()
        return frames, ends

    def opens(self, base: Annotation, image: QImage, count: int) -> tuple[list[float], list[float]]:
        """Opening an image: up to the first paint, and until everything is drawn."""
        first, complete = [], []
        for index in range(count):
            document = replace(base, image_id=base.image_id + index)
            first.append(self.timed(partial(self.open, document, image)))
            complete.append(first[-1] + self.timed(self.canvas.rendering.finish))
            self.settle()
        return first, complete

    def switches(self, base: Annotation, image: QImage, count: int) -> list[float]:
        """Showing a neighbour that was got ready ahead of time, up to the first paint."""
        times = []
        for index in range(count):
            document = replace(base, image_id=base.image_id + index)
            staged = self.canvas.staging()(image)
            times.append(self.timed(partial(self.open, document, image, staged)))
            self.settle()
        return times

    def cold(self, base: Annotation, path: Path, count: int) -> list[float]:
        """Decoding a file, getting it ready and showing it, one after the other."""

        def show(document: Annotation) -> None:
            loaded = load(document.image_id, path)
            if loaded.image is not None:
                self.open(document, loaded.image, self.canvas.staging()(loaded.image))

        times = []
        for index in range(count):
            document = replace(base, image_id=base.image_id + index)
            times.append(self.timed(partial(show, document)))
            self.settle()
        return times

    def renders(self, count: int = 7) -> list[float]:
        """Drawing both layers from nothing."""
        times = []
        for _ in range(count):
            self.canvas.rendering.drop()
            times.append(self.timed(self.canvas.rendering.finish))
        return times

    def zooms(self, count: int = 12) -> list[float]:
        """The first frame after each step of the wheel."""
        times = []
        for index in range(count):
            factor = 1.25 if index % 2 else 0.8

            def step(factor: float = factor) -> None:
                self.canvas.camera.zoom_by(factor)
                self.canvas.repaint()

            times.append(self.timed(step))
            self.settle()
        return times

    def pans(self, count: int = 20) -> list[float]:
        """Frames of a pan at 200 %."""
        self.canvas.camera.set_zoom(2.0)
        self.settle()

        def step() -> None:
            self.canvas.camera.pan_by(7, 4)
            self.canvas.repaint()

        return [self.timed(step) for _ in range(count)]


def measure(*, polygons: int = 2000, points: int = 50, clock: str = "wall") -> dict[str, float]:
    """Times in milliseconds by name; needs a QApplication.

    Args:
        polygons: Shapes on the image.
        points: Vertices of each.
        clock: "wall", or "cpu" for the time of this thread, which busy neighbours disturb less.
    """
    bench = Bench(CLOCKS[clock])
    image, base = noise(), crowded(polygons, points)
    first, complete = bench.opens(base, image, 5)
    few = crowded(12, points, image_id=50)
    switches = bench.switches(few, image, 9)
    with tempfile.TemporaryDirectory(prefix="dynseg-bench-") as folder:
        path = Path(folder) / "photo.jpg"
        # as a photograph has them: large forms, and a file of about half a megabyte
        smooth = image.scaled(240, 135).scaled(image.size(), mode=SMOOTH)
        smooth.save(str(path), None, 90)
        cold = bench.cold(few, path, 9)
    bench.open(base, image)
    bench.settle()
    hovers = bench.hover()
    drags, ends = bench.drag()
    bench.canvas.set_selection([])
    renders, zooms, pans = bench.renders(), bench.zooms(), bench.pans()
    bench.canvas.close()
    medians = {
        "hover_ms": hovers, "drag_ms": drags, "press_release_ms": ends, "render_ms": renders,
        "open_ms": first, "open_complete_ms": complete, "switch_ms": switches,
        "switch_cold_ms": cold,
        "zoom_frame_ms": zooms, "pan_frame_ms": pans,
    }  # fmt: skip
    figures = {name: round(statistics.median(times), 3) for name, times in medians.items()}
    for name, times in (("hover_p99_ms", hovers), ("drag_p99_ms", drags)):
        figures[name] = round(sorted(times)[int(len(times) * 0.99)], 3)
    undo_bytes = int(statistics.median(bench.undo_bytes))
    return {"polygons": polygons, "points": points, "undo_bytes": undo_bytes, **figures}


def compare(python: str, base: Annotation, clock: str, lists: dict[str, int]) -> dict[str, float]:
    """What labelme takes for the same, in a Python that has it.

    Args:
        python: Interpreter of an environment with labelme 6.3.1.
        base: The crowded document.
        clock: As for `measure`.
        lists: Folders to list: their short names, and images in them.
    """
    with tempfile.TemporaryDirectory(prefix="dynseg-bench-") as name:
        folder = Path(name)
        _write_for_labelme(folder, base)
        for short, images in lists.items():
            (folder / f"list_{short}").mkdir()
            for number in range(images):
                (folder / f"list_{short}" / f"img_{number}.jpg").touch()
            noise().scaled(320, 180).save(str(folder / f"list_{short}" / "img_0.jpg"))
        script = Path(__file__).with_name("labelme_peer.py")
        done = subprocess.run(
            [python, str(script), name, clock], stdout=subprocess.PIPE, text=True, check=True
        )
    figures: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return figures


def _write_for_labelme(folder: Path, base: Annotation) -> None:
    """The crowded image and a few plain ones, as labelme wants them."""
    crowd, plain = folder / "crowded", folder / "plain"
    crowd.mkdir()
    plain.mkdir()
    smooth = noise().scaled(240, 135).scaled(QSize(WIDTH, HEIGHT), mode=SMOOTH)
    smooth.save(str(crowd / "a.jpg"), None, 90)
    for number in range(8):
        smooth.save(str(plain / f"{number}.jpg"), None, 90)
    shapes = [
        {"label": f"class {item.class_id}", "points": item.parts[0].outer.tolist(),
         "group_id": None, "description": "", "shape_type": "polygon", "flags": {}, "mask": None}
        for item in base.instances
    ]  # fmt: skip
    document: dict[str, object] = {
        "version": "6.3.1", "flags": {}, "shapes": shapes, "imagePath": "a.jpg",
        "imageData": None, "imageHeight": HEIGHT, "imageWidth": WIDTH,
    }  # fmt: skip
    (crowd / "a.json").write_text(json.dumps(document), encoding="utf-8", newline="\n")


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--polygons", type=int, default=2000)
    parser.add_argument("--points", type=int, default=50)
    parser.add_argument("--clock", choices=sorted(CLOCKS), default="wall")
    parser.add_argument("--labelme", default="", help="a Python that has labelme 6.3.1")
    chosen = parser.parse_args()
    app = QApplication([])
    figures = measure(polygons=chosen.polygons, points=chosen.points, clock=chosen.clock)
    clock = CLOCKS[chosen.clock]
    for short, images in LISTS.items():
        figures[f"list_{short}_ms"] = listed_ms(images, clock=clock)
    app.processEvents()
    if chosen.labelme:
        base = crowded(chosen.polygons, chosen.points)
        theirs = compare(chosen.labelme, base, chosen.clock, LISTS)
        figures |= {f"labelme_{name}": round(value, 1) for name, value in theirs.items()}
        figures |= {
            f"times_labelme_{name.removesuffix('_ms')}": round(value / figures[name], 1)
            for name, value in theirs.items()
            if figures.get(name)
        }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
