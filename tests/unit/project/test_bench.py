from __future__ import annotations

from pathlib import Path

import pytest

from dynseg.project.bench import measure


def test_the_benchmark_measures_a_real_store(tmp_path: Path) -> None:
    figures = measure(tmp_path / "bench", images=30, shapes=3)
    assert (figures.images, figures.shapes) == (30, 3)
    assert 0 < figures.ack_p50_ms <= figures.ack_p95_ms <= figures.ack_p99_ms
    assert 0 < figures.undo_bytes < 1500
    assert min(figures.write_s, figures.read_s, figures.list_ms, figures.reopen_ms) > 0


@pytest.mark.slow
def test_a_large_project_stays_quick(tmp_path: Path) -> None:
    figures = measure(tmp_path / "bench")
    assert figures.ack_p95_ms <= 25
    assert figures.list_ms <= 50
    assert figures.undo_bytes <= 10_000
