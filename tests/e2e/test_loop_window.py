"""The main job in the window: mouse and keys alone, from a folder of photos to a better model."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.model.registry import STARTER
from dynseg.sample import generate
from dynseg_annotator.application.frame import Frame, dress
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs.export_dialog import ExportDialog
from dynseg_annotator.settings import Settings

LONG_MS = 300_000
IMAGES = 6
LEFT, NONE, CONTROL = (
    Qt.MouseButton.LeftButton,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
)


class Person:
    """Somebody at the window, who has a mouse and a keyboard and looks at what is shown."""

    def __init__(self, bench: Workbench, qtbot: QtBot) -> None:
        self.bench = bench
        self.qtbot = qtbot
        self.canvas = bench.parts.canvas

    @property
    def document(self) -> Annotation:
        annotation = self.bench.context.session.annotation
        assert annotation is not None
        return annotation

    def wait(self, condition: Callable[[], bool | None], timeout_ms: int = LONG_MS) -> None:
        self.qtbot.waitUntil(condition, timeout=timeout_ms)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        self.canvas.setFocus()
        QTest.keyClick(self.canvas, key, modifier)
        QApplication.processEvents()

    def point(self, x: float, y: float) -> QPoint:
        view_x, view_y = self.canvas.camera.view.to_view(x, y)
        return QPoint(round(view_x), round(view_y))

    def move(self, x: float, y: float) -> None:
        QTest.mouseMove(self.canvas, self.point(x, y))
        QApplication.processEvents()

    def click(self, x: float, y: float) -> None:
        self.move(x, y)
        QTest.mouseClick(self.canvas, LEFT, NONE, self.point(x, y))
        QApplication.processEvents()

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        self.move(*start)
        QTest.mousePress(self.canvas, LEFT, NONE, self.point(*start))
        for step in range(1, 6):
            share = step / 5
            self.move(
                start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
            )
        QTest.mouseRelease(self.canvas, LEFT, NONE, self.point(*end))
        QApplication.processEvents()

    def saved(self) -> None:
        self.wait(lambda: self.bench.context.session.unsaved == 0)

    def state_count(self, state: ImageState) -> int:
        return self.bench.parts.images.counts[state]


@pytest.fixture
def person(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Person]:
    """A person in front of a window that has just opened a folder of photos."""
    generate(tmp_path / "made", images=IMAGES, seed=3)
    folder = tmp_path / "photos"
    (tmp_path / "made" / "images").rename(folder)
    settings = Settings()
    dress(qapp, settings)
    frame = Frame(settings)
    frame.window.resize(1300, 850)
    frame.show()
    bench = Workbench(frame)
    bench.begin()
    frame.open(folder)
    qtbot.waitUntil(lambda: bench.parts.canvas.accepts_gestures, timeout=LONG_MS)
    qtbot.waitUntil(lambda: bench.context.active_model is not None, timeout=LONG_MS)
    yield Person(bench, qtbot)
    bench.context.session.flush()
    frame.window.may_close = lambda: True
    frame.window.close()
    bench.shut_down()
    for made in (bench, frame.window, frame):
        made.deleteLater()


def largest(instances: tuple[Instance, ...]) -> Instance:
    def size(item: Instance) -> float:
        x0, y0, x1, y1 = item.bounds
        return (x1 - x0) * (y1 - y0)

    return max(instances, key=size)


def correct_a_polygon(person: Person) -> None:
    """Click a proposal, drag one of its vertices, take it back, do it again."""
    shape = largest(person.document.instances)
    assert shape.origin is Origin.MODEL
    inside = shape.parts[0].outer.mean(axis=0)
    person.click(*inside)
    selected = person.bench.context.session.selection.ids
    assert len(selected) == 1
    shape = person.document.instance(next(iter(selected)))
    vertex = shape.parts[0].outer[0]
    x, y = float(vertex[0]), float(vertex[1])
    target = (min(max(x + 12, 5), person.document.width - 5), min(max(y + 9, 5), 700))
    person.drag((x, y), target)
    edited = person.document.instance(shape.id)
    assert edited.origin is Origin.EDITED
    assert edited.parts != shape.parts
    person.saved()
    person.key(Qt.Key.Key_Z, CONTROL)
    person.wait(lambda: person.document.instance(shape.id).parts == shape.parts)
    person.key(Qt.Key.Key_Y, CONTROL)
    person.wait(lambda: person.document.instance(shape.id).origin is Origin.EDITED)


def draw_a_polygon(person: Person) -> None:
    """P, three clicks, Enter."""
    before = len(person.document.instances)
    person.key(Qt.Key.Key_P)
    for x, y in ((40, 40), (160, 50), (90, 150)):
        person.click(x, y)
    person.key(Qt.Key.Key_Return)
    person.wait(lambda: len(person.document.instances) == before + 1)
    drawn = person.document.instances[-1]
    assert drawn.origin is Origin.HUMAN
    assert len(drawn.parts[0].outer) == 3
    person.key(Qt.Key.Key_Escape)
    person.click(95, 75)
    person.key(Qt.Key.Key_Delete)
    person.wait(lambda: len(person.document.instances) == before)


def reviewed_are(person: Person, count: int) -> bool:
    return person.state_count(ImageState.REVIEWED) == count


def review(person: Person, count: int) -> None:
    """Let the model propose, accept, go to the next image."""
    for _ in range(count):
        person.wait(lambda: bool(person.document.instances))
        reviewed = person.state_count(ImageState.REVIEWED)
        person.key(Qt.Key.Key_Return, CONTROL)
        person.wait(partial(reviewed_are, person, reviewed + 1))
    person.saved()


def export(person: Person, out: Path) -> None:
    """Ctrl+Shift+S, type a folder, press the button."""
    person.bench.parts.actions["export"].trigger()
    window = person.bench.window
    person.wait(lambda: window.findChild(ExportDialog) is not None)
    dialog = window.findChild(ExportDialog)
    assert dialog is not None
    field = dialog._folder
    field.selectAll()
    QTest.keyClicks(field, str(out))
    button = next(b for b in dialog.findChildren(QPushButton) if "Export" in b.text())
    QTest.mouseClick(button, LEFT)
    person.wait(lambda: (out / "manifest.json").is_file())
    person.wait(lambda: person.bench.window.findChild(ExportDialog) is None)


def train_and_promote(person: Person) -> None:
    """One click; after the first pass the run is asked to finish with what it has learned."""
    bench = person.bench
    panel, watcher = bench.parts.training_panel, bench.context.training
    bench.window.reveal("training")
    person.wait(panel.train.isEnabled)
    QTest.mouseClick(panel.train, LEFT)
    person.wait(lambda: watcher.is_running)
    run = watcher.run
    assert run is not None
    person.wait(lambda: run.status().epoch >= 1)
    run.request_stop(finish=True)
    person.wait(lambda: not watcher.is_running)
    assert run.status().state == "finished", run.log.read_text()[-2000:]
    promote = next(
        b for b in panel.findChildren(QPushButton) if b.text().replace("&", "") == "Promote"
    )
    person.wait(promote.isVisible)
    QTest.mouseClick(promote, LEFT)
    person.wait(lambda: (model := bench.context.active_model) is not None and model.name != STARTER)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_the_whole_loop_with_mouse_and_keys(person: Person, tmp_path: Path) -> None:
    # The model proposes by itself when an image without labels opens.
    person.wait(lambda: bool(person.document.instances))
    correct_a_polygon(person)
    draw_a_polygon(person)
    review(person, 3)
    out = tmp_path / "dataset"
    export(person, out)
    rows = [r for f in out.rglob("labels/**/*.txt") for r in f.read_text().splitlines()]
    store = person.bench.context.store
    assert store is not None
    reviewed = [row for row in store.images() if row.state is ImageState.REVIEWED]
    assert len(reviewed) == 3
    assert len(rows) == sum(row.instance_count for row in reviewed)
    human = {row.id: store.annotation(row.id) for row in reviewed}

    train_and_promote(person)
    person.wait(lambda: not person.bench.batch.is_running)
    person.wait(lambda: person.state_count(ImageState.UNLABELLED) == 0)
    assert {row.id: store.annotation(row.id) for row in reviewed} == human
    assert store.check() == []
    if folder := os.environ.get("DYNSEG_SCREENSHOTS"):
        person.bench.window.grab().save(str(Path(folder) / "loop.png"))
