"""YOLO segmentation data sets as ultralytics and Roboflow write them, in and out."""

from dynseg.formats.yolo.exporter import ExportSummary, Holes, Link, export
from dynseg.formats.yolo.importer import ImportReport, import_labels
from dynseg.formats.yolo.round_trip import RoundTrip, round_trip
from dynseg.formats.yolo.source import YoloSource, read

__all__ = [
    "ExportSummary",
    "Holes",
    "ImportReport",
    "Link",
    "RoundTrip",
    "YoloSource",
    "export",
    "import_labels",
    "read",
    "round_trip",
]
