"""Sound labels that a program wrote in an unusual way: another encoding, NaN among the numbers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.unit.formats.conftest import HEIGHT, WIDTH, MakeProject

from dynseg.formats import registry
from dynseg.formats.incoming import json_text
from dynseg.formats.incoming.importing import import_labels

ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-be")
SQUARE = [[1, 1], [30, 1], [30, 20], [1, 20]]
NAN = float("nan")


def encoded(text: str, encoding: str) -> bytes:
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    return mark + text.encode(encoding)


def coco(bad: float = 1) -> Any:
    flat = [float(value) for pair in SQUARE for value in pair]
    rows = [
        {"id": 1, "image_id": 1, "category_id": 1, "segmentation": [[bad, *flat[1:]]]},
        {"id": 2, "image_id": 1, "category_id": 1, "segmentation": [flat], "score": bad},
    ]
    image = {"id": 1, "file_name": "a.png", "width": WIDTH, "height": HEIGHT}
    named = [{"id": 1, "name": "猫"}]
    return {"images": [image], "annotations": rows, "categories": named}


def labelme(bad: float = 1) -> Any:
    first = [[bad, 1], *SQUARE[1:]]
    shapes = [
        {"label": "猫", "points": points, "shape_type": "polygon", "group_id": group}
        for points, group in ((first, None), (SQUARE, bad))
    ]
    size = {"imageWidth": WIDTH, "imageHeight": HEIGHT}
    return {"version": "5", "flags": {}, "shapes": shapes, "imagePath": "a.png", **size}


def label_studio(bad: float = 1) -> Any:
    kind = {"type": "polygonlabels", "original_width": WIDTH, "original_height": HEIGHT}
    results = [
        {**kind, "value": {"points": [[x, 1], [90, 1], [90, 90]], "polygonlabels": ["猫"]}}
        for x in (bad, 2)
    ]
    return [{"data": {"image": "a.png"}, "annotations": [{"result": results}]}]


def via(bad: float = 1) -> Any:
    regions = [
        {
            "shape_attributes": {
                "name": "polygon", "all_points_x": [x, 30, 30], "all_points_y": [1, 1, 20],
            },
            "region_attributes": {"class": "猫"},
        }
        for x in (bad, 2)
    ]  # fmt: skip
    return {"a.png1": {"filename": "a.png", "size": 1, "regions": regions}}


def isat(bad: float = 1) -> Any:
    info = {"name": "a.png", "width": WIDTH, "height": HEIGHT, "depth": 3}
    own = [{"category": "猫", "segmentation": [[x, 1], *SQUARE[1:]]} for x in (bad, 2)]
    return {"info": info, "objects": own}


def supervisely(bad: float = 1) -> Any:
    own = [
        {"classTitle": "猫", "geometryType": "polygon", "points": {"exterior": points}}
        for points in ([[bad, 1], *SQUARE[1:]], SQUARE)
    ]
    size = {"width": WIDTH, "height": HEIGHT}
    return {"description": "", "tags": [], "size": size, "objects": own}


DOCUMENTS: dict[str, tuple[Callable[[float], Any], str]] = {
    "coco": (coco, "annotations[0]"),
    "labelme": (labelme, "shape 1"),
    "labelstudio": (label_studio, "task 1, result 1"),
    "via": (via, "image a.png, region 1"),
    "isat": (isat, "object 1"),
    "supervisely": (supervisely, "object 1"),
}


def file_of(name: str, folder: Path) -> Path:
    path = folder / ("a.png.json" if name == "supervisely" else "a.json")
    path.parent.mkdir(exist_ok=True)
    return path


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("bad", [NAN, -float("inf")])
def test_a_number_that_is_none_costs_its_object_alone(
    make_project: MakeProject, tmp_path: Path, name: str, bad: float
) -> None:
    make, item = DOCUMENTS[name]
    source = file_of(name, tmp_path / "labels")
    source.write_text(json.dumps(make(bad)))
    done = import_labels(make_project(["a.png"]), source.parent)
    assert (done.format, done.instances) == (name, 1)
    (file, refused) = map(str, done.refused)
    assert "numbers that are not finite, such as NaN: " in file
    assert ", byte " in file
    assert refused.startswith(f"{source.name}, {item}: ")
    assert refused.endswith("has a coordinate that is not a finite number")


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_mark_of_an_encoding_is_followed(
    make_project: MakeProject, tmp_path: Path, name: str, encoding: str
) -> None:
    document = DOCUMENTS[name][0](3.0)
    source = file_of(name, tmp_path / "labels")
    source.write_bytes(encoded(json.dumps(document, ensure_ascii=False), encoding))
    # Beside others, so that the format is told by its content.
    (source.parent / "notes.md").write_text("x")
    done = import_labels(make_project(["a.png"]), source.parent)
    assert (done.format, done.refused, done.by_class) == (name, (), {"猫": done.instances})


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_cvat_is_read_whatever_its_first_line_says(
    make_project: MakeProject, tmp_path: Path, encoding: str
) -> None:
    text = (
        '<?xml version="1.0" encoding="utf-8"?>\n<annotations><image id="0" name="a.png" '
        f'width="{WIDTH}" height="{HEIGHT}"><polygon label="猫" points="1,1;30,2;28,40"/></image>'
        "</annotations>"
    )
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "annotations.xml").write_bytes(encoded(text, encoding))
    done = import_labels(make_project(["a.png"]), tmp_path / "labels")
    assert (done.format, done.by_class, done.refused) == ("cvat", {"猫": 1}, ())


@pytest.mark.parametrize("encoding", [*ENCODINGS, "gb2312"])
def test_yolo_labels_and_their_names(
    make_project: MakeProject, tmp_path: Path, encoding: str
) -> None:
    source = tmp_path / "labels"
    source.mkdir()
    (source / "a.txt").write_bytes(encoded("0 0.1 0.1 0.9 0.1 0.5 0.9\n", encoding))
    (source / "data.yaml").write_bytes(encoded("names: [猫咪]\n", encoding))
    assert registry.choose("auto", source).name == "yolo"
    done = import_labels(make_project(["a.png"]), source)
    assert (done.by_class, done.refused) == ({"猫咪": 1}, ())


def test_what_stands_in_a_text_is_left_alone() -> None:
    sound = [r'"x, NaN, y"', r'"\", NaN, "', r'"\\"', r'"a\\\", Infinity, b"']
    for text in sound:
        document = f'[{text}, NaN, {text}, -Infinity, {{"a":\n1e999}}]'.encode()
        mended = json_text.finite(document)
        plain = json.loads(text)
        assert json.loads(mended.data) == [plain, None, plain, None, {"a": None}], text
        assert (mended.not_finite, mended.first) == (
            3,
            document.index(text.encode()) + len(text) + 2,
        )
