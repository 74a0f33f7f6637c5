"""What becomes of holes and further parts in a format that cannot hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import shapely

from dynseg.formats.format import Holds
from dynseg.formats.outgoing import bridge
from dynseg.geometry import polygon
from dynseg.geometry.part import Part

Holes = Literal["keep", "fill", "bridge", "split"]
Parts = Literal["keep", "split", "bridge", "largest"]
HOLES: tuple[Holes, ...] = get_args(Holes)
PARTS: tuple[Parts, ...] = get_args(Parts)


@dataclass(frozen=True, slots=True)
class Policy:
    """What the user chose.

    Attributes:
        holes: "keep" leaves them where the format holds holes and bridges them elsewhere; "fill"
            leaves them out; "bridge" joins them to the outline by a walk there and back of no
            width; "split" cuts the shape through its holes into pieces without any.
        parts: "keep" leaves them where the format holds parts and bridges them elsewhere; "split"
            makes an object of each; "bridge" joins them; "largest" drops all but one.
    """

    holes: Holes = "keep"
    parts: Parts = "keep"


@dataclass(frozen=True, slots=True)
class Fitted:
    """A shape as the format can hold it.

    Attributes:
        objects: The parts of each object that it becomes.
        filled: It had holes, which are filled.
        joined: Parts or holes were joined by bridges.
        cut: It was cut through its holes.
        divided: It became several objects.
        dropped_parts: Parts that are left out.
    """

    objects: tuple[tuple[Part, ...], ...]
    filled: bool = False
    joined: bool = False
    cut: bool = False
    divided: bool = False
    dropped_parts: int = 0


def fit(parts: Sequence[Part], policy: Policy, holds: Holds) -> Fitted:
    """Make parts into what a format holds.

    Args:
        parts: Valid parts of one shape, image pixels.
        policy: What the user chose.
        holds: What the format holds.
    """
    dropped = 0
    if policy.parts == "largest" and len(parts) > 1:
        dropped = len(parts) - 1
        parts = [max(parts, key=polygon.area)]
    has_holes = any(part.holes for part in parts)
    holes = _holes(policy, holds) if has_holes else "keep"
    if holes == "fill":
        parts = [Part(part.outer) for part in parts]
    elif holes == "split":
        parts = [piece for part in parts for piece in without_holes(part)]
    groups: list[list[Part]] = [list(parts)]
    several = len(parts) > 1
    if several and (policy.parts == "split" or (holes == "split" and not holds.parts)):
        groups = [[part] for part in parts]
    bridges_parts = policy.parts == "bridge" or not holds.parts
    joined = False
    objects: list[tuple[Part, ...]] = []
    for group in groups:
        if len(group) > 1 and bridges_parts:
            objects.append((Part(bridge.join(group)),))
            joined = True
        elif holes == "bridge":
            objects.append(tuple(Part(bridge.join([part])) for part in group))
            joined = joined or any(part.holes for part in group)
        else:
            objects.append(tuple(group))
    return Fitted(
        tuple(objects),
        filled=has_holes and holes == "fill",
        joined=joined,
        cut=has_holes and holes == "split",
        divided=len(objects) > 1,
        dropped_parts=dropped,
    )


def _holes(policy: Policy, holds: Holds) -> Holes:
    """What is done to holes: those that the format holds stay unless they are to be filled."""
    if policy.holes == "fill":
        return "fill"
    if holds.holes:
        return "keep"
    return "split" if policy.holes == "split" else "bridge"


def without_holes(part: Part) -> list[Part]:
    """Pieces that cover a part together and have no holes, cut upright through each hole."""
    pieces, left = [], [part]
    while left:
        piece = left.pop()
        if not piece.holes:
            pieces.append(piece)
            continue
        low, high = piece.holes[0].min(axis=0), piece.holes[0].max(axis=0)
        middle = float(low[0] + high[0]) / 2
        x0, y0 = piece.outer.min(axis=0)
        x1, y1 = piece.outer.max(axis=0)
        shape = polygon.to_shapely([piece])
        for box in ((x0, y0, middle, y1), (middle, y0, x1, y1)):
            left += polygon.from_shapely(shape.intersection(shapely.box(*box)))
    return sorted(pieces, key=lambda piece: tuple(piece.outer.min(axis=0)))
