"""Counts and histograms of a project, against numbers made by hand."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance, Origin
from dynseg.geometry.part import Part, Ring, ring
from dynseg.progress import CancelledError, CancelToken
from dynseg.project.store import Store
from dynseg.review.statistics import span, statistics, write_table


def box(side: float) -> Ring:
    return ring([(0, 0), (side, 0), (side, side), (0, side)])


@pytest.fixture
def counted(tmp_path: Path) -> Iterator[Store]:
    """Three images: four shapes of two classes, one reviewed as empty, one untouched."""
    photos = tmp_path / "photos"
    photos.mkdir()
    for name in ("a", "b", "c"):
        Image.new("L", (300, 200)).save(photos / f"{name}.png")
    with Store.create(tmp_path / "p", images=photos, classes=["leaf", "stem", "none"]) as store:
        leaf, stem, _ = (label.id for label in store.classes().labels)
        shapes = (
            Instance(leaf, (Part(box(10)),)),
            Instance(leaf, (Part(box(20)), Part(box(20))), Origin.EDITED),  # as 28.3 x 28.3
            Instance(stem, (Part(box(40), (box(24),)),)),  # as 32 x 32: 8 points
            Instance(leaf, (Part(ring([(i, i * i % 90) for i in range(40)])),), Origin.MODEL),
        )
        first, second, _ = (store.annotation(row.id) for row in store.images())
        after = first.with_instances(shapes)
        store.commit(first.image_id, diff(first, after), expected_revision=0, text="Draw")
        run = diff(second, type(second)(second.image_id, 300, 200, (), ImageState.REVIEWED))
        store.commit(second.image_id, run, expected_revision=0, text="Review")
        yield store


def test_everything_is_counted(counted: Store) -> None:
    found = statistics(counted)
    assert (found.images, found.objects, found.damaged) == (3, 4, 0)
    assert [(own.name, own.objects, own.images) for own in found.classes] == [
        ("leaf", 3, 1), ("stem", 1, 1), ("none", 0, 0),
    ]  # fmt: skip
    assert found.by_state["reviewed"] == 1
    assert found.by_origin == {"human": 2, "edited": 1, "model": 1}
    sizes = dict(zip((span(*r) for r in found.sizes.ranges()), found.sizes.counts, strict=True))
    assert (sizes["8-15"], sizes["16-31"], sizes["32-63"]) == (2, 1, 1)
    assert sum(found.sizes.counts) == 4
    points = dict(zip((span(*r) for r in found.points.ranges(3)), found.points.counts, strict=True))
    assert (points["3-4"], points["5-8"], points["33-64"]) == (1, 2, 1)
    assert found.mean_points == (4 + 8 + 8 + 40) / 4
    per = dict(
        zip((span(*r) for r in found.per_image.ranges()), found.per_image.counts, strict=True)
    )
    assert (per["0"], per["3-5"], sum(per.values())) == (2, 1, 3)


def test_the_table_holds_every_count(counted: Store, tmp_path: Path) -> None:
    found = statistics(counted)
    write_table(tmp_path / "t.csv", found)
    with (tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == ["what", "of", "number"]
    assert ["objects by class", "leaf", "3"] in lines
    assert ["objects by points", "129 and more", "0"] in lines
    assert sum(int(line[2]) for line in lines if line[0] == "images by objects") == 3


def test_a_project_without_shapes_and_one_that_is_stopped(counted: Store) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):
        statistics(counted, cancel=cancel)
    for row in counted.images():
        if row.instance_count:
            before = counted.annotation(row.id)
            delta = diff(before, before.with_instances(()))
            counted.commit(row.id, delta, expected_revision=before.revision, text="Delete")
    found = statistics(counted)
    assert (found.objects, found.mean_points, found.by_origin) == (0, 0.0, {})
