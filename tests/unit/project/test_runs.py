from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from dynseg.annotation import edits
from dynseg.annotation.delta import Delta, diff
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.annotation.rejections import UNASKED
from dynseg.errors import ProjectError
from dynseg.geometry.part import Part, ring
from dynseg.project.records import UndoRunSummary
from dynseg.project.store import Store

SQUARE = Part(ring([(10, 10), (30, 10), (30, 30), (10, 30)]))


def drawn(name: str = "h") -> Instance:
    return Instance(0, (SQUARE,), id=name)


def proposal(name: str = "m", score: float = 0.5) -> Instance:
    return Instance(0, (SQUARE,), Origin.MODEL, score=score, model_id="net", id=name)


def commit(store: Store, image_id: int, edit: edits.Edit) -> Annotation:
    before = store.annotation(image_id)
    store.commit(
        image_id, diff(before, edit(before)), expected_revision=before.revision, text="Edit"
    )
    return store.annotation(image_id)


def proposed(before: Annotation, instances: Sequence[Instance]) -> Delta:
    """What pre-labelling asks for: human work first, then these proposals."""
    human = [item for item in before.instances if item.is_human_work]
    state = before.state if human else ImageState.PRELABELLED
    after = before.with_instances([*human, *instances])
    return diff(before, Annotation(before.image_id, 0, 0, after.instances, state))


def run(store: Store, kind: str = "prelabel") -> str:
    return store.begin_run(kind, "net", {"confidence": 0.25})


def test_a_run_writes_many_images_and_is_taken_back_as_one(store: Store) -> None:
    ids = [row.id for row in store.images()]
    human = commit(store, ids[1], edits.add(drawn()))
    before = {i: store.annotation(i) for i in ids}
    run_id = run(store)
    items = [(i, before[i].revision, proposed(before[i], [proposal()])) for i in ids]
    assert store.commit_run(run_id, items) == []
    store.finish_run(run_id, "finished")
    (row,) = store.runs()
    assert (row.kind, row.model_id, row.state, row.images) == ("prelabel", "net", "finished", 4)
    assert row.settings == {"confidence": 0.25}
    rows = store.images()
    assert [r.state for r in rows] == ["prelabelled", "in_work", "prelabelled", "prelabelled"]
    assert [r.min_score for r in rows] == [0.5] * 4
    assert store.annotation(ids[1]).instances == (*human.instances, proposal())
    assert store.journal(ids[0])[0].run_id == run_id

    touched = commit(store, ids[0], edits.accept(["m"]))
    commit(store, ids[2], edits.remove(["m"]))
    store.undo(ids[2])  # again exactly what the run left
    summary = store.undo_run(run_id)
    assert (summary.restored, summary.kept) == ([ids[1], ids[2], ids[3]], [ids[0]])
    assert store.annotation(ids[0]) == touched
    for image_id in ids[1:]:
        after = store.annotation(image_id)
        assert (after.instances, after.state) == (
            before[image_id].instances,
            before[image_id].state,
        )
    assert store.runs()[0].state == "undone"
    assert store.undo_run(run_id).restored == []
    redone = store.redo(ids[3])
    assert redone is not None
    assert redone.instances == (proposal(),)
    assert store.check() == []


@pytest.mark.parametrize(("gesture", "goes"), [(UNASKED, True), ("propose:asked 1", False)])
def test_what_came_by_itself_when_an_image_was_opened_goes_with_the_run(
    store: Store, gesture: str, goes: bool
) -> None:
    image_id = store.images()[0].id
    before, run_id = store.annotation(image_id), run(store)
    store.commit_run(run_id, [(image_id, before.revision, proposed(before, [proposal()]))])
    then = store.annotation(image_id)
    newer = proposed(then, [proposal("n", 0.7)])
    store.commit(
        image_id, newer, expected_revision=then.revision, text="Pre-label", gesture=gesture
    )
    summary = store.undo_run(run_id)
    assert (summary.restored, summary.kept) == (([image_id], []) if goes else ([], [image_id]))
    after = store.annotation(image_id)
    assert bool(after.instances) is not goes
    assert (after.state is ImageState.UNLABELLED) is goes
    assert store.check() == []


def test_a_run_is_refused_where_a_person_was_first(store: Store) -> None:
    ids = [row.id for row in store.images()]
    stale = store.annotation(ids[0])
    commit(store, ids[0], edits.add(drawn()))
    commit(store, ids[1], edits.accept_all())
    commit(store, ids[2], edits.set_state(ImageState.SKIPPED))
    commit(store, ids[3], edits.add(proposal()))
    commit(store, ids[3], edits.accept(["m"]))
    current = {i: store.annotation(i) for i in ids}
    bad = current[ids[3]]
    items = [
        (ids[0], stale.revision, proposed(stale, [proposal()])),
        (ids[1], current[ids[1]].revision, proposed(current[ids[1]], [proposal()])),
        (ids[2], current[ids[2]].revision, proposed(current[ids[2]], [proposal()])),
        (ids[3], bad.revision, diff(bad, bad.with_instances([]))),
    ]
    assert store.commit_run(run(store), items) == ids
    assert {i: store.annotation(i) for i in ids} == current


@pytest.mark.parametrize(
    "edit",
    [
        edits.replace_all([]),
        edits.relabel(["h"], 1),
        edits.add(drawn("new")),
        edits.set_state(ImageState.REVIEWED),
    ],
)
def test_no_caller_can_make_pre_labelling_touch_or_fake_a_persons_work(
    store: Store, edit: edits.Edit
) -> None:
    image_id = store.images()[1].id
    commit(store, image_id, edits.add(drawn()))
    before = commit(store, image_id, edits.add(proposal()))
    assert store.commit_run(run(store), [(image_id, before.revision, diff(before, edit(before)))])
    assert store.annotation(image_id) == before


def test_an_import_may_bring_reviewed_work(store: Store) -> None:
    image_id = store.images()[1].id
    before = store.annotation(image_id)
    delta = diff(before, edits.accept_all()(edits.add(drawn())(before)))
    assert store.commit_run(run(store, "import"), [(image_id, 0, delta)]) == []
    assert store.annotation(image_id).state is ImageState.REVIEWED


def test_the_same_image_twice_counts_once(store: Store) -> None:
    image_id = store.images()[1].id
    delta = proposed(store.annotation(image_id), [proposal()])
    items = [(image_id, 0, delta), (image_id, 0, delta)]
    assert store.commit_run(run(store), items) == [image_id]
    assert store.check() == []


def test_a_run_over_an_image_with_undone_steps_drops_them(store: Store) -> None:
    image_id = store.images()[1].id
    commit(store, image_id, edits.add(drawn()))
    before = store.undo(image_id)
    assert before is not None
    store.commit_run(run(store), [(image_id, before.revision, proposed(before, [proposal()]))])
    assert store.redo(image_id) is None


def test_a_run_of_some_classes_of_a_model_is_taken_back(store: Store) -> None:
    """`--classes` of the model were taken for classes that the run had made: undo failed."""
    image_id = store.images()[0].id
    run_id = store.begin_run("prelabel", "net", {"classes": ["nut"]})
    store.commit_run(run_id, [(image_id, 0, proposed(store.annotation(image_id), [proposal()]))])
    assert store.undo_run(run_id).restored == [image_id]
    assert store.runs()[0].state == "undone"


def test_classes_that_were_made_for_a_run_go_with_it_unless_they_are_used(store: Store) -> None:
    before = store.classes().names
    run_id = run(store)
    for name in ("washer", "rivet"):
        store.add_class(name, run_id=run_id)
    image_id = store.images()[0].id
    mine = Instance(store.classes().labels[-1].id, (SQUARE,), id="mine")
    commit(store, image_id, edits.add(mine))
    store.undo_run(run_id)
    assert store.classes().names == [*before, "rivet"]


def test_imports_of_before_take_their_classes_back(store: Store) -> None:
    before = store.classes().names
    label = store.add_class("washer")
    store.undo_run(store.begin_run("import", "", {"classes": {str(label.id): "washer"}}))
    assert store.classes().names == before


def test_unknown_runs_are_refused(store: Store) -> None:
    for call in (
        lambda: store.commit_run("none", []),
        lambda: store.finish_run("none", "finished"),
        lambda: store.undo_run("none"),
    ):
        with pytest.raises(ProjectError, match="no such run"):
            call()


def test_a_division_knows_where_the_images_were(store: Store) -> None:
    first, second, third = (row.id for row in store.images()[:3])
    store.set_splits({first: "train"})
    run_id = store.divide([first, second, third], "val")
    assert store.divide([first], "val") == "", "it is there already"
    (run,) = store.runs()
    assert (run.kind, run.state, run.images) == ("split", "finished", 3)
    store.set_splits({third: "test"})
    assert store.undo_run(run_id) == UndoRunSummary(restored=[first, second], kept=[third])
    assert [row.split for row in store.images()[:3]] == ["train", "", "test"]
    assert store.runs()[0].state == "undone"


def test_the_newest_run_stands_first_also_when_the_clock_was_set_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The last one is taken back by its place: another one would lose its work."""
    made = []
    for now_s in (1000.0, 1000.0, 500.0, 1000.0):
        monkeypatch.setattr(time, "time", lambda now_s=now_s: now_s)
        made.append(run(store))
    assert [row.id for row in store.runs()] == made[::-1]
