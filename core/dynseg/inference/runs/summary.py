"""What a pre-label run did, counted while it runs."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Protocol

from dynseg.errors import DamagedError, DynsegError, ImageError, UnknownImageError
from dynseg.inference.backends.device import DeviceReport
from dynseg.model.card import ModelCard


@dataclass(frozen=True, slots=True)
class PrelabelSummary:
    """What a run did.

    Attributes:
        images: Images that the model has looked at, now or in an earlier attempt.
        instances: Proposals on them.
        failed: Images that could not be used: path relative to the images folder, reason.
        skipped: Images that were left alone: reviewed, skipped, labelled by a person, or changed
            again and again meanwhile.
        cached: How many of `images` needed no model, because it had seen them before.
        seconds: Duration without loading the model.
        images_per_s: Rate over the whole run.
        device: Where it ran.
        device_reason: Why there, a clause.
        backend: What ran it.
        model: Name of the model.
        run_id: The run in the project; None when nothing had to be changed, or for a bare folder.
    """

    images: int
    instances: int
    failed: list[tuple[str, str]]
    skipped: int
    cached: int
    seconds: float
    images_per_s: float
    device: str
    device_reason: str
    backend: str
    model: str
    run_id: str | None = None


@dataclass(slots=True)
class Tally:
    """Counts that grow while a run goes on; fields as in `PrelabelSummary`."""

    images: int = 0
    instances: int = 0
    skipped: int = 0
    cached: int = 0
    failed: list[tuple[str, str]] = field(default_factory=list)

    def add(self, *, fresh: bool, instances: int) -> None:
        """Count an image that the model has looked at, now or before."""
        self.images += 1
        self.cached += not fresh
        self.instances += instances


class Ran(Protocol):
    """A model that ran somewhere."""

    @property
    def card(self) -> ModelCard:
        """What is known about it."""

    @property
    def device(self) -> DeviceReport:
        """Where it ran."""

    @property
    def backend(self) -> str:
        """What ran it."""


def summary(tally: Tally, started_s: float, model: Ran, run_id: str | None) -> PrelabelSummary:
    """The counts at the end of a run that started at `started_s` of the monotonic clock."""
    seconds = time.monotonic() - started_s
    return PrelabelSummary(
        images=tally.images,
        instances=tally.instances,
        failed=tally.failed,
        skipped=tally.skipped,
        cached=tally.cached,
        seconds=seconds,
        images_per_s=tally.images / seconds if seconds > 0 else 0.0,
        device=model.device.device,
        device_reason=model.device.reason,
        backend=model.backend,
        model=model.card.name,
        run_id=run_id,
    )


def reason(error: DynsegError) -> str:
    """Why an image failed, as a clause for a list that names the image already."""
    if isinstance(error, DamagedError | ImageError | UnknownImageError):
        return error.reason
    return error.message
