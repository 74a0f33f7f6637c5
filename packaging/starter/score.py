"""How good a starter is: class-agnostic mask AP50 and recall.

    python packaging/starter/score.py MODEL --data ../shared/data [--size 640] [--part val]

During training a few photographs of training parts are looked at; the final figures are those of
whole val parts. food-tray, kudzu-bugs and urban-large are never trained on.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from torch import nn

from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import load
from dynseg.training.dataset import read_description
from dynseg.training.evaluate import evaluate_network

SETS = (
    "food-tray",
    "kudzu-bugs",
    "urban-large",
    "nuts",
    "feral-cats",
    "nuclei-fluo",
    "coco128-seg",
)
GLANCE = {"food-tray": (16, 320), "kudzu-bugs": (12, 640), "coco128-seg": (16, 416)}
"""Images of the training parts that training itself looks at, and their size in pixels."""


def score(model: nn.Module, data: Path) -> dict[str, float]:
    """A short look, on images that are not those of the final figures."""
    card = ModelCard(name="starter", classes=["object"], class_agnostic=True)
    found = {}
    for name, (count, size) in GLANCE.items():
        description = read_description(data / name / "yolo" / "data.yaml")
        images = description["train"]
        description["val"] = images[:: max(1, len(images) // count)][:count]
        metrics = evaluate_network(
            model, card, description, image_size=size, agnostic=True, batch=4
        )
        found[f"{name}@{size}"] = metrics.map50
    return found


def full_score(path: Path, data: Path, *, size: int, part: str, sets: list[str]) -> dict[str, Any]:
    """Whole parts of sets."""
    model, card = load(path)
    rows = {}
    for name in sets:
        description = read_description(data / name / "yolo" / "data.yaml")
        description["val"] = description[part]
        metrics = evaluate_network(
            model, card, description, image_size=size, agnostic=True, batch=4
        )
        rows[name] = {"map50": round(metrics.map50, 4), "map50_95": round(metrics.map50_95, 4)}
    return rows


def main() -> None:
    """Print one JSON object a set."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--size", type=int, default=640)
    parser.add_argument("--part", choices=("val", "train"), default="val")
    parser.add_argument("--sets", nargs="*", default=list(SETS))
    arguments = parser.parse_args()
    for name, row in full_score(
        arguments.model,
        arguments.data,
        size=arguments.size,
        part=arguments.part,
        sets=arguments.sets,
    ).items():
        shown = {"set": name, "size": arguments.size, "part": arguments.part} | row
        sys.stdout.write(json.dumps(shown) + "\n")


if __name__ == "__main__":
    main()
