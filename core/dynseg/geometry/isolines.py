"""Soft masks to parts: outlines between the pixels, where a field crosses a level."""

from __future__ import annotations

import itertools

import contourpy
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.combine import MIN_AREA_PX
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import area, problem, ring_area


def parts_from_field(
    field: NDArray[np.floating], *, level: float = 0.5, offset: tuple[float, float] = (0.0, 0.0)
) -> tuple[Part, ...]:
    """Trace where a field is above a level (marching squares).

    Args:
        field: `(h, w)`, values at the middles of pixels; beyond its border nothing is inside.
        level: The outline lies where the field has this value.
        offset: Column and row of the first pixel in the image.

    Returns:
        Valid parts in image pixels with their holes, largest first.
    """
    padded = np.pad(np.asarray(field, dtype=np.float64), 1)
    # The class itself: half of the time of `contour_generator` goes into looking for masked values.
    columns, rows = np.meshgrid(*(np.arange(size, dtype=np.float64) for size in padded.shape[::-1]))
    generator = contourpy.SerialContourGenerator(
        columns, rows, padded,
        np.ma.nomask,  # type: ignore[arg-type]  # what `contour_generator` hands over too
        corner_mask=False,
        line_type=contourpy.LineType.Separate, fill_type=contourpy.FillType.OuterOffset,
        quad_as_tri=False, z_interp=contourpy.ZInterp.Linear,
    )  # fmt: skip
    shift = np.array(offset) - 0.5
    parts = []
    for points, ends in zip(*generator.filled(level, np.inf), strict=True):
        rings = [points[a : b - 1] + shift for a, b in itertools.pairwise(ends)]
        rings = [points for points in rings if len(points) >= 3]
        if not rings or ring_area(rings[0]) < MIN_AREA_PX:
            continue
        holes = tuple(ring(r) for r in rings[1:] if ring_area(r) >= MIN_AREA_PX)
        part = Part(ring(rings[0]), holes)
        if problem(part) is None:
            parts.append(part)
    return tuple(sorted(parts, key=area, reverse=True))
