"""Ids of COCO files that are no whole numbers, as many programs write them (H3)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.formats.conftest import MakeProject

from dynseg.formats.incoming.importing import ImportReport, import_labels

TRIANGLE = [[10, 10, 40, 10, 40, 40]]
UUID = "5f1c0e4e-7a3b-4c57-9d0f-2f6a3b9b8c11"


def imported(
    make_project: MakeProject, tmp_path: Path, images: list[Any], own: list[Any], category: Any
) -> ImportReport:
    """Images `a.png`, `b.png` ... by their ids, and a triangle for each of the other ids."""
    names = [f"{letter}.png" for letter, _ in zip("abcd", images, strict=False)]
    store = make_project(names, classes=())
    data = {
        "images": [
            {"id": number, "file_name": name, "width": 64, "height": 48}
            for number, name in zip(images, names, strict=True)
        ],
        "categories": [{"id": category[0], "name": "nut"}],
        "annotations": [
            {"id": str(n), "image_id": i, "category_id": category[1], "segmentation": TRIANGLE}
            for n, i in enumerate(own)
        ],
    }
    (tmp_path / "coco.json").write_text(json.dumps(data))
    return import_labels(store, tmp_path / "coco.json")


@pytest.mark.parametrize(
    ("images", "own", "category"),
    [
        (["1", "2"], ["1", "2"], ("1", "1")),
        (["1", "2"], [1, 2], (1, "1")),
        ([1, 2], ["1", " 2"], ("7", 7)),
        ([UUID, "b"], [UUID, "b"], (UUID, UUID)),
        (["01", "1"], ["01", "1"], ("nut", "nut")),
        ([1.0, "2.0"], [1, "2.0"], (0, 0.0)),
    ],
    ids=["texts", "texts-numbers", "numbers-texts", "uuid", "zeros", "fractions"],
)
def test_ids_may_be_text(
    make_project: MakeProject,
    tmp_path: Path,
    images: list[Any],
    own: list[Any],
    category: tuple[Any, Any],
) -> None:
    done = imported(make_project, tmp_path, images, own, category)
    assert (done.by_class, done.refused) == ({"nut": 2}, ())


@pytest.mark.parametrize("own", ["3", "", None, True, ["1"], {"$oid": "1"}])
def test_an_id_that_no_image_has_is_named(
    make_project: MakeProject, tmp_path: Path, own: Any
) -> None:
    done = imported(make_project, tmp_path, ["1"], ["1", own], (1, 1))
    assert done.instances == 1
    assert [str(found) for found in done.refused] == [
        "coco.json, annotations[1]: is for an image that the file does not list; not used"
    ]


def test_images_that_share_an_id_are_named(make_project: MakeProject, tmp_path: Path) -> None:
    done = imported(make_project, tmp_path, [1, "1"], ["1"], (1, 1))
    assert done.instances == 1
    assert [found.item for found in done.refused] == ["images[1]"]


def test_files_of_coco_for_other_tasks_keep_no_shapes_out(
    make_project: MakeProject, tmp_path: Path
) -> None:
    """Of the folder `annotations` of COCO nothing was imported: each image stood in all of them."""
    store = make_project(["a.png"], classes=())
    images = [{"id": 1, "file_name": "a.png", "width": 64, "height": 48}]
    own = {"id": 1, "image_id": 1, "category_id": 1, "segmentation": TRIANGLE}
    poses = [{"id": 1, "name": "person", "keypoints": ["nose"], "skeleton": []}]
    caption = {"id": 1, "image_id": 1, "caption": "A nut."}
    files = {
        "captions_val2017": {"images": images, "annotations": [caption]},
        "instances_val2017": {
            "images": images,
            "annotations": [own],
            "categories": [{"id": 1, "name": "person"}],
        },
        "person_keypoints_val2017": {
            "images": images, "annotations": [{**own, "keypoints": [1, 1, 2]}],
            "categories": poses,
        },
    }  # fmt: skip
    files["panoptic_val2017"] = {
        "images": images,
        "annotations": [{"image_id": 1, "file_name": "a.png", "segments_info": []}],
        "categories": poses,
    }
    for name, data in files.items():
        (tmp_path / "annotations").mkdir(exist_ok=True)
        (tmp_path / f"annotations/{name}.json").write_text(json.dumps(data))
    done = import_labels(store, tmp_path / "annotations")
    assert (done.instances, done.by_class) == (1, {"person": 1})
    assert [finding.path for finding in done.refused] == [
        "captions_val2017.json",
        "panoptic_val2017.json",
        "person_keypoints_val2017.json",
    ]
    alone = make_project(["a.png"], classes=(), name="alone")
    source = tmp_path / "annotations/person_keypoints_val2017.json"
    assert import_labels(alone, source).instances == 1
