"""Label images, as microscopy has them: one number an object, its class in a table; in and out."""

from dynseg.formats import masks
from dynseg.formats.format import Format, Holds
from dynseg.formats.incoming.object_map import MOST_OBJECTS
from dynseg.formats.labelmap.writer import LabelmapWriter

FORMAT = Format(
    name="labelmap",
    title="Label images",
    prose="A 16-bit PNG an image, its objects numbered from 1, and their classes in objects.csv; "
    "for CellProfiler, scikit-image and Cellpose.",
    read=masks.FORMAT.read,  # which recognises them, too
    writer=LabelmapWriter,
    holds=Holds(holes=True, parts=True, pixels=True, overlap=False, most_shapes=MOST_OBJECTS),
)

__all__ = ["FORMAT"]
