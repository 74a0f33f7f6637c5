"""Labels of a project as a data set in a format of the field, staged and put in place as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from dynseg.annotation.classes import ClassTable
from dynseg.annotation.document import Annotation
from dynseg.curation import split
from dynseg.errors import ImageError, InputError
from dynseg.formats import yolo
from dynseg.formats.finding import Finding
from dynseg.formats.format import Format, LabelWriter
from dynseg.formats.outgoing import fitting, selection, staging
from dynseg.formats.outgoing.export_pixels import Prepared, with_pixels
from dynseg.formats.outgoing.fitting import Tally
from dynseg.formats.outgoing.page import Page
from dynseg.formats.outgoing.policy import Policy
from dynseg.formats.outgoing.selection import Job
from dynseg.progress import CancelToken, Meter, Report, ignore
from dynseg.project.folder import RECURSIVE
from dynseg.project.store import Store
from dynseg.project.view import ProjectView

Link = Literal["copy", "hard", "sym", "none"]
LINKS: tuple[Link, ...] = get_args(Link)
KEEP_ALL = Policy()


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """What an export holds.

    Attributes:
        path: The folder.
        images: Images written, also those without an instance.
        instances: Objects written.
        dropped: Images and instances that are not in it, with the reason.
        repaired: What was changed on the way: outlines made valid, images written anew.
        joined: Instances whose parts or holes were joined by bridges.
        filled: Instances whose holes were filled.
        by_split: Images in each split.
        format: The name of the format.
        shapes: Instances of the images written, before anything was left out or divided.
        divided: Instances that became several objects.
    """

    path: Path
    images: int
    instances: int
    dropped: tuple[Finding, ...]
    repaired: tuple[Finding, ...]
    joined: int
    filled: int
    by_split: dict[str, int]
    format: str
    shapes: int = 0
    divided: int = 0


@dataclass(slots=True)
class _Export:
    """An export in the making."""

    form: Format
    folder: staging.StagedFolder
    writer: LabelWriter
    classes: ClassTable
    policy: Policy
    link: Link
    tally: Tally
    entries: list[dict[str, Any]] = field(default_factory=list)
    by_split: Counter[str] = field(default_factory=Counter)


def export(
    store: Store,
    out: Path,
    *,
    form: Format = yolo.FORMAT,
    link: Link = "copy",
    policy: Policy = KEEP_ALL,
    only_reviewed: bool = True,
    among: Collection[int] | None = None,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> ExportSummary:
    """Write the labels of a project as a data set that other programs read unchanged.

    Reviewed images without a split get one first. `out` is replaced as a whole when it holds an
    earlier export and nothing else; on any failure it stays as it was. The same labels give the
    same bytes.

    Args:
        store: The project.
        out: New or empty folder, or an earlier export.
        form: The format.
        link: Copy the images, link to those of the project, or write labels alone ("none"). Images
            that other readers would see differently are written from their decoded pixels, unless
            none are written.
        policy: What becomes of what the format cannot hold.
        only_reviewed: Export reviewed images alone; else all with at least one instance. An image
            that nobody looked at is never exported as empty.
        among: Ids of the images that are asked for; None for all.
        report: Told after every image.
        cancel: Asked between images.

    Raises:
        InputError: nothing can be exported, or `out` holds other files.
        StoreWriteError: the disk is full or failed; an earlier export is unchanged.
        CancelledError: `cancel` was set; an earlier export is unchanged.
    """
    cancel = cancel or CancelToken()
    if form.writer is None:
        raise InputError(f"{form.title} is only read.", "Choose another format.")
    staging.require_replaceable(out)
    staging.require_own(out)
    _require_apart(store, out)
    if only_reviewed and not store.read_only:
        split.assign(store, report=report, cancel=cancel)
    with store.snapshot() as view:
        tally = Tally()
        chosen = selection.wanted(view, tally.dropped, only_reviewed=only_reviewed, among=among)
        jobs = selection.jobs(view, chosen, only_reviewed=only_reviewed, of_some=among is not None)
        if link == "copy":
            staging.require_space(out.parent, sum(job.row.size_bytes for job in jobs))
        with staging.staged(out) as folder:
            classes = view.classes()
            writer = form.writer(folder, classes)
            made = _Export(form, folder, writer, classes, policy, link, tally)
            _fill(made, view, jobs, Meter("Exporting", len(jobs), report), cancel)
    return _summary(out, made)


def _fill(
    made: _Export, view: ProjectView, jobs: Sequence[Job], meter: Meter, cancel: CancelToken
) -> None:
    """Write every image, then what describes the whole."""
    for job, annotation, data in with_pixels(view, jobs, cancel):
        if isinstance(data, ImageError):
            gone = "" if job.source.is_file() else job.row.rel
            reason = f"{data.reason}; left out"
            made.tally.dropped.append(Finding(job.row.rel, None, reason, missing=gone))
        else:
            _write(made, job, annotation, data)
        meter.advance()
    if not made.entries:
        raise InputError(
            "None of the images could be read; nothing was exported.",
            "Run `dynseg check` to see what is wrong with them.",
        )
    _finish(made, cancel)


def _summary(out: Path, made: _Export) -> ExportSummary:
    tally = made.tally
    return ExportSummary(
        path=out,
        images=len(made.entries),
        instances=tally.instances,
        dropped=tuple(tally.dropped),
        repaired=tuple(tally.repaired),
        joined=tally.joined,
        filled=tally.filled,
        by_split=dict(made.by_split),
        format=made.form.name,
        shapes=tally.shapes,
        divided=tally.divided,
    )


def _require_apart(store: Store, out: Path) -> None:
    """Refuse a target that contains the project, its images or lies in its own folder."""
    target = out.resolve()
    for own in (store.root.resolve(), store.images_root.resolve()):
        if own == target or own.is_relative_to(target):
            raise InputError(
                f"{out} holds the project itself; an export replaces its whole folder.",
                "Choose a new folder.",
            )
    if store.setting(RECURSIVE) == "1" and target.is_relative_to(store.images_root.resolve()):
        raise InputError(
            f"{out} lies among the images of the project, which would take in its copies.",
            "Choose a folder outside.",
        )
    if target.is_relative_to(store.layout.folder.resolve()) and not target.is_relative_to(
        store.layout.runs.resolve()
    ):
        raise InputError(f"{out} lies in the project's own data.", "Choose a new folder.")


def _write(made: _Export, job: Job, annotation: Annotation, data: Prepared) -> None:
    """Write an image and hand its labels to the format."""
    found, content = data
    image = made.writer.image_path(job.split, job.stem, found.suffix)
    if made.link == "none":
        pass  # labels alone
    elif content is not None:
        made.folder.add(image, content)
        made.tally.repaired.append(Finding(job.row.rel, None, f"{found.reason}; written anew"))
    elif made.link == "copy":
        made.folder.add_copy(image, job.source)
    else:
        made.folder.add_link(image, job.source, symbolic=made.link == "sym")
    own = fitting.entries(
        job.row.rel,
        annotation,
        made.classes,
        made.policy,
        made.form.holds,
        made.tally,
    )
    beside = job.row.rel if made.link == "none" else ""
    page = Page(image, job.stem, job.split, annotation.width, annotation.height, own, beside)
    label = made.writer.add(page)
    made.by_split[job.split] += 1
    made.entries.append(
        {
            "source": job.row.rel,
            "image": image,
            "label": label,
            "instances": len(own),
            "shapes": [entry.number for entry in own],
        }
    )


def _finish(made: _Export, cancel: CancelToken) -> None:
    """Write what describes the whole."""
    cancel.check()
    made.writer.finish()
    made.folder.seal(
        {
            "format": made.form.name,
            "version": 2,
            "policy": asdict(made.policy),
            "classes": made.classes.names,
            "images": made.entries,
        }
    )
