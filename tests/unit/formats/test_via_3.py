"""Projects of VIA 3: files, views and regions of the kinds that it draws."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.unit.formats.conftest import MakeProject

from dynseg.formats import registry
from dynseg.formats.incoming.importing import import_labels
from dynseg.geometry import polygon

TRIANGLE = [7, 10, 10, 50, 10, 50, 40]
OPTIONS = {"0": "nut", "1": "bolt"}
CHOICE = {"aname": "kind", "anchor_id": "FILE1_Z0_XY1", "type": 4, "options": OPTIONS}
TEXT = {"aname": "remark", "anchor_id": "FILE1_Z0_XY1", "type": 1, "options": {}}


def region(
    xy: list[Any], av: dict[str, Any] | None = None, *, view: str = "1", flg: int = 0
) -> dict[str, Any]:
    return {"vid": view, "flg": flg, "z": [], "xy": xy, "av": av or {}}


def project(
    regions: list[dict[str, Any]],
    files: dict[str, dict[str, Any]] | None = None,
    attributes: dict[str, Any] | None = None,
    views: dict[str, Any] | None = None,
    shown: str = "",
) -> dict[str, Any]:
    """A project as VIA saves it: one view a file."""
    files = files or {"1": {"fid": "1", "fname": "a.png", "type": 2, "loc": 1, "src": ""}}
    return {
        "project": {
            "pid": "__VIA_PROJECT_ID__",
            "rev": "__VIA_PROJECT_REV_ID__",
            "rev_timestamp": "__VIA_PROJECT_REV_TIMESTAMP__",
            "pname": "Unnamed VIA Project",
            "creator": "VGG Image Annotator (http://www.robots.ox.ac.uk/~vgg/software/via)",
            "created": 1600000000000,
            "data_format_version": "3.1.1",
            "vid_list": list(files),
        },
        "config": {
            "file": {"loc_prefix": {"1": "", "2": "", "3": "", "4": ""}},
            "ui": {"spatial_region_label_attribute_id": shown},
        },
        "attribute": {"1": CHOICE} if attributes is None else attributes,
        "file": files,
        "metadata": {f"{i}_mR8ks-Aa": own for i, own in enumerate(regions)},
        "view": views or {key: {"fid_list": [key]} for key in files},
    }


def saved(folder: Path, **keys: Any) -> Path:
    path = folder / "via_project.json"
    path.write_text(json.dumps(project(**keys)))
    return path


def test_a_project_is_recognised_among_others_and_large(tmp_path: Path) -> None:
    files = {str(i): {"fid": i, "fname": f"{i}.png", "type": 2, "loc": 1} for i in range(30_000)}
    saved(tmp_path, regions=[region(TRIANGLE)], files=files)
    sorted_keys = json.dumps(project([region(TRIANGLE)]), sort_keys=True)
    (tmp_path / "sorted.json").write_text(sorted_keys)
    assert registry.detect(tmp_path) == [(registry.named("via"), 2)]


@pytest.mark.parametrize(
    ("xy", "area", "note"),
    [
        (TRIANGLE, 600, ""),
        ([2, 10, 10, 20, 30], 600, "is a box, not a polygon; kept as a rectangle"),
        ([3, 30, 20, 10], np.pi * 100, "is a circle; kept as a polygon"),
        ([4, 30, 20, 20, 10], np.pi * 200, "is an ellipse; kept as a polygon"),
        ([8, 20, 5, 40, 20, 25, 30, 10, 15], 30 * 25, "is a box, not a polygon; kept as"),
        ([9, 40, 20, 30, 30, 20, 20], np.pi * 100, "is a circle; kept as a polygon"),
    ],
)
def test_every_kind_with_an_area_comes_in(
    make_project: MakeProject, tmp_path: Path, xy: list[float], area: float, note: str
) -> None:
    store = make_project(["a.png"], classes=())
    done = import_labels(store, saved(tmp_path, regions=[region(xy, {"1": "1"})]))
    assert (done.format, done.by_class, done.refused) == ("via", {"bolt": 1}, ())
    assert done.added_classes == ("nut", "bolt")
    shape = store.annotation(store.images()[0].id).instances[0]
    assert sum(map(polygon.area, shape.parts)) == pytest.approx(area, rel=0.02)
    assert [str(found) for found in done.repaired] == (
        [f"via_project.json, region 0_mR8ks-Aa: {done.repaired[0].reason}"] if note else []
    )
    assert all(found.reason.startswith(note) for found in done.repaired)


@pytest.mark.parametrize(
    ("xy", "reason"),
    [
        ([1, 10, 10], "is of the kind point, which has no area"),
        ([5, 10, 10, 20, 20], "is of the kind line, which has no area"),
        ([6, 10, 10, 20, 20, 30, 10], "is of the kind polyline, which has no area"),
        ([7, 10, 10, 20], "has an odd number of coordinates"),
        ([7, 10, 10, 20, 20], "has fewer than 3 different points"),
        ([2, 10, 10, 20], "has 3 numbers, where its kind has 4"),
        ([9, 10, 10, 20, 20, 30, 30], "is a circle through three points on a line"),
        ([12, 1], "is of the unknown kind 12"),
        (["polygon", 1], "is of the unknown kind 'polygon'"),
        ("7", "has no shape"),
    ],
)
def test_what_has_no_area_or_no_sense_is_named(
    make_project: MakeProject, tmp_path: Path, xy: Any, reason: str
) -> None:
    store = make_project(["a.png"])
    done = import_labels(store, saved(tmp_path, regions=[region(xy, {"1": "0"})]))
    assert [str(found) for found in done.refused] == [
        f"via_project.json, region 0_mR8ks-Aa: {reason}"
    ]


def test_images_are_found_by_name_path_and_address(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png", "b.png", "c d.png", "train/e.png", "val/e.png"])
    files: dict[str, dict[str, Any]] = {
        "1": {"fid": "1", "fname": "a.png", "type": 2, "loc": 1, "src": ""},
        "2": {"fid": 2, "fname": "b.png", "type": 2, "loc": 4, "src": "data:image/png;base64,AA"},
        "3": {"fid": "3", "fname": "x", "type": 2, "loc": 2, "src": "https://a.b/c%20d.png?x=1"},
        "4": {"fid": "4", "fname": "e.png", "type": 2, "loc": 3, "src": "/data/val/e.png"},
    }
    regions = [region(TRIANGLE, {"1": "0"}, view=view) for view in files]
    done = import_labels(store, saved(tmp_path, regions=regions, files=files))
    assert (done.images, done.instances, done.refused) == (4, 4, ())
    counts = {row.rel: row.instance_count for row in store.images()}
    assert counts == {"a.png": 1, "b.png": 1, "c d.png": 1, "train/e.png": 0, "val/e.png": 1}


def test_what_is_no_region_of_an_image_is_named(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png", "b.png"])
    file = {"fname": "a.png", "type": 2, "loc": 1}
    files = {"1": file, "2": {"fname": "b.mp4", "type": 4, "loc": 1}, "3": {"type": 2}}
    views = {"1": ["1"], "2": ["2"], "3": ["3"], "4": ["1", "2"], "5": ["9"]}
    done = import_labels(
        store,
        saved(
            tmp_path,
            regions=[
                region(TRIANGLE, {"1": "0"}),
                region([], {"7": "blurred"}),
                region([2, 1, 1, 9, 9], {"1": "0"}, flg=1),
                region(TRIANGLE, view="77"),
            ],
            files=files,
            views={key: {"fid_list": own} for key, own in views.items()},
        ),
        as_reviewed=True,
    )
    assert {(found.item, found.reason.split(";")[0]) for found in done.refused} == {
        ("region 3_mR8ks-Aa", "is for a view that the file does not list"),
        ("view 2", "shows no image, but a video or sound"),
        ("view 3", "names no image"),
        ("view 4", "shows several files"),
        ("view 5", "names no image"),
    }
    assert [found.reason for found in done.repaired] == [
        "has attributes of the whole image; they are not taken over",
        "is marked as deleted; left out",
    ]
    assert done.by_class == {"nut": 1}
    assert [row.state.value for row in store.images()] == ["reviewed", "unlabelled"]


ATTRIBUTES = {"1": CHOICE, "2": TEXT}
TICKED = {**CHOICE, "type": 2}


@pytest.mark.parametrize(
    ("attributes", "values", "shown", "named"),
    [
        ({"1": CHOICE}, {"1": "0"}, "", "nut"),
        ({"1": {**CHOICE, "type": 3}}, {"1": "1"}, "", "bolt"),
        ({"1": TICKED}, {"1": "1"}, "", "bolt"),
        ({"1": TICKED}, {"1": "1,"}, "", "bolt"),
        ({"1": TEXT}, {"1": " a  screw "}, "", "a screw"),
        (ATTRIBUTES, {"1": "0"}, "", "nut"),
        (ATTRIBUTES, {"1": "0", "2": "rusty"}, "1", "nut"),
        ({"1": {**CHOICE, "aname": "Class"}, "2": TEXT}, {"1": "0", "2": "rusty"}, "2", "nut"),
        ({}, {"label": "washer"}, "", "washer"),
    ],
)
def test_the_class_is_what_via_shows(
    make_project: MakeProject,
    tmp_path: Path,
    attributes: dict[str, Any],
    values: dict[str, Any],
    shown: str,
    named: str,
) -> None:
    store = make_project(["a.png"], classes=())
    regions = [region(TRIANGLE, values)]
    done = import_labels(
        store, saved(tmp_path, regions=regions, attributes=attributes, shown=shown)
    )
    assert (done.by_class, done.refused) == ({named: 1}, ())


def test_a_class_that_is_not_said_is_not_guessed(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"], classes=())
    regions = [region(TRIANGLE, {"1": "0", "2": "rusty"})]
    done = import_labels(store, saved(tmp_path, regions=regions, attributes=ATTRIBUTES))
    assert [found.reason for found in done.refused] == [
        "has 2 attributes; which one is the class is not said"
    ]
