"""YOLO-seg out: images, labels, `data.yaml` and a manifest in one folder."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import yaml
from numpy.typing import NDArray

from dynseg.annotation.classes import ClassTable
from dynseg.annotation.document import Annotation, ImageState
from dynseg.errors import ImageError, InputError
from dynseg.formats import bridge, export_names, picture, split, staging
from dynseg.formats.finding import Finding
from dynseg.formats.yolo import rows
from dynseg.geometry import polygon
from dynseg.geometry.part import Part
from dynseg.progress import CancelToken, Meter, Report, ignore
from dynseg.project.folder import RECURSIVE
from dynseg.project.records import ImageRow
from dynseg.project.store import Store
from dynseg.project.view import ProjectView

Link = Literal["copy", "hard", "sym"]
Holes = Literal["keep", "fill", "bridge"]
FORMAT = "yolo"
_BATCH = 64


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """What an export holds.

    Attributes:
        path: The folder.
        images: Images written, also those without an instance.
        instances: Label lines written.
        dropped: Images and instances that are not in it, with the reason.
        repaired: What was changed on the way: outlines made valid, images written anew.
        joined: Instances whose parts or holes were joined by bridges.
        filled: Instances whose holes were filled.
        by_split: Images in each split.
        format: The name of the format.
    """

    path: Path
    images: int
    instances: int
    dropped: tuple[Finding, ...]
    repaired: tuple[Finding, ...]
    joined: int
    filled: int
    by_split: dict[str, int]
    format: str = FORMAT


@dataclass(slots=True)
class _Tally:
    """Counts that grow while images are written."""

    instances: int = 0
    joined: int = 0
    filled: int = 0
    dropped: list[Finding] = field(default_factory=list)
    repaired: list[Finding] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)
    by_split: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Job:
    """One image on its way into the export."""

    row: ImageRow
    source: Path
    stem: str
    split: str


def export(
    store: Store,
    out: Path,
    *,
    link: Link = "copy",
    holes: Holes = "keep",
    only_reviewed: bool = True,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> ExportSummary:
    """Write the labels of a project as a data set that ultralytics trains on unchanged.

    Reviewed images without a split get one first. `out` is replaced as a whole when it holds an
    earlier export; on any failure it stays as it was.

    Args:
        store: The project.
        out: New or empty folder, or an earlier export.
        link: Copy the images, or link to those of the project. Images that other readers would
            see differently are written from their decoded pixels in any case.
        holes: "keep" and "bridge" join holes to the outer ring, "fill" leaves them out.
        only_reviewed: Export reviewed images alone; else all with at least one instance. An image
            that nobody looked at is never exported as empty.
        report: Told after every image.
        cancel: Asked between images.

    Raises:
        InputError: nothing can be exported, or `out` holds other files.
        StoreWriteError: the disk is full or failed; an earlier export is unchanged.
        CancelledError: `cancel` was set; an earlier export is unchanged.
    """
    cancel = cancel or CancelToken()
    staging.require_replaceable(out)
    _require_apart(store, out)
    if only_reviewed and not store.read_only:
        split.assign(store, report=report, cancel=cancel)
    with store.snapshot() as view:
        classes = view.classes()
        tally = _Tally()
        jobs = _jobs(store, view, tally, only_reviewed=only_reviewed)
        if link == "copy":
            staging.require_space(out.parent, sum(job.row.size_bytes for job in jobs))
        meter = Meter("Exporting", len(jobs), report)
        with staging.staged(out) as folder:
            for job, annotation, data in _with_pixels(view, jobs, cancel):
                if isinstance(data, ImageError):
                    tally.dropped.append(Finding(job.row.rel, None, f"{data.reason}; left out"))
                else:
                    _write(folder, job, annotation, data, classes, tally, link=link, holes=holes)
                meter.advance()
            if not tally.entries:
                raise InputError(
                    "None of the images could be read; nothing was exported.",
                    "Run `dynseg check` to see what is wrong with them.",
                )
            _finish(folder, classes, tally, cancel)
    return _summary(out, tally)


def _summary(out: Path, tally: _Tally) -> ExportSummary:
    return ExportSummary(
        out,
        len(tally.entries),
        tally.instances,
        tuple(tally.dropped),
        tuple(tally.repaired),
        tally.joined,
        tally.filled,
        dict(tally.by_split),
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


def _jobs(store: Store, view: ProjectView, tally: _Tally, *, only_reviewed: bool) -> list[_Job]:
    """The images to write, in the order of the project."""
    if not len(view.classes()):
        raise InputError(
            "The project has no classes; nothing was exported.",
            "Add a class and label some images first.",
        )
    chosen: list[ImageRow] = []
    for row in view.images():
        labelled = row.instance_count and row.state is not ImageState.SKIPPED
        if row.state is not ImageState.REVIEWED and (only_reviewed or not labelled):
            continue
        reason = row.damage or _too_small(row)
        if reason:
            tally.dropped.append(Finding(row.rel, None, f"{reason}; left out"))
        else:
            chosen.append(row)
    if not chosen:
        what = "reviewed image" if only_reviewed else "image with labels"
        raise InputError(
            f"There is no {what}; nothing was exported.",
            "Review images first, or export all labelled ones with `--all`.",
        )
    splits = split.propose(view, chosen)
    stems = export_names.stems({row.id: row.rel for row in chosen})
    return [
        _Job(row, store.image_path(row.id), stems[row.id], row.split or splits[row.id])
        for row in chosen
    ]


def _too_small(row: ImageRow) -> str:
    if min(row.width, row.height) >= picture.MIN_SIDE_PX:
        return ""
    return f"is smaller than {picture.MIN_SIDE_PX} pixels, which ultralytics refuses"


_Prepared = tuple[picture.Picture, bytes | None]


def _with_pixels(
    view: ProjectView, jobs: Sequence[_Job], cancel: CancelToken
) -> Iterator[tuple[_Job, Annotation, _Prepared | ImageError]]:
    """Each image with its labels and what goes into its file; decoding runs beside writing."""
    workers = min(4, os.cpu_count() or 1)
    with ThreadPoolExecutor(workers, thread_name_prefix="export") as pool:
        for start in range(0, len(jobs), _BATCH):
            batch = jobs[start : start + _BATCH]
            # Pillow's warnings are silenced for the whole process: one thread opens files.
            pictures = [_inspected(job) for job in batch]
            prepared = pool.map(_prepare, batch, pictures)
            annotations = view.annotations([job.row.id for job in batch])
            for job, annotation, data in zip(batch, annotations, prepared, strict=True):
                cancel.check()
                yield job, annotation, data


def _inspected(job: _Job) -> picture.Picture | ImageError:
    try:
        return picture.inspect(job.source)
    except ImageError as error:
        return error
    except OSError as error:
        return ImageError(job.source, f"cannot be read ({error.strerror})")


def _prepare(job: _Job, found: picture.Picture | ImageError) -> _Prepared | ImageError:
    if isinstance(found, ImageError):
        return found
    try:
        data = picture.encode(job.source, found, width=job.row.width, height=job.row.height)
    except ImageError as error:
        return error
    except OSError as error:
        return ImageError(job.source, f"cannot be read ({error.strerror})")
    return found, data


def _write(
    folder: staging.StagedFolder,
    job: _Job,
    annotation: Annotation,
    data: _Prepared,
    classes: ClassTable,
    tally: _Tally,
    *,
    link: Link,
    holes: Holes,
) -> None:
    found, content = data
    image = f"images/{job.split}/{job.stem}{found.suffix}"
    label = f"labels/{job.split}/{job.stem}.txt"
    if content is not None:
        folder.add(image, content)
        tally.repaired.append(Finding(job.row.rel, None, f"{found.reason}; written anew"))
    elif link == "copy":
        folder.add_copy(image, job.source)
    else:
        folder.add_link(image, job.source, symbolic=link == "sym")
    lines = _lines(job.row.rel, annotation, classes, tally, holes=holes)
    folder.add(label, "".join(f"{line}\n" for line in lines).encode())
    tally.instances += len(lines)
    tally.by_split[job.split] += 1
    tally.entries.append(
        {"source": job.row.rel, "image": image, "label": label, "instances": len(lines)}
    )


def _lines(
    rel: str, annotation: Annotation, classes: ClassTable, tally: _Tally, *, holes: Holes
) -> list[str]:
    """The label lines of an image, bottom to top."""
    lines: dict[tuple[int, bytes], str] = {}
    for number, instance in enumerate(annotation.instances, start=1):
        parts = instance.parts
        problem = next((why for part in parts if (why := polygon.problem(part))), None)
        if problem:
            parts = polygon.repair(parts, width=annotation.width, height=annotation.height)
        points = _points(parts, annotation, fill_holes=holes == "fill")
        if points is None:
            tally.dropped.append(Finding(rel, None, f"shape {number} has no area; left out"))
            continue
        if problem:
            tally.repaired.append(Finding(rel, None, f"shape {number} {problem}; repaired"))
        index = classes.index_of(instance.class_id)
        key = (index, points.astype(np.float32).tobytes())  # what training will see of it
        if key in lines:
            tally.dropped.append(
                Finding(rel, None, f"shape {number} is the same as another one; left out")
            )
            continue
        has_holes = any(part.holes for part in parts)
        tally.filled += has_holes and holes == "fill"
        tally.joined += len(parts) > 1 or (has_holes and holes != "fill")
        lines[key] = rows.format_row(index, points)
    return list(lines.values())


def _points(
    parts: Sequence[Part], annotation: Annotation, *, fill_holes: bool
) -> NDArray[np.float64] | None:
    """`(N, 2)` shares of the image, or None when nothing is left to draw."""
    if not parts:
        return None
    outline = bridge.join(parts, fill_holes=fill_holes)
    shares = outline / np.array([annotation.width, annotation.height], dtype=np.float64)
    points = rows.without_repeats(np.clip(shares, 0.0, 1.0).round(rows.DECIMALS))
    return points if len(points) >= 3 else None


def _finish(
    folder: staging.StagedFolder, classes: ClassTable, tally: _Tally, cancel: CancelToken
) -> None:
    """Write what describes the whole; the splits are named by folders beside `data.yaml`."""
    cancel.check()
    fallback = next(name for name in split.SPLITS if tally.by_split[name])
    keys: dict[str, Any] = {}
    for name in split.SPLITS:
        if tally.by_split[name]:
            keys[name] = f"images/{name}"
        elif name != "test":
            keys[name] = f"images/{fallback}"
    keys["names"] = dict(enumerate(classes.names))
    text = yaml.safe_dump(keys, sort_keys=False, allow_unicode=True, width=4096)
    folder.add("data.yaml", text.encode())
    folder.seal(
        {
            "format": FORMAT,
            "version": 1,
            "classes": classes.names,
            "images": tally.entries,
        }
    )
