"""One set of objects from overlapping looks at an image: nothing twice, nothing cut at a seam.

A look that ends inside the image cuts objects there. Such a fragment is dropped where another look
saw the object whole, and joined with its neighbour's fragment where no look did: both agree in the
strip that both have seen. A tile within a large object sees what looks like small ones, the spots
of a beetle: these go, since hardly anything lies in another object of its class.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import shapely
from numpy.typing import NDArray

from dynseg.geometry.polygon import from_shapely, to_shapely
from dynseg.inference.detections import Detection
from dynseg.inference.window import Box

SAME_IOU = 0.5
"""Two whole objects that overlap this much are one; the surer look tells the class."""

COVERED = 0.6
"""A fragment that lies in a whole object this far is a piece of it."""

AGREED = 0.5
"""Two fragments are one object when they share this much of what they have in the common strip."""

EDGE_PX = 2.0
"""A box that comes this close to the end of a look, in its pixels of the model, is cut there."""

ROUGH = 0.5
"""A look at the whole draws what is tiny too large and beside its place: when it shares this much
of the smaller outline with what a tile has seen, both are one object. Of 73 insects of 16 pixels,
13 were proposed twice before."""

INSIDE = 0.8
"""What lies this far in a surer object of its class is a part of it: of 9,180 labelled objects of
seven sets 11 do. Weights that had learned kudzu-bugs from ten photos proposed 161 spots of one
large insect; over 24 photos 339 instead of 510 proposals are spurious, and 464 instead of 465
right."""

WHOLE_TRUST = 0.8
"""A look from close up outlines better, so it wins against a surer look at the whole."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One detection and the look that it comes from.

    Attributes:
        detection: In image pixels.
        window: What the look covered, `x0, y0, x1, y1` in image pixels.
        is_cut: It reaches an end of the look that is not an end of the image.
        is_close: The look was a tile, not the whole image.
        is_rough: The look had too few pixels for it: any tile that has seen it knows better.
    """

    detection: Detection
    window: Box
    is_cut: bool
    is_close: bool
    is_rough: bool = False


@dataclass(slots=True, eq=False)
class _Object:
    """An object on its way into the answer, made of one or more detections."""

    detection: Detection
    geometry: shapely.Geometry
    windows: list[Box]
    members: list[int] = field(default_factory=list)
    is_joined: bool = False


def cut_by(box: Box, window: Box, *, width: int, height: int, margin_px: float) -> bool:
    """Whether a box reaches an end of its window that is inside of the image."""
    x0, y0, x1, y1 = window
    return (
        (x0 > 0 and box[0] - x0 < margin_px)
        or (y0 > 0 and box[1] - y0 < margin_px)
        or (x1 < width and x1 - box[2] < margin_px)
        or (y1 < height and y1 - box[3] < margin_px)
    )


def merge_looks(seen: Sequence[Seen], *, nests: bool = True) -> list[Detection]:
    """Bring the detections of all looks together, surest first.

    Args:
        seen: Detections of tiles and of the whole image, in any order.
        nests: Whether an object may lie in another one of its class.

    Returns:
        Each object once; its score is the highest that any look gave it.
    """
    if not seen:
        return []
    merge = _Merge(seen)
    whole = [i for i, item in enumerate(seen) if not item.is_cut]
    whole.sort(key=lambda i: (seen[i].is_rough, -_trust(seen[i])))
    cut = sorted(set(range(len(seen))).difference(whole), key=lambda i: -merge.area(i))
    for index in whole:
        merge.add_whole(index)
    for index in cut:
        merge.add_cut(index)
    return sorted(merge.found(nests=nests), key=lambda item: -item.score)


def _trust(item: Seen) -> float:
    return item.detection.score * (1.0 if item.is_close else WHOLE_TRUST)


class _Merge:
    """Objects so far, and which detections may have to do with each other."""

    def __init__(self, seen: Sequence[Seen]) -> None:
        self._seen = seen
        self._geometries: NDArray[np.object_] = np.empty(len(seen), object)
        self._geometries[:] = [to_shapely(item.detection.parts) for item in seen]
        self._areas = shapely.area(self._geometries)
        self._near: list[list[int]] = [[] for _ in seen]
        tree = shapely.STRtree(self._geometries)
        for one, other in tree.query(self._geometries, predicate="intersects").T.tolist():
            # Within one look the network has told classes apart; two looks may name one object
            # differently.
            if self._same_class(one, other) or seen[one].window != seen[other].window:
                self._near[one].append(other)
        self._owner: dict[int, _Object] = {}
        self._objects: list[_Object] = []

    def _same_class(self, one: int, other: int) -> bool:
        seen = self._seen
        return seen[one].detection.class_index == seen[other].detection.class_index

    def area(self, index: int) -> float:
        """Of one detection, square pixels."""
        return float(self._areas[index])

    def found(self, *, nests: bool) -> list[Detection]:
        """What has come together, without joined fragments that a whole object covers after all."""
        there = [item for item in self._objects if not self._is_double(item)]
        return [item.detection for item in there if nests or not self._is_part(item)]

    def _is_double(self, item: _Object) -> bool:
        if not item.is_joined or len(item.members) == 1:
            return False
        others = {id(o): o for index in item.members for o in self._neighbours(index)}
        return any(
            not other.is_joined and _iou(other.geometry, item.geometry) >= SAME_IOU
            for other in others.values()
        )

    def _is_part(self, item: _Object) -> bool:
        """Whether tiles alone saw it, in an object of which a look at the whole is surer."""
        if not self._is_close(item):
            return False
        least = INSIDE * shapely.area(item.geometry)
        return any(
            other.detection.score > item.detection.score
            and other.detection.class_index == item.detection.class_index
            and not self._is_close(other)
            and shapely.area(shapely.intersection(other.geometry, item.geometry)) >= least
            for other in {id(o): o for i in item.members for o in self._neighbours(i)}.values()
        )

    def _is_close(self, item: _Object) -> bool:
        """Whether tiles alone have seen it."""
        return all(self._seen[index].is_close for index in item.members)

    def add_whole(self, index: int) -> None:
        """An object that its look saw from end to end: new, or the same as one that is there."""
        for known in self._neighbours(index):
            if self._is_same(known, index):
                self._give(known, index)
                return
        self._new(index)

    def _is_same(self, known: _Object, index: int) -> bool:
        mine = self._geometries[index]
        if _iou(known.geometry, mine) >= SAME_IOU:
            return True
        if not (self._seen[index].is_rough and self._seen[known.members[0]].is_close):
            return False
        shared = shapely.area(shapely.intersection(known.geometry, mine))
        least = min(self._areas[index], shapely.area(known.geometry))
        return bool(shared >= ROUGH * least)

    def add_cut(self, index: int) -> None:
        """A fragment: a piece of a known object, or something that nobody saw whole."""
        mine = self._geometries[index]
        partners = []
        for known in self._neighbours(index):
            shared = shapely.area(shapely.intersection(known.geometry, mine))
            least = min(self._areas[index], shapely.area(known.geometry))
            if not known.is_joined and shared >= COVERED * self._areas[index]:
                self._give(known, index)
                return
            same_class = self._same_class(index, known.members[0])
            if known.is_joined and same_class and self._agree(known, index, shared, float(least)):
                partners.append(known)
        fragment = self._new(index)
        fragment.is_joined = True
        for partner in partners:
            self._join(fragment, partner)

    def _agree(self, known: _Object, index: int, shared: float, least: float) -> bool:
        """Whether two fragments show the same object in the strip that both looks cover."""
        if least > 0 and shared >= COVERED * least:
            return True
        window = shapely.box(*self._seen[index].window)
        seen_by_other = shapely.union_all([shapely.box(*box) for box in known.windows])
        mine = shapely.area(shapely.intersection(self._geometries[index], seen_by_other))
        theirs = shapely.area(shapely.intersection(known.geometry, window))
        return bool(min(mine, theirs) > 0 and shared >= AGREED * max(mine, theirs))

    def _neighbours(self, index: int) -> list[_Object]:
        """Objects that have a detection near this one, each once."""
        found: dict[int, _Object] = {}
        for other in self._near[index]:
            owner = self._owner.get(other)
            if owner is not None:
                found[id(owner)] = owner
        return list(found.values())

    def _new(self, index: int) -> _Object:
        item = self._seen[index]
        made = _Object(item.detection, self._geometries[index], [item.window], [index])
        self._objects.append(made)
        self._owner[index] = made
        return made

    def _give(self, known: _Object, index: int) -> None:
        """The object is known; this look may have been surer of it."""
        self._owner[index] = known
        known.members.append(index)
        score = self._seen[index].detection.score
        if not self._same_class(index, known.members[0]):
            return
        if score > known.detection.score and not self._seen[index].is_cut:
            known.detection = replace(known.detection, score=score)

    def _join(self, one: _Object, other: _Object) -> None:
        """Make one object of two fragments."""
        one.geometry = shapely.union_all([one.geometry, other.geometry])
        one.windows += other.windows
        a, b = one.detection, other.detection
        one.detection = replace(
            a,
            score=max(a.score, b.score),
            parts=from_shapely(one.geometry),
            box=_around(a.box, b.box),
        )
        one.members += other.members
        self._owner.update((member, one) for member in other.members)
        self._objects.remove(other)


def _iou(one: shapely.Geometry, other: shapely.Geometry) -> float:
    shared = shapely.area(shapely.intersection(one, other))
    union = shapely.area(one) + shapely.area(other) - shared
    return float(shared / union) if union > 0 else 0.0


def _around(one: Box, other: Box) -> Box:
    return (
        min(one[0], other[0]),
        min(one[1], other[1]),
        max(one[2], other[2]),
        max(one[3], other[3]),
    )
