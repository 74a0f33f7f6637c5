"""The split: stratified, seeded, fixed once assigned."""

from __future__ import annotations

import shutil
import struct
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.unit.formats.conftest import MakeProject, box, label, shape

from dynseg.annotation.document import ImageState
from dynseg.curation import likeness, split
from dynseg.progress import CancelledError, CancelToken, Progress
from dynseg.project.store import Store


def labelled(make_project: MakeProject, count: int, name: str = "project") -> Store:
    """Every image has a cat, every fifth a dog, too."""
    store = make_project([f"{i:03d}.png" for i in range(count)], name=name)
    cat, dog = (item.id for item in store.classes().labels)
    for number, row in enumerate(store.images()):
        shapes = [shape(cat, box(1, 1, 9, 9))]
        if number % 5 == 0:
            shapes.append(shape(dog, box(20, 20, 30, 30)))
        label(store, row.rel, shapes)
    return store


def by_split(store: Store) -> Counter[str]:
    return Counter(row.split for row in store.images())


@pytest.mark.parametrize(("count", "train", "val"), [(1, 1, 0), (2, 1, 1), (5, 4, 1), (25, 20, 5)])
def test_shares(make_project: MakeProject, count: int, train: int, val: int) -> None:
    store = labelled(make_project, count)
    done = split.assign(store)
    assert (done.assigned, done.train, done.val, done.test) == (count, train, val, 0)


def test_every_class_is_on_both_sides(make_project: MakeProject) -> None:
    store = labelled(make_project, 50)
    split.assign(store, test_share=0.2)
    assert by_split(store) == {"train": 30, "val": 10, "test": 10}
    dog = store.classes().labels[1].id
    with_dog = Counter(
        row.split
        for row in store.images()
        if any(i.class_id == dog for i in store.annotation(row.id).instances)
    )
    assert with_dog == {"train": 6, "val": 2, "test": 2}


@pytest.mark.parametrize(
    ("with_objects", "empty", "wanted"),
    [(1, 1, {"train"}), (1, 5, {"train"}), (2, 8, {"train", "val"}), (2, 1, {"train", "val"})],
)
def test_few_images_with_objects_train_and_then_validate(
    with_objects: int, empty: int, wanted: set[str], make_project: MakeProject
) -> None:
    """On empty images alone nothing is measured, and from them alone nothing is learned."""
    store = make_project([f"{i:03d}.png" for i in range(with_objects + empty)])
    cat = store.classes().labels[0].id
    for number, row in enumerate(store.images()):
        shapes = [shape(cat, box(1, 1, 9, 9))] if number < with_objects else []
        label(store, row.rel, shapes)
    split.assign(store)
    assert set(by_split(store)) == {"train", "val"}
    assert {row.split for row in store.images() if row.instance_count} == wanted


def test_an_image_with_objects_validates_beside_empty_ones_that_do_already(
    make_project: MakeProject,
) -> None:
    store = make_project(["a.png", "b.png", "c.png"])
    cat = store.classes().labels[0].id
    label(store, "a.png", [shape(cat, box(1, 1, 9, 9))])
    label(store, "b.png", [])
    split.assign(store)
    assert {row.rel: row.split for row in store.images()} == {
        "a.png": "train", "b.png": "val", "c.png": "",
    }  # fmt: skip
    label(store, "c.png", [shape(cat, box(1, 1, 9, 9))])
    split.assign(store)
    assert store.images()[2].split == "val"


def test_seed_decides_and_nothing_else(make_project: MakeProject) -> None:
    stores = [labelled(make_project, 20, name) for name in ("a", "b", "c")]
    for store, seed in zip(stores, (0, 0, 1), strict=True):
        split.assign(store, seed=seed)
    first, second, third = ([row.split for row in store.images()] for store in stores)
    assert first == second
    assert first != third


def test_assigned_images_keep_their_split(make_project: MakeProject) -> None:
    store = labelled(make_project, 30)
    rows = store.images()
    store.set_splits({row.id: "val" for row in rows[:10]})
    split.assign(store)
    after = store.images()
    assert all(row.split == "val" for row in after[:10])
    assert by_split(store) == {"train": 20, "val": 10}
    assert split.assign(store, seed=9).assigned == 0
    assert store.images() == after


def test_one_by_one_comes_to_the_same_share(make_project: MakeProject) -> None:
    store = make_project([f"{i}.png" for i in range(20)])
    cat = store.classes().labels[0].id
    for row in store.images():
        label(store, row.rel, [shape(cat, box(1, 1, 9, 9))])
        split.assign(store)
        reviewed = sum(r.state is ImageState.REVIEWED for r in store.images())
        assert by_split(store)["val"] >= (1 if reviewed > 1 else 0)
    assert 3 <= by_split(store)["val"] <= 5


def test_images_that_are_not_reviewed_wait(make_project: MakeProject) -> None:
    store = labelled(make_project, 4)
    row = store.images()[0]
    label(store, row.rel, [], ImageState.IN_WORK)
    split.assign(store)
    assert store.images()[0].split == ""


def test_groups_stay_together(make_project: MakeProject) -> None:
    store = make_project([f"{folder}/{i}.png" for folder in range(8) for i in range(4)])
    cat = store.classes().labels[0].id
    for row in store.images():
        label(store, row.rel, [shape(cat, box(1, 1, 9, 9))])
    store.set_splits({store.images()[0].id: "val"})
    split.assign(store, group_of=split.by_folder)
    for folder in range(8):
        own = {row.split for row in store.images() if row.rel.startswith(f"{folder}/")}
        assert len(own) == 1
    assert store.images()[1].split == "val"
    assert by_split(store)["val"] == 8


def write_frames(store: Store, films: int, frames: int) -> None:
    """Films of moving noise: each frame is the one before, shifted by little."""
    for film in range(films):
        small = np.random.default_rng(film).integers(0, 255, (24, 40, 3), dtype=np.uint8)
        large = Image.fromarray(small).resize((400, 240), Image.Resampling.BICUBIC)
        for frame in range(frames):
            view = large.crop((frame, 0, frame + 320, 240))
            view.save(store.images_root / f"{film * frames + frame:03d}.png")


def test_frames_of_a_film_stay_together(make_project: MakeProject) -> None:
    store = make_project([f"{i:03d}.png" for i in range(40)])
    write_frames(store, 10, 4)
    store.rescan()
    for row in store.images():
        label(store, row.rel, [])
    split.assign(store)
    splits = [row.split for row in store.images()]
    for film in range(10):
        assert len(set(splits[film * 4 : film * 4 + 4])) == 1
    assert by_split(store) == {"train": 32, "val": 8}


def test_film_goes_where_its_first_frames_are(make_project: MakeProject) -> None:
    store = make_project([f"{i:03d}.png" for i in range(40)])
    write_frames(store, 10, 4)
    store.rescan()
    rows = store.images()
    for number, row in enumerate(rows):
        if number % 4 == 0:
            label(store, row.rel, [])
    split.assign(store)
    first = [row.split for row in store.images()][::4]
    for number, row in enumerate(rows):
        if number % 4:
            label(store, row.rel, [])
    split.assign(store)
    after = [row.split for row in store.images()]
    assert after == [name for name in first for _ in range(4)]


def test_one_background_for_all_is_no_reason_to_keep_all_together(
    make_project: MakeProject,
) -> None:
    store = make_project([f"{i:03d}.png" for i in range(10)])
    for row in store.images():
        Image.new("RGB", (320, 240), "grey").save(store.images_root / row.rel)
    store.rescan()
    for row in store.images():
        label(store, row.rel, [])
    split.assign(store)
    assert by_split(store) == {"train": 8, "val": 2}


def test_a_project_keeps_its_rule_of_division(make_project: MakeProject) -> None:
    store = labelled(make_project, 10)
    assert split.rule_of(store) == split.SplitRule()
    split.keep_rule(store, split.SplitRule(0.4, True))
    assert split.rule_of(store) == split.SplitRule(0.4, True)
    assert split.assign(store, group_of=split.each_image).val == 4


@pytest.mark.parametrize("text", ["", "{", '{"val_share": 1.5}', '{"val_share": "much"}'])
def test_a_rule_that_cannot_be_read_is_the_usual_one(make_project: MakeProject, text: str) -> None:
    store = make_project(["a.png"])
    store.save_setting(split.RULE, text)
    assert split.rule_of(store) == split.SplitRule()


def test_frames_of_real_films_stay_together(shared_data: Path, tmp_path: Path) -> None:
    """Two real films among photographs: no frame is trained on while its neighbour tests."""
    photos = tmp_path / "photos"
    photos.mkdir()
    for name, step in (("chi.gif", 3), ("iss634.webp", 4)):
        with Image.open(shared_data / "awkward" / "animated" / name) as film:
            for number in range(0, 30, step):
                film.seek(number)
                frame = film.convert("RGB")
                frame.save(photos / f"{Path(name).stem}_{number:03}.jpg", quality=88)
    cats = sorted((shared_data / "feral-cats" / "yolo" / "images").rglob("*.jpg"))[:30]
    for number, cat in enumerate(cats):
        shutil.copy(cat, photos / f"cat_{number:03}.jpg")
    for seed in range(4):
        root = tmp_path / str(seed)
        with Store.create(root, images=photos, classes=["thing"]) as store:
            for row in store.images():
                label(store, row.rel, [shape(0, box(1, 1, 9, 9))])
            split.assign(store, seed=seed, val_share=0.3)
            kept = [(row.rel.split("_")[0], row.split) for row in store.images()]
            assert len({side for film, side in kept if film == "chi"}) == 1
            assert len({side for film, side in kept if film == "iss634"}) == 1
            assert {side for film, side in kept if film == "cat"} == {"train", "val"}


@pytest.mark.parametrize(
    "error",
    [
        RuntimeError("Failed to decode frame 0"),
        Image.DecompressionBombError(),
        struct.error(),
        None,
    ],
)
def test_an_image_that_is_damaged_in_any_way_is_like_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception | None
) -> None:
    """What decoders raise on damage has no common base; AVIF's raises what no other does."""
    path = tmp_path / "a.avif"
    Image.new("RGB", (32, 32), "red").save(path)
    if error is None:
        content = bytearray(path.read_bytes())
        content[-40:] = bytes(40)
        path.write_bytes(content)
    else:
        wrong = error

        def convert(*_: object) -> Image.Image:
            raise wrong

        monkeypatch.setattr(Image.Image, "convert", convert)
    assert len(likeness.difference_hash(path)) == 32


def test_comparing_that_is_stopped_keeps_what_it_has_read(make_project: MakeProject) -> None:
    store = labelled(make_project, 5)
    cancel, counts = CancelToken(), []

    def stop_at_the_second(now: Progress) -> None:
        counts.append(now.done)
        if now.done == 2:
            cancel.cancel()

    with pytest.raises(CancelledError):
        likeness.alike(store, store.images(), report=stop_at_the_second, cancel=cancel)
    counts.clear()
    likeness.alike(store, store.images(), report=lambda now: counts.append(now.total or 0))
    assert counts == [3, 3, 3]
