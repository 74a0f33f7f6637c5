"""Rings joined into one outline and taken apart again."""

from __future__ import annotations

import time

import cv2
import numpy as np
import pytest

from dynseg.formats.outgoing import bridge
from dynseg.geometry import polygon
from dynseg.geometry.part import Part, Ring, ring


def box(x0: float, y0: float, x1: float, y1: float) -> Ring:
    return ring([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])


def star(x: float, y: float, radius: float, points: int = 9) -> Ring:
    angles = np.linspace(0, 2 * np.pi, 2 * points, endpoint=False)
    radii = np.where(np.arange(2 * points) % 2, radius, radius / 2)
    return ring(np.stack([x + radii * np.cos(angles), y + radii * np.sin(angles)], axis=1))


SHAPES = {
    "two parts": (Part(box(0, 0, 40, 40)), Part(star(100, 30, 20))),
    "far parts in a row": tuple(Part(star(20 + 60 * i, 30 + 7 * i, 18)) for i in range(5)),
    "a hole": (Part(box(0, 0, 100, 100), (box(30, 30, 60, 60),)),),
    "two holes": (Part(box(0, 0, 100, 100), (box(10, 10, 30, 30), star(70, 70, 20))),),
    "hole wound the other way": (Part(box(0, 0, 100, 100)[::-1], (box(30, 30, 60, 60),)),),
    "parts with holes and a part in a hole": (
        Part(box(0, 0, 100, 100), (box(20, 20, 80, 80),)),
        Part(box(40, 40, 60, 60)),
        Part(box(120, 0, 180, 60), (box(130, 10, 150, 30),)),
    ),
}


@pytest.mark.parametrize("parts", SHAPES.values(), ids=SHAPES)
def test_area_is_kept_and_parts_come_back(parts: tuple[Part, ...]) -> None:
    outline = bridge.join(parts)
    area = sum(polygon.area(part) for part in parts)
    assert abs(bridge.signed_area(outline)) == pytest.approx(area)
    apart = bridge.take_apart(outline)
    assert len(apart) == len(parts)
    assert sum(len(p.holes) for p in apart) == sum(len(p.holes) for p in parts)
    assert polygon.iou(apart, parts) == pytest.approx(1)
    points = {tuple(point) for part in parts for r in part.rings for point in r.tolist()}
    assert {tuple(point) for part in apart for r in part.rings for point in r.tolist()} == points


@pytest.mark.parametrize("parts", SHAPES.values(), ids=SHAPES)
def test_filled_by_opencv_as_ultralytics_does(parts: tuple[Part, ...]) -> None:
    """A bridge costs its own line of pixels at most."""
    scale = 8
    outline = bridge.join(parts)
    drawn = np.zeros((130 * scale, 320 * scale), np.uint8)
    cv2.fillPoly(drawn, [np.round(outline * scale).astype(np.int32)], (1,))
    area = sum(polygon.area(part) for part in parts) * scale**2
    assert abs(int(drawn.sum()) - area) < 0.06 * area


def test_filled_holes_leave_the_outer_rings_alone() -> None:
    part = Part(box(0, 0, 100, 100), (box(30, 30, 60, 60),))
    assert bridge.join([part], fill_holes=True) is part.outer
    both = bridge.join([part, Part(box(200, 0, 210, 10))], fill_holes=True)
    assert abs(bridge.signed_area(both)) == pytest.approx(10_100)


def test_single_ring_is_untouched_and_has_nothing_to_take_apart() -> None:
    part = Part(star(50, 50, 20))
    assert bridge.join([part]) is part.outer
    assert bridge.take_apart(part.outer) == ()


def test_outline_that_crosses_itself_is_not_guessed_at() -> None:
    assert bridge.take_apart(ring([[0, 0], [10, 10], [10, 0], [0, 10]])) == ()


def test_a_mask_of_many_specks_is_joined_in_seconds() -> None:
    """A thousand holes took half an hour, and every count before an export as long again."""
    places = [(x, y) for y in range(2, 130, 4) for x in range(2, 130, 4)]
    part = Part(box(0, 0, 132, 132), tuple(box(x, y, x + 1, y + 1) for x, y in places))
    begun_s = time.process_time()
    outline = bridge.join([part])
    assert time.process_time() - begun_s < 20
    assert abs(bridge.signed_area(outline)) == pytest.approx(polygon.area(part))
    assert len(outline) == 4 + 6 * len(places)
    apart = bridge.take_apart(outline)
    assert [len(own.holes) for own in apart] == [len(places)]


def test_a_bridge_goes_to_the_nearest_ring_of_those_that_are_in() -> None:
    row = [Part(box(x, 0, x + 4, 4)) for x in (0, 30, 10, 20)]
    outline = bridge.join(row)
    steps = np.abs(np.diff(outline, axis=0)).sum(axis=1)
    assert sorted(steps[steps > 4]) == [6, 6, 6, 6, 6, 6]
