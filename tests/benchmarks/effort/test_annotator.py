"""What the simulated person counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from tests.benchmarks.effort.annotator import Annotator, Thing

from dynseg.geometry.part import Part, ring


def box(x: float, y: float, side: float = 40.0) -> tuple[Part, ...]:
    return (Part(ring([(x, y), (x + side, y), (x + side, y + side), (x, y + side)])),)


def test_an_image_drawn_by_hand_costs_its_vertices_its_names_and_one_to_accept() -> None:
    person = Annotator(3)
    truth = [Thing(box(0, 0), 0), Thing(box(100, 0), 2)]
    bill, verdicts = person.work(truth, [], width=300, height=200)
    assert bill.gestures == 2 * (4 + 1 + 1) + 1
    assert (bill.drawn, bill.objects, verdicts) == (2, 2, [])


def test_right_proposals_cost_nothing_wrong_ones_what_they_need() -> None:
    person = Annotator(3)
    truth = [Thing(box(0, 0), 0), Thing(box(100, 0), 2)]
    said = [Thing(box(0, 0), 0, 0.9), Thing(box(101, 0), 1, 0.6), Thing(box(200, 0), 1, 0.4)]
    bill, verdicts = person.work(truth, said, width=300, height=200)
    assert (bill.untouched, bill.relabelled, bill.deleted, bill.corrected) == (1, 1, 1, 0)
    assert bill.gestures == 1 + 2 + 2
    assert [verdict.right for verdict in verdicts] == [True, False, False]


def test_a_poor_outline_never_costs_more_than_a_new_one() -> None:
    turn = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    star = np.stack([np.cos(turn), np.sin(turn)], 1) * (60 + 25 * np.cos(9 * turn))[:, None] + 100
    truth = [Thing((Part(ring(star)),), 0)]
    person = Annotator(1)
    bill, _ = person.work(truth, [Thing(box(40, 40, 120), 0)], width=200, height=200)
    assert bill.corrected == 1
    assert 1 < bill.gestures <= 1 + 2 + person.to_draw(truth[0].parts)


def test_a_few_of_many_find_the_others() -> None:
    truth = [Thing(box(50 * at, 0), 0) for at in range(12)]
    asked: list[tuple[int, int]] = []

    def more(
        examples: Sequence[tuple[Part, ...]],
        there: Sequence[tuple[Part, ...]],
        refused: Sequence[tuple[Part, ...]],
    ) -> list[tuple[Part, ...]]:
        asked.append((len(examples), len(there) + len(refused)))
        return [box(50 * at, 0) for at in range(4, 10)] + [box(0, 100)]

    person = Annotator(1)
    bill, _ = person.work(truth, [], width=700, height=200, more=more)
    assert asked == [(4, 0)], "two are left, too few to ask for"
    assert (bill.drawn, bill.untouched, bill.deleted) == (6, 6, 1)
    assert bill.gestures == 1 + 6 * 5 + 1 + 2


def test_what_was_missed_is_clicked_until_an_outline_is_of_it() -> None:
    asked: list[tuple[int, int]] = []

    def point(
        x: float,
        y: float,
        there: Sequence[tuple[Part, ...]],
        refused: Sequence[tuple[Part, ...]],
    ) -> list[tuple[Part, ...]]:
        assert min(abs(x - 20), abs(x - 120)) <= 10, "beside the middle, by half of it at most"
        asked.append((len(there), len(refused)))
        return [box(0, 0, 200), box(0, 0)] if x < 50 else [box(0, 0, 200)]

    person = Annotator(1)
    truth = [Thing(box(0, 0), 0), Thing(box(100, 0), 0)]
    bill, _ = person.work(truth, [Thing(box(0, 100), 0)], width=300, height=200, point=point)
    assert asked == [(0, 1), (1, 1)]
    found, not_found = 1 + 2, 1 + 1 + 2 + 5
    assert bill.gestures == 1 + 2 + found + not_found
