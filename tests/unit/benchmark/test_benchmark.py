"""The measurements themselves: pictures, agreement, the limit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from dynseg.benchmark import pictures
from dynseg.benchmark.prelabel import Findings
from dynseg.benchmark.quality import Quality
from dynseg.images.index import scan


def test_pictures_are_drawn_and_repeated(tmp_path: Path) -> None:
    paths = pictures.draw(tmp_path / "few", 1, dense=False)
    many = pictures.repeated(paths, tmp_path / "many", 3)
    assert len(scan(many)) == 3
    assert {(many / rel).read_bytes() for rel in scan(many)} == {paths[0].read_bytes()}


EXPORT = """
import sys
from pathlib import Path
from dynseg.benchmark.peer import Peer
from dynseg.inference.settings import PredictSettings
from dynseg_resources import starter_model
Peer(starter_model(), Path(sys.argv[1]), PredictSettings(image_size=64), "cpu").exported(64, 64)
"""


@pytest.mark.slow  # exports a network
def test_the_export_of_the_peer_warns_nobody(tmp_path: Path) -> None:
    ran = subprocess.run(  # a process of its own: threads of the writer outlive it
        [sys.executable, "-W", "always::FutureWarning", "-c", EXPORT, str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "Warning" not in ran.stderr


def test_the_limit_shares_the_cores_between_the_stages() -> None:
    nothing = Quality(0, 0, 0, 0, 0)
    stages = {"decode": 3.0, "forward": 8.0, "save": 1.0}
    dense = {**stages, "save": 15.0}
    on_cpu = Findings("b", "cpu", 2, {}, stages, dense, (0, 0), nothing, nothing, None)
    assert (on_cpu.limit_ms, on_cpu.dense_limit_ms) == (10.0, 17.0)
    on_gpu = Findings("b", "cuda:0", 2, {}, stages, dense, (0, 0), nothing, nothing, None)
    assert (on_gpu.limit_ms, on_gpu.dense_limit_ms) == (8.0, 9.0)
