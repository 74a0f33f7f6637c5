"""The way into a Ray cluster, and what it has to offer."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from dynseg.errors import EngineError, InputError

NAMESPACE = "dynseg"
MAX_CORES = 4
"""Cores of one model actor: more of them do not make one nano network faster."""

ANSWER_S = 10.0

_QUIET = {
    "RAY_USAGE_STATS_ENABLED": "0",  # else Ray sends statistics to its makers
    "RAY_BACKEND_LOG_LEVEL": "fatal",  # else its own worries stand between our lines
}


@dataclass(frozen=True, slots=True)
class Cluster:
    """What a cluster has for models.

    Attributes:
        address: As it was given.
        nodes: Machines that are alive.
        actors: Models that run at the same time, one a GPU or one a group of cores.
        cores: Cores of each of them.
        gpus: GPUs of each of them, 0 or 1.
    """

    address: str
    nodes: int
    actors: int
    cores: int
    gpus: int

    @property
    def words(self) -> str:
        """For a person: `2 machines, 6 models of 4 cores each`."""
        each = "a GPU each" if self.gpus else f"{self.cores} cores each"
        return f"{self.nodes} machines, {self.actors} models of {each}"


def load_ray() -> Any:
    """The module `ray`, told to keep what it knows to itself.

    Raises:
        InputError: it is not installed.
    """
    os.environ.update(_QUIET)
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise InputError(
            "Ray is not installed, so there is no way into a cluster.",
            "Install it with `pip install dynseg-annotator[cluster]`.",
        ) from error
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    return ray


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """A cluster, for as long as the block lasts.

    Args:
        address: As `ray.init` takes it: `auto` for the cluster that this machine belongs to,
            `host:6379`, or `ray://host:10001` from outside.

    Raises:
        InputError: Ray is not installed.
        EngineError: no cluster answers there.
    """
    ray = load_ray()
    try:
        _knock(address)
        ray.init(
            address=address, namespace=NAMESPACE, log_to_driver=False, logging_level=logging.ERROR
        )
    except (OSError, RuntimeError, ValueError) as error:
        raise EngineError(
            f"No Ray cluster answers at {address}; no label was changed.",
            "Check the address and that the cluster runs the same version of Ray "
            f"({ray.__version__}).",
        ) from error
    try:
        yield offer(address, [node for node in ray.nodes() if node["Alive"]])
    finally:
        ray.shutdown()


def _knock(address: str) -> None:
    """Find out at once that nobody answers: Ray itself tries for ten minutes.

    Raises:
        OSError: nobody does.
    """
    host, _, port = address.rpartition("://")[2].rpartition(":")
    if host and port.isdecimal():
        socket.create_connection((host, int(port)), timeout=ANSWER_S).close()


def offer(address: str, nodes: Sequence[dict[str, Any]]) -> Cluster:
    """How many models the machines of a cluster can run, as `ray.nodes` lists them.

    Raises:
        EngineError: no machine has a free core.
    """
    cores = [int(node["Resources"].get("CPU", 0)) for node in nodes]
    gpus = sum(int(node["Resources"].get("GPU", 0)) for node in nodes)
    working = [count for count in cores if count]
    if not working:
        raise EngineError(
            f"The cluster at {address} has no cores to run a model on; no label was changed.",
            "Add a machine to it, or run without --ray.",
        )
    group = min(MAX_CORES, *working)
    if gpus:
        return Cluster(address, len(nodes), gpus, 1, 1)
    return Cluster(address, len(nodes), sum(count // group for count in working), group, 0)
