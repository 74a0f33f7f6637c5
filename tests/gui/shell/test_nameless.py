"""A model without classes: a person is asked for them before a next model learns its word."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.gui.shell.class_work import add_class
from tests.gui.shell.proposing import square

from dynseg.annotation import edits
from dynseg.annotation.document import Instance, Origin
from dynseg.model.card import ModelCard
from dynseg.project.store import Store
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.context import Message
from dynseg_annotator.panels.message_bar import MessageBar

CARD = ModelCard(name="starter", scale="n", head="plain", classes=["object"], class_agnostic=True)


@pytest.fixture
def opened(application: Workbench, folder: Path, qtbot: QtBot) -> Workbench:
    """The window on a project with classes, and a model that knows none."""
    with Store.create(folder, images=folder, classes=["bolt", "nut", "object"]):
        pass
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.context.active_model is not None, timeout=8000)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=8000)
    application.context.set_active_model(CARD)
    return application


def shown(application: Workbench) -> list[Message]:
    bar = application.window.findChild(MessageBar)
    assert bar is not None
    return [message for message in bar.shown_messages if message.key == "nameless"]


def said(application: Workbench) -> list[str]:
    return [message.text for message in shown(application)]


def put(application: Workbench, *names: str) -> list[str]:
    """Give the open image a shape of each class, as the model would."""
    classes = application.context.classes
    ids = {label.name: label.id for label in classes.labels}
    items = [
        Instance(ids[name], square(10 + 40 * at, 20), origin=Origin.MODEL, score=0.9, model_id="m")
        for at, name in enumerate(names)
    ]
    application.context.session.apply("Pre-label", edits.replace_all(items))
    return [item.id for item in items]


def test_first_shapes_without_a_class_say_what_to_do_once(opened: Workbench) -> None:
    put(opened, "object", "object")
    (text,) = said(opened)
    assert "“object”" in text
    opened.context.messages.withdraw("nameless")
    put(opened)
    put(opened, "object")
    assert not said(opened), "once is enough"


def test_an_image_accepted_with_such_shapes_is_shown_again(opened: Workbench, qtbot: QtBot) -> None:
    first = opened.context.session.image_id
    ids = put(opened, "object", "bolt", "object")
    opened.parts.actions["accept-image"].trigger()
    (text,) = said(opened)
    assert text.startswith("2 shapes of img_0.jpg were accepted as “object”")
    qtbot.waitUntil(lambda: opened.context.session.image_id != first)
    (message,) = shown(opened)
    assert message.action is not None
    message.action.run()
    qtbot.waitUntil(lambda: opened.context.session.image_id == first)
    qtbot.waitUntil(lambda: list(opened.context.session.selection.ids) == [ids[0], ids[2]])


def test_an_image_with_classes_is_accepted_without_a_word(opened: Workbench) -> None:
    put(opened, "object", "bolt")
    put(opened, "nut", "bolt")
    opened.parts.actions["accept-image"].trigger()
    assert not said(opened)


def test_one_class_alone_is_what_everything_is(
    application: Workbench, folder: Path, qtbot: QtBot
) -> None:
    with Store.create(folder, images=folder, classes=["object"]):
        pass
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.context.active_model is not None, timeout=8000)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=8000)
    application.context.set_active_model(CARD)
    put(application, "object")
    application.parts.actions["accept-image"].trigger()
    assert not said(application)


def test_a_first_class_of_ones_own_is_offered_for_all_that_was_found(
    application: Workbench, folder: Path, qtbot: QtBot
) -> None:
    """Who opened a folder of cells got “object”, typed “nucleus”, and nothing happened."""
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.context.active_model is not None, timeout=8000)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=8000)
    application.context.set_active_model(CARD)
    add_class(qtbot, application, "object")
    put(application, "object", "object")
    assert not said(application)
    add_class(qtbot, application, "nucleus")
    (message,) = shown(application)
    assert message.action is not None
    assert message.action.text == "All is “nucleus”"
    add_class(qtbot, application, "vesicle")
    (message,) = shown(application)
    assert message.hint.startswith("Click a shape and press the number of its class")
    application.context.messages.withdraw("nameless")
    add_class(qtbot, application, "debris")
    assert not said(application), "once is enough"


def test_what_was_accepted_without_a_class_is_not_hidden_by_what_comes_next(
    opened: Workbench, qtbot: QtBot
) -> None:
    """On the second day no proposals were new until the image after the accepted one."""
    session = opened.context.session
    put(opened, "object", "bolt")
    opened.nameless._start_anew()  # the proposals were there when the project opened
    opened.context.messages.withdraw("nameless")
    first = session.image_id
    opened.parts.actions["accept-image"].trigger()
    qtbot.waitUntil(lambda: session.image_id != first)
    put(opened, "object")
    (text,) = said(opened)
    assert text.startswith("1 shape of img_0.jpg was accepted as “object”")


def test_of_a_single_class_of_the_person_everything_is_with_one_press(
    application: Workbench, folder: Path, qtbot: QtBot
) -> None:
    """Two were promised to be told apart where there was one, which a list had to be opened for."""
    with Store.create(folder, images=folder, classes=["cell", "object"]):
        pass
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.context.active_model is not None, timeout=8000)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=8000)
    card = application.context.active_model
    assert card is not None
    assert card.class_agnostic
    put(application, "object")
    (message,) = shown(application)
    assert "“cell”" in message.hint
    assert message.action is not None
    assert message.action.text == "All is “cell”"
    message.action.run()
    cell = application.context.classes.by_name("cell")
    assert cell is not None
    matching = application.models.matching
    qtbot.waitUntil(lambda: matching.chosen_classes(card.model_id) == {"object": cell.id})
