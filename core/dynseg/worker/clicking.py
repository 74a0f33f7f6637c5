"""Jobs of segmenting what a person points at; the image is encoded once for all its clicks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dynseg.inference.backends.device import choose
from dynseg.inference.click import Clicked, ClickSegmenter, Encoded
from dynseg.inference.prompt import Prompt
from dynseg.progress import Progress, Report
from dynseg.worker.protocol import Click


class ClickJobs:
    """Keeps the network and the image that it looked at last."""

    def __init__(self) -> None:
        self._segmenter: ClickSegmenter | None = None
        self._weights: tuple[str, float] | None = None
        self._encoded: Encoded | None = None
        self._pixels: NDArray[np.uint8] | None = None

    def segment(self, request: Click, pixels: NDArray[np.uint8], report: Report) -> Clicked:
        """The object at the clicks of a request.

        Args:
            request: At least one point inside, or a box.
            pixels: `(H, W, 3)` uint8 RGB; the same array for all requests about one image.
            report: Told before what takes seconds.

        Raises:
            ModelFileError: the weights are missing or damaged.
            EngineError: there is too little memory.
        """
        segmenter = self._loaded(Path(request.weights), report)
        if self._encoded is None or self._pixels is not pixels:
            report(Progress("Looking at the image for clicks", 0, 1))
            self._encoded = self._pixels = None  # before the next one needs its memory
            self._encoded = segmenter.encode(pixels)
            self._pixels = pixels
        return segmenter.segment(
            self._encoded, Prompt(request.inside, request.outside, request.box)
        )

    def _loaded(self, path: Path, report: Report) -> ClickSegmenter:
        wanted = (str(path), path.stat().st_mtime if path.is_file() else 0.0)
        if self._segmenter is None or self._weights != wanted:
            report(Progress("Loading MobileSAM", 0, 1))
            self._segmenter = self._encoded = None
            self._segmenter = ClickSegmenter.load(path, device=choose().device)
            self._weights = wanted
        return self._segmenter
