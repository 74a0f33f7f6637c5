"""The window on the sample, and hands that work in it."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from io import BytesIO

import shapely
from PIL import Image
from PySide6.QtCore import QBuffer, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from dynseg.annotation import edits
from dynseg.annotation.document import Annotation, Instance
from dynseg.geometry import polygon
from dynseg.worker.protocol import Predict
from dynseg_annotator.application.frame import Frame, dress
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.jobs.engine_state import EngineState
from dynseg_annotator.settings import Settings

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SMALL, WHOLE = (940, 440), (1200, 720)
"""Sizes of the window: for a tool, and for everything at once."""
ARROW = ((0, 0), (0, 17), (4, 13.5), (7, 20), (10, 18.6), (7, 12.5), (12.5, 12.5))
"""Outline of the pointer."""
STEPS = 12
"""Moves of the mouse from one place to the next."""

Place = tuple[float, float]


class Stage:
    """The window, made once; places are image pixels.

    Args:
        theme: `light` or `dark`.
    """

    def __init__(self, theme: str) -> None:
        self.app = QApplication(["dynseg-annotator"])
        settings = Settings()
        settings.set("theme", theme)
        settings.set("predict_on_open", False)
        settings.set("live_learning", False)
        dress(self.app, settings)
        self._frame = Frame(settings)
        self.window = self._frame.window
        self.window.resize(*WHOLE)
        self._frame.show()
        self.bench = Workbench(self._frame, start_engine=False)
        self._frame.open_sample()
        self.canvas = self.bench.parts.canvas
        self.session = self.bench.context.session
        self.wait(lambda: self.canvas.accepts_gestures)
        self.bench.context.engine.start()
        self.wait(lambda: self.bench.context.engine.state is EngineState.READY)
        self.bench.context.messages.withdraw("tour")  # nobody needs it here
        self._images = list(self.bench.parts.images.ids())
        self._pointer: QPoint | None = None
        self._held: QPoint | None = None
        """Where the button is down."""
        self._before: dict[int, Annotation] = {}
        self.at_end = ExitStack()
        """What scenes have begun ends with the window, before it."""

    def close(self) -> None:
        """End everything that was started."""
        self.at_end.close()
        self.session.flush()
        self._frame.window.may_close = lambda: True
        self.window.close()
        self.bench.shut_down()

    # -- setting

    def wait(self, condition: Callable[[], bool], seconds: float = 400) -> None:
        """Let the program work until something is so."""
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError("the window did not get there")
            self.app.processEvents()
            time.sleep(0.005)

    def settle(self, seconds: float = 0.4) -> None:
        """Let it draw what it draws a little later."""
        end = time.monotonic() + seconds
        self.wait(lambda: time.monotonic() > end)

    def show(
        self, number: int, *, size: tuple[int, int] = SMALL, docks: Iterable[str] = ()
    ) -> None:
        """Open an image in a window of this size, with these docks alone."""
        self.let_go()
        for dialog in _dialogs():
            dialog.close()
        for action_id in ("review-mode", "show-grid"):
            if self.bench.parts.actions[action_id].isChecked():
                self.bench.parts.actions[action_id].trigger()
        for name in ("images", "instances", "classes", "assist", "training", "history"):
            self.window.dock(name).setVisible(name in docks)
        self.window.resize(*size)
        shown = [self.window.dock(name) for name in docks if name != "images"]
        heights = [140, 190, 340][-len(shown) :]
        if shown:
            self.window.resizeDocks(shown, heights, Qt.Orientation.Vertical)
        self.bench.navigation.open(self._images[number])
        self.wait(lambda: self.canvas.accepts_gestures)
        self.wait(lambda: self.session.image_id == self._images[number])
        self.session.selection.clear()
        self.canvas.set_tool("edit")
        self._as_it_was()
        self.canvas.camera.fit()
        self.window.activateWindow()
        self.canvas.clearFocus()
        self.canvas.setFocus(Qt.FocusReason.MouseFocusReason)  # no frame: it did not come by key
        self._pointer = None
        self.settle()

    def let_go(self) -> None:
        """Give up what the last picture was doing."""
        if self._held is not None:
            self.key("Esc")
            QTest.mouseRelease(self.canvas, LEFT, NONE, self._held)
            self._held = None
        self.key("Esc", 3)

    def _as_it_was(self) -> None:
        """Take back what earlier pictures did to the image."""
        document = self.session.annotation
        assert document is not None
        before = self._before.setdefault(document.image_id, document)
        if document.instances != before.instances or document.state is not before.state:
            self.session.apply("Set the stage", edits.replace_all(before.instances))
            self.session.apply("Set the stage", edits.set_state(before.state))

    def keep(self) -> None:
        """From now on the image is to be as it is now."""
        document = self.session.annotation
        assert document is not None
        self._before[document.image_id] = document

    def shape(self, at: Place) -> Instance:
        """The topmost shape of the image there."""
        document = self.session.annotation
        assert document is not None
        point = shapely.Point(at)
        shapes = reversed(document.instances)
        return next(i for i in shapes if polygon.to_shapely(i.parts).contains(point))

    def spoil(self, at: Place, change: Callable[[list[Place]], list[Place]]) -> None:
        """Give a shape another outline, so that there is something to mend."""
        item = self.shape(at)
        outer = change([(float(x), float(y)) for x, y in item.parts[0].outer])
        parts = polygon.from_shapely(shapely.make_valid(shapely.Polygon(outer)))
        self.session.apply("Set the stage", edits.replace_parts(item.id, parts))
        self.settle()

    def places(self, count: int) -> list[Place]:
        """A place inside of each of the topmost shapes."""
        document = self.session.annotation
        assert document is not None
        shapes = document.instances[::-1][:count]
        points = (polygon.to_shapely(item.parts).representative_point() for item in shapes)
        return [(point.x, point.y) for point in points]

    def remove(self, *places: Place) -> None:
        """Take the shapes at these places away, so that they can be drawn."""
        gone = [self.shape(at).id for at in places]
        self.session.apply("Set the stage", edits.remove(gone))
        self.settle()

    def let_model_look(self) -> None:
        """What the model sees in the open image is known, and nothing is proposed."""
        context, image_id = self.bench.context, self.session.image_id
        store, settings = context.store, self.bench.models.predict_settings()
        assert store is not None
        assert image_id is not None
        context.engine.submit(
            lambda job: Predict(job, str(store.root), store.lock_token, image_id, settings=settings)
        )
        self.wait(lambda: bool(store.newest_predictions(image_id)))

    def look_at(self, x: float, y: float, zoom: float) -> None:
        """Put an image point into the middle."""
        camera = self.canvas.camera
        camera.set_zoom(zoom)
        at = camera.view.to_view(x, y)
        camera.pan_by(self.canvas.width() / 2 - at[0], self.canvas.height() / 2 - at[1])
        self.settle()

    # -- hands

    def key(self, keys: str, times: int = 1) -> None:
        """Press keys: `Ctrl+Shift+D`."""
        for _ in range(times):
            pressed = QKeySequence(keys)[0]  # type: ignore[index]  # the stubs leave it out
            QTest.keyClick(self._handle(), pressed.key(), pressed.keyboardModifiers())
            self.app.processEvents()

    def _handle(self) -> object:
        return (QApplication.activeModalWidget() or self.window).windowHandle()

    def _at(self, place: Place) -> QPoint:
        x, y = self.canvas.camera.view.to_view(*place)
        return QPoint(round(x), round(y))

    def point_at(self, place: Place) -> None:
        """Move the pointer there."""
        self._pointer = self._at(place)
        QTest.mouseMove(self.canvas, self._pointer)
        self.app.processEvents()

    def click(self, place: Place, keys: Qt.KeyboardModifier = NONE) -> None:
        """Go there and click."""
        self.point_at(place)
        QTest.mouseClick(self.canvas, LEFT, keys, self._at(place))
        self.app.processEvents()

    def drag(self, *way: Place, keys: Qt.KeyboardModifier = NONE) -> None:
        """Press, move through all places, and stay there with the button down."""
        self.point_at(way[0])
        QTest.mousePress(self.canvas, LEFT, keys, self._at(way[0]))
        for start, end in itertools.pairwise(self._at(place) for place in way):
            for step in range(1, STEPS + 1):
                self._pointer = start + (end - start) * (step / STEPS)
                QTest.mouseMove(self.canvas, self._pointer)
                self.app.processEvents()
        self._held = self._at(way[-1])

    # -- pictures

    def window_picture(self, *, pointer: bool = True) -> Image.Image:
        """The window as it is."""
        self.settle()
        grabbed = self.window.grab()
        if pointer and self._pointer is not None:
            self._draw_pointer(grabbed)
        return _as_image(grabbed)

    def picture_of(self, widget: QWidget) -> Image.Image:
        """A dialog or a panel."""
        self.settle()
        return _as_image(widget.grab())

    def dialog(self, title: str) -> QWidget:
        """The dialog of this title, once it is there."""
        self.wait(lambda: any(title in w.windowTitle() for w in _dialogs()))
        return next(w for w in _dialogs() if title in w.windowTitle())

    def _draw_pointer(self, picture: QPixmap) -> None:
        assert self._pointer is not None
        tip = QPointF(self.canvas.mapTo(self.window, self._pointer))
        outline = QPolygonF([tip + QPointF(*corner) for corner in ARROW])
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor("white"), 1.4))
            painter.setBrush(QColor("black"))
            painter.drawPolygon(outline)


def _dialogs() -> list[QWidget]:
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, QDialog) and w.isVisible()]


def _as_image(pixmap: QPixmap) -> Image.Image:
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    pixmap.save(buffer, "PNG")
    return Image.open(BytesIO(buffer.data().data()))
