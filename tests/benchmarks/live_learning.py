"""What live learning reaches from few reviewed images, after a fixed number of steps.

    python -m tests.benchmarks.live_learning --data ../shared/data --sets food-tray nuts \
        --images 2 5 10 20 --draws 3 --marks 120 240 --arms default freeze=10 paste=0/mosaic=0 \
        --out tests/benchmarks/live_learning.jsonl

The parts are those of the live learner: its pictures, its course, its moving average, begun
from the embedded starter and fed with all images at once. Steps, not
seconds, are the budget, so that a busy machine gives the same figures as a quiet one; the seconds
of this process on its processors (all threads added up) stand beside them. An arm is `default` or
names what it sets otherwise: a field of `LearnerSettings` or of `Strength`. Mask mAP is that of the
weights that would propose, on the whole val part, which is never learned from; `--unseen 16` also
counts what it costs a person (`effort`) to get sixteen photos right that were not learned from.
Every measurement is appended to a file of JSON lines; what stands there is not run again, so a
stopped experiment goes on where it was. `--table` prints what the file holds: mean and standard
deviation over draws, and the difference to the default, draw by draw. A folder in ultralytics'
layout can stand for a set, for instance one of `dynseg sample`, whose val part is all of it: look
at its gestures, not at its mAP.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import torch
from tests.benchmarks.effort.annotator import Annotator, Bill
from tests.benchmarks.effort.arms import predictor_of, proposals
from tests.benchmarks.effort.material import Material, Photo, read

from dynseg.inference.predictor import Predictor
from dynseg.model.checkpoint import load
from dynseg.training.evaluate import evaluate_network
from dynseg.training.live.augment import Strength
from dynseg.training.live.batches import BatchSettings, BatchSource, Memory
from dynseg.training.live.course import Course
from dynseg.training.live.learner import Learner, LearnerSettings
from dynseg.training.live.process import BATCH_CPU
from dynseg_resources import starter_model

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One measurement: mask mAP on the whole val part, gestures an object on unseen photos."""

    set: str
    images: int
    draw: int
    arm: str
    size: int
    batch: int
    steps: int
    processor_s: float
    loss: float
    map50: float
    map50_95: float
    device: str = "cpu"
    gestures: float | None = None


def run(
    material: Material, count: int, draw: int, arm: str, arguments: argparse.Namespace
) -> list[Outcome]:
    """Learn from one draw of images; a measurement at each mark."""
    photos = list(material.photos)
    random.Random(draw).shuffle(photos)
    unseen = photos[max(count, len(photos) - arguments.unseen) :]
    memory = Memory(seed=draw)
    for photo in photos[:count]:
        memory.put(photo.example)
    parent, card = load(starter_model())
    options = options_of(arm)
    settings = changed(LearnerSettings(seed=draw), options)
    learner = Learner(
        parent,
        card,
        material.classes,
        size=material.size,
        settings=settings,
        device=arguments.device,
    )  # fmt: skip
    learner.meet(memory.all())
    course = Course()
    course.more(count)
    source = BatchSource(
        memory,
        BatchSettings(
            size=material.size,
            count=arguments.batch,
            strength=changed(Strength(), options),
            seed=draw,
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
            proposing = learner.average.model
            found = evaluate_network(
                proposing, learner.card, material.data,
                image_size=material.size, device=arguments.device,
            )  # fmt: skip
            outcomes.append(
                Outcome(
                    material.name, count, draw, arm, material.size, arguments.batch, mark,
                    round(spent_s, 1), round(statistics.mean(losses[-20:]), 3),
                    round(found.map50, 4), round(found.map50_95, 4), arguments.device,
                    gestures(predictor_of(proposing, learner.card, arguments.device), unseen),
                )
            )  # fmt: skip
    finally:
        source.close()
    return outcomes


def gestures(predictor: Predictor, photos: Sequence[Photo]) -> float | None:
    """Gestures an object that a person needs to get photos right; None without photos."""
    annotator, total = Annotator(len(predictor.card.classes)), Bill()
    for photo in photos:
        height, width = photo.pixels.shape[:2]
        found = proposals(predictor, photo, with_classes=True)
        total += annotator.work(photo.truth, found, width=width, height=height)[0]
    return round(total.gestures / total.objects, 3) if total.objects else None


def is_done(done: Iterable[Outcome], wanted: tuple[Any, ...], marks: Iterable[int]) -> bool:
    """Whether all marks of a run stand in the file."""
    reached = {o.steps for o in done if (o.set, o.size, o.batch, o.images, o.draw, o.arm) == wanted}
    return reached >= set(marks)


def changed(default: Any, options: dict[str, float]) -> Any:
    """A dataclass with those of its fields replaced that the options name."""
    given = {
        field.name: type(getattr(default, field.name))(options[field.name])
        for field in fields(default)
        if field.name in options
    }
    return replace(default, **given)


def options_of(arm: str) -> dict[str, float]:
    """What an arm sets otherwise.

    Raises:
        ValueError: there is no such setting.
    """
    if arm == DEFAULT:
        return {}
    options = {name: float(value) for name, value in (word.split("=") for word in arm.split("/"))}
    known = {field.name for kind in (LearnerSettings, Strength) for field in fields(kind)}
    if unknown := options.keys() - known:
        raise ValueError(f"There is no setting {', '.join(sorted(unknown))}.")
    return options


def outcomes_in(path: Path) -> list[Outcome]:
    """All whole rows of a file; a row that a crash cut off does not count."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        try:
            found.append(Outcome(**json.loads(line)))
        except ValueError:
            continue
    return found


def table(outcomes: Iterable[Outcome]) -> str:
    """Mean and spread over draws, a row for each set, number of images and arm."""
    rows: dict[tuple[Any, ...], dict[int, Outcome]] = {}
    for o in outcomes:
        rows.setdefault((o.set, o.size, o.batch, o.images, o.steps, o.arm), {})[o.draw] = o
    lines = [
        "| set | px | images | steps | arm | draws | mAP50 | mAP50-95 | mAP50-95 to default "
        "| gestures an object |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for key, found in sorted(rows.items()):
        name, size, _, images, steps, arm = key
        usual = rows.get((*key[:-1], DEFAULT), {})
        gains = [found[d].map50_95 - usual[d].map50_95 for d in sorted(found.keys() & usual.keys())]
        gain = spread_text(gains, signed=True) if gains and arm != DEFAULT else ""
        lines.append(
            f"| {name} | {size} | {images} | {steps} | {arm} | {len(found)} "
            f"| {spread_text([o.map50 for o in found.values()])} "
            f"| {spread_text([o.map50_95 for o in found.values()])} | {gain} "
            f"| {spread_text([o.gestures for o in found.values() if o.gestures is not None])} |"
        )
    return "\n".join(lines)


def spread_text(values: list[float], *, signed: bool = False) -> str:
    """Mean and standard deviation, which of one value is not known; empty without values."""
    if not values:
        return ""
    spread = f" ± {statistics.stdev(values):.3f}" if len(values) > 1 else ""
    return f"{statistics.mean(values):{'+' if signed else ''}.3f}{spread}"


def main() -> None:
    """Run what is not in the file yet, then print its table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, help="folder of data sets")
    parser.add_argument("--out", type=Path, required=True, help="file of JSON lines")
    parser.add_argument("--sets", nargs="+", default=["food-tray"])
    parser.add_argument("--images", type=int, nargs="+", default=[2, 5, 10, 20])
    parser.add_argument("--draws", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--arms", nargs="+", default=[DEFAULT])
    parser.add_argument("--marks", type=int, nargs="+", default=[120, 240], help="steps")
    parser.add_argument(
        "--unseen", type=int, default=0, metavar="N",
        help="count gestures on so many photos that were not learned from",
    )  # fmt: skip
    parser.add_argument("--size", type=int, default=0, help="0 chooses as live learning does")
    parser.add_argument("--batch", type=int, default=BATCH_CPU)
    parser.add_argument("--device", default="cpu", metavar="cpu|cuda:0")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--table", action="store_true", help="only print what the file holds")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.set_flush_denormal(True)
    done = outcomes_in(arguments.out)
    for name in () if arguments.table else arguments.sets:
        material = read(arguments.data, name, size=arguments.size)
        for draw in arguments.draws:
            for count in arguments.images:
                for arm in arguments.arms:
                    wanted = (material.name, material.size, arguments.batch, count, draw, arm)
                    if is_done(done, wanted, arguments.marks):
                        continue
                    for outcome in run(material, count, draw, arm, arguments):
                        done.append(outcome)
                        with arguments.out.open("a", encoding="utf-8") as file:
                            file.write(json.dumps(asdict(outcome)) + "\n")
    sys.stdout.write(table(done) + "\n")


if __name__ == "__main__":
    main()
