"""Tiles, classes and a box to look into (A5, A11), chosen in the panel, with the real engine."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from dynseg.annotation import edits
from dynseg.annotation.document import ImageState, Instance
from dynseg.geometry.part import Part, ring
from dynseg.sample.scene import render
from dynseg.worker.protocol import ModelLoaded
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs.settings_dialog import SettingsDialog
from dynseg_annotator.panels.run_options import RunOptions
from dynseg_annotator.settings import setting

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

ENGINE_MS = 90_000
LEFT = (0.0, 0.0, 320.0, 480.0)


def shapes(window: Workbench) -> tuple[Instance, ...]:
    annotation = window.context.session.annotation
    assert annotation is not None
    return annotation.instances


@pytest.fixture
def large(application: Workbench, tmp_path: Path, qtbot: QtBot) -> Workbench:
    """The window on one image of six scenes, too large for the starter to see their parts."""
    folder = tmp_path / "large"
    folder.mkdir()
    rows = [
        np.hstack([render(5, 3 * row + column, width=320, height=240).pixels for column in (0, 1)])
        for row in (0, 1)
    ]
    Image.fromarray(np.vstack(rows)).save(folder / "a.png", compress_level=1)
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=8000)
    qtbot.waitUntil(lambda: application.context.active_model is not None, timeout=8000)
    return application


def test_options_are_settings_and_reach_the_model(opened: Workbench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: opened.context.active_model is not None, timeout=8000)
    panel, settings = opened.parts.assist_panel, opened.context.settings
    assert not panel.options.isVisibleTo(panel)
    panel.more.click()
    assert panel.options.isVisibleTo(panel)
    tiles = panel.options.findChild(QComboBox, "tiles")
    assert tiles is not None
    tiles.activated.emit(tiles.findData("auto"))
    size = panel.options.findChild(QSpinBox, "image_size")
    assert size is not None
    assert size.text() == "as trained"
    size.setValue(640)
    half = panel.options.findChild(QCheckBox, "half_precision")
    assert half is not None
    half.click()
    asked = opened.models.predict_settings()
    assert (asked.tiles, asked.image_size, asked.half) == ("auto", 640, False)
    settings.set("image_size", 20)  # less than any model can see
    assert opened.models.predict_settings().image_size == 0
    settings.set("nms_iou", 0.4)
    assert opened.assist.settings.iou == 0.4


def test_options_scroll_and_do_not_make_the_window_higher(opened: Workbench, qtbot: QtBot) -> None:
    window, panel = opened.window, opened.parts.assist_panel
    opened.classes.add("bolt")
    opened.context.session.apply("Draw", edits.add(square()))
    panel.set_device("cpu", "cpu")
    panel.set_device("runs on the CPU: no NVIDIA driver found; " * 3, "cpu")
    qtbot.waitUntil(lambda: len(opened.context.classes) == 1)
    window.resize(1200, 700)  # as much as a screen with 768 lines leaves
    qtbot.wait(50)
    assert window.height() == 700
    panel.more.click()
    qtbot.wait(50)
    assert window.height() == 700
    tiles = panel.options.findChild(QComboBox, "tiles")
    size = panel.options.findChild(QSpinBox, "image_size")
    assert tiles is not None
    assert size is not None
    assert not tiles.visibleRegion().isEmpty()
    window.resize(1200, 1000)
    panel.more.click()
    panel.more.click()
    qtbot.waitUntil(lambda: not panel.run_batch.visibleRegion().isEmpty())
    before = size.value()
    QApplication.sendEvent(size, turned(size))
    assert size.value() == before, "the wheel scrolls the options"


def test_an_image_in_which_nothing_was_found_says_what_to_try(opened: Workbench) -> None:
    panel = opened.parts.instance_panel
    assert panel._empty.text().startswith("No shapes yet. Press I")
    opened.context.session.apply("Pre-label", edits.set_state(ImageState.PRELABELLED))
    assert panel._empty.text().startswith("The model found nothing here that it is sure enough of.")
    assert "in tiles (More options)" in panel._empty.text()


def test_what_to_do_with_an_empty_image_names_the_keys_that_were_chosen(opened: Workbench) -> None:
    keys = {"draw-polygon": ["Ctrl+Alt+Q"], "accept-image": ["F12"]}
    opened.context.settings.set("custom_keys", keys)
    opened.context.session.apply("Pre-label", edits.set_state(ImageState.PRELABELLED))
    said = opened.parts.instance_panel._empty.text()
    assert "Ctrl+Alt+Q draws, F12 says that nothing is in it." in said


def square() -> Instance:
    return Instance(0, (Part(ring([(10, 10), (60, 10), (60, 60), (10, 60)])),))


def turned(over: QWidget) -> QWheelEvent:
    """The wheel, turned up by one notch."""
    place = QPointF(over.rect().center())
    none, no_keys = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    phase = Qt.ScrollPhase.NoScrollPhase
    return QWheelEvent(
        place, over.mapToGlobal(place), QPoint(), QPoint(0, 120), none, no_keys, phase, False
    )


def test_a_menu_chooses_among_the_classes_of_the_model(qtbot: QtBot) -> None:
    options = RunOptions()
    qtbot.addWidget(options)
    options.set_classes(["nut", "bolt", "gear"], [])
    menu = options.classes.menu()
    asked: list[tuple[str, ...]] = []
    options.classes_asked.connect(asked.append)
    by_name = {action.text(): action for action in menu.actions()}
    by_name["bolt"].trigger()
    assert asked == [("nut", "gear")]
    options.set_classes(["nut", "bolt", "gear"], ["nut", "gear"])
    assert options.classes.text() == "2 of 3"
    next(action for action in menu.actions() if action.text() == "bolt").trigger()
    assert asked[-1] == ()
    options.set_classes(["object"], [])
    assert not options.classes.isEnabled()


def test_a11_a_box_is_looked_into_and_tiles_see_more(large: Workbench, qtbot: QtBot) -> None:
    large.context.settings.set("tiles", "on")
    large.parts.canvas.box_drawn.emit("look-inside", LEFT)
    qtbot.waitUntil(lambda: bool(shapes(large)), timeout=ENGINE_MS)
    inside = shapes(large)
    assert all(item.bounds[2] <= LEFT[2] for item in inside)
    large.parts.assist_panel.confidence.setValue(15)  # filters what the box holds, no more
    qtbot.waitUntil(lambda: len(shapes(large)) >= len(inside), timeout=ENGINE_MS)
    assert all(item.bounds[2] <= LEFT[2] for item in shapes(large))
    large.parts.actions["run-image"].trigger()
    qtbot.waitUntil(
        lambda: any(item.bounds[0] > LEFT[2] for item in shapes(large)), timeout=ENGINE_MS
    )
    large.parts.canvas.setFocus()
    large.parts.actions["look-inside"].trigger()
    assert large.parts.canvas.tool == "look-inside"
    assert large.parts.canvas.cursor().shape() is Qt.CursorShape.CrossCursor


def test_several_gpus_can_be_chosen_once_the_engine_has_seen_them(
    opened: Workbench, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: opened.context.active_model is not None, timeout=8000)
    card = msgspec.to_builtins(opened.context.active_model)
    engine = opened.context.engine
    engine.model_loaded.emit(ModelLoaded(1, card, "cuda:0", "a GPU", gpus=2))
    engine.model_loaded.emit(ModelLoaded(2, card, "cpu", "chosen in the settings"))
    opened.menus.show_settings(setting("device").section)
    dialog = opened.parts.window.findChild(SettingsDialog)
    assert dialog is not None
    device = dialog.findChild(QComboBox, "device")
    assert device is not None
    assert device.findData("cuda:all") >= 0
    dialog.close()
