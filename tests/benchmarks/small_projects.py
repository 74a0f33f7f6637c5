"""What a project of few reviewed photos knows about its new model: a fifth kept aside, or folds.

    python -m tests.benchmarks.small_projects --data ../shared/data --draws 3 --out rows.jsonl

A project grows: 6, 10, then 16 photos of food-tray, drawn at random. Each round trains the model of
the round before (the starter at first) as a quick run does, in two ways that show the network as
many pictures in all:

split   four fifths train, one fifth measures the old and the new model
folds   a part of the time goes into models that each have not seen a third of the photos, nor has
        any model that they began with, and that third measures them: `folds_old`, `folds_new`; the
        new model itself learns from all photos (`all`)
fresh   as folds, but begun with the old model, so that only the photos that it has not learned from
        can measure: `fresh_old`, `fresh_new`

The truth (`_true`) is what a model reaches on the 51 photos of the val part. Figures are mask
mAP50-95. Smaller pictures and fewer of them than in a quick run, so that rounds take minutes.
"""

from __future__ import annotations

import argparse
import copy
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
from dynseg.training.head_start import give_head_start
from dynseg.training.start_weights import fit_classes
from dynseg.training.trainer import DynamicSegmentationTrainer, TrainingJob
from dynseg_resources import starter_model

from ultralytics.utils.metrics import ap_per_class  # isort: skip

SIZES = (6, 10, 16)
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

    def trained(self, start: Model, photos: Sequence[Path], samples: int, seed: int) -> Model:
        """A model that has learned from photos."""
        data = {**self.data, "train": list(photos), "val": list(photos)[:1]}
        fitted = fit_classes(start.network, start.card, list(data["names"].values()), seed=seed)
        give_head_start(fitted, data, size=self.size)
        usual = plan_budget(
            TrainConfig(image_size=self.size, seed=seed), images=len(photos),
            parent_size=self.size,
        )  # fmt: skip
        budget: Budget = replace(
            usual, samples=samples, time_s=1e9,
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


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of data sets")
    parser.add_argument("--set", default="food-tray")
    parser.add_argument("--draws", type=int, default=3)
    parser.add_argument("--first", type=int, default=0, help="the first draw")
    parser.add_argument("--pixels", type=int, default=224)
    parser.add_argument("--samples", type=int, default=2000)
    parser.add_argument("--share", type=float, default=0.4, help="of the time that folds take")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--keep", type=Path, help="where what models said is kept, for more questions"
    )
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    torch.set_flush_denormal(True)
    data = read_description(chosen.data / chosen.set / "yolo" / "data.yaml")
    bench = Bench(
        data, size=chosen.pixels, samples=chosen.samples, share=chosen.share,
        threads=chosen.threads,
    )  # fmt: skip
    for draw in range(chosen.first, chosen.first + chosen.draws):
        for row, models in rounds(bench, draw, chosen.folds):
            with chosen.out.open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")
            sys.stdout.write(json.dumps(row) + "\n")
            sys.stdout.flush()
            if chosen.keep:
                torch.save(models, chosen.keep / f"{draw}-{row['photos']}.pt")


def rounds(bench: Bench, draw: int, folds: int) -> Iterable[tuple[dict[str, Any], dict[str, Any]]]:
    """The rounds of a project."""
    drawn = random.Random(draw).sample(bench.data["train"], max(SIZES))
    old = bench.starter
    shadows = [old] * folds
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
        said = {name: (model.said, model.learned) for name, model in models.items()}
        yield row, {**said, "folds": [model.said for model in chain], "held": held, "aside": aside}
        old, shadows = models["all"], chain


if __name__ == "__main__":
    main()
