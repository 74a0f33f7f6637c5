"""How shapes that followed get along with what is in the image already.

The window loads this module at its start: nothing here may need OpenCV.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from dynseg.annotation.document import Annotation, Instance, Origin
from dynseg.geometry.part import Part
from dynseg.inference.overlap import ious, outlines, overlapping_pairs

SAME_IOU = 0.5
"""Shapes of one class that overlap this much (IoU) are outlines of one object."""
SAME_SHAPE_IOU = 0.9
"""From here on they are, whatever their classes: a person said since what the object is. What lies
on a tray and the tray may overlap by more than half."""
Meeting = tuple[int, int, float]
"""Places of a shape that followed and of one that is there; their intersection over union."""


def follower(original: Instance, parts: tuple[Part, ...], likeness: float, own_id: str) -> Instance:
    """A shape where its object is now: nobody looked at it there, so it is a proposal.

    What a model proposed before, and nobody vouched for, is no surer by being found again.

    Args:
        original: The shape that it is of.
        parts: Where its object is, image pixels.
        likeness: How much it looks there as it did.
        own_id: Its id.
    """
    score = likeness
    if not original.is_human_work and original.score is not None:
        score *= original.score
    return Instance(original.class_id, parts, origin=Origin.MODEL, score=score, id=own_id)


def meetings(
    followed: Sequence[tuple[Part, ...]], there: Sequence[tuple[Part, ...]]
) -> list[Meeting]:
    """Which shapes overlap by `SAME_IOU` at least."""
    one, other = outlines(followed), outlines(there)
    first, second = (side.tolist() for side in overlapping_pairs(one, other, iou=SAME_IOU))
    if not first:
        return []
    shared = ious(one.only(first), other.only(second)).tolist()
    return list(zip(first, second, shared, strict=True))


def placed(
    document: Annotation,
    followed: Sequence[tuple[Instance, Instance]],
    met: Iterable[Meeting],
    *,
    locked: Collection[str] = (),
) -> tuple[list[Instance], set[str]]:
    """Which shapes come into a document, and ids of the proposals that give way to them.

    What a person drew or vouched for in the image before is surer than what a model proposes here;
    a proposal of before is not, and never comes on top of what is here.

    Args:
        document: The image that they come into.
        followed: Each shape and the one that it is of.
        met: How they lie over the instances of the document.
        locked: Ids of shapes that stay as they are.
    """
    doubles: set[int] = set()
    beaten: dict[int, list[str]] = {}
    for at, number, shared in met:
        (item, original), other = followed[at], document.instances[number]
        stays = other.is_human_work or other.is_copied_proposal or other.id in locked
        if not original.is_human_work:
            doubles.add(at)
        elif not stays:
            beaten.setdefault(at, []).append(other.id)
        elif other.class_id == item.class_id or shared >= SAME_SHAPE_IOU:
            doubles.add(at)
    added = [item for at, (item, _) in enumerate(followed) if at not in doubles]
    gone = {own for at, ids in beaten.items() if at not in doubles for own in ids}
    return added, gone
