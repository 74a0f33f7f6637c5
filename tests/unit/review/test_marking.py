"""Many images that a person has chosen are marked in one run, which is taken back as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.geometry.part import Part, ring
from dynseg.project.backups import listed
from dynseg.project.store import Store
from dynseg.review.effort import effort_of_project
from dynseg.review.marking import foresee, mark_many, proposals_on

SQUARE = (Part(ring([(10, 10), (30, 10), (30, 30), (10, 30)])),)
STATES = {
    "drawn": ImageState.IN_WORK,
    "empty": ImageState.UNLABELLED,
    "proposed": ImageState.PRELABELLED,
    "reviewed": ImageState.REVIEWED,
    "skipped": ImageState.SKIPPED,
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in STATES:
        Image.new("RGB", (100, 80), (90, 120, 60)).save(folder / f"{name}.png")
    (folder / "broken.png").write_bytes(b"no image")
    with Store.create(tmp_path / "project", images=folder, classes=["bolt"]) as opened:
        for row in opened.images():
            name = Path(row.rel).stem
            if name not in STATES or name == "empty":
                continue
            before = opened.annotation(row.id)
            mine = Origin.MODEL if name in ("proposed", "skipped") else Origin.HUMAN
            after = Annotation(
                row.id, row.width, row.height, (Instance(0, SQUARE, mine, id=name),), STATES[name]
            )
            opened.commit(row.id, diff(before, after), expected_revision=0, text="Draw")
        yield opened


def states(store: Store) -> dict[str, str]:
    return {Path(row.rel).stem: row.state.value for row in store.images()}


def everything(store: Store) -> list[int]:
    return [row.id for row in store.images()]


def test_reviewing_accepts_what_is_there_and_leaves_what_cannot_be_seen(store: Store) -> None:
    before = states(store)
    found = foresee(store.images(), "reviewed")
    assert (len(found.ids), len(found.empty), found.skipped, found.unseen) == (4, 1, 1, 1)
    done = mark_many(store, everything(store), "reviewed")
    assert (done.images, done.reviewed, done.proposals, done.kept) == (4, 4, 2, ())
    assert set(states(store).items()) == {
        (name, "unlabelled" if name == "broken" else "reviewed") for name in before
    }
    for row in store.images():
        assert all(item.is_human_work for item in store.annotation(row.id).instances)
    assert len(listed(store.layout)) == 1, "made before it began"
    assert [(run.kind, run.images) for run in store.runs()] == [("mark", 4)]
    store.undo_run(done.run_id)
    assert states(store) == before


def test_what_stands_for_anything_is_counted_on_skipped_images_too(store: Store) -> None:
    assert proposals_on(store, foresee(store.images(), "reviewed").ids) == {0: 2}


def test_skipping_keeps_shapes_and_opening_gives_the_state_that_they_speak_for(
    store: Store,
) -> None:
    before = {row.id: store.annotation(row.id).instances for row in store.images()}
    done = mark_many(store, everything(store), "skipped")
    assert (done.images, set(states(store).values())) == (5, {"skipped"})
    again = mark_many(store, everything(store), "open")
    assert (again.images, again.reviewed) == (6, 0)
    assert {row.id: store.annotation(row.id).instances for row in store.images()} == before
    assert states(store) == {
        "broken": "unlabelled", "drawn": "in_work", "empty": "unlabelled",
        "proposed": "prelabelled", "reviewed": "in_work", "skipped": "prelabelled",
    }  # fmt: skip


def test_images_that_wait_are_not_opened_again(store: Store) -> None:
    done = mark_many(store, everything(store), "open")
    assert done.images == 2
    assert states(store)["proposed"] == "prelabelled"


def test_what_nobody_looked_at_says_nothing_of_the_work_and_reopening_does_not_count(
    store: Store,
) -> None:
    assert len(effort_of_project(store)) == 1
    mine = next(row.id for row in store.images() if "reviewed" in row.rel)
    mark_many(store, [mine], "open")
    document = store.annotation(mine)
    delta = diff(document, edits.accept_all()(document))
    store.commit(mine, delta, expected_revision=document.revision, text="Accept image")
    mark_many(store, everything(store), "reviewed")
    assert len(store.images_in_state(ImageState.REVIEWED)) == 5
    assert len(effort_of_project(store)) == 1, "of those that somebody looked at"
