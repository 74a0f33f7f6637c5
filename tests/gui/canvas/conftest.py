"""A canvas on a desk: whoever sits there applies the edits that it asks for."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import pytest
from msgspec import structs
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dynseg.annotation.classes import ClassLabel, ClassTable, colour_for
from dynseg.annotation.document import Annotation, Instance, Origin
from dynseg.geometry.part import Part, ring
from dynseg_annotator.canvas import Canvas
from dynseg_annotator.canvas.view import ViewTransform

LEFT = Qt.MouseButton.LeftButton
MIDDLE = Qt.MouseButton.MiddleButton
CTRL = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier
WIDTH, HEIGHT = 640, 480


def square(x0: float, y0: float, size: float, **fields: object) -> Instance:
    """A square instance; `id` and other fields by keyword."""
    corners = [(x0, y0), (x0 + size, y0), (x0 + size, y0 + size), (x0, y0 + size)]
    made = Instance(0, (Part(ring(corners)),))
    return structs.replace(made, **fields)


def document(*instances: Instance, image_id: int = 1) -> Annotation:
    """A document of the desk's image."""
    return Annotation(image_id, WIDTH, HEIGHT, instances)


class Desk:
    """A shown canvas with one image pixel on one view pixel, and what it asked for."""

    def __init__(self, qtbot: QtBot) -> None:
        self.canvas = Canvas()
        qtbot.addWidget(self.canvas)
        self.texts: list[str] = []
        self.gestures: list[str] = []
        self.shapes: list[tuple[Part, ...]] = []
        self.activated: list[str] = []
        self.hints: list[str] = []
        self.document = document()
        canvas = self.canvas
        canvas.resize(WIDTH, HEIGHT)
        canvas.edit_requested.connect(self._apply)
        canvas.selection_requested.connect(lambda ids, _add: canvas.set_selection(ids))
        canvas.shape_drawn.connect(self.shapes.append)
        canvas.instance_activated.connect(self.activated.append)
        canvas.hint_changed.connect(self.hints.append)
        canvas.set_classes(
            ClassTable(tuple(ClassLabel(i, f"class {i}", colour_for(i)) for i in range(4)))
        )
        image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        image.fill(0xFF808080)
        canvas.set_image(image)
        with qtbot.waitExposed(canvas):
            canvas.show()
        canvas.setFocus()
        canvas.camera.set_zoom(1.0)
        canvas.rendering.finish()
        assert canvas.camera.view == ViewTransform()

    def _apply(self, text: str, edit: object, gesture: str) -> None:
        self.texts.append(text)
        self.gestures.append(gesture)
        self.show(edit(self.document))  # type: ignore[operator]

    def show(self, annotation: Annotation) -> None:
        self.document = annotation
        self.canvas.set_annotation(annotation)
        QApplication.processEvents()

    def put(self, *instances: Instance) -> None:
        self.show(document(*instances))

    def selected(self) -> tuple[str, ...]:
        return self.canvas.scene.selected

    def ring_of(self, instance_id: str) -> list[list[float]]:
        points: list[list[float]] = self.document.instance(instance_id).parts[0].outer.tolist()
        return points

    def press(
        self, x: int, y: int, keys: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT
    ) -> None:
        QTest.mousePress(self.canvas, button, keys, self.point(x, y))

    def move(self, x: int, y: int) -> None:
        QTest.mouseMove(self.canvas, self.point(x, y))
        QApplication.processEvents()

    def release(
        self, x: int, y: int, keys: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT
    ) -> None:
        QTest.mouseRelease(self.canvas, button, keys, self.point(x, y))

    def click(self, x: int, y: int, keys: Qt.KeyboardModifier = NONE) -> None:
        self.move(x, y)
        self.press(x, y, keys)
        self.release(x, y, keys)
        # far enough apart not to be a double click
        QTest.qWait(0)

    def double_click(self, x: int, y: int) -> None:
        QTest.mouseDClick(self.canvas, LEFT, NONE, self.point(x, y))

    def drag(
        self,
        *points: tuple[int, int],
        keys: Qt.KeyboardModifier = NONE,
        button: Qt.MouseButton = LEFT,
    ) -> None:
        """Press at the first point, move through all, release at the last."""
        self.move(*points[0])
        self.press(*points[0], keys, button)
        for (x0, y0), (x1, y1) in itertools.pairwise(points):
            for share in np.linspace(0, 1, 6)[1:]:
                self.move(round(x0 + (x1 - x0) * share), round(y0 + (y1 - y0) * share))
        self.release(*points[-1], keys, button)

    def key(self, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
        QTest.keyClick(self.canvas, key, keys)

    def point(self, x: float, y: float) -> QPoint:
        view_x, view_y = self.canvas.camera.view.to_view(x, y)
        return QPoint(round(view_x), round(view_y))

    def pixel(self, x: int, y: int) -> tuple[int, int, int]:
        """Colour that is really shown at an image point."""
        self.canvas.rendering.finish()
        at = self.point(x, y)
        colour = self.canvas.grab().toImage().pixelColor(at)
        return colour.red(), colour.green(), colour.blue()


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(qtbot)
    yield made
    made.canvas.close()


def proposal(x0: float, y0: float, size: float, score: float, **fields: object) -> Instance:
    """A square that a model proposed."""
    return square(x0, y0, size, origin=Origin.MODEL, score=score, **fields)
