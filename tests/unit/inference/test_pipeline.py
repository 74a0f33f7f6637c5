"""Pre-labelling a project: once, again, interrupted, beside a person, with broken images."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from msgspec import structs
from PIL import Image
from tests.unit.inference.conftest import FAST, MakeProject

from dynseg.annotation import edits
from dynseg.annotation.delta import Delta, diff
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.errors import EngineError, ImageError, InputError, StoreWriteError
from dynseg.geometry.part import Part, ring
from dynseg.inference.letterboxed import checked_pixels
from dynseg.inference.matching import mapping_key
from dynseg.inference.predictor import Predictor
from dynseg.inference.runs import crew as crew_module
from dynseg.inference.runs import pipeline, scope
from dynseg.inference.runs.budget import PixelBudget
from dynseg.inference.runs.pipeline import predict_image, prelabel_project
from dynseg.inference.runs.preview import preview_project
from dynseg.inference.settings import PredictSettings
from dynseg.progress import CancelledError, CancelToken, Progress
from dynseg.project.store import Store


def documents(store: Store) -> list[Annotation]:
    return [store.annotation(row.id) for row in store.images()]


def change(store: Store, image_id: int, edit: Callable[[Annotation], Annotation]) -> Annotation:
    before = store.annotation(image_id)
    after = edit(before)
    store.commit(image_id, diff(before, after), expected_revision=before.revision, text="Edit")
    return store.annotation(image_id)


def drawn(store: Store) -> Instance:
    """A triangle in a corner, of the first class."""
    corner = Part(ring([(5, 5), (14, 5), (14, 14)]))
    return Instance(class_id=store.classes().labels[0].id, parts=(corner,))


def test_every_image_gets_proposals_as_one_run(
    make_project: MakeProject, starter: Predictor
) -> None:
    store = make_project(4)
    seen: list[Progress] = []
    done = prelabel_project(store, starter, settings=FAST, report=seen.append)
    after = documents(store)
    assert done.images == 4
    assert done.instances == sum(len(a.instances) for a in after) > 4
    assert (done.failed, done.skipped, done.cached) == ([], 0, 0)
    assert (done.device, done.backend, done.model) == ("cpu", "torch", "starter")
    assert {a.state for a in after} == {ImageState.PRELABELLED}
    assert [p.done for p in seen] == [1, 2, 3, 4]
    for item in (item for a in after for item in a.instances):
        assert item.origin is Origin.MODEL
        assert item.model_id == starter.card.model_id
        assert item.run_id == done.run_id
        assert item.score is not None
        assert item.score >= FAST.confidence
    (run,) = store.runs()
    assert (run.id, run.state, run.images) == (done.run_id, "finished", 4)
    store.undo_run(run.id)
    assert all(not a.instances and a.state is ImageState.UNLABELLED for a in documents(store))


def test_a_second_run_changes_nothing(make_project: MakeProject, starter: Predictor) -> None:
    store = make_project(3)
    first = prelabel_project(store, starter, settings=FAST)
    before = documents(store)
    again = prelabel_project(store, starter, settings=FAST, scope="unreviewed")
    assert documents(store) == before
    assert (again.images, again.instances, again.cached) == (3, first.instances, 3)
    assert again.run_id is None
    assert len(store.runs()) == 1
    assert prelabel_project(store, starter, settings=FAST).images == 0


def test_what_was_found_and_what_is_proposed_is_saved_together_or_not_at_all(
    make_project: MakeProject, starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_project(2)

    def full(*_: object) -> list[int]:
        raise StoreWriteError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "commit_run", full)
        with pytest.raises(StoreWriteError):
            prelabel_project(store, starter, settings=FAST)
    ids = [row.id for row in store.images()]
    assert not store.predictions_of(ids, starter.card.model_id, FAST.key(starter.card))
    done = prelabel_project(store, starter, settings=FAST)
    assert (done.images, done.cached) == (2, 0)


def test_other_programs_do_not_wait_for_what_a_run_works_out(
    make_project: MakeProject, starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, inside = make_project(2), []

    def worked_out(before: Annotation, after: Annotation) -> Delta:
        assert store._writer is not None
        inside.append(store._writer.in_transaction)
        return diff(before, after)

    monkeypatch.setattr(pipeline, "diff", worked_out)
    prelabel_project(store, starter, settings=FAST)
    assert inside == [False] * 2

    def refused(_: Store) -> None:
        raise AssertionError("there is nothing to write")

    monkeypatch.setattr(Store, "all_or_nothing", refused)
    assert prelabel_project(store, starter, settings=FAST, scope="unreviewed").cached == 2


def test_another_threshold_needs_no_model(make_project: MakeProject, starter: Predictor) -> None:
    store = make_project(2)
    prelabel_project(store, starter, settings=FAST)
    stricter = structs.replace(FAST, confidence=0.6)
    done = prelabel_project(store, starter, settings=stricter, scope="unreviewed")
    assert done.cached == 2
    assert all((i.score or 0) >= 0.6 for a in documents(store) for i in a.instances)


def test_human_work_is_never_touched(make_project: MakeProject, starter: Predictor) -> None:
    store = make_project(4)
    ids = [row.id for row in store.images()]
    prelabel_project(store, starter, settings=FAST)
    accepted = store.annotation(ids[0]).instances[0]
    change(store, ids[0], edits.accept([accepted.id]))
    moved = store.annotation(ids[1]).instances[0]
    change(store, ids[1], edits.translate([moved.id], 3, 2))
    change(store, ids[1], edits.add(drawn(store)))
    reviewed = change(store, ids[2], edits.accept_all())
    skipped = change(store, ids[3], edits.set_state(ImageState.SKIPPED))
    work = {i: [s for s in store.annotation(i).instances if s.is_human_work] for i in ids}
    for confidence in (0.9, 0.1, 0.25):
        settings = replace_confidence(confidence)
        done = prelabel_project(store, starter, settings=settings, scope="all")
        assert (done.images, done.skipped) == (2, 2)
    for image_id in ids:
        after = store.annotation(image_id).instances
        assert [s for s in after if s.is_human_work] == work[image_id]
        assert len({s.id for s in after}) == len(after)
    assert store.annotation(ids[2]) == reviewed
    assert store.annotation(ids[3]) == skipped
    assert store.annotation(ids[0]).state is ImageState.IN_WORK


def replace_confidence(confidence: float) -> PredictSettings:
    return PredictSettings(image_size=160, confidence=confidence, device="cpu")


def test_scopes(make_project: MakeProject, starter: Predictor) -> None:
    store = make_project(3)
    ids = [row.id for row in store.images()]
    assert prelabel_project(store, starter, settings=FAST, scope=[ids[1], 99_999]).images == 1
    states = [row.state for row in store.images()]
    assert states == [ImageState.UNLABELLED, ImageState.PRELABELLED, ImageState.UNLABELLED]
    assert prelabel_project(store, starter, settings=FAST, scope="unlabelled").images == 2
    with pytest.raises(InputError, match="no choice of images"):
        prelabel_project(store, starter, settings=FAST, scope="everything")


def test_broken_images_are_listed_and_the_rest_goes_on(
    make_project: MakeProject, starter: Predictor
) -> None:
    store = make_project(5)
    paths = [store.image_path(row.id) for row in store.images()]
    paths[0].unlink()
    paths[1].write_bytes(paths[1].read_bytes()[:2000])
    Image.new("RGB", (33, 44)).save(paths[3])
    done = prelabel_project(store, starter, settings=FAST)
    assert done.images == 2
    assert [rel for rel, _ in done.failed] == [paths[i].name for i in (0, 1, 3)]
    assert "33 x 44" in done.failed[2][1]
    assert all(reason for _, reason in done.failed)
    states = [row.state is ImageState.PRELABELLED for row in store.images()]
    assert states == [False, False, True, False, True]
    with pytest.raises(ImageError):
        predict_image(store, store.images()[0].id, starter, FAST)


def test_cancel_keeps_what_is_done_and_a_new_run_goes_on(
    make_project: MakeProject, starter: Predictor
) -> None:
    store = make_project(24)
    cancel = CancelToken()
    asked_s = 0.0

    def report(progress: Progress) -> None:
        nonlocal asked_s
        if progress.done == 3:
            asked_s = time.monotonic()
            cancel.cancel()

    with pytest.raises(CancelledError):
        prelabel_project(store, starter, settings=FAST, report=report, cancel=cancel)
    assert time.monotonic() - asked_s < 2.0
    (run,) = store.runs()
    assert run.state == "cancelled"
    assert 3 <= run.images < 24
    done = prelabel_project(store, starter, settings=FAST, run_id=run.id)
    assert done.images == 24 - run.images
    assert [(r.id, r.state, r.images) for r in store.runs()] == [(run.id, "finished", 24)]


def test_urgent_work_is_served_between_images(
    make_project: MakeProject, starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it finds beyond the images that are read already is not looked for again."""
    monkeypatch.setattr(scope, "TOGETHER", 8)
    store = make_project(12)
    last = store.images()[-1].id
    served: list[int] = []

    def between() -> None:
        if not served:
            served.append(predict_image(store, last, starter, FAST))

    done = prelabel_project(store, starter, settings=FAST, between=between)
    assert served[0] > 0
    assert (done.images, done.cached) == (12, 1)


def test_a_person_who_edits_meanwhile_keeps_their_work(
    make_project: MakeProject, starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_project(2)
    image_id = store.images()[0].id
    shape = drawn(store)
    commit = store.commit_run
    edited: list[int] = []

    def commit_after_an_edit(*arguments: object) -> list[int]:
        if not edited:
            edited.append(1)
            change(store, image_id, edits.add(shape))
        return commit(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "commit_run", commit_after_an_edit)
    done = prelabel_project(store, starter, settings=FAST)
    after = store.annotation(image_id)
    assert after.instances[0] == shape
    assert len(after.instances) > 1
    assert after.state is ImageState.IN_WORK
    assert (done.images, done.skipped) == (2, 0)


def test_an_image_that_changes_all_the_time_is_left_alone(
    make_project: MakeProject, starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_project(2)
    image_id = store.images()[0].id
    commit = store.commit_run

    def always_too_late(run_id: str, items: list[tuple[int, int, object]]) -> list[int]:
        mine = [item for item in items if item[0] != image_id]
        return [*commit(run_id, mine), *(i[0] for i in items if i[0] == image_id)]  # type: ignore[arg-type]

    monkeypatch.setattr(store, "commit_run", always_too_late)
    done = prelabel_project(store, starter, settings=FAST)
    assert (done.images, done.skipped) == (1, 1)


def test_classes_are_made_when_a_shape_needs_one(
    make_project: MakeProject, starter: Predictor
) -> None:
    several = make_project(1, classes=("nut", "bolt"))
    done = prelabel_project(several, starter, settings=FAST)
    assert several.classes().names == ["nut", "bolt", "object"]
    assert done.run_id is not None
    several.undo_run(done.run_id)
    assert several.classes().names == ["nut", "bolt"], "it goes with the run that needed it"
    none = make_project(1, classes=())
    prelabel_project(none, starter, settings=PredictSettings(image_size=160, confidence=1.0))
    assert none.classes().names == []
    prelabel_project(none, starter, settings=FAST, scope="all")
    assert none.classes().names == ["object"]
    only = make_project(1)
    prelabel_project(only, starter, settings=FAST)
    assert only.classes().names == ["part"]


def test_a_class_that_a_person_makes_meanwhile_is_not_made_once_more(
    make_project: MakeProject, starter: Predictor
) -> None:
    store = make_project(1, classes=())

    def make() -> None:
        if not store.classes().names:
            store.add_class("Object")

    assert not prelabel_project(store, starter, settings=FAST, between=make).failed
    assert store.classes().names == ["Object"]


def test_what_a_person_chose_for_classes_is_followed(
    make_project: MakeProject, starter: Predictor
) -> None:
    store = make_project(1, classes=("nut", "bolt"))
    bolt = store.classes().labels[1].id
    key = mapping_key(starter.card.model_id)
    store.save_setting(key, f'{{"object": {bolt}}}')
    prelabel_project(store, starter, settings=FAST)
    assert {i.class_id for a in documents(store) for i in a.instances} == {bolt}
    store.save_setting(key, '{"object": null}')
    prelabel_project(store, starter, settings=FAST, scope="all")
    assert documents(store)[0].instances == ()
    assert store.classes().names == ["nut", "bolt"]
    store.save_setting(key, "damaged")
    prelabel_project(store, starter, settings=FAST, scope="all")
    assert store.classes().names == ["nut", "bolt", "object"]


def test_a_damaged_cache_is_looked_past(make_project: MakeProject, starter: Predictor) -> None:
    store = make_project(1)
    image_id = store.images()[0].id
    rubbish = [(image_id, starter.card.model_id, FAST.key(starter.card), b"rubbish")]
    store.save_predictions(rubbish)
    assert prelabel_project(store, starter, settings=FAST).cached == 0


def test_an_image_whose_rows_are_damaged_is_listed_and_the_rest_goes_on(
    make_project: MakeProject, starter: Predictor
) -> None:
    store = make_project(4)
    ids = [row.id for row in store.images()]
    for image_id in ids[:2]:
        change(store, image_id, edits.add(drawn(store)))
    change(store, ids[1], edits.remove([store.annotation(ids[1]).instances[0].id]))
    assert store._writer is not None
    store._writer.execute("UPDATE sheet SET body=zeroblob(length(body))")  # of the first image
    store._writer.execute("UPDATE op SET delta=zeroblob(9) WHERE image_id=?", (ids[1],))
    seen: list[int] = []
    looked = preview_project(
        store, starter, settings=FAST, scope="all", tell=lambda image: seen.append(image.image_id)
    )
    assert seen == ids[2:]
    done = prelabel_project(store, starter, settings=FAST, scope="all")
    assert (done.images, looked.images) == (2, 2)
    assert done.failed == looked.failed
    assert [rel for rel, _ in done.failed] == ["scene0.png", "scene1.png"]
    assert "one of its shapes cannot be read" in done.failed[0][1]
    assert "history cannot be read" in done.failed[1][1]
    assert all(store.annotation(image_id).instances for image_id in ids[2:])


def test_a_disk_that_is_full_ends_the_run(
    make_project: MakeProject, starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_project(2)

    def full(*arguments: object) -> list[int]:
        raise StoreWriteError("The disk is full.", "Free some space.")

    monkeypatch.setattr(store, "commit_run", full)
    with pytest.raises(StoreWriteError):
        prelabel_project(store, starter, settings=FAST)
    assert [run.state for run in store.runs()] == ["failed"]
    assert all(not a.instances for a in documents(store))


def test_a_model_that_stops_running_keeps_what_was_found(
    make_project: MakeProject, starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_project(4)
    forward, calls = starter.forward, []

    def failing(*arguments: object, **named: object) -> object:
        calls.append(1)
        if len(calls) > 2:
            raise EngineError("The model could not run.")
        return forward(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(starter, "forward", failing)
    with pytest.raises(EngineError):
        prelabel_project(store, starter, settings=FAST)
    assert len({run.state for run in store.runs()} | {"failed"}) == 1


def test_memory_is_bounded_however_long_the_folder(
    make_project: MakeProject, starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_project(30)
    prepared, handed_over, most = [0], [0], [0]
    decode = checked_pixels

    def counting(path: Path, size: tuple[int, int] | None) -> np.ndarray:
        prepared[0] += 1
        most[0] = max(most[0], prepared[0] - handed_over[0])
        return decode(path, size)

    monkeypatch.setattr(crew_module, "checked_pixels", counting)

    def report(_: Progress) -> None:
        handed_over[0] += 1

    prelabel_project(store, starter, settings=FAST, report=report)
    assert prepared[0] == 30
    assert most[0] <= 20


def test_large_images_are_not_decoded_at_once() -> None:
    budget = PixelBudget(100)
    order: list[str] = []
    with budget.taken(60), budget.taken(40):
        thread = threading.Thread(target=lambda: take(budget, order))
        thread.start()
        time.sleep(0.05)
        order.append("released")
    thread.join(5)
    assert order == ["released", "taken"]


def take(budget: PixelBudget, order: list[str]) -> None:
    with budget.taken(5000):
        order.append("taken")


def test_accepted_proposals_stay_when_the_model_changes(
    make_project: MakeProject, starter: Predictor
) -> None:
    store = make_project(1)
    prelabel_project(store, starter, settings=FAST)
    image_id = store.images()[0].id
    first = store.annotation(image_id).instances[0]
    kept = change(store, image_id, edits.accept([first.id])).instance(first.id)
    other = PredictSettings(image_size=192, device="cpu")
    prelabel_project(store, starter, settings=other, scope="unreviewed")
    after = store.annotation(image_id)
    assert after.instance(first.id) == structs.replace(kept)
