"""COCO instance annotations (Lin et al., 2014; cocodataset.org/#format-data), in and out."""

from dynseg.formats.coco.reader import read, recognise
from dynseg.formats.coco.writer import CocoWriter
from dynseg.formats.format import Format, Holds

FORMAT = Format(
    name="coco",
    title="COCO JSON",
    prose="One JSON file a split; what Detectron2, MMDetection and pycocotools read.",
    recognise=recognise,
    read=read,
    writer=CocoWriter,
    holds=Holds(parts=True),
)

__all__ = ["FORMAT"]
