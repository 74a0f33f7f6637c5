"""Several labels for one image, and sources of which nothing can be used."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.formats.conftest import MakeProject

from dynseg.cli import main as cli
from dynseg.formats.incoming.importing import import_labels

CORNERS = [[10, 10, 40, 10, 40, 40], [1, 1, 9, 1, 9, 9]]


def coco(path: Path, images: list[tuple[Any, str]], owners: list[Any], name: str = "nut") -> Path:
    data = {
        "images": [{"id": i, "file_name": n, "width": 64, "height": 48} for i, n in images],
        "categories": [{"id": 1, "name": name}],
        "annotations": [
            {"id": n, "image_id": owner, "category_id": 1, "segmentation": [CORNERS[n]]}
            for n, owner in enumerate(owners)
        ],
    }
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(data))
    return path


def test_an_image_that_one_file_lists_twice_has_the_shapes_of_both(
    make_project: MakeProject, tmp_path: Path
) -> None:
    """As in files that were merged from several."""
    store = make_project(["a.png"], classes=())
    done = import_labels(
        store, coco(tmp_path / "x.json", [(1, "a.png"), (7, "a.png"), (7, "a.png")], [1, 7])
    )
    assert (done.instances, done.refused) == (2, ())


def test_one_id_for_two_images_is_told(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png", "b.png"], classes=())
    images = [(1, "a.png"), (1, "b.png"), (2, "a.png"), (2, "b.png")]
    done = import_labels(store, coco(tmp_path / "x.json", images, [1, 2]))
    assert (done.instances, done.images) == (2, 1)
    assert [str(f) for f in done.refused] == [
        f"x.json, images[{n}]: has no id and file_name of its own; not used" for n in (1, 3)
    ]


def test_a_file_for_each_class_is_taken_one_after_the_other(
    make_project: MakeProject, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = make_project(["a.png"], classes=())
    files = [coco(tmp_path / "in" / f"{c}.json", [(1, "a.png")], [1], c) for c in ("nut", "bolt")]
    store.close()
    assert cli.main(["import", str(store.root), str(tmp_path / "in")]) == 1
    said = capsys.readouterr()
    assert (
        "another label file is for a.png as well; not used; to have the labels of both" in said.err
    )
    assert "import one file after the other" in said.err
    assert "Labels belong to the image of the same name" not in said.err
    assert "new classes" not in said.out
    assert cli.main(["stats", str(store.root), "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["by_class"] == {}
    for file in files:
        assert cli.main(["import", str(store.root), str(file), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert answer["by_class"] == {"bolt": 1}


def test_what_cannot_be_used_is_why_nothing_was_imported(
    make_project: MakeProject, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = make_project(["a.png"], classes=())
    path = coco(tmp_path / "x.json", [(1, "a.png")], [1])
    path.write_text(path.read_text()[:-30])
    store.close()
    assert cli.main(["import", str(store.root), str(path)]) == 1
    assert "nothing was imported. x.json: is not valid JSON" in capsys.readouterr().err
    (tmp_path / "project" / "images" / "a.txt").write_text("0 0 0 1 0 1 1\n")
    path.rename(tmp_path / "project" / "images" / "x.json")
    assert cli.main(["import", str(store.root), str(tmp_path / "project" / "images")]) == 1
    assert "with --format" in capsys.readouterr().err
