"""What a person had to do with proposals, from the journal alone (E6)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance, Origin
from dynseg.cli import main as cli
from dynseg.geometry.part import Part, ring
from dynseg.project.store import Store
from dynseg.review.acceptance import accept_many
from dynseg.review.effort import (
    Effort,
    effort_of_image,
    effort_of_project,
    outlined_by_person,
    rounds,
    total,
    verdicts,
)
from dynseg.review.marking import mark_many


def box(x: float, y: float, side: float = 10.0) -> Part:
    return Part(ring([(x, y), (x + side, y), (x + side, y + side), (x, y + side)]))


def proposal(x: float, name: str) -> Instance:
    return Instance(0, (box(x, 5),), origin=Origin.MODEL, score=0.8, model_id="m", id=name)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in "ab":
        Image.new("RGB", (100, 80), (90, 120, 60)).save(folder / f"{name}.png")
    with Store.create(tmp_path / "project", images=folder, classes=["leaf", "bud"]) as opened:
        yield opened


def apply(store: Store, image_id: int, edit: edits.Edit) -> None:
    before = store.annotation(image_id)
    delta = diff(before, edit(before))
    if not delta.is_empty:
        store.commit(image_id, delta, expected_revision=before.revision, text="Test")


def offer(store: Store, image_id: int, *items: Instance) -> None:
    before = store.annotation(image_id)
    delta = diff(before, before.with_instances(items))
    store.commit(image_id, delta, expected_revision=before.revision, text="Pre-label")


def review(store: Store, image_id: int) -> None:
    apply(store, image_id, edits.accept_all())
    apply(store, image_id, edits.set_state(ImageState.REVIEWED))


def test_what_a_person_copies_is_no_offer_of_a_model(store: Store) -> None:
    image_id = store.images()[0].id
    apply(store, image_id, edits.add(Instance(0, (box(5, 5),), Origin.MODEL, id="copy")))
    review(store, image_id)
    effort = effort_of_image(store, image_id)
    assert (effort.offered, effort.added) == (0, 1)


def test_every_fate_of_a_proposal_is_counted_once(store: Store) -> None:
    image_id = store.images()[0].id
    offer(store, image_id, *(proposal(20.0 * at, name) for at, name in enumerate("kcrd")))
    apply(store, image_id, edits.replace_parts("c", [box(20, 5, 8)]))
    apply(store, image_id, edits.relabel(["r"], 1))
    apply(store, image_id, edits.remove(["d"]))
    apply(store, image_id, edits.add(Instance(0, (box(60, 50),))))
    apply(store, image_id, edits.set_state(ImageState.REVIEWED))
    seen = effort_of_image(store, image_id)
    assert (seen.offered, seen.objects) == (4, 4)
    fates = (seen.unchanged, seen.corrected, seen.relabelled, seen.deleted, seen.added)
    assert fates == (1, 1, 1, 1, 1)
    assert seen.gestures == 5
    assert seen.unchanged_share == 0.25
    assert seen.mean_overlap == pytest.approx((1 + 1 + 0.64) / 3)


def test_outlines_of_a_person_are_told_from_those_of_proposals(store: Store) -> None:
    image_id = store.images()[0].id
    offer(store, image_id, *(proposal(20.0 * at, name) for at, name in enumerate("kcr")))
    apply(store, image_id, edits.replace_parts("c", [box(20, 5, 8)]))
    apply(store, image_id, edits.relabel(["r"], 1))
    apply(store, image_id, edits.add(Instance(0, (box(60, 50),), id="own")))
    review(store, image_id)
    assert outlined_by_person(store, image_id) == {"c", "own"}


def test_only_what_counts_in_the_end(store: Store) -> None:
    """Older proposals that newer ones replaced, and steps that were undone, are no work."""
    image_id = store.images()[0].id
    offer(store, image_id, proposal(0, "old"), proposal(20, "older"))
    offer(store, image_id, proposal(0, "new"))
    apply(store, image_id, edits.remove(["new"]))
    store.undo(image_id)
    review(store, image_id)
    seen = effort_of_image(store, image_id)
    assert (seen.offered, seen.unchanged, seen.deleted) == (1, 1, 0)


def test_curve_and_sums(store: Store) -> None:
    for row in store.images():
        offer(store, row.id, proposal(0, f"p{row.id}"))
        review(store, row.id)
    efforts = effort_of_project(store)
    assert [e.images for e in efforts] == [1, 1]
    assert [e.offered for e in rounds(efforts, images=1)] == [1, 1]
    whole = total(efforts)
    assert (whole.images, whole.offered, whole.unchanged_share) == (2, 2, 1.0)
    assert total([]) == Effort()
    assert Effort().unchanged_share is None
    assert Effort().gestures_per_object is None


def test_command_line_tells_it_and_writes_a_table(
    store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    image_id = store.images()[0].id
    offer(store, image_id, proposal(0, "one"))
    review(store, image_id)
    table = tmp_path / "effort.csv"
    assert cli.main(["stats", str(store.root), "--effort", "--csv", str(table)]) == 0
    assert "unchanged share      1.0" in capsys.readouterr().out
    head, row = table.read_text().splitlines()
    assert head.startswith("images,objects,offered,unchanged,")
    assert row.startswith("1,1,1,1,")


def test_what_was_accepted_unseen_says_nothing_about_the_model(store: Store) -> None:
    seen, unseen = (row.id for row in store.images())
    for image_id in (seen, unseen):
        offer(store, image_id, proposal(5, f"p{image_id}"))
    review(store, seen)
    done = accept_many(store, [unseen], least=0.0, as_reviewed=True)
    assert done.reviewed == 1
    assert [effort.images for effort in effort_of_project(store)] == [1]
    assert len(verdicts(store, images=10)) == 1
    store.undo_run(done.run_id)
    review(store, unseen)
    assert len(verdicts(store, images=10)) == 2


def test_who_opens_again_what_was_marked_unseen_and_reviews_it_has_seen_it(store: Store) -> None:
    image_id = store.images()[0].id
    offer(store, image_id, proposal(5, "p"))
    mark_many(store, [image_id], "reviewed")
    assert effort_of_project(store) == []
    apply(store, image_id, edits.reopen())
    assert effort_of_project(store) == []
    review(store, image_id)
    assert [effort.unchanged for effort in effort_of_project(store)] == [1]
    assert len(verdicts(store, images=10)) == 1
    mark_many(store, [image_id], "open")
    mark_many(store, [image_id], "reviewed")
    assert effort_of_project(store) == [], "the last word counts"


def test_what_gave_way_to_a_shape_that_followed_was_not_judged(store: Store) -> None:
    image_id = store.images()[0].id
    offer(store, image_id, proposal(0, "a"), proposal(40, "b"))
    follower = Instance(1, (box(0, 5),), origin=Origin.MODEL, score=0.97, id="follower")
    apply(store, image_id, lambda seen: edits.add(follower)(edits.remove(["a"])(seen)))
    review(store, image_id)
    effort = effort_of_image(store, image_id)
    assert (effort.offered, effort.deleted, effort.unchanged, effort.added) == (1, 0, 1, 1)
    assert [verdict.right for verdict in verdicts(store, images=1)] == [True]
