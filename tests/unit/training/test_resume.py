"""A resume point is used only when it is the file that was written."""

from __future__ import annotations

from pathlib import Path

import torch

from dynseg.training.resume import ResumePoint, load_point, save_point
from dynseg.training.run import RunFolder


def point(epoch: int) -> ResumePoint:
    layer = torch.nn.Linear(3, 2)
    optimizer = torch.optim.AdamW(layer.parameters())
    layer(torch.ones(1, 3)).sum().backward()
    optimizer.step()
    state = layer.state_dict()
    return ResumePoint(epoch, epoch * 64, 2.5, state, state, 7, optimizer.state_dict())


def test_newest_point_replaces_the_one_before(tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    assert load_point(run) is None
    save_point(run, point(1))
    written = point(2)
    save_point(run, written)

    read = load_point(run)
    assert read is not None
    assert (read.epoch, read.samples, read.elapsed_s, read.updates) == (2, 128, 2.5, 7)
    assert torch.equal(read.model["weight"], written.model["weight"])
    assert len(list(tmp_path.glob("checkpoint-*.pt"))) == 1
    run.remove_points()
    assert load_point(run) is None


def test_spoiled_point_is_not_used(tmp_path: Path) -> None:
    run = RunFolder(tmp_path)
    save_point(run, point(1))
    path = tmp_path / run.status().checkpoint
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert load_point(run) is None
