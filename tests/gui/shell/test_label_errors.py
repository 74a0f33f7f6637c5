"""The list of disputed labels leads to them (E7)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.gui.shell.proposing import propose

from dynseg.annotation import edits
from dynseg.annotation.document import ImageState
from dynseg.label_errors import looked
from dynseg.label_errors.looked import Looked
from dynseg.review.disputes import Dispute, Kind, Verdicts, save
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs.disputes_dialog import DisputesDialog
from dynseg_annotator.jobs.label_errors import LabelErrorSearch
from dynseg_annotator.panels.message_bar import MessageBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def review(window: Workbench, number: int, qtbot: QtBot) -> int:
    """Give an image a shape and review it."""
    image_id = propose(window, number, 0.9)
    window.navigation.open(image_id)
    qtbot.waitUntil(lambda: window.parts.canvas.accepts_gestures)
    window.context.session.apply("Review", edits.set_state(ImageState.REVIEWED))
    window.context.session.flush()
    store = window.context.store
    assert store is not None
    # Disputes are of a revision: that of the review has to be in the project.
    qtbot.waitUntil(lambda: store.annotation(image_id).state is ImageState.REVIEWED)
    return image_id


def test_e7_a_click_shows_what_is_disputed_and_a_change_settles_it(
    opened: Workbench, qtbot: QtBot
) -> None:
    opened.classes.add("bolt")
    qtbot.waitUntil(lambda: len(opened.context.classes) == 1)
    first, second = (review(opened, number, qtbot) for number in (0, 1))
    store = opened.context.store
    assert store is not None
    opened.parts.actions["label-errors"].trigger()
    dialog = opened.window.findChild(DisputesDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.state.startswith("Nobody has looked yet"))
    shape = store.annotation(first).instances[0]
    save(
        store.layout,
        Verdicts([
            Dispute(first, store.annotation(first).revision, Kind.NOTHING_THERE, 0.9,
                    shape.bounds, shape.id),
            Dispute(second, store.annotation(second).revision, Kind.MISSING, 0.5,
                    (40.0, 40.0, 60.0, 60.0), says="bolt"),
        ], 0.7, 2),
    )  # fmt: skip
    opened.label_errors.refresh()
    qtbot.waitUntil(lambda: dialog.list.count() == 2)
    assert dialog.list.item(1).text() == "img_1.jpg: no shape where the model sees bolt (50%)"
    dialog.list.setCurrentRow(0)
    session = opened.context.session
    qtbot.waitUntil(lambda: session.image_id == first and bool(session.selection.ids))
    assert list(session.selection.ids) == [shape.id]
    session.apply("Delete", edits.remove([shape.id]))
    qtbot.waitUntil(lambda: dialog.list.count() == 1)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: session.image_id == second)


def test_the_list_keeps_its_line_while_others_are_settled(qtbot: QtBot) -> None:
    dialog, went = DisputesDialog(), list[Dispute]()
    qtbot.addWidget(dialog)
    dialog.chosen.connect(went.append)
    found = [Dispute(n, 1, Kind.MISSING, 1 - n / 9, (0.0, 0.0, 9.0, 9.0)) for n in range(5)]
    names = {n: f"{n}.jpg" for n in range(5)}
    dialog.show_disputes(Verdicts(found, 0.7, 5), names)
    dialog.list.setCurrentRow(3)
    dialog.show_disputes(Verdicts([*found[:1], *found[2:]], 0.7, 5), names)
    assert dialog.list.currentRow() == 2, "the same image as before"
    dialog.show_disputes(Verdicts([found[0], found[2], found[4]], 0.7, 5), names)
    assert dialog.list.currentRow() == 1, "an arrow goes on to the next"
    assert went == [found[3]]
    assert dialog.concerns(4)
    assert not dialog.concerns(3)


def test_a_search_tells_how_far_it_is_and_how_it_ended(qtbot: QtBot) -> None:
    program = (
        "print('{\"done\": 5, \"total\": 10}'); print('noise'); print('{\"disputes\": 3}')",
        "raise SystemExit(1)",
    )
    for code, expected in zip(program, (3, None), strict=True):
        search = LabelErrorSearch(command=[sys.executable, "-c", code])
        told: list[Looked] = []
        search.told.connect(told.append)
        with qtbot.waitSignal(search.ended, timeout=20_000) as ended:
            search.start(str(Path()), device="cpu")
        last: Looked = ended.args[0]
        assert last.disputes == expected
        assert not search.is_running
        if expected is None:
            assert "no label was changed" in last.message
        else:
            assert (told[0].done, told[0].total) == (5, 10)


def test_too_few_images_are_refused_without_a_process(opened: Workbench, qtbot: QtBot) -> None:
    """It was started, loaded torch and said so after twenty seconds."""
    opened.classes.add("bolt")
    qtbot.waitUntil(lambda: len(opened.context.classes) == 1)
    review(opened, 0, qtbot)
    opened.label_errors.begin()
    assert not opened.label_errors.search.is_running
    assert not opened.window.status_line.has_jobs
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    (said,) = (shown for shown in bar.shown_messages if shown.key == "label-errors")
    assert "from 6 reviewed images on; there are 1" in said.text


def test_a_search_is_in_sight_with_its_list_closed_and_can_be_stopped_there(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes an hour: whoever closed the window or changed the language lost it unasked."""
    controller, line = opened.label_errors, opened.window.status_line
    code = 'import time; print(\'{"done": 5, "total": 10}\', flush=True); time.sleep(60)'
    controller.search._command = [sys.executable, "-c", code]
    monkeypatch.setattr(looked, "LEAST_IMAGES", 0)
    controller.begin()
    assert line.has_jobs
    qtbot.waitUntil(lambda: line._job.text() == "Looking for label errors 5 of 10", timeout=20_000)
    assert not opened.closing.may_be_remade()
    line._stop.click()
    assert not controller.search.is_running
    assert not line.has_jobs


def test_a_search_that_runs_is_not_said_to_be_still_to_come(qtbot: QtBot) -> None:
    """*Nobody has looked yet* stood above its progress, which made the text scroll."""
    dialog = DisputesDialog()
    qtbot.addWidget(dialog)
    dialog.show_disputes(None, {})
    dialog.show()
    assert dialog.state.startswith("Nobody has looked yet")
    dialog.show_progress(0, 0, runs=True)
    assert dialog.state.startswith("It looks for errors")
    bar = dialog._area.verticalScrollBar()
    qtbot.waitUntil(lambda: dialog._bar.isVisible() and bar.maximum() == 0)
    dialog.show_progress(0, 0, runs=False)
    assert dialog.state.startswith("Nobody has looked yet")
    dialog.show_disputes(Verdicts([], 0.7, 5), {})
    dialog.show_progress(0, 0, runs=True)
    assert "Nothing is disputed any more" in dialog.state
    assert "It looks for errors" in dialog.state
