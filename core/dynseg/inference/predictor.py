"""A model in memory that turns pixels into detections."""

from __future__ import annotations

import gc
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from dynseg.errors import EngineError
from dynseg.geometry.letterbox import Letterbox
from dynseg.inference.detections import Detection
from dynseg.inference.device import DeviceReport, choose, thread_count
from dynseg.inference.polygons import Candidates, trace
from dynseg.inference.postprocess import select
from dynseg.inference.settings import CANDIDATE_CONFIDENCE, PredictSettings
from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import load

PADDING = 114
"""Grey of what the image does not cover in the network's input, as in training."""

STRIDE = 32

GPU_BATCH = 8

log = logging.getLogger(__name__)


class NotEnoughMemoryError(EngineError):
    """The model needs more memory than there is; no label was changed."""


@dataclass(frozen=True, slots=True, eq=False)
class ModelInput:
    """One image as the network takes it.

    Attributes:
        pixels: `(h, w, 3)` uint8 RGB, letterboxed.
        letterbox: How the image lies in it.
    """

    pixels: NDArray[np.uint8]
    letterbox: Letterbox


@dataclass(frozen=True, slots=True, eq=False)
class RawOutput:
    """What the network said about one image, on the CPU.

    Attributes:
        candidates: Boxes after suppression, mask coefficients and prototypes.
        letterbox: How the image lay in the input.
    """

    candidates: Candidates
    letterbox: Letterbox


def prepare_process() -> None:
    """Set torch up for running models: one core is left to decoding, polygons and the window."""
    torch.set_num_threads(thread_count())
    cv2.setNumThreads(1)


class Predictor:
    """Runs one model on one device, for one thread at a time.

    The three steps of `predict` can run on different threads: `prepare`, `forward`, `polygons`.

    Attributes:
        path: The weights file.
        card: What is known about the model.
        device: Where it runs and why; changes when a GPU fails.
    """

    backend = "torch"

    def __init__(self, path: Path, model: nn.Module, card: ModelCard, device: DeviceReport) -> None:
        self.path = path
        self.card = card
        self.device = device
        self._model: Any = model

    @classmethod
    def load(cls, path: Path, *, device: str = "auto") -> Predictor:
        """Load a model file.

        Raises:
            ModelFileError: the file cannot be used.
            InputError: the device's name makes no sense.
        """
        report = choose(device)
        model, card = _read(path)
        predictor = cls(path, model, card, report)
        if report.device != "cpu":
            try:
                model.to(report.device)
            except RuntimeError as error:
                predictor._leave_gpu(error)
        return predictor

    @property
    def batch_size(self) -> int:
        """Images that are best run together; on a CPU a batch brings nothing."""
        return 1 if self.device.device == "cpu" else GPU_BATCH

    def prepare(self, pixels: NDArray[np.uint8], settings: PredictSettings) -> ModelInput:
        """Scale an image into the network's input.

        Args:
            pixels: `(H, W, 3)` uint8 RGB, as `dynseg.images.decode` gives them.
            settings: `image_size` 0 is the size that the model was trained with.
        """
        size = -(-(settings.image_size or self.card.image_size) // STRIDE) * STRIDE
        height, width = pixels.shape[:2]
        box = Letterbox.fit(width, height, size=size, stride=STRIDE)
        inner = (box.inner_width, box.inner_height)
        if inner != (width, height):
            # Bilinear skips pixels when an image shrinks a lot, and small objects with them.
            how = cv2.INTER_AREA if box.scale < 0.75 else cv2.INTER_LINEAR
            pixels = np.asarray(cv2.resize(pixels, inner, interpolation=how), np.uint8)
        padded = np.full((box.height, box.width, 3), PADDING, np.uint8)
        padded[box.pad_top : box.pad_top + inner[1], box.pad_left : box.pad_left + inner[0]] = (
            pixels
        )
        return ModelInput(padded, box)

    def forward(
        self,
        items: Sequence[ModelInput],
        settings: PredictSettings,
        *,
        confidence: float = CANDIDATE_CONFIDENCE,
    ) -> list[RawOutput]:
        """Run the network on prepared images; those of one size run together.

        A GPU that fails is left for the CPU, and `device` says so.

        Args:
            items: At most `batch_size` images are sensible.
            settings: Overlap and number of detections.
            confidence: Lowest score to keep.

        Raises:
            EngineError: the network cannot run on this machine.
        """
        groups: dict[tuple[int, ...], list[int]] = {}
        for index, item in enumerate(items):
            groups.setdefault(item.pixels.shape, []).append(index)
        found: dict[int, Candidates] = {}
        for indices in groups.values():
            answers = self._run([items[index].pixels for index in indices], settings, confidence)
            found.update(zip(indices, answers, strict=True))
        return [RawOutput(found[index], item.letterbox) for index, item in enumerate(items)]

    def polygons(self, raw: RawOutput, settings: PredictSettings) -> list[Detection]:
        """Turn the masks of one image into polygons in image pixels, surest first."""
        return trace(raw.candidates, raw.letterbox, simplify_px=settings.simplify_px)

    def predict(self, pixels: NDArray[np.uint8], settings: PredictSettings) -> list[Detection]:
        """Find objects in one image.

        Args:
            pixels: `(H, W, 3)` uint8 RGB.
            settings: How; `confidence` plays no part: candidates are kept down to
                `CANDIDATE_CONFIDENCE` and filtered by those who show them.

        Returns:
            Detections, surest first, polygons in image pixels.

        Raises:
            EngineError: the network cannot run on this machine.
        """
        return self.predict_many([pixels], settings)[0]

    def predict_many(
        self, images: Sequence[NDArray[np.uint8]], settings: PredictSettings
    ) -> list[list[Detection]]:
        """`predict` for several images; on a GPU those of one size run together."""
        found: list[list[Detection]] = []
        for start in range(0, len(images), self.batch_size):
            group = images[start : start + self.batch_size]
            raw = self.forward([self.prepare(pixels, settings) for pixels in group], settings)
            found.extend(self.polygons(answer, settings) for answer in raw)
        return found

    def _run(
        self, pixels: Sequence[NDArray[np.uint8]], settings: PredictSettings, confidence: float
    ) -> list[Candidates]:
        try:
            return self._run_once(pixels, settings, confidence)
        except RuntimeError as error:
            if self.device.device == "cpu":
                raise _cannot_run(error) from error
            if isinstance(error, torch.OutOfMemoryError) and len(pixels) > 1:
                torch.cuda.empty_cache()
                middle = len(pixels) // 2
                parts = (pixels[:middle], pixels[middle:])
                return [found for p in parts for found in self._run(p, settings, confidence)]
            self._leave_gpu(error)
            return self._run(pixels, settings, confidence)

    @torch.inference_mode()
    def _run_once(
        self, pixels: Sequence[NDArray[np.uint8]], settings: PredictSettings, confidence: float
    ) -> list[Candidates]:
        batch = torch.from_numpy(np.stack(pixels)).to(self.device.device)
        # Bytes travel, floats are made where they are needed; the layout stays channels last.
        (predictions, prototypes), _ = self._model(batch.permute(0, 3, 1, 2).float().div_(255))
        return [
            select(
                predictions[index],
                prototypes[index],
                class_count=len(self.card.classes),
                confidence=confidence,
                iou=settings.iou,
                max_detections=settings.max_detections,
            )
            for index in range(len(pixels))
        ]

    def _leave_gpu(self, error: BaseException) -> None:
        """Go on on the CPU after the GPU has failed.

        The weights are read again: after some errors nothing can be copied off a GPU.
        """
        log.warning("%s failed, going on with the CPU: %s", self.device.device, error)
        reason = "the GPU has too little memory" if _is_memory(error) else "the GPU failed"
        self._model = nn.Identity()
        gc.collect()
        self._model, _ = _read(self.path)
        self.device = DeviceReport("cpu", f"{reason} ({_first_line(error)})")


def _read(path: Path) -> tuple[nn.Module, ModelCard]:
    """A model for inference on the CPU and its card."""
    model: Any
    model, card = load(path)
    model.fuse(verbose=False)
    model.eval().requires_grad_(False)
    return model.to(memory_format=torch.channels_last), card


def _is_memory(error: BaseException) -> bool:
    return isinstance(error, torch.OutOfMemoryError) or "memory" in str(error).lower()


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:120]


def _cannot_run(error: RuntimeError) -> EngineError:
    if _is_memory(error):
        return NotEnoughMemoryError(
            "The model needs more memory than there is; no label was changed.",
            "Use a smaller image size or a smaller model, or close other programs.",
        )
    return EngineError(f"The model could not run ({_first_line(error)}); no label was changed.")
