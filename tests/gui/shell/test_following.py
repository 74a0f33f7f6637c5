"""Shapes that follow from the image before, in the real window with the real engine."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from msgspec import structs
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.beetles import BEETLE, SEED, Shape, scene
from tests.gui.shell.class_work import add_class

from dynseg.annotation import class_edits, edits
from dynseg.annotation.document import ImageState, Instance, Origin
from dynseg.annotation.rejections import PROPOSING
from dynseg.geometry.part import moved
from dynseg.geometry.polygon import iou
from dynseg.project.query import ImageQuery
from dynseg.worker.follow_messages import Followed
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.panels.message_bar import MessageBar

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(240)]

ENGINE_MS = 90_000
"""The engine has to start first."""
STEP = (17, -11)
FEW = 8


def shifted(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The next frame of a camera that moves, in other light."""
    matrix = np.array([[1, 0, STEP[0]], [0, 1, STEP[1]]], np.float64)
    size = (pixels.shape[1], pixels.shape[0])
    moved_on = cv2.warpAffine(pixels, matrix, size, borderMode=cv2.BORDER_REFLECT)
    return np.asarray(np.clip(moved_on * 0.9 + 8, 0, 255), np.uint8)


def gone(shape: Shape) -> Shape:
    return tuple(moved(shape, *STEP))


@pytest.fixture
def film(application: Workbench, tmp_path: Path, qtbot: QtBot) -> tuple[Workbench, list[Shape]]:
    """The window on frames: a first one, the next, one with an object hidden, two of elsewhere."""
    pixels, (truth, _) = scene((BEETLE, 24), (SEED, 12))
    inner = [
        shape for shape in truth
        if (shape[0].outer.min(0) > 40).all() and (shape[0].outer.max(0) < (420, 320)).all()
    ][:FEW]  # fmt: skip
    second = shifted(pixels)
    third = second.copy()
    x, y = np.round(gone(inner[0])[0].outer.mean(0)).astype(int)
    third[y - 14 : y + 14, x - 14 : x + 14] = third[120:148, 2:30][:, ::-1]
    cv2.circle(third, (int(x), int(y)), 13, (150, 60, 60), -1)
    noise = np.random.default_rng(5).integers(0, 255, pixels.shape).astype(np.uint8)
    folder = tmp_path / "frames"
    folder.mkdir()
    for number, frame in enumerate((pixels, second, third, noise, noise[:-60])):
        Image.fromarray(frame).save(folder / f"frame-{number:06d}.png")
    application.context.settings.set("copy_follows", True)
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures)
    add_class(qtbot, application, "beetle")
    add_class(qtbot, application, "seed")
    draw(application, inner)
    return application, inner


def draw(window: Workbench, wanted: list[Shape]) -> None:
    """Shapes of a person."""
    class_id = window.context.classes.labels[0].id
    drawn = [Instance(class_id, shape) for shape in wanted]
    window.context.session.apply("Draw", edits.add_many(drawn))


def shapes(window: Workbench) -> tuple[Instance, ...]:
    annotation = window.context.session.annotation
    assert annotation is not None
    return annotation.instances


def press(window: Workbench, qtbot: QtBot) -> None:
    """Press the key over the image and wait for what it brings."""
    window.parts.canvas.setFocus()
    QTest.keyClick(window.parts.canvas, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not window.previous._questions.waiting(), timeout=ENGINE_MS)


def show(window: Workbench, qtbot: QtBot, number: int) -> None:
    """Open a frame."""
    window.navigation.open(window.parts.images.ids()[number])
    qtbot.waitUntil(lambda: window.parts.canvas.accepts_gestures)


def undo(window: Workbench, qtbot: QtBot) -> None:
    """Take one step back."""
    session = window.context.session
    qtbot.waitUntil(lambda: session.unsaved == 0 and session.can_undo)
    before = session.annotation
    window.parts.actions["undo"].trigger()
    qtbot.waitUntil(lambda: session.annotation is not before)


def messages(window: Workbench) -> list[str]:
    bar = window.window.findChild(MessageBar)
    assert bar is not None
    return [message.text for message in bar.shown_messages]


def test_shapes_follow_the_movement_as_proposals_and_one_undo_takes_them_back(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = film
    drawn = shapes(window)
    show(window, qtbot, 1)
    press(window, qtbot)
    found = shapes(window)
    assert len(found) == len(truth)
    for item, shape in zip(found, truth, strict=True):
        assert iou(item.parts, gone(shape)) > 0.85
        assert item.origin is Origin.MODEL
        assert item.is_copied_proposal, "nobody has looked at it here"
        assert item.score is not None
    assert window.context.session.selection.ids == tuple(item.id for item in found)
    assert f"{FEW} shapes followed from frame-000000.png" in window.window.status_line.hint
    press(window, qtbot)
    assert shapes(window) == found, "nothing comes twice"
    assert "here already" in window.window.status_line.hint

    undo(window, qtbot)
    assert not shapes(window)
    press(window, qtbot)
    window.parts.actions["accept-image"].trigger()
    show(window, qtbot, 1)
    annotation = window.context.session.annotation
    assert annotation is not None
    assert annotation.state is ImageState.REVIEWED
    assert all(item.is_human_work for item in annotation.instances)
    show(window, qtbot, 0)
    assert shapes(window) == drawn


def test_what_is_lost_is_said_and_comes_where_it_was_when_asked_again(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = film
    show(window, qtbot, 1)
    draw(window, [gone(shape) for shape in truth])
    show(window, qtbot, 2)
    press(window, qtbot)
    assert len(shapes(window)) == FEW - 1
    assert messages(window) == [f"{FEW - 1} shapes followed from frame-000001.png, 1 was lost."]
    press(window, qtbot)
    assert not messages(window), "nothing is lost any more"
    assert len(shapes(window)) == FEW
    assert shapes(window)[-1].parts == gone(truth[0])
    press(window, qtbot)
    assert len(shapes(window)) == FEW
    assert "here already" in window.window.status_line.hint
    # Undone, all is looked for anew: what was found would not come back where it was.
    while shapes(window):
        undo(window, qtbot)
    press(window, qtbot)
    assert len(shapes(window)) == FEW - 1


def test_a_lost_one_comes_not_beside_what_a_model_or_a_person_put_there_since(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = film
    beetle = window.context.classes.labels[0].id
    near = tuple(moved(gone(truth[0]), 2, 0))
    show(window, qtbot, 1)
    draw(window, [gone(shape) for shape in truth])
    for origin in (Origin.MODEL, Origin.HUMAN):
        show(window, qtbot, 2)
        press(window, qtbot)
        assert any("1 was lost" in text for text in messages(window))
        one = Instance(beetle, near, origin, model_id="net" if origin is Origin.MODEL else None)
        window.context.session.apply("Since", edits.add(one))
        press(window, qtbot)
        assert len(shapes(window)) == FEW
        assert "here already" in window.window.status_line.hint
        while shapes(window):
            undo(window, qtbot)


def test_where_nothing_is_found_again_shapes_lie_where_they_were(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = film
    show(window, qtbot, 2)
    draw(window, truth)
    show(window, qtbot, 3)
    press(window, qtbot)
    assert [item.parts for item in shapes(window)] == truth
    assert all(item.is_human_work for item in shapes(window)), "copied, as ever"
    assert any("Nothing of frame-000002.png was found again" in text for text in messages(window))


def test_copies_lie_in_place_where_that_is_wished(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = film
    window.context.settings.set("copy_follows", False)
    show(window, qtbot, 1)
    window.parts.actions["copy-previous"].trigger()
    assert [item.parts for item in shapes(window)] == truth


def test_work_that_is_there_stays_and_a_models_guess_gives_way(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = film
    beetle, seed = (label.id for label in window.context.classes.labels)
    show(window, qtbot, 1)
    mine = Instance(beetle, gone(truth[0]), id="mine")
    guess = Instance(seed, gone(truth[1]), Origin.MODEL, score=0.9, model_id="net", id="guess")
    window.context.session.apply("Draw", edits.add_many([mine, guess]))
    press(window, qtbot)
    found = {item.id: item for item in shapes(window)}
    assert found["mine"] == mine
    assert "guess" not in found, "a person has said what it is, one image before"
    assert len(found) == FEW
    undo(window, qtbot)
    assert {item.id for item in shapes(window)} == {"mine", "guess"}


def test_a_proposal_of_before_does_not_replace_what_a_model_sees_here(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = film
    session = window.context.session
    seen = [
        structs.replace(item, origin=Origin.MODEL, score=0.6, model_id="net")
        for item in shapes(window)
    ]
    session.apply("Again", lambda before: before.with_instances(seen))
    show(window, qtbot, 1)
    guess = structs.replace(seen[0], parts=gone(truth[0]), id="guess")
    session.apply("Propose", edits.add(guess))
    press(window, qtbot)
    assert "guess" in {item.id for item in shapes(window)}
    assert len(shapes(window)) == FEW
    assert all((item.score or 1) <= 0.6 for item in shapes(window)), "no surer than before"


def test_without_the_image_before_shapes_lie_where_they_were(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = film
    store = window.context.store
    assert store is not None
    path = store.image_path(window.parts.images.ids()[0])
    show(window, qtbot, 1)
    path.unlink()
    press(window, qtbot)
    assert [item.parts for item in shapes(window)] == truth
    assert any("could not be followed" in text for text in messages(window))


def test_an_answer_about_an_image_that_was_left_changes_nothing(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, _ = film
    show(window, qtbot, 1)
    window.parts.actions["copy-previous"].trigger()
    show(window, qtbot, 2)
    qtbot.waitUntil(lambda: not window.context.engine._pending, timeout=ENGINE_MS)
    assert not shapes(window)
    show(window, qtbot, 1)
    assert not shapes(window)


def test_on_the_next_frame_of_a_video_it_is_offered_once(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = film
    window.context.settings.set("copy_follows", False)
    show(window, qtbot, 1)
    assert not messages(window), "what is not wished is not offered"
    window.context.settings.set("copy_follows", True)
    show(window, qtbot, 3)
    assert not messages(window), "nothing is labelled before it"
    show(window, qtbot, 1)
    assert [text.split(" brings the shapes of ")[1].split()[0] for text in messages(window)] == [
        "frame-000000.png"
    ]
    bar = window.window.findChild(MessageBar)
    assert bar is not None
    action = bar.shown_messages[0].action
    assert action is not None
    action.run()
    qtbot.waitUntil(lambda: len(shapes(window)) == len(truth), timeout=ENGINE_MS)
    assert not messages(window)
    draw(window, truth)
    show(window, qtbot, 2)
    assert not messages(window), "said once"


def test_between_frames_of_two_sizes_it_is_not_offered(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = film
    show(window, qtbot, 3)
    draw(window, truth)
    show(window, qtbot, 4)
    assert not messages(window)


def test_a_reviewed_image_gets_copies_in_place(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = film
    show(window, qtbot, 1)
    window.context.session.apply("Accept image", edits.accept_all())
    window.parts.actions["copy-previous"].trigger()
    assert [item.parts for item in shapes(window)] == truth


def ask(window: Workbench) -> None:
    """Press the key and do not wait."""
    window.parts.actions["copy-previous"].trigger()
    assert window.previous._questions.waiting()


def answered(window: Workbench, qtbot: QtBot) -> None:
    """Wait for the answer."""
    qtbot.waitUntil(lambda: not window.previous._questions.waiting(), timeout=ENGINE_MS)


def test_an_image_that_is_vouched_for_meanwhile_gets_nothing(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, _ = film
    for state in (ImageState.REVIEWED, ImageState.SKIPPED):
        show(window, qtbot, 1)
        ask(window)
        window.context.session.apply("Settle", edits.set_state(state))
        answered(window, qtbot)
        assert not shapes(window), "nobody would look at them any more"
        assert "leaves it alone" in window.window.status_line.hint
        undo(window, qtbot)


def test_neither_is_an_image_changed_whose_neighbour_cannot_be_read(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = film
    store = window.context.store
    assert store is not None
    store.image_path(window.parts.images.ids()[0]).unlink()
    show(window, qtbot, 1)
    ask(window)
    draw(window, truth[1:])
    answered(window, qtbot)
    assert len(shapes(window)) == FEW, "what was drawn meanwhile comes no second time"
    undo(window, qtbot)
    undo(window, qtbot)
    ask(window)
    window.context.session.apply("Accept image", edits.accept_all())
    answered(window, qtbot)
    assert not shapes(window)


def test_what_an_undo_on_its_way_brings_comes_no_second_time(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, _ = film
    session = window.context.session
    show(window, qtbot, 1)
    press(window, qtbot)
    found = shapes(window)
    undo(window, qtbot)
    answers: list[Followed] = []
    window.context.engine.followed.connect(answers.append)
    window.context.engine.followed.disconnect(window.previous._show)
    ask(window)
    questions = window.previous._questions
    ((job, asked),) = questions.waiting()
    answered(window, qtbot)
    session.redo()
    questions._about[job] = asked
    window.previous._show(answers[0])  # the redo is not done yet
    questions.drop()
    qtbot.waitUntil(lambda: session.unsaved == 0 and bool(shapes(window)))
    assert shapes(window) == found


def test_what_got_another_class_since_comes_no_second_time(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, _ = film
    session = window.context.session
    show(window, qtbot, 1)
    press(window, qtbot)
    other = window.context.classes.labels[1].id
    session.apply("Relabel", edits.relabel([shapes(window)[0].id], other))
    named = shapes(window)
    press(window, qtbot)
    assert shapes(window) == named


def test_a_guess_that_gave_way_was_not_rejected_and_a_locked_one_stays(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = film
    session, store = window.context.session, window.context.store
    assert store is not None
    seed = window.context.classes.labels[1].id
    show(window, qtbot, 1)
    guesses = [
        Instance(seed, gone(shape), Origin.MODEL, score=0.9, model_id="net", id=name)
        for name, shape in zip(("guess", "locked"), truth, strict=False)
    ]
    session.apply("Propose", edits.add_many(guesses), f"{PROPOSING}opening")
    window.context.visibility.set_locked(["locked"], True)
    press(window, qtbot)
    there = {item.id for item in shapes(window)}
    assert "guess" not in there
    assert "locked" in there
    image_id = session.image_id
    assert image_id is not None
    assert session.rejections(image_id) == {}
    qtbot.waitUntil(lambda: session.unsaved == 0)
    assert store.rejections(image_id) == {}


def test_an_image_that_the_list_does_not_show_has_none_before_it(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = film
    show(window, qtbot, 3)
    draw(window, truth)
    show(window, qtbot, 1)
    window.parts.images.set_query(ImageQuery(text="000003"))
    window.parts.actions["copy-previous"].trigger()
    assert not window.previous._questions.waiting()
    assert not shapes(window), "the last one of the list is not the one before"
    assert any("does not show this image" in text for text in messages(window))


def test_a_single_one_is_spoken_of_as_one(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = film
    show(window, qtbot, 1)
    draw(window, [gone(shape) for shape in truth[1:]])
    press(window, qtbot)
    assert "It is a proposal until you accept it" in window.window.status_line.hint


def test_why_accepting_what_is_shown_takes_none_is_said(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, _ = film
    show(window, qtbot, 1)
    window.parts.assist_panel.set_confidence(0.95)
    accept = window.parts.actions["accept-all"]
    accept.trigger()
    assert "No proposal that is shown waits" in window.window.status_line.hint
    press(window, qtbot)
    changed = [structs.replace(item, score=0.8) for item in shapes(window)]
    window.context.session.apply("Again", lambda seen: seen.with_instances(changed))
    accept.trigger()
    assert "scores below 0.95" in window.window.status_line.hint
    assert not any(item.is_human_work for item in shapes(window))


def test_shapes_of_a_class_that_goes_meanwhile_come_as_what_they_are_then(
    film: tuple[Workbench, list[Shape]], qtbot: QtBot
) -> None:
    window, truth = film
    beetle, seed = (label.id for label in window.context.classes.labels)
    show(window, qtbot, 1)
    qtbot.waitUntil(lambda: window.context.session.unsaved == 0)
    ask(window)
    window.class_changes.change(class_edits.merge(beetle, seed))
    qtbot.waitUntil(lambda: len(window.context.classes) == 1)
    qtbot.waitUntil(lambda: len(shapes(window)) == len(truth), timeout=ENGINE_MS)
    assert {item.class_id for item in shapes(window)} == {seed}
