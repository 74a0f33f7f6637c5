"""Hands for scenes, and what they are asked."""

from __future__ import annotations

from pathlib import Path

from tests.unit.inference.conftest import FAST, SIDE

from dynseg.inference.drafts import Rules
from dynseg.inference.hands.pool import Hands, hands_for
from dynseg.inference.hands.protocol import Finished
from dynseg.inference.letterboxed import ModelInput
from dynseg.inference.looks import Plan, plan
from dynseg.inference.predictor import RawOutput
from dynseg.model.card import ModelCard

SCENE = (320, 240)
PLAN = plan(*SCENE, FAST, ModelCard(name="any", classes=["object"]))


def decoded(hands: Hands, path: Path, size: tuple[int, int] = SCENE) -> ModelInput:
    """The one look at a scene."""
    (item,) = hands.decode(path, size, PLAN)
    return item


def found_by(
    hands: Hands,
    path: Path,
    *answers: RawOutput,
    size: tuple[int, int] = SCENE,
    looks: Plan = PLAN,
    rules: Rules | None = None,
) -> Finished | None:
    """What hands make of the network's answers to an image."""
    return hands.finish(7, path, size, looks, answers, least_score=0.0, rules=rules)


def for_a_run(images: int) -> Hands | None:
    return hands_for(images, input_px=SIDE, input_pixels=SIDE**2, inputs=3, on_gpu=True)
