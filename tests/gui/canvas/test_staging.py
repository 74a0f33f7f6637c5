"""An image that was got ready ahead of time looks as if it had been drawn just now (D2, D9)."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage
from tests.gui.canvas.conftest import Desk


def picture(width: int, height: int) -> QImage:
    """Noise: any shift or other filter shows."""
    pixels = np.random.default_rng(width).integers(0, 255, (height, width, 4), dtype=np.uint8)
    return QImage(pixels.data, width, height, QImage.Format.Format_RGB32).copy()


def shown(desk: Desk) -> QImage:
    desk.canvas.rendering.finish()
    return desk.canvas.grab().toImage()


@pytest.mark.parametrize("size", [(640, 480), (1920, 1080), (90, 700)])
@pytest.mark.parametrize("keep_view", [False, True])
def test_staged_image_is_the_same_to_the_pixel(
    desk: Desk, size: tuple[int, int], keep_view: bool
) -> None:
    desk.canvas.camera.zoom_by(1.7, (200.0, 120.0))
    view, image = desk.canvas.camera.view, picture(*size)
    staged = desk.canvas.staging(keep_view=keep_view)(image)
    desk.canvas.set_image(image, keep_view=keep_view)
    expected = shown(desk)
    desk.canvas.camera.set_image_size(640, 480)
    desk.canvas.camera.set_view(view)
    desk.canvas.set_image(image, keep_view=keep_view, staged=staged)
    assert staged.backdrop.view == desk.canvas.camera.view, "or it would not have been of use"
    assert shown(desk) == expected


def test_what_was_staged_for_another_view_is_drawn_anew(desk: Desk) -> None:
    image = picture(800, 600)
    staged = desk.canvas.staging()(image)
    desk.canvas.resize(500, 300)
    desk.canvas.set_image(image, staged=staged)
    seen = shown(desk)
    desk.canvas.set_image(image)
    assert seen == shown(desk)
