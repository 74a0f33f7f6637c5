"""What is doubtful in a project, and the repairs that need no judgement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from msgspec import structs

from dynseg.annotation.class_spelling import look_alike
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, Instance
from dynseg.curation import likeness
from dynseg.errors import ImageError, StaleRevisionError
from dynseg.geometry import polygon
from dynseg.geometry.boxes import box_iou
from dynseg.geometry.part import Part
from dynseg.images.decode import decode
from dynseg.machine import core_count
from dynseg.progress import CancelToken, Meter, Report, ignore
from dynseg.project.originals import digest
from dynseg.project.readable import readable
from dynseg.project.records import ImageRow
from dynseg.project.store import Store

TINY_PX2 = 4.0
DUPLICATE_IOU = 0.95
OVERLAP_IOU = 0.7
OUTSIDE_PX = 1e-6
_NAMED = 5
FIX_TEXT = "Repair shapes"


class Kind(StrEnum):
    """What a finding is about."""

    DAMAGED = "damaged image"
    LEAK = "same image in train and val"
    CROSSING = "broken outline"
    OFF_IMAGE = "outside the image"
    TINY = "tiny shape"
    DUPLICATE = "doubled shape"
    OVERLAP = "overlapping shapes of one class"
    EMPTY_CLASS = "class without shapes"
    ALIKE = "classes that look alike"
    NEAR = "images that show nearly the same"


REMARKS = frozenset({Kind.EMPTY_CLASS, Kind.ALIKE, Kind.NEAR})
"""Worth a line, and no fault of the labels: projects share lists of classes, films have frames."""
FIXABLE = frozenset({Kind.CROSSING, Kind.OFF_IMAGE, Kind.TINY, Kind.DUPLICATE})
"""What `fix` repairs; the rest needs a person."""


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """One thing that is doubtful.

    Attributes:
        kind: What it is about.
        text: What was found, for a user.
        rel: Path of the image in the project; empty for the project as a whole.
        image_id: The image, None for the project as a whole.
        instance_id: The instance, None for an image as a whole.
    """

    kind: Kind
    text: str
    rel: str = ""
    image_id: int | None = None
    instance_id: str | None = None

    @property
    def fixable(self) -> bool:
        """Whether `fix` repairs it."""
        return self.kind in FIXABLE

    def __str__(self) -> str:
        return f"{self.rel}: {self.text}" if self.rel else self.text


def check(
    store: Store,
    *,
    read_images: bool = True,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> list[CheckFinding]:
    """Look at every image, shape and class of a project; nothing is changed.

    Args:
        store: The project.
        read_images: Decode every image too, which finds files that are cut off, and compare them.
        report: Told after every image.
        cancel: Asked between images.

    Raises:
        CancelledError: `cancel` was set.
    """
    cancel = cancel or CancelToken()
    rows = store.images()
    findings = [
        CheckFinding(Kind.DAMAGED, row.damage, row.rel, row.id) for row in rows if row.damage
    ]
    usable = [row for row in rows if not row.damage]
    meter = Meter("Checking", len(usable) * (1 + read_images), report)
    used: set[int] = set()
    labels = store.classes().labels
    names = defaultdict(lambda: "new class", {label.id: label.name for label in labels})
    by_id = {row.id: row for row in usable}
    # What of the database is damaged is told by `ProjectView.check`.
    for annotation in readable(store, [row.id for row in usable]):
        cancel.check()
        used.update(instance.class_id for instance in annotation.instances)
        findings.extend(_shapes(annotation, by_id[annotation.image_id].rel, names))
        meter.advance()
    if read_images:
        findings.extend(_pixels(store, usable, meter, cancel))
        findings.extend(_leaks(store, usable))
    findings.extend(
        CheckFinding(Kind.EMPTY_CLASS, f"class {label.name} has no shape")
        for label in labels
        if label.id not in used
    )
    findings.extend(
        CheckFinding(Kind.ALIKE, f"classes {a} and {b} may be meant as one: merge them if they are")
        for a, b in look_alike(store.classes().names)
    )
    if read_images:
        findings.extend(_near(store, usable, report, cancel))
    return findings


def _shapes(annotation: Annotation, rel: str, names: dict[int, str]) -> Iterator[CheckFinding]:
    for number, instance in enumerate(annotation.instances, start=1):
        found = _problem(instance, annotation)
        if found:
            kind, text = found
            text = f"shape {number} ({names[instance.class_id]}) {text}"
            yield CheckFinding(kind, text, rel, annotation.image_id, instance.id)
    gone: set[str] = set()
    for first, second, iou in _overlaps(annotation.instances):
        one, other = annotation.instances[first], annotation.instances[second]
        if one.id in gone or other.id in gone:
            continue  # a shape that goes doubles nobody: what is like it may be like nothing else
        kind = Kind.DUPLICATE if iou >= DUPLICATE_IOU else Kind.OVERLAP
        what = "is" if kind is Kind.DUPLICATE else f"overlaps {iou:.0%} with"
        suffix = " once more" if kind is Kind.DUPLICATE else ""
        text = f"shape {second + 1} ({names[one.class_id]}) {what} shape {first + 1}{suffix}"
        loser = _loser(one, other) if kind is Kind.DUPLICATE else other
        if kind is Kind.DUPLICATE:
            gone.add(loser.id)
        yield CheckFinding(kind, text, rel, annotation.image_id, loser.id)


def _problem(instance: Instance, image: Annotation) -> tuple[Kind, str] | None:
    x0, y0, x1, y1 = instance.bounds
    outside = max(-x0, -y0, x1 - image.width, y1 - image.height)
    if outside > OUTSIDE_PX:
        return Kind.OFF_IMAGE, f"reaches {outside:.3g} px out of the image"
    for part in instance.parts:
        problem = polygon.problem(part)
        if problem:
            return Kind.CROSSING, problem
    area = sum(polygon.area(part) for part in instance.parts)
    if area < TINY_PX2:
        return Kind.TINY, f"covers {area:.2g} pixels"
    return None


def _overlaps(instances: Sequence[Instance]) -> Iterator[tuple[int, int, float]]:
    """Pairs of shapes of one class that cover nearly the same area, and how nearly."""
    by_class: dict[int, list[int]] = defaultdict(list)
    for number, instance in enumerate(instances):
        by_class[instance.class_id].append(number)
    for numbers in by_class.values():
        boxes = np.array([instances[n].bounds for n in numbers])
        for at, number in enumerate(numbers[:-1]):
            rest = boxes[at + 1 :]
            near = np.flatnonzero(box_iou(boxes[at], rest) >= OVERLAP_IOU / 2)
            for offset in near:
                other = numbers[at + 1 + int(offset)]
                iou = polygon.iou(instances[number].parts, instances[other].parts)
                if iou >= OVERLAP_IOU:
                    yield number, other, iou


def _loser(one: Instance, other: Instance) -> Instance:
    """Which of two equal shapes goes: a proposal before human work, else the upper one."""
    return one if other.is_human_work and not one.is_human_work else other


def _pixels(
    store: Store, rows: Sequence[ImageRow], meter: Meter, cancel: CancelToken
) -> Iterator[CheckFinding]:
    def problem(row: ImageRow) -> str:
        try:
            height, width = decode(store.image_path(row.id)).pixels.shape[:2]
        except ImageError as error:
            return error.reason
        if (width, height) != (row.width, row.height):
            return (
                f"is {width} x {height} pixels now, its labels are for {row.width} x {row.height}"
            )
        return ""

    with ThreadPoolExecutor(min(4, core_count()), thread_name_prefix="check") as pool:
        for start in range(0, len(rows), 64):
            batch = rows[start : start + 64]
            for row, text in zip(batch, pool.map(problem, batch), strict=True):
                cancel.check()
                meter.advance()
                if text:
                    yield CheckFinding(Kind.DAMAGED, text, row.rel, row.id)


def _leaks(store: Store, rows: Sequence[ImageRow]) -> Iterator[CheckFinding]:
    """Equal files on both sides of the split."""
    by_size: dict[int, list[ImageRow]] = defaultdict(list)
    for row in rows:
        if row.split:
            by_size[row.size_bytes].append(row)
    for same_size in by_size.values():
        if len({row.split for row in same_size}) < 2:
            continue
        by_hash: dict[bytes, list[ImageRow]] = defaultdict(list)
        for row in same_size:
            content = digest(store.image_path(row.id))
            if content is not None:  # else it has gone while the others were looked at
                by_hash[content].append(row)
        for first, *others in by_hash.values():
            for row in others:
                if row.split != first.split:
                    text = f"is the same file as {first.rel}, but {row.split}, not {first.split}"
                    yield CheckFinding(Kind.LEAK, text, row.rel, row.id)


def _near(
    store: Store, rows: Sequence[ImageRow], report: Report, cancel: CancelToken
) -> list[CheckFinding]:
    """Groups of images that show nearly the same, those on both sides of the split first."""
    found: list[CheckFinding] = []
    apart: list[CheckFinding] = []
    for first, *others in likeness.alike(store, rows, report=report, cancel=cancel):
        names = ", ".join(row.rel for row in others[:_NAMED])
        if len(others) > _NAMED:
            names += f" (+{len(others) - _NAMED})"
        splits = sorted({row.split for row in (first, *others) if row.split})
        if len(splits) > 1:
            text = f"shows nearly the same as {names}, and they are in {' + '.join(splits)}"
            apart.append(CheckFinding(Kind.NEAR, text, first.rel, first.id))
        else:
            text = f"shows nearly the same as {names}"
            found.append(CheckFinding(Kind.NEAR, text, first.rel, first.id))
    return apart + found


def fix(store: Store, findings: Sequence[CheckFinding]) -> int:
    """Repair what needs no judgement; one undo step an image, with a backup first.

    Outlines are made valid and clipped to the image, tiny and doubled shapes are removed.

    Returns:
        How many of `findings` are repaired. An image that was changed meanwhile is left as it is.
    """
    by_image: dict[int, list[CheckFinding]] = defaultdict(list)
    for finding in findings:
        if finding.fixable and finding.image_id is not None:
            by_image[finding.image_id].append(finding)
    fixed = 0
    if by_image:
        store.backup("before repairs")
    for image_id, own in by_image.items():
        before = store.annotation(image_id)
        after = _repaired(before, own)
        delta = diff(before, after)
        if delta.is_empty:
            continue
        try:
            store.commit(image_id, delta, expected_revision=before.revision, text=FIX_TEXT)
        except StaleRevisionError:
            continue
        fixed += len(own)
    return fixed


def _repaired(before: Annotation, findings: Sequence[CheckFinding]) -> Annotation:
    remove = {f.instance_id for f in findings if f.kind in (Kind.TINY, Kind.DUPLICATE)}
    mend = {f.instance_id for f in findings if f.kind in (Kind.CROSSING, Kind.OFF_IMAGE)}
    kept: list[Instance] = []
    for instance in before.instances:
        if instance.id in remove:
            continue
        if instance.id not in mend:
            kept.append(instance)
            continue
        parts: tuple[Part, ...] = polygon.repair(
            instance.parts, width=before.width, height=before.height
        )
        if parts:
            kept.append(structs.replace(instance, parts=parts))
    return before.with_instances(kept)
