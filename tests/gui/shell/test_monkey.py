"""Random hands: whatever is pressed and dragged, window, list and database agree in the end."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dynseg_annotator.application.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support")

ASKS = {
    "quit", "open-folder", "open-file", "open-sample", "import-labels", "export", "settings",
    "shortcuts", "command-palette", "guide", "about", "full-screen", "train", "edit-label",
    "choose-model", "run-image", "rescan", "switch-theme", "tour", "new-project", "take-over",
    "restore-backup", "add-frames", "add-model", "fetch-model", "doctor",
}  # fmt: skip
"""Actions that open a dialog, need the engine, or cost seconds."""
NONE = Qt.KeyboardModifier.NoModifier
MODIFIERS = (
    NONE, NONE, NONE, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)  # fmt: skip
KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Backspace, Qt.Key.Key_Tab, Qt.Key.Key_Z)
LEFT = Qt.MouseButton.LeftButton


class Monkey:
    """Does one random thing at a time."""

    def __init__(self, window: Workbench, seed: int) -> None:
        self._window = window
        self._canvas = window.parts.canvas
        self._chance = random.Random(seed)
        self._actions = [a for i, a in window.parts.actions.items() if i not in ASKS]
        self._habits: tuple[tuple[Callable[[], None], int], ...] = (
            (self.act, 7), (self.drag, 5), (self.click, 2), (self.press, 1), (self.history, 1),
            (self.image, 1), (self.mark, 1), (self.list, 1),
        )  # fmt: skip

    def step(self) -> None:
        habits, weights = zip(*self._habits, strict=True)
        self._chance.choices(habits, weights)[0]()
        modal = QApplication.activeModalWidget()
        if modal is not None:
            modal.close()
        if self._chance.random() < 0.3:
            QApplication.processEvents()

    def place(self) -> QPoint:
        return QPoint(
            self._chance.randrange(self._canvas.width()),
            self._chance.randrange(self._canvas.height()),
        )

    def act(self) -> None:
        action = self._chance.choice(self._actions)
        if action.isEnabled():
            action.trigger()

    def drag(self) -> None:
        QTest.mousePress(self._canvas, LEFT, self._chance.choice(MODIFIERS), self.place())
        for _ in range(self._chance.randrange(4)):
            QTest.mouseMove(self._canvas, self.place())
        QTest.mouseRelease(self._canvas, LEFT, NONE, self.place())

    def click(self) -> None:
        QTest.mouseClick(self._canvas, LEFT, self._chance.choice(MODIFIERS), self.place())

    def press(self) -> None:
        QTest.keyClick(self._canvas, self._chance.choice(KEYS), self._chance.choice(MODIFIERS))

    def history(self) -> None:
        session = self._window.context.session
        self._chance.choice([session.undo, session.undo, session.redo])()

    def image(self) -> None:
        ids = self._window.parts.images.ids()
        if ids:
            self._window.navigation.open(self._chance.choice(ids))

    def mark(self) -> None:
        annotation = self._window.context.session.annotation
        if annotation is not None and annotation.instances:
            item = self._chance.choice(annotation.instances)
            visibility = self._window.context.visibility
            self._chance.choice([visibility.set_hidden, visibility.set_locked])(
                [item.id], self._chance.random() < 0.5
            )

    def list(self) -> None:
        panel = self._window.parts.image_panel
        panel._filter.setCurrentIndex(self._chance.randrange(panel._filter.count()))
        panel._apply_filter()
        self._window.parts.instance_panel.view.selectAll()


def let_loose(window: Workbench, qtbot: QtBot, *, seed: int, steps: int) -> None:
    for name in ("bolt", "nut", "gear"):
        window.classes.add(name)
    qtbot.waitUntil(lambda: len(window.context.classes) == 3)
    monkey = Monkey(window, seed)
    for _ in range(steps):
        monkey.step()
    context = window.context
    assert context.session.flush() == 0
    qtbot.wait(100)
    store = context.store
    assert store is not None
    assert store.check() == []
    annotation = context.session.annotation
    assert annotation is not None
    assert annotation == store.annotation(annotation.image_id)
    for row in store.images():
        shown = window.parts.images.row_of(row.id)
        assert shown is not None
        assert (shown.state, shown.instance_count, shown.min_score) == (
            row.state,
            row.instance_count,
            row.min_score,
        )


def test_window_and_database_agree_after_random_work(opened: Workbench, qtbot: QtBot) -> None:
    let_loose(opened, qtbot, seed=1, steps=300)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2, 3, 4])
def test_window_and_database_agree_after_much_random_work(
    opened: Workbench, qtbot: QtBot, seed: int
) -> None:
    let_loose(opened, qtbot, seed=seed, steps=3000)
