"""A model in memory that turns pixels into detections."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from dynseg.errors import EngineError, is_out_of_memory
from dynseg.geometry.letterbox import Letterbox
from dynseg.inference.backends.backend import Backend, Pinning, Shared
from dynseg.inference.backends.choice import (
    FIRST,
    UNMEASURED,
    choice_for,
    cpu_backend,
    first_line,
)
from dynseg.inference.backends.device import DeviceReport, choose
from dynseg.inference.detections import Detection
from dynseg.inference.letterboxed import ModelInput, input_side, letterboxed
from dynseg.inference.outlines.polygons import Candidates, trace
from dynseg.inference.postprocess import Selection
from dynseg.inference.settings import CANDIDATE_CONFIDENCE, PredictSettings
from dynseg.model.card import ModelCard, read_card
from dynseg.progress import Report, ignore

log = logging.getLogger(__name__)


class NotEnoughMemoryError(EngineError):
    """The model needs more memory than there is; no label was changed."""


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
    """Set the process up for running models: OpenCV's threads would meet those of the model."""
    cv2.setNumThreads(1)


class Predictor:
    """Runs one model on one device.

    The three steps of `predict` can run on different threads: `prepare`, `forward`, `polygons`;
    each of them on several threads at once.

    Args:
        path: The weights file.
        card: What is known about the model.
        backend: What runs it.
        device: Where that is.
        half: Another backend, if this one fails, may compute in half precision.

    Attributes:
        path, card, half: As given.
        device: Where it runs and why; changes when a GPU fails.
    """

    def __init__(
        self,
        path: Path,
        card: ModelCard,
        backend: Backend,
        device: DeviceReport,
        *,
        half: bool = True,
    ) -> None:
        self.path = path
        self.card = card
        self.device = device
        self._backend = backend
        self.half = half
        self._falling_back = threading.Lock()

    @classmethod
    def load(
        cls,
        path: Path,
        *,
        device: str = "auto",
        backend: str = "auto",
        half: bool = True,
        measured: bool = True,
        report: Report = ignore,
    ) -> Predictor:
        """Load a model file.

        Args:
            path: A `.safetensors` file with its card.
            device: `auto`, `cpu`, `cuda` or `cuda:N`.
            backend: `auto` for the fastest on this machine, or a key of `choice.MAKERS`.
            half: Compute in half precision where the device is faster in it.
            measured: Find out which backend is the fastest before, where nobody has; see
                `cpu_backend`.
            report: Told while a model is prepared for a backend, on first use.

        Raises:
            ModelFileError: the file cannot be used.
            InputError: the device's or the backend's name makes no sense.
        """
        where = choose(device)
        card = read_card(path)
        if where.device != "cpu" and backend in ("auto", "torch"):
            from dynseg.inference.backends.torch_backend import TorchBackend

            try:
                return cls(
                    path, card, TorchBackend.load(path, where.device, half=half), where, half=half
                )
            except RuntimeError as error:
                where = _after(where, error)
        found, why = cpu_backend(
            path, card, wanted=backend, half=half, measured=measured, report=report
        )
        return cls(path, card, found, _on_cpu(where.reason, why), half=half)

    @property
    def is_measured(self) -> bool:
        """Whether what runs the model was measured to be the fastest, or chosen by hand."""
        return not self.device.reason.endswith(UNMEASURED)

    def take_measured(self) -> bool:
        """Say what was measured since the model was loaded, if that is what runs it.

        Returns:
            Whether the model should be loaded anew, because another backend is faster.
        """
        choice = None if self.is_measured else choice_for(self.card, half=self.half)
        if choice is None or choice.backend != FIRST:
            return choice is not None
        reason = self.device.reason.removesuffix(f"; {UNMEASURED}")
        self.device = _on_cpu(reason, choice.reason)
        return False

    @property
    def backend(self) -> str:
        """Name of what runs the model."""
        return self._backend.name

    @property
    def batch_size(self) -> int:
        """Images that are best run together."""
        return self._backend.batch_size

    @property
    def in_flight(self) -> int:
        """Calls of `forward` that are worth having under way at once."""
        return self._backend.in_flight

    def pinned(self, shared: Shared) -> AbstractContextManager[None]:
        """See `Pinning.pinned`; nothing where no device reads the memory of this process."""
        backend = self._backend
        return backend.pinned(shared) if isinstance(backend, Pinning) else nullcontext()

    def prepare(
        self, pixels: NDArray[np.uint8], settings: PredictSettings, *, least_px: int = 0
    ) -> ModelInput:
        """Scale an image into the network's input.

        Args:
            pixels: `(H, W, 3)` uint8 RGB, as `dynseg.images.decode` gives them.
            settings: `image_size` 0 is the size that the model was trained with.
            least_px: Both sides of the input are at least so long, a multiple of 32.
        """
        return letterboxed(pixels, self.input_px(settings), least=least_px)

    def input_px(self, settings: PredictSettings) -> int:
        """Longer side of the network's input, pixels."""
        return input_side(settings.image_size or self.card.image_size)

    def forward(
        self,
        items: Sequence[ModelInput],
        settings: PredictSettings,
        *,
        confidence: float = CANDIDATE_CONFIDENCE,
    ) -> list[RawOutput]:
        """Run the network on prepared images; those of one size run together.

        A backend that fails is left for another one, and `device` says so.

        Args:
            items: At most `batch_size` images are sensible.
            settings: Overlap and number of detections.
            confidence: Lowest score to keep.

        Raises:
            EngineError: the network cannot run on this machine.
        """
        selection = Selection(confidence, settings.iou, settings.max_detections)
        groups: dict[tuple[int, ...], list[int]] = {}
        for index, item in enumerate(items):
            groups.setdefault(item.pixels.shape, []).append(index)
        found: dict[int, Candidates] = {}
        for indices in groups.values():
            answers = self._run([items[index].pixels for index in indices], selection)
            found.update(zip(indices, answers, strict=True))
        return [RawOutput(found[index], item.letterbox) for index, item in enumerate(items)]

    def polygons(self, raw: RawOutput, settings: PredictSettings) -> list[Detection]:
        """Turn the masks of one image into polygons in image pixels, surest first."""
        return trace(raw.candidates, raw.letterbox, simplify_px=settings.simplify_px)

    def predict(
        self, pixels: NDArray[np.uint8], settings: PredictSettings, *, least_px: int = 0
    ) -> list[Detection]:
        """Find objects in one image.

        Args:
            pixels: `(H, W, 3)` uint8 RGB.
            settings: How; `confidence` plays no part: candidates are kept down to
                `CANDIDATE_CONFIDENCE` and filtered by those who show them.
            least_px: See `prepare`.

        Returns:
            Detections, surest first, polygons in image pixels.

        Raises:
            EngineError: the network cannot run on this machine.
        """
        item = self.prepare(pixels, settings, least_px=least_px)
        return self.polygons(self.forward([item], settings)[0], settings)

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

    def _run(self, images: list[NDArray[np.uint8]], selection: Selection) -> list[Candidates]:
        backend = self._backend
        try:
            return backend.run(images, selection)
        except RuntimeError as error:
            with self._falling_back:
                if self._backend is backend:  # else another thread was faster
                    if self.device.device == "cpu" and backend.name == "torch":
                        raise _cannot_run(error) from error
                    self._fall_back(error)
            return self._run(images, selection)

    def _fall_back(self, error: RuntimeError) -> None:
        """Go on on the CPU after a GPU has failed, in torch after another backend has.

        The weights are read again: after some errors nothing can be copied off a GPU.
        """
        log.warning("%s on %s failed: %s", self.backend, self.device.device, error)
        if self.device.device == "cpu":
            reason, wanted = f"{self.backend} failed ({first_line(error)}), torch goes on", "torch"
        else:
            reason, wanted = _after(self.device, error).reason, "auto"
        gc.collect()
        self._backend, why = cpu_backend(self.path, self.card, wanted=wanted, half=self.half)
        self.device = DeviceReport("cpu", reason if wanted == "torch" else f"{reason}; {why}")


def load(
    path: Path, settings: PredictSettings, report: Report = ignore, *, measured: bool = True
) -> Predictor:
    """`Predictor.load` with what the settings say about where and by what it runs."""
    return Predictor.load(
        path,
        device=settings.device,
        backend=settings.backend,
        half=settings.half,
        measured=measured,
        report=report,
    )


def _on_cpu(reason: str, why: str) -> DeviceReport:
    """The CPU: why that, and why what runs it there."""
    return DeviceReport("cpu", f"{reason}; {why}")


def _after(device: DeviceReport, error: BaseException) -> DeviceReport:
    """The CPU, because a GPU has failed."""
    log.warning("%s failed, going on with the CPU: %s", device.device, error)
    reason = "the GPU has too little memory" if is_out_of_memory(error) else "the GPU failed"
    return DeviceReport("cpu", f"{reason} ({first_line(error)})")


def _cannot_run(error: RuntimeError) -> EngineError:
    if is_out_of_memory(error):
        return NotEnoughMemoryError(
            "The model needs more memory than there is; your labels are safe.",
            "Use a smaller image size or a smaller model, or close other programs.",
        )
    return EngineError(f"The model could not run ({first_line(error)}); your labels are safe.")
