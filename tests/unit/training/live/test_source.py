"""The learner notices what a person does, and learns from nothing else."""

from __future__ import annotations

from dynseg.annotation import class_edits, edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState
from dynseg.model.checkpoint import load
from dynseg.project.store import Store
from dynseg.training.live.learner import Learner
from dynseg.training.live.source import Changes, ReviewedImages
from dynseg_resources import starter_model


def apply(store: Store, image_id: int, edit: edits.Edit, text: str) -> None:
    before = store.annotation(image_id)
    delta = diff(before, edit(before))
    store.commit(image_id, delta, expected_revision=before.revision, text=text)


def test_first_look_finds_all_then_nothing(watched: ReviewedImages, changes: Changes) -> None:
    assert len(changes.fresh) == 6
    assert all(example.outlines for example in changes.fresh)
    assert not watched.poll()


def test_change_and_withdrawal_are_noticed(
    reviewed_store: Store, watched: ReviewedImages, changes: Changes
) -> None:
    first, second = (example.image_id for example in changes.fresh[:2])
    victim = reviewed_store.annotation(first).instances[0].id
    apply(reviewed_store, first, edits.remove([victim]), "Delete")
    apply(reviewed_store, second, edits.set_state(ImageState.IN_WORK), "Not reviewed")
    seen = watched.poll()
    assert [example.image_id for example in seen.fresh] == [first]
    assert len(seen.fresh[0].outlines) == len(changes.fresh[0].outlines) - 1
    assert seen.gone == [second]


def test_validation_images_are_never_learned_from(
    reviewed_store: Store, watched: ReviewedImages, changes: Changes
) -> None:
    held = changes.fresh[2].image_id
    reviewed_store.set_splits({held: "val"})
    seen = watched.poll()
    assert [example.image_id for example in seen.guards] == [held]
    assert held in seen.gone
    assert held not in [example.image_id for example in seen.fresh]
    assert watched.count() == 5


def test_new_class_is_known_by_its_place(
    reviewed_store: Store, watched: ReviewedImages, changes: Changes
) -> None:
    reviewed_store.add_class("rivet")
    seen = watched.poll()
    assert seen.classes == (*changes.classes, "rivet")
    assert len(seen.fresh) == 6  # class indices may have moved: everything is read again


def test_a_renamed_class_keeps_what_was_learned_of_it(
    reviewed_store: Store, watched: ReviewedImages, changes: Changes
) -> None:
    learner = Learner(*load(starter_model()), changes.classes, size=64)
    network, first = learner.model, reviewed_store.classes().labels[0]
    reviewed_store.change_classes(class_edits.rename(first.id, "called otherwise"))
    seen = watched.poll()
    assert not seen
    assert seen.renamed == {first.name.casefold(): "called otherwise"}
    learner.rename_classes(seen.renamed)
    assert tuple(learner.classes) == seen.classes
    learner.set_classes(seen.classes)
    assert learner.model is network, "nothing begins anew"


def test_of_too_many_images_those_reviewed_last_are_read(
    reviewed_store: Store, watched: ReviewedImages
) -> None:
    first = watched.poll().fresh[0].image_id
    apply(reviewed_store, first, edits.set_state(ImageState.IN_WORK), "Not reviewed")
    apply(reviewed_store, first, edits.set_state(ImageState.REVIEWED), "Reviewed again")
    with Store.open(reviewed_store.root, read_only=True) as view:
        images = ReviewedImages(view)
        images.size = watched.size
        assert [example.image_id for example in images.poll(most=1, newest=True).fresh] == [first]


def test_another_size_reads_all_again_as_nothing_new(
    reviewed_store: Store, watched: ReviewedImages, changes: Changes
) -> None:
    assert watched.choose_size(least=64, most=448)
    assert not watched.choose_size(least=64, most=448)
    again = watched.poll()
    assert again.again == {example.image_id for example in changes.fresh}
    assert again.fresh[0].pixels.shape != changes.fresh[0].pixels.shape
    first = changes.fresh[0].image_id
    victim = reviewed_store.annotation(first).instances[0].id
    apply(reviewed_store, first, edits.remove([victim]), "Delete")
    changed = watched.poll()
    assert [example.image_id for example in changed.fresh] == [first]
    assert not changed.again
