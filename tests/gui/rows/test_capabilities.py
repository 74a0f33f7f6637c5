"""Capabilities of the editor that reach over the canvas, with real keys and a real mouse.

What the canvas does by itself is tested beside it (tests/gui/canvas), review mode in
tests/gui/shell/test_review.py; `test_every_row_is_tested` sees to it that no row is left out.
"""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from tests.gui.rows.hands import CTRL, Hands, square

from dynseg.annotation.document import ImageState, Instance, Origin
from dynseg.geometry import polygon
from dynseg.geometry.part import Part, ring
from dynseg_annotator.dialogs.outline_dialog import OutlineDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

A, B, P = (80.0, 90.0), (220.0, 90.0), (210.0, 190.0)
"""Inside of the shapes a, b and of the proposal p."""


def area(hands: Hands, instance_id: str) -> float:
    return sum(polygon.area(part) for part in hands.annotation.instance(instance_id).parts)


def outline_dialog(hands: Hands) -> OutlineDialog:
    hands.key("S")
    dialog = hands.dialog("Outline")
    assert isinstance(dialog, OutlineDialog)
    return dialog


@pytest.mark.parametrize(("choice", "more"), [(0, False), (1, True), (2, True)])
def test_c7_simplify_smooth_and_densify_are_seen_before_they_are_done(
    hands: Hands, choice: int, more: bool
) -> None:
    hands.click(A)
    dialog = outline_dialog(hands)
    QTest.keyClick(dialog.choice, Qt.Key.Key_Home)
    for _ in range(choice):
        QTest.keyClick(dialog.choice, Qt.Key.Key_Down)
    QTest.keyClick(dialog.slider, Qt.Key.Key_End)
    before = len(hands.ring_of("a"))

    def is_seen() -> bool:
        preview = hands.canvas.scene.preview
        return preview is not None and len(preview.parts["a"][0].outer) != before

    hands.wait(is_seen)
    assert len(hands.ring_of("a")) == before, "nothing is changed yet"
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert (len(hands.ring_of("a")) > before) is more
    assert hands.canvas.scene.preview is None


def test_c7_esc_leaves_the_outline_as_it_was(hands: Hands) -> None:
    hands.click(A)
    before = hands.ring_of("a")
    dialog = outline_dialog(hands)
    QTest.keyClick(dialog.slider, Qt.Key.Key_End)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert hands.ring_of("a") == before
    assert hands.canvas.scene.preview is None


def test_c8_shapes_are_joined_subtracted_and_their_holes_filled_by_keys(hands: Hands) -> None:
    hands.put([square("a", 40, 40, 80), square("c", 100, 60, 60), square("d", 50, 60, 20)])
    hands.click((60, 110))
    hands.click((150, 110), CTRL)
    hands.key("U")
    assert hands.ids == ["a", "d"]
    assert area(hands, "a") == pytest.approx(80 * 80 + 60 * 60 - 20 * 60)
    hands.click((110, 50))
    hands.click((60, 70), CTRL)
    hands.key("Shift+U")
    assert len(hands.annotation.instance("a").parts[0].holes) == 1
    hands.click((110, 50))
    hands.key("Shift+O")
    assert not hands.annotation.instance("a").parts[0].holes


def test_c9_borders_of_neighbours_are_made_one_by_a_key(hands: Hands) -> None:
    hands.put([square("a", 40, 40, 80), square("b", 123, 44, 60)])
    hands.click(A)
    hands.key("Shift+B")
    a, b = (polygon.to_shapely(hands.annotation.instance(i).parts) for i in ("a", "b"))
    assert a.intersection(b).area == pytest.approx(0, abs=1e-6)
    assert a.boundary.intersection(b.boundary).length > 40, "a stretch of border is shared"


def test_c10_undo_goes_back_over_a_save_another_image_and_deletes(hands: Hands) -> None:
    start = hands.annotation.instances
    hands.click(A)
    hands.key("Delete")
    hands.click(B)
    hands.key("2")
    hands.key("Ctrl+S")
    hands.saved()
    hands.key("D")
    hands.key("A")
    for _ in range(2):
        hands.key("Ctrl+Z")
        hands.saved()
    hands.wait(lambda: hands.annotation.instances == start)
    for _ in range(2):
        hands.key("Ctrl+Y")
        hands.saved()
    hands.wait(lambda: hands.annotation.instance("b").class_id != start[1].class_id)
    assert hands.ids == ["b", "p"]


def test_c11_shapes_are_copied_within_and_across_images(hands: Hands) -> None:
    hands.click(A)
    hands.click(B, CTRL)
    hands.key("Ctrl+C")
    hands.key("D")
    hands.key("Ctrl+V")
    kept = {item.id: item.parts for item in hands.annotation.instances}
    assert set(kept) == set(hands.selected)
    hands.key("A")
    assert [hands.annotation.instance(i).parts for i in ("a", "b")] == list(kept.values())
    assert not set(kept) & set(hands.ids), "a copy is a shape of its own"
    hands.open(2)
    hands.key("Ctrl+P")
    assert len(hands.ids) == 2, "all of the image before"


def test_c12_several_shapes_are_relabelled_and_deleted_at_once(hands: Hands) -> None:
    hands.drag((30, 30), (270, 130))
    assert set(hands.selected) == {"a", "b"}
    hands.key("3")
    gear = hands.bench.context.classes.labels[2].id
    assert [hands.annotation.instance(i).class_id for i in ("a", "b")] == [gear, gear]
    hands.key("Delete")
    assert hands.ids == ["p"]
    hands.saved()
    hands.key("Ctrl+Z")
    hands.wait(lambda: len(hands.ids) == 3)


def test_c13_the_order_is_changed_and_shapes_are_locked_and_hidden_by_keys(hands: Hands) -> None:
    hands.put([square("large", 40, 40, 120), square("small", 60, 60, 20)])
    hands.click((70, 70))
    assert hands.selected == ("small",)
    hands.key("Ctrl+[")
    assert hands.ids == ["small", "large"]
    hands.click((70, 70))
    assert hands.selected == ("large",), "a second click takes what lies below"
    hands.key("Ctrl+L")
    hands.key("Esc")
    hands.click((120, 120))
    assert not hands.selected
    hands.click((70, 70))
    hands.key("Shift+H")
    assert hands.bench.context.visibility.hidden_in(hands.annotation)
    hands.key("Ctrl+Shift+H")
    assert not hands.bench.context.visibility.hidden_in(hands.annotation)
    hands.click((120, 120))
    assert hands.selected == ("large",)


def test_c14_a_drag_that_would_cross_the_outline_is_refused_and_that_is_said(
    hands: Hands,
) -> None:
    hands.click(A)
    before = hands.ring_of("a")
    hands.drag((40, 40), (150, 110))
    assert hands.ring_of("a") == before
    assert "cross itself" in hands.window.status_line._hint.text()


def test_d1_z_fills_the_view_with_what_is_selected(hands: Hands) -> None:
    fitted = hands.scale
    hands.click(P)
    hands.key("Z")
    assert hands.scale > fitted
    x, y = hands.canvas.camera.view.to_image(hands.canvas.width() / 2, hands.canvas.height() / 2)
    assert (x, y) == pytest.approx((210, 180), abs=2)


def test_d2_zoom_and_place_are_kept_between_images_of_one_size(hands: Hands) -> None:
    hands.wheel(A, 4)
    view = hands.canvas.camera.view
    hands.key("D")
    hands.wait(lambda: hands.canvas.accepts_gestures)
    keeps = hands.bench.context.settings.get("keep_zoom")
    assert (hands.canvas.camera.view == view) is bool(keeps)


def test_d3_names_outlines_and_opacity_follow_menu_and_setting(hands: Hands) -> None:
    def picture() -> bytes:
        hands.canvas.rendering.finish()
        image = hands.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        return bytes(image.constBits())

    first = picture()
    hands.menu("outline-only")
    assert hands.canvas.outline_only
    outlined = picture()
    hands.menu("outline-only")
    opacity = hands.bench.context.settings.get("mask_opacity")
    hands.bench.context.settings.set("mask_opacity", 90)
    dense = picture()
    hands.bench.context.settings.set("mask_opacity", opacity)
    hands.hold(Qt.Key.Key_H, down=True)
    hidden = picture()
    hands.hold(Qt.Key.Key_H, down=False)
    assert len({first, outlined, dense, hidden}) == 4
    assert picture() == first


def test_d8_two_thousand_shapes_are_hovered_and_one_is_dragged(hands: Hands) -> None:
    many = [square(f"s{at}", 4 + 6 * (at % 50), 4 + 5.5 * (at // 50), 4) for at in range(2000)]
    hands.put(many)
    hands.session.selection.set(["s75"])
    start = tuple(hands.ring_of("s75")[0])
    hands.canvas.camera.show_box((140, 0, 180, 30))
    hands.drag((start[0], start[1]), (start[0] - 1.0, start[1] - 1.0))
    moved = hands.ring_of("s75")[0]
    a_pixel = 1 / hands.canvas.camera.view.scale  # of the view: the pointer lies on whole ones
    assert moved == pytest.approx((start[0] - 1, start[1] - 1), abs=a_pixel)
    assert len(hands.ids) == 2000


def test_e1_states_follow_what_is_done(hands: Hands) -> None:
    def state(number: int) -> ImageState:
        images = hands.bench.parts.images
        row = images.row_of(images.ids()[number])
        assert row is not None
        return row.state

    hands.open(1)
    assert state(1) is ImageState.UNLABELLED
    hands.put(
        [square("q", 10, 10, 30, origin=Origin.MODEL, score=0.5, model_id="m")],
        ImageState.PRELABELLED,
    )
    hands.click((25, 25))
    hands.key("Right")
    assert state(1) is ImageState.IN_WORK
    hands.key("Ctrl+Return")
    assert state(1) is ImageState.REVIEWED
    hands.open(2)
    hands.key("Ctrl+Return")
    assert state(2) is ImageState.REVIEWED
    hands.open(3)
    hands.menu("skip-image")
    assert state(3) is ImageState.SKIPPED


def test_c13_what_is_seen_through_a_hole_is_what_is_picked(hands: Hands) -> None:
    hole = ring([(60, 60), (60, 100), (100, 100), (100, 60)])
    frame = Instance(0, (Part(ring([(40, 40), (120, 40), (120, 120), (40, 120)]), (hole,)),))
    hands.put([square("below", 20, 20, 120), frame])
    hands.click((80, 80))
    assert hands.selected == ("below",)
