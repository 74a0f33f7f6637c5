"""How many proposed outlines need no correction: as the network draws them, and at the edges.

    python -m tests.benchmarks.outlines --data ../shared/data --sets food-tray nuts feral-cats \
        nuclei-fluo kudzu-bugs coco128-seg --most 300

The built-in model proposes on photos in random order as the program does (two looks, tiles where it
would take them), and each proposal that overlaps an object by half or more counts. Good is an
overlap (IoU) of .9 or more with what a person drew. Processor time is that of moving outlines to
the edges, all threads, milliseconds an outline. A folder of `dynseg sample` can stand for a set.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import numpy as np
from tests.benchmarks.effort.arms import predictor_of
from tests.benchmarks.effort_editor.material import truths_of

from dynseg.geometry.part import Part
from dynseg.geometry.polygon import iou
from dynseg.images.decode import DecodedImage, decode
from dynseg.inference.detections import Detection
from dynseg.inference.outlines.edges import snapped
from dynseg.inference.predictor import Predictor
from dynseg.inference.settings import PredictSettings
from dynseg.inference.tiles import predict_tiled
from dynseg.model.checkpoint import load
from dynseg_resources import starter_model

MATCH = 0.5
GOOD = 0.9


@dataclass(slots=True)
class Tally:
    """Overlaps with the truth of the same proposals, drawn in two ways.

    Attributes:
        drawn: As the network draws them.
        moved: At the edges.
        points: Vertices of those at the edges.
        cpu_s: Processor time that moving them took.
    """

    drawn: list[float] = field(default_factory=list)
    moved: list[float] = field(default_factory=list)
    points: list[int] = field(default_factory=list)
    cpu_s: float = 0.0

    def row(self, name: str) -> dict[str, object]:
        """What the table shows of a set."""
        shares = {
            f"{key}_{what}": round(float(value), 3)
            for key, overlaps in (("drawn", self.drawn), ("moved", self.moved))
            for what, value in (
                ("good", np.mean(np.array(overlaps) >= GOOD)),
                ("iou", np.mean(overlaps)),
            )
        }
        count = len(self.drawn)
        points = round(float(np.mean(self.points)), 1)
        return {"set": name, "outlines": count, **shares, "points": points,
                "cpu_ms": round(1000 * self.cpu_s / count, 1)}  # fmt: skip


def images_of(data: Path, name: str, seed: int) -> list[Path]:
    """All images of a set in ultralytics' layout, in random order."""
    inside = data / name / "yolo"
    folder = inside if inside.is_dir() else Path(name)
    found = [path for path in sorted((folder / "images").rglob("*")) if path.is_file()]
    random.Random(seed).shuffle(found)
    return found


def matched(
    image: DecodedImage, truths: list[tuple[Part, ...]], predictor: Predictor
) -> Iterator[tuple[Detection, tuple[Part, ...]]]:
    """Proposals, each with the object that it overlaps most, by half or more."""
    settings = msgspec.structs.replace(PredictSettings(), edges="off")
    for item in predict_tiled(image.pixels, predictor, settings):
        if item.score < settings.confidence:
            continue
        overlaps = [iou(item.parts, truth) for truth in truths]
        best = int(np.argmax(overlaps))
        if overlaps[best] >= MATCH:
            yield item, truths[best]


def measure(paths: list[Path], predictor: Predictor, most: int) -> Tally:
    """Look at images until there are so many outlines."""
    tally = Tally()
    for path in paths:
        if len(tally.drawn) >= most:
            break
        image = decode(path)
        truths = truths_of(path, image)
        pairs = list(matched(image, truths, predictor)) if truths else []
        began_s = time.process_time()
        moved = snapped([item for item, _ in pairs], image.pixels, threads=1)
        tally.cpu_s += time.process_time() - began_s
        for (item, truth), other in zip(pairs, moved, strict=True):
            tally.drawn.append(iou(item.parts, truth))
            tally.moved.append(iou(other.parts, truth))
            tally.points.append(sum(len(r) for part in other.parts for r in part.rings))
    return tally


def main() -> None:
    """All sets."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", default=["food-tray"])
    parser.add_argument("--most", type=int, default=300, help="outlines of a set")
    parser.add_argument("--seed", type=int, default=0, help="of the order of the photos")
    chosen = parser.parse_args()
    model, card = load(starter_model())
    predictor = predictor_of(model, card)
    for name in chosen.sets:
        tally = measure(images_of(chosen.data, name, chosen.seed), predictor, chosen.most)
        if tally.drawn:
            sys.stdout.write(json.dumps(tally.row(Path(name).name)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
