"""Counts what an export would hold, before it runs. Reads all labels: not for the GUI thread."""

from __future__ import annotations

from dynseg.annotation.document import ImageState
from dynseg.formats.picture import MIN_SIDE_PX
from dynseg.project.records import ImageRow
from dynseg.project.view import ProjectView
from dynseg_annotator.dialogs.export_dialog import Preflight, Scope


def count(view: ProjectView) -> dict[Scope, Preflight]:
    """What each scope would hold.

    Args:
        view: A project or, better, one moment of it (`store.snapshot()`).

    Raises:
        ProjectError: stored labels are damaged.
    """
    rows = view.images()
    return {
        "reviewed": _facts(view, [row for row in rows if row.state is ImageState.REVIEWED]),
        "shapes": _facts(
            view,
            [row for row in rows if row.instance_count or row.state is ImageState.REVIEWED],
        ),
    }


def _facts(view: ProjectView, rows: list[ImageRow]) -> Preflight:
    usable = [row for row in rows if not row.damage and min(row.width, row.height) >= MIN_SIDE_PX]
    holes = parts = 0
    for annotation in view.annotations(row.id for row in usable):
        for instance in annotation.instances:
            holes += any(part.holes for part in instance.parts)
            parts += len(instance.parts) > 1
    return Preflight(
        images=len(usable),
        instances=sum(row.instance_count for row in usable),
        empty=sum(not row.instance_count for row in usable),
        with_holes=holes,
        in_parts=parts,
        unreadable=len(rows) - len(usable),
        undivided=sum(not row.split for row in usable),
        size_bytes=sum(row.size_bytes for row in usable),
    )
