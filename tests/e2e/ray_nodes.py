"""Machines of a Ray cluster that are processes of this one; needs the extra `cluster`."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import pytest

TRIES = 4
"""On a busy machine a node gives up when its own agents take more than half a minute to start."""


@contextlib.contextmanager
def machines(*cores: int) -> Iterator[Any]:
    """A cluster with so many cores on its head, and on each further machine."""
    cluster_utils = pytest.importorskip(
        "ray.cluster_utils", reason="the extra cluster is missing", exc_type=ImportError
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        patch.setenv("RAY_worker_niceness", "0")
        made = _started(cluster_utils, cores)
        try:
            yield made
        finally:
            made.shutdown()


def _started(cluster_utils: Any, cores: tuple[int, ...]) -> Any:
    for left in reversed(range(TRIES)):
        made = cluster_utils.Cluster()
        try:
            for count in cores:  # the first is the head
                made.add_node(num_cpus=count, include_dashboard=False)
        except Exception:
            made.shutdown()
            if not left:
                raise
        else:
            return made
    raise AssertionError


def joined(cluster: Any, cores: int) -> Any:
    """One more machine."""
    for left in reversed(range(TRIES)):
        before = set(cluster.worker_nodes)
        try:
            return cluster.add_node(num_cpus=cores)
        except Exception:
            for half in set(cluster.worker_nodes) - before:
                with contextlib.suppress(Exception):
                    cluster.remove_node(half, allow_graceful=False)
            if not left:
                raise
    raise AssertionError
