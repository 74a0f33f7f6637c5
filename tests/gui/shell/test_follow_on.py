"""Shapes of one image that are followed through many, in the real window with the real engine."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot
from tests.films import truth, write
from tests.gui.shell.class_work import add_class

from dynseg.annotation import edits
from dynseg.annotation.document import ImageState, Instance
from dynseg.geometry.polygon import iou
from dynseg.project.query import ImageQuery
from dynseg_annotator.application.labels.follow_on import SETTING, followed
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.context import Message
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.follow_dialog import FollowDialog
from dynseg_annotator.panels.message_bar import MessageBar

pytestmark = [pytest.mark.qt_log_ignore("propagateSizeHints"), pytest.mark.timeout(300)]

ENGINE_MS = 120_000
"""The engine has to start first."""
FRAMES = 8


@pytest.fixture
def window(application: Workbench, tmp_path: Path, qtbot: QtBot) -> Workbench:
    """The window on a film, of whose first frame the discs are drawn; one vanishes."""
    write(tmp_path / "frames", FRAMES, hidden_from=5)
    application.frame.open(tmp_path / "frames")
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures)
    add_class(qtbot, application, "disc")
    draw(application, 0, (0, 1, 2))
    return application


def draw(window: Workbench, time: int, numbers: tuple[int, ...]) -> None:
    class_id = window.context.classes.labels[0].id
    drawn = [Instance(class_id, truth(number, time)) for number in numbers]
    window.context.session.apply("Draw", edits.add_many(drawn))


def ids(window: Workbench) -> list[int]:
    return window.parts.images.ids()


def show(window: Workbench, qtbot: QtBot, number: int) -> None:
    window.navigation.open(ids(window)[number])
    qtbot.waitUntil(lambda: window.parts.canvas.accepts_gestures)


def asked(window: Workbench, qtbot: QtBot) -> FollowDialog:
    """The dialog, opened from the menu."""
    window.parts.actions["follow-on"].trigger()
    qtbot.waitUntil(lambda: window.window.findChild(FollowDialog) is not None)
    dialog = window.window.findChild(FollowDialog)
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def press(dialog: FollowDialog) -> None:
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    QTest.mouseClick(layout.main_button(box), Qt.MouseButton.LeftButton)


def finish(window: Workbench, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.batch.is_running, timeout=ENGINE_MS)
    qtbot.waitUntil(lambda: not window.batch.is_running, timeout=ENGINE_MS)


def shapes(window: Workbench) -> tuple[Instance, ...]:
    here = window.context.session.annotation
    assert here is not None
    return here.instances


def counts(window: Workbench) -> list[int]:
    store = window.context.store
    assert store is not None
    return [row.instance_count for row in store.images()]


def messages(window: Workbench) -> list[Message]:
    bar = window.window.findChild(MessageBar)
    assert bar is not None
    return bar.shown_messages


def test_shapes_are_followed_into_as_many_images_as_are_asked_for_and_taken_back(
    window: Workbench, qtbot: QtBot
) -> None:
    dialog = asked(window, qtbot)
    assert "Next images of the list (7)" in dialog.images.currentText()
    assert dialog.focusWidget() is dialog.count
    QTest.keyClicks(dialog.count, "6")
    press(dialog)
    finish(window, qtbot)
    assert counts(window) == [3, 3, 3, 3, 3, 2, 2, 0]
    assert window.context.settings.get(SETTING) == 6
    (message,) = messages(window)
    assert "16 proposals put on 6 images" in message.text
    assert "2 of 3 objects were followed to the last image" in message.hint
    show(window, qtbot, 6)
    here = window.context.session.annotation
    assert here is not None
    for number in (0, 1):
        assert max(iou(item.parts, truth(number, 6)) for item in here.instances) > 0.93
    assert here.state is ImageState.PRELABELLED

    window.parts.actions["undo-batch"].trigger()
    qtbot.waitUntil(lambda: counts(window) == [3, *[0] * (FRAMES - 1)])
    qtbot.waitUntil(lambda: window.context.session.annotation is not here)
    here = window.context.session.annotation
    assert here is not None
    assert not here.instances, "what is on the screen follows"


def test_one_draws_on_while_it_goes_on(window: Workbench, qtbot: QtBot) -> None:
    show(window, qtbot, 4)
    window.following.follow(ids(window))
    qtbot.waitUntil(lambda: window.batch.is_running)
    draw(window, 4, (1,))
    drawn = shapes(window)
    qtbot.waitUntil(lambda: not window.batch.is_running, timeout=ENGINE_MS)
    qtbot.waitUntil(lambda: len(shapes(window)) == 3)
    assert drawn[0] in shapes(window), "human work stays, and nothing doubles"
    assert counts(window)[4] == 3


def test_an_undo_on_its_way_doubles_nothing(window: Workbench, qtbot: QtBot) -> None:
    show(window, qtbot, 4)
    window.following.follow(ids(window))
    qtbot.waitUntil(lambda: window.batch.is_running)
    for _ in range(3):
        draw(window, 4, (1,))
        window.parts.actions["undo"].trigger()
        qtbot.wait(30)
    qtbot.waitUntil(lambda: not window.batch.is_running, timeout=ENGINE_MS)
    session = window.context.session
    qtbot.waitUntil(lambda: session.unsaved == 0 and len(shapes(window)) == counts(window)[4])
    store = window.context.store
    assert store is not None
    there = store.annotation(ids(window)[4]).instances
    assert there == shapes(window)
    discs = [max(range(3), key=lambda n: iou(item.parts, truth(n, 4))) for item in there]
    assert len(set(discs)) == len(there), "one shape for each object"


def test_stopped_it_keeps_what_is_done(window: Workbench, qtbot: QtBot) -> None:
    begun: list[bool] = []

    def stop() -> None:
        begun.append(True)
        window.parts.actions["stop-job"].trigger()

    window.context.engine.progressed.connect(stop)
    window.following.follow([*ids(window), *ids(window)[1:] * 20])
    qtbot.waitUntil(lambda: bool(begun), timeout=ENGINE_MS)
    qtbot.waitUntil(lambda: not window.batch.is_running, timeout=ENGINE_MS)
    assert counts(window)[:2] == [3, 3]
    (message,) = messages(window)
    assert message.text == "Stopped; what was done stays."
    assert message.action is not None
    message.action.run()
    qtbot.waitUntil(lambda: counts(window) == [3, *[0] * (FRAMES - 1)])


def test_the_engine_killed_on_the_way_leaves_one_run_to_take_back(
    window: Workbench, qtbot: QtBot
) -> None:
    killed: list[int] = []

    def kill() -> None:
        if not killed and counts(window)[1]:
            killed.append(window.context.engine.pid)
            psutil.Process(killed[0]).kill()

    window.context.engine.progressed.connect(kill)
    window.following.follow([*ids(window), *ids(window)[1:] * 20])
    qtbot.waitUntil(lambda: bool(killed), timeout=ENGINE_MS)
    qtbot.waitUntil(lambda: not window.batch.is_running, timeout=ENGINE_MS)
    store = window.context.store
    assert store is not None
    assert len(store.runs()) == 1
    taken_back = [message.action for message in messages(window) if message.action is not None]
    taken_back[0].run()
    qtbot.waitUntil(lambda: counts(window) == [3, *[0] * (FRAMES - 1)])


def test_selected_images_are_followed_through_from_the_first_of_them(
    window: Workbench, qtbot: QtBot
) -> None:
    view = window.parts.image_panel.view
    select = QItemSelectionModel.SelectionFlag.Select
    for number in (0, 2, 4):
        view.selectionModel().select(window.parts.images.index_of(ids(window)[number]), select)
    dialog = asked(window, qtbot)
    assert dialog.images.currentText() == "Selected images after film-000000.png (2)"
    assert not dialog.count.isEnabled()
    press(dialog)
    finish(window, qtbot)
    assert counts(window) == [3, 0, 3, 0, 3, 0, 0, 0]


def test_where_nothing_can_be_followed_it_says_why(window: Workbench, qtbot: QtBot) -> None:
    show(window, qtbot, 2)
    dialog = asked(window, qtbot)
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    assert not layout.main_button(box).isEnabled()
    dialog.reject()
    show(window, qtbot, FRAMES - 1)
    window.parts.actions["follow-on"].trigger()
    assert [message.text for message in messages(window)] == [
        "No image comes after this one in the list."
    ]


def test_near_the_end_the_number_is_not_forgotten(window: Workbench, qtbot: QtBot) -> None:
    show(window, qtbot, 5)
    draw(window, 5, (0, 1))
    dialog = asked(window, qtbot)
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    assert layout.main_button(box).text() == "Follow into 2 images"
    assert dialog.count.value() == 2, "the field and the button say the same"
    dialog.wanted.disconnect(window.following.follow)
    with qtbot.waitSignal(dialog.wanted) as told:
        press(dialog)
    assert told.args == [ids(window)[5:], window.context.settings.get(SETTING)]


def test_the_next_images_are_those_of_the_filtered_list(window: Workbench, qtbot: QtBot) -> None:
    shown = ids(window)[::2]
    window.parts.images.set_query(ImageQuery(), among=frozenset(shown))
    (choice,) = window.following._choices()
    assert choice.image_ids == ids(window) == shown


def test_what_became_of_the_objects_is_said() -> None:
    result: dict[str, object] = {
        "changed": 3, "shapes": 9, "objects": 3, "to_the_end": 3, "skipped": 1, "seconds": 2.0,
        "images_per_s": 1.5, "stopped_at": "a/f-4.png", "other_size": True,
    }  # fmt: skip
    text, hint = followed(result)
    assert text == "9 proposals put on 3 images in 2 s (1.5 images/s)."
    assert "All 3 objects were followed to the last image." in hint
    assert "f-4.png has another size, so it ended there." in hint
    assert "1 image stays as it is" in hint
    text, hint = followed({"objects": 2, "stopped_at": "f-1.png"})
    assert text == "Nothing was changed."
    assert "0 of 2 objects" in hint
    assert "From f-1.png on none of them was seen." in hint
