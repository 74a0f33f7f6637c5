"""The queue that knows how little it knows: typical images first, doubtful ones later.

With few labels it shows what stands for most of the folder; the model's doubts decide once they
have been right often enough. Either way two images that show nearly the same do not follow each
other while others wait.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dynseg.annotation.document import ImageState
from dynseg.errors import ProjectError
from dynseg.project.records import ImageRow
from dynseg.project.view import ProjectView
from dynseg.review import trust as trusting
from dynseg.review.appearance import Appearances, read_appearances
from dynseg.review.effort import verdicts
from dynseg.review.queue import SETTLED, uncertainties
from dynseg.review.trust import Trust
from dynseg.review.typical import Choice, spread, standardised, typical_order

UNKNOWN = "not compared with the others yet"
LOOKED_BACK = 30
"""Reviewed images that say what the model's scores are worth."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Where an image stands, and why.

    Attributes:
        value: In (0, 1]; the next image has the highest.
        reason: A clause for a person.
    """

    value: float
    reason: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The queue.

    Attributes:
        by_image: Every image that waits for a person, by id.
        follows_doubt: Whether the model's doubts decide.
        trust: What its scores were worth.
        undescribed: Images that it cannot compare yet; they stand at the end, as in the list.
    """

    by_image: dict[int, Suggestion]
    follows_doubt: bool
    trust: Trust
    undescribed: int

    @property
    def basis(self) -> str:
        """What the order follows, and why, in one sentence."""
        trust = self.trust
        if self.follows_doubt:
            return (
                "What the model doubts comes first: of its last "
                f"{trust.proposals} proposals {trust.right} were right"
                + (
                    f", and right ones had the higher score in {trust.tells_apart:.0%} of pairs."
                    if trust.tells_apart is not None
                    else "."
                )
            )
        return (
            "Typical images come first, each unlike those before: the model's doubts are not "
            "worth following yet."
        )


def suggest(view: ProjectView, known: Appearances | None = None) -> Suggestions:
    """Order the images that wait for a person.

    Args:
        view: The project.
        known: What its images show; what the project keeps when None.

    Raises:
        ProjectError: the project cannot be read.
    """
    rows = [row for row in view.images() if not row.damage]
    waiting = [row for row in rows if row.state not in SETTLED]
    if known is None:
        known = read_appearances(view.layout)
    try:
        trust = trusting.measure(verdicts(view, images=LOOKED_BACK))
    except ProjectError:
        trust = trusting.measure([])  # a damaged history is the business of `dynseg check`
    doubts = uncertainties(view) if trust.is_earned else {}
    ranked = _doubtful(waiting, doubts, known) if doubts else _typical(rows, known)
    placed = {row.id for row, _ in ranked}
    ranked += [(row, UNKNOWN) for row in waiting if row.id not in placed]
    count = max(1, len(ranked))
    return Suggestions(
        {
            row.id: Suggestion((count - place) / count, reason)
            for place, (row, reason) in enumerate(ranked)
        },
        follows_doubt=bool(doubts),
        trust=trust,
        undescribed=len(known.missing(waiting)),
    )


def _typical(rows: Sequence[ImageRow], known: Appearances) -> list[tuple[ImageRow, str]]:
    """Those that stand for most images that no reviewed one resembles."""
    described, features = known.of(rows)
    vectors = standardised(features)
    settled = np.array([row.state in SETTLED for row in described], np.bool_)
    choices = typical_order(vectors, settled)
    reasons = {
        choice.place: _why_typical(choice, any_known=bool(settled.any())) for choice in choices
    }
    order = spread([choice.place for choice in choices], vectors)
    return [(described[place], reasons[place]) for place in order]


def _why_typical(choice: Choice, *, any_known: bool) -> str:
    if choice.stands_for <= 1:
        return "shows what others before it show as well"
    before = "reviewed or earlier one" if any_known else "earlier one"
    return f"typical: {choice.stands_for} images look more like it than like any {before}"


def _doubtful(
    waiting: Sequence[ImageRow], doubts: dict[int, float], known: Appearances
) -> list[tuple[ImageRow, str]]:
    """The least certain ones; images without proposals follow, since nothing is known of them."""
    ranked = sorted(waiting, key=lambda row: -doubts.get(row.id, -1.0))
    described, features = known.of(ranked)
    if len(described) == len(ranked):
        ranked = [ranked[place] for place in spread(range(len(ranked)), standardised(features))]
    return [(row, _why_doubtful(row, doubts.get(row.id))) for row in ranked]


def _why_doubtful(row: ImageRow, doubt: float | None) -> str:
    if doubt is None:
        if row.state is ImageState.UNLABELLED:
            return "the model had not looked at it when the order was made"
        return "no proposals that wait for a person"
    lowest = f"; its least certain shape has {row.min_score:.2f}" if row.min_score else ""
    return f"the model doubts ({doubt:.0%}){lowest}"
