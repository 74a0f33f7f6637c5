"""F1, F2, C10: changes of the classes hold in the whole project and are taken back as one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dynseg.annotation import class_edits, edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.annotation.edits import EditError
from dynseg.annotation.rejections import PROPOSING
from dynseg.errors import ProjectError, ReadOnlyError
from dynseg.geometry.part import Part, ring
from dynseg.project.store import Store

LEAF, STEM = 0, 1
SQUARE = Part(ring([(10, 10), (30, 10), (30, 30), (10, 30)]))


def drawn(name: str, class_id: int) -> Instance:
    return Instance(class_id, (SQUARE,), id=name)


def proposed(name: str, class_id: int) -> Instance:
    return Instance(class_id, (SQUARE,), Origin.MODEL, score=0.5, model_id="net", id=name)


def do(store: Store, image_id: int, edit: edits.Edit, text: str = "Edit") -> Annotation:
    before = store.annotation(image_id)
    change = diff(before, edit(before))
    store.commit(image_id, change, expected_revision=before.revision, text=text)
    return store.annotation(image_id)


def shapes(store: Store, image_id: int) -> dict[str, int]:
    return {item.id: item.class_id for item in store.annotation(image_id).instances}


@pytest.fixture
def ids(store: Store) -> list[int]:
    """Three images with shapes of both classes, the first one reviewed."""
    found = [row.id for row in store.images()][:3]
    do(store, found[0], edits.add(drawn("a", LEAF)))
    do(store, found[0], edits.accept_all())
    do(store, found[1], edits.add(drawn("b", LEAF)))
    do(store, found[1], edits.add(proposed("c", STEM)))
    do(store, found[2], edits.add(drawn("d", STEM)))
    return found


def state(store: Store, ids: list[int]) -> list[tuple[object, ...]]:
    return [
        (store.classes(), store.classes().former),
        *((a.instances, a.state) for a in map(store.annotation, ids)),
    ]


CHANGES = {
    "add": class_edits.add(["flower", "root"]),
    "rename": class_edits.rename(LEAF, "blade"),
    "recolour": class_edits.recolour(LEAF, "#123456"),
    "move": class_edits.place(LEAF, 1),
    "merge": class_edits.merge(LEAF, STEM),
    "delete": class_edits.remove(LEAF),
}


@pytest.mark.parametrize("name", CHANGES)
def test_f1_every_change_is_one_step_back_and_forth_also_after_a_restart(
    store: Store, ids: list[int], reopened: Callable[[Store], Store], name: str
) -> None:
    before = state(store, ids)
    step = store.change_classes(CHANGES[name])
    assert step is not None
    after = state(store, ids)
    assert after != before
    store = reopened(store)
    for image_id in ids:
        assert store.upcoming(image_id) == (step.text, "")
    undone = store.undo_newest(ids[0])
    assert undone == step._replace(state="undone")
    assert state(store, ids) == before
    assert store.upcoming(ids[2])[1] == step.text
    store.close()
    with Store.open(store.root) as store:
        assert store.redo_next(ids[1]) == step
        assert state(store, ids) == after
        assert store.check() == []


def test_f1_merging_keeps_proposals_states_and_the_history_of_images(
    store: Store, ids: list[int]
) -> None:
    step = store.change_classes(class_edits.merge(STEM, LEAF))
    assert step is not None
    assert (step.text, step.shapes, step.images) == ("Merge stem into leaf", 2, 2)
    assert store.classes().names == ["leaf"]
    assert store.class_uses() == {LEAF: (4, 3)}
    assert store.annotation(ids[0]).state is ImageState.REVIEWED
    proposal = store.annotation(ids[1]).instance("c")
    assert (proposal.class_id, proposal.is_human_work) == (LEAF, False)
    assert store.journal(ids[2])[0].text == "Merge stem into leaf"
    store.undo_newest(ids[0])
    store.undo_newest(ids[2])
    assert shapes(store, ids[2]) == {}


def test_c10_work_done_since_stays_when_a_merge_is_taken_back(store: Store, ids: list[int]) -> None:
    store.change_classes(class_edits.merge(LEAF, STEM))
    do(store, ids[1], edits.translate(["b"], 2, 2), "Move")
    do(store, ids[1], edits.add(drawn("e", STEM)), "Draw")
    assert store.upcoming(ids[1]) == ("Draw", "")
    assert store.upcoming(ids[0]) == ("Merge leaf into stem", "")
    store.undo_newest(ids[0])
    assert shapes(store, ids[0]) == {"a": LEAF}
    assert shapes(store, ids[1]) == {"b": LEAF, "c": STEM, "e": STEM}
    assert store.annotation(ids[1]).instance("b").bounds == (12, 12, 32, 32)
    store.redo_next(ids[0])
    assert shapes(store, ids[1]) == {"b": STEM, "c": STEM, "e": STEM}
    store.undo_newest(ids[0])
    assert shapes(store, ids[1]) == {"b": LEAF, "c": STEM, "e": STEM}
    assert store.check() == []


def test_f1_a_deleted_class_comes_back_with_its_shapes_between_newer_ones(
    store: Store, ids: list[int]
) -> None:
    store.change_classes(class_edits.remove(LEAF))
    assert shapes(store, ids[1]) == {"c": STEM}
    do(store, ids[1], edits.add(drawn("e", STEM)))
    store.undo_classes()
    assert list(shapes(store, ids[1])) == ["b", "c", "e"]
    assert store.classes().names == ["leaf", "stem"]


def test_f1_a_new_change_overtakes_what_was_taken_back(store: Store, ids: list[int]) -> None:
    store.change_classes(class_edits.merge(LEAF, STEM))
    store.undo_classes()
    store.change_classes(class_edits.rename(LEAF, "blade"))
    assert store.redo_classes() is None
    assert store.upcoming(ids[0]) == ("Rename leaf to blade", "")
    assert [step.state for step in store.class_steps()] == ["finished", "overtaken"]
    assert store.redo_next(ids[0]) is None


def test_c10_a_new_edit_of_the_image_takes_the_redo_of_the_classes_away(
    store: Store, ids: list[int]
) -> None:
    store.change_classes(class_edits.rename(LEAF, "blade"))
    store.undo_newest(ids[0])
    do(store, ids[0], edits.add(drawn("n", LEAF)))
    assert store.redo_next(ids[0]) is None
    assert store.upcoming(ids[1])[1] == "Rename leaf to blade"


def test_f1_an_added_class_that_is_in_use_is_no_step_on_the_way_back(
    store: Store, ids: list[int]
) -> None:
    store.change_classes(class_edits.rename(STEM, "stalk"))
    store.change_classes(class_edits.add(["flower"]))
    flower = store.classes().by_name("flower")
    assert flower is not None
    do(store, ids[0], edits.add(drawn("f", flower.id)))
    assert [step.settled for step in store.class_steps()] == [True, False]
    assert store.upcoming(ids[1]) == ("Rename stem to stalk", "")
    store.undo_newest(ids[1])
    assert store.classes().names == ["leaf", "stem", "flower"]


def test_f2_ids_are_never_used_again(store: Store, ids: list[int]) -> None:
    store.change_classes(class_edits.add(["flower"]))
    store.undo_classes()
    store.change_classes(class_edits.add(["root"]))
    assert store.classes().index_of(3) == 2
    store.change_classes(class_edits.place(3, 0))
    assert [(c.id, c.name) for c in store.classes().labels] == [
        (3, "root"), (LEAF, "leaf"), (STEM, "stem"),
    ]  # fmt: skip


def test_f1_what_cannot_be_is_refused_and_changes_nothing(store: Store, ids: list[int]) -> None:
    before = state(store, ids)
    for edit, words in (
        (class_edits.rename(LEAF, "Stem"), "a class stem already"),
        (class_edits.rename(LEAF, " "), "needs a name"),
        (class_edits.add(["a\nb"]), "unprintable"),
        (class_edits.merge(LEAF, LEAF), "into itself"),
        (class_edits.merge(LEAF, 77), "no longer"),
        (class_edits.remove(77), "no longer"),
    ):
        with pytest.raises(EditError, match=words):
            store.change_classes(edit)
    assert store.change_classes(class_edits.rename(LEAF, "leaf")) is None
    assert store.change_classes(class_edits.add(["Leaf"])) is None
    assert store.change_classes(class_edits.place(LEAF, 0)) is None
    assert state(store, ids) == before
    assert store.class_steps() == []
    with Store.open(store.root, read_only=True) as reader, pytest.raises(ReadOnlyError):
        reader.change_classes(class_edits.remove(LEAF))


def test_f1_models_follow_what_became_of_a_class(store: Store, ids: list[int]) -> None:
    key = "class_mapping.net"
    store.save_setting(key, '{"blatt": 0, "stiel": 1, "x": null}')
    store.change_classes(class_edits.rename(LEAF, "blade"))
    assert store.classes().former == {"leaf": LEAF}
    store.change_classes(class_edits.merge(LEAF, STEM))
    assert store.classes().former == {"leaf": STEM, "blade": STEM}
    assert store.setting(key) == '{"blatt": 1, "stiel": 1, "x": null}'
    store.change_classes(class_edits.remove(STEM))
    assert store.classes().former == {"leaf": None, "blade": None, "stem": None}
    for _ in range(3):
        store.undo_classes()
    assert store.classes().former == {}
    assert store.setting(key) == '{"blatt": 0, "stiel": 1, "x": null}'


def test_a_damaged_step_is_told_and_nothing_is_changed(store: Store, ids: list[int]) -> None:
    store.change_classes(class_edits.rename(LEAF, "blade"))
    assert store._writer is not None
    store._writer.execute("UPDATE run SET settings=replace(settings, 'leaf', 'lead')")
    with pytest.raises(ProjectError, match="cannot be read"):
        store.undo_classes()
    assert store.classes().names == ["blade", "stem"]


def test_c10_proposals_that_came_after_a_change_are_taken_back_before_it(
    store: Store, ids: list[int]
) -> None:
    """They replace older ones in one gesture, but not behind what a person did in between."""
    image_id, gesture = store.images()[3].id, f"{PROPOSING}opening"

    def offer(*items: Instance) -> None:
        before = store.annotation(image_id)
        change = diff(before, before.with_instances(items))
        store.commit(
            image_id, change, expected_revision=before.revision, text="Pre-label", gesture=gesture
        )

    offer(proposed("one", LEAF))
    offer(proposed("two", LEAF))
    store.change_classes(class_edits.add(["flower"]))
    offer(proposed("three", LEAF))
    store.undo_newest(image_id)
    assert "flower" in store.classes().names
    assert shapes(store, image_id) == {"two": LEAF}
    store.undo_newest(image_id)
    assert "flower" not in store.classes().names
    store.undo_newest(image_id)
    assert shapes(store, image_id) == {}, "what came without a change in between is one step"
