"""The image with its instances, as one raster widget that asks for edits and makes none."""

from dynseg_annotator.canvas.colours import CanvasColours
from dynseg_annotator.canvas.options import ViewOptions
from dynseg_annotator.canvas.widget import Canvas

__all__ = ["Canvas", "CanvasColours", "ViewOptions"]
