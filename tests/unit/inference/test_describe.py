"""What images show, by the starter's backbone."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from dynseg.errors import EngineError
from dynseg.inference.describe import LARGE, Describer, describe_project
from dynseg.progress import CancelledError, CancelToken
from dynseg.project.store import Store
from dynseg.review.appearance import read_appearances
from dynseg.sample import generate
from dynseg_resources import starter_model


@pytest.fixture
def project(tmp_path: Path) -> Path:
    generate(tmp_path / "made", images=3, seed=5)
    folder = tmp_path / "made" / "images"
    (folder / "broken.jpg").write_bytes(b"no image")
    Store.create(tmp_path / "project", images=folder, recursive=True).close()
    return tmp_path / "project"


def test_describes_what_is_new_and_serves_others_in_between(project: Path) -> None:
    asked: list[int] = []
    with Store.open(project) as store:
        assert describe_project(store, starter_model(), between=lambda: asked.append(1)).count == 3
        assert len(asked) == 3
        known = read_appearances(store.layout)
        assert known.vectors.shape == (3, 384)
        assert describe_project(store, starter_model()).count == 0
        assert not known.missing(store.images())


def test_what_was_described_before_a_cancel_is_kept(project: Path) -> None:
    token = CancelToken()
    with Store.open(project) as store:
        with pytest.raises(CancelledError):
            describe_project(store, starter_model(), cancel=token, between=token.cancel)
        assert len(read_appearances(store.layout).ids) == 1


def test_a_full_disk_is_told_and_touches_no_label(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dynseg.review.appearance.write_atomic", full)
    with (
        Store.open(project) as store,
        pytest.raises(EngineError, match=r"No space left .* no label was changed"),
    ):
        describe_project(store, starter_model())


def test_what_cannot_be_written_is_known_all_the_same(project: Path) -> None:
    problems: list[EngineError] = []
    with Store.open(project) as store:
        shutil.rmtree(store.layout.thumbnails, ignore_errors=True)
        store.layout.thumbnails.write_text("a file where a folder belongs")
        found = describe_project(store, starter_model(), unkept=problems.append)
        assert len(found.known.ids) == found.count == 3
        assert not found.known.missing(store.images())
        assert len(problems) == 1
        assert str(store.layout.thumbnails) in problems[0].hint


def test_a_part_of_a_large_folder_is_spread_over_it(project: Path) -> None:
    with Store.open(project) as store:
        rows = [row for row in store.images() if not row.damage]
        found = describe_project(store, starter_model(), most=2)
        assert (found.count, found.left) == (2, 1)
        assert found.known.ids.tolist() == [rows[0].id, rows[1].id]
        found = describe_project(store, starter_model(), most=2)
        assert (found.count, found.left, len(found.known.ids)) == (1, 0, 3)


def test_a_large_photo_looks_the_same_at_a_fraction_of_its_size(tmp_path: Path) -> None:
    generate(tmp_path / "made", images=2, seed=5)
    describer = Describer(starter_model())
    folder = tmp_path / "images"
    folder.mkdir()
    wanted = []
    for path in sorted((tmp_path / "made" / "images").iterdir()):
        large = Image.open(path).resize((2400, 1800), Image.Resampling.BICUBIC)
        large.save(folder / path.name, quality=95)
        wanted.append(describer.describe(np.asarray(large)))
    with Store.create(tmp_path / "project", images=folder) as store:
        assert max(row.width for row in store.images()) >= LARGE
        found = describe_project(store, starter_model()).known.vectors.astype(np.float32)
    apart = np.linalg.norm(wanted[0] - wanted[1])
    assert all(np.linalg.norm(a - b) < apart / 10 for a, b in zip(wanted, found, strict=True))


def test_the_same_picture_brighter_is_more_alike_than_another_one() -> None:
    chance = np.random.default_rng(0)
    describer = Describer(starter_model())
    one = chance.integers(0, 200, (40, 60, 3)).astype(np.uint8).repeat(8, 0).repeat(8, 1)
    other = np.full_like(one, 128)
    other[50:200, 80:300] = (200, 40, 40)
    a, b, c = (describer.describe(pixels) for pixels in (one, one + np.uint8(20), other))
    assert np.linalg.norm(a - b) < np.linalg.norm(a - c) / 2
