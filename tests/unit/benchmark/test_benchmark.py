"""The measurements themselves: pictures, agreement, the limit."""

from __future__ import annotations

from pathlib import Path

from dynseg.benchmark import pictures
from dynseg.benchmark.prelabel import Findings
from dynseg.benchmark.quality import Quality
from dynseg.images.index import scan


def test_pictures_are_drawn_and_repeated(tmp_path: Path) -> None:
    paths = pictures.draw(tmp_path / "few", 1, dense=False)
    many = pictures.repeated(paths, tmp_path / "many", 3)
    assert len(scan(many)) == 3
    assert {(many / rel).read_bytes() for rel in scan(many)} == {paths[0].read_bytes()}


def test_the_limit_shares_the_cores_between_the_stages() -> None:
    nothing = Quality(0, 0, 0, 0, 0)
    stages = {"decode": 3.0, "forward": 8.0, "save": 1.0}
    dense = {**stages, "save": 15.0}
    on_cpu = Findings("b", "cpu", 2, {}, stages, dense, (0, 0), nothing, nothing, None)
    assert (on_cpu.limit_ms, on_cpu.dense_limit_ms) == (10.0, 17.0)
    on_gpu = Findings("b", "cuda:0", 2, {}, stages, dense, (0, 0), nothing, nothing, None)
    assert (on_gpu.limit_ms, on_gpu.dense_limit_ms) == (8.0, 9.0)
