"""Projects of Supervisely: polygons with holes, masks, boxes, and what binds objects together."""

from __future__ import annotations

import base64
import io
import json
import math
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from tests.unit.formats.conftest import MakeProject, write_image

from dynseg.formats import registry
from dynseg.formats.incoming.importing import ImportReport, import_labels
from dynseg.geometry import polygon
from dynseg.geometry.part import Part

OUTER = [[10, 10], [50, 10], [50, 40], [10, 40]]
HOLE = [[20, 20], [30, 20], [30, 30], [20, 30]]
RING = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]], dtype=np.uint8)


def drawn(kind: str, title: str = "nut", **keys: Any) -> dict[str, Any]:
    """An object as Supervisely writes it."""
    return {
        "id": 497521359, "classId": 1661571, "description": "", "geometryType": kind,
        "labelerLogin": "ana", "createdAt": "2020-08-07T11:09:51.054Z", "tags": [],
        "classTitle": title, **keys,
    }  # fmt: skip


def polygon_of(outer: Any, *holes: Any, **keys: Any) -> dict[str, Any]:
    return drawn("polygon", points={"exterior": outer, "interior": list(holes)}, **keys)


def bitmap(pixels: bytes, origin: Any, *, compressed: bool = True) -> dict[str, Any]:
    data = zlib.compress(pixels) if compressed else pixels
    own = {"data": base64.b64encode(data).decode(), "origin": origin}
    return drawn("bitmap", bitmap=own)


def png(mask: np.ndarray[Any, Any], kind: str) -> bytes:
    """A mask with its own palette, in which 0 is transparent, or in black on transparent."""
    out = io.BytesIO()
    if kind == "palette":
        image = Image.fromarray(mask)
        image.putpalette([0, 0, 0, 255, 255, 255])
        image.save(out, "PNG", transparency=0)
    else:
        pixels = np.zeros((*mask.shape, 4), np.uint8)
        pixels[:, :, 3] = 255 * mask
        Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


def project(folder: Path, *objects: dict[str, Any], name: str = "a.png.json", **keys: Any) -> Path:
    """A project of one data set as it is downloaded."""
    ann = folder / "ds0" / "ann"
    ann.mkdir(parents=True, exist_ok=True)
    said = {
        "description": "", "tags": [], "size": {"height": 48, "width": 64},
        "objects": list(objects), **keys,
    }  # fmt: skip
    (ann / name).write_text(json.dumps(said))
    classes = [{"title": title, "shape": "any", "color": "#ff0000"} for title in ("nut", "bolt")]
    meta = {"classes": classes, "tags": [], "projectType": "images"}
    (folder / "meta.json").write_text(json.dumps(meta))
    return folder


def parts_of(
    make_project: MakeProject, folder: Path, *objects: dict[str, Any]
) -> tuple[ImportReport, list[tuple[Part, ...]]]:
    store = make_project(["a.png"], classes=())
    done = import_labels(store, project(folder, *objects))
    assert done.format == "supervisely"
    assert done.added_classes == ("nut", "bolt")
    return done, [own.parts for own in store.annotation(store.images()[0].id).instances]


def test_a_polygon_keeps_its_holes(make_project: MakeProject, tmp_path: Path) -> None:
    done, (parts,) = parts_of(make_project, tmp_path / "s", polygon_of(OUTER, HOLE, [[1, 1]]))
    assert (done.repaired, done.refused) == ((), ())
    assert parts[0].outer.tolist() == OUTER
    assert [hole.tolist() for hole in parts[0].holes] == [HOLE]


def test_a_hole_that_leaves_its_outline_is_mended(
    make_project: MakeProject, tmp_path: Path
) -> None:
    far = [[40, 20], [60, 20], [60, 30], [40, 30]]
    done, (parts,) = parts_of(make_project, tmp_path / "s", polygon_of(OUTER, far))
    assert all(polygon.problem(part) is None for part in parts)
    assert [found.reason.split("; ")[-1] for found in done.repaired] == ["repaired"]


@pytest.mark.parametrize("kind", ["palette", "opaque"])
@pytest.mark.parametrize("compressed", [True, False])
def test_masks_come_in_pixel_by_pixel(
    make_project: MakeProject, tmp_path: Path, kind: str, compressed: bool
) -> None:
    own = bitmap(png(RING, kind), [5, 7], compressed=compressed)
    done, (parts,) = parts_of(make_project, tmp_path / "s", own)
    assert (done.repaired, done.refused) == ((), ())
    assert [polygon.area(part) for part in parts] == [8]
    assert parts[0].outer.min(axis=0).tolist() == [5, 7]
    assert parts[0].outer.max(axis=0).tolist() == [8, 10]


def test_boxes_come_in_turned(make_project: MakeProject, tmp_path: Path) -> None:
    corners = [[20, 20], [40, 30]]
    straight = drawn("rectangle", points={"exterior": corners, "interior": []})
    turned = drawn("oriented_bbox", "bolt", points=corners, angle=math.pi / 2)
    done, shapes = parts_of(make_project, tmp_path / "s", straight, turned)
    outlines = [own[0].outer.round(6) for own in shapes]
    bounds = [[*own.min(axis=0).tolist(), *own.max(axis=0).tolist()] for own in outlines]
    assert bounds == [[20, 20, 40, 30], [25, 15, 35, 35]]
    assert {found.reason for found in done.repaired} == {
        "is a box, not a polygon; kept as a rectangle"
    }


def test_what_is_bound_to_one_instance_is_one_object(
    make_project: MakeProject, tmp_path: Path
) -> None:
    left, right = [[1, 1], [9, 1], [9, 9]], [[30, 1], [39, 1], [39, 9]]
    objects = [polygon_of(own, instance="5f1c0e4e") for own in (left, right)]
    _, shapes = parts_of(make_project, tmp_path / "s", *objects, polygon_of(OUTER))
    assert [len(parts) for parts in shapes] == [2, 1]


def test_what_cannot_be_used_is_named(make_project: MakeProject, tmp_path: Path) -> None:
    bomb = base64.b64encode(zlib.compress(bytes(1 << 20))).decode()
    wide = np.ones((49, 64), np.uint8)
    cases: list[tuple[dict[str, Any], str]] = [
        (drawn("point", points={"exterior": [[1, 1]]}), "is of the kind point, which has no area"),
        (drawn("graph", nodes={}), "is of the kind graph, which has no area"),
        (drawn("mask_3d"), "is of the unknown kind 'mask_3d'"),
        ({**drawn("x"), "geometryType": [1]}, "is of the unknown kind '[1]'"),
        (polygon_of(OUTER, classTitle=""), "has no class"),
        (polygon_of([[1, 1], [2, 2]]), "has fewer than 3 different points"),
        (polygon_of(None), "has no list of points"),
        (drawn("rectangle", points={"exterior": OUTER}), "is a box of other than 2 points"),
        (drawn("bitmap", bitmap={"data": bomb, "origin": [1, 1]}), "is a mask that cannot be read"),
        (drawn("bitmap", bitmap={"data": "?", "origin": [1, 1]}), "is a mask that cannot be read"),
        (drawn("bitmap", bitmap={"data": "AA"}), "has a point that is not a pair of numbers"),
        (bitmap(png(wide, "opaque"), [0, 0]), "is a mask larger than its image"),
    ]
    done, shapes = parts_of(make_project, tmp_path / "s", *[own for own, _ in cases])
    assert not shapes
    assert [str(found) for found in done.refused] == [
        f"ds0/ann/a.png.json, object {number}: {reason}"
        for number, (_, reason) in enumerate(cases, start=1)
    ]


def test_tags_are_said_and_images_found_with_and_without_suffix(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png", "b.2020.png"])
    folder = project(tmp_path / "s", polygon_of(OUTER), tags=[{"name": "blurred"}])
    project(folder, polygon_of(OUTER), name="b.2020.png.json")
    done = import_labels(store, folder)
    assert (done.images, done.refused) == (2, ())
    assert [str(found) for found in done.repaired] == [
        "ds0/ann/a.png.json: has tags or descriptions; they are not taken over"
    ]
    other = make_project(["c.png"], name="old")
    old = project(tmp_path / "old", polygon_of(OUTER), name="c.json")
    assert import_labels(other, old / "ds0" / "ann" / "c.json").instances == 1


def test_the_size_of_the_image_beside_counts(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project({"a.png": (128, 96)})
    folder = project(tmp_path / "s", polygon_of(OUTER))
    write_image(folder / "ds0" / "img" / "a.png")
    done = import_labels(store, folder)
    assert done.instances == 1
    assert "scaled to 128 x 96" in done.repaired[0].reason


def test_it_is_told_from_other_programs(tmp_path: Path) -> None:
    folder = project(tmp_path / "s", polygon_of(OUTER))
    project(folder, name="b.png.json")  # an image without an object
    assert registry.detect(folder) == [(registry.named("supervisely"), 2)]
