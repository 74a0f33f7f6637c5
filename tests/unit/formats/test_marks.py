"""Labels that are no classes to the programs that write them: background, what is ignored (H4)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.formats.conftest import MakeProject

from dynseg.annotation.document import ImageState
from dynseg.formats.incoming.importing import Choice, prepare

SQUARE = [[10, 10], [40, 10], [40, 40], [10, 40]]


def labelme(folder: Path, *labels: str) -> Path:
    folder.mkdir(exist_ok=True)
    shapes = [{"label": name, "points": SQUARE, "shape_type": "polygon"} for name in labels]
    said = {"version": "5", "imagePath": "a.png", "shapes": shapes}
    (folder / "a.json").write_text(json.dumps(said))
    return folder


def test_marks_of_labelme_are_no_classes_and_each_is_named(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    plan = prepare(store, labelme(tmp_path / "s", "nut", "__ignore__", "_background_"))
    assert plan.marks(store) == ("__ignore__", "_background_")
    done = plan.commit(store, Choice(how="reviewed"))
    assert done.by_class == {"nut": 1}
    assert done.added_classes == ("nut",)
    assert [(found.item, found.reason.partition(";")[0]) for found in done.refused] == [
        ("shape 2", "marks what labelme ignores"),
        ("shape 3", "marks background in labelme"),
    ]
    row = store.images()[0]
    assert row.state is ImageState.IN_WORK, "somebody has to look at what is to be ignored"


@pytest.mark.parametrize("chosen", ["__ignore__", "nut"])
def test_who_wants_them_as_a_class_gets_them(
    make_project: MakeProject, tmp_path: Path, chosen: str
) -> None:
    store = make_project(["a.png"])
    plan = prepare(store, labelme(tmp_path / "s", "__ignore__"))
    done = plan.commit(store, Choice(classes={"__ignore__": chosen}))
    assert (done.by_class, done.refused) == ({chosen: 1}, ())
    if chosen == "__ignore__":
        assert plan.marks(store) == (), "now the project has such a class"
        again = prepare(store, labelme(tmp_path / "again", "__ignore__")).preview(store)
        assert again.duplicates == 1


def test_a_category_of_labelmes_converter_to_coco_is_no_class(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"], classes=())
    data: dict[str, Any] = {
        "images": [{"id": 0, "file_name": "a.png", "width": 64, "height": 48}],
        "categories": [{"id": 0, "name": "_background_"}, {"id": 1, "name": "nut"}],
        "annotations": [
            {"id": 0, "image_id": 0, "category_id": 1, "segmentation": [[10, 10, 40, 10, 40, 40]]}
        ],
    }
    file = tmp_path / "annotations.json"
    file.write_text(json.dumps(data))
    done = prepare(store, file).commit(store)
    assert (done.by_class, done.refused) == ({"nut": 1}, ())
    assert store.classes().names == ["nut"]


def test_the_background_of_isat_is_no_class(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"], classes=())
    objects = [
        {"category": name, "group": number, "segmentation": SQUARE}
        for number, name in enumerate(("__background__", "nut"))
    ]
    said = {"info": {"name": "a.png", "width": 64, "height": 48}, "objects": objects}
    (tmp_path / "a.json").write_text(json.dumps(said))
    done = prepare(store, tmp_path / "a.json").commit(store)
    assert (done.by_class, store.classes().names) == ({"nut": 1}, ["nut"])
    assert [str(found) for found in done.refused] == [
        "a.json, object 1: marks background in ISAT; it is no class, so the shape is left out"
    ]


def test_classes_of_an_export_of_isat_for_yolo_are_named(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"], classes=())
    folder = tmp_path / "labels"
    folder.mkdir()
    (folder / "classification.txt").write_text("__background__\nnut\nbolt\n")
    (folder / "a.txt").write_text("2 0.1 0.1 0.5 0.1 0.5 0.5\n")
    done = prepare(store, folder).commit(store)
    assert (done.by_class, done.refused) == ({"bolt": 1}, ())
    assert store.classes().names == ["nut", "bolt"]
