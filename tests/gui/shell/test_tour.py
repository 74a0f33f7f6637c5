"""The tour goes on by what the person does, and can be left at any time."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from pytestqt.qtbot import QtBot
from tests.gui.shell.proposing import propose

from dynseg_annotator.application.projects.tour import STEPS
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.panels.message_bar import MessageBar
from dynseg_annotator.panels.tour_card import TourCard, beside


@pytest.fixture
def touring(application: Workbench, qtbot: QtBot) -> Workbench:
    """The window at the first step."""
    application.parts.start_page.take_tour.click()
    qtbot.waitUntil(lambda: application.tour.step is not None, timeout=15000)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=8000)
    return application


def card(application: Workbench) -> TourCard:
    return application.window.findChildren(TourCard)[-1]


def test_every_step_points_at_a_control_that_is_there(touring: Workbench, qtbot: QtBot) -> None:
    for step in STEPS:
        assert touring.tour.step is step
        control = touring.tour._control(step.target)
        assert control is not None
        assert control.isVisible()
        shown = card(touring)
        assert touring.window.rect().contains(shown.geometry()), step.title
        if step.target not in ("canvas", "menu"):
            target = QRect(control.mapTo(touring.window, QPoint(0, 0)), control.size())
            assert not shown.geometry().intersects(target), step.title
        shown.next.click()
    assert touring.tour.step is None
    qtbot.waitUntil(lambda: not touring.window.findChildren(TourCard))


def test_steps_wait_for_the_deed_itself(touring: Workbench) -> None:
    session, parts = touring.context.session, touring.parts
    propose(touring, 5, 0.9, 0.8)  # the first image without labels
    assert session.annotation is not None
    first = session.annotation.instances[0].id
    assert touring.tour.step is STEPS[0]
    session.selection.set([first])
    assert touring.tour.step is STEPS[1]
    parts.assist_panel.confidence.setValue(30)
    assert touring.tour.step is STEPS[2]
    session.selection.set([first])
    parts.actions["nudge-left"].trigger()
    assert touring.tour.step is STEPS[3]
    parts.actions["undo"].trigger()
    assert touring.tour.step is STEPS[4]


def test_it_can_be_left_and_begun_again(touring: Workbench, qtbot: QtBot) -> None:
    card(touring).leave.click()
    assert touring.tour.step is None
    touring.parts.actions["tour"].trigger()
    qtbot.waitUntil(lambda: touring.tour.step is STEPS[0], timeout=15000)


def test_closing_the_project_ends_it(touring: Workbench) -> None:
    assert touring.projects.close()
    assert touring.tour.step is None


@pytest.mark.parametrize(
    "target",
    [
        QRect(),
        QRect(0, 0, 1000, 20),
        QRect(900, 300, 90, 30),
        QRect(0, 300, 90, 30),
        QRect(0, 560, 500, 40),
        QRect(0, 0, 1000, 600),
    ],
)
def test_the_card_stays_in_the_window_and_off_its_control(target: QRect) -> None:
    room, size = QRect(0, 0, 1000, 600), QSize(300, 150)
    placed = QRect(beside(target, size, room), size)
    assert room.contains(placed)
    if target.size() != room.size():
        assert not placed.intersects(target)


def test_whoever_opens_the_sample_alone_is_offered_the_tour(
    application: Workbench, qtbot: QtBot
) -> None:
    application.parts.start_page.open_sample.click()
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=15000)
    bar = application.window.findChild(MessageBar)
    assert bar is not None
    (message,) = bar.shown_messages
    assert message.action is not None
    message.action.run()
    qtbot.waitUntil(lambda: application.tour.step is STEPS[0], timeout=15000)
    assert not [m for m in bar.shown_messages if m.key == message.key]


def test_texts_name_the_keys_as_the_person_has_chosen_them(touring: Workbench) -> None:
    touring.context.settings.set("custom_keys", {"draw-polygon": ["Ctrl+Alt+Q"], "undo": []})
    texts = []
    while touring.tour.step is not None:
        texts.append(card(touring)._text.text())
        card(touring).next.click()
    assert "Press Ctrl+Alt+Q, or this button" in texts[4]
    assert "Press Undo" in texts[3]
    assert "X rejects a proposal" in texts[2]
    assert "press Ctrl+Enter: it counts" in texts[5]
    assert "F1 lists all keys" in texts[8]
    assert not any("{" in text for text in texts)
