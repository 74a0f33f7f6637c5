"""Which image comes next, and why (E4)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec import structs
from PIL import Image

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance, Origin
from dynseg.geometry.part import Part, ring
from dynseg.inference.detections import Detection, encode, scored_shapes
from dynseg.project.store import Store
from dynseg.review.disagreement import disagreement
from dynseg.review.queue import ReviewOrder, build, disagreements, uncertainties
from dynseg.review.uncertainty import doubt, uncertainty

Shape = tuple[Part, ...]


def box(x: float, y: float, side: float = 10.0) -> Shape:
    return (Part(ring([(x, y), (x + side, y), (x + side, y + side), (x, y + side)])),)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Six images; `f.png` cannot be read."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in "abcde":
        Image.new("RGB", (100, 80), (90, 120, 60)).save(folder / f"{name}.png")
    (folder / "f.png").write_bytes(b"no image")
    with Store.create(tmp_path / "project", images=folder, classes=["leaf"]) as opened:
        yield opened


def image_id(store: Store, name: str) -> int:
    return next(row.id for row in store.images() if row.rel == f"{name}.png")


def write(store: Store, name: str, instances: list[Instance], state: ImageState) -> None:
    before = store.annotation(image_id(store, name))
    after = replace(before.with_instances(instances), state=state)
    store.commit(
        before.image_id, diff(before, after), expected_revision=before.revision, text="Test"
    )


def proposals(*scores: float, model: str = "old") -> list[Instance]:
    return [
        Instance(1, box(12 * at, 5), origin=Origin.MODEL, score=score, model_id=model)
        for at, score in enumerate(scores)
    ]


def detected(*shapes: Shape, score: float = 0.9) -> bytes:
    return encode([Detection(0, score, parts, (0, 0, 9, 9)) for parts in shapes])


def names(store: Store, order: ReviewOrder, values: dict[int, float] | None = None) -> list[str]:
    return [entry.image.rel[0] for entry in build(store.images(), order, values)]


def class_of(store: Store, items: list[Instance]) -> list[Instance]:
    known = store.classes().labels[0].id
    return [structs.replace(item, class_id=known) for item in items]


def test_a_score_of_one_half_is_the_greatest_doubt() -> None:
    assert doubt(0.5) == 1.0
    assert doubt(0.0) == doubt(1.0) == 0.0
    assert doubt(0.3) == pytest.approx(doubt(0.7))


def test_one_doubtful_shape_among_many_sure_ones_counts() -> None:
    sure = [0.97] * 50
    assert uncertainty([*sure, 0.5, 0.5]) > 3 * uncertainty(sure)  # type: ignore[operator]
    assert uncertainty([0.97] * 500) == pytest.approx(uncertainty(sure))
    assert uncertainty([]) is None


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_uncertainty_is_a_share(scores: list[float]) -> None:
    value = uncertainty(scores)
    assert value is not None
    assert 0 <= value <= 1


def test_equal_opinions_do_not_disagree_and_strangers_do_wholly() -> None:
    here, there = [box(0, 0), box(30, 0)], [box(60, 30)]
    assert disagreement(here, here) == pytest.approx(0)
    assert disagreement(here, there) == 1
    assert disagreement([], []) == 0
    assert disagreement(here, []) == disagreement([], here) == 1


def test_a_missed_shape_and_a_poor_outline_both_count() -> None:
    three = [box(0, 0), box(30, 0), box(60, 0)]
    missed = disagreement(three, three[:2])
    poor = disagreement(three, [box(0, 0), box(30, 0), box(62, 0)])
    assert missed == pytest.approx(1 - 2 / 2.5)
    assert 0 < poor < missed


@example(places=[(4, 0), (0, 0)], chance=random.Random(0))  # a chain of shapes equally far apart
@given(
    places=st.lists(st.tuples(st.integers(0, 80), st.integers(0, 60)), max_size=6),
    chance=st.randoms(),
)
def test_disagreement_knows_no_order_and_no_side(
    places: list[tuple[int, int]], chance: random.Random
) -> None:
    one = [box(x, y) for x, y in places]
    other = [box(x + 2, y) for x, y in places[:4]]
    value = disagreement(one, other)
    assert disagreement(one[::-1], other) == pytest.approx(value)
    chance.shuffle(one)
    assert disagreement(other, one) == pytest.approx(value)
    assert 0 <= value <= 1


def test_uncertain_images_come_first_and_settled_and_damaged_ones_not_at_all(store: Store) -> None:
    for name, scores, state in (
        ("a", (0.9, 0.95), ImageState.PRELABELLED),
        ("b", (0.5, 0.9), ImageState.PRELABELLED),
        ("c", (0.5,), ImageState.REVIEWED),
        ("d", (0.52, 0.48), ImageState.SKIPPED),
    ):
        write(store, name, class_of(store, proposals(*scores)), state)
    values = uncertainties(store)
    assert names(store, ReviewOrder.UNCERTAINTY, values) == ["b", "a", "e"]
    first, second, last = build(store.images(), ReviewOrder.UNCERTAINTY, values)
    assert "0.50" in first.reason
    assert first.value is not None
    assert second.value is not None
    assert first.value > second.value
    assert last.value is None
    assert "no proposals" in last.reason


def test_what_a_person_accepted_or_changed_is_no_doubt(store: Store) -> None:
    items = class_of(store, proposals(0.5, 0.9))
    write(store, "a", items, ImageState.PRELABELLED)
    before = store.annotation(image_id(store, "a"))
    after = edits.accept([items[0].id])(before)
    store.commit(before.image_id, diff(before, after), expected_revision=1, text="Accept")
    assert store.proposals() == {before.image_id: [(items[0].class_id, 0.9)]}


def test_random_is_the_same_every_time_and_names_are_natural(store: Store) -> None:
    assert names(store, ReviewOrder.NAME) == list("abcde")
    drawn = names(store, ReviewOrder.RANDOM)
    assert sorted(drawn) == list("abcde")
    assert drawn == names(store, ReviewOrder.RANDOM)
    other = [e.image.rel[0] for e in build(store.images(), ReviewOrder.RANDOM, seed=7)]
    assert other != drawn


def test_disagreement_looks_at_the_newest_other_model(store: Store) -> None:
    items = class_of(store, [structs.replace(i, parts=box(10, 10)) for i in proposals(0.8)])
    for name in "abc":
        write(store, name, items if name != "c" else [], ImageState.PRELABELLED)
    store.save_predictions([(image_id(store, n), "old", "k", detected(box(10, 10))) for n in "ab"])
    store.save_predictions([(image_id(store, "c"), "old", "k", detected())])
    store.save_predictions([(image_id(store, "a"), "new", "k", detected(box(50, 50)))])
    store.save_predictions([(image_id(store, "c"), "new", "k", detected(box(50, 50), score=0.1))])
    found = disagreements(store, store.images(), scored_shapes, confidence=0.25)
    assert found == {image_id(store, "a"): 1.0, image_id(store, "c"): 0.0}
    assert names(store, ReviewOrder.DISAGREEMENT, found)[0] == "a"


def test_one_model_is_compared_with_what_people_made_of_it(store: Store) -> None:
    items = class_of(store, [Instance(1, box(10, 10))])
    write(store, "a", items, ImageState.IN_WORK)
    store.save_predictions([(image_id(store, "a"), "old", "k", detected(box(12, 10)))])
    (value,) = disagreements(store, store.images(), scored_shapes, confidence=0.25).values()
    assert value == pytest.approx(1 - 80 / 120)


def test_where_one_model_found_nothing_there_is_no_second_opinion(store: Store) -> None:
    write(store, "a", [], ImageState.PRELABELLED)
    store.save_predictions([(image_id(store, "a"), "old", "k", detected())])
    assert disagreements(store, store.images(), scored_shapes, confidence=0.25) == {}


def test_a_damaged_cache_is_no_scored_shapes(store: Store) -> None:
    store.save_predictions([(image_id(store, "a"), "old", "k", b"nonsense")])
    assert disagreements(store, store.images(), scored_shapes, confidence=0.25) == {}


def test_opinions_are_read_as_they_were_written() -> None:
    ((score, parts),) = scored_shapes(detected(box(1, 2), score=0.5))
    assert score == 0.5
    assert np.array_equal(parts[0].outer, box(1, 2)[0].outer)
