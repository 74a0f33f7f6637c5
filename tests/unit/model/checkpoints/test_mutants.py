"""2,000 checkpoints with bytes changed at random: refused in words or read, never anything else."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path
from typing import Any

import psutil
import pytest

from dynseg.errors import ModelFileError
from dynseg.model.inert import InertFile
from dynseg.model.recognise import recognise

MUTANTS = 2_000


def mutate(program: bytes, chance: random.Random) -> bytes:
    data = bytearray(program)
    for _ in range(chance.choice([1, 1, 2, 4, 16])):
        place = chance.randrange(len(data))
        kind = chance.random()
        if kind < 0.6:
            data[place] = chance.randrange(256)
        elif kind < 0.8:
            del data[place : place + chance.randrange(1, 9)]
        else:
            data[place:place] = bytes(chance.randrange(256) for _ in range(chance.randrange(1, 9)))
    return bytes(data)


@pytest.mark.slow
def test_mutants_are_refused_or_read(save: Any, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_AS)
    room = psutil.Process().memory_info().vms + (4 << 30)
    resource.setrlimit(resource.RLIMIT_AS, (room, before[1]))
    try:
        counts = {"read": 0, "refused": 0}
        with zipfile.ZipFile(save()) as original:
            records = {e.filename: original.read(e) for e in original.infolist()}
        name = next(n for n in records if n.endswith("data.pkl"))
        program, path, chance = records[name], tmp_path / "mutant.pt", random.Random(1)
        for _ in range(MUTANTS):
            with zipfile.ZipFile(path, "w") as file:
                file.writestr(name, mutate(program, chance))
            try:
                with InertFile(path) as opened:
                    recognise(opened.content(), path)
                counts["read"] += 1
            except ModelFileError:
                counts["refused"] += 1
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    print(counts)
    assert sum(counts.values()) == MUTANTS
    assert counts["refused"] > MUTANTS / 10
