"""One mask image an object: nothing is lost but what is smaller than a pixel; in and out."""

from dynseg.formats.format import Format, Holds
from dynseg.formats.masks.reader import read, recognise
from dynseg.formats.masks.writer import MasksWriter

FORMAT = Format(
    name="masks",
    title="Mask images",
    prose="A black and white PNG for every object; holes, parts and overlaps stay as they are.",
    recognise=recognise,
    read=read,
    writer=MasksWriter,
    holds=Holds(holes=True, parts=True, pixels=True),
)

__all__ = ["FORMAT"]
