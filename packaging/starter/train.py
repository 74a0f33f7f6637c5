"""Train the starter on the scenes of `feed.py`, for a time; stop it at will, it goes on.

    python packaging/starter/feed.py --data ../shared/data --out build/scenes --workers 12 &
    python packaging/starter/train.py --start plain.safetensors --scenes build/scenes \
        --work build/starter --arm all/4 --seconds 300 --device cuda:0

An arm is what the head is: `plain`, or a placement and a number of experts (`all/4`); with
`/living` behind it the experts' mean and their deviations from it are learned apart and the routers
see standardised input, both folded back into the usual form at the end. The learning rate follows
the clock, so arms that run beside each other on the same scenes had the same time.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import json
import math
import os
import queue
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import torch
from feed import read_batches
from torch import Tensor, nn
from torch.nn import functional
from torch.nn.utils import parametrize

from dynseg.model.build import HEADS, build, upcycle
from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import load, save
from dynseg.model.dynamic_conv import DynamicConv2d, Router
from dynseg.model.precision import cpu_has_bf16
from dynseg.training.loss import SegmentationLoss
from dynseg.training.routers import router_parameters

from ultralytics.cfg import get_cfg  # isort: skip
from ultralytics.utils.torch_utils import ModelEMA  # isort: skip

SEED = 0
RATE, LAST_RATE, WARM_UP_STEPS = 2e-3, 0.01, 100
ROUTER_RATE = 0.1
"""Learning rate of routers over that of the rest."""
BALANCE = 0.02
"""Weight of the term that keeps all experts in use over a batch."""
SAY_BATCHES = 20
SAVE_INTERVAL_S = 60
REMEMBERED = 160
"""Batches that come again, each at any time: 5 GB on the device."""


class RouterBalance:
    """The load-balance term of the routers and how even they are.

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

    def take(self) -> tuple[Tensor | float, dict[str, Tensor]]:
        """Mean over routers of M sum(mean alpha squared) - 1; what is worth a line in the log."""
        if not self.answers:
            return 0.0, {}
        terms = torch.stack([a.shape[1] * a.mean(0).square().sum() - 1 for a in self.answers])
        varied = torch.stack([a.detach().std(0).max() for a in self.answers])
        lowest = torch.stack([_evenness(a.detach()) for a in self.answers]).min()
        self.answers.clear()
        return terms.mean(), {"alpha_std": varied.mean(), "lowest_entropy": lowest}


def _evenness(alpha: Tensor) -> Tensor:
    """`routing_entropy` that stays on its device: nobody waits for it."""
    entropy = -(alpha * alpha.clamp_min(1e-9).log()).sum(1).mean()
    return entropy / math.log(alpha.shape[1])


class Centred(nn.Module):
    """Experts as their mean and their deviations from it, each with steps of its own.

    AdamW gives every number a step of the same length. Experts share most of their gradient, so as
    they are they all take the same step and stay as alike as they were.
    """

    def forward(self, mean: Tensor, deviations: Tensor) -> Tensor:
        """`(O, K)` and `(M, O, K)` to experts `(M, O, K)`."""
        return mean + deviations - deviations.mean(0)

    def right_inverse(self, experts: Tensor) -> tuple[Tensor, Tensor]:
        """What `forward` makes the experts of."""
        return experts.mean(0), experts - experts.mean(0)


class StandardisedRouter(Router):
    """A router whose input has mean 0 and deviation 1 over images; `folded` makes it a usual one.

    Args:
        router: The router whose layers are taken over.
    """

    def __init__(self, router: Router) -> None:
        super().__init__(router.fc1.in_features, router.fc2.out_features)
        self.fc1, self.fc2, self.temperature = router.fc1, router.fc2, router.temperature
        self.usual = nn.BatchNorm1d(router.fc1.in_features, affine=False)

    def forward(self, x: Tensor) -> Tensor:
        """`(B, C, H, W)` to `(B, M)`, rows sum to 1."""
        seen = self.usual(x.float().mean((2, 3)))
        logits: Tensor = self.fc2(functional.silu(self.fc1(seen)))
        return (logits / self.temperature).softmax(-1)

    @torch.no_grad()
    def folded(self) -> Router:
        """The usual router that answers as this one does in eval mode."""
        mean, variance = self.usual.running_mean, self.usual.running_var
        assert mean is not None
        assert variance is not None
        plain = Router(
            self.fc1.in_features,
            self.fc2.out_features,
            hidden=self.fc1.out_features,
            temperature=self.temperature,
        ).to(mean.device)
        weight = self.fc1.weight / torch.sqrt(variance + self.usual.eps)
        plain.fc1.weight.copy_(weight)
        plain.fc1.bias.copy_(self.fc1.bias - weight @ mean)
        plain.fc2.load_state_dict(self.fc2.state_dict())
        return plain


@dataclass(slots=True)
class Course:
    """How far the training is.

    Attributes:
        seconds: How long it goes on.
        highest: The highest learning rate.
        before_s: Training time of earlier sittings.
        began_s: When this sitting made its first step; 0 before.
        step, scenes: Counts; scenes that come again are counted again.
        batches: Batches read.
    """

    seconds: float
    highest: float = RATE
    before_s: float = 0.0
    began_s: float = 0.0
    step: int = 0
    scenes: int = 0
    batches: int = 0

    @property
    def share_done(self) -> float:
        """Part of the time that is over."""
        return min(1.0, self.elapsed_s / self.seconds)

    @property
    def elapsed_s(self) -> float:
        """Training time so far, of all sittings."""
        return self.before_s + (time.monotonic() - self.began_s if self.began_s else 0.0)

    @property
    def rate(self) -> float:
        """Learning rate now."""
        fall = LAST_RATE + (1 - LAST_RATE) * 0.5 * (1 + math.cos(math.pi * self.share_done))
        return self.highest * fall * min(1.0, (self.step + 1) / WARM_UP_STEPS)


class Training:
    """Everything that a resume point holds, and one step of it.

    Args:
        start: A class-agnostic YOLO11n-seg model; None for random weights.
        arm: What the head is.
        seconds: How long it goes on.
        device: A torch device.
        rate: The highest learning rate.
    """

    def __init__(
        self, start: Path | None, arm: str, seconds: float, device: str, rate: float = RATE
    ) -> None:
        torch.manual_seed(SEED)
        self.device = torch.device(device)
        self.arm = arm
        model: Any = starting_model(start, arm)
        self.model = model.to(self.device).train().to(memory_format=torch.channels_last)
        self.model.args = get_cfg(overrides={"overlap_mask": True})
        self.average = ModelEMA(self.model, decay=0.998, tau=200)
        self.loss = SegmentationLoss(self.model)
        self.balance = RouterBalance(self.model)
        self.optimizer = optimizer_for(self.model)
        self.course = Course(seconds, rate)
        self.reduced = self.device.type == "cuda" or cpu_has_bf16()

    def step(self, batch: dict[str, Tensor]) -> dict[str, Tensor]:
        """Learn from one batch."""
        course = self.course
        course.began_s = course.began_s or time.monotonic()
        for group in self.optimizer.param_groups:
            group["lr"] = course.rate * group["factor"]
        images = batch["img"].float().div_(255).contiguous(memory_format=torch.channels_last)
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.reduced):
            answers = self.model(images)
        losses, named = self.loss(as_float(answers), batch)
        balance, routing = self.balance.take()
        total = losses.sum() / len(images) + BALANCE * balance
        self.optimizer.zero_grad()
        total.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), 10.0)
        if torch.isfinite(total):
            self.optimizer.step()
        self.average.update(self.model)
        course.step += 1
        course.scenes += len(images)
        return named | routing

    def keep(self, path: Path) -> None:
        """Write a resume point, whole or not at all."""
        staging = path.with_suffix(".staging")
        torch.save(
            {
                "model": self.model.state_dict(),
                "average": self.average.ema.state_dict(),
                "updates": self.average.updates,
                "optimizer": self.optimizer.state_dict(),
                "elapsed_s": self.course.elapsed_s,
                "step": self.course.step,
                "scenes": self.course.scenes,
                "batches": self.course.batches,
            },
            staging,
        )
        os.replace(staging, path)

    def resume(self, path: Path) -> None:
        """Go on where a resume point says."""
        point = torch.load(path, weights_only=True, map_location=self.device)
        self.model.load_state_dict(point["model"])
        self.average.ema.load_state_dict(point["average"])
        self.average.updates = point["updates"]
        self.optimizer.load_state_dict(point["optimizer"])
        self.course.before_s = point["elapsed_s"]
        for count in ("step", "scenes", "batches"):
            setattr(self.course, count, point[count])

    def write(self, path: Path) -> None:
        """Write the averaged weights as a model file in half precision."""
        model = usual_form(copy.deepcopy(self.average.ema)).cpu().float().eval()
        save(model, starter_card(self.arm, self.course.scenes), path, half=True)


def starting_model(start: Path | None, arm: str) -> nn.Module:
    """The network to train: what an arm's head answers is what the start says."""
    card = ModelCard(name="starter", head="plain", experts=1, classes=["object"])
    plain: Any
    if start is None:
        plain = build(card)
    else:
        plain, found = load(start)
        plain = plain if found.head == "plain" else means_of(plain, card)
    if arm == "plain":
        return plain  # type: ignore[no-any-return]
    placement, experts, *options = arm.split("/")
    model = upcycle(plain.eval(), placement=placement, experts=int(experts))
    if "living" in options:
        for module in [m for m in model.modules() if isinstance(m, DynamicConv2d)]:
            parametrize.register_parametrization(module, "weight", Centred())
            module.router = StandardisedRouter(module.router)
    return model


def means_of(model: nn.Module, card: ModelCard) -> nn.Module:
    """The plain network whose kernels are the means of a dynamic one's experts."""
    plain = HEADS["plain"](card)
    shapes = plain.state_dict()
    state = {
        name: value.mean(0).view(shapes[name].shape) if value.ndim == 3 else value
        for name, value in model.state_dict().items()
        if name in shapes
    }
    plain.load_state_dict(state, strict=True)
    return plain


def usual_form(model: nn.Module) -> nn.Module:
    """A network of an arm with everything folded that only training needs; changes it."""
    for module in [m for m in model.modules() if isinstance(m, DynamicConv2d)]:
        if parametrize.is_parametrized(module):
            parametrize.remove_parametrizations(module, "weight")
        if isinstance(module.router, StandardisedRouter):
            module.router = module.router.folded()
    return model


def starter_card(arm: str, scenes: int) -> ModelCard:
    """What the starter's card says before figures are in it."""
    card = ModelCard(
        name="starter",
        head="plain",
        experts=1,
        classes=["object"],
        class_agnostic=True,
        image_size=320,
        outline_size=640,
        follow_edges=True,
        notes=f"Finds separate objects of any kind; {scenes} generated scenes of 256 to 640 px.",
    )
    if arm == "plain":
        return card
    placement, experts, *_ = arm.split("/")
    return msgspec.structs.replace(card, head="dynamic", placement=placement, experts=int(experts))


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


def ahead(batches: Iterator[dict[str, Tensor]], *, pinned: bool) -> Iterator[dict[str, Tensor]]:
    """The same, read on a thread while the last one is learned."""
    ready: queue.Queue[dict[str, Tensor]] = queue.Queue(maxsize=4)

    def read() -> None:
        for batch in batches:
            ready.put({k: v.pin_memory() if pinned else v for k, v in batch.items()})

    threading.Thread(target=read, daemon=True).start()
    while True:
        yield ready.get()


class Replay:
    """Batches that come again, turned, mirrored and in another light.

    Scenes are composed more slowly than a GPU learns them.

    Args:
        most: Batches that are remembered, on the device.
        seed: Of what comes when, and how.
    """

    def __init__(self, most: int, seed: int) -> None:
        self._most = most
        self._kept: list[dict[str, Tensor]] = []
        self._random = random.Random(seed)

    def __len__(self) -> int:
        return len(self._kept)

    def put(self, batch: dict[str, Tensor]) -> None:
        """Remember a batch; a random one is forgotten for it when there are enough."""
        if len(self._kept) < self._most:
            self._kept.append(batch)
        else:
            self._kept[self._random.randrange(self._most)] = batch

    def take(self) -> dict[str, Tensor]:
        """One of them, changed."""
        batch = self._random.choice(self._kept)
        return lit(turned(batch, self._random.randrange(4), mirrored=self._random.random() < 0.5))


def turned(batch: dict[str, Tensor], quarters: int, *, mirrored: bool) -> dict[str, Tensor]:
    """All scenes of a batch turned by quarters, anticlockwise, then mirrored."""
    image, masks = (torch.rot90(batch[k], quarters, (-2, -1)) for k in ("img", "masks"))
    x, y, width, height = batch["bboxes"].unbind(1)
    for _ in range(quarters):
        x, y, width, height = y, 1 - x, height, width
    if mirrored:
        image, masks, x = image.flip(-1), masks.flip(-1), 1 - x
    return batch | {"img": image, "masks": masks, "bboxes": torch.stack([x, y, width, height], 1)}


def lit(batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """Every scene of a batch brighter or darker, its colours a little apart."""
    image = batch["img"].float()
    like = {"device": image.device, "dtype": image.dtype}
    gain = 1 + 0.25 * (2 * torch.rand(len(image), 1, 1, 1, **like) - 1)
    tint = 1 + 0.08 * (2 * torch.rand(len(image), 3, 1, 1, **like) - 1)
    shift = 20 * (2 * torch.rand(len(image), 1, 1, 1, **like) - 1)
    changed = ((image - 128) * gain * tint + 128 + shift).clamp(0, 255)
    return batch | {"img": changed}


def run(training: Training, scenes: Path, work: Path) -> None:
    """Learn until the time is over; keep resume points, say how it goes."""
    point, log = work / "point.pt", work / "log.jsonl"
    name = training.arm.replace("/", "-")
    batches = read_batches(scenes, name, training.course.batches)
    saved_s = time.monotonic()
    replay = Replay(REMEMBERED, training.course.step)
    for scene in ahead(batches, pinned=training.device.type == "cuda"):
        batch = {key: v.to(training.device, non_blocking=True) for key, v in scene.items()}
        said = training.step(batch)
        training.course.batches += 1
        replay.put(batch)
        if len(replay) >= REMEMBERED // 8:
            said = training.step(replay.take())
        if training.course.batches % SAY_BATCHES == 0:
            note(log, training.course, {key: float(value) for key, value in said.items()})
        if time.monotonic() - saved_s > SAVE_INTERVAL_S:
            training.keep(point)
            saved_s = time.monotonic()
        if training.course.share_done >= 1:
            break
    training.keep(point)
    training.write(work / "starter.safetensors")
    with contextlib.suppress(OSError):
        (scenes / f"{name}.progress").write_text(str(1 << 40))  # the others need not wait


def note(log: Path, course: Course, values: dict[str, float]) -> None:
    """Append a line to the log."""
    row = {
        "seconds": round(course.elapsed_s, 1),
        "step": course.step,
        "scenes": course.scenes,
        "rate": round(course.rate, 7),
    } | {name: round(value, 4) for name, value in values.items()}
    with log.open("a") as file:
        file.write(json.dumps(row) + "\n")


def main() -> None:
    """Start or go on."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--start", type=Path, help="a model file; random weights without it")
    parser.add_argument("--scenes", type=Path, required=True, help="the folder that feed.py fills")
    parser.add_argument("--work", type=Path, required=True, help="folder for resume points")
    parser.add_argument("--arm", default="all/4")
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--rate", type=float, default=RATE, help="the highest learning rate")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    torch.set_flush_denormal(True)
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "2")))
    training = Training(given.start, given.arm, given.seconds, given.device, given.rate)
    if (given.work / "point.pt").exists():
        training.resume(given.work / "point.pt")
    run(training, given.scenes, given.work)


if __name__ == "__main__":
    main()
