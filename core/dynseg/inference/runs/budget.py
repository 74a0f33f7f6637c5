"""How many pixels a run may hold at the same time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

DECODED_PIXELS = 160_000_000
"""Images of more pixels than this together are not decoded at the same time."""

KEPT_PIXELS = 64_000_000
"""Of images that are needed once more when their outlines move to edges."""


class PixelBudget:
    """Lets threads decode at the same time as long as their images are small together."""

    def __init__(self, pixels: int = DECODED_PIXELS) -> None:
        self._limit = pixels
        self._held = 0
        self._change = threading.Condition()

    @contextmanager
    def taken(self, pixels: int) -> Iterator[None]:
        """Hold this many pixels; an image over the limit waits until it is the only one."""
        pixels = min(pixels, self._limit)
        with self._change:
            self._change.wait_for(lambda: self._held + pixels <= self._limit)
            self._held += pixels
        try:
            yield
        finally:
            with self._change:
                self._held -= pixels
                self._change.notify_all()


class Room:
    """Room for pixels of images that are behind the network. Nobody waits for it.

    An image that waited here would wait for images behind it, which wait for their turn; so who
    gets no room decodes once more later.
    """

    def __init__(self, pixels: int = KEPT_PIXELS) -> None:
        self._left = pixels
        self._lock = threading.Lock()

    def take(self, pixels: int) -> bool:
        """Whether there was room; it is taken then."""
        with self._lock:
            has_room = pixels <= self._left
            self._left -= pixels if has_room else 0
            return has_room

    def give(self, pixels: int) -> None:
        """What was taken is free again."""
        with self._lock:
            self._left += pixels
