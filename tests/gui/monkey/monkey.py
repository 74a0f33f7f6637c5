"""Random hands on the whole window: keys, mouse, pen and wheel, as the window system sends them."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import (
    QInputDevice,
    QKeySequence,
    QMouseEvent,
    QNativeGestureEvent,
    QPointingDevice,
    QTabletEvent,
    QWheelEvent,
    QWindow,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from dynseg_annotator.actions.spec import keys_of
from dynseg_annotator.actions.table import ACTIONS
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.panels.message_bar import MessageBar

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
MODIFIERS = (NONE,) * 10 + (SHIFT, SHIFT, CTRL, CTRL, ALT, ALT, CTRL | SHIFT, ALT | SHIFT)
LEFT, MIDDLE, RIGHT = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.MiddleButton,
    Qt.MouseButton.RightButton,
)
BUTTONS = (LEFT,) * 8 + (MIDDLE, RIGHT)
HELD = (Qt.Key.Key_Space, Qt.Key.Key_H, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Control)
PLAIN = (
    *(Qt.Key(code) for code in range(Qt.Key.Key_0, Qt.Key.Key_9 + 1)),
    *(Qt.Key(code) for code in range(Qt.Key.Key_A, Qt.Key.Key_Z + 1)),
    Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab,
    Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right,
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown, Qt.Key.Key_F2, Qt.Key.Key_F4, Qt.Key.Key_BracketLeft, Qt.Key.Key_Exclam,
)  # fmt: skip
IN_DIALOGS = (
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_A,
    Qt.Key.Key_Home, Qt.Key.Key_End,
)  # fmt: skip
IN_MENUS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)

ELSEWHERE = {"train", "label-errors", "open-sample", "tour", "fetch-model", "doctor"}
"""Actions that start a long process, or leave this project; other tests press them."""
ENGINE = {
    "run-image", "run-batch", "look-inside", "find-object", "click-object", "refine-object",
    "follow-on",
}  # fmt: skip
"""Actions that start the engine."""


class Monkey:
    """Does one random thing at a time; everything but focus and windows by real events.

    Args:
        bench: The window.
        seed: The same seed does the same things.
        engine: Whether it may run the model too.
    """

    def __init__(self, bench: Workbench, seed: int, *, engine: bool) -> None:
        self.window = bench.window
        self.canvas = bench.parts.canvas
        self._settings = bench.context.settings
        self._session = bench.context.session
        self._actions = bench.parts.actions
        self._messages = _message_bar(bench)
        self._chance = random.Random(seed)
        self._avoided = ELSEWHERE if engine else ELSEWHERE | ENGINE
        self.trail: deque[str] = deque(maxlen=60)
        """What was done last, for a report."""
        self._held: list[Qt.Key] = []
        self._buttons: list[Qt.MouseButton] = []
        self._keys = {preset: self._keys_of(preset) for preset in ("labelme", "cvat")}
        parts = bench.parts
        self._panels: list[QWidget] = [
            parts.class_panel, parts.class_panel, parts.image_panel, parts.instance_panel,
            parts.history_panel, parts.review_bar, parts.canvas.minimap, self.window.status_line,
        ]  # fmt: skip
        if engine:
            self._panels.append(parts.assist_panel)
        # Rows can be dragged; Qt then waits in a loop of its own for the end, which here is Esc.
        self._let_fall = QTimer(bench.window)
        self._let_fall.setInterval(50)
        self._let_fall.timeout.connect(self._drop)
        self._stylus = QPointingDevice(
            "pen", 77, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
            QInputDevice.Capability.Position | QInputDevice.Capability.Pressure, 1, 3,
        )  # fmt: skip
        self._habits: tuple[tuple[Callable[[], None], int], ...] = (
            (self._table_key, 22), (self._plain_key, 6), (self._hold_or_release, 3),
            (self._move, 20), (self._press, 8), (self._release, 10), (self._click, 10),
            (self._stroke, 12), (self._outline, 5), (self._double_click, 2), (self._wheel, 3),
            (self._pen, 4), (self._pinch, 1), (self._in_a_panel, 5), (self._focus, 2),
            (self._other_window, 1), (self._preset, 1), (self._resize, 1), (self._come_back, 3),
        )  # fmt: skip

    def step(self) -> None:
        """One event, and what the program makes of it."""
        habits, weights = zip(*self._habits, strict=True)
        self._chance.choices(habits, weights)[0]()
        if self._chance.random() < 0.7:
            QApplication.processEvents()
        self._answer_popup()
        self._answer_dialogs()

    def rest(self) -> None:
        """Let go of everything."""
        for button in list(self._buttons):
            QTest.mouseRelease(self._handle(), button, NONE, self._place())
        for key in list(self._held):
            QTest.keyRelease(self._handle(), key)
        self._buttons, self._held = [], []
        self._answer_popup(always=True)
        self._answer_dialogs()

    # -- keys

    def _keys_of(self, preset: str) -> list[str]:
        rows = [row for row in ACTIONS if row.id not in self._avoided]
        keys = [key for row in rows for key in keys_of(row, preset).all]
        often = {"undo", "redo", "next-image", "previous-image", "draw-polygon", "edit-mode"}
        return keys + 3 * [k for r in rows if r.id in often for k in keys_of(r, preset).all]

    def _handle(self) -> QWindow:
        """The window that the keyboard belongs to."""
        widget = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        handle = (widget or self.window).windowHandle()
        if not shiboken6.isValid(handle):  # of a menu that is just being deleted
            handle = self.window.windowHandle()
        assert handle is not None
        return handle

    def _key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
        self.trail.append(f"key {QKeySequence(key).toString()} {modifiers.name}")
        QTest.keyPress(self._handle(), key, modifiers)
        QTest.keyRelease(self._handle(), key, modifiers)  # the first may have closed a menu

    def _table_key(self) -> None:
        keys = self._keys[str(self._settings.get("key_preset"))]
        pressed = QKeySequence(self._chance.choice(keys))[0]  # type: ignore[index]
        self._key(pressed.key(), pressed.keyboardModifiers())

    def _plain_key(self) -> None:
        key, modifiers = self._chance.choice(PLAIN), self._chance.choice(MODIFIERS)
        pressed = QKeySequence(modifiers.value | key).toString()
        avoided = (row for row in ACTIONS if row.id in self._avoided)
        preset = str(self._settings.get("key_preset"))
        if any(pressed in keys_of(row, preset).all for row in avoided):
            return
        self._key(key, modifiers)

    def _hold_or_release(self) -> None:
        if self._held and self._chance.random() < 0.7:
            key = self._held.pop()
            self.trail.append(f"let go {key.name}")
            QTest.keyRelease(self._handle(), key)
        else:
            key = self._chance.choice(HELD)
            self.trail.append(f"hold {key.name}")
            self._held.append(key)
            QTest.keyPress(self._handle(), key)

    # -- mouse

    def _place(self, widget: QWidget | None = None) -> QPoint:
        """A place in the window, on a widget; on the canvas often at a shape."""
        target = widget or self.canvas
        if widget is None and self._chance.random() < 0.6:
            aimed = self._aim()
            if aimed is not None:
                return aimed
        width, height = max(1, target.width()), max(1, target.height())
        x, y = self._chance.randrange(width), self._chance.randrange(height)
        if widget is None and self._chance.random() < 0.5:
            x, y = round(width * 0.3 + x * 0.4), round(height * 0.3 + y * 0.4)
        return self._inside(target.mapTo(self.window, QPoint(x, y)))

    def _inside(self, place: QPoint) -> QPoint:
        """The nearest place in the window and beside its messages, whose buttons start training.

        Full screen may be smaller than what the window holds.
        """
        if self._messages.isVisible() and self._covers(place):
            place = QPoint(place.x(), place.y() + 200)
        size = self._mouse().size().boundedTo(self.window.size())
        return QPoint(
            min(max(place.x(), 0), size.width() - 1), min(max(place.y(), 0), size.height() - 1)
        )

    def _covers(self, place: QPoint) -> bool:
        """Whether a message lies there."""
        return self._messages.rect().contains(self._messages.mapFrom(self.window, place))

    def _aim(self) -> QPoint | None:
        """A vertex of a shape, or a place between two, with a hand that shakes."""
        document = self._session.annotation
        if document is None or not document.instances:
            return None
        selected = [i for i in document.instances if i.id in self._session.selection.ids]
        some = selected if selected and self._chance.random() < 0.6 else document.instances
        part = self._chance.choice(self._chance.choice(some).parts)
        ring = self._chance.choice((part.outer, *part.holes))
        (x, y), (other_x, other_y) = (ring[self._chance.randrange(len(ring))] for _ in range(2))
        share = self._chance.choice((0.0, 0.0, 0.0, 0.5, 0.2))
        at = self.canvas.camera.view.to_view(x + share * (other_x - x), y + share * (other_y - y))
        shake = self._chance.choice((0, 0, 2, 9, 40))
        place = QPoint(*(round(v + self._chance.uniform(-shake, shake)) for v in at))
        if not self.canvas.rect().contains(place):
            return None
        return self._inside(self.canvas.mapTo(self.window, place))

    def _stroke(self) -> None:
        """Press, move on in steps, let go."""
        start, modifiers = self._place(), self._chance.choice(MODIFIERS)
        self.trail.append(f"stroke from {start.toTuple()} {modifiers.name}")
        QTest.mouseMove(self._mouse(), start)
        QTest.mousePress(self._mouse(), LEFT, modifiers, start)
        reach, at = self._chance.choice((4, 20, 80)), start
        for _ in range(self._chance.randrange(1, 9)):
            at = self._near(at, reach) if self._chance.random() < 0.8 else self._place()
            QTest.mouseMove(self._mouse(), at)
            if self._chance.random() < 0.3:
                QApplication.processEvents()
            if self._chance.random() < 0.04:
                self._table_key()  # in the middle of it
        QTest.mouseRelease(self._mouse(), LEFT, modifiers, at)

    def _near(self, at: QPoint, reach: int) -> QPoint:
        return self._inside(at + QPoint(*(self._chance.randint(-reach, reach) for _ in range(2))))

    def _outline(self) -> None:
        """Clicks as for an outline, and an end."""
        at = self._place()
        self.trail.append(f"outline from {at.toTuple()}")
        for _ in range(self._chance.randrange(2, 7)):
            QTest.mouseMove(self._mouse(), at)
            QTest.mouseClick(self._mouse(), LEFT, NONE, at)
            at = self._near(at, 120)
        self._key(*self._chance.choice((
            (Qt.Key.Key_Return, NONE), (Qt.Key.Key_Return, NONE), (Qt.Key.Key_Escape, NONE),
            (Qt.Key.Key_Backspace, NONE), (Qt.Key.Key_Z, CTRL),
        )))  # fmt: skip

    def _come_back(self) -> None:
        """As a person who sees nothing any more: the canvas in sight, its shapes shown."""
        self.trail.append("back to the canvas")
        for action_id in ("show-grid", "hide-shapes", "full-screen"):
            if self._actions[action_id].isChecked():
                pressed = self._actions[action_id].shortcut()[0]  # type: ignore[index]
                self._key(pressed.key(), pressed.keyboardModifiers())
        self._key(Qt.Key.Key_F, CTRL)
        self.canvas.setFocus()

    def _mouse(self) -> QWindow:
        handle = self.window.windowHandle()
        assert handle is not None
        return handle

    def _move(self) -> None:
        place = self._place()
        self.trail.append(f"move {place.toTuple()}")
        QTest.mouseMove(self._mouse(), place)

    def _press(self) -> None:
        button, place = self._chance.choice(BUTTONS), self._place()
        modifiers = self._chance.choice(MODIFIERS)
        self.trail.append(f"press {button.name} {modifiers.name} {place.toTuple()}")
        self._buttons.append(button)
        QTest.mouseMove(self._mouse(), place)
        QTest.mousePress(self._mouse(), button, modifiers, place)

    def _release(self) -> None:
        button = self._buttons.pop() if self._buttons else LEFT
        place, modifiers = self._place(), self._chance.choice(MODIFIERS)
        self.trail.append(f"release {button.name} {modifiers.name} {place.toTuple()}")
        QTest.mouseRelease(self._mouse(), button, modifiers, place)

    def _click(self) -> None:
        place, modifiers = self._place(), self._chance.choice(MODIFIERS)
        self.trail.append(f"click {modifiers.name} {place.toTuple()}")
        QTest.mouseClick(self._mouse(), LEFT, modifiers, place)

    def _double_click(self) -> None:
        place, button = self._place(), self._chance.choice(BUTTONS)
        self.trail.append(f"double-click {button.name} {place.toTuple()}")
        QTest.mouseDClick(self._mouse(), button, self._chance.choice(MODIFIERS), place)

    def _wheel(self) -> None:
        turned = QPoint(
            self._chance.choice((0, 0, 120)), self._chance.choice((-240, -120, 120, 15))
        )
        at, modifiers = QPointF(self._place()), self._chance.choice(MODIFIERS)
        self.trail.append(f"wheel {turned.toTuple()} {modifiers.name}")
        event = QWheelEvent(
            at, self.window.mapToGlobal(at), QPoint(), turned, Qt.MouseButton.NoButton, modifiers,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(self._mouse(), event)

    def _pen(self) -> None:
        """A stroke of a pen; what a widget leaves of it becomes a mouse event, as Qt does it."""
        kinds = [(QEvent.Type.TabletPress, QEvent.Type.MouseButtonPress)]
        kinds += [(QEvent.Type.TabletMove, QEvent.Type.MouseMove)] * self._chance.randrange(4)
        kinds += [(QEvent.Type.TabletRelease, QEvent.Type.MouseButtonRelease)]
        modifiers = self._chance.choice(MODIFIERS)
        self.trail.append(f"pen {len(kinds)} {modifiers.name}")
        for kind, as_mouse in kinds:
            at = QPointF(self._place())
            everywhere = self.window.mapToGlobal(at)
            moving = as_mouse is QEvent.Type.MouseMove
            button = Qt.MouseButton.NoButton if moving else LEFT
            up = as_mouse is QEvent.Type.MouseButtonRelease
            buttons = Qt.MouseButton.NoButton if up else LEFT
            event = QTabletEvent(
                kind, self._stylus, at, everywhere, self._chance.random(), 0, 0, 0, 0, 0,
                modifiers, button, buttons,
            )  # fmt: skip
            QApplication.sendEvent(self._mouse(), event)
            if not event.isAccepted():
                mouse = QMouseEvent(
                    as_mouse, at, at, everywhere, button, buttons, modifiers, self._stylus
                )
                QApplication.sendEvent(self._mouse(), mouse)

    def _pinch(self) -> None:
        at = QPointF(self._place())
        value = self._chance.uniform(-0.3, 0.3)
        self.trail.append(f"pinch {value:.2f}")
        event = QNativeGestureEvent(
            Qt.NativeGestureType.ZoomNativeGesture, QPointingDevice.primaryPointingDevice(), 2,
            at, at, self.window.mapToGlobal(at), value, QPointF(),
        )  # fmt: skip
        QApplication.sendEvent(self._mouse(), event)

    # -- the rest of the window

    def _in_a_panel(self) -> None:
        panel = self._chance.choice(self._panels)
        if not panel.isVisible():
            return
        place, button = self._place(panel), self._chance.choice((LEFT,) * 6 + (RIGHT,))
        twice = self._chance.random() < 0.15
        self.trail.append(f"{'double-' * twice}click {button.name} in {type(panel).__name__}")
        act = QTest.mouseDClick if twice else QTest.mouseClick
        self._let_fall.start()
        act(self._mouse(), button, self._chance.choice(MODIFIERS), place)
        self._let_fall.stop()

    def _drop(self) -> None:
        """End what holds a click up: a row that is dragged, a menu in a loop of its own."""
        menu = QApplication.activePopupWidget()
        if menu is not None:  # a number field runs its own menu so
            menu.close()
        elif QApplication.activeModalWidget() is None:
            QTest.keyClick(self._mouse(), Qt.Key.Key_Escape)

    def _focus(self) -> None:
        widgets = [
            w for panel in self._panels for w in panel.findChildren(QWidget)
            if w.isVisible() and w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]  # fmt: skip
        widget = self._chance.choice([self.canvas] * len(widgets) + widgets)
        self.trail.append(f"focus {type(widget).__name__} {widget.accessibleName()!r}")
        widget.setFocus(Qt.FocusReason.TabFocusReason)

    def _other_window(self) -> None:
        """Another program comes in front for a moment."""
        self.trail.append("another window")
        other = QWidget()
        other.show()
        other.activateWindow()
        QApplication.processEvents()
        other.close()
        other.deleteLater()
        self.window.activateWindow()
        QApplication.processEvents()

    def _preset(self) -> None:
        self._settings.set("key_preset", self._chance.choice(("labelme", "cvat")))
        self._settings.set("wheel_zooms", self._chance.random() < 0.5)
        self.trail.append(f"preset {self._settings.get('key_preset')}")

    def _resize(self) -> None:
        size = self._chance.randrange(900, 1300), self._chance.randrange(600, 800)
        self.trail.append(f"resize {size}")
        self.window.resize(*size)

    # -- what opened

    def _answer_popup(self, *, always: bool = False) -> None:
        """A few keys in a menu or a list that popped up, then Esc, or what was chosen."""
        tries = 0
        while (popup := QApplication.activePopupWidget()) is not None:
            tries += 1
            assert tries < 20, f"{type(popup).__name__} does not close by Esc"
            if not always and tries == 1:
                for _ in range(self._chance.randrange(6)):
                    if QApplication.activePopupWidget() is not None:
                        self._key(self._chance.choice(IN_MENUS), NONE)
                if self._chosen() and self._chance.random() < 0.5:
                    self._key(Qt.Key.Key_Return, NONE)
                    QApplication.processEvents()
                    continue
            self._key(Qt.Key.Key_Escape, NONE)
            QApplication.processEvents()

    def _chosen(self) -> bool:
        """Whether the popped-up menu has something chosen that this monkey may do."""
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            return False
        action = menu.activeAction()
        return action is not None and action.objectName() not in self._avoided | {""}

    def _answer_dialogs(self) -> None:
        """A few keys in each dialog that is open, then Esc."""
        tries = 0
        while dialogs := _dialogs():
            dialog = QApplication.activeModalWidget() or dialogs[-1]
            self.trail.append(f"dialog {dialog.windowTitle()!r}")
            assert tries < 20, f"{dialog.windowTitle()!r} does not close by Esc"
            dialog.activateWindow()
            QApplication.processEvents()
            handle = dialog.windowHandle()
            assert handle is not None
            if tries == 0:
                for _ in range(self._chance.randrange(4)):
                    QTest.keyClick(handle, self._chance.choice(IN_DIALOGS))
            if dialog.isVisible():
                QTest.keyClick(handle, Qt.Key.Key_Escape)
            QApplication.processEvents()
            tries += 1
        if tries:
            self.window.activateWindow()
            QApplication.processEvents()


def _message_bar(bench: Workbench) -> MessageBar:
    bar = bench.window.findChild(MessageBar)
    assert bar is not None
    return bar


def _dialogs() -> list[QWidget]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]
