"""Labels for a bare folder: whole files, unique names, a person's files left alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest
from tests.unit.inference.conftest import FAST, write_scenes

from dynseg.errors import InputError, StoreWriteError
from dynseg.formats.incoming.importing import import_labels
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import iou
from dynseg.inference.detections import Detection
from dynseg.inference.predictor import Predictor
from dynseg.inference.runs.folder import LEDGER, label_rows, label_stems, prelabel_folder
from dynseg.inference.settings import PredictSettings
from dynseg.progress import CancelledError, CancelToken
from dynseg.project.store import Store


def test_labels_are_read_again_as_what_was_found(tmp_path: Path, starter: Predictor) -> None:
    images, out = tmp_path / "images", tmp_path / "labels"
    write_scenes(images, 3)
    done = prelabel_folder(images, out, starter, settings=FAST)
    assert (done.images, done.failed, done.skipped, done.run_id) == (3, [], 0, None)
    assert (out / "classes.txt").read_text() == "object\n"
    texts = sorted(path.name for path in out.glob("scene*.txt"))
    assert texts == ["scene0.txt", "scene1.txt", "scene2.txt"]
    with Store.create(tmp_path / "project", images=images) as store:
        back = import_labels(store, out)
        assert (back.instances, back.refused) == (done.instances, ())
        found = starter.predict(_pixels(store, 0), FAST)
        sure = [d for d in found if d.score >= FAST.confidence]
        shapes = store.annotation(store.images()[0].id).instances
        assert len(shapes) == len(sure)
        for detection in sure:
            assert max(iou(detection.parts, item.parts) for item in shapes) > 0.99


def _pixels(store: Store, index: int):  # type: ignore[no-untyped-def]
    from dynseg.images.decode import decode

    return decode(store.image_path(store.images()[index].id)).pixels


def test_a_second_run_replaces_its_own_files_and_nobody_elses(
    tmp_path: Path, starter: Predictor
) -> None:
    images, out = tmp_path / "images", tmp_path / "labels"
    write_scenes(images, 3)
    prelabel_folder(images, out, starter, settings=FAST)
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    prelabel_folder(images, out, starter, settings=FAST)
    after = {path.name: path.read_bytes() for path in out.glob("*.txt")}
    assert after == {name: data for name, data in before.items() if name.endswith(".txt")}
    (out / "scene1.txt").write_text("0 0 0 1 0 1 1\n")
    strict = PredictSettings(image_size=160, confidence=0.99, device="cpu")
    done = prelabel_folder(images, out, starter, settings=strict)
    assert (done.images, done.skipped) == (2, 1)
    assert (out / "scene1.txt").read_text() == "0 0 0 1 0 1 1\n"
    assert (out / "scene0.txt").read_text() == ""


def test_labels_of_other_classes_keep_their_meaning(tmp_path: Path, starter: Predictor) -> None:
    """Also where none of them is of an image of the folder: nobody would see it."""
    images, out = tmp_path / "images", tmp_path / "labels"
    write_scenes(images, 2)
    out.mkdir()
    (out / "scene9.txt").write_text("1 0 0 1 0 1 1\n")
    (out / "classes.txt").write_text("cat\ndog\n")
    with pytest.raises(InputError, match=r"other classes \(cat, dog\) than the model \(object\)"):
        prelabel_folder(images, out, starter, settings=FAST)
    assert {path.name for path in out.iterdir()} == {"classes.txt", "scene9.txt"}
    assert (out / "classes.txt").read_text() == "cat\ndog\n"
    (out / "classes.txt").write_bytes(b"\xef\xbb\xbfobject\r\n")
    prelabel_folder(images, out, starter, settings=FAST)
    # An earlier run of a model with other classes is written anew, if all of it is.
    (out / "classes.txt").write_text("thing\n")
    prelabel_folder(images, out, starter, settings=FAST)
    assert (out / "classes.txt").read_text() == "object\n"
    (out / "classes.txt").write_text("thing\n")
    with pytest.raises(InputError, match="other classes"):
        prelabel_folder(images, out, starter, settings=FAST, resume=True)


def test_broken_images_are_listed(tmp_path: Path, starter: Predictor) -> None:
    images = tmp_path / "images"
    write_scenes(images, 2)
    (images / "none.jpg").write_text("no image")
    done = prelabel_folder(images, tmp_path / "labels", starter, settings=FAST)
    assert done.images == 2
    assert [rel for rel, _ in done.failed] == ["none.jpg"]
    assert not (tmp_path / "labels" / "none.txt").exists()


def test_cancel_leaves_whole_files(tmp_path: Path, starter: Predictor) -> None:
    images, out = tmp_path / "images", tmp_path / "labels"
    write_scenes(images, 20)
    cancel = CancelToken()
    with pytest.raises(CancelledError):
        prelabel_folder(
            images, out, starter, settings=FAST, cancel=cancel, report=lambda _: cancel.cancel()
        )
    assert 1 <= len(list(out.glob("scene*.txt"))) < 20
    assert not list(out.glob(".staging*"))
    assert prelabel_folder(images, out, starter, settings=FAST).images == 20


def test_a_folder_is_resumed_where_it_was_stopped(tmp_path: Path, starter: Predictor) -> None:
    images, out = tmp_path / "images", tmp_path / "labels"
    first, second = write_scenes(images, 2)
    prelabel_folder(images, out, starter, settings=FAST)
    (out / f"{second.stem}.txt").unlink()
    before = (out / f"{first.stem}.txt").stat().st_mtime_ns
    done = prelabel_folder(images, out, starter, settings=FAST, resume=True)
    assert (done.images, done.skipped) == (1, 1)
    assert (out / f"{first.stem}.txt").stat().st_mtime_ns == before
    assert (out / f"{second.stem}.txt").is_file()


def test_folders_inside_and_names_that_meet(tmp_path: Path, starter: Predictor) -> None:
    images, out = tmp_path / "images", tmp_path / "labels"
    (scene,) = write_scenes(images, 1)
    for name in ("in/scene0.png", "scene0.webp", "scene0_png.bmp"):
        (images / name).parent.mkdir(exist_ok=True)
        shutil.copy(scene, images / name)
    done = prelabel_folder(images, out, starter, settings=FAST, recursive=True)
    assert done.images == 4
    names = sorted(p.relative_to(out).as_posix() for p in out.rglob("scene*.txt"))
    assert names == ["in/scene0.txt", "scene0_png.txt", "scene0_png_.txt", "scene0_webp.txt"]


def test_names_are_unique_whatever_the_file_system() -> None:
    names = ["a.jpg", "A.png", "a_jpg.png", "b.c.jpg", "b.jpg"]
    stems = label_stems(names)
    assert len({stem.casefold() for stem in stems.values()}) == len(names)
    assert stems["b.c.jpg"] == "b.c"
    assert stems["b.jpg"] == "b"


def test_pieces_and_holes_stay() -> None:
    def square(x: float, y: float, size: float) -> Part:
        return Part(ring([(x, y), (x + size, y), (x + size, y + size), (x, y + size)]))

    frame = Part(square(0, 0, 40).outer, (square(10, 10, 20).outer,))
    item = Detection(3, 0.9, (frame, square(60, 60, 20)), (0, 0, 80, 80))
    (line,) = label_rows([item], 100, 100)
    assert line.startswith("3 ")
    assert len(line.split()) > 1 + 2 * 12


def test_a_folder_without_images_and_one_that_cannot_be_written(
    tmp_path: Path, starter: Predictor
) -> None:
    with pytest.raises(InputError, match="no images"):
        prelabel_folder(tmp_path, tmp_path / "labels", starter, settings=FAST)
    write_scenes(tmp_path / "images", 1)
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreWriteError):
        prelabel_folder(tmp_path / "images", tmp_path / "file", starter, settings=FAST)


def test_a_line_that_a_full_disk_cut_off_makes_no_other_file_somebody_elses(
    tmp_path: Path, starter: Predictor
) -> None:
    write_scenes(tmp_path / "images", 2)
    out = tmp_path / "labels"
    prelabel_folder(tmp_path / "images", out, starter, settings=FAST)
    ledger = out / LEDGER
    ledger.write_bytes(ledger.read_bytes()[:-9])
    (out / "scene1.txt").unlink()  # it was not written any more
    surer = msgspec.structs.replace(FAST, confidence=0.5)
    for settings in (surer, FAST):
        done = prelabel_folder(tmp_path / "images", out, starter, settings=settings)
        assert (done.images, done.skipped) == (2, 0)
