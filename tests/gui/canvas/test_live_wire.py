"""The live-wire with real events on a real edge (FEATURES: A9)."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot
from tests.gui.canvas.conftest import HEIGHT, WIDTH, Desk

from dynseg.geometry.polygon import area


@pytest.fixture
def wire(desk: Desk) -> Desk:
    """A bright disc of radius 120 in the middle of a dark image."""
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(0xFF202020)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor("#e0e0e0"))
    painter.drawEllipse(200, 120, 240, 240)
    painter.end()
    desk.canvas.set_image(image)
    desk.canvas.camera.set_zoom(1.0)
    desk.canvas.set_tool("live-wire")
    return desk


def click(wire: Desk, qtbot: QtBot, x: int, y: int) -> None:
    """A click, and the map of edges around it."""
    tracer = wire.canvas._tool._tracer  # type: ignore[attr-defined]
    with qtbot.waitSignal(tracer.ready, timeout=8000):
        wire.click(x, y)


def test_a9_the_outline_follows_the_edge_between_clicks(wire: Desk, qtbot: QtBot) -> None:
    for x, y in ((440, 240), (320, 360), (200, 240), (320, 120)):
        click(wire, qtbot, x, y)
    wire.move(400, 150)
    assert wire.canvas.grab().toImage() is not None
    wire.key(Qt.Key.Key_Return)
    (part,) = wire.shapes[0]
    away = np.hypot(part.outer[:, 0] - 320, part.outer[:, 1] - 240)
    assert len(part.outer) > 12, "four clicks alone would be a square"
    assert np.abs(away - 120).max() < 4
    assert area(part) == pytest.approx(np.pi * 120**2, rel=0.03)


def test_a9_backspace_takes_a_whole_way_back(wire: Desk, qtbot: QtBot) -> None:
    click(wire, qtbot, 440, 240)
    click(wire, qtbot, 320, 360)
    click(wire, qtbot, 200, 240)
    wire.key(Qt.Key.Key_Backspace)
    wire.key(Qt.Key.Key_Backspace)
    wire.key(Qt.Key.Key_Backspace)
    assert not wire.canvas.is_drawing
    wire.key(Qt.Key.Key_Escape)
    assert wire.canvas.tool == "edit"


def test_a9_without_a_map_the_way_is_straight(wire: Desk, qtbot: QtBot) -> None:
    for x, y in ((10, 10), (60, 10), (60, 60)):
        click(wire, qtbot, x, y)
        wire.canvas._tool._tracer.forget()  # type: ignore[attr-defined]
    wire.key(Qt.Key.Key_Return)
    assert wire.shapes[0][0].outer.tolist() == [[10, 10], [60, 10], [60, 60]]
