"""Small pictures of images with their shapes, made off the window's thread for those in sight."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject, QPointF, QRunnable, Qt, QThreadPool, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from dynseg.annotation.classes import ClassTable
from dynseg.annotation.document import Annotation, Instance
from dynseg.errors import DynsegError
from dynseg.project.records import ImageRow
from dynseg.project.store import Store
from dynseg_annotator.session.unpacking import small_pixels

log = logging.getLogger(__name__)

KEPT = 500
"""Pictures in memory, 0.15 MB each."""
COLLECT_MS = 20
"""A view that scrolls asks for many pictures in a row; the last round is what is in sight."""
FILL_ALPHA = 70
UNKNOWN = "#808080"

Key = tuple[int, int, str]
"""Id, revision and state of an image: what a picture shows."""
_OLD: Key = (0, -1, "")


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours by class id, `#rrggbb`."""

    colours: dict[int, str]


class _Making(QRunnable):
    """Makes pictures until nothing in sight is missing."""

    def __init__(self, owner: Thumbnails) -> None:
        super().__init__()
        self._owner = owner

    def run(self) -> None:
        """Runs on a pool thread."""
        while (job := self._owner.next_job()) is not None:
            row, store, colours, side_px, generation = job
            wanted = partial(self._owner.is_current, generation)
            try:
                made = picture(store, row, colours, side_px, wanted)
            except Exception:  # a job runner: the pictures behind this one are still to be made
                log.exception("no picture of %s could be made", row.rel)
                made = QImage()
            self._owner.deliver(row, made, generation)


class Thumbnails(QObject):
    """Hands out pictures that are ready and makes the others, newest wish first.

    Attributes:
        side_px: The longer side of a picture, device pixels.
    """

    ready = Signal(int)
    """Id of an image whose picture is there now."""

    _made = Signal(object, object, int)

    def __init__(self, parent: QObject | None = None, *, side_px: int = 220) -> None:
        super().__init__(parent)
        self.side_px = side_px
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)  # the other core is the window's and the engine's
        self._store: Store | None = None
        self._palette = Palette({})
        self._kept: OrderedDict[int, tuple[Key, QPixmap]] = OrderedDict()
        self._asked: dict[int, ImageRow] = {}
        self._outdated: set[int] = set()
        """Forgotten, and not asked for since: a picture that comes was begun before."""
        self._lock = threading.Lock()
        self._waiting: list[ImageRow] = []
        self._running = False
        self._generation = 0
        self._made.connect(self._take)
        self._collecting = QTimer(self)
        self._collecting.setSingleShot(True)
        self._collecting.setInterval(COLLECT_MS)
        self._collecting.timeout.connect(self._start)

    def attach(self, store: Store | None, classes: ClassTable) -> None:
        """Make pictures of this project; None for none."""
        self._store = store
        self.set_classes(classes)

    def set_classes(self, classes: ClassTable) -> None:
        """Draw in these colours from now on."""
        self._palette = Palette({label.id: label.colour for label in classes.labels})
        self.forget()

    def forget(self, image_ids: Iterable[int] | None = None) -> None:
        """Make these pictures anew when they are next in sight, or drop all when None."""
        if image_ids is not None:
            for image_id in image_ids:
                self._outdated.add(image_id)
                held = self._kept.get(image_id)
                if held is not None:
                    self._kept[image_id] = (_OLD, held[1])
            return
        self._generation += 1
        self._kept.clear()
        self._asked.clear()
        self._outdated.clear()
        with self._lock:
            self._waiting.clear()

    def of(self, row: ImageRow) -> QPixmap | None:
        """The picture of an image, else None: then `ready` follows unless it is scrolled away.

        A picture of an earlier state is handed out until the new one is there.
        """
        held = self._kept.get(row.id)
        if held is not None:
            self._kept.move_to_end(row.id)
        if held is None or held[0] != _key(row):
            self._asked[row.id] = row
            # Not anew each time: whoever asks again and again must not wait for ever.
            if not self._collecting.isActive():
                self._collecting.start()
        return held[1] if held is not None else None

    def close(self) -> None:
        """Stop; waits for the picture that is being made."""
        self.forget()
        self._store = None
        self._pool.waitForDone()

    def next_job(self) -> tuple[ImageRow, Store, Palette, int, int] | None:
        """What to make next; called on the pool thread."""
        with self._lock:
            store = self._store
            if not self._waiting or store is None:
                self._running = False
                return None
            return self._waiting.pop(0), store, self._palette, self.side_px, self._generation

    def is_current(self, generation: int) -> bool:
        """Whether pictures of this generation are still wanted; called on the pool thread."""
        return generation == self._generation

    def deliver(self, row: ImageRow, made: QImage, generation: int) -> None:
        """Bring a picture to the window's thread; called on the pool thread."""
        self._made.emit(row, made, generation)

    def _start(self) -> None:
        with self._lock:
            self._waiting = list(self._asked.values())
            self._outdated.difference_update(self._asked)
            self._asked = {}
            if self._running or not self._waiting:
                return
            self._running = True
        self._pool.start(_Making(self))

    def _take(self, row: ImageRow, made: QImage, generation: int) -> None:
        if generation != self._generation:
            return
        key = _OLD if row.id in self._outdated else _key(row)
        self._kept[row.id] = (key, QPixmap.fromImage(made))
        self._kept.move_to_end(row.id)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        self.ready.emit(row.id)


def _key(row: ImageRow) -> Key:
    return row.id, row.revision, str(row.state)


def picture(
    store: Store,
    row: ImageRow,
    palette: Palette,
    side_px: int,
    still_wanted: Callable[[], bool] = lambda: True,
) -> QImage:
    """An image with its shapes, the longer side `side_px`; empty when it cannot be read."""
    try:
        pixels = small_pixels(store.image_path(row.id), side_px, still_wanted)
        annotation = store.annotation(row.id)
    except DynsegError:
        return QImage()
    if pixels is None:
        return QImage()
    height, width = pixels.shape[:2]
    drawn = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    drawn = drawn.convertToFormat(QImage.Format.Format_RGB32)  # its own memory
    if annotation.instances:
        _draw(drawn, annotation, palette)
    return drawn


def _draw(drawn: QImage, annotation: Annotation, palette: Palette) -> None:
    painter = QPainter(drawn)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    factor = drawn.width() / max(1, annotation.width)
    painter.scale(factor, factor)
    for item in annotation.instances:
        colour = QColor(palette.colours.get(item.class_id, UNKNOWN))
        pen = QPen(colour, 1.6)
        pen.setCosmetic(True)
        if not item.is_human_work:  # as on the canvas: what nobody looked at is dashed
            pen.setStyle(Qt.PenStyle.DashLine)
        inside = QColor(colour)
        inside.setAlpha(FILL_ALPHA)
        painter.setPen(pen)
        painter.setBrush(inside)
        painter.drawPath(_path(item))
    painter.end()


def _path(item: Instance) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for part in item.parts:
        for ring in (part.outer, *part.holes):
            path.addPolygon(QPolygonF([QPointF(x, y) for x, y in ring.tolist()]))
            path.closeSubpath()
    return path
