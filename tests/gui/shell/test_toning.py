"""The sliders beside the image, by keys (D2)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dynseg.sample.generate import generate
from dynseg_annotator.application.view.own_values import REMEMBERED_PROJECTS
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.canvas.tone import NEUTRAL, Tone
from dynseg_annotator.dialogs.tone_dialog import ToneDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", r"raise\(\)")


def dialog_of(window: Workbench) -> ToneDialog:
    found = window.window.findChild(ToneDialog)
    assert found is not None
    return found


def test_d2_a_slider_tones_this_image_and_the_next_until_it_is_reset(
    opened: Workbench, qtbot: QtBot
) -> None:
    canvas = opened.parts.canvas
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_T)
    dialog = dialog_of(opened)
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert not dialog.reset.isEnabled()
    QTest.keyClick(dialog.sliders[0], Qt.Key.Key_PageUp)
    QTest.keyClick(dialog.sliders[2], Qt.Key.Key_End)
    assert canvas.tone == Tone(brightness=10, gamma=5.0)
    first = opened.context.session.image_id
    QTest.keyClick(canvas, Qt.Key.Key_D)
    qtbot.waitUntil(lambda: opened.context.session.image_id != first)
    assert canvas.tone == Tone(brightness=10, gamma=5.0)
    QTest.mouseClick(dialog.reset, Qt.MouseButton.LeftButton)
    assert canvas.tone == NEUTRAL
    assert [slider.value() for slider in dialog.sliders] == [0, 0, 0]
    dialog.close()


def test_reset_works_without_the_sliders(opened: Workbench) -> None:
    opened.context.settings.set("tone_contrast", -40)
    assert opened.parts.canvas.tone == Tone(contrast=-40)
    QTest.keyClick(opened.parts.canvas, Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)
    assert opened.parts.canvas.tone == NEUTRAL
    assert opened.context.settings.get("tone_contrast") == 0


def test_map_and_grid_are_switched_in_the_view_menu_and_remembered(opened: Workbench) -> None:
    canvas, actions = opened.parts.canvas, opened.parts.actions
    for action_id, key in (("show-minimap", "show_minimap"), ("pixel-grid", "pixel_grid")):
        assert actions[action_id].isChecked()
        assert getattr(canvas, key) is True
        actions[action_id].trigger()
        assert getattr(canvas, key) is False
        assert opened.context.settings.get(key) is False
    actions["show-minimap"].trigger()
    canvas.camera.zoom_by(8.0)
    assert canvas.minimap.isVisible()


def test_enter_on_a_slider_keeps_what_it_set(opened: Workbench) -> None:
    opened.parts.actions["image-tone"].trigger()
    dialog = dialog_of(opened)
    QTest.keyClick(dialog.sliders[1], Qt.Key.Key_PageDown)
    QTest.keyClick(dialog.sliders[1], Qt.Key.Key_Return)
    assert opened.parts.canvas.tone == Tone(contrast=-10)
    assert not dialog.isVisible()


def test_the_sliders_go_with_the_window(opened: Workbench) -> None:
    QTest.keyClick(opened.parts.canvas, Qt.Key.Key_T)
    dialog = dialog_of(opened)
    assert dialog.isVisible()
    opened.window.close()
    assert not dialog.isVisible()


def test_d2_a_note_on_the_canvas_says_the_tone_and_a_click_resets_it(opened: Workbench) -> None:
    canvas, note = opened.parts.canvas, opened.toning.note
    assert not note.isVisible()
    opened.context.settings.set("tone_brightness", 20)
    opened.context.settings.set("tone_contrast", -5)
    opened.context.settings.set("tone_gamma", 1.2)
    assert note.text() == "brightness +20 · contrast \N{MINUS SIGN}5 · gamma 1.20"
    assert note.isVisible()
    assert canvas.rect().contains(note.geometry())
    QTest.mouseClick(note, Qt.MouseButton.LeftButton)
    assert canvas.tone == NEUTRAL
    assert not note.isVisible()


def test_another_project_has_its_own_tone(opened: Workbench, tmp_path: Path, qtbot: QtBot) -> None:
    first = opened.context.store
    assert first is not None
    opened.context.settings.set("tone_gamma", 2.5)
    generate(tmp_path / "other", images=1, seed=1)
    for place, tone in ((tmp_path / "other", NEUTRAL), (first.root, Tone(gamma=2.5))):
        opened.frame.open(place)
        qtbot.waitUntil(lambda: opened.context.store is not None)
        qtbot.waitUntil(lambda: opened.parts.canvas.accepts_gestures, timeout=8000)
        assert opened.parts.canvas.tone == tone
    opened.toning.reset()
    assert opened.context.settings.get("tones") == {}


def test_another_project_has_its_own_confidence(
    opened: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    first = opened.context.store
    assert first is not None
    opened.parts.assist_panel.confidence.setValue(6)
    qtbot.waitUntil(lambda: opened.context.settings.get("confidence") == 0.06)
    generate(tmp_path / "other", images=1, seed=1)
    for place, confidence in ((tmp_path / "other", 0.25), (first.root, 0.06)):
        opened.frame.open(place)
        qtbot.waitUntil(lambda: opened.context.store is not None)
        qtbot.waitUntil(lambda: opened.parts.canvas.accepts_gestures, timeout=8000)
        assert opened.context.settings.get("confidence") == confidence
        assert opened.parts.assist_panel.confidence.value() == round(100 * confidence)


def test_a_tone_that_was_broken_by_hand_is_none(opened: Workbench, qtbot: QtBot) -> None:
    store = opened.context.store
    assert store is not None
    opened.context.settings.set("tones", {str(store.root): [900, "x"]})
    opened.context.project_opened.emit()
    assert opened.parts.canvas.tone == NEUTRAL


def test_the_sliders_leave_the_middle_of_the_image_free(opened: Workbench) -> None:
    canvas = opened.parts.canvas
    QTest.keyClick(canvas, Qt.Key.Key_T)
    dialog = dialog_of(opened)
    middle = canvas.mapToGlobal(canvas.rect().center())
    assert not dialog.frameGeometry().contains(middle)
    assert canvas.window().geometry().contains(dialog.geometry())
    dialog.close()


def test_opening_a_project_makes_none_forgotten(
    opened: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    settings = opened.context.settings
    kept = {f"/photos/{n}": [5, 5, 1.5] for n in range(REMEMBERED_PROJECTS)}
    settings.set("tone_brightness", 7)
    settings.set("tone_gamma", 2.5)
    settings.set("tones", kept)
    generate(tmp_path / "other", images=1, seed=1)
    opened.frame.open(tmp_path / "other")
    qtbot.waitUntil(lambda: settings.get("tone_gamma") == 1.0, timeout=8000)
    qtbot.waitUntil(lambda: opened.parts.canvas.accepts_gestures, timeout=8000)
    assert settings.get("tones") == kept
