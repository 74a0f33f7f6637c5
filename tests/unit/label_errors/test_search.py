"""Errors that were put into labels are found by networks that never saw them (E7)."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from msgspec import structs

from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, ImageState, Instance
from dynseg.errors import DynsegError, TrainingError
from dynseg.formats.incoming.importing import import_labels
from dynseg.geometry.part import Part, ring
from dynseg.inference.detections import Detection
from dynseg.label_errors import search
from dynseg.label_errors.looked import decode
from dynseg.label_errors.opinions import opinion_of
from dynseg.label_errors.search import find_disputes
from dynseg.progress import CancelledError, CancelToken, Progress
from dynseg.project.store import Store
from dynseg.review.disputes import Kind, open_disputes
from dynseg.training.live.learner import Learner


@pytest.fixture(autouse=True)
def small_steps(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "slow" not in request.keywords:
        monkeypatch.setattr(search, "BATCH", 2)


def write(store: Store, before: Annotation, after: Annotation) -> None:
    store.commit(
        before.image_id, diff(before, after), expected_revision=before.revision, text="Spoil"
    )


def test_few_images_are_refused_with_the_number_that_is_needed(reviewed_store: Store) -> None:
    rows = reviewed_store.images()
    for row in rows[1:]:
        document = reviewed_store.annotation(row.id)
        write(reviewed_store, document, replace(document, state=ImageState.IN_WORK))
    with pytest.raises(TrainingError, match="from 6 reviewed images on; there are 1"):
        find_disputes(reviewed_store)


def test_images_without_a_shape_are_refused_before_anything_is_learned(
    reviewed_store: Store,
) -> None:
    for row in reviewed_store.images():
        document = reviewed_store.annotation(row.id)
        write(reviewed_store, document, document.with_instances([]))
    with pytest.raises(TrainingError, match="None of the reviewed images has a shape"):
        find_disputes(reviewed_store)


def test_learning_that_goes_astray_is_told_as_what_it_is(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ruined(self: Learner, *_: object, **__: object) -> float:
        return self._skip_step() or float("nan")  # type: ignore[func-returns-value]

    monkeypatch.setattr(Learner, "step", ruined)
    with pytest.raises(TrainingError, match="Looking for label errors went astray"):
        find_disputes(reviewed_store, folds=2, steps=9)


@pytest.mark.parametrize(
    ("error", "said"),
    [(MemoryError(), "not enough memory"), (ValueError("odd"), "failed (ValueError: odd)")],
)
def test_a_search_that_breaks_says_why(
    reviewed_store: Store,
    error: Exception,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(search, "find_disputes", fail)
    assert search.look(reviewed_store.root, device="cpu", threads=1) == 1
    told = decode(capfdbinary.readouterr().out.splitlines()[-1])
    assert told is not None
    assert said in told.message


def test_a_stopped_search_keeps_nothing(reviewed_store: Store) -> None:
    token = CancelToken()
    with pytest.raises(CancelledError):
        find_disputes(reviewed_store, steps=4, cancel=token, report=lambda _: token.cancel())
    assert open_disputes(reviewed_store) is None


def test_what_cannot_be_kept_is_told_and_handed_out_all_the_same(
    reviewed_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Minutes of work on a project that cannot be written."""

    def full(*_: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr("dynseg.review.disputes.save", full)
    told: list[DynsegError] = []
    found = find_disputes(reviewed_store, folds=2, steps=1, unkept=told.append)
    assert found.images == len(reviewed_store.images())
    assert "Read-only file system" in told[0].message


def test_every_image_is_judged_by_what_the_program_would_propose(reviewed_store: Store) -> None:
    told: list[Progress] = []
    found = find_disputes(reviewed_store, folds=2, steps=1, report=told.append)
    assert found.images == len(reviewed_store.images())
    assert (told[-1].done, told[-1].total) == (2 + found.images, 2 + found.images)
    assert open_disputes(reviewed_store) == found


def test_an_opinion_compares_polygons_in_image_pixels() -> None:
    def square(left: float, side: float) -> Part:
        return Part(ring([(left, 0), (left + side, 0), (left + side, side), (left, side)]))

    labels = {7: 0, 9: 1}
    items = (
        Instance(9, (square(0, 10),)),
        Instance(7, (square(50, 10),)),
        Instance(8, (square(90, 10),)),
    )
    document = Annotation(3, 100, 20, items, revision=4)
    found = [
        Detection(1, 0.9, (square(0, 8),), (0.0, 0.0, 8.0, 8.0)),
        Detection(0, 0.4, (square(58, 10),), (58.0, 0.0, 68.0, 10.0)),
    ]
    opinion = opinion_of(document, found, labels)
    assert (opinion.image_id, opinion.revision) == (3, 4)
    assert opinion.instance_ids == [
        items[0].id,
        items[1].id,
    ]  # a class that is not learned is left out
    assert opinion.labels.tolist() == [1, 0]
    assert opinion.overlaps == pytest.approx(np.array([[0.64, 0], [0, 0]]))
    assert opinion.found_boxes == [item.box for item in found]


@pytest.mark.slow
@pytest.mark.timeout(1500)
def test_wrong_classes_and_missing_shapes_are_among_the_first(
    shared_data: Path, tmp_path: Path
) -> None:
    photos = tmp_path / "photos"
    source = shared_data / "food-tray" / "yolo"
    shutil.copytree(source / "images" / "train", photos)
    with Store.create(tmp_path / "project", images=photos) as store:
        import_labels(store, source, as_reviewed=True)
        rows = store.images()
        for row in rows[30:]:
            document = store.annotation(row.id)
            write(store, document, replace(document, state=ImageState.IN_WORK))
        classes = [label.id for label in store.classes().labels]
        relabelled, missing = set(), set()
        for number, row in enumerate(rows[:6]):
            document = store.annotation(row.id)
            first, *rest = document.instances
            if number % 2:
                other = classes[(classes.index(first.class_id) + 1) % len(classes)]
                changed = structs.replace(first, class_id=other)
                relabelled.add(first.id)
                write(store, document, document.with_instances([changed, *rest]))
            else:
                missing.add(row.id)
                write(store, document, document.with_instances(rest))
        found = find_disputes(store, folds=2, steps=search.STEPS)
        assert found == open_disputes(store)
        assert (found.images, found.quality > 0.3) == (30, True)
        named = [d.instance_id for d in found.disputes if d.kind is Kind.OTHER_CLASS]
        assert len(relabelled & set(named[:6])) >= 2
        gone = [d.image_id for d in found.disputes if d.kind is Kind.MISSING]
        assert len(missing & set(gone[:8])) >= 2
        settled = store.annotation(found.disputes[0].image_id)
        write(store, settled, settled.with_instances(settled.instances[:-1]))
        left = open_disputes(store)
        assert left is not None
        assert found.disputes[0].image_id not in {item.image_id for item in left.disputes}
