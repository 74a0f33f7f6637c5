"""Label images: what stands in their pixels and in the table beside them."""

from __future__ import annotations

import csv
import shutil
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.unit.formats.conftest import MakeProject, box, label, shape

from dynseg.annotation.classes import ClassLabel, ClassTable
from dynseg.annotation.document import Annotation
from dynseg.formats import registry
from dynseg.formats.incoming.importing import import_labels
from dynseg.formats.outgoing.exporting import export
from dynseg.formats.outgoing.fitting import Tally, entries
from dynseg.formats.outgoing.policy import Policy
from dynseg.formats.outgoing.round_trip import round_trip

FORM = registry.named("labelmap")


def test_each_pixel_has_the_number_of_its_object(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png", "b.png"], ("cat", "dog, large"))
    cat, dog = (item.id for item in store.classes().labels)
    grid = [box(x, y, x + 2, y + 2) for y in range(0, 60, 3) for x in range(0, 60, 3)]
    label(store, "a.png", [shape(cat, ring) for ring in grid[:300]])
    label(store, "b.png", [shape(cat, box(2, 2, 9, 9)), shape(dog, box(6, 6, 12, 12))])
    done = export(store, tmp_path / "out", form=FORM)
    assert done.dropped == ()
    with Image.open(tmp_path / "out" / "masks" / "a.png") as image:
        many = np.asarray(image)
    assert many.dtype == np.uint16
    assert many.shape == (48, 64)
    assert np.unique(many).tolist() == list(range(301))
    with Image.open(tmp_path / "out" / "masks" / "b.png") as image:
        two = np.asarray(image)
    assert (two[3, 3], two[7, 7], two[11, 11], two[0, 0]) == (1, 2, 2, 0)
    with (tmp_path / "out" / "objects.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["mask"] == "b.png"]
    assert [(row["object"], row["class"]) for row in rows] == [("1", "cat"), ("2", "dog, large")]
    assert round_trip(store, tmp_path / "out", FORM).extra == 0


@pytest.mark.parametrize(
    "table",
    [
        b"mask,object,class,split\na.png,x,cat,train\na.png,1,,val\na.png,9" + b"9" * 40 + b",cat,",
        b"mask,object,class,split\n\x00\xff,",
        b"name,size\na.png,1\n",
        b"mask,object,class,split\n" + b'"' + b"x" * 200_000,
        b"",
    ],
    ids=["odd rows", "bytes", "another table", "a huge field", "empty"],
)
def test_a_table_that_says_nothing_leaves_objects_without_a_class(
    table: bytes, make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"], ("cat",))
    cat = store.classes().labels[0].id
    label(store, "a.png", [shape(cat, box(2, 2, 9, 9)), shape(cat, box(16, 6, 22, 12))])
    export(store, tmp_path / "out", form=FORM)
    (tmp_path / "out" / "objects.csv").write_bytes(table)
    again = make_project(["a.png"], (), "again")
    back = import_labels(again, tmp_path / "out")
    assert back.instances == 2, back.refused


@pytest.mark.parametrize("sign", [";", "\t"])
def test_a_table_that_a_spreadsheet_has_saved_is_read(
    sign: str, make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"], ("cat", "dog"))
    cat, dog = (item.id for item in store.classes().labels)
    label(store, "a.png", [shape(cat, box(2, 2, 9, 9)), shape(dog, box(16, 6, 22, 12))])
    export(store, tmp_path / "out", form=FORM)
    table = tmp_path / "out" / "objects.csv"
    table.write_bytes(table.read_bytes().replace(b",", sign.encode()).replace(b"\n", b"\r\n"))
    again = make_project(["a.png"], (), "again")
    assert import_labels(again, tmp_path / "out").by_class == {"cat": 1, "dog": 1}


def test_an_archive_with_one_png_among_its_photographs_stays_a_set_of_label_images(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png", "b.jpg"])
    for rel in ("a.png", "b.jpg"):
        label(store, rel, [shape(store.classes().labels[0].id, box(1, 1, 9, 9))])
    export(store, tmp_path / "out", form=registry.named("labelmap"))
    archive = shutil.make_archive(str(tmp_path / "set"), "zip", tmp_path / "out")
    again = make_project(["a.png", "b.jpg"], name="again")
    assert import_labels(again, Path(archive)).by_class == {"cat": 2}


def test_small_shapes_of_a_large_image_are_counted_at_once() -> None:
    """Each was drawn on the whole image: minutes for the counts before an export."""
    corners = [(x, y) for x in range(0, 4_000, 200) for y in range(0, 3_000, 150)]
    shapes = tuple(shape(1, box(x + 1, y + 1, x + 9, y + 9)) for x, y in corners)
    image = Annotation(1, 4_000, 3_000, shapes)
    classes = ClassTable((ClassLabel(1, "cat", "#ff0000"),))
    begun_s = time.process_time()
    for name in ("labelmap", "masks"):
        tally = Tally()
        entries("a.png", image, classes, Policy(), registry.named(name).holds, tally)
        assert (tally.instances, tally.lost) == (400, 0)
    assert time.process_time() - begun_s < 2
