"""Which labels a model disputes that never saw them, and how much that counts (E7)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from dynseg.review.disputes import LEAST, Kind, Opinion, judge

CLASSES = ["apple", "pear"]
BOX = (0.0, 0.0, 9.0, 9.0)


def opinion(
    image_id: int, labels: list[int], found: list[tuple[int, float]], overlaps: list[list[float]]
) -> Opinion:
    return Opinion(
        image_id=image_id,
        revision=1,
        instance_ids=[f"{image_id}-{at}" for at in range(len(labels))],
        boxes=[BOX] * len(labels),
        labels=np.array(labels, np.int64),
        found_boxes=[BOX] * len(found),
        found_labels=np.array([label for label, _ in found], np.int64),
        scores=np.array([score for _, score in found]),
        overlaps=np.array(overlaps, np.float64).reshape(len(found), len(labels)),
    )


def agreeing(image_id: int, label: int = 0) -> Opinion:
    return opinion(image_id, [label], [(label, 0.9)], [[0.9]])


def sound() -> list[Opinion]:
    """Twenty images on which the model is right about both classes."""
    return [agreeing(at, at % 2) for at in range(20)]


def test_what_the_model_agrees_with_is_not_disputed() -> None:
    assert judge(sound(), CLASSES) == []


def test_each_kind_of_error_is_named() -> None:
    wrong = [
        opinion(100, [0], [(1, 0.8)], [[0.9]]),
        opinion(101, [0], [], []),
        opinion(102, [1], [(1, 0.9)], [[0.55]]),
        opinion(103, [], [(1, 0.9)], []),
    ]
    found = {dispute.image_id: dispute for dispute in judge([*sound(), *wrong], CLASSES)}
    assert {at: dispute.kind for at, dispute in found.items()} == {
        100: Kind.OTHER_CLASS,
        101: Kind.NOTHING_THERE,
        102: Kind.OUTLINE,
        103: Kind.MISSING,
    }
    assert found[100].reason == "the model takes it for pear"
    assert found[100].instance_id == "100-0"
    assert found[103].instance_id == ""
    assert "55%" in found[102].reason


def test_a_model_that_knows_nothing_of_a_class_has_no_say_in_it() -> None:
    blind = [opinion(at, [1], [], []) for at in range(100, 110)]
    known = judge([*sound()[::2], opinion(99, [0], [], []), *blind], CLASSES)
    assert [dispute.image_id for dispute in known] == [99]


def test_disputes_come_in_the_order_of_their_weight() -> None:
    wrong = [opinion(100 + at, [0], [(1, score)], [[0.9]]) for at, score in enumerate((0.6, 0.9))]
    values = [dispute.value for dispute in judge([*sound(), *wrong], CLASSES)]
    assert values == sorted(values, reverse=True)
    assert all(LEAST <= value <= 1 for value in values)


def test_what_the_model_suspects_speaks_for_a_shape_that_it_does_not_see() -> None:
    bare = opinion(100, [0], [], [])
    faint = opinion(101, [0], [(0, 0.1)], [[0.6]])
    elsewhere = opinion(102, [0], [(0, 0.2)], [[0.0]])
    values = {d.image_id: d.value for d in judge([*sound(), bare, faint, elsewhere], CLASSES)}
    assert values[101] == pytest.approx(0.6 * values[100])
    assert values[102] == values[100]
    nearly = opinion(103, [0], [(0, 0.24)], [[0.6]])
    assert judge([*sound(), nearly], CLASSES) == []


def test_a_model_that_overlooks_small_objects_has_no_say_in_them() -> None:
    small = (0.0, 0.0, 9.0, 9.0)
    large = (0.0, 0.0, 90.0, 90.0)
    seen = [replace(agreeing(at), boxes=[large], found_boxes=[large]) for at in range(20)]
    overlooked = [replace(opinion(at, [0], [], []), boxes=[small]) for at in range(20, 40)]
    wrong = replace(opinion(99, [0], [], []), boxes=[large])
    found = judge([*seen, *overlooked, wrong], CLASSES)
    assert [dispute.image_id for dispute in found] == [99]
    assert found[0].value > 0.8


@pytest.mark.parametrize("images", [0, 1])
def test_nothing_to_judge_is_no_error(images: int) -> None:
    assert judge([opinion(1, [], [], [])] * images, CLASSES) == []


def test_an_object_without_a_shape_is_missing_once_however_often_it_was_found() -> None:
    twice = opinion(100, [], [(0, 0.7), (1, 0.9), (0, 0.8)], [])
    twice = replace(twice, found_boxes=[BOX, (0.5, 0.0, 9.0, 8.0), (20.0, 20.0, 29.0, 29.0)])
    found = judge([*sound(), twice], CLASSES)
    assert [(dispute.kind, dispute.says) for dispute in found] == [
        (Kind.MISSING, "pear"),
        (Kind.MISSING, "apple"),
    ]
    assert found[1].box == (20.0, 20.0, 29.0, 29.0)
