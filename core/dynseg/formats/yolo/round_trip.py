"""An export read again and laid over the labels that it was made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from dynseg.annotation.document import Annotation, Instance
from dynseg.errors import InputError
from dynseg.formats import staging
from dynseg.formats.yolo import rows
from dynseg.formats.yolo.importer import shape_of
from dynseg.geometry import polygon
from dynseg.geometry.part import Part
from dynseg.project.view import ProjectView


@dataclass(frozen=True, slots=True)
class ShapeMatch:
    """One shape of an exported image.

    Attributes:
        rel: Path of the image in the project.
        number: Place of the shape in the image, counted from 1.
        iou: Overlap with its line in the export; 0 when it has none.
    """

    rel: str
    number: int
    iou: float


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """How well an export holds what the project holds now.

    Attributes:
        shapes: Every shape of every exported image.
        extra: Lines of the export that no shape accounts for.
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


def round_trip(view: ProjectView, folder: Path) -> RoundTrip:
    """Read an export and compare it shape by shape.

    Args:
        view: The project that it was made of.
        folder: The export.

    Raises:
        InputError: it is no export of this program, or its files are not those of the manifest.
    """
    manifest = staging.read_manifest(folder)
    findings = staging.verify(folder)
    if manifest is None or findings:
        raise InputError(f"{folder.name} is not a complete export: {findings[0]}.", "Export again.")
    by_rel = {row.rel: row for row in view.images()}
    indices = {label.id: index for index, label in enumerate(view.classes().labels)}
    shapes: list[ShapeMatch] = []
    extra = 0
    for entry in manifest["images"]:
        row = by_rel[entry["source"]]
        data = (folder / entry["label"]).read_bytes()
        lines = [
            (line.class_index, shape_of(line, width=row.width, height=row.height)[0])
            for line in rows.parse(data, path=entry["label"]).rows
        ]
        found, left = _matched(view.annotation(row.id), indices, lines)
        shapes += [ShapeMatch(row.rel, number, iou) for number, iou in enumerate(found, start=1)]
        extra += left
    return RoundTrip(tuple(shapes), extra)


_Line = tuple[int, tuple[Part, ...]]


def _matched(
    annotation: Annotation, indices: dict[int, int], lines: Sequence[_Line]
) -> tuple[list[float], int]:
    """The overlap of each shape with its line, and how many lines are left over.

    Lines stand in the order of the shapes, some of which may have been left out.
    """
    overlaps: list[float] = []
    at = 0
    for place, instance in enumerate(annotation.instances):
        spare = len(lines) - at - (len(annotation.instances) - place)
        iou = _iou(instance, indices, lines[at]) if at < len(lines) else 0.0
        if iou < 0.5 and spare < 0:
            overlaps.append(0.0)  # this one was left out
            continue
        overlaps.append(iou)
        at += 1
    return overlaps, len(lines) - at


def _iou(instance: Instance, indices: dict[int, int], line: _Line) -> float:
    class_index, parts = line
    if indices[instance.class_id] != class_index or not parts:
        return 0.0
    return polygon.iou(instance.parts, parts)
