"""Networks from their cards: stock ultralytics, subclassed, never patched."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import torch

from dynseg.errors import ModelFileError
from dynseg.model.card import ModelCard
from dynseg.model.sandbox import prepare_environment

prepare_environment()

from ultralytics.nn.tasks import SegmentationModel, yaml_model_load  # noqa: E402

from dynseg.model.head import BRANCHES, SegmentDynamic  # noqa: E402


class DynamicSegmentationModel(SegmentationModel):
    """YOLO11-seg with a dynamic head.

    The configuration travels in the model's yaml, under a head name that stock ultralytics does not
    know: its trainer would otherwise rebuild a plain head and drop the experts without a word.

    Args:
        cfg: A yolo11-seg model yaml as a dict; its head may already be called `SegmentDynamic`.
        ch: Input channels.
        nc: Number of classes.
        placement: A key of `BRANCHES`; from the yaml when None.
        experts: Experts of each dynamic convolution; from the yaml when None.
    """

    def __init__(
        self,
        cfg: dict[str, Any],
        ch: int = 3,
        nc: int | None = None,
        *,
        placement: str | None = None,
        experts: int | None = None,
        verbose: bool = False,
    ) -> None:
        cfg = copy.deepcopy(cfg)
        dynamic = dict(cfg.pop("dynamic", {}))
        dynamic["placement"] = placement or dynamic.get("placement", "all")
        dynamic["experts"] = experts or dynamic.get("experts", 4)
        cfg["head"][-1][2] = "Segment"
        super().__init__(cfg, ch=ch, nc=nc, verbose=verbose)
        SegmentDynamic.upcycle(
            self.model[-1], placement=dynamic["placement"], experts=dynamic["experts"]
        )
        self.yaml["head"][-1][2] = "SegmentDynamic"
        self.yaml["dynamic"] = dynamic


def plain_model(card: ModelCard) -> SegmentationModel:
    """A plain YOLO11-seg network with random weights."""
    return SegmentationModel(_yaml(card.scale), ch=3, nc=len(card.classes), verbose=False)


def dynamic_model(card: ModelCard) -> DynamicSegmentationModel:
    """A YOLO11-seg network with a dynamic head and random weights."""
    if card.placement not in BRANCHES or not 2 <= card.experts <= 32:
        raise ModelFileError(
            f"{card.name}: no head has placement {card.placement!r} with {card.experts} experts.",
            "Copy the model again.",
        )
    return DynamicSegmentationModel(
        _yaml(card.scale), nc=len(card.classes), placement=card.placement, experts=card.experts
    )


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
    maker = HEADS.get(card.head)
    if maker is None:
        raise ModelFileError(
            f"{card.name} has a {card.head!r} head, which this version does not know.",
            "Update dynseg, or choose another model.",
        )
    model = maker(card)
    model.names = dict(enumerate(card.classes))
    return model


def upcycle(plain: SegmentationModel, *, placement: str, experts: int) -> DynamicSegmentationModel:
    """A dynamic network that answers as the plain one does, to rounding.

    Args:
        plain: An unfused plain YOLO11-seg network; left as it is.
        placement: A key of `dynseg.model.head.BRANCHES`.
        experts: Experts of each dynamic convolution.
    """
    classes = plain.model[-1].nc
    model = DynamicSegmentationModel(plain.yaml, nc=classes, placement=placement, experts=experts)
    source = copy.deepcopy(plain).float()
    SegmentDynamic.upcycle(source.model[-1], placement=placement, experts=experts)
    model.load_state_dict(source.state_dict(), strict=True)
    model.names = plain.names
    return model.train(plain.training)


def parameter_count(model: torch.nn.Module) -> int:
    """Number of parameters, batch-norm statistics not counted."""
    return sum(parameter.numel() for parameter in model.parameters())


def _yaml(scale: str) -> dict[str, Any]:
    return dict(yaml_model_load(f"yolo11{scale}-seg.yaml"))
