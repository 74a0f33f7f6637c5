"""The list of shapes: its orders, and what its title says."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from dynseg.annotation import edits
from dynseg.annotation.document import Annotation, Instance, Origin
from dynseg.geometry.part import Part, ring
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.canvas.view import ViewTransform
from dynseg_annotator.itemmodels.instances import Column, InstanceListModel
from dynseg_annotator.panels.instance_panel import InstancePanel, stretches
from dynseg_annotator.session.selection import Selection
from dynseg_annotator.session.visibility import Visibility

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "grabbing the keyboard", "raise")


def shape(name: str, side: float, class_id: int, score: float | None) -> Instance:
    corners = [(20, 20), (20 + side, 20), (20 + side, 20 + side), (20, 20 + side)]
    origin = Origin.HUMAN if score is None else Origin.MODEL
    return Instance(class_id, (Part(ring(corners)),), origin=origin, score=score, id=name)


@pytest.fixture
def window(opened: Workbench, qtbot: QtBot) -> Workbench:
    """Four shapes, from the bottom to the top: a, b, c, d."""
    for name in ("bolt", "nut"):
        opened.classes.add(name)
    qtbot.waitUntil(lambda: len(opened.context.classes) == 2)
    bolt, nut = (label.id for label in opened.context.classes.labels)
    made = [
        shape("a", 40, nut, 0.9),
        shape("b", 10, bolt, 0.3),
        shape("c", 30, nut, None),
        shape("d", 20, bolt, 0.5),
    ]
    opened.context.session.apply("Pre-label", edits.replace_all(made))
    return opened


def listed(window: Workbench) -> str:
    model = window.parts.instances
    return "".join(model.id_at(row) for row in range(model.rowCount()))


def click(window: Workbench, column: Column) -> None:
    header = window.parts.instance_panel.view.header()
    place = QPoint(header.sectionViewportPosition(column) + 8, header.height() // 2)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_on_a_title_sorts_then_turns_it_round_then_gives_it_up(window: Workbench) -> None:
    assert listed(window) == "dcba"
    for column, orders in (
        (Column.SCORE, ("bdac", "adbc", "dcba")),
        (Column.NAME, ("dbca", "cadb", "dcba")),
        (Column.ORIGIN, ("cdba", "dbac", "dcba")),
    ):
        for order in orders:
            click(window, column)
            assert listed(window) == order, column
    click(window, Column.EYE)
    assert listed(window) == "dcba"


def test_the_smallest_come_first_also_on_the_next_image(window: Workbench, qtbot: QtBot) -> None:
    panel = window.parts.instance_panel
    panel.view.header().customContextMenuRequested.emit(QPoint(5, 5))
    (menu,) = panel.findChildren(QMenu)
    (smallest,) = (a for a in menu.actions() if "smallest" in a.text().replace("&", ""))
    smallest.trigger()
    menu.close()
    assert listed(window) == "bdca"
    window.context.session.selection.set(["b"])
    assert panel.view.currentIndex().row() == 0, "the selection follows"
    window.context.session.apply("Delete", edits.remove(["b"]))
    assert listed(window) == "dca"
    tip = window.parts.instances.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "400 px²" in tip
    first = window.context.session.image_id
    window.parts.actions["next-image"].trigger()
    qtbot.waitUntil(lambda: window.context.session.image_id != first)
    window.context.session.apply("Draw", edits.add(shape("x", 50, 0, None)))
    window.context.session.apply("Draw", edits.add(shape("y", 5, 0, None)))
    window.context.session.apply("Draw", edits.add(shape("z", 9, 0, None)))
    assert listed(window) == "yzx"


def test_the_title_says_how_many_there_are_and_are_selected(window: Workbench) -> None:
    dock = window.window.dock("instances")
    assert dock.note == "4"
    window.context.session.selection.set(["a"])
    assert dock.note == "4"
    window.parts.actions["select-all"].trigger()
    assert dock.note == "4, 4 selected"
    window.context.visibility.set_hidden(["a", "b"], True)
    assert dock.note.endswith("2 hidden")


def test_every_origin_is_shown_whole(window: Workbench) -> None:
    view, model = window.parts.instance_panel.view, window.parts.instances
    window.context.session.apply("Accept", edits.accept(["a", "b", "c", "d"]))
    for column, text in ((Column.ORIGIN, "accepted"), (Column.SCORE, "0.90")):
        index = next(i for i in (model.index(row, column) for row in range(4)) if i.data() == text)
        assert view.sizeHintForIndex(index).width() <= view.columnWidth(column)


def test_stretches_of_rows() -> None:
    assert stretches([]) == []
    assert stretches([0, 1, 2, 5, 7, 8]) == [(0, 2), (5, 5), (7, 8)]


class Counting(InstanceListModel):
    """Counts how often it is asked for a cell, each time for the number of columns first."""

    asked = 0

    def columnCount(self, *parent: QModelIndex | QPersistentModelIndex) -> int:
        self.asked += 1
        return super().columnCount(*parent)


def test_a_head_asks_for_no_cell_of_what_is_selected(qtbot: QtBot) -> None:
    visibility, selection = Visibility(), Selection()
    model = Counting(visibility)
    panel = InstancePanel(model, selection=selection, visibility=visibility)
    qtbot.addWidget(panel)
    many = tuple(shape(f"s{n}", 10, 1, None) for n in range(600))
    model.set_annotation(Annotation(1, 90, 90, many))
    with qtbot.waitExposed(panel):
        panel.show()
    selection.set(item.id for item in many)
    assert len(panel.view.selectionModel().selectedRows()) == 600
    model.asked = 0
    panel.view.header().viewport().repaint()
    assert model.asked < 600, "not every row once for each column"


def test_the_shapes_of_another_image_are_shown_from_the_first_one(
    window: Workbench, qtbot: QtBot
) -> None:
    """They began wherever those of the image before had been left."""
    session, store = window.context.session, window.context.store
    assert store is not None
    nut = window.context.classes.labels[1].id
    bar = window.parts.instance_panel.view.verticalScrollBar()
    first, second = (image.id for image in store.images()[:2])
    for image_id in (second, first):
        window.navigation.open(image_id)
        qtbot.waitUntil(lambda image_id=image_id: session.image_id == image_id)  # type: ignore[misc]
        many = [shape(f"{image_id}-{n}", 20 + n, nut, 0.9) for n in range(80)]
        session.apply("Paste", lambda image, many=many: image.with_instances(many))  # type: ignore[misc]
    qtbot.waitUntil(lambda: bar.maximum() > 40)
    bar.setValue(40)
    session.apply("Draw shape", edits.add(shape("new", 12, nut, None)))
    qtbot.waitUntil(lambda: window.parts.instances.rowCount() == 81)
    assert bar.value() == 40, "an edit leaves it where it is"
    session.flush()
    window.navigation.open(second)
    qtbot.waitUntil(lambda: session.image_id == second)
    assert bar.value() == 0


@pytest.mark.parametrize(("left", "moves"), [(38.0, True), (21.0, False), (25.0, False)])
def test_a_shape_of_which_an_edge_is_seen_is_brought_into_sight(
    window: Workbench, left: float, moves: bool
) -> None:
    """Shape c goes from 20 to 50; the view begins at `left`, so a part of c is cut off."""
    camera = window.parts.canvas.camera
    scale = camera.view_size[0] / 60
    before = ViewTransform(scale, -left * scale, -10 * scale)
    camera.set_view(before)
    before = camera.view
    window.navigation.bring_into_sight("c")
    assert (camera.view != before) is moves
