"""Several shapes of one group are one object, as the programs that write them have it (H4, H5)."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tests.unit.formats.conftest import MakeProject

from dynseg.annotation.document import Instance
from dynseg.formats import registry
from dynseg.formats.incoming.importing import import_labels
from dynseg.formats.outgoing.exporting import export
from dynseg.geometry import polygon
from dynseg.project.store import Store

LEFT = [[4, 4], [14, 4], [14, 14], [4, 14]]
RIGHT = [[30, 4], [40, 4], [40, 14], [30, 14]]
OVER_RIGHT = [[35, 4], [50, 4], [50, 14], [35, 14]]


def outline(points: list[list[int]], group: object, label: str = "cat") -> dict[str, Any]:
    return {"label": label, "points": points, "group_id": group, "shape_type": "polygon"}


def mask(x: int, y: int, side: int, group: object, label: str = "cat") -> dict[str, Any]:
    """All of a square, as labelme writes it: its points are the first and the last pixel."""
    buffer = io.BytesIO()
    Image.fromarray(np.ones((side, side), np.uint8)).save(buffer, "PNG")
    return {
        "label": label,
        "points": [[x, y], [x + side - 1, y + side - 1]],
        "group_id": group,
        "shape_type": "mask",
        "mask": base64.b64encode(buffer.getvalue()).decode(),
    }


def read(store: Store, source: Path) -> tuple[Instance, ...]:
    import_labels(store, source)
    return store.annotation(store.images()[0].id).instances


@pytest.mark.parametrize(
    ("shapes", "parts", "area"),
    [
        ([outline(LEFT, 1), outline(RIGHT, 1)], [2], [200]),
        ([mask(4, 4, 10, 1), mask(30, 4, 10, 1)], [2], [200]),
        ([mask(4, 4, 10, 1), outline(RIGHT, 1)], [2], [200]),
        ([outline(RIGHT, 7), outline(OVER_RIGHT, 7)], [1], [200]),
        ([mask(4, 4, 10, 1), mask(30, 4, 10, 2), mask(30, 20, 5, None)], [1, 1, 1], [100, 100, 25]),
        ([mask(4, 4, 10, 1), mask(30, 4, 10, 1, "dog")], [1, 1], [100, 100]),
        ([mask(4, 4, 10, None), mask(30, 4, 10, None)], [1, 1], [100, 100]),
    ],
    ids=["outlines", "masks", "both", "overlap", "apart", "labels", "none"],
)
def test_shapes_of_one_group_and_label_are_one_object_of_labelme(
    make_project: MakeProject,
    tmp_path: Path,
    shapes: list[dict[str, Any]],
    parts: list[int],
    area: list[float],
) -> None:
    store = make_project(["a.png"])
    said = {"version": "5", "flags": {}, "imagePath": "a.png", "shapes": shapes}
    (tmp_path / "a.json").write_text(json.dumps(said))
    found = read(store, tmp_path / "a.json")
    assert [len(item.parts) for item in found] == parts
    assert [sum(map(polygon.area, item.parts)) for item in found] == pytest.approx(area)


def test_what_labelme_grouped_is_written_as_a_group(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    shapes = [mask(4, 4, 10, 3), mask(30, 4, 10, 3), outline([[50, 30], [60, 30], [60, 40]], 3)]
    said = {"version": "5", "flags": {}, "imagePath": "a.png", "shapes": shapes}
    (tmp_path / "a.json").write_text(json.dumps(said))
    import_labels(store, tmp_path / "a.json")
    export(store, tmp_path / "out", form=registry.named("labelme"), only_reviewed=False)
    other = make_project(["a.png"], name="other")
    (again,) = read(other, tmp_path / "out")
    (own,) = store.annotation(store.images()[0].id).instances
    assert polygon.iou(own.parts, again.parts) == pytest.approx(1)
    assert len(again.parts) == len(own.parts) == 3


def test_a_piece_that_cannot_be_used_is_named_and_the_others_stay(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    shapes = [outline(LEFT, 1), outline([[1, 1], [2, 2]], 1), outline(RIGHT, 1)]
    said = {"version": "5", "flags": {}, "imagePath": "a.png", "shapes": shapes}
    (tmp_path / "a.json").write_text(json.dumps(said))
    done = import_labels(store, tmp_path / "a.json")
    assert done.instances == 1
    assert [found.item for found in done.refused] == ["shape 2"]


def test_objects_of_one_group_of_isat_are_one(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"])
    objects = [
        {"category": "cat", "group": 1, "segmentation": LEFT},
        {"category": "cat", "group": 1, "segmentation": RIGHT},
        {"category": "cat", "group": 2, "segmentation": [[50, 30], [60, 30], [60, 40]]},
    ]
    said = {"info": {"name": "a.png", "width": 64, "height": 48}, "objects": objects}
    (tmp_path / "a.json").write_text(json.dumps(said))
    assert [len(item.parts) for item in read(store, tmp_path / "a.json")] == [2, 1]


def test_shapes_of_one_group_of_cvat_are_one_without_its_box(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    (tmp_path / "a.xml").write_text(
        '<annotations><image id="0" name="a.png" width="64" height="48">'
        '<polygon label="cat" points="4,4;14,4;14,14;4,14" group_id="5"/>'
        '<mask label="cat" rle="0, 100" left="30" top="4" width="10" height="10" group_id="5"/>'
        '<box label="cat" xtl="4" ytl="4" xbr="40" ybr="14" group_id="5"/>'
        '<polygon label="dog" points="4,24;14,24;14,34;4,34" group_id="5"/>'
        '<polygon label="cat" points="24,24;34,24;34,34;24,34" group_id="0"/>'
        '<polygon label="cat" points="44,24;54,24;54,34;44,34" group_id="0"/>'
        "</image></annotations>"
    )
    assert [len(item.parts) for item in read(store, tmp_path / "a.xml")] == [2, 1, 1, 1, 1]
