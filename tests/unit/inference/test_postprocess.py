"""One box an object, within its class; damaged numbers are no objects."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import torch

from dynseg.inference import postprocess
from dynseg.inference.backends import torch_backend
from dynseg.inference.outlines.polygons import Candidates
from dynseg.inference.postprocess import HeadOutput, Selection, select, select_each

SIZE = (96, 64)
PROTOTYPES = np.zeros((4, 4, 2), np.float32)


def logit(share: float) -> float:
    with np.errstate(divide="ignore"):
        return float(np.log(share) - np.log1p(-share))


def anchors(*rows: tuple[float, ...]) -> HeadOutput:
    """Rows x0, y0, x1, y1, two class scores, two coefficients, one for each anchor of level one.

    Sides are whole strides away from the centre of the anchor's cell.
    """
    count = (96 // 8) * (64 // 8)
    boxes = np.zeros((4, 16, len(rows)), np.float32)
    for column, (x0, y0, x1, y1, *_) in enumerate(rows):
        x, y = 8 * (column % 12) + 4, 8 * (column // 12) + 4
        for side, distance in enumerate((x - x0, y - y0, x1 - x, y1 - y)):
            boxes[side, :, column] = np.nan if np.isnan(distance) else -100
            if not np.isnan(distance):
                boxes[side, round(distance / 8), column] = 100
    assert len(rows) <= count
    scores = np.array([[logit(value) for value in row[4:6]] for row in rows], np.float32).T
    coefficients = np.array([row[6:8] for row in rows], np.float32).T
    return HeadOutput(boxes.reshape(64, -1), scores, coefficients, PROTOTYPES, SIZE)


def chosen(output: HeadOutput, *, iou: float = 0.6, most: int = 100) -> Candidates:
    return select(output, Selection(0.05, iou, most))


def test_the_surest_of_overlapping_boxes_stays() -> None:
    found = chosen(
        anchors(
            (-4, -4, 44, 44, 0.6, 0.1, 1, 2),
            (-4, -4, 44, 36, 0.9, 0.1, 3, 4),
            (12, 4, 28, 52, 0.0, 0.3, 5, 6),
            (12, 4, 28, 60, 0.04, 0.0, 7, 8),
        )
    )
    assert found.boxes.tolist() == [[-4, -4, 44, 36], [12, 4, 28, 52]]
    assert found.scores.tolist() == pytest.approx([0.9, 0.3])
    assert found.classes.tolist() == [0, 1]
    assert found.coefficients.tolist() == [[3, 4], [5, 6]]


def test_prototypes_in_half_precision_stay_half_as_large() -> None:
    output = anchors((-4, -4, 44, 44, 0.6, 0.1, 1, 2))
    assert chosen(output).prototypes.dtype == np.float32
    half = replace(output, prototypes=PROTOTYPES.astype(np.float16))
    assert chosen(half).prototypes.dtype == np.float16


def test_classes_do_not_suppress_each_other() -> None:
    found = chosen(anchors((-4, -4, 44, 44, 0.6, 0.1, 1, 2), (-4, -4, 44, 44, 0.1, 0.9, 3, 4)))
    assert found.classes.tolist() == [1, 0]


def test_overlap_and_number_are_limits() -> None:
    rows = [(8 * i - 20, -4, 8 * i + 28, 44, 0.9 - i / 100, 0.0, 0.0, 0.0) for i in range(10)]
    assert len(chosen(anchors(*rows), iou=0.9)) == 10
    assert len(chosen(anchors(*rows), iou=0.1)) == 2
    few = chosen(anchors(*rows), iou=0.9, most=4)
    assert few.scores.tolist() == pytest.approx([0.9 - i / 100 for i in range(4)])


def test_numbers_that_are_none_are_no_objects() -> None:
    nan = float("nan")
    found = chosen(
        anchors(
            (nan, 4, 20, 20, 0.9, 0.0, 1, 2),
            (4, 4, 20, 20, 0.9, 0.0, nan, 2),
            (12, 4, 28, 20, nan, nan, 1, 2),
            (20, 4, 36, 20, 0.8, 0.0, 1, 2),
        )
    )
    assert found.scores.tolist() == pytest.approx([0.8])


def test_nothing_found_is_an_answer() -> None:
    found = chosen(anchors((-4, -4, 44, 44, 0.01, 0.02, 1, 2)))
    assert len(found) == 0
    assert found.boxes.shape == (0, 4)


def test_some_anchors_give_what_all_give() -> None:
    rng = np.random.default_rng(0)
    full = HeadOutput(
        rng.normal(0, 3, (64, 126)).astype(np.float32),
        rng.normal(-2, 2, (3, 126)).astype(np.float32),
        rng.normal(0, 1, (2, 126)).astype(np.float32),
        PROTOTYPES,
        SIZE,
    )
    sure = np.flatnonzero(full.scores.max(0) > -3.5)
    some = HeadOutput(
        full.boxes[:, sure],
        full.scores[:, sure],
        full.coefficients[:, sure],
        PROTOTYPES,
        SIZE,
        sure,
    )
    one, other = chosen(full), chosen(some)
    assert 3 < len(one) < 126
    assert (one.boxes == other.boxes).all()
    assert (one.coefficients == other.coefficients).all()


def test_a_network_that_sees_objects_everywhere_is_no_disaster() -> None:
    rng = np.random.default_rng(0)
    count = 1280 // 8 * 1280 // 8 + 1280 // 16 * 1280 // 16 + 1280 // 32 * 1280 // 32
    output = HeadOutput(
        rng.normal(0, 5, (64, count)).astype(np.float32),
        rng.normal(3, 1, (1, count)).astype(np.float32),
        np.zeros((2, count), np.float32),
        PROTOTYPES,
        (1280, 1280),
    )
    assert 0 < len(chosen(output, most=300)) <= 300


@pytest.mark.parametrize("most", [postprocess.MAX_BEFORE_NMS, 20])
def test_images_together_are_selected_as_each_alone(
    monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """To the last bit, in half precision and as rows of anchors, as they leave a GPU."""
    monkeypatch.setattr(postprocess, "MAX_BEFORE_NMS", most)
    rng = np.random.default_rng(0)
    selection = Selection(0.3, 0.4, 12)
    counts = [40, 0, 3, 25, 70]
    rows = rng.normal(size=(sum(counts), 64 + 3 + 8)).astype(np.float16)
    rows[1, 2] = rows[44, 70] = rows[60, 65] = np.nan
    which = np.concatenate([np.sort(rng.choice(126, count, replace=False)) for count in counts])
    masks = rng.normal(size=(len(counts), 4, 4, 8)).astype(np.float16)

    def output(first: int, end: int) -> HeadOutput:
        boxes, scores, coefficients = np.split(rows[first:end].T, [64, 67])
        return HeadOutput(boxes, scores, coefficients, masks[0], SIZE, which[first:end])

    ends = np.cumsum(counts).tolist()
    together = select_each(output(0, ends[-1]), ends, list(masks), selection)
    assert sum(map(len, together)) > 20
    for (first, end), own, found in zip(pairwise([0, *ends]), masks, together, strict=True):
        alone = select(replace(output(first, end), prototypes=own), selection)
        for name in ("boxes", "scores", "classes", "coefficients", "prototypes"):
            one, other = getattr(found, name), getattr(alone, name)
            assert one.dtype == other.dtype
            assert np.array_equal(one, other), name


def test_what_leaves_a_gpu_is_parted_into_its_images() -> None:
    rng = np.random.default_rng(1)
    images, anchors_of = torch.tensor([0, 0, 2, 2, 2]), torch.tensor([3, 9, 0, 50, 125])
    rows = torch.from_numpy(rng.normal(size=(5, 64 + 1 + 8)).astype(np.float16))
    rows[:, 64] = 5
    masks = torch.from_numpy(rng.normal(size=(4, 4, 4, 8)).astype(np.float16))
    sure = torch_backend._Sure(rows, images, anchors_of, masks)
    found = sure.selected(SIZE, Selection(0.3, 1.0, 100), [64, 1])
    assert [len(item) for item in found] == [2, 0, 3, 0]
    assert np.array_equal(np.sort(found[2].coefficients, 0), np.sort(rows[2:, 65:].float(), 0))
    for item, own in zip(found, masks.numpy(), strict=True):
        assert np.shares_memory(item.prototypes, own)
