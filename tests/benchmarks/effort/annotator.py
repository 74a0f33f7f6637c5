"""A person who knows the truth, and what it costs them to get an image right.

What counts as one gesture, each of the same time: a click, a drag, a key.

    draw an object          a click for each vertex of the coarsest outline that reaches the wanted
                            overlap, one to close it; a number key where there are several classes
    correct an outline      what the planner of `effort_editor` needs with the editor's tools,
                            another tool or brush size included; never more than to draw it anew
    wrong class             select, number key
    spurious proposal       select, delete
    missed object           draw; with `find` a key and a drag around it first, then name and
                            correct what was found, or delete it and draw; with `point` a key and a
                            click on it, and up to two more clicks while another outline comes
    more like these         where many of a class are missed: the first few are drawn, a key (and
                            the number key) finds more; what is found is like other proposals;
                            again while that brings some
    image                   accept
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields

import numpy as np
import shapely
from tests.benchmarks.effort_editor.material import Case
from tests.benchmarks.effort_editor.planner import correct

from dynseg.geometry.part import Part
from dynseg.geometry.polygon import iou, to_shapely
from dynseg.review.effort import RIGHT_IOU, Verdict

WANTED = 0.9
"""Overlap (IoU) with the truth at which an outline is good enough, where nothing else is said."""
MATCH = 0.5
"""A proposal that overlaps less is another object."""
GESTURE_S = 1.5
SELECT_AND_ACT = 2

Shape = tuple[Part, ...]
Box = tuple[float, float, float, float]
Find = Callable[[Box], Shape]
"""What a box around an object gives: its outline, or nothing."""
BOX_AND_DRAG = 2
Point = Callable[[float, float, Sequence[Shape], Sequence[Shape]], Sequence[Shape]]
"""What clicks at one place give, one outline after the other; beside it what is there and what was
deleted."""
KEY = 1
MOST_CLICKS = 3
OFF = 0.5
"""A click is up to this far off the thickest place of an object, over the largest disc there."""
More = Callable[[Sequence[Shape], Sequence[Shape], Sequence[Shape]], Sequence[Shape]]
"""What looks like some shapes, and is none of others nor of those that were refused, the most
similar first."""
EXAMPLES, MANY, WORTH_IT = 4, 8, 3
"""Shapes that the person goes by, how many have to be missed for it, and how many finds of a search
make another one worth it."""


@dataclass(frozen=True, slots=True, eq=False)
class Thing:
    """An object, or a proposal of one.

    Attributes:
        parts: Its outline, image pixels.
        label: Class index; -1 for a proposal of no class.
        score: Of a proposal.
    """

    parts: Shape
    label: int
    score: float = 1.0


@dataclass(slots=True)
class Bill:
    """What one image cost.

    Attributes:
        gestures: In all.
        objects: In the end.
        untouched: Proposals that were right as they were.
        corrected, relabelled, deleted, drawn: Objects that it took a gesture for.
    """

    gestures: int = 0
    objects: int = 0
    untouched: int = 0
    corrected: int = 0
    relabelled: int = 0
    deleted: int = 0
    drawn: int = 0

    @property
    def seconds(self) -> float:
        """How long the person was at it."""
        return self.gestures * GESTURE_S

    def __iadd__(self, other: Bill) -> Bill:
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))
        return self


class Annotator:
    """Gets images right.

    Args:
        classes: Number of classes.
        wanted: Overlap (IoU) with the truth at which an outline is good enough for them.
    """

    def __init__(self, classes: int, *, wanted: float = WANTED) -> None:
        self._naming = 1 if classes > 1 else 0
        self._wanted = wanted

    def work(
        self,
        truth: Sequence[Thing],
        proposals: Sequence[Thing],
        *,
        width: int,
        height: int,
        find: Find | None = None,
        point: Point | None = None,
        more: More | None = None,
    ) -> tuple[Bill, list[Verdict]]:
        """What an image costs, and what became of each proposal.

        Args:
            truth: Every object.
            proposals: What the program proposes.
            width: Of the image, pixels.
            height: Of the image, pixels.
            find: The tool for what was missed; None draws it.
            point: Another such tool.
            more: Finds what looks like what is there; None is not asked.
        """
        bill = Bill(gestures=1, objects=len(truth))
        verdicts = []
        deleted: list[Shape] = []
        partner = _matched(truth, proposals)
        for at, proposal in enumerate(proposals):
            wanted = partner.get(at)
            if wanted is None:
                bill.deleted += 1
                bill.gestures += SELECT_AND_ACT
                deleted.append(proposal.parts)
                verdicts.append(Verdict(proposal.score, right=False))
                continue
            overlap = iou(proposal.parts, wanted.parts)
            same = not self._naming or proposal.label == wanted.label
            verdicts.append(Verdict(proposal.score, right=same and overlap >= RIGHT_IOU))
            self._keep(bill, proposal, wanted, overlap, same, (width, height))
        found = set(map(id, partner.values()))
        missed = [thing for thing in truth if id(thing) not in found]
        if more is not None:
            for label in sorted({thing.label for thing in missed}):
                there = [thing for thing in truth if thing.label != label]
                own = [thing for thing in truth if thing.label == label]
                self._find_more(bill, own, there, missed, more, (width, height))
        done = [thing.parts for thing in truth if thing not in missed]
        for thing in missed:
            bill.drawn += 1
            if point is None:
                bill.gestures += self._to_add(thing, (width, height), find)
            else:
                bill.gestures += self._to_point(thing, (width, height), point, done, deleted)
            done.append(thing.parts)
        return bill, verdicts

    def _find_more(
        self,
        bill: Bill,
        own: Sequence[Thing],
        others: Sequence[Thing],
        missed: list[Thing],
        more: More,
        size: tuple[int, int],
    ) -> None:
        """Draw a few of a class and ask for more, as long as it pays.

        Args:
            bill: Grows.
            own: All objects of the class.
            others: The other objects.
            missed: Objects that have no shape yet; those that get one are taken out.
            more: See `work`.
            size: Of the image.
        """
        refused: list[Shape] = []
        while True:
            left = [thing for thing in missed if thing in own]
            if len(left) < MANY:
                return
            done = [thing for thing in own if thing not in left]
            for thing in left[: max(EXAMPLES - len(done), 0)]:
                bill.drawn += 1
                bill.gestures += self.to_draw(thing.parts)
                missed.remove(thing)
                left.remove(thing)
                done.append(thing)
            there = [thing.parts for thing in others if thing not in missed]
            bill.gestures += 1 + self._naming
            found = more([thing.parts for thing in done], there, refused)
            things = [Thing(parts, own[0].label) for parts in found]
            partner = _matched(left, things)
            for at, thing in enumerate(things):
                if at in partner:
                    overlap = iou(thing.parts, partner[at].parts)
                    self._keep(bill, thing, partner[at], overlap, True, size)
                    missed.remove(partner[at])
                else:
                    bill.deleted += 1
                    bill.gestures += SELECT_AND_ACT
                    refused.append(thing.parts)
            if len(partner) < WORTH_IT:
                return

    def to_draw(self, parts: Shape) -> int:
        """Gestures that draw an object from nothing."""
        return sum(_clicks(part, self._wanted) + 1 for part in parts) + self._naming

    def _to_add(self, thing: Thing, size: tuple[int, int], find: Find | None) -> int:
        """Gestures for an object that was missed."""
        drawn = self.to_draw(thing.parts)
        if find is None:
            return drawn
        points = np.concatenate([part.outer for part in thing.parts])
        (x0, y0), (x1, y1) = points.min(0).tolist(), points.max(0).tolist()
        found = find((x0, y0, x1, y1))
        if not found:
            return BOX_AND_DRAG + drawn
        mended = self._naming + self._to_correct(found, thing.parts, size)
        return BOX_AND_DRAG + min(mended, SELECT_AND_ACT + drawn)

    def _to_point(
        self,
        thing: Thing,
        size: tuple[int, int],
        point: Point,
        there: Sequence[Shape],
        deleted: Sequence[Shape],
    ) -> int:
        """Gestures for an object that was missed and is clicked until an outline is of it."""
        drawn = self.to_draw(thing.parts)
        offers = point(*_clicked(thing.parts), there, deleted)[:MOST_CLICKS]
        if not offers:
            return KEY + 1 + drawn
        good = (at for at, parts in enumerate(offers) if iou(parts, thing.parts) >= MATCH)
        at = next(good, None)
        if at is None:
            return KEY + len(offers) + SELECT_AND_ACT + drawn
        mended = self._naming + self._to_correct(offers[at], thing.parts, size)
        return KEY + at + 1 + min(mended, SELECT_AND_ACT + drawn)

    def _keep(
        self,
        bill: Bill,
        proposal: Thing,
        wanted: Thing,
        overlap: float,
        same: bool,
        size: tuple[int, int],
    ) -> None:
        """Correct what is not right; where that costs more than to draw it anew, draw."""
        naming = 0 if same else SELECT_AND_ACT
        good = overlap >= self._wanted
        outline = 0 if good else self._to_correct(proposal.parts, wanted.parts, size)
        anew = SELECT_AND_ACT + self.to_draw(wanted.parts)
        bill.corrected += not good
        bill.relabelled += not same
        bill.untouched += same and good
        bill.gestures += min(naming + outline, anew)

    def _to_correct(self, found: Shape, truth: Shape, size: tuple[int, int]) -> int:
        """Gestures that make an outline good enough; very many where the tools cannot."""
        if iou(found, truth) >= self._wanted:
            return 0
        done = correct(Case("", found, truth, (), *size), with_tools=True, wanted=self._wanted)
        return done.gestures + done.changes if done.reached else 1 << 20


def _matched(truth: Sequence[Thing], proposals: Sequence[Thing]) -> dict[int, Thing]:
    """Proposal number to its object: the pairs that overlap most, each object once."""
    pairs = sorted(
        (
            (iou(proposal.parts, thing.parts), at, number)
            for at, proposal in enumerate(proposals)
            for number, thing in enumerate(truth)
        ),
        key=lambda pair: -pair[0],
    )
    partner: dict[int, Thing] = {}
    taken: set[int] = set()
    for overlap, at, number in pairs:
        if overlap < MATCH:
            break
        if at not in partner and number not in taken:
            partner[at] = truth[number]
            taken.add(number)
    return partner


def _clicked(parts: Shape) -> tuple[float, float]:
    """Where a person clicks an object: beside its thickest place, by chance but always the same."""
    pieces = shapely.get_parts(to_shapely(parts))
    disc = shapely.maximum_inscribed_circle(max(pieces, key=shapely.area))
    (x, y), radius = disc.coords[0], disc.length
    chance = np.random.default_rng(round(x * 8191 + y))
    angle, off = chance.uniform(0, 2 * np.pi), radius * OFF * chance.uniform() ** 0.5
    return float(x + off * np.cos(angle)), float(y + off * np.sin(angle))


def _clicks(part: Part, wanted: float) -> int:
    """Vertices of the coarsest outline that is good enough."""
    true = to_shapely([part])
    low, high = 0.0, float(max(true.bounds[2] - true.bounds[0], true.bounds[3] - true.bounds[1]))
    best = len(part.outer)
    for _ in range(12):
        middle = (low + high) / 2
        coarse = shapely.Polygon(part.outer).simplify(middle)
        good = coarse.is_valid and not coarse.is_empty and _overlap(coarse, true) >= wanted
        if good:
            best, low = len(coarse.exterior.coords) - 1, middle
        else:
            high = middle
    return best


def _overlap(one: shapely.Geometry, other: shapely.Geometry) -> float:
    shared = one.intersection(other).area
    return float(shared / (one.area + other.area - shared))
