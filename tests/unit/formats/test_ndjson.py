"""NDJSON, as Ultralytics HUB and Platform export data sets."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.unit.formats.conftest import HEIGHT, WIDTH, MakeProject

from dynseg.formats import registry
from dynseg.formats.incoming.importing import import_labels

OUTLINE = [0.1, 0.1, 0.9, 0.1, 0.5, 0.9]
HEAD = {
    "type": "dataset", "task": "segment", "name": "x", "url": "https://example.com",
    "class_names": {"0": "cat", "1": "dog"},
}  # fmt: skip


def image(file: str = "a.png", split: str = "train", **annotations: Any) -> dict[str, Any]:
    """The record of an image."""
    return {
        "type": "image", "file": file, "url": "https://example.com/a", "width": WIDTH,
        "height": HEIGHT, "split": split, "annotations": annotations,
    }  # fmt: skip


def written(folder: Path, *records: Any) -> Path:
    folder.mkdir()
    lines = [record if isinstance(record, str) else json.dumps(record) for record in records]
    (folder / "set.ndjson").write_text("\n".join(lines) + "\n")
    return folder


def test_rows_become_shapes_and_what_is_wrong_is_told_by_its_line(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png", "b.png", "c.png"], classes=())
    rows = [[0, *OUTLINE], [1, *OUTLINE], [0, float("nan"), *OUTLINE[1:]], [5, *OUTLINE], "x"]
    source = written(
        tmp_path / "set",
        HEAD,
        image(segments=rows, pose=[[1, 2]]),
        image("sub/b.png", "val", boxes=[[1, 0.5, 0.5, 0.2, 0.2]]),
        image("c.png", "test"),
        image("", "train", segments=[]) | {"file": None},
        '{"type": "image", "file": "d.png", "annota',
    )
    assert registry.choose("auto", source).name == "ndjson"
    done = import_labels(store, source)
    assert (done.by_class, done.images) == ({"cat": 1, "dog": 2}, 3)
    assert sorted(str(finding) for finding in done.refused) == [
        "set.ndjson:2, segments[2]: has a coordinate that is not a finite number",
        "set.ndjson:2, segments[3]: has class 5, but there are only 2 classes",
        "set.ndjson:2, segments[4]: has no list of points",
        "set.ndjson:5: names no image; not used",
        "set.ndjson:6: is not valid JSON",
    ]
    assert [str(finding) for finding in done.repaired] == [
        "set.ndjson:2: has pose; not taken over",
        "set.ndjson:3, boxes[0]: is a box, not a polygon; kept as a rectangle",
    ]
    assert [row.split for row in store.images()] == ["train", "val", "test"]


def test_names_that_come_after_the_images_are_theirs_as_well(
    make_project: MakeProject, tmp_path: Path
) -> None:
    other = {**HEAD, "class_names": {"0": "bird"}}
    records = [image(segments=[[1, *OUTLINE]]), HEAD, image("b.png", segments=[[0, *OUTLINE]])]
    last = image("c.png", segments=[[0, *OUTLINE]])
    source = written(tmp_path / "set", *records, other, last)
    done = import_labels(make_project(["a.png", "b.png", "c.png"], classes=()), source)
    assert done.by_class == {"dog": 1, "cat": 1, "bird": 1}
    form = registry.named("ndjson")
    assert form.read is not None
    assert form.read(source).names == ("cat", "dog", "bird"), "those of all data sets"


def test_a_set_for_another_task_says_so(make_project: MakeProject, tmp_path: Path) -> None:
    head = {**HEAD, "task": "classify"}
    source = written(tmp_path / "set", head, image(classification=[0]))
    done = import_labels(make_project(["a.png"]), source)
    assert done.instances == 0
    assert "is for the task 'classify', which has no outlines" in str(done.refused[0])


def test_names_and_addresses_are_never_followed(make_project: MakeProject, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"x")
    source = written(tmp_path / "set", HEAD, image("../secret.png", segments=[[0, *OUTLINE]]))
    form = registry.named("ndjson")
    assert form.read is not None
    (labels,) = form.read(source).labels
    assert labels.image is None
