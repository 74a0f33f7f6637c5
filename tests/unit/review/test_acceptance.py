"""Proposals of many images are accepted in one run that never touches a person's work (E3)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin, new_id
from dynseg.errors import ProjectClosedError, StoreWriteError
from dynseg.geometry.part import Part, ring
from dynseg.progress import CancelToken, Progress
from dynseg.project.backups import listed
from dynseg.project.store import Store
from dynseg.review import acceptance
from dynseg.review.acceptance import Foreseen, accept_many, waiting
from dynseg.review.many import AT_ONCE, Changed

T = TypeVar("T")

SQUARE = (Part(ring([(10, 10), (30, 10), (30, 30), (10, 30)])),)


def proposal(score: float | None, name: str | None = None) -> Instance:
    return Instance(0, SQUARE, Origin.MODEL, score=score, model_id="net", id=name or new_id())


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Sure, doubtful, drawn upon, reviewed, skipped, empty, without labels and damaged images."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("sure", "doubtful", "mixed", "reviewed", "skipped", "empty", "untouched"):
        Image.new("RGB", (100, 80), (90, 120, 60)).save(folder / f"{name}.png")
    (folder / "broken.png").write_bytes(b"no image")
    with Store.create(tmp_path / "project", images=folder, classes=["leaf"]) as opened:
        pre = ImageState.PRELABELLED
        write(opened, "sure", pre, proposal(0.9), proposal(None))
        write(opened, "doubtful", pre, proposal(0.8), proposal(0.3, "doubt"))
        write(opened, "mixed", ImageState.IN_WORK, Instance(0, SQUARE, id="drawn"), proposal(0.7))
        write(opened, "reviewed", ImageState.REVIEWED, proposal(0.9))
        write(opened, "skipped", ImageState.SKIPPED, proposal(0.9))
        write(opened, "empty", pre)
        yield opened


def image_id(store: Store, name: str) -> int:
    return next(row.id for row in store.images() if row.rel == f"{name}.png")


def write(store: Store, name: str, state: ImageState, *instances: Instance) -> None:
    before = store.annotation(image_id(store, name))
    after = Annotation(before.image_id, 100, 80, instances, state)
    store.commit(
        before.image_id, diff(before, after), expected_revision=before.revision, text="Edit"
    )


def documents(store: Store) -> dict[str, Annotation]:
    return {row.rel[:-4]: store.annotation(row.id) for row in store.images() if not row.damage}


def everything(store: Store) -> list[int]:
    return [row.id for row in store.images()]


def test_what_is_foreseen_is_what_happens(store: Store) -> None:
    found = waiting(store)
    assert found.foresee(0.5, as_reviewed=True) == Foreseen(4, 3, 2, 1, 1, 2)
    assert found.foresee(0.5, as_reviewed=False).reviewed == 0
    assert found.foresee(0.0, as_reviewed=True) == Foreseen(5, 3, 3, 0, 0, 2)
    assert found.among([image_id(store, "mixed")]).foresee(0.5, as_reviewed=True) == Foreseen(
        1, 1, 1, 0, 0, 0
    )
    assert found.foresee(0.5, as_reviewed=True, nameless=0).nameless == 4
    assert found.foresee(0.5, as_reviewed=True, nameless=1).nameless == 0
    assert found.among([]).foresee(0.5, as_reviewed=True) == Foreseen(0, 0, 0, 0, 0, 0)
    before = documents(store)
    done = accept_many(store, everything(store), least=0.5, as_reviewed=True)
    assert (done.proposals, done.images, done.reviewed, done.kept) == (4, 3, 2, ())
    after = documents(store)
    assert after["sure"].state is ImageState.REVIEWED
    assert all(item.is_human_work for item in after["sure"].instances)
    assert after["doubtful"].state is ImageState.IN_WORK
    assert [i.id for i in after["doubtful"].instances if not i.is_human_work] == ["doubt"]
    assert after["mixed"].state is ImageState.REVIEWED
    assert after["mixed"].instances[0] == before["mixed"].instances[0]
    for name in ("reviewed", "skipped", "empty", "untouched"):
        assert after[name] == before[name]
    assert store.check() == []


def test_it_is_one_step_of_undo_after_a_restart_too(store: Store) -> None:
    before = documents(store)
    done = accept_many(store, everything(store), least=0.0, as_reviewed=True)
    root = store.root
    store.close()
    with Store.open(root) as again:
        assert [(run.kind, run.state, run.images) for run in again.runs()] == [
            ("accept", "finished", 3)
        ]
        assert len(again.undo_run(done.run_id).restored) == 3
        after = documents(again)
        assert {n: (d.instances, d.state) for n, d in after.items()} == {
            n: (d.instances, d.state) for n, d in before.items()
        }
        assert again.check() == []
        assert len(listed(again.layout)) >= 1  # made before it began


def test_an_image_on_which_somebody_is_drawing_is_not_reviewed(store: Store) -> None:
    """A model would learn from it that there is nothing else."""
    imported = Instance(0, SQUARE, id="imported", run_id=store.begin_run("import", "", {}))
    write(store, "untouched", ImageState.IN_WORK, imported, Instance(0, SQUARE, id="drawn"))
    wanted = [image_id(store, "untouched")]
    assert waiting(store).among(wanted).foresee(0.5, as_reviewed=True).reviewed == 0
    done = accept_many(store, wanted, least=0.5, as_reviewed=True)
    assert (done.run_id, done.reviewed) == ("", 0)
    assert documents(store)["untouched"].state is ImageState.IN_WORK


def test_images_that_are_not_reviewed_by_it_are_work_to_go_on_with(store: Store) -> None:
    done = accept_many(store, everything(store), least=0.0, as_reviewed=False)
    assert (done.proposals, done.reviewed) == (5, 0)
    assert documents(store)["sure"].state is ImageState.IN_WORK


def test_images_of_labels_that_people_made_elsewhere_are_reviewed_as_well(store: Store) -> None:
    imported = Instance(0, SQUARE, id="imported", run_id=store.begin_run("import", "", {}))
    write(store, "untouched", ImageState.IN_WORK, imported)
    wanted = [image_id(store, "untouched")]
    assert waiting(store).among(wanted).foresee(0.5, as_reviewed=True).reviewed == 1
    done = accept_many(store, wanted, least=0.5, as_reviewed=True)
    assert (done.proposals, done.images, done.reviewed) == (0, 1, 1)


def test_an_image_that_was_changed_meanwhile_stays(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs, real = image_id(store, "sure"), acceptance.accepted

    def somebody_is_faster(document: Annotation, *, least: float, as_reviewed: bool) -> Annotation:
        if document.image_id == theirs:
            moved = edits.translate([document.instances[0].id], 5, 0)(document)
            delta = diff(document, moved)
            store.commit(theirs, delta, expected_revision=document.revision, text="Move")
        return real(document, least=least, as_reviewed=as_reviewed)

    monkeypatch.setattr(acceptance, "accepted", somebody_is_faster)
    done = accept_many(store, everything(store), least=0.0, as_reviewed=True)
    assert done.kept == (theirs,)
    assert (done.images, documents(store)["sure"].state) == (2, ImageState.IN_WORK)


def many_images(tmp_path: Path) -> Store:
    folder = tmp_path / "many"
    folder.mkdir()
    for at in range(AT_ONCE + 3):
        Image.new("L", (40, 40)).save(folder / f"{at:03}.png")
    store = Store.create(tmp_path / "project", images=folder, classes=["leaf"])
    for at in range(AT_ONCE + 3):
        write(store, f"{at:03}", ImageState.PRELABELLED, proposal(0.5))
    return store


def test_what_was_accepted_stays_when_it_is_stopped(tmp_path: Path) -> None:
    with many_images(tmp_path) as store:
        cancel, told = CancelToken(), []

        def report(progress: Progress) -> None:
            told.append((progress.done, progress.total))
            cancel.cancel()

        done = accept_many(
            store, everything(store), least=0.0, as_reviewed=True, report=report, cancel=cancel
        )
        assert (done.stopped, done.images, told) == (True, AT_ONCE, [(AT_ONCE, AT_ONCE + 3)])
        assert store.runs()[0].state == "cancelled"
        assert len(store.undo_run(done.run_id).restored) == AT_ONCE


def test_nothing_to_accept_leaves_no_run_to_take_back(store: Store) -> None:
    done = accept_many(store, [image_id(store, "empty")], least=0.0, as_reviewed=True)
    assert (done.run_id, done.images) == ("", 0)
    assert not store.runs(), "taking the last run back would take back none"


def test_a_run_that_is_taken_back_while_it_goes_on_accepts_nothing_more(tmp_path: Path) -> None:
    """What came after stayed, as a run that counted as taken back, or as finished."""
    with many_images(tmp_path) as store:

        def take_back(_: Progress) -> None:
            run = store.runs()[0]
            if run.state != "undone":
                store.undo_run(run.id)

        done = accept_many(store, everything(store), least=0.0, as_reviewed=True, report=take_back)
        assert done == Changed(stopped=True)
        assert {row.state for row in store.images()} == {ImageState.PRELABELLED}
        assert [run.state for run in store.runs()] == ["undone"]


def test_a_run_that_the_disk_ends_is_not_said_to_go_on(tmp_path: Path) -> None:
    with many_images(tmp_path) as store:
        parts: list[object] = []

        def full(work: Callable[[Store], T], /) -> T:
            parts.append(work)
            if len(parts) == 2:
                raise StoreWriteError("The disk is full.", "Free some space.")
            return work(store)

        with pytest.raises(StoreWriteError):
            accept_many(store, everything(store), least=0.0, as_reviewed=True, write=full)
        assert [run.state for run in store.runs()] == ["failed"]


def test_a_run_whose_project_is_closed_is_not_said_to_go_on(tmp_path: Path) -> None:
    """Nobody can write down then how it ended: the window's writer takes no more."""
    with many_images(tmp_path) as store:
        parts: list[object] = []

        def closed(work: Callable[[Store], T], /) -> T:
            parts.append(work)
            if len(parts) > 1:
                raise ProjectClosedError
            return work(store)

        with pytest.raises(ProjectClosedError):
            accept_many(store, everything(store), least=0.0, as_reviewed=True, write=closed)
        (run,) = store.runs()
        assert run.state == "cancelled"
        assert len(store.undo_run(run.id).restored) == AT_ONCE
