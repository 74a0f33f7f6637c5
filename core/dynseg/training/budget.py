"""How long a run goes on, and how its learning rate falls on the way. Free of torch."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from dynseg.training.config import PRESETS, TrainConfig
from dynseg.training.image_size import (
    MOST_SIZE_CPU,
    MOST_SIZE_GPU,
    NO_OBJECTS,
    ObjectShares,
    wanted_close_up,
    wanted_size,
)

LEAST_SAMPLES_PER_EPOCH = 64
"""Fewer images than this are repeated within a pass: batches and mosaics want variety."""
WARM_UP = 0.04
"""Part of a run in which the learning rate rises."""
FINAL_RATE = 0.01
MOST_SAMPLES = PRESETS["thorough"].samples
"""A run that was given a time ends by it, and otherwise after so many images."""
LEAST_LEARNING = 0.5
"""Part of a time limit that goes into learning at least, however long measuring takes."""
END_SAMPLES = 480
"""Images that a run still learns from once somebody wants it to finish."""
END_S = 45.0
"""Seconds that it does so at most."""
PLAIN_IMAGES = 0.8
"""Part of a run after which images are no longer put together into mosaics."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What a run may use.

    Attributes:
        repeats: How often an image comes in one pass.
        epochs: Passes.
        samples: Images shown in all, repetitions counted.
        time_s: Seconds of the training loop.
        image_size: Pixels.
        close_up: How many times larger than in the whole image it also sees parts; 1 for none.
        batch: Images in one step.
        learning_rate: Highest learning rate.
    """

    repeats: int
    epochs: int
    samples: int
    time_s: float
    image_size: int
    close_up: float
    batch: int
    learning_rate: float

    def share_done(self, samples: int, elapsed_s: float) -> float:
        """Part of the run that is over, 0 to 1: whichever of images and time is nearer its end.

        Everything that depends on how far the run is follows this number, so a slow or busy
        machine gets fewer steps but the same course.
        """
        return min(1.0, max(samples / self.samples, elapsed_s / self.time_s))


@dataclass(frozen=True, slots=True)
class Ending:
    """The rest of a course in a few steps, for a run that somebody wants to finish now.

    A network whose rate is still high is worse than it could be: a few steps at a falling one are
    worth more than the many at a high one that were to come.

    Attributes:
        share: Part of the run that was over when it began, or that has the same rate near the end.
        samples: Images shown by then.
        elapsed_s: Seconds of the training loop by then.
    """

    share: float
    samples: int
    elapsed_s: float

    @classmethod
    def begin(cls, share_done: float, samples: int, elapsed_s: float) -> Ending:
        """From here on the rate only falls."""
        return cls(falling_share(rate_factor(share_done)), samples, elapsed_s)

    def share_done(self, samples: int, elapsed_s: float) -> float:
        """Part of the run that is over."""
        way = max((samples - self.samples) / END_SAMPLES, (elapsed_s - self.elapsed_s) / END_S)
        return min(1.0, self.share + (1 - self.share) * way)


def plan_budget(
    config: TrainConfig,
    *,
    images: int,
    parent_size: int,
    shares: ObjectShares = NO_OBJECTS,
    on_gpu: bool = False,
) -> Budget:
    """The budget of a run.

    Args:
        config: Wishes of the user.
        images: Images that train.
        parent_size: Longer side of the images that the parent was trained on.
        shares: From `object_shares`: small objects get larger images, up to what the device can
            bear, and close-ups beyond that; neither where the user has chosen a size.
        on_gpu: Whether a GPU trains.
    """
    preset = PRESETS[config.preset]
    repeats = max(1, math.ceil(LEAST_SAMPLES_PER_EPOCH / images))
    samples = MOST_SAMPLES if config.time_limit_min else preset.samples
    epochs = config.epochs or max(1, math.ceil(samples / (images * repeats)))
    least = max(preset.image_size, parent_size)
    most = MOST_SIZE_GPU if on_gpu else MOST_SIZE_CPU
    size = config.image_size or wanted_size(shares.small, least=least, most=max(least, most))
    minutes = config.time_limit_min or (math.inf if config.epochs else preset.time_limit_min)
    return Budget(
        repeats=repeats,
        epochs=epochs,
        samples=epochs * images * repeats,
        time_s=minutes * 60,
        image_size=max(32, math.ceil(size / 32) * 32),
        close_up=1.0 if config.image_size else wanted_close_up(shares, size),
        batch=config.batch or preset.batch,
        learning_rate=config.learning_rate or preset.learning_rate,
    )


def within(budget: Budget, limit_s: float, *, spent_s: float, measured_s: float) -> Budget:
    """The budget so that a run as a whole ends in time, its measurements included.

    Args:
        budget: Of the run.
        limit_s: Seconds that the whole run may take.
        spent_s: Of these are over before learning begins.
        measured_s: Took the measurement of the model before; that of the new one, the pictures of
            what changed and the trial of outlines along edges take about as long each. The last two
            end with the time, however little is left.
    """
    left_s = limit_s - spent_s - 3 * measured_s
    return replace(budget, time_s=max(LEAST_LEARNING * limit_s, left_s))


def part_of(budget: Budget, share: float) -> Budget:
    """A budget of so much of the images and of the time; at least one step."""
    samples = max(budget.batch, round(share * budget.samples))
    epochs = max(1, math.ceil(share * budget.epochs))
    return replace(budget, epochs=epochs, samples=samples, time_s=share * budget.time_s)


def smaller_step(budget: Budget, batch: int) -> Budget:
    """The budget with fewer images in one step, and the rate that suits them."""
    rate = budget.learning_rate * math.sqrt(batch / budget.batch)
    return replace(budget, batch=batch, learning_rate=rate)


def rate_factor(share_done: float) -> float:
    """Learning rate over its highest value: a short rise, then half a cosine."""
    if share_done < WARM_UP:
        return max(0.02, share_done / WARM_UP)
    fallen = (share_done - WARM_UP) / (1 - WARM_UP)
    return FINAL_RATE + (1 - FINAL_RATE) * 0.5 * (1 + math.cos(math.pi * min(1.0, fallen)))


def falling_share(factor: float) -> float:
    """Part of a run that is over when its rate has fallen to `factor`, from `rate_factor`."""
    cosine = 2 * (factor - FINAL_RATE) / (1 - FINAL_RATE) - 1
    return WARM_UP + (1 - WARM_UP) * math.acos(max(-1.0, min(1.0, cosine))) / math.pi
