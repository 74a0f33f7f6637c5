"""Which backend runs a model on the CPU: measured once on this machine, then remembered.

Measuring takes seconds, most of them for loading torch. Nobody waits for it who wants to see one
image: until it is done, OpenVINO runs the model, which needs no torch and is the fastest as a rule.
Speed depends on the network's shape and on the machine, not on the weights: models of one shape
share a measurement, so that a freshly trained one starts without another.
"""

from __future__ import annotations

import logging
import math
import platform
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from dynseg.errors import EngineError, InputError
from dynseg.files import cache_folder, write_atomic
from dynseg.inference.backends.backend import Backend
from dynseg.inference.backends.converted import converted, converted_onnx, forget
from dynseg.inference.postprocess import Selection
from dynseg.machine import core_count
from dynseg.model.card import ModelCard
from dynseg.model.convert.direct import can_be_built, openvino_graph
from dynseg.progress import Progress, Report, ignore

ROUNDS = 3
SLOWER = 0.9
"""Another backend has to take less than this share of torch's time: torch needs no conversion."""

_SELECTION = Selection(confidence=0.25, iou=0.6, max_detections=300)
_UNUSABLE = (EngineError, ImportError, RuntimeError, OSError)
"""What backends raise that are not installed, or do not work on this machine."""

log = logging.getLogger(__name__)

Maker = Callable[[Path, ModelCard, bool], Backend]
"""Model file, its card, whether half precision is wanted."""


def _torch(path: Path, _card: ModelCard, _half: bool) -> Backend:
    from dynseg.inference.backends.torch_backend import TorchBackend

    return TorchBackend.load(path, "cpu")


def _openvino(path: Path, card: ModelCard, half: bool) -> Backend:
    from dynseg.inference.backends.openvino_backend import OpenVinoBackend

    if can_be_built(card):
        return OpenVinoBackend(openvino_graph(path, card), half=half)
    try:
        return OpenVinoBackend.read(converted(path, card), half=half)
    except RuntimeError:
        forget(path, card)  # damaged on the disk, or half of another version
        return OpenVinoBackend.read(converted(path, card), half=half)


def _onnx(path: Path, card: ModelCard, _half: bool) -> Backend:
    # Before a conversion that would be of no use.
    if find_spec("onnxruntime") is None:
        raise EngineError("ONNX Runtime is not installed.", "Install it: pip install onnxruntime")
    from dynseg.inference.backends.onnx_backend import OnnxBackend

    try:
        return OnnxBackend(converted_onnx(path, card))
    except RuntimeError:
        forget(path, card)
        return OnnxBackend(converted_onnx(path, card))


MAKERS: Mapping[str, Maker] = {
    "openvino": _openvino,
    "onnx": _onnx,
    "torch": _torch,
}
"""Backends by the name that a user gives; torch, which always works, comes last."""


FIRST = "openvino"
"""The backend that runs a model until they are measured."""
UNMEASURED = "OpenVINO, not yet compared with others here"
"""Why it does."""


class Choice(msgspec.Struct, frozen=True):
    """What was measured on this machine.

    Attributes:
        backend: A key of `MAKERS`.
        reason: The figures in words.
    """

    backend: str
    reason: str


def cpu_backend(
    path: Path,
    card: ModelCard,
    *,
    wanted: str = "auto",
    half: bool = True,
    measured: bool = True,
    report: Report = ignore,
) -> tuple[Backend, str]:
    """A backend for a model on the CPU and why it was taken.

    Args:
        path: The weights file.
        card: Its card.
        wanted: A key of `MAKERS`, or `auto` for the fastest on this machine.
        half: Half precision may be used where it is faster.
        measured: Measure first, where nobody has; otherwise `FIRST` is taken if it works here, for
            the reason `UNMEASURED`.
        report: Told while a model is converted and measured, which takes seconds, once.

    Raises:
        InputError: the backend has an unknown name or cannot be used here.
        ModelFileError: the model cannot be used.
    """
    if wanted != "auto":
        return _chosen(path, card, wanted, half), "chosen by hand"
    known = choice_for(card, half=half)
    if known is not None:
        try:
            return MAKERS[known.backend](path, card, half), known.reason
        except _UNUSABLE as error:
            log.warning("%s does not work any more: %s", known.backend, error)
    elif not measured:
        try:
            return MAKERS[FIRST](path, card, half), UNMEASURED
        except _UNUSABLE as error:
            log.warning("%s does not work: %s", FIRST, error)
    trial = _Trial(path, card, half, report)
    name = trial.fastest()
    if not trial.passing:
        _remember(_key(card, half), Choice(name, trial.reason(name)))
    return trial.usable[name], trial.reason(name)


def choice_for(card: ModelCard, *, half: bool) -> Choice | None:
    """What was measured for models of this shape; None where nothing was, yet."""
    known = _read().get(_key(card, half))
    return known if known is not None and known.backend in MAKERS else None


def choices_path() -> Path:
    """The file with what was measured on this machine."""
    return cache_folder() / "backends.json"


def _chosen(path: Path, card: ModelCard, wanted: str, half: bool) -> Backend:
    maker = MAKERS.get(wanted)
    if maker is None:
        raise InputError(f"There is no backend {wanted!r}.", f"Use auto, {', '.join(MAKERS)}.")
    try:
        return maker(path, card, half)
    except _UNUSABLE as error:
        raise InputError(
            f"{wanted} cannot run the model here ({first_line(error)}).", "Use --backend auto."
        ) from error


class _Trial:
    """Every backend that works here, loaded and measured.

    Attributes:
        usable: Loaded backends by name.
        passing: Some could not be tried for a reason that may go away, such as a full disk.
    """

    def __init__(self, path: Path, card: ModelCard, half: bool, report: Report) -> None:
        self.usable: dict[str, Backend] = {}
        self.passing = False
        self._refused: list[str] = []
        steps = len(MAKERS) + 1
        for done, (name, maker) in enumerate(MAKERS.items()):
            report(Progress("Making the model ready for this computer, once", done, steps))
            try:
                self.usable[name] = maker(path, card, half)
            except _UNUSABLE as error:
                if name == "torch":
                    raise
                self._refused.append(f"{name}: {first_line(error)}")
                self.passing |= isinstance(error, OSError)
        report(Progress("Measuring what is fastest here, once", steps - 1, steps))
        self._took_ms = self._measured(card)
        report(Progress("The model is ready", steps, steps))

    def fastest(self) -> str:
        """Name of the backend to take."""
        took = self._took_ms
        return min(took, key=lambda name: took[name] / (SLOWER if name == "torch" else 1))

    def reason(self, chosen: str) -> str:
        """The figures in words, and why others were not measured."""
        figures = {
            name: f"{self.usable[name].name} {took_ms:.0f} ms"
            for name, took_ms in self._took_ms.items()
            if 0 < took_ms < math.inf
        }
        parts = [text for name, text in figures.items() if name != chosen] + self._refused
        mine = f"{figures[chosen]} an image here" if chosen in figures else chosen
        return f"{mine} ({', '.join(parts)})" if parts else mine

    def _measured(self, card: ModelCard) -> dict[str, float]:
        """Milliseconds an image of each; a backend that fails takes for ever."""
        if len(self.usable) == 1:
            return dict.fromkeys(self.usable, 0.0)
        side = math.ceil(card.image_size / 32) * 32
        height = math.ceil(card.image_size * 0.75 / 32) * 32
        pixels = np.random.default_rng(0).integers(0, 255, (height, side, 3), np.uint8)
        took = dict.fromkeys(self.usable, math.inf)
        running = dict(self.usable)
        for number in range(ROUNDS + 1):
            for name, backend in list(running.items()):
                try:
                    seconds = _round(backend, pixels)
                except RuntimeError as error:
                    self._refused.append(f"{backend.name} cannot run ({first_line(error)})")
                    del running[name]
                    took[name] = math.inf
                    continue
                if number:  # the first round compiles
                    took[name] = min(took[name], 1000 * seconds)
        return took


def _round(backend: Backend, pixels: NDArray[np.uint8]) -> float:
    """Seconds an image, as many at a time as the backend likes."""
    images = 2 * backend.in_flight
    start_s = time.perf_counter()
    with ThreadPoolExecutor(backend.in_flight) as pool:
        list(pool.map(lambda _: backend.run([pixels], _SELECTION), range(images)))
    return (time.perf_counter() - start_s) / images


def _key(card: ModelCard, half: bool) -> str:
    """Everything that speed depends on."""
    shape = (card.family, card.scale, card.head, card.placement, card.experts, card.image_size)
    machine = (platform.machine(), _processor(), core_count())
    packages = [f"{name} {_version(name)}" for name in ("torch", "openvino", "onnxruntime")]
    precision = () if half else ("full precision",)
    return " ".join(map(str, (*shape, *machine, *packages, *precision)))


def first_line(error: BaseException) -> str:
    """What an error says, short enough for a status line."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:120]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if "model name" in line), "")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "-"


def _read() -> dict[str, Choice]:
    try:
        return msgspec.json.decode(choices_path().read_bytes(), type=dict[str, Choice])
    except (OSError, msgspec.DecodeError):
        return {}


def _remember(key: str, choice: Choice) -> None:
    try:
        choices_path().parent.mkdir(parents=True, exist_ok=True)
        write_atomic(choices_path(), msgspec.json.encode({**_read(), key: choice}))
    except OSError as error:
        log.warning("the choice of a backend cannot be kept: %s", error)
