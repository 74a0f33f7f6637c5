"""How unsure a model is of what it proposed in an image."""

from __future__ import annotations

import math
from collections.abc import Iterable

LOOKED_AT = 3
"""An image is as uncertain as its few most doubtful shapes: one doubtful shape among fifty sure
ones is still worth a look, and a hundred sure ones do not add up to a doubt."""


def doubt(score: float) -> float:
    """Binary entropy of a score in bits: 1 at 0.5, 0 at 0 and 1.

    Args:
        score: Confidence of the model in [0, 1].
    """
    if not 0.0 < score < 1.0:
        return 0.0
    return -score * math.log2(score) - (1.0 - score) * math.log2(1.0 - score)


def uncertainty(scores: Iterable[float]) -> float | None:
    """Mean doubt of the most doubtful shapes of an image, in [0, 1]; None when it has none.

    The idea is entropy sampling (B. Settles, "Active Learning Literature Survey", 2009), taken over
    the objects of an image.

    Args:
        scores: Of the proposals that nobody has touched.
    """
    doubts = sorted(map(doubt, scores), reverse=True)[:LOOKED_AT]
    return sum(doubts) / len(doubts) if doubts else None
