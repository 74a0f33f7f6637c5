"""kill -9 of the window at random moments: every edit that it called saved is there."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PIL import Image

from dynseg.project.store import Store

SCRIPT = Path(__file__).with_name("window_under_fire.py")


def run_and_kill(folder: Path, first: int, delay_s: float) -> list[int]:
    """Let a window edit for a while after it is ready, kill it, return what it called saved."""
    process = subprocess.Popen(
        [sys.executable, str(SCRIPT), str(folder), str(first)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "READY\n"
    time.sleep(delay_s)
    process.kill()
    lines = process.stdout.read().splitlines()
    process.stdout.close()
    process.wait(timeout=10)
    # A line that the kill cut in two was still an acknowledgement of a smaller number at most.
    return [int(line.split()[1]) for line in lines if line.startswith("ACK ") and len(line) > 4]


def fire(folder: Path, rounds: int) -> None:
    folder.mkdir()
    Image.new("RGB", (320, 240), "grey").save(folder / "a.png")
    Store.create(folder, images=folder, classes=["thing"]).close()
    chance = random.Random(7)
    saved: set[int] = set()
    for number in range(rounds):
        saved |= set(run_and_kill(folder, number * 100_000, chance.uniform(0.05, 1.2)))
        with Store.open(folder) as store:
            row = store.images()[0]
            there = {int(item.id, 16) for item in store.annotation(row.id).instances}
            assert saved <= there, f"round {number}: lost {sorted(saved - there)}"
            assert store.check() == []
    assert saved, "the window never saved anything: the test proves nothing"


def test_no_acknowledged_edit_is_lost(tmp_path: Path) -> None:
    fire(tmp_path / "photos", rounds=3)


@pytest.mark.chaos
@pytest.mark.timeout(900)
def test_no_acknowledged_edit_is_lost_in_fifty_kills(tmp_path: Path) -> None:
    fire(tmp_path / "photos", rounds=50)
