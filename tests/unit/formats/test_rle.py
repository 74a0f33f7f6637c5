"""Run lengths on the grid of what changes: the same parts as pixel by pixel."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.unit.formats.run_lengths import counts_of

from dynseg.formats import rle
from dynseg.formats.incoming.json_file import UnusableError
from dynseg.formats.incoming.reading import Place, Reading
from dynseg.geometry.mask import mask_from_parts, parts_from_mask
from dynseg.geometry.part import Part


def corners(parts: tuple[Part, ...]) -> list[tuple[list[list[float]], list[list[list[float]]]]]:
    return sorted((p.outer.tolist(), sorted(hole.tolist() for hole in p.holes)) for p in parts)


def by_runs(mask: NDArray[np.bool_]) -> tuple[Part, ...]:
    """As COCO writes it: down the columns."""
    height, width = mask.shape
    cells, columns, rows = rle.grid_of(counts_of(mask.T.ravel()), length=height, lines=width)
    return parts_from_mask(cells.T, edges=(columns, rows))


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9, 0.99])
def test_every_mask_gives_the_parts_of_its_pixels(share: float) -> None:
    rng = np.random.default_rng(round(100 * share))
    for step in range(200):
        height, width, tall, wide = rng.integers(1, 9, 4)
        mask = rng.random((height, width)) < share
        if step % 2:
            mask = np.repeat(np.repeat(mask, tall, axis=0), wide, axis=1)
        if mask.any():
            assert corners(by_runs(mask)) == corners(parts_from_mask(mask))


def test_a_mask_of_a_large_image_costs_what_its_runs_cost() -> None:
    side = 20_000
    counts = np.array([side + 5, 10, side - 10, 10, side * side - 2 * side - 15])
    cells, columns, rows = rle.grid_of(counts, length=side, lines=side)
    assert cells.size <= 4
    (part,) = parts_from_mask(cells.T, edges=(columns, rows))
    assert sorted(part.outer.tolist()) == [[1, 5], [1, 15], [3, 5], [3, 15]]
    whole, columns, rows = rle.grid_of(np.array([0, side * side]), length=side, lines=side)
    (part,) = parts_from_mask(whole.T, edges=(columns, rows))
    assert sorted(part.outer.tolist()) == [[0, 0], [0, side], [side, 0], [side, side]]


def test_a_run_that_goes_on_in_the_next_line() -> None:
    mask = np.zeros((4, 5), dtype=np.bool_)
    mask[2:, 1] = mask[:, 2] = mask[:2, 3] = True
    assert (mask_from_parts(by_runs(mask), width=5, height=4) == mask).all()


def test_a_mask_of_noise_is_refused_and_says_what_to_do() -> None:
    checkers = np.indices((150, 150)).sum(axis=0) % 2 == 0
    reading = Reading("a.json", 150, 150)
    reading.mask("cat", checkers, Place(3))
    cells, columns, rows = rle.grid_of(counts_of(checkers.ravel()), length=150, lines=150)
    reading.grid("cat", cells, (rows, columns), Place(4))
    assert reading.shapes == []
    assert [finding.line for finding in reading.refused] == [3, 4]
    for finding in reading.refused:
        assert "11,250 pieces and holes" in finding.reason
        assert "Remove the specks" in finding.reason


def test_many_pieces_are_one_shape() -> None:
    checkers = np.indices((100, 100)).sum(axis=0) % 2 == 0
    reading = Reading("a.json", 100, 100)
    reading.mask("cat", checkers, Place(3))
    (shape,) = reading.shapes
    assert len(shape.parts) == 5_000
    assert (mask_from_parts(shape.parts, width=100, height=100) == checkers).all()


@pytest.mark.parametrize("counts", [[3], [5, 5, 9], [20]])
def test_runs_that_do_not_fill_the_image_or_are_empty_are_refused(counts: list[int]) -> None:
    with pytest.raises(UnusableError):
        rle.grid_of(np.array(counts), length=4, lines=5)
