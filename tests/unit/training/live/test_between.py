"""While little was learned, a network between the start and what was learned proposes."""

from __future__ import annotations

import copy
from collections.abc import Sequence

import pytest
import torch
from tests.unit.training.live.conftest import SIZE
from torch import nn

from dynseg.training.live.at_objects import levels_at_objects
from dynseg.training.live.batches import BatchSettings, BatchSource, Memory
from dynseg.training.live.between import between, learned_share, mean_own_logit
from dynseg.training.live.example import Example
from dynseg.training.live.learner import Learner


@pytest.fixture
def learned(learner: Learner, memory: Memory) -> Learner:
    """A learner after a few real steps."""
    learner.meet(memory.all())
    source = BatchSource(memory, BatchSettings(SIZE, 4))
    try:
        for _ in range(6):
            learner.step(source.next())
    finally:
        source.close()
    return learner


def test_the_start_counts_less_with_every_image() -> None:
    shares = [learned_share(images) for images in (1, 2, 5, 20, 100)]
    assert shares == sorted(set(shares))
    assert shares[0] < 0.6
    assert shares[-1] > 0.98


def test_weights_lie_between_the_start_and_what_was_learned(
    learned: Learner, memory: Memory
) -> None:
    examples = memory.all()[-2:]
    start = copy.deepcopy(learned.average.model)
    with torch.no_grad():
        for parameter in start.parameters():
            parameter.add_(0.01)
    name = "model.0.conv.weight"
    before = learned.average.model.state_dict()[name].clone()
    made = between(start, learned.average.model, examples, size=SIZE)
    share = learned_share(len(examples))
    torch.testing.assert_close(made.state_dict()[name], before + 0.01 * (1 - share))
    torch.testing.assert_close(learned.average.model.state_dict()[name], before)
    assert not made.training


def test_known_objects_are_as_sure_as_the_weights_are_near(
    learned: Learner, memory: Memory
) -> None:
    examples = memory.all()[-3:]
    start = learned._start.network
    assert start is not None
    made = between(start, learned.average.model, examples, size=SIZE)
    low, high, reached = (
        mean_own_logit(network, examples, size=SIZE)
        for network in (start, learned.average.model, made)
    )
    assert low is not None
    assert high is not None
    assert low != pytest.approx(high, abs=0.05)
    share = learned_share(len(examples))
    assert reached == pytest.approx((1 - share) * low + share * high, abs=1e-3)


def test_after_many_images_what_was_learned_proposes_alone(
    learned: Learner, memory: Memory
) -> None:
    many = memory.all() * 100
    assert learned.proposing(many) is learned.average.model


def test_images_without_objects_lift_no_scores(learned: Learner, memory: Memory) -> None:
    example = memory.all()[0]
    empty = type(example)(example.image_id, example.revision, example.pixels, ())
    assert mean_own_logit(learned.average.model, [empty], size=SIZE) is None
    assert learned.proposing([empty, empty]) is not learned.average.model


def test_another_class_is_solved_for_in_the_start_too(learned: Learner, memory: Memory) -> None:
    classes = [*learned.classes, "one more"]
    learned.rename_classes({learned.classes[0].casefold(): "another name"})
    classes[0] = "another name"
    learned.set_classes(classes)
    assert learned.proposing(memory.all()) is learned.average.model
    assert learned.meet(memory.all()) == []
    made = learned.proposing(memory.all())
    for network in (made, learned.average.model):
        assert highest(network, memory.all()[:2], classes.index("one more")) < 0.05


def highest(network: nn.Module, examples: Sequence[Example], label: int) -> float:
    """Highest score of a class anywhere."""
    return max(
        float(level.logits[:, label].max().sigmoid())
        for _, levels in levels_at_objects(network, examples, size=SIZE)
        for level in levels
    )
