"""Processes that learn one network together, each on a device of its own.

Each of them, a rank, has the whole network and a part of the images of every step. Gradients are
added up, so that all take the same step; the first rank decides everything else, measures and
keeps. Batch normalisation and moving averages are each rank's own, and those of the first count, as
in ultralytics. Its own way is not taken: it starts a script that cannot hold our job, reads ranks
from the environment when it is loaded, measures with all ranks, which a stop in the middle would
leave waiting, and cannot go on when the memory of one of them is short.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

import psutil
import torch
from torch import distributed, nn
from torch.utils.data import DistributedSampler

from dynseg.errors import TrainingError

LOOK_S, COME_S = 0.0002, 0.05
LOST_S = 5.0
"""How long it takes at most until a process whose connections are closed is seen to have ended."""
_TIMEOUT = timedelta(hours=3)
"""The others wait while the first rank measures."""

GO_ON = "Resume the run. process.log in its folder has the details."

FINE, ASTRAY, SHORT = 0, 1, 2
"""How a step went on one rank: well, with a loss that is no number, without enough memory."""


class MemoryShortError(Exception):
    """A step was too large for the memory of some rank; none has taken it."""


class Ranks:
    """One process that learns alone.

    Attributes:
        index: Number of this rank; the first, 0, leads.
        count: How many there are.
    """

    index = 0
    count = 1

    def first(self, value: float) -> float:
        """What the first rank says; all have to ask."""
        return value

    def worst(self, state: int) -> int:
        """How a step went on the rank where it went worst; all have to ask."""
        return state

    def add_up(self, parameters: Iterable[nn.Parameter]) -> None:
        """Let the gradients be the sums over all ranks."""


class SeveralRanks(Ranks):
    """A rank among several; they meet in a file, and talk within this computer.

    Args:
        index: Number of this rank.
        count: How many there are; all have to come.
        device: The torch device of this rank.
        store: Where they meet, a store of torch.
        look: Called while this one waits for others; raises where that is in vain.
        look_up: Called as well until all have come.
    """

    def __init__(
        self,
        index: int,
        count: int,
        device: str,
        store: Any,
        look: Callable[[], None] = lambda: None,
        look_up: Callable[[], None] = lambda: None,
    ) -> None:
        self.index = index
        self.count = count
        self._look = look
        # Else they would ask the network where this computer is, and listen there.
        os.environ["GLOO_SOCKET_IFNAME"] = os.environ["NCCL_SOCKET_IFNAME"] = _loopback()
        self._on_gpu = device != "cpu" and distributed.is_nccl_available()
        if device != "cpu":
            torch.cuda.set_device(device)
        store.set(f"here-{index}", "")
        while not store.check([f"here-{other}" for other in range(count)]):
            look()
            look_up()
            time.sleep(COME_S)
        distributed.init_process_group(
            "cpu:gloo,cuda:nccl" if self._on_gpu else "gloo",
            store=store,
            rank=index,
            world_size=count,
            timeout=_TIMEOUT,
        )

    def first(self, value: float) -> float:
        """What the first rank says; all have to ask."""
        said = torch.tensor([value], dtype=torch.float64)
        self._wait(distributed.broadcast(said, 0, async_op=True))
        return float(said)

    def worst(self, state: int) -> int:
        """How a step went on the rank where it went worst; all have to ask."""
        found = torch.tensor([state])
        self._wait(distributed.all_reduce(found, distributed.ReduceOp.MAX, async_op=True))
        return int(found)

    def add_up(self, parameters: Iterable[nn.Parameter]) -> None:
        """Let the gradients be the sums over all ranks, in one piece: networks here are small."""
        learning = [parameter for parameter in parameters if parameter.requires_grad]
        gradients = [torch.zeros_like(p) if p.grad is None else p.grad for p in learning]
        total = torch.cat([gradient.reshape(-1) for gradient in gradients])
        if not self._on_gpu:
            total = total.cpu()
        self._wait(distributed.all_reduce(total, async_op=True))
        parts = torch.split(total, [parameter.numel() for parameter in learning])
        for parameter, gradient, part in zip(learning, gradients, parts, strict=True):
            parameter.grad = gradient.copy_(part.view_as(parameter))

    def share(self, model: nn.Module) -> None:
        """Let a network have the weights of that of the first rank."""
        for tensor in model.state_dict().values():
            said = tensor.cpu().contiguous()
            self._wait(distributed.broadcast(said, 0, async_op=True))
            tensor.copy_(said)

    def leave(self, *, failed: bool = False) -> None:
        """End the talk; where it failed, without waiting for anybody."""
        if failed and distributed.group.WORLD is not None:
            distributed.group.WORLD.abort()
        distributed.destroy_process_group()

    def _wait(self, work: distributed.Work | None) -> None:
        """Wait for others, who may have ended: NCCL alone would never see that.

        Raises:
            TrainingError: they cannot be reached.
        """
        assert work is not None  # no rank is left out
        try:
            while not work.is_completed():
                self._look()
                time.sleep(LOOK_S)
            work.wait()
        except RuntimeError as error:
            until_s = time.monotonic() + LOST_S
            while time.monotonic() < until_s:
                self._look()
                time.sleep(0.05)
            raise TrainingError(
                f"The processes of the training lost each other ({error}); the active model is "
                "unchanged.",
                GO_ON,
            ) from error


class SharedPass(DistributedSampler[int]):
    """Draws the images of one rank, others in every pass.

    ultralytics counts the passes from outside, which loaders that are batches ahead do not see.
    """

    def __iter__(self) -> Iterator[int]:
        self.set_epoch(self.epoch + 1)
        return super().__iter__()


def _loopback() -> str:
    """Name of the network interface that stays within this computer."""
    return next(
        name
        for name, addresses in psutil.net_if_addrs().items()
        if any(address.address == "127.0.0.1" for address in addresses)
    )
