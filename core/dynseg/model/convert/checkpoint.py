"""An Ultralytics `.pt` file: stock `YOLO(x.pt)` predicts and validates with it.

A dynamic network needs this package to be importable there; its yaml names a head that stock
ultralytics refuses loudly, since training it there would drop the experts.
"""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from torch import nn

from dynseg.model.build import build
from dynseg.model.card import ModelCard
from dynseg.model.inert import InertFile
from dynseg.model.rebuild import tensor_of
from dynseg.model.recognise import recognise
from dynseg.model.sandbox import prepare_environment

prepare_environment()

from ultralytics import __version__ as ultralytics_version  # noqa: E402
from ultralytics.cfg import DEFAULT_CFG_DICT  # noqa: E402


def write_checkpoint(model: nn.Module, card: ModelCard, path: Path) -> None:
    """Write a network as ultralytics' trainer would, in float32.

    Args:
        model: A network of `dynseg.model.build`; left as it is.
        card: Its card.
        path: A `.pt` path.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    network: Any = copy.deepcopy(model).cpu().float().eval()
    network.names = dict(enumerate(card.classes))
    network.task = "segment"
    network.args = {"imgsz": card.image_size, "task": "segment"}
    network.criterion = None
    arguments = {**DEFAULT_CFG_DICT, "task": "segment", "imgsz": card.image_size}
    torch.save(
        {
            "epoch": -1,
            "best_fitness": None,
            "model": network,
            "ema": None,
            "updates": None,
            "optimizer": None,
            "train_args": arguments,
            "date": datetime.now(UTC).isoformat(timespec="seconds"),
            "version": ultralytics_version,
            "license": "AGPL-3.0 (https://ultralytics.com/license)",
        },
        path,
    )


def read_back(path: Path) -> nn.Module:
    """The network of a written file, read as a foreign one would be: nothing in it is run.

    Raises:
        ModelFileError: it is no such file.
    """
    with InertFile(path) as file:
        found = recognise(file.content(), path)
        model = build(found.card)
        state = {name: tensor_of(file, note) for name, note in found.notes.items()}
    model.load_state_dict(state, strict=True)
    return model.float().eval()
