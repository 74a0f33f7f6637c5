"""What a training run is asked to do. Free of torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

import msgspec

Preset = Literal["quick", "standard", "thorough"]

_Count = Annotated[int, msgspec.Meta(ge=0)]
_Amount = Annotated[float, msgspec.Meta(ge=0)]
Folds = Literal["auto"] | _Count


class TrainConfig(msgspec.Struct, frozen=True, kw_only=True):
    """Wishes of the user; 0 leaves a value to the preset.

    Attributes:
        preset: How long it may take and how much it tries.
        epochs: Passes over the training images; a few images are repeated within one pass.
        image_size: Longer side of the images that the network sees, pixels; 0 takes more than the
            preset's where the objects are small.
        batch: Images in one step.
        learning_rate: Highest learning rate of AdamW.
        freeze: Number of first layers that keep their weights.
        seed: Seed of everything random.
        time_limit_min: Minutes that the run takes instead of the preset's, measurements included;
            at least half of them are learned in.
        device: As `devices.choose_devices` reads it.
        threads: CPU threads.
        folds: How often a part of the images measures before all of them teach; 0 where only those
            that are kept for validation measure, `auto` by their number, see `training.fold_plan`.
    """

    preset: Preset = "quick"
    epochs: _Count = 0
    image_size: _Count = 0
    batch: _Count = 0
    learning_rate: _Amount = 0.0
    freeze: _Count = 0
    seed: int = 0
    time_limit_min: _Amount = 0.0
    device: str = "auto"
    threads: _Count = 0
    folds: Folds = "auto"


@dataclass(frozen=True, slots=True)
class PresetValues:
    """What a preset stands for.

    Attributes:
        samples: Images shown to the network, repetitions counted.
        time_limit_min: Minutes of the training loop.
        image_size: Pixels; 0 is the size that the parent was trained on.
        batch: Images in one step.
        learning_rate: Highest learning rate.
    """

    samples: int
    time_limit_min: float
    image_size: int
    batch: int
    learning_rate: float


PRESETS: dict[str, PresetValues] = {
    "quick": PresetValues(6_000, 4.2, 0, 16, 4e-3),
    "standard": PresetValues(40_000, 25.0, 480, 16, 3e-3),
    "thorough": PresetValues(250_000, 180.0, 640, 16, 2e-3),
}
