"""Shapes of one frame, followed through the frames after it, as one run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.films import HIDDEN, change, draw, film, frame, ids, truth
from tests.unit.inference.test_following import SIZE, disc, gone, photo

from dynseg.annotation import edits
from dynseg.annotation.delta import Delta
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.errors import ImageError, InputError
from dynseg.geometry.polygon import iou
from dynseg.inference.following.chain import PATIENCE, Chain
from dynseg.inference.following.film import FollowSummary, follow_film
from dynseg.inference.following.views import bounds, scaling, transformed
from dynseg.inference.letterboxed import checked_pixels
from dynseg.progress import CancelledError, CancelToken, Progress
from dynseg.project.store import Store

FRAMES = 8


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with film(tmp_path, FRAMES) as made:
        yield made


def documents(store: Store) -> list[Annotation]:
    return [store.annotation(image_id) for image_id in ids(store)]


def overlaps(document: Annotation, time: int, numbers: tuple[int, ...] = (0, 1, 2)) -> list[float]:
    """How well each disc is met by the shape that meets it best."""
    return [
        max((iou(item.parts, truth(number, time)) for item in document.instances), default=0.0)
        for number in numbers
    ]


def test_faults_of_steps_do_not_add_up() -> None:
    chain = Chain(frame(0), {str(n): truth(n, 0) for n in range(3)})
    for time in range(1, 16):
        found = chain.follow(frame(time))
    for number in (0, 2):
        assert iou(found[str(number)].parts, truth(number, 15)) > 0.95
        assert found[str(number)].likeness > 0.9


def test_what_is_another_thing_than_in_the_key_image_is_followed_no_further() -> None:
    """It changes little from frame to frame, and is something else at the end."""
    first, last = frame(0), np.roll(frame(0)[:, ::-1], 17, 0)
    chain = Chain(first, {"a": truth(0, 0)})
    looks: list[float] = []
    for share in np.linspace(0, 1, 12)[1:]:
        mixed = (first * (1 - share) + last * share).astype(np.uint8)
        found = chain.follow(mixed)
        looks.extend(item.likeness for item in found.values())
        if chain.is_over:
            break
    assert not chain.in_sight
    assert len(looks) > 2
    assert looks[-1] < looks[0]


def test_shapes_of_a_frame_are_followed_through_the_next_ones(store: Store) -> None:
    drawn = draw(store, 0)
    seen: list[Progress] = []
    done = follow_film(store, ids(store), report=seen.append)
    assert (done.images, done.changed, done.shapes) == (FRAMES - 1, FRAMES - 1, 3 * (FRAMES - 1))
    assert (done.objects, done.to_the_end, done.stopped_at, done.failed) == (3, 3, "", [])
    assert [p.done for p in seen] == list(range(1, FRAMES))
    assert seen[-1].total == FRAMES - 1
    assert documents(store)[0].instances == tuple(drawn)
    for time, document in enumerate(documents(store)[1:], 1):
        assert min(overlaps(document, time)) > 0.93
        assert document.state is ImageState.PRELABELLED
        for item in document.instances:
            assert item.is_copied_proposal, "as Ctrl+P gives it: nobody looked at it here"
            assert item.origin is Origin.MODEL
            assert item.score is not None
            assert 0.75 <= item.score <= 1


def test_a_second_run_changes_nothing(store: Store) -> None:
    draw(store, 0)
    follow_film(store, ids(store))
    before = documents(store)
    done = follow_film(store, ids(store))
    assert documents(store) == before
    assert (done.images, done.changed, done.shapes, done.run_id) == (FRAMES - 1, 0, 0, None)


def test_a_run_is_taken_back_as_a_whole_also_after_a_restart(tmp_path: Path) -> None:
    with film(tmp_path, FRAMES) as store:
        draw(store, 0)
        before = documents(store)
        done = follow_film(store, ids(store))
        root = store.root
    assert done.run_id is not None
    with Store.open(root) as store:
        assert [(run.kind, run.state) for run in store.runs()] == [("follow", "finished")]
        summary = store.undo_run(done.run_id)
        assert (len(summary.restored), summary.kept) == (FRAMES - 1, [])
        assert [d.instances for d in documents(store)] == [d.instances for d in before]
        assert [d.state for d in documents(store)] == [d.state for d in before]


def test_a_dry_run_says_the_same_and_changes_nothing(store: Store) -> None:
    draw(store, 0)
    before = documents(store)
    foreseen = follow_film(store, ids(store), dry=True)
    assert documents(store) == before
    assert not store.runs()
    done = follow_film(store, ids(store))
    keys = ("images", "changed", "shapes", "objects", "to_the_end", "skipped")
    assert all(getattr(foreseen, key) == getattr(done, key) for key in keys)


def test_what_vanishes_is_counted_and_not_put_anywhere(tmp_path: Path) -> None:
    with film(tmp_path, FRAMES, hidden_from=3) as store:
        draw(store, 0)
        done = follow_film(store, ids(store))
        assert (done.objects, done.to_the_end) == (3, 2)
        assert [len(d.instances) for d in documents(store)] == [3, 3, 3, 2, 2, 2, 2, 2]


def test_what_something_passes_before_is_found_again() -> None:
    chain = Chain(frame(0), {str(n): truth(n, 0) for n in range(3)})
    for time in range(1, 9):
        found = chain.follow(frame(time, without=(HIDDEN,) if 3 <= time < 6 else ()))
        assert (str(HIDDEN) in found) is not (3 <= time < 6)
    assert iou(found[str(HIDDEN)].parts, truth(HIDDEN, 8)) > 0.93


def test_what_is_away_for_long_is_given_up() -> None:
    chain = Chain(frame(0), {str(HIDDEN): truth(HIDDEN, 0)})
    for time in range(1, PATIENCE + 2):
        assert not chain.is_over
        assert not chain.follow(frame(time, without=(HIDDEN,)))
    assert chain.is_over


def test_what_has_left_the_image_is_no_hindrance() -> None:
    stays, leaves = disc(120, 120, 34), disc(400, 200, 30)
    way = [gone(25.0 * time, 0, about=(400, 200)) for time in range(10)]
    films = [photo([(stays, np.eye(3)), (leaves, matrix)]) for matrix in way]
    chain = Chain(films[0], {"stays": stays, "leaves": leaves})
    found = [chain.follow(pixels).keys() for pixels in films[1:]]
    assert found[0] == {"stays", "leaves"}
    assert found[-1] == {"stays"}


def test_it_ends_where_nothing_is_left_to_follow(tmp_path: Path) -> None:
    with film(tmp_path, FRAMES, hidden_from=3) as store:
        draw(store, 0, [HIDDEN])
        done = follow_film(store, ids(store))
        assert done.stopped_at == "film-000003.png"
        assert not done.other_size
        assert (done.to_the_end, done.shapes) == (0, 2)


def test_human_work_on_the_way_is_where_it_goes_on_from(store: Store) -> None:
    """A person makes one shape smaller in the fourth frame: that is what they mean."""
    draw(store, 0)
    follow_film(store, ids(store))
    followed = documents(store)[6].instances
    whole = documents(store)[3].instances[0]
    low, high = bounds(whole.parts)
    smaller = transformed(whole.parts, scaling(0.7, (low + high) / 2 * 0.3))
    change(store, ids(store)[3], edits.replace_parts(whole.id, smaller))
    meant = documents(store)[3].instances[0]
    follow_film(store, ids(store)[3:])
    assert documents(store)[3].instances[0] == meant, "human work stays"
    now = {item.id: item for item in documents(store)[6].instances}
    assert now.keys() == {item.id for item in followed}, "what was followed before gives way"
    assert 0.3 < iou(now[followed[0].id].parts, followed[0].parts) < 0.7
    assert now[followed[1].id] != followed[1]

    again = follow_film(store, ids(store))
    assert again.keys == 1
    here = next(item for item in documents(store)[6].instances if item.id == followed[0].id)
    assert iou(here.parts, now[here.id].parts) > 0.95, "from further back it comes to the same"


def test_what_a_person_took_out_is_gone_behind_it_when_followed_on_from_there(
    store: Store,
) -> None:
    draw(store, 0)
    follow_film(store, ids(store))
    mine = draw(store, 5, [0])[0]
    change(store, ids(store)[3], edits.remove([documents(store)[3].instances[0].id]))
    follow_film(store, ids(store)[3:])
    assert [len(d.instances) for d in documents(store)] == [3, 3, 3, 2, 2, 3, 3, 3]
    assert mine in documents(store)[5].instances


def test_in_a_reviewed_frame_what_is_not_drawn_is_not_there(store: Store) -> None:
    draw(store, 0)
    draw(store, 3, [0])
    change(store, ids(store)[3], edits.set_state(ImageState.REVIEWED))
    before = documents(store)[3]
    done = follow_film(store, ids(store))
    assert documents(store)[3] == before
    assert (done.skipped, done.keys, done.objects, done.to_the_end) == (1, 1, 3, 1)
    assert [len(d.instances) for d in documents(store)] == [3, 3, 3, 1, 1, 1, 1, 1]


def test_objects_that_a_person_drew_on_the_way_are_followed_as_well(store: Store) -> None:
    draw(store, 0, [0])
    drawn = draw(store, 3, [1])
    done = follow_film(store, ids(store))
    assert (done.objects, done.to_the_end, done.keys) == (2, 2, 1)
    assert documents(store)[3].instances[0] == drawn[0]
    assert [len(d.instances) for d in documents(store)] == [1, 1, 1, 2, 2, 2, 2, 2]
    assert min(overlaps(documents(store)[7], 7, (0, 1))) > 0.93


def test_proposals_of_a_model_for_the_same_objects_give_way(store: Store) -> None:
    draw(store, 0)
    label = store.classes().labels[0].id
    guess = Instance(
        label, truth(0, 2), origin=Origin.MODEL, score=0.6, model_id="m", run_id="elsewhere"
    )
    change(store, ids(store)[2], lambda a: a.with_instances([guess]))
    follow_film(store, ids(store))
    here = documents(store)[2].instances
    assert len(here) == 3
    assert guess.id not in {item.id for item in here}


def test_skipped_images_stay_and_are_passed_through(store: Store) -> None:
    draw(store, 0)
    change(store, ids(store)[2], edits.set_state(ImageState.SKIPPED))
    done = follow_film(store, ids(store))
    assert (done.skipped, done.images, done.keys) == (1, FRAMES - 2, 0)
    assert not documents(store)[2].instances
    assert min(overlaps(documents(store)[7], 7)) > 0.93


def test_an_image_that_is_reviewed_while_it_is_looked_at_gets_nothing(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a person does it: between what the run reads and what it writes."""
    draw(store, 0)
    third, commit = ids(store)[2], store.commit_run

    def commit_run(run_id: str, items: Sequence[tuple[int, int, Delta]]) -> list[int]:
        if items[0][0] == third and store.annotation(third).state is ImageState.UNLABELLED:
            change(store, third, edits.set_state(ImageState.REVIEWED))
        return commit(run_id, items)

    monkeypatch.setattr(store, "commit_run", commit_run)
    done = follow_film(store, ids(store))
    assert not documents(store)[2].instances
    assert documents(store)[2].state is ImageState.REVIEWED
    assert done.skipped == 1


def test_a_run_that_is_taken_back_while_it_goes_on_ends(store: Store) -> None:
    draw(store, 0)

    def between() -> None:
        if len(documents(store)[2].instances) == 3:
            store.undo_run(store.runs()[0].id)

    with pytest.raises(CancelledError):
        follow_film(store, ids(store), between=between)
    assert [len(d.instances) for d in documents(store)] == [3, *[0] * (FRAMES - 1)]


def test_stopped_it_keeps_what_is_done(store: Store) -> None:
    draw(store, 0)
    token = CancelToken()

    def report(progress: Progress) -> None:
        if progress.done == 3:
            token.cancel()

    with pytest.raises(CancelledError):
        follow_film(store, ids(store), report=report, cancel=token)
    assert [len(d.instances) for d in documents(store)] == [3, 3, 3, 3, 0, 0, 0, 0]
    assert store.runs()[0].state == "cancelled"


def test_an_unreadable_frame_is_told_and_passed(store: Store) -> None:
    draw(store, 0)
    store.image_path(ids(store)[2]).write_bytes(b"no image")
    done = follow_film(store, ids(store))
    assert [rel for rel, _ in done.failed] == ["film-000002.png"]
    assert (done.images, done.to_the_end) == (FRAMES - 2, 3)
    assert not documents(store)[2].instances


def test_an_image_of_another_size_ends_the_film(tmp_path: Path) -> None:
    film(tmp_path, 3).close()
    images = tmp_path / "images"
    Image.new("RGB", (SIZE[0] // 2, SIZE[1])).save(images / "film-000003.png")
    with Store.create(tmp_path / "other", images=images, classes=("disc",)) as store:
        draw(store, 0)
        done = follow_film(store, ids(store))
    assert (done.stopped_at, done.other_size, done.images) == ("film-000003.png", True, 2)
    assert done.to_the_end == 3


def test_without_shapes_or_a_readable_image_nothing_begins(store: Store) -> None:
    with pytest.raises(InputError, match="no shapes"):
        follow_film(store, ids(store))
    draw(store, 0)
    store.image_path(ids(store)[0]).write_bytes(b"no image")
    with pytest.raises(ImageError):
        follow_film(store, ids(store))
    assert not store.runs()


def test_only_one_image_more_is_held_than_is_looked_at(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw(store, 0)
    decoded: list[str] = []
    ahead: list[int] = []

    def counted(path: Path, size: tuple[int, int] | None) -> object:
        decoded.append(path.name)
        return checked_pixels(path, size)

    monkeypatch.setattr("dynseg.inference.following.film.checked_pixels", counted)
    follow_film(store, ids(store), report=lambda p: ahead.append(len(decoded) - p.done))
    assert max(ahead) <= 2, "the one that was looked at, and the next"


def test_a_summary_says_how_fast_it_was(store: Store) -> None:
    draw(store, 0)
    done = follow_film(store, ids(store)[:3])
    assert isinstance(done, FollowSummary)
    assert done.seconds > 0
    assert done.images_per_s > 0
