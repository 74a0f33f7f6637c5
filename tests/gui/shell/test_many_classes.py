"""Projects with many classes whose names are long, and begin alike."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QModelIndex, QRect
from PySide6.QtWidgets import QLabel, QTreeView
from pytestqt.qtbot import QtBot

from dynseg.annotation.classes import ClassLabel, ClassTable
from dynseg.annotation.document import Annotation, Instance
from dynseg.geometry.part import Part, ring
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.bars import Bars
from dynseg_annotator.dialogs.class_choice import ClassChoice
from dynseg_annotator.itemmodels.classes import ClassColumn, ClassListModel
from dynseg_annotator.panels.image_filter import ImageFilterForm
from dynseg_annotator.session.visibility import Visibility

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

SIDES = ("left front", "right front", "left rear", "right rear")
LONG = [f"Automotive brake calliper of the utility version, {side}" for side in SIDES]


def table(names: list[str]) -> ClassTable:
    return ClassTable(tuple(ClassLabel(i, name, "#0072b2") for i, name in enumerate(names)))


def test_a_long_name_does_not_widen_the_filters_of_images(qtbot: QtBot) -> None:
    widths = []
    for names in (["nut"], LONG):
        form = ImageFilterForm()
        qtbot.addWidget(form)
        form.set_classes(table(names))
        form.show()
        widths.append(form.minimumSizeHint().width())
    assert widths[0] == widths[1]


def test_a_long_name_leaves_room_for_the_bar_and_the_number(qtbot: QtBot) -> None:
    bars = Bars("Objects by class")
    qtbot.addWidget(bars)
    bars.show_rows([(name * 2, 12_345, "") for name in LONG])
    assert bars.minimumSizeHint().width() < layout.characters(bars, 70)
    labels = [label for label in bars.findChildren(QLabel) if label.toolTip()]
    assert [LONG[n] * 2 in label.toolTip() for n, label in enumerate(labels)] == [True] * 4
    assert len({label.text() for label in labels}) == 4, "they differ at their end"


def test_other_spellings_in_a_source_become_one_class(qtbot: QtBot) -> None:
    """The spelling of most shapes is offered; a typing error is left to the user."""
    choice = ClassChoice(table(["Bolt"]))
    qtbot.addWidget(choice)
    names = ("hex nut", "Hex_Nut", "bolt", "hex nutt")
    choice.set_names([(name, 9 - at) for at, name in enumerate(names)], {})
    assert choice.chosen() == {
        "hex nut": "hex nut",
        "Hex_Nut": "hex nut",
        "bolt": 0,
        "hex nutt": "hex nutt",
    }
    box = choice.box("hex nutt")
    box.setCurrentIndex(box.findText("New class hex nut"))
    assert choice.chosen()["hex nutt"] == "hex nut"
    again = ClassChoice(table(["Bolt"]))
    qtbot.addWidget(again)
    again.set_names([(name, 9) for name in names], choice.chosen())
    assert again.chosen() == choice.chosen()


def text_of(view: QTreeView, index: QModelIndex) -> QRect:
    """Where the name of a row is drawn, without what stands before it."""
    return view.visualRect(index).adjusted(layout.characters(view, 5), 0, 0, 0)


def test_names_that_begin_alike_can_be_told_apart_in_the_list(
    opened: Workbench, qtbot: QtBot
) -> None:
    store = opened.context.store
    assert store is not None
    for name in LONG:
        opened.parts.class_panel.class_added.emit(name)
    view = opened.parts.class_panel.view
    qtbot.waitUntil(lambda: view.model().rowCount() == 4)
    view.viewport().resize(view.viewport().size())
    drawn = []
    for row in range(1, 3):  # neither of them is the current class, which is bold
        view.setCurrentIndex(view.model().index(0, 0))
        index = view.model().index(row, 0)
        view.scrollTo(index)
        image = view.viewport().grab(text_of(view, index)).toImage()
        drawn.append(bytes(image.constBits()))
    assert drawn[0] != drawn[1]


def test_another_image_draws_its_counts_anew_and_nothing_else_of_the_classes(
    qtbot: QtBot,
) -> None:
    visibility = Visibility()
    model = ClassListModel(visibility)
    model.set_classes(table(["nut", "bolt"]))
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.column(), last.column())))
    square = Part(ring([(1, 1), (9, 1), (9, 9)]))
    before = Annotation(1, 20, 20, (Instance(0, (square,)),))
    model.set_annotation(before)
    assert told == [(ClassColumn.COUNT, ClassColumn.COUNT)]
    told.clear()
    model.follow_edit(before.with_instances([]))
    assert told == [(column, column) for column in (ClassColumn.COUNT, ClassColumn.TOTAL)]
    told.clear()
    model.set_current(1)
    visibility.set_class_hidden(1, True)
    assert told == [
        (ClassColumn.NAME, ClassColumn.NAME),
        (ClassColumn.EYE, ClassColumn.LOCK),
    ]
