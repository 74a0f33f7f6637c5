"""Darwin JSON, as V7 exports it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.formats.conftest import HEIGHT, WIDTH, MakeProject

from dynseg.formats import registry
from dynseg.formats.incoming.importing import import_labels
from dynseg.geometry import polygon


def ring(*corners: tuple[float, float]) -> list[dict[str, float]]:
    return [{"x": x, "y": y} for x, y in corners]


def square(left: float, top: float, side: float) -> list[dict[str, float]]:
    right, bottom = left + side, top + side
    return ring((left, top), (right, top), (right, bottom), (left, bottom))


def drawn(name: str = "cat", **keys: Any) -> dict[str, Any]:
    """An annotation as V7 writes it."""
    return {"id": "5f545fca", "name": name, "properties": [], "slot_names": ["0"], **keys}


def file_2(folder: Path, *annotations: dict[str, Any], name: str = "a.png") -> Path:
    """A file of version 2."""
    slot = {
        "type": "image", "slot_name": "0", "width": WIDTH, "height": HEIGHT,
        "source_files": [{"file_name": name, "url": "https://example.com/a"}],
    }  # fmt: skip
    item = {"name": name, "path": "/train", "source_info": {}, "slots": [slot]}
    document = {
        "version": "2.0", "schema_ref": "https://example.com/schema.json", "item": item,
        "annotations": list(annotations), "properties": [],
    }  # fmt: skip
    folder.mkdir()
    (folder / "a.json").write_text(json.dumps(document))
    (folder / "b.md").write_text("")
    return folder


def test_every_kind_with_an_area_comes_in(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png", "b.png"], classes=())
    box = {"x": 1, "y": 2, "w": 10, "h": 20}
    start = 5 * WIDTH + 7
    runs = [0, start, 4, 9, 0, WIDTH - 9, 4, 9, 7, 2, 0, WIDTH * HEIGHT - start - WIDTH - 11]
    layer = {"dense_rle": runs, "mask_annotation_ids_mapping": {"m": 4}, "total_pixels": 3072}
    source = file_2(
        tmp_path / "set",
        drawn(polygon={"paths": [square(1, 1, 20)]}, bounding_box=box),
        drawn(ellipse={"center": {"x": 40, "y": 30}, "radius": {"x": 9, "y": 5}, "angle": 0.2}),
        drawn("dog", bounding_box=box),
        drawn("dog", id="m", mask={}),
        drawn("__raster_layer__", raster_layer=layer),
        drawn(tag={}),
        drawn(keypoint={"x": 3, "y": 4}),
        drawn(id="n", mask={}),
        drawn(polygon={"paths": [square(1, 1, 20)]}, slot_names=["1"]),
        drawn("", polygon={"paths": [square(1, 1, 20)]}),
        drawn(frames={"0": {}}),
    )
    assert registry.choose("auto", source).name == "darwin"
    done = import_labels(store, source)
    assert done.by_class == {"cat": 2, "dog": 2}
    assert [str(finding).partition(", ")[2] for finding in done.refused] == [
        "annotation 7: is of the kind keypoint, which has no area",
        "annotation 8: is a mask without its pixels or its place",
        "annotation 9: is in another slot than the first; not taken over",
        "annotation 10: has no label",
        "annotation 11: is of a video; its frames are not taken over",
    ]
    assert "has tags" in str(done.repaired[0])
    areas = [sum(map(polygon.area, own.parts)) for own in store.annotation(1).instances]
    assert areas == [400, pytest.approx(3.1416 * 45, rel=0.02), 200, 18]
    assert next(iter(store.images())).split == "train"


def test_paths_are_pieces_and_holes_by_the_even_odd_rule(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    hole, island, apart = square(5, 5, 12), square(8, 8, 4), square(30, 5, 9)
    paths = [square(1, 1, 20), hole, island, apart, square(32, 7, 2)]
    done = import_labels(store, file_2(tmp_path / "set", drawn(polygon={"paths": paths})))
    assert (done.instances, done.refused, done.repaired) == (1, (), ())
    (own,) = store.annotation(1).instances
    assert sorted((polygon.area(part), len(part.holes)) for part in own.parts) == [
        (16, 0), (81 - 4, 1), (400 - 144, 1),
    ]  # fmt: skip


def test_version_1(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"])
    own = {"path": square(1, 1, 20), "additional_paths": [square(5, 5, 10)]}
    document = {
        "dataset": "x",
        "image": {
            "width": WIDTH, "height": HEIGHT, "original_filename": "a.png",
            "filename": "0001.png", "url": "https://example.com/0001.png", "path": "/",
        },
        "annotations": [{"name": "cat", "polygon": own, "bounding_box": {"x": 1}}],
    }  # fmt: skip
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "any.json").write_text(json.dumps(document))
    done = import_labels(store, tmp_path / "set")
    assert (done.format, done.instances, done.refused) == ("darwin", 1, ())
    assert polygon.area(store.annotation(1).instances[0].parts[0]) == 300


def test_names_without_a_suffix_find_their_image(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"])
    source = file_2(tmp_path / "set", drawn(polygon={"paths": [square(1, 1, 20)]}), name="a")
    assert import_labels(store, source).instances == 1
