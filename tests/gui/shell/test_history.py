"""C10 and G3 with real events: the history of the image and of the project in the window."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dynseg.annotation import class_edits, edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Instance
from dynseg.errors import DamagedError
from dynseg.geometry.part import Part, ring
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.itemmodels.history import Place, when
from dynseg_annotator.panels.message_bar import MessageBar

LEFT = Qt.MouseButton.LeftButton


def square(name: str, x: int) -> Instance:
    return Instance(0, (Part(ring([(x, 20), (x + 30, 20), (x + 30, 50), (x, 50)])),), id=name)


def apply(qtbot: QtBot, window: Workbench, text: str, edit: edits.Edit) -> None:
    assert window.context.session.apply(text, edit)
    qtbot.waitUntil(lambda: window.context.session.unsaved == 0)


def shown(window: Workbench) -> list[str]:
    """Ids of the shapes on the canvas."""
    annotation = window.parts.canvas.scene.annotation
    return [item.id for item in annotation.instances] if annotation else []


def present(window: Workbench) -> list[str]:
    annotation = window.context.session.annotation
    return [item.id for item in annotation.instances] if annotation else []


def rows(window: Workbench) -> list[tuple[str, Place]]:
    model = window.parts.history_panel.model
    return [(model.row_at(i).text, model.row_at(i).place) for i in range(model.rowCount())]


def middle(window: Workbench, text: str) -> QPoint:
    panel = window.parts.history_panel
    row = [t for t, _ in rows(window)].index(text)
    index = panel.model.index(row, 0)
    panel.view.scrollTo(index)
    return panel.view.visualRect(index).center()


@pytest.fixture
def steps(opened: Workbench, qtbot: QtBot) -> Workbench:
    """An image with three steps, the history in sight."""
    opened.class_changes.change(class_edits.add(["bolt", "nut"]))
    qtbot.waitUntil(lambda: len(opened.context.classes) == 2)
    apply(qtbot, opened, "Draw a", edits.add(square("a", 20)))
    apply(qtbot, opened, "Draw b", edits.add(square("b", 80)))
    apply(qtbot, opened, "Delete a", edits.remove(["a"]))
    opened.window.activateWindow()
    opened.parts.canvas.setFocus()
    QTest.keyClick(opened.parts.canvas, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: len(rows(opened)) == 4)
    return opened


def test_c10_the_list_shows_every_step_with_its_time(steps: Workbench, qtbot: QtBot) -> None:
    assert rows(steps) == [
        ("Delete a", Place.PRESENT), ("Draw b", Place.PAST), ("Draw a", Place.PAST),
        ("Before the first step", Place.PAST),
    ]  # fmt: skip
    model = steps.parts.history_panel.model
    assert model.index(0, 1).data() == when(model.row_at(0).time_s, datetime.now().astimezone())
    steps.parts.actions["undo"].trigger()
    qtbot.waitUntil(lambda: rows(steps)[0] == ("Delete a", Place.FUTURE))
    apply(qtbot, steps, "Draw c", edits.add(square("c", 140)))
    qtbot.waitUntil(lambda: ("Delete a", Place.OVERTAKEN) in rows(steps))
    assert rows(steps)[0] == ("Draw c", Place.PRESENT)


def test_c10_a_click_goes_back_and_forward_to_a_step(
    steps: Workbench, qtbot: QtBot, folder: Path
) -> None:
    viewport = steps.parts.history_panel.view.viewport()
    QTest.mouseClick(viewport, LEFT, pos=middle(steps, "Draw a"))
    qtbot.waitUntil(lambda: present(steps) == ["a"])
    qtbot.waitUntil(lambda: rows(steps)[2] == ("Draw a", Place.PRESENT))
    assert [place for _, place in rows(steps)[:2]] == [Place.FUTURE, Place.FUTURE]
    QTest.mouseClick(viewport, LEFT, pos=middle(steps, "Delete a"))
    qtbot.waitUntil(lambda: present(steps) == ["b"])
    QTest.mouseClick(viewport, LEFT, pos=middle(steps, "Before the first step"))
    qtbot.waitUntil(lambda: present(steps) == [])
    assert steps.projects.close()
    steps.frame.open(folder)  # also after a restart
    qtbot.waitUntil(lambda: steps.context.session.annotation is not None)
    qtbot.waitUntil(lambda: len(rows(steps)) == 4)
    QTest.mouseClick(viewport, LEFT, pos=middle(steps, "Draw b"))
    qtbot.waitUntil(lambda: present(steps) == ["a", "b"])


def test_g3_a_past_version_is_looked_at_before_anything_changes(
    steps: Workbench, qtbot: QtBot
) -> None:
    view, canvas = steps.parts.history_panel.view, steps.parts.canvas
    before = steps.context.session.annotation
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: shown(steps) == ["a", "b"])
    assert steps.history.note.isVisible()
    assert "Draw b" in steps.history.note.text()
    assert not canvas.accepts_gestures, "what is not the document cannot be edited"
    view_x, view_y = canvas.camera.view.to_view(35, 35)
    QTest.mouseClick(canvas, LEFT, pos=QPoint(round(view_x), round(view_y)))
    assert steps.context.session.annotation is before
    QTest.keyClick(view, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: shown(steps) == ["b"])
    assert not steps.history.note.isVisible()
    assert canvas.accepts_gestures
    assert steps.context.session.annotation is before


def test_g3_an_earlier_version_is_said_beside_that_shapes_are_hidden(
    steps: Workbench, qtbot: QtBot
) -> None:
    view, hidden, earlier = (
        steps.parts.history_panel.view,
        steps.view.hidden_note,
        steps.history.note,
    )
    steps.parts.actions["hide-shapes"].trigger()
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    qtbot.waitUntil(earlier.isVisible)
    assert not hidden.geometry().intersects(earlier.geometry())
    steps.parts.actions["hide-shapes"].trigger()
    alone = earlier.y()
    steps.parts.actions["hide-shapes"].trigger()
    qtbot.waitUntil(lambda: not hidden.geometry().intersects(earlier.geometry()))
    steps.history.look_away()
    assert hidden.y() == alone, "whichever is alone stands at the top"


def test_g3_the_pointer_looks_too_and_enter_goes_there(steps: Workbench, qtbot: QtBot) -> None:
    view = steps.parts.history_panel.view
    QTest.mouseMove(view.viewport(), middle(steps, "Draw a"))
    qtbot.waitUntil(lambda: shown(steps) == ["a"])
    steps.history.note.click()
    assert shown(steps) == ["b"]
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: shown(steps) == ["a", "b"])
    QTest.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: present(steps) == ["a", "b"])
    assert steps.parts.canvas.accepts_gestures


def test_g3_an_overtaken_version_is_brought_back_as_a_step(steps: Workbench, qtbot: QtBot) -> None:
    steps.parts.actions["undo"].trigger()
    qtbot.waitUntil(lambda: present(steps) == ["a", "b"])
    apply(qtbot, steps, "Draw c", edits.add(square("c", 140)))
    qtbot.waitUntil(lambda: ("Delete a", Place.OVERTAKEN) in rows(steps))
    viewport = steps.parts.history_panel.view.viewport()
    QTest.mouseClick(viewport, LEFT, pos=middle(steps, "Delete a"))
    qtbot.waitUntil(lambda: present(steps) == ["b"])
    qtbot.waitUntil(lambda: rows(steps)[0] == ("Bring back an earlier version", Place.PRESENT))
    steps.parts.actions["undo"].trigger()
    qtbot.waitUntil(lambda: present(steps) == ["a", "b", "c"])


def test_g3_an_edit_ends_the_looking(steps: Workbench, qtbot: QtBot) -> None:
    view = steps.parts.history_panel.view
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: shown(steps) == ["a", "b"])
    steps.context.session.apply("Draw c", edits.add(square("c", 140)))
    assert shown(steps) == ["b", "c"]
    QTest.keyClick(view, Qt.Key.Key_Down)
    steps.parts.actions["next-image"].trigger()
    qtbot.wait(50)
    assert shown(steps) == present(steps) == []
    assert steps.parts.canvas.looks_back is False


def test_c10_the_project_list_takes_class_changes_back_and_does_them_again(
    steps: Workbench, qtbot: QtBot
) -> None:
    steps.class_changes.change(class_edits.rename(0, "screw"))
    steps.class_changes.change(class_edits.merge(0, 1))
    qtbot.waitUntil(lambda: steps.context.classes.names == ["nut"])
    panel = steps.parts.history_panel
    panel.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: len(rows(steps)) == 3)
    assert rows(steps) == [
        ("Merge screw into nut", Place.PAST), ("Rename bolt to screw", Place.PAST),
        ("Add 2 classes", Place.SETTLED),
    ]  # fmt: skip
    assert panel.model.index(0, 0).data() == "Merge screw into nut (1 image)"
    QTest.mouseClick(panel.view.viewport(), LEFT, pos=middle(steps, "Add 2 classes"))
    assert not panel.button.isEnabled(), "the classes have shapes"
    QTest.mouseClick(panel.view.viewport(), LEFT, pos=middle(steps, "Rename bolt to screw"))
    assert panel.button.text() == "Take back"
    QTest.mouseClick(panel.button, LEFT)
    qtbot.waitUntil(lambda: steps.context.classes.names == ["bolt", "nut"])
    qtbot.waitUntil(lambda: [place for _, place in rows(steps)[:2]] == [Place.FUTURE] * 2)
    QTest.mouseClick(panel.view.viewport(), LEFT, pos=middle(steps, "Merge screw into nut"))
    assert panel.button.text() == "Do again"
    QTest.mouseClick(panel.button, LEFT)
    qtbot.waitUntil(lambda: steps.context.classes.names == ["nut"])


def test_c10_the_project_list_takes_a_batch_back(steps: Workbench, qtbot: QtBot) -> None:
    store = steps.context.store
    assert store is not None
    other = steps.parts.images.ids()[1]
    run = store.begin_run("import", "", {})
    before = store.annotation(other)
    delta = diff(before, edits.add(square("i", 20))(before))
    assert store.commit_run(run, [(other, before.revision, delta)]) == []
    store.finish_run(run, "finished")
    steps.context.images_changed.emit([other])
    panel = steps.parts.history_panel
    panel.tabs.setCurrentIndex(1)
    qtbot.waitUntil(lambda: ("Import labels", Place.PAST) in rows(steps))
    QTest.mouseClick(panel.view.viewport(), LEFT, pos=middle(steps, "Import labels"))
    QTest.mouseClick(panel.button, LEFT)
    qtbot.waitUntil(lambda: store.annotation(other).instances == ())


def test_times_are_as_short_as_they_can_be() -> None:
    now = datetime(2026, 11, 25, 14, 30).astimezone()
    for time, text in (
        (datetime(2026, 11, 25, 9, 5), "09:05"),
        (datetime(2026, 11, 4, 14, 3), "4 Nov 14:03"),
        (datetime(2025, 1, 31, 23, 59), "31 Jan 2025"),
    ):
        assert when(time.timestamp(), now) == text
    assert when(None, now) == ""


def test_a_version_that_cannot_be_read_is_told(
    steps: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = steps.context.store
    assert store is not None
    monkeypatch.setattr(store, "annotation_at", damaged)
    steps.history.look_at(1)
    bar = steps.window.findChild(MessageBar)
    assert bar is not None
    qtbot.waitUntil(lambda: bool(bar.shown_messages))
    (message,) = bar.shown_messages
    assert "a step of its history cannot be read" in message.text
    assert not steps.parts.canvas.looks_back


def damaged(*_: object) -> None:
    raise DamagedError("img_0.jpg", "a step of its history")


def test_a_step_that_was_gone_to_at_once_is_not_looked_at_afterwards(
    steps: Workbench, qtbot: QtBot
) -> None:
    """The click comes before the pointer has rested long enough to look."""
    panel, view = steps.parts.history_panel, steps.parts.history_panel.view
    place = middle(steps, "Draw a")
    view.entered.emit(view.indexAt(place))
    assert view._hover.isActive()
    asked: list[object] = []
    panel.looked_at.connect(asked.append)
    QTest.mouseClick(view.viewport(), LEFT, pos=place)
    view._hover.timeout.connect(lambda: asked.append("late"))
    qtbot.wait(200)
    assert "late" not in asked
    assert not steps.parts.canvas.looks_back
