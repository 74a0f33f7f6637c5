"""What a run is worth that somebody finishes early: mask mAP for each part of its steps.

    python -m tests.benchmarks.accuracy.finish --data ../shared/data --set food-tray \
        --start resources/dynseg_resources/models/starter.safetensors --images 10 --at 0.1 0.2 1

Each is a run of its own on the same photos, as `dynseg train --preset quick` makes it, which hears
*Finish now* after so many of its steps; the start is measured first. Steps, not seconds: a busy
machine changes nothing but the time. Rows of JSON are printed, and appended to `--out`. `--save`
keeps the last network, for instance as the start of the next.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import torch
from tests.benchmarks.accuracy.compare import Arm, FixedStepsTrainer, fixed_budget

from dynseg.model.checkpoint import load, save
from dynseg.training import budget as budgets
from dynseg.training.config import TrainConfig
from dynseg.training.dataset import read_description
from dynseg.training.evaluate import evaluate_network
from dynseg.training.head_start import give_head_start
from dynseg.training.job import TrainingJob
from dynseg.training.start_weights import StartNetwork, fit_classes


def learned(
    start: StartNetwork, data: dict[str, Any], share: float, chosen: argparse.Namespace
) -> FixedStepsTrainer:
    """A run that is asked to finish after a part of its steps."""
    config = TrainConfig(image_size=chosen.size, seed=chosen.seed, device="cpu")
    budget = fixed_budget(
        config, images=len(data["train"]), parent_size=chosen.size, steps=chosen.steps
    )
    with tempfile.TemporaryDirectory() as folder:
        trainer = FixedStepsTrainer(
            TrainingJob(
                model=start.model,
                data={**data, "val": data["val"][:1]},
                budget=replace(budget, time_s=math.inf),
                folder=Path(folder),
                device="cpu",
                threads=chosen.threads,
                seed=chosen.seed,
                freeze=0,
                emit=lambda _: None,
                stop_requested=lambda: "finish" if trainer.share_done >= share else "",
                save=lambda _: None,
            ),
            Arm("kept"),
        )
        trainer.train()
    return trainer


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of data sets")
    parser.add_argument("--set", default="food-tray")
    parser.add_argument("--start", type=Path, required=True, help="a model file")
    parser.add_argument("--images", type=int, default=10)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=375)
    parser.add_argument("--size", type=int, default=320)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--at", type=float, nargs="+", default=[0.1, 0.2, 1.0])
    parser.add_argument("--out", type=Path, help="a file of JSON lines")
    parser.add_argument("--save", type=Path, help="a model file")
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    budgets.END_S = math.inf
    data = dict(read_description(chosen.data / chosen.set / "yolo" / "data.yaml"))
    photos = sorted(data["train"])
    random.Random(chosen.seed).shuffle(photos)
    data["train"] = photos[: chosen.images]
    names = list(data["names"].values())
    row = {"set": chosen.set, "start": chosen.start.stem, "images": chosen.images}
    for share in (0.0, *chosen.at):
        start = fit_classes(*load(chosen.start), names, seed=chosen.seed)
        give_head_start(start, data, size=chosen.size)
        trainer = learned(start, data, share, chosen) if share else None
        model = trainer.ema.ema.float() if trainer else start.model
        found = evaluate_network(model.eval(), start.card, data, image_size=chosen.size, batch=8)
        steps = trainer.steps_done if trainer else 0
        row |= {"seed": chosen.seed, "asked_at": share, "steps": steps}
        row |= {"map50": round(found.map50, 4), "map50_95": round(found.map50_95, 4)}
        sys.stdout.write(json.dumps(row) + "\n")
        if chosen.out:
            with chosen.out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
    if chosen.save:
        card = msgspec.structs.replace(start.card, name=chosen.save.stem, image_size=chosen.size)
        save(model.eval(), card, chosen.save, half=False)


if __name__ == "__main__":
    main()
