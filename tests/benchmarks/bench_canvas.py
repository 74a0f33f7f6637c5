"""How long the canvas takes for what a person feels: hover, drag, render, open.

Run it: `python tests/benchmarks/bench_canvas.py [--polygons 2000] [--points 50] [--clock cpu]`.
It prints one JSON object. Times are milliseconds; a hover or drag frame is one mouse event and
the paint that follows it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtWidgets import QApplication

from dynseg.annotation.classes import ClassLabel, ClassTable, colour_for
from dynseg.annotation.document import Annotation, Instance, Origin
from dynseg.geometry.part import Part, ring
from dynseg_annotator.canvas import Canvas

WIDTH, HEIGHT = 1920, 1080
WINDOW = (1600, 1000)
CLOCKS = {"wall": time.perf_counter, "cpu": time.thread_time}
Clock = Callable[[], float]


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
        self.document = edit(self.document)
        self.canvas.set_annotation(self.document)

    def open(self, document: Annotation, image: QImage) -> None:
        """Show another image, up to the first paint."""
        self.document = document
        self.canvas.set_image(image)
        self.canvas.set_annotation(document)
        self.canvas.repaint()

    def settle(self) -> None:
        """Let everything be drawn that is drawn later."""
        for _ in range(400):
            QApplication.processEvents()
        self.canvas.finish_rendering()
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

    def hover(self, count: int = 400) -> list[float]:
        """Frames of a pointer that jumps all over the image."""
        rng = np.random.default_rng(1)
        places = rng.uniform((100, 60), (WIDTH - 100, HEIGHT - 60), (count, 2))
        return [
            self.timed(lambda p=p: self.send(QEvent.Type.MouseMove, p[0], p[1], pressed=False))
            for p in places
        ]

    def drag(self, count: int = 12, moves: int = 30) -> tuple[list[float], list[float]]:
        """Frames of vertex drags, and the presses and releases around them."""
        frames, ends = [], []
        for index in range(count):
            item = self.document.instances[index * 37]
            x, y = item.parts[0].outer[0].tolist()
            self.send(QEvent.Type.MouseMove, x, y, pressed=False)
            kinds = QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease
            ends.append(self.timed(lambda x=x, y=y: self.send(kinds[0], x, y, pressed=True)))
            for step in range(moves):
                to_x, to_y = x + 0.3 * step, y + 0.2 * step
                frames.append(
                    self.timed(
                        lambda x=to_x, y=to_y: self.send(QEvent.Type.MouseMove, x, y, pressed=True)
                    )
                )
            ends.append(self.timed(lambda x=to_x, y=to_y: self.send(kinds[1], x, y, pressed=False)))
            self.settle()
        return frames, ends


def measure(
    *, polygons: int = 2000, points: int = 50, clock: str = "wall"
) -> dict[str, float | int]:
    """Times in milliseconds; needs a QApplication."""
    bench = Bench(CLOCKS[clock])
    canvas, image = bench.canvas, noise()
    base = crowded(polygons, points)
    opens, complete = [], []
    for index in range(5):
        document = replace(base, image_id=index + 1)
        opens.append(bench.timed(lambda d=document: bench.open(d, image)))
        complete.append(opens[-1] + bench.timed(canvas.finish_rendering))
        bench.settle()
    small = crowded(12, points, image_id=50)
    switch = [
        bench.timed(lambda i=i: bench.open(replace(small, image_id=50 + i), image))
        for i in range(7)
    ]
    bench.open(base, image)
    bench.settle()
    hovers = sorted(bench.hover())
    frames, ends = bench.drag()
    frames.sort()
    canvas.set_selection([])
    renders = [
        bench.timed(lambda: (canvas.camera.zoom_in(), canvas.finish_rendering())) for _ in range(1)
    ]
    canvas.camera.fit()
    renders = []
    for _ in range(7):
        canvas._layers.drop()  # a re-render of an unchanged view would reuse the image
        renders.append(bench.timed(canvas.finish_rendering))
    zooms = []
    for index in range(12):
        factor = 1.25 if index % 2 else 0.8
        zooms.append(bench.timed(lambda f=factor: (canvas.camera.zoom_by(f), canvas.repaint())))
        bench.settle()
    canvas.camera.set_zoom(2.0)
    bench.settle()
    pans = [bench.timed(lambda: (canvas.camera.pan_by(7, 4), canvas.repaint())) for _ in range(20)]
    canvas.close()
    return {
        "polygons": polygons,
        "points": points,
        "hover_ms": round(statistics.median(hovers), 3),
        "hover_p99_ms": round(hovers[int(len(hovers) * 0.99)], 3),
        "drag_ms": round(statistics.median(frames), 3),
        "drag_p99_ms": round(frames[int(len(frames) * 0.99)], 3),
        "press_release_ms": round(statistics.median(ends), 3),
        "render_ms": round(statistics.median(renders), 2),
        "open_ms": round(statistics.median(opens), 2),
        "open_complete_ms": round(statistics.median(complete), 2),
        "switch_ms": round(statistics.median(switch), 2),
        "zoom_frame_ms": round(statistics.median(zooms), 2),
        "pan_frame_ms": round(statistics.median(pans), 2),
    }


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--polygons", type=int, default=2000)
    parser.add_argument("--points", type=int, default=50)
    parser.add_argument("--clock", choices=sorted(CLOCKS), default="wall")
    chosen = parser.parse_args()
    app = QApplication([])
    figures = measure(polygons=chosen.polygons, points=chosen.points, clock=chosen.clock)
    app.processEvents()
    print(json.dumps(figures))  # noqa: T201


if __name__ == "__main__":
    main()
