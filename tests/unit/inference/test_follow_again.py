"""A film that is followed once more, after a person has worked on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from tests.films import HIDDEN, change, draw, film, frame, ids, truth

from dynseg.annotation import class_edits, edits
from dynseg.annotation.class_edits import ClassEdit
from dynseg.annotation.document import Annotation, ImageState, Instance
from dynseg.errors import InputError
from dynseg.inference.following.film import follow_film
from dynseg.inference.following.placing import follower, meetings, placed
from dynseg.project.store import Store

FRAMES = 6


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with film(tmp_path, FRAMES) as made:
        yield made


def shapes(store: Store, time: int) -> tuple[Instance, ...]:
    return store.annotation(ids(store)[time]).instances


def counts(store: Store) -> list[int]:
    return [len(shapes(store, time)) for time in range(FRAMES)]


def test_what_a_person_took_out_of_a_frame_does_not_come_again(store: Store) -> None:
    """A proposal, one that was accepted, and one that was changed; until they bring it back."""
    draw(store, 0)
    follow_film(store, ids(store))
    third, fourth = (ids(store)[time] for time in (3, 4))
    proposal, accepted = (shapes(store, time)[at].id for time, at in ((3, 0), (4, 1)))
    change(store, fourth, edits.accept([accepted]))
    for image_id, gone in ((third, proposal), (fourth, accepted)):
        change(store, image_id, edits.remove([gone]))
        change(store, image_id, edits.set_state(ImageState.UNLABELLED))
    follow_film(store, ids(store))
    assert counts(store) == [3, 3, 3, 2, 2, 3], "the others are followed on behind it"
    store.undo(third)
    store.undo(third)
    follow_film(store, ids(store))
    assert counts(store) == [3, 3, 3, 3, 2, 3]


@pytest.mark.parametrize("edit", [class_edits.remove(0), class_edits.merge(0, 1)])
def test_a_class_that_is_gone_meanwhile_does_not_come_back(store: Store, edit: ClassEdit) -> None:
    store.change_classes(class_edits.add(["other"]))
    draw(store, 0)

    def between() -> None:
        if shapes(store, 2):
            store.change_classes(edit)

    with pytest.raises(InputError, match="class of the shapes was deleted or merged"):
        follow_film(store, ids(store), between=between)
    assert [label.name for label in store.classes().labels] == ["other"]
    assert counts(store)[3:] == [0] * 3
    assert store.runs()[0].state == "failed"


def test_what_was_only_out_of_sight_in_the_first_frame_keeps_its_proposals(store: Store) -> None:
    for time in (2, 3):
        pixels = frame(time, without=(HIDDEN,))
        Image.fromarray(pixels).save(store.image_path(ids(store)[time]), compress_level=1)
    draw(store, 0, (0, HIDDEN))
    follow_film(store, ids(store))
    assert counts(store) == [2, 2, 1, 1, 2, 2]
    draw(store, 3, [1])
    follow_film(store, ids(store)[3:])
    assert counts(store) == [2, 2, 1, 2, 3, 3]


def test_a_shape_that_a_run_put_far_away_gives_way_to_one_of_the_frame_before(store: Store) -> None:
    """A person has put it right in the frame before; Ctrl+P brings it from there."""
    drawn = draw(store, 0, [0])[0]
    follow_film(store, ids(store)[:2])
    here = store.annotation(ids(store)[1])
    made = [(follower(drawn, truth(1, 1), 0.9, "0" * 32), drawn)]
    met = meetings([item.parts for item, _ in made], [item.parts for item in here.instances])
    assert not met

    def lain(document: Annotation, *, locked: tuple[str, ...] = ()) -> tuple[int, set[str]]:
        added, gone = placed(document, made, met, locked=locked)
        return len(added), gone

    own = here.instances[0].id
    assert lain(here) == (1, {own})
    assert lain(here, locked=(own,)) == (0, set())
    assert lain(edits.accept([own])(here)) == (0, set()), "the object has its shape here"
