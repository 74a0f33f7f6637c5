"""What runs the model fastest is found while nobody asks for anything, in nobody's way."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from dynseg.inference.backends import choice
from dynseg.inference.backends.choice import UNMEASURED
from dynseg.worker.inbox import Job
from dynseg.worker.jobs import JobRunner
from dynseg.worker.measurement import MOST_TRIES, Measurement
from dynseg.worker.protocol import Event, Finished, Hello, LoadModel, ModelLoaded

LONG_S = 100.0
PROGRAM = """
import os
from dynseg.worker.measurement import Measurement
from dynseg_resources import starter_model

measurement = Measurement()
measurement.begin(starter_model(), half=True)
print(measurement._process.pid, flush=True)
os._exit(0)  # as on SIGTERM
"""


@pytest.fixture
def events() -> list[Event]:
    return []


@pytest.fixture
def runner(events: list[Event], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> JobRunner:
    """One that has loaded the starter on a new computer."""
    monkeypatch.setenv("DYNSEG_CACHE_DIR", str(tmp_path))
    runner = JobRunner(events.append, lambda: None)
    runner.run(Job(LoadModel(1, device="cpu")))
    return runner


@pytest.fixture(autouse=True)
def no_child_left() -> Iterator[None]:
    yield
    assert not psutil.Process().children()


def until_measured(measurement: Measurement) -> None:
    end_s = time.monotonic() + LONG_S
    while measurement.is_running and time.monotonic() < end_s:
        time.sleep(0.05)


def loaded(events: list[Event]) -> list[str]:
    """Why the model runs where it runs, each time that was said."""
    return [event.reason for event in events if isinstance(event, ModelLoaded)]


def test_a_resting_worker_measures_and_the_next_image_has_it(
    runner: JobRunner, events: list[Event]
) -> None:
    assert loaded(events) == [f"chosen in the settings; {UNMEASURED}"]
    runner.rest()
    assert runner._measurement.is_running
    until_measured(runner._measurement)
    assert choice.choices_path().is_file()
    runner.run(Job(LoadModel(2, device="cpu")))
    runner.run(Job(LoadModel(3, device="cpu")))
    assert "ms an image here" in loaded(events)[-1]
    assert all(isinstance(events[at], Finished) for at in (1, -1))
    said = len(loaded(events))
    runner.rest()
    assert not runner._measurement.is_running
    assert len(loaded(events)) == said


def test_it_gives_way_to_whoever_asks(runner: JobRunner) -> None:
    runner.rest()
    runner.rest()
    (process,) = psutil.Process().children()
    runner.run(Job(Hello(4)))
    assert not process.is_running()
    assert not choice.choices_path().exists()
    runner.rest()
    assert runner._measurement.is_running
    runner.disturb()


def test_it_ends_with_a_worker_that_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DYNSEG_CACHE_DIR", str(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=100, check=False
    )
    (pid,) = map(int, done.stdout.split())
    end_s = time.monotonic() + LONG_S
    while psutil.pid_exists(pid) and time.monotonic() < end_s:
        time.sleep(0.05)
    assert not psutil.pid_exists(pid)
    assert not choice.choices_path().exists(), "it was not through yet"


def test_a_worker_without_a_model_has_nothing_to_measure() -> None:
    runner = JobRunner(lambda _: None, lambda: None)
    runner.rest()
    assert not runner._measurement.is_running


def test_what_ended_by_itself_is_not_measured_again(tmp_path: Path) -> None:
    """It may have found no place to keep its answer, or crashed: it would again."""
    measurement = Measurement()
    measurement.begin(tmp_path / "none.safetensors", half=True)
    until_measured(measurement)
    measurement.stop()
    measurement.begin(tmp_path / "none.safetensors", half=True)
    assert not measurement.is_running
    measurement.begin(tmp_path / "another.safetensors", half=True)
    assert measurement.is_running
    measurement.stop()


def test_one_that_never_gets_through_is_left(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begun: list[list[str]] = []

    def start(command: list[str], **_: object) -> None:
        begun.append(command)
        raise OSError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", start)
    measurement = Measurement()
    for _ in range(MOST_TRIES + 3):
        measurement.begin(tmp_path / "a.safetensors", half=False)
    assert len(begun) == MOST_TRIES
    assert begun[0][-1] == "--full"
