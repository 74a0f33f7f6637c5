"""What a box holds, found by the model (A8) or by colour (A9), with the real engine and mouse."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dynseg.annotation import edits
from dynseg.annotation.document import Instance
from dynseg.geometry.part import Part, ring
from dynseg.geometry.raster import mask_from_parts
from dynseg.images.assist import BY_COLOUR, Assist
from dynseg.sample.generate import generate
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.jobs.engine_state import EngineState

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

ENGINE_MS = 90_000
"""The engine loads torch first."""
Box = tuple[float, float, float, float]


def shapes(window: Workbench) -> tuple[Instance, ...]:
    annotation = window.context.session.annotation
    assert annotation is not None
    return annotation.instances


def draw_box(window: Workbench, key: Qt.Key, box: Box) -> None:
    """Choose a tool by its key and drag over a box of the image."""
    canvas = window.parts.canvas
    QTest.keyClick(canvas, key)
    first, last = (
        QPoint(*(round(v) for v in canvas.camera.view.to_view(*box[at : at + 2]))) for at in (0, 2)
    )
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, first)
    QTest.mouseMove(canvas, (first + last) / 2)
    QTest.mouseMove(canvas, last)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, last)
    QApplication.processEvents()


def iou(one: tuple[Part, ...], other: tuple[Part, ...], size: tuple[int, int]) -> float:
    a, b = (mask_from_parts(parts, width=size[0], height=size[1]) for parts in (one, other))
    return float((a & b).sum() / (a | b).sum())


@pytest.fixture
def coloured(opened: Workbench, qtbot: QtBot) -> Workbench:
    """The window on images with one disc each, with a class to give."""
    opened.classes.add("bolt")
    qtbot.waitUntil(lambda: len(opened.context.classes) == 1)
    opened.parts.canvas.setFocus()
    return opened


DISC = ring([(120 + 60 * x, 100 + 60 * y) for x, y in (
    (1, 0), (0.87, 0.5), (0.5, 0.87), (0, 1), (-0.5, 0.87), (-0.87, 0.5), (-1, 0), (-0.87, -0.5),
    (-0.5, -0.87), (0, -1), (0.5, -0.87), (0.87, -0.5),
)])  # fmt: skip


def test_a9_a_box_around_a_disc_finds_it_by_colour_and_a_second_one_refines_it(
    coloured: Workbench, qtbot: QtBot
) -> None:
    box = (50.0, 30.0, 190.0, 170.0)
    draw_box(coloured, Qt.Key.Key_G, box)
    qtbot.waitUntil(lambda: len(shapes(coloured)) == 1)
    (found,) = shapes(coloured)
    assert iou(found.parts, (Part(DISC),), (320, 240)) > 0.9
    sloppy = (Part(ring([(70, 50), (170, 50), (170, 150), (70, 150)])),)
    coloured.context.session.apply("Spoil", edits.replace_parts(found.id, sloppy))
    draw_box(coloured, Qt.Key.Key_G, box)
    qtbot.waitUntil(lambda: shapes(coloured)[0].parts != sloppy)
    (again,) = shapes(coloured)
    assert again.id == found.id, "the selected shape within the box is the one that is meant"
    assert iou(again.parts, (Part(DISC),), (320, 240)) > 0.9


@pytest.mark.timeout(180)
def test_a8_the_model_finds_what_a_box_holds_and_refines_a_sloppy_polygon(
    application: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    window, session = application, application.context.session
    generate(tmp_path / "scenes", images=2, seed=3)
    window.frame.open(tmp_path / "scenes" / "images")
    qtbot.waitUntil(lambda: window.parts.canvas.accepts_gestures)
    window.classes.add("part")
    qtbot.waitUntil(lambda: len(window.context.classes) == 1)
    qtbot.waitUntil(lambda: window.context.active_model is not None)
    window.parts.actions["run-image"].trigger()
    qtbot.waitUntil(lambda: bool(shapes(window)), timeout=ENGINE_MS)
    best = max(shapes(window), key=lambda item: item.score or 0)
    others = [item.id for item in shapes(window) if item is not best]
    session.apply("Delete", edits.remove(others))

    window.parts.canvas.setFocus()
    draw_box(window, Qt.Key.Key_M, best.bounds)
    qtbot.waitUntil(lambda: shapes(window)[0].id != best.id, timeout=ENGINE_MS)
    (found,) = shapes(window)
    assert found.is_human_work, "a person asked for it, so no run may replace it"
    assert found.model_id
    assert session.selection.ids == (found.id,)
    annotation = session.annotation
    assert annotation is not None
    size = annotation.width, annotation.height
    assert iou(found.parts, best.parts, size) > 0.7

    find_again(window, found, best, qtbot)

    x0, y0, x1, y1 = found.bounds
    sloppy = (Part(ring([(x0, y0), (x1, y0), (x1, y1), (x0, y1)])),)
    session.apply("Spoil", edits.replace_parts(found.id, sloppy))
    QTest.keyClick(window.parts.canvas, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: shapes(window)[0].parts != sloppy, timeout=ENGINE_MS)
    assert iou(shapes(window)[0].parts, found.parts, size) > iou(sloppy, found.parts, size)
    session.undo()
    qtbot.waitUntil(lambda: shapes(window)[0].parts == sloppy)

    # an answer for an image that is not open any more changes nothing
    QTest.keyClick(window.parts.canvas, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    first = session.image_id
    window.parts.actions["next-image"].trigger()
    assert not window.finding._questions.waiting()
    qtbot.waitUntil(lambda: window.context.engine.state is EngineState.READY, timeout=ENGINE_MS)
    assert shapes(window) == ()
    assert first is not None
    assert session.latest(first).instances[0].parts == sloppy


def find_again(window: Workbench, found: Instance, best: Instance, qtbot: QtBot) -> None:
    """A second box around an object that has a shape selects it."""
    selection = window.context.session.selection
    selection.clear()
    draw_box(window, Qt.Key.Key_M, best.bounds)
    qtbot.waitUntil(lambda: selection.ids == (found.id,), timeout=ENGINE_MS)
    assert shapes(window) == (found,), "one object has one shape"
    assert "has a shape already" in window.window.status_line._hint.text()


def test_a_box_is_searched_the_way_a_plug_in_does(coloured: Workbench, qtbot: QtBot) -> None:
    def left_half(pixels: NDArray[np.uint8], box: tuple[int, int, int, int]) -> NDArray[np.float32]:
        field = np.zeros(pixels.shape[:2], np.float32)
        field[box[1] : box[3], box[0] : (box[0] + box[2]) // 2] = 1
        return field

    plugged = Assist("left", "Left half", "The left half of the box.", left_half)
    coloured.extensions._offer((BY_COLOUR, plugged))
    (choice,) = [a for a in coloured.window.findChildren(QAction) if a.text() == "Left half"]
    choice.trigger()
    coloured.finding.find_by_colour((40.0, 40.0, 120.0, 100.0))
    qtbot.waitUntil(lambda: len(shapes(coloured)) == 1, timeout=8000)
    x0, y0, x1, y1 = shapes(coloured)[0].bounds
    assert abs(x0 - 40) + abs(y0 - 40) + abs(x1 - 80) + abs(y1 - 100) < 6


def test_what_is_found_by_colour_is_for_the_shape_that_was_selected_when_the_box_was_drawn(
    coloured: Workbench, qtbot: QtBot
) -> None:
    go_on = threading.Event()

    def whole_box(pixels: NDArray[np.uint8], box: tuple[int, int, int, int]) -> NDArray[np.float32]:
        go_on.wait(20)
        field = np.zeros(pixels.shape[:2], np.float32)
        field[box[1] : box[3], box[0] : box[2]] = 1
        return field

    coloured.finding.use(Assist("slow", "Slow", "Takes its time.", whole_box))
    session, box = coloured.context.session, (40.0, 40.0, 120.0, 100.0)
    by_hand = Instance(0, (Part(ring([(42, 42), (118, 42), (118, 98), (42, 98)])),))
    coloured.finding.find_by_colour(box)
    session.apply("Draw shape", edits.add(by_hand))  # it took too long
    session.selection.set([by_hand.id])
    go_on.set()
    qtbot.waitUntil(lambda: len(shapes(coloured)) == 2, timeout=8000)
    assert shapes(coloured)[0].parts == by_hand.parts, "nobody asked for another outline of it"

    go_on.clear()
    session.apply("Delete shape", edits.remove([shapes(coloured)[1].id]))
    session.selection.set([by_hand.id])
    coloured.finding.find_by_colour(box)
    session.apply("Move shape", edits.translate([by_hand.id], 5, 5))
    moved = shapes(coloured)
    session.selection.clear()
    go_on.set()
    line = coloured.window.status_line
    qtbot.waitUntil(lambda: "changed meanwhile" in line._hint.text(), timeout=8000)
    assert shapes(coloured) == moved


def test_a8_refine_does_nothing_to_a_shape_that_is_still_behind_an_undo(
    coloured: Workbench, qtbot: QtBot
) -> None:
    coloured.context.session.selection.set(["on its way"])
    coloured.parts.canvas.setFocus()
    QTest.keyClick(coloured.parts.canvas, Qt.Key.Key_M, Qt.KeyboardModifier.ShiftModifier)
    assert not coloured.finding._questions.waiting()
