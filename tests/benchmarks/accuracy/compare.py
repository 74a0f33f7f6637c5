"""What fine-tuning reaches from a start, with plain and dynamic heads: mean and spread over seeds.

    python tests/benchmarks/accuracy/compare.py --data ../shared/data --sets food-tray nuts \
        --start starter.safetensors --heads plain mask mask+class all --images 20 --seeds 0 1 2

Every run has the same images, budget and schedule as `dynseg train`; one JSON object a run goes to
standard output, one with mean and standard deviation follows for each set and head. `scratch` as a
start means random weights. Nothing is written but a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import msgspec
import torch
from torch import nn

from dynseg.model.build import HEADS, build, upcycle
from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import load
from dynseg.training.budget import plan_budget
from dynseg.training.config import TrainConfig
from dynseg.training.dataset import read_description
from dynseg.training.evaluate import evaluate_network
from dynseg.training.start_weights import fit_classes
from dynseg.training.trainer import DynamicSegmentationTrainer, TrainingJob

AS_IS, PLAIN = "as-is", "plain"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One run; mask mAP on the whole val part."""

    set: str
    start: str
    head: str
    experts: int
    images: int
    seed: int
    seconds: float
    map50: float
    map50_95: float


def start_network(start: str, head: str, experts: int) -> tuple[nn.Module, ModelCard]:
    """A start with the wished head.

    A dynamic start becomes plain by taking the mean of its experts, which is what it answers while
    its routers are even; a plain one becomes dynamic by upcycling.
    """
    if start == "scratch":
        card = ModelCard(name="scratch", head="plain", experts=1, classes=["object"])
        model: nn.Module = build(msgspec.structs.replace(card, class_agnostic=True))
    else:
        model, card = load(Path(start))
    if head == AS_IS:
        return model, card
    if card.head != "plain":
        model, card = made_plain(model, card)
    if head == PLAIN:
        return model, card
    dynamic: Any = upcycle(model, placement=head, experts=experts)
    return dynamic, msgspec.structs.replace(card, head="dynamic", placement=head, experts=experts)


def made_plain(model: nn.Module, card: ModelCard) -> tuple[nn.Module, ModelCard]:
    """The plain network whose kernels are the means of the experts."""
    card = msgspec.structs.replace(card, head="plain", experts=1)
    plain = HEADS["plain"](card)
    shapes = plain.state_dict()
    state = {
        name: (value.mean(0).view(shapes[name].shape) if value.ndim == 3 else value)
        for name, value in model.state_dict().items()
        if name in shapes
    }
    plain.load_state_dict(state, strict=True)
    return plain.eval(), card


def fine_tune(
    data: dict[str, Any], start: tuple[nn.Module, ModelCard], config: TrainConfig, threads: int
) -> tuple[nn.Module, ModelCard]:
    """Train as `dynseg train` does."""
    fitted = fit_classes(*start, list(data["names"].values()), seed=config.seed)
    budget = plan_budget(config, images=len(data["train"]), parent_size=start[1].image_size)
    with tempfile.TemporaryDirectory() as folder:
        trainer = DynamicSegmentationTrainer(
            TrainingJob(
                model=fitted.model,
                data={**data, "val": data["val"][:1]},
                budget=budget,
                folder=Path(folder),
                device="cpu",
                threads=threads,
                seed=config.seed,
                freeze=0,
                emit=lambda _: None,
                stop_requested=lambda: "",
                save=lambda _: None,
            )
        )
        trainer.train()
    return trainer.ema.ema.float().eval(), fitted.card


def run(arguments: argparse.Namespace, name: str, head: str, seed: int) -> Outcome:
    """One draw of images, one training, one measurement."""
    data = dict(read_description(arguments.data / name / "yolo" / "data.yaml"))
    images = sorted(data["train"])
    random.Random(seed).shuffle(images)
    data["train"] = images[: arguments.images or None]
    torch.manual_seed(seed)
    config = TrainConfig(
        time_limit_min=arguments.minutes, image_size=arguments.size, seed=seed, device="cpu"
    )
    began_s = time.monotonic()
    start = start_network(arguments.start, head, arguments.experts)
    model, card = fine_tune(data, start, config, arguments.threads)
    seconds = time.monotonic() - began_s
    found = evaluate_network(model, card, data, image_size=arguments.size)
    return Outcome(
        set=name,
        start=Path(arguments.start).stem,
        head=head,
        experts=card.experts,
        images=len(data["train"]),
        seed=seed,
        seconds=round(seconds, 1),
        map50=round(found.map50, 4),
        map50_95=round(found.map50_95, 4),
    )


def summary(outcomes: list[Outcome]) -> dict[str, Any]:
    """Mean and standard deviation over seeds."""
    row: dict[str, Any] = {"set": outcomes[0].set, "head": outcomes[0].head, "runs": len(outcomes)}
    for figure in ("map50", "map50_95"):
        values = [getattr(outcome, figure) for outcome in outcomes]
        row[figure] = round(statistics.mean(values), 4)
        row[f"{figure}_spread"] = round(statistics.pstdev(values), 4)
    return row


def main() -> None:
    """All sets, heads and seeds; heads in turn, so that a stopped run compares like with like."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--sets", nargs="+", default=["food-tray"])
    parser.add_argument("--start", default="scratch", help="a model file, or scratch")
    parser.add_argument("--heads", nargs="+", default=[AS_IS])
    parser.add_argument("--experts", type=int, default=4)
    parser.add_argument("--images", type=int, default=20, help="0 takes all")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--size", type=int, default=320)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    done: dict[tuple[str, str], list[Outcome]] = {}
    for name in arguments.sets:
        for seed in arguments.seeds:
            for head in arguments.heads:
                outcome = run(arguments, name, head, seed)
                done.setdefault((name, head), []).append(outcome)
                sys.stdout.write(json.dumps(asdict(outcome)) + "\n")
                sys.stdout.flush()
    for outcomes in done.values():
        sys.stdout.write(json.dumps(summary(outcomes)) + "\n")


if __name__ == "__main__":
    main()
