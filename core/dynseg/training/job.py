"""What the trainer is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from torch import nn

from dynseg.training.budget import Budget
from dynseg.training.events import Event
from dynseg.training.ranks import Ranks
from dynseg.training.resume import ResumePoint


@dataclass(frozen=True, slots=True)
class TrainingJob:
    """What the trainer is given.

    Attributes:
        model: Network in training mode that knows the classes of `data`.
        data: From `dynseg.training.dataset.read_description`.
        budget: What the run may use.
        folder: Where ultralytics may write; nothing in it is read again.
        device: A torch device.
        threads: CPU threads.
        seed: Seed of everything random.
        freeze: Number of first layers that keep their weights.
        emit: Takes events.
        stop_requested: Whether and how somebody wants the run to end.
        save: Keeps a resume point.
        resume: Where to go on.
        ranks: Who learn together; `budget.batch` is then the images of one of them in a step.
    """

    model: nn.Module
    data: dict[str, Any]
    budget: Budget
    folder: Path
    device: str
    threads: int
    seed: int
    freeze: int
    emit: Callable[[Event], None]
    stop_requested: Callable[[], Literal["", "stop", "finish"]]
    save: Callable[[ResumePoint], None]
    resume: ResumePoint | None = None
    ranks: Ranks = field(default_factory=Ranks)

    @property
    def run_seed(self) -> int:
        """Of all ranks; what goes on shows other pictures than those that it began with."""
        return self.seed + (self.resume.epoch if self.resume is not None else 0)
