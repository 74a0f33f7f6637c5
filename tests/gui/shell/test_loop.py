"""The loop in the window with the real engine, the real model and real training."""

from __future__ import annotations

import os
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.gui.rows.hands import Hands

from dynseg.annotation import edits
from dynseg.annotation.document import ImageState, Instance
from dynseg.sample.generate import generate
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.panels.message_bar import MessageBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LONG_MS = 180_000
IMAGES = 6


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Generated scenes: the starter finds parts on every one of them."""
    out = tmp_path_factory.mktemp("scenes")
    generate(out, images=IMAGES, seed=3)
    return out


@pytest.fixture
def bench(application: Workbench, scenes: Path, tmp_path: Path, qtbot: QtBot) -> Workbench:
    """The window on a folder of scenes."""
    folder = tmp_path / "parts"
    folder.mkdir()
    for image in (scenes / "images").iterdir():
        os.link(image, folder / image.name)
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=LONG_MS)
    qtbot.waitUntil(lambda: application.context.active_model is not None, timeout=LONG_MS)
    return application


def shapes(bench: Workbench) -> tuple[Instance, ...]:
    annotation = bench.context.session.annotation
    assert annotation is not None
    return annotation.instances


def predict(bench: Workbench, qtbot: QtBot) -> None:
    hands = Hands(bench, qtbot)
    bench.window.activateWindow()
    hands.wait(bench.window.isActiveWindow)
    hands.key("I")
    qtbot.waitUntil(lambda: bool(shapes(bench)), timeout=LONG_MS)


def messages(bench: Workbench) -> list[str]:
    bar = bench.window.findChild(MessageBar)
    assert bar is not None
    return [message.text for message in bar.shown_messages]


def test_key_model_proposes_slider_filters_batch_runs_and_is_taken_back(
    bench: Workbench, qtbot: QtBot
) -> None:
    bench.parts.assist_panel.confidence.setValue(10)
    predict(bench, qtbot)
    assert bench.window.badge.text().startswith(("CPU", "GPU"))
    everything = len(shapes(bench))
    slider = bench.parts.assist_panel.confidence
    for value in (30, 50, 95):
        slider.setValue(value)
        qtbot.wait(60)
    qtbot.waitUntil(lambda: len(shapes(bench)) < everything)
    assert bench.context.session.history.undo_text.startswith("Confidence")
    qtbot.waitUntil(lambda: bench.context.session.unsaved == 0)
    bench.context.session.undo()
    qtbot.waitUntil(lambda: len(shapes(bench)) == everything)

    first = shapes(bench)[0]
    bench.context.session.apply("Accept", edits.accept([first.id]))
    slider.setValue(20)
    qtbot.wait(60)
    Hands(bench, qtbot).key("Ctrl+B")
    panel = bench.parts.assist_panel
    assert panel.scope.hasFocus(), "the key asks for the scope, Space starts"
    QTest.keyClick(panel.scope, Qt.Key.Key_End)
    QTest.keyClick(panel.scope, Qt.Key.Key_Home)
    QTest.keyClick(panel.run_batch, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bench.batch.is_running)
    qtbot.waitUntil(lambda: not bench.batch.is_running, timeout=LONG_MS)
    qtbot.waitUntil(lambda: bench.parts.images.counts[ImageState.UNLABELLED] == 0)
    kept = [item for item in shapes(bench) if item.id == first.id]
    assert kept
    assert kept[0].parts == first.parts, "a batch never touches what a person accepted"
    assert "pre-labelled" in messages(bench)[0]

    bench.batch.undo_last()
    qtbot.waitUntil(lambda: bench.parts.images.counts[ImageState.UNLABELLED] == IMAGES - 1)
    assert any(item.id == first.id for item in shapes(bench))


@pytest.mark.slow
def test_engine_killed_in_a_batch_is_said_and_the_batch_ends(
    bench: Workbench, qtbot: QtBot
) -> None:
    predict(bench, qtbot)
    before = shapes(bench)
    engine = bench.context.engine
    first = engine.pid
    bench.batch.run("unlabelled")
    with qtbot.waitSignal(engine.died, timeout=LONG_MS):
        psutil.Process(first).kill()
    assert any("your labels are safe" in text for text in messages(bench))
    qtbot.waitUntil(lambda: not bench.batch.is_running, timeout=LONG_MS)
    qtbot.waitUntil(lambda: bench.parts.images.counts[ImageState.UNLABELLED] == 0)
    assert shapes(bench) == before
    store = bench.context.store
    assert store is not None
    assert store.check() == []


@pytest.mark.slow
def test_predict_on_open_proposes_without_a_click(bench: Workbench, qtbot: QtBot) -> None:
    bench.parts.assist_panel.on_open.setChecked(True)
    bench.parts.actions["next-image"].trigger()
    qtbot.waitUntil(lambda: bool(shapes(bench)), timeout=LONG_MS)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_training_is_followed_found_again_and_promoted(bench: Workbench, qtbot: QtBot) -> None:
    predict(bench, qtbot)
    for _ in range(4):
        if not shapes(bench):
            predict(bench, qtbot)
        bench.parts.actions["accept-image"].trigger()
    qtbot.waitUntil(lambda: bench.context.session.unsaved == 0)
    panel = bench.parts.training_panel
    qtbot.waitUntil(panel.train.isEnabled)
    bench.training.start("quick")
    watcher = bench.context.training
    qtbot.waitUntil(lambda: watcher.is_running, timeout=LONG_MS)
    run = watcher.run
    assert run is not None
    assert not bench.closing.may_close(), "closing asks while a run goes on"
    bench.closing.withdraw_question()
    watcher.release()
    bench.training._project_opened()
    qtbot.waitUntil(lambda: watcher.run == run, timeout=LONG_MS)
    qtbot.waitUntil(lambda: run.status().epoch >= 1, timeout=600_000)
    run.request_stop(finish=True)
    qtbot.waitUntil(lambda: not watcher.is_running, timeout=600_000)
    assert run.status().state == "finished"
    assert panel.result.isVisibleTo(panel), "before and after are compared"
    assert messages(bench), "and the message bar says so"
