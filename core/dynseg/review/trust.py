"""Whether the model's doubts are worth following: measured on what people made of its proposals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dynseg.review.effort import Verdict

LEAST_PROPOSALS = 40
LEAST_OF_EACH = 8
"""So many right and so many wrong proposals say something about what scores are worth."""
TELLS_APART = 0.65
"""Chance that a right proposal has a higher score than a wrong one, from which on scores count."""
MOSTLY_RIGHT = 0.9
"""Where nearly everything is right, typical images have nothing left to teach."""


@dataclass(frozen=True, slots=True)
class Trust:
    """What the scores of a model were worth on the images that were reviewed last.

    Attributes:
        proposals: Proposals that a person decided about.
        right: Of these, kept.
        tells_apart: Chance that a right one had a higher score than a wrong one (the area under
            the ROC curve): 0.5 is no better than tossing a coin. None with too few of each.
        error: Expected calibration error: how far scores lie from the share that was right, in ten
            groups of scores. None without proposals.
    """

    proposals: int
    right: int
    tells_apart: float | None
    error: float | None

    @property
    def is_earned(self) -> bool:
        """Whether the model knows what it does not know."""
        if self.proposals < LEAST_PROPOSALS:
            return False
        if self.right >= MOSTLY_RIGHT * self.proposals:
            return True
        return self.tells_apart is not None and self.tells_apart >= TELLS_APART


def measure(verdicts: Sequence[Verdict]) -> Trust:
    """What the scores of proposals said about what became of them."""
    scores = np.array([verdict.score for verdict in verdicts], np.float64)
    right = np.array([verdict.right for verdict in verdicts], np.bool_)
    good, bad = scores[right], scores[~right]
    tells_apart = None
    if min(len(good), len(bad)) >= LEAST_OF_EACH:
        # Not pair by pair: thirty crowded images have a thousand million of them.
        bad.sort()
        below, up_to = (np.searchsorted(bad, good, side).mean() for side in ("left", "right"))
        tells_apart = float(below + up_to) / (2 * len(bad))
    return Trust(len(scores), int(right.sum()), tells_apart, _calibration_error(scores, right))


def _calibration_error(
    scores: np.ndarray[tuple[int], np.dtype[np.float64]],
    right: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> float | None:
    """C. Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, section 2."""
    if not len(scores):
        return None
    group = np.minimum((scores * 10).astype(int), 9)
    return float(
        sum(
            abs(scores[group == g].mean() - right[group == g].mean()) * (group == g).mean()
            for g in np.unique(group)
        )
    )
