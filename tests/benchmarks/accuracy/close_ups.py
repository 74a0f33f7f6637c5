"""What close-ups bring where objects are tiny: the same steps with and without them.

    python -m tests.benchmarks.accuracy.close_ups --data ../shared/data --set kudzu-bugs \
        --images 20 --seed 0 --close-up auto --out tests/benchmarks/accuracy/close_ups.jsonl

Some photos of the training part are learned from as `dynseg train` does it, at the size that the
program takes by itself; then the program proposes on the photos of the val part, once as the model
has learned to look and once on whole photos alone. Recall is the share of objects that a proposal
of any score covers with an IoU of at least one half, AP50 the area under precision over recall
(101 points, precision made falling), AP75 the same with an IoU of at least .75, classes ignored.
`--close-up 1` learns from whole photos, `auto` takes what a run would. A budget of steps: a busy
machine changes nothing but the time.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import torch
from numpy.typing import NDArray
from tests.benchmarks.accuracy.compare import Arm, Case, Machine, fine_tune, start_network

from dynseg.annotation.document import Annotation, Instance
from dynseg.formats.yolo.rows import parse
from dynseg.geometry.part import Part, ring
from dynseg.images.decode import decode
from dynseg.inference.overlap import outlines, overlapping_pairs
from dynseg.inference.predictor import Predictor, prepare_process
from dynseg.inference.settings import PredictSettings
from dynseg.inference.tiles import predict_tiled
from dynseg.model.checkpoint import save
from dynseg.training.close_ups import add_close_ups, labels_of
from dynseg.training.dataset import read_description
from dynseg.training.image_size import MOST_SIZE_CPU, object_shares, wanted_close_up, wanted_size
from dynseg_resources import starter_model

IOU = 0.5
STRICT_IOU = 0.75
POINTS = 101

Shape = tuple[Part, ...]


def truth_of(image: Path) -> Annotation:
    """What is labelled in a photo."""
    height, width = decode(image).pixels.shape[:2]
    rows = parse(labels_of(image).read_bytes(), path=image.name).rows
    instances = tuple(
        Instance(row.class_index, (Part(ring(row.points * (width, height))),)) for row in rows
    )
    return Annotation(0, width, height, instances)


def matched(found: Sequence[Shape], wanted: Sequence[Shape], iou: float) -> set[int]:
    """Which of the found ones, surest first, are an object that no surer one was."""
    if not found or not wanted:
        return set()
    pairs = overlapping_pairs(outlines(found), outlines(wanted), iou=iou)
    hits: set[int] = set()
    taken: set[int] = set()
    for one, other in sorted(zip(*(side.tolist() for side in pairs), strict=True)):
        if one not in hits and other not in taken:
            hits.add(one)
            taken.add(other)
    return hits


def measured(predictor: Predictor, images: Sequence[Path], tiles: str) -> dict[str, float]:
    """Recall, AP50 and AP75 of what the program proposes."""
    settings = PredictSettings(tiles=tiles)
    scores: list[float] = []
    right: dict[float, list[bool]] = {IOU: [], STRICT_IOU: []}
    objects = 0
    for image in images:
        found = predict_tiled(decode(image).pixels, predictor, settings)
        wanted = [item.parts for item in truth_of(image).instances]
        objects += len(wanted)
        scores += [item.score for item in found]
        for iou, all_right in right.items():
            hits = matched([item.parts for item in found], wanted, iou)
            all_right += [place in hits for place in range(len(found))]
    order = np.argsort(-np.array(scores), kind="stable")
    return {
        "recall": round(sum(right[IOU]) / objects, 3),
        "ap50": average_precision(np.array(right[IOU], float)[order], objects),
        "ap75": average_precision(np.array(right[STRICT_IOU], float)[order], objects),
    }


def average_precision(right: NDArray[np.float64], objects: int) -> float:
    """Area under precision over recall; `right` is 1 for each hit, surest first."""
    if not len(right):
        return 0.0
    hit = np.cumsum(right)
    precision = np.maximum.accumulate((hit / np.arange(1, len(hit) + 1))[::-1])[::-1]
    places = np.linspace(0, 1, POINTS)
    return round(float(np.interp(places, hit / objects, precision, right=0).mean()), 3)


def learned(chosen: argparse.Namespace, folder: Path) -> tuple[Path, dict[str, Any]]:
    """A model file, and how it came about."""
    data = dict(read_description(chosen.data / chosen.set / "yolo" / "data.yaml"))
    images = sorted(data["train"])
    random.Random(chosen.seed).shuffle(images)
    data["train"] = images[: chosen.images]
    shares = object_shares(map(truth_of, data["train"]))
    size = wanted_size(shares.small, least=320, most=MOST_SIZE_CPU)
    wish = chosen.close_up
    close_up = wanted_close_up(shares, size) if wish == "auto" else float(wish)
    if close_up > 1:
        data = add_close_ups(data, close_up, folder / "parts", size=size, seed=chosen.seed)
    case = Case(chosen.set, "starter", "kept", 0, size, 0.0, chosen.steps, chosen.seed, 16)
    torch.manual_seed(chosen.seed)
    began_s = time.monotonic()
    start = start_network(str(starter_model()), Arm.parse("kept"))
    trainer, card = fine_tune(case, data, start, Machine(chosen.device, chosen.threads, 0))
    row = {
        "set": chosen.set,
        "images": chosen.images,
        "seed": chosen.seed,
        "size": size,
        "close_up": round(close_up, 2),
        "steps": trainer.steps_done,
        "seconds": round(time.monotonic() - began_s),
    }
    card = msgspec.structs.replace(card, image_size=size, close_up=close_up)
    path = folder / "model.safetensors"
    save(trainer.ema.ema.float().eval(), card, path)
    return path, row


def main() -> None:
    """One run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of data sets")
    parser.add_argument("--set", default="kudzu-bugs")
    parser.add_argument("--images", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--close-up", default="auto", metavar="auto|N")
    parser.add_argument("--steps", type=int, default=115)
    parser.add_argument("--device", default="cpu", metavar="cpu|cuda:0")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, help="a file of JSON lines that grows")
    chosen = parser.parse_args()
    prepare_process()
    val = read_description(chosen.data / chosen.set / "yolo" / "data.yaml")["val"]
    with tempfile.TemporaryDirectory() as folder:
        path, row = learned(chosen, Path(folder))
        predictor = Predictor.load(path, device=chosen.device, backend="torch")
        row["learned"] = measured(predictor, val, "model")
        if row["close_up"] > 1:
            row["whole"] = measured(predictor, val, "off")
    line = json.dumps(row) + "\n"
    sys.stdout.write(line)
    if chosen.out:
        with chosen.out.open("a", encoding="utf-8") as file:
            file.write(line)


if __name__ == "__main__":
    main()
