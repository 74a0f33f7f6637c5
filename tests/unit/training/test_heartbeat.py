"""A run on another computer of a shared drive is known by its signs of life."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dynseg import processes
from dynseg.errors import TrainingError
from dynseg.progress import CancelledError, CancelToken, Progress
from dynseg.training import __main__ as training_program
from dynseg.training import heartbeat, launch
from dynseg.training.config import TrainConfig
from dynseg.training.heartbeat import STALE_S, Pulse
from dynseg.training.run import RunFolder, RunPlan

BEATS = """
import sys, time
from pathlib import Path
from dynseg.training import heartbeat
from dynseg.training.run import RunFolder
heartbeat.BEAT_S = 0.05
run = RunFolder(Path(sys.argv[1]))
run.claim()
with heartbeat.beating(run):
    print(1, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def run(tmp_path: Path) -> RunFolder:
    """Goes on on a computer called attic, whose process has the id of this one."""
    folder = RunFolder(tmp_path)
    folder.save_plan(RunPlan(config=TrainConfig(), parent="p", snapshot="s", created_s=1.0))
    folder.data_yaml.parent.mkdir()
    folder.data_yaml.touch()
    folder.claim()
    folder.update(host="attic")
    sign(folder, 1)
    return folder


def sign(run: RunFolder, number: int) -> None:
    (run.path / "heartbeat").write_text(f"{number}\n")


def test_what_counts_is_whether_the_sign_changes_whatever_the_clocks_say(run: RunFolder) -> None:
    now = [0.0]
    pulse = Pulse(run, lambda: now[0])
    assert pulse.goes_on(), "nobody can know yet"
    assert not pulse.is_sure
    for number in range(2, 5):
        now[0] += STALE_S - 1
        sign(run, number)
        os.utime(run.path / "heartbeat", (0, 0))  # its clock is fifty years slow
        assert pulse.goes_on()
        assert pulse.is_sure
    now[0] += STALE_S
    assert not pulse.goes_on()
    os.utime(run.path / "heartbeat", (2e9, 2e9))
    assert not pulse.goes_on()
    sign(run, 5)
    assert pulse.goes_on(), "it had only slept"
    run.update(state="finished")
    assert not pulse.goes_on()


def test_a_run_of_another_computer_is_neither_gone_nor_marked(run: RunFolder) -> None:
    before = (run.path / "status.json").read_bytes()
    assert run.process() is None, "that number is another process here"
    assert launch.is_alive(run)
    assert launch.current_state(run) == "running"
    assert not launch.stop(run, timeout_s=0.0)
    assert run.stop_requested() == "stop"
    assert (run.path / "status.json").read_bytes() == before
    sign(run, 2)
    with pytest.raises(TrainingError, match="going on already, on the computer attic"):
        launch.start(run)


def test_a_run_without_signs_of_life_can_be_taken_over(
    run: RunFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(CancelledError):  # who waits for a sign can be stopped
        heartbeat.surely_goes_on(run, cancel)
    monkeypatch.setattr(heartbeat, "STALE_S", 0.0)
    assert not launch.is_alive(run)
    monkeypatch.setattr(processes, "command", lambda _kind: [sys.executable, "-c", ""])
    launch.start(run)
    assert run.elsewhere == ""


def test_who_waits_for_a_sign_is_told_of_whom_and_for_how_long(run: RunFolder) -> None:
    told: list[Progress] = []

    def report(now: Progress) -> None:
        told.append(now)
        sign(run, len(told) + 1)

    assert heartbeat.surely_goes_on(run, CancelToken(), report)
    assert f"{run.name} on attic" in told[0].stage
    assert (told[0].done, told[0].total) == (0, 60)


def test_a_new_process_of_a_run_is_believed_to_go_on_at_first(run: RunFolder) -> None:
    """Silence of the one before it says nothing of it, and its own signs take seconds to come."""
    heartbeat._pulse(run)._since_s -= 2 * STALE_S
    assert not launch.is_alive(run)
    run.update(state="running", pid=run.status().pid + 1)
    assert launch.is_alive(run)


def test_a_process_whose_run_was_taken_over_ends(run: RunFolder) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BEATS, str(run.path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert launch.is_alive(run)
        first = (run.path / "heartbeat").read_text()
        while (run.path / "heartbeat").read_text() == first:
            pass
        (run.path / "status.json").rename(run.path / "away")  # a drive that falters
        (run.path / "away").rename(run.path / "status.json")
        assert child.poll() is None
        run.update(host="attic", pid=7)
        _, said = child.communicate()
    assert child.returncode == 1
    assert b"taken" in said


def test_the_training_process_gives_signs_while_it_lives(run: RunFolder) -> None:
    sign(run, 0)
    training_program.main([str(run.path)])  # the copies of its images are not those of the plan
    assert (run.path / "heartbeat").read_text() != "0\n"
    assert run.elsewhere == ""
