"""One model on one machine of a cluster: images in, detections as bytes out."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from dynseg.cluster.storage import copy_to, is_uri
from dynseg.errors import DynsegError, ImageError
from dynseg.inference.predictor import load, prepare_process
from dynseg.inference.runs.finder import LocalFinder
from dynseg.inference.runs.summary import reason
from dynseg.inference.runs.work import Outcome, Work
from dynseg.inference.settings import PredictSettings

FETCHERS = 8
"""Images that are fetched from an object store at the same time."""

Batch = dict[str, Any]
"""Columns of a block: arrays of one length."""


@dataclass(frozen=True, slots=True)
class SentModel:
    """A model on its way to another machine.

    Attributes:
        name: Stem of its files.
        weights: The `.safetensors` file.
        card: Its card.
    """

    name: str
    weights: bytes
    card: bytes

    @classmethod
    def read(cls, path: Path) -> SentModel:
        """Take a model file and its card along."""
        return cls(path.stem, path.read_bytes(), path.with_suffix(".json").read_bytes())

    def write(self, folder: Path) -> Path:
        """Put both files into a folder; returns the weights file."""
        path = folder / f"{self.name}.safetensors"
        path.write_bytes(self.weights)
        path.with_suffix(".json").write_bytes(self.card)
        return path


class ModelActor:
    """A loaded model; Ray keeps one a GPU or a group of cores and calls it with blocks of images.

    Args:
        model: Reference to a `SentModel` in Ray's object store.
        settings: How it runs.
        confidence: Lowest score to keep.
    """

    def __init__(self, model: Any, settings: PredictSettings, confidence: float) -> None:
        import ray

        prepare_process()
        self._settings = settings
        self._confidence = confidence
        with tempfile.TemporaryDirectory(prefix="dynseg-model-") as folder:
            path = ray.get(model).write(Path(folder))
            self._finder = LocalFinder(load(path, settings))

    def __call__(self, batch: Batch) -> Batch:
        """Find the objects in a block of images.

        Args:
            batch: `key`, `source` (a path or an address), `width` and `height` (0 when unknown).

        Returns:
            `key`, `found` (detections as bytes), `width`, `height`, `problem` (empty when the
            image could be used), `device` and `backend`.
        """
        with _Block(batch) as block:
            answers = list(
                self._finder.find(block.works(), self._settings, confidence=self._confidence)
            )
            answers += block.lost
        rows = [_row(work, outcome) for work, outcome in answers]
        columns: Batch = {name: [row[name] for row in rows] for name in rows[0]}
        columns["key"] = np.array(columns["key"], np.int64)
        columns["device"] = [self._finder.device.device] * len(rows)
        columns["backend"] = [self._finder.backend] * len(rows)
        return columns


def _row(work: Work, outcome: Outcome | DynsegError) -> dict[str, Any]:
    if isinstance(outcome, DynsegError):
        return {
            "key": work.key, "found": b"", "width": 0, "height": 0, "problem": reason(outcome),
        }  # fmt: skip
    return {
        "key": work.key,
        "found": outcome.packed,
        "width": outcome.width,
        "height": outcome.height,
        "problem": "",
    }


class _Block(AbstractContextManager["_Block"]):
    """The images of one call; those of an object store are fetched ahead into a folder.

    Attributes:
        lost: Images that could not be fetched; complete when `works` has come to its end.
    """

    def __init__(self, batch: Batch) -> None:
        self.lost: list[tuple[Work, Outcome | DynsegError]] = []
        self._batch = batch
        self._folder = tempfile.TemporaryDirectory(prefix="dynseg-images-")
        self._pool = ThreadPoolExecutor(FETCHERS, thread_name_prefix="fetch")

    def works(self) -> Iterator[Work]:
        """The images in their order, without those that are lost."""
        names = ("key", "source", "width", "height")
        rows = list(zip(*(self._batch[name] for name in names), strict=True))
        folder = Path(self._folder.name)
        ready = [
            self._pool.submit(_local, str(row[1]), folder / str(index))
            for index, row in enumerate(rows)
        ]
        for (key, source, width, height), file in zip(rows, ready, strict=True):
            size = (int(width), int(height)) if width and height else None
            try:
                yield Work(int(key), str(source), file.result(), size)
            except OSError as error:
                problem = ImageError(str(source), f"cannot be fetched ({error})")
                self.lost.append((Work(int(key), str(source), Path(str(source))), problem))

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)
        self._folder.cleanup()


def _local(source: str, target: Path) -> Path:
    """A file of this machine with the bytes of an image.

    Raises:
        OSError: it cannot be fetched.
    """
    if not is_uri(source):
        return Path(source)
    target = target.with_suffix(Path(source).suffix)
    copy_to(source, target)
    return target
