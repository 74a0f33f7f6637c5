"""Ruined weights never reach the person who labels."""

from __future__ import annotations

import copy
import dataclasses
import os
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tests.unit.training.live.conftest import SIZE
from torch import nn

from dynseg.errors import ModelFileError
from dynseg.model.checkpoint import load
from dynseg.project.layout import ProjectLayout
from dynseg.training.live.batches import Memory
from dynseg.training.live.folder import KEPT, LiveFolder
from dynseg.training.live.gate import SPARE_GUARDS, Gate
from dynseg.training.live.learner import Learner
from dynseg.training.live.quality import overlaps, panoptic, quality


@pytest.fixture
def folder(tmp_path: Path) -> LiveFolder:
    return LiveFolder(ProjectLayout(tmp_path / "any"))


@pytest.fixture
def gate(folder: LiveFolder, memory: Memory) -> Gate:
    return Gate(folder, memory)


@pytest.fixture
def sound(learner: Learner, memory: Memory) -> nn.Module:
    """A network that knows the classes of the scenes a little."""
    learner.meet(memory.all())
    return learner.average.model


def zeros(model: nn.Module) -> None:
    for parameter in model.parameters():
        parameter.zero_()


def nan(model: nn.Module) -> None:
    next(model.parameters())[0] = float("nan")


def constant(model: nn.Module) -> None:
    head: Any = model.model[-1]  # type: ignore[index]
    for branch in (head.cv2, head.cv3, head.cv4):
        for layers in branch:
            layers[-1].weight.zero_()
    head.proto.cv3.conv.weight.zero_()


def shuffled(model: nn.Module) -> None:
    for layers in model.model[-1].cv3:  # type: ignore[index, union-attr]
        layers[-1].weight.copy_(layers[-1].weight.roll(1, 0))
        layers[-1].bias.copy_(layers[-1].bias.roll(1, 0))


@pytest.mark.parametrize("ruin", [zeros, nan, constant, shuffled])
def test_ruined_weights_are_refused(
    ruin: object, gate: Gate, folder: LiveFolder, sound: nn.Module, learner: Learner
) -> None:
    path, _, reached = gate.pass_on(sound, learner.card, SIZE)
    assert reached > 0.1
    ruined = copy.deepcopy(sound)
    with torch.no_grad():
        ruin(ruined)  # type: ignore[operator]
    with pytest.raises(ModelFileError):
        gate.pass_on(ruined, learner.card, SIZE)
    assert folder.versions() == [path]
    assert load(path)[1].name == path.stem


def test_versions_follow_each_other_and_few_stay(
    gate: Gate, folder: LiveFolder, sound: nn.Module, learner: Learner
) -> None:
    names = [gate.pass_on(sound, learner.card, SIZE)[0].stem for _ in range(KEPT + 2)]
    assert names == sorted(set(names))
    assert [path.stem for path in folder.versions()] == names[-KEPT:]
    left, begun = (folder.path / f".staging-{name}" for name in ("left", "begun"))
    for path in (left, begun):
        path.write_bytes(b"half")
    os.utime(left, (time.time() - 100, time.time() - 100))
    folder.forget_old(kept=0)
    assert begun.exists(), "another learner may be writing it"
    begun.unlink()
    assert list(folder.path.iterdir()) == []


def test_version_that_cannot_be_written_leaves_the_one_before(
    gate: Gate,
    folder: LiveFolder,
    sound: nn.Module,
    learner: Learner,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, _, _ = gate.pass_on(sound, learner.card, SIZE)
    blocked = folder.next()
    blocked.mkdir()  # nothing can be renamed to here
    monkeypatch.setattr(folder, "next", lambda: blocked)
    with pytest.raises(OSError, match=r"directory|exists|denied|Windows"):
        gate.pass_on(sound, learner.card, SIZE)
    assert folder.newest() == path


def test_solved_classes_beat_equal_ones(learner: Learner, memory: Memory) -> None:
    before = quality(learner.average.model, memory.all(), size=SIZE)
    new = learner.meet(memory.all())
    assert new
    after = quality(learner.average.model, memory.all(), size=SIZE)
    assert after > before + 0.1
    assert learner.meet(memory.all()) == []


def masks(*boxes: tuple[int, int, int, int]) -> np.ndarray:
    made = np.zeros((len(boxes), 20, 20), np.bool_)
    for mask, (x0, y0, x1, y1) in zip(made, boxes, strict=True):
        mask[y0:y1, x0:x1] = True
    return made


def test_quality_counts_what_a_person_would_have_to_do() -> None:
    one, other = (0, 0, 10, 10), (10, 10, 20, 20)
    true, kinds = masks(one, other), np.array([0, 1])
    none = kinds[:0]

    def quality_of(found: np.ndarray, labels: np.ndarray, wanted: np.ndarray = true) -> float:
        return panoptic(overlaps(found, wanted), labels, kinds[: len(wanted)])

    assert quality_of(true, kinds) == 1.0
    assert quality_of(true[:0], none, true[:0]) == 1.0
    assert quality_of(true[:0], none) == 0.0
    assert quality_of(true[:1], kinds[:1]) == pytest.approx(1 / 1.5)  # one missed
    assert quality_of(true, np.array([0, 0])) == pytest.approx(1 / 2)  # wrong class
    half = masks((0, 0, 10, 8), other)
    assert quality_of(half, kinds) == pytest.approx(0.9)


def test_guards_beyond_those_that_are_needed_leave_memory(
    gate: Gate, memory: Memory, sound: nn.Module, learner: Learner
) -> None:
    some = memory.all()[0]
    for image_id in range(100, 200):
        gate.add_guard(dataclasses.replace(some, image_id=image_id))
    assert list(gate._guards) == list(range(200 - SPARE_GUARDS, 200))
    gate.pass_on(sound, learner.card, SIZE)


def test_two_learners_of_a_project_do_not_write_into_one_file(
    folder: LiveFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Weights and card of two networks would stand under one name."""
    mine = folder.next()
    monkeypatch.setattr(os, "getpid", lambda: 1)
    theirs = folder.next()
    assert mine != theirs
    for path in (mine, theirs, folder.path / "live-000000.safetensors"):
        path.touch()
        path.with_suffix(".json").touch()
    assert len(folder.versions()) == 3
    assert folder.next().name.startswith("live-000002-")


def test_of_a_dense_image_as_many_detections_count_as_there_may_be_objects(
    memory: Memory, sound: nn.Module, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def suppress(*_: object, max_det: int, **__: object) -> list[torch.Tensor]:
        asked.append(max_det)
        return [torch.zeros(0, 38)]

    monkeypatch.setattr("dynseg.training.live.quality.non_max_suppression", suppress)
    some = memory.all()[0]
    dense = dataclasses.replace(some, outlines=some.outlines[:1] * 500)
    quality(sound, [some, dense], size=SIZE)
    assert asked == [300, 1000]
