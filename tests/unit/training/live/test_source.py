"""The learner notices what a person does, and learns from nothing else."""

from __future__ import annotations

import pytest

from dynseg.annotation import class_edits, edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance, Origin
from dynseg.geometry.part import Part, ring
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
    assert not seen, "what was read means what it meant"


def test_after_a_class_has_moved_nothing_read_before_counts(
    reviewed_store: Store, watched: ReviewedImages, changes: Changes
) -> None:
    """Labels are places in the list of classes: a network of fewer classes has no such place."""
    reviewed_store.change_classes(class_edits.place(reviewed_store.classes().labels[0].id, 1))
    seen = watched.poll(most=2)
    everything = {example.image_id for example in changes.fresh}
    assert set(seen.gone) == everything
    assert len(seen.fresh) == 2
    again = {e.image_id for e in seen.fresh} | {e.image_id for e in watched.poll().fresh}
    assert again == everything


def test_a_withdrawal_is_noticed_beside_a_change_of_the_classes(
    reviewed_store: Store, watched: ReviewedImages, changes: Changes
) -> None:
    first = changes.fresh[0].image_id
    apply(reviewed_store, first, edits.set_state(ImageState.IN_WORK), "Not reviewed")
    reviewed_store.add_class("rivet")
    assert watched.poll().gone == [first]
    apply(reviewed_store, first, edits.set_state(ImageState.REVIEWED), "Reviewed again")
    assert [example.image_id for example in watched.poll().fresh] == [first]
    apply(reviewed_store, first, edits.set_state(ImageState.IN_WORK), "Not reviewed")
    watched.choose_size(least=64, most=448)
    assert first in watched.poll().gone


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


def test_an_image_whose_rows_are_damaged_is_passed_by(
    reviewed_store: Store, watched: ReviewedImages
) -> None:
    assert reviewed_store._writer is not None
    first = reviewed_store.images()[0].id
    reviewed_store._writer.execute(
        f"UPDATE sheet SET body=zeroblob(length(body)) WHERE place>>32={first}"
    )
    assert watched.choose_size(least=64, most=448)
    assert len(watched.poll().fresh) == 5


def test_what_a_person_took_out_is_known_where_parts_are_looked_at(
    reviewed_store: Store, watched: ReviewedImages, changes: Changes
) -> None:
    first = changes.fresh[0].image_id
    corner = Part(ring([(2, 4), (10, 4), (10, 8), (2, 8)]))
    guess = Instance(0, (corner,), Origin.MODEL, score=0.5, model_id="m")
    apply(reviewed_store, first, edits.add(guess), "Add")
    apply(reviewed_store, first, edits.remove([guess.id]), "Delete")
    (seen,) = watched.poll().fresh
    assert seen.refused == ()
    watched.close_up = 2.0
    apply(reviewed_store, first, edits.set_state(ImageState.IN_WORK), "Not reviewed")
    apply(reviewed_store, first, edits.set_state(ImageState.REVIEWED), "Reviewed")
    (seen,) = watched.poll().fresh
    scale = seen.pixels.shape[1] / reviewed_store.annotation(first).width
    (middle,) = seen.refused
    assert middle == pytest.approx((6 * scale, 6 * scale), abs=0.1)
