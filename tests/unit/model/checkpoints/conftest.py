"""A checkpoint as ultralytics writes it, and tools to spoil one."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import torch

from dynseg.model.sandbox import prepare_environment

prepare_environment()

from ultralytics.nn.tasks import SegmentationModel  # noqa: E402
from ultralytics.utils import DEFAULT_CFG_DICT, IterableSimpleNamespace  # noqa: E402


def as_checkpoint(model: Any, **more: Any) -> dict[str, Any]:
    """What ultralytics' trainer saves as best.pt."""
    return {
        "epoch": -1,
        "best_fitness": None,
        "model": model,
        "ema": None,
        "updates": None,
        "optimizer": None,
        "train_args": {**DEFAULT_CFG_DICT, "imgsz": 320},
        "train_results": {"epoch": [1, 2], "metrics/mAP50(M)": [0.1, 0.2]},
        "date": "2026-01-01T00:00:00",
        "version": "8.4.190",
        **more,
    }


@pytest.fixture(scope="session")
def trained() -> Any:
    """A plain network with statistics that are not those of a new one, half precision."""
    torch.manual_seed(8)
    model = SegmentationModel("yolo11n-seg.yaml", nc=3, verbose=False)
    for name, buffer in model.named_buffers():
        if name.endswith("running_var"):
            buffer.uniform_(0.5, 2)
        elif name.endswith("running_mean"):
            buffer.normal_(std=0.1)
    model.names = {0: "nut", 1: "bolt", 2: "washer"}
    model.args = IterableSimpleNamespace(**DEFAULT_CFG_DICT)
    return model.half().eval()


@pytest.fixture
def save(tmp_path: Path, trained: Any) -> Any:
    """Writes a checkpoint, after a change to a copy of the network if one is given."""

    def write(change: Any = None, **more: Any) -> Path:
        model = copy.deepcopy(trained)
        if change is not None:
            change(model)
        path = tmp_path / "best.pt"
        torch.save(as_checkpoint(model, **more), path)
        return path

    return write
