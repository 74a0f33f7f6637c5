"""Where a run of the window trains: here, or on the cluster of the settings (L7)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from dynseg.progress import CancelToken, Progress, Report
from dynseg.sample.generate import generate
from dynseg.training import launch
from dynseg.training.events import Advanced, RunStarted
from dynseg.training.run import RunFolder
from dynseg_annotator.application.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def asked(opened: Workbench, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, str]]]:
    """What was asked of the engine: device and cluster of each run."""
    runs: list[tuple[str, str]] = []
    devices: list[str] = []

    def prepare(store: Any, registry: Any, config: Any, **_: Any) -> RunFolder:
        devices.append(config.device)
        return RunFolder(store.layout.runs / "one")

    def start(run: RunFolder, *, cluster: str = "") -> int:
        run.path.mkdir(parents=True, exist_ok=True)
        run.update(state="running", pid=1)
        runs.append((devices[-1], cluster))
        return 1

    monkeypatch.setattr(launch, "prepare", prepare)
    monkeypatch.setattr(launch, "start", start)
    yield runs
    opened.context.training.release()


def test_l7_without_an_address_there_is_nothing_to_choose(
    opened: Workbench, asked: list[tuple[str, str]], qtbot: QtBot
) -> None:
    panel = opened.parts.training_panel
    opened.context.settings.set("device", "cpu")
    assert not panel.place.isVisibleTo(panel)
    opened.training.start("quick")
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [("cpu", "")]


def test_l7_with_an_address_the_cluster_trains_unless_it_is_unchecked(
    opened: Workbench, asked: list[tuple[str, str]], qtbot: QtBot
) -> None:
    panel, settings = opened.parts.training_panel, opened.context.settings
    settings.set("device", "cpu")
    settings.set("cluster", " head:6379 ")
    assert panel.place.isVisibleTo(panel)
    assert "head:6379" in panel.place.toolTip()
    for checked, expected in ((True, ("auto", "head:6379")), (False, ("cpu", ""))):
        asked.clear()
        panel.place.setChecked(checked)
        panel.run_preparing()
        assert not panel.place.isVisibleTo(panel), "a run goes on"
        opened.training.start("quick")
        qtbot.waitUntil(lambda: bool(asked))
        assert asked == [expected]
        panel.run_stopped()
    settings.set("cluster", "")
    assert not panel.place.isVisibleTo(panel)
    assert panel.place.cluster() == ""


def test_the_next_project_sees_nothing_of_a_run_that_goes_on(
    opened: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "other"
    generate(other, images=2, seed=1)
    panel = opened.parts.training_panel
    panel.take(RunStarted(epochs=3, images=5, val_images=1, device="cpu"))
    assert not panel.train.isVisibleTo(panel)
    opened.frame.open(other)
    qtbot.waitUntil(
        lambda: opened.context.store is not None and opened.context.store.root == other,
        timeout=8000,
    )
    assert panel.train.isVisibleTo(panel)


def test_a_training_past_its_time_is_nearly_done_everywhere(opened: Workbench) -> None:
    """The line at the bottom and the title said *100 %, 0 s left* for minutes."""
    dock, line = opened.window.dock("training"), opened.window.status_line._training
    opened.training._event(Advanced(share=0.5, eta_s=60.0))
    assert dock.note == "50 %, 1 min left"
    opened.training._event(Advanced(share=1.0, eta_s=0.0))
    assert dock.note == "nearly done"
    assert line.text() == "training nearly done"
    assert opened.parts.training_panel.run._stage.text() == "Training, nearly done"


def test_a_training_that_is_prepared_is_no_model_that_waits(
    opened: Workbench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Title and line at the bottom spoke of the run before until the new one had begun."""
    dock, line = opened.window.dock("training"), opened.window.status_line._training
    opened.training._say_state("a new model waits")
    monkeypatch.setattr(opened.context.background, "run_reporting", lambda *_, **__: None)
    opened.training.start("quick")
    assert dock.note == line.text() == "preparing a training"
    opened.training.stop()
    assert dock.note == line.text() == ""
    opened.training.start("quick")
    opened.training._starting = False
    opened.training._not_started("The disk is full.")
    assert dock.note == line.text() == ""


def test_copying_what_is_learned_from_says_how_far_it_is(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepare(*_: Any, report: Report, cancel: CancelToken) -> RunFolder:
        report(Progress("Exporting", 300, 1200, eta_s=95.0))
        while True:
            cancel.check()
            time.sleep(0.01)

    monkeypatch.setattr(launch, "prepare", prepare)
    panel = opened.parts.training_panel
    panel.run_preparing()
    opened.training.start("quick")
    facts = panel.run._facts
    qtbot.waitUntil(lambda: facts.text() == "300 of 1,200 images are copied, 2 min left")
    assert (panel.run._bar.value(), panel.run._bar.maximum()) == (300, 1200)
    assert panel.run._facts.isVisibleTo(panel)
    # It said *1 s left* for as long as the process took to start: a minute on a busy computer.
    panel.run.copying(Progress("Exporting", 1200, 1200, eta_s=0.0))
    assert facts.text() == "All images are copied; the training is being started …"
    assert panel.run._bar.maximum() == 0
    opened.training.stop()
    assert not panel.run._facts.isVisibleTo(panel)
