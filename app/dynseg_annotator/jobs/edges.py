"""Edge maps for the live-wire, made off the window's thread."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

if TYPE_CHECKING:
    from dynseg.images.edges import EdgeMap

log = logging.getLogger(__name__)

QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
"""OpenCV points them at its own Qt when it is imported; processes started later would inherit."""


@contextlib.contextmanager
def own_qt() -> Iterator[None]:
    """Import OpenCV within this: the environment stays as it was."""
    before = {name: os.environ.get(name) for name in QT_VARIABLES}
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@dataclass(frozen=True, slots=True, eq=False)
class Cutout:
    """A piece of the image, smaller when the image is looked at from afar.

    Attributes:
        pixels: `(H, W, 3)` uint8 RGB.
        left, top: Image pixels of its corner.
        step: Image pixels per pixel of the piece.
    """

    pixels: NDArray[np.uint8]
    left: float
    top: float
    step: float

    def to_piece(self, x: float, y: float) -> tuple[int, int]:
        """Column and row of an image point."""
        return int((x - self.left) / self.step), int((y - self.top) / self.step)

    def covers(self, x: float, y: float) -> bool:
        """Whether an image point lies in it."""
        column, row = self.to_piece(x, y)
        height, width = self.pixels.shape[:2]
        return 0 <= column < width and 0 <= row < height and x >= self.left and y >= self.top


class EdgeTracer(QObject):
    """Finds paths along edges from the last seed; a seed replaces the one before it."""

    ready = Signal()
    """Paths from the seed can be had now."""

    _made = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._generation = 0
        self._map: tuple[Cutout, EdgeMap] | None = None
        self._made.connect(self._on_made)

    def follow(self, cutout: Cutout, x: float, y: float) -> None:
        """Get ready for paths from an image point."""
        self.forget()
        QThreadPool.globalInstance().start(
            _Mapping(self, self._generation, cutout, cutout.to_piece(x, y))
        )

    def forget(self) -> None:
        """Drop the seed."""
        self._generation += 1
        self._map = None

    def path(self, x: float, y: float) -> NDArray[np.float64] | None:
        """`(N, 2)` image points from the seed to (x, y); None while there is no map of it."""
        if self._map is None:
            return None
        cutout, edges = self._map
        if not cutout.covers(x, y):
            return None
        return edges.path(*cutout.to_piece(x, y)) * cutout.step + (cutout.left, cutout.top)

    def deliver(self, generation: int, cutout: Cutout, edges: EdgeMap) -> None:
        """Bring a map to the window's thread; called on a pool thread."""
        self._made.emit(generation, cutout, edges)

    def _on_made(self, generation: int, cutout: Cutout, edges: EdgeMap) -> None:
        if generation == self._generation:
            self._map = cutout, edges
            self.ready.emit()


class _Mapping(QRunnable):
    """One map on a pool thread."""

    def __init__(
        self, tracer: EdgeTracer, generation: int, cutout: Cutout, seed: tuple[int, int]
    ) -> None:
        super().__init__()
        self._tracer = tracer
        self._generation = generation
        self._cutout = cutout
        self._seed = seed

    def run(self) -> None:
        """Runs on a pool thread."""
        try:
            with own_qt():
                from dynseg.images.edges import EdgeMap
            edges = EdgeMap(self._cutout.pixels, self._seed)
        except Exception:  # a job runner: without a map the tool draws straight lines
            log.exception("no edges could be found")
            return
        with contextlib.suppress(RuntimeError):  # the window is gone
            self._tracer.deliver(self._generation, self._cutout, edges)
