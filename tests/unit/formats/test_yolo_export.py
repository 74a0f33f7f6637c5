"""What a YOLO export holds, and what it never does."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import numpy as np
import pytest
import yaml
from tests.unit.formats.conftest import MakeProject, box, label, shape, write_image

from dynseg.annotation.document import ImageState
from dynseg.errors import InputError, StoreWriteError
from dynseg.files import sync_file
from dynseg.formats.outgoing import staging
from dynseg.formats.outgoing.exporting import export
from dynseg.formats.outgoing.policy import Policy
from dynseg.formats.outgoing.preflight import count, losses
from dynseg.formats.outgoing.round_trip import round_trip
from dynseg.formats.yolo import FORMAT
from dynseg.formats.yolo.rows import parse
from dynseg.geometry.part import Part
from dynseg.progress import CancelledError, CancelToken, Progress
from dynseg.project.store import Store


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rows_of(folder: Path, stem: str) -> list[tuple[int, np.ndarray]]:
    (path,) = folder.glob(f"labels/*/{stem}.txt")
    return [(r.class_index, r.points) for r in parse(path.read_bytes(), path=stem).rows]


def test_images_labels_and_description(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png", "b.png", "c.png"])
    cat, dog = (item.id for item in store.classes().labels)
    label(store, "a.png", [shape(cat, box(8, 12, 32, 24)), shape(dog, box(0, 0, 64, 48))])
    label(store, "b.png", [shape(dog, box(1, 2, 3.5, 4))])
    label(store, "c.png", [])
    done = export(store, tmp_path / "out")
    assert (done.images, done.instances, done.dropped, done.repaired) == (3, 3, (), ())
    assert staging.verify(tmp_path / "out") == []
    np.testing.assert_array_equal(
        rows_of(tmp_path / "out", "a")[0][1],
        [[0.125, 0.25], [0.5, 0.25], [0.5, 0.5], [0.125, 0.5]],
    )
    assert [index for index, _ in rows_of(tmp_path / "out", "a")] == [0, 1]
    assert rows_of(tmp_path / "out", "c") == []
    text = (tmp_path / "out/data.yaml").read_text()
    data = yaml.safe_load(text)
    assert data == {"train": "images/train", "val": "images/val", "names": {0: "cat", 1: "dog"}}
    assert str(tmp_path) not in text + (tmp_path / "out/manifest.json").read_text()
    assert sum(done.by_split.values()) == 3
    assert done.by_split["val"] == 1


def test_same_data_same_bytes(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png", "x/a.png", "b.jpg", "é.png"])
    cat = store.classes().labels[0].id
    for rel in ("a.png", "x/a.png", "b.jpg", "é.png"):
        label(store, rel, [shape(cat, box(8, 12, 32.123456789, 24))])
    export(store, tmp_path / "one")
    export(store, tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    names = {name.split("/")[-1] for name in contents(tmp_path / "one") if "labels/" in name}
    ids = {row.rel: row.id for row in store.images()}
    twins = {f"a_{ids['a.png']}.txt", f"a_{ids['x/a.png']}.txt"}
    assert names == {*twins, "b.txt", f"e_{ids['é.png']}.txt"}


def test_images_that_nobody_reviewed_are_never_negatives(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(
        ["reviewed.png", "empty.png", "untouched.png", "in_work.png", "skipped.png"]
    )
    cat = store.classes().labels[0].id
    label(store, "reviewed.png", [shape(cat, box(8, 12, 32, 24))])
    label(store, "empty.png", [])
    label(store, "in_work.png", [shape(cat, box(8, 12, 32, 24))], ImageState.IN_WORK)
    label(store, "skipped.png", [shape(cat, box(8, 12, 32, 24))], ImageState.SKIPPED)
    assert export(store, tmp_path / "out").images == 2
    done = export(store, tmp_path / "all", only_reviewed=False)
    assert done.images == 3
    assert not list((tmp_path / "all").rglob("untouched*"))


def test_parts_and_holes(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"])
    cat = store.classes().labels[0].id
    holed = shape(cat, box(0, 0, 40, 40), box(10, 10, 20, 20))
    two = shape(cat, box(0, 0, 10, 10))
    two = type(two)(cat, (*two.parts, Part(box(30, 30, 40, 40))))
    label(store, "a.png", [holed, two])
    joined = export(store, tmp_path / "out", policy=Policy(holes="keep"))
    assert (joined.joined, joined.filled, joined.instances) == (2, 0, 2)
    assert [len(points) for _, points in rows_of(tmp_path / "out", "a")] == [10, 10]
    filled = export(store, tmp_path / "out", policy=Policy(holes="fill"))
    assert (filled.joined, filled.filled) == (1, 1)
    assert [len(points) for _, points in rows_of(tmp_path / "out", "a")] == [4, 10]


def test_what_cannot_be_drawn_is_reported(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project({"a.png": (64, 48), "small.png": (9, 30)})
    cat = store.classes().labels[0].id
    bow = np.array([[2, 2], [30, 30], [30, 2], [2, 20]], dtype=np.float64)
    flat = np.array([[2, 2], [30, 2], [20, 2]], dtype=np.float64)
    good = shape(cat, box(40, 30, 60, 40))
    again = shape(cat, good.parts[0].outer)
    label(store, "a.png", [shape(cat, bow), shape(cat, flat), good, again])
    label(store, "small.png", [])
    done = export(store, tmp_path / "out")
    assert (done.images, done.instances) == (1, 2)
    assert [finding.reason for finding in done.dropped] == [
        "is smaller than 10 pixels, which ultralytics refuses; left out",
        "shape 2 has no area; left out",
        "shape 4 is the same as another one; left out",
    ]
    assert [finding.reason for finding in done.repaired] == [
        "shape 1 crosses itself; repaired",
    ]


def test_damaged_image_is_left_out(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png", "b.jpg", "c.png", "d.png"])
    for rel in ("a.png", "b.jpg", "c.png", "d.png"):
        label(store, rel, [])
    images = store.images_root
    (images / "b.jpg").write_bytes((images / "b.jpg").read_bytes()[:-200])
    (images / "c.png").unlink()
    write_image(images / "d.png", size=(48, 64))
    done = export(store, tmp_path / "out")
    assert done.images == 1
    assert [finding.path for finding in done.dropped] == ["b.jpg", "c.png", "d.png"]


def test_originals_are_not_touched(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png", "b.jpg"])
    for rel in ("a.png", "b.jpg"):
        label(store, rel, [])
    state = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in store.images_root.iterdir()}
    for link in ("copy", "hard", "sym"):
        export(store, tmp_path / "out", link=link)
        assert staging.verify(tmp_path / "out") == []
    assert {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in store.images_root.iterdir()} == state
    assert next((tmp_path / "out").glob("images/*/a.png")).is_symlink()


def test_one_image_serves_both_sides(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"])
    label(store, "a.png", [])
    export(store, tmp_path / "out")
    data = yaml.safe_load((tmp_path / "out/data.yaml").read_text())
    assert data["train"] == data["val"] == "images/train"


def test_splits_are_stored_and_kept(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project([f"{i}.png" for i in range(10)])
    for i in range(10):
        label(store, f"{i}.png", [])
    store.set_splits({store.images()[0].id: "test"})
    done = export(store, tmp_path / "out")
    assert done.by_split["test"] == 1
    assert {row.split for row in store.images()} == {"train", "val", "test"}
    assert (tmp_path / "out/images/test/0.png").is_file()
    assert yaml.safe_load((tmp_path / "out/data.yaml").read_text())["test"] == "images/test"


def test_nothing_to_export(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"])
    with pytest.raises(InputError, match="no reviewed image"):
        export(store, tmp_path / "out")
    with pytest.raises(InputError, match="no classes"):
        export(make_project(["a.png"], (), "bare"), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_own_folders_are_refused(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"])
    label(store, "a.png", [])
    inside = [store.layout.folder / "x", store.images_root / "export"]
    for own in (store.root, store.images_root, tmp_path, *inside):
        with pytest.raises(InputError):
            export(store, own)
    assert (store.images_root / "a.png").is_file()
    assert export(store, store.layout.runs / "r1" / "data").images == 1


def test_cancel_and_full_disk_keep_the_earlier_export(
    make_project: MakeProject, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_project(["a.png", "b.png", "c.png"])
    for rel in ("a.png", "b.png", "c.png"):
        label(store, rel, [])
    out = tmp_path / "out"
    export(store, out)
    before = contents(out)
    token = CancelToken()

    def stop(now: Progress) -> None:
        if now.done == 2:
            token.cancel()

    with pytest.raises(CancelledError):
        export(store, out, report=stop, cancel=token)

    def full(path: Path) -> None:
        sync_file(path)
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("dynseg.files.sync_file", full)
    with pytest.raises(StoreWriteError, match="the disk is full"):
        export(store, out)
    assert contents(out) == before
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".")]


def test_read_only_project_is_exported_without_storing_splits(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png", "b.png"])
    for rel in ("a.png", "b.png"):
        label(store, rel, [])
    with Store.open(store.root, read_only=True) as reader:
        done = export(reader, tmp_path / "out")
    assert dict(done.by_split) == {"train": 1, "val": 1}
    assert {row.split for row in store.images()} == {""}


def test_round_trip_shows_what_was_lost(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"])
    cat, dog = (item.id for item in store.classes().labels)
    flat = np.array([[2, 2], [30, 2], [20, 2]], dtype=np.float64)
    holed = shape(dog, box(0, 0, 40, 40), box(10, 10, 30, 30))
    label(store, "a.png", [shape(cat, flat), holed, shape(cat, box(50, 10, 60, 20))])
    export(store, tmp_path / "out", policy=Policy(holes="fill"))
    checked = round_trip(store, tmp_path / "out")
    assert [match.iou for match in checked.shapes] == pytest.approx([0, 0.75, 1], abs=1e-6)
    assert (checked.min_iou, checked.extra) == (0, 0)
    export(store, tmp_path / "out")
    assert [m.iou for m in round_trip(store, tmp_path / "out").shapes][1] == pytest.approx(1)
    (tmp_path / "out/labels/train/a.txt").write_text("")
    with pytest.raises(InputError, match="not a complete export"):
        round_trip(store, tmp_path / "out")


def test_only_the_images_that_are_asked_for(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png", "b.png", "in_work.png", "untouched.png"])
    cat = store.classes().labels[0].id
    for rel in ("a.png", "b.png"):
        label(store, rel, [shape(cat, box(8, 12, 32, 24))])
    label(store, "in_work.png", [shape(cat, box(8, 12, 32, 24))], ImageState.IN_WORK)
    ids = {row.rel: row.id for row in store.images()}
    some = [ids["b.png"], ids["in_work.png"], ids["untouched.png"]]
    counted = count(store, FORMAT, Policy(), only_reviewed=False, among=some)
    assert (counted.images, counted.shapes) == (2, 2)
    lost = losses(store, [FORMAT], Policy(), only_reviewed=False, among=some)
    assert lost[FORMAT.name].lost == 0
    done = export(store, tmp_path / "out", only_reviewed=False, among=some)
    assert done.images == 2
    assert {path.stem for path in (tmp_path / "out").rglob("*.txt")} == {"b", "in_work"}
    with pytest.raises(InputError, match="Among the chosen images is no reviewed image"):
        export(store, tmp_path / "out", among=[ids["untouched.png"]])


@pytest.mark.parametrize("name", ["runs/best.pt", "labels/train/a.txt.bak", "images/val/new.png"])
def test_what_somebody_put_into_an_earlier_export_is_not_thrown_away(
    make_project: MakeProject, tmp_path: Path, name: str
) -> None:
    store = make_project(["a.png", "b.png"])
    for rel in ("a.png", "b.png"):
        label(store, rel, [shape(store.classes().labels[0].id, box(1, 1, 9, 9))])
    out = tmp_path / "out"
    export(store, out)
    images = sorted((out / "images").rglob("*.png"))
    for kept in (out / "labels/train.cache", out / ".DS_Store", images[0].with_suffix(".npy")):
        kept.write_bytes(b"x")
    export(store, out)
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_bytes(b"x")
    with pytest.raises(InputError, match=name):
        export(store, out)
    assert (out / name).exists()
