"""Every key of the table of keys, on the whole window, in both presets where they differ."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from tests.gui.rows.hands import ALT, CTRL, MIDDLE, SHIFT, Hands, square

from dynseg.annotation.document import ImageState
from dynseg_annotator.canvas.view import FIT_MARGIN_PX

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

A = (80.0, 90.0)
"""Inside of shape a."""
B = (220.0, 90.0)
P = (210.0, 190.0)
EMPTY = (140.0, 210.0)
CORNER = (40.0, 40.0)
"""A vertex of a."""
EDGE = (40.0, 80.0)
"""On an edge of a."""


def in_cvat(hands: Hands) -> None:
    hands.bench.context.settings.set("key_preset", "cvat")


def state(hands: Hands, number: int) -> ImageState:
    images = hands.bench.parts.images
    row = images.row_of(images.ids()[number])
    assert row is not None
    return row.state


@pytest.mark.parametrize(("preset", "forth", "back"), [("labelme", "D", "A"), ("cvat", "F", "D")])
def test_key_images(hands: Hands, preset: str, forth: str, back: str) -> None:
    hands.bench.context.settings.set("key_preset", preset)
    hands.key(forth, 2)
    assert hands.image == 2
    hands.key(back)
    assert hands.image == 1


def test_key_images_in_cvat(hands: Hands) -> None:
    in_cvat(hands)
    hands.key("A")
    assert hands.image == 0, "A is no key of this preset"
    hands.key("F")
    assert hands.image == 1
    hands.key("V")
    last = hands.bench.parts.images.total - 1
    assert hands.image == last, "ten images on, or as far as there are some"
    hands.key("C")
    assert hands.image == 0


def test_a_shape_is_locked_by_l_in_cvat(hands: Hands) -> None:
    """It took up another tool, as in no program that such a person knows."""
    in_cvat(hands)
    hands.click(P)
    hands.key("L")
    assert hands.bench.context.visibility.locked_in(hands.annotation) == ["p"]


@pytest.mark.parametrize(
    ("preset", "forth", "back"),
    [("labelme", "Ctrl+Shift+D", "Ctrl+Shift+A"), ("cvat", "Right", "Left")],
)
def test_key_unreviewed_in_labelme_and_in_cvat(
    hands: Hands, preset: str, forth: str, back: str
) -> None:
    hands.bench.context.settings.set("key_preset", preset)
    hands.open(1)
    hands.put(state=ImageState.REVIEWED)
    hands.open(0)
    hands.canvas.setFocus()
    hands.key(forth)
    assert hands.image == 2
    hands.key(back)
    assert hands.image == 0


def test_key_unreviewed_of_cvat_moves_no_shape_in_review(hands: Hands) -> None:
    """Review selects a shape all the time, and the key moved it: a proposal became edited."""
    in_cvat(hands)
    hands.click(P)
    before = hands.annotation
    hands.key("Right")
    assert hands.annotation.instances != before.instances, "while editing it moves the shape"
    hands.key("F4")
    hands.wait(lambda: hands.bench.parts.images.order.value == "suggested")
    hands.canvas.setFocus()
    here = hands.annotation
    hands.bench.context.session.selection.set(["p"])
    hands.key("Right")
    hands.wait(lambda: hands.annotation.image_id != here.image_id)
    store = hands.bench.context.store
    assert store is not None
    assert store.annotation(here.image_id).instances == here.instances


def test_key_accept_image_by_ctrl_enter_anywhere(hands: Hands) -> None:
    hands.bench.parts.image_panel.setFocus()
    hands.key("Ctrl+Return")
    assert (state(hands, 0), hands.image) == (ImageState.REVIEWED, 1)


def test_key_accept_image_by_enter_in_review_alone(hands: Hands) -> None:
    hands.key("Return")
    assert state(hands, 0) is ImageState.IN_WORK
    hands.key("F4")
    hands.wait(lambda: hands.bench.parts.images.order.value == "suggested")
    hands.open(hands.bench.parts.images.ids().index(hands.annotation.image_id))
    here = hands.annotation.image_id
    hands.canvas.setFocus()
    hands.key("Return")
    row = hands.bench.parts.images.row_of(here)
    assert row is not None
    assert row.state is ImageState.REVIEWED
    hands.menu("order-name")


def test_key_objects(hands: Hands) -> None:
    seen = []
    for _ in range(3):
        hands.key("Tab")
        seen.append(hands.selected[0])
    assert seen[0] == "p", "the proposal is the least certain"
    assert sorted(seen) == ["a", "b", "p"]
    hands.key("Shift+Tab")
    assert hands.selected == (seen[1],)


def test_key_verdict(hands: Hands) -> None:
    hands.click(P)
    hands.key("Y")
    assert hands.annotation.instance("p").accepted
    hands.click(B)
    hands.key("X")
    assert hands.ids == ["a", "p"]


@pytest.mark.parametrize("again", ["Ctrl+Y", "Ctrl+Shift+Z"])
def test_key_undo(hands: Hands, again: str) -> None:
    hands.click(A)
    hands.key("Delete")
    hands.saved()
    hands.key("Ctrl+Z")
    hands.wait(lambda: hands.ids == ["a", "b", "p"])
    hands.saved()
    hands.key(again)
    hands.wait(lambda: hands.ids == ["b", "p"])


@pytest.mark.parametrize("key", ["P", "N", "Ctrl+N"])
def test_key_draw_polygon(hands: Hands, key: str) -> None:
    hands.key(key)
    for place in ((20.0, 200.0), (60.0, 200.0), (60.0, 230.0)):
        hands.click(place)
    hands.key("Return")
    assert len(hands.ids) == 4
    assert len(hands.ring_of(hands.ids[-1])) == 3


@pytest.mark.parametrize("key", ["R", "Ctrl+R"])
def test_key_draw_rectangle(hands: Hands, key: str) -> None:
    hands.key(key)
    hands.drag((20, 200), (60, 230))
    assert len(hands.ring_of(hands.ids[-1])) == 4


def test_key_draw_with_the_last_tool_in_cvat(hands: Hands) -> None:
    in_cvat(hands)
    hands.key("R")
    hands.key("Esc")
    assert hands.canvas.tool == "edit"
    hands.key("N")
    assert hands.canvas.tool == "rectangle"
    hands.key("P")
    assert hands.canvas.tool == "polygon"


def test_key_close_the_shape_being_drawn_with_n_in_cvat(hands: Hands) -> None:
    """N begins and ends a shape there; here it only began one, and the second N did nothing."""
    in_cvat(hands)
    hands.key("N")
    for place in ((20.0, 200.0), (60.0, 200.0)):
        hands.click(place)
    hands.key("N")
    assert hands.canvas.is_drawing, "two points are no shape yet"
    hands.click((60.0, 230.0))
    hands.key("N")
    assert not hands.canvas.is_drawing
    assert len(hands.ids) == 4
    assert hands.canvas.tool == "polygon"


def test_that_there_is_no_image_before_is_not_said_of_the_next(hands: Hands) -> None:
    for key in ("Ctrl+P", "A"):
        hands.key(key)
        assert hands.messages()
        hands.key("D")
        assert hands.image == 1
        assert not hands.messages()
        hands.open(0)
        hands.canvas.setFocus()


def test_key_brush(hands: Hands) -> None:
    hands.click(A)
    hands.key("]", 2)
    larger = hands.canvas.brush_px
    assert larger > 10.0
    hands.key("[", 3)
    assert hands.canvas.brush_px < 10.0
    hands.key("B")
    hands.drag((118, 60), (130, 100))
    assert max(x for x, _ in hands.ring_of("a")) > 125
    hands.key("E")
    hands.drag((42, 60), (44, 100))
    assert len(hands.ring_of("a")) > 8
    assert hands.canvas.tool == "eraser"


def test_key_edit_mode(hands: Hands) -> None:
    hands.key("P")
    hands.click(EMPTY)
    hands.key("Esc")
    assert hands.canvas.tool == "polygon", "the first Esc drops the outline"
    hands.key("Esc")
    assert hands.canvas.tool == "edit"
    hands.key("B")
    hands.key("Ctrl+J")
    assert hands.canvas.tool == "edit"
    hands.click(A)
    hands.key("Esc")
    assert hands.selected == ()


def test_key_delete(hands: Hands) -> None:
    hands.click(A)
    hands.point_at(CORNER)
    hands.key("Backspace")
    assert CORNER not in hands.ring_of("a")
    hands.click((120, 40), SHIFT)
    assert len(hands.ring_of("a")) == 3
    hands.click(B)
    hands.click((180, 40), ALT | SHIFT)
    assert len(hands.ring_of("b")) == 4
    hands.key("Delete")
    assert hands.ids == ["a", "p"]


def test_key_delete_vertex_in_cvat(hands: Hands) -> None:
    in_cvat(hands)
    hands.click(A)
    hands.click(CORNER, ALT)
    assert CORNER not in hands.ring_of("a")


def test_key_insert(hands: Hands) -> None:
    hands.click(A)
    hands.drag(EDGE, (30, 80))
    assert len(hands.ring_of("a")) == 6
    hands.click((80, 120), ALT)
    assert len(hands.ring_of("a")) == 7


def test_key_sweep(hands: Hands) -> None:
    hands.click(A)
    hands.drag((60, 34), (80, 34), (90, 34), keys=ALT)
    assert (80.0, 40.0) not in hands.ring_of("a")
    assert len(hands.ring_of("a")) == 4


def test_key_redraw(hands: Hands) -> None:
    hands.click(A)
    hands.drag((120, 40), (140, 60), (140, 100), (120, 120), keys=SHIFT)
    assert max(x for x, _ in hands.ring_of("a")) > 135
    assert (40.0, 40.0) in hands.ring_of("a")


def test_key_redraw_in_cvat(hands: Hands) -> None:
    in_cvat(hands)
    hands.click(A)
    hands.click((120, 40), SHIFT)
    for place in ((140.0, 60.0), (140.0, 100.0), (121.0, 119.0)):
        hands.point_at(place)
    hands.click((120, 120))
    assert max(x for x, _ in hands.ring_of("a")) > 135


def test_key_clipboard(hands: Hands) -> None:
    hands.click(A)
    hands.key("Ctrl+D")
    assert len(hands.ids) == 4
    hands.key("Ctrl+C")
    hands.key("D")
    hands.key("Ctrl+V")
    assert len(hands.ids) == 1
    hands.key("D")
    hands.key("Ctrl+P")
    assert len(hands.ids) == 1


def test_key_clipboard_in_cvat(hands: Hands) -> None:
    in_cvat(hands)
    hands.key("F")
    hands.key("Ctrl+B")
    assert len(hands.ids) == 3


def test_key_label(hands: Hands) -> None:
    classes = [label.id for label in hands.bench.context.classes.labels]
    hands.click(A)
    hands.key("2")
    assert hands.annotation.instance("a").class_id == classes[1]
    hands.key("Ctrl+3")
    assert hands.annotation.instance("a").class_id == classes[2]
    hands.key("Ctrl+E")
    picker = hands.dialog("Class")
    QTest.keyClicks(picker.focusWidget(), "bolt")
    QTest.keyClick(picker, Qt.Key.Key_Return)
    assert hands.annotation.instance("a").class_id == classes[0]
    hands.double_click(B)
    hands.close(hands.dialog("Class"))


def test_key_zoom(hands: Hands) -> None:
    fitted = hands.scale
    hands.key("Ctrl++")
    assert hands.scale > fitted
    hands.key("Ctrl+-")
    assert hands.scale == pytest.approx(fitted)
    hands.key("Ctrl+0")
    assert hands.scale == pytest.approx(1.0)
    hands.key("Ctrl+Shift+F")
    free_px = hands.canvas.width() - 2 * FIT_MARGIN_PX
    assert hands.scale == pytest.approx(free_px / 320)
    hands.key("Ctrl+F")
    assert hands.scale == pytest.approx(fitted)
    hands.wheel(A, 2)
    assert hands.scale > fitted
    hands.bench.context.settings.set("wheel_zooms", False)
    zoomed = hands.scale
    hands.wheel(A, 2)
    assert hands.scale == zoomed, "now the wheel scrolls"
    hands.wheel(A, 2, CTRL)
    assert hands.scale > zoomed


def test_key_pan(hands: Hands) -> None:
    hands.canvas.camera.set_zoom(6.0)
    before = hands.canvas.camera.view
    x, y = before.to_image(200, 200)
    hands.hold(Qt.Key.Key_Space, down=True)
    hands.drag((x, y), (x + 10, y + 5))
    hands.hold(Qt.Key.Key_Space, down=False)
    moved = hands.canvas.camera.view
    assert (moved.dx - before.dx, moved.dy - before.dy) == pytest.approx((60, 30), abs=2)
    hands.drag((x, y), (x - 10, y - 5), button=MIDDLE)
    back = hands.canvas.camera.view
    assert (back.dx - before.dx, back.dy - before.dy) == pytest.approx((0, 0), abs=3)
    assert hands.selected == ()


def test_key_hide(hands: Hands) -> None:
    hands.hold(Qt.Key.Key_H, down=True)
    assert hands.canvas.hide_shapes
    hands.hold(Qt.Key.Key_H, down=False)
    assert not hands.canvas.hide_shapes
    hands.key("Ctrl+H")
    assert hands.canvas.hide_shapes
    hands.key("Ctrl+H")
    assert not hands.canvas.hide_shapes


@pytest.mark.parametrize("key", ["Ctrl+U", "Ctrl+O", "Ctrl+Shift+S"])
def test_key_files_ask(hands: Hands, key: str) -> None:
    if key == "Ctrl+Shift+S":
        hands.key("Ctrl+Return")  # there is something to export
    hands.key(key)
    title = {"Ctrl+U": "Open a folder", "Ctrl+O": "Open an image", "Ctrl+Shift+S": "xport"}[key]
    hands.close(hands.dialog(title))


def test_key_files_save(hands: Hands) -> None:
    hands.click(A)
    hands.key("Delete")
    hands.key("Ctrl+S")
    hands.saved()
    store = hands.bench.context.store
    assert store is not None
    assert [i.id for i in store.annotation(hands.annotation.image_id).instances] == ["b", "p"]


def test_key_help(hands: Hands) -> None:
    for key, title in (("Ctrl+,", "Settings"), ("F1", "Keyboard"), ("Ctrl+K", "Find an action")):
        hands.key(key)
        hands.close(hands.dialog(title))


def test_key_nudge(hands: Hands) -> None:
    hands.click(A)
    hands.key("Right", 2)
    hands.key("Shift+Down")
    assert hands.ring_of("a")[0] == (42.0, 50.0)
    hands.key("Left")
    hands.key("Up")
    hands.key("Shift+Left")
    hands.key("Shift+Up")
    hands.key("Shift+Right")
    hands.key("Down")
    assert hands.ring_of("a")[0] == (41.0, 40.0)


def test_key_quit(hands: Hands) -> None:
    asked: list[int] = []
    before = hands.window.may_close

    def no() -> bool:
        asked.append(1)
        return False

    hands.window.may_close = no
    hands.key("Ctrl+Q")
    hands.window.may_close = before
    assert asked == [1]
    assert hands.window.isVisible(), "the answer was no"


def test_keys_do_nothing_to_what_is_locked(hands: Hands) -> None:
    hands.put([square("a", 40, 40, 80)])
    hands.bench.context.visibility.set_locked(["a"], True)
    hands.session.selection.set(["a"])
    for key in ("Delete", "X", "Right"):
        hands.key(key)
    assert hands.ring_of("a")[0] == (40.0, 40.0)
