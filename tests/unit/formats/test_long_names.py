"""Names of classes with more letters than a project takes: the same by every way in."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.unit.formats.conftest import MakeProject, box, label, shape

from dynseg.annotation import class_edits
from dynseg.annotation.class_text import MAX_NAME
from dynseg.annotation.edits.base import EditError
from dynseg.cli.main import main
from dynseg.formats import registry
from dynseg.formats.incoming.importing import import_labels
from dynseg.formats.incoming.long_names import shortened
from dynseg.formats.outgoing.exporting import export

LONG = "a ripe tomato that hangs on its stem " * 7 + "on the left"
OTHER = LONG.replace("on the left", "on the right")
FLAT = [10, 10, 40, 10, 40, 40]
POINTS = [[10, 10], [40, 10], [40, 40]]
FORMATS = [form for form in registry.writable() if form.read is not None]


def labelled(name: str) -> dict[str, Any]:
    """What labelme writes of a triangle."""
    own = {"label": name, "points": POINTS, "shape_type": "polygon"}
    return {"version": "5.5.0", "imagePath": "a.png", "shapes": [own]}


def coco(*names: str) -> dict[str, Any]:
    """What COCO has for a triangle of each class."""
    return {
        "images": [{"id": 1, "file_name": "a.png", "width": 64, "height": 48}],
        "categories": [{"id": i, "name": name} for i, name in enumerate(names)],
        "annotations": [
            {"id": i, "image_id": 1, "category_id": i, "segmentation": [[x + i for x in FLAT]]}
            for i in range(len(names))
        ],
    }


def via(name: str) -> dict[str, Any]:
    """What VIA writes of a triangle."""
    x, y = FLAT[::2], FLAT[1::2]
    drawn = {"name": "polygon", "all_points_x": x, "all_points_y": y}
    regions = [{"shape_attributes": drawn, "region_attributes": {"class": name}}]
    return {"a.png1": {"filename": "a.png", "regions": regions}}


@pytest.mark.parametrize("made", [labelled, coco, via])
def test_a_name_is_cut_and_told_in_every_format(
    made: Any, make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"], classes=())
    (tmp_path / "a.json").write_text(json.dumps(made(LONG)))
    done = import_labels(store, tmp_path / "a.json")
    short = shortened(LONG)
    assert store.classes().names == [short]
    assert len(short) <= MAX_NAME
    assert short.startswith(LONG[:190])
    assert [str(found) for found in done.repaired] == [
        f"a.json: names a class with {len(LONG)} letters; it is called {short}"
    ]
    again = import_labels(store, tmp_path / "a.json")
    assert (again.instances, again.duplicates, store.classes().names) == (0, 1, [short])


def test_two_that_begin_alike_stay_two(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"], classes=())
    (tmp_path / "a.json").write_text(json.dumps(coco(LONG, OTHER)))
    done = import_labels(store, tmp_path / "a.json")
    assert list(done.by_class.values()) == [1, 1]
    assert store.classes().names == [shortened(LONG), shortened(OTHER)]


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
def test_a_class_that_a_project_has_comes_back_whole(
    form: Any, make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"], classes=(LONG, OTHER))
    left, right = (own.id for own in store.classes().labels)
    label(store, "a.png", [shape(left, box(2, 2, 20, 20)), shape(right, box(30, 2, 50, 20))])
    export(store, tmp_path / "out", form=form)
    again = make_project(["a.png"], classes=(LONG, OTHER), name="again")
    name = "masks" if form.name == "labelmap" else form.name
    done = import_labels(again, tmp_path / "out", format_name=name)
    assert (done.by_class, done.added_classes) == ({LONG: 1, OTHER: 1}, ())


def test_what_a_person_types_is_refused(make_project: MakeProject) -> None:
    table = make_project(["a.png"], classes=("nut",)).classes()
    with pytest.raises(EditError, match=f"tomato.*… has a name of {len(LONG)} letters, and 200"):
        class_edits.add([LONG])(table)
    with pytest.raises(EditError, match="200 are the most"):
        class_edits.rename(table.labels[0].id, LONG)(table)
    older = replace(table, labels=(replace(table.labels[0], name=LONG),))
    recoloured = class_edits.revise(table.labels[0].id, LONG, "#ff0000")(older)
    assert recoloured.table.labels[0].colour == "#ff0000", "an older one keeps its name"


def test_what_a_list_gives_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["init", str(tmp_path / "p"), "--images", str(tmp_path), "--classes", LONG]) == 2
    assert f"has a name of {len(LONG)} letters" in capsys.readouterr().err
