"""`dynseg rescale` on image files that were really replaced."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Instance
from dynseg.cli.main import main
from dynseg.geometry.part import Part, ring
from dynseg.project import backups, resizing
from dynseg.project.store import Store

SIZES = {"half.png": (50, 40), "same.png": (100, 80), "square.png": (60, 60)}
"""Of the files that replace the first ones of 100 x 80."""


@pytest.fixture
def replaced(tmp_path: Path) -> Path:
    """A project with a triangle on each of three images, whose files were replaced."""
    photos = tmp_path / "photos"
    photos.mkdir()
    for name in SIZES:
        Image.new("L", (100, 80), 10).save(photos / name)
    with Store.create(tmp_path / "project", images=photos, classes=["leaf"]) as store:
        for row in store.images():
            outline = ring([(2, 2), (18, 2), (10, 16)])
            shape = Instance(store.classes().labels[0].id, (Part(outline),))
            before = store.annotation(row.id)
            delta = diff(before, edits.add(shape)(before))
            store.commit(row.id, delta, expected_revision=0, text="Draw")
        store.record_contents()
    for name, size in SIZES.items():
        Image.new("L", size, 20).save(photos / name)
    return store.root


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> dict[str, object]:
    assert main(["rescale", *map(str, arguments), "--json"]) == 0
    answer: dict[str, object] = json.loads(capsys.readouterr().out.splitlines()[-1])
    return answer


def outlines(root: Path) -> dict[str, list[list[float]]]:
    with Store.open(root) as store:
        return {
            row.rel: store.annotation(row.id).instances[0].parts[0].outer.tolist()
            for row in store.images()
        }


def test_a_dry_run_lists_and_scales_nothing(
    replaced: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = outlines(replaced)
    answer = run(capsys, replaced, "--dry-run")
    assert answer["scaled"] == 0
    assert answer["found"] == [{"image": "half.png", "from": [100, 80], "to": [50, 40]}]
    assert answer["left"] == ["square.png"]
    assert outlines(replaced) == before


def test_shapes_follow_where_the_ratio_is_kept(
    replaced: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = outlines(replaced)
    assert run(capsys, replaced)["scaled"] == 1
    after = outlines(replaced)
    assert after["half.png"] == [[1, 1], [9, 1], [5, 8]]
    assert {name: after[name] for name in ("same.png", "square.png")} == {
        name: before[name] for name in ("same.png", "square.png")
    }
    with Store.open(replaced) as store:
        assert [copy.reason for copy in backups.facts(store.layout)] == [resizing.BACKUP_REASON]
        assert store.check() == []
    assert run(capsys, replaced)["found"] == [], "nothing is left to do"


def test_a_named_image_is_stretched(replaced: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, replaced, "square.png", "square.png", "same.png")["scaled"] == 1
    after = outlines(replaced)
    assert after["square.png"] == [
        pytest.approx(point) for point in ((1.2, 1.5), (10.8, 1.5), (6, 12))
    ]
    assert after["half.png"] == [[2, 2], [18, 2], [10, 16]]


@pytest.mark.parametrize("ending", ["unknown", "missing"])
def test_nothing_is_scaled_when_a_name_is_wrong(
    replaced: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = outlines(replaced)
    name = "none.png" if ending == "unknown" else "same.png"
    (replaced.parent / "photos" / "same.png").unlink()
    assert main(["rescale", str(replaced), "half.png", name]) == 1
    said = capsys.readouterr().err
    assert name in said
    assert "nothing was" in said
    assert outlines(replaced) == before
