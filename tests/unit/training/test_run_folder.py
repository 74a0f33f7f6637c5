"""A run's folder is the truth about it, also when half written or spoiled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from dynseg import processes
from dynseg.errors import TrainingError
from dynseg.training import __main__ as training_program
from dynseg.training import events, launch
from dynseg.training.config import TrainConfig
from dynseg.training.run import RunFolder, RunPlan, RunStatus, can_go_on

DEAF = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print(1, flush=True)
time.sleep(60)
"""

WITH_A_LOADER = """
import signal, subprocess, sys
from pathlib import Path
from dynseg.training.run import RunFolder
run = RunFolder(Path(sys.argv[1]))
signal.signal(signal.SIGTERM, lambda *_: None)  # noted, and looked at after the step
loader = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
run.claim()
print(1, flush=True)
loader.wait()
run.fail("A loader was killed.", "")
"""


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    folder = RunFolder(tmp_path)
    folder.save_plan(RunPlan(config=TrainConfig(), parent="p", snapshot="s", created_s=1.0))
    folder.data_yaml.parent.mkdir()
    folder.data_yaml.touch()
    return folder


def test_events_come_back_in_order_and_half_a_line_waits(run: RunFolder) -> None:
    said: list[events.Event] = [
        events.RunLog("one"),
        events.Advanced(0.5, 3.0),
        events.RunFailed("no", "yes"),
    ]
    for event in said:
        run.emit(event)
    with (run.path / "events.jsonl").open("ab") as file:
        file.write(b'{"type":"run_log","text":"ha')

    assert run.events() == said
    assert run.events(2) == said[2:]
    with (run.path / "events.jsonl").open("ab") as file:
        file.write(b'lf"}\n\xff not json\n')
    assert run.events(3)[0] == events.RunLog("half")
    assert isinstance(run.events(4)[0], events.RunLog)


def test_an_epoch_with_a_step_that_was_skipped_can_be_read(run: RunFolder) -> None:
    losses = events.finite_only({"box_loss": float("nan"), "seg_loss": 1, "dfl_loss": float("inf")})
    ended = events.EpochEnded(
        epoch=1, epochs=2, losses=losses, map50=0.5, map50_95=0.25, seconds=1.0, eta_s=1.0,
        memory_bytes=1, learning_rate=0.1,
    )  # fmt: skip
    run.emit(ended)
    assert run.events() == [ended]
    assert losses == {"seg_loss": 1.0}


def test_status_survives_rubbish_and_a_folder_that_is_no_run_says_so(run: RunFolder) -> None:
    assert run.status().state == "preparing"
    assert run.update(state="running", epoch=3).epoch == 3
    assert run.status().state == "running"
    (run.path / "status.json").write_bytes(b"\xff{")
    assert run.status().state == "preparing"
    (run.path / "config.json").write_text("{}")
    with pytest.raises(TrainingError, match="no training run"):
        run.plan()


def test_stop_wishes_are_told_apart(run: RunFolder) -> None:
    assert run.stop_requested() == ""
    run.request_stop()
    assert run.stop_requested() == "stop"
    run.request_stop(finish=True)
    assert run.stop_requested() == "finish"
    run.clear_stop()
    assert run.stop_requested() == ""


def test_a_process_id_that_is_used_again_is_not_the_run(run: RunFolder) -> None:
    pid = os.getpid()
    run.update(state="running", pid=pid, process_started_s=processes.begun_s(pid) - 100)
    assert not launch.is_alive(run)
    assert launch.current_state(run) == "stopped"
    run.claim()
    assert launch.is_alive(run)
    assert run.status().pid == pid
    with pytest.raises(TrainingError, match="going on already"):
        launch.start(run)


def test_finished_run_cannot_be_started_again(run: RunFolder) -> None:
    run.update(state="finished")
    with pytest.raises(TrainingError, match="has finished"):
        launch.start(run)


def test_a_run_that_gave_its_images_back_does_not_go_on(run: RunFolder) -> None:
    run.update(state="failed", message="The disk is full.")
    run.forget_data()
    with pytest.raises(TrainingError, match="removed to make room"):
        launch.start(run)
    assert run.status().message == "The disk is full."


def test_what_a_process_says_before_its_starter_knows_it_stays(
    run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may claim the run and fail while the one that started it has not come so far."""
    begun_s = processes.begun_s

    def slow(pid: int) -> float:
        run.update(state="failed", pid=pid, process_started_s=1.0, message="No memory.")
        return begun_s(pid)

    monkeypatch.setattr(processes, "command", lambda kind: [sys.executable, "-c", "pass"])
    monkeypatch.setattr(processes, "begun_s", slow)
    launch.start(run)
    assert (run.status().state, run.status().message) == ("failed", "No memory.")


def test_a_run_whose_process_cannot_be_started_can_be_resumed(
    run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "command", lambda kind: [str(run.path / "no program")])
    with pytest.raises(TrainingError, match="could not be started"):
        launch.start(run)
    assert launch.current_state(run) == "stopped"


def test_process_that_does_not_listen_is_killed(run: RunFolder) -> None:
    with subprocess.Popen([sys.executable, "-c", DEAF], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        started_s = processes.begun_s(child.pid)
        run.update(state="running", pid=child.pid, process_started_s=started_s)
        begun_s = time.monotonic()
        assert launch.stop(run, timeout_s=0.2)
        assert time.monotonic() - begun_s < 15
    assert run.status().state == "stopped"
    assert isinstance(run.events()[-1], events.RunStopped)


def test_a_run_in_a_long_step_is_stopped_and_has_not_failed(run: RunFolder) -> None:
    """Its loaders of images were ended first, which the run took for a failure."""
    command = [sys.executable, "-c", WITH_A_LOADER, str(run.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        loaders = psutil.Process(child.pid).children()
        assert launch.stop(run, timeout_s=0.2)
    assert run.status().state == "stopped"
    assert not any(isinstance(event, events.RunFailed) for event in run.events())
    assert not psutil.wait_procs(loaders, timeout=5)[1]


LEFT_ALONE = """
import subprocess, sys
from pathlib import Path
from dynseg.training.run import RunFolder
loader = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
RunFolder(Path(sys.argv[1])).claim()
print(1, flush=True)
loader.wait()
"""


def test_loaders_that_do_not_see_that_their_run_has_ended_are_ended(run: RunFolder) -> None:
    """Windows ends a process without a word to those that it has started."""
    command = [sys.executable, "-c", LEFT_ALONE, str(run.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        (loader,) = psutil.Process(child.pid).children()
        assert launch.stop(run, timeout_s=0.2)
    loader.wait(10)


def test_a_run_is_stopped_also_where_the_wish_cannot_be_written(run: RunFolder) -> None:
    (run.path / "stop").mkdir()
    with subprocess.Popen([sys.executable, "-c", DEAF], stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        run.update(state="running", pid=child.pid, process_started_s=processes.begun_s(child.pid))
        assert launch.stop(run, timeout_s=0.2)
        with pytest.raises(OSError, match="stop"):
            launch.stop(run, finish=True)


@pytest.mark.parametrize("asked", [True, False])
def test_an_error_after_somebody_asked_it_to_stop_is_no_failure(
    run: RunFolder, monkeypatch: pytest.MonkeyPatch, asked: bool
) -> None:
    """At the end of a day everything gets the signal, the loaders of images first."""

    class Interrupted(SimpleNamespace):
        def execute(self) -> None:
            if asked:
                run.request_stop()
            raise RuntimeError("DataLoader worker is killed by signal: Terminated.")

    process = SimpleNamespace(process_of=lambda _run, **_: Interrupted())
    monkeypatch.setitem(sys.modules, "dynseg.training.folded", process)
    monkeypatch.setattr(training_program, "isolate", lambda: None)
    monkeypatch.setattr(training_program, "step_back", lambda: None)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    training_program.main([str(run.path)])
    assert run.status().state == ("stopped" if asked else "failed")


def test_the_status_of_a_process_that_lives_is_its_own_to_write(
    run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks it to stop would write back what it had read, without a newer resume point."""
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as child:
        started_s = processes.begun_s(child.pid)
        run.update(state="running", pid=child.pid, process_started_s=started_s)
        update, written = RunFolder.update, []

        def noted(self: RunFolder, **changes: object) -> RunStatus:
            written.append((launch.is_alive(self), changes))
            return update(self, **changes)

        monkeypatch.setattr(RunFolder, "update", noted)
        assert launch.stop(run, timeout_s=0.2)
    assert written == [(False, {"state": "stopped"})]


def test_a_process_that_ends_at_the_last_moment_is_stopped_like_any_other(
    run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]) as child:
        started_s = processes.begun_s(child.pid)
        run.update(state="running", pid=child.pid, process_started_s=started_s)

        def too_late(process: psutil.Process, timeout_s: float) -> bool:
            child.kill()
            child.wait()
            return process.pid != child.pid

        monkeypatch.setattr(launch, "_has_ended", too_late)
        assert launch.stop(run, timeout_s=0.1)
    assert run.status().state == "stopped"


def test_what_ended_can_go_on_when_it_kept_where_it_was_and_its_images(run: RunFolder) -> None:
    run.update(state="stopped")
    assert not can_go_on(run)
    run.update(checkpoint="checkpoint-3.pt", epoch=3)
    assert not can_go_on(run)  # somebody made room by hand
    (run.path / "checkpoint-3.pt").touch()
    assert can_go_on(run)
    run.update(state="failed")
    assert can_go_on(run)
    run.update(state="finished")
    assert not can_go_on(run)
    run.update(state="stopped")
    run.forget_data()
    assert not can_go_on(run)


def test_window_side_is_free_of_torch() -> None:
    program = (
        "import sys, dynseg.training.launch, dynseg.training.promotion;"
        "sys.exit(any(m in sys.modules for m in ('torch', 'ultralytics', 'safetensors')))"
    )
    done = subprocess.run([sys.executable, "-c", program], env=dict(os.environ), check=False)
    assert done.returncode == 0
