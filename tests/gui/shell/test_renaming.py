"""Other classes for what a model finds: seen at once, and offered where others are still."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot
from tests.gui.shell.proposing import propose, square
from tests.gui.shell.test_newcomers import bar, document

from dynseg.annotation import edits
from dynseg.annotation.document import Instance, Origin
from dynseg.inference.detections import Detection, encode
from dynseg.model.card import ModelCard
from dynseg.project.store import Store
from dynseg.worker.protocol import Finished, Prelabel
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.context import Level, Message
from dynseg_annotator.dialogs.model_classes_dialog import ModelClassesDialog

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def shown_message(window: Workbench) -> Message | None:
    return next((m for m in bar(window).shown_messages if m.key == "model-classes"), None)


def choose_class(window: Workbench, class_id: int) -> None:
    """Say in the dialog what the only class of the model becomes."""
    window.parts.assist_panel.class_mapping_requested.emit()
    dialog = window.window.findChildren(ModelClassesDialog)[-1]
    box: QComboBox = dialog.box("object")
    box.setCurrentIndex(box.findData(class_id))
    dialog.accept()


def test_a3_another_class_for_what_the_model_finds_is_seen_at_once(
    two: tuple[Workbench, int, int], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing happened, nothing was said: proposals kept the class that was to go."""
    window, bolt, nut = two
    store, card = ready(window, qtbot)
    second = store.images()[1].id
    propose(window, 1, 0.9, model_id=card.model_id)
    found_before(window, qtbot, bolt)
    choose_class(window, nut)
    qtbot.waitUntil(lambda: classes_shown(window) == [nut])
    qtbot.waitUntil(lambda: shown_message(window) is not None)
    message = shown_message(window)
    assert message is not None
    assert message.hint == "Proposals of 1 image still have the classes of before."
    assert message.action is not None
    asked: list[Prelabel] = []

    def submit(make: object) -> int:
        asked.append(make(7))  # type: ignore[operator]
        return 7

    monkeypatch.setattr(window.context.engine, "submit", submit)
    message.action.run()
    assert [run.image_ids for run in asked] == [[second]]
    window.context.session.undo()
    qtbot.waitUntil(lambda: classes_shown(window) == [bolt])
    bar(window).withdraw("model-classes")
    choose_class(window, nut)
    assert shown_message(window) is None, "nothing else was chosen"


def test_what_a_run_that_went_on_left_is_counted_at_its_end(
    two: tuple[Workbench, int, int], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run gives the classes that it began with: of 39 images 37 were offered."""
    window, bolt, nut = two
    _, card = ready(window, qtbot)
    propose(window, 1, 0.9, model_id=card.model_id)
    found_before(window, qtbot, bolt)
    monkeypatch.setattr(window.context.engine, "submit", lambda make: 7)
    window.batch.run("all")
    choose_class(window, nut)
    qtbot.waitUntil(lambda: shown_message(window) is not None)
    propose(window, 2, 0.9, model_id=card.model_id)
    result = {"images": 1, "instances": 1}
    window.context.engine.finished.emit(Finished(job=7, result=result))

    def counts_both() -> bool:
        message = shown_message(window)
        return message is not None and message.hint.startswith("Proposals of 2 images still")

    qtbot.waitUntil(counts_both)
    message = shown_message(window)
    assert message is not None
    assert message.level is Level.WARN, "it stays until somebody decides"


def test_a_class_that_a_person_gave_stays_when_the_model_gets_another(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, bolt, nut = two
    qtbot.waitUntil(lambda: window.context.active_model is not None, timeout=8000)
    mine = replace(Instance(bolt, square(90, 90)), id="mine")
    window.context.session.apply("Draw shape", edits.add(mine))
    choose_class(window, nut)
    qtbot.waitUntil(lambda: shown_message(window) is not None)
    assert [(i.id, i.class_id) for i in document(window).instances] == [("mine", bolt)]


def test_each_choice_is_taken_back_by_itself(two: tuple[Workbench, int, int], qtbot: QtBot) -> None:
    """The second one went with the first: both were one step."""
    window, bolt, nut = two
    found_before(window, qtbot, bolt)
    for class_id in (nut, bolt):
        choose_class(window, class_id)
        qtbot.waitUntil(lambda wanted=class_id: classes_shown(window) == [wanted])  # type: ignore[misc]
        window.context.session.flush()
    window.context.session.undo()
    qtbot.waitUntil(lambda: classes_shown(window) == [nut])


def classes_shown(window: Workbench) -> list[int]:
    return [item.class_id for item in document(window).instances]


def found_before(window: Workbench, qtbot: QtBot, class_id: int) -> None:
    """The model has found an object in the open image, which is proposed as one of a class."""
    store, card = ready(window, qtbot)
    found = [Detection(0, 0.9, square(20, 20), (20.0, 20.0, 50.0, 50.0))]
    key = window.assist.settings.key(card)
    store.save_predictions([(document(window).image_id, card.model_id, key, encode(found))])
    proposal = Instance(
        class_id, square(20, 20), origin=Origin.MODEL, score=0.9, model_id=card.model_id
    )
    window.context.session.apply("Pre-label", edits.replace_all([proposal]))


def ready(window: Workbench, qtbot: QtBot) -> tuple[Store, ModelCard]:
    """The project and its model, once that is known."""
    qtbot.waitUntil(lambda: window.context.active_model is not None, timeout=8000)
    store, card = window.context.store, window.context.active_model
    assert store is not None
    assert card is not None
    return store, card


def offered(window: Workbench, qtbot: QtBot) -> str:
    """What the message says of other images, which goes away."""
    qtbot.waitUntil(lambda: shown_message(window) is not None)
    message = shown_message(window)
    assert message is not None
    assert bool(message.action) is bool(message.hint)
    bar(window).withdraw("model-classes")
    return message.hint


def test_images_that_have_the_right_classes_are_not_counted(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    """All with proposals were to be changed: those that are right, and of other models, too."""
    window, bolt, nut = two
    _, card = ready(window, qtbot)
    propose(window, 1, 0.9, model_id=card.model_id)  # bolts
    propose(window, 2, 0.9, model_id="another")
    choose_class(window, bolt)
    assert offered(window, qtbot) == ""
    choose_class(window, nut)
    assert offered(window, qtbot) == "Proposals of 1 image still have the classes of before."


def test_what_was_dropped_may_be_in_any_image_of_the_model(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, bolt, _ = two
    _, card = ready(window, qtbot)
    propose(window, 1, 0.9, model_id=card.model_id)
    window.models.matching.choose(card, {card.classes[0]: None})
    assert offered(window, qtbot) == "Proposals of 1 image still have the classes of before."
    window.models.matching.choose(card, {card.classes[0]: bolt})
    assert offered(window, qtbot) == "Proposals of 1 image still have the classes of before."


def test_a_run_that_goes_on_is_no_reason_to_say_nothing(
    two: tuple[Workbench, int, int], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The button did nothing, and went with its message."""
    window, _, nut = two
    _, card = ready(window, qtbot)
    propose(window, 1, 0.9, model_id=card.model_id)
    monkeypatch.setattr(window.context.engine, "submit", lambda _: 7)
    choose_class(window, nut)
    qtbot.waitUntil(lambda: shown_message(window) is not None)
    message = shown_message(window)
    assert message is not None
    assert message.action is not None
    window.batch.run("all")
    message.action.run()
    again = shown_message(window)
    assert again is not None
    assert "A run is going on" in again.text
    assert again.action is not None, "it can still be asked for"


def test_a_project_that_is_only_looked_at_says_so(
    two: tuple[Workbench, int, int], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The choice was made and forgotten."""
    window, _, _ = two
    store, _ = ready(window, qtbot)
    monkeypatch.setattr(type(store), "read_only", True)
    window.parts.assist_panel.class_mapping_requested.emit()
    assert not window.window.findChildren(ModelClassesDialog)
    assert any("no other classes" in shown.text for shown in bar(window).shown_messages)
