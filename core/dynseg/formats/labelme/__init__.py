"""One JSON file an image beside it, as labelme and X-AnyLabeling write it, in and out."""

from dynseg.formats.format import Format, Holds
from dynseg.formats.labelme.reader import read, recognise
from dynseg.formats.labelme.writer import LabelmeWriter

FORMAT = Format(
    name="labelme",
    title="labelme and X-AnyLabeling JSON",
    prose="One JSON file beside each image, as labelme and X-AnyLabeling open it; labels alone lie "
    "as your images do, to be copied over their folder.",
    recognise=recognise,
    read=read,
    writer=LabelmeWriter,
    holds=Holds(parts=True),
)

__all__ = ["FORMAT"]
