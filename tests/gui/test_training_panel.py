"""The training panel, fed with the events that a run writes."""

from __future__ import annotations

import math
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QPushButton, QSpinBox
from pytestqt.qtbot import QtBot

from dynseg.training import events
from dynseg.training.compared import Compared, changes_of
from dynseg.training.config import PRESETS
from dynseg_annotator import theme
from dynseg_annotator.dialogs.changes_dialog import ChangesDialog
from dynseg_annotator.panels import training_words as words
from dynseg_annotator.panels.training_panel import Phase, TrainingPanel
from dynseg_annotator.settings import Settings

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

STARTED = events.RunStarted(epochs=40, images=30, val_images=7, device="cpu")
FINISHED = events.RunFinished(
    model_path="/p/.dynseg/runs/1/candidate.safetensors",
    map50=0.52, map50_95=0.38, map50_before=0.41, map50_95_before=0.30, seconds=171.0,
)  # fmt: skip


def epoch(number: int, **changes: Any) -> events.EpochEnded:
    values: dict[str, Any] = {
        "epoch": number, "epochs": 40, "losses": {"box": 2.0 / number, "seg": 3.0 / number},
        "map50": 0.1 * number, "map50_95": None, "seconds": 4.0, "eta_s": 61.0,
        "memory_bytes": 2_100_000_000, "learning_rate": 6e-3,
    }  # fmt: skip
    return events.EpochEnded(**{**values, **changes})


@pytest.fixture
def panel(qtbot: QtBot) -> TrainingPanel:
    made = TrainingPanel(Settings())
    qtbot.addWidget(made)
    made.set_reviewed(37)
    return made


def said(panel: TrainingPanel) -> str:
    return "\n".join(
        label.text() for label in panel.findChildren(QLabel) if label.isVisibleTo(panel)
    )


def button(panel: TrainingPanel, text: str) -> QPushButton:
    return next(b for b in panel.findChildren(QPushButton) if b.text().replace("&", "") == text)


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_images_are_said_in_words(panel, count):
    panel.set_reviewed(count)
    assert not panel.train.isEnabled()
    assert f"Review {2 - count} more image" in said(panel)


def test_two_images_are_enough(panel):
    panel.set_reviewed(2)
    assert panel.train.isEnabled()
    assert panel.train.text() == "Train on 2 reviewed images"


def test_another_reason_is_said(panel):
    panel.set_reviewed(37, "The project is open read-only.")
    assert not panel.train.isEnabled()
    assert "The project is open read-only." in said(panel)


def test_every_preset_is_offered_with_words_and_remembered(qtbot):
    settings = Settings()
    panel = TrainingPanel(settings)
    qtbot.addWidget(panel)
    box = panel.findChild(QComboBox)
    assert box is not None
    assert [box.itemData(i) for i in range(box.count())] == list(PRESETS)
    for number in range(box.count()):
        box.setCurrentIndex(number)
        assert words.preset_prose(panel.preset()) in said(panel)
    assert settings.get("train_preset") == "thorough"
    settings.set("train_preset", "standard")
    assert panel.preset() == "standard"


def test_minutes_stand_in_for_the_time_of_the_preset_and_are_remembered(qtbot):
    settings = Settings()
    panel = TrainingPanel(settings)
    qtbot.addWidget(panel)
    minutes = panel.findChild(QSpinBox)
    assert minutes is not None
    assert (panel.presets.minutes(), minutes.text()) == (0, "as the preset")
    minutes.setValue(5)
    assert (panel.presets.minutes(), settings.get("train_minutes")) == (5, 5)
    assert words.preset_prose(panel.preset(), 5) in said(panel)
    assert "5 min in all" in said(panel)
    settings.set("train_minutes", 0)
    assert panel.presets.minutes() == 0
    assert words.preset_prose(panel.preset()) in said(panel)


def test_one_press_asks_for_a_run_and_a_second_is_not_possible(panel, qtbot):
    with qtbot.waitSignal(panel.train_requested) as asked:
        panel.train.click()
    assert asked.args == ["quick"]
    assert panel.phase is Phase.PREPARING
    assert panel.train.isHidden()


def test_a_run_is_shown_while_it_goes_on(panel):
    panel.show()
    panel.take(STARTED)
    assert "30 images to learn from, 7 to measure with, on CPU" in said(panel)
    panel.take(epoch(1))
    panel.take(events.Advanced(share=0.25, eta_s=95.0))
    assert "Training, 2 min left" in said(panel)
    assert panel.run._bar.value() == 250
    assert "Pass 1 on CPU, 4 s a pass, memory 2.1 GB, learning rate 0.006" in said(panel)
    assert panel.phase is Phase.RUNNING


def test_curves_have_every_epoch_also_those_out_of_sight(panel, qapp):
    panel.take(STARTED)
    panel.take(epoch(1))
    assert panel.run._charts is None
    panel.show()
    panel.take(epoch(2, map50_95=0.15))
    panel.hide()
    panel.take(epoch(3, map50=None))
    panel.show()
    charts: Any = panel.run._charts
    losses = charts.losses
    assert losses._points["seg"] == ([1, 2, 3], [3.0, 1.5, 1.0])
    assert charts.quality.latest() == pytest.approx({"mAP50": 0.2, "mAP50-95": 0.15})
    for scheme in ("dark", "light"):
        theme.apply(qapp, scheme)
        assert panel.grab().width() > 0


def test_a_second_run_starts_with_empty_curves(panel):
    panel.show()
    panel.take(STARTED)
    panel.take(epoch(1))
    panel.take(FINISHED)
    panel.train.click()
    panel.take(STARTED)
    panel.take(epoch(1, losses={"box": 9.0}))
    assert panel.run._charts.losses.latest() == {"box": 9.0}
    assert panel.result.isHidden()


def test_stop_is_asked_once(panel, qtbot):
    panel.take(STARTED)
    with qtbot.waitSignal(panel.stop_requested):
        button(panel, "Stop").click()
    assert not button(panel, "Stopping…").isEnabled()
    panel.take(events.RunStopped(epoch=3))
    assert panel.phase is Phase.IDLE
    assert "Stopped. The current model stays active." in said(panel)
    assert panel.train.isEnabled()


def test_learning_can_be_ended_before_its_time_with_a_result(panel, qtbot):
    panel.take(STARTED)
    assert not button(panel, "Finish now").isVisibleTo(panel)
    panel.take(events.Advanced(0.2, 60.0))
    with qtbot.waitSignal(panel.run.finish_pressed):
        button(panel, "Finish now").click()
    assert not button(panel, "Finishing…").isEnabled()
    panel.set_reviewed(38)  # somebody labels meanwhile
    assert not button(panel, "Finishing…").isEnabled()
    panel.take(epoch(1))
    assert "nearly done" in said(panel)
    panel.take(events.Evaluated("after", 0.52, 0.38, {}))
    assert not button(panel, "Finishing…").isVisibleTo(panel)
    panel.take(FINISHED)
    panel.train.click()
    panel.take(STARTED)
    panel.take(events.Advanced(0.2, 60.0))
    assert button(panel, "Finish now").isEnabled()


def test_a_run_that_was_stopped_went_on_and_is_done_was_not_stopped(panel):
    """So it is told again when the window opens."""
    panel.take(STARTED)
    panel.take(epoch(1))
    panel.take(events.RunStopped(epoch=1))
    panel.take(msgspec.structs.replace(STARTED, resumed=1))
    panel.take(FINISHED)
    assert "Stopped." not in said(panel)
    assert panel.result.isVisibleTo(panel)


def finished(panel: TrainingPanel, **changes: Any) -> None:
    panel.take(STARTED)
    panel.take(events.Evaluated("before", 0.41, 0.3, {"bolt": 0.5, "nut": 0.3, "ghost": 0.0}, 0.62))
    panel.take(events.Evaluated("after", 0.52, 0.38, {"bolt": 0.62, "nut": 0.28, "cog": 0.5}))
    values = {field: getattr(FINISHED, field) for field in FINISHED.__struct_fields__}
    panel.take(events.RunFinished(**{**values, **changes}))


def test_the_result_is_compared_by_class(panel):
    finished(panel)
    text = said(panel)
    assert "The new model is better: +0.080 mask mAP50-95." in text
    for line in ("bolt\n0.500\n0.620\n+0.120", "nut\n0.300\n0.280\n-0.020", "cog\n-\n0.500\n-"):
        assert line in text
    assert "Whatever class\n0.620\n-\n-" in text
    assert "ghost" not in text, "no validation image shows it"


def test_a_class_may_be_called_as_a_line_of_the_table(panel):
    panel.take(STARTED)
    panel.take(
        events.Evaluated("before", 0.41, 0.3, {"All classes": 0.1, "Whatever class": 0.2}, 0.62)
    )
    panel.take(events.Evaluated("after", 0.52, 0.38, {"All classes": 0.3, "Whatever class": 0.4}))
    panel.take(FINISHED)
    text = said(panel)
    for line in (
        "All classes\n0.100\n0.300",
        "Whatever class\n0.200\n0.400",
        "Whatever class\n0.620",
    ):
        assert line in text
    assert text.count("All classes\n") == 2


@pytest.mark.parametrize(("images", "few"), [(1, True), (4, True), (5, False), (0, False)])
def test_it_is_said_when_the_comparison_rests_on_few_images(panel, images, few):
    panel.take(STARTED)
    panel.take(events.Evaluated("before", 0.41, 0.3, {"bolt": 0.5}, images=images))
    panel.take(events.Evaluated("after", 0.52, 0.38, {"bolt": 0.6}, images=images))
    panel.take(FINISHED)
    text = said(panel)
    assert ("So few say little" in text) is few
    assert ("on the same 4 validation images" in text) is (images == 4)


@pytest.mark.parametrize("apart", [True, False])
def test_it_is_said_when_a_model_is_measured_on_what_it_learned_from(panel, apart):
    panel.take(STARTED)
    panel.take(events.Evaluated("before", 0.41, 0.3, {"bolt": 0.5}, images=87, apart=apart))
    panel.take(events.Evaluated("after", 0.52, 0.38, {"bolt": 0.6}, images=87, apart=apart))
    panel.take(FINISHED)
    assert ("none is kept for validation" in said(panel)) is not apart


def test_promote_and_keep(panel, qtbot):
    finished(panel)
    with qtbot.waitSignal(panel.promote_requested) as asked:
        panel.result.promote.click()
    assert asked.args == [FINISHED.model_path]
    assert not panel.result.keep.isEnabled()
    panel.promoted("round-1")
    assert "round-1 is the active model now." in said(panel)
    assert panel.result.promote.isHidden()
    finished(panel)
    with qtbot.waitSignal(panel.keep_requested):
        panel.result.keep.click()
    assert "The current model stays active." in said(panel)


def test_the_result_says_when_another_model_became_active_since(panel):
    finished(panel)
    panel.result.set_active_model("starter")
    assert "The new model is better" in said(panel), "nothing was promoted yet"
    panel.promoted("nuts-1")
    panel.result.set_active_model("nuts-1")
    assert "nuts-1 is the active model now." in said(panel)
    panel.result.set_active_model("starter")
    assert "nuts-1 was promoted; starter is the active model now." in said(panel)
    panel.result.set_active_model("nuts-1")
    assert "nuts-1 is the active model now." in said(panel)


@pytest.mark.parametrize("ended", [True, False])
def test_the_next_project_sees_nothing_of_a_run_of_this_one(panel, ended):
    panel.take(STARTED)
    panel.take(epoch(1))
    if ended:
        finished(panel)
    panel.forget()
    assert panel.phase is Phase.IDLE
    assert panel.train.isVisibleTo(panel)
    assert panel.result.isHidden()
    assert panel.run._charts is None or panel.run._charts.isHidden()
    panel.result.set_active_model("starter")
    assert panel.result.isHidden()


def test_a_refused_promotion_can_be_tried_again(panel):
    finished(panel)
    panel.result.promote.click()
    panel.run_failed("The model file is damaged.", "Train again.")
    assert panel.result.promote.isEnabled()
    assert "The model file is damaged." in said(panel)


def test_a_worse_model_proposes_to_keep_the_current_one(panel):
    finished(panel, map50_95=0.2)
    assert "is not better: -0.100" in said(panel)
    assert panel.result.keep.property("role") == "primary"
    assert panel.result.promote.isEnabled()


def test_a_model_with_a_problem_cannot_be_promoted(panel):
    finished(panel, problem="The new model answers nothing.")
    assert "The new model answers nothing." in said(panel)
    assert not panel.result.promote.isEnabled()
    assert "by hand" in panel.result.promote.toolTip()
    assert panel.result.keep.isEnabled()
    finished(panel)
    assert "by hand" not in panel.result.promote.toolTip()


def test_a_failure_is_said_with_its_remedy(panel):
    panel.train.click()
    panel.take(events.RunFailed("The disk is full.", "Free some space."))
    assert "The disk is full." in said(panel)
    assert "Free some space." in said(panel)
    assert panel.train.isEnabled()
    panel.train.click()
    assert "The disk is full." not in said(panel)


def test_texts_of_a_run_are_not_taken_as_markup(panel):
    panel.show()
    panel.take(STARTED)
    panel.take(epoch(1, losses={"<b>x</b>": 1.0}))
    assert "&lt;b&gt;x&lt;/b&gt;" in panel.run._charts.losses._legend.text()
    panel.take(events.RunLog("<img src=x>"))
    assert panel.run._log.toPlainText() == "<img src=x>"


def test_the_log_is_one_click_away(panel):
    assert panel.run._log_toggle.isHidden()
    panel.take(events.RunLog("epoch 1 done"))
    panel.run._log_toggle.click()
    assert not panel.run._log.isHidden()


def test_values_that_are_no_numbers_are_dashes():
    assert words.score(math.nan) == "-"
    assert words.change(None, 0.5) == "-"
    assert words.verdict(math.nan, 0.5)[0] == "info"
    assert words.verdict(0.5, 0.5001)[0] == "info"


def test_a_model_that_finds_nothing_is_not_called_better_than_one_without_classes():
    level, text = words.verdict(0.0, 0.004, (0.84, 0.01))
    assert level == "warn"
    assert "not learned enough" in text
    level, text = words.verdict(0.0, 0.07, (0.80, 0.44))
    assert level == "warn", "it would find half of what is found now"
    assert "0.44, 0.80 before" in text
    assert words.verdict(0.0, 0.6, (0.84, 0.8))[0] == "ok"
    assert words.verdict(0.3, 0.4, (0.84, 0.6))[0] == "ok", "both know the classes"
    assert words.verdict(0.3, 0.1, (0.84, 0.6)) == words.verdict(0.3, 0.1)


def test_the_decision_is_in_sight_and_its_buttons_are_whole(panel, qtbot):
    panel.resize(300, 260)
    panel.show()
    qtbot.waitExposed(panel)
    panel.take(STARTED)
    panel.take(epoch(1))
    bar = panel._area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    finished(panel)
    qtbot.waitUntil(lambda: bar.value() == 0)
    for pressed in (panel.result.promote, panel.result.keep, panel.result.pictures):
        qtbot.waitUntil(lambda b=pressed: b.width() >= b.sizeHint().width())
    table = panel.result._table
    qtbot.waitUntil(lambda: table.height() >= table.sizeHint().height())
    top = panel.result.mapTo(panel, panel.result.rect().topLeft()).y()
    assert 0 <= top < 60
    below = [
        b.mapTo(panel, b.rect().bottomLeft()).y() for b in (panel.result.promote, panel.result.keep)
    ]
    assert max(below) < 180, "a window of 720 pixels leaves no more"


def test_the_wheel_over_a_curve_scrolls_the_panel(panel, qtbot):
    panel.resize(300, 260)
    panel.show()
    qtbot.waitExposed(panel)
    panel.take(STARTED)
    panel.take(epoch(1))
    bar = panel._area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    plot = panel.run._charts.losses._plot
    at = QPointF(plot.mapTo(panel, plot.rect().center()))
    QTest.wheelEvent(panel.windowHandle(), at, QPoint(0, -120))
    qtbot.waitUntil(lambda: bar.value() > 0)


def test_losses_of_other_tasks_are_left_out(panel):
    panel.show()
    panel.take(STARTED)
    panel.take(epoch(1, losses={"box_loss": 2.0, "sem_loss": 0.0}))
    panel.take(epoch(2, losses={"box_loss": 0.0, "sem_loss": 0.0}))
    assert panel.run._charts.losses.latest() == {"box": 0.0}


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.2, "1 s"), (59, "59 s"), (61, "1 min"), (3600, "1 h"), (4000, "1 h 07 min"), (None, "")],
)
def test_times_are_for_people(seconds, text):
    assert words.duration(seconds) == text


def test_plotting_is_loaded_when_there_is_something_to_plot():
    program = (
        "import sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "from dynseg_annotator.panels.training_panel import TrainingPanel\n"
        "from dynseg_annotator.settings import Settings\n"
        "panel = TrainingPanel(Settings())\n"
        "panel.show()\n"
        "print([name for name in ('pyqtgraph', 'torch', 'cv2') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_the_guide_has_the_times_of_the_presets():
    text = (files("dynseg_resources") / "guide" / "training.md").read_text(encoding="utf-8")
    for preset, values in PRESETS.items():
        limit = words.duration(values.time_limit_min * 60)
        assert f"| {words.PRESET_NAMES[preset]} | {limit} |" in text


def test_that_a_run_drew_nothing_is_not_called_no_difference(qtbot: QtBot, tmp_path: Path) -> None:
    """A run of a short time leaves the pictures out."""
    dialogs = ChangesDialog(changes_of(tmp_path)), ChangesDialog([])
    for dialog, says in zip(dialogs, ("time was over", "differ"), strict=True):
        qtbot.addWidget(dialog)
        assert any(says in label.text() for label in dialog.findChildren(QLabel)[1:])


def test_i7_pictures_of_what_changed_have_captions(qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "changes"
    folder.mkdir()
    picture = QPixmap(40, 20)
    picture.fill(QColor("red"))
    picture.save(str(folder / "1.png"))
    colours = (("螺母 <M4>", "#336699"), ("", "#707070"))
    changes = [
        Compared("1.png", "a.jpg", 0.42, 0.71, colours=colours),
        Compared("1.png", "c.jpg", 0.42, 0.3, part=True),
        Compared("../../etc", "b.jpg", 0.5, 0.4),
    ]
    (folder / "changes.json").write_bytes(msgspec.json.encode(changes))
    dialog = ChangesDialog(changes_of(tmp_path))
    qtbot.addWidget(dialog)
    assert dialog.captions == [
        "a.jpg: 0.42 → 0.71, better",
        "c.jpg, a part: 0.42 → 0.30, worse",
    ]
    (legend,) = (
        label.text()
        for label in dialog.findChildren(QLabel)
        if label.textFormat() is Qt.TextFormat.RichText
    )
    assert "螺母 &lt;M4&gt;" in legend
    assert "object" in legend


def test_pictures_say_when_classes_do_not_count_in_them(qtbot: QtBot, tmp_path: Path) -> None:
    """The card said “better by .66”, and each of its pictures “worse”."""

    def says(agnostic: bool) -> bool:
        change = Compared("1.png", "a.jpg", 0.9, 0.6, agnostic=agnostic)
        dialog = ChangesDialog([(change, tmp_path / "1.png")])
        qtbot.addWidget(dialog)
        return any("outlines alone" in label.text() for label in dialog.findChildren(QLabel))

    assert (says(True), says(False)) == (True, False)
