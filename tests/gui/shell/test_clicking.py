"""Click-to-segment (A10) in the window, with real clicks and the real engine.

Its network has random weights: what it finds means nothing, but every step to it is the real one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from dynseg.annotation.document import Instance
from dynseg.errors import EngineError
from dynseg.geometry.part import Part, ring
from dynseg.inference.prompt import Prompt
from dynseg.model import fetch
from dynseg.progress import CancelledError, CancelToken
from dynseg.worker.point_messages import Outlined, Point, Pointed, Refine
from dynseg.worker.protocol import Request
from dynseg.worker.wire import to_wire
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.panels.message_bar import MessageBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

NO, ALT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier
SQUARE = (Part(ring([(60, 40), (120, 40), (120, 100), (60, 100)])),)


def shapes(window: Workbench) -> tuple[Instance, ...]:
    annotation = window.context.session.annotation
    assert annotation is not None
    return annotation.instances


def click(window: Workbench, x: float, y: float, modifiers: Qt.KeyboardModifier = NO) -> None:
    canvas = window.parts.canvas
    at = QPoint(*(round(v) for v in canvas.camera.view.to_view(x, y)))
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, modifiers, at)


@pytest.fixture
def clicking(
    opened: Workbench, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Workbench:
    """The window with a class to give and the tool in force, without weights."""
    monkeypatch.setattr(fetch, "downloads_folder", lambda: tmp_path / "downloads")
    opened.classes.add("bolt")
    qtbot.waitUntil(lambda: len(opened.context.classes) == 1)
    opened.parts.canvas.setFocus()
    QTest.keyClick(opened.parts.canvas, Qt.Key.Key_Q)
    assert opened.parts.canvas.tool == "click-object"
    return opened


@pytest.fixture
def requests(clicking: Workbench, monkeypatch: pytest.MonkeyPatch) -> list[Request]:
    """What the engine is asked; it never answers by itself."""
    sent: list[Request] = []

    def submit(make: Callable[[int], Request]) -> int:
        sent.append(make(len(sent) + 1))
        return sent[-1].job

    monkeypatch.setattr(clicking.context.engine, "submit", submit)
    monkeypatch.setattr(clicking.context.engine, "cancel", lambda _job: None)
    return sent


def test_a10_missing_weights_are_offered_and_never_fetched_unasked(
    clicking: Workbench, requests: list[Request]
) -> None:
    bar = clicking.parts.window.findChild(MessageBar)
    assert bar is not None
    said = " ".join(label.text() for label in bar.findChildren(QLabel))
    assert "MobileSAM (41 MB, Apache-2.0)" in said
    assert "Nothing was fetched" in said
    click(clicking, 100, 80)
    assert not clicking.finding.clicking.weights.exists()
    assert [type(request) for request in requests] == [Point], "the model in use answers"
    assert shapes(clicking) == ()


def test_a10_the_model_in_use_answers_by_clicks_on_the_object_and_beside_it(
    clicking: Workbench, requests: list[Request], qtbot: QtBot
) -> None:
    canvas, engine = clicking.parts.canvas, clicking.context.engine
    right = (Part(ring([(100, 40), (200, 40), (200, 100), (100, 100)])),)
    outlines = [Outlined(to_wire(parts), 0, 0.5, 0.2) for parts in (SQUARE, right)]
    click(clicking, 110, 80)
    asked = requests[-1]
    assert isinstance(asked, Point)
    assert (asked.x, asked.y) == pytest.approx((110, 80), abs=2)
    engine.pointed.emit(Pointed(asked.job, asked.image_id, "starter", outlines))
    assert canvas._click_tool._found == SQUARE
    click(clicking, 70, 60, ALT)
    asked = requests[-1]
    assert isinstance(asked, Point)
    engine.pointed.emit(Pointed(asked.job, asked.image_id, "starter", outlines))
    assert canvas._click_tool._found == right
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(shapes(clicking)) == 1)
    assert shapes(clicking)[0].parts == right

    click(clicking, 110, 80)
    click(clicking, 290, 200)
    asked = requests[-1]
    engine.pointed.emit(Pointed(asked.job, 1, "starter", outlines))
    assert not canvas._click_tool._found, "none goes around both"


def test_a10_a_box_is_asked_of_the_model_in_use_too(
    clicking: Workbench, requests: list[Request]
) -> None:
    canvas = clicking.parts.canvas
    first, last = (
        QPoint(*map(round, canvas.camera.view.to_view(*at))) for at in ((60, 40), (120, 100))
    )
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, NO, first)
    QTest.mouseMove(canvas, last)
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, NO, last)
    (asked,) = requests
    assert isinstance(asked, Refine)
    assert asked.box == pytest.approx((60, 40, 120, 100), abs=2)


@pytest.mark.usefixtures("requests")
def test_a10_clicks_and_boxes_are_asked_together_and_taken_back_one_by_one(
    clicking: Workbench,
) -> None:
    asked: list[Prompt] = []
    canvas = clicking.parts.canvas
    canvas.object_asked.connect(asked.append)
    click(clicking, 150, 90, ALT)
    assert asked == []  # what it is not does not say where it is
    click(clicking, 100, 80)
    click(clicking, 150, 90, ALT)
    assert len(asked) == 2
    assert (len(asked[1].inside), len(asked[1].outside)) == (1, 1)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert asked[-1] == asked[0]
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert not canvas.is_drawing
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert canvas.tool == "edit"


@pytest.mark.usefixtures("requests")
def test_a10_enter_keeps_what_was_found_as_one_step_and_late_answers_are_dropped(
    clicking: Workbench, qtbot: QtBot
) -> None:
    asked: list[Prompt] = []
    canvas = clicking.parts.canvas
    canvas.object_asked.connect(asked.append)
    click(clicking, 100, 80)
    click(clicking, 90, 70)
    canvas.show_object(asked[0], SQUARE)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert shapes(clicking) == ()
    canvas.show_object(asked[1], SQUARE)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(shapes(clicking)) == 1)
    assert shapes(clicking)[0].parts == SQUARE
    undo = clicking.parts.actions["undo"]
    qtbot.waitUntil(undo.isEnabled)
    undo.trigger()
    qtbot.waitUntil(lambda: shapes(clicking) == ())


def test_a10_another_image_drops_what_was_asked_about_the_last_one(
    clicking: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = clicking.finding.clicking.weights
    weights.parent.mkdir(parents=True)
    weights.write_bytes(b"there")
    cancelled: list[int] = []
    monkeypatch.setattr(clicking.context.engine, "submit", lambda _make: 7)
    monkeypatch.setattr(clicking.context.engine, "cancel", cancelled.append)
    click(clicking, 100, 80)
    assert clicking.finding.clicking._questions.about(7)
    clicking.parts.actions["next-image"].trigger()  # refused: something is being pointed at
    assert clicking.finding.clicking._questions.about(7)
    QTest.keyClick(clicking.parts.canvas, Qt.Key.Key_Escape)
    clicking.parts.actions["next-image"].trigger()
    assert not clicking.finding.clicking._questions.about(7)
    assert 7 in cancelled


def test_a10_a_project_that_closes_ends_the_download(
    clicking: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, ended = threading.Event(), threading.Event()

    def slow(_name: str, _folder: Path, *, report: object, cancel: CancelToken) -> Path:
        began.set()
        while not cancel.cancelled:
            time.sleep(0.01)
        ended.set()
        raise CancelledError

    monkeypatch.setattr(fetch, "fetch", slow)
    clicking.finding.clicking.fetch()
    qtbot.waitUntil(began.is_set)
    clicking.projects.close()
    qtbot.waitUntil(ended.is_set)


def test_a10_a_download_that_was_stopped_does_not_meddle_with_the_next_one(
    clicking: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    running, most, begun = [0], [0], list[CancelToken]()
    give_up = threading.Event()

    def slow(_name: str, _folder: Path, *, report: object, cancel: CancelToken) -> Path:
        del report
        running[0] += 1
        most[0] = max(most[0], running[0])
        begun.append(cancel)
        while not (cancel.cancelled and give_up.is_set()):  # the network answers late
            time.sleep(0.01)
        running[0] -= 1
        raise EngineError("The network is gone.")

    monkeypatch.setattr(fetch, "fetch", slow)
    fetching = clicking.finding.clicking
    fetching.fetch()
    qtbot.waitUntil(lambda: len(begun) == 1)
    fetching.stop()
    fetching.fetch()
    qtbot.wait(100)
    assert most == [1], "both write to the same file"
    give_up.set()
    qtbot.waitUntil(lambda: len(begun) == 2)
    qtbot.wait(50)
    assert fetching._fetching is begun[1], "the failure of the first one is none of the second"
    fetching.stop()


@pytest.mark.slow
def test_a10_the_engine_answers_a_click(clicking: Workbench, qtbot: QtBot) -> None:
    import torch

    from dynseg.model.sandbox import prepare_environment

    prepare_environment()
    from ultralytics.models.sam.build import build_mobile_sam

    torch.manual_seed(3)
    clicking.finding.clicking.weights.parent.mkdir(parents=True)
    torch.save(build_mobile_sam().state_dict(), clicking.finding.clicking.weights)
    with qtbot.waitSignal(clicking.context.engine.refined, timeout=120_000) as answered:
        click(clicking, 100, 80)
    assert answered.args[0].model_id == "mobile_sam"
    clicking.finding.clicking.weights.write_bytes(b"no weights")
    with qtbot.waitSignal(clicking.context.engine.failed, timeout=60_000) as failed:
        click(clicking, 110, 80)
    assert "nothing in it was run" in failed.args[0].message
