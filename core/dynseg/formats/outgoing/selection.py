"""Which images go into an export, where each belongs and what it is called there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from dynseg.annotation.document import ImageState
from dynseg.curation import split
from dynseg.errors import InputError
from dynseg.formats.finding import Finding
from dynseg.formats.outgoing import export_names, picture
from dynseg.project.folder import MISSING
from dynseg.project.readable import unreadable
from dynseg.project.records import ImageRow
from dynseg.project.view import ProjectView


@dataclass(frozen=True, slots=True)
class Job:
    """One image on its way into an export.

    Attributes:
        row: The image in the project.
        source: Its file.
        stem: Its name in the export without suffix.
        split: "train", "val" or "test".
    """

    row: ImageRow
    source: Path
    stem: str
    split: str


def wanted(
    view: ProjectView,
    dropped: list[Finding],
    *,
    only_reviewed: bool,
    among: Collection[int] | None = None,
) -> list[ImageRow]:
    """The images to write, in the order of the project.

    Args:
        view: The project.
        dropped: Takes a finding for every image that should be in it and cannot.
        only_reviewed: Reviewed images alone; else all with at least one instance too. An image
            that nobody looked at is never exported as empty.
        among: Ids of the images that are asked for; None for all.
    """
    asked, chosen = [], []
    ids = None if among is None else frozenset(among)
    for row in view.images():
        if ids is not None and row.id not in ids:
            continue
        labelled = row.instance_count and row.state is not ImageState.SKIPPED
        if row.state is ImageState.REVIEWED or (labelled and not only_reviewed):
            asked.append(row)
    damaged = unreadable(view, [row.id for row in asked])
    for row in asked:
        reason = row.damage or _too_small(row)
        if row.id in damaged:
            reason = damaged[row.id].reason
        if reason:
            gone = row.rel if reason == MISSING else ""
            dropped.append(Finding(row.rel, None, f"{reason}; left out", missing=gone))
        else:
            chosen.append(row)
    return chosen


def jobs(
    view: ProjectView, chosen: Sequence[ImageRow], *, only_reviewed: bool, of_some: bool = False
) -> list[Job]:
    """Names and splits for images; those without a split get the one that is proposed.

    Args:
        view: The project.
        chosen: The images, from `wanted`.
        only_reviewed: Reviewed images were asked for, which is said where there are none.
        of_some: Some images were asked for, which is said as well.

    Raises:
        InputError: there is nothing to export.
    """
    if not len(view.classes()):
        raise InputError(
            "The project has no classes; nothing was exported.",
            "Add a class and label some images first.",
        )
    if not chosen:
        what = "reviewed image" if only_reviewed else "image with labels"
        raise InputError(
            f"Among the chosen images is no {what}; nothing was exported."
            if of_some
            else f"There is no {what}; nothing was exported.",
            "Review images first, or export all labelled ones with `--all`.",
        )
    rule = split.rule_of(view)
    splits = split.propose(view, chosen, val_share=rule.val_share, group_of=rule.group_of)
    stems = export_names.stems({row.id: row.rel for row in chosen})
    return [
        Job(row, view.image_path(row.id), stems[row.id], row.split or splits[row.id])
        for row in chosen
    ]


def _too_small(row: ImageRow) -> str:
    if min(row.width, row.height) >= picture.MIN_SIDE_PX:
        return ""
    return f"is smaller than {picture.MIN_SIDE_PX} pixels, which ultralytics refuses"
