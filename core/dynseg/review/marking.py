"""Deciding about many images that a person has chosen, without opening each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from dynseg.annotation import edits
from dynseg.annotation.document import ImageState
from dynseg.progress import CancelToken, Report, ignore
from dynseg.project.records import ImageRow
from dynseg.project.runs import MARK
from dynseg.project.store import Store
from dynseg.project.view import ProjectView
from dynseg.review.many import Changed, Write, change_many
from dynseg.review.queue import SETTLED

Mark = Literal["reviewed", "skipped", "open"]
"""What images become: vouched for, left out, put back to work."""

EDITS: dict[Mark, Callable[[], edits.Edit]] = {
    "reviewed": edits.accept_all,
    "skipped": lambda: edits.set_state(ImageState.SKIPPED),
    "open": edits.reopen,
}


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a mark would do.

    Attributes:
        ids: Ids of the images that it changes.
        empty: Those of them without a shape: a review says that nothing is on them.
        skipped: How many of them were left out on purpose.
        unseen: How many stay as they are because nobody can vouch for them: their file is damaged,
            missing, or another one than their labels were made on.
    """

    ids: tuple[int, ...]
    empty: tuple[int, ...] = ()
    skipped: int = 0
    unseen: int = 0

    @property
    def with_shapes(self) -> tuple[int, ...]:
        """Ids of those that are not empty."""
        empty = set(self.empty)
        return tuple(image_id for image_id in self.ids if image_id not in empty)


def foresee(rows: Iterable[ImageRow], mark: Mark) -> Foreseen:
    """What a mark of these images would do, from what the list knows of them."""
    if mark == "skipped":
        return Foreseen(tuple(row.id for row in rows if row.state is not ImageState.SKIPPED))
    if mark == "open":
        return Foreseen(tuple(row.id for row in rows if row.state in SETTLED))
    waiting = [row for row in rows if row.state is not ImageState.REVIEWED]
    seen = [row for row in waiting if not row.damage and not row.is_other_file]
    empty = tuple(row.id for row in seen if not row.instance_count)
    return Foreseen(
        tuple(row.id for row in seen),
        empty,
        skipped=sum(row.state is ImageState.SKIPPED for row in seen),
        unseen=len(waiting) - len(seen),
    )


def proposals_on(view: ProjectView, image_ids: Iterable[int]) -> Counter[int]:
    """How many proposals on these images have which class, by its id."""
    known = view.proposals()
    return Counter(class_id for i in image_ids for class_id, _ in known.get(i, []))


def mark_many(
    store: Store,
    image_ids: Collection[int],
    mark: Mark,
    *,
    write: Write | None = None,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> Changed:
    """Mark images that a person has chosen; one run.

    Reviewing accepts their proposals. Images whose file cannot be shown, or is another one, are
    not reviewed.

    Args:
        store: The project.
        image_ids: The images; those that are so already stay as they are.
        mark: What they become.
        write: Calls what writes; on this thread when None.
        report: Is told of the progress.
        cancel: Stops it.

    Raises:
        ReadOnlyError: the project is open read-only.
        StoreWriteError: the disk refuses; what was marked before stays.
    """
    wanted = set(image_ids)
    return change_many(
        store,
        foresee((row for row in store.images() if row.id in wanted), mark).ids,
        EDITS[mark](),
        kind=MARK,
        settings={"mark": mark},
        stage="Marking images",
        write=write,
        report=report,
        cancel=cancel,
    )
