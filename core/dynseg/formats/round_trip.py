"""An export read again by the format's own reader and laid over the labels that it was made of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dynseg.annotation.document import Annotation
from dynseg.errors import InputError
from dynseg.formats import staging, yolo
from dynseg.formats.format import Format
from dynseg.formats.reading import Reading, Shape
from dynseg.formats.source import ImageLabels
from dynseg.geometry import polygon
from dynseg.geometry.part import Part
from dynseg.geometry.raster import mask_from_parts
from dynseg.project.records import ImageRow
from dynseg.project.view import ProjectView


@dataclass(frozen=True, slots=True)
class ShapeMatch:
    """One shape of an exported image.

    Attributes:
        rel: Path of the image in the project.
        number: Place of the shape in the image, counted from 1.
        iou: Overlap with what the export has of it; 0 when that is nothing.
    """

    rel: str
    number: int
    iou: float


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """How well an export holds what the project holds now.

    Attributes:
        shapes: Every shape of every exported image.
        extra: Objects of the export that no shape accounts for.
    """

    shapes: tuple[ShapeMatch, ...]
    extra: int

    @property
    def mean_iou(self) -> float:
        """Mean overlap; 1 for an export without shapes."""
        return sum(s.iou for s in self.shapes) / len(self.shapes) if self.shapes else 1.0

    @property
    def min_iou(self) -> float:
        """Lowest overlap; 1 for an export without shapes."""
        return min((s.iou for s in self.shapes), default=1.0)


def round_trip(view: ProjectView, folder: Path, form: Format = yolo.FORMAT) -> RoundTrip:
    """Read an export and compare it shape by shape.

    What a format of masks holds is compared by whole pixels, everything else by outlines.

    Args:
        view: The project that it was made of.
        folder: The export.
        form: The format that it was written in.

    Raises:
        InputError: it is no export of this program in that format, its files are not those of the
            manifest, or the format cannot be read.
    """
    manifest = staging.read_manifest(folder)
    findings = staging.verify(folder)
    if manifest is None or findings:
        raise InputError(f"{folder.name} is not a complete export: {findings[0]}.", "Export again.")
    if form.read is None or manifest.get("format") != form.name:
        raise InputError(f"{folder.name} cannot be read again as {form.title}.", "Export again.")
    every = form.read(folder).labels
    by_stem = {labels.keys[0].name: labels for labels in every}
    # Labels alone lie as the images of the project do, of which several may have one name.
    files = Counter(labels.rel for labels in every)
    by_file = {labels.rel: labels for labels in every if files[labels.rel] == 1}
    by_rel = {row.rel: row for row in view.images()}
    names = {label.id: label.name for label in view.classes().labels}
    shapes: list[ShapeMatch] = []
    extra = 0
    for entry in manifest["images"]:
        row = by_rel.get(entry["source"])
        if row is None:
            raise InputError(
                f"{folder.name} holds {entry['source']}, which is not in the project any more.",
                "Export again.",
            )
        labels = by_file.get(entry.get("label")) or by_stem.get(Path(entry["image"]).stem)
        read = _shapes(labels, row) if labels is not None else []
        annotation = view.annotation(row.id)
        pieces, left = _pieces(annotation, names, entry["shapes"], read)
        overlaps = [
            _iou(instance.parts, pieces[number], row, form)
            for number, instance in enumerate(annotation.instances, start=1)
        ]
        shapes += [ShapeMatch(row.rel, number, iou) for number, iou in enumerate(overlaps, start=1)]
        extra += left
    return RoundTrip(tuple(shapes), extra)


def _shapes(labels: ImageLabels, row: ImageRow) -> list[Shape]:
    reading = Reading(labels.rel, row.width, row.height)
    labels.load(reading)
    return reading.shapes


_Pieces = dict[int, list[Part]]


def _pieces(
    annotation: Annotation,
    names: dict[int, str],
    written: Sequence[int],
    read: Sequence[Shape],
) -> tuple[_Pieces, int]:
    """What the export has of each shape by its number, and how many objects are left over.

    Objects stand in the order in which they were written. Where the reader found more or fewer,
    each is given to the shape of its class that it covers best.
    """
    pieces: _Pieces = defaultdict(list)
    classes = [names[instance.class_id] for instance in annotation.instances]
    left = 0
    ordered = len(read) == len(written)
    for place, shape in enumerate(read):
        number = written[place] if ordered else _likest(shape, annotation, classes)
        if 0 < number <= len(classes) and classes[number - 1] == shape.label:
            pieces[number] += shape.parts
        else:
            left += 1
    return pieces, left


def _likest(shape: Shape, annotation: Annotation, classes: Sequence[str]) -> int:
    """Number of the shape of the same class that overlaps an object most; 0 for none."""
    overlaps = [
        (polygon.iou(instance.parts, shape.parts), number)
        for number, instance in enumerate(annotation.instances, start=1)
        if classes[number - 1] == shape.label
    ]
    best, number = max(overlaps, default=(0.0, 0))
    return number if best > 0 else 0


def _iou(parts: Sequence[Part], found: Sequence[Part], row: ImageRow, form: Format) -> float:
    if not found:
        return 0.0
    if not form.holds.pixels:
        return polygon.iou(parts, found)
    a, b = (mask_from_parts(p, width=row.width, height=row.height) for p in (parts, found))
    total = int((a | b).sum())
    return int((a & b).sum()) / total if total else 0.0
