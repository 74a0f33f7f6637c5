"""What a cluster has for models, read off the list of its machines; without Ray."""

from __future__ import annotations

from typing import Any

import pytest

from dynseg.cluster.connection import offer
from dynseg.errors import EngineError


def node(**resources: float) -> dict[str, Any]:
    """A machine as `ray.nodes` lists it."""
    return {"Resources": resources}


@pytest.mark.parametrize(
    ("nodes", "expected"),
    [
        ([node(CPU=1)], (1, 1, 0)),
        ([node(CPU=2), node(CPU=3)], (2, 2, 0)),
        ([node(CPU=16), node(CPU=8)], (6, 4, 0)),
        ([node(CPU=8), node(memory=1e9)], (2, 4, 0)),
        ([node(CPU=32, GPU=2), node(CPU=8)], (2, 1, 1)),
    ],
    ids=["one core", "smallest decides", "groups", "without cores", "GPUs"],
)
def test_l7_models_of_a_cluster(
    nodes: list[dict[str, Any]], expected: tuple[int, int, int]
) -> None:
    found = offer("auto", nodes)
    assert (found.actors, found.cores, found.gpus) == expected
    assert found.nodes == len(nodes)
    assert str(found.actors) in found.words


def test_l7_a_cluster_without_cores_is_refused() -> None:
    with pytest.raises(EngineError, match="no cores"):
        offer("auto", [node(memory=1e9)])
