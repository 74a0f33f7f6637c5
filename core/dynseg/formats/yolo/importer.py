"""YOLO-seg in: label files of another program become human instances of a project."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.errors import InputError
from dynseg.formats import bridge
from dynseg.formats.doubles import ShapeIndex
from dynseg.formats.finding import Finding
from dynseg.formats.yolo import rows
from dynseg.formats.yolo.matching import match
from dynseg.formats.yolo.source import LabelFile, YoloSource, read
from dynseg.geometry import polygon
from dynseg.geometry.part import Part, ring
from dynseg.progress import CancelToken, Meter, Report, ignore
from dynseg.project.records import ImageRow
from dynseg.project.store import Store

CLOSED = (ImageState.REVIEWED, ImageState.SKIPPED)
"""What a person has closed is not changed by an import."""
SUPERSEDED_IOU = 0.5
"""A proposal that nobody touched gives way to an imported shape that overlaps it so much."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    Attributes:
        images: Images of the project that a label file was found for.
        instances: Instances added.
        repaired: Lines that were used after a repair, and lines dropped as doubles.
        refused: Lines, files and images that could not be used.
        duplicates: Instances that the project had already; also listed in `repaired`.
        run_id: The run that undoes it; None when nothing changed.
        added_classes: Names of classes that the project did not have.
    """

    images: int
    instances: int
    repaired: tuple[Finding, ...]
    refused: tuple[Finding, ...]
    duplicates: int = 0
    run_id: str | None = None
    added_classes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Outcome:
    """Counts and findings that grow while label files are read."""

    images: int = 0
    instances: int = 0
    duplicates: int = 0
    repaired: list[Finding] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A usable line in image pixels."""

    class_index: int
    parts: tuple[Part, ...]
    line: int


@dataclass(frozen=True, slots=True)
class _ParsedFile:
    """A label file that was read, and whether every line of it could be used."""

    file: LabelFile
    row: ImageRow
    shapes: tuple[_Shape, ...]
    complete: bool


def import_labels(
    store: Store,
    source: Path,
    *,
    as_reviewed: bool = False,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> ImportReport:
    """Add the labels of a YOLO data set to the images of a project, as one run.

    Human instances are added, nothing that a person made is changed or removed, and what the
    project has already is not added again. Images are found by their path or a stem that only
    one image has. Splits of the source are kept for images that have none.

    Args:
        store: The project, open for writing.
        source: Folder of the data set, or its `data.yaml`.
        as_reviewed: Images with a label file that was read in full become reviewed, also with no
            instance in it; proposals that nobody touched give way on them.
        report: Told after every label file.
        cancel: Asked between label files; the project is then unchanged.

    Raises:
        InputError: the source cannot be used.
        CancelledError: `cancel` was set.
    """
    cancel = cancel or CancelToken()
    found = read(source)
    outcome = _Outcome(refused=list(found.findings))
    matched = match(store, found, outcome.refused)
    parsed = _parse_all(matched, found, outcome, report, cancel)
    class_ids, added = _classes(store, found, parsed)
    run_id = _commit(store, parsed, class_ids, outcome, as_reviewed=as_reviewed)
    splits = {
        item.row.id: item.file.split for item in parsed if item.file.split and not item.row.split
    }
    if splits:
        store.set_splits(splits)
    return ImportReport(
        outcome.images,
        outcome.instances,
        tuple(outcome.repaired),
        tuple(outcome.refused),
        outcome.duplicates,
        run_id,
        added,
    )


def _parse_all(
    matched: Sequence[tuple[LabelFile, ImageRow]],
    found: YoloSource,
    outcome: _Outcome,
    report: Report,
    cancel: CancelToken,
) -> list[_ParsedFile]:
    meter = Meter("Importing", len(matched), report)
    count = max(found.names) + 1 if found.names else None
    parsed: list[_ParsedFile] = []
    for file, row in matched:
        cancel.check()
        try:
            size_bytes = file.path.stat().st_size
            data = file.path.read_bytes() if size_bytes <= rows.MAX_FILE_BYTES else None
        except OSError as error:
            reason = f"cannot be read ({error.strerror})"
            outcome.refused.append(Finding(file.rel, None, reason))
            continue
        if data is None:
            outcome.refused.append(Finding(file.rel, None, "is too large for a label file"))
            continue
        parsed.append(_read_file(file, row, data, count, outcome))
        meter.advance()
    outcome.images = len(parsed)
    return parsed


def _read_file(
    file: LabelFile, row: ImageRow, data: bytes, class_count: int | None, outcome: _Outcome
) -> _ParsedFile:
    labels = rows.parse(data, path=file.rel, class_count=class_count)
    outcome.repaired.extend(labels.repaired)
    outcome.refused.extend(labels.refused)
    shapes: list[_Shape] = []
    for line in labels.rows:
        parts, note = shape_of(line, width=row.width, height=row.height)
        if note:
            target = outcome.repaired if parts else outcome.refused
            target.append(Finding(file.rel, line.line, note))
        if parts:
            shapes.append(_Shape(line.class_index, parts, line.line))
    complete = not labels.refused and len(shapes) == len(labels.rows)
    return _ParsedFile(file, row, tuple(shapes), complete)


def shape_of(line: rows.Row, *, width: int, height: int) -> tuple[tuple[Part, ...], str]:
    """The shape of a line in image pixels and what was done to it; no parts when it has none."""
    points = line.points * np.array([width, height], dtype=np.float64)
    part = Part(ring(points))
    problem = polygon.problem(part)
    if not problem:
        return (part,), ""
    apart = bridge.take_apart(part.outer)
    if apart:
        count = len(apart) + sum(len(piece.holes) for piece in apart)
        return apart, f"joins {count} outlines by bridges; taken apart"
    repaired = polygon.repair([part], width=width, height=height)
    if not repaired:
        return (), f"{problem}; nothing is left after a repair"
    return repaired, f"{problem}; repaired"


def _classes(
    store: Store, found: YoloSource, parsed: Sequence[_ParsedFile]
) -> tuple[dict[int, int], tuple[str, ...]]:
    """Class index of the source to class id of the project; adds classes that are missing.

    A project without classes takes all of the source in their order, so that the positions agree;
    another one takes those that are used.
    """
    table = store.classes()
    used = {shape.class_index for item in parsed for shape in item.shapes}
    if not found.names:
        known = {index: label.id for index, label in enumerate(table.labels)}
        names = {index: f"class_{index}" for index in sorted(used - set(known))}
        if names and known:
            worst = max(names)
            raise InputError(
                f"The labels use class {worst}, the project has {len(known)} classes, and the "
                "source does not name its classes; nothing was imported.",
                "Put a classes.txt with one name a line beside the labels.",
            )
        if names:
            names = {index: f"class_{index}" for index in range(max(used) + 1)}
        known.update({i: store.add_class(name).id for i, name in names.items()})
        return known, tuple(names.values())
    wanted = sorted(used & set(found.names)) if len(table) else sorted(found.names)
    added: list[str] = []
    ids: dict[int, int] = {}
    for index in wanted:
        name = found.names[index]
        label = store.classes().by_name(name)
        if label is None:
            label = store.add_class(name)
            added.append(name)
        ids[index] = label.id
    return ids, tuple(added)


def _commit(
    store: Store,
    parsed: Sequence[_ParsedFile],
    class_ids: dict[int, int],
    outcome: _Outcome,
    *,
    as_reviewed: bool,
) -> str | None:
    """All changes in one transaction under one run; the id of the run, None without a change."""
    changes = []
    annotations = store.annotations([item.row.id for item in parsed])
    for item, before in zip(parsed, annotations, strict=True):
        after = _merged(item, before, class_ids, outcome, as_reviewed=as_reviewed)
        if after is before:
            continue
        if before.state in CLOSED:
            reason = f"its image is {before.state.value} already; nothing was added to it"
            outcome.refused.append(Finding(item.file.rel, None, reason))
            continue
        changes.append((before, after))
    if not changes:
        return None
    run_id = store.begin_run("import", "", {"format": "yolo", "as_reviewed": as_reviewed})
    deltas = []
    for before, after in changes:
        kept = {instance.id for instance in before.instances}
        marked = after.with_instances(
            i if i.id in kept else replace(i, run_id=run_id) for i in after.instances
        )
        deltas.append((before.image_id, before.revision, diff(before, marked)))
    refused = set(store.commit_run(run_id, deltas))
    store.finish_run(run_id, "finished")
    by_id = {item.row.id: item.file.rel for item in parsed}
    for image_id in sorted(refused):
        reason = "its image was changed while the labels were read; import again"
        outcome.refused.append(Finding(by_id[image_id], None, reason))
    outcome.instances = sum(
        len(delta.added) for image_id, _, delta in deltas if image_id not in refused
    )
    return run_id


def _merged(
    item: _ParsedFile,
    before: Annotation,
    class_ids: dict[int, int],
    outcome: _Outcome,
    *,
    as_reviewed: bool,
) -> Annotation:
    """`before` with the instances of a label file; the same object when nothing changes."""
    known = ShapeIndex(instance for instance in before.instances if instance.is_human_work)
    earlier = ShapeIndex()
    fresh: list[Instance] = []
    complete = item.complete
    for shape in item.shapes:
        if shape.class_index not in class_ids:
            reason = f"has class {shape.class_index}, which the source does not name"
            outcome.refused.append(Finding(item.file.rel, shape.line, reason))
            complete = False
            continue
        instance = Instance(class_ids[shape.class_index], shape.parts, Origin.HUMAN)
        if known.has(instance):
            outcome.duplicates += 1
            reason = "is in the project already; dropped"
            outcome.repaired.append(Finding(item.file.rel, shape.line, reason))
        elif earlier.has(instance):
            reason = "is the same shape as an earlier line; dropped"
            outcome.repaired.append(Finding(item.file.rel, shape.line, reason))
        else:
            fresh.append(instance)
            earlier.add(instance)
    return _combined(before, fresh, reviewed=as_reviewed and complete)


def _combined(before: Annotation, fresh: Sequence[Instance], *, reviewed: bool) -> Annotation:
    kept = [
        instance
        for instance in before.instances
        if instance.is_human_work
        or not (reviewed or any(_overlap(instance, new) >= SUPERSEDED_IOU for new in fresh))
    ]
    state = before.state
    if reviewed:
        state = ImageState.REVIEWED
    elif fresh:
        state = ImageState.IN_WORK
    if not fresh and len(kept) == len(before.instances) and state is before.state:
        return before
    return replace(before, instances=(*kept, *fresh), state=state)


def _overlap(a: Instance, b: Instance) -> float:
    ax0, ay0, ax1, ay1 = a.bounds
    bx0, by0, bx1, by1 = b.bounds
    if ax1 <= bx0 or bx1 <= ax0 or ay1 <= by0 or by1 <= ay0:
        return 0.0
    return polygon.iou(a.parts, b.parts)
