"""Parameters grow, FLOPs do not."""

from __future__ import annotations

import pytest

from dynseg.benchmark.costs import measure_costs
from dynseg.errors import InputError
from dynseg.model.head import BRANCHES


@pytest.mark.parametrize(
    ("backend", "name"),
    [("torch", "torch"), pytest.param("openvino", "openvino", marks=pytest.mark.slow)],
)
def test_parameters_grow_and_work_does_not(backend: str, name: str) -> None:
    rows = list(measure_costs(scales=("n",), experts=4, image_size=160, rounds=1, backend=backend))
    assert all(row.backend.startswith(name) for row in rows)
    assert [row.placement for row in rows] == list(BRANCHES)
    for row in rows:
        assert 1.1 < row.params_x < 2
        assert 1 <= row.flops_x < 1.012  # routers do not shrink with the image: 1.0005 at 640 px
        assert row.latency_x > 0
        assert row.throughput_x > 0
    assert rows[0].params_x < rows[1].params_x < rows[2].params_x


def test_unknown_backend_is_named() -> None:
    with pytest.raises(InputError, match="no backend"):
        next(measure_costs(scales=("n",), experts=4, image_size=64, rounds=1, backend="tvm"))
