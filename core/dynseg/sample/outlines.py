"""Outlines of the parts that lie on the bench, in units of the part's size.

Each outline is a shapely polygon around the origin, about 1 unit across, holes included.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import Polygon, affinity

Random = np.random.Generator


@dataclass(frozen=True, slots=True)
class Outline:
    """The silhouette of one part and how its surface rises.

    Attributes:
        shape: Polygon in units, holes included.
        relief: `"bevel"`: flat with rounded edges; `"barrel"`: a cylinder along x.
        thread: Threads per unit along x, 0 for a smooth part.
        rings: Radii, in units, of grooves around the centre.
    """

    shape: Polygon
    relief: str = "bevel"
    thread: float = 0.0
    rings: tuple[float, ...] = ()


def _disc(radius: float, points: int = 96) -> Polygon:
    angle = np.linspace(0, 2 * np.pi, points, endpoint=False)
    return Polygon(np.stack([np.cos(angle), np.sin(angle)], 1) * radius)


def nut(random: Random) -> Outline:
    """A hexagon nut from above."""
    corners = np.linspace(0, 2 * np.pi, 6, endpoint=False)
    hexagon = Polygon(np.stack([np.cos(corners), np.sin(corners)], 1) * 0.5)
    hexagon = hexagon.buffer(-0.02).buffer(0.02)
    bore = random.uniform(0.23, 0.28)
    return Outline(hexagon.difference(_disc(bore)), rings=(bore + 0.03, 0.42))


def washer(random: Random) -> Outline:
    """A flat ring."""
    bore = random.uniform(0.2, 0.32)
    return Outline(_disc(0.5).difference(_disc(bore)))


def gear(random: Random) -> Outline:
    """A spur gear with a bore."""
    teeth = int(random.integers(14, 25))
    depth = random.uniform(0.05, 0.08)
    step = 2 * np.pi / teeth
    profile = [
        (0.0, 0.5 - depth),
        (0.27, 0.5 - depth),
        (0.36, 0.5),
        (0.64, 0.5),
        (0.73, 0.5 - depth),
    ]
    points = [
        (np.cos((tooth + at) * step) * radius, np.sin((tooth + at) * step) * radius)
        for tooth in range(teeth)
        for at, radius in profile
    ]
    bore = random.uniform(0.09, 0.16)
    return Outline(Polygon(points).difference(_disc(bore)), rings=(bore + 0.06, 0.5 - depth - 0.07))


def bolt(random: Random) -> Outline:
    """A bolt that lies on its side: a head and a threaded shaft along x."""
    shaft, head = random.uniform(0.085, 0.12), random.uniform(0.17, 0.21)
    pitch, start, end = 0.035, -0.3, 0.5
    along = np.arange(start, end - 0.03, pitch / 2)
    ripple = shaft * (1 - 0.09 * (np.arange(len(along)) % 2))
    upper = [*zip(along, ripple, strict=True), (end, shaft * 0.7)]
    outline = [*upper, *((x, -y) for x, y in reversed(upper))]
    block = shapely.box(-0.5, -head, start + 0.01, head).buffer(-0.02).buffer(0.02)
    return Outline(block.union(Polygon(outline)), relief="barrel", thread=1 / pitch)


def bracket(random: Random) -> Outline:
    """An L-shaped plate with screw holes."""
    width = random.uniform(0.26, 0.34)
    plate = shapely.union_all(
        [shapely.box(-0.5, -0.5, 0.5, -0.5 + width), shapely.box(-0.5, -0.5, -0.5 + width, 0.5)]
    )
    plate = plate.buffer(-0.06).buffer(0.06)
    half = width / 2
    places = [(0.5 - half, -0.5 + half), (-0.5 + half, 0.5 - half)]
    if random.random() < 0.6:
        places.append((-0.5 + half, -0.5 + half))
    holes = [affinity.translate(_disc(half * 0.42, 48), *place) for place in places]
    return Outline(affinity.translate(plate.difference(shapely.union_all(holes)), 0.1, 0.1))


def spacer(random: Random) -> Outline:
    """A plastic sleeve that lies on its side."""
    radius = random.uniform(0.15, 0.24)
    body = shapely.box(-0.5, -radius, 0.5, radius).buffer(-0.05).buffer(0.05)
    collar = random.uniform(-0.5, 0.4)
    flange = shapely.box(collar, -radius * 1.25, collar + 0.1, radius * 1.25)
    return Outline(body.union(flange.buffer(-0.015).buffer(0.015)), relief="barrel")


OUTLINES: dict[str, Callable[[Random], Outline]] = {
    "nut": nut,
    "washer": washer,
    "gear": gear,
    "bolt": bolt,
    "bracket": bracket,
    "spacer": spacer,
}
"""How each class of part is drawn; the order is the class index."""

CLASSES = tuple(OUTLINES)
