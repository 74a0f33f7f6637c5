"""Brightness, contrast and gamma change what is seen of the image and nothing else (D2)."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor
from tests.gui.canvas.conftest import Desk, document, square
from tests.gui.canvas.test_staging import picture, shown

from dynseg_annotator.canvas.tone import NEUTRAL, Tone, table_of

BRIGHT = Tone(brightness=20, contrast=30, gamma=1.5)


def seen(desk: Desk) -> NDArray[np.uint8]:
    """`(H, W, 3)` uint8 of the canvas."""
    image = shown(desk)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return rows[:, : image.width(), :3].copy()


def expected(before: NDArray[np.uint8], desk: Desk) -> NDArray[np.uint8]:
    """The same with the image toned and what is around it as it was."""
    toned = table_of(BRIGHT)[before]
    ground = QColor(desk.canvas._host.colours.background)
    around = np.all(before == (ground.blue(), ground.green(), ground.red()), axis=2)
    return np.where(around[..., None], before, toned)


def test_neutral_table_changes_nothing_and_others_keep_the_order_of_greys() -> None:
    assert np.array_equal(table_of(NEUTRAL), np.arange(256))
    for tone in (BRIGHT, Tone(-40, -60, 0.3), Tone(100, 100, 5.0)):
        assert np.all(np.diff(table_of(tone).astype(int)) >= 0)
    assert table_of(Tone(gamma=2.0))[60] > 60 > table_of(Tone(brightness=-10))[60]
    assert table_of(Tone(contrast=50))[200] > 200 > table_of(Tone(contrast=-50))[200]


@pytest.mark.parametrize("scale", [0.337, 1.0, 3.7, 11.3])
def test_the_image_is_toned_to_its_last_pixel_and_its_surroundings_are_not(
    desk: Desk, scale: float
) -> None:
    desk.canvas.set_image(picture(333, 211))
    desk.canvas.camera.set_zoom(scale)
    before = seen(desk)
    desk.canvas.tone = BRIGHT
    assert np.array_equal(seen(desk), expected(before, desk))
    desk.canvas.tone = NEUTRAL
    assert np.array_equal(seen(desk), before)


def test_strips_that_a_pan_brings_into_sight_are_toned_once(desk: Desk) -> None:
    desk.canvas.set_image(picture(900, 700))
    desk.canvas.camera.set_zoom(2.0)
    desk.canvas.tone = BRIGHT
    seen(desk)
    for step in ((-31.0, 17.0), (12.0, -40.0)):
        desk.canvas.camera.pan_by(*step)
        desk.canvas.grab()
    moved = seen(desk)
    desk.canvas.tone = NEUTRAL
    assert np.array_equal(moved, expected(seen(desk), desk))


def test_another_tone_and_another_style_before_the_next_frame_both_show(desk: Desk) -> None:
    before = seen(desk)
    desk.canvas.tone = BRIGHT
    desk.canvas.outline_only = True
    assert np.array_equal(seen(desk), expected(before, desk))


def test_the_next_image_has_the_tone_staged_or_not(desk: Desk) -> None:
    image = picture(800, 600)
    stale = desk.canvas.staging()(image)
    desk.canvas.tone = BRIGHT
    fresh = desk.canvas.staging()(image)
    desk.canvas.set_image(image)
    drawn_now = shown(desk)
    for staged in (stale, fresh):
        desk.canvas.set_image(image, staged=staged)
        assert shown(desk) == drawn_now


def test_tools_and_shapes_get_the_image_as_it_is(desk: Desk) -> None:
    desk.show(document(square(100, 100, 80, id="a")))
    before = desk.canvas.pixels((0, 0, 640, 480))
    colour = shown(desk).pixelColor(100, 140)
    desk.canvas.tone = Tone(brightness=60)
    after = desk.canvas.pixels((0, 0, 640, 480))
    assert before is not None
    assert after is not None
    assert np.array_equal(before[0], after[0])
    line = shown(desk).pixelColor(100, 140)
    assert abs(line.hue() - colour.hue()) < 12
    assert abs(line.value() - colour.value()) < 25


def test_the_frame_right_after_a_zoom_is_toned_before_anything_is_drawn_anew(desk: Desk) -> None:
    image = picture(2000, 1500)
    image.fill(0xFF404040)
    desk.canvas.set_image(image)
    desk.canvas.camera.set_zoom(1.0)
    desk.canvas.tone = Tone(brightness=20)
    seen(desk)
    desk.canvas.camera.zoom_by(0.5)
    at_once = desk.canvas.grab().toImage()
    middle, edge = at_once.pixelColor(320, 240), at_once.pixelColor(40, 240)
    assert middle.green() == edge.green() == 0x40 + 51


def test_toning_loads_nothing_while_it_paints() -> None:
    code = (
        "import sys, numpy as np; from PySide6.QtCore import QRect; "
        "from PySide6.QtGui import QImage; from dynseg_annotator.canvas.tone import Tone; "
        "image = QImage(64, 48, QImage.Format.Format_RGB32); image.fill(0xff102030); "
        "before = set(sys.modules); Tone(brightness=20).apply(image, QRect(3, 5, 20, 10)); "
        "assert 'cv2' not in sys.modules and not set(sys.modules) - before; "
        "assert image.pixel(3, 5) == 0xff435363, hex(image.pixel(3, 5)); "
        "assert image.pixel(2, 5) == image.pixel(23, 5) == 0xff102030"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
