"""The whole window: open, draw, relabel, accept, go on, undo, close."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from pathlib import Path

import apsw
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from dynseg.annotation import class_edits, edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance, Origin
from dynseg.errors import ProjectError
from dynseg.geometry.part import Part, ring
from dynseg.project import backups
from dynseg.project.layout import ProjectLayout
from dynseg.project.records import ImageRow
from dynseg.project.store import Store
from dynseg_annotator.application.view import rows
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.canvas import Canvas
from dynseg_annotator.context import Level
from dynseg_annotator.panels.canvas_note import CanvasNote
from dynseg_annotator.panels.message_bar import MessageBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LEFT = Qt.MouseButton.LeftButton


def place(canvas: Canvas, x: float, y: float) -> QPoint:
    view_x, view_y = canvas.camera.view.to_view(x, y)
    return QPoint(round(view_x), round(view_y))


def draw_rectangle(qtbot: QtBot, window: Workbench, corners: tuple[int, int, int, int]) -> None:
    canvas = window.parts.canvas
    window.parts.actions["draw-rectangle"].trigger()
    x0, y0, x1, y1 = corners
    QTest.mousePress(canvas, LEFT, pos=place(canvas, x0, y0))
    QTest.mouseMove(canvas, place(canvas, (x0 + x1) / 2, y1))
    QTest.mouseMove(canvas, place(canvas, x1, y1))
    QTest.mouseRelease(canvas, LEFT, pos=place(canvas, x1, y1))


def add_class(qtbot: QtBot, window: Workbench, name: str) -> None:
    panel = window.parts.class_panel
    panel.new_name.setText(name)
    QTest.keyClick(panel.new_name, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.context.classes.by_name(name) is not None)


def shapes(window: Workbench) -> tuple[Instance, ...]:
    annotation = window.context.session.annotation
    assert annotation is not None
    return annotation.instances


def messages(window: Workbench) -> list[str]:
    bar = window.window.findChild(MessageBar)
    assert bar is not None
    return [message.text for message in bar.shown_messages]


def name_of(window: Workbench, image_id: int | None) -> ImageRow:
    assert image_id is not None
    row = window.parts.images.row_of(image_id)
    assert row is not None
    return row


def all_saved(qtbot: QtBot, window: Workbench) -> None:
    qtbot.waitUntil(lambda: window.context.session.unsaved == 0)


def test_start_page_says_the_next_step(application: Workbench) -> None:
    assert not application.window.is_working
    assert application.parts.start_page.open_folder.isEnabled()
    assert not application.parts.actions["draw-polygon"].isEnabled()


def test_opening_a_folder_makes_a_project_and_shows_the_first_image(
    opened: Workbench, folder: Path
) -> None:
    assert (folder / ".dynseg" / "project.db").is_file()
    assert opened.parts.images.total == 6
    assert opened.window.windowTitle().startswith("photos")
    assert opened.context.settings.get("recent_projects") == [str(folder)]


def test_opening_one_image_shows_it_among_its_neighbours(
    application: Workbench, folder: Path, qtbot: QtBot
) -> None:
    application.frame.open(folder / "img_3.jpg")
    qtbot.waitUntil(lambda: application.context.session.annotation is not None)
    image_id = application.context.session.image_id
    assert name_of(application, image_id).rel == "img_3.jpg"
    assert application.parts.images.total == 6


def test_a_folder_without_images_is_refused_with_a_reason(
    application: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "empty").mkdir()
    application.frame.open(tmp_path / "empty")
    qtbot.waitUntil(lambda: bool(messages(application)))
    assert "no images" in messages(application)[0]
    assert not (tmp_path / "empty" / ".dynseg").exists()


def test_drawing_asks_for_the_first_class_then_uses_the_current_one(
    opened: Workbench, qtbot: QtBot
) -> None:
    add_class(qtbot, opened, "bolt")
    add_class(qtbot, opened, "nut")
    draw_rectangle(qtbot, opened, (20, 20, 90, 80))
    assert len(shapes(opened)) == 1
    assert opened.context.classes.by_id(shapes(opened)[0].class_id).name == "nut"
    assert shapes(opened)[0].origin is Origin.HUMAN
    all_saved(qtbot, opened)
    store, image_id = opened.context.store, opened.context.session.image_id
    assert store is not None
    assert image_id is not None
    assert store.annotation(image_id).instances == shapes(opened)


def test_number_key_relabels_the_selection_and_the_next_shape(
    opened: Workbench, qtbot: QtBot
) -> None:
    add_class(qtbot, opened, "bolt")
    add_class(qtbot, opened, "nut")
    draw_rectangle(qtbot, opened, (20, 20, 90, 80))
    opened.parts.canvas.setFocus()
    QTest.keyClick(opened.parts.canvas, Qt.Key.Key_1)
    bolt = opened.context.classes.by_name("bolt")
    assert bolt is not None
    assert shapes(opened)[0].class_id == bolt.id
    assert opened.context.current_class == bolt.id


def test_accept_and_next_walks_through_the_unreviewed_images(
    opened: Workbench, qtbot: QtBot
) -> None:
    first = opened.context.session.image_id
    opened.parts.actions["accept-image"].trigger()
    qtbot.waitUntil(lambda: opened.context.session.image_id != first)
    all_saved(qtbot, opened)
    assert name_of(opened, first).state is ImageState.REVIEWED
    opened.parts.actions["previous-image"].trigger()
    assert opened.context.session.image_id == first
    opened.parts.actions["next-unreviewed"].trigger()
    assert opened.context.session.image_id != first


def test_d6_damaged_image_shows_the_reason_on_the_canvas(opened: Workbench, qtbot: QtBot) -> None:
    last = opened.parts.images.ids()[-1]
    opened.navigation.open(last)
    qtbot.waitUntil(lambda: "cannot be shown" in opened.parts.canvas._placeholder.title)
    assert not opened.parts.canvas.accepts_gestures


def test_copy_and_paste_across_images(opened: Workbench, qtbot: QtBot) -> None:
    add_class(qtbot, opened, "bolt")
    draw_rectangle(qtbot, opened, (20, 20, 90, 80))
    opened.parts.actions["copy"].trigger()
    opened.parts.actions["next-image"].trigger()
    opened.parts.actions["paste"].trigger()
    assert len(shapes(opened)) == 1
    opened.parts.actions["next-image"].trigger()
    opened.parts.actions["copy-previous"].trigger()
    assert len(shapes(opened)) == 1
    opened.parts.actions["copy-previous"].trigger()
    assert len(shapes(opened)) == 1, "it is here already"
    assert "here already" in opened.window.status_line._hint.text()
    opened.parts.actions["duplicate"].trigger()
    assert len(shapes(opened)) == 2
    assert len({item.id for item in shapes(opened)}) == 2


def test_what_is_pasted_again_does_not_hide_behind_itself(opened: Workbench, qtbot: QtBot) -> None:
    add_class(qtbot, opened, "bolt")
    draw_rectangle(qtbot, opened, (20, 20, 90, 80))
    opened.parts.actions["copy"].trigger()
    drawn = shapes(opened)[0].bounds[0]
    for action_id, expected in (("paste", [0, 12, 24]), ("next-image", []), ("paste", [0, 12])):
        for _ in expected[:2] or [0]:
            opened.parts.actions[action_id].trigger()
        assert sorted(round(item.bounds[0] - drawn) for item in shapes(opened)) == expected


def test_undo_and_redo_by_menu_name_what_they_do(opened: Workbench, qtbot: QtBot) -> None:
    add_class(qtbot, opened, "bolt")
    draw_rectangle(qtbot, opened, (20, 20, 90, 80))
    all_saved(qtbot, opened)
    undo = opened.parts.actions["undo"]
    assert "Draw shape" in undo.text()
    undo.trigger()
    qtbot.waitUntil(lambda: shapes(opened) == ())
    qtbot.waitUntil(lambda: opened.parts.actions["redo"].isEnabled())
    opened.parts.actions["redo"].trigger()
    qtbot.waitUntil(lambda: len(shapes(opened)) == 1)


def test_objects_are_reviewed_one_by_one_least_certain_first(
    opened: Workbench, qtbot: QtBot
) -> None:
    add_class(qtbot, opened, "bolt")
    class_id = opened.context.classes.labels[0].id
    proposals = [
        Instance(
            class_id=class_id,
            parts=(Part(ring([(x, 20), (x + 40, 20), (x + 40, 60), (x, 60)])),),
            origin=Origin.MODEL,
            score=score,
            model_id="m",
        )
        for x, score in ((10, 0.9), (80, 0.3), (150, 0.6))
    ]
    for item in proposals:
        opened.context.session.apply("Pre-label", edits.add(item))
    selection = opened.context.session.selection
    opened.parts.actions["next-object"].trigger()
    assert selection.ids == (proposals[1].id,)
    opened.parts.actions["accept-object"].trigger()
    assert selection.ids == (proposals[2].id,)
    opened.parts.actions["reject-object"].trigger()
    assert selection.ids == (proposals[0].id,)
    assert [item.id for item in shapes(opened)] == [proposals[0].id, proposals[1].id]
    assert next(i for i in shapes(opened) if i.id == proposals[1].id).accepted
    opened.parts.actions["accept-all"].trigger()
    assert all(item.is_human_work for item in shapes(opened))


def test_selection_follows_between_list_and_canvas(opened: Workbench, qtbot: QtBot) -> None:
    add_class(qtbot, opened, "bolt")
    draw_rectangle(qtbot, opened, (20, 20, 90, 80))
    draw_rectangle(qtbot, opened, (120, 20, 200, 80))
    first = shapes(opened)[0].id
    opened.context.session.selection.set([first])
    view = opened.parts.instance_panel.view
    rows = [index.row() for index in view.selectionModel().selectedRows()]
    assert rows == [opened.parts.instances.row_of(first)]
    view.selectAll()
    assert len(opened.context.session.selection.ids) == 2
    assert set(opened.parts.canvas.scene.selected) == set(opened.context.session.selection.ids)


def test_the_menu_of_the_canvas_is_about_the_shape_under_the_pointer(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[QAction] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _: offered.extend(menu.actions()))
    add_class(qtbot, opened, "bolt")
    draw_rectangle(qtbot, opened, (20, 20, 90, 80))
    draw_rectangle(qtbot, opened, (120, 20, 190, 80))
    opened.parts.actions["edit-mode"].trigger()
    first, second = (item.id for item in shapes(opened))
    selection, canvas = opened.context.session.selection, opened.parts.canvas
    selection.set([first])
    for at, expected in (((150, 50), second), ((250, 200), second), (None, second)):
        canvas.context_menu_requested.emit(QPoint(), at)
        assert list(selection.ids) == [expected]
    selection.set([first, second])
    canvas.context_menu_requested.emit(QPoint(), (50, 50))
    assert set(selection.ids) == {first, second}, "it is one of those that are meant"
    assert {opened.parts.actions[name] for name in ("to-top", "lock-shapes")} <= set(offered)


def test_names_are_shown_as_they_are_written(opened: Workbench, qtbot: QtBot) -> None:
    """No mnemonic is made of an ampersand, no bold face of angle brackets."""
    add_class(qtbot, opened, "R&D <b>")
    label = opened.context.classes.labels[0]
    draw_rectangle(qtbot, opened, (20, 20, 90, 80))
    opened.editing.relabel(label.id)
    actions = opened.parts.class_panel.key_menu(-1).actions()
    assert any("R&&D <b>" in action.text() for action in actions)
    opened.parts.assist_panel.options.set_classes(["R&D", "nut"], [])
    assert "R&&D" in [a.text() for a in opened.parts.assist_panel.options._menu.actions()]
    note = opened.findChild(CanvasNote) or CanvasNote(opened.parts.canvas)
    note.say("R&D")
    assert note.text() == "R&&D"
    opened.context.messages.show(Level.WARN, "R&D <b>bold</b>")
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    assert bar._rows[0]._text.textFormat() is Qt.TextFormat.PlainText


def test_locked_shapes_stay(opened: Workbench, qtbot: QtBot) -> None:
    add_class(qtbot, opened, "bolt")
    draw_rectangle(qtbot, opened, (20, 20, 90, 80))
    item = shapes(opened)[0]
    opened.context.visibility.set_locked([item.id], True)
    opened.context.session.selection.set([item.id])
    opened.parts.actions["delete"].trigger()
    assert shapes(opened) == (item,)


def test_rename_and_recolour_reach_every_list(opened: Workbench, qtbot: QtBot) -> None:
    add_class(qtbot, opened, "bolt")
    label = opened.context.classes.labels[0]
    index = opened.parts.classes.index(0, 0)
    opened.parts.classes.setData(index, "screw")
    qtbot.waitUntil(lambda: opened.context.classes.by_name("screw") is not None)
    opened.parts.class_panel.recoloured.emit(label.id, "#123456")
    qtbot.waitUntil(lambda: opened.context.classes.labels[0].colour == "#123456")
    assert index.data() == "screw"


def test_the_class_used_last_is_there_again(opened: Workbench, folder: Path, qtbot: QtBot) -> None:
    add_class(qtbot, opened, "bolt")
    add_class(qtbot, opened, "nut")
    nut = opened.context.current_class
    assert opened.projects.close()
    opened.frame.open(folder)
    qtbot.waitUntil(lambda: opened.context.session.annotation is not None)
    assert opened.context.current_class == nut
    assert nut != opened.context.classes.labels[0].id


def test_a_damaged_image_cannot_be_accepted(opened: Workbench, qtbot: QtBot) -> None:
    last = opened.parts.images.ids()[-1]
    store = opened.context.store
    assert store is not None
    opened.parts.images.update_rows([store.image(last)._replace(damage="is cut off")])
    opened.navigation.open(last)
    opened.parts.actions["accept-image"].trigger()
    assert name_of(opened, last).state is ImageState.UNLABELLED
    assert any("vouch" in text for text in messages(opened))


def test_work_is_there_again_after_closing(opened: Workbench, folder: Path, qtbot: QtBot) -> None:
    add_class(qtbot, opened, "bolt")
    opened.parts.actions["next-image"].trigger()
    draw_rectangle(qtbot, opened, (20, 20, 90, 80))
    image_id = opened.context.session.image_id
    assert image_id is not None
    kept = shapes(opened)
    assert opened.projects.close()
    with Store.open(folder) as store:
        assert store.annotation(image_id).instances == kept
    opened.frame.open(folder)
    qtbot.waitUntil(lambda: opened.context.session.annotation is not None)
    assert opened.context.session.image_id == image_id, "the last image opens again"
    assert shapes(opened) == kept


def test_a_backup_that_is_due_is_made_behind_the_open_project_and_tells_of_damage(
    opened: Workbench, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_class(qtbot, opened, "leaf")
    draw_rectangle(qtbot, opened, (20, 20, 90, 80))
    all_saved(qtbot, opened)
    assert opened.projects.close()
    database = apsw.Connection(str(ProjectLayout(folder).database))
    database.execute("UPDATE op SET delta=zeroblob(length(delta))")
    database.close()
    monkeypatch.setattr(backups, "is_due", lambda connection, layout, interval_s: True)
    opened.frame.open(folder)
    qtbot.waitUntil(lambda: backups.DAMAGED_NOTICE in messages(opened))
    (made,) = backups.listed(ProjectLayout(folder))
    assert backups.is_damaged(made)


def test_tab_does_not_go_into_panels_that_are_out_of_sight(opened: Workbench) -> None:
    """It went through ten fields of those behind the panel Assist, where Space trains a model."""
    window = opened.window
    opened.parts.class_panel.new_name.setFocus()
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        for _ in range(30):
            focus = window.focusWidget()
            assert focus is not None
            if focus is opened.parts.canvas:
                break  # there it goes to the next object
            QTest.keyClick(focus, key)
            dock = next((d for d in window._docks.values() if d.isAncestorOf(focus)), None)
            assert dock is None or not dock.visibleRegion().isEmpty(), focus
        assert window.focusWidget() is opened.parts.canvas
        opened.parts.class_panel.new_name.setFocus()


def test_a_project_held_by_another_program_opens_read_only(
    application: Workbench, store: Store, folder: Path, qtbot: QtBot
) -> None:
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.context.store is not None)
    assert application.context.store is not None
    assert application.context.store.read_only
    assert any("only be looked at here" in text for text in messages(application))
    application.context.settings.set("predict_on_open", True)
    application.parts.actions["next-image"].trigger()
    qtbot.wait(400)
    assert len(messages(application)) == 1, "it is said once, not for every image that opens"
    assert "read-only" in application.parts.instance_panel._empty.text()
    application.parts.actions["run-image"].trigger()
    assert any("nothing can be proposed" in text for text in messages(application))
    application.parts.actions["import-labels"].trigger()
    application.parts.actions["find-moved"].trigger()
    here = application.context.session.image_id
    application.parts.actions["accept-image"].trigger()
    assert application.context.session.image_id == here, "going on would look like accepting"
    application.classes.add("bolt")
    qtbot.waitUntil(lambda: "nothing was changed" in messages(application)[0])
    assert len(messages(application)) == 1, "refusals do not stack"
    assert "read-only" in application.parts.training_panel.live.text, "it will not start by itself"
    bar = application.window.findChild(MessageBar)
    assert bar is not None
    store.close()
    again = bar.shown_messages[0].action
    assert again is not None
    again.run()
    qtbot.waitUntil(
        lambda: application.context.store is not None and not application.context.store.read_only
    )
    assert messages(application) == []
    assert "read-only" not in application.parts.training_panel.live.text


def test_a_window_that_only_looks_follows_the_one_that_writes(
    application: Workbench, store: Store, folder: Path, qtbot: QtBot
) -> None:
    """It showed shapes of classes that it did not know, and images as they once were."""
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.context.session.annotation is not None)
    image_id = application.context.session.image_id
    assert image_id is not None
    store.change_classes(class_edits.add(["washer"]))
    washer = store.classes().by_name("washer")
    assert washer is not None
    before = store.annotation(image_id)
    drawn = Instance(washer.id, (Part(ring([(5, 5), (60, 5), (30, 50)])),))
    after = replace(before.with_instances([drawn]), state=ImageState.REVIEWED)
    store.commit(image_id, diff(before, after), expected_revision=before.revision, text="Draw")
    qtbot.waitUntil(lambda: application.context.classes.by_name("washer") == washer, timeout=9000)
    qtbot.waitUntil(lambda: shapes(application) == (drawn,))
    row = application.parts.images.row_of(image_id)
    assert row is not None
    assert row.state is ImageState.REVIEWED
    application.context.session.selection.set([drawn.id])
    application.parts.actions["accept-object"].trigger()
    assert "nothing was changed" in messages(application)[0]
    assert "accepts the image" not in application.window.status_line._hint.text()


def test_a_share_that_does_not_answer_leaves_a_thread_to_a_window_that_only_looks(
    application: Workbench,
    store: Store,
    folder: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.context.session.annotation is not None)
    assert not store.read_only, "it holds the project"
    go_on = threading.Event()
    monkeypatch.setattr(rows, "_state_of", lambda _: go_on.wait(20))
    for _ in range(3):
        application.rows._look()
    answered: list[int] = []
    application.context.background.run(lambda: 1, done=answered.append)
    try:
        qtbot.waitUntil(lambda: bool(answered), timeout=4000)
    finally:
        go_on.set()


def test_image_switch_does_not_wait(opened: Workbench, qtbot: QtBot) -> None:
    ids = opened.parts.images.ids()[:5]
    qtbot.waitUntil(lambda: all(i in opened.context.loader._cache for i in ids[1:4]))
    times = []
    for image_id in (ids[1], ids[2], ids[3], ids[2], ids[1]):
        start = time.perf_counter()
        opened.navigation.open(image_id)
        times.append(time.perf_counter() - start)
        opened.parts.canvas.repaint()
        QApplication.processEvents()
    assert sorted(times)[2] < 0.02


def test_message_bar_keeps_errors_and_replaces_by_key(application: Workbench, qtbot: QtBot) -> None:
    show = application.context.messages.show
    show(Level.ERROR, "one", key="a")
    show(Level.ERROR, "two", key="a")
    show(Level.INFO, "news")
    assert messages(application) == ["news", "two"]
    bar = application.window.findChild(MessageBar)
    assert bar is not None
    qtbot.waitUntil(lambda: bar.isVisible() and bar.height() > 60)
    application.context.messages.show_error(ProjectError("three", "hint"))
    show(Level.WARN, "four")
    assert "news" not in messages(application), "news gives way first"
    application.context.messages.withdraw("a")
    assert "two" not in messages(application)
