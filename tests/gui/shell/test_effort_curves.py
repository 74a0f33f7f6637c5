"""The window with the work on proposals as curves (E6)."""

from __future__ import annotations

import time

import pytest
from pytestqt.qtbot import QtBot
from tests.gui.shell.class_work import shape

from dynseg.annotation import class_edits, edits
from dynseg.review.effort import Effort
from dynseg_annotator.application.labels import effort
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.effort_dialog import EffortDialog
from dynseg_annotator.panels.effort_charts import EffortCharts, summary

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

ONE = Effort(images=1, objects=1, offered=1, unchanged=1, gestures=1, overlap=1.0)


def test_the_dialog_grows_with_the_curves_that_come_after_it_is_shown(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(_: object) -> list[Effort]:
        time.sleep(0.3)  # a long history
        return [ONE] * 12

    monkeypatch.setattr(effort, "_all", read)
    opened.effort.show_curves()
    dialog = opened.window.findChild(EffortDialog)
    assert dialog is not None
    curves = dialog.findChild(EffortCharts)
    assert curves is not None
    qtbot.waitUntil(lambda: curves.time is not None and curves.time.isVisible())
    assert curves.time is not None
    height = curves.time.height
    qtbot.waitUntil(lambda: dialog.height() > 4 * height())
    assert dialog._area.verticalScrollBar().maximum() == 0, "all three curves are in sight"


def test_statistics_load_what_draws_curves_only_where_curves_are_in_sight(
    opened: Workbench, qtbot: QtBot
) -> None:
    """Loading it kept the window for half a second when statistics were opened first."""
    opened.parts.actions["statistics"].trigger()
    dialog, curves = opened.statistics._dialog, opened.statistics._curves
    assert dialog is not None
    assert curves is not None
    qtbot.waitUntil(layout.main_button(dialog._box).isEnabled, timeout=8000)
    curves.show_efforts([ONE] * 12)
    assert "12 images" in curves.summary.text()
    assert curves.time is None
    dialog.tabs.setCurrentIndex(dialog.tabs.count() - 1)
    qtbot.waitUntil(lambda: curves.time is not None and curves.time.isVisible())
    dialog.reject()


def test_the_figures_follow_when_a_class_goes_and_comes_back(
    two: tuple[Workbench, int, int], qtbot: QtBot
) -> None:
    window, bolt, nut = two

    def line() -> str:
        return window.parts.training_panel.live._effort.text()

    first, second = shape("a", bolt, proposed=True), shape("b", nut, 120, proposed=True)
    assert window.context.session.apply("Propose", edits.add_many([first, second]))
    window.parts.actions["accept-all"].trigger()
    window.parts.actions["accept-image"].trigger()
    qtbot.waitUntil(lambda: "100%" in line())
    before = line()
    window.class_changes.change(class_edits.remove(bolt))
    qtbot.waitUntil(lambda: "2.0 steps" in line())
    window.class_changes.undo()
    qtbot.waitUntil(lambda: line() == before)


def test_one_is_one() -> None:
    assert summary([ONE]).startswith("Reviewed: 1 image with 1 object.")
