"""Compose batches of scenes ahead of those that train on them.

    python packaging/starter/feed.py --data ../shared/data --out /dev/shm/scenes --workers 12

Batch number N is a file that depends on its number alone. Several trainings read the same files;
one that all of them have read is removed, so a bounded number lies there. It ends when `stop` lies
in the folder.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from material import Material, collect
from scenes import compose
from torch import Tensor

SEED_APART = 10**9
"""Numbers of scenes between one seed and the next."""
SIZES = ((256, 0.2), (320, 0.35), (416, 0.25), (512, 0.13), (640, 0.07))
"""Side of the scenes in pixels and share of the batches. What counts for small objects is their
size in pixels; large scenes show them in front of much else."""
SCENES = 96
"""In a batch, if they have 320 px; fewer or more have as many pixels together."""
MASK_STRIDE = 4
AHEAD = 96
"""Batches that lie ready at most."""
WAIT_S = 0.01


def batch(material: Material, number: int, scenes: int, seed: int = 0) -> dict[str, Tensor]:
    """Batch of a number, as ultralytics' segmentation loss wants it."""
    random = np.random.default_rng([seed, number])
    side = int(random.choice([size for size, _ in SIZES], p=[share for _, share in SIZES]))
    count = max(1, round(scenes * 320**2 / side**2))
    first = seed * SEED_APART + number * 1000
    return collate([compose(material, first + i, side) for i in range(count)])


def collate(scenes: list[tuple[Any, Any]]) -> dict[str, Tensor]:
    """Scenes side by side; masks hold the number of the object that owns a pixel."""
    boxes = [owner_boxes(owner) for _, owner in scenes]
    start = MASK_STRIDE // 2
    return {
        "img": torch.stack([torch.from_numpy(p.copy()).permute(2, 0, 1) for p, _ in scenes]),
        "masks": torch.stack(
            [torch.from_numpy(o[start::MASK_STRIDE, start::MASK_STRIDE].copy()) for _, o in scenes]
        ),
        "bboxes": torch.from_numpy(np.concatenate(boxes)).float(),
        "cls": torch.zeros(sum(map(len, boxes)), 1),
        "batch_idx": torch.cat([torch.full((len(b),), float(i)) for i, b in enumerate(boxes)]),
    }


def owner_boxes(owner: Any) -> Any:
    """`(N, 4)` boxes of owners 1 to N: centre and size, fractions of the image."""
    rows, columns = np.nonzero(owner)
    numbers = owner[rows, columns]
    order = np.argsort(numbers, kind="stable")
    if not len(order):
        return np.zeros((0, 4))
    starts = np.flatnonzero(np.diff(numbers[order], prepend=0))
    rows, columns = rows[order], columns[order]
    low = np.stack([np.minimum.reduceat(columns, starts), np.minimum.reduceat(rows, starts)], 1)
    high = np.stack([np.maximum.reduceat(columns, starts), np.maximum.reduceat(rows, starts)], 1)
    return np.concatenate([(low + high + 1) / 2, high + 1 - low], 1) / len(owner)


def file_of(folder: Path, number: int) -> Path:
    """Where a batch lies."""
    return folder / f"{number:07d}.pt"


def read_batches(folder: Path, name: str, first: int = 0) -> Iterator[dict[str, Tensor]]:
    """Batches from a number on, as they come; says how far this reader is.

    Args:
        folder: Of the feed.
        name: Of the reader.
        first: Number of the first batch.
    """
    number = first
    while True:
        path = file_of(folder, number)
        while not path.exists():
            time.sleep(WAIT_S)
        yield torch.load(path, weights_only=True)
        number += 1
        (folder / f"{name}.progress").write_text(str(number))


def slowest(folder: Path, readers: int) -> int:
    """How far the slowest reader is; 0 until all of them have begun."""
    found = [int(path.read_text() or 0) for path in folder.glob("*.progress")]
    return min(found) if len(found) >= readers else 0


def work(material: Material, place: int, given: argparse.Namespace) -> None:
    """Write every batch whose turn it is."""
    folder: Path = given.out
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    number = place
    while not (folder / "stop").exists():
        done = slowest(folder, given.readers)
        if number - done > AHEAD:
            time.sleep(WAIT_S)
            continue
        staging = folder / f"{place}.staging"
        torch.save(batch(material, number, given.batch, given.seed), staging)
        os.replace(staging, file_of(folder, number))
        number += given.workers
        for path in folder.glob("*.pt"):
            if int(path.stem) < done:
                path.unlink(missing_ok=True)


def main() -> None:
    """Start the workers and wait for them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of data sets")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--readers", type=int, default=1, help="trainings that will read")
    parser.add_argument("--batch", type=int, default=SCENES, help="scenes of 320 px in a batch")
    parser.add_argument("--seed", type=int, default=0, help="another one makes other scenes")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    material = collect(given.data, given.workers)
    context = multiprocessing.get_context("fork")
    processes = [
        context.Process(target=work, args=(material, place, given))
        for place in range(given.workers)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


if __name__ == "__main__":
    main()
