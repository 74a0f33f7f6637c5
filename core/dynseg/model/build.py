"""Networks from their cards: stock ultralytics, subclassed, never patched."""

from __future__ import annotations

import copy
import dataclasses
from collections.abc import Callable
from typing import Any

import torch

from dynseg.errors import ModelFileError
from dynseg.model import plugged
from dynseg.model.card import ModelCard
from dynseg.model.sandbox import prepare_environment

prepare_environment()

from ultralytics.nn.tasks import SegmentationModel, yaml_model_load  # noqa: E402

from dynseg.model.head import BRANCHES, HeadShape, SegmentDynamic  # noqa: E402

MAX_EXPERTS = 32


class DynamicSegmentationModel(SegmentationModel):
    """YOLO11-seg with a dynamic head.

    The configuration travels in the model's yaml, under a head name that stock ultralytics does not
    know: its trainer would otherwise rebuild a plain head and drop the experts without a word.

    Args:
        cfg: A yolo11-seg model yaml as a dict; its head may already be called `SegmentDynamic`.
        ch: Input channels.
        nc: Number of classes.
        shape: What the head looks like; from the yaml when None.
    """

    def __init__(
        self,
        cfg: dict[str, Any],
        ch: int = 3,
        nc: int | None = None,
        *,
        shape: HeadShape | None = None,
        verbose: bool = False,
    ) -> None:
        cfg = copy.deepcopy(cfg)
        known = cfg.pop("dynamic", {})
        shape = shape or HeadShape(**known)
        cfg["head"][-1][2] = "Segment"
        super().__init__(cfg, ch=ch, nc=nc, verbose=verbose)
        SegmentDynamic.upcycle(self.model[-1], shape)
        self.yaml["head"][-1][2] = "SegmentDynamic"
        self.yaml["dynamic"] = dataclasses.asdict(shape)


def plain_model(card: ModelCard) -> SegmentationModel:
    """A plain YOLO11-seg network with random weights."""
    return SegmentationModel(_yaml(card), ch=3, nc=len(card.classes), verbose=False)


def dynamic_model(card: ModelCard) -> DynamicSegmentationModel:
    """A YOLO11-seg network with a dynamic head and random weights."""
    fits = card.placement in BRANCHES and 2 <= card.experts <= MAX_EXPERTS
    if not fits or not 0 < card.router_width <= 4 or not card.temperature > 0:
        raise ModelFileError(
            f"{card.name}: no head has placement {card.placement!r} with {card.experts} experts.",
            "Copy the model again.",
        )
    return DynamicSegmentationModel(_yaml(card), nc=len(card.classes), shape=head_shape(card))


def head_shape(card: ModelCard) -> HeadShape:
    """What the dynamic head of a card looks like."""
    return HeadShape(card.placement, card.experts, card.router_width, card.temperature)


HEADS: dict[str, Callable[[ModelCard], SegmentationModel]] = {
    "plain": plain_model,
    "dynamic": dynamic_model,
}
"""Every head that a card may name."""


def build(card: ModelCard) -> SegmentationModel:
    """A network of the shape that a card describes, random weights, names set.

    Raises:
        ModelFileError: the card names a head or a shape that does not exist.
    """
    maker = HEADS.get(card.head) or plugged.heads().get(card.head)
    if maker is None:
        raise ModelFileError(
            f"{card.name} has a {card.head!r} head, which this version does not know.",
            "Update dynseg, or choose another model.",
        )
    model: SegmentationModel = maker(card)
    model.names = dict(enumerate(card.classes))
    return model


def upcycle(
    plain: SegmentationModel,
    *,
    placement: str,
    experts: int,
    router_width: float = 1.0,
    temperature: float = 1.0,
) -> DynamicSegmentationModel:
    """A dynamic network that answers as the plain one does, to rounding.

    Args:
        plain: An unfused plain YOLO11-seg network; left as it is.
        placement: A key of `dynseg.model.head.BRANCHES`.
        experts: Experts of each dynamic convolution.
        router_width: Hidden width of the routers over the channels of their input.
        temperature: What the routers' logits are divided by.

    Raises:
        ModelFileError: its head is of a kind that cannot become dynamic.
    """
    shape = HeadShape(placement, experts, router_width, temperature)
    source = copy.deepcopy(plain).float()
    SegmentDynamic.upcycle(source.model[-1], shape)
    model = DynamicSegmentationModel(plain.yaml, nc=plain.model[-1].nc, shape=shape)
    model.load_state_dict(source.state_dict(), strict=True)
    model.names = plain.names
    return model.train(plain.training)


def parameter_count(model: torch.nn.Module) -> int:
    """Number of parameters, batch-norm statistics not counted."""
    return sum(parameter.numel() for parameter in model.parameters())


def _yaml(card: ModelCard) -> dict[str, Any]:
    return dict(yaml_model_load(f"{card.family}{card.scale}-seg.yaml"))
