"""What the tests of classes do in the window, with real events, and what they look at."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from dynseg.annotation import edits
from dynseg.annotation.document import Instance, Origin
from dynseg.geometry.part import Part, ring
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.canvas import Canvas
from dynseg_annotator.itemmodels.classes import ClassColumn

LEFT = Qt.MouseButton.LeftButton
D = TypeVar("D", bound=QDialog)


def add_class(qtbot: QtBot, window: Workbench, name: str) -> int:
    field = window.parts.class_panel.new_name
    field.setFocus()
    QTest.keyClicks(field, name)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.context.classes.by_name(name) is not None)
    label = window.context.classes.by_name(name)
    assert label is not None
    return label.id


def shape(name: str, class_id: int, x: int = 20, *, proposed: bool = False) -> Instance:
    square = Part(ring([(x, 20), (x + 40, 20), (x + 40, 60), (x, 60)]))
    if proposed:
        return Instance(class_id, (square,), Origin.MODEL, score=0.5, model_id="net", id=name)
    return Instance(class_id, (square,), id=name)


def put(qtbot: QtBot, window: Workbench, *items: Instance) -> None:
    for item in items:
        assert window.context.session.apply("Draw shape", edits.add(item))
    saved(qtbot, window)


def saved(qtbot: QtBot, window: Workbench) -> None:
    qtbot.waitUntil(lambda: window.context.session.unsaved == 0)


def shapes(window: Workbench) -> dict[str, int]:
    annotation = window.context.session.annotation
    assert annotation is not None
    return {item.id: item.class_id for item in annotation.instances}


def names(window: Workbench) -> list[str]:
    return window.context.classes.names


def cell(window: Workbench, class_id: int, column: ClassColumn) -> QPoint:
    row = window.parts.classes.row_of(class_id)
    assert row is not None
    view, index = window.parts.class_panel.view, window.parts.classes.index(row, column)
    view.scrollTo(index)
    return view.visualRect(index).center()


def click(window: Workbench, class_id: int, column: ClassColumn) -> None:
    viewport = window.parts.class_panel.view.viewport()
    QTest.mouseClick(viewport, LEFT, pos=cell(window, class_id, column))


def text(window: Workbench, class_id: int, column: ClassColumn) -> str:
    row = window.parts.classes.row_of(class_id)
    assert row is not None
    return str(window.parts.classes.index(row, column).data())


def dialog(qtbot: QtBot, window: Workbench, kind: type[D]) -> D:
    def shown() -> list[D]:
        return [d for d in window.window.findChildren(kind) if d.isVisible()]

    qtbot.waitUntil(lambda: bool(shown()))
    return shown()[0]


def place(canvas: Canvas, x: float, y: float) -> QPoint:
    view_x, view_y = canvas.camera.view.to_view(x, y)
    return QPoint(round(view_x), round(view_y))


def draw(window: Workbench, corners: tuple[int, int, int, int]) -> None:
    canvas = window.parts.canvas
    window.parts.actions["draw-rectangle"].trigger()
    x0, y0, x1, y1 = corners
    QTest.mousePress(canvas, LEFT, pos=place(canvas, x0, y0))
    QTest.mouseMove(canvas, place(canvas, (x0 + x1) / 2, y1))
    QTest.mouseMove(canvas, place(canvas, x1, y1))
    QTest.mouseRelease(canvas, LEFT, pos=place(canvas, x1, y1))
