"""Past versions can be looked at and brought back, and bringing one back can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import apsw
import pytest
from msgspec import structs

from dynseg.annotation import class_edits, edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, Instance, Origin
from dynseg.annotation.rejections import PROPOSING, Rejections
from dynseg.errors import ProjectError
from dynseg.geometry.part import Part, ring
from dynseg.project import history
from dynseg.project.store import Store

IMAGE = 2


def drawn(name: str, x: float = 0.0) -> Instance:
    return Instance(0, (Part(ring([(x, 1), (x + 5, 1), (x + 5, 6)])),), id=name)


def do(store: Store, edit: edits.Edit, gesture: str = "") -> tuple[int, Annotation]:
    """Commit an edit; returns the number of its step and the document after it."""
    before = store.annotation(IMAGE)
    delta = diff(before, edit(before))
    store.commit(IMAGE, delta, expected_revision=before.revision, text="Edit", gesture=gesture)
    return store.journal(IMAGE)[0].seq, store.annotation(IMAGE)


def same(one: Annotation, other: Annotation) -> bool:
    """Equal but for the revision, which counts restores too."""
    return replace(one, revision=0) == replace(other, revision=0)


def story(store: Store) -> list[tuple[int, Annotation]]:
    """A step of every kind, with the document after each."""
    versions = [(0, store.annotation(IMAGE))]
    versions.append(do(store, edits.add(drawn("a"))))
    versions.append(do(store, edits.add(drawn("b", 10))))
    versions.append(do(store, edits.translate(["a"], 3, 2)))
    do(store, edits.translate(["a"], 1, 1), gesture="drag")
    versions.append(do(store, edits.translate(["a"], 1, 1), gesture="drag"))
    versions.append(do(store, edits.remove(["b"])))
    versions.append(do(store, edits.relabel(["a"], 1)))
    return versions


def test_every_version_can_be_looked_at(store: Store, reopened: Callable[[Store], Store]) -> None:
    versions = story(store)
    again = reopened(store)
    with again:
        for seq, document in versions:
            assert same(again.annotation_at(IMAGE, seq), document)
        again.undo(IMAGE)
        again.undo(IMAGE)
        for seq, document in versions:
            assert same(again.annotation_at(IMAGE, seq), document)


def test_bringing_a_version_back_is_a_step_like_any_other(store: Store) -> None:
    versions = story(store)
    present = store.annotation(IMAGE)
    for seq, document in versions[:-1]:
        brought = store.restore_version(IMAGE, seq)
        assert brought is not None
        assert same(brought, document)
        assert brought == store.annotation(IMAGE)
        undone = store.undo(IMAGE)
        assert undone is not None
        assert same(undone, present)
    assert store.restore_version(IMAGE, versions[-1][0]) is None
    assert store.check() == []


def test_a_version_that_never_was_is_refused(store: Store) -> None:
    story(store)
    other = store.images()[0].id
    for image_id, seq in ((IMAGE, 999), (other, 1)):
        with pytest.raises(ProjectError, match="no version"):
            store.annotation_at(image_id, seq)
        with pytest.raises(ProjectError, match="no version"):
            store.restore_version(image_id, seq)
    assert store.annotation_at(other, 0) == store.annotation(other)


def proposed(name: str, x: float, score: float) -> Instance:
    parts = (Part(ring([(x, 10), (x + 20, 10), (x + 20, 30), (x, 30)])),)
    return Instance(0, parts, Origin.MODEL, score=score, model_id="m", id=name)


def offer(*items: Instance) -> edits.Edit:
    return lambda annotation: annotation.with_instances((*annotation.instances, *items))


def rejected(store: Store) -> dict[str, bool]:
    return {name: item.for_good for name, item in store.rejections(IMAGE).items()}


def test_a_person_rejects_and_a_model_that_replaces_its_proposals_does_not(
    store: Store, reopened: Callable[[Store], Store]
) -> None:
    a, b, c = (proposed(name, x, 0.9) for name, x in (("a", 0), ("b", 40), ("c", 80)))
    do(store, edits.add(drawn("mine")))
    first, _ = do(store, offer(a, b, c), gesture=f"{PROPOSING}opening")
    do(store, edits.remove(["c"]), gesture=f"{PROPOSING}confidence")
    assert rejected(store) == {}
    do(store, edits.remove(["mine"]))
    do(store, edits.remove(["a"]))
    do(store, edits.translate(["b"], 3, 0))
    assert rejected(store) == {"a": True}
    with reopened(store) as again:
        assert rejected(again) == {"a": True}
        again.restore_version(IMAGE, first)
        assert rejected(again) == {}, "the earlier version has it again"
        again.undo(IMAGE)
        assert rejected(again) == {"a": True}
        again.restore_version(IMAGE, 0)
        assert rejected(again) == {}, "in the version before the proposals nothing was rejected"
        again.undo(IMAGE)
        assert rejected(again) == {"a": True}


def test_what_was_rejected_in_a_version_is_rejected_again_when_it_comes_back(
    store: Store, reopened: Callable[[Store], Store]
) -> None:
    do(store, offer(proposed("a", 0, 0.9), proposed("b", 40, 0.8)), gesture=PROPOSING)
    one, _ = do(store, edits.remove(["a"]))
    store.undo(IMAGE)
    do(store, edits.remove(["b"]))
    assert rejected(store) == {"b": True}
    store.restore_version(IMAGE, one)  # a branch that was overtaken
    with reopened(store) as again:
        assert rejected(again) == {"a": True}
        do(again, edits.remove(["b"]))
        assert rejected(again) == {"a": True, "b": True}
        again.undo(IMAGE)
        again.undo(IMAGE)
        assert rejected(again) == {"b": True}


def test_a_gesture_goes_on_beside_what_was_undone_on_top_of_it(store: Store) -> None:
    """The slider has one gesture for ever; a version that was made on its step has to stay."""
    slider = f"{PROPOSING}confidence"
    do(store, offer(proposed("a", 0, 0.9), proposed("b", 40, 0.8)), gesture=slider)
    moved, version = do(store, edits.translate(["b"], 3, 0))
    store.undo(IMAGE)
    do(store, edits.remove(["a"]), gesture=slider)
    assert same(store.annotation_at(IMAGE, moved), version)
    assert store.restore_version(IMAGE, moved) is not None
    assert same(store.annotation(IMAGE), version)
    store.undo(IMAGE)
    store.undo(IMAGE)
    assert [item.id for item in store.annotation(IMAGE).instances] == ["a", "b"]


def test_rejections_are_read_once_for_as_long_as_nobody_rejects(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    do(store, offer(proposed("a", 0, 0.9), proposed("b", 40, 0.8)), gesture=PROPOSING)
    do(store, edits.remove(["a"]))
    assert rejected(store) == {"a": True}
    read: list[int] = []
    real = history.rejections

    def counted(connection: apsw.Connection, image_id: int) -> Rejections:
        read.append(image_id)
        return real(connection, image_id)

    monkeypatch.setattr(history, "rejections", counted)
    do(store, edits.remove(["b"]), gesture=f"{PROPOSING}confidence")
    do(store, offer(proposed("b", 40, 0.8)), gesture=f"{PROPOSING}confidence")
    store.rejections(IMAGE).clear()
    assert rejected(store) == {"a": True}
    assert read == []
    store.undo(IMAGE)
    store.undo(IMAGE)
    assert rejected(store) == {}
    store.redo(IMAGE)
    assert rejected(store) == {"a": True}


def test_c10_a_click_in_the_history_goes_back_and_forth(store: Store) -> None:
    versions = story(store)
    for seq, document in (versions[2], versions[5], versions[0], versions[-1], versions[3]):
        done = store.go_to(IMAGE, seq)
        assert done is not None
        assert same(done, document)
        assert store.go_to(IMAGE, seq) is None
    assert len(store.journal(IMAGE, include_dropped=True)) == len(versions) - 1, "no new step"
    do(store, edits.add(drawn("n", 20)))
    back = store.go_to(IMAGE, versions[-1][0])  # overtaken: brought back as a step
    assert back is not None
    assert same(back, versions[-1][1])
    assert store.journal(IMAGE)[0].text == "Bring back an earlier version"
    with pytest.raises(ProjectError, match="no version"):
        store.go_to(IMAGE, 10_000)


def test_c10_going_back_beyond_a_merge_leaves_the_classes_merged_elsewhere(store: Store) -> None:
    first, document = do(store, edits.add(drawn("a")))
    store.change_classes(class_edits.merge(0, 1))
    do(store, edits.add(structs.replace(drawn("b", 20), class_id=1)))
    back = store.go_to(IMAGE, first)
    assert back is not None
    assert same(back, document)
    assert store.class_steps()[0].state == "finished"
    store.undo_newest(IMAGE)
    assert {i.id: i.class_id for i in store.annotation(IMAGE).instances} == {"a": 1, "b": 1}


def test_of_two_outlines_of_one_object_the_one_that_is_left_is_not_rejected(store: Store) -> None:
    do(store, offer(proposed("a", 0, 0.9), proposed("double", 4, 0.8)), gesture=PROPOSING)
    do(store, edits.remove(["double"]))
    assert rejected(store) == {"double": False}
    do(store, edits.remove(["a"]))
    assert rejected(store) == {"double": False, "a": True}
