"""L4 and the Keys table: another key for any action, with real key presses."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow

from dynseg_annotator.actions import ACTIONS, MENUS, build, keys_of, spec
from dynseg_annotator.actions.key_choice import owners, reset, tidied, with_key, without_keys
from dynseg_annotator.dialogs.command_palette import CommandPalette
from dynseg_annotator.dialogs.key_editor import KeyEditor
from dynseg_annotator.dialogs.shortcuts_dialog import ShortcutsDialog

Control, Shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot):
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def actions(window, settings):
    return build(window, settings)


@pytest.fixture
def editor(qtbot, settings, actions, window):
    made = KeyEditor(settings, window)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def choose(editor: KeyEditor, text: str) -> None:
    editor.search.setFocus()
    editor.search.selectAll()
    QTest.keyClicks(editor.search, text)
    QTest.keyClick(editor.search, Qt.Key.Key_Return)
    assert editor.field.isVisible()


def test_l4_a_new_key_holds_at_once_and_is_kept(editor, settings, actions):
    choose(editor, "next image")
    assert editor.current.id == "next-image"
    QTest.keyClick(editor.field, Qt.Key.Key_F7)
    assert settings.get("custom_keys") == {"next-image": ["F7"]}
    assert actions["next-image"].shortcut() == QKeySequence("F7")
    assert "(F7)" in actions["next-image"].toolTip()
    assert not editor.field.isVisible()
    settings.flush()
    assert type(settings)(settings.path).get("custom_keys") == {"next-image": ["F7"]}


def test_l4_a_key_that_has_an_owner_is_named_and_can_be_taken_over(editor, settings, actions):
    choose(editor, "next image")
    QTest.keyClick(editor.field, Qt.Key.Key_B, Control)
    assert "“Pre-label many images”" in editor.clash.text()
    assert settings.get("custom_keys") == {}
    assert actions["run-batch"].shortcut() == QKeySequence("Ctrl+B")
    assert editor.take_over.hasFocus()
    QTest.keyClick(editor.take_over, Qt.Key.Key_Space)
    assert actions["next-image"].shortcut() == QKeySequence("Ctrl+B")
    assert actions["run-batch"].shortcuts() == []
    assert editor.clash.text() == ""


def test_l4_enter_presses_the_button_that_has_the_keyboard(editor, settings):
    choose(editor, "next image")
    QTest.keyClick(editor.field, Qt.Key.Key_B, Control)
    assert editor.take_over.hasFocus()
    QTest.keyClick(editor.take_over, Qt.Key.Key_Return)
    assert settings.get("custom_keys")["next-image"] == ["Ctrl+B"]
    assert not editor.field.isVisible()


def test_l4_esc_leaves_everything_as_it_is(editor, settings):
    choose(editor, "next image")
    QTest.keyClick(editor.field, Qt.Key.Key_Escape)
    assert editor.isVisible()
    assert not editor.field.isVisible()
    assert settings.get("custom_keys") == {}


@pytest.mark.parametrize(
    ("key", "modifiers", "text"),
    [
        (Qt.Key.Key_Tab, Control, "Ctrl+Tab"),
        (Qt.Key.Key_Backtab, Shift, "Shift+Tab"),
        (Qt.Key.Key_Question, Shift, "?"),
        (Qt.Key.Key_W, Control | Shift, "Ctrl+Shift+W"),
        (Qt.Key.Key_Right, Control, "Ctrl+Right"),
    ],
)
def test_l4_keys_are_written_as_the_table_writes_them(editor, settings, key, modifiers, text):
    choose(editor, "export")
    QTest.keyClick(editor.field, Qt.Key.Key_Shift)
    assert editor.field.isVisible(), "a modifier alone is no key"
    QTest.keyClick(editor.field, key, modifiers)
    if editor.take_over.isVisible():
        editor.take_over.click()
    assert settings.get("custom_keys")["export"] == [text]


def test_l4_both_enter_keys_are_meant(editor, settings, actions):
    choose(editor, "export")
    QTest.keyClick(editor.field, Qt.Key.Key_Enter, Control)
    editor.take_over.click()
    assert settings.get("custom_keys") == {
        "export": ["Ctrl+Enter", "Ctrl+Return"],
        "accept-image": ["Return", "Enter"],
    }


def test_l4_a_held_key_stays_what_it_is(editor, settings):
    choose(editor, "export")
    QTest.keyClick(editor.field, Qt.Key.Key_H)
    assert "Hide shapes for a moment" in editor.clash.text()
    assert not editor.take_over.isVisible()
    assert settings.get("custom_keys") == {}


def test_l4_another_key_is_added_keys_are_removed_and_reset(editor, settings, actions):
    choose(editor, "next image")
    QTest.keyClick(editor.field, Qt.Key.Key_Escape)
    editor.add_key.click()
    QTest.keyClick(editor.field, Qt.Key.Key_F7)
    assert settings.get("custom_keys") == {"next-image": ["D", "F7"]}
    editor.remove.click()
    assert actions["next-image"].shortcuts() == []
    assert not editor.remove.isEnabled()
    editor.reset.click()
    assert settings.get("custom_keys") == {}
    assert actions["next-image"].shortcut() == QKeySequence("D")


def test_l4_all_are_reset_and_the_preset_is_chosen(editor, settings):
    settings.set("custom_keys", {"next-image": ["F7"], "train": []})
    editor.search.setText("yours")
    assert set(editor.shown()) == {"next-image", "train"}
    buttons = {b.text(): b for b in editor.findChildren(type(editor.reset))}
    buttons["Reset all keys"].click()
    assert settings.get("custom_keys") == {}
    editor.search.clear()
    editor.preset.setCurrentIndex(1)
    assert settings.get("key_preset") == "cvat"
    assert editor._items["next-image"].text(1) == "F"


def test_l4_resetting_an_action_takes_its_key_back_from_the_one_that_has_it():
    choice = with_key({}, spec("export"), "labelme", "D")
    assert choice == {"export": ["D"], "next-image": []}
    assert reset(choice, spec("next-image"), "labelme") == {"export": []}
    assert reset(choice, spec("export"), "labelme") == {"next-image": []}
    assert tidied({"next-image": ["D"], "gone": ["X"]}, "labelme") == {}
    assert without_keys({}, spec("export")) == {"export": []}


def test_l4_a_canvas_key_may_be_shared_by_actions_that_need_different_things():
    assert owners("Left", spec("previous-image"), "labelme", {}) == []
    assert [r.id for r in owners("Left", spec("delete"), "labelme", {})] == ["nudge-left"]


@pytest.mark.parametrize("preset", ["labelme", "cvat"])
def test_l4_whatever_is_taken_over_no_key_has_two_owners(preset):
    choice: dict[str, list[str]] = {}
    wanted = [key for row in ACTIONS for key in keys_of(row, preset).all]
    for row, key in zip(ACTIONS, reversed(wanted), strict=False):
        choice = with_key(choice, row, preset, key)
    window = [key for row in ACTIONS for key in keys_of(row, preset, choice).window]
    assert len(window) == len(set(window))


def test_l3_every_action_is_in_a_menu_or_has_a_key_and_is_in_palette_and_editor(
    editor, settings, actions, window, qtbot
):
    assert all("&" in title for title in MENUS), "menus open by Alt and a letter"
    palette = CommandPalette(actions, settings, window)
    qtbot.addWidget(palette)
    ids = {row.id for row in ACTIONS}
    assert set(palette.shown()) == ids - {"command-palette"}
    assert set(editor.shown()) == ids
    for row in ACTIONS:
        keys = (keys_of(row, preset).all for preset in ("labelme", "cvat"))
        reachable = row.menu or any(keys) or row.id.startswith("panel-")  # F6 goes to each panel
        assert reachable, row.id


def test_the_table_of_keys_closes_by_esc_and_by_its_own_key(settings, actions, window, qtbot):
    for key in (Qt.Key.Key_F1, Qt.Key.Key_Escape):
        dialog = ShortcutsDialog(settings, window)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        dialog.activateWindow()
        qtbot.waitUntil(lambda dialog=dialog: dialog.isActiveWindow())
        QTest.keyClick(dialog, key)
        qtbot.waitUntil(lambda dialog=dialog: not dialog.isVisible())
