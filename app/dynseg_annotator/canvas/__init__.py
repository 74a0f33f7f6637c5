"""The image with its instances, as one raster widget that asks for edits and makes none."""

import os

from dynseg_annotator.canvas.colours import CanvasColours
from dynseg_annotator.canvas.options import ViewOptions
from dynseg_annotator.canvas.widget import Canvas

# Qt paints larger fills on a thread pool and waits for it. While a training run has all the cores
# that wait makes a hover frame seven times longer (8.3 instead of 1.1 ms); alone it gains nothing.
# Read by Qt at its first larger fill, so before any window is shown is early enough.
os.environ.setdefault("QT_NO_GUI_THREADPOOL", "1")

__all__ = ["Canvas", "CanvasColours", "ViewOptions"]
