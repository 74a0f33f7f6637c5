"""Large label files: read in the memory that is free, or refused with a reason."""

from __future__ import annotations

import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from tests.unit.formats.conftest import MakeProject

from dynseg.errors import InputError
from dynseg.formats.coco.reader import read
from dynseg.formats.incoming import capacity
from dynseg.formats.incoming.importing import import_labels, prepare

OUTLINE = [round(10 + 0.01 * i, 2) for i in range(4001)]
"""Of an odd number of values, so that nothing but the report is kept of it."""
MB = 1 << 20


def written(path: Path, count: int) -> int:
    """A COCO file with that many outlines for one image, and its size."""
    own = {"image_id": 1, "category_id": 1, "iscrowd": 0, "segmentation": [OUTLINE]}
    data: dict[str, Any] = {
        "images": [{"id": 1, "file_name": "a.png", "width": 64, "height": 48}],
        "annotations": [{"id": i, **own} for i in range(count)],
        "categories": [{"id": 1, "name": "nut"}],
    }
    path.write_text(json.dumps(data))
    return path.stat().st_size


def test_a_coco_file_takes_little_more_than_its_size(tmp_path: Path) -> None:
    size = written(tmp_path / "a.json", 60)
    read(tmp_path / "a.json")  # what is imported for it stays
    tracemalloc.start()
    try:
        source = read(tmp_path / "a.json")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert len(source.labels) == 1
    assert peak < 1.5 * size


def test_a_plan_does_not_keep_what_it_was_read_from(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    size = written(tmp_path / "a.json", 60)
    prepare(store, tmp_path / "a.json")  # what is imported for it stays
    tracemalloc.start()
    try:
        plan = prepare(store, tmp_path / "a.json")
        kept = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert len(plan.preview(store).refused) == 60
    assert kept < 0.3 * size


def test_a_number_that_cannot_be_read_costs_its_annotation_alone(
    make_project: MakeProject, tmp_path: Path
) -> None:
    store = make_project(["a.png"])
    path = tmp_path / "a.json"
    triangle = [10, 10, 40, 10, 40, 40]
    own = [{"image_id": 1, "category_id": 1, "segmentation": [triangle]} for _ in range(2)]
    own[0]["segmentation"] = ["HUGE"]
    data = {
        "images": [{"id": 1, "file_name": "a.png", "width": 64, "height": 48}],
        "annotations": own,
        "categories": [{"id": 1, "name": "nut"}],
    }
    path.write_text(json.dumps(data).replace('["HUGE"]', "[[1e999, 1, 2, 2, 3, 4]]"))
    done = import_labels(store, path)
    assert (done.instances, [str(found) for found in done.refused]) == (
        1,
        ["a.json, annotations[0]: has a number or text that cannot be read"],
    )


@pytest.mark.parametrize("name", ["a.json", "a.xml"])
def test_a_file_that_is_too_large_says_what_to_do(
    make_project: MakeProject, tmp_path: Path, name: str
) -> None:
    store = make_project(["a.png"])
    with (tmp_path / name).open("wb") as file:
        head = b'{"images": [], "annotations": [' if name == "a.json" else b"<annotations>"
        file.write(head)
        file.truncate(capacity.MAX_BYTES + 1)  # takes no space on the disk
    plan = prepare(store, tmp_path / name)
    assert [found.reason for found in plan.preview(store).refused] == [
        "is larger than 2 GB; not read. Export it in parts"
    ]


def test_what_is_free_decides() -> None:
    assert capacity.refusal(capacity.SMALL_BYTES, times=1e9) == ""
    assert capacity.refusal(300 * MB, times=1e-3) == ""
    reason = capacity.refusal(300 * MB, times=1e6)
    assert reason.startswith("needs about 314572.8 GB of memory to be read, and ")
    assert reason.endswith("free; not read. Close other programs, or export it in parts")


def test_a_file_that_is_no_object_has_no_images(make_project: MakeProject, tmp_path: Path) -> None:
    store = make_project(["a.png"])
    (tmp_path / "a.json").write_text("[1, 2]")
    with pytest.raises(InputError, match="no labels of a known format"):
        prepare(store, tmp_path / "a.json")
    plan = prepare(store, tmp_path / "a.json", format_name="coco")
    assert [found.reason for found in plan.preview(store).refused] == [
        "has no list of images; not used"
    ]
