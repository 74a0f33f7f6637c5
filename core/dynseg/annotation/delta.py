"""What one edit changed: enough to make it again and to take it back.

Positions in `Delta.removed` are those in the document before, positions in `Delta.added` those in
the document after; a shape that changed stands in both. Everything else keeps its order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from dynseg.annotation.document import Annotation, ImageState, Instance

T = TypeVar("T")

Placed = tuple[tuple[int, Instance], ...]
"""Shapes with their position in a document, ascending."""


@dataclass(frozen=True, slots=True)
class Delta:
    """The difference between two documents of one image.

    Attributes:
        removed: What is in the first document only, with positions there.
        added: What is in the second document only, with positions there.
        state_before, state_after: How far the work was, and is.
    """

    removed: Placed
    added: Placed
    state_before: ImageState
    state_after: ImageState

    __hash__ = None  # type: ignore[assignment]

    @property
    def is_empty(self) -> bool:
        """Whether both documents are equal."""
        return not self.removed and not self.added and self.state_before is self.state_after


def diff(before: Annotation, after: Annotation) -> Delta:
    """What turns `before` into `after`; shapes that are the same object cost next to nothing."""
    old, new = before.instances, after.instances
    start = 0
    shorter = min(len(old), len(new))
    while start < shorter and _equal(old[start], new[start]):
        start += 1
    end = 0
    while end < shorter - start and _equal(old[-1 - end], new[-1 - end]):
        end += 1
    old_range, new_range = range(start, len(old) - end), range(start, len(new) - end)
    kept_old, kept_new = _kept(old, new, old_range, new_range)
    return Delta(
        removed=tuple((i, old[i]) for i in old_range if i not in kept_old),
        added=tuple((i, new[i]) for i in new_range if i not in kept_new),
        state_before=before.state,
        state_after=after.state,
    )


def apply(annotation: Annotation, delta: Delta) -> Annotation:
    """The document after the change; the revision is left to the store.

    Raises:
        ValueError: the delta belongs to another document.
    """
    if annotation.state is not delta.state_before:
        raise ValueError("the delta starts from another state")
    gone = dict(delta.removed)
    if any(
        not 0 <= i < len(annotation.instances) or annotation.instances[i] != item
        for i, item in delta.removed
    ):
        raise ValueError("the delta removes a shape that is not there")
    kept = [item for i, item in enumerate(annotation.instances) if i not in gone]
    instances = merged(kept, delta.added)
    return replace(annotation, instances=tuple(instances), state=delta.state_after)


def invert(delta: Delta) -> Delta:
    """The change that takes `delta` back."""
    return Delta(
        removed=delta.added,
        added=delta.removed,
        state_before=delta.state_after,
        state_after=delta.state_before,
    )


def merged(kept: Sequence[T], added: Sequence[tuple[int, T]]) -> list[T]:
    """`kept` in its order with `added` at their positions in the result.

    Raises:
        ValueError: the positions are not ascending, or leave a gap.
    """
    result: list[T] = []
    taken = 0
    for position, item in added:
        missing = position - len(result)
        if missing < 0 or taken + missing > len(kept):
            raise ValueError("the delta adds a shape at a place that does not exist")
        result.extend(kept[taken : taken + missing])
        taken += missing
        result.append(item)
    result.extend(kept[taken:])
    return result


def _equal(one: Instance, other: Instance) -> bool:
    return one is other or one == other


def _kept(
    old: Sequence[Instance], new: Sequence[Instance], old_range: range, new_range: range
) -> tuple[set[int], set[int]]:
    """Positions, before and after, of the shapes that stay as they are and in their order."""
    where = {old[i].id: i for i in old_range}
    pairs = []
    for j in new_range:
        i = where.get(new[j].id)
        if i is not None and _equal(old[i], new[j]):
            pairs.append((i, j))
    chosen = _longest_rising([i for i, _ in pairs])
    return {pairs[k][0] for k in chosen}, {pairs[k][1] for k in chosen}


def _longest_rising(numbers: Sequence[int]) -> list[int]:
    """Indices of a longest rising subsequence (patience sorting, O(n log n))."""
    tails: list[int] = []  # tails[k]: smallest last number of a rising run of length k + 1
    tail_index: list[int] = []
    previous = [-1] * len(numbers)
    for index, number in enumerate(numbers):
        length = bisect_left(tails, number)
        if length == len(tails):
            tails.append(number)
            tail_index.append(index)
        else:
            tails[length] = number
            tail_index[length] = index
        previous[index] = tail_index[length - 1] if length else -1
    chosen = []
    at = tail_index[-1] if tail_index else -1
    while at >= 0:
        chosen.append(at)
        at = previous[at]
    return chosen[::-1]
