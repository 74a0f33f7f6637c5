"""What live learning reaches from few reviewed images, after a fixed number of steps.

    python -m tests.benchmarks.live_learning --data ../shared/data --sets food-tray nuts \
        --images 2 5 10 20 --draws 3 --marks 120 240

The parts are those of the live learner: its pictures, its course, its moving average, started from
the embedded starter and fed with all images at once. Steps, not seconds, are the budget, so that a
busy machine gives the same figures as a quiet one; the seconds of this process on its processors
(all threads added up) stand beside them. `--rate`, `--freeze` and their like replace the
defaults. One JSON object a run goes to standard output, a table of means follows; mask mAP is that
of the averaged weights on the whole val part, which is never learned from.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import torch

from dynseg.formats.importing import import_labels
from dynseg.model.checkpoint import load
from dynseg.project.store import Store
from dynseg.training.dataset import read_description
from dynseg.training.evaluate import evaluate_network
from dynseg.training.live.augment import Strength
from dynseg.training.live.batches import BatchSettings, BatchSource, Memory
from dynseg.training.live.course import Course
from dynseg.training.live.example import Example
from dynseg.training.live.learner import Learner, LearnerSettings
from dynseg.training.live.process import BATCH_CPU, MOST_SIZE_CPU
from dynseg.training.live.source import ReviewedImages
from dynseg_resources import starter_model


@dataclass(frozen=True, slots=True)
class Outcome:
    """One measurement; mask mAP on the whole val part."""

    set: str
    images: int
    draw: int
    size: int
    steps: int
    processor_s: float
    loss: float
    map50: float
    map50_95: float


@dataclass(frozen=True, slots=True)
class Pool:
    """The reviewed images of a set, as the learner reads them."""

    name: str
    examples: list[Example]
    classes: tuple[str, ...]
    size: int
    data: dict[str, Any]


def read_pool(data: Path, name: str, *, size: int) -> Pool:
    """Import a set as reviewed and read it as the learner does."""
    folder = data / name / "yolo"
    with tempfile.TemporaryDirectory() as place:
        root = Path(place) / "project"
        with Store.create(root, images=folder / "images" / "train") as store:
            import_labels(store, folder, as_reviewed=True)
        with Store.open(root, read_only=True) as view:
            images = ReviewedImages(view)
            least = load(starter_model())[1].image_size
            images.choose_size(least=least, most=MOST_SIZE_CPU)
            images.size = size or images.size
            changes = images.poll(most=1 << 20)
            examples = sorted([*changes.fresh, *changes.guards], key=lambda e: e.image_id)
            description = dict(read_description(folder / "data.yaml"))
            return Pool(name, examples, changes.classes, images.size, description)


def run(pool: Pool, count: int, draw: int, arguments: argparse.Namespace) -> list[Outcome]:
    """Learn from one draw of images; a measurement at each mark."""
    chosen = list(pool.examples)
    random.Random(draw).shuffle(chosen)
    memory = Memory(seed=draw)
    for example in chosen[:count]:
        memory.put(example)
    parent, card = load(starter_model())
    learner = Learner(
        parent, card, pool.classes, size=pool.size, settings=settings_of(arguments, draw)
    )
    learner.meet(memory.all())
    course = Course()
    course.more(count)
    source = BatchSource(
        memory,
        BatchSettings(
            size=pool.size, count=arguments.batch, strength=strength_of(arguments), seed=draw
        ),
    )
    outcomes, losses, spent_s = [], [0.0], 0.0
    try:
        for mark in arguments.marks:
            began_s = time.process_time()
            while learner.steps < mark:
                losses.append(learner.step(source.next(), rate_factor=course.rate_factor))
                course.stepped(losses[-1])
            spent_s += time.process_time() - began_s
            found = evaluate_network(
                learner.average.model, learner.card, pool.data, image_size=pool.size
            )
            outcomes.append(
                Outcome(
                    pool.name, count, draw, pool.size, mark, round(spent_s, 1),
                    round(statistics.mean(losses[-20:]), 3), round(found.map50, 4),
                    round(found.map50_95, 4),
                )
            )  # fmt: skip
    finally:
        source.close()
    return outcomes


def settings_of(arguments: argparse.Namespace, draw: int) -> LearnerSettings:
    """The learner's defaults, with what the command line replaces."""
    names = {field.name for field in fields(LearnerSettings)}
    given = {k: v for k, v in vars(arguments).items() if k in names and v is not None}
    return replace(LearnerSettings(seed=draw), **given)


def strength_of(arguments: argparse.Namespace) -> Strength:
    """The pictures' defaults, with what the command line replaces."""
    names = {field.name for field in fields(Strength)}
    given = {k: v for k, v in vars(arguments).items() if k in names and v is not None}
    return replace(Strength(), **given)


def table(outcomes: list[Outcome]) -> str:
    """Mean and spread of mask mAP50 over draws, a row for each set and number of images."""
    marks = sorted({outcome.steps for outcome in outcomes})
    lines = ["| set | images | px | " + " | ".join(f"{mark} steps" for mark in marks) + " |"]
    lines.append("|---|---|---|" + "---|" * len(marks))
    for name, count, size in sorted({(o.set, o.images, o.size) for o in outcomes}):
        cells = []
        for mark in marks:
            values = [
                o.map50
                for o in outcomes
                if (o.set, o.images, o.size, o.steps) == (name, count, size, mark)
            ]
            cells.append(f"{statistics.mean(values):.3f} ± {statistics.pstdev(values):.3f}")
        lines.append(f"| {name} | {count} | {size} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main() -> None:
    """All sets, numbers of images and draws."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", default=["food-tray"])
    parser.add_argument("--images", type=int, nargs="+", default=[2, 5, 10, 20])
    parser.add_argument("--draws", type=int, default=3)
    parser.add_argument("--marks", type=int, nargs="+", default=[120, 240], help="steps")
    parser.add_argument("--size", type=int, default=0, help="0 chooses as live learning does")
    parser.add_argument("--batch", type=int, default=BATCH_CPU)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--rate", dest="learning_rate", type=float)
    parser.add_argument("--class-rate", type=float)
    parser.add_argument("--backbone-rate", type=float)
    parser.add_argument("--freeze", type=int)
    parser.add_argument("--norm-momentum", type=float)
    parser.add_argument("--horizon", type=float)
    parser.add_argument("--warm-up", type=int)
    parser.add_argument("--mosaic", type=float)
    parser.add_argument("--paste", type=int)
    parser.add_argument("--zoom", type=float)
    parser.add_argument("--degrees", type=float)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.set_flush_denormal(True)
    outcomes: list[Outcome] = []
    for name in arguments.sets:
        pool = read_pool(arguments.data, name, size=arguments.size)
        for draw in range(arguments.draws):
            for count in arguments.images:
                for outcome in run(pool, count, draw, arguments):
                    outcomes.append(outcome)
                    sys.stdout.write(json.dumps(asdict(outcome)) + "\n")
                    sys.stdout.flush()
    sys.stdout.write(table(outcomes) + "\n")


if __name__ == "__main__":
    main()
