"""More shapes like a few that were drawn, in the real window with the real engine."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.beetles import BEETLE, Shape, scene

from dynseg.annotation import edits
from dynseg.annotation.document import Instance
from dynseg.geometry.polygon import iou
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.jobs.engine_state import EngineState
from dynseg_annotator.panels.message_bar import MessageBar

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(240)]

ENGINE_MS = 90_000
"""The engine loads torch first."""


def shapes(window: Workbench) -> tuple[Instance, ...]:
    annotation = window.context.session.annotation
    assert annotation is not None
    return annotation.instances


def proposed(window: Workbench) -> list[Instance]:
    return [item for item in shapes(window) if not item.is_human_work]


def ask(window: Workbench) -> None:
    """Press the key over the image."""
    window.parts.canvas.setFocus()
    QTest.keyClick(window.parts.canvas, Qt.Key.Key_L, Qt.KeyboardModifier.ShiftModifier)


def hits(found: list[Instance], wanted: list[Shape]) -> int:
    return sum(any(iou(item.parts, shape) >= 0.5 for item in found) for shape in wanted)


@pytest.fixture
def beetles(application: Workbench, tmp_path: Path, qtbot: QtBot) -> tuple[Workbench, list[Shape]]:
    """The window on two images with the same 30 beetles, none of them drawn, and their outlines."""
    pixels, (truth,) = scene((BEETLE, 30))
    folder = tmp_path / "leaf"
    folder.mkdir()
    for name in ("a.png", "b.png"):
        Image.fromarray(pixels).save(folder / name)
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures)
    application.classes.add("beetle")
    qtbot.waitUntil(lambda: len(application.context.classes) == 1)
    return application, truth


def draw(window: Workbench, wanted: list[Shape]) -> list[Instance]:
    """Shapes of a person."""
    class_id = window.context.classes.labels[0].id
    drawn = [Instance(class_id, shape) for shape in wanted]
    window.context.session.apply("Draw", edits.add_many(drawn))
    return drawn


def test_examples_find_the_rest_which_the_slider_filters_and_one_undo_takes_away(
    beetles: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = beetles
    ask(window)
    assert "Shift+L" in window.parts.window.status_line.hint, "nothing drawn: it says what to do"

    drawn = draw(window, truth[:4])
    # The one that was drawn last is selected, and means the others as well.
    window.context.session.selection.set([drawn[-1].id])
    ask(window)
    qtbot.waitUntil(lambda: bool(proposed(window)), timeout=ENGINE_MS)
    found = proposed(window)
    assert hits(found, truth[4:]) >= 22
    assert {item.class_id for item in found} == {drawn[0].class_id}
    assert [item for item in shapes(window) if item.is_human_work] == drawn
    assert str(len(found)) in window.parts.window.status_line.hint
    assert "like them found" in window.parts.window.status_line.hint

    panel = window.parts.assist_panel
    before = panel.confidence.value()
    panel.confidence.setValue(99)
    qtbot.waitUntil(lambda: not proposed(window))
    panel.confidence.setValue(before)
    qtbot.waitUntil(lambda: len(proposed(window)) == len(found))
    assert {item.id for item in proposed(window)} == {item.id for item in found}

    while proposed(window):
        assert window.context.session.can_undo
        window.context.session.undo()
        qtbot.wait(20)
    assert list(shapes(window)) == drawn


def test_what_was_refused_stays_away_and_what_was_kept_is_an_example(
    beetles: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = beetles
    draw(window, truth[:4])
    ask(window)
    qtbot.waitUntil(lambda: bool(proposed(window)), timeout=ENGINE_MS)
    refused, *others = proposed(window)
    window.context.session.apply("Delete", edits.remove([refused.id]))
    window.context.session.selection.clear()
    ids = {item.id for item in others}
    ask(window)
    # what nobody has looked at is looked for anew
    qtbot.waitUntil(
        lambda: bool(proposed(window)) and ids.isdisjoint(i.id for i in proposed(window)),
        timeout=ENGINE_MS,
    )
    assert not hits(proposed(window), [refused.parts])
    assert hits(proposed(window), [item.parts for item in others]) >= 0.9 * len(others)


def test_a_model_leaves_them_and_another_image_gets_none(
    beetles: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = beetles
    draw(window, truth[:4])
    ask(window)
    window.parts.actions["next-image"].trigger()
    qtbot.waitUntil(lambda: window.context.engine.state is EngineState.READY, timeout=ENGINE_MS)
    assert not shapes(window), "an answer about another image changes nothing"

    window.parts.actions["previous-image"].trigger()
    qtbot.waitUntil(lambda: window.parts.canvas.accepts_gestures)
    ask(window)
    qtbot.waitUntil(lambda: bool(proposed(window)), timeout=ENGINE_MS)
    found = {item.id for item in proposed(window)}
    qtbot.waitUntil(lambda: window.context.active_model is not None)
    window.parts.actions["run-image"].trigger()
    qtbot.waitUntil(lambda: window.context.engine.state is EngineState.READY, timeout=ENGINE_MS)
    assert found <= {item.id for item in shapes(window)}


def test_after_some_shapes_of_a_class_the_key_is_told_once(
    beetles: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = beetles
    line = window.parts.window.status_line
    for shape in truth[:2]:
        window.editing.add_shape(shape)
        assert "Shift+L" not in line.hint
    window.editing.add_shape(truth[2])
    assert "Shift+L" in line.hint
    line.set_hint("")
    window.editing.add_shape(truth[3])
    assert not line.hint


def test_a_shape_that_is_drawn_while_undo_is_on_its_way_is_no_error(
    beetles: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = beetles
    window.editing.add_shape(truth[0])
    qtbot.waitUntil(lambda: window.context.session.unsaved == 0)
    window.context.session.undo()
    window.editing.add_shape(truth[1])
    qtbot.waitUntil(lambda: [item.parts for item in shapes(window)] == [truth[1]])


def test_a_reviewed_image_is_left_alone(
    beetles: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = beetles
    drawn = draw(window, truth[:4])
    window.context.session.apply("Review", edits.accept_all())
    ask(window)
    assert not window.alike._questions.waiting()
    assert list(shapes(window)) == drawn
    bar = window.window.findChild(MessageBar)
    assert bar is not None
    assert any("reviewed" in message.text for message in bar.shown_messages)


def test_what_undo_has_taken_away_is_found_again(
    beetles: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    """Nothing else was found after the first search had been taken back to draw more examples."""
    window, truth = beetles
    draw(window, truth[:3])
    ask(window)
    qtbot.waitUntil(lambda: bool(proposed(window)), timeout=ENGINE_MS)
    window.context.session.undo()
    qtbot.waitUntil(lambda: not proposed(window))
    draw(window, truth[3:5])
    ask(window)
    qtbot.waitUntil(lambda: not window.alike._questions.waiting(), timeout=ENGINE_MS)
    assert hits(proposed(window), truth[5:]) >= 20


def test_an_image_that_is_reviewed_while_it_is_searched_gets_nothing(
    beetles: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = beetles
    drawn = draw(window, truth[:4])
    ask(window)
    window.context.session.apply("Review", edits.accept_all())
    qtbot.waitUntil(lambda: not window.alike._questions.waiting(), timeout=ENGINE_MS)
    assert list(shapes(window)) == drawn
    assert "reviewed" in window.parts.window.status_line.hint
