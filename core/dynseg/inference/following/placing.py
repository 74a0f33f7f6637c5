"""How shapes that followed get along with what is in the image already.

The window loads this module at its start: nothing here may need OpenCV.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from dynseg.annotation.document import Annotation, Instance, Origin
from dynseg.geometry.part import Part
from dynseg.inference.overlap import ious, outlines, overlapping_pairs

SAME_IOU = 0.5
"""Shapes of one class that overlap this much (IoU) are outlines of one object."""
SAME_SHAPE_IOU = 0.9
"""From here on they are, whatever their classes: a person said since what the object is. What lies
on a tray and the tray may overlap by more than half."""
HALF = 16
"""Characters of an id that all shapes of an object share that a run put."""
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


def follower_id(name: str, image_id: int) -> str:
    """Id of the shape that a run puts for an object in an image: the same each time.

    Args:
        name: How the ids of its shapes begin, `HALF` characters; more where others begin so, too.
        image_id: The image.
    """
    own = hashlib.blake2b(f"{name} {image_id}".encode(), digest_size=HALF // 2).hexdigest()
    return name[:HALF] + own


def is_follower(shape_id: str, image_id: int) -> bool:
    """Whether a shape of an image has the id that a run gives."""
    return shape_id == follower_id(shape_id[:HALF], image_id)


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
    yielding: Collection[str] = (),
) -> tuple[list[Instance], set[str]]:
    """Which shapes come into a document, and ids of the proposals that give way to them.

    What a person drew or vouched for in the image before is surer than what a model proposes here;
    a proposal of before is not, and never comes on top of what is here.

    Args:
        document: The image that they come into.
        followed: Each shape and the one that it is of.
        met: How they lie over the instances of the document.
        locked: Ids of shapes that stay as they are.
        yielding: Ids of copied shapes that give way as those of models do.
    """
    doubles: set[int] = set()
    beaten: dict[int, list[str]] = {}
    for at, number, shared in met:
        (item, original), other = followed[at], document.instances[number]
        is_copied = other.is_copied_proposal and other.id not in yielding
        stays = other.is_human_work or is_copied or other.id in locked
        if not original.is_human_work:
            doubles.add(at)
        elif not stays:
            beaten.setdefault(at, []).append(other.id)
        elif other.class_id == item.class_id or shared >= SAME_SHAPE_IOU:
            doubles.add(at)
    for at, other in _put_by_runs(document, followed):
        if other.is_human_work or other.id in locked or not followed[at][1].is_human_work:
            doubles.add(at)
        else:
            beaten.setdefault(at, []).append(other.id)
    added = [item for at, (item, _) in enumerate(followed) if at not in doubles]
    gone = {own for at, ids in beaten.items() if at not in doubles for own in ids}
    return added, gone


def _put_by_runs(
    document: Annotation, followed: Sequence[tuple[Instance, Instance]]
) -> list[tuple[int, Instance]]:
    """Place of a shape that followed, and what a run has put for its object, wherever it lies."""
    there = {item.id: item for item in document.instances}
    names = [original.id[:HALF] for _, original in followed]
    of_one = {name for name, count in Counter(names).items() if count == 1}
    ids = [follower_id(name, document.image_id) for name in names]
    return [
        (at, there[own])
        for at, (name, own) in enumerate(zip(names, ids, strict=True))
        if name in of_one and own in there
    ]
