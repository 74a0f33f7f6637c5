"""A run that learns from all once it was measured: killed, stopped, finished, within its time."""

from __future__ import annotations

import time
from collections.abc import Callable

import psutil
import pytest

from dynseg.model.registry import ModelRegistry
from dynseg.project.store import Store
from dynseg.training import launch
from dynseg.training.config import TrainConfig
from dynseg.training.events import Advanced, Evaluated, FoldStarted, RunFinished, RunStarted
from dynseg.training.run import RunFolder, can_go_on

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]

TIMEOUT_S = 600.0
LONG = TrainConfig(epochs=40, image_size=64, batch=16, threads=1, folds=3)


def prepared(store: Store, config: TrainConfig) -> RunFolder:
    return launch.prepare(store, ModelRegistry(store.layout.models), config)


def wait_for(run: RunFolder, reached: Callable[[], bool]) -> None:
    limit_s = time.monotonic() + TIMEOUT_S
    while not reached():
        assert time.monotonic() < limit_s, run.log.read_text()
        assert launch.is_alive(run) or reached(), (run.events()[-1:], run.log.read_text())
        time.sleep(0.05)


def folds_begun(run: RunFolder, since: int = 0) -> list[int]:
    return [event.fold for event in run.events(since) if isinstance(event, FoldStarted)]


def learns(run: RunFolder, since: int) -> bool:
    return any(isinstance(event, Advanced) for event in run.events(since))


def test_killed_in_its_second_fold_it_goes_on_there_and_finishes_early(store: Store) -> None:
    run = prepared(store, LONG)
    pid = launch.start(run)
    wait_for(run, lambda: folds_begun(run) == [1, 2])
    time.sleep(0.5)
    psutil.Process(pid).kill()
    wait_for(run, lambda: not launch.is_alive(run))
    assert launch.current_state(run) == "stopped"
    assert can_go_on(run)
    lines = len(run.events())
    launch.start(run)
    wait_for(run, lambda: folds_begun(run, lines) == [2] and learns(run, lines))
    began_s = time.monotonic()
    launch.stop(run, finish=True, timeout_s=TIMEOUT_S)
    said = run.events(lines)
    assert isinstance(said[-1], RunFinished), run.log.read_text()
    assert folds_begun(run, lines) == [2], "the third one is left out"
    assert [(e.images, e.reviewed) for e in said if isinstance(e, Evaluated)] == [(4, 6)] * 2
    assert time.monotonic() - began_s < 240


def test_a_fold_that_learns_is_stopped_at_once(store: Store) -> None:
    run = prepared(store, LONG)
    launch.start(run)
    wait_for(run, lambda: learns(run, 0))
    began_s = time.monotonic()
    assert launch.stop(run, timeout_s=60)
    took_s = time.monotonic() - began_s
    assert took_s < 30, took_s  # two seconds where nothing else runs
    assert run.status().state == "stopped"


def test_folds_and_candidate_keep_within_the_time_of_both(store: Store) -> None:
    run = prepared(store, TrainConfig(image_size=64, threads=1, time_limit_min=2.0))
    began_s = time.monotonic()
    launch.start(run)
    wait_for(run, lambda: not launch.is_alive(run))
    took_s = time.monotonic() - began_s
    assert isinstance(run.events()[-1], RunFinished), run.log.read_text()
    assert sum(isinstance(event, RunStarted) for event in run.events()) == 1
    assert folds_begun(run) == [1]
    assert 60 < took_s < 180, took_s  # a busy machine takes a while to start
