"""The map in the corner shows what is in sight and moves it (D2)."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from tests.gui.canvas.conftest import LEFT, Desk
from tests.gui.canvas.test_staging import picture

from dynseg_annotator.canvas.tone import Tone


@pytest.fixture
def zoomed(desk: Desk) -> Desk:
    """Two thousand pixels at 100 % in a view of 640, the map wanted."""
    desk.canvas.show_minimap = True
    image = picture(2000, 1500)
    image.fill(0xFF606060)
    desk.canvas.set_image(image)
    desk.canvas.camera.set_zoom(1.0)
    desk.canvas.rendering.finish()
    return desk


def middle(desk: Desk) -> tuple[float, float]:
    """The image point in the middle of the view."""
    wide, high = desk.canvas.camera.view_size
    return desk.canvas.camera.view.to_image(wide / 2, high / 2)


def test_the_map_is_there_only_while_a_part_of_the_image_is_out_of_sight(zoomed: Desk) -> None:
    canvas = zoomed.canvas
    assert canvas.minimap.isVisible()
    assert canvas.rect().contains(canvas.minimap.geometry())
    canvas.camera.fit()
    assert not canvas.minimap.isVisible()
    canvas.camera.zoom_by(2.0)
    assert canvas.minimap.isVisible()
    canvas.show_minimap = False
    assert not canvas.minimap.isVisible()
    canvas.show_minimap = True
    canvas.set_image(None)
    assert not canvas.minimap.isVisible()


def test_d2_a_click_brings_that_place_to_the_middle_and_the_tool_hears_nothing(
    zoomed: Desk,
) -> None:
    canvas = zoomed.canvas
    canvas.set_tool("polygon")
    minimap = canvas.minimap
    for share in (0.25, 0.7):
        at = QPoint(round(minimap.width() * share), round(minimap.height() * 0.3))
        QTest.mouseClick(minimap, LEFT, pos=at)
        x, y = middle(zoomed)
        one = 2000 / minimap.width()
        assert x == pytest.approx(2000 * share, abs=one)
        assert y == pytest.approx(1500 * 0.3, abs=one)
    assert not canvas.is_drawing
    assert canvas.camera.view.scale == 1.0


def test_the_frame_is_dragged_without_a_jump(zoomed: Desk) -> None:
    minimap = zoomed.canvas.minimap
    x0, y0 = middle(zoomed)
    grip = minimap.frame.center().toPoint() + QPoint(8, 5)
    QTest.mousePress(minimap, LEFT, pos=grip)
    assert middle(zoomed) == (x0, y0)
    QTest.mouseMove(minimap, grip + QPoint(20, -12))
    QTest.mouseRelease(minimap, LEFT, pos=grip + QPoint(20, -12))
    x1, y1 = middle(zoomed)
    per_px = 2000 / minimap.width()
    assert x1 - x0 == pytest.approx(20 * per_px, abs=per_px)
    assert y1 - y0 == pytest.approx(-12 * per_px, abs=per_px)
    QTest.mouseMove(minimap, grip)
    assert middle(zoomed) == (x1, y1)


def test_the_map_has_the_tone_of_the_image_and_shades_what_is_out_of_sight(zoomed: Desk) -> None:
    minimap = zoomed.canvas.minimap

    def grey(at: QPoint) -> int:
        return QColor(minimap.grab().toImage().pixelColor(at)).green()

    inside, outside = minimap.frame.center().toPoint(), QPoint(6, 6)
    before = grey(inside)
    assert grey(outside) < before == 0x60
    zoomed.canvas.tone = Tone(brightness=20)
    assert grey(inside) == before + 51


def test_the_frame_of_a_very_small_part_is_still_seen(zoomed: Desk) -> None:
    """Of a drone photo, an insect that fills the view is one or two pixels of the map."""
    canvas = zoomed.canvas
    canvas.camera.set_zoom(32.0)
    assert canvas.minimap.frame.height() < 4
    assert frame_pixels(zoomed) >= 40
    for x in (-1e6, 1e6):
        for y in (-1e6, 1e6):
            canvas.camera.pan_by(x, y)
            assert frame_pixels(zoomed) >= 40, "cut off in a corner of the image"


def frame_pixels(desk: Desk) -> int:
    """How many pixels of the map are the frame's."""
    shown = desk.canvas.minimap.grab().toImage()
    accent = desk.canvas._styles.colours.colour("accent")
    return sum(
        shown.pixelColor(x, y) == accent
        for x in range(shown.width())
        for y in range(shown.height())
    )
