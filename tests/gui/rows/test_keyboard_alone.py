"""Work without a mouse: no key is silent, the arrows move the image, F6 reaches every panel."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from tests.gui.rows.hands import Hands, square

from dynseg.annotation.document import Origin
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.dialogs.command_palette import CommandPalette

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

P = (210.0, 190.0)


def hint(hands: Hands) -> str:
    return hands.window.status_line._hint.text()


@pytest.mark.parametrize(
    ("key", "action"),
    [("Shift+M", "Refine with the model"), ("U", "Join"), ("Delete", "Delete"), ("Z", "Zoom to")],
)
def test_a_key_that_needs_a_shape_says_so(hands: Hands, key: str, action: str) -> None:
    hands.key(key)
    assert hint(hands).startswith(action)
    assert hint(hands).endswith("Select a shape first.")


def test_advice_goes_once_it_is_followed(hands: Hands) -> None:
    hands.key("Z")
    assert hint(hands).endswith("Select a shape first.")
    hands.session.selection.set(["a"])
    assert hint(hands) == ""


def test_a_redo_without_a_step_says_so(hands: Hands) -> None:
    hands.key("Ctrl+Y")
    assert hint(hands) == "Redo: There is nothing to do again on this image."


def test_the_number_of_its_own_class_accepts_a_proposal(hands: Hands) -> None:
    hands.session.selection.set(["p", "a"])
    hands.key("1")
    assert hands.annotation.instance("p").accepted
    assert hands.annotation.instance("a").origin is Origin.HUMAN
    hands.saved()
    hands.key("Ctrl+Z")
    hands.wait(lambda: not hands.annotation.instance("p").accepted)


def test_the_arrows_move_the_image_while_nothing_is_selected(hands: Hands) -> None:
    hands.canvas.camera.set_zoom(6.0)
    before = hands.canvas.camera.view
    hands.key("Right", 2)
    hands.key("Down")
    after = hands.canvas.camera.view
    assert (after.dx - before.dx, after.dy - before.dy) == pytest.approx((-120, -60), abs=2)
    hands.session.selection.set(["a"])
    hands.key("Right")
    assert hands.canvas.camera.view == after, "now they move the shape"
    assert hands.ring_of("a")[0] == (41.0, 40.0)


def test_f6_reaches_every_panel_and_comes_back(hands: Hands) -> None:
    window = hands.window
    seen = []
    for _ in range(7):
        hands.key("F6")
        focus = window.focusWidget()
        names = ("images", "instances", "classes", "assist", "training", "history")
        seen.append(next((n for n in names if window.dock(n).isAncestorOf(focus)), "image"))
    assert seen == ["images", "instances", "classes", "assist", "training", "history", "image"]
    hands.key("Shift+F6")
    assert window.dock("history").isAncestorOf(window.focusWidget())
    hands.key("Esc")
    assert hands.canvas.hasFocus()
    window.dock("assist").raise_()


def test_the_palette_goes_to_live_learning_and_says_when_it_knows_nothing(hands: Hands) -> None:
    hands.key("Ctrl+K")
    palette = hands.dialog("Find an action")
    assert isinstance(palette, CommandPalette)
    search = palette.findChild(QLineEdit)
    assert search is not None
    search.setText("live learning")
    assert palette.shown() == ["panel-training"]
    search.setText("class")
    assert not palette.shown()[0].startswith("class-1")
    search.setText("class 1")
    assert palette.shown()[0] == "class-1"
    search.setText("zzz")
    assert palette.shown() == []
    palette.run()
    assert palette.isVisible(), "there is nothing to do"
    search.setText("live learning")
    palette.run()
    hands.window.activateWindow()
    hands.wait(lambda: hands.window.dock("training").isAncestorOf(hands.window.focusWidget()))
    hands.canvas.setFocus()
    hands.window.dock("assist").raise_()


def test_enter_in_the_empty_field_for_classes_goes_back_to_the_image(hands: Hands) -> None:
    field = hands.bench.parts.class_panel.new_name
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert hands.canvas.hasFocus()


def test_the_whole_image_is_seen_when_a_number_decides_the_last_proposal(hands: Hands) -> None:
    fitted = hands.scale
    hands.key("Tab")
    assert hands.selected == ("p",)
    assert hands.scale > 1.5 * fitted
    hands.key("2")
    assert hint(hands) == "No proposal is left here; Ctrl+Enter accepts the image"
    assert hands.scale == pytest.approx(fitted)
    assert hands.selected == ("p",), "it can still be corrected"


def test_a_view_that_was_chosen_stays_when_the_last_proposal_is_decided(hands: Hands) -> None:
    hands.put([square("p", 180, 150, 60, origin=Origin.MODEL, score=0.4, model_id="m")])
    hands.canvas.camera.set_zoom(3.0)
    hands.session.selection.set(["p"])
    hands.key("Y")
    assert hands.scale == pytest.approx(3.0)


def test_a_letter_without_an_action_names_the_list_of_keys(hands: Hands) -> None:
    hands.key("V")
    assert hint(hands).startswith("V does nothing here; F1 lists all keys")
    settings = hands.bench.context.settings
    settings.set("custom_keys", {"shortcuts": ["Ctrl+F1"]})
    hands.key("V")
    settings.reset("custom_keys")
    assert hint(hands).startswith("V does nothing here; Ctrl+F1 lists all keys")


def test_a_key_of_the_other_program_names_the_one_that_does_it_here(hands: Hands) -> None:
    hands.key("F")
    assert hint(hands).startswith("“Next image” is D here; File, Settings, Labelling has the keys")
    assert hint(hands).endswith("of CVAT.")
    hands.key("Alt+J")
    assert hint(hands).startswith("“Split by a line” is K here;")
    hands.key("F2")
    assert hint(hands).startswith("“Settings” is Ctrl+, here;")
    hands.bench.context.settings.set("key_preset", "cvat")
    hands.key("A")
    assert hint(hands).startswith("“Previous image” is D here;")
    assert hint(hands).endswith("of labelme and X-AnyLabeling.")


def test_f6_reaches_the_button_of_a_message(hands: Hands) -> None:
    pressed: list[int] = []
    hands.bench.context.messages.show(
        Level.WARN, "Something waits.", "", MessageAction("Do it", lambda: pressed.append(1))
    )
    hands.key("F6")
    hands.key("Space")
    assert pressed == [1]
    hands.canvas.setFocus()


def test_the_preset_of_cvat_brings_its_wheel_and_its_keys(hands: Hands) -> None:
    settings = hands.bench.context.settings
    settings.set("wheel_zooms", False)
    settings.set("key_preset", "cvat")
    fitted = hands.scale
    hands.wheel((80, 90), 2)
    assert hands.scale > fitted
    hands.canvas.camera.fit()
    hands.put([square("a", 40, 40, 80), square("b", 110, 40, 80)])
    hands.session.selection.set(["a", "b"])
    hands.key("J")
    assert len(hands.ids) == 1
    hands.key("Alt+J")
    assert hands.canvas.tool == "split"
    hands.key("F2")
    hands.close(hands.dialog("Settings"))
    settings.set("key_preset", "labelme")
    assert not settings.get("wheel_zooms")


def test_a_name_that_differs_in_its_gaps_alone_is_the_same_class(hands: Hands) -> None:
    hands.bench.classes.add("large  gear")
    hands.wait(lambda: len(hands.bench.context.classes) == 4)
    hands.bench.classes.add(" large gear".strip())
    hands.bench.classes.add("bolt")
    wanted = hands.bench.context.classes.by_name("bolt")
    assert wanted is not None
    hands.wait(lambda: hands.bench.context.current_class == wanted.id)
    assert [label.name for label in hands.bench.context.classes.labels][3:] == ["large gear"]
    hands.key("Ctrl+Z")
