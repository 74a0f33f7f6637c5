from __future__ import annotations

from pathlib import Path

import numpy as np
import psutil
import pytest
from PIL import Image

from dynseg.annotation.delta import diff
from dynseg.annotation.document import Instance
from dynseg.geometry.part import Part, ring
from dynseg.project.bench import measure
from dynseg.project.store import Store


def test_the_benchmark_measures_a_real_store(tmp_path: Path) -> None:
    figures = measure(tmp_path / "bench", images=30, shapes=3)
    assert (figures.images, figures.shapes) == (30, 3)
    assert 0 < figures.ack_p50_ms <= figures.ack_p95_ms <= figures.ack_p99_ms
    assert 0 < figures.undo_bytes < 1500
    assert min(figures.json_write_s, figures.json_read_s) > 0
    assert min(figures.write_s, figures.read_s, figures.list_ms, figures.reopen_ms) > 0


@pytest.mark.slow
def test_a_large_project_stays_quick(tmp_path: Path) -> None:
    figures = measure(tmp_path / "bench")
    assert figures.ack_p95_ms <= 25
    assert figures.list_ms <= 50
    assert figures.undo_bytes <= 10_000
    assert figures.write_s < figures.json_write_s / 5
    assert figures.read_s < figures.json_read_s / 5


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_ten_thousand_edits_take_no_memory(tmp_path: Path) -> None:
    Image.new("L", (100, 80)).save(tmp_path / "a.png")
    rng, process, seen = np.random.default_rng(0), psutil.Process(), []
    with Store.create(tmp_path / "project", images=tmp_path, classes=["leaf"]) as store:
        for number in range(10_000):
            before = store.annotation(1)
            shape = Instance(0, (Part(ring(rng.uniform(0, 80, (40, 2)))),))
            kept = before.instances[-7:]
            delta = diff(before, before.with_instances([*kept, shape]))
            store.commit(1, delta, expected_revision=before.revision, text="Draw")
            if number % 1000 == 999:
                seen.append(process.memory_info().rss / 2**20)
        assert store.check() == []
    print([f"{size:.0f} MB" for size in seen])
    assert seen[-1] - seen[0] < 10
