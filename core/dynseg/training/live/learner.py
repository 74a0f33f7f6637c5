"""The network that learns, its optimizer and its moving average: warm between images."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import torch
from torch import nn

from dynseg.errors import TrainingError
from dynseg.model.card import ModelCard
from dynseg.model.precision import has_bf16
from dynseg.training.live.average import HORIZON, Average
from dynseg.training.live.example import Example
from dynseg.training.live.imprint import imprint
from dynseg.training.live.moments import Newcomers, carry, moments_of
from dynseg.training.loss import SegmentationLoss
from dynseg.training.norms import NORM_MOMENTUM, keep_up
from dynseg.training.routers import router_parameters
from dynseg.training.start_weights import as_called_now, class_sources, fit_classes

from ultralytics.cfg import get_cfg  # isort: skip

BAD_STEPS = 3
"""Steps in a row with a loss that is no finite number, after which the last good state returns."""
BACKBONE = 11
"""Layers of YOLO11 before its neck."""
_CLIP = 10.0


@dataclass(frozen=True, slots=True)
class LearnerSettings:
    """How the network learns.

    Attributes:
        learning_rate: Highest learning rate of AdamW.
        class_rate: Learning rate of the layers that tell classes apart, over that of the rest. The
            starter finds and outlines objects already; what their classes are is what has to be
            learned first. On food-tray, five images, 60 steps, mask mAP50-95 was .57 with 0.002
            and 2.5, .54 with 0.001 and 5, .51 with 0.005 and 1.
        backbone_rate: Learning rate of the backbone over that of the rest.
        router_rate: Learning rate of routers over that of the rest.
        weight_decay: Of convolution kernels.
        warm_up: Steps in which the rate rises.
        freeze: Number of first layers that keep their weights. The backbone frozen (10) saves a
            quarter of the processor's time and costs .08 to .09 in mask mAP50-95 (food-tray, five
            images, 60 steps of 224 px, two draws).
        norm_momentum: Share of each batch in the running statistics of batch normalisation. With
            the 0.03 of ultralytics they lag behind weights that change fast: on food-tray, five
            images, mask mAP50 fell from .37 to .21 in the first 30 steps (.36 now) and reached .48
            after 60 (.71 now).
        horizon: How far the moving average looks back.
        seed: Seed of everything random.
    """

    learning_rate: float = 2e-3
    class_rate: float = 2.5
    backbone_rate: float = 1.0
    router_rate: float = 0.02
    weight_decay: float = 5e-4
    warm_up: int = 30
    freeze: int = 0
    norm_momentum: float = NORM_MOMENTUM
    horizon: float = HORIZON
    seed: int = 0


class Learner:
    """Learns step by step from batches; classes may be added on the way.

    Args:
        parent: The network to start from, not fused.
        card: Its card.
        classes: Names of the project's classes by index.
        size: Longer side of the images that it sees, pixels.
        settings: How it learns.
        device: A torch device.
    """

    def __init__(
        self,
        parent: nn.Module,
        card: ModelCard,
        classes: Sequence[str],
        *,
        size: int,
        settings: LearnerSettings | None = None,
        device: str = "cpu",
    ) -> None:
        self.settings = settings or LearnerSettings()
        self.device = torch.device(device)
        self.size = size
        self.steps = 0
        self.rate = 0.0
        self._bad_steps = 0
        self._bf16 = has_bf16(self.device)
        self._fit(parent, card, classes)
        self.average = Average(self.model, horizon=self.settings.horizon)

    def _fit(self, parent: nn.Module, card: ModelCard, classes: Sequence[str]) -> None:
        start = fit_classes(parent, card, list(classes), seed=self.settings.seed)
        self.card = msgspec.structs.replace(start.card, image_size=self.size)
        self._told_apart = {i for i, name in enumerate(classes) if name in start.known}
        self._silenced: set[int] = set()
        model: Any = self._placed(start.model)
        model.args = get_cfg()
        for index, layer in enumerate(model.model):
            layer.requires_grad_(index >= self.settings.freeze)
        model.model[-1].dfl.requires_grad_(False)
        keep_up(model, self.settings.norm_momentum)
        model.criterion = SegmentationLoss(model)
        self.model = model
        self._newcomers = Newcomers()
        self._optimizer = self._make_optimizer()

    def _placed(self, model: nn.Module) -> nn.Module:
        return model.to(self.device).to(memory_format=torch.channels_last)

    @property
    def classes(self) -> list[str]:
        """Names of the classes that it knows."""
        return self.card.classes

    def rename_classes(self, renamed: Mapping[str, str]) -> None:
        """Call classes what the project calls them now; what was learned of them stays.

        Args:
            renamed: Former names, case-folded, and the present ones.
        """
        self.card = as_called_now(self.card, renamed)

    def look_at(self, size: int, close_up: float) -> None:
        """See images at another size from now on; what was learned stays.

        Args:
            size: Longer side of the input, pixels.
            close_up: How many times larger than in the whole image parts of it are seen.
        """
        self.size = size
        self.card = msgspec.structs.replace(self.card, image_size=size, close_up=close_up)

    def set_classes(self, classes: Sequence[str]) -> None:
        """Learn other classes from now on; those that keep their name keep what was learned."""
        if list(classes) == self.classes:
            return
        before, sources = self.card, class_sources(self.card, classes)
        kept = {self.classes[index] for index in self._told_apart}
        moments = moments_of(self._optimizer, self.model)
        self._fit(self.model.float(), before, classes)
        self._told_apart |= {i for i, name in enumerate(classes) if name in kept}
        carry(moments, self._optimizer, self.model, sources)
        calm = fit_classes(self.average.model, before, list(classes), seed=self.settings.seed)
        self.average.become(self._placed(calm.model))

    def meet(self, examples: Sequence[Example]) -> list[int]:
        """Get to know classes that have objects for the first time, before learning them.

        Args:
            examples: All that is known now.

        Returns:
            Indices of these classes.
        """
        seen = {outline.label for example in examples for outline in example.outlines}
        strangers = set(range(len(self.classes))) - self._told_apart
        new, silent = sorted(strangers & seen), strangers - seen
        if new or silent - self._silenced:
            # Left as it begins, the row of a class without objects would answer to every object.
            made = [*new, *sorted(silent)]
            for model in (self.model, self.average.model):
                imprint(model, examples, size=self.size, new=made)
            self._told_apart |= seen
            self._silenced = silent
            if self.steps:
                self._newcomers.begin(made, self.model, self._optimizer, step=self.steps)
        return new

    def step(self, batch: dict[str, Any], *, rate_factor: float = 1.0) -> float:
        """Learn from one batch.

        Args:
            batch: From `dynseg.training.live.batches.collate`.
            rate_factor: Learning rate over its highest value.

        Returns:
            The loss of one picture.

        Raises:
            TrainingError: the loss has not been a finite number for several steps.
        """
        model = self.model
        model.train()
        for layer in model.model[: self.settings.freeze]:
            layer.eval()
        ready = {name: value.to(self.device, non_blocking=True) for name, value in batch.items()}
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self._bf16):
            parts, _ = model.loss(ready)
        loss = parts.sum()
        self._optimizer.zero_grad(set_to_none=True)
        sound = bool(torch.isfinite(loss).item())
        if sound:
            loss.backward()
            # One gradient that is no number would be in all weights after it was clipped.
            reach = torch.nn.utils.clip_grad_norm_(model.parameters(), _CLIP)
            sound = bool(torch.isfinite(reach).item())
        if not sound:
            self._skip_step()
            return float("nan")
        self._bad_steps = 0
        self._set_rate(rate_factor)
        self._move()
        self.steps += 1
        self.average.follow(model)
        return float(loss.detach()) / len(batch["img"])

    def _move(self) -> None:
        """One step of the optimizer; rows of classes that are new begin slowly."""
        new = self._newcomers
        share = (self.steps - new.since + 1) / max(1, self.settings.warm_up)
        if not new.rows or share >= 1:
            self._optimizer.step()
            return
        before = new.held()
        self._optimizer.step()
        new.hold_back(before, share)

    def _skip_step(self) -> None:
        self._bad_steps += 1
        if self._bad_steps >= BAD_STEPS:
            raise TrainingError(
                "Live learning went astray: its loss is no longer a number.",
                "It begins again from the active model.",
            )

    def _set_rate(self, factor: float) -> None:
        warm = min(1.0, (self.steps + 1) / max(1, self.settings.warm_up))
        self.rate = self.settings.learning_rate * factor * warm
        for group in self._optimizer.param_groups:
            group["lr"] = self.rate * group["share"]

    def _make_optimizer(self) -> torch.optim.Optimizer:
        settings, model = self.settings, self.model
        routers = router_parameters(model)
        branch = {id(p) for p in model.model[-1].cv3.parameters()}
        backbone = {id(p) for p in model.model[:BACKBONE].parameters()}
        kernels: dict[float, list[nn.Parameter]] = {}
        others: dict[float, list[nn.Parameter]] = {}
        for parameter in model.parameters():
            if not parameter.requires_grad:
                continue
            share = settings.class_rate if id(parameter) in branch else 1.0
            if id(parameter) in backbone:
                share = settings.backbone_rate
            if id(parameter) in routers:
                share = settings.router_rate
            pool = kernels if parameter.ndim > 1 and id(parameter) not in routers else others
            pool.setdefault(share, []).append(parameter)
        groups = [
            {"params": params, "share": share, "weight_decay": decay}
            for pool, decay in ((kernels, settings.weight_decay), (others, 0.0))
            for share, params in pool.items()
        ]
        return torch.optim.AdamW(groups, lr=settings.learning_rate)
