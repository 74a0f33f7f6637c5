"""A hand that shakes, and the gestures that it can make next.

Both ways of correcting get the same hand: it knows the true outline, sees the object as large as
the window shows it, and misses every place that it aims at by about a view pixel.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry as Geometry

from dynseg.annotation.edits import (
    Edit,
    delete_vertex,
    erase,
    insert_vertex,
    move_vertex,
    paint,
    redraw,
)
from dynseg.geometry.part import Part
from dynseg.geometry.polygon import thin_line, to_shapely
from dynseg.geometry.stroke import Stroke

SHOWN_PX = 500.0
"""Longer side of the object on screen, view pixels, after *zoom to object*."""
MOST_ZOOM = 16.0
SHAKE_PX = 1.5
"""Standard deviation of where the hand goes, view pixels."""
SHAKE_LENGTH_PX = 25.0
"""A stroke wanders over such a distance, view pixels."""
LONGEST_STROKE = 0.25
"""Of one gesture, as a share of the true outline: longer ones tire and shake."""
STEP_PX = 4.0
"""Between the points of a stroke, view pixels."""
SNAP_PX = 8.0
BRUSHES_PX = (6.0, 10.0, 16.0, 26.0, 42.0, 68.0, 110.0)
"""Radii that the keys for the size of the brush step through, view pixels."""
TARGETS = 96
"""Places of the true outline that a vertex may be dragged to."""

LINE = shapely.GeometryType.LINESTRING
Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Gesture:
    """One undo step that could come next.

    Attributes:
        tool: What has to be in the hand for it: another one is a key more.
        edit: What it does.
        length_px: Way of the pressed pointer, view pixels.
    """

    tool: str
    edit: Edit
    length_px: float


class Hand:
    """Aims at the true outline of one object.

    Args:
        truth: What a person wants.
        instance_id: The shape that is corrected.
        seed: Of the shaking.
    """

    def __init__(self, truth: Sequence[Part], instance_id: str, *, seed: int) -> None:
        self.truth = to_shapely(truth)
        self._id = instance_id
        self._chance = np.random.default_rng(seed)
        x0, y0, x1, y1 = self.truth.bounds
        self.scale = min(SHOWN_PX / max(x1 - x0, y1 - y0, 1.0), MOST_ZOOM)
        self._outline = shapely.LinearRing(max(_polygons(self.truth), key=_area).exterior)
        around = np.linspace(0, self._outline.length, TARGETS, endpoint=False)
        self._targets = shapely.get_coordinates(
            shapely.line_interpolate_point(self._outline, around)
        )

    # -- vertices

    def vertices(self, parts: Sequence[Part]) -> list[Gesture]:
        """The best drag of a vertex or of an edge, or nothing."""
        found = [*self._moves(parts), *self._inserts(parts)]
        made = np.array([shapely.Polygon(points) for _, points in found])
        fits = shapely.is_valid(made)
        shared = shapely.area(shapely.intersection(made[fits], self.truth))
        overlap = shared / (shapely.area(made[fits]) + self.truth.area - shared)
        return [found[np.flatnonzero(fits)[overlap.argmax()]][0]] if len(overlap) else []

    def _moves(self, parts: Sequence[Part]) -> Iterator[tuple[Gesture, Points]]:
        outer = parts[0].outer
        for vertex, start in enumerate(outer):
            for end in self._aims(start):
                points = outer.copy()
                points[vertex] = end
                edit = move_vertex(self._id, 0, 0, vertex, *end.tolist())
                length = float(np.hypot(*(end - start))) * self.scale
                yield Gesture("edit", edit, length), points

    def _inserts(self, parts: Sequence[Part]) -> Iterator[tuple[Gesture, Points]]:
        outer = parts[0].outer
        middles = (outer + np.roll(outer, -1, axis=0)) / 2
        for vertex, start in enumerate(middles):
            for end in self._aims(start):
                points = np.insert(outer, vertex + 1, end, axis=0)
                edit = insert_vertex(self._id, 0, 0, vertex, *end.tolist())
                length = float(np.hypot(*(end - start))) * self.scale
                yield Gesture("edit", edit, length), points

    def _aims(self, start: Points) -> Points:
        """Places of the true outline around the nearest one, as the hand hits them."""
        away = np.hypot(*(self._targets - start).T)
        nearest = int(away.argmin())
        chosen = self._targets[(nearest + np.array((-8, -4, -2, -1, 0, 1, 2, 4, 8))) % TARGETS]
        return np.asarray(chosen + self._chance.normal(0, SHAKE_PX / self.scale, chosen.shape))

    def deletions(self, parts: Sequence[Part]) -> Iterator[Gesture]:
        """A click on each vertex of the largest part."""
        for vertex in range(len(parts[0].outer)):
            yield Gesture("edit", delete_vertex(self._id, 0, 0, vertex), 0.0)

    # -- strokes

    def redraws(self, parts: Sequence[Part]) -> Iterator[Gesture]:
        """From vertices at the true outline along it to where both outlines meet again."""
        outer = parts[0].outer
        at = shapely.points(outer)
        away = shapely.distance(self._outline, at)
        starts = np.argsort(away)[: max(12, int((away * self.scale < SNAP_PX).sum()))]
        meets = self._outline.intersection(shapely.LinearRing(outer))
        ends = np.sort(
            [self._outline.project(p) for p in shapely.points(shapely.get_coordinates(meets))]
        )
        whole = self._outline.length
        for vertex in starts.tolist():
            begin = self._outline.project(at[vertex])
            for sign in (1, -1):
                ways = np.sort((sign * (ends - begin)) % whole)
                fair = ways[(ways * self.scale > 3 * SNAP_PX) & (ways < LONGEST_STROKE * whole)]
                for way in (*_spread(fair, 6), LONGEST_STROKE * whole):
                    line = self._along(begin, sign * way)
                    edit = redraw(
                        self._id, 0, 0, vertex, self._drawn(line), snap_px=SNAP_PX / self.scale
                    )
                    yield Gesture("edit", edit, float(way) * self.scale)

    def brushes(self, parts: Sequence[Part]) -> Iterator[Gesture]:
        """Along the inside of the true outline where something is missing, the outside where
        something is too much; the ring of the brush shows how far it reaches.
        """
        region = to_shapely(parts)
        for radius_px in BRUSHES_PX:
            radius = radius_px / self.scale
            for name, wrong, guide in (
                ("brush", self.truth.difference(region), -radius),
                ("eraser", region.difference(self.truth), radius),
            ):
                way = _boundary(self.truth.buffer(guide))
                for piece in sorted(_polygons(wrong), key=_area)[:-4:-1]:
                    near = way.intersection(piece.buffer(radius * 1.05))
                    line = self._longest(near)
                    if line is None:
                        continue
                    stroke = Stroke(self._shaken(line), radius, 0.5 / self.scale)
                    adds = name == "brush"
                    edit = paint(self._id, stroke) if adds else erase([self._id], stroke)
                    length = float(shapely.LineString(line).length) * self.scale
                    yield Gesture(f"{name} {radius_px:g}", edit, length)

    def _longest(self, lines: Geometry) -> Points | None:
        """The longest piece, cut where a hand would stop."""
        flat = shapely.get_parts(lines)
        flat = flat[(shapely.get_type_id(flat) == LINE) & ~shapely.is_empty(flat)]
        if not len(flat):
            return None
        merged = shapely.get_parts(shapely.line_merge(shapely.MultiLineString(list(flat))))
        line = max(merged, key=lambda each: each.length)
        end = min(line.length, LONGEST_STROKE * self._outline.length)
        count = max(2, int(end * self.scale / STEP_PX))
        ways = np.linspace(0, end, count)
        return np.asarray(shapely.get_coordinates(shapely.line_interpolate_point(line, ways)))

    def _along(self, begin: float, way: float) -> Points:
        """The true outline from one place on, `way` may be negative."""
        count = max(3, int(abs(way) * self.scale / STEP_PX))
        places = (begin + np.linspace(0, way, count)) % self._outline.length
        return np.asarray(
            shapely.get_coordinates(shapely.line_interpolate_point(self._outline, places))
        )

    def _drawn(self, line: Points) -> Points:
        """A line as the tool takes it: shaken, then thinned."""
        return thin_line(self._shaken(line)[1:], tolerance_px=1.0 / self.scale)

    def _shaken(self, line: Points) -> Points:
        noise = self._chance.normal(0, 1, (len(line) + 40, 2))
        reach = np.arange(-20, 21) * STEP_PX / SHAKE_LENGTH_PX
        bell = np.exp(-(reach**2) / 2)
        bell /= np.sqrt((bell**2).sum())
        smooth = np.stack([np.convolve(noise[:, axis], bell, "valid") for axis in (0, 1)], axis=1)
        return np.asarray(line + smooth[: len(line)] * SHAKE_PX / self.scale)


def _spread(values: Points, most: int) -> Points:
    """At most so many of them, evenly."""
    if len(values) <= most:
        return values
    return np.asarray(values[np.linspace(0, len(values) - 1, most).astype(int)])


def _polygons(region: Geometry) -> list[Geometry]:
    return [g for g in shapely.get_parts(region) if g.geom_type == "Polygon"]


def _boundary(region: Geometry) -> Geometry:
    return region.boundary if not region.is_empty else shapely.LineString()


def _area(region: Geometry) -> float:
    return float(region.area)
