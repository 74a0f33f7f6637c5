"""What a project of few reviewed photos knows about its new model, and what that costs the model.

    python -m tests.benchmarks.small_projects forms --data ../shared/data --out rows.jsonl
    python -m tests.benchmarks.small_projects rounds --data ../shared/data --out rows.jsonl \\
        --first 0 --pictures 1600 --pixels 160

forms   Ten photos of food-tray, from the starter, the same number of pictures shown in all.
        `split`: eight train, two measure. `all`: the ten train, for the part of the time that folds
        would leave. `first`: five train and five measure, for three fifths of the time; `then`: it
        goes on with the ten. `halves`: two such models, each on the photos of the other.
rounds  A project grows: 6, 10, then 16 photos, each round from the model before. `split` as above;
        `folds`: two fifths of the time go into three models that each have not seen a third of the
        photos, nor has what they began with, and the new model (`all`) learns from all besides;
        `fresh`: the same begun with the old model, so that only photos that it has not learned from
        can measure. At its end, how often so many photos mix up which of two of these models is
        better (`mixed_up`, by how much they differ in truth), and how far figures are off.

The truth (`_true`) is what a model reaches on the 51 photos of the val part. Figures are mask
mAP50-95. Smaller pictures and fewer of them than in a quick run, so that it takes minutes.
"""

from __future__ import annotations

import argparse
import copy
import itertools
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import load
from dynseg.training.budget import Budget, plan_budget
from dynseg.training.config import TrainConfig
from dynseg.training.dataset import read_description
from dynseg.training.evaluate import _NamedValidator, class_targets
from dynseg.training.half_way import mean_of
from dynseg.training.head_start import give_head_start
from dynseg.training.job import TrainingJob
from dynseg.training.promotion import TOLERANCE
from dynseg.training.start_weights import fit_classes
from dynseg.training.trainer import DynamicSegmentationTrainer
from dynseg_resources import starter_model

from ultralytics.utils.metrics import ap_per_class  # isort: skip

SIZES = (6, 10, 16)
COUNTS = (1, 2, 3, 5, 6, 10)
TRIES = 200
LEAST_DIFFERENCE, LARGE_DIFFERENCE = 0.02, 0.08
"""Of two models, mask mAP50-95: less is none."""
Seen = dict[str, Any]
"""What a model said about one photo: matches at ten overlaps, scores, classes, true classes."""


@dataclass
class Model:
    """A network and what it said about photos.

    Attributes:
        network: Not fused.
        card: Its card.
        learned: Photos that it has learned from, or the ones before it.
        said: By photo.
    """

    network: nn.Module
    card: ModelCard
    learned: frozenset[Path] = frozenset()
    said: dict[Path, Seen] = field(default_factory=dict)


class _Quiet(DynamicSegmentationTrainer):
    """Measures nothing on the way."""

    def validate(self) -> tuple[dict[str, float], float | None]:
        return {}, None


class Bench:
    """One data set.

    Args:
        data: From `read_description`.
        size: Longer side of what the network sees, pixels.
        samples: Pictures shown in a round.
        share: Part of them that folds get.
        threads: CPU threads.
    """

    def __init__(
        self, data: dict[str, Any], *, size: int, samples: int, share: float, threads: int
    ) -> None:
        self.data, self.size, self.samples, self.share = data, size, samples, share
        self.threads = threads
        self.starter = Model(*load(starter_model()))
        self.truth: list[Path] = data["val"]

    def trained(
        self, start: Model, photos: Sequence[Path], samples: int, seed: int, *, rate: float = 1.0
    ) -> Model:
        """A model that has learned from photos, at so much of the usual rate."""
        data = {**self.data, "train": list(photos), "val": list(photos)[:1]}
        fitted = fit_classes(start.network, start.card, list(data["names"].values()), seed=seed)
        give_head_start(fitted, data, size=self.size)
        usual = plan_budget(
            TrainConfig(image_size=self.size, seed=seed), images=len(photos),
            parent_size=self.size,
        )  # fmt: skip
        budget: Budget = replace(
            usual, samples=samples, time_s=1e9, learning_rate=rate * usual.learning_rate,
            epochs=max(1, -(-samples // (len(photos) * usual.repeats))),
        )  # fmt: skip
        with tempfile.TemporaryDirectory() as folder:
            trainer = _Quiet(
                TrainingJob(
                    model=fitted.model, data=data, budget=budget, folder=Path(folder),
                    device="cpu", threads=self.threads, seed=seed, freeze=0,
                    emit=lambda _: None, stop_requested=lambda: "", save=lambda _: None,
                )
            )  # fmt: skip
            trainer.train()
        network = copy.deepcopy(trainer.ema.ema).float()
        return Model(network, fitted.card, start.learned | set(photos))

    def look(self, model: Model, photos: Iterable[Path]) -> None:
        """Let a model say what it sees in photos."""
        new = [photo for photo in photos if photo not in model.said]
        if not new or model.card.class_agnostic:
            return
        names = list(self.data["names"].values())
        targets = class_targets(model.card, names)
        with tempfile.TemporaryDirectory() as folder:
            validator = _NamedValidator(
                self.data, targets, Path(folder), agnostic=False, device="cpu"
            )
            validator.use_images(new, image_size=self.size, batch=min(16, len(new)))
            update = validator.update_metrics

            def note(preds: Any, batch: Any) -> None:
                before = len(validator.metrics.stats["conf"])
                update(preds, batch)
                stats = validator.metrics.stats
                for at, file in enumerate(batch["im_file"], before):
                    model.said[Path(file)] = {
                        key: stats[key][at] for key in ("tp_m", "conf", "pred_cls", "target_cls")
                    }

            validator.update_metrics = note
            validator(model=model.network)


def figure(said: Iterable[Seen]) -> float:
    """Mask mAP50-95 of what was said about some photos."""
    stats = list(said)
    joined = [
        np.concatenate([one[key] for one in stats])
        for key in ("tp_m", "conf", "pred_cls", "target_cls")
    ]
    if not len(joined[3]):
        return 0.0
    found = ap_per_class(*joined)
    return float(np.mean(found[5])) if len(found[5]) else 0.0


def on(model: Model, photos: Iterable[Path]) -> float:
    """Mask mAP50-95 of a model on photos that it has looked at."""
    if model.card.class_agnostic:
        return 0.0
    return figure(model.said[photo] for photo in photos)


def cross(
    bench: Bench,
    starts: Sequence[Model],
    held: Sequence[Sequence[Path]],
    photos: Sequence[Path],
    seed: int,
) -> list[Model]:
    """For each part of the photos a model that has learned from the others, and looked at it."""
    samples = round(bench.share * bench.samples) // len(held)
    models = []
    for start, part in zip(starts, held, strict=True):
        model = bench.trained(start, [p for p in photos if p not in part], samples, seed)
        bench.look(model, part)
        models.append(model)
    return models


def pooled(models: Sequence[Model], held: Sequence[Sequence[Path]]) -> float:
    """Mask mAP50-95 of models on the parts that each has not seen."""
    if models[0].card.class_agnostic:
        return 0.0
    pairs = zip(models, held, strict=True)
    return figure(model.said[photo] for model, part in pairs for photo in part)


def rounds(bench: Bench, draw: int, folds: int) -> Iterable[dict[str, Any]]:
    """The rounds of a project, and what photos tell of its models."""
    drawn = random.Random(draw).sample(bench.data["train"], max(SIZES))
    old = bench.starter
    shadows = [old] * folds
    made: list[Model] = []
    for count in SIZES:
        began_s, cpu_s = time.monotonic(), time.process_time()
        photos, seed = drawn[:count], 10 * draw + count
        aside = random.Random(seed).sample(photos, max(1, round(count / 5)))
        held = [photos[fold::folds] for fold in range(folds)]
        for_new = bench.samples - round(bench.share * bench.samples)
        models = {
            "split": bench.trained(
                old, [p for p in photos if p not in aside], bench.samples, seed
            ),
            "all": bench.trained(old, photos, for_new, seed),
        }  # fmt: skip
        for model in (*models.values(), old):
            bench.look(model, [*bench.truth, *drawn])
        row: dict[str, Any] = {"draw": draw, "photos": count}
        if old is not bench.starter:
            fresh = [p for p in photos if p not in old.learned]
            parts = [fresh[fold::folds] for fold in range(min(folds, len(fresh)))]
            found = cross(bench, [old] * len(parts), parts, photos, seed)
            row |= {"fresh_old": on(old, fresh), "fresh_new": pooled(found, parts)}
        for start, part in zip(shadows, held, strict=True):
            bench.look(start, part)
        chain = cross(bench, shadows, held, photos, seed)
        row |= {
            "old_true": on(old, bench.truth),
            "split_true": on(models["split"], bench.truth),
            "all_true": on(models["all"], bench.truth),
            "split_old": on(old, aside), "split_new": on(models["split"], aside),
            "folds_old": pooled(shadows, held), "folds_new": pooled(chain, held),
            "old_on_all": on(old, photos), "all_on_all": on(models["all"], photos),
            "seconds": round(time.monotonic() - began_s, 1),
            "cpu_s": round(time.process_time() - cpu_s, 1),
        }  # fmt: skip
        yield row
        made += models.values()
        old, shadows = models["all"], chain
    yield from told(bench, draw, made)


def told(bench: Bench, draw: int, models: Sequence[Model]) -> Iterable[dict[str, Any]]:
    """How far a few photos of the truth can be trusted."""
    chance = random.Random(draw)
    truth = [on(model, bench.truth) for model in models]
    for count in COUNTS:
        off: list[float] = []
        mixed: dict[bool, list[bool]] = {False: [], True: []}
        for _ in range(TRIES):
            photos = chance.sample(list(bench.truth), count)
            shown = [on(model, photos) for model in models]
            off += [seen - true for seen, true in zip(shown, truth, strict=True)]
            for new, old in itertools.permutations(range(len(models)), 2):
                differ = abs(truth[new] - truth[old])
                if differ > LEAST_DIFFERENCE:
                    worse = truth[new] < truth[old] - TOLERANCE
                    said = shown[new] < shown[old] - TOLERANCE
                    mixed[differ > LARGE_DIFFERENCE].append(said != worse)
        yield {
            "draw": draw, "measured_on": count,
            "mixed_up": [round(float(np.mean(mixed[large])), 3) for large in (False, True)],
            "off_mean": round(float(np.mean(off)), 3), "off_sd": round(float(np.std(off)), 3),
        }  # fmt: skip


def forms(bench: Bench, draw: int) -> Iterable[dict[str, Any]]:
    """Ways to measure and learn in the same time."""
    photos = random.Random(draw).sample(bench.data["train"], max(SIZES))[:10]
    seed, total = 10 * draw + 10, bench.samples
    one, other, aside = photos[0::2], photos[1::2], photos[3:5]

    def row(name: str, model: Model, measure: Sequence[Path] = ()) -> dict[str, Any]:
        bench.look(model, [*bench.truth, *measure])
        shown = {"shown": on(model, measure)} if measure else {}
        return {"draw": draw, "pictures": total, "form": name, **shown,
                "true": on(model, bench.truth)}  # fmt: skip

    first = bench.trained(bench.starter, one, round(0.6 * total), seed)
    yield row("first", first, other)
    for rate in (1.0, 0.5):
        then = bench.trained(first, photos, round(0.4 * total), seed, rate=rate)
        yield row("then" if rate == 1 else "then at half the rate", then)
    rest = [photo for photo in photos if photo not in aside]
    yield row("split", bench.trained(bench.starter, rest, total, seed), aside)
    yield row("all", bench.trained(bench.starter, photos, round(0.6 * total), seed))
    halves = [bench.trained(bench.starter, half, round(0.3 * total), seed) for half in (one, other)]
    for model, half in zip(halves, (other, one), strict=True):
        bench.look(model, [*half, *bench.truth])
    mean = Model(mean_of([copy.deepcopy(half.network) for half in halves]), halves[0].card)
    yield row("mean of halves", mean) | {"shown": pooled(halves, (other, one))}
    then = bench.trained(mean, photos, round(0.4 * total), seed, rate=0.5)
    yield row("mean of halves, then", then)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=("forms", "rounds"))
    parser.add_argument("--data", type=Path, required=True, help="folder of data sets")
    parser.add_argument("--set", default="food-tray")
    parser.add_argument("--draws", type=int, default=1)
    parser.add_argument("--first", type=int, default=1, help="the first draw")
    parser.add_argument("--pixels", type=int, default=128)
    parser.add_argument("--pictures", type=int, default=1200, help="shown in all")
    parser.add_argument("--share", type=float, default=0.4, help="of the time that folds take")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    torch.set_flush_denormal(True)
    data = read_description(chosen.data / chosen.set / "yolo" / "data.yaml")
    bench = Bench(
        data, size=chosen.pixels, samples=chosen.pictures, share=chosen.share,
        threads=chosen.threads,
    )  # fmt: skip
    for draw in range(chosen.first, chosen.first + chosen.draws):
        rows = forms(bench, draw) if chosen.what == "forms" else rounds(bench, draw, chosen.folds)
        for row in rows:
            line = json.dumps(row)
            with chosen.out.open("a", encoding="utf-8", newline="\n") as file:
                file.write(line + "\n")
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
