"""Where a run goes on after a break: files that only this run reads, and whose hash it knows."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, fields
from typing import Any

import torch
from torch import Tensor

from dynseg.files import write_atomic
from dynseg.training.run import RunFolder


@dataclass(frozen=True, slots=True)
class ResumePoint:
    """The state of a run between two epochs.

    Attributes:
        epoch: Epochs done.
        samples: Images shown so far.
        elapsed_s: Seconds of the training loop so far.
        model, average: State of the network and of its moving average.
        updates: Updates of the average.
        optimizer: State of the optimizer.
    """

    epoch: int
    samples: int
    elapsed_s: float
    model: dict[str, Tensor]
    average: dict[str, Tensor]
    updates: int
    optimizer: dict[str, Any]


def save_point(run: RunFolder, point: ResumePoint) -> None:
    """Write a resume point, then say so in the status, then remove the one before.

    A crash at any moment leaves a status that names a whole file.

    Raises:
        OSError: the disk is full; the resume point before stays.
    """
    buffer = io.BytesIO()
    torch.save({f.name: getattr(point, f.name) for f in fields(point)}, buffer)
    data = buffer.getvalue()
    name = f"checkpoint-{point.epoch:05d}.pt"
    write_atomic(run.path / name, data)
    run.update(
        epoch=point.epoch, checkpoint=name, checkpoint_sha256=hashlib.sha256(data).hexdigest()
    )
    run.remove_points(keep=name)


def load_point(run: RunFolder) -> ResumePoint | None:
    """The newest resume point; None when there is none, or it is not the file that was written."""
    status = run.status()
    if not status.checkpoint:
        return None
    try:
        data = (run.path / status.checkpoint).read_bytes()
    except OSError:
        return None
    if hashlib.sha256(data).hexdigest() != status.checkpoint_sha256:
        return None
    content = torch.load(io.BytesIO(data), map_location="cpu", weights_only=True)
    return ResumePoint(**content)
