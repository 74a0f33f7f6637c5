"""Filter queries against the plain rule, over a project with everything in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.geometry.part import Part, ring
from dynseg.project.query import ImageQuery, Order
from dynseg.project.records import ImageRow, Split
from dynseg.project.store import Store

NAMES = ("a_1.png", "A_2.png", "a10.png", "ü.png", "50%.png", "b[1].png", "sub/c.png", "z.jpg")
STATES = list(ImageState)


def instances(number: int) -> list[Instance]:
    square = Part(ring([(1, 1), (5, 1), (5, 5)]))
    mine = [Instance(number % 3, (square,)) for _ in range(number % 4)]
    if number % 2:
        mine.append(Instance(2, (square,), Origin.MODEL, score=number / 10, model_id="net"))
    return mine


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    root = tmp_path_factory.mktemp("query")
    (root / "photos" / "sub").mkdir(parents=True)
    for name in NAMES:
        Image.new("L", (8, 8)).save(root / "photos" / name)
    (root / "photos" / "broken.png").write_bytes(b"no image")
    with Store.create(
        root, images=root / "photos", recursive=True, classes=["a", "b", "c"]
    ) as store:
        splits: dict[int, Split] = {}
        for number, row in enumerate(store.images()):
            before = store.annotation(row.id)
            after = replace(
                before, instances=tuple(instances(number)), state=STATES[number % len(STATES)]
            )
            store.commit(row.id, diff(before, after), expected_revision=0, text="Fill")
            splits[row.id] = ("train", "val", "test", "")[number % 4]
        store.set_splits(splits)
        yield store


def fits(query: ImageQuery, row: ImageRow, document: Annotation) -> bool:
    """The rule of `ImageQuery`, spelled out."""
    scores = [i.score for i in document.instances if not i.is_human_work and i.score is not None]
    low = min(scores, default=None)
    return (
        (query.text.lower() in row.rel.lower())
        and (not query.states or row.state in query.states)
        and (not query.splits or row.split in query.splits)
        and (not query.classes or any(i.class_id in query.classes for i in document.instances))
        and (query.min_count is None or len(document.instances) >= query.min_count)
        and (query.max_count is None or len(document.instances) <= query.max_count)
        and (query.min_score is None or (low is not None and low >= query.min_score))
        and (query.max_score is None or (low is not None and low <= query.max_score))
        and (query.damaged is None or bool(row.damage) == query.damaged)
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.builds(
        ImageQuery,
        text=st.sampled_from(["", "a", "_", "%", "A_", "[1]", "sub/", ".jpg", "ü", "zz"]),
        states=st.frozensets(st.sampled_from(ImageState), max_size=2),
        splits=st.frozensets(st.sampled_from(["train", "val", "test", ""]), max_size=2),
        classes=st.frozensets(st.integers(0, 3), max_size=2),
        min_count=st.none() | st.integers(0, 4),
        max_count=st.none() | st.integers(0, 4),
        min_score=st.none() | st.sampled_from([0.1, 0.3, 0.5]),
        max_score=st.none() | st.sampled_from([0.3, 0.5, 0.7]),
        damaged=st.none() | st.booleans(),
    )
)
def test_a_query_finds_what_its_rule_says(store: Store, query: ImageQuery) -> None:
    rows = store.images()
    expected = [row.id for row in rows if fits(query, row, store.annotation(row.id))]
    assert store.find(query) == expected


def test_stars_and_question_marks_are_wildcards(store: Store) -> None:
    def names(text: str) -> list[str]:
        return [store.image(i).rel for i in store.find(ImageQuery(text=text))]

    assert names("a_?.") == ["a_1.png", "A_2.png"]
    assert names("s*c") == ["sub/c.png"]
    assert names("50%") == ["50%.png"]
    assert names("\\") == []


def test_orders(store: Store) -> None:
    rows = {row.id: row for row in store.images()}
    by_count = store.find(ImageQuery(order=Order.COUNT))
    counts = [rows[i].instance_count for i in by_count]
    assert counts == sorted(counts, reverse=True)
    scores = [rows[i].min_score for i in store.find(ImageQuery(order=Order.SCORE))]
    known = [score for score in scores if score is not None]
    assert scores == [*sorted(known), *[None] * (len(scores) - len(known))]
    last = store.images()[3].id
    assert store.find(ImageQuery(order=Order.RECENT))[0] == store.images()[-1].id
    before = store.annotation(last)
    delta = diff(before, replace(before, state=ImageState.SKIPPED))
    store.commit(last, delta, expected_revision=before.revision, text="Skip")
    assert store.find(ImageQuery(order=Order.RECENT))[0] == last
    store.undo(last)


def test_the_latest_of_a_state_are_the_end_of_all_of_them(store: Store) -> None:
    """Also where some were never changed: those are the oldest."""
    for state in STATES:
        rows = store.images_in_state(state)
        assert {row.id for row in rows} == {r.id for r in store.images() if r.state is state}
        for latest in range(len(rows) + 2):
            expected = rows[max(0, len(rows) - latest) :]
            assert store.images_in_state(state, latest=latest) == expected
