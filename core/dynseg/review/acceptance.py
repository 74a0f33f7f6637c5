"""Keeping what a model proposed on many images at once, as one run that is taken back as a whole.

A person decides by a score, without looking at each shape: so human work stays as it is, images
that were reviewed or skipped stay as they are, and nobody vouches for an image without shapes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dynseg.annotation import edits
from dynseg.annotation.document import Annotation
from dynseg.progress import CancelToken, Report, ignore
from dynseg.project.records import ImageRow
from dynseg.project.runs import ACCEPT
from dynseg.project.store import Store
from dynseg.project.view import ProjectView
from dynseg.review.many import Changed, Write, change_many
from dynseg.review.queue import SETTLED


class Foreseen(NamedTuple):
    """What an acceptance would do, as counts.

    Attributes:
        proposals, images: Proposals that become human work, and the images that they are on.
        reviewed: Images that become reviewed.
        left, doubtful: Proposals with a lower score, and the images that they are on.
        empty: Images without shapes, which nobody vouches for in this way.
        nameless: Of the proposals, those of the class that stands for anything.
    """

    proposals: int
    images: int
    reviewed: int
    left: int
    doubtful: int
    empty: int
    nameless: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """The images that wait for a person, and the scores of their proposals.

    Attributes:
        ids: `(M,)` int64, ids of images.
        shapes: `(M,)` int64, how many shapes each has.
        drawn_on: `(M,)` bool, whether somebody is at work on it: not all shapes came with a run.
        scores: `(N,)` float64, of all proposals; 1 where the model said none.
        owners: `(N,)` int64, place in `ids` of the image of each proposal.
        classes: `(N,)` int64, id of the class of each proposal.
    """

    ids: NDArray[np.int64]
    shapes: NDArray[np.int64]
    drawn_on: NDArray[np.bool_]
    scores: NDArray[np.float64]
    owners: NDArray[np.int64]
    classes: NDArray[np.int64]

    def among(self, image_ids: Collection[int]) -> Waiting:
        """Those of these images alone."""
        chosen = np.isin(self.ids, np.fromiter(image_ids, np.int64, len(image_ids)))
        places = np.cumsum(chosen) - 1
        own = chosen[self.owners]
        return Waiting(
            ids=self.ids[chosen],
            shapes=self.shapes[chosen],
            drawn_on=self.drawn_on[chosen],
            scores=self.scores[own],
            owners=places[self.owners[own]],
            classes=self.classes[own],
        )

    def foresee(self, least: float, *, as_reviewed: bool, nameless: int | None = None) -> Foreseen:
        """What accepting all proposals of at least this score would do.

        Args:
            least: The score.
            as_reviewed: Images without a proposal left become reviewed, but for those on which
                nothing was proposed and a person has drawn.
            nameless: Id of the class that stands for anything; None when there is none.
        """
        count = len(self.ids)
        taken = self.scores >= least
        here = np.bincount(self.owners[taken], minlength=count)
        left = np.bincount(self.owners[~taken], minlength=count)
        sure = (left == 0) & (self.shapes > 0) & ((here > 0) | ~self.drawn_on)
        if not as_reviewed:
            sure[:] = False
        return Foreseen(
            proposals=int(taken.sum()),
            images=int(np.count_nonzero(here)),
            reviewed=int(np.count_nonzero(sure)),
            left=int(len(taken) - taken.sum()),
            doubtful=int(np.count_nonzero(left)),
            empty=int(np.count_nonzero(self.shapes == 0)),
            nameless=int(
                np.count_nonzero(self.classes[taken] == (-1 if nameless is None else nameless))
            ),
        )


def waiting(view: ProjectView) -> Waiting:
    """What could be accepted in a project: all images that wait for a person and can be seen."""
    rows = [row for row in view.images() if _waits(row)]
    known, drawn_on = view.proposals(), view.drawn_on()
    proposals = [known.get(row.id, []) for row in rows]
    flat = [proposal for own in proposals for proposal in own]
    return Waiting(
        ids=np.array([row.id for row in rows], np.int64),
        shapes=np.array([row.instance_count for row in rows], np.int64),
        drawn_on=np.array([row.id in drawn_on for row in rows], np.bool_),
        scores=np.array([1.0 if score is None else score for _, score in flat], np.float64),
        owners=np.repeat(np.arange(len(rows)), [len(own) for own in proposals]).astype(np.int64),
        classes=np.array([class_id for class_id, _ in flat], np.int64),
    )


def accept_many(
    store: Store,
    image_ids: Iterable[int],
    *,
    least: float,
    as_reviewed: bool,
    write: Write | None = None,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> Changed:
    """Accept the proposals of images that wait for a person; one run.

    A verified backup is made first. What is accepted stays when this is stopped; nothing more is
    accepted once the run is taken back.

    Args:
        store: The project.
        image_ids: The images; those that are reviewed, skipped or damaged are passed over.
        least: Lowest score, in [0, 1], of a proposal that is accepted.
        as_reviewed: Also mark reviewed those that have shapes and no proposal left, but for those
            on which nothing was proposed and a person has drawn.
        write: Calls what writes; on this thread when None.
        report: Is told of the progress.
        cancel: Stops it.

    Raises:
        ReadOnlyError: the project is open read-only.
        StoreWriteError: the disk refuses; what was accepted before stays.
    """
    wanted = set(image_ids)
    return change_many(
        store,
        [row.id for row in store.images() if row.id in wanted and _waits(row)],
        partial(accepted, least=least, as_reviewed=as_reviewed),
        kind=ACCEPT,
        settings={"least": least, "as_reviewed": as_reviewed},
        stage="Accepting proposals",
        write=write,
        report=report,
        cancel=cancel,
    )


def accepted(document: Annotation, *, least: float, as_reviewed: bool) -> Annotation:
    """A document with its proposals of at least this score accepted."""
    proposals = [item for item in document.instances if not item.is_human_work]
    sure = [item.id for item in proposals if item.score is None or item.score >= least]
    # Where nothing was proposed and a person has drawn, they may be in the midst of it.
    whole = bool(sure) or all(item.run_id is not None for item in document.instances)
    if as_reviewed and document.instances and len(sure) == len(proposals) and whole:
        return edits.accept_all()(document)
    return edits.accept(sure)(document) if sure else document


def _waits(row: ImageRow) -> bool:
    return row.state not in SETTLED and not row.damage and not row.is_other_file
