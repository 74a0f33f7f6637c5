"""The annotations and project files of the VGG Image Annotator, versions 1 to 3, in."""

from dynseg.formats.format import Format
from dynseg.formats.via.reader import read, recognise

FORMAT = Format(
    name="via",
    title="VIA JSON",
    prose="The annotations or the project file of the VGG Image Annotator, versions 1 to 3.",
    recognise=recognise,
    read=read,
)

__all__ = ["FORMAT"]
