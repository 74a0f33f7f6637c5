"""Files as other tools wrote them: recognised, read, and everything in them accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dynseg.errors import InputError
from dynseg.formats import registry, yolo
from dynseg.formats.incoming.importing import ImportReport, import_labels, prepare
from dynseg.geometry import polygon
from dynseg.geometry.mask import mask_from_parts
from dynseg.project.store import Store

CASES = {
    # source: images, format, (images found, added, repaired, refused)
    "coco-crowd-multipart/coco_tiny.json": ("coco-crowd-multipart/images", "coco", (5, 63, 4, 0)),
    "coco-crowd-multipart/isat": ("coco-crowd-multipart/images", "isat", (5, 42, 4, 0)),
    "coco-crowd-multipart/labelme": ("coco-crowd-multipart/images", "labelme", (5, 18, 0, 0)),
    "coco-crowd-multipart/yolo": ("coco-crowd-multipart/images", "yolo", (5, 61, 7, 0)),
    "coco-roboflow-mixed": ("coco-roboflow-mixed", "coco", (1, 11, 10, 24)),
    "labelme/instance": ("labelme/instance", "labelme", (3, 12, 3, 2)),
    "labelme/primitives": ("labelme/primitives", "labelme", (1, 5, 3, 3)),
    "xanylabeling/demo.json": ("xanylabeling", "labelme", (1, 51, 51, 0)),
    "xanylabeling/instance/sources": ("xanylabeling/instance/sources", "labelme", (1, 2, 0, 0)),
    "xanylabeling/instance/labels": ("xanylabeling/instance/sources", "yolo", (1, 2, 0, 0)),
    "cvat-tiny/export_project": ("cvat-tiny/export_project/images", "cvat", (6, 6, 6, 6)),
    "cvat-tiny/export_task": ("cvat-tiny/export_task/images", "cvat", (2, 1, 2, 3)),
    "cvat-tiny/for_video": ("cvat-tiny/for_video/images", "cvat", (2, 1, 2, 5)),
    "label-studio-brush": ("label-studio-brush", "labelstudio", (1, 1, 0, 0)),
    "label-studio-polygon/data_polygons.json": (None, "labelstudio", (1, 1, 0, 0)),
    "label-studio-polygon/data_obb.json": (None, "labelstudio", (3, 25, 25, 0)),
    "label-studio-polygon/coco/data.json": (None, "labelstudio", (1, 2, 1, 2)),
    "voc-masks": ("voc-masks/JPEGImages", "voc", (3, 12, 0, 0)),
}
NO_IMAGES = {
    "label-studio-polygon/data_polygons.json": {"image2.jpg": (640, 426)},
    "label-studio-polygon/data_obb.json": {
        "image1.jpg": (597, 768),
        "image2.jpg": (433, 768),
        "image3.jpg": (716, 768),
    },
    "label-studio-polygon/coco/data.json": {"test_image1.jpg": (500, 320)},
}
SETS = {
    "nuts": ("coco", (18, 165, 0, 0)),
    "food-tray": ("via", (138, 758, 9, 0)),
    "kudzu-bugs": ("via", (40, 869, 349, 0)),
    "urban-large": ("cvat", (7, 126, 34, 0)),
    "nuclei-fluo": ("masks", (3, 166, 0, 0)),
}


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[list[Store]]:
    """Stores that are closed at the end."""
    stores: list[Store] = []
    yield stores
    for store in stores:
        store.close()


def counts(done: ImportReport) -> tuple[int, int, int, int]:
    return done.images, done.instances, len(done.repaired), len(done.refused)


@pytest.mark.parametrize("source", CASES)
def test_every_file_is_recognised_and_accounted_for(
    source: str, shared_data: Path, tmp_path: Path, opened: list[Store]
) -> None:
    folder = shared_data / "formats"
    images, name, expected = CASES[source]
    place = folder / images if images else tmp_path / "images"
    for file, size in NO_IMAGES.get(source, {}).items():
        place.mkdir(exist_ok=True)
        Image.new("RGB", size).save(place / file)
    store = Store.create(tmp_path / "p", images=place, recursive=True)
    opened.append(store)
    done = import_labels(store, folder / source)
    assert done.format == name
    assert counts(done) == expected, [*map(str, done.refused), *map(str, done.repaired)]
    total = sum(row.instance_count for row in store.images())
    assert total == done.instances
    again = import_labels(store, folder / source)
    assert (again.instances, again.run_id) == (0, None)
    assert again.duplicates == done.instances


@pytest.mark.parametrize("name", SETS)
def test_originals_of_the_sets(
    name: str, shared_data: Path, tmp_path: Path, opened: list[Store]
) -> None:
    images = shared_data / name / "yolo" / "images"
    store = Store.create(tmp_path / "p", images=images, recursive=True)
    opened.append(store)
    form, expected = SETS[name]
    done = import_labels(store, shared_data / name / "original", as_reviewed=True)
    assert done.format == form
    assert counts(done) == expected


@pytest.mark.parametrize("name", ["nuts", "food-tray", "kudzu-bugs", "urban-large"])
def test_originals_and_their_yolo_version_are_the_same_shapes(
    name: str, shared_data: Path, tmp_path: Path, opened: list[Store]
) -> None:
    images = shared_data / name / "yolo" / "images"
    stores = []
    for number, source in enumerate(("original", "yolo")):
        store = Store.create(tmp_path / str(number), images=images, recursive=True)
        opened.append(store)
        stores.append(store)
        import_labels(store, shared_data / name / source)
    overlaps = []
    for a, b in zip(stores[0].images(), stores[1].images(), strict=True):
        mine = stores[0].annotation(a.id).instances
        overlaps += [
            max(polygon.iou(own.parts, theirs.parts) for own in mine)
            for theirs in stores[1].annotation(b.id).instances
        ]
    assert np.mean(overlaps) > 0.96  # the YOLO versions are simplified


def test_voc_masks_come_in_pixel_by_pixel(
    shared_data: Path, tmp_path: Path, opened: list[Store]
) -> None:
    folder = shared_data / "formats" / "voc-masks"
    store = Store.create(tmp_path / "p", images=folder / "JPEGImages")
    opened.append(store)
    import_labels(store, folder)
    names = {label.id: label.name for label in store.classes().labels}
    row = store.images()[1]
    shapes = store.annotation(row.id).instances
    numbers = np.asarray(Image.open(folder / "SegmentationObject" / f"{Path(row.rel).stem}.png"))
    for number, shape in zip((1, 2, 3, 4, 5, 7), shapes, strict=True):
        mask = mask_from_parts(shape.parts, width=row.width, height=row.height)
        assert (mask == (numbers == number)).all()
    assert Counter(names[s.class_id] for s in shapes)["person"] == 4


def test_a_folder_of_several_formats_is_not_guessed(
    shared_data: Path, tmp_path: Path, opened: list[Store]
) -> None:
    folder = shared_data / "formats" / "coco-crowd-multipart"
    store = Store.create(tmp_path / "p", images=folder / "images")
    opened.append(store)
    found = {form.name: count for form, count in registry.detect(folder)}
    assert found == {"labelme": 5, "isat": 5, "yolo": 5, "coco": 1}
    with pytest.raises(InputError, match="several formats"):
        prepare(store, folder)
    assert import_labels(store, folder, format_name="isat").instances == 42


def test_our_own_exports_are_recognised(shared_data: Path) -> None:
    for name in ("nuts", "feral-cats", "coco128-seg"):
        assert registry.detect(shared_data / name / "yolo")[0][0] is yolo.FORMAT
