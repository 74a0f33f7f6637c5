"""Pascal VOC instance masks (Everingham et al., 2010), in and out."""

from dynseg.formats.format import Format, Holds
from dynseg.formats.voc.palette import MOST
from dynseg.formats.voc.reader import read, recognise
from dynseg.formats.voc.writer import VocWriter

FORMAT = Format(
    name="voc",
    title="Pascal VOC masks",
    prose="JPEGImages with SegmentationClass and SegmentationObject: one mask for all objects.",
    recognise=recognise,
    read=read,
    writer=VocWriter,
    holds=Holds(holes=True, parts=True, pixels=True, overlap=False, most_shapes=MOST),
)

__all__ = ["FORMAT"]
