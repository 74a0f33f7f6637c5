"""One click outlines an object (A11): what the model has seen at once, else with a closer look."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.gui.shell.class_work import add_class
from tests.gui.shell.proposing import square

from dynseg.annotation import edits
from dynseg.annotation.document import Instance, Origin
from dynseg.annotation.rejections import Rejections
from dynseg.geometry.part import Part
from dynseg.geometry.polygon import contains, iou
from dynseg.inference.detections import Detection, encode
from dynseg.inference.matching import mapping_key
from dynseg.sample.generate import generate
from dynseg.worker.point_messages import Outlined, Point, Pointed
from dynseg.worker.protocol import Finished
from dynseg.worker.wire import from_wire, to_wire
from dynseg_annotator.application.labels.finding import Found
from dynseg_annotator.application.labels.pointing import PointController
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.canvas.tools.rectangle import FindTool

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

ENGINE_MS = 90_000
"""The engine loads torch first."""
HIDDEN, PROPOSED = square(40, 40, 60), square(180, 40, 60)
WIDER, NAMED = square(30, 30, 85), square(220, 160, 60)


def shapes(window: Workbench) -> tuple[Instance, ...]:
    annotation = window.context.session.annotation
    assert annotation is not None
    return annotation.instances


def said(window: Workbench) -> str:
    return window.window.status_line._hint.text()


def place(window: Workbench, x: float, y: float) -> QPoint:
    return QPoint(*(round(v) for v in window.parts.canvas.camera.view.to_view(x, y)))


def click(window: Workbench, x: float, y: float) -> None:
    canvas, no_key = window.parts.canvas, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, no_key, place(window, x, y))


def hover(window: Workbench, x: float, y: float) -> None:
    QTest.mouseMove(window.parts.canvas, place(window, x, y) + QPoint(1, 1))
    QTest.mouseMove(window.parts.canvas, place(window, x, y))


def offered(window: Workbench) -> tuple[Part, ...]:
    tool = window.parts.canvas._tool
    assert isinstance(tool, FindTool)
    return tool._offered


@pytest.fixture
def seen(two: tuple[Workbench, int, int], qtbot: QtBot) -> Workbench:
    """The model is sure of one object of the open image, and of two other ones hardly.

    One of these resembles the nuts.
    """
    window, bolt, nut = two
    qtbot.waitUntil(lambda: window.context.active_model is not None)
    store, card, annotation = (
        window.context.store, window.context.active_model, window.context.session.annotation
    )  # fmt: skip
    assert store is not None
    assert card is not None
    assert annotation is not None
    found = [
        Detection(0, score, parts, Instance(0, parts).bounds, named)
        for score, parts, named in (
            (0.9, PROPOSED, None), (0.15, HIDDEN, None), (0.15, NAMED, nut)
        )
    ]  # fmt: skip
    key = window.models.predict_settings().key(card)
    store.save_predictions([(annotation.image_id, card.model_id, key, encode(found))])
    proposal = Instance(
        bolt, PROPOSED, origin=Origin.MODEL, score=0.9, model_id=card.model_id, id="proposed"
    )
    window.context.session.apply("Pre-label", edits.add(proposal), "propose:test")
    QTest.keyClick(window.parts.canvas, Qt.Key.Key_M)
    assert window.parts.canvas.tool == "find-object"
    return window


def test_the_pointer_shows_and_a_click_takes_what_the_model_was_not_sure_enough_of(
    seen: Workbench, qtbot: QtBot
) -> None:
    hover(seen, 70, 70)
    assert offered(seen) == HIDDEN
    hover(seen, 210, 70)
    assert offered(seen) == (), "that is a proposal: it is in sight already"
    hover(seen, 140, 150)
    assert offered(seen) == ()
    click(seen, 70, 70)
    (_, found) = shapes(seen)
    assert found.parts == HIDDEN
    assert found.is_human_work, "a person asked for it, so no run may replace it"
    assert (found.origin, found.score, found.class_id) == (Origin.MODEL, 0.15, current(seen))
    assert seen.context.session.selection.ids == (found.id,)
    assert "click it again" in said(seen)
    hover(seen, 72, 72)
    assert offered(seen) == (), "it has a shape now"
    undo = seen.parts.actions["undo"]
    qtbot.waitUntil(undo.isEnabled)
    undo.trigger()
    qtbot.waitUntil(lambda: len(shapes(seen)) == 1)


def current(window: Workbench) -> int:
    class_id = window.context.current_class
    assert class_id is not None
    return class_id


def test_what_resembles_reviewed_shapes_gets_their_class(seen: Workbench) -> None:
    bolt, nut = (label.id for label in seen.context.classes.labels)
    seen.context.set_current_class(bolt)
    click(seen, 250, 190)
    click(seen, 70, 70)
    assert [(item.parts, item.class_id) for item in shapes(seen)[1:]] == [
        (NAMED, nut),
        (HIDDEN, bolt),
    ]


def test_a_click_on_a_proposal_keeps_it_and_its_class(seen: Workbench) -> None:
    seen.context.set_current_class(seen.context.classes.labels[1].id)
    click(seen, 210, 70)
    (kept,) = shapes(seen)
    assert (kept.id, kept.parts, kept.is_human_work) == ("proposed", PROPOSED, True)
    assert kept.class_id == seen.context.classes.labels[0].id
    assert "Accepted" in said(seen)


class Engine:
    """Stands in for the engine, and answers its last question when it is told to."""

    def __init__(self, window: Workbench, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[Point] = []
        self._client = window.context.engine
        self._window = window
        monkeypatch.setattr(self._client, "submit", self._submit)
        monkeypatch.setattr(self._client, "cancel", lambda _job: None)

    def _submit(self, make: Callable[[int], Point]) -> int:
        self.asked.append(make(700 + len(self.asked)))
        return self.asked[-1].job

    def answer(self, *outlines: tuple[Part, ...], worth: float = 0.2, of: int = -1) -> None:
        card = self._window.context.active_model
        assert card is not None
        found = [Outlined(to_wire(parts), 0, 0.3, worth) for parts in outlines]
        asked = self.asked[of]
        self._client.pointed.emit(Pointed(asked.job, asked.image_id, card.model_id, found))
        self._client.finished.emit(Finished(asked.job))


@pytest.fixture
def engine(seen: Workbench, monkeypatch: pytest.MonkeyPatch) -> Engine:
    return Engine(seen, monkeypatch)


def test_a_click_on_a_persons_shape_selects_it_unless_a_smaller_thing_lies_on_it(
    seen: Workbench, engine: Engine
) -> None:
    click(seen, 70, 70)
    (_, mine) = shapes(seen)
    QTest.keyClick(seen.parts.canvas, Qt.Key.Key_Escape)
    seen.context.session.selection.clear()
    QTest.keyClick(seen.parts.canvas, Qt.Key.Key_M)  # what was clicked before is done
    click(seen, 60, 60)
    engine.answer(HIDDEN, WIDER)
    assert seen.context.session.selection.ids == (mine.id,)
    assert len(shapes(seen)) == 2
    assert "has a shape already" in said(seen)
    click(seen, 60, 60)
    engine.answer(HIDDEN, square(50, 50, 20))
    assert [item.parts for item in shapes(seen)] == [PROPOSED, HIDDEN, square(50, 50, 20)]


def test_where_nothing_is_known_the_model_looks_closer(seen: Workbench, engine: Engine) -> None:
    click(seen, 140, 150)
    (asked,) = engine.asked
    assert (asked.x, asked.y) == pytest.approx((140, 150), abs=2)
    assert "looks closer" in said(seen)
    engine.answer(square(120, 130, 40), square(110, 120, 80))
    assert shapes(seen)[1].parts == square(120, 130, 40)
    assert "click it again" in said(seen)
    click(seen, 20, 200)
    engine.answer()
    assert len(shapes(seen)) == 2
    assert "draw a box" in said(seen) or "drag a box" in said(seen)


def test_more_clicks_on_it_bring_other_outlines_as_one_step_and_then_the_first_again(
    seen: Workbench, engine: Engine, qtbot: QtBot
) -> None:
    click(seen, 70, 70)
    found = shapes(seen)[1]
    click(seen, 70, 70)
    engine.answer(square(41, 40, 60), WIDER, square(50, 50, 30))  # the first one was shown
    assert shapes(seen)[1].parts == WIDER
    for outline in (square(50, 50, 30), HIDDEN, WIDER):
        click(seen, 70, 70)
        assert shapes(seen)[1].parts == outline
    assert len(engine.asked) == 1
    assert {item.id for item in shapes(seen)} == {"proposed", found.id}, "it is the same shape"
    image_id = seen.context.session.image_id
    assert image_id is not None
    assert seen.context.session.rejections(image_id) == {}, "nobody refused the outlines between"
    undo = seen.parts.actions["undo"]
    qtbot.waitUntil(undo.isEnabled)
    undo.trigger()
    qtbot.waitUntil(lambda: [item.id for item in shapes(seen)] == ["proposed"])


def test_what_is_said_of_an_outline_goes_with_it(seen: Workbench, qtbot: QtBot) -> None:
    click(seen, 70, 70)
    assert "click it again" in said(seen)
    undo = seen.parts.actions["undo"]
    qtbot.waitUntil(undo.isEnabled)
    undo.trigger()
    qtbot.waitUntil(lambda: [item.id for item in shapes(seen)] == ["proposed"])
    assert said(seen) == ""


def test_a_shape_that_was_changed_gets_no_other_outline(seen: Workbench, engine: Engine) -> None:
    click(seen, 70, 70)
    found = shapes(seen)[1]
    click(seen, 70, 70)
    seen.context.session.apply("Move shape", edits.translate([found.id], 5, 5))
    engine.answer(WIDER)
    assert shapes(seen)[1].parts == square(45, 45, 60)


def test_what_was_taken_out_is_no_answer_at_once_but_a_click_is_not_refused(
    seen: Workbench, engine: Engine
) -> None:
    click(seen, 70, 70)
    seen.parts.actions["delete"].trigger()
    assert len(shapes(seen)) == 1
    hover(seen, 72, 72)
    assert offered(seen) == ()
    click(seen, 70, 70)
    engine.answer(HIDDEN, WIDER)
    assert shapes(seen)[1].parts == WIDER
    click(seen, 70, 70)
    assert shapes(seen)[1].parts == HIDDEN


def test_clicks_in_a_row_are_all_answered_but_never_about_another_image(
    seen: Workbench, engine: Engine
) -> None:
    click(seen, 140, 150)
    click(seen, 20, 200)
    engine.answer(square(120, 130, 40), of=0)
    engine.answer(square(10, 180, 40), of=1)
    assert [item.parts for item in shapes(seen)[1:]] == [square(120, 130, 40), square(10, 180, 40)]
    click(seen, 290, 30)
    seen.parts.actions["next-image"].trigger()
    engine.answer(square(280, 20, 30))
    assert shapes(seen) == ()


def test_an_object_that_is_clicked_again_before_its_outline_is_there_is_outlined_once(
    seen: Workbench, engine: Engine
) -> None:
    click(seen, 140, 150)
    click(seen, 142, 152)
    engine.answer(square(120, 130, 40), of=0)
    engine.answer(square(120, 130, 40), square(135, 145, 12), of=1)
    assert [item.parts for item in shapes(seen)[1:]] == [square(120, 130, 40)]
    click(seen, 70, 70)
    click(seen, 70, 70)
    click(seen, 70, 70)
    assert len(engine.asked) == 3, "it is asked about already"
    engine.answer(WIDER)
    assert shapes(seen)[2].parts == WIDER


def test_a_click_after_a_restart_is_a_step_of_its_own(seen: Workbench, qtbot: QtBot) -> None:
    click(seen, 70, 70)
    seen.context.session.flush()
    seen.parts.canvas.pointed.disconnect()
    PointController(seen.parts, seen.editing, seen.models, seen.finding, seen)
    click(seen, 250, 190)
    assert len(shapes(seen)) == 3
    undo = seen.parts.actions["undo"]
    qtbot.waitUntil(undo.isEnabled)
    undo.trigger()
    qtbot.waitUntil(lambda: [i.parts for i in shapes(seen)] == [PROPOSED, HIDDEN])


def test_what_is_hidden_comes_to_sight_and_nobody_vouches_for_it_unseen(seen: Workbench) -> None:
    bolt, nut = (label.id for label in seen.context.classes.labels)
    hidden = seen.context.visibility
    hidden.set_class_hidden(nut, True)
    click(seen, 250, 190)
    assert shapes(seen)[1].class_id == nut
    assert nut not in hidden.hidden_classes
    hidden.set_class_hidden(bolt, True)
    click(seen, 210, 70)
    assert not shapes(seen)[0].is_human_work
    assert bolt not in hidden.hidden_classes
    click(seen, 210, 70)
    assert shapes(seen)[0].is_human_work


def test_what_is_locked_gets_no_other_outline(seen: Workbench, engine: Engine) -> None:
    click(seen, 70, 70)
    seen.context.visibility.set_class_locked(current(seen), True)
    click(seen, 70, 70)
    engine.answer(WIDER)
    assert shapes(seen)[1].parts == HIDDEN
    assert "Locked" in said(seen)


@pytest.mark.parametrize(("chosen", "called"), [({}, 1), ({"nut": None}, 0)])
def test_the_class_is_that_of_the_model_that_looked_unless_it_is_ignored(
    seen: Workbench, chosen: dict[str, int | None], called: int
) -> None:
    """Live weights tell kinds apart where the active model does not."""
    context, labels = seen.context, seen.context.classes.labels
    assert context.active_model is not None
    assert context.store is not None
    live = msgspec.structs.replace(
        context.active_model, model_id="live", classes=("nut", "screw"), class_agnostic=False
    )
    seen.models.matching.remember(live)
    context.store.save_setting(mapping_key("live"), json.dumps(chosen))
    context.set_current_class(labels[0].id)
    seen.finding.add(Found(context.session.image_id or 0, "live", HIDDEN, 0, 0.5))
    assert shapes(seen)[1].class_id == labels[called].id
    assert shapes(seen)[1].origin is Origin.MODEL, "nobody drew it"


def test_before_there_is_a_class_the_outline_waits_for_one_and_stays_the_models(
    opened: Workbench, qtbot: QtBot
) -> None:
    waiting: list[Callable[[], None]] = []
    opened.editing.class_needed.disconnect()
    opened.editing.class_needed.connect(lambda _parts, keep: waiting.append(keep))
    image_id = opened.context.session.image_id
    assert image_id is not None
    opened.finding.add(Found(image_id, "starter", HIDDEN, 0, 0.5))
    (keep,) = waiting
    assert shapes(opened) == ()
    add_class(qtbot, opened, "bolt")
    keep()
    (shape,) = shapes(opened)
    assert (shape.origin, shape.accepted, shape.score) == (Origin.MODEL, True, 0.5)


def test_the_pointer_never_waits_for_the_history_of_the_image(
    seen: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, readers = seen.context.session, list[threading.Thread]()
    read = session.rejections

    def noted(image_id: int) -> Rejections:
        readers.append(threading.current_thread())
        return read(image_id)

    monkeypatch.setattr(session, "rejections", noted)
    hover(seen, 210, 70)
    session.apply("Reject", edits.remove(["proposed"]))
    hover(seen, 212, 72)
    qtbot.waitUntil(lambda: len(readers) > 1)
    assert threading.main_thread() not in readers
    annotation = session.annotation
    assert annotation is not None
    known = seen.pointing._taken_out
    qtbot.waitUntil(lambda: known.outlines(annotation) == [PROPOSED])
    hover(seen, 210, 70)
    assert offered(seen) == ()


def test_a_drag_still_asks_for_what_a_box_holds(seen: Workbench) -> None:
    boxes: list[object] = []
    canvas, no_key = seen.parts.canvas, Qt.KeyboardModifier.NoModifier
    canvas.box_drawn.connect(lambda _tool, box: boxes.append(box))
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, no_key, place(seen, 100, 100))
    QTest.mouseMove(canvas, place(seen, 130, 130))
    assert offered(seen) == ()
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, no_key, place(seen, 150, 150))
    assert len(boxes) == 1


@pytest.mark.timeout(180)
def test_the_engine_outlines_what_is_clicked(
    application: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    window, session = application, application.context.session
    generate(tmp_path / "scenes", images=2, seed=3)
    window.frame.open(tmp_path / "scenes" / "images")
    qtbot.waitUntil(lambda: window.parts.canvas.accepts_gestures)
    window.classes.add("part")
    qtbot.waitUntil(lambda: len(window.context.classes) == 1)
    qtbot.waitUntil(lambda: window.context.active_model is not None)
    window.parts.actions["run-image"].trigger()
    qtbot.waitUntil(lambda: bool(shapes(window)), timeout=ENGINE_MS)
    best = max(shapes(window), key=lambda item: item.score or 0)
    store = window.context.store
    assert store is not None
    session.apply("Delete", edits.remove([item.id for item in shapes(window)]), "propose:test")
    window.parts.canvas.setFocus()
    QTest.keyClick(window.parts.canvas, Qt.Key.Key_M)
    x0, y0, x1, y1 = best.bounds
    click(window, (x0 + x1) / 2, (y0 + y1) / 2)
    (first,) = shapes(window)
    assert iou(first.parts, best.parts) > 0.7, "it was known: nothing is waited for"
    with qtbot.waitSignal(window.context.engine.pointed, timeout=ENGINE_MS) as answered:
        click(window, (x0 + x1) / 2, (y0 + y1) / 2)
    outlines = [from_wire(item.parts) for item in answered.args[0].outlines]
    assert outlines
    assert contains(outlines[0], (x0 + x1) / 2, (y0 + y1) / 2)
    assert max(iou(parts, best.parts) for parts in outlines) > 0.7
    (second,) = shapes(window)
    assert second.id == first.id
