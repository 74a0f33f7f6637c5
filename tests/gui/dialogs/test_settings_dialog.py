"""The settings dialog: generated from the table, live both ways."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QPushButton,
    QSpinBox,
    QWidget,
)

from dynseg.annotation.classes import ClassLabel, ClassTable
from dynseg_annotator import language
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.class_choice import ClassChoice
from dynseg_annotator.dialogs.settings_dialog import SettingsDialog
from dynseg_annotator.settings import SECTIONS, SETTINGS, setting

SHOWN = [row for row in SETTINGS if not row.hidden]


@pytest.fixture
def dialog(qtbot, settings):
    made = SettingsDialog(settings)
    qtbot.addWidget(made)
    for section in reversed(SECTIONS):
        made.show_section(section)
    return made


@pytest.mark.parametrize("row", SHOWN, ids=lambda row: row.key)
def test_every_setting_has_a_labelled_widget(dialog, row):
    editor = dialog.findChild(object, row.key)
    buddies = [label for label in dialog.findChildren(QLabel) if label.buddy() is editor]
    assert isinstance(editor, QCheckBox) or [label.text() for label in buddies] == [row.title]
    assert editor.accessibleDescription() == row.prose


def test_search_leaves_the_pages_and_lines_that_have_the_words(dialog):
    dialog.show()
    dialog.show_section(SECTIONS[0])
    dialog.search.setText("dark THEME")
    editor = dialog.findChild(QComboBox, "theme")
    assert editor.isVisible()
    assert dialog.section == setting("theme").section
    assert not dialog.findChild(QDoubleSpinBox, "confidence").isVisible()
    sections = dialog._sections
    assert [row for row in range(len(SECTIONS)) if not sections.isRowHidden(row)] == [
        SECTIONS.index(dialog.section)
    ]
    dialog.search.setText("xyzzy")
    assert not editor.isVisible()
    assert any("No setting" in label.text() for label in dialog.findChildren(QLabel))
    dialog.search.clear()
    assert editor.isVisible()
    assert not any(sections.isRowHidden(row) for row in range(len(SECTIONS)))


AS_TYPED = {
    "en": {"theme": "color", "mask_opacity": "transparency", "confidence": "threshold",
           "key_preset": "hotkey", "device": "nvidia", "tiles": "sahi", "val_share": "test set"},
    "zh_CN": {
        "language": "中文", "theme": "颜色", "mask_opacity": "透明度", "outline_only": "边框",
        "show_labels": "显示标签", "key_preset": "热键", "wheel_zooms": "鼠标滚动",
        "keep_zoom": "放大", "ask_class": "弹窗", "predict_on_open": "自动标注",
        "confidence": "阈值", "simplify_px": "简化多边形", "device": "显卡", "cluster": "服务器",
        "tiles": "小物体", "edges": "边界吸附", "image_size": "分辨率", "nms_iou": "去重",
        "max_detections": "数量上限", "half_precision": "fp16", "train_preset": "微调",
        "train_minutes": "时间限制", "live_learning": "实时学习", "val_share": "测试集的比例",
    },
}  # fmt: skip


@pytest.mark.parametrize("code", AS_TYPED)
def test_every_setting_is_found_by_what_people_call_it(qtbot, settings, code):
    before = language.current()
    language.install(code)
    try:
        made = SettingsDialog(settings)
        qtbot.addWidget(made)
        made.show()
        missed = []
        for key, text in AS_TYPED[code].items():
            made.search.setText(text)
            editor = made.findChild(QWidget, key)
            if editor is None:
                made.show_section(setting(key).section)
                editor = made.findChild(QWidget, key)
            if editor is None or not editor.isVisible():
                missed.append((key, text))
        assert not missed
        made.search.setText("颜色阈值")
        assert made._nothing.isVisible(), "no setting is about both"
    finally:
        language.install(before)


def test_search_shows_also_a_page_that_is_made_for_it(qtbot, settings):
    made = SettingsDialog(settings)
    qtbot.addWidget(made)
    made.show()
    made.search.setText(setting("confidence").title)
    editor = made.findChild(QDoubleSpinBox, "confidence")
    assert editor is not None
    assert editor.isVisible()
    assert made.search.hasFocus() or not made.isActiveWindow()


@pytest.mark.parametrize(
    ("gpus", "chosen", "offered"),
    [(0, "auto", 0), (1, "auto", 0), (2, "auto", 1), (1, "cuda:all", 1)],
)
def test_several_gpus_are_offered_where_there_are_several(qtbot, settings, gpus, chosen, offered):
    settings.set("device", chosen)
    made = SettingsDialog(settings, gpus=gpus)
    qtbot.addWidget(made)
    made.show_section(setting("device").section)
    editor = made.findChild(QComboBox, "device")
    assert editor is not None
    values = [editor.itemData(index) for index in range(editor.count())]
    assert values == ["auto", "cpu", "cuda:0", "cuda:all"][: 3 + offered]
    assert editor.currentData() == chosen == settings.get("device")


def test_what_the_window_remembers_itself_is_not_shown(dialog):
    assert dialog.findChild(object, "window_geometry") is None


def test_widgets_change_settings_at_once(dialog, settings):
    dialog.findChild(QComboBox, "theme").setCurrentIndex(2)
    dialog.findChild(QSpinBox, "mask_opacity").setValue(70)
    dialog.findChild(QCheckBox, "outline_only").click()
    dialog.findChild(QDoubleSpinBox, "confidence").setValue(0.4)
    assert settings.get("theme") == "dark"
    assert settings.get("mask_opacity") == 70
    assert settings.get("outline_only") is True
    assert settings.get("confidence") == 0.4


def test_changes_from_elsewhere_are_shown(dialog, settings):
    settings.set("key_preset", "cvat")
    settings.set("simplify_px", 2.5)
    assert dialog.findChild(QComboBox, "key_preset").currentData() == "cvat"
    assert dialog.findChild(QDoubleSpinBox, "simplify_px").value() == 2.5


def test_a_spin_box_reaches_its_whole_range_and_no_more(dialog):
    for row in SHOWN:
        if row.minimum is not None:
            box = dialog.findChild(object, row.key)
            assert (box.minimum(), box.maximum()) == (row.minimum, row.maximum)


def test_defaults_of_the_shown_page_alone(dialog, settings):
    settings.set("mask_opacity", 90)
    settings.set("confidence", 0.9)
    dialog.show_section("Model")
    button = next(b for b in dialog.findChildren(QPushButton) if "Defaults" in b.text())
    button.click()
    assert settings.get("confidence") == setting("confidence").default
    assert settings.get("mask_opacity") == 90


def test_defaults_are_of_what_the_search_has_left(dialog, settings):
    settings.set("image_size", 640)
    settings.set("max_detections", 7)
    button = next(b for b in dialog.findChildren(QPushButton) if "Defaults" in b.text())
    dialog.search.setText("most objects")
    button.click()
    assert settings.get("max_detections") == setting("max_detections").default
    assert settings.get("image_size") == 640
    dialog.search.setText("no such words")
    assert not button.isEnabled()
    dialog.search.setText("")
    assert button.isEnabled()


def test_the_search_stays_where_it_is_when_nothing_is_found(qtbot, dialog):
    dialog.show()
    qtbot.waitExposed(dialog)
    place = dialog.search.pos()
    dialog.search.setText("no such words")
    dialog.layout().activate()
    assert dialog.search.pos() == place


def turn_wheel(over: QWidget) -> None:
    at = QPointF(4, 4)
    event = QWheelEvent(
        at, over.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(over, event)


def test_who_scrolls_the_page_changes_no_setting(qtbot, dialog, settings):
    dialog.show()
    qtbot.waitExposed(dialog)
    before = {row.key: settings.get(row.key) for row in SHOWN}
    for row in SHOWN:
        turn_wheel(dialog.findChild(QWidget, row.key))
    assert {row.key: settings.get(row.key) for row in SHOWN} == before


def test_who_scrolls_a_list_of_classes_maps_none_otherwise(qtbot):
    labels = tuple(ClassLabel(i, name, "#0072b2") for i, name in enumerate(("nut", "bolt")))
    choice = ClassChoice(ClassTable(labels))
    qtbot.addWidget(choice)
    choice.set_names([("screw", 3)], {})
    choice.show()
    before = choice.chosen()
    turn_wheel(choice.box("screw"))
    assert choice.chosen() == before


def test_a_number_holds_once_it_is_typed_wholly(dialog, settings):
    told = []
    settings.changed.connect(lambda key, value: told.append((key, value)))
    field = dialog.findChild(QSpinBox, "max_detections")
    field.selectAll()
    QTest.keyClicks(field, "250")
    assert not told
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert told == [("max_detections", 250)]


def test_a_heading_shows_a_name_as_it_is_written(qtbot):
    label = layout.heading("1 shape carries the class <b>x</b>.")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
