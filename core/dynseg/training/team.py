"""The processes of a run that learns on several devices: who starts them, and what they do."""

from __future__ import annotations

import math
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import msgspec
from torch.distributed import FileStore  # type: ignore[attr-defined]

from dynseg import processes
from dynseg.errors import TrainingError
from dynseg.model.build import build
from dynseg.model.card import ModelCard
from dynseg.training.budget import Budget
from dynseg.training.dataset import read_description
from dynseg.training.job import TrainingJob
from dynseg.training.memory import LEAST_BATCH
from dynseg.training.ranks import GO_ON, SeveralRanks
from dynseg.training.resume import load_point
from dynseg.training.run import RunFolder
from dynseg.training.trainer import trained

NO_MORE, ANOTHER = 0.0, 1.0
"""What the first rank says between two orders: a run of few images trains more than once."""
OUT_OF_MEMORY = 3
"""Exit status of a process that had too little of it."""
LEAVE_TIMEOUT_S = 10.0


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What ranks have to know beyond the folder of the run.

    Attributes:
        devices: A torch device for each rank.
        threads: CPU threads of each.
        card: The shape of the network; its weights come from the first rank.
        budget: What each may use; the images of one rank in a step.
        train: Images to learn from.
        goes_on: Whether it begins at the resume point of the run.
    """

    devices: Sequence[str]
    threads: int
    card: ModelCard
    budget: Budget
    train: Sequence[str]
    goes_on: bool


class Team:
    """The other ranks, as the first one has them: processes that end when it does.

    Their standard input is the leash: it ends with the process that holds it, also with a killed
    one.

    Args:
        run: Its folder.
        devices: A torch device for each rank, this process first.
    """

    def __init__(self, run: RunFolder, devices: Sequence[str]) -> None:
        self._devices = devices
        self._ranks: SeveralRanks | None = None
        # Not in the folder of the run: drives of a network cannot lock its file.
        self._folder = Path(tempfile.mkdtemp(prefix="dynseg-ranks-"))
        self._others = [
            subprocess.Popen(
                [*processes.command("training"), str(run.path), "--rank", str(index)],
                stdin=subprocess.PIPE,
                creationflags=processes.WITHOUT_CONSOLE,
            )
            for index in range(1, len(devices))
        ]

    def join(self, job: TrainingJob, card: ModelCard, look_up: Callable[[], None]) -> TrainingJob:
        """Tell the others their part of a job, and wait until they are ready for it.

        Args:
            job: Of a process that learns alone.
            card: The shape of its network.
            look_up: Called while they are waited for.

        Returns:
            The part of this process.

        Raises:
            TrainingError: one of them has ended.
            MemoryError: one of them had too little.
        """
        count = len(self._devices)
        batch = max(LEAST_BATCH, math.ceil(job.budget.batch / count))
        order = Order(
            devices=self._devices,
            threads=max(1, job.threads // count),
            card=card,
            budget=replace(job.budget, batch=batch),
            train=[str(path) for path in job.data["train"]],
            goes_on=job.resume is not None,
        )
        (self._folder / "order").write_bytes(msgspec.msgpack.encode(order))
        if self._ranks is None:
            for other in self._others:
                with suppress(OSError):  # it has ended, which is seen below
                    assert other.stdin is not None
                    other.stdin.write(f"{self._folder}\n".encode())
                    other.stdin.flush()
            self._ranks = _rank(0, order, self._folder, self._look, look_up)
        self._ranks.first(ANOTHER)
        self._ranks.share(job.model)
        return replace(job, budget=order.budget, threads=order.threads, ranks=self._ranks)

    def end(self, *, failed: bool = True) -> None:
        """Kill the others, or let them leave by themselves after they have done their part."""
        ranks, self._ranks = self._ranks, None
        if ranks is not None:
            if not failed:
                ranks.first(NO_MORE)
            ranks.leave(failed=failed)
        until_s = time.monotonic() + (0.0 if failed else LEAVE_TIMEOUT_S)
        for other in self._others:
            try:
                other.wait(max(0.0, until_s - time.monotonic()))
            except subprocess.TimeoutExpired:
                other.kill()
                other.wait()
            if other.stdin is not None:
                with suppress(OSError):
                    other.stdin.close()
        self._others = []
        shutil.rmtree(self._folder, ignore_errors=True)

    def _look(self) -> None:
        ended = [other.poll() for other in self._others]
        if OUT_OF_MEMORY in ended:
            raise MemoryError
        if any(ended):
            raise TrainingError(
                "A process that learned on another GPU has ended; the active model is unchanged.",
                GO_ON,
            )


def follow(run: RunFolder, index: int, folder: Path) -> None:
    """Be a rank beside the first one: learn along, and say and keep nothing.

    Args:
        run: Its folder.
        index: Number of this rank.
        folder: Where the ranks meet.

    Raises:
        TrainingError: training went astray, or the others are gone.
    """
    ranks = _rank(index, _order(folder), folder)
    while ranks.first(NO_MORE) == ANOTHER:
        job = _job(run, _order(folder), ranks)
        ranks.share(job.model)
        trained(job)
    ranks.leave()


def _job(run: RunFolder, order: Order, ranks: SeveralRanks) -> TrainingJob:
    config, data = run.plan().config, read_description(run.data_yaml)
    train = [Path(path) for path in order.train]
    return TrainingJob(
        model=build(order.card).float().train(),
        data={**data, "train": train, "val": train[:1]},  # it measures nothing
        budget=order.budget,
        folder=run.path / "work" / f"rank-{ranks.index}",
        device=order.devices[ranks.index],
        threads=order.threads,
        seed=config.seed,
        freeze=config.freeze,
        emit=lambda _event: None,
        stop_requested=run.stop_requested,
        save=lambda _point: None,
        resume=load_point(run) if order.goes_on else None,
        ranks=ranks,
    )


def _order(folder: Path) -> Order:
    return msgspec.msgpack.decode((folder / "order").read_bytes(), type=Order)


def _rank(index: int, order: Order, folder: Path, *looks: Callable[[], None]) -> SeveralRanks:
    count = len(order.devices)
    store = FileStore(str(folder / "store"), count)
    return SeveralRanks(index, count, order.devices[index], store, *looks)
