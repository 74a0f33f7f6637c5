"""A right click on an image of the list."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dynseg.annotation.document import ImageState
from dynseg.project.store import Store
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.panels.message_bar import MessageBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_a_right_click_opens_the_image_and_its_menu_acts_on_it(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = opened.parts.image_panel.view
    index = view.model().index(2, 0)
    place = view.visualRect(index).center()
    QTest.mousePress(view.viewport(), Qt.MouseButton.RightButton, pos=place)
    qtbot.waitUntil(lambda: opened.parts.canvas.accepts_gestures)
    store, image_id = opened.context.store, opened.context.session.image_id
    assert store is not None
    assert image_id is not None
    assert store.image_path(image_id).name == "img_2.jpg"

    view.menu_wanted.emit(view.viewport().mapToGlobal(place))
    menu = opened.listing.menu.menu
    assert menu is not None
    offered = [action.objectName() for action in menu.actions() if action.objectName()]
    assert offered == [
        "accept-image", "skip-image", "reopen-image", "show-in-folder", "copy-image-path",
    ]  # fmt: skip
    menu.close()
    opened.parts.actions["copy-image-path"].trigger()
    assert QGuiApplication.clipboard().text() == str(store.image_path(image_id))
    places: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", places.append)
    opened.parts.actions["show-in-folder"].trigger()
    qtbot.waitUntil(lambda: bool(places))
    assert [url.toLocalFile() for url in places] == [store.image_path(image_id).parent.as_posix()]
    opened.parts.actions["skip-image"].trigger()
    qtbot.waitUntil(lambda: store.image(image_id).state is ImageState.SKIPPED)


def test_a_folder_that_is_gone_is_told(
    opened: Workbench, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    places: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", places.append)
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    monkeypatch.setattr(Store, "image_path", lambda *_: folder / "unplugged" / "img_0.jpg")
    opened.parts.actions["show-in-folder"].trigger()
    qtbot.waitUntil(lambda: any("unplugged" in said.text for said in bar.shown_messages))
    assert not places
