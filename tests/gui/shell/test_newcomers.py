"""What people stumbled over in their first hour with the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.gui.shell.class_work import add_class
from tests.gui.shell.proposing import propose, square

from dynseg.annotation import edits
from dynseg.annotation.document import Annotation, Instance, Origin
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.dialogs.models_dialog import ModelRow, ModelsDialog
from dynseg_annotator.dialogs.report_dialog import ReportDialog
from dynseg_annotator.itemmodels import images as image_model
from dynseg_annotator.itemmodels.instances import Column
from dynseg_annotator.panels.message_bar import MessageBar, MessageRow
from dynseg_annotator.session.creating import ProjectPlan
from dynseg_resources import starter_model

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def document(window: Workbench) -> Annotation:
    annotation = window.context.session.annotation
    assert annotation is not None
    return annotation


def bar(window: Workbench) -> MessageBar:
    found = window.window.findChild(MessageBar)
    assert found is not None
    return found


def list_of_two_models(opened: Workbench, qtbot: QtBot) -> ModelsDialog:
    """The list with the starter, which is in use, and *round-1*."""
    qtbot.waitUntil(lambda: opened.context.registry is not None, timeout=8000)
    registry = opened.context.registry
    assert registry is not None
    registry.add(starter_model(), name="round-1")
    opened.parts.actions["manage-models"].trigger()
    dialog = opened.window.findChild(ModelsDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 2)
    return dialog


def space_drag(window: Workbench, start: QPoint, end: QPoint) -> None:
    """Point at the canvas, hold Space, drag; the key goes wherever the keyboard is."""
    canvas = window.parts.canvas
    QTest.mouseMove(canvas, start - QPoint(4, 4))
    QTest.mouseMove(canvas, start)
    holder = QApplication.focusWidget()
    assert holder is not None
    QTest.keyPress(holder, Qt.Key.Key_Space)
    QTest.mousePress(canvas, LEFT, NONE, start)
    QTest.mouseMove(canvas, end)
    QTest.mouseRelease(canvas, LEFT, NONE, end)
    holder = QApplication.focusWidget()
    assert holder is not None
    QTest.keyRelease(holder, Qt.Key.Key_Space)


@pytest.mark.parametrize("holder", ["button", "list"])
def test_d1_space_moves_the_image_wherever_the_keyboard_was(
    two: tuple[Workbench, int, int], holder: str, qtbot: QtBot
) -> None:
    """The button that was clicked last was pressed again, and the drag moved a vertex."""
    window, bolt, _ = two
    parts = window.parts
    parts.canvas.camera.set_zoom(4.0)
    view, start = parts.canvas.camera.view, QPoint(60, 200)
    corner = square(*view.to_image(60, 200))
    window.context.session.apply("Draw shape", edits.add(Instance(bolt, corner)))
    before = document(window).instances
    pressed: list[bool] = []
    if holder == "button":
        parts.assist_panel.run_image.setEnabled(True)
        parts.assist_panel.run_image.clicked.connect(lambda: pressed.append(True))
        parts.assist_panel.run_image.setFocus(Qt.FocusReason.MouseFocusReason)
    else:
        parts.instance_panel.view.setFocus(Qt.FocusReason.MouseFocusReason)
    space_drag(window, start, start + QPoint(30, 20))
    assert not pressed
    assert document(window).instances == before
    moved = parts.canvas.camera.view
    assert (moved.dx - view.dx, moved.dy - view.dy) == pytest.approx((30, 20), abs=1)
    assert parts.canvas.hasFocus()


@pytest.mark.parametrize("place", ["list", "button"])
def test_c1_enter_closes_the_outline_also_after_a_click_into_a_panel(
    two: tuple[Workbench, int, int], place: str
) -> None:
    """Whoever chose the class in its list while drawing pressed Enter there, and Backspace."""
    window, _, nut = two
    parts = window.parts
    parts.actions["draw-polygon"].trigger()
    corners = ((60, 60), (200, 60), (200, 180), (60, 190), (30, 120))
    points = [QPointF(*parts.canvas.camera.view.to_view(x, y)).toPoint() for x, y in corners]
    for point in points:
        QTest.mouseMove(parts.canvas, point)
        QTest.mouseClick(parts.canvas, LEFT, NONE, point)
    assert parts.canvas.is_drawing
    panel = parts.class_panel.view if place == "list" else parts.assist_panel.run_image
    panel.setEnabled(True)
    panel.setFocus(Qt.FocusReason.MouseFocusReason)
    window.context.set_current_class(nut)
    QTest.mouseMove(parts.canvas, points[0] + QPoint(9, 9))
    QTest.mouseMove(parts.canvas, points[0] + QPoint(7, 8))
    QTest.keyClick(panel, Qt.Key.Key_Backspace)
    assert parts.canvas.hasFocus()
    QTest.keyClick(parts.canvas, Qt.Key.Key_Return)
    (drawn,) = document(window).instances
    assert drawn.class_id == nut
    assert len(drawn.parts[0].outer) == 4


def test_space_presses_what_the_keyboard_went_to_though_the_pointer_rests_on_the_image(
    two: tuple[Workbench, int, int],
) -> None:
    window, _, _ = two
    parts = window.parts
    QTest.mouseMove(parts.canvas, QPoint(50, 50))
    QTest.mouseMove(parts.canvas, QPoint(60, 60))
    button = parts.assist_panel.run_image
    pressed: list[bool] = []
    button.setEnabled(True)
    button.clicked.connect(lambda: pressed.append(True))
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert pressed
    field = parts.class_panel.new_name
    field.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.mouseMove(parts.canvas, QPoint(50, 50))
    QTest.keyClicks(field, "a b")
    assert field.text() == "a b", "Space is a letter there"


@pytest.mark.parametrize("went", ["pointer", "keyboard"])
def test_space_presses_a_button_again_once_the_hand_is_elsewhere(
    two: tuple[Workbench, int, int], went: str
) -> None:
    parts = two[0].parts
    button = parts.assist_panel.run_image
    pressed: list[bool] = []
    button.setEnabled(True)
    button.clicked.connect(lambda: pressed.append(True))
    button.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.mouseMove(parts.canvas, QPoint(50, 50))
    QTest.mouseMove(parts.canvas, QPoint(60, 60))
    if went == "pointer":
        QApplication.sendEvent(parts.canvas, QEvent(QEvent.Type.Leave))
    else:
        parts.class_panel.view.setFocus(Qt.FocusReason.TabFocusReason)
        button.setFocus(Qt.FocusReason.BacktabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert pressed
    assert button.hasFocus()


def test_what_had_the_keyboard_may_go_while_the_pointer_is_on_the_image(
    two: tuple[Workbench, int, int],
) -> None:
    """Each further move of the pointer failed, and no tool heard of it."""
    window, _, _ = two
    canvas = window.parts.canvas
    button = QPushButton("Goes", window.parts.class_panel)
    button.show()
    button.setFocus()
    QTest.mouseMove(canvas, QPoint(50, 50))
    QTest.mouseMove(canvas, QPoint(60, 60))
    button.deleteLater()
    QApplication.sendPostedEvents(button, QEvent.Type.DeferredDelete)
    places: list[float] = []
    canvas.cursor_moved.connect(lambda x, _: places.append(x))
    window.parts.class_panel.view.setFocus()
    QTest.mouseMove(canvas, QPoint(70, 70))
    assert places


def test_esc_leaves_no_half_typed_class_behind(two: tuple[Workbench, int, int]) -> None:
    """What came next was typed behind it."""
    window, _, _ = two
    field = window.parts.class_panel.new_name
    field.setFocus()
    QTest.keyClicks(field, "nucl")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert window.parts.canvas.hasFocus()


def test_that_no_proposal_is_left_is_said_of_one_image_alone(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    """Accepted, the next image was said to have no proposal left, with 120 of them in sight."""
    window, _, _ = two
    propose(window, 0, 0.9)
    propose(window, 1, 0.9, 0.8)
    qtbot.waitUntil(lambda: len(document(window).instances) == 1)
    window.parts.actions["next-object"].trigger()
    window.parts.actions["accept-object"].trigger()
    assert window.window.status_line.hint.startswith("No proposal is left here")
    window.parts.actions["undo"].trigger()
    qtbot.waitUntil(lambda: not document(window).instances[0].is_human_work)
    assert "No proposal" not in window.window.status_line.hint, "one is back"
    window.parts.actions["next-object"].trigger()
    window.parts.actions["accept-object"].trigger()
    assert window.window.status_line.hint.startswith("No proposal is left here")
    first = window.context.session.image_id
    window.parts.actions["accept-image"].trigger()
    qtbot.waitUntil(lambda: window.context.session.image_id != first)
    assert "No proposal" not in window.window.status_line.hint


def test_a_message_stays_while_the_pointer_is_on_it_and_longer_where_it_is_long(
    opened: Workbench,
) -> None:
    """It went while it was read, and the click that was meant for its button drew a point."""
    messages = opened.context.messages
    messages.show(Level.INFO, "Short.", action=MessageAction("Do it", lambda: None), key="a")
    messages.show(Level.INFO, "Long. " * 30, action=MessageAction("Do it", lambda: None), key="b")
    rows = {row.message.key: row for row in bar(opened).findChildren(MessageRow)}
    short, long = rows["a"], rows["b"]
    assert long.stay_ms > 1.5 * short.stay_ms
    assert long._clock.isActive()
    at = QPointF(5, 5)
    QApplication.sendEvent(long, QEnterEvent(at, at, at))
    assert not long._clock.isActive()
    QApplication.sendEvent(long, QEvent(QEvent.Type.Leave))
    assert long._clock.isActive()
    messages.show(Level.WARN, "Stays.", key="c")
    (warning,) = (r for r in bar(opened).findChildren(MessageRow) if r.message.key == "c")
    QApplication.sendEvent(warning, QEvent(QEvent.Type.Leave))
    assert not warning._clock.isActive()


def test_a_message_stays_while_the_keyboard_is_on_it(opened: Workbench, qtbot: QtBot) -> None:
    """It went as its button was about to be pressed, and the key moved the image."""
    opened.context.messages.show(Level.INFO, "Do?", action=MessageAction("Do it", lambda: None))
    (row,) = bar(opened).findChildren(MessageRow)
    row.action_button.setFocus(Qt.FocusReason.TabFocusReason)
    over: list[bool] = []
    row._clock.timeout.connect(lambda: over.append(True))
    row._clock.start(1)
    qtbot.waitUntil(lambda: len(over) > 1)
    assert bar(opened).shown_messages
    opened.parts.canvas.setFocus()
    qtbot.waitUntil(lambda: not bar(opened).shown_messages)


def test_b9_what_a_run_would_take_away_is_seen_on_a_small_screen(opened: Workbench) -> None:
    """It ended in dots before the number of those that go."""
    shown = opened.parts.comparison_bar
    opened.window.resize(1366, 720)
    shown.show_total(
        "A run now, nothing is changed yet",
        {"added": 751, "removed": 120, "changed": 318},
        22,
        "Run it",
    )
    shown.show_here({"added": 12, "removed": 4, "changed": 31})
    QApplication.processEvents()
    label = shown.text
    needs = label.fontMetrics().boundingRect(
        label.contentsRect(), Qt.TextFlag.TextWordWrap, label.text()
    )
    assert label.contentsRect().height() >= needs.height()
    assert label.text().endswith("on 22 images")
    assert "…" not in label.text()


def test_everything_that_was_not_taken_over_is_listed(
    application: Workbench, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    """A message named the first of them, and nothing the others."""
    line = '<polyline label="nut" occluded="0" points="20,20;80,20" z_order="0"></polyline>'
    good = '<polygon label="nut" occluded="0" points="20,20;80,20;80,80" z_order="0"></polygon>'
    images = "".join(
        f'<image id="{n}" name="img_{n}.jpg" width="320" height="240">{good}{line}</image>'
        for n in range(3)
    )
    labels = tmp_path / "annotations.xml"
    labels.write_text(f"<annotations><version>1.1</version>{images}</annotations>")
    application.projects.create(ProjectPlan(folder, labels=labels))
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=8000)
    messages = bar(application).shown_messages
    (lacking,) = (m for m in messages if m.text.startswith("3 labels could not be used"))
    assert lacking.action is not None
    lacking.action.run()
    (dialog,) = application.window.findChildren(ReportDialog)
    listed = [text for text in dialog.report.details.splitlines() if "polyline" in text]
    assert len(listed) == 3
    assert "3 shapes added" in dialog.report.title
    dialog.close()


def test_a_class_of_two_words_is_seen_whole_in_the_list_of_shapes(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    """It ended in dots beside a gap."""
    window, _, _ = two
    third = add_class(qtbot, window, "tempe bacem")
    shape = Instance(third, square(40, 40), origin=Origin.MODEL, score=0.88)
    window.context.session.apply("Pre-label", edits.add(shape))
    view = window.parts.instance_panel.view
    view.setFixedWidth(view.fontMetrics().horizontalAdvance("0") * 38)
    QApplication.processEvents()
    model = window.parts.instances
    for column in (Column.NAME, Column.SCORE, Column.ORIGIN):
        hint = view.sizeHintForIndex(model.index(0, column)).width()
        assert hint <= view.columnWidth(column), column
    for word in ("edited", "accepted"):
        assert view.fontMetrics().horizontalAdvance(word) + 12 <= view.columnWidth(Column.ORIGIN)


def test_j1_buttons_of_the_list_of_models_say_why_they_do_nothing(
    opened: Workbench, qtbot: QtBot
) -> None:
    """Of the model in use three were grey, and nothing told why."""
    dialog = list_of_two_models(opened, qtbot)
    buttons = [
        dialog.use, dialog.compare, dialog.export, dialog.rename, dialog.delete, dialog.add,
        dialog.fetch, dialog.go_back,
    ]  # fmt: skip
    for name, grey in (("starter", 4), ("round-1", 0)):
        dialog.choose(name)
        dead = [button for button in buttons if not button.isEnabled()]
        assert len(dead) == grey
        assert all(button.toolTip() for button in dead)
    assert dialog.compare.toolTip().startswith("Measure it"), "what it does, once it does it"
    dialog.show_work("Writing …", busy=True)
    dead = [button for button in buttons if not button.isEnabled()]
    assert len(dead) > 3
    assert all("Wait until" in button.toolTip() for button in dead)
    dialog.show_work("")


def test_the_list_of_models_has_the_keyboard_again_after_a_file_was_chosen(
    opened: Workbench, qtbot: QtBot
) -> None:
    """It went to the window behind: Esc and the arrows did nothing in the list."""
    qtbot.waitUntil(lambda: opened.context.registry is not None, timeout=8000)
    opened.parts.actions["manage-models"].trigger()
    dialog = opened.window.findChild(ModelsDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.list.topLevelItemCount() == 1)
    dialog.export_asked.emit("starter", "onnx")
    dialog.add.click()
    asking = dialog.findChildren(QFileDialog)
    assert len(asking) == 2
    for one in asking:
        one.reject()
    opened.parts.actions["add-model"].trigger()
    (from_menu,) = opened.window.findChildren(
        QFileDialog, options=Qt.FindChildOption.FindDirectChildrenOnly
    )
    from_menu.reject()


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
@pytest.mark.parametrize("many", [False, True], ids=["few", "many"])
def test_g5_the_search_leads_to_the_image_without_the_mouse(
    opened: Workbench, key: Qt.Key, many: bool, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter and Down did nothing there: whoever went to an image by its name had to click it."""
    if many:  # they are arranged beside the window
        monkeypatch.setattr(image_model, "AT_ONCE", 0)
    panel = opened.parts.image_panel
    opened.parts.actions["find-image"].trigger()
    QTest.keyClicks(panel._search, "img_3")
    QTest.keyClick(panel._search, key)
    qtbot.waitUntil(lambda: len(opened.parts.images.ids()) == 1)
    wanted = opened.parts.images.ids()
    qtbot.waitUntil(lambda: opened.context.session.image_id == wanted[0])
    assert panel.view.hasFocus()
    opened.parts.actions["find-image"].trigger()
    panel._search.selectAll()
    QTest.keyClicks(panel._search, "img_")
    QTest.keyClick(panel._search, key)
    qtbot.waitUntil(panel.view.hasFocus)
    assert opened.context.session.image_id == wanted[0], "the open one is among them"
    QTest.keyClick(panel.view, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: opened.context.session.image_id == wanted[0] + 1)
    opened.parts.actions["find-image"].trigger()
    panel._search.selectAll()
    QTest.keyClicks(panel._search, "nothing of that name")
    QTest.keyClick(panel._search, key)
    qtbot.waitUntil(lambda: not opened.parts.images.ids())
    assert panel._search.hasFocus(), "there is nowhere to go"
    panel.clear_filter()
    qtbot.waitUntil(lambda: len(opened.parts.images.ids()) > 1)
    assert panel._search.hasFocus(), "nobody asked for what is found now"


def test_a_button_of_the_models_that_rests_hands_the_keyboard_to_the_list(
    opened: Workbench, qtbot: QtBot
) -> None:
    """It went to the next button: Space after *Compare* deleted the model."""
    dialog = list_of_two_models(opened, qtbot)
    dialog.choose("round-1")
    dialog.activateWindow()
    dialog.compare.setFocus()
    qtbot.waitUntil(dialog.compare.hasFocus)
    dialog.show_work("Measuring …", busy=True)
    assert dialog.list.hasFocus()
    dialog.show_work("There are too few images.")
    assert dialog.state == "There are too few images."
    dialog.use_asked.disconnect()
    dialog.use.click()
    assert not dialog.state, "that was about something else"


def test_a_button_of_the_models_that_goes_hands_the_keyboard_to_the_list(
    opened: Workbench, qtbot: QtBot
) -> None:
    """With *Delete* it went to *Add a file…*, with *Restore* to what was next."""
    qtbot.waitUntil(lambda: opened.context.active_model is not None, timeout=8000)
    card = opened.context.active_model
    assert card is not None
    dialog = ModelsDialog(read_only=False)
    qtbot.addWidget(dialog)
    dialog.show()
    for button, deleted in ((dialog.delete, False), (dialog.restore, True)):
        row = ModelRow(replace(card, name="old"), 1, deleted=deleted)
        dialog.show_models([row])
        dialog.choose(row.key)
        dialog.activateWindow()
        button.setFocus()
        qtbot.waitUntil(button.hasFocus)
        dialog.show_models([ModelRow(replace(card, name="old"), 1, deleted=not deleted)])
        assert not button.isVisible()
        assert dialog.list.hasFocus()


def test_titles_of_dialogs_are_not_made_longer(opened: Workbench, qapp: QApplication) -> None:
    """*Classes of the m… ynseg-annotator*: Qt adds a display name to every title."""
    name = qapp.applicationName()
    try:
        qapp.setApplicationName("another")
        assert qapp.applicationDisplayName() == "another", "none is set apart from the name"
    finally:
        qapp.setApplicationName(name)
    assert "dynseg-annotator" in opened.window.windowTitle()


def test_the_button_of_a_message_leaves_the_keyboard_to_the_canvas(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    """With the message it went to the badge: Enter opened the list of models."""
    window, _, _ = two
    done: list[str] = []

    def show(key: str) -> MessageRow:
        action = MessageAction("Do it", lambda: done.append(key))
        window.context.messages.show(Level.WARN, "Something is to do.", action=action, key=key)
        rows = bar(window).findChildren(MessageRow)
        row = next(row for row in rows if row.message.key == key)
        QWidget.setTabOrder(row.action_button, window.parts.class_panel.new_name)
        return row

    QTest.mouseClick(show("mouse").action_button, LEFT)
    assert window.parts.canvas.hasFocus()
    button = show("keys").action_button
    button.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert window.parts.canvas.hasFocus()
    assert done == ["mouse", "keys"]


def test_c12_many_deleted_at_once_are_counted_with_the_way_back(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    """Nobody is asked first, and nothing said how many went."""
    window, bolt, _ = two
    shapes = [Instance(bolt, square(20 + 40 * at, 20)) for at in range(3)]
    window.context.session.apply("Paste", lambda image: image.with_instances(shapes))
    for delete in (
        window.parts.actions["delete"].trigger,
        lambda: QTest.keyClick(window.parts.canvas, Qt.Key.Key_Delete),  # the canvas' own
    ):
        window.parts.actions["select-all"].trigger()
        window.window.status_line.set_hint("")
        delete()
        assert not document(window).instances
        assert window.window.status_line.hint == "3 shapes are deleted; Ctrl+Z brings them back"
        window.parts.actions["undo"].trigger()
        qtbot.waitUntil(lambda: len(document(window).instances) == 3)
