"""What a person still had to do with the proposals of a model, read from the journal.

Nobody is timed or asked anything: every step of the history says who made it and what it changed,
so the figures also exist for work that was done before anybody wanted them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from msgspec import structs

from dynseg.annotation.delta import Delta
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.errors import DamagedError
from dynseg.geometry.polygon import iou
from dynseg.project.records import JournalEntry
from dynseg.project.runs import ACCEPT, MARK, UNDONE
from dynseg.project.view import ProjectView

ROUND = 10
"""Reviewed images that make one point of the curve."""
PAUSE_S = 60.0
"""A longer gap between two steps was no work on the image."""
RIGHT_IOU = 0.75
"""A proposal whose outline was corrected by less was right."""
_ALL_STEPS = 1 << 31


@dataclass(frozen=True, slots=True)
class Effort:
    """The work on one reviewed image, or on several.

    Attributes:
        images: How many.
        objects: Shapes in the end.
        offered: Shapes that a model had proposed when the person began.
        unchanged: Of these, kept as they were.
        corrected: Of these, kept with another outline.
        relabelled: Of these, kept with the same outline and another class.
        deleted: Of these, thrown away.
        added: Shapes that no model had proposed.
        imported: Shapes that came from label files.
        gestures: Steps of the person, each one entry in the undo list.
        overlap: Summed overlap (IoU) of kept proposals with what became of them.
        seconds: Time between steps, pauses left out.
    """

    images: int = 0
    objects: int = 0
    offered: int = 0
    unchanged: int = 0
    corrected: int = 0
    relabelled: int = 0
    deleted: int = 0
    added: int = 0
    imported: int = 0
    gestures: int = 0
    overlap: float = 0.0
    seconds: float = 0.0

    @property
    def unchanged_share(self) -> float | None:
        """Part of the proposals that were right; None when there was none."""
        return self.unchanged / self.offered if self.offered else None

    @property
    def gestures_per_object(self) -> float | None:
        """Steps of the person over objects in the end; None when there is none."""
        return self.gestures / self.objects if self.objects else None

    @property
    def mean_overlap(self) -> float | None:
        """Overlap of kept proposals with what became of them; None when none was kept."""
        kept = self.unchanged + self.corrected + self.relabelled
        return self.overlap / kept if kept else None

    def figures(self) -> dict[str, float | None]:
        """Counts and shares by name, for JSON and tables."""
        return {
            "images": self.images,
            "objects": self.objects,
            "offered": self.offered,
            "unchanged": self.unchanged,
            "corrected": self.corrected,
            "relabelled": self.relabelled,
            "deleted": self.deleted,
            "added": self.added,
            "imported": self.imported,
            "gestures": self.gestures,
            "unchanged_share": _rounded(self.unchanged_share),
            "gestures_per_object": _rounded(self.gestures_per_object),
            "mean_overlap": _rounded(self.mean_overlap),
            "seconds": round(self.seconds, 1),
        }


def effort_of_project(view: ProjectView) -> list[Effort]:
    """The work on every reviewed image, in the order in which they were reviewed.

    Without those whose proposals were accepted together with others, unseen. Images whose shapes or
    steps cannot be read are left out: nothing is known of the work on them.
    """
    return _efforts(view, _reviewed(view))


def latest_effort(view: ProjectView, *, images: int = ROUND) -> list[Effort]:
    """The work on the images that were reviewed last, without those that cannot be read."""
    return _efforts(view, _reviewed(view)[-images:])


def _reviewed(view: ProjectView) -> list[int]:
    """Reviewed images that somebody has looked at, in the order in which they were reviewed."""
    unseen = _accepted_unseen(view)
    rows = view.images_in_state(ImageState.REVIEWED)
    return [row.id for row in rows if not row.damage and row.id not in unseen]


def _accepted_unseen(view: ProjectView) -> set[int]:
    """Ids of images whose proposals were accepted together with those of others.

    Nobody looked at each of them, so they do not say that the model was right; but who took a step
    of their own in an image later did look at it.
    """
    runs = (
        run
        for run in view.runs()
        if run.kind in (ACCEPT, MARK)
        and run.settings.get("mark", "reviewed") == "reviewed"
        and run.state != UNDONE
    )
    return {image_id for run in runs for image_id in view.run_steps(run.id, untouched=True)}


def _efforts(view: ProjectView, image_ids: Iterable[int]) -> list[Effort]:
    found = []
    for image_id in image_ids:
        with suppress(DamagedError):
            found.append(effort_of_image(view, image_id))
    return found


def effort_of_image(view: ProjectView, image_id: int) -> Effort:
    """The work on one image up to now.

    Raises:
        ProjectError: the history is damaged.
    """
    entries = {entry.seq: entry for entry in view.journal(image_id, _ALL_STEPS)}
    deltas = view.deltas(image_id)
    steps = [(entries[seq], delta) for seq, delta in deltas if seq in entries]
    return effort_of_steps(view.annotation(image_id), steps)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person made of one proposal.

    Attributes:
        score: Confidence of the model in it.
        right: Kept with its class, and with its outline but for small corrections.
    """

    score: float
    right: bool


def verdicts(view: ProjectView, *, images: int) -> list[Verdict]:
    """What became of the proposals in the images that were reviewed last.

    Images whose shapes or steps cannot be read are left out.
    """
    found = []
    for image_id in _reviewed(view)[-images:]:
        with suppress(DamagedError):
            found += _verdicts(view, image_id)
    return found


def _verdicts(view: ProjectView, image_id: int) -> list[Verdict]:
    ends = {item.id: item for item in view.annotation(image_id).instances}
    offered: dict[str, Instance] = {}
    for _, delta in view.deltas(image_id):
        _take(offered, delta)
    return [
        Verdict(before.score, _is_right(before, ends.get(before.id)))
        for before in offered.values()
        if before.score is not None
    ]


def _is_right(before: Instance, after: Instance | None) -> bool:
    if after is None or after.class_id != before.class_id:
        return False
    return after.parts == before.parts or iou(before.parts, after.parts) >= RIGHT_IOU


def outlined_by_person(view: ProjectView, image_id: int) -> set[str]:
    """Ids of the shapes of an image whose outline a person drew, changed or brought along.

    Without the proposals that were kept as they are or only got another class: their outlines say
    what a model draws, and a person had no reason to look at them closely.

    Raises:
        ProjectError: the history is damaged, or there is no such image.
    """
    offered: dict[str, Instance] = {}
    for _, delta in view.deltas(image_id):
        _take(offered, delta)
    return {
        item.id
        for item in view.annotation(image_id).instances
        if item.origin is not Origin.MODEL
        and (item.id not in offered or item.parts != offered[item.id].parts)
    }


def effort_of_steps(document: Annotation, steps: Iterable[tuple[JournalEntry, Delta]]) -> Effort:
    """The work that led to a document.

    Args:
        document: What came out.
        steps: Every step that counts, the oldest first.
    """
    offered: dict[str, Instance] = {}
    imported: set[str] = set()
    times_s: list[float] = []
    gestures = 0
    for entry, delta in steps:
        if _is_offer(delta):
            _offer(offered, delta)
        elif entry.run_id is not None:
            imported |= _taken_over(offered, delta)
        else:
            _take(offered, delta)
            gestures += 1
            times_s.append(entry.time_s)
    ends = {item.id: item for item in document.instances}
    pairs = [(item, ends.get(item.id)) for item in offered.values()]
    kept = [(before, after) for before, after in pairs if after is not None]
    same = [after.parts == before.parts for before, after in kept]
    overlaps = [
        1.0 if alike else iou(before.parts, after.parts)
        for alike, (before, after) in zip(same, kept, strict=True)
    ]
    unlike = [before.class_id != after.class_id for before, after in kept]
    return Effort(
        images=1,
        objects=len(ends),
        offered=len(offered),
        unchanged=sum(a and not u for a, u in zip(same, unlike, strict=True)),
        corrected=len(same) - sum(same),
        relabelled=sum(a and u for a, u in zip(same, unlike, strict=True)),
        deleted=len(pairs) - len(kept),
        added=len(ends.keys() - offered.keys() - imported),
        imported=len(ends.keys() & imported),
        gestures=gestures,
        overlap=sum(overlaps),
        seconds=_worked_s(times_s),
    )


def total(efforts: Iterable[Effort]) -> Effort:
    """The work on all these images."""
    names = Effort.__slots__
    sums: dict[str, float] = dict.fromkeys(names, 0)
    for effort in efforts:
        for name in names:
            sums[name] += getattr(effort, name)
    return Effort(**sums)  # type: ignore[arg-type]


def rounds(efforts: Sequence[Effort], *, images: int = ROUND) -> list[Effort]:
    """The work image by image as a short curve: one point for every few images."""
    return [total(efforts[at : at + images]) for at in range(0, len(efforts), images)]


def _is_offer(delta: Delta) -> bool:
    """Whether a model put new shapes there, by a batch, on opening, or because of its slider."""
    gone = {item.id for _, item in delta.removed}
    return bool(delta.added) and all(
        not item.is_human_work and not item.is_copied_proposal and item.id not in gone
        for _, item in delta.added
    )


def _take(offered: dict[str, Instance], delta: Delta) -> None:
    """Follow what is proposed: what gave way to a shape that followed was not judged."""
    if _is_offer(delta):
        _offer(offered, delta)
    elif _gave_way(delta):
        stays = {item.id for _, item in delta.added}
        for _, item in delta.removed:
            if item.id not in stays:
                offered.pop(item.id, None)


def _gave_way(delta: Delta) -> bool:
    """Whether shapes that followed came in the place of what a model had proposed."""
    known = {item.id for _, item in delta.removed}
    fresh = [item for _, item in delta.added if item.id not in known]
    return bool(fresh) and all(item.is_copied_proposal for item in fresh)


def _taken_over(offered: dict[str, Instance], delta: Delta) -> set[str]:
    """Ids of shapes that a run brought; one that changed the classes altered what was offered."""
    gone = {item.id for _, item in delta.removed}
    stays = {item.id: item for _, item in delta.added}
    for shape_id in gone & offered.keys():
        before = offered.pop(shape_id)
        if shape_id in stays:
            offered[shape_id] = structs.replace(before, class_id=stays[shape_id].class_id)
    return stays.keys() - gone


def _offer(offered: dict[str, Instance], delta: Delta) -> None:
    for _, item in delta.removed:
        offered.pop(item.id, None)
    for _, item in delta.added:
        offered[item.id] = item


def _worked_s(times_s: Sequence[float]) -> float:
    gaps = (after - before for before, after in itertools.pairwise(times_s))
    return sum(gap for gap in gaps if 0.0 < gap <= PAUSE_S)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
