"""The network that learns and its classes."""

from __future__ import annotations

import copy
import math
from dataclasses import replace
from typing import Any

import pytest
import torch
from tests.unit.training.live.conftest import SIZE
from torch import nn

from dynseg.training.live.augment import PictureMaker, plain_pixels
from dynseg.training.live.average import Average
from dynseg.training.live.batches import Memory, collate
from dynseg.training.live.learner import Learner
from dynseg.training.live.moments import FIRST, SECOND, moments_of
from dynseg.training.start_weights import class_row_names


@pytest.mark.parametrize("at", [0, -1])
def test_a_new_class_without_objects_keeps_still(learner: Learner, memory: Memory, at: int) -> None:
    learner.meet(memory.all())
    before = highest(learner, memory)
    learner.set_classes([*learner.classes, "one more"])
    assert learner.meet(memory.all()) == []
    after = highest(learner, memory)
    assert after[-1] < 0.05
    assert max(after) == pytest.approx(max(before), abs=0.05), "the others answer as before"
    steady = learner.average
    assert learner.meet(memory.all()) == []
    assert learner.average is steady, "once is enough"


def batch_of(memory: Memory, seed: int = 0) -> dict[str, Any]:
    maker = PictureMaker(SIZE, seed=seed)
    return collate([maker.make(example, memory.all()) for example in memory.all()[:2]])


def test_what_was_learned_of_other_weights_stays_when_a_class_comes(
    learner: Learner, memory: Memory
) -> None:
    learner.meet(memory.all())
    for seed in range(3):
        learner.step(batch_of(memory, seed))
    count = len(learner.classes)
    before = moments_of(learner._optimizer, learner.model)
    calm = {name: value.clone() for name, value in learner.average.model.state_dict().items()}
    # The new one comes first: rows have to follow their names.
    learner.set_classes(["one more", *learner.classes])
    after = moments_of(learner._optimizer, learner.model)
    assert after.keys() == before.keys()
    rows = class_row_names(learner.model)
    assert rows <= after.keys()
    for name, state in after.items():
        assert state["step"] == before[name]["step"] == 3
        for kind in (FIRST, SECOND):
            kept = state[kind][1:] if name in rows else state[kind]
            assert torch.equal(kept, before[name][kind]), (name, kind)
        if name in rows:
            assert not state[FIRST][0].any()
            assert torch.allclose(state[SECOND][0], before[name][SECOND].mean(0))
    for name, value in learner.average.model.state_dict().items():
        kept = value[1:] if name in rows else value
        assert torch.equal(kept, calm[name]), "what was shown stays as calm as it was"
    assert len(learner.classes) == count + 1


def test_an_average_of_long_follows_sooner_when_classes_change() -> None:
    start, ahead = nn.Linear(1, 1), nn.Linear(1, 1)
    ahead.load_state_dict({name: value + 1 for name, value in start.state_dict().items()})
    slow, changed = Average(start), Average(start)
    for average in (slow, changed):
        for _ in range(500):
            average.follow(start)
    changed.become(copy.deepcopy(start))
    shares = []
    for average in (slow, changed):
        average.follow(ahead)
        now = average.model.state_dict()["weight"]
        shares.append((now - start.state_dict()["weight"]).item())
    assert shares == pytest.approx([0.02, 0.1], abs=0.005)


def test_a_new_class_warms_up_alone(learner: Learner, memory: Memory) -> None:
    learner.meet(memory.all())
    learner.step(batch_of(memory))
    learner.steps = 200  # the warm-up of the beginning is over
    learner.set_classes([*learner.classes, "one more"])
    first = memory.all()[0]
    renamed = replace(first.outlines[0], label=len(learner.classes) - 1)
    memory.put(replace(first, outlines=(renamed, *first.outlines[1:])))
    assert learner.meet(memory.all()) == [len(learner.classes) - 1]
    layer = learner.model.model[-1].cv3[0][-1].weight
    before = layer.detach().clone()
    learner.step(batch_of(memory))
    moved = (layer.detach() - before).abs().flatten(1).mean(1).tolist()
    assert learner.rate == learner.settings.learning_rate
    assert 0 < moved[-1] < max(moved[:-1]) / 5


def test_a_gradient_that_is_no_number_leaves_the_weights_alone(
    learner: Learner, memory: Memory
) -> None:
    learner.meet(memory.all())
    layer = learner.model.model[-1].cv3[0][-1].weight
    ruined = layer.register_hook(lambda gradient: gradient * float("inf"))
    assert math.isnan(learner.step(batch_of(memory)))
    assert learner.steps == 0
    ruined.remove()
    assert math.isfinite(learner.step(batch_of(memory)))


def highest(learner: Learner, memory: Memory) -> list[float]:
    """Highest score of each class in any place of the first two images."""
    pixels = [plain_pixels(example, SIZE) for example in memory.all()[:2]]
    images = torch.stack([torch.from_numpy(p).permute(2, 0, 1).float() / 255 for p in pixels])
    with torch.inference_mode():
        answer: Any = learner.average.model(images)
    scores = answer[0][0][:, 4 : 4 + len(learner.classes)]
    best: list[float] = scores.amax((0, 2)).tolist()
    return best
