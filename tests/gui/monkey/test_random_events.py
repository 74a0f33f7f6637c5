"""A monkey on the real window: nothing is raised, Qt does not warn, every label stays sound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.gui.monkey.monkey import Monkey
from tests.gui.shell.proposing import propose

from dynseg.annotation.classes import ClassTable
from dynseg.annotation.document import Annotation, Instance
from dynseg.geometry import polygon
from dynseg.project.store import Store
from dynseg_annotator.application.frame import Frame, dress
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.settings import Settings

SLACK_PX = 1e-6


@pytest.fixture
def bench(qapp: QApplication, qtbot: QtBot) -> Iterator[Workbench]:
    """The whole window on a copy of the embedded sample, which has a model and reviewed labels."""
    settings = Settings()
    settings.set("predict_on_open", False)
    settings.set("copy_follows", False)  # it would start the engine
    settings.set("live_learning", False)
    dress(qapp, settings)
    frame = Frame(settings)
    made = Workbench(frame, start_engine=False)
    frame.window.may_close = lambda: False  # Ctrl+Q asks, and is told to stay
    frame.show()
    frame.open_sample()
    qtbot.waitUntil(lambda: made.parts.canvas.accepts_gestures, timeout=30_000)
    for number in range(5, 9):
        propose(made, number, *(0.3 + 0.1 * at for at in range(6)))
    yield made
    made.context.session.flush()
    frame.window.may_close = lambda: True
    frame.window.close()
    made.shut_down()
    made.deleteLater()
    frame.window.deleteLater()
    frame.deleteLater()


def let_loose(
    bench: Workbench, qtbot: QtBot, qtlog: Any, *, seed: int, events: int, engine: bool
) -> None:
    """Random events; the first failure ends them, with what was done before it."""
    monkey = Monkey(bench, seed, engine=engine)
    with qtbot.captureExceptions() as raised:
        for number in range(events):
            try:
                monkey.step()
                assert not raised
                assert bench.window.isVisible()
                assert not warnings(qtlog)
            except BaseException:
                print(f"seed {seed}, event {number}:", *monkey.trail, sep="\n  ")
                raise
        monkey.rest()
        check_labels(bench, qtbot)
        assert not raised


def warnings(qtlog: Any) -> list[str]:
    return [r.message for r in qtlog.records if not r.ignored and r.matches_level("WARNING")]


def check_labels(bench: Workbench, qtbot: QtBot) -> None:
    """Everything saved, sound, and the same after the project was opened anew."""
    context = bench.context
    qtbot.waitUntil(lambda: context.session.unsaved == 0, timeout=30_000)
    assert context.session.flush() == 0
    store = context.store
    assert store is not None
    assert store.check() == []
    annotation = context.session.annotation
    assert annotation is not None
    assert annotation == store.annotation(annotation.image_id)
    for row in store.images():
        shown = bench.parts.images.row_of(row.id)
        assert shown is not None
        assert (shown.state, shown.instance_count) == (row.state, row.instance_count)
    before = contents(store)
    for document in before[0].values():
        for item in document.instances:
            assert_sound(item, document)
    assert {i.class_id for d in before[0].values() for i in d.instances} <= {
        label.id for label in before[1].labels
    }
    for tool in ("polygon", "edit"):  # what is being drawn would be asked about first
        bench.parts.canvas.set_tool(tool)
    assert not bench.parts.canvas.is_drawing
    bench.frame.open(store.root)
    qtbot.waitUntil(lambda: context.store not in (None, store), timeout=30_000)
    reopened = context.store
    assert reopened is not None
    assert contents(reopened) == before


def contents(store: Store) -> tuple[dict[int, Annotation], ClassTable]:
    return {row.id: store.annotation(row.id) for row in store.images()}, store.classes()


def assert_sound(item: Instance, document: Annotation) -> None:
    assert item.parts
    for part in item.parts:
        assert polygon.to_shapely((part,)).is_valid, item
        assert polygon.area(part) > 0, item
        for ring in (part.outer, *part.holes):
            assert len(ring) >= 3, item
            assert ring.min() >= -SLACK_PX, item
            assert ring[:, 0].max() <= document.width + SLACK_PX, item
            assert ring[:, 1].max() <= document.height + SLACK_PX, item


@pytest.mark.timeout(900)
def test_some_random_events_harm_nothing(bench: Workbench, qtbot: QtBot, qtlog: Any) -> None:
    let_loose(bench, qtbot, qtlog, seed=1, events=1500, engine=False)


@pytest.mark.slow
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("seed", [2, 3, 4])
def test_twenty_thousand_random_events_harm_nothing(
    bench: Workbench, qtbot: QtBot, qtlog: Any, seed: int
) -> None:
    let_loose(bench, qtbot, qtlog, seed=seed, events=20_000, engine=True)
