"""Hands on the whole window: real keys and a real mouse."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from tests.gui.menus import choose

from dynseg.annotation import edits
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.geometry.part import Part, ring
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.panels.message_bar import MessageBar

LEFT = Qt.MouseButton.LeftButton
MIDDLE = Qt.MouseButton.MiddleButton
NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier

Place = tuple[float, float]


def square(instance_id: str, x: float, y: float, side: float, **fields: object) -> Instance:
    """A square with a vertex in the middle of its upper edge, so that one can be deleted."""
    corners = [(x, y), (x + side / 2, y), (x + side, y), (x + side, y + side), (x, y + side)]
    return Instance(0, (Part(ring(corners)),), id=instance_id, **fields)  # type: ignore[arg-type]


class Hands:
    """Press keys and buttons of the window, and look at what came of it.

    Places are image pixels.
    """

    def __init__(self, bench: Workbench, qtbot: QtBot) -> None:
        self.bench = bench
        self.window = bench.window
        self.canvas = bench.parts.canvas
        self.session = bench.context.session
        self._qtbot = qtbot

    # -- keys

    def key(self, keys: str, times: int = 1) -> None:
        """Press keys as the keyboard sends them: `Ctrl+Shift+D`."""
        handle = self.window.windowHandle()
        assert handle is not None
        for _ in range(times):
            pressed = QKeySequence(keys)[0]  # type: ignore[index]  # the stubs leave it out
            QTest.keyClick(handle, pressed.key(), pressed.keyboardModifiers())
            QApplication.processEvents()

    def menu(self, action_id: str) -> None:
        """Choose an action from its menu with the mouse."""
        choose(self.window, self.bench.parts.actions[action_id])

    def hold(self, key: Qt.Key, *, down: bool) -> None:
        """Press a key and keep it, or let go of it."""
        handle = self.window.windowHandle()
        assert handle is not None
        (QTest.keyPress if down else QTest.keyRelease)(handle, key)

    # -- mouse

    def at(self, place: Place) -> QPoint:
        """Where an image point is on the canvas."""
        x, y = self.canvas.camera.view.to_view(*place)
        return QPoint(round(x), round(y))

    def click(self, place: Place, keys: Qt.KeyboardModifier = NONE) -> None:
        """Go there and click."""
        QTest.mouseMove(self.canvas, self.at(place))
        QTest.mouseClick(self.canvas, LEFT, keys, self.at(place))
        QApplication.processEvents()

    def double_click(self, place: Place) -> None:
        """Click twice."""
        QTest.mouseMove(self.canvas, self.at(place))
        QTest.mouseDClick(self.canvas, LEFT, NONE, self.at(place))
        QApplication.processEvents()

    def point_at(self, place: Place) -> None:
        """Move the pointer there."""
        QTest.mouseMove(self.canvas, self.at(place))
        QApplication.processEvents()

    def drag(
        self, *way: Place, keys: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT
    ) -> None:
        """Press at the first place, move through all of them, let go at the last."""
        places = [self.at(place) for place in way]  # a pan moves them meanwhile
        QTest.mouseMove(self.canvas, places[0])
        QTest.mousePress(self.canvas, button, keys, places[0])
        for start, end in itertools.pairwise(places):
            for step in range(1, 9):
                QTest.mouseMove(self.canvas, start + (end - start) * (step / 8))
        QTest.mouseRelease(self.canvas, button, keys, places[-1])
        QApplication.processEvents()

    def wheel(self, place: Place, notches: float, keys: Qt.KeyboardModifier = NONE) -> None:
        """Turn the wheel over a place."""
        at = QPointF(self.at(place))
        event = QWheelEvent(
            at, self.canvas.mapToGlobal(at), QPoint(), QPoint(0, round(120 * notches)),
            Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(self.canvas, event)

    # -- what there is

    @property
    def annotation(self) -> Annotation:
        """The open document."""
        assert self.session.annotation is not None
        return self.session.annotation

    @property
    def ids(self) -> list[str]:
        """Of the shapes, bottom to top."""
        return [item.id for item in self.annotation.instances]

    @property
    def selected(self) -> tuple[str, ...]:
        """Ids of the selected shapes."""
        return self.session.selection.ids

    @property
    def image(self) -> int:
        """Place of the open image in the list."""
        assert self.session.image_id is not None
        return self.bench.parts.images.ids().index(self.session.image_id)

    @property
    def scale(self) -> float:
        """View pixels per image pixel."""
        return self.canvas.camera.view.scale

    def ring_of(self, instance_id: str) -> list[tuple[float, ...]]:
        """Outer ring of the first part."""
        return [tuple(p) for p in self.annotation.instance(instance_id).parts[0].outer.tolist()]

    def messages(self) -> list[str]:
        """What the message bar says."""
        bar = self.window.findChild(MessageBar)
        assert bar is not None
        return [message.text for message in bar.shown_messages]

    def dialog(self, title: str) -> QWidget:
        """The dialog of this title; fails when there is none."""
        self.wait(lambda: any(title in w.windowTitle() for w in _dialogs()))
        return next(w for w in _dialogs() if title in w.windowTitle())

    def close(self, dialog: QWidget) -> None:
        """Close a dialog; the window gets the keyboard again, as a window manager sees to."""
        dialog.close()
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)

    # -- setting the stage

    def wait(self, condition: Callable[[], bool]) -> None:
        """Let the program work until something is so."""
        self._qtbot.waitUntil(condition, timeout=8000)

    def saved(self) -> None:
        """Wait until all is on the disk."""
        self.wait(lambda: self.session.unsaved == 0)

    def open(self, number: int) -> None:
        """Show the image of this place."""
        self.bench.navigation.open(self.bench.parts.images.ids()[number])
        self.wait(lambda: self.canvas.accepts_gestures)

    def put(
        self, instances: Iterable[Instance] = (), state: ImageState = ImageState.IN_WORK
    ) -> None:
        """Let the open image hold these shapes, saved."""
        self.saved()
        self.session.apply("Set the stage", edits.replace_all(instances))
        self.session.apply("Set the stage", edits.set_state(state))
        self.saved()

    def start_anew(self) -> None:
        """As every test finds it: two squares, a proposal, nothing selected, all in sight."""
        for dialog in _dialogs():
            self.close(dialog)
        self.window.activateWindow()
        self.wait(self.window.isActiveWindow)
        settings = self.bench.context.settings
        for key, value in (("key_preset", "labelme"), ("wheel_zooms", True), ("brush_px", 10.0)):
            settings.set(key, value)
        for name in ("review-mode", "hide-shapes", "outline-only"):
            if self.bench.parts.actions[name].isChecked():
                self.bench.parts.actions[name].trigger()
        for number in (3, 2, 1, 0):
            self.open(number)
            self.session.selection.clear()
            self.put(state=ImageState.UNLABELLED)
        self.put(
            [
                square("a", 40, 40, 80),
                square("b", 180, 40, 80),
                square("p", 180, 150, 60, origin=Origin.MODEL, score=0.4, model_id="m"),
            ]
        )
        self.bench.context.visibility.forget_instances()
        self.canvas.set_tool("edit")
        self.canvas.camera.fit()
        self.canvas.setFocus()
        QApplication.processEvents()


def _dialogs() -> list[QWidget]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
