"""The shapes of an image as a format can hold them, with everything that is lost on the way.

The same for the list before an export, for the export and for its check, so that their counts are
the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from dynseg.annotation.classes import ClassTable
from dynseg.annotation.document import Annotation, Instance
from dynseg.formats.finding import Finding
from dynseg.formats.format import Holds
from dynseg.formats.incoming.reading import without_repeats
from dynseg.formats.outgoing.page import Entry
from dynseg.formats.outgoing.policy import Fitted, Policy, fit
from dynseg.geometry import polygon
from dynseg.geometry.part import Part, ring

DIGITS = 8
"""Of a share of the image that readers keep; points that agree to it are one."""

LEAST_SEEN = 0.1
"""Share of an object: less of it in a mask teaches nothing. In photographs of dishes and of
everyday objects hardly any have between 10 and 50 %."""


@dataclass(slots=True)
class Tally:
    """Counts and findings that grow from image to image.

    Attributes:
        shapes: Shapes that came in.
        instances: Objects that go out.
        joined: Shapes whose parts or holes were joined by bridges.
        filled: Shapes whose holes were filled.
        cut: Shapes that were cut through their holes.
        divided: Shapes that became several objects.
        further: Objects more than shapes, because of those.
        dropped: Images and shapes that are left out, with the reason.
        repaired: What was changed on the way.
    """

    shapes: int = 0
    instances: int = 0
    joined: int = 0
    filled: int = 0
    cut: int = 0
    divided: int = 0
    further: int = 0
    dropped: list[Finding] = field(default_factory=list)
    repaired: list[Finding] = field(default_factory=list)

    @property
    def lost(self) -> int:
        """Objects that are left out of images that go out."""
        return self.shapes + self.further - self.instances

    def drop(self, rel: str, number: int, reason: str) -> None:
        """Note a shape that is left out."""
        self.dropped.append(Finding(rel, None, f"shape {number} {reason}; left out"))

    def repair(self, rel: str, number: int, reason: str) -> None:
        """Note a shape that is changed."""
        self.repaired.append(Finding(rel, None, f"shape {number} {reason}"))


def entries(
    rel: str,
    annotation: Annotation,
    classes: ClassTable,
    policy: Policy,
    holds: Holds,
    tally: Tally,
) -> tuple[Entry, ...]:
    """The objects of an image, bottom to top.

    Args:
        rel: Path of the image in the project, for findings.
        annotation: Its labels.
        classes: In the order of the export.
        policy: What the user chose for what the format cannot hold.
        holds: What the format holds.
        tally: Counts what happens.
    """
    found: list[Entry] = []
    seen: set[tuple[int, tuple[bytes, ...]]] = set()
    size = np.array([annotation.width, annotation.height], dtype=np.float64)
    tally.shapes += len(annotation.instances)
    for number, instance in enumerate(annotation.instances, start=1):
        parts = _usable(rel, number, instance, annotation, tally)
        if not parts:
            continue
        index = classes.index_of(instance.class_id)
        fitted = fit(parts, policy, holds)
        objects = [kept for own in fitted.objects if (kept := _drawable(own, size))]
        key = (index, tuple(_bytes(part, size) for own in objects for part in own))
        if not objects:
            tally.drop(rel, number, "has no area")
        elif key in seen:
            tally.drop(rel, number, "is the same as another one")
        else:
            seen.add(key)
            found += [Entry(number, index, own) for own in objects]
            _count(fitted, len(objects), tally)
            if fitted.dropped_parts:
                what = f"has {fitted.dropped_parts + 1} parts; all but the largest are left out"
                tally.repair(rel, number, what)
    kept_entries = _within(rel, found, annotation, holds, tally)
    tally.instances += len(kept_entries)
    return kept_entries


def _usable(
    rel: str, number: int, instance: Instance, annotation: Annotation, tally: Tally
) -> tuple[Part, ...]:
    """Valid parts of a shape; what cannot be mended is noted and empty."""
    problem = next((why for part in instance.parts if (why := polygon.problem(part))), None)
    if not problem:
        return instance.parts
    parts = polygon.repair(instance.parts, width=annotation.width, height=annotation.height)
    if parts:
        tally.repair(rel, number, f"{problem}; repaired")
    else:
        tally.drop(rel, number, "has no area")
    return parts


def _drawable(
    parts: tuple[Part, ...], size: np.ndarray[tuple[int, ...], np.dtype[np.float64]]
) -> tuple[Part, ...]:
    """Parts inside the image, without those that the digits of a file make a line."""
    kept = []
    for part in parts:
        clipped = [np.clip(points, 0.0, size) + 0.0 for points in part.rings]
        rings = [r for r in clipped if len(without_repeats((r / size).round(DIGITS))) >= 3]
        if rings and rings[0] is clipped[0]:
            kept.append(Part(ring(rings[0]), tuple(ring(hole) for hole in rings[1:])))
    return tuple(kept)


def _bytes(part: Part, size: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> bytes:
    """What training will see of a part."""
    return b"|".join(
        (points / size).round(DIGITS).astype(np.float32).tobytes() for points in part.rings
    )


def _count(fitted: Fitted, objects: int, tally: Tally) -> None:
    tally.joined += fitted.joined
    tally.filled += fitted.filled
    tally.cut += fitted.cut
    tally.divided += fitted.divided
    tally.further += objects - 1


def _within(
    rel: str, found: list[Entry], annotation: Annotation, holds: Holds, tally: Tally
) -> tuple[Entry, ...]:
    """What a mask of all objects has room for: whole pixels, a limit, nothing above another."""
    if holds.most_shapes is not None and len(found) > holds.most_shapes:
        for entry in found[holds.most_shapes :]:
            tally.drop(rel, entry.number, f"is beyond the {holds.most_shapes} that a mask holds")
        found = found[: holds.most_shapes]
    if not holds.pixels:
        return tuple(found)
    seen = _Seen(found, annotation, holds)
    raised: set[int] = set()
    while below := [entry for entry in seen.lost if id(entry) not in raised]:
        # Food on a plate that was drawn after it would be lost: what nothing is seen of goes up.
        above = sorted(below, key=lambda own: -sum(map(polygon.area, own.parts)))
        going = set(map(id, below))
        raised |= going
        found = [entry for entry in found if id(entry) not in going] + above
        seen = _Seen(found, annotation, holds)
    seen.tell(rel, raised, tally)
    return tuple(reversed(seen.kept))


class _Seen:
    """What is seen of the objects of an image that are drawn one above the other.

    Attributes:
        kept: Objects of which something is seen, top to bottom.
        lost: Objects that lie under others as a whole, or but for a rest that nobody learns from
            and under larger ones; of a tray below many plates little may be seen, too, but it
            would hide them.
    """

    def __init__(self, found: list[Entry], annotation: Annotation, holds: Holds) -> None:
        from dynseg.geometry.raster import cut_mask

        height, width = annotation.height, annotation.width
        self.kept: list[Entry] = []
        self.lost: list[Entry] = []
        self._hidden: list[Entry] = []
        self._empty: list[Entry] = []
        self._cut: list[tuple[Entry, int, int]] = []
        covers = np.zeros((height, width), dtype=np.int32)  # the area of what lies on top
        for entry in reversed(found):
            window, mask = cut_mask(entry.parts, width=width, height=height)
            own = covers[window]
            whole = int(mask.sum())
            above = own[mask]
            hidden = int(np.count_nonzero(above))
            if not whole:
                self._empty.append(entry)
            elif hidden == whole:
                self._hidden.append(entry)
                self.lost.append(entry)
            else:
                self.kept.append(entry)
                if hidden:
                    self._cut.append((entry, hidden, whole))
                if hidden > (1 - LEAST_SEEN) * whole and 2 * np.sum(above > whole) > whole:
                    self.lost.append(entry)
            if not holds.overlap:
                own[mask & (own == 0)] = whole

    def tell(self, rel: str, raised: set[int], tally: Tally) -> None:
        """Note what is lost and changed; `raised` are ids of objects."""
        for entry in self._empty:
            tally.drop(rel, entry.number, "covers no centre of a pixel")
        for entry in self._hidden:
            tally.drop(rel, entry.number, "lies wholly under others")
        for entry, hidden, whole in self._cut:
            what = f"lies under others with {hidden:,} of its {whole:,} pixels; cut"
            tally.repair(rel, entry.number, what)
        for entry in self.kept:
            if id(entry) in raised:
                what = "lies under others, wholly or nearly; drawn above them"
                tally.repair(rel, entry.number, what)
