"""What gives way where there is no room for it ends in dots, not in the middle of a letter."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy
from pytestqt.qtbot import QtBot

from dynseg.project.store import Store
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.panels.elided_label import ElidedLabel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_every_line_that_gives_way_is_elided(opened: Workbench) -> None:
    gives_way = QSizePolicy.Policy.Ignored
    labels = [
        label
        for label in opened.window.findChildren(QLabel)
        if label.sizePolicy().horizontalPolicy() is gives_way and not label.wordWrap()
    ]
    assert len(labels) > 3
    cut = [label for label in labels if not isinstance(label, ElidedLabel)]
    assert [label.parentWidget() for label in cut] == []


def test_a_laptop_shows_eight_of_forty_classes(
    application: Workbench, folder: Path, qtbot: QtBot
) -> None:
    """In one column with shapes and models there were two."""
    names = [f"species {number}" for number in range(40)]
    with Store.create(folder, images=folder, classes=names):
        pass
    application.window.resize(1366, 720)
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=8000)
    view = application.parts.class_panel.view
    row = view.visualRect(view.model().index(0, 0))
    assert view.viewport().height() >= 7.5 * row.height()
    assist = application.window.dock("assist").widget()
    assert assist is not None
    assert assist.width() >= assist.sizeHint().width()
    assert not assist.visibleRegion().isEmpty()

    panel = application.parts.assist_panel
    panel.more.click()
    bar = panel._area.verticalScrollBar()
    qtbot.waitUntil(bar.isVisible)
    qtbot.waitUntil(lambda: panel._content.width() <= panel._area.viewport().width())


def test_panels_that_were_moved_folded_or_closed_are_arranged_anew(
    opened: Workbench, qtbot: QtBot
) -> None:
    window = opened.window
    opened.window.resize(1440, 900)
    opened.parts.actions["arrange-panels"].trigger()
    docks = {name: window.dock(name) for name in ("images", "instances", "classes", "assist")}
    before = {name: dock.geometry() for name, dock in docks.items()}
    window.addDockWidget(Qt.DockWidgetArea.BottomDockWidgetArea, docks["classes"])
    docks["images"].set_folded(True)
    docks["instances"].close()
    docks["assist"].setFloating(True)
    opened.parts.actions["arrange-panels"].trigger()
    qtbot.waitUntil(lambda: {n: dock.geometry() for n, dock in docks.items()} == before)
    assert not docks["images"].folded
