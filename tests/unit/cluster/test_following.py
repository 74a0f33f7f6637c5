"""The process that stands for a run in a cluster; without Ray."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dynseg import processes
from dynseg.cluster import __main__ as following
from dynseg.errors import TrainingError
from dynseg.model.card import read_card
from dynseg.training import launch
from dynseg.training.config import TrainConfig
from dynseg.training.events import RunFailed, RunStopped
from dynseg.training.run import RunFolder, RunPlan
from dynseg_resources import starter_model


class Elsewhere:
    """A run in a cluster that is alive for so many looks, then as if it had said how it ended."""

    def __init__(self, run: RunFolder, looks: float, *, ends_as: str = "finished") -> None:
        self.run, self.left, self.ends_as = run, looks, ends_as
        self.cancelled = False

    def is_alive(self) -> bool:
        self.left -= 1
        if self.left < 0 and self.ends_as:
            self.run.update(state=self.ends_as)
        return self.left >= 0

    def wait(self, timeout_s: float) -> bool:
        time.sleep(0.001)
        return self.left < 0

    def cancel(self) -> None:
        self.cancelled = True


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    folder = RunFolder(tmp_path / "run")
    folder.data_yaml.parent.mkdir(parents=True)
    folder.data_yaml.touch()
    parent = str(starter_model())
    folder.save_plan(RunPlan(config=TrainConfig(), parent=parent, snapshot="s", created_s=1.0))
    folder.update(state="running")
    return folder


def follow(run: RunFolder, training: Elsewhere, *, terminated: bool = False) -> None:
    following.follow(run, training, terminated=lambda: terminated)  # type: ignore[arg-type]


def test_l7_a_run_that_ends_by_itself_is_waited_for(run: RunFolder) -> None:
    training = Elsewhere(run, 3)
    follow(run, training)
    assert not training.cancelled
    assert run.status().state == "finished"


def test_l7_a_run_that_obeys_is_not_cancelled(run: RunFolder) -> None:
    run.request_stop()
    training = Elsewhere(run, 3, ends_as="")  # its machine died before it could say so
    follow(run, training)
    assert not training.cancelled
    assert run.status().state == "stopped"


@pytest.mark.parametrize("wish", ["stop file", "signal"])
def test_l7_a_run_that_does_not_answer_is_cancelled(
    run: RunFolder, wish: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "LAST_WORDS_S", 0.01)
    monkeypatch.setattr(launch, "STOP_TIMEOUT_S", 0.01)
    if wish == "stop file":
        run.request_stop()
    training = Elsewhere(run, float("inf"))
    follow(run, training, terminated=wish == "signal")
    assert training.cancelled
    assert run.status().state == "stopped"
    assert isinstance(run.events()[-1], RunStopped)


def test_l7_a_run_that_shall_keep_what_it_learned_is_never_cancelled(
    run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launch, "STOP_TIMEOUT_S", 0.0)
    run.request_stop(finish=True)
    training = Elsewhere(run, 50)
    follow(run, training)
    assert not training.cancelled
    assert run.status().state == "finished"


def test_l7_where_there_is_no_cluster_the_run_says_so_and_can_be_started_again(
    run: RunFolder,
) -> None:
    launch.start(run, cluster="127.0.0.1:1")
    end_s = time.monotonic() + 60
    while launch.is_alive(run):
        assert time.monotonic() < end_s
        time.sleep(0.05)
    assert launch.current_state(run) == "failed"
    (said,) = [event for event in run.events() if isinstance(event, RunFailed)]
    assert "cluster" in said.message
    assert said.hint


def test_l7_a_run_brings_the_model_that_it_starts_from(run: RunFolder) -> None:
    assert run.parent == starter_model()
    run.bring_parent()
    run.bring_parent()
    assert run.parent.parent == run.path
    assert run.parent.read_bytes() == starter_model().read_bytes()
    assert read_card(run.parent).model_id == read_card(starter_model()).model_id
    run.forget_data()
    assert run.parent == starter_model()


def test_l7_a_model_that_is_gone_is_an_error_before_anything_runs(
    run: RunFolder, tmp_path: Path
) -> None:
    run.save_plan(
        RunPlan(config=TrainConfig(), parent=str(tmp_path / "gone.safetensors"),
                snapshot="s", created_s=1.0)
    )  # fmt: skip
    with pytest.raises(FileNotFoundError):
        run.bring_parent()


@pytest.mark.skipif(sys.platform == "win32", reason="named pipes")
def test_l7_a_leashed_training_process_ends_with_the_one_that_holds_it(
    run: RunFolder,
) -> None:
    before = run.update(pid=7)
    # It waits for its data in a pipe that nobody writes to.
    os.mkfifo(run.path / "data" / "manifest.json")
    process = subprocess.Popen(
        [*processes.command("training"), str(run.path), "--leashed"],
        stdin=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    assert process.stdin is not None
    try:
        time.sleep(1)
        assert process.poll() is None
        process.stdin.close()
        assert process.wait(30) == following.FAILED
    finally:
        process.kill()
    assert run.status() == before, "it leaves the folder to whoever takes the run over"


def test_l7_errors_of_a_cluster_are_the_runs(
    run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_address: str) -> None:
        raise TrainingError("The cluster gave it up.", "Resume it.")

    monkeypatch.setattr(following, "connected", gone)
    assert following.main([str(run.path), "auto"]) == following.FAILED
    assert (run.status().message, run.status().hint) == ("The cluster gave it up.", "Resume it.")
