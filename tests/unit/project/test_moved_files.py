"""Files of a project that are moved, renamed, or replaced by others: labels follow, or say so."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Instance
from dynseg.errors import InputError, ProjectError
from dynseg.geometry.part import Part, ring
from dynseg.progress import CancelledError, CancelToken
from dynseg.project import backups, resizing
from dynseg.project.store import Store

Reopen = Callable[[Store], Store]


def label(store: Store, rel: str) -> int:
    """Draw a triangle on an image; its id."""
    image_id = next(row.id for row in store.images() if row.rel == rel)
    before = store.annotation(image_id)
    shape = Instance(store.classes().labels[0].id, (Part(ring([(1, 1), (9, 1), (5, 8)])),))
    after = edits.add(shape)(before)
    store.commit(image_id, diff(before, after), expected_revision=before.revision, text="Draw")
    return image_id


def row(store: Store, image_id: int) -> tuple[str, str, int]:
    found = store.image(image_id)
    return found.rel, found.damage, found.is_other_file


def paint(path: Path, colour: tuple[int, int, int], size: tuple[int, int] = (100, 80)) -> None:
    Image.new("RGB", size, colour).save(path)


def test_a_file_with_other_content_is_told_and_can_be_accepted(store: Store, photos: Path) -> None:
    image_id = label(store, "img1.png")
    assert store.record_contents() == 1
    assert store.record_contents() == 0
    paint(photos / "img1.png", (9, 9, 200))
    assert store.rescan().changed == 1
    assert row(store, image_id) == ("img1.png", "", 1)
    assert len(store.annotation(image_id).instances) == 1
    assert store.accept_file(image_id).is_other_file == 0
    assert store.rescan().changed == 0
    os.utime(photos / "img1.png", (1, 1))
    assert store.rescan().changed == 0  # the accepted content, whatever its time
    assert row(store, image_id)[2] == 0


def test_a_file_that_can_be_read_at_last_is_taken_though_it_is_the_same(
    store: Store, photos: Path
) -> None:
    """Its rights were given back, or the program has learned its kind: no time or size tells it."""
    good, path = (photos / "img1.png").read_bytes(), photos / "late.png"
    path.write_bytes(good[::-1])
    os.utime(path, ns=(10**18, 10**18))
    assert store.rescan().added == 1
    late = next(row.id for row in store.images() if row.rel == "late.png")
    assert store.image(late).damage
    assert store.rescan().changed == 0
    path.write_bytes(good)
    os.utime(path, ns=(10**18, 10**18))
    assert store.rescan().changed == 1
    assert (store.image(late).damage, store.image(late).width) == ("", 100)
    assert store.rescan().changed == 0


def test_the_first_file_put_back_ends_the_warning(store: Store, photos: Path) -> None:
    image_id = label(store, "img1.png")
    store.record_contents()
    first = (photos / "img1.png").read_bytes()
    paint(photos / "img1.png", (9, 9, 200))
    assert store.look_again(image_id).is_other_file == 1
    assert store.look_again(image_id).is_other_file == 1
    (photos / "img1.png").write_bytes(first)
    assert store.look_again(image_id).is_other_file == 0


def test_a_file_that_was_touched_or_has_no_labels_is_no_other_file(
    store: Store, photos: Path
) -> None:
    image_id = label(store, "img1.png")
    store.record_contents()
    os.utime(photos / "img1.png", (1, 1))
    paint(photos / "img10.png", (1, 2, 3), (64, 48))
    store.rescan()
    assert [own.rel for own in store.images() if own.is_other_file] == []
    assert row(store, image_id)[2] == 0


def test_another_size_in_bytes_is_another_file_even_where_nobody_read_the_first(
    store: Store, photos: Path
) -> None:
    image_id = label(store, "img1.png")
    Image.effect_noise((100, 80), 80).convert("RGB").save(photos / "img1.png")
    store.rescan()
    assert row(store, image_id) == ("img1.png", "", 1)
    assert store.accept_file(image_id).is_other_file == 0


def test_a_look_at_one_image_finds_it_missing_and_back(store: Store, photos: Path) -> None:
    image_id = label(store, "img1.png")
    store.record_contents()
    (photos / "img1.png").rename(photos.parent / "away.png")
    assert "missing" in store.look_again(image_id).damage
    (photos.parent / "away.png").rename(photos / "img1.png")
    assert store.look_again(image_id).damage == ""


def test_renamed_files_keep_their_labels(store: Store, photos: Path, reopened: Reopen) -> None:
    image_id = label(store, "img1.png")
    other = label(store, "img2.jpg")
    store.record_contents()
    (photos / "img1.png").rename(photos / "swap")
    (photos / "img2.jpg").rename(photos / "b.jpg")
    (photos / "swap").rename(photos / "a.png")
    summary = store.rescan()
    assert (summary.added, summary.missing) == (2, 2)
    count = len(store.images())
    plan = store.plan_relink(photos)
    assert {(m.old_rel, m.rel, m.by_content) for m in plan.moves} == {
        ("img1.png", "a.png", True), ("img2.jpg", "b.jpg", True),
    }  # fmt: skip
    assert store.relink(plan) == 2
    assert row(store, image_id) == ("a.png", "", 0)
    assert row(store, other) == ("b.jpg", "", 0)
    assert len(store.images()) == count - 2  # the rows without labels are gone
    assert store.rescan().added == 0
    assert store.check() == []
    with reopened(store) as again:
        assert len(again.annotation(image_id).instances) == 1
        assert again.undo(image_id) is not None
        newest = backups.facts(again.layout)[0]
        assert newest.reason == "before images are linked again"


def test_a_backup_takes_a_link_back(store: Store, photos: Path) -> None:
    label(store, "img1.png")
    store.record_contents()
    (photos / "img1.png").rename(photos / "a.png")
    store.relink(store.plan_relink(photos))
    store.close()
    backups.restore(store.layout, backups.listed(store.layout)[0])
    with Store.open(store.root) as again:
        assert "img1.png" in {own.rel for own in again.images()}


def test_names_that_were_swapped_are_told_apart_by_content(store: Store, photos: Path) -> None:
    paint(photos / "img10.png", (200, 0, 0), (64, 48))
    store.rescan()
    one, two = label(store, "img1.png"), label(store, "img10.png")
    store.record_contents()
    kept = photos.parent / "elsewhere"
    kept.mkdir()
    (photos / "img1.png").rename(kept / "img10.png")
    (photos / "img10.png").rename(kept / "img1.png")
    (photos / "img2.jpg").rename(kept / "img2.jpg")
    (photos / "broken.jpg").rename(kept / "broken.jpg")
    store.relink(store.plan_relink(kept))
    assert (row(store, one)[0], row(store, two)[0]) == ("img10.png", "img1.png")
    assert store.images_root == kept
    assert store.check() == []


def test_a_whole_folder_that_moved_is_found_again(
    store: Store, photos: Path, reopened: Reopen
) -> None:
    image_id = label(store, "img1.png")
    store.record_contents()
    place = photos.parent / "disk" / "2026"
    place.parent.mkdir()
    shutil.move(photos, place)
    plan = store.plan_relink(place.parent)
    assert plan.images_root == place
    assert not plan.lost
    assert len(plan.moves) == 4
    assert [m.old_rel for m in plan.moves if m.by_content] == ["img1.png"]
    store.relink(plan)
    with reopened(store) as again:
        assert again.images_root == place
        assert again.image_path(image_id).is_file()
        assert again.rescan() == type(again.rescan())(0, 0, 0)


def test_a_folder_of_folders_keeps_its_form(tmp_path: Path) -> None:
    photos = tmp_path / "photos"
    for name in ("a/1.png", "b/1.png"):
        (photos / name).parent.mkdir(parents=True)
        paint(photos / name, (len(name), ord(name[0]), 0))
    with Store.create(tmp_path / "p", images=photos, recursive=True, classes=["leaf"]) as store:
        one = label(store, "b/1.png")
        store.record_contents()
        shutil.move(photos, tmp_path / "new")
        plan = store.plan_relink(tmp_path / "new")
        assert plan.images_root == tmp_path / "new"
        store.relink(plan)
        assert row(store, one) == ("b/1.png", "", 0)


def test_files_put_into_a_folder_below_stay_in_the_list(store: Store, photos: Path) -> None:
    image_id = label(store, "img1.png")
    store.record_contents()
    (photos / "done").mkdir()
    (photos / "img1.png").rename(photos / "done" / "img1.png")
    assert store.rescan().missing == 1
    store.relink(store.plan_relink(photos))
    assert store.rescan().missing == 0
    assert row(store, image_id) == ("done/img1.png", "", 0)


def test_some_outside_while_others_stay_is_refused(store: Store, photos: Path) -> None:
    label(store, "img1.png")
    store.record_contents()
    away = photos.parent / "away"
    away.mkdir()
    (photos / "img1.png").rename(away / "img1.png")
    with pytest.raises(ProjectError, match="one folder of images"):
        store.plan_relink(away)


def test_a_place_with_labels_of_its_own_is_left_alone(store: Store, photos: Path) -> None:
    label(store, "img1.png")
    store.record_contents()
    (photos / "img1.png").rename(photos / "a.png")
    store.rescan()
    label(store, "a.png")
    plan = store.plan_relink(photos)
    assert plan.moves == ()
    assert plan.lost == ("img1.png",)
    assert store.relink(plan) == 0
    assert backups.listed(store.layout) == []


def test_of_equal_files_the_one_with_the_old_name_is_taken_and_none_twice(
    store: Store, photos: Path
) -> None:
    shutil.copy(photos / "img1.png", photos / "twin.png")
    store.rescan()
    one, two = label(store, "img1.png"), label(store, "twin.png")
    store.record_contents()
    below = photos / "below"
    below.mkdir()
    for name in ("img1.png", "twin.png"):
        (photos / name).rename(below / name)
    store.relink(store.plan_relink(photos))
    assert (row(store, one)[0], row(store, two)[0]) == ("below/img1.png", "below/twin.png")


def test_a_like_file_is_not_taken_for_the_one_that_was_read(store: Store, photos: Path) -> None:
    label(store, "img1.png")
    store.record_contents()
    data = bytearray((photos / "img1.png").read_bytes())
    (photos / "img1.png").unlink()
    data[-20] ^= 1  # same name, same size
    (photos / "sub").mkdir()
    (photos / "sub" / "img1.png").write_bytes(data)
    assert store.plan_relink(photos).moves == ()


def test_looking_can_be_stopped(store: Store, photos: Path) -> None:
    label(store, "img1.png")
    store.record_contents()
    (photos / "img1.png").rename(photos / "a.png")
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        store.plan_relink(photos, cancel=cancel)


def outline(store: Store, image_id: int) -> list[list[list[float]]]:
    return [item.parts[0].outer.tolist() for item in store.annotation(image_id).instances]


def move(store: Store, image_id: int, x: float) -> None:
    """A step that changes the points of the first shape, and leaves their number."""
    before = store.annotation(image_id)
    parts = (Part(ring([(x, 1), (9, 1), (5, 8)])),)
    after = edits.replace_parts(before.instances[0].id, parts)(before)
    store.commit(image_id, diff(before, after), expected_revision=before.revision, text="Move")


def test_labels_are_scaled_to_a_file_of_another_size_with_their_history(
    store: Store, photos: Path
) -> None:
    image_id = label(store, "img1.png")
    move(store, image_id, 2)
    move(store, image_id, 3)
    store.undo(image_id)
    store.record_contents()
    first = (photos / "img1.png").read_bytes()
    made = [point for points in outline(store, image_id) for point in points]
    paint(photos / "img1.png", (9, 9, 200), (50, 40))
    damage = store.look_again(image_id).damage
    assert resizing.size_now(damage) == (50, 40)
    assert outline(store, image_id) == [made]  # nothing changes until somebody says so

    found = store.scale_to_file(image_id)
    assert (found.width, found.height, found.damage, found.is_other_file) == (50, 40, "", 0)
    assert outline(store, image_id) == [[[x / 2, y / 2] for x, y in made]]
    assert backups.facts(store.layout)[0].reason == resizing.BACKUP_REASON
    store.redo(image_id)
    assert outline(store, image_id)[0][0] == [1.5, 0.5]
    store.undo(image_id)
    store.undo(image_id)
    assert outline(store, image_id) == [[[0.5, 0.5], [4.5, 0.5], [2.5, 4.0]]]
    store.undo(image_id)
    assert outline(store, image_id) == []
    store.redo(image_id)
    assert store.check() == []
    assert store.rescan().changed == 0

    (photos / "img1.png").write_bytes(first)
    assert resizing.size_now(store.look_again(image_id).damage) == (100, 80)
    assert store.scale_to_file(image_id).width == 100
    assert outline(store, image_id) == [[[1, 1], [9, 1], [5, 8]]]
    assert store.scale_to_file(image_id).width == 100  # nothing is left to do


def test_what_undo_brings_back_has_the_size_of_the_file(store: Store, photos: Path) -> None:
    image_id = label(store, "img1.png")
    made = outline(store, image_id)
    store.undo(image_id)
    store.record_contents()
    paint(photos / "img1.png", (9, 9, 200), (50, 40))
    row = store.look_again(image_id)
    assert (row.width, row.height, row.damage) == (50, 40, "")
    store.redo(image_id)
    assert outline(store, image_id) == [[[x / 2, y / 2] for x, y in made[0]]]
    assert store.check() == []


def test_nothing_is_scaled_to_a_file_that_cannot_be_read(store: Store, photos: Path) -> None:
    image_id = label(store, "img1.png")
    before = outline(store, image_id)
    (photos / "img1.png").unlink()
    with pytest.raises(InputError, match="not scaled"):
        store.scale_to_file(image_id)
    assert outline(store, image_id) == before


@pytest.mark.parametrize(
    ("old", "new", "keeps"),
    [
        ((100, 80), (50, 40), True),
        ((4000, 3000), (1333, 1000), True),
        ((101, 67), (202, 133), True),
        ((100, 80), (80, 100), False),
        ((100, 80), (100, 60), False),
    ],
)
def test_an_image_made_smaller_is_told_from_one_that_was_cut(
    old: tuple[int, int], new: tuple[int, int], keeps: bool
) -> None:
    assert resizing.keeps_shape(old, new) is keeps


def test_a_missing_image_keeps_its_place_in_the_order_of_names(store: Store, photos: Path) -> None:
    names = [row.rel for row in store.images()]
    missing = names[1]
    (photos / missing).unlink()
    assert store.rescan().missing == 1
    assert [row.rel for row in store.images()] == names
    assert store.images()[1].damage, "it is known to be missing"


@pytest.mark.parametrize(
    ("before", "after"), [("IMG.png", "img.PNG"), ("caf\u00e9.png", "cafe\u0301.png")]
)
def test_a_name_that_the_disk_takes_for_the_same_is_no_new_image(
    before: str, after: str, store: Store, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows and macOS; a person saw the image without its labels, and one missing."""
    (photos / "img1.png").rename(photos / before)
    store.rescan()
    image_id = label(store, before)
    (photos / before).rename(photos / after)
    monkeypatch.setattr(
        os.path, "samefile", lambda one, other: {one, other} <= {photos / before, photos / after}
    )
    found = store.rescan()
    assert (found.added, found.missing) == (0, 0)
    assert row(store, image_id)[:2] == (before, "")
    monkeypatch.undo()
    found = store.rescan()  # a disk that tells them apart
    assert (found.added, found.missing) == (1, 1)
