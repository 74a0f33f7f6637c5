"""Review mode with real keys (E1-E4, D4)."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.gui.menus import choose
from tests.gui.shell.proposing import propose, square

from dynseg.annotation import edits
from dynseg.annotation.document import ImageState, Instance
from dynseg.inference.detections import Detection, encode
from dynseg.review.appearance import Appearances, write_appearances
from dynseg.worker.protocol import Describe, Finished
from dynseg_annotator import theme
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.itemmodels.image_arrangement import ImageOrder
from dynseg_annotator.panels.message_bar import MessageBar
from dynseg_annotator.panels.review_bar import ReviewBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier


def press(window: Workbench, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(window.parts.canvas, key, modifiers)
    QApplication.processEvents()


def shapes(window: Workbench) -> tuple[Instance, ...]:
    annotation = window.context.session.annotation
    assert annotation is not None
    return annotation.instances


def selected_score(window: Workbench) -> float | None:
    (chosen,) = window.context.session.selection.ids
    return next(item.score for item in shapes(window) if item.id == chosen)


def state(window: Workbench, image_id: int) -> ImageState:
    row = window.parts.images.row_of(image_id)
    assert row is not None
    return row.state


def open_number(window: Workbench, number: int, qtbot: QtBot) -> int:
    store = window.context.store
    assert store is not None
    image_id = store.images()[number].id
    window.navigation.open(image_id)
    qtbot.waitUntil(lambda: window.parts.canvas.accepts_gestures)
    return image_id


@pytest.fixture
def reviewing(opened: Workbench, qtbot: QtBot) -> Workbench:
    """Review mode on three images with proposals; the second is the least certain."""
    opened.classes.add("bolt")
    qtbot.waitUntil(lambda: len(opened.context.classes) == 1)
    propose(opened, 0, 0.9, 0.6, 0.8)
    propose(opened, 1, 0.5, 0.55)
    propose(opened, 2, 0.95)
    opened.parts.canvas.setFocus()
    opened.context.settings.set("review_order", "uncertainty")
    press(opened, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: opened.parts.images.order.value == "uncertainty")
    qtbot.waitUntil(lambda: bool(opened.context.session.selection.ids))
    return opened


def test_e4_the_queue_begins_with_the_least_certain_image_that_waits(
    reviewing: Workbench,
) -> None:
    ids = reviewing.parts.images.ids()
    names = [reviewing.parts.images.row_of(i).rel for i in ids]  # type: ignore[union-attr]
    assert names[:3] == ["img_1.jpg", "img_0.jpg", "img_2.jpg"]
    assert reviewing.parts.review_bar.isVisible()


def test_d4_tab_walks_from_the_least_certain_object_on_and_zooms_to_it(
    reviewing: Workbench, qtbot: QtBot
) -> None:
    open_number(reviewing, 0, qtbot)
    camera = reviewing.parts.canvas.camera
    assert selected_score(reviewing) == 0.6, "an image opens at its least certain proposal"
    seen, zooms = [], []
    for _ in range(3):
        press(reviewing, Qt.Key.Key_Tab)
        seen.append(selected_score(reviewing))
        zooms.append(camera.view.scale)
    assert seen == [0.8, 0.9, 0.6]
    press(reviewing, Qt.Key.Key_Backtab, SHIFT)
    assert selected_score(reviewing) == 0.9
    camera.fit()
    fitted = camera.view.scale
    assert all(scale > fitted for scale in zooms)


def test_e3_y_accepts_x_rejects_and_the_next_one_comes(reviewing: Workbench, qtbot: QtBot) -> None:
    open_number(reviewing, 0, qtbot)
    press(reviewing, Qt.Key.Key_Y)
    assert [i.accepted for i in shapes(reviewing)] == [False, True, False]
    assert selected_score(reviewing) == 0.8
    press(reviewing, Qt.Key.Key_X)
    assert len(shapes(reviewing)) == 2
    assert selected_score(reviewing) == 0.9
    assert "1 of 3 proposals left" in reviewing.parts.review_bar.left.text()
    press(reviewing, Qt.Key.Key_Y)
    assert reviewing.context.session.selection.ids == ()
    assert "Enter accepts" in reviewing.parts.review_bar.left.text()


def test_e3_the_number_of_a_class_decides_and_the_next_one_comes(
    reviewing: Workbench, qtbot: QtBot
) -> None:
    """One key an object, as accepting it takes."""
    open_number(reviewing, 0, qtbot)
    assert selected_score(reviewing) == 0.6
    press(reviewing, Qt.Key.Key_1)
    assert selected_score(reviewing) == 0.8
    press(reviewing, Qt.Key.Key_1)
    assert selected_score(reviewing) == 0.9
    press(reviewing, Qt.Key.Key_1)
    assert reviewing.context.session.selection.ids == ()
    assert all(item.is_human_work for item in shapes(reviewing))


def test_e3_accept_all_above_the_slider(reviewing: Workbench, qtbot: QtBot) -> None:
    open_number(reviewing, 0, qtbot)
    slider = reviewing.parts.assist_panel.confidence
    slider.blockSignals(True)  # the cache is empty here: the slider filters nothing by itself
    slider.setValue(70)
    slider.blockSignals(False)
    press(reviewing, Qt.Key.Key_Y, SHIFT)
    assert {i.score: i.accepted for i in shapes(reviewing)} == {0.9: True, 0.6: False, 0.8: True}
    assert selected_score(reviewing) == 0.6, "what is below waits for a look"


def test_e2_enter_accepts_the_image_and_the_next_of_the_queue_opens_at_its_doubt(
    reviewing: Workbench, qtbot: QtBot
) -> None:
    first = open_number(reviewing, 1, qtbot)
    press(reviewing, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: reviewing.context.session.image_id != first)
    qtbot.waitUntil(lambda: bool(reviewing.context.session.selection.ids))
    assert state(reviewing, first) is ImageState.REVIEWED
    assert selected_score(reviewing) == 0.6
    assert "1 of 6" in reviewing.parts.review_bar.reviewed.text()
    assert reviewing.parts.review_bar.progress.value() == 1


def test_e2_enter_outside_review_mode_accepts_nothing_and_ctrl_enter_does(
    reviewing: Workbench, qtbot: QtBot
) -> None:
    first = open_number(reviewing, 1, qtbot)
    press(reviewing, Qt.Key.Key_F4)
    assert not reviewing.parts.review_bar.isVisible()
    press(reviewing, Qt.Key.Key_Return)
    assert state(reviewing, first) is ImageState.PRELABELLED
    assert reviewing.context.session.image_id == first
    press(reviewing, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert state(reviewing, first) is ImageState.REVIEWED


def test_e3_the_last_proposal_names_the_key_that_accepts_the_image(
    reviewing: Workbench, qtbot: QtBot
) -> None:
    press(reviewing, Qt.Key.Key_F4)
    open_number(reviewing, 1, qtbot)
    reviewing.parts.canvas.setFocus()
    press(reviewing, Qt.Key.Key_Tab)
    press(reviewing, Qt.Key.Key_Y)
    said = reviewing.window.status_line._hint.text()
    assert "left here" not in said
    press(reviewing, Qt.Key.Key_X)
    said = reviewing.window.status_line._hint.text()
    assert said == "No proposal is left here; Ctrl+Enter accepts the image"


def test_e1_an_empty_image_is_reviewed_and_empty_and_a_skipped_one_is_passed_by(
    reviewing: Workbench, qtbot: QtBot
) -> None:
    empty = open_number(reviewing, 3, qtbot)
    press(reviewing, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: state(reviewing, empty) is ImageState.REVIEWED)
    row = reviewing.parts.images.row_of(empty)
    assert row is not None
    assert row.instance_count == 0
    skipped = open_number(reviewing, 4, qtbot)
    choose(reviewing.window, reviewing.parts.actions["skip-image"])
    assert state(reviewing, skipped) is ImageState.SKIPPED
    assert reviewing.parts.images.neighbour(empty, 1, waiting=True) != skipped
    open_number(reviewing, 4, qtbot)
    choose(reviewing.window, reviewing.parts.actions["reopen-image"])
    assert state(reviewing, skipped) is ImageState.UNLABELLED


def test_e4_next_unreviewed_passes_by_what_is_reviewed(reviewing: Workbench, qtbot: QtBot) -> None:
    ids = reviewing.parts.images.ids()
    second = open_number(reviewing, 0, qtbot)
    assert ids[1] == second
    press(reviewing, Qt.Key.Key_Return)
    reviewing.navigation.open(ids[0])
    both = Qt.KeyboardModifier.ControlModifier | SHIFT
    press(reviewing, Qt.Key.Key_D, both)
    assert reviewing.context.session.image_id == ids[2]
    press(reviewing, Qt.Key.Key_A, both)
    assert reviewing.context.session.image_id == ids[0]


def test_e4_the_end_of_the_review_is_said_and_offers_to_train(
    reviewing: Workbench, qtbot: QtBot
) -> None:
    for _ in range(5):
        before = reviewing.context.session.image_id
        press(reviewing, Qt.Key.Key_Return)
        qtbot.waitUntil(
            lambda before=before: (
                reviewing.context.session.image_id != before  # type: ignore[misc]
                or not reviewing.review.is_active
            )
        )
    assert reviewing.parts.images.counts[ImageState.REVIEWED] == 5
    assert not reviewing.review.is_active
    bar = reviewing.window.findChild(MessageBar)
    assert bar is not None
    message = bar.shown_messages[0]
    assert message.text.startswith("Every image")
    assert message.action is not None
    assert message.action.text == "Train"


def test_e4_every_order_can_be_had_by_name_of_its_action(
    reviewing: Workbench, qtbot: QtBot
) -> None:
    images = reviewing.parts.images
    for name in ("name", "state", "disagreement", "random", "uncertainty"):
        choose(reviewing.window, reviewing.parts.actions[f"order-{name}"])
        qtbot.waitUntil(lambda name=name: images.order.value == name)  # type: ignore[misc]
        assert reviewing.parts.actions[f"order-{name}"].isChecked()
        assert len(images.ids()) == 6


def test_the_button_that_leaves_the_review_looks_and_works_like_one(reviewing: Workbench) -> None:
    leave = reviewing.parts.review_bar.leave
    size = QSize(18, 18)
    shown = leave.icon().pixmap(size).toImage()
    assert shown == theme.icon("close").pixmap(size).toImage()
    assert leave.toolTip() == "Leave review mode"
    assert not leave.isChecked()
    QTest.mouseClick(leave, Qt.MouseButton.LeftButton)
    assert not reviewing.review.is_active


def test_leaving_the_review_brings_back_the_list_and_the_whole_image(
    reviewing: Workbench, qtbot: QtBot
) -> None:
    images, canvas = reviewing.parts.images, reviewing.parts.canvas
    qtbot.waitUntil(lambda: images.order is ImageOrder.UNCERTAINTY)
    qtbot.waitUntil(lambda: bool(reviewing.context.session.selection.ids))
    image_id, close = reviewing.context.session.image_id, canvas.camera.view.scale
    press(reviewing, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: images.order is ImageOrder.NAME)
    assert reviewing.context.session.image_id == image_id
    assert canvas.camera.view.scale < close
    assert reviewing.window.status_line._hint.text() == ""
    reviewing.listing.order(ImageOrder.RANDOM)
    press(reviewing, Qt.Key.Key_F4)
    press(reviewing, Qt.Key.Key_F4)
    assert images.order is ImageOrder.RANDOM, "a person chose it"


def test_the_review_names_the_keys_as_they_are_now(reviewing: Workbench) -> None:
    line = reviewing.window.status_line
    assert line.hint == "Tab next object, Y accept, X reject, Enter image"
    press(reviewing, Qt.Key.Key_F4)
    reviewing.context.settings.set("custom_keys", {"accept-object": ["J"]})
    press(reviewing, Qt.Key.Key_F4)
    assert line.hint == "Tab next object, J accept, X reject, Enter image"


def test_progress_of_the_review_is_always_on_the_status_line(reviewing: Workbench) -> None:
    press(reviewing, Qt.Key.Key_Return)
    press(reviewing, Qt.Key.Key_F4)
    line = reviewing.window.status_line
    assert "reviewed 1 of 6" in line._reviewed.text()
    assert (line._share.value(), line._share.maximum()) == (1, 6)


def test_b4_what_was_rejected_stays_away_until_that_is_undone(
    opened: Workbench, qtbot: QtBot
) -> None:
    opened.classes.add("bolt")
    context, slider = opened.context, opened.parts.assist_panel.confidence
    qtbot.waitUntil(lambda: len(context.classes) == 1 and context.active_model is not None)
    store, image_id, model = context.store, context.session.image_id, context.active_model
    assert store is not None
    assert image_id is not None
    assert model is not None
    found = [Detection(0, s, square(x, 20), (x, 20, x + 30, 50)) for x, s in ((10, 0.9), (90, 0.8))]
    key = opened.models.predict_settings().key(model)
    store.save_predictions([(image_id, model.model_id, key, encode(found))])
    press(opened, Qt.Key.Key_I)
    qtbot.waitUntil(lambda: len(shapes(opened)) == 2)
    first, second = shapes(opened)
    context.session.selection.set([first.id])
    press(opened, Qt.Key.Key_X)  # asked again at once: the step may not be committed yet
    press(opened, Qt.Key.Key_I)
    assert [item.id for item in shapes(opened)] == [second.id]
    slider.setValue(95)
    qtbot.waitUntil(lambda: not shapes(opened))
    slider.setValue(30)
    qtbot.waitUntil(lambda: bool(shapes(opened)))
    assert [item.id for item in shapes(opened)] == [second.id]
    qtbot.waitUntil(lambda: context.session.unsaved == 0)
    while len(shapes(opened)) != 2:
        with qtbot.waitSignal(context.session.saved):
            context.session.undo()
    slider.setValue(40)
    press(opened, Qt.Key.Key_I)
    assert {item.id for item in shapes(opened)} == {first.id, second.id}


def test_e4_the_suggested_order_has_images_described_and_says_why(
    reviewing: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, engine = reviewing.context.store, reviewing.context.engine
    assert store is not None
    asked: list[Describe] = []

    def submit(make: Callable[[int], Describe]) -> int:
        asked.append(make(7))
        return 7

    monkeypatch.setattr(engine, "submit", submit)
    choose(reviewing.window, reviewing.parts.actions["order-suggested"])
    qtbot.waitUntil(lambda: bool(asked))
    assert asked[0].project == str(store.root)
    vectors = np.repeat(np.eye(2, 8) * 5, 3, 0) + np.random.default_rng(0).random((6, 8))
    write_appearances(store.layout, Appearances.none().with_(store.images(), vectors))
    engine.finished.emit(Finished(job=7))
    suggestions = reviewing.listing.suggestions
    ids = reviewing.parts.images.ids
    qtbot.waitUntil(lambda: suggestions.reason_of(ids()[0]).startswith("typical"))
    assert len(asked) == 1
    open_number(reviewing, [row.id for row in store.images()].index(ids()[0]), qtbot)
    assert "typical" in reviewing.parts.review_bar.left.text()


def test_e4_a_queue_that_was_ordered_anew_goes_on_with_its_first(
    reviewing: Workbench, qtbot: QtBot
) -> None:
    session, images = reviewing.context.session, reviewing.parts.images
    here = session.image_id
    assert here is not None
    others = [image_id for image_id in images.ids() if image_id != here]
    values = {image_id: 0.9 - number / 10 for number, image_id in enumerate(others)}
    images.set_order(ImageOrder.UNCERTAINTY, {**values, here: 0.75})
    assert images.ids().index(here) not in (0, len(others))
    press(reviewing, Qt.Key.Key_Return)
    assert session.image_id == others[0]
    press(reviewing, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier | SHIFT)
    assert session.image_id == others[1], "and from there on"
    images.set_order(ImageOrder.UNCERTAINTY, {**values, here: 0.95})
    press(reviewing, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier | SHIFT)
    assert session.image_id == others[2], "what was gone past is not shown again at once"


def test_e3_where_the_model_proposes_anew_the_least_certain_of_these_is_gone_to(
    reviewing: Workbench,
) -> None:
    session = reviewing.context.session
    before = [item.id for item in shapes(reviewing)]
    fresh = [
        replace(item, id=f"new {number}", score=0.3 + number / 10)
        for number, item in enumerate(shapes(reviewing))
    ]
    session.apply("Propose", lambda image: edits.add_many(fresh)(edits.remove(before)(image)))
    assert session.selection.ids == ("new 0",)


def test_what_is_left_is_read_in_a_narrow_window(opened: Workbench, qtbot: QtBot) -> None:
    bar = ReviewBar(opened.parts.actions)
    qtbot.addWidget(bar)
    bar.set_progress(11, 40)
    bar.set_left(13, 13, "typical: 12 images that wait resemble it")
    bar.show()
    shares = []
    for width in (1100, 700, 340, 1100):
        bar.resize(width, bar.height())
        least = min(width - 40, 350)
        qtbot.waitUntil(lambda least=least: bar.left.width() >= least)  # type: ignore[misc]
        shares.append(bar.progress.isVisible())
    assert shares == [True, False, False, True]


def test_e1_a_reviewed_image_is_said_to_be_reviewed(reviewing: Workbench) -> None:
    first = reviewing.context.session.image_id
    press(reviewing, Qt.Key.Key_Return)
    reviewing.navigation.open(first)
    assert reviewing.parts.review_bar.left.text().startswith("reviewed")


def test_e4_in_a_queue_back_leads_to_the_image_one_came_from(
    reviewing: Workbench, qtbot: QtBot
) -> None:
    session, images = reviewing.context.session, reviewing.parts.images
    way = [session.image_id]
    press(reviewing, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.image_id not in way)
    way.append(session.image_id)
    # What is reviewed sinks to the end, as it does in the suggested order after some images.
    images.set_order(ImageOrder.UNCERTAINTY, {way[1] or 0: 0.9, way[0] or 0: -2.0})
    assert (images.ids()[0], images.ids()[-1]) == (way[1], way[0])
    press(reviewing, Qt.Key.Key_A)
    assert session.image_id == way[0]
    press(reviewing, Qt.Key.Key_D)
    assert session.image_id == way[1]
    reviewing.navigation.open(images.ids()[1])
    press(reviewing, Qt.Key.Key_A)
    assert session.image_id == images.ids()[0], "from a click on the list it is the one above"


def test_a4_the_slider_filters_what_an_earlier_model_found(opened: Workbench, qtbot: QtBot) -> None:
    opened.classes.add("bolt")
    context, slider = opened.context, opened.parts.assist_panel.confidence
    qtbot.waitUntil(lambda: len(context.classes) == 1 and context.active_model is not None)
    store, image_id, model = context.store, context.session.image_id, context.active_model
    assert store is not None
    assert image_id is not None
    assert model is not None
    found = [Detection(0, s, square(x, 20), (x, 20, x + 30, 50)) for x, s in ((10, 0.9), (90, 0.6))]
    key = opened.models.predict_settings().key(model)
    store.save_predictions([(image_id, model.model_id, key, encode(found))])
    press(opened, Qt.Key.Key_I)
    qtbot.waitUntil(lambda: len(shapes(opened)) == 2)
    # Live learning, or a promotion, brings a newer model while the image is open.
    context.set_active_model(replace(model, model_id="newer"))
    for value, count in ((80, 1), (95, 0), (30, 2)):
        slider.setValue(value)
        qtbot.waitUntil(lambda count=count: len(shapes(opened)) == count)  # type: ignore[misc]


def test_e1_an_image_that_the_model_has_not_seen_is_not_said_to_hold_nothing(
    reviewing: Workbench, qtbot: QtBot
) -> None:
    bar = reviewing.parts.review_bar
    open_number(reviewing, 3, qtbot)
    session = reviewing.context.session
    session.apply("Set the stage", edits.set_state(ImageState.UNLABELLED))
    assert bar.left.text().startswith("no proposals yet")
    session.apply("Set the stage", edits.set_state(ImageState.PRELABELLED))
    assert bar.left.text().startswith("nothing proposed")
