"""A loaded model that turns pixels into detections."""

from __future__ import annotations

import copy
import logging
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torchvision.ops import batched_nms

from dynseg.errors import EngineError
from dynseg.geometry.letterbox import Letterbox
from dynseg.inference.detections import Detection
from dynseg.inference.device import DeviceReport, choose
from dynseg.inference.polygons import Candidates, trace
from dynseg.inference.settings import CANDIDATE_CONFIDENCE, PredictSettings
from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import load

PADDING = 114
"""Grey of what the image does not cover in the network's input, as in training."""
STRIDE = 32

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ModelInput:
    """One image as the network takes it.

    Attributes:
        pixels: `(h, w, 3)` uint8 RGB, letterboxed.
        letterbox: How the image lies in it.
    """

    pixels: NDArray[np.uint8]
    letterbox: Letterbox


@dataclass(frozen=True, slots=True)
class RawOutput:
    """What the network said about one image, on the CPU.

    Attributes:
        candidates: Boxes after suppression, mask coefficients and prototypes.
        letterbox: How the image lay in the input.
    """

    candidates: Candidates
    letterbox: Letterbox


class Predictor:
    """Runs one model on one device. Safe to use from one thread at a time.

    Its three steps can run on different threads: `prepare`, `forward`, `polygons`.

    Args:
        model: Unfused network, eval mode, float32.
        card: Its card.
        device: Where it runs and why.
    """

    backend = "torch"

    def __init__(self, model: nn.Module, card: ModelCard, device: DeviceReport) -> None:
        self.card = card
        self.device = device
        self._plain_model = model
        self._place(device.device)

    @classmethod
    def load(cls, path: Path, *, device: str = "auto") -> Predictor:
        """Load a model file.

        Raises:
            ModelFileError: the file cannot be used.
            InputError: the device's name makes no sense.
        """
        model, card = load(path)
        return cls(model, card, choose(device))

    def _place(self, device: str) -> None:
        fused: Any = copy.deepcopy(self._plain_model)
        fused = fused.fuse(verbose=False).eval()
        self._model = fused.to(device).to(memory_format=torch.channels_last)

    def prepare(self, pixels: NDArray[np.uint8], settings: PredictSettings) -> ModelInput:
        """Scale an image into the network's input.

        Args:
            pixels: `(H, W, 3)` uint8 RGB.
            settings: `image_size` 0 is the size that the model was trained with.
        """
        size = -(-(settings.image_size or self.card.image_size) // STRIDE) * STRIDE
        height, width = pixels.shape[:2]
        box = Letterbox.fit(width, height, size=size, stride=STRIDE)
        scaled = pixels
        if (box.inner_width, box.inner_height) != (width, height):
            # Area averaging keeps small objects when an image shrinks a lot; linear skips pixels.
            how = cv2.INTER_AREA if box.scale < 0.75 else cv2.INTER_LINEAR
            size_px = (box.inner_width, box.inner_height)
            scaled = np.asarray(cv2.resize(pixels, size_px, interpolation=how), np.uint8)
        padded = np.full((box.height, box.width, 3), PADDING, np.uint8)
        bottom, right = box.pad_top + box.inner_height, box.pad_left + box.inner_width
        padded[box.pad_top : bottom, box.pad_left : right] = scaled
        return ModelInput(padded, box)

    def forward(self, item: ModelInput, settings: PredictSettings) -> RawOutput:
        """Run the network on one prepared image.

        A GPU that fails is left for the CPU, and `device` says so.

        Raises:
            EngineError: the network cannot run on this machine.
        """
        try:
            return self._forward(item, settings)
        except RuntimeError as error:
            if self.device.device == "cpu":
                raise EngineError(
                    f"The model could not run on an image ({error}).",
                    "Try a smaller image size; labels are as they were.",
                ) from error
            log.warning("the GPU failed, going on with the CPU: %s", error)
            reason = "the GPU ran out of memory" if "memory" in str(error) else "the GPU failed"
            self.device = DeviceReport("cpu", f"{reason}: {str(error).splitlines()[0][:120]}")
            self._place("cpu")
            return self._forward(item, settings)

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
        return self.polygons(self.forward(self.prepare(pixels, settings), settings), settings)

    def predict_many(
        self, images: Sequence[NDArray[np.uint8]], settings: PredictSettings
    ) -> list[list[Detection]]:
        """`predict` for each image; each has its own kernel, so nothing is shared between them."""
        return [self.predict(pixels, settings) for pixels in images]

    def _forward(self, item: ModelInput, settings: PredictSettings) -> RawOutput:
        device = self.device.device
        with torch.inference_mode():
            image = torch.from_numpy(item.pixels).to(device, non_blocking=True)
            batch = image.permute(2, 0, 1)[None].float().div_(255)
            output: Any = self._model(batch.contiguous(memory_format=torch.channels_last))
            predictions, prototypes = output[0] if isinstance(output[0], tuple) else output[:2]
            found = _suppress(predictions[0], len(self.card.classes), settings)
            boxes, scores, classes, coefficients = (part.cpu() for part in found)
            candidates = Candidates(
                boxes=boxes.numpy(),
                scores=scores.numpy(),
                classes=classes.numpy(),
                coefficients=coefficients.numpy(),
                prototypes=prototypes[0].float().cpu().numpy(),
            )
        return RawOutput(candidates, item.letterbox)


def _suppress(
    predictions: Tensor, class_count: int, settings: PredictSettings
) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Keep the best of overlapping boxes of one class.

    Args:
        predictions: `(4 + classes + M, anchors)`: x, y, w, h in model pixels, scores, coefficients.
        class_count: Number of classes.
        settings: Overlap and number of detections.

    Returns:
        Boxes `(K, 4)` x0 y0 x1 y1, scores `(K,)`, classes `(K,)`, coefficients `(K, M)`.
    """
    scores, classes = predictions[4 : 4 + class_count].max(0)
    kept = (scores > CANDIDATE_CONFIDENCE).nonzero()[:, 0]
    chosen = predictions[:, kept].T.float()
    centre, half = chosen[:, :2], chosen[:, 2:4] / 2
    boxes = torch.cat([centre - half, centre + half], 1)
    scores, classes = scores[kept].float(), classes[kept]
    best = batched_nms(boxes, scores, classes, settings.iou)[: settings.max_detections]
    return boxes[best], scores[best], classes[best], chosen[best, 4 + class_count :]


def prepare_process() -> None:
    """Set torch up for running models: one core is left to decoding, polygons and the window."""
    torch.set_num_threads(max(1, (os.cpu_count() or 2) - 1))
    cv2.setNumThreads(1)
