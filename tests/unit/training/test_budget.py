"""The course of a run follows images or time, whichever ends first."""

from __future__ import annotations

import math

import pytest

from dynseg.training.budget import (
    END_S,
    END_SAMPLES,
    FINAL_RATE,
    WARM_UP,
    Ending,
    falling_share,
    plan_budget,
    rate_factor,
    within,
)
from dynseg.training.config import PRESETS, TrainConfig
from dynseg.training.image_size import ObjectShares


def test_few_images_are_repeated_within_a_pass() -> None:
    budget = plan_budget(TrainConfig(), images=5, parent_size=320)

    assert budget.repeats * 5 >= 64
    assert budget.samples >= PRESETS["quick"].samples
    assert budget.image_size == 320
    assert budget.time_s <= 255, "with both measurements it has to end within five minutes"


def test_wishes_of_the_user_come_first() -> None:
    config = TrainConfig(epochs=3, image_size=100, batch=4, learning_rate=1e-3)
    budget = plan_budget(config, images=100, parent_size=320)

    assert (budget.repeats, budget.epochs, budget.samples) == (1, 3, 300)
    assert (budget.image_size, budget.batch, budget.learning_rate) == (128, 4, 1e-3)
    assert budget.time_s == math.inf


def test_a_slow_machine_gets_fewer_steps_but_the_same_course() -> None:
    budget = plan_budget(TrainConfig(time_limit_min=1), images=100, parent_size=320)

    assert budget.share_done(0, 30) == pytest.approx(0.5)
    assert budget.share_done(budget.samples // 2, 0) == pytest.approx(0.5, abs=0.01)
    assert budget.share_done(budget.samples * 2, 0) == 1


def test_rate_rises_then_falls_to_its_end() -> None:
    course = [rate_factor(step / 100) for step in range(101)]

    top = course.index(max(course))
    assert 2 <= top <= 6
    assert max(course) == pytest.approx(1, abs=0.02)
    assert course[:top] == sorted(course[:top])
    assert course[top:] == sorted(course[top:], reverse=True)
    assert course[-1] == pytest.approx(FINAL_RATE)


@pytest.mark.parametrize("share", [0.0, 0.01, WARM_UP, 0.1, 0.5, 0.99])
def test_a_run_that_is_to_finish_lets_its_rate_fall_from_where_it_is(share: float) -> None:
    ending = Ending.begin(share, 1000, 60)
    course = [
        rate_factor(ending.share_done(1000 + END_SAMPLES * step // 20, 60)) for step in range(21)
    ]
    assert course[0] == pytest.approx(rate_factor(share))
    assert course == sorted(course, reverse=True)
    assert course[-1] == pytest.approx(FINAL_RATE)
    assert ending.share_done(1000, 60 + END_S) == 1, "nobody waits for a slow machine"


def test_the_share_of_a_rate_is_where_it_falls() -> None:
    for share in (WARM_UP, 0.1, 0.4, 0.8, 1.0):
        assert falling_share(rate_factor(share)) == pytest.approx(share)
    assert falling_share(rate_factor(0.0)) > 0.8


@pytest.mark.parametrize(
    ("share", "on_gpu", "size"), [(0.0, False, 320), (0.02, False, 448), (0.02, True, 640)]
)
def test_small_objects_get_larger_images(share: float, on_gpu: bool, size: int) -> None:
    budget = plan_budget(
        TrainConfig(), images=20, parent_size=320, shares=ObjectShares(share, share), on_gpu=on_gpu
    )
    assert budget.image_size == size


def test_no_object_makes_images_smaller_than_wished_or_known() -> None:
    thorough = plan_budget(
        TrainConfig(preset="thorough"), images=20, parent_size=320, shares=ObjectShares(0.02, 0.02)
    )
    assert thorough.image_size == PRESETS["thorough"].image_size
    assert (
        plan_budget(
            TrainConfig(), images=20, parent_size=960, shares=ObjectShares(0.5, 0.5)
        ).image_size
        == 960
    )
    wished = TrainConfig(image_size=256)
    assert (
        plan_budget(wished, images=20, parent_size=320, shares=ObjectShares(0.02, 0.02)).image_size
        == 256
    )


@pytest.mark.parametrize(("spent_s", "measured_s", "learned_s"), [(10, 20, 230), (40, 200, 150)])
def test_a_time_limit_holds_for_the_run_with_its_measurements(
    spent_s: float, measured_s: float, learned_s: float
) -> None:
    budget = plan_budget(TrainConfig(time_limit_min=5), images=100, parent_size=320)
    assert within(budget, 300, spent_s=spent_s, measured_s=measured_s).time_s == learned_s


def test_a_run_that_was_given_a_time_uses_it() -> None:
    quick = plan_budget(TrainConfig(), images=100, parent_size=320)
    timed = plan_budget(TrainConfig(time_limit_min=30), images=100, parent_size=320)
    assert timed.time_s == 1800
    assert timed.samples > 10 * quick.samples
    assert timed.image_size == quick.image_size
