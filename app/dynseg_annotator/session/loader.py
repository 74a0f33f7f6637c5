"""Decodes images off the window's thread and keeps the neighbours ready."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QImage

from dynseg.errors import ImageError
from dynseg.images.decode import costs_pixels, decode
from dynseg.images.levels import Levels
from dynseg_annotator.language import tr
from dynseg_annotator.session.unpacking import LARGE_PIXELS, Unpacker

log = logging.getLogger(__name__)

CACHE_BYTES = 512 * 1024 * 1024
PREVIEW_PIXELS = 6_000_000
"""Of a large image, the largest level with no more pixels is in memory."""


class Ready(Protocol):
    """What makes showing an image fast."""

    @property
    def size_bytes(self) -> int:
        """Memory that it holds beside the image."""


class Stage(Protocol):
    """Gets an image ready for the screen; equal ones give the same."""

    def __call__(self, image: QImage, details: Levels | None = None, /) -> Ready:
        """Runs on a pool thread."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What decoding one image gave.

    Attributes:
        image_id: Row id of the image.
        image: 32-bit RGB, None when it could not be read; smaller than the image itself when there
            are details.
        note: What the decoder changed ("first of 12 pages"), or why there is no image.
        stage: What got the image ready for the screen, None when nothing did.
        staged: What it made of the image.
        details: A large image at all its sizes, on the disk.
    """

    image_id: int
    image: QImage | None
    note: str = ""
    stage: Stage | None = None
    staged: Ready | None = None
    details: Levels | None = None

    @property
    def size(self) -> tuple[int, int] | None:
        """Width and height of the image itself when `image` is smaller."""
        return None if self.details is None else (self.details.width, self.details.height)


class ImageLoader(QObject):
    """Decodes with the one decoder, on its own threads; answers nobody waits for are dropped."""

    loaded = Signal(object)
    """`Loaded`, for the image asked for last only."""

    _decoded = Signal(object, int)

    def __init__(
        self, parent: QObject | None = None, *, threads: int = 2, cache_bytes: int = CACHE_BYTES
    ) -> None:
        super().__init__(parent)
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(threads)
        self._cache_bytes = cache_bytes
        self._cache: OrderedDict[int, Loaded] = OrderedDict()
        self._held_bytes = 0
        self._lock = threading.Lock()
        self._running: set[int] = set()
        self._wishes: set[int] = set()
        self._wanted: int | None = None
        self._is_awaited = False
        """What is wanted was not ready when it was asked for."""
        self.unpacker = Unpacker()
        self.generation = 0
        """Rises when the project changes: what was decoded for an older one is dropped."""
        self._decoded.connect(self._on_decoded)

    def request(self, image_id: int, path: Path, stage: Stage | None = None) -> Loaded | None:
        """Ask for an image, got ready by `stage` unless it is there already.

        Returns:
            The image at once when it is ready, else None: then `loaded` follows.
        """
        self._wanted = image_id
        ready = self._cache.get(image_id)
        if ready is not None and ready.details is not None and not ready.details.is_there():
            self.forget(image_id)
            ready = None
        self._is_awaited = ready is None
        if ready is not None:
            self._cache.move_to_end(image_id)
            return ready
        self._wishes.add(image_id)
        self._start(image_id, path, stage, priority=1)
        return None

    def prefetch(self, neighbours: Sequence[tuple[int, Path]], stage: Stage | None = None) -> None:
        """Decode these next and get them ready, nearest first; older wishes are dropped."""
        with self._lock:
            self._wishes = {image_id for image_id, _ in neighbours}
            if self._wanted is not None:
                self._wishes.add(self._wanted)
        for image_id, path in neighbours:
            held = self._cache.get(image_id)
            if held is None or (held.image is not None and held.stage != stage):
                self._start(image_id, path, stage, priority=0)

    def forget(self, image_id: int | None = None) -> None:
        """Drop one image because its file changed, or all because the project did."""
        if image_id is not None:
            dropped = self._cache.pop(image_id, None)
            self._held_bytes -= _size_bytes(dropped)
            if dropped is not None and dropped.details is not None:
                self.unpacker.forget(dropped.details)
            return
        self.generation += 1
        self._cache.clear()
        with self._lock:
            self._running.clear()
            self._wishes.clear()
        self._held_bytes = 0
        self._wanted = None

    def close(self) -> None:
        """Stop decoding; waits for what is being decoded."""
        self.forget()
        self._pool.clear()
        self._pool.waitForDone()
        self.unpacker.clear()

    def _start(self, image_id: int, path: Path, stage: Stage | None, *, priority: int) -> None:
        with self._lock:
            if image_id in self._running:
                return
            self._running.add(image_id)
        held = self._cache.get(image_id)
        self._pool.start(_Decoding(self, image_id, path, held, stage, self.generation), priority)

    def is_wanted_now(self, image_id: int) -> bool:
        """Whether it is this image that is looked at; if not, it is as if nobody had asked."""
        with self._lock:
            if self._wanted == image_id:
                return True
            self._running.discard(image_id)
            return False

    def still_wanted(self, image_id: int, generation: int) -> bool:
        """Whether decoding is still worth it; called on a pool thread."""
        with self._lock:
            if generation != self.generation:
                return False
            if image_id not in self._wishes:
                self._running.discard(image_id)
                return False
            return True

    def deliver(self, loaded: Loaded, generation: int) -> None:
        """Bring an image to the window's thread; called on a pool thread."""
        self._decoded.emit(loaded, generation)

    def _on_decoded(self, loaded: Loaded, generation: int) -> None:
        if generation != self.generation:
            return
        with self._lock:
            self._running.discard(loaded.image_id)
        self._held_bytes += _size_bytes(loaded) - _size_bytes(self._cache.get(loaded.image_id))
        self._cache[loaded.image_id] = loaded
        while self._held_bytes > self._cache_bytes and len(self._cache) > 1:
            oldest = next(iter(self._cache))
            if oldest == self._wanted:
                self._cache.move_to_end(oldest)
                continue
            self._held_bytes -= _size_bytes(self._cache.pop(oldest))
        if loaded.image_id == self._wanted and self._is_awaited:
            self._is_awaited = False
            self.loaded.emit(loaded)


class _Decoding(QRunnable):
    """One image on a pool thread; one that is decoded already is only got ready."""

    def __init__(
        self,
        loader: ImageLoader,
        image_id: int,
        path: Path,
        held: Loaded | None,
        stage: Stage | None,
        generation: int,
    ) -> None:
        super().__init__()
        self._loader = loader
        self._image_id = image_id
        self._path = path
        self._held = held
        self._stage = stage
        self._generation = generation

    def run(self) -> None:
        """Runs on a pool thread."""
        if not self._loader.still_wanted(self._image_id, self._generation):
            return
        try:
            found = self._held or self._load()
            if found is None:
                return
            loaded = found
            if self._stage is not None and loaded.image is not None:
                staged = self._stage(loaded.image, loaded.details)
                loaded = replace(loaded, stage=self._stage, staged=staged)
        except Exception as error:  # a job runner: no image may end the window
            log.exception("%s could not be decoded", self._path)
            loaded = Loaded(self._image_id, None, tr("could not be read ({reason})", reason=error))
        self._loader.deliver(loaded, self._generation)

    def _load(self) -> Loaded | None:
        """Decode it, a large image only for a person who waits for it; None when nobody does."""
        loader, image_id = self._loader, self._image_id
        try:
            if costs_pixels(self._path) < LARGE_PIXELS:
                return load(image_id, self._path)
            if not loader.is_wanted_now(image_id):
                return None
            levels = loader.unpacker.levels(
                self._path, lambda: loader.still_wanted(image_id, self._generation)
            )
        except ImageError as error:
            return Loaded(image_id, None, error.reason)
        return None if levels is None else preview(image_id, levels)


def load(image_id: int, path: Path) -> Loaded:
    """Decode one image; a damaged one gives a `Loaded` without an image and with the reason."""
    try:
        decoded = decode(path)
    except ImageError as error:
        return Loaded(image_id, None, error.reason)
    height, width = decoded.pixels.shape[:2]
    rgb = QImage(decoded.pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    # RGB32 is what the raster painter copies without converting; the call also makes a deep copy.
    return Loaded(image_id, rgb.convertToFormat(QImage.Format.Format_RGB32), decoded.note)


def preview(image_id: int, levels: Levels) -> Loaded:
    """A large image with as much of it in memory as a screen needs to show all of it."""
    level = next(
        level
        for level in range(levels.count)
        if levels.size(level)[0] * levels.size(level)[1] <= PREVIEW_PIXELS
    )
    width, height = levels.size(level)
    pixels = levels.piece(level, (0, 0, width, height))
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGB32).copy()
    return Loaded(image_id, image, levels.note, details=levels)


def _size_bytes(loaded: Loaded | None) -> int:
    if loaded is None or loaded.image is None:
        return 0
    return loaded.image.sizeInBytes() + (loaded.staged.size_bytes if loaded.staged else 0)
