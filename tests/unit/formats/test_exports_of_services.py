"""What CVAT, Label Studio, Roboflow and Windows make of a data set on its way out (H2, H3, H5)."""

from __future__ import annotations

import base64
import io
import json
import time
import zipfile
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tests.unit.formats.conftest import MakeProject

from dynseg.annotation.document import ImageState
from dynseg.errors import InputError
from dynseg.formats import registry
from dynseg.formats.incoming import matching
from dynseg.formats.incoming.importing import import_labels, prepare
from dynseg.formats.incoming.listing import file_of_address
from dynseg.formats.incoming.source import ImageLabels
from dynseg.geometry import polygon
from dynseg.project.records import ImageRow

ROW = "0 0.1 0.1 0.5 0.1 0.5 0.5\n"
POINTS = [[10, 10], [50, 10], [50, 50]]
TRIANGLE = [10, 10, 50, 10, 50, 50]
NEW = ImageState.UNLABELLED
SIZE = {"original_width": 64, "original_height": 48, "image_rotation": 0}


def yolo(folder: Path, names: str = "a.txt", **keys: Any) -> Path:
    (folder / "labels" / "train").mkdir(parents=True)
    (folder / "labels" / "train" / names).write_text(ROW)
    (folder / "data.yaml").write_text(json.dumps({"names": ["nut"], **keys}))
    return folder


def test_lists_of_images_that_are_not_there_hide_no_labels(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    source = yolo(tmp_path / "s", path="./", train="train.txt")
    (source / "train.txt").write_text("data/images/train/a.png\n")
    done = import_labels(store, source)
    assert (done.by_class, done.refused) == ({"nut": 1}, ())


def test_points_of_a_pose_are_no_outlines(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"])
    source = yolo(tmp_path / "s", train="images/train", kpt_shape=[2, 3])
    with pytest.raises(InputError, match="key points, which have no area"):
        prepare(store, source)


def test_what_label_studio_wrote_finds_its_images(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png", "b.png"])
    source = yolo(tmp_path / "s", "0f3a9c21-a.txt", train="images/train")
    assert import_labels(store, source).by_class == {"nut": 1}
    data = {
        "images": [{"id": 0, "file_name": "images\\0f3a9c22-b.png", "width": 64, "height": 48}],
        "categories": [{"id": 0, "name": "nut"}],
        "annotations": [{"id": 0, "image_id": 0, "category_id": 0, "segmentation": [TRIANGLE]}],
    }
    (tmp_path / "result.json").write_text(json.dumps(data))
    assert import_labels(store, tmp_path / "result.json").by_class == {"nut": 1}


def test_the_short_export_of_label_studio_is_read(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png", "b.png", "c.png"])
    box = {"x": 10, "y": 10, "width": 30, "height": 30, "rotation": 0}
    tasks = [
        {
            "image": "/data/upload/1/0f3a9c21-a.png",
            "id": 1,
            "label": [
                {"points": POINTS, "closed": True, "polygonlabels": ["nut"], **SIZE},
                {**box, "rectanglelabels": ["bolt"], **SIZE},
            ],
            "annotator": 1,
            "annotation_id": 1,
            "created_at": "2024-01-01T00:00:00Z",
        },
        {"image": "/data/local-files/?d=sets/b.png", "id": 2, "annotator": 1, "annotation_id": 2},
        {"image": "c.png", "id": 3, "label": [{"points": POINTS, "closed": True, **SIZE}]},
    ]
    (tmp_path / "min.json").write_text(json.dumps(tasks))
    assert registry.detect(tmp_path / "min.json") == [(registry.named("labelstudio"), 1)]
    done = import_labels(store, tmp_path / "min.json", as_reviewed=True)
    assert (done.images, done.by_class) == (3, {"nut": 1, "bolt": 1})
    assert [str(found) for found in done.refused] == ["min.json, task 3, result 1: has no label"]


def opaque(mode: str) -> str:
    """A mask of Label Studio as it stands in an address: black where it is, else transparent."""
    pixels = np.zeros((48, 64, 4), np.uint8)
    pixels[10:20, 10:30, 3] = 255
    image = Image.fromarray(pixels)
    if mode == "L":  # as another program may write it
        image = image.getchannel("A")
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode()}"


@pytest.mark.parametrize("mode", ["RGBA", "L"])
def test_bitmasks_of_label_studio_are_read(
    make_project: MakeProject, tmp_path: Path, mode: str
) -> None:
    store = make_project(["a.png"])
    value = {"imageDataURL": opaque(mode), "bitmasklabels": ["nut"]}
    broken = [{**value, "imageDataURL": text} for text in ("data:image/png;base64,AAAA", "a", None)]
    results = [{"type": "bitmasklabels", "value": own, **SIZE} for own in (value, *broken)]
    task = {"data": {"image": "a.png"}, "annotations": [{"result": results}]}
    (tmp_path / "a.json").write_text(json.dumps([task]))
    done = import_labels(store, tmp_path / "a.json")
    assert (done.format, done.by_class) == ("labelstudio", {"nut": 1})
    shape = store.annotation(store.images()[0].id).instances[0]
    assert (shape.bounds, polygon.area(shape.parts[0])) == ((10, 10, 30, 20), 200)
    assert [found.reason for found in done.refused] == 3 * ["is a mask that cannot be read"]
    short = [{"image": "a.png", "mask": [{**value, **SIZE}]}]
    (tmp_path / "min.json").write_text(json.dumps(short))
    assert registry.detect(tmp_path / "min.json") == [(registry.named("labelstudio"), 1)]


def test_labels_of_roboflow_find_the_images_that_it_was_given(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png", "b.png"])
    source = yolo(tmp_path / "s", f"a_png.rf.{32 * 'b'}.txt", train="../train/images")
    assert import_labels(store, source).by_class == {"nut": 1}
    data = {
        "images": [{"id": 0, "file_name": "b_png.rf.6a2.jpg", "width": 64, "height": 48}],
        "categories": [{"id": 0, "name": "nut"}],
        "annotations": [{"id": 0, "image_id": 0, "category_id": 0, "segmentation": [TRIANGLE]}],
    }
    (tmp_path / "_annotations.coco.json").write_text(json.dumps(data))
    assert import_labels(store, tmp_path / "_annotations.coco.json").by_class == {"nut": 1}
    assert [row.instance_count for row in store.images()] == [1, 1]


@pytest.mark.parametrize("kind", ["rotation", "quadrilateral", "oriented_rectangle"])
def test_boxes_of_four_corners_come_in_as_they_stand(
    make_project: MakeProject, tmp_path: Path, kind: str
) -> None:
    store = make_project(["a.png"])
    corners = [[30, 10], [40, 20], [30, 30], [20, 20]]
    own = {"label": "nut", "points": corners, "shape_type": kind}
    solid = {"label": "nut", "points": [*corners, *corners], "shape_type": "cuboid"}
    said = {"version": "6.0.0", "imagePath": "a.png", "shapes": [own, solid]}
    (tmp_path / "a.json").write_text(json.dumps(said))
    done = import_labels(store, tmp_path / "a.json")
    assert done.by_class == {"nut": 1}
    assert [found.reason for found in done.refused] == ["is a cuboid, which has no area"]
    shape = store.annotation(store.images()[0].id).instances[0]
    assert shape.parts[0].outer.tolist() == corners


def test_a_heading_of_roboflow_is_no_class(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"], classes=())
    data = {
        "images": [{"id": 0, "file_name": "a.png", "width": 64, "height": 48}],
        "categories": [
            {"id": 0, "name": "parts", "supercategory": "none"},
            {"id": 1, "name": "nut", "supercategory": "parts"},
            {"id": 2, "name": "bolt", "supercategory": "parts"},
            {"id": 3, "name": "person", "supercategory": "person"},
        ],
        "annotations": [{"id": 0, "image_id": 0, "category_id": 1, "segmentation": [TRIANGLE]}],
    }
    (tmp_path / "_annotations.coco.json").write_text(json.dumps(data))
    done = import_labels(store, tmp_path / "_annotations.coco.json")
    assert done.added_classes == ("nut", "bolt", "person")


@pytest.mark.parametrize(
    ("name", "encoding"), [("汽车", "gbk"), ("汽车", "utf-8"), ("Größe", "cp437")]
)
def test_names_in_archives_of_windows_are_those_of_the_images(
    make_project: MakeProject, tmp_path: Path, name: str, encoding: str
) -> None:
    store = make_project([f"{name}.png"])
    unsaid = name.encode(encoding).decode("cp437")
    path = tmp_path / "labels.zip"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(f"labels/{'n' * len(unsaid)}.txt", ROW)
        made.writestr("classes.txt", "nut\n")
    raw = path.read_bytes().replace(b"n" * len(unsaid) + b".txt", name.encode(encoding) + b".txt")
    path.write_bytes(raw)
    assert import_labels(store, path).by_class == {"nut": 1}


def test_a_labelme_file_with_its_image_before_its_shapes_is_recognised(tmp_path: Path) -> None:
    shape = {"label": "nut", "points": POINTS, "shape_type": "polygon"}
    said = {"flags": {}, "imageData": 100_000 * "A", "imagePath": "a.png", "shapes": [shape]}
    (tmp_path / "a.json").write_text(json.dumps(said))
    assert registry.detect(tmp_path) == [(registry.named("labelme"), 1)]


def test_labels_of_an_image_that_is_called_so_are_surer(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    source = yolo(tmp_path / "s", "0f3a9c21-a.txt", train="images/train")
    (source / "labels" / "train" / "a.txt").write_text("0 0.5 0.5 0.9 0.5 0.9 0.9\n")
    done = import_labels(store, source)
    assert done.instances == 1
    assert [found.path for found in done.refused] == ["labels/train/0f3a9c21-a.txt"]


@pytest.mark.parametrize("kind", ["", "PNG"])
def test_masks_lie_where_the_converter_of_labelme_puts_them(
    make_project: MakeProject, tmp_path: Path, kind: str
) -> None:
    store = make_project(["a.png"], classes=())
    pixels = np.zeros((48, 64), np.uint8)
    pixels[4:20, 4:20], pixels[4:20, 30:50] = 1, 2
    for folder, values in (("Object", [0, 1, 2]), ("Class", [0, 2, 2])):
        path = tmp_path / "s" / f"Segmentation{folder}{kind}" / "a.png"
        path.parent.mkdir(parents=True)
        Image.fromarray(np.array(values, np.uint8)[pixels]).save(path)
    (tmp_path / "s" / "class_names.txt").write_text("_background_\nnut\nbolt\n")
    done = import_labels(store, tmp_path / "s")
    assert (done.format, done.by_class) == ("voc", {"bolt": 2})


def test_images_of_one_name_in_many_folders_are_found_at_once(tmp_path: Path) -> None:
    """Each label file looked at every image of its name: minutes for a few thousand."""
    rows = [
        ImageRow(i, f"case {i}/image.png", 64, 48, NEW, 0, 0, None, "", "", 0, 0)
        for i in range(3_000)
    ]
    labels = [
        ImageLabels(f"case {i}/image.txt", (PurePosixPath(f"case {i}/image"),), lambda _: None)
        for i in range(3_000)
    ]
    begun_s = time.process_time()
    by_end = matching._by_end(rows, tmp_path)
    found = [matching._first_best(own.keys, by_end) for own in labels]
    assert time.process_time() - begun_s < 5
    assert found == [(2, [row]) for row in rows]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("cam:001.jpg", "cam:001.jpg"),
        ("C:\\photos\\a%20b.jpg", "C:\\photos\\a%20b.jpg"),
        ("https://host.org/photos/a%20b.jpg?size=2", "photos/a b.jpg"),
        ("s3://bucket/photos/a.jpg", "photos/a.jpg"),
        ("/data/upload/1/a%20b.jpg", "data/upload/1/a b.jpg"),
        ("/data/local-files/?d=photos/a.jpg", "photos/a.jpg"),
    ],
)
def test_a_name_with_a_colon_is_no_address(text: str, path: str) -> None:
    """Labels of `cam:001.jpg` went to an image `001.jpg`."""
    assert file_of_address(text) == path


def test_what_label_studio_says_besides_shapes_is_told_and_refuses_nothing(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    results = [
        {"type": "polygonlabels", "value": {"points": POINTS, "polygonlabels": ["cat"]}},
        {"type": "choices", "value": {"choices": ["indoor"]}},
        {"type": "relation", "from_id": "x", "to_id": "y", "direction": "right"},
    ]
    task = {"data": {"image": "a.png"}, "annotations": [{"result": results}]}
    (tmp_path / "full.json").write_text(json.dumps([task]))
    done = import_labels(store, tmp_path / "full.json", as_reviewed=True)
    assert (done.instances, done.refused) == (1, ())
    assert "has choices, relation; not taken over" in str(done.repaired[0])
    assert store.images()[0].state is ImageState.REVIEWED
