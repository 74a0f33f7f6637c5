"""The actions table: complete, without clashes, and what is built from it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QMainWindow,
    QMenu,
    QSlider,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dynseg_annotator import theme
from dynseg_annotator.actions import (
    ACTIONS,
    MENUS,
    CanvasKeys,
    Need,
    build,
    enable_for,
    fill_menu_bar,
    fill_tool_bar,
    keys_of,
    spec,
)
from dynseg_annotator.actions.table import TOOL_BAR
from dynseg_annotator.settings import Settings

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

PRESETS = ("labelme", "cvat")


@pytest.fixture
def settings(qapp):
    return Settings()


@pytest.fixture
def window(qtbot):
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


def test_ids_are_unique_and_rows_complete():
    assert len({row.id for row in ACTIONS}) == len(ACTIONS)
    for row in ACTIONS:
        assert row.tip.endswith((".", "!")), row.id
        assert not row.icon or row.icon in theme.icon_names(), row.id
        assert not row.menu or row.menu in MENUS, row.id
        assert row.menu or row.shown_as, f"{row.id} would be listed nowhere"


@pytest.mark.parametrize("preset", PRESETS)
def test_no_two_actions_share_a_key(preset):
    window_keys = Counter(key for row in ACTIONS for key in keys_of(row, preset).window)
    assert [key for key, count in window_keys.items() if count > 1] == []
    canvas_keys = Counter(
        (key, row.needs) for row in ACTIONS for key in keys_of(row, preset).canvas
    )
    assert [key for key, count in canvas_keys.items() if count > 1] == []


@pytest.mark.parametrize("preset", PRESETS)
def test_every_key_is_one_that_qt_knows(preset):
    for row in ACTIONS:
        for key in keys_of(row, preset).all:
            read = QKeySequence(key)
            assert read.count() == 1, key
            assert read.toString(), key


def test_a_plain_key_that_other_widgets_need_belongs_to_the_canvas():
    needed = {"Tab", "Shift+Tab", "Return", "Enter", "Space", "Left", "Right", "Up", "Down"}
    for preset in PRESETS:
        for row in ACTIONS:
            assert not needed & set(keys_of(row, preset).window), row.id


@pytest.mark.parametrize("place", sorted({(r.menu, r.submenu) for r in ACTIONS if r.menu}))
def test_mnemonics_of_a_menu_are_unique(place):
    letters = []
    inner = {r.submenu: r.submenu for r in ACTIONS if place == (r.menu, "") and r.submenu}
    own = [r.text for r in ACTIONS if (r.menu, r.submenu) == place]
    for text in [*inner, *own]:
        text = text.replace("&&", "")
        if "&" in text:
            letters.append(text[text.index("&") + 1].lower())
    assert [letter for letter, count in Counter(letters).items() if count > 1] == []


def test_the_keys_of_the_feature_list():
    expected = {
        "next-image": ("D", "F"), "previous-image": ("A", "D"),
        "accept-object": ("Y", "Y"), "reject-object": ("X", "X"), "undo": ("Ctrl+Z", "Ctrl+Z"),
        "run-image": ("I", "I"), "copy-previous": ("Ctrl+P", "Ctrl+B"),
        "open-folder": ("Ctrl+U", "Ctrl+U"), "command-palette": ("Ctrl+K", "Ctrl+K"),
    }  # fmt: skip
    for action_id, (labelme, cvat) in expected.items():
        assert keys_of(spec(action_id), "labelme").window[0] == labelme
        assert keys_of(spec(action_id), "cvat").window[0] == cvat


def test_keys_follow_the_preset_at_run_time(window, settings):
    actions = build(window, settings)
    assert actions["next-image"].shortcut() == QKeySequence("D")
    settings.set("key_preset", "cvat")
    assert actions["next-image"].shortcut() == QKeySequence("F")
    assert "(F)" in actions["next-image"].toolTip()


def test_own_keys_replace_those_of_the_preset(window, settings):
    actions = build(window, settings)
    settings.set("custom_keys", {"next-image": ["PgDown"], "train": []})
    assert actions["next-image"].shortcut() == QKeySequence("PgDown")
    assert actions["train"].shortcuts() == []


def test_what_is_enabled_follows_what_is_open(window, settings):
    actions = build(window, settings)
    assert actions["open-folder"].isEnabled()
    assert not actions["export"].isEnabled()
    enable_for(actions, Need.IMAGE)
    assert actions["draw-polygon"].isEnabled()
    assert not actions["delete"].isEnabled()


def test_menus_and_tool_bar_hold_what_the_table_says(window, settings):
    actions = build(window, settings)
    menus = fill_menu_bar(window.menuBar(), actions)
    assert list(menus) == [title.replace("&", "") for title in MENUS]
    for title, menu in menus.items():
        lines = [
            *menu.actions(),
            *(line for own in menu.findChildren(QMenu) for line in own.actions()),
        ]
        ids = [line.objectName() for line in lines if line.objectName()]
        assert ids == [row.id for row in ACTIONS if row.menu.replace("&", "") == title]
    bar = QToolBar(window)
    fill_tool_bar(bar, actions)
    shown = [action.objectName() for action in bar.actions() if not action.isSeparator()]
    assert shown == [action_id for group in TOOL_BAR for action_id in group]


def test_every_icon_is_there_after_the_first_paint(window, settings, qtbot):
    actions = build(window, settings)
    assert not actions["undo"].icon().isNull()
    qtbot.waitUntil(lambda: not actions["guide"].icon().isNull())
    assert all(actions[row.id].icon().isNull() is not bool(row.icon) for row in ACTIONS)


def test_the_main_gesture_carries_words(window, settings):
    actions = build(window, settings)
    bar = QToolBar(window)
    fill_tool_bar(bar, actions)
    button = bar.widgetForAction(actions["accept-image"])
    assert isinstance(button, QToolButton)
    assert button.text() == "Accept and next"
    assert button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonTextBesideIcon


def test_only_one_tool_is_on(window, settings):
    actions = build(window, settings)
    enable_for(actions, Need.IMAGE)
    actions["edit-mode"].trigger()
    actions["draw-polygon"].trigger()
    assert not actions["edit-mode"].isChecked()


@dataclass
class Bench:
    """A window with a canvas (any widget that takes the focus) and a slider beside it."""

    canvas: QWidget
    slider: QSlider
    actions: dict[str, QAction]
    fired: list[str]


@pytest.fixture
def bench(window, settings, qtbot):
    actions = build(window, settings)
    window.addActions(list(actions.values()))
    centre = QWidget()
    layout = QVBoxLayout(centre)
    canvas, slider = QWidget(), QSlider(Qt.Orientation.Horizontal)
    canvas.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    layout.addWidget(canvas)
    layout.addWidget(slider)
    window.setCentralWidget(centre)
    fired: list[str] = []
    for action_id, action in actions.items():
        action.triggered.connect(lambda _=False, name=action_id: fired.append(name))
    window.show()
    qtbot.waitExposed(window)
    canvas.setFocus()
    return Bench(canvas, slider, actions, fired)


def test_arrows_nudge_while_something_is_selected_else_go_on(bench, settings, qtbot):
    keys = CanvasKeys(bench.canvas, bench.actions, settings)
    settings.set("key_preset", "cvat")
    enable_for(bench.actions, Need.IMAGE)
    qtbot.keyClick(bench.canvas, Qt.Key.Key_Right)
    enable_for(bench.actions, Need.SELECTION)
    qtbot.keyClick(bench.canvas, Qt.Key.Key_Right)
    qtbot.keyClick(bench.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert bench.fired == ["next-unreviewed", "nudge-right", "nudge-right-far"]
    bench.slider.setFocus()
    qtbot.keyClick(bench.slider, Qt.Key.Key_Right)
    assert bench.slider.value() == 1
    assert len(bench.fired) == 3
    assert keys.parent() is bench.canvas


def test_tab_steps_through_objects_on_the_canvas_alone(bench, settings, qtbot):
    CanvasKeys(bench.canvas, bench.actions, settings)
    enable_for(bench.actions, Need.IMAGE)
    qtbot.keyClick(bench.canvas, Qt.Key.Key_Tab)
    qtbot.keyClick(bench.canvas, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert bench.fired == ["next-object", "previous-object"]
    bench.slider.setFocus()
    qtbot.keyClick(bench.slider, Qt.Key.Key_Tab)
    assert len(bench.fired) == 2


def test_enter_is_the_canvas_own_while_it_draws(bench, settings, qtbot):
    drawing = True
    CanvasKeys(bench.canvas, bench.actions, settings, busy=lambda: drawing, reviewing=lambda: True)
    enable_for(bench.actions, Need.IMAGE)
    qtbot.keyClick(bench.canvas, Qt.Key.Key_Return)
    assert bench.fired == []
    drawing = False
    qtbot.keyClick(bench.canvas, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert bench.fired == ["accept-image"]
