"""What the canvas shows, what a model gets and what an export holds is the same, pixel by pixel."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QImage

from dynseg.errors import ImageError
from dynseg.formats.outgoing import picture
from dynseg.images.decode import decode, read_header
from dynseg.inference.letterboxed import checked_pixels
from dynseg_annotator.session.loader import load

QUICK_BYTES = 60_000
"""Larger files are left to the long tests."""


def shown(image: QImage) -> NDArray[np.uint8]:
    """`(H, W, 3)` RGB of what the canvas paints."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return lines[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3).copy()


@pytest.mark.parametrize("most_bytes", [QUICK_BYTES, pytest.param(1 << 40, marks=pytest.mark.slow)])
def test_canvas_model_and_export_agree(shared_data: Path, tmp_path: Path, most_bytes: int) -> None:
    agreed, refused = 0, {}
    for path in sorted((shared_data / "awkward").rglob("*.*")):
        if path.suffix == ".tsv" or path.stat().st_size > most_bytes:
            continue
        loaded = load(1, path)
        if loaded.image is None:  # then the model and the export refuse it for the same reason
            refused[path.name] = loaded.note
            with pytest.raises(ImageError) as by_model:
                checked_pixels(path, None)
            assert by_model.value.reason == loaded.note
            with pytest.raises(ImageError):
                export(path, tmp_path)
            continue
        canvas = shown(loaded.image)
        assert np.array_equal(canvas, checked_pixels(path, None)), path.name
        assert np.array_equal(canvas, decode(export(path, tmp_path)).pixels), path.name
        agreed += 1
    print(f"{agreed} agree, {len(refused)} refused: {refused}")
    assert agreed > 10
    assert all(refused.values())


def export(path: Path, folder: Path) -> Path:
    """The file that an export holds of an image."""
    header = read_header(path)
    found = picture.inspect(path)
    data = picture.encode(path, found, width=header.width, height=header.height)
    target = folder / f"out{found.suffix}"
    target.write_bytes(path.read_bytes() if data is None else data)
    return target
