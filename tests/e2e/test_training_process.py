"""The training process as the window starts it: it outlives kills, and nothing is lost but time."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from functools import partial

import psutil
import pytest

from dynseg.model.registry import STARTER, ModelRegistry
from dynseg.project.store import Store
from dynseg.training import launch, promotion
from dynseg.training.config import TrainConfig
from dynseg.training.events import EpochEnded, RunFailed, RunFinished, RunStarted
from dynseg.training.run import RunFolder

TIMEOUT_S = 600.0


def wait_for(run: RunFolder, reached: Callable[[], bool]) -> None:
    limit_s = time.monotonic() + TIMEOUT_S
    while not reached():
        assert time.monotonic() < limit_s, run.log.read_text()
        assert launch.is_alive(run) or reached(), (run.events()[-1:], run.log.read_text())
        time.sleep(0.1)


def has_said(run: RunFolder, what: type[RunStarted | EpochEnded], before: int) -> bool:
    """Whether the run told `what` after its first `before` events."""
    return any(isinstance(event, what) for event in run.events(before))


@pytest.mark.slow
@pytest.mark.timeout(1500)
def test_killed_run_is_found_resumed_and_promoted(store: Store) -> None:
    originals = {p: p.read_bytes() for p in store.images_root.iterdir() if p.is_file()}
    registry = ModelRegistry(store.layout.models)
    config = TrainConfig(epochs=40, image_size=96, batch=16, threads=1, folds=0)
    run = launch.prepare(store, registry, config)
    pid = launch.start(run)
    wait_for(run, lambda: bool(run.status().checkpoint))
    psutil.Process(pid).kill()
    wait_for(run, lambda: not launch.is_alive(run))
    done = run.status().epoch

    found = launch.find_runs(store.layout)[0]
    assert found == run
    assert launch.current_state(found) == "stopped"
    assert registry.active().name == STARTER
    lines = len(found.events())
    launch.start(found)
    wait_for(found, lambda: has_said(found, RunStarted, lines))
    resumed = next(e for e in found.events(lines) if isinstance(e, RunStarted))
    assert resumed.resumed == done >= 1
    launch.stop(found, finish=True, timeout_s=TIMEOUT_S)
    said = found.events(lines)
    assert isinstance(said[-1], RunFinished), found.log.read_text()
    assert not any(isinstance(e, RunFailed) for e in said)
    assert next(e.epoch for e in said if isinstance(e, EpochEnded)) == done + 1

    promotion.check_candidate(registry.path(found.status().model))
    promotion.promote(registry, found, force=True)
    assert registry.active().name == found.status().model
    assert {p: p.read_bytes() for p in store.images_root.iterdir() if p.is_file()} == originals


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_asked_to_stop_it_is_gone_within_two_seconds_of_a_batch(store: Store) -> None:
    registry = ModelRegistry(store.layout.models)
    config = TrainConfig(epochs=500, image_size=64, batch=8, threads=1, folds=0)
    run = launch.prepare(store, registry, config)
    launch.start(run)
    wait_for(run, lambda: any(isinstance(e, EpochEnded) for e in run.events()))
    begun_s = time.monotonic()
    assert launch.stop(run, timeout_s=60)
    assert time.monotonic() - begun_s < 30
    assert run.status().state == "stopped"
    assert run.status().checkpoint
    assert not launch.is_alive(run)


def kill_again_and_again(store: Store, rounds: int) -> None:
    """Kill one run at random moments and go on with it; nothing but time may be lost."""
    chance = random.Random(11)
    registry = ModelRegistry(store.layout.models)
    config = TrainConfig(epochs=100_000, image_size=64, batch=8, threads=1, folds=0)
    run = launch.prepare(store, registry, config)
    labels = [store.annotation(row.id) for row in store.images()]
    epoch = 0
    for number in range(rounds):
        said = len(run.events())
        pid = launch.start(run)
        # A third each: anywhere in its start, while it trains, while it goes on after an epoch.
        if number % 3:
            wait_for(run, partial(has_said, run, (RunStarted, EpochEnded)[number % 3 - 1], said))
        time.sleep(chance.uniform(0.1, 4.0))
        psutil.Process(pid).kill()
        wait_for(run, lambda: not launch.is_alive(run))
        reached = run.status().epoch
        assert reached >= epoch, f"round {number}: went back from epoch {epoch} to {reached}"
        epoch = reached
        assert registry.active().name == STARTER
        assert [card.name for card in registry.list()] == [STARTER]
        assert store.check() == []
    assert [store.annotation(row.id) for row in store.images()] == labels
    assert epoch >= 1, "no kill hit a run that had got anywhere"


@pytest.mark.chaos
@pytest.mark.timeout(1800)
def test_fifty_kills(store: Store) -> None:
    kill_again_and_again(store, int(os.environ.get("DYNSEG_KILLS", "50")))
