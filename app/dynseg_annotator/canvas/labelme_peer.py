"""The same measurements in labelme 6.3.1; runs in a Python that has labelme, not in ours.

`python labelme_peer.py FOLDER CLOCK`, where FOLDER is what `benchmark.compare` has made: `crowded/`
with `a.png` and its labels, `plain/` with a few photographs, `list_N/` with N files. Prints one
JSON object with names as in `benchmark`. Imports nothing of this program.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

HOVERS, DRAGS = 12, 8


class Peer:
    """Its main window, driven by the events that ours gets."""

    def __init__(self, clock: Callable[[], float]) -> None:
        from labelme.app import MainWindow
        from PyQt5 import QtCore, QtGui, QtWidgets

        self._clock = clock
        self._core, self._gui = QtCore, QtGui
        self.app = QtWidgets.QApplication(["labelme"])
        self.app.setStyle("Fusion")
        self.window: Any = MainWindow(config_file=None, config_overrides={"auto_save": False})
        self.window.resize(1600, 1000)
        self.window.show()
        self.app.processEvents()
        self.canvas: Any = self.window._canvas_widgets.canvas

    def timed(self, work: Callable[[], object]) -> float:
        """Milliseconds that something takes, with the painting that it causes."""
        start = self._clock()
        work()
        self.app.processEvents()
        return (self._clock() - start) * 1e3

    def open(self, path: Path) -> None:
        """Open a file or a folder, up to the first paint."""
        self.window._is_changed = False
        self.window._load_from_file_or_dir(str(path))
        self.app.processEvents()
        self.canvas.repaint()

    def step(self) -> None:
        """Show the next image."""
        self.window._open_next_image()
        self.app.processEvents()
        self.canvas.repaint()

    def mouse(self, kind: str, at: Any, *, pressed: bool) -> None:
        """One event."""
        qt = self._core.Qt
        event_kind = getattr(self._core.QEvent, kind)
        button = qt.NoButton if kind == "MouseMove" else qt.LeftButton
        held = qt.LeftButton if pressed else qt.NoButton
        event = self._gui.QMouseEvent(event_kind, at, button, held, qt.NoModifier)
        self.app.sendEvent(self.canvas, event)

    def hovers(self) -> list[float]:
        """Frames of a pointer that goes across the image."""
        width, height = self.canvas.width(), self.canvas.height()
        places = [
            self._core.QPointF(width * (0.15 + 0.05 * at), height * (0.3 + 0.03 * at))
            for at in range(HOVERS)
        ]
        return [
            self.timed(lambda at=at: self.mouse("MouseMove", at, pressed=False))  # type: ignore[misc]
            for at in places
        ]

    def drags(self) -> tuple[list[float], list[float], float]:
        """Frames of a drag of one vertex, its ends, and what the edit keeps in memory, bytes."""
        shape = self.canvas.shapes[len(self.canvas.shapes) // 2]
        at = (shape.points[0] + self.canvas._compute_image_origin_offset()) * self.canvas.scale
        self.timed(lambda: self.mouse("MouseMove", at, pressed=False))
        ends = [self.timed(lambda: self.mouse("MouseButtonPress", at, pressed=True))]
        frames = []
        for step in range(1, DRAGS + 1):
            place = at + self._core.QPointF(step, step)
            move = lambda place=place: self.mouse("MouseMove", place, pressed=True)  # noqa: E731
            frames.append(self.timed(move))
        tracemalloc.start()
        before = tracemalloc.get_traced_memory()[0]
        ends.append(self.timed(lambda: self.mouse("MouseButtonRelease", place, pressed=False)))
        kept = tracemalloc.get_traced_memory()[0] - before
        tracemalloc.stop()
        return frames, ends, float(kept)

    def zoom(self, percent: int) -> None:
        """Show the image so large."""
        self.window._set_zoom(percent)
        self.app.processEvents()
        self.canvas.repaint()


def measure(folder: Path, clock: Callable[[], float]) -> dict[str, float]:
    """Times in milliseconds by name."""
    peer = Peer(clock)
    listed = {
        f"list_{path.name[5:]}_ms": peer.timed(lambda path=path: peer.open(path))  # type: ignore[misc]
        for path in sorted(folder.glob("list_*"))
    }
    peer.open(folder / "plain")
    switches = [peer.timed(peer.step) for _ in range(5)]
    opened = peer.timed(lambda: peer.open(folder / "crowded" / "a.json"))
    peer.canvas.set_editing(True)
    hovers = peer.hovers()
    renders = [peer.timed(peer.canvas.repaint) for _ in range(3)]
    frames, ends, kept_bytes = peer.drags()
    zooms = [peer.timed(lambda to=to: peer.zoom(to)) for to in (100, 125)]  # type: ignore[misc]
    return {
        "open_ms": opened,
        "hover_ms": statistics.median(hovers),
        "hover_p99_ms": max(hovers),
        "drag_ms": statistics.median(frames),
        "drag_p99_ms": max(frames),
        "press_release_ms": statistics.median(ends),
        "render_ms": statistics.median(renders),
        "zoom_frame_ms": statistics.median(zooms),
        "switch_ms": statistics.median(switches),
        "switch_cold_ms": statistics.median(switches),
        "undo_bytes": kept_bytes,
        **listed,
    }


def main() -> None:
    """Print one JSON object."""
    os.environ["HOME"] = tempfile.mkdtemp(prefix="labelme-")  # its settings, never a person's
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from loguru import logger

    logger.remove()
    clock = time.thread_time if sys.argv[2] == "cpu" else time.perf_counter
    figures = measure(Path(sys.argv[1]), clock)
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
    os._exit(0)  # it asks whether to save


if __name__ == "__main__":
    main()
