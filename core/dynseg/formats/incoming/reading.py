"""Takes the shapes of one image from a reader and mends what can be mended.

Readers of all formats hand their outlines and masks to a `Reading`, so that what is kept, repaired
and refused is the same everywhere. Nothing raises here: every shape ends among the shapes or among
the refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from dynseg.formats.finding import Finding
from dynseg.formats.outgoing import bridge
from dynseg.geometry import polygon
from dynseg.geometry.part import Part, ring

Label = str | int | None
"""Name of a class; its number where the source names none; None where a shape has no class."""
Points = NDArray[np.float64]

CLIP_SHARE = 0.01
"""Points up to this share of the image outside of it are moved to the border."""
ROUNDING_SHARE = 2e-6
"""Points this little outside come from rounding in the writer; not worth a finding."""
MAX_CROSSINGS = 2_000
"""An outline that crosses itself more often is noise, and untangling it takes for ever."""
NOISE = f"crosses itself more than {MAX_CROSSINGS:,} times; not an outline"
MANY_POINTS = 5_000
MAX_PIECES = 10_000
"""A mask of more pieces and holes is noise: nobody could look at it or mend it as one shape."""
_SAMPLE = 64


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file a shape is."""

    line: int | None = None
    item: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """A usable shape of a source.

    Attributes:
        label: Its class, see `Label`.
        parts: Valid parts inside the image, image pixels.
        place: Where in the file it is.
        group: What the pieces of one object have in common; empty for an object by itself.
    """

    label: Label
    parts: tuple[Part, ...]
    place: Place
    group: str = ""


class Reading:
    """The shapes of one image, in the pixels that they were drawn on.

    Attributes:
        rel: The file, for findings.
        width, height: Size of the image as the source has it, pixels.
        shapes: What can be used.
        repaired: What was changed on the way.
        refused: What cannot be used.
    """

    def __init__(self, rel: str, width: int, height: int) -> None:
        self.rel = rel
        self.width = width
        self.height = height
        self.shapes: list[Shape] = []
        self.repaired: list[Finding] = []
        self.refused: list[Finding] = []

    @property
    def size(self) -> Points:
        """`(2,)` width and height."""
        return np.array([self.width, self.height], dtype=np.float64)

    def refuse(self, place: Place, reason: str) -> None:
        """Write down a shape that cannot be used."""
        self.refused.append(Finding(self.rel, place.line, reason, place.item))

    def note(self, place: Place, reason: str) -> None:
        """Write down what was changed in a shape that is used."""
        self.repaired.append(Finding(self.rel, place.line, reason, place.item))

    def outlines(
        self,
        label: Label,
        outers: Sequence[Points],
        place: Place,
        *,
        note: str = "",
        group: str = "",
        holes: Sequence[Points] = (),
    ) -> None:
        """Take one object in, given by the outlines of its pieces.

        Args:
            label: Its class.
            outers: Each `(N, 2)` finite float64, pixels of the source's image.
            place: Where it is.
            note: What the reader changed already, for the report.
            group: Of the object that this is a piece of, see `join_groups`.
            holes: Each `(N, 2)` as the outlines, inside of one of the pieces.
        """
        rings = [kept for points in outers if len(kept := without_repeats(points)) >= 3]
        if not rings:
            self.refuse(place, "has fewer than 3 different points")
            return
        moved, clipped = self._into_image(rings)
        if moved is None:
            self.refuse(place, "lies outside the image for the most part")
            return
        parts, mended = self._mended(_with_holes(moved, holes))
        if not parts:
            self.refuse(place, mended)
            return
        lost = len(outers) - len(rings)
        pieces = f"{lost} of its pieces have fewer than 3 points; left out" if lost else ""
        reason = "; ".join(filter(None, [note, pieces, clipped, mended]))
        if reason:
            self.note(place, reason)
        self.shapes.append(Shape(label, parts, place, group))

    def mask(
        self,
        label: Label,
        mask: NDArray[np.generic],
        place: Place,
        *,
        offset: tuple[int, int] = (0, 0),
        note: str = "",
        group: str = "",
    ) -> None:
        """Take one object in, given by its pixels.

        Args:
            label: Its class.
            mask: `(h, w)`; anything but 0 is inside.
            place: Where it is.
            offset: Column and row of the mask's first pixel in the image.
            note: What the reader changed already, for the report.
            group: Of the object that this is a piece of, see `join_groups`.
        """
        from dynseg.geometry.mask import parts_from_mask

        left, top = offset
        inside = mask[
            max(0, -top) : max(0, self.height - top), max(0, -left) : max(0, self.width - left)
        ]
        cropped, corner = _cropped(inside)
        if cropped is None:
            self.refuse(place, "is a mask without a pixel in the image")
            return
        x, y = max(left, 0) + corner[0], max(top, 0) + corner[1]
        if inside.shape != mask.shape and np.any(mask) and _count(mask) > _count(inside):
            note = "; ".join(filter(None, [note, "reaches out of the image; cut at its border"]))
        self._pieces(label, parts_from_mask(cropped, offset=(x, y)), place, note, group)

    def grid(
        self,
        label: Label,
        cells: NDArray[np.bool_],
        edges: tuple[NDArray[np.int64], NDArray[np.int64]],
        place: Place,
        *,
        note: str = "",
        group: str = "",
    ) -> None:
        """Take one object in, given by cells of a grid inside the image.

        Args:
            label: Its class.
            cells: `(h, w)`; true is inside.
            edges: Where columns `(w + 1,)` and rows `(h + 1,)` begin and end, pixels.
            place: Where it is.
            note: What the reader changed already, for the report.
            group: Of the object that this is a piece of, see `join_groups`.
        """
        from dynseg.geometry.mask import parts_from_mask

        self._pieces(label, parts_from_mask(cells, edges=edges), place, note, group)

    def _pieces(
        self, label: Label, parts: tuple[Part, ...], place: Place, note: str, group: str
    ) -> None:
        count = sum(1 + len(part.holes) for part in parts)
        if count > MAX_PIECES:
            self.refuse(
                place,
                f"is a mask of {count:,} pieces and holes; more than {MAX_PIECES:,} are taken for "
                "noise. Remove the specks where the mask was made and import it again",
            )
            return
        if note:
            self.note(place, note)
        self.shapes.append(Shape(label, parts, place, group))

    def join_groups(self) -> None:
        """Make one shape of the pieces of each object: those of one group and one label."""
        pieces: dict[object, list[Shape]] = {}
        for number, shape in enumerate(self.shapes):
            key = (shape.label, shape.group) if shape.group else number
            pieces.setdefault(key, []).append(shape)
        self.shapes = [self._joined(own) for own in pieces.values()]

    def _joined(self, pieces: Sequence[Shape]) -> Shape:
        first = pieces[0]
        if len(pieces) == 1:
            return first
        parts = [part for piece in pieces for part in piece.parts]
        joined = polygon.repair(parts, width=self.width, height=self.height, min_area_px=0.0)
        if len(joined) != len(parts):
            self.note(first.place, "has pieces that overlap or touch; joined")
        return replace(first, parts=joined)

    def scaled(self, factor: Points) -> list[Shape]:
        """The shapes in an image of another size; `factor` is `(2,)`, for x and for y."""
        if (factor == 1).all():
            return self.shapes
        return [replace(shape, parts=_scaled(shape.parts, factor)) for shape in self.shapes]

    def _into_image(self, rings: list[Points]) -> tuple[list[Points] | None, str]:
        """`rings` without what is a little outside, and what was done; None when most is."""
        low = np.min([points.min(axis=0) for points in rings], axis=0)
        high = np.max([points.max(axis=0) for points in rings], axis=0)
        outside = float(max((-low / self.size).max(), (high / self.size).max() - 1.0))
        if outside <= 0:
            return rings, ""
        if outside <= CLIP_SHARE:
            moved = [np.clip(points, 0.0, self.size) + 0.0 for points in rings]
            kept = [clean for points in moved if len(clean := without_repeats(points)) >= 3]
            small = outside <= ROUNDING_SHARE
            return (
                kept or None,
                "" if small else "has points outside the image; moved to the border",
            )
        extent = np.maximum(high - low, 1e-9)
        shared = np.clip(np.minimum(high, self.size) - np.maximum(low, 0.0), 0.0, None)
        if float(np.prod(shared / extent)) < 0.5:
            return None, ""
        return rings, "reaches out of the image; cut at its border"

    def _mended(self, parts: Sequence[Part]) -> tuple[tuple[Part, ...], str]:
        """Valid parts and what had to be done; no parts and why not."""
        rings = [points for part in parts for points in part.rings]
        if sum(map(len, rings)) > MANY_POINTS and self._is_noise(rings):  # before it costs seconds
            return (), NOISE
        problems = [why for part in parts if (why := polygon.problem(part))]
        inside = all(points.min() >= 0 and (points <= self.size).all() for points in rings)
        if not problems and inside and len(parts) == 1:
            return tuple(parts), ""
        if problems and len(rings) == 1 and inside:
            apart = bridge.take_apart(parts[0].outer)
            if apart:
                count = len(apart) + sum(len(piece.holes) for piece in apart)
                return apart, f"joins {count} outlines by bridges; taken apart"
        if problems and self._is_noise(rings):
            return (), NOISE
        repaired = polygon.repair(parts, width=self.width, height=self.height, min_area_px=0.0)
        if problems:
            repaired = tuple(part for part in repaired if polygon.area(part) >= 1.0)
            left = "repaired" if repaired else "nothing is left after a repair"
            return repaired, f"{problems[0]}; {left}"
        if not repaired:
            return (), "covers nothing of the image"
        same = len(repaired) == len(parts)
        return repaired, "" if same else "has pieces that overlap or touch; joined"

    @staticmethod
    def _is_noise(rings: Sequence[Points]) -> bool:
        return sum(map(crossings, rings)) > MAX_CROSSINGS


def _with_holes(outers: Sequence[Points], holes: Sequence[Points]) -> list[Part]:
    """Parts of outlines that have their final place; holes that are none are no loss."""
    rings = [ring(points) for points in outers]
    inner = [ring(kept) for points in holes if len(kept := without_repeats(points)) >= 3]
    if len(rings) == 1:
        return [Part(rings[0], tuple(inner))]
    return list(bridge.nested(rings, inner) if inner else ()) or [Part(outer) for outer in rings]


def without_repeats(points: Points) -> Points:
    """`points` `(N, 2)` without a point that equals the one before it, around the end too."""
    keep = np.empty(len(points), dtype=bool)
    keep[1:] = (points[1:] != points[:-1]).any(axis=1)
    keep[:1] = (points[:1] != points[-1:]).any(axis=1)
    kept: Points = points[keep]
    return kept


def crossings(points: Points) -> float:
    """About how often the edges of a ring `(N, 2)` cross each other, from a sample of them."""
    count = len(points)
    start, end = points, np.roll(points, -1, axis=0)
    picked = np.unique(np.linspace(0, count - 1, min(_SAMPLE, count)).astype(int))
    found = 0
    for index in picked:
        a, b = start[index], end[index]
        found += int((_opposite(a, b, start, end) & _opposite_of(start, end, a, b)).sum())
    return found * count / len(picked) / 2


def _opposite(a: Points, b: Points, starts: Points, ends: Points) -> NDArray[np.bool_]:
    """Which edges have their ends on different sides of the line from `a` to `b`."""
    one = np.sign((b[0] - a[0]) * (starts[:, 1] - a[1]) - (b[1] - a[1]) * (starts[:, 0] - a[0]))
    two = np.sign((b[0] - a[0]) * (ends[:, 1] - a[1]) - (b[1] - a[1]) * (ends[:, 0] - a[0]))
    return np.asarray(one * two < 0)


def _opposite_of(starts: Points, ends: Points, a: Points, b: Points) -> NDArray[np.bool_]:
    """Which edges have `a` and `b` on different sides of their lines."""
    dx, dy = ends[:, 0] - starts[:, 0], ends[:, 1] - starts[:, 1]
    one = np.sign(dx * (a[1] - starts[:, 1]) - dy * (a[0] - starts[:, 0]))
    two = np.sign(dx * (b[1] - starts[:, 1]) - dy * (b[0] - starts[:, 0]))
    return np.asarray(one * two < 0)


def _cropped(mask: NDArray[np.generic]) -> tuple[NDArray[np.generic] | None, tuple[int, int]]:
    """The box of what is inside, and its corner; None for an empty mask."""
    rows = np.flatnonzero(mask.any(axis=1)) if mask.size else np.empty(0, int)
    if not len(rows):
        return None, (0, 0)
    band = mask[rows[0] : rows[-1] + 1]
    columns = np.flatnonzero(band.any(axis=0))
    return band[:, columns[0] : columns[-1] + 1], (int(columns[0]), int(rows[0]))


def _count(mask: NDArray[np.generic]) -> int:
    return int(np.count_nonzero(mask))


def _scaled(parts: Sequence[Part], factor: Points) -> tuple[Part, ...]:
    return tuple(
        Part(ring(part.outer * factor), tuple(ring(hole * factor) for hole in part.holes))
        for part in parts
    )
