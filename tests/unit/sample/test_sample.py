"""Generated scenes: deterministic, labelled exactly, readable by ultralytics' format."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from dynseg.errors import InputError
from dynseg.geometry.mask import mask_from_parts
from dynseg.geometry.polygon import problem
from dynseg.progress import CancelledError, CancelToken
from dynseg.sample import CLASSES, generate, render


def test_a_scene_depends_on_seed_and_index_alone() -> None:
    first, again = (render(3, 2, width=320, height=240) for _ in range(2))
    assert np.array_equal(first.pixels, again.pixels)
    assert first.instances == again.instances
    assert not np.array_equal(first.pixels, render(3, 3, width=320, height=240).pixels)
    assert not np.array_equal(first.pixels, render(4, 2, width=320, height=240).pixels)


@pytest.mark.parametrize("index", range(4))
def test_visible_parts_are_valid_inside_and_apart(index: int) -> None:
    scene = render(11, index, width=512, height=384)
    assert scene.pixels.shape == (384, 512, 3)
    assert scene.pixels.dtype == np.uint8
    assert len(scene.instances) >= 3
    covered = np.zeros((384, 512), int)
    for instance in scene.instances:
        assert 0 <= instance.class_index < len(CLASSES)
        for part in instance.parts:
            assert problem(part) is None
            assert part.outer.min() >= 0
            assert (part.outer.max(axis=0) <= (512, 384)).all()
        covered += mask_from_parts(instance.parts, width=512, height=384)
    assert covered.max() == 1, "what one part hides is not labelled as another"


def test_labels_lie_where_the_parts_are() -> None:
    """A part differs from the bench around it: the outline follows an edge in the picture."""
    scene = render(5, 2, width=512, height=384)
    grey = scene.pixels.astype(float).mean(axis=2)
    rows, columns = np.gradient(grey)
    strength = np.hypot(rows, columns)
    on_edge = np.zeros(grey.shape, bool)
    for instance in scene.instances:
        mask = mask_from_parts(instance.parts, width=512, height=384)
        inner = mask.copy()
        inner[1:-1, 1:-1] &= mask[2:, 1:-1] & mask[:-2, 1:-1] & mask[1:-1, 2:] & mask[1:-1, :-2]
        on_edge |= mask & ~inner
    assert strength[on_edge].mean() > 2 * strength.mean()


def test_generate_writes_a_readable_data_set(tmp_path: Path) -> None:
    told: list[int] = []
    out = tmp_path / "sample"
    summary = generate(
        out, images=3, seed=1, width=256, height=192, report=lambda p: told.append(p.done)
    )
    assert told == [1, 2, 3]
    assert summary.images == 3
    rows = [r for f in sorted((out / "labels").iterdir()) for r in f.read_text().splitlines()]
    assert len(rows) == summary.instances > 0
    for row in rows:
        numbers = np.array(row.split()[1:], float)
        assert len(numbers) % 2 == 0
        assert len(numbers) >= 6
        assert ((numbers >= 0) & (numbers <= 1)).all()
    before = (out / "images" / "parts_00001.jpg").read_bytes()
    generate(out, images=2, seed=1, width=256, height=192)
    assert (out / "images" / "parts_00001.jpg").read_bytes() == before


def test_generate_refuses_what_it_would_spoil(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").touch()
    with pytest.raises(InputError, match="holds other files"):
        generate(tmp_path, images=1)
    with pytest.raises(InputError):
        generate(tmp_path / "new", images=0)
    token = CancelToken()
    token.cancel()
    with pytest.raises(CancelledError):
        generate(tmp_path / "new", images=5, cancel=token)


def test_generate_spares_the_data_set_of_somebody_else(tmp_path: Path) -> None:
    description = tmp_path / "data.yaml"
    description.write_text("train: images\nval: images\nnames: [cat]\n", encoding="utf-8")
    with pytest.raises(InputError, match="holds other files"):
        generate(tmp_path, images=1)
    assert "cat" in description.read_text(encoding="utf-8")


def test_generate_goes_on_after_a_stop(tmp_path: Path) -> None:
    token = CancelToken()
    out = tmp_path / "sample"
    with pytest.raises(CancelledError):
        generate(out, images=2, cancel=token, report=lambda _: token.cancel(), width=96, height=72)
    assert generate(out, images=1, width=96, height=72).images == 1
