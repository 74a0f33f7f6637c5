"""What the canvas shows: layers, zoom and pan, options, placeholder."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from msgspec import structs
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.gui.canvas.conftest import MIDDLE, NONE, Desk, document, proposal, square

from dynseg.annotation.document import Instance
from dynseg.geometry.part import Part, ring
from dynseg_annotator.canvas import Canvas, CanvasColours, layers
from dynseg_annotator.canvas.benchmark import measure
from dynseg_annotator.canvas.colours import LIGHT
from dynseg_annotator.canvas.labels import Label, Labels
from dynseg_annotator.canvas.scene import Scene
from dynseg_annotator.canvas.view import ViewTransform
from dynseg_annotator.itemmodels.benchmark import listed_ms

SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def pixels(image: QImage) -> NDArray[np.uint8]:
    """`(H, W, 3)` RGB of an image."""
    rgb = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return rows[:, : rgb.width() * 3].reshape(rgb.height(), rgb.width(), 3).copy()


def shown(canvas: Canvas) -> NDArray[np.uint8]:
    return pixels(canvas.grab().toImage())


def wheel(
    canvas: Canvas, x: float, y: float, turns: float, keys: Qt.KeyboardModifier = NONE
) -> None:
    at = QPointF(x, y)
    event = QWheelEvent(
        at, canvas.mapToGlobal(at), QPoint(), QPoint(0, round(120 * turns)),
        Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(canvas, event)


def crowd(count: int, seed: int = 0, corners: int = 12, **fields: object) -> list[Instance]:
    rng = np.random.default_rng(seed)
    made = []
    for index in range(count):
        turn = np.linspace(0, 2 * np.pi, corners, endpoint=False)
        radius = rng.uniform(8, 30) * (1 + 0.2 * np.sin(3 * turn))
        middle = rng.uniform((40, 40), (600, 440))
        points = middle + radius[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1)
        item = Instance(index % 4, (Part(ring(points)),), id=f"s{index}")
        made.append(structs.replace(item, **fields))
    return made


def test_d1_the_wheel_zooms_at_the_pointer(desk: Desk) -> None:
    zooms: list[float] = []
    desk.canvas.zoom_changed.connect(zooms.append)
    before = desk.canvas.camera.view.to_image(200, 120)
    wheel(desk.canvas, 200, 120, 3)
    assert desk.canvas.camera.view.to_image(200, 120) == pytest.approx(before)
    assert zooms == [pytest.approx(1.25**3)]


def test_d1_the_wheel_scrolls_when_asked_to_and_ctrl_wheel_zooms(desk: Desk) -> None:
    desk.canvas.wheel_zooms = False
    desk.canvas.camera.set_zoom(4.0)
    before = desk.canvas.camera.view
    wheel(desk.canvas, 200, 120, -1)
    assert desk.canvas.camera.view == before.panned(0, -60)
    wheel(desk.canvas, 200, 120, -1, SHIFT)
    assert desk.canvas.camera.view == before.panned(-60, -60)
    wheel(desk.canvas, 200, 120, 1, CTRL)
    assert desk.canvas.camera.view.scale == pytest.approx(5.0)


@pytest.mark.parametrize(("held", "wanted"), [(NONE, True), (SHIFT, True), (CTRL, False)])
def test_ctrl_space_is_left_to_whoever_has_it_as_a_key(
    desk: Desk, held: Qt.KeyboardModifier, wanted: bool
) -> None:
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Space, held)
    event.ignore()
    QApplication.sendEvent(desk.canvas, event)
    assert event.isAccepted() is wanted


def test_d1_space_drag_and_middle_drag_pan(desk: Desk) -> None:
    desk.put(square(100, 100, 300, id="a"))
    desk.canvas.camera.set_zoom(2.0)
    before = desk.canvas.camera.view
    QTest.keyPress(desk.canvas, Qt.Key.Key_Space)
    assert desk.canvas.cursor().shape() == Qt.CursorShape.OpenHandCursor
    QTest.mousePress(desk.canvas, Qt.MouseButton.LeftButton, NONE, QPoint(300, 200))
    assert desk.canvas._pan is not None
    QTest.mouseMove(desk.canvas, QPoint(330, 210))
    QTest.mouseRelease(desk.canvas, Qt.MouseButton.LeftButton, NONE, QPoint(330, 210))
    QTest.keyRelease(desk.canvas, Qt.Key.Key_Space)
    assert desk.canvas.camera.view == before.panned(30, 10)
    assert desk.canvas.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert desk.selected() == ()
    QTest.mousePress(desk.canvas, MIDDLE, NONE, QPoint(300, 200))
    QTest.mouseMove(desk.canvas, QPoint(270, 190))
    QTest.mouseRelease(desk.canvas, MIDDLE, NONE, QPoint(270, 190))
    assert desk.canvas.camera.view == before
    assert not desk.texts


@pytest.mark.parametrize("scale", [0.7, 1.0, 3.0, 6.0])
def test_what_a_pan_shifts_is_what_would_be_drawn_anew(desk: Desk, scale: float) -> None:
    desk.put(*crowd(60))
    noise = np.random.default_rng(1).integers(0, 255, (480, 640, 4), dtype=np.uint8)
    desk.canvas.set_image(QImage(noise.data, 640, 480, QImage.Format.Format_RGB32).copy())
    desk.canvas.camera.set_zoom(scale)
    desk.canvas.rendering.finish()
    shown(desk.canvas)
    for step in ((17, 5), (-40, 33), (3, -60)):
        desk.canvas.camera.pan_by(*step)
    shifted = shown(desk.canvas).astype(int)
    desk.canvas.rendering.finish()
    fresh = shown(desk.canvas).astype(int)
    # smooth scaling rounds a source rectangle anew for each strip: last-bit differences at most
    difference = np.abs(shifted - fresh)
    assert (difference > 12).mean() < 0.002


def test_an_edit_redraws_what_it_touched_and_nothing_looks_different_from_a_full_drawing(
    desk: Desk,
) -> None:
    items = crowd(200)
    desk.put(*items)
    desk.canvas.rendering.finish()
    moved = structs.replace(items[7], parts=items[90].parts, class_id=3)
    desk.show(document(*items[:7], moved, *items[8:197]))
    repaired = shown(desk.canvas)
    desk.canvas.rendering.finish()
    assert np.array_equal(repaired, shown(desk.canvas))


def test_proposals_are_dashed_and_their_score_is_shown(desk: Desk) -> None:
    desk.canvas.fill_opacity = 0.0
    desk.put(square(100, 100, 200, id="a"))
    solid = shown(desk.canvas)[100, 120:280].astype(int)
    desk.put(proposal(100, 100, 200, 0.87, id="a"))
    dashed = shown(desk.canvas)[100, 120:280].astype(int)
    assert np.ptp(solid, axis=0).max() < 10, "one colour all along"
    gaps = (np.abs(dashed - 0x80).max(axis=1) < 10).mean()
    assert 0.15 < gaps < 0.6
    assert np.abs(shown(desk.canvas)[78:94, 85:115].astype(int) - 0x80).max() > 60, "the score"


def test_an_accepted_proposal_is_drawn_as_work(desk: Desk) -> None:
    desk.put(square(100, 100, 200, id="a"))
    work = shown(desk.canvas)
    desk.put(proposal(100, 100, 200, 0.87, id="a", accepted=True))
    assert np.array_equal(work, shown(desk.canvas))


def test_d3_fill_outline_and_hiding(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"))
    assert desk.pixel(150, 150) != (128, 128, 128)
    desk.canvas.outline_only = True
    assert desk.pixel(150, 150) == (128, 128, 128)
    assert desk.pixel(150, 100) != (128, 128, 128)
    desk.canvas.hide_shapes = True
    assert desk.pixel(150, 100) == (128, 128, 128)
    desk.click(150, 150)
    assert desk.selected() == (), "what is not seen is not picked"
    desk.canvas.hide_shapes = False
    desk.canvas.outline_only = False
    desk.canvas.fill_opacity = 1.0
    red, _, blue = desk.pixel(150, 150)
    assert blue > red + 60, "the first class is blue"


def test_holes_are_left_open(desk: Desk) -> None:
    item = square(100, 100, 200, id="a")
    hole = ring([(150, 150), (250, 150), (250, 250), (150, 250)])
    desk.put(structs.replace(item, parts=(Part(item.parts[0].outer, (hole,)),)))
    assert desk.pixel(200, 200) == (128, 128, 128)
    assert desk.pixel(120, 200) != (128, 128, 128)
    desk.click(200, 200)
    assert desk.selected() == ()


def test_d3_labels_of_all_shapes_or_of_the_selected_one(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a"), square(300, 300, 100, id="b"))
    bare = shown(desk.canvas)
    desk.canvas.show_labels = True
    all_named = shown(desk.canvas)
    assert (all_named[75:98, 70:130] != bare[75:98, 70:130]).any()
    assert (all_named[275:298, 270:330] != bare[275:298, 270:330]).any()
    desk.canvas.show_labels = False
    desk.canvas.set_selection(["a"])
    assert (shown(desk.canvas)[65:95, 70:130] != bare[65:95, 70:130]).any()
    assert (shown(desk.canvas)[275:298, 270:330] == bare[275:298, 270:330]).all()


def test_a_class_that_is_gone_is_still_shown(desk: Desk) -> None:
    desk.put(square(100, 100, 100, id="a", class_id=99))
    desk.canvas.show_labels = True
    assert desk.pixel(150, 150) != (128, 128, 128)


def test_pixels_are_squares_from_400_percent_on(desk: Desk) -> None:
    board = np.zeros((480, 640, 4), np.uint8)
    board[::2, ::2] = board[1::2, 1::2] = 255
    desk.canvas.set_image(QImage(board.data, 640, 480, QImage.Format.Format_RGB32).copy())
    desk.canvas.camera.set_zoom(8.0)
    desk.canvas.rendering.finish()
    assert set(np.unique(shown(desk.canvas))) == {0, 255}
    desk.canvas.camera.set_zoom(3.0)
    desk.canvas.rendering.finish()
    assert len(np.unique(shown(desk.canvas))) > 10


def test_many_shapes_follow_the_image_in_slices(desk: Desk, qtbot: QtBot) -> None:
    items = crowd(900)
    desk.put(*items)
    desk.canvas.rendering.finish()
    full = shown(desk.canvas)
    desk.canvas.set_image(QImage(640, 480, QImage.Format.Format_RGB32))
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(0xFF808080)
    desk.canvas.set_image(image)
    desk.canvas.camera.set_view(ViewTransform())
    at_once = shown(desk.canvas)
    assert not np.array_equal(at_once, full)
    qtbot.waitUntil(lambda: np.array_equal(shown(desk.canvas), full), timeout=5000)


@pytest.mark.parametrize("rich", [True, False])
def test_hundreds_of_shapes_that_go_at_once_are_drawn_in_slices(
    desk: Desk, qtbot: QtBot, rich: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A fast machine draws all of them in the first slice.
    monkeypatch.setattr("dynseg_annotator.canvas.rendering.SLICE_S", 0.0)
    items = crowd(400 if rich else 2400)
    desk.put(*items)
    desk.canvas.rendering.finish()
    before = shown(desk.canvas)
    desk.show(document(*items[::2]))
    at_once = shown(desk.canvas)
    assert np.array_equal(at_once, before), "nobody waits for the drawing"
    desk.canvas.rendering.finish()
    after = shown(desk.canvas)
    assert not np.array_equal(after, before)
    desk.show(document(*items))
    desk.canvas.rendering.finish()
    desk.show(document(*items[::2]))
    qtbot.waitUntil(lambda: np.array_equal(shown(desk.canvas), after), timeout=5000)


@pytest.mark.parametrize("count", [400, 2400])
def test_a_slice_draws_few_points(desk: Desk, monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    desk.put(*crowd(count))
    front = desk.canvas._layers._front
    if front is None or not desk.canvas._layers.is_for(desk.canvas.camera.view):
        desk.canvas.rendering.finish()
        front = desk.canvas._layers._front
    assert front is not None
    front.rich = count == 400
    drawn = 0

    def draw(*_: object) -> None:
        nonlocal drawn
        drawn += 12

    monkeypatch.setattr(layers, "draw", draw)
    ends = [drawn for _ in desk.canvas._layers._draw_shapes(front, front.rect)]
    steps = np.diff([0, *ends, drawn])
    assert drawn == 12 * count * (3 if front.rich else 2)
    assert steps.max() <= layers.STEP_POINTS[front.rich] + 12


def test_labels_that_find_no_room_are_not_made_and_a_pan_looks_for_no_point_again(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    items = [square(100, 100, 200, id=f"s{n}") for n in range(60)]
    desk.put(*items, square(400, 300, 100, id="apart"))
    desk.canvas.show_labels = True
    made: list[str] = []
    make = Labels._made

    def heard(item: Instance, *rest: Any, **options: Any) -> Label:
        made.append(item.id)
        return make(item, *rest, **options)

    monkeypatch.setattr(Labels, "_made", staticmethod(heard))
    desk.canvas.rendering.finish()
    shown(desk.canvas)
    assert len(made) == 2, "59 lie under another one"
    monkeypatch.setattr(Part, "outer", property(lambda _: pytest.fail("looked for again")))
    view, styles = desk.canvas.camera.view, desk.canvas._styles
    again = desk.canvas._labels._lay_out(replace(view, dx=view.dx + 8), (640.0, 480.0), styles)
    assert {label.id for label in again} == set(made)


def test_a_zoom_shows_the_old_layers_at_once_and_the_right_ones_when_at_rest(
    desk: Desk, qtbot: QtBot
) -> None:
    desk.put(*crowd(50))
    shown(desk.canvas)
    wheel(desk.canvas, 300, 200, 2)
    stretched = shown(desk.canvas)
    assert (stretched != 0x80).any()
    expected: list[NDArray[np.uint8]] = []
    qtbot.wait(120)
    expected.append(shown(desk.canvas))
    desk.canvas.rendering.finish()
    assert np.array_equal(expected[0], shown(desk.canvas))
    assert not np.array_equal(stretched, expected[0])


def test_the_placeholder_stands_in_for_an_image(desk: Desk) -> None:
    desk.canvas.set_placeholder("No image", "Open a folder.")
    with_image = shown(desk.canvas)
    desk.canvas.set_image(None)
    empty = shown(desk.canvas)
    background = QColor(desk.canvas._host.colours.background)
    assert tuple(empty[5, 5]) == (background.red(), background.green(), background.blue())
    assert len(np.unique(empty.reshape(-1, 3), axis=0)) > 5, "texts"
    assert not np.array_equal(with_image, empty)


@pytest.mark.parametrize("size", [(1, 1), (30, 400), (400, 20)])
def test_tiny_windows_do_no_harm(desk: Desk, size: tuple[int, int]) -> None:
    desk.put(square(100, 100, 100, id="a"))
    desk.canvas.resize(*size)
    shown(desk.canvas)
    desk.canvas.set_image(None)
    desk.canvas.set_placeholder("No image", "Open a folder of images and start.")
    shown(desk.canvas)


def test_colours_can_be_changed_while_it_is_shown(desk: Desk) -> None:
    desk.canvas.resize(800, 600)
    desk.canvas.set_colours(replace(LIGHT, background="#112233"))
    assert isinstance(LIGHT, CanvasColours)
    desk.canvas.rendering.finish()
    assert tuple(shown(desk.canvas)[3, 3]) == (0x11, 0x22, 0x33)


def test_a_fitted_image_stays_fitted_and_a_zoomed_one_keeps_its_middle(desk: Desk) -> None:
    camera = desk.canvas.camera
    camera.fit()
    desk.canvas.resize(900, 700)
    assert camera.view == ViewTransform.showing((0, 0, 640, 480), (900, 700))
    camera.set_zoom(5.0)
    middle = camera.view.to_image(450, 350)
    desk.canvas.resize(500, 400)
    assert camera.view.to_image(250, 200) == pytest.approx(middle)


def test_d2_the_view_can_be_kept_between_images(desk: Desk) -> None:
    image = QImage(640, 480, QImage.Format.Format_RGB32)
    image.fill(0)
    desk.canvas.camera.set_zoom(3.0)
    view = desk.canvas.camera.view
    desk.canvas.set_image(image, keep_view=True)
    assert desk.canvas.camera.view == view
    desk.canvas.set_image(image)
    assert desk.canvas.camera.view.scale < 1.01


def test_a_small_preview_stands_where_the_image_will_be(desk: Desk) -> None:
    half = QImage(320, 240, QImage.Format.Format_RGB32)
    half.fill(0xFF0000FF)
    desk.canvas.set_image(half, size=(640, 480), keep_view=True)
    assert desk.canvas.camera.image_size == (640, 480)
    assert desk.pixel(630, 470) == (0, 0, 255)


def test_d1_stepping_to_an_object_shows_it_with_its_surroundings(desk: Desk) -> None:
    desk.canvas.camera.show_box((100, 100, 150, 150))
    x0, y0 = desk.canvas.camera.view.to_view(100, 100)
    x1, y1 = desk.canvas.camera.view.to_view(150, 150)
    assert 0 < x0 < x1 < 640
    assert 0 < y0 < y1 < 480


def test_d1_an_object_as_large_as_the_image_is_not_made_smaller(desk: Desk) -> None:
    """Its surroundings would be those of the image."""
    camera = desk.canvas.camera
    width, height = camera.image_size
    camera.fit()
    fitted = camera.view.scale
    camera.show_box((10, 10, width - 10, height - 10))
    assert camera.view.scale >= fitted


def test_the_pointer_position_is_told_in_image_pixels(desk: Desk) -> None:
    told: list[tuple[float, float]] = []
    desk.canvas.cursor_moved.connect(lambda x, y: told.append((x, y)))
    desk.canvas.camera.set_zoom(2.0)
    desk.move(200, 150)
    assert told[-1] == pytest.approx((200, 150), abs=0.5)


def test_it_can_be_reached_and_named(desk: Desk) -> None:
    assert desk.canvas.focusPolicy() == Qt.FocusPolicy.StrongFocus
    assert desk.canvas.accessibleName()


def test_focus_that_came_by_key_is_shown(desk: Desk) -> None:
    desk.canvas.clearFocus()
    desk.canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    clicked = shown(desk.canvas)
    desk.canvas.clearFocus()
    desk.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert not np.array_equal(clicked[:3], shown(desk.canvas)[:3])


def test_it_loads_nothing_heavy() -> None:
    program = (
        "import sys, dynseg_annotator.canvas;"
        "print([name for name in ('cv2', 'torch', 'ultralytics', 'PIL') if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_the_benchmark_measures_everything(qapp: QApplication) -> None:
    figures = measure(polygons=30, points=8, clock="cpu")
    assert {"hover_ms", "hover_p99_ms", "drag_ms", "render_ms", "open_ms", "switch_ms"} <= set(
        figures
    )
    assert {"switch_cold_ms", "undo_bytes"} <= set(figures)
    figures["list_ms"] = listed_ms(50, clock=time.thread_time)
    assert all(np.isfinite(value) and value >= 0 for value in figures.values())


def test_outlines_of_another_image_are_forgotten(desk: Desk) -> None:
    desk.put(*crowd(30))
    shown(desk.canvas)
    assert len(desk.canvas._outlines) == 30
    desk.show(document(*crowd(10, seed=4), image_id=2))
    shown(desk.canvas)
    assert len(desk.canvas._outlines) == 10


def test_shapes_that_change_places_while_another_changes_are_drawn_anew() -> None:
    scene = Scene()
    low, high, other = (
        square(50, 50, 100, id="low"),
        square(80, 80, 100, id="high"),
        square(300, 300, 20, id="other"),
    )
    scene.set_annotation(document(low, high, other))
    moved = square(310, 300, 20, id="other")
    assert scene.set_annotation(document(high, low, moved)) is None, "low lies on top now"
    boxes = scene.set_annotation(document(high, low))
    assert boxes == [(310, 300, 330, 320)]


def test_a_touchpad_that_only_lays_its_fingers_down_leaves_a_fitted_image_fitted(
    desk: Desk,
) -> None:
    desk.canvas.camera.fit()
    wheel(desk.canvas, 100, 100, 0)
    desk.canvas.camera.set_view_size(300, 300, 1.0)
    fitted = desk.canvas.camera.view
    desk.canvas.camera.fit()
    assert desk.canvas.camera.view == fitted


def test_labels_follow_the_font_of_the_window(desk: Desk) -> None:
    desk.put(square(100, 100, 300, id="a"))
    desk.canvas.show_labels = True
    small = shown(desk.canvas)
    font = desk.canvas.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    desk.canvas.setFont(font)
    large = shown(desk.canvas)

    def height(picture: NDArray[np.uint8]) -> int:
        column = picture[:96, 80]
        return int((column != column[0]).any(axis=-1).sum())

    assert height(large) > 1.6 * height(small) > 0
