"""What differs between two opinions on one image, shape by shape (B9).

Two documents of one image before and after a run, or the shapes of a person and what a model finds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from dynseg.annotation.delta import Delta
from dynseg.annotation.document import Instance
from dynseg.inference.overlap import ious, outlines, overlapping_pairs
from dynseg.project.view import ProjectView

MATCH_IOU = 0.5
"""Two shapes that overlap this much are one object."""

SAME_IOU = 0.95
"""Two outlines of one object that overlap this much look the same."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One object that both opinions know, with another class or another outline.

    Attributes:
        before, after: The object in each opinion.
        iou: Overlap of both outlines, in [0, 1].
    """

    before: Instance
    after: Instance
    iou: float

    @property
    def has_other_class(self) -> bool:
        """Whether the class differs, whatever the outline."""
        return self.before.class_id != self.after.class_id


@dataclass(frozen=True, slots=True)
class Difference:
    """What the second opinion has that the first one has not, and the reverse.

    Attributes:
        added: Objects of the second one alone.
        removed: Objects of the first one alone.
        changed: Objects of both that look different.
        same: How many look the same.
    """

    added: tuple[Instance, ...] = ()
    removed: tuple[Instance, ...] = ()
    changed: tuple[Changed, ...] = ()
    same: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many shapes are `added`, `removed` and `changed`."""
        return {
            "added": len(self.added),
            "removed": len(self.removed),
            "changed": len(self.changed),
        }

    @property
    def is_empty(self) -> bool:
        """Whether both opinions are the same."""
        return not (self.added or self.removed or self.changed)


def difference(before: Sequence[Instance], after: Sequence[Instance]) -> Difference:
    """Compare two sets of shapes of one image.

    A shape that kept its id is the same object wherever it went. Others are paired by overlap, the
    best pairs first.
    """
    pairs = _by_id(before, after)
    left = [i for i in range(len(before)) if i not in pairs]
    taken = set(pairs.values())
    right = [j for j in range(len(after)) if j not in taken]
    pairs.update(_by_overlap(before, left, after, right))
    changed = [entry for entry in _compared(before, after, pairs) if not _looks_same(entry)]
    taken = set(pairs.values())
    return Difference(
        added=tuple(item for j, item in enumerate(after) if j not in taken),
        removed=tuple(item for i, item in enumerate(before) if i not in pairs),
        changed=tuple(changed),
        same=len(pairs) - len(changed),
    )


def run_differences(view: ProjectView, run_id: str) -> Iterator[tuple[int, Difference]]:
    """What a run changed, image by image in the order of the list of images.

    Args:
        view: The project.
        run_id: The run. Where it was taken back it counts as never done.

    Yields:
        Image id and what the run changed there.

    Raises:
        ProjectError: a step of the history is damaged.
    """
    for image_id, steps in view.run_steps(run_id).items():
        yield image_id, _of_steps(view, image_id, steps)


def run_difference(view: ProjectView, run_id: str, image_id: int) -> Difference:
    """What a run changed in one image; nothing where it was taken back.

    Raises:
        ProjectError: a step of the history is damaged.
    """
    return _of_steps(view, image_id, view.run_steps(run_id).get(image_id, []))


def _of_steps(view: ProjectView, image_id: int, steps: Sequence[int]) -> Difference:
    if not steps:
        return Difference()
    deltas = view.deltas(image_id, since=min(steps))
    return _of_deltas([delta for seq, delta in deltas if seq in steps])


def _of_deltas(deltas: Sequence[Delta]) -> Difference:
    """What several steps changed together; what a person did in between is left out."""
    removed: dict[str, Instance] = {}
    added: dict[str, Instance] = {}
    for delta in deltas:
        for _, item in delta.removed:
            if added.pop(item.id, None) is None:
                removed[item.id] = item
        added.update((item.id, item) for _, item in delta.added)
    return difference(list(removed.values()), list(added.values()))


def _by_id(before: Sequence[Instance], after: Sequence[Instance]) -> dict[int, int]:
    places = {item.id: j for j, item in enumerate(after)}
    return {i: places[item.id] for i, item in enumerate(before) if item.id in places}


def _by_overlap(
    before: Sequence[Instance], left: list[int], after: Sequence[Instance], right: list[int]
) -> dict[int, int]:
    """Pairs of shapes that overlap enough, each shape in one pair at most."""
    if not left or not right:
        return {}
    one = outlines([before[i].parts for i in left])
    other = outlines([after[j].parts for j in right])
    first, second = overlapping_pairs(one, other, iou=MATCH_IOU)
    if not len(first):
        return {}
    overlap = ious(one.only(first.tolist()), other.only(second.tolist()))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for at in np.argsort(-overlap, kind="stable").tolist():
        i, j = left[first[at]], right[second[at]]
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _compared(
    before: Sequence[Instance], after: Sequence[Instance], pairs: dict[int, int]
) -> list[Changed]:
    """Each pair with the overlap of its outlines."""
    if not pairs:
        return []
    one = outlines([before[i].parts for i in pairs])
    other = outlines([after[j].parts for j in pairs.values()])
    overlap = ious(one, other).tolist()
    return [
        Changed(before[i], after[j], iou)
        for (i, j), iou in zip(pairs.items(), overlap, strict=True)
    ]


def _looks_same(pair: Changed) -> bool:
    return not pair.has_other_class and pair.iou >= SAME_IOU
