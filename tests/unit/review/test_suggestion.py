"""Typical and diverse first, doubts once they are worth following, nothing near-equal in a row."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance, Origin
from dynseg.geometry.part import Part, ring
from dynseg.project.store import Store
from dynseg.review.appearance import Appearances, read_appearances, write_appearances
from dynseg.review.effort import Verdict
from dynseg.review.suggestion import suggest
from dynseg.review.trust import measure
from dynseg.review.typical import ALIKE, GAP, spread, standardised, typical_order

KINDS = 3
OF_EACH = (8, 4, 2)


def scenes(seed: int = 0) -> np.ndarray:
    """`(14, 16)` features of three kinds of scene: eight, four and two images of them."""
    chance = np.random.default_rng(seed)
    middles = chance.normal(size=(KINDS, 16)) * 3
    kinds = np.repeat(np.arange(KINDS), OF_EACH)
    return (middles[kinds] + chance.normal(size=(len(kinds), 16)) * 0.5).astype(np.float32)


def kind_of(place: int) -> int:
    return int(np.searchsorted(np.cumsum(OF_EACH), place, side="right"))


def test_one_of_each_kind_comes_first_the_largest_kind_before_all() -> None:
    vectors = standardised(scenes())
    order = typical_order(vectors, np.zeros(len(vectors), bool))
    assert [kind_of(choice.place) for choice in order[:3]] == [0, 1, 2]
    assert order[0].stands_for >= 8
    assert sorted(choice.place for choice in order) == list(range(14))


def test_what_a_reviewed_image_shows_is_not_asked_for_again() -> None:
    vectors = standardised(scenes())
    known = np.zeros(len(vectors), bool)
    known[0] = True  # of the largest kind
    order = typical_order(vectors, known)
    assert [kind_of(choice.place) for choice in order[:2]] == [1, 2]
    assert 0 not in [choice.place for choice in order]


@given(
    kinds=st.lists(st.integers(0, 3), min_size=1, max_size=4 * GAP),  # as far as it looks
)
def test_e5_frames_that_show_the_same_stand_apart_where_others_are_left(kinds: list[int]) -> None:
    vectors = np.eye(4, dtype=np.float32)[kinds]
    order = spread(range(len(kinds)), vectors)
    assert sorted(order) == list(range(len(kinds)))
    for at, place in enumerate(order):
        near = [kinds[other] for other in order[max(0, at - GAP) : at]]
        left = {kinds[other] for other in order[at:]}
        if kinds[place] in near:  # then there was nothing else
            assert left <= set(near)


def test_twenty_frames_of_a_film_do_not_follow_each_other() -> None:
    chance = np.random.default_rng(4)
    frames = chance.normal(size=(1, 32)) + chance.normal(size=(20, 32)) * 0.05
    others = chance.normal(size=(20, 32))
    vectors = standardised(np.concatenate((frames, others)).astype(np.float32))
    assert (vectors[:20] @ vectors[:20].T).min() > ALIKE
    order = spread(range(40), vectors)
    runs = [sum(place < 20 for place in order[at : at + 2]) for at in range(20)]
    assert max(runs) == 1


def test_scores_that_know_right_from_wrong_earn_trust() -> None:
    sure = [Verdict(0.9, True)] * 30 + [Verdict(0.3, False)] * 20
    earned = measure(sure)
    assert earned.is_earned
    assert earned.tells_apart == 1.0
    assert earned.error == pytest.approx(0.6 * 0.1 + 0.4 * 0.3)
    blind = measure([Verdict(s, r) for s in (0.3, 0.9) for r in (True, False)] * 15)
    assert blind.tells_apart == 0.5
    assert not blind.is_earned
    assert not measure(sure[:10] + sure[-10:]).is_earned, "too few to tell"
    assert measure([Verdict(0.5, True)] * 50).is_earned, "nearly everything is right"


@given(st.lists(st.tuples(st.sampled_from((0.1, 0.2, 0.3, 0.4)), st.booleans()), min_size=60))
def test_right_and_wrong_are_told_apart_as_often_as_pairs_say(
    said: list[tuple[float, bool]],
) -> None:
    good = np.array([score for score, right in said if right])[:, None]
    bad = np.array([score for score, right in said if not right])
    found = measure([Verdict(score, right) for score, right in said]).tells_apart
    if found is not None:
        assert found == pytest.approx(((good > bad) + (good == bad) / 2).mean())


def test_crowded_images_are_not_compared_pair_by_pair() -> None:
    chance = np.random.default_rng(0)
    said = [Verdict(float(s), bool(s > 0.5)) for s in chance.random(8000)]
    tracemalloc.start()
    try:
        assert measure(said).tells_apart == 1.0
        _, most_bytes = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most_bytes < 4 << 20


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """As many images as `scenes` has rows, described by these."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for number in range(14):
        Image.new("RGB", (100, 80), (90, 120, 60)).save(folder / f"{number:02}.png")
    with Store.create(tmp_path / "project", images=folder, classes=["leaf"]) as opened:
        write_appearances(opened.layout, Appearances.none().with_(opened.images(), scenes()))
        yield opened


def square(x: float) -> tuple[Part, ...]:
    return (Part(ring([(x, 0), (x + 9, 0), (x + 9, 9), (x, 9)])),)


def offer(store: Store, number: int, *scores: float, keep: int | None = None) -> None:
    """Proposals for an image; with `keep` a person keeps so many of them and reviews it."""
    image_id = store.images()[number].id
    before = store.annotation(image_id)
    leaf = store.classes().labels[0].id
    items = [
        Instance(leaf, square(10 * at), origin=Origin.MODEL, score=score, model_id="m")
        for at, score in enumerate(scores)
    ]
    offered = replace(before.with_instances(items), state=ImageState.PRELABELLED)
    run = store.begin_run("prelabel", "m", {})
    assert not store.commit_run(run, [(image_id, before.revision, diff(before, offered))])
    if keep is not None:
        before = store.annotation(image_id)
        after = edits.set_state(ImageState.REVIEWED)(before.with_instances(before.instances[:keep]))
        store.commit(
            image_id, diff(before, after), expected_revision=before.revision, text="Review"
        )


def test_e4_typical_images_first_and_doubtful_ones_once_doubts_were_right(store: Store) -> None:
    offer(store, 13, 0.5)
    first = suggest(store)
    assert not first.follows_doubt
    assert first.undescribed == 0
    best = max(first.by_image, key=lambda i: first.by_image[i].value)
    assert store.images()[:8].index(store.image(best)) >= 0, "of the largest kind"
    assert "images look more like it" in first.by_image[best].reason
    for number in range(6):
        offer(store, number, *[0.9] * 6, *[0.3] * 4, keep=6)
    later = suggest(store)
    assert later.follows_doubt
    assert later.trust.tells_apart == 1.0
    best = max(later.by_image, key=lambda i: later.by_image[i].value)
    assert best == store.images()[13].id
    assert (
        later.by_image[best].reason == "the model doubts (100%); its least certain shape has 0.50"
    )
    assert len(later.by_image) == 8, "what is reviewed is not in the queue"


def test_images_that_nobody_has_described_stand_at_the_end(store: Store) -> None:
    rows = store.images()
    known = read_appearances(store.layout)
    write_appearances(store.layout, Appearances(known.ids[1:], known.stamps[1:], known.vectors[1:]))
    found = suggest(store)
    assert found.undescribed == 1
    last = min(found.by_image, key=lambda i: found.by_image[i].value)
    assert last == rows[0].id
    assert found.by_image[last].reason == "not compared with the others yet"


def test_a_damaged_file_of_appearances_counts_as_none(store: Store) -> None:
    path = store.layout.thumbnails / "appearance.npz"
    for content in (b"", b"PK\x03\x04 no archive", path.read_bytes()[:-40]):
        path.write_bytes(content)
        assert len(read_appearances(store.layout).ids) == 0
    assert suggest(store).undescribed == 14


def test_an_image_that_has_changed_is_described_anew(store: Store) -> None:
    known = read_appearances(store.layout)
    rows = [row._replace(mtime_ns=1) if at == 2 else row for at, row in enumerate(store.images())]
    assert [row.id for row in known.missing(rows)] == [rows[2].id]
    again = known.with_([rows[2]], np.ones((1, 16)))
    assert len(again.ids) == 14
    assert not again.missing(rows)
