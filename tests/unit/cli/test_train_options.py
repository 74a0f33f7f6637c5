"""`dynseg train` says which options it would not follow."""

from __future__ import annotations

import os
import platform
import re
import signal
import sys
import threading
from pathlib import Path

import pytest
from PIL import Image

from dynseg import processes
from dynseg.cli import main as cli
from dynseg.cli import train, train_live
from dynseg.cli.console import Console
from dynseg.project.store import Store
from dynseg.training.config import TrainConfig
from dynseg.training.events import Evaluated, FoldStarted, RunFinished, RunStarted
from dynseg.training.run import RunFolder, RunPlan


def test_options_that_a_run_was_begun_with_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    Store.create(tmp_path, images=tmp_path).close()
    command = ["train", str(tmp_path), "--resume", "last"]
    assert cli.main([*command, "--epochs", "50", "--from", "starter"]) == 2
    said = capsys.readouterr().err
    assert "A run that goes on keeps what it was begun with." in said
    assert "Leave out --from and --epochs." in said
    assert cli.main(command) == 2
    assert "There is no run last" in capsys.readouterr().err


def test_options_that_live_learning_has_no_use_for_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["train", str(tmp_path), "--live", "--imgsz", "640", "--seed", "3"]) == 2
    assert "Leave out --imgsz and --seed." in capsys.readouterr().err


def with_learner(root: Path, does: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A project, and a learner that does nothing but this."""
    Image.new("RGB", (8, 8)).save(root / "a.png")
    Store.create(root, images=root).close()
    command = [sys.executable, "-c", does]
    monkeypatch.setattr(train_live, "command", lambda kind: command)


def test_a_learner_that_ends_by_itself_is_a_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The system ends a program for want of memory without a word of its own."""
    with_learner(tmp_path, "import os; os._exit(137)", monkeypatch)
    assert cli.main(["train", str(tmp_path), "--live"]) == 1
    assert "ended without a word" in capsys.readouterr().err


def test_a_learner_that_ends_with_this_program_is_none(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who ends a group of processes ends both at once."""
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    Store.create(tmp_path, images=tmp_path).close()
    ends = [sys.executable, "-c", "import os; os._exit(143)"]
    monkeypatch.setattr(train_live, "command", lambda kind: ends)

    signals = [signal.SIGTERM]

    def runs(_self: object) -> bool:
        if signals:
            signal.raise_signal(signals.pop())
        return False

    monkeypatch.setattr(train_live._Watched, "runs", property(runs))
    cli.main(["train", str(tmp_path), "--live"])
    assert "ended without a word" not in capsys.readouterr().err


@pytest.mark.parametrize("how", [["--resume", "last"], []], ids=["resumed", "new"])
def test_a_run_of_another_computer_is_waited_for_and_not_taken_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], how: list[str]
) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    with Store.create(tmp_path, images=tmp_path) as store:
        run = RunFolder(store.layout.runs / "20260101-000000-quick")
    run.data_yaml.parent.mkdir(parents=True)
    run.data_yaml.touch()
    run.save_plan(RunPlan(config=TrainConfig(), parent="p", snapshot="s", created_s=1.0))
    run.update(state="running", pid=7, host="attic")
    over = threading.Event()

    def beat() -> None:
        number = 0
        while not over.wait(0.02):
            number += 1
            (run.path / "heartbeat").write_text(f"{number}\n")

    beating = threading.Thread(target=beat)
    beating.start()
    try:
        assert cli.main(["train", str(tmp_path), *how]) == 1
    finally:
        over.set()
        beating.join()
    said = capsys.readouterr()
    waited = "waiting for a sign of life of the run 20260101-000000-quick on attic"
    assert waited in said.out + said.err
    assert re.search("going on (already, )?on the computer attic", said.err)
    assert run.status().state == "running"


def test_a_run_that_outlived_its_command_is_followed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As after a connection broke; what it ends with right then is heard, too."""
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    with Store.create(tmp_path, images=tmp_path) as store:
        run = RunFolder(store.layout.runs / "20260101-000000-quick")
    run.path.mkdir(parents=True)
    run.save_plan(RunPlan(config=TrainConfig(), parent="p", snapshot="s", created_s=1.0))
    mine = {"pid": os.getpid(), "process_started_s": processes.begun_s(os.getpid())}
    run.update(state="running", host=platform.node(), model="nuts-1", **mine)
    run.emit(RunFinished("m.safetensors", 0.5, 0.4, 0.3, 0.2, 60.0))
    assert cli.main(["train", str(tmp_path), "--resume", "last"]) == 0
    said = capsys.readouterr().out
    assert "goes on already and is followed; Ctrl-C stops it" in said
    assert "mAP50 0.300 -> 0.500" in said


def test_a_learner_that_handed_nothing_out_has_kept_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_learner(tmp_path, "import sys; sys.stdin.readline()", monkeypatch)
    assert cli.main(["train", str(tmp_path), "--live", "--time", "0.01"]) == 0
    said = capsys.readouterr().out
    assert "No weights were good enough to be kept" in said
    assert "stay in .dynseg/live" not in said


@pytest.mark.parametrize(("measured", "on"), [(10, "all 10"), (5, "5 of the 10")])
def test_what_measured_before_all_images_taught_is_said(
    measured: int, on: str, capsys: pytest.CaptureFixture[str]
) -> None:
    console = Console()
    for event in (
        RunStarted(epochs=1, images=10, val_images=measured, device="cpu", folds=2),
        FoldStarted(2, 2, 5),
        Evaluated("after", 0.5, 0.4, {}, images=measured, folds=2, reviewed=10),
    ):
        train._tell(event, "", console)
    said = capsys.readouterr().out
    assert f"10 images train, {measured} of them after they have measured, on cpu" in said
    assert "first without 5 images, which then measure (2 of 2)" in said
    assert f"measured on {on} reviewed images, by both models as they were before" in said
