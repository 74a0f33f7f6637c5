"""Hands for scenes, and what they are asked."""

from __future__ import annotations

from pathlib import Path

from tests.unit.inference.conftest import FAST, SIDE

from dynseg.errors import ImageError
from dynseg.inference.drafts import Rules
from dynseg.inference.letterboxed import ModelInput
from dynseg.inference.looks import Plan, plan
from dynseg.inference.predictor import RawOutput
from dynseg.inference.runs.hands.pool import Answered, Hands, Seen, hands_for
from dynseg.inference.runs.hands.protocol import Finished
from dynseg.model.card import ModelCard

SCENE = (320, 240)
PLAN = plan(*SCENE, FAST, ModelCard(name="any", classes=["object"]))


def decoded(hands: Hands, path: Path, size: tuple[int, int] = SCENE) -> ModelInput:
    """The one look at a scene.

    Raises:
        ImageError: it cannot be read.
    """
    (found,) = hands.decode([Seen(path, size, PLAN)])
    if isinstance(found, ImageError):
        raise found
    (item,) = found
    return item


def found_by(
    hands: Hands,
    path: Path,
    *answers: RawOutput,
    size: tuple[int, int] = SCENE,
    looks: Plan = PLAN,
    rules: Rules | None = None,
) -> Finished | None:
    """What hands make of the network's answers to an image.

    Raises:
        ImageError: it cannot be read.
    """
    asked = Answered(7, Seen(path, size, looks), answers)
    (found,) = hands.finish([asked], least_score=0.0, rules=rules)
    if isinstance(found, ImageError):
        raise found
    return found


def for_a_run(images: int) -> Hands | None:
    return hands_for(images, input_px=SIDE, input_pixels=SIDE**2, inputs=3, on_gpu=True)
