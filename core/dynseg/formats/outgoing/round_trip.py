"""An export read again by the format's own reader and laid over the labels that it was made of."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from dynseg.annotation.classes import ClassTable
from dynseg.annotation.document import Annotation
from dynseg.errors import InputError
from dynseg.formats import yolo
from dynseg.formats.format import Format
from dynseg.formats.incoming.reading import Reading, Shape
from dynseg.formats.incoming.source import ImageLabels
from dynseg.formats.outgoing import fitting, staging
from dynseg.formats.outgoing.fitting import Tally
from dynseg.formats.outgoing.page import Entry
from dynseg.formats.outgoing.policy import Policy
from dynseg.geometry import polygon
from dynseg.geometry.part import Part
from dynseg.geometry.raster import Window, cut_mask
from dynseg.project.records import ImageRow
from dynseg.project.view import ProjectView

KEPT_IOU = 0.99
"""Rounding in a file leaves more of the smallest shape that can be exported."""


@dataclass(frozen=True, slots=True)
class ShapeMatch:
    """One shape of an exported image.

    Attributes:
        rel: Path of the image in the project.
        number: Place of the shape in the image, counted from 1.
        iou: Overlap with what the export has of it; 0 when that is nothing.
        kept: Overlap of that with what the format and the policy leave of the shape; 1 when they
            leave nothing.
    """

    rel: str
    number: int
    iou: float
    kept: float = 1.0


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
    def broken(self) -> tuple[ShapeMatch, ...]:
        """Shapes of which the export has not what it should have."""
        return tuple(shape for shape in self.shapes if shape.kept < KEPT_IOU)

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
    classes = view.classes()
    policy = msgspec.convert(manifest["policy"], Policy)
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
        pieces, left = _pieces(annotation, classes, entry["shapes"], read)
        entries = fitting.entries(row.rel, annotation, classes, policy, form.holds, Tally())
        overlaps = _Overlaps(form, entries, row)
        for number, instance in enumerate(annotation.instances, start=1):
            iou = overlaps.of(instance.parts, pieces[number])
            shapes.append(ShapeMatch(row.rel, number, iou, overlaps.kept(number, pieces[number])))
        extra += left
    return RoundTrip(tuple(shapes), extra)


def _shapes(labels: ImageLabels, row: ImageRow) -> list[Shape]:
    reading = Reading(labels.rel, row.width, row.height)
    labels.load(reading)
    return reading.shapes


_Pieces = dict[int, list[Part]]


def _pieces(
    annotation: Annotation,
    classes: ClassTable,
    written: Sequence[int],
    read: Sequence[Shape],
) -> tuple[_Pieces, int]:
    """What the export has of each shape by its number, and how many objects are left over.

    Objects stand in the order in which they were written. Where the reader found more or fewer,
    each is given to the shape of its class that it covers best.
    """
    pieces: _Pieces = defaultdict(list)
    names = [classes.by_id(instance.class_id).name for instance in annotation.instances]
    left = 0
    ordered = len(read) == len(written)
    for place, shape in enumerate(read):
        number = written[place] if ordered else _likest(shape, annotation, names)
        if 0 < number <= len(names) and names[number - 1] == shape.label:
            pieces[number] += shape.parts
        else:
            left += 1
    return pieces, left


def _likest(shape: Shape, annotation: Annotation, names: Sequence[str]) -> int:
    """Number of the shape of the same class that overlaps an object most; 0 for none."""
    overlaps = [
        (polygon.iou(instance.parts, shape.parts), number)
        for number, instance in enumerate(annotation.instances, start=1)
        if names[number - 1] == shape.label
    ]
    best, number = max(overlaps, default=(0.0, 0))
    return number if best > 0 else 0


class _Overlaps:
    """Overlaps of what an export has of an image with what it was made of.

    Args:
        form: Its format; shapes of one of masks are compared by whole pixels, others by outlines.
        entries: What the format and the policy leave of the shapes.
        row: The image.
    """

    def __init__(self, form: Format, entries: Sequence[Entry], row: ImageRow) -> None:
        self._pixels = form.holds.pixels
        self._size = {"width": row.width, "height": row.height}
        self._entries = entries
        self._seen: NDArray[np.int32] | None = None
        if not form.holds.overlap:
            self._seen = np.zeros((row.height, row.width), np.int32)
            for entry in entries:
                window, inside = cut_mask(entry.parts, **self._size)
                self._seen[window][inside] = entry.number
            self._areas = np.bincount(self._seen.ravel())

    def of(self, parts: Sequence[Part], found: Sequence[Part]) -> float:
        """Overlap of a shape with what was found of it."""
        if not (parts and found):
            return 0.0
        if not self._pixels:
            return polygon.iou(parts, found)
        return _mask_iou(cut_mask(parts, **self._size), cut_mask(found, **self._size))

    def kept(self, number: int, found: Sequence[Part]) -> float:
        """Overlap with what there should be of a shape; 1 when that is nothing."""
        wanted = [part for own in self._entries if own.number == number for part in own.parts]
        if not wanted:
            return 1.0
        if self._seen is None:
            return self.of(wanted, found)
        window, inside = cut_mask(found, **self._size)
        shared = int((inside & (self._seen[window] == number)).sum())
        wanted_px = int(self._areas[number]) if number < len(self._areas) else 0
        total = wanted_px + int(inside.sum()) - shared
        return shared / total if total else 0.0


_Cut = tuple[Window, NDArray[np.bool_]]


def _mask_iou(a: _Cut, b: _Cut) -> float:
    (rows, columns), inside = a
    (other_rows, other_columns), other = b
    top, bottom = max(rows.start, other_rows.start), min(rows.stop, other_rows.stop)
    left, right = max(columns.start, other_columns.start), min(columns.stop, other_columns.stop)
    shared = 0
    if bottom > top and right > left:
        one = inside[top - rows.start : bottom - rows.start, left - columns.start :]
        two = other[
            top - other_rows.start : bottom - other_rows.start, left - other_columns.start :
        ]
        width = right - left
        shared = int((one[:, :width] & two[:, :width]).sum())
    total = int(inside.sum()) + int(other.sum()) - shared
    return shared / total if total else 0.0
