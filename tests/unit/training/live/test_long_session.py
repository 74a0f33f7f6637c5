"""A long session of live learning takes no more memory than a short one."""

from __future__ import annotations

import dataclasses
import gc
from pathlib import Path

import psutil
import pytest
from tests.unit.training.live.conftest import SIZE

from dynseg.project.layout import ProjectLayout
from dynseg.training.live.batches import BatchSettings, BatchSource, Memory
from dynseg.training.live.folder import LiveFolder
from dynseg.training.live.gate import SPARE_GUARDS, Gate
from dynseg.training.live.learner import Learner
from dynseg.training.live.source import Changes

SETTLED, ROUNDS = 6, 36
STEPS, NEW_IMAGES = 8, 12
"""Of one round."""
LEEWAY = 40 << 20
"""Libraries keep pools of their own; 360 images that stayed would be 65 MB, their guards as much,
and the weights of 30 rounds 600 MB."""


@pytest.mark.slow
@pytest.mark.timeout(1500)
def test_memory_is_that_of_the_first_minutes(
    changes: Changes, learner: Learner, tmp_path: Path
) -> None:

    some = changes.fresh
    held = 8 * max(example.size_bytes for example in some)
    memory = Memory(held_bytes=held)
    folder = LiveFolder(ProjectLayout(tmp_path / "session"))
    gate = Gate(folder, memory)
    source = BatchSource(memory, BatchSettings(size=64, count=2))
    process, taken = psutil.Process(), []
    try:
        for turn in range(ROUNDS):
            for number in range(NEW_IMAGES):
                image_id = turn * NEW_IMAGES + number
                fresh = dataclasses.replace(
                    some[image_id % len(some)],
                    image_id=image_id,
                    pixels=some[image_id % len(some)].pixels.copy(),
                )
                memory.put(fresh)
                gate.add_guard(fresh)
            learner.meet(memory.all())
            for _ in range(STEPS):
                learner.step(source.next())
            gate.forget()  # what is written is of no interest here, only that it goes on
            gate.pass_on(learner.average.model, learner.card, SIZE)
            gc.collect()
            taken.append(process.memory_info().rss)
    finally:
        source.close()
    assert sum(example.size_bytes for example in memory.all()) <= held
    assert len(gate._guards) == SPARE_GUARDS
    grown = max(taken[SETTLED:]) - max(taken[:SETTLED])
    assert grown < LEEWAY, [value >> 20 for value in taken]
