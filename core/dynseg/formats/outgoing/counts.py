"""What an export would hold and lose, as numbers: one kind for the engine and for its answers."""

from __future__ import annotations

import msgspec


class Counts(msgspec.Struct, frozen=True, kw_only=True):
    """Counts in, counts out, and why they differ.

    `shapes + further == instances + lost` always holds.

    Attributes:
        images: Images that would be written, unless their file turns out to be broken.
        shapes: Shapes on them.
        proposals: Shapes among them that a model proposed and no person looked at.
        instances: Objects that would be written.
        further: Objects more than shapes, because shapes are divided.
        lost: Objects that are left out: without an area, doubled, hidden, beyond a limit.
        empty: Images without a shape: reviewed as showing nothing.
        with_holes: Shapes with at least one hole.
        in_parts: Shapes of more than one part.
        joined: Shapes whose parts or holes would be joined by bridges.
        filled: Shapes whose holes would be filled.
        cut: Shapes that would be cut through their holes.
        divided: Shapes that would become several objects.
        unreadable: Images that would be left out.
        undivided: Images without a place in the split yet.
        unmeasured: All images have their place in the split, and none of them validates.
        size_bytes: Size of the image files, what copies would take.
        wide: Images have more than 8 bits a channel, and their copies get 8; of very many images
            some are looked at.
    """

    images: int = 0
    shapes: int = 0
    proposals: int = 0
    instances: int = 0
    further: int = 0
    lost: int = 0
    empty: int = 0
    with_holes: int = 0
    in_parts: int = 0
    joined: int = 0
    filled: int = 0
    cut: int = 0
    divided: int = 0
    unreadable: int = 0
    undivided: int = 0
    unmeasured: bool = False
    size_bytes: int = 0
    wide: bool = False


class Loss(msgspec.Struct, frozen=True):
    """What a format would make of the shapes of a project, as counts.

    Attributes:
        lost: Objects that are left out.
        changed: Shapes that are altered: joined, filled, cut, divided, or mended.
    """

    lost: int = 0
    changed: int = 0
