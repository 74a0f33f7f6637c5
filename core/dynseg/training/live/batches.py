"""Which images the network sees next, made ready on a thread of their own."""

from __future__ import annotations

import queue
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor

from dynseg.training.live.augment import Picture, PictureMaker, Strength
from dynseg.training.live.example import Example

NEW_SHARE = 0.35
"""Part of the pictures that is about the newest images; the rest is about all of them alike."""
NEWEST = 3
HELD_BYTES = 768 << 20
"""Pixels and outlines kept in memory; beyond, a random older image makes room for a new one."""
_READY = 3
_LOOK_S = 0.2


class Memory:
    """The examples that are learned from; used by the thread that makes batches and its owner.

    Args:
        seed: Seed of the choice which image to look at.
        held_bytes: Most memory that examples may take.
    """

    def __init__(self, *, seed: int = 0, held_bytes: int = HELD_BYTES) -> None:
        self._chance = np.random.default_rng(seed)
        self._held_bytes = held_bytes
        self._lock = threading.Lock()
        self._examples: dict[int, Example] = {}
        self._taken_bytes = 0

    def put(self, example: Example) -> None:
        """Take in an image, as the newest; an older version of it is replaced."""
        with self._lock:
            self._forget(example.image_id)
            self._examples[example.image_id] = example
            self._taken_bytes += example.size_bytes
            while len(self._examples) > 1 and self._taken_bytes > self._held_bytes:
                oldest = list(self._examples)[: max(1, len(self._examples) - NEWEST)]
                self._forget(oldest[int(self._chance.integers(len(oldest)))])

    def drop(self, image_id: int) -> bool:
        """Forget an image that is no longer reviewed; whether it was there."""
        with self._lock:
            return self._forget(image_id)

    def all(self) -> list[Example]:
        """Every example, the newest last."""
        with self._lock:
            return list(self._examples.values())

    def choose(self, count: int) -> list[Example]:
        """Examples for one batch: new images count more, old ones are never left out for long."""
        known = self.all()
        if not known:
            return []
        chosen = []
        for _ in range(count):
            pool = known[-NEWEST:] if self._chance.random() < NEW_SHARE else known
            chosen.append(pool[int(self._chance.integers(len(pool)))])
        return chosen

    def _forget(self, image_id: int) -> bool:
        example = self._examples.pop(image_id, None)
        if example is not None:
            self._taken_bytes -= example.size_bytes
        return example is not None


@dataclass(slots=True, eq=False)
class BatchSettings:
    """What a batch looks like.

    Attributes:
        size: Side of the pictures, pixels.
        count: Pictures in one batch.
        strength: How far pictures depart from the real ones.
        seed: Seed of everything random.
    """

    size: int
    count: int = 16
    strength: Strength | None = None
    seed: int = 0


class BatchSource:
    """Makes batches ahead, so that the network never waits for pictures.

    Args:
        memory: Where examples come from; they may change at any time.
        settings: What a batch looks like.
    """

    def __init__(self, memory: Memory, settings: BatchSettings) -> None:
        self._memory = memory
        self._settings = settings
        self._maker = PictureMaker(settings.size, seed=settings.seed, strength=settings.strength)
        self._ready: queue.Queue[tuple[int, dict[str, Any]]] = queue.Queue(_READY)
        self._cleared = 0
        self._error: Exception | None = None
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="pictures", daemon=True)
        self._thread.start()

    def next(self) -> dict[str, Any]:
        """A batch as ultralytics' loss wants it; waits for one.

        Raises:
            Exception: whatever ended the thread that makes them.
        """
        while True:
            if self._error is not None:
                raise self._error
            try:
                made_for, batch = self._ready.get(timeout=_LOOK_S)
            except queue.Empty:
                continue
            if made_for == self._cleared:
                return batch

    def close(self) -> None:
        """End the thread."""
        self._ended.set()
        while self._thread.is_alive():
            self.clear()
            self._thread.join(0.02)

    def clear(self) -> None:
        """Drop what was made ahead, and what is being made, of images that have changed."""
        self._cleared += 1
        while True:
            try:
                self._ready.get_nowait()
            except queue.Empty:
                return

    def _work(self) -> None:
        try:
            self._make()
        except Exception as error:  # noqa: BLE001 - who waits for a batch has to hear of it
            self._error = error

    def _make(self) -> None:
        while not self._ended.is_set():
            made_for = self._cleared  # before the memory is asked
            chosen = self._memory.choose(self._settings.count)
            if not chosen:
                self._ended.wait(0.1)
                continue
            others = self._memory.all()
            batch = collate([self._maker.make(example, others) for example in chosen])
            while not self._ended.is_set():
                try:
                    self._ready.put((made_for, batch), timeout=_LOOK_S)
                    break
                except queue.Full:
                    continue


def collate(pictures: Sequence[Picture]) -> dict[str, Any]:
    """Pictures as one batch.

    Returns:
        `img` `(b, 3, s, s)` float32 in 0 to 1, channels last; `cls` `(n, 1)`, `bboxes` `(n, 4)`
        and `batch_idx` `(n,)` float32 of all objects; `masks` `(b, s / 4, s / 4)` uint8.
    """
    pixels = torch.from_numpy(np.stack([picture.pixels for picture in pictures]))
    counts = [len(picture.labels) for picture in pictures]
    image: Tensor = pixels.permute(0, 3, 1, 2).float().div_(255)
    return {
        "img": image.contiguous(memory_format=torch.channels_last),
        "cls": torch.from_numpy(np.concatenate([p.labels for p in pictures])).float()[:, None],
        "bboxes": torch.from_numpy(np.concatenate([p.boxes for p in pictures])),
        "batch_idx": torch.repeat_interleave(
            torch.arange(len(pictures)), torch.tensor(counts)
        ).float(),
        "masks": torch.from_numpy(np.stack([picture.mask for picture in pictures])),
    }
