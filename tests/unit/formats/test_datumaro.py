"""Datumaro's JSON, as it and CVAT write it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.formats.conftest import HEIGHT, WIDTH, MakeProject

from dynseg.formats import registry
from dynseg.formats.incoming.importing import import_labels
from dynseg.geometry import polygon

OUTLINE = [1.0, 1.0, 30.0, 1.0, 30.0, 20.0, 1.0, 20.0]


def drawn(kind: str, label: int | None = 0, **keys: Any) -> dict[str, Any]:
    """An annotation as Datumaro writes it."""
    own = {"id": 0, "type": kind, "attributes": {"occluded": False}, "group": 0, "z_order": 0}
    return {**own, "label_id": label, **keys}


def subset(folder: Path, *annotations: dict[str, Any], name: str = "default", **item: Any) -> Path:
    """One subset with an item, in the folders that Datumaro makes."""
    labels: list[Any] = [{"name": word, "parent": "", "attributes": []} for word in ("cat", "dog")]
    own = {
        "id": "a", "annotations": list(annotations), "attr": {"frame": 0},
        "image": {"path": "a.png", "size": [HEIGHT, WIDTH]}, **item,
    }  # fmt: skip
    document = {
        "info": {}, "categories": {"label": {"labels": labels, "attributes": ["occluded"]},
        "points": {"items": []}}, "items": [own],
    }  # fmt: skip
    path = folder / "annotations" / f"{name}.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(document))
    return folder


def test_every_kind_with_an_area_comes_in(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"], classes=())
    runs = {"counts": [100, 20, 100, 20, WIDTH * HEIGHT - 240], "size": [HEIGHT, WIDTH]}
    source = subset(
        tmp_path / "set",
        drawn("polygon", points=OUTLINE),
        drawn("mask", 1, rle=runs),
        drawn("mask", 1, rle={"counts": "T3d0\\10lh2", "size": [HEIGHT, WIDTH]}),
        drawn("bbox", bbox=[40, 2, 10, 20]),
        drawn("ellipse", points=[40, 30, 60, 40]),
        drawn("polyline", points=OUTLINE),
        drawn("label"),
        drawn("polygon", 7, points=OUTLINE),
        drawn("polygon", None, points=OUTLINE),
        drawn("mask", rle={"counts": [1], "size": [2, 3]}),
    )
    assert registry.choose("auto", source).name == "datumaro"
    done = import_labels(store, source)
    assert done.by_class == {"cat": 3, "dog": 2}
    assert list(store.classes().names) == ["cat", "dog"]
    assert [str(finding).partition("items[0], ")[2] for finding in done.refused] == [
        "annotations[5]: is of the kind polyline, which has no area",
        "annotations[7]: has label 7, which is not listed",
        "annotations[8]: has no label",
        "annotations[9]: is a mask of 3 x 2 pixels, not 64 x 48",
    ]
    assert "has tags or captions" in str(done.repaired[0])
    areas = [polygon.area(own.parts[0]) for own in store.annotation(1).instances]
    assert areas[0] == 29 * 19
    assert areas[3] == 200
    assert areas[4] == pytest.approx(3.1416 * 10 * 5, rel=0.02)


def test_a_group_is_one_object_and_its_box_no_further_one(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    other = [40.0, 30.0, 60.0, 30.0, 60.0, 40.0]
    source = subset(
        tmp_path / "set",
        drawn("polygon", points=OUTLINE, group=3, z_order=2),
        drawn("polygon", points=other, group=3, z_order=2),
        drawn("bbox", bbox=[1, 1, 59, 39], group=3),
        drawn("bbox", 1, bbox=[2, 2, 9, 9], group=3),
    )
    done = import_labels(store, source)
    first, second = store.annotation(1).instances
    assert (len(first.parts), len(second.parts)) == (1, 2), "by their layers"
    assert done.by_class == {"dog": 1, "cat": 1}
    assert any("is the box of another shape" in str(finding) for finding in done.repaired)


@pytest.mark.parametrize(
    ("item", "name", "split"),
    [
        ({"id": "sub/a", "image": {"path": "", "size": [HEIGHT, WIDTH]}}, "train", "train"),
        ({"id": "other", "image": None, "media": {"path": "../x/sub/a.jpg"}}, "validation", "val"),
    ],
)
def test_an_item_finds_its_image_by_path_or_id(
    make_project: MakeProject, tmp_path: Path, item: dict[str, Any], name: str, split: str
) -> None:
    store = make_project(["sub/a.png", "b.png"])
    source = subset(tmp_path / "set", drawn("polygon", points=OUTLINE), name=name, **item)
    assert import_labels(store, source).instances == 1
    rows = {row.rel: (row.instance_count, row.split) for row in store.images()}
    assert rows["sub/a.png"] == (1, split)


def test_many_classes_before_the_items_are_known_for_what_they_are(tmp_path: Path) -> None:
    labels = [{"name": f"class {n}", "parent": "", "attributes": []} for n in range(2000)]
    document = {"categories": {"label": {"labels": labels}}, "items": []}
    (tmp_path / "a.json").write_text(json.dumps(document))
    (tmp_path / "b.md").write_text("")
    assert [form.name for form, _ in registry.detect(tmp_path)] == ["datumaro"]
