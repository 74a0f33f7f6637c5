"""How good a starter is without classes: mask AP50, and recall of its proposals.

    python packaging/starter/score.py MODEL --data ../shared/data [--size 640] [--part val]

Recall is the share of labelled objects of which one of the proposals, of any score that the program
keeps, has a polygon of IoU .5 or more; `proposals` is how many an image has. food-tray, kudzu-bugs
and urban-large are never trained on.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from dynseg.geometry.polygon import to_shapely
from dynseg.images.decode import decode
from dynseg.inference.predictor import Predictor
from dynseg.inference.settings import PredictSettings
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
        found, shown = recall(path, description["val"], size)
        rows[name] = {
            "map50": round(metrics.map50, 4),
            "map50_95": round(metrics.map50_95, 4),
            "recall50": round(found, 4),
            "proposals": round(shown, 1),
        }
    return rows


def recall(path: Path, images: list[str], size: int) -> tuple[float, float]:
    """Share of labelled objects that are proposed with IoU .5 or more, and proposals an image."""
    predictor = Predictor.load(path, device="cpu", backend="torch")
    labelled = met = proposals = 0
    for name in images:
        pixels = decode(Path(name)).pixels
        found = [
            shapely.make_valid(to_shapely(item.parts))
            for item in predictor.predict(pixels, PredictSettings(image_size=size))
        ]
        tree = shapely.STRtree(found)
        for truth in truths(Path(name), pixels.shape[1], pixels.shape[0]):
            near = [found[index] for index in tree.query(truth)]
            met += any(
                shape.intersection(truth).area >= 0.5 * shape.union(truth).area for shape in near
            )
            labelled += 1
        proposals += len(found)
    return met / max(1, labelled), proposals / max(1, len(images))


def truths(image: Path, width: int, height: int) -> Iterator[shapely.Geometry]:
    """Outlines of the labelled objects of an image, image pixels."""
    label = Path(str(image).replace("/images/", "/labels/")).with_suffix(".txt")
    for row in label.read_text().splitlines() if label.exists() else ():
        numbers = np.array(row.split()[1:], float).reshape(-1, 2)
        if len(numbers) >= 3:
            yield shapely.make_valid(shapely.Polygon(numbers * (width, height)))


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
