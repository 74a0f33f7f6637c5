"""A hundred real steps: experts go apart, routers tell images apart, none of them dies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from dynseg.images.decode import decode
from dynseg.model.checkpoint import load
from dynseg.model.dynamic_conv import DynamicConv2d, Router, routing_entropy
from dynseg.training.budget import Budget
from dynseg.training.dataset import read_description
from dynseg.training.job import TrainingJob
from dynseg.training.routers import COLLAPSED
from dynseg.training.start_weights import fit_classes
from dynseg.training.trainer import DynamicSegmentationTrainer
from dynseg_resources import starter_model

STEPS, SIDE, BATCH, REPEATS = 100, 256, 4, 10


@pytest.fixture(scope="module")
def before_and_after(labelled_scenes: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The network before and after `STEPS` steps as `dynseg train` makes them."""
    data = read_description(labelled_scenes / "data.yaml")
    images = len(data["train"])
    epochs = -(-STEPS * BATCH // (images * REPEATS))
    start, card = load(starter_model())
    before = {name: value.clone() for name, value in start.state_dict().items()}
    fitted = fit_classes(start, card, list(data["names"].values()))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("dynseg.training.trainer._workers", lambda device: 0)
        trainer = DynamicSegmentationTrainer(
            TrainingJob(
                model=fitted.model,
                data=data,
                budget=Budget(
                    repeats=REPEATS,
                    epochs=epochs,
                    samples=epochs * images * REPEATS,
                    time_s=float("inf"),
                    close_up=1.0,
                    image_size=SIDE,
                    batch=BATCH,
                    learning_rate=4e-3,
                ),
                folder=tmp_path_factory.mktemp("run"),
                device="cpu",
                threads=1,
                seed=0,
                freeze=0,
                emit=lambda _: None,
                stop_requested=lambda: "",
                save=lambda _: None,
            )
        )
        trainer.train()
    assert trainer.course.samples >= STEPS * BATCH
    return before, trainer.model.float().eval(), data


@pytest.mark.slow
def test_every_expert_goes_its_own_way(before_and_after: Any) -> None:
    before, model, _ = before_and_after
    for name, module in model.named_modules():
        if not isinstance(module, DynamicConv2d):
            continue
        moved = module.weight.detach() - before[f"{name}.weight"]
        for first in range(module.experts):
            assert moved[first].abs().max() > 1e-4, f"expert {first} of {name} did not learn"
            for second in range(first):
                assert not torch.allclose(moved[first], moved[second], atol=1e-6), (
                    f"experts {second} and {first} of {name} learned the same"
                )


@pytest.mark.slow
def test_no_router_is_dead_or_sends_all_to_one_expert(before_and_after: Any) -> None:
    _, model, data = before_and_after
    photos = [
        cv2.resize(decode(path).pixels, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
        for path in data["train"][:4]
    ]
    alphas: dict[str, torch.Tensor] = {}
    for name, module in model.named_modules():
        if isinstance(module, Router):
            module.register_forward_hook(lambda _m, _i, alpha, n=name: alphas.update({n: alpha}))
    with torch.inference_mode():
        model(torch.from_numpy(np.stack(photos)).permute(0, 3, 1, 2).float() / 255)
    assert len(alphas) == sum(isinstance(m, DynamicConv2d) for m in model.modules())
    for name, alpha in alphas.items():
        assert routing_entropy(alpha) > COLLAPSED, f"{name} sends all to one expert"
        assert alpha.std(0).max() > 1e-6, f"{name} answers every image alike"
