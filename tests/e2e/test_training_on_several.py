"""Training on several devices, with processors in their place: nobody has two GPUs to test with."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import psutil
import pytest
import torch
from msgspec import structs

from dynseg import processes
from dynseg.errors import TrainingError
from dynseg.model.registry import ModelRegistry
from dynseg.project.store import Store
from dynseg.training import launch, process
from dynseg.training.config import TrainConfig
from dynseg.training.events import (
    EpochEnded,
    FoldStarted,
    RunFailed,
    RunFinished,
    RunLog,
    RunStarted,
)
from dynseg.training.folded import process_of
from dynseg.training.job import TrainingJob
from dynseg.training.run import RunFolder
from dynseg.training.trainer import DynamicSegmentationTrainer, trained

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

TIMEOUT_S = 300.0
SMALL = TrainConfig(epochs=2, image_size=64, batch=8, threads=2, device="cpu,cpu", folds=0)


@pytest.fixture(autouse=True)
def nothing_goes_on(store: Store) -> Iterator[None]:
    """What a test that failed has left running."""
    yield
    for run in launch.find_runs(store.layout):
        if run.status().pid != os.getpid():
            launch.stop(run, timeout_s=1.0)


def prepared(store: Store, **wishes: Any) -> RunFolder:
    registry = ModelRegistry(store.layout.models)
    return launch.prepare(store, registry, structs.replace(SMALL, **wishes))


OTHER = """
import sys
import torch
from dynseg.training import team
from dynseg.training.__main__ import main
from dynseg.training.trainer import DynamicSegmentationTrainer
learn, prepare = team.trained, DynamicSegmentationTrainer.preprocess_batch

def noted(job):
    trainer = learn(job)
    torch.save((trainer.model.state_dict(), trainer.course.samples), sys.argv[1])
    return trainer

def with_little_memory(self, batch):
    if len(batch["img"]) > int(sys.argv[2]):
        raise RuntimeError("CUDA out of memory.")
    return prepare(self, batch)

team.trained = noted
DynamicSegmentationTrainer.preprocess_batch = with_little_memory
sys.exit(main(sys.argv[3:]))
"""


def learn_beside(
    run: RunFolder, monkeypatch: pytest.MonkeyPatch, *, room: int
) -> tuple[DynamicSegmentationTrainer, dict[str, torch.Tensor], int]:
    """Be the first rank of a run.

    Args:
        room: Images that the memory of the other rank has room for.

    Returns:
        The trainer of this rank, the weights of the other one, and the images that it counted.
    """
    result = run.path / "other.pt"
    command = [sys.executable, "-c", OTHER, str(result), str(room)]
    monkeypatch.setattr(processes, "command", lambda kind: command)
    # Tests have threads that do not survive the fork of a loader.
    monkeypatch.setattr("dynseg.training.trainer._workers", lambda device: 0)
    trainers: list[DynamicSegmentationTrainer] = []

    def noted(
        job: TrainingJob, kind: type[DynamicSegmentationTrainer]
    ) -> DynamicSegmentationTrainer:
        trainers.append(trained(job, kind))
        return trainers[-1]

    monkeypatch.setattr(process, "trained", noted)
    threads = torch.get_num_threads()
    run.claim()
    try:
        process_of(run, terminated=lambda: False).execute()
    finally:
        torch.set_num_threads(threads)
    assert not torch.distributed.is_initialized()
    return trainers[-1], *torch.load(result)


def test_ranks_learn_the_same_from_images_of_their_own(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = prepared(store)
    first, weights, samples = learn_beside(run, monkeypatch, room=4)
    for name, parameter in first.model.named_parameters():
        assert torch.equal(parameter, weights[name]), name
    statistics = [name for name in weights if name.endswith("running_mean")]
    assert any(not torch.equal(first.model.state_dict()[n], weights[n]) for n in statistics)

    said = run.events()
    assert isinstance(said[-1], RunFinished)
    started = next(e for e in said if isinstance(e, RunStarted))
    assert started.device == "cpu,cpu"
    passes = [e.epoch for e in said if isinstance(e, EpochEnded)]
    assert passes == [1, 2]
    # 65 images a pass; in the first one comes twice so that both have as many, the last is cut off.
    assert first.course.samples == samples == 2 * 65
    assert len(first.train_loader) == 9
    assert run.status().state == "finished"


def test_ranks_learn_what_few_images_measure_and_then_all_of_them(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = prepared(store, folds=1)
    first, weights, samples = learn_beside(run, monkeypatch, room=4)
    assert [type(e) for e in run.events()].count(FoldStarted) == 1
    assert first.course.samples == samples
    for name, parameter in first.model.named_parameters():
        assert torch.equal(parameter, weights[name]), name
    assert run.status().state == "finished"


def test_all_take_smaller_steps_when_the_memory_of_one_is_short(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = prepared(store, epochs=1)
    first, weights, _ = learn_beside(run, monkeypatch, room=2)
    assert (first.job.budget.batch, first.accumulate) == (2, 1)
    for name, parameter in first.model.named_parameters():
        assert torch.equal(parameter, weights[name]), name
    remarks = [e.text for e in run.events() if isinstance(e, RunLog)]
    assert "Memory is short: a step takes 4 images instead of 8." in remarks
    assert run.status().state == "finished"


def test_memory_that_is_too_little_for_any_step_is_called_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = prepared(store, epochs=1)
    with pytest.raises(MemoryError):
        learn_beside(run, monkeypatch, room=1)
    assert not psutil.Process().children()


def test_a_list_that_is_not_there_fails_before_anything_is_learned(store: Store) -> None:
    run = prepared(store, device="cuda:0,99")
    with pytest.raises(TrainingError, match="no device 'cuda:0,99'"):
        process_of(run, terminated=lambda: False)


def wait_for(run: RunFolder, reached: Callable[[], bool]) -> None:
    limit_s = time.monotonic() + TIMEOUT_S
    while not reached():
        assert time.monotonic() < limit_s, run.log.read_text()
        assert launch.is_alive(run) or reached(), (run.events()[-1:], run.log.read_text())
        time.sleep(0.05)


def started(run: RunFolder) -> tuple[psutil.Process, psutil.Process, list[psutil.Process]]:
    """Start a run and wait until it learns: its process, the other rank, and all children."""
    said = len(run.events())
    first = psutil.Process(launch.start(run))
    wait_for(run, lambda: any(isinstance(e, EpochEnded) for e in run.events(said)))
    (other,) = (child for child in first.children() if "--rank" in child.cmdline())
    return first, other, first.children(recursive=True)


def test_a_stop_is_heard_by_all_and_the_run_goes_on_and_finishes(store: Store) -> None:
    run = prepared(store, epochs=500)
    _, _, children = started(run)
    begun_s = time.monotonic()
    assert launch.stop(run, timeout_s=30)
    assert time.monotonic() - begun_s < 30  # two seconds of a machine that does nothing else
    assert not psutil.wait_procs(children, timeout=10)[1]
    assert run.status().state == "stopped"
    done = run.status().epoch

    said = len(run.events())
    _, _, children = started(run)
    resumed = next(e for e in run.events(said) if isinstance(e, RunStarted))
    assert resumed.resumed == done >= 1
    assert launch.stop(run, finish=True, timeout_s=TIMEOUT_S)
    assert isinstance(run.events()[-1], RunFinished), run.log.read_text()
    assert not psutil.wait_procs(children, timeout=10)[1]


def test_a_rank_that_dies_ends_the_run_in_words(store: Store) -> None:
    run = prepared(store, epochs=500)
    first, other, children = started(run)
    other.kill()
    assert not psutil.wait_procs([first, *children], timeout=20)[1]
    assert run.status().state == "failed"
    said = run.events()[-1]
    assert isinstance(said, RunFailed)
    assert "another GPU has ended" in said.message


def test_no_rank_outlives_the_first_one(store: Store) -> None:
    run = prepared(store, epochs=500)
    first, _, children = started(run)
    first.kill()
    assert not psutil.wait_procs([first, *children], timeout=20)[1]
    assert launch.current_state(run) == "stopped"


def test_the_network_is_left_alone(store: Store) -> None:
    run = prepared(store, epochs=500)
    first, other, _ = started(run)
    for one in (first, other):
        ends = [connection.laddr for connection in one.net_connections()]
        assert ends, "they talk"
        assert {end.ip for end in ends} == {"127.0.0.1"}
