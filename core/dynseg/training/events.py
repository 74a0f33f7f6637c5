"""What a training run says while it goes on: one JSON object a line in its `events.jsonl`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import SupportsFloat

import msgspec


class RunStarted(msgspec.Struct, frozen=True, tag="run_started", tag_field="type"):
    """Training begins, or goes on after a break.

    Attributes:
        epochs: Passes planned; the time limit may end it sooner.
        images: Images that train.
        val_images: Images that validate, or that measure before they teach.
        resumed: Epochs that were done before.
        folds: How often images measure before they teach, see `training.fold_plan`.
    """

    epochs: int
    images: int
    val_images: int
    device: str
    resumed: int = 0
    folds: int = 0


class FoldStarted(msgspec.Struct, frozen=True, tag="fold_started", tag_field="type"):
    """Learning begins without some of the images, which then measure.

    Attributes:
        fold: Counts from 1.
        folds: How often that happens, each time without others.
        images: How many images are left out.
    """

    fold: int
    folds: int
    images: int


class Advanced(msgspec.Struct, frozen=True, tag="advanced", tag_field="type"):
    """Where the run stands, every two seconds or so.

    Attributes:
        share: Part of the training loop that is done, 0 to 1; folds are parts of it.
        eta_s: Seconds left in it.
    """

    share: float
    eta_s: float


class EpochEnded(msgspec.Struct, frozen=True, tag="epoch_ended", tag_field="type"):
    """One pass over the images.

    Attributes:
        epoch: Counts from 1.
        losses: Mean training losses by name.
        map50, map50_95: Mask mAP on the validation images; None when they were not looked at.
        seconds: How long it took.
        memory_bytes: Memory of the process, or of the GPU.
        router_entropy: Lowest entropy of a router over its maximum: 1 is an even mixture, 0 one
            expert alone; None without routers.
    """

    epoch: int
    epochs: int
    losses: dict[str, float]
    map50: float | None
    map50_95: float | None
    seconds: float
    eta_s: float
    memory_bytes: int
    learning_rate: float
    router_entropy: float | None = None


class Evaluated(msgspec.Struct, frozen=True, tag="evaluated", tag_field="type"):
    """A model was measured on the validation images.

    Attributes:
        name: `before` (the parent) or `after` (the candidate).
        map50, map50_95: Mask mAP with classes compared by name.
        per_class: Mask mAP50 by class name.
        agnostic_map50: Mask mAP50 with classes ignored, where it was measured.
        images: Validation images that were looked at.
        apart: Whether the candidate learns from none of them; false where no image is kept for
            validation, as in a project whose labels came in with their places.
        folds: How often it was measured before it learned from the images, which goes for the
            parent likewise; 0 where it learns from none of them.
        reviewed: Images that the candidate learns from, where there are folds.
    """

    name: str
    map50: float
    map50_95: float
    per_class: dict[str, float]
    agnostic_map50: float | None = None
    images: int = 0
    apart: bool = True
    folds: int = 0
    reviewed: int = 0


class RunFinished(msgspec.Struct, frozen=True, tag="run_finished", tag_field="type"):
    """There is a candidate; it is not active yet.

    Attributes:
        model_path: Its weights file.
        problem: Why it must not be promoted, as a sentence; empty when it may.
    """

    model_path: str
    map50: float
    map50_95: float
    map50_before: float
    map50_95_before: float
    seconds: float
    problem: str = ""


class RunFailed(msgspec.Struct, frozen=True, tag="run_failed", tag_field="type"):
    """The run has ended without a candidate; the active model is unchanged."""

    message: str
    hint: str


class RunStopped(msgspec.Struct, frozen=True, tag="run_stopped", tag_field="type"):
    """Somebody stopped the run; it can be resumed after `epoch`."""

    epoch: int


class RunLog(msgspec.Struct, frozen=True, tag="run_log", tag_field="type"):
    """A remark for people."""

    text: str


Event = (
    RunStarted
    | FoldStarted
    | Advanced
    | EpochEnded
    | Evaluated
    | RunFinished
    | RunFailed
    | RunStopped
    | RunLog
)


def finite_only(values: Mapping[str, SupportsFloat]) -> dict[str, float]:
    """Figures that JSON can say: one skipped step makes the mean loss of its epoch no number."""
    numbers = {name: float(value) for name, value in values.items()}
    return {name: number for name, number in numbers.items() if math.isfinite(number)}


_decoder = msgspec.json.Decoder(Event)


def encode(event: Event) -> bytes:
    """One line, newline included."""
    return msgspec.json.encode(event) + b"\n"


def decode(line: bytes) -> Event:
    """The event of a line; a remark that says so when it cannot be read."""
    try:
        return _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return RunLog("(a line of the run's log could not be read)")


def read(path: Path, *, since_line: int = 0) -> list[Event]:
    """Events of a file from a line on; a last line that is still being written is left out."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return []
    lines = data.split(b"\n")[:-1]
    return [decode(line) for line in lines[since_line:]]
