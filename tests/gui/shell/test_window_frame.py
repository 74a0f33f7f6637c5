"""The frame of the window: docks, full screen, status line, the device."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dynseg.annotation.document import ImageState
from dynseg.progress import Progress
from dynseg_annotator import main_window
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.jobs.engine_state import EngineState
from dynseg_annotator.panels import assist_panel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_the_keyboard_is_on_the_image_when_a_project_opens(opened: Workbench) -> None:
    """The first Tab only took the keyboard there."""
    assert opened.window.focusWidget() is opened.parts.canvas


def test_full_screen_leads_back_to_the_window_that_was(opened: Workbench) -> None:
    opened.window.setWindowState(Qt.WindowState.WindowMaximized)
    opened.parts.actions["full-screen"].trigger()
    assert opened.window.isFullScreen()
    opened.parts.actions["full-screen"].trigger()
    assert not opened.window.isFullScreen()
    assert opened.window.isMaximized()


@pytest.mark.parametrize("name", ["images", "instances", "classes", "assist"])
def test_docks_fold_and_the_layout_is_remembered(
    opened: Workbench, name: str, folder: Path
) -> None:
    dock = opened.window.dock(name)
    dock.set_folded(True)
    assert dock.widget().isHidden()
    opened.window.show_work(False)
    dock.set_folded(False)
    opened.window.show_work(True)
    assert dock.folded


def test_docks_stay_as_they_are_arranged_when_another_project_is_opened(
    opened: Workbench, tmp_path: Path, folder: Path, qtbot: QtBot
) -> None:
    window = opened.window
    window.remember_layout()  # of the last time
    window.dock("training").hide()
    window.dock("images").set_folded(True)
    window.show_work(True)
    assert window.dock("training").isHidden()
    assert window.dock("images").folded
    gone = tmp_path / "gone"
    opened.projects.open(gone)
    qtbot.waitUntil(lambda: not opened.projects._opening)
    assert not window.is_working
    assert window.windowTitle() == "dynseg-annotator", "nothing is open"
    opened.frame.open(folder)
    qtbot.waitUntil(lambda: window.is_working)
    assert window.dock("training").isHidden()
    assert window.dock("images").folded


def test_full_screen_is_ticked_when_the_window_comes_back_so_or_the_desktop_makes_it_so(
    opened: Workbench,
) -> None:
    window, action = opened.window, opened.parts.actions["full-screen"]
    assert not action.isChecked()
    window.setWindowState(window.windowState() | Qt.WindowState.WindowFullScreen)
    assert action.isChecked()
    action.trigger()
    assert not window.isFullScreen()
    assert not action.isChecked()


def test_no_text_of_the_status_line_pushes_the_window_over_the_edge(opened: Workbench) -> None:
    window = opened.window
    line = window.status_line
    before = window.minimumSizeHint().width()
    line.set_hint("Where the pointer is one can do a great many things. " * 4)
    line.set_live("learning from 240 images, quality 0.93")
    line.set_training("training 43 %, 12 min left")
    line.set_job("a job", Progress("Reading the data set again to compare every shape", 3, 900))
    QApplication.processEvents()
    assert line.minimumSizeHint().width() <= 1100
    assert window.minimumSizeHint().width() <= max(before, 1100)


def test_the_zoom_is_said_in_the_next_project_too(
    opened: Workbench, tmp_path: Path, folder: Path, qtbot: QtBot
) -> None:
    line = opened.window.status_line
    qtbot.waitUntil(lambda: line._zoom.text() != "")
    said = line._zoom.text()
    twin = tmp_path / "twin"
    shutil.copytree(folder, twin, ignore=shutil.ignore_patterns(".dynseg"))
    opened.frame.open(twin)
    qtbot.waitUntil(lambda: opened.context.store is not None and opened.context.store.root == twin)
    qtbot.waitUntil(lambda: line._zoom.text() == said, timeout=8000)


def test_no_zoom_is_said_while_an_image_is_loaded(opened: Workbench, qtbot: QtBot) -> None:
    """It was 800 %, of nothing."""
    line, canvas = opened.window.status_line, opened.parts.canvas
    qtbot.waitUntil(lambda: line._zoom.text() != "")
    canvas.set_image(None)
    assert line._zoom.text() == ""


def test_the_device_is_in_sight_in_a_narrow_window(opened: Workbench) -> None:
    window, badge = opened.window, opened.window.badge
    badge.set_model("20261126-112629-quick")
    badge.set_state(EngineState.READY)
    badge.set_device("cpu", "")
    whole = "CPU · 20261126-112629-quick"
    for width, text in ((1400, whole), (940, "CPU"), (1400, whole), (940, "CPU")):
        window.resize(width, 600)
        QApplication.processEvents()
        assert badge.isVisible()
        assert badge.text() == text
        assert "20261126-112629-quick" in badge.accessibleName()


def test_a_screen_without_room_for_two_columns_gets_one_of_tabs(
    application: Workbench, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 200 % on a small laptop the lower half of the window lay below the screen."""
    window = application.window
    room = QSize(675, 336)
    monkeypatch.setattr(main_window, "FRAME_SIZE", window.screen().availableSize() - room)
    monkeypatch.setattr(
        assist_panel, "SCREEN_SHARE", window.screen().availableSize().height() // 128
    )
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=8000)
    qtbot.waitUntil(lambda: window.height() <= room.height())
    assert window.width() <= room.width()
    assert application.parts.canvas.width() > 300
    images = window.dock("images")
    assert len(window.tabifiedDockWidgets(images)) == 5
    assert not images.visibleRegion().isEmpty()
    assert images.width() >= main_window.ASSIST_WIDTH_PX, "a row of buttons lies in it, too"
    window.reveal("training")
    assert not window.dock("training").visibleRegion().isEmpty()
    window.remember_layout()
    assert not application.context.settings.get("window_state"), "that of a larger screen stays"


def test_a_screen_without_room_gets_one_column_each_time_a_project_opens(
    opened: Workbench, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is brought back at the second time was arranged on a larger screen, too."""
    window = opened.window
    window.remember_layout()
    assert opened.context.settings.get("window_state")
    monkeypatch.setattr(
        main_window, "FRAME_SIZE", window.screen().availableSize() - QSize(675, 336)
    )
    images = window.dock("images")
    assert len(window.tabifiedDockWidgets(images)) < 5
    for _ in range(2):
        window.show_work(False)
        window.show_work(True)
        assert len(window.tabifiedDockWidgets(images)) == 5
    monkeypatch.undo()
    window.arrange_panels()
    window.dock("training").hide()
    window.remember_layout()
    monkeypatch.setattr(
        main_window, "FRAME_SIZE", window.screen().availableSize() - QSize(675, 336)
    )
    window.show_work(False)
    window.show_work(True)
    assert len(window.tabifiedDockWidgets(images)) == 4
    assert window.dock("training").isHidden(), "it was closed there"


def test_enter_presses_the_button_that_has_the_keyboard(
    application: Workbench, qtbot: QtBot
) -> None:
    """Qt does that in dialogs alone: on the start page Enter did nothing."""
    page = application.parts.start_page
    page.open_sample.setFocus()
    with qtbot.waitSignal(page.sample_requested):
        QTest.keyClick(page.open_sample, Qt.Key.Key_Return)


def test_enter_in_a_panel_presses_its_button_and_accepts_no_image(opened: Workbench) -> None:
    more = opened.parts.assist_panel.more
    was = more.isChecked()
    more.setFocus()
    QTest.keyClick(more, Qt.Key.Key_Return)
    assert more.isChecked() is not was
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "\r", True
    )
    QApplication.sendEvent(more, held)
    assert more.isChecked() is not was, "held down it presses once, as Space does"
    assert opened.parts.images.counts[ImageState.REVIEWED] == 0


def test_tab_stops_at_nothing_out_of_sight_on_the_start_page(
    application: Workbench, folder: Path
) -> None:
    """The tabs of the hidden panels took the keyboard."""
    window = application.window
    application.parts.start_page.set_recent([str(folder)])
    seen = []
    for _ in range(8):
        window.focusNextPrevChild(True)
        seen.append(window.focusWidget())
    assert all(widget is not None and not widget.visibleRegion().isEmpty() for widget in seen)


def test_recent_projects_are_opened_from_the_menu_while_another_one_is_open(
    opened: Workbench, tmp_path: Path, folder: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "nuts & bolts"
    shutil.copytree(folder, other, ignore=shutil.ignore_patterns(".dynseg"))
    first = opened.context.store
    opened.frame.open(other)
    qtbot.waitUntil(lambda: opened.context.store not in (None, first))
    menu = opened.frame.recent_menu
    qtbot.waitUntil(lambda: len(menu.actions()) == 2)
    assert menu.actions()[0].text().startswith("&1  nuts && bolts    ")
    assert menu.actions()[1].toolTip().endswith(folder.name)
    menu.actions()[1].trigger()
    qtbot.waitUntil(
        lambda: opened.context.store is not None and opened.context.store.root == folder
    )


def test_without_recent_projects_the_menu_offers_none(application: Workbench) -> None:
    assert not application.frame.recent_menu.menuAction().isVisible()
