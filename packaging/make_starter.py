"""Make the first starter model from a plain class-agnostic YOLO11n-seg state.

    python packaging/make_starter.py object-yolo11n-seg-320.safetensors build/first.safetensors

The embedded one is trained on from it and averaged with it: starter/feed.py, train.py, average.py.

The plain state was trained for this project from random weights on generated composites of objects
from coco128-seg, nuts and feral-cats (training parts). Upcycling keeps its output to rounding.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch
from safetensors.torch import load_file

from dynseg.model.build import build, upcycle
from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import save

PLACEMENT, EXPERTS, SEED = "all", 4, 0
NOTES = (
    "Finds separate objects of any kind. Plain YOLO11n-seg trained from random weights on 6,000 "
    "generated composites (320 px, 14 epochs), then upcycled to dynamic convolutions. Mask mAP50 "
    "without classes on val parts at 320 px: never seen food-tray .91, kudzu-bugs .01, urban-large "
    ".00; of the sets its objects came from nuts .99, feral-cats .58, coco128-seg .05."
)


def main() -> None:
    """Read the plain state, upcycle it, write the model and its card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("state", type=Path)
    parser.add_argument("target", type=Path)
    given = parser.parse_args()
    state = load_file(given.state)
    torch.manual_seed(SEED)
    plain = build(ModelCard(name="starter", head="plain", experts=1, classes=["object"]))
    plain.load_state_dict({k: v.float() if v.is_floating_point() else v for k, v in state.items()})
    model = upcycle(plain.eval(), placement=PLACEMENT, experts=EXPERTS)
    given.target.parent.mkdir(parents=True, exist_ok=True)
    card = ModelCard(
        name="starter",
        placement=PLACEMENT,
        experts=EXPERTS,
        classes=["object"],
        class_agnostic=True,
        image_size=320,
        created="2026-11-23T00:00:00+00:00",
        notes=NOTES,
    )
    save(model, card, given.target, half=True)


if __name__ == "__main__":
    main()
