"""One box an object, within its class; damaged numbers are no objects."""

from __future__ import annotations

import torch
from torch import Tensor

from dynseg.inference.polygons import Candidates
from dynseg.inference.postprocess import select

PROTOTYPES = torch.zeros(2, 4, 4)


def anchors(*rows: tuple[float, ...]) -> Tensor:
    """Rows x, y, w, h, two class scores, two coefficients as the head gives them."""
    return torch.tensor(rows).T.contiguous()


def chosen(predictions: Tensor, *, iou: float = 0.6, most: int = 100) -> Candidates:
    return select(
        predictions, PROTOTYPES, class_count=2, confidence=0.05, iou=iou, max_detections=most
    )


def test_the_surest_of_overlapping_boxes_stays() -> None:
    found = chosen(
        anchors(
            (50, 50, 20, 20, 0.6, 0.1, 1, 2),
            (51, 50, 20, 20, 0.9, 0.1, 3, 4),
            (90, 90, 20, 20, 0.0, 0.3, 5, 6),
            (10, 10, 20, 20, 0.04, 0.0, 7, 8),
        )
    )
    assert found.boxes.tolist() == [[41, 40, 61, 60], [80, 80, 100, 100]]
    assert found.classes.tolist() == [0, 1]
    assert found.coefficients.tolist() == [[3, 4], [5, 6]]


def test_classes_do_not_suppress_each_other() -> None:
    found = chosen(anchors((50, 50, 20, 20, 0.6, 0.1, 1, 2), (50, 50, 20, 20, 0.1, 0.9, 3, 4)))
    assert found.classes.tolist() == [1, 0]


def test_overlap_and_number_are_limits() -> None:
    rows = [(50.0 + 6 * i, 50.0, 20.0, 20.0, 0.9 - i / 100, 0.0, 0.0, 0.0) for i in range(10)]
    assert len(chosen(anchors(*rows), iou=0.9)) == 10
    assert len(chosen(anchors(*rows), iou=0.1)) == 4
    assert chosen(anchors(*rows), iou=0.9, most=4).scores.tolist() == [
        torch.tensor(0.9 - i / 100).item() for i in range(4)
    ]


def test_numbers_that_are_none_are_no_objects() -> None:
    nan, inf = float("nan"), float("inf")
    found = chosen(
        anchors(
            (nan, 50, 20, 20, 0.9, 0.0, 1, 2),
            (50, 50, inf, 20, 0.9, 0.0, 1, 2),
            (50, 50, 20, 20, 0.9, 0.0, nan, 2),
            (50, 50, 20, 20, nan, nan, 1, 2),
            (50, 50, 20, 20, 0.8, 0.0, 1, 2),
        )
    )
    assert len(found) == 1


def test_nothing_found_is_an_answer() -> None:
    found = chosen(anchors((50, 50, 20, 20, 0.01, 0.02, 1, 2)))
    assert len(found) == 0
    assert found.boxes.shape == (0, 4)


def test_a_network_that_sees_objects_everywhere_is_no_disaster() -> None:
    torch.manual_seed(0)
    predictions = torch.rand(8, 30_000)
    predictions[:4] *= 600
    assert 0 < len(chosen(predictions, most=300)) <= 300
