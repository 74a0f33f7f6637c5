"""How a model that was written for elsewhere is used there, in words that can be copied."""

from __future__ import annotations

from pathlib import Path


def python_line(target: Path, side: int) -> str:
    """The line of Python with which Ultralytics predicts with a written model.

    A `.pt` needs this program in the same Python.

    Args:
        target: What was written.
        side: Of the images that it expects, pixels.
    """
    call = f'predict("photo.jpg", imgsz={side}, conf=0.25, iou=0.6)'
    line = f'from ultralytics import YOLO; YOLO({str(target)!r}, task="segment").{call}'
    return f"{line}  # with dynseg-annotator installed there" if target.suffix == ".pt" else line
