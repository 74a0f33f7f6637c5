"""How shapes that followed get along with what is there."""

from __future__ import annotations

import numpy as np
import pytest

from dynseg.annotation.document import Annotation, Instance, Origin
from dynseg.formats.incoming.doubles import ShapeIndex
from dynseg.geometry.part import Part, ring
from dynseg.inference.following.placing import meetings, placed

PLATE, FOOD = 1, 2


def square(x: float, side: float = 20.0) -> tuple[Part, ...]:
    return (Part(ring([(x, 5), (x + side, 5), (x + side, 5 + side), (x, 5 + side)])),)


def drawn(x: float, class_id: int, name: str, side: float = 20.0) -> Instance:
    return Instance(class_id, square(x, side), id=name)


def guess(x: float, class_id: int, name: str) -> Instance:
    return Instance(
        class_id, square(x), Origin.MODEL, score=0.6, model_id="net", run_id="run", id=name
    )


def follower(x: float, original: Instance) -> tuple[Instance, Instance]:
    return Instance(original.class_id, square(x), Origin.MODEL, score=0.9, id="new"), original


@pytest.mark.parametrize(
    ("there", "original", "added", "gone"),
    [
        ([], drawn(0, PLATE, "o"), True, set()),
        ([drawn(12, PLATE, "mine")], drawn(0, PLATE, "o"), False, set()),
        ([drawn(10, FOOD, "mine")], drawn(0, PLATE, "o"), False, set()),
        ([drawn(14, FOOD, "mine")], drawn(0, PLATE, "o"), True, set()),
        ([guess(12, FOOD, "g")], drawn(0, PLATE, "o"), True, {"g"}),
        ([guess(12, FOOD, "locked")], drawn(0, PLATE, "o"), True, set()),
        ([guess(10, FOOD, "locked")], drawn(0, PLATE, "o"), False, set()),
        ([guess(12, FOOD, "g")], guess(0, PLATE, "o"), False, set()),
        ([drawn(14, FOOD, "mine")], guess(0, PLATE, "o"), False, set()),
        ([drawn(10, PLATE, "mine"), guess(12, FOOD, "g")], drawn(0, PLATE, "o"), False, set()),
    ],
)
def test_work_that_is_there_stays_and_nothing_comes_twice(
    there: list[Instance], original: Instance, added: bool, gone: set[str]
) -> None:
    document = Annotation(1, 100, 60, tuple(there))
    made = [follower(10, original)]
    met = meetings([item.parts for item, _ in made], [item.parts for item in there])
    fresh, replaced = placed(document, made, met, locked={"locked"})
    assert bool(fresh) is added
    assert replaced == gone


def test_many_shapes_are_told_to_be_there_as_one_by_one() -> None:
    rng = np.random.default_rng(3)
    there = [drawn(x, int(n % 3), f"t{n}") for n, x in enumerate(rng.uniform(0, 400, 300))]
    wanted = [
        Instance(item.class_id + int(rng.random() < 0.1), square(item.bounds[0] + off, 20 + grown))
        for item in there
        for off, grown in ((0, 0), (0.01, 0.02), (0.15, 0.0), (0.0, 0.3))
    ] + [Instance(9, square(3))]
    index = ShapeIndex(there)
    expected = [at for at, item in enumerate(wanted) if not index.has(item)]
    assert 300 < len(expected) < 1100
    assert index.missing(wanted) == expected
    assert ShapeIndex().missing(wanted[:2]) == [0, 1]
    assert index.missing([]) == []
