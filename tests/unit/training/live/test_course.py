"""When the learner rests, and how fast it learns until then."""

from __future__ import annotations

from dynseg.training.live.course import (
    COOL_STEPS,
    FIRST_STEPS,
    LOWEST_RATE,
    MOST_STEPS,
    STEPS_PER_IMAGE,
    Course,
)


def falling(course: Course, steps: int, *, start: float = 10.0) -> int:
    """Learn with a loss that keeps falling; returns the steps until rest."""
    done = 0
    while done < steps and not course.is_resting:
        course.stepped(start * 0.99**done)
        done += 1
    return done


def test_rests_until_there_is_something_to_learn() -> None:
    course = Course()
    assert course.is_resting
    course.more(2)
    assert not course.is_resting


def test_rate_falls_towards_the_rest_and_rises_with_a_new_image() -> None:
    course = Course()
    course.more(2)
    assert course.rate_factor == 1.0
    steps = falling(course, 10_000)
    assert steps >= FIRST_STEPS
    assert course.is_resting
    assert course.rate_factor == LOWEST_RATE
    course.more(1)
    assert not course.is_resting
    assert course.rate_factor == 1.0
    assert falling(course, 10_000) >= COOL_STEPS


def test_thousand_images_at_once_do_not_mean_hours() -> None:
    course = Course()
    course.more(1000)
    assert falling(course, 10_000) == MOST_STEPS


def test_a_loss_that_stopped_falling_ends_it_early() -> None:
    course = Course()
    course.more(1000)
    steps = 0
    while not course.is_resting:
        course.stepped(5.0)
        steps += 1
    assert steps < MOST_STEPS / 2


def test_a_flat_loss_of_before_does_not_end_what_new_images_bring() -> None:
    course = Course()
    course.more(2)
    while not course.is_resting:
        course.stepped(5.0)
    course.more(10)
    assert falling(course, 10_000) == 10 * STEPS_PER_IMAGE
