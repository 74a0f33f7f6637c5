"""What an export would hold, before it runs; by the same steps as the export itself."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import PurePosixPath

from dynseg.annotation.document import Annotation
from dynseg.formats.finding import Finding
from dynseg.formats.format import Format
from dynseg.formats.outgoing import fitting, picture, selection
from dynseg.formats.outgoing.counts import Counts, Loss
from dynseg.formats.outgoing.fitting import Tally
from dynseg.formats.outgoing.policy import Policy
from dynseg.progress import CancelToken, Meter, Report, ignore
from dynseg.project.records import ImageRow
from dynseg.project.view import ProjectView

_MAY_BE_WIDE = frozenset({
    ".png", ".tif", ".tiff", ".jp2", ".ppm", ".pgm", ".heic", ".heif", ".hif",
})  # fmt: skip
_LOOKED_AT = 200
"""Files whose header is read: images of a folder are alike, and a slow disk is waited for."""


class Preflight(Counts, frozen=True):
    """Counts in, counts out, and why they differ.

    Attributes:
        dropped: What would be left out, one finding each.
        repaired: What would be changed, one finding each.
    """

    dropped: tuple[Finding, ...] = ()
    repaired: tuple[Finding, ...] = ()


def count(
    view: ProjectView,
    form: Format,
    policy: Policy,
    *,
    only_reviewed: bool = True,
    among: Collection[int] | None = None,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> Preflight:
    """Say what an export would hold; nothing is written and no image is decoded.

    Args:
        view: A project or, better, one moment of it (`store.snapshot()`).
        form: The format.
        policy: What becomes of what it cannot hold.
        only_reviewed: As for the export.
        among: As for the export.
        report: Told after every image.
        cancel: Asked between images.

    Raises:
        CancelledError: `cancel` was set.
    """
    cancel = cancel or CancelToken()
    tally = Tally()
    classes = view.classes()
    rows = selection.wanted(view, tally.dropped, only_reviewed=only_reviewed, among=among)
    unreadable = len(tally.dropped)
    meter = Meter("Counting", len(rows), report)
    holes = parts = proposals = 0
    for row, annotation in zip(rows, view.annotations(row.id for row in rows), strict=True):
        cancel.check()
        fitting.entries(row.rel, annotation, classes, policy, form.holds, tally)
        holes += _with_holes(annotation)
        proposals += sum(not instance.is_human_work for instance in annotation.instances)
        parts += sum(len(instance.parts) > 1 for instance in annotation.instances)
        meter.advance()
    return Preflight(
        images=len(rows),
        shapes=tally.shapes,
        proposals=proposals,
        instances=tally.instances,
        further=tally.further,
        lost=tally.lost,
        empty=sum(not row.instance_count for row in rows),
        with_holes=holes,
        in_parts=parts,
        joined=tally.joined,
        filled=tally.filled,
        cut=tally.cut,
        divided=tally.divided,
        unreadable=unreadable,
        undivided=_undivided(rows),
        unmeasured=bool(rows) and not any(row.split in ("val", "") for row in rows),
        size_bytes=sum(row.size_bytes for row in rows),
        wide=_has_wide(view, rows, cancel),
        dropped=tuple(tally.dropped),
        repaired=tuple(tally.repaired),
    )


def losses(
    view: ProjectView,
    forms: Sequence[Format],
    policy: Policy,
    *,
    only_reviewed: bool = True,
    among: Collection[int] | None = None,
    cancel: CancelToken | None = None,
) -> dict[str, Loss]:
    """What each of several formats would lose, by its name; for the arguments see `count`."""
    cancel = cancel or CancelToken()
    classes = view.classes()
    rows = selection.wanted(view, [], only_reviewed=only_reviewed, among=among)
    tallies = {form.name: Tally() for form in forms}
    for row, annotation in zip(rows, view.annotations(row.id for row in rows), strict=True):
        for form in forms:
            cancel.check()
            own = tallies[form.name]
            fitting.entries(row.rel, annotation, classes, policy, form.holds, own)
    return {name: _loss(own) for name, own in tallies.items()}


def _loss(tally: Tally) -> Loss:
    fitted = tally.joined + tally.filled + tally.cut + tally.divided
    return Loss(tally.lost, fitted + len(tally.repaired))


def _with_holes(annotation: Annotation) -> int:
    return sum(any(p.holes for p in instance.parts) for instance in annotation.instances)


def _has_wide(view: ProjectView, rows: list[ImageRow], cancel: CancelToken) -> bool:
    """Whether images have more than 8 bits, by the first bytes of some of their files."""
    may = [row.rel for row in rows if PurePosixPath(row.rel).suffix.lower() in _MAY_BE_WIDE]
    some = may[:: -(-len(may) // _LOOKED_AT) or 1]
    for rel in some:
        cancel.check()
        if picture.is_wide(view.images_root / rel):
            return True
    return False


def _undivided(rows: list[ImageRow]) -> int:
    return sum(not row.split for row in rows)
