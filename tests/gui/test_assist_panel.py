"""The assist panel beside the canvas."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QPushButton, QTextEdit
from pytestqt.qtbot import QtBot

from dynseg.progress import Progress
from dynseg_annotator.application.models.batch import summary_text
from dynseg_annotator.panels.assist_panel import AssistPanel

REASON = (
    "runs on the CPU: no NVIDIA driver found; openvino f32 534 ms an image here "
    "(onnxruntime 542 ms, torch 1652 ms)"
)


@pytest.mark.parametrize("width", [260, 330, 420])
def test_the_reason_of_the_device_is_seen_whole(qtbot: QtBot, width: int) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.setCentralWidget(QTextEdit())
    panel = AssistPanel()
    for content in (QTextEdit(), panel):
        dock = QDockWidget("", window)
        dock.setWidget(content)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    window.resize(900, 620)
    window.show()
    docks = window.findChildren(QDockWidget)
    window.resizeDocks(docks, [width] * 2, Qt.Orientation.Horizontal)
    window.resizeDocks(docks, [1000, 1], Qt.Orientation.Vertical)  # as low as the panel gets
    panel.set_device(REASON, REASON)
    (label,) = (found for found in panel.findChildren(QLabel) if found.text() == REASON)
    qtbot.wait(20)
    assert label.height() >= label.heightForWidth(label.width()) > 0


def test_who_asks_for_many_images_sees_where_they_are_chosen(qtbot: QtBot) -> None:
    panel = AssistPanel()
    qtbot.addWidget(panel)
    panel.setFixedSize(330, 200)
    panel.show()
    panel.more.setChecked(True)
    qtbot.wait(20)
    panel._area.verticalScrollBar().setValue(0)
    assert panel.scope.visibleRegion().isEmpty(), "the options stand before it"
    panel.ask_scope()
    for widget in (panel.scope, panel.run_batch):
        assert widget.visibleRegion().boundingRect().height() == widget.height()
    assert panel.scope.hasFocus() or panel.window().focusWidget() is panel.scope


def test_the_button_that_stops_a_run_is_in_sight_on_a_small_screen(qtbot: QtBot) -> None:
    """It lay below the edge of the panel, the more so where the text of the progress wraps."""
    panel = AssistPanel()
    qtbot.addWidget(panel)
    panel.setFixedSize(300, 240)
    panel.show()
    panel.set_progress(Progress("Pre-labelling", 0))
    (stop,) = (found for found in panel.findChildren(QPushButton) if found.text() == "Stop")
    qtbot.waitUntil(lambda: stop.visibleRegion().boundingRect() == stop.rect())
    long = Progress("Pre-labelling", 2, 39, 0.3, 120.0)
    panel.set_progress(long, Progress("Tiles", 4, 4))
    qtbot.wait(20)
    assert stop.visibleRegion().boundingRect() == stop.rect()


def test_a_run_that_took_no_time_is_not_said_to_take_0_s() -> None:
    facts = {"images": 19, "instances": 343, "images_per_s": 219.4}
    text = summary_text({**facts, "seconds": 0.09})
    assert "in less than a second (219.4 images/s)" in text
    assert "in 3 s" in summary_text({**facts, "seconds": 3.2})
