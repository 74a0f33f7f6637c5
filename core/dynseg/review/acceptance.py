"""Keeping what a model proposed on many images at once, as one run that is taken back as a whole.

A person decides by a score, without looking at each shape: so human work stays as it is, images
that were reviewed or skipped stay as they are, and nobody vouches for an image without shapes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from dynseg.annotation import edits
from dynseg.annotation.delta import Delta, diff
from dynseg.annotation.document import Annotation, ImageState
from dynseg.errors import DamagedError, DynsegError, UnknownImageError
from dynseg.progress import CancelledError, CancelToken, Meter, Report, ignore
from dynseg.project.records import ImageRow
from dynseg.project.runs import ACCEPT, UNDONE
from dynseg.project.store import Store
from dynseg.project.view import ProjectView
from dynseg.review.queue import SETTLED

T = TypeVar("T")

AT_ONCE = 32
"""Images in one write: who draws meanwhile waits no longer than for these."""
BACKUP_REASON = "before proposals are accepted"


class Write(Protocol):
    """Calls something on the thread that writes."""

    def __call__(self, work: Callable[[Store], T], /) -> T:
        """Returns what it returned."""


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


class Accepted(NamedTuple):
    """What an acceptance did.

    Attributes:
        run_id: Of the run that takes it back; empty when nothing was changed.
        proposals, images: Proposals that became human work, and the images that were changed.
        reviewed: Images that are reviewed now.
        kept: Ids of images that were changed meanwhile, or cannot be read, and stay as they are.
        stopped: It was stopped before it had seen all images.
    """

    run_id: str = ""
    proposals: int = 0
    images: int = 0
    reviewed: int = 0
    kept: tuple[int, ...] = ()
    stopped: bool = False


def accept_many(
    store: Store,
    image_ids: Iterable[int],
    *,
    least: float,
    as_reviewed: bool,
    write: Write | None = None,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> Accepted:
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
    on_writer: Write = write or (lambda work: work(store))
    wanted = set(image_ids)
    ids = [row.id for row in store.images() if row.id in wanted and _waits(row)]
    if not ids:
        return Accepted()
    store.backup(BACKUP_REASON)
    meter, done = Meter("Accepting proposals", len(ids), report), Accepted()
    try:
        for start in range(0, len(ids), AT_ONCE):
            if cancel is not None:
                cancel.check()
            part = ids[start : start + AT_ONCE]
            done = on_writer(partial(_accept, done, part, least, as_reviewed))
            meter.advance(len(part))
    except _TakenBackError:
        return Accepted(stopped=True)
    except CancelledError:
        done = done._replace(stopped=True)
    except DynsegError:
        with suppress(DynsegError):  # what is told is why it failed
            _finish(on_writer, done.run_id, "failed")
        raise
    _finish(on_writer, done.run_id, "cancelled" if done.stopped else "finished")
    return done if done.images else done._replace(run_id="")


class _TakenBackError(Exception):
    """Somebody took the run back while it went on."""


def _finish(on_writer: Write, run_id: str, state: str) -> None:
    if run_id:
        on_writer(lambda own: own.finish_run(run_id, state))


def _accept(
    before: Accepted, image_ids: Sequence[int], least: float, as_reviewed: bool, store: Store
) -> Accepted:
    """Accept on a few images in one transaction; the first change makes the run."""
    kept: list[int] = []
    items: list[tuple[int, int, Delta]] = []
    for image_id in image_ids:
        try:
            document = store.annotation(image_id)
        except (DamagedError, UnknownImageError):
            kept.append(image_id)
            continue
        delta = diff(document, accepted(document, least, as_reviewed=as_reviewed))
        if not delta.is_empty:
            items.append((image_id, document.revision, delta))
    if not items:
        return before._replace(kept=(*before.kept, *kept))
    settings = {"least": least, "as_reviewed": as_reviewed}
    run_id = before.run_id or store.begin_run(ACCEPT, "", settings)
    refused = set(store.commit_run(run_id, items))
    if len(refused) == len(items) and _is_taken_back(store, run_id):
        raise _TakenBackError
    deltas = [delta for image_id, _, delta in items if image_id not in refused]
    reviewed = sum(delta.state_after is ImageState.REVIEWED for delta in deltas)
    return before._replace(
        run_id=run_id,
        proposals=before.proposals + sum(len(delta.added) for delta in deltas),
        images=before.images + len(deltas),
        reviewed=before.reviewed + reviewed,
        kept=(*before.kept, *kept, *sorted(refused)),
    )


def _is_taken_back(store: Store, run_id: str) -> bool:
    return any(run.id == run_id and run.state == UNDONE for run in store.runs())


def accepted(document: Annotation, least: float, *, as_reviewed: bool) -> Annotation:
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
