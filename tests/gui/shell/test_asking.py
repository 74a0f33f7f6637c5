"""What the model says when it is asked is a step of its own, however it came before."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot
from tests.gui.shell.class_work import saved, shapes
from tests.gui.shell.proposing import square

from dynseg.annotation import edits
from dynseg.annotation.document import ImageState, Instance, Origin
from dynseg.errors import StoreWriteError
from dynseg.inference.detections import Detection, encode
from dynseg.project.store import Store
from dynseg.worker.protocol import Cancelled, Failed, Finished, Predict, Predicted
from dynseg_annotator import context
from dynseg_annotator.application.models import closer_look
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.context import Message
from dynseg_annotator.panels.message_bar import MessageBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class Answers:
    """An engine that answers at once with objects in a row."""

    def __init__(self, window: Workbench) -> None:
        self._window = window
        self._jobs = 0

    def submit(self, make: Callable[[int], Any]) -> int:
        self._jobs += 1
        self.asked = make(self._jobs)
        return self._jobs

    def answer(self, *xs: float, side: float = 30, names: dict[float, int] | None = None) -> None:
        """The objects lie at these places, of so many pixels; some resemble reviewed ones."""
        asked, store = self.asked, self._window.context.store
        assert isinstance(asked, Predict)
        assert store is not None
        model = self._window.context.active_model
        assert model is not None
        key = asked.settings.key(model)
        boxes = [(x, 20.0, x + side, 20 + side) for x in xs]
        found = [
            Detection(0, 0.9, square(box[0], 20, side), box, (names or {}).get(box[0]))
            for box in boxes
        ]
        store.save_predictions([(asked.image_id, model.model_id, key, encode(found))])
        self._window.context.engine.predicted.emit(
            Predicted(
                job=asked.job, image_id=asked.image_id, model_id=model.model_id, settings_key=key,
                count=len(found),
            )
        )  # fmt: skip
        self._window.context.engine.finished.emit(Finished(job=asked.job))


@pytest.fixture
def engine(opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Answers:
    opened.classes.add("bolt")
    context = opened.context
    qtbot.waitUntil(lambda: len(context.classes) == 1 and context.active_model is not None)
    made = Answers(opened)
    monkeypatch.setattr(context.engine, "submit", made.submit)
    return made


def test_a_box_to_look_into_is_taken_back_alone(
    opened: Workbench, engine: Answers, qtbot: QtBot
) -> None:
    context = opened.context
    context.settings.set("predict_on_open", True)
    opened.parts.actions["next-image"].trigger()
    qtbot.waitUntil(lambda: hasattr(engine, "asked"))
    engine.answer(10, 60)
    saved(qtbot, opened)
    assert len(shapes(opened)) == 2
    opened.parts.canvas.box_drawn.emit("look-inside", (150.0, 0.0, 300.0, 100.0))
    engine.answer(200)
    saved(qtbot, opened)
    assert len(shapes(opened)) == 3
    opened.parts.actions["undo"].trigger()
    qtbot.waitUntil(lambda: len(shapes(opened)) == 2)


def offers(window: Workbench) -> list[Message]:
    bar = window.window.findChild(MessageBar)
    assert bar is not None
    return [message for message in bar.shown_messages if message.key == closer_look.KEY]


def test_tiles_are_offered_once_where_objects_are_small_for_the_model(
    opened: Workbench, engine: Answers, qtbot: QtBot
) -> None:
    context = opened.context
    opened.parts.actions["run-image"].trigger()
    engine.answer(*range(10, 200, 30))
    assert not offers(opened), "they are large enough"
    for place in range(2):
        opened.parts.actions["next-image"].trigger()
        qtbot.waitUntil(lambda: context.session.annotation is not None)
        opened.parts.actions["run-image"].trigger()
        engine.answer(*range(10, 200, 30), side=8)
        assert len(offers(opened)) == 1 - place
        if place == 0:
            context.engine.finished.emit(Finished(job=engine.asked.job))
            (offer,) = offers(opened)
            assert offer.action is not None
            before = engine.asked.job
            offer.action.run()
            assert engine.asked.job == before + 1
            assert engine.asked.settings.tiles == "auto"
            context.messages.withdraw(closer_look.KEY)
            context.settings.set("tiles", "model")


def test_a_closer_look_that_is_not_kept_says_so(
    opened: Workbench, engine: Answers, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds until the project is closed, and was forgotten without a word."""

    def refuse(_store: Store, _key: str, _value: str) -> None:
        raise StoreWriteError("The disk is full.", "Make room.")

    opened.parts.actions["run-image"].trigger()
    engine.answer(*range(10, 200, 30), side=8)
    (offer,) = offers(opened)
    assert offer.action is not None
    monkeypatch.setattr(Store, "save_setting", refuse)
    offer.action.run()
    assert opened.context.settings.get("tiles") == "auto"
    qtbot.waitUntil(lambda: [told.text for told in offers(opened)] == ["The disk is full."])


def test_a_closer_look_holds_for_its_project_alone(
    opened: Workbench, engine: Answers, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """After a folder of cells, the photograph of a street was cut into 240 tiles."""
    context, settings = opened.context, opened.context.settings
    opened.parts.actions["run-image"].trigger()
    engine.answer(*range(10, 200, 30), side=8)
    (offer,) = offers(opened)
    assert offer.action is not None
    offer.action.run()
    assert settings.get("tiles") == "auto"
    street = tmp_path / "street"
    street.mkdir()
    Image.new("RGB", (320, 240)).save(street / "a.png")

    def change_to(place: Path) -> None:
        opened.frame.open(place)
        qtbot.waitUntil(lambda: context.store is not None and context.store.root == place)
        qtbot.waitUntil(lambda: opened.parts.canvas.accepts_gestures)

    change_to(street)
    assert settings.get("tiles") == "model"
    settings.flush()
    assert "tiles" not in json.loads(settings.path.read_text(encoding="utf-8"))
    change_to(folder)
    assert settings.get("tiles") == "auto"
    change_to(street)
    settings.set("tiles", "on")  # by hand: for all projects
    change_to(folder)
    assert settings.get("tiles") == "on"


def test_more_objects_are_offered_where_the_model_found_more_than_are_kept(
    opened: Workbench, engine: Answers, qtbot: QtBot
) -> None:
    """Of a field with 6,000 plants the surest 1,000 were kept, unsaid."""
    context = opened.context
    context.settings.set("max_detections", 3)
    bar = opened.window.findChild(MessageBar)
    assert bar is not None

    def offered() -> list[Message]:
        return [said for said in bar.shown_messages if said.key == closer_look.MANY_KEY]

    opened.parts.actions["run-image"].trigger()
    engine.answer(10, 60)
    assert not offered(), "all that it found are kept"
    opened.parts.actions["next-image"].trigger()
    qtbot.waitUntil(lambda: context.session.annotation is not None)
    opened.parts.actions["run-image"].trigger()
    engine.answer(10, 60, 110)
    (offer,) = offered()
    assert "3" in offer.text
    assert offer.action is not None
    offer.action.run()
    assert engine.asked.settings.max_detections == closer_look.MORE
    engine.answer(10, 60, 110, 160)
    saved(qtbot, opened)
    assert len(shapes(opened)) == 4
    context.messages.withdraw(closer_look.MANY_KEY)


def called(opened: Workbench) -> list[str]:
    """Names of the classes of all shapes."""
    classes = opened.context.classes
    names = {label.id: label.name for label in classes.labels}
    return sorted(names[class_id] for class_id in shapes(opened).values())


def bolt_and_nut(opened: Workbench, qtbot: QtBot) -> tuple[int, int]:
    """A second class beside the first; the ids of both."""
    context = opened.context
    opened.classes.add("nut")
    qtbot.waitUntil(lambda: len(context.classes) == 2)
    bolt, nut = (label.id for label in context.classes.labels)
    return bolt, nut


def test_proposals_get_the_classes_of_what_they_resemble(
    opened: Workbench, engine: Answers, qtbot: QtBot
) -> None:
    context = opened.context
    bolt, nut = bolt_and_nut(opened, qtbot)
    first = context.session.image_id
    opened.parts.actions["run-image"].trigger()
    engine.answer(10, 60, names={60: nut})
    qtbot.waitUntil(lambda: called(opened) == ["nut", "object"])
    saved(qtbot, opened)
    context.settings.set("predict_on_open", True)
    opened.parts.actions["next-image"].trigger()
    qtbot.waitUntil(lambda: engine.asked.image_id not in (None, first))
    engine.answer(10, 60, names={10: bolt, 60: bolt})
    qtbot.waitUntil(lambda: called(opened) == ["bolt", "bolt"])
    saved(qtbot, opened)
    opened.parts.actions["previous-image"].trigger()
    qtbot.waitUntil(lambda: engine.asked.image_id == first)
    engine.answer(10, 60, names={10: bolt, 60: nut})
    qtbot.waitUntil(lambda: called(opened) == ["bolt", "nut"])


@pytest.mark.parametrize("model_id", [None, "another model"])
def test_proposals_of_others_stay_when_their_image_is_opened(
    opened: Workbench, engine: Answers, qtbot: QtBot, model_id: str | None
) -> None:
    """Imported ones, or those of the model before: nobody asked for others."""
    context = opened.context
    opened.classes.add("nut")
    qtbot.waitUntil(lambda: len(context.classes) == 2)
    nut = context.classes.labels[1].id
    first = context.session.image_id
    theirs = Instance(nut, square(10, 20, 30), Origin.MODEL, model_id=model_id, run_id="import")
    context.session.apply(
        "Import", lambda it: replace(it, instances=(theirs,), state=ImageState.PRELABELLED)
    )
    saved(qtbot, opened)
    context.settings.set("predict_on_open", True)
    opened.parts.actions["next-image"].trigger()
    qtbot.waitUntil(lambda: hasattr(engine, "asked"))
    opened.parts.actions["previous-image"].trigger()
    qtbot.waitUntil(lambda: context.session.image_id == first)
    qtbot.waitUntil(lambda: not opened.assist._opening.isActive())
    assert engine.asked.image_id != first
    assert shapes(opened) == {theirs.id: nut}


def test_the_slider_leaves_imported_proposals_alone(
    opened: Workbench, engine: Answers, qtbot: QtBot
) -> None:
    """Also where the model has looked before: nobody asked for its proposals in their place."""
    context = opened.context
    bolt = context.classes.labels[0].id
    theirs = Instance(bolt, square(100, 20, 30), Origin.MODEL, run_id="import")
    context.session.apply("Import", lambda it: replace(it, instances=(theirs,)))
    saved(qtbot, opened)
    opened.parts.actions["run-image"].trigger()
    opened.assist._asked.clear()  # the answer comes into the cache and not into the image
    engine.answer(10, 60)
    opened.parts.assist_panel.confidence.setValue(10)
    qtbot.waitUntil(lambda: not opened.assist._slider.isActive())
    assert list(shapes(opened)) == [theirs.id]
    assert "imported" in opened.window.status_line._hint.text()
    opened.parts.assist_panel.detail_set.emit(3.0)
    assert list(shapes(opened)) == [theirs.id]
    assert context.settings.get("simplify_px") == 3
    opened.parts.actions["run-image"].trigger()
    engine.answer(10, 60)
    qtbot.waitUntil(lambda: len(shapes(opened)) == 2)


def test_the_slider_says_nothing_where_no_model_has_proposed(
    opened: Workbench, engine: Answers, qtbot: QtBot
) -> None:
    """It filters what is like some shapes, and said that no proposals are kept."""
    context = opened.context
    bolt = context.classes.labels[0].id
    alike = Instance(bolt, square(100, 20, 30), Origin.MODEL, score=0.6)
    context.session.apply("Find", lambda it: replace(it, instances=(alike,)))
    saved(qtbot, opened)
    opened.parts.assist_panel.confidence.setValue(10)
    qtbot.waitUntil(lambda: not opened.assist._slider.isActive())
    assert "kept" not in opened.window.status_line._hint.text()
    assert list(shapes(opened)) == [alike.id]


def test_names_that_come_late_leave_alone_what_a_person_is_at_work_on(
    opened: Workbench, engine: Answers, qtbot: QtBot
) -> None:
    context = opened.context
    bolt, nut = bolt_and_nut(opened, qtbot)
    first = context.session.image_id
    opened.parts.actions["run-image"].trigger()
    engine.answer(10, 60, names={10: nut, 60: nut})
    qtbot.waitUntil(lambda: called(opened) == ["nut", "nut"])
    saved(qtbot, opened)
    context.settings.set("predict_on_open", True)
    opened.parts.actions["next-image"].trigger()
    qtbot.waitUntil(lambda: engine.asked.image_id != first)
    opened.parts.actions["previous-image"].trigger()
    qtbot.waitUntil(lambda: engine.asked.image_id == first)
    context.session.apply("Accept", edits.accept([next(iter(shapes(opened)))]))
    engine.answer(10, 60, names={10: bolt, 60: bolt})
    assert called(opened) == ["nut", "nut"]


def test_an_image_is_asked_about_again_when_its_answer_will_not_come(
    opened: Workbench, engine: Answers, qtbot: QtBot
) -> None:
    """As after a backup was brought back, for which the engine ends."""
    context = opened.context
    opened.parts.actions["run-image"].trigger()
    qtbot.waitUntil(lambda: hasattr(engine, "asked"))
    first = engine.asked.job
    opened.parts.actions["run-image"].trigger()
    assert engine.asked.job == first, "its answer is on its way"
    context.engine.cancelled.emit(Cancelled(job=first))
    opened.parts.actions["run-image"].trigger()
    assert engine.asked.job == first + 1
    root = context.store.root if context.store is not None else Path()
    opened.frame.open(root)
    qtbot.waitUntil(lambda: context.session.annotation is not None, timeout=8000)
    opened.parts.actions["run-image"].trigger()
    assert engine.asked.job > first + 1, "nothing of a closed project is waited for"


def test_what_went_wrong_is_told_in_the_language_of_the_window(
    opened: Workbench, engine: Answers, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "engine_text", lambda text: f"<{text}>")
    told: list[Message] = []
    opened.context.messages.shown.connect(told.append)
    opened.parts.actions["run-image"].trigger()
    job = engine.asked.job
    opened.context.engine.failed.emit(Failed(job=job, kind="image", message="No.", hint="Yes."))
    assert [(message.text, message.hint) for message in told] == [("<No.>", "<Yes.>")]


def test_whoever_asks_and_gets_nothing_is_told_why(
    opened: Workbench, engine: Answers, qtbot: QtBot
) -> None:
    """All proposals were deleted, and the key that should bring them did nothing, unsaid."""
    ask, line = opened.parts.actions["run-image"], opened.window.status_line
    ask.trigger()
    assert "looks at the image" in line.hint
    engine.answer(10, 60)
    saved(qtbot, opened)
    assert len(shapes(opened)) == 2
    assert not line.hint, "what it did is seen"
    ask.trigger()
    again: str = line.hint
    assert again == "The model finds nothing new here"
    opened.parts.actions["select-all"].trigger()
    opened.parts.actions["delete"].trigger()
    saved(qtbot, opened)
    ask.trigger()  # from what is kept of the first look
    assert not shapes(opened)
    assert line.hint.endswith("was rejected; Ctrl+Z takes that back")
    opened.parts.actions["next-image"].trigger()
    qtbot.waitUntil(lambda: not line.hint)
    ask.trigger()
    engine.answer()
    found: str = line.hint
    assert found == "The model found nothing here that it is sure enough of"


def test_what_was_rejected_once_is_no_reason_where_the_model_finds_it_no_more(
    opened: Workbench, engine: Answers, qtbot: QtBot
) -> None:
    """An undo was named that brings nothing back of what the model finds."""
    actions, context = opened.parts.actions, opened.context
    actions["run-image"].trigger()
    engine.answer(10, 60)
    saved(qtbot, opened)
    document = context.session.annotation
    assert document is not None
    (second,) = [item.id for item in document.instances if item.bounds[0] == 60]
    context.session.selection.set([second])
    actions["delete"].trigger()
    saved(qtbot, opened)
    engine.answer(10)
    image_id = document.image_id
    actions["next-image"].trigger()
    qtbot.waitUntil(lambda: context.session.image_id != image_id)
    actions["previous-image"].trigger()
    qtbot.waitUntil(lambda: context.session.image_id == image_id)
    actions["run-image"].trigger()
    assert len(shapes(opened)) == 1
    assert opened.window.status_line.hint == "The model finds nothing new here"


def test_a_skipped_image_is_left_alone_and_that_is_said(opened: Workbench, engine: Answers) -> None:
    """The model looked at it, and nothing new was said to be there, whatever there was."""
    opened.context.session.apply("Skip image", edits.set_state(ImageState.SKIPPED))
    opened.parts.actions["run-image"].trigger()
    assert not hasattr(engine, "asked")
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    (said,) = [message for message in bar.shown_messages if message.key == "predict"]
    assert said.text == "This image is skipped, so the model leaves it alone."
    assert said.hint == "Choose “Mark as not reviewed” in the Image menu first."


def test_nobody_is_told_to_wait_for_looks_that_nobody_asked_for(
    opened: Workbench, engine: Answers
) -> None:
    """What comes ahead of time may fail, and nothing is said of it."""
    line, engines = opened.window.status_line, opened.context.engine
    opened.parts.actions["run-image"].trigger()
    wanted = engine.asked.job
    assert "looks at the image" in line.hint
    ahead = opened.context.session.image_id
    assert ahead is not None
    opened.assist._request(opened.parts.images.around(ahead, 1)[0], ahead=True)
    engines.finished.emit(Finished(job=wanted))
    assert line.hint == ""
    engines.failed.emit(Failed(job=engine.asked.job, kind="image", message="No."))
    assert line.hint == ""
