"""Labels of another program become human instances of a project.

Reading changes nothing: `prepare` finds and reads all labels and says what would become of each,
`ImportPlan.commit` writes them as one run, which is undone as one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np

from dynseg.annotation.delta import Delta, diff
from dynseg.annotation.document import Annotation, ImageState
from dynseg.formats import archive, registry
from dynseg.formats.class_names import ClassPlan
from dynseg.formats.finding import Finding
from dynseg.formats.matching import match
from dynseg.formats.merging import Merged, merge
from dynseg.formats.reading import Reading, Shape
from dynseg.formats.source import ImageLabels, Source
from dynseg.progress import CancelToken, Meter, Report, ignore
from dynseg.project.records import ImageRow, Split
from dynseg.project.store import Store

CLOSED = (ImageState.REVIEWED, ImageState.SKIPPED)
"""What a person has closed is not changed by an import."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do.

    Attributes:
        images: Images of the project that labels were found for.
        instances: Instances added.
        repaired: Shapes that were used after a repair, and those dropped as doubles.
        refused: Shapes, files and images that could not be used.
        duplicates: Instances that the project had already; also listed in `repaired`.
        run_id: The run that undoes it; None when nothing changed.
        added_classes: Names of classes that the project did not have.
        accepted: Every shape that was added, with its class.
        format: Name of the format that was read.
        by_class: Instances added by the name of their class.
    """

    images: int
    instances: int
    repaired: tuple[Finding, ...]
    refused: tuple[Finding, ...]
    duplicates: int = 0
    run_id: str | None = None
    added_classes: tuple[str, ...] = ()
    accepted: tuple[Finding, ...] = ()
    format: str = ""
    by_class: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadLabels:
    """The labels of an image after reading.

    Attributes:
        labels: Where they came from.
        row: The image of the project.
        shapes: What can be used, pixels of the project's image.
        complete: Whether every shape of the source is in it.
    """

    labels: ImageLabels
    row: ImageRow
    shapes: tuple[Shape, ...]
    complete: bool


@dataclass(slots=True)
class _Outcome:
    """What becomes of each shape, while it is decided."""

    repaired: list[Finding] = field(default_factory=list)
    refused: list[Finding] = field(default_factory=list)
    accepted: list[Finding] = field(default_factory=list)
    duplicates: int = 0
    by_class: dict[str, int] = field(default_factory=dict)

    def take(self, merged: Merged) -> None:
        self.repaired += merged.repaired
        self.refused += merged.refused
        self.duplicates += merged.duplicates

    def accept(self, item: ReadLabels, shapes: Sequence[Shape], classes: ClassPlan) -> None:
        for shape in shapes:
            name = classes.name_of(shape.label) or ""
            self.by_class[name] = self.by_class.get(name, 0) + 1
            place = shape.place
            self.accepted.append(Finding(item.labels.rel, place.line, name, place.item))


_Change = tuple[ReadLabels, Annotation, Merged]


class ImportPlan:
    """Labels that were read and matched, before they are in the project.

    Attributes:
        format: Name of the format.
        read: The labels of each image that has a partner in the project.
    """

    def __init__(
        self,
        store: Store,
        format_name: str,
        source: Source,
        read: Sequence[ReadLabels],
        findings: tuple[list[Finding], list[Finding]],
    ) -> None:
        self.format = format_name
        self.read = tuple(read)
        self._store = store
        self._repaired, self._refused = findings
        used = (shape.label for item in read for shape in item.shapes)
        self._classes = ClassPlan(store, source.names, used)

    def preview(self, *, as_reviewed: bool = False) -> ImportReport:
        """What `commit` would do now; nothing is written."""
        outcome = self._begun()
        self._changes(outcome, as_reviewed=as_reviewed)
        return self._report(outcome, None)

    def commit(self, *, as_reviewed: bool = False) -> ImportReport:
        """Write everything in one transaction under one run.

        Args:
            as_reviewed: Images whose labels were read in full become reviewed, also those without
                an instance; proposals that nobody touched give way on them.

        Raises:
            StoreWriteError: the disk refused; no label was changed.
        """
        self._classes.add_to(self._store)
        outcome = self._begun()
        changes = self._changes(outcome, as_reviewed=as_reviewed)
        run_id = self._write(changes, outcome, as_reviewed=as_reviewed) if changes else None
        splits = self._splits()
        if splits:
            self._store.set_splits(splits)
        return self._report(outcome, run_id)

    def _begun(self) -> _Outcome:
        return _Outcome(list(self._repaired), list(self._refused))

    def _splits(self) -> dict[int, Split]:
        """Splits of the source for images that have none."""
        return {
            item.row.id: item.labels.split
            for item in self.read
            if item.labels.split and not item.row.split
        }

    def _changes(self, outcome: _Outcome, *, as_reviewed: bool) -> list[_Change]:
        """What changes on each image, as the project is now."""
        changes: list[_Change] = []
        annotations = self._store.annotations([item.row.id for item in self.read])
        for item, before in zip(self.read, annotations, strict=True):
            merged = merge(
                item.labels.rel,
                item.shapes,
                before,
                self._classes,
                reviewed=as_reviewed and item.complete,
            )
            outcome.take(merged)
            if merged.after is before:
                continue
            if before.state in CLOSED:
                reason = f"its image is {before.state.value} already; nothing was added to it"
                outcome.refused.append(item.labels.finding(reason))
                continue
            outcome.accept(item, merged.added, self._classes)
            changes.append((item, before, merged))
        return changes

    def _write(self, changes: Sequence[_Change], outcome: _Outcome, *, as_reviewed: bool) -> str:
        settings = {"format": self.format, "as_reviewed": as_reviewed}
        run_id = self._store.begin_run("import", "", settings)
        deltas: list[tuple[int, int, Delta]] = []
        for _, before, merged in changes:
            kept = {instance.id for instance in before.instances}
            marked = merged.after.with_instances(
                i if i.id in kept else replace(i, run_id=run_id) for i in merged.after.instances
            )
            deltas.append((before.image_id, before.revision, diff(before, marked)))
        refused = set(self._store.commit_run(run_id, deltas))
        self._store.finish_run(run_id, "finished")
        if refused:
            self._take_back(changes, refused, outcome)
        return run_id

    def _take_back(self, changes: Sequence[_Change], refused: set[int], outcome: _Outcome) -> None:
        """Correct the outcome for images that somebody changed in between."""
        outcome.accepted.clear()
        outcome.by_class.clear()
        for item, before, merged in changes:
            if before.image_id in refused:
                reason = "its image was changed while the labels were read; import again"
                outcome.refused.append(item.labels.finding(reason))
            else:
                outcome.accept(item, merged.added, self._classes)

    def _report(self, outcome: _Outcome, run_id: str | None) -> ImportReport:
        return ImportReport(
            images=len(self.read),
            instances=len(outcome.accepted),
            repaired=tuple(outcome.repaired),
            refused=tuple(outcome.refused),
            duplicates=outcome.duplicates,
            run_id=run_id,
            added_classes=self._classes.added,
            accepted=tuple(outcome.accepted),
            format=self.format,
            by_class=outcome.by_class,
        )


def prepare(
    store: Store,
    source: Path,
    *,
    format_name: str = registry.AUTO,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> ImportPlan:
    """Read all labels of a source and find the image of each; nothing is written.

    Args:
        store: The project.
        source: A file or folder of another program, or a zip archive of one.
        format_name: Name of a format, or `auto`.
        report: Told after every image.
        cancel: Asked between images.

    Raises:
        InputError: the source cannot be used.
        CancelledError: `cancel` was set.
    """
    cancel = cancel or CancelToken()
    with archive.unpacked(source) as folder:
        chosen = registry.choose(format_name, folder)
        assert chosen.read is not None  # `choose` refuses formats that are only written
        found = chosen.read(folder)
        repaired: list[Finding] = []
        refused = list(found.findings)
        matched = match(store, found, refused)
        meter = Meter("Importing", len(matched), report)
        read: list[ReadLabels] = []
        for labels, row in matched:
            cancel.check()
            read.append(_read(labels, row, repaired, refused))
            meter.advance()
    return ImportPlan(store, chosen.name, found, read, (repaired, refused))


def _read(
    labels: ImageLabels, row: ImageRow, repaired: list[Finding], refused: list[Finding]
) -> ReadLabels:
    width, height = labels.size or (row.width, row.height)
    reading = Reading(labels.rel, width, height)
    labels.load(reading)
    factor = np.array([row.width / width, row.height / height])
    if reading.shapes and (factor != 1).any():
        reason = f"was labelled at {width} x {height} pixels; scaled to {row.width} x {row.height}"
        repaired.append(labels.finding(reason))
    repaired += reading.repaired
    refused += reading.refused
    return ReadLabels(labels, row, tuple(reading.scaled(factor)), not reading.refused)


def import_labels(
    store: Store,
    source: Path,
    *,
    format_name: str = registry.AUTO,
    as_reviewed: bool = False,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> ImportReport:
    """Add the labels of a source to the images of a project, as one run.

    Human instances are added, nothing that a person made is changed or removed, and what the
    project has already is not added again. Images are found by their path or a stem that only
    one image has. Splits of the source are kept for images that have none. For the arguments and
    errors see `prepare` and `ImportPlan.commit`.
    """
    plan = prepare(store, source, format_name=format_name, report=report, cancel=cancel)
    if cancel is not None:
        cancel.check()
    return plan.commit(as_reviewed=as_reviewed)
