"""Whether a model that has learned classes is worth taking the place of one that knows none."""

from __future__ import annotations

LITTLE = 0.05
"""A mask mAP50-95 below this is that of a model that does not know the classes."""
FALL = 0.1
"""How much less a model may find than one that only finds, mask mAP50 whatever the class."""


def finds_less(before: float | None, found: float | None, finds: float | None) -> bool:
    """Whether a model that learned classes finds far less than its parent, which knew none.

    The parent has 0 with classes: nearly anything would pass for better than that.

    Args:
        before: Mask mAP50-95 of the parent; None when it was not measured, as for the next two.
        found: Its mask mAP50 whatever the class.
        finds: The same of the candidate.
    """
    if before is None or found is None or finds is None:
        return False
    return before < LITTLE and finds < found - FALL
