"""The network that learns and its classes."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from tests.unit.training.live.conftest import SIZE

from dynseg.training.live.augment import plain_pixels
from dynseg.training.live.batches import Memory
from dynseg.training.live.learner import Learner


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


def highest(learner: Learner, memory: Memory) -> list[float]:
    """Highest score of each class in any place of the first two images."""
    pixels = [plain_pixels(example, SIZE) for example in memory.all()[:2]]
    images = torch.stack([torch.from_numpy(p).permute(2, 0, 1).float() / 255 for p in pixels])
    with torch.inference_mode():
        answer: Any = learner.average.model(images)
    scores = answer[0][0][:, 4 : 4 + len(learner.classes)]
    best: list[float] = scores.amax((0, 2)).tolist()
    return best
