"""A disk that takes its time holds up neither the network nor, for ever, its own images."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from tests.unit.inference.conftest import FAST, MakeProject

from dynseg.annotation import class_edits
from dynseg.errors import StoreWriteError
from dynseg.inference.predictor import Predictor
from dynseg.inference.runs import pipeline
from dynseg.inference.runs.pipeline import prelabel_project
from dynseg.progress import Progress
from dynseg.project.store import Store

IMAGES = 8
PATIENCE_S = 20.0


@pytest.mark.parametrize("most", [4, 1])
def test_images_are_merged_while_others_are_written(
    make_project: MakeProject, starter: Predictor, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """As many as may wait, and no more."""
    monkeypatch.setattr(pipeline, "PER_COMMIT", 1)
    monkeypatch.setattr(pipeline, "MOST_WAITING", most)
    merged, begun = threading.Semaphore(0), threading.Event()
    ahead: list[bool] = []
    real = Store.save_predictions

    def slow(store: Store, rows: object) -> None:
        if not begun.is_set():
            begun.set()
            wait_s = PATIENCE_S if most == 4 else 0.5
            ahead.extend(merged.acquire(timeout=wait_s) for _ in range(3))
        real(store, rows)  # type: ignore[arg-type]

    def report(_: Progress) -> None:
        merged.release()

    monkeypatch.setattr(Store, "save_predictions", slow)
    store = make_project(IMAGES)
    done = prelabel_project(store, starter, settings=FAST, report=report)
    assert ahead == [True] * 3 if most == 4 else ahead[1:] == [False] * 2
    assert done.images == IMAGES
    assert all(store.annotation(row.id).instances for row in store.images())


def test_a_disk_that_fails_beside_ends_the_run(
    make_project: MakeProject, starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "PER_COMMIT", 2)
    real = Store.save_predictions
    tries: list[int] = []

    def full(store: Store, rows: object) -> None:
        tries.append(1)
        if len(tries) == 2:
            raise StoreWriteError("The disk is full.", "Make room.")
        real(store, rows)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "save_predictions", full)
    store = make_project(IMAGES)
    with pytest.raises(StoreWriteError, match="full"):
        prelabel_project(store, starter, settings=FAST)
    (run,) = store.runs()
    assert run.state == "failed"
    kept = [row.id for row in store.images() if store.annotation(row.id).instances]
    assert kept, "what was written before stays"
    assert not any(thread.name.startswith("write") for thread in threading.enumerate())


def test_classes_that_go_while_their_shapes_are_written_are_not_proposed(
    make_project: MakeProject, starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_project(2, classes=("object", "other"))
    real, gone = Store.all_or_nothing, store.classes().labels[0].id

    @contextmanager
    def late(own: Store) -> Iterator[None]:
        if gone in [label.id for label in own.classes().labels]:
            own.change_classes(class_edits.merge(gone, own.classes().labels[1].id))
        with real(own):
            yield

    monkeypatch.setattr(Store, "all_or_nothing", late)
    done = prelabel_project(store, starter, settings=FAST)
    assert (done.images, done.skipped) == (2, 0)
    for row in store.images():
        assert {item.class_id for item in store.annotation(row.id).instances} not in (set(), {gone})
