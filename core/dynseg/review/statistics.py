"""What a project holds, as counts and histograms: for the command, the window and tables."""

from __future__ import annotations

import bisect
import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dynseg.annotation.document import Annotation, ImageState
from dynseg.errors import DamagedError
from dynseg.geometry import polygon
from dynseg.progress import CancelToken, Meter, Report, ignore
from dynseg.project.readable import each_document
from dynseg.project.view import ProjectView

SIZE_EDGES = (8, 16, 32, 64, 96, 128, 256, 512)
"""Side of a square of the same area, pixels. COCO calls under 32 small, from 96 on large."""
POINT_EDGES = (5, 9, 17, 33, 65, 129)
"""Points of an object, all outlines and holes."""
COUNT_EDGES = (1, 2, 3, 6, 11, 21, 51, 101)
"""Objects of an image."""


@dataclass(frozen=True, slots=True)
class Histogram:
    """How often values fall between edges.

    Attributes:
        edges: Rising; the first class is below the first edge, each edge begins a class, the last
            class has no end.
        counts: One more than there are edges.
    """

    edges: tuple[int, ...]
    counts: tuple[int, ...]

    def ranges(self, least: int = 0) -> list[tuple[int, int | None]]:
        """First whole value of each class, and the first behind it; None for no end."""
        firsts = (least, *self.edges)
        return list(zip(firsts, (*self.edges, None), strict=True))


@dataclass(frozen=True, slots=True)
class ClassFacts:
    """One class.

    Attributes:
        name: Its name.
        colour: `#rrggbb`.
        objects: How many objects have it.
        images: On how many images.
    """

    name: str
    colour: str
    objects: int
    images: int


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a project holds.

    Attributes:
        images: Images in the list.
        damaged: Of these, those whose file is missing or broken, or whose shapes cannot be read.
        objects: Objects on all of them.
        classes: Each class, in the order of the project.
        by_state, by_split, by_origin: Images by state and split, objects by origin.
        sizes: Objects by size, see `SIZE_EDGES`.
        points: Objects by number of points.
        per_image: Images by number of objects.
        mean_points: Points of an object, on average; 0 without any.
    """

    images: int
    damaged: int
    objects: int
    classes: tuple[ClassFacts, ...]
    by_state: dict[str, int]
    by_split: dict[str, int]
    by_origin: dict[str, int]
    sizes: Histogram
    points: Histogram
    per_image: Histogram
    mean_points: float

    def rows(self) -> list[tuple[str, str, int]]:
        """All counts as lines of a table: what is counted, of what, how many."""
        rows = [
            ("images", "all", self.images),
            ("images", "damaged", self.damaged),
            ("objects", "all", self.objects),
        ]
        for title, counts in (
            ("images by state", self.by_state),
            ("images by split", self.by_split),
            ("objects by origin", self.by_origin),
        ):
            rows += [(title, name, number) for name, number in counts.items()]
        rows += [("objects by class", own.name, own.objects) for own in self.classes]
        rows += [("images by class", own.name, own.images) for own in self.classes]
        for title, histogram, least in (
            ("objects by size in pixels", self.sizes, 0),
            ("objects by points", self.points, 3),
            ("images by objects", self.per_image, 0),
        ):
            names = [span(*ends) for ends in histogram.ranges(least)]
            rows += [
                (title, name, number) for name, number in zip(names, histogram.counts, strict=True)
            ]
        return rows


def statistics(
    view: ProjectView, *, report: Report = ignore, cancel: CancelToken | None = None
) -> Statistics:
    """Count what a project holds.

    Args:
        view: A project or, better, one moment of it (`store.snapshot()`).
        report: Told after every image.
        cancel: Asked between images.

    Raises:
        CancelledError: `cancel` was set.
    """
    rows = view.images()
    labelled = [row.id for row in rows if row.instance_count]
    meter = Meter("Counting", len(labelled), report)
    counting = _Counting()
    unreadable = set()
    for image_id, annotation in each_document(view, labelled):
        if cancel is not None:
            cancel.check()
        if isinstance(annotation, DamagedError):
            unreadable.add(image_id)
        else:
            counting.take(annotation)
        meter.advance()
    by_state = {state.value: 0 for state in ImageState}
    by_state.update(Counter(row.state.value for row in rows))
    objects = sum(counting.objects.values())
    return Statistics(
        images=len(rows),
        damaged=sum(bool(row.damage) or row.id in unreadable for row in rows),
        objects=objects,
        classes=tuple(
            ClassFacts(
                label.name, label.colour, counting.objects[label.id], counting.images[label.id]
            )
            for label in view.classes().labels
        ),
        by_state=by_state,
        by_split=dict(Counter(row.split or "none" for row in rows)),
        by_origin=dict(counting.origins),
        sizes=Histogram(SIZE_EDGES, tuple(counting.sizes)),
        points=Histogram(POINT_EDGES, tuple(counting.points)),
        per_image=_histogram(COUNT_EDGES, [row.instance_count for row in rows]),
        mean_points=counting.all_points / objects if objects else 0.0,
    )


def span(first: int, end: int | None) -> str:
    """The whole values of a class: `3-4`, `1`, `129 and more`."""
    if end is None:
        return f"{first} and more"
    return str(first) if end == first + 1 else f"{first}-{end - 1}"


def write_table(path: Path, found: Statistics) -> None:
    """Write all counts as CSV: UTF-8 with a mark that spreadsheets look for.

    Raises:
        OSError: it cannot be written.
    """
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(("what", "of", "number"))
        table.writerows(found.rows())


class _Counting:
    """Grows from image to image."""

    def __init__(self) -> None:
        self.objects: Counter[int] = Counter()
        self.images: Counter[int] = Counter()
        self.origins: Counter[str] = Counter()
        self.sizes = [0] * (len(SIZE_EDGES) + 1)
        self.points = [0] * (len(POINT_EDGES) + 1)
        self.all_points = 0

    def take(self, annotation: Annotation) -> None:
        """Count an image."""
        self.images.update({item.class_id for item in annotation.instances})
        for item in annotation.instances:
            self.objects[item.class_id] += 1
            self.origins[item.origin.value] += 1
            area = sum(polygon.area(part) for part in item.parts)
            points = sum(len(outline) for part in item.parts for outline in part.rings)
            self.sizes[bisect.bisect(SIZE_EDGES, max(area, 0.0) ** 0.5)] += 1
            self.points[bisect.bisect(POINT_EDGES, points)] += 1
            self.all_points += points


def _histogram(edges: tuple[int, ...], values: Sequence[int]) -> Histogram:
    counts = Counter(bisect.bisect(edges, value) for value in values)
    return Histogram(edges, tuple(counts[at] for at in range(len(edges) + 1)))
