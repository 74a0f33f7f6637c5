"""YOLO segmentation data sets as ultralytics and Roboflow write them, in and out."""

from dynseg.formats.format import Format
from dynseg.formats.yolo.source import read, recognise
from dynseg.formats.yolo.writer import YoloWriter

FORMAT = Format(
    name="yolo",
    title="YOLO-seg",
    prose="Images, label files and data.yaml; what Ultralytics trains on unchanged.",
    recognise=recognise,
    read=read,
    writer=YoloWriter,
)

__all__ = ["FORMAT", "read"]
