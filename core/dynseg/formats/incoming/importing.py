"""Labels of another program become human instances of a project.

Reading changes nothing: `prepare` finds and reads all labels and says what would become of each,
`ImportPlan.commit` writes them as one run, which is undone as one.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from msgspec import structs

from dynseg.annotation.delta import Delta, diff
from dynseg.annotation.document import Annotation, ImageState
from dynseg.errors import DamagedError
from dynseg.formats import registry
from dynseg.formats.finding import Finding
from dynseg.formats.incoming import archive
from dynseg.formats.incoming.class_names import Chosen, ClassPlan, SourceWords, unknown_marks
from dynseg.formats.incoming.long_names import LongNames
from dynseg.formats.incoming.matching import match
from dynseg.formats.incoming.merging import How, Merged, merge
from dynseg.formats.incoming.reading import Label, Reading, Shape
from dynseg.formats.incoming.source import ImageLabels
from dynseg.progress import CancelToken, Meter, Report, ignore
from dynseg.project.readable import each_document
from dynseg.project.records import ImageRow, Split
from dynseg.project.runs import DIVIDED, MADE_CLASSES
from dynseg.project.store import Store
from dynseg.project.view import ProjectView

BACKUP_REASON = "before an import"
LEAST_SHAPES = 3
"""Fewer may lie in one corner of an image by chance."""
CLOSED = (ImageState.REVIEWED, ImageState.SKIPPED)
"""What a person has closed is not changed by an import."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person decided about an import.

    Attributes:
        how: What the shapes become. "reviewed" makes images whose labels were read in full
            reviewed, also those without an instance; proposals that nobody touched give way there.
        classes: What was chosen for names of the source; other names go by their name.
    """

    how: How = "work"
    classes: Mapping[str, Chosen] = field(default_factory=dict)


DEFAULT = Choice()


@dataclass(frozen=True, slots=True)
class SourceClass:
    """A class that usable shapes of a source have.

    Attributes:
        name: Its name in the source, `class_7` for a number; empty where shapes have none.
        shapes: How many shapes have it.
    """

    name: str
    shapes: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or would do.

    Attributes:
        images: Images of the project that labels were found for.
        instances: Instances added.
        repaired: What was mended, scaled, dropped as a double, or said besides shapes.
        refused: Shapes, files and images that could not be used.
        duplicates: Instances that the project had already; also listed in `repaired`.
        run_id: The run that undoes it; None when nothing changed.
        added_classes: Names of classes that the project did not have.
        format: Name of the format that was read.
        by_class: Instances added by the name of their class in the project.
        ignored: Shapes whose class was to be left out.
        superseded: Proposals of the project, touched by nobody, that gave way.
    """

    images: int
    instances: int
    repaired: tuple[Finding, ...]
    refused: tuple[Finding, ...]
    duplicates: int = 0
    run_id: str | None = None
    added_classes: tuple[str, ...] = ()
    format: str = ""
    by_class: dict[str, int] = field(default_factory=dict)
    ignored: int = 0
    superseded: int = 0


@dataclass(frozen=True, slots=True)
class ReadLabels:
    """The labels of an image after reading.

    Attributes:
        labels: Where they came from, without what they were read from.
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
    duplicates: int = 0
    ignored: int = 0
    superseded: int = 0
    by_class: dict[str, int] = field(default_factory=dict)

    def take(self, merged: Merged) -> None:
        self.repaired += merged.repaired
        self.refused += merged.refused
        self.duplicates += merged.duplicates
        self.ignored += merged.ignored

    def accept(self, merged: Merged, classes: ClassPlan) -> None:
        self.superseded += merged.superseded
        for shape in merged.added:
            name = classes.becomes(shape.label)
            self.by_class[name] = self.by_class.get(name, 0) + 1


_Change = tuple[ReadLabels, Annotation, Merged]


class ImportPlan:
    """Labels that were read and matched, before they are in the project.

    It holds no open project, so that it can be kept while a person looks at what it would do.

    Attributes:
        format: Name of the format.
        read: The labels of each image that has a partner in the project.
    """

    def __init__(
        self,
        format_name: str,
        declared: tuple[str, ...],
        read: Sequence[ReadLabels],
        findings: tuple[list[Finding], list[Finding]],
        *,
        listed: Sequence[ReadLabels] = (),
    ) -> None:
        self.format = format_name
        self.read = tuple(read)
        self._listed = tuple(listed) or self.read
        """Also images whose labels are left out: they keep the split that the source gave them."""
        self._declared = declared
        self._repaired, self._refused = findings

    def of_images_with_shapes(self) -> ImportPlan:
        """The same without images that have no shape: programs list those nobody has looked at."""
        read = [item for item in self.read if item.shapes]
        findings = (self._repaired, self._refused)
        return ImportPlan(self.format, self._declared, read, findings, listed=self._listed)

    def classes(self, view: ProjectView) -> tuple[SourceClass, ...]:
        """The classes of the shapes that can be used, those of most shapes first."""
        labels = Counter(shape.label for item in self.read for shape in item.shapes)
        words = SourceWords(self._declared, list(labels), view.classes().names)
        shapes: Counter[str] = Counter()
        for label, count in labels.items():
            shapes[words.key(label)] += count
        return tuple(SourceClass(name, count) for name, count in shapes.most_common())

    @property
    def is_numbered(self) -> bool:
        """Whether the source numbers its classes and does not say what they are called."""
        return any(isinstance(shape.label, int) for item in self.read for shape in item.shapes)

    def preview(self, view: ProjectView, choice: Choice = DEFAULT) -> ImportReport:
        """What `commit` would do now; nothing is written.

        Raises:
            InputError: the source has classes that nothing says the names of.
        """
        return _Import(self, view, choice).report(None)

    def commit(self, store: Store, choice: Choice = DEFAULT) -> ImportReport:
        """Write everything in one transaction under one run, with a backup first.

        Raises:
            InputError: as `preview`.
            StoreWriteError: the disk refused; no label, class or split was changed.
        """
        planned = _Import(self, store, choice)
        splits = self._splits()
        if planned.changes or planned.adds_classes:
            store.backup(BACKUP_REASON)
        with store.all_or_nothing():
            run_id = planned.write(store, splits)
            if splits:
                store.set_splits(splits)
        return planned.report(run_id)

    def begun(self) -> _Outcome:
        """The outcome as far as reading decided it."""
        return _Outcome(list(self._repaired), list(self._refused))

    def class_plan(self, view: ProjectView, choice: Choice) -> ClassPlan:
        """Which class each label means."""
        used: list[Label] = [shape.label for item in self.read for shape in item.shapes]
        declared = self._declared if self._listed else ()  # nothing to import brings no classes
        return ClassPlan(view, declared, used, choice.classes)

    def marks(self, view: ProjectView) -> tuple[str, ...]:
        """Labels of its shapes that are no classes, as long as nobody chose one for them."""
        used = {shape.label for item in self.read for shape in item.shapes}
        return tuple(name for name in unknown_marks(view.classes()) if name in used)

    def _splits(self) -> dict[int, Split]:
        """Splits of the source for images that have none."""
        return {
            item.row.id: item.labels.split
            for item in self._listed
            if item.labels.split and not item.row.split
        }


class _Import:
    """What a plan would change in a project as it is now."""

    def __init__(self, plan: ImportPlan, view: ProjectView, choice: Choice) -> None:
        self._plan = plan
        self._choice = choice
        self._classes = plan.class_plan(view, choice)
        self._outcome = plan.begun()
        self.changes = self._changes(view)

    @property
    def adds_classes(self) -> bool:
        """Whether the project lacks a class."""
        return bool(self._classes.added)

    def _changes(self, view: ProjectView) -> list[_Change]:
        changes: list[_Change] = []
        read = self._plan.read
        documents = each_document(view, [item.row.id for item in read])
        for item, (_, before) in zip(read, documents, strict=True):
            if isinstance(before, DamagedError):
                self._outcome.refused.append(item.labels.finding(before.reason))
                continue
            if (before.width, before.height) != (item.row.width, item.row.height):
                reason = "its image has got another size since the labels were read; import again"
                self._outcome.refused.append(item.labels.finding(reason))
                continue
            merged = merge(
                item.labels.rel,
                item.shapes,
                before,
                self._classes,
                how=self._choice.how,
                complete=item.complete,
            )
            self._outcome.take(merged)
            if merged.after is before:
                continue
            if before.state in CLOSED:
                reason = f"its image is {before.state.value} already; nothing was added to it"
                self._outcome.refused.append(item.labels.finding(reason))
                continue
            self._outcome.accept(merged, self._classes)
            changes.append((item, before, merged))
        return changes

    def write(self, store: Store, splits: Mapping[int, Split]) -> str | None:
        """Write the changes and the classes that they need; returns the run, if there is one.

        Args:
            store: The project.
            splits: Places that images get with it, by id, which the run writes down for its undo.
        """
        ids, made = self._classes.add_to(store)
        if not self.changes:
            return None
        settings = {
            "format": self._plan.format,
            "how": self._choice.how,
            MADE_CLASSES: {str(label.id): label.name for label in made},
            DIVIDED: {
                place: [i for i, own in splits.items() if own == place]
                for place in sorted(set(splits.values()))
            },
        }
        run_id = store.begin_run("import", "", settings)
        deltas: list[tuple[int, int, Delta]] = []
        for _, before, merged in self.changes:
            kept = {instance.id for instance in before.instances}
            marked = merged.after.with_instances(
                i
                if i.id in kept
                else structs.replace(i, run_id=run_id, class_id=ids.get(i.class_id, i.class_id))
                for i in merged.after.instances
            )
            deltas.append((before.image_id, before.revision, diff(before, marked)))
        refused = set(store.commit_run(run_id, deltas))
        store.finish_run(run_id, "finished")
        if refused:
            self._take_back(refused)
        return run_id

    def _take_back(self, refused: set[int]) -> None:
        """Correct the outcome for images that somebody changed in between."""
        outcome = self._outcome
        outcome.by_class.clear()
        outcome.superseded = 0
        for item, before, merged in self.changes:
            if before.image_id in refused:
                reason = "its image was changed while the labels were read; import again"
                outcome.refused.append(item.labels.finding(reason))
            else:
                outcome.accept(merged, self._classes)

    def report(self, run_id: str | None) -> ImportReport:
        """What the import does."""
        outcome = self._outcome
        return ImportReport(
            images=len(self._plan.read),
            instances=sum(outcome.by_class.values()),
            repaired=tuple(outcome.repaired),
            refused=tuple(outcome.refused),
            duplicates=outcome.duplicates,
            run_id=run_id,
            added_classes=self._classes.added,
            format=self._plan.format,
            by_class=outcome.by_class,
            ignored=outcome.ignored,
            superseded=outcome.superseded,
        )


def prepare(
    view: ProjectView,
    source: Path,
    *,
    format_name: str = registry.AUTO,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> ImportPlan:
    """Read all labels of a source and find the image of each; nothing is written.

    Args:
        view: The project.
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
        waiting = deque(match(view, found, refused, repaired, cancel=cancel))
        declared = found.names
        del found  # so that what a file holds goes as its images are read
        meter = Meter("Reading the labels", len(waiting), report)
        read: list[ReadLabels] = []
        while waiting:
            cancel.check()
            read.append(_read(*waiting.popleft(), repaired, refused))
            meter.advance()
    short = LongNames(view, repaired)
    read = [replace(item, shapes=short.shapes(item.shapes, item.labels.rel)) for item in read]
    declared = tuple(short.name(name, source.name) for name in declared)
    return ImportPlan(chosen.name, declared, read, (repaired, refused))


def _lie_as_on(reading: Reading, row: ImageRow) -> bool:
    """Whether shapes fit into an image far smaller than they are said to be drawn on.

    Then what is said is wrong, as labelme takes it, too: of an image of twice the area hardly ever
    all shapes lie in one corner.
    """
    if (
        len(reading.shapes) < LEAST_SHAPES
        or reading.width * reading.height < 2 * row.width * row.height
    ):
        return False
    corners = [part.outer.max(axis=0) for shape in reading.shapes for part in shape.parts]
    return bool((np.max(corners, axis=0) <= (row.width, row.height)).all())


def _read(
    labels: ImageLabels, row: ImageRow, repaired: list[Finding], refused: list[Finding]
) -> ReadLabels:
    width, height = labels.size or (row.width, row.height)
    reading = Reading(labels.rel, width, height)
    labels.load(reading)
    factor = np.array([row.width / width, row.height / height])
    if (factor != 1).any() and _lie_as_on(reading, row):
        reason = (
            f"says {width} x {height} pixels, but its shapes lie as on {row.width} x {row.height}"
        )
        repaired.append(labels.finding(f"{reason}; they are not scaled, look whether they fit"))
        factor = np.ones(2)
    elif reading.shapes and (factor != 1).any():
        reason = (
            f"was labelled at {width} x {height} pixels; scaled to {row.width} x {row.height}, "
            "look whether its shapes fit"
        )
        repaired.append(labels.finding(reason))
    repaired += reading.repaired
    refused += reading.refused
    emptied = replace(labels, load=_read_before, picture=None)
    return ReadLabels(emptied, row, tuple(reading.scaled(factor)), not reading.refused)


def _read_before(_: Reading) -> None:
    """Stands for what labels were read from, which a plan does not keep in memory."""


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
    return plan.commit(store, Choice("reviewed" if as_reviewed else "work"))
