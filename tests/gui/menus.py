"""Choosing from the menus of the window with the mouse."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QWidget

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def choose(window: QMainWindow, action: QAction) -> None:
    """Click on the menu that holds an action, then on its line."""
    bar = window.menuBar()
    for title in bar.actions():
        menu = title.menu()
        if isinstance(menu, QMenu) and action in menu.actions():
            _click(bar, bar.actionGeometry(title).center())
            assert menu.isVisible(), title.text()
            _click(menu, menu.actionGeometry(action).center())
            assert not menu.isVisible()
            return
    raise AssertionError(f"{action.objectName()} is in no menu")


def _click(widget: QWidget, at: QPoint) -> None:
    handle = widget.window().windowHandle()
    assert isinstance(handle, QWindow)
    place = widget.mapTo(widget.window(), at)
    QTest.mouseMove(handle, place)
    QTest.mouseClick(handle, LEFT, NONE, place)
    QApplication.processEvents()
