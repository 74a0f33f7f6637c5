"""Foreign files with anything in any place: no reader raises, every finding names its file."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dynseg.formats import registry
from dynseg.formats.finding import Finding
from dynseg.formats.incoming.reading import Reading

CASES = int(os.environ.get("DYNSEG_FUZZ_CASES", "60"))
"""How many broken files a format gets; thousands when somebody asks for them."""
POINTS = [[1, 1], [30, 2], [28, 40]]
FLAT = [1, 1, 30, 2, 28, 40]
HOSTILE: list[Any] = [
    None,
    True,
    -1,
    0,
    1e308,
    10**30,
    "",
    "../../etc/passwd",
    "\u2028",
    "NaN",
    [],
    {},
    [[]],
]
RESULTS: dict[str, dict[str, Any]] = {
    "polygonlabels": {"points": POINTS},
    "brushlabels": {"format": "rle", "rle": [0, 0, 24, 0, 4, 255, 1, 9]},
    "bitmasklabels": {"imageDataURL": "data:image/png;base64,iVBORw0KGgo="},
    "rectanglelabels": {"x": 1, "y": 2, "width": 30, "height": 30},
    "ellipselabels": {"x": 30, "y": 30, "radiusX": 5, "radiusY": 9},
}
SOURCES: dict[str, Any] = {
    "coco": {
        "images": [{"id": 1, "file_name": "a.png", "width": 64, "height": 48}],
        "annotations": [
            {"id": 1, "image_id": 1, "category_id": 1, "segmentation": [FLAT], "iscrowd": 0},
            {
                "id": 2,
                "image_id": 1,
                "category_id": 1,
                "segmentation": {"size": [48, 64], "counts": [100, 20, 2952]},
                "iscrowd": 1,
            },
            {"id": 3, "image_id": 1, "category_id": 1, "bbox": [1, 2, 30, 30]},
        ],
        "categories": [{"id": 1, "name": "cat"}],
    },
    "labelme": {
        "version": "5.5.0",
        "shapes": [
            {"label": "cat", "points": POINTS, "group_id": 1, "shape_type": "polygon"},
            {"label": "cat", "points": POINTS[:2], "shape_type": "circle"},
            {"label": "cat", "points": POINTS[:2], "shape_type": "mask", "mask": "iVBORw0KGgo="},
        ],
        "imagePath": "a.png",
        "imageWidth": 64,
        "imageHeight": 48,
    },
    "labelstudio": [
        {
            "data": {"image": "a.png"},
            "annotations": [
                {
                    "result": [
                        {
                            "type": kind,
                            "original_width": 64,
                            "original_height": 48,
                            "value": {**value, kind: ["cat"]},
                        }
                        for kind, value in RESULTS.items()
                    ]
                }
            ],
        }
    ],
    "via": {
        "a.png1": {
            "filename": "a.png",
            "regions": [
                {
                    "shape_attributes": {
                        "name": "polygon",
                        "all_points_x": FLAT[::2],
                        "all_points_y": FLAT[1::2],
                    },
                    "region_attributes": {"class": "cat"},
                },
                {
                    "shape_attributes": {"name": "circle", "cx": 20, "cy": 20, "r": 9},
                    "region_attributes": {"class": "cat"},
                },
            ],
        }
    },
}
SOURCES["isat"] = {
    "info": {"name": "a.png", "width": 64, "height": 48, "depth": 3},
    "objects": [
        {
            "category": "cat", "group": 1, "segmentation": POINTS, "area": 9.0, "layer": 1.0,
            "bbox": [1, 1, 30, 40], "iscrowd": False, "note": "",
        },
        {"category": "cat", "group": 1, "segmentation": [[40, 3], [60, 3], [60, 20]]},
    ],
}  # fmt: skip
SOURCES["supervisely"] = {
    "description": "", "tags": [], "size": {"height": 48, "width": 64},
    "objects": [
        {
            "classTitle": "cat", "geometryType": "polygon", "instance": "1", "tags": [],
            "points": {"exterior": POINTS, "interior": [[[9, 9], [12, 9], [12, 12]]]},
        },
        {
            "classTitle": "cat", "geometryType": "bitmap",
            "bitmap": {"data": "eJzrDPBz5+WS4mJgYOD19HAJAtIAFbcDvQ==", "origin": [1, 2]},
        },
        {"classTitle": "cat", "geometryType": "oriented_bbox", "points": POINTS[:2], "angle": 1},
    ],
}  # fmt: skip
SOURCES["datumaro"] = {
    "categories": {"label": {"labels": [{"name": "cat"}]}},
    "items": [
        {
            "id": "a", "image": {"path": "a.png", "size": [48, 64]},
            "annotations": [
                {"label_id": 0, "group": 1, "z_order": 0, **own}
                for own in (
                    {"type": "polygon", "points": FLAT},
                    {"type": "mask", "rle": {"counts": [100, 20, 2952], "size": [48, 64]}},
                    {"type": "bbox", "bbox": [1, 2, 30, 30]},
                    {"type": "ellipse", "points": [1, 2, 30, 30]},
                )
            ],
        }
    ],
}  # fmt: skip
SOURCES["darwin"] = {
    "item": {
        "name": "a.png", "path": "/",
        "slots": [{"slot_name": "0", "width": 64, "height": 48, "source_files": []}],
    },
    "annotations": [
        {"name": "cat", "slot_names": ["0"], **own}
        for own in (
            {"polygon": {"paths": [[{"x": x, "y": y} for x, y in POINTS]] * 2}},
            {"ellipse": {"center": {"x": 20, "y": 20}, "radius": {"x": 9, "y": 4}, "angle": 1}},
            {"id": "m", "mask": {}},
            {
                "raster_layer": {
                    "dense_rle": [0, 100, 1, 20, 0, 2952],
                    "mask_annotation_ids_mapping": {"m": 1},
                }
            },
            {"bounding_box": {"x": 1, "y": 2, "w": 9, "h": 9}},
        )
    ],
}  # fmt: skip
SOURCES["via 3"] = {
    "project": {"pid": "x", "data_format_version": "3.1.1", "vid_list": ["1", "2"]},
    "config": {"ui": {"spatial_region_label_attribute_id": "1"}},
    "attribute": {
        "1": {"aname": "kind", "anchor_id": "FILE1_Z0_XY1", "type": 4, "options": {"0": "cat"}},
        "2": {"aname": "note", "anchor_id": "FILE1_Z0_XY1", "type": 1, "options": {}},
    },
    "file": {
        "1": {"fid": "1", "fname": "a.png", "type": 2, "loc": 1, "src": ""},
        "2": {"fid": "2", "fname": "b.png", "type": 2, "loc": 2, "src": "https://a.b/c%20d.png"},
    },
    "view": {"1": {"fid_list": ["1"]}, "2": {"fid_list": ["2"]}},
    "metadata": {
        str(number): {"vid": "1", "flg": 0, "z": [], "xy": xy, "av": {"1": "0", "2": "seen"}}
        for number, xy in enumerate(
            [
                [7, *FLAT], [2, 1, 2, 30, 30], [3, 20, 20, 9], [4, 20, 20, 9, 4], [6, *FLAT], [],
                [8, 1, 9, 9, 1, 20, 9, 9, 30], [9, 10, 20, 20, 10, 30, 20],
            ]
        )
    },
}  # fmt: skip
XML = (
    "<annotations><image id='0' name='a.png' width='64' height='48'>"
    "<polygon label='cat' points='1,1;30,2;28,40'/>"
    "<mask label='cat' rle='3,4,5' left='2' top='2' width='4' height='3'/>"
    "<box label='cat' xtl='1' ytl='2' xbr='30' ybr='30' rotation='5'/>"
    "</image></annotations>"
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container and key of a document."""
    found: list[tuple[Any, Any]] = []
    keys: list[Any] = []
    if isinstance(value, dict):
        keys = list(value)
    elif isinstance(value, list):
        keys = list(range(len(value)))
    for key in keys:
        found += [(value, key), *places(value[key])]
    return found


def read_all(name: str, path: Path) -> tuple[int, list[Finding]]:
    """How many shapes a file gives, and what its reader says of the rest.

    Args:
        name: Of the format; what follows a space tells its versions apart.
        path: The file.
    """
    form = registry.named(name.split()[0])
    assert form.read is not None
    source = form.read(path)
    findings, shapes = list(source.findings), 0
    for labels in source.labels:
        reading = Reading(labels.rel, 64, 48)
        labels.load(reading)
        assert labels.image is None or labels.image.parent == path.parent
        findings += [*reading.repaired, *reading.refused]
        shapes += len(reading.shapes)
    assert {finding.path for finding in findings} <= {path.name}
    return shapes, findings


@pytest.mark.parametrize("name", SOURCES)
def test_json_with_anything_in_any_place(name: str, tmp_path: Path) -> None:
    path = tmp_path / "labels.json"
    path.write_text(json.dumps(SOURCES[name]))
    assert read_all(name, path)[0] > 0

    @settings(max_examples=CASES, suppress_health_check=list(HealthCheck), database=None)
    @given(st.data())
    def broken(data: st.DataObject) -> None:
        document = copy.deepcopy(SOURCES[name])
        for _ in range(data.draw(st.integers(1, 3))):
            container, key = data.draw(st.sampled_from(places(document)))
            anything = st.sampled_from(HOSTILE) | st.integers() | st.floats() | st.text(max_size=8)
            container[key] = copy.deepcopy(data.draw(anything))
            if not places(document):
                break
        path.write_text(json.dumps(document))
        read_all(name, path)

    broken()


@pytest.mark.parametrize("name", [*SOURCES, "cvat"])
def test_files_cut_and_with_other_bytes(name: str, tmp_path: Path) -> None:
    suffix = "xml" if name == "cvat" else "json"
    path = tmp_path / f"labels.{suffix}"
    whole = (XML if name == "cvat" else json.dumps(SOURCES[name])).encode()
    path.write_bytes(whole)
    assert read_all(name, path)[0] > 0

    @settings(max_examples=CASES, suppress_health_check=list(HealthCheck), database=None)
    @given(st.integers(0, len(whole)), st.integers(0, 12), st.binary(max_size=12))
    def broken(at: int, length: int, other: bytes) -> None:
        path.write_bytes(whole[:at] + other + whole[at + length :])
        read_all(name, path)

    broken()
