"""Train the starter on endless scenes until a given time of day; stop it at will, it goes on.

    python packaging/starter/train.py --data ../shared/data --work build/starter --until 05:20

Every scene depends on its number alone (scenes.py), so nothing is stored and a resumed run sees the
scenes that an unbroken one would have seen. The learning rate follows the clock.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from material import Material, collect
from safetensors.torch import load_file
from scenes import compose
from score import score
from torch import Tensor, nn
from torch.utils.data import DataLoader, IterableDataset

from dynseg.model.build import build, upcycle
from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import save
from dynseg.model.dynamic_conv import Router, routing_entropy
from dynseg.training.routers import router_parameters

from ultralytics.cfg import get_cfg  # isort: skip
from ultralytics.utils.torch_utils import ModelEMA  # isort: skip

PLACEMENT, EXPERTS, SEED = "all", 4, 0
SIZES = ((256, 16, 0.25), (320, 10, 0.50), (416, 6, 0.25))
"""Side of the scenes in pixels, scenes in a step, share of the steps. What counts for small objects
is their size in pixels, not that of the scene: large scenes would only cost time."""
RATE, LAST_RATE, WARM_UP_STEPS = 1e-3, 0.01, 60
ROUTER_RATE = 0.1
"""Learning rate of routers over that of the rest."""
BALANCE = 0.02
"""Weight of the term that keeps all experts in use over a batch."""
MASK_STRIDE = 4
SAVE_INTERVAL_S, SCORE_INTERVAL_S = 240, 1500


class Scenes(IterableDataset[dict[str, Tensor]]):
    """Batches of scenes from a step on.

    Args:
        material: What scenes are made of.
        first_step: Where to begin.
    """

    def __init__(self, material: Material, first_step: int) -> None:
        self.material, self.first_step = material, first_step

    def __iter__(self) -> Iterator[dict[str, Tensor]]:
        cv2.setNumThreads(1)
        step = self.first_step
        while True:
            random = np.random.default_rng([SEED, step])
            size, count, _ = SIZES[random.choice(len(SIZES), p=[share for *_, share in SIZES])]
            yield collate([compose(self.material, step * 16 + i, size) for i in range(count)])
            step += 1


def collate(scenes: list[tuple[Any, Any]]) -> dict[str, Tensor]:
    """Scenes as ultralytics' segmentation loss wants them."""
    boxes = [owner_boxes(owner) for _, owner in scenes]
    start = MASK_STRIDE // 2
    return {
        "img": torch.stack([torch.from_numpy(p.copy()).permute(2, 0, 1) for p, _ in scenes]),
        "masks": torch.stack(
            [torch.from_numpy(o[start::MASK_STRIDE, start::MASK_STRIDE].copy()) for _, o in scenes]
        ),
        "bboxes": torch.from_numpy(np.concatenate(boxes)).float(),
        "cls": torch.zeros(sum(map(len, boxes)), 1),
        "batch_idx": torch.cat([torch.full((len(b),), float(i)) for i, b in enumerate(boxes)]),
    }


def owner_boxes(owner: Any) -> Any:
    """`(N, 4)` boxes of owners 1 to N: centre and size, fractions of the image."""
    rows, columns = np.nonzero(owner)
    numbers = owner[rows, columns]
    order = np.argsort(numbers, kind="stable")
    if not len(order):
        return np.zeros((0, 4))
    starts = np.flatnonzero(np.diff(numbers[order], prepend=0))
    rows, columns = rows[order], columns[order]
    low = np.stack([np.minimum.reduceat(columns, starts), np.minimum.reduceat(rows, starts)], 1)
    high = np.stack([np.maximum.reduceat(columns, starts), np.maximum.reduceat(rows, starts)], 1)
    return np.concatenate([(low + high + 1) / 2, high + 1 - low], 1) / len(owner)


class RouterBalance:
    """The load-balance term of the routers and how decided they are.

    Args:
        model: The network in training.
    """

    def __init__(self, model: nn.Module) -> None:
        self.answers: list[Tensor] = []
        for module in model.modules():
            if isinstance(module, Router):
                module.register_forward_hook(self._remember)

    def _remember(self, module: nn.Module, _: Any, alpha: Tensor) -> None:
        if module.training:
            self.answers.append(alpha.float())

    def take(self) -> tuple[Tensor, float]:
        """Mean over routers of M sum(mean alpha squared) - 1, and their lowest entropy."""
        terms = [a.shape[1] * a.mean(0).square().sum() - 1 for a in self.answers]
        lowest = min(routing_entropy(alpha) for alpha in self.answers)
        self.answers.clear()
        return torch.stack(terms).mean(), lowest


@dataclass(slots=True)
class Course:
    """How far the training is: part of the time that is over, steps, scenes."""

    begin_s: float
    end_s: float
    step: int = 0
    scenes: int = 0

    @property
    def share_done(self) -> float:
        """Part of the time that is over."""
        return min(1.0, (time.time() - self.begin_s) / (self.end_s - self.begin_s))

    @property
    def rate(self) -> float:
        """Learning rate now."""
        fall = LAST_RATE + (1 - LAST_RATE) * 0.5 * (1 + math.cos(math.pi * self.share_done))
        return RATE * fall * min(1.0, (self.step + 1) / WARM_UP_STEPS)


class Training:
    """Everything that a resume point holds, and one step of it.

    Args:
        start: A plain class-agnostic YOLO11n-seg state.
        end_s: When it is over, seconds since the epoch.
    """

    def __init__(self, start: Path, end_s: float) -> None:
        torch.manual_seed(SEED)
        self.model = starting_model(start).train().to(memory_format=torch.channels_last)
        self.model.args = get_cfg(overrides={"overlap_mask": True})
        self.loss = self.model.init_criterion()
        self.balance = RouterBalance(self.model)
        self.average = ModelEMA(self.model, decay=0.998, tau=200)
        self.optimizer = optimizer_for(self.model)
        self.course = Course(time.time(), end_s)

    def step(self, batch: dict[str, Tensor]) -> dict[str, float]:
        """Learn from one batch."""
        for group in self.optimizer.param_groups:
            group["lr"] = self.course.rate * group["factor"]
        images = batch["img"].float().div_(255).contiguous(memory_format=torch.channels_last)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            answers = self.model(images)
        losses, named = self.loss(as_float(answers), batch)
        balance, entropy = self.balance.take()
        total = losses.sum() / len(images) + BALANCE * balance
        self.optimizer.zero_grad()
        total.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 10.0)
        if torch.isfinite(total):
            self.optimizer.step()
        self.average.update(self.model)
        self.course.step += 1
        self.course.scenes += len(images)
        return {k: float(v) for k, v in named.items()} | {"entropy": entropy}

    def keep(self, path: Path) -> None:
        """Write a resume point, whole or not at all."""
        staging = path.with_suffix(".staging")
        torch.save(
            {
                "model": self.model.state_dict(),
                "average": self.average.ema.state_dict(),
                "updates": self.average.updates,
                "optimizer": self.optimizer.state_dict(),
                "begin_s": self.course.begin_s,
                "step": self.course.step,
                "scenes": self.course.scenes,
            },
            staging,
        )
        os.replace(staging, path)

    def resume(self, path: Path) -> None:
        """Go on where a resume point says."""
        point = torch.load(path, weights_only=True)
        self.model.load_state_dict(point["model"])
        self.average.ema.load_state_dict(point["average"])
        self.average.updates = point["updates"]
        self.optimizer.load_state_dict(point["optimizer"])
        for name in ("begin_s", "step", "scenes"):
            setattr(self.course, name, point[name])

    def write(self, path: Path) -> None:
        """Write the averaged weights as a model file."""
        save(self.average.ema, starter_card(self.course.scenes), path)


def starting_model(start: Path) -> nn.Module:
    """The dynamic network that answers as the plain starting state does."""
    state = load_file(start)
    plain = build(ModelCard(name="starter", head="plain", experts=1, classes=["object"]))
    plain.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in state.items()})
    return upcycle(plain.eval(), placement=PLACEMENT, experts=EXPERTS)


def starter_card(scenes: int) -> ModelCard:
    """What the starter's card says before figures are in it."""
    return ModelCard(
        name="starter",
        placement=PLACEMENT,
        experts=EXPERTS,
        classes=["object"],
        class_agnostic=True,
        image_size=640,
        notes="Finds separate objects of any kind. YOLO11n-seg with dynamic convolutions, "
        f"{scenes} generated scenes of 256 to 416 px after 80,000 of 320 px with a plain head.",
    )


def optimizer_for(model: nn.Module) -> torch.optim.Optimizer:
    """AdamW; routers learn slower than kernels, norms and biases do not decay."""
    routers = router_parameters(model)
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for parameter in model.parameters():
        if parameter.requires_grad:
            factor = ROUTER_RATE if id(parameter) in routers else 1.0
            decay = 5e-4 if parameter.ndim > 1 and factor == 1 else 0.0
            groups.setdefault((factor, decay), []).append(parameter)
    return torch.optim.AdamW(
        [{"params": p, "factor": f, "weight_decay": d} for (f, d), p in groups.items()],
        lr=RATE,
        betas=(0.9, 0.999),
    )


def as_float(answers: Any) -> Any:
    """Answers of the network in float32."""
    if isinstance(answers, Tensor):
        return answers.float()
    if isinstance(answers, dict):
        return {name: as_float(value) for name, value in answers.items()}
    return type(answers)(as_float(value) for value in answers)


def moment(clock: str) -> float:
    """The next time that a clock shows HH:MM, seconds since the epoch."""
    now = datetime.now()
    hour, minute = map(int, clock.split(":"))
    end = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return (end if end > now else end + timedelta(days=1)).timestamp()


def run(training: Training, material: Material, data: Path, work: Path) -> None:
    """Learn until the time is over; keep resume points, say how good it is."""
    point, log = work / "point.pt", work / "log.jsonl"
    loader = DataLoader(
        Scenes(material, training.course.step), batch_size=None, num_workers=1, prefetch_factor=4
    )
    saved_s, scored_s = time.time(), time.time()
    sums: dict[str, float] = {}
    for batch in loader:
        for name, value in training.step(batch).items():
            sums[name] = sums.get(name, 0.0) + value / 50
        if training.course.step % 50 == 0:
            note(log, training.course, sums)
            sums = {}
        if time.time() - saved_s > SAVE_INTERVAL_S:
            training.keep(point)
            saved_s = time.time()
        if time.time() - scored_s > SCORE_INTERVAL_S:
            note(log, training.course, score(copy.deepcopy(training.average.ema), data))
            scored_s = time.time()
        if training.course.share_done >= 1:
            break
    training.keep(point)
    training.write(work / "starter.safetensors")


def note(log: Path, course: Course, values: dict[str, float]) -> None:
    """Append a line to the log."""
    row = {
        "time": time.strftime("%H:%M:%S"),
        "step": course.step,
        "scenes": course.scenes,
        "done": round(course.share_done, 4),
        "rate": round(course.rate, 7),
    } | {name: round(value, 4) for name, value in values.items()}
    with log.open("a") as file:
        file.write(json.dumps(row) + "\n")


def main() -> None:
    """Start or go on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder of data sets")
    parser.add_argument("--work", type=Path, required=True, help="folder for resume points")
    parser.add_argument("--until", required=True, help="when it ends, HH:MM")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    torch.set_flush_denormal(True)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    material = collect(arguments.data)
    start = arguments.data / "weights" / "object-yolo11n-seg-320.safetensors"
    training = Training(start, moment(arguments.until))
    if (arguments.work / "point.pt").exists():
        training.resume(arguments.work / "point.pt")
    run(training, material, arguments.data, arguments.work)


if __name__ == "__main__":
    main()
