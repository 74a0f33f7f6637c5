"""How good a model is on the validation images of a data set."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from dynseg.errors import InputError
from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import load
from dynseg.training.close_ups import add_close_ups
from dynseg.training.dataset import SnapshotDataset, read_description
from dynseg.training.start_weights import as_called_now, folded

from ultralytics.data import build_dataloader  # isort: skip
from ultralytics.models.yolo.segment import SegmentationValidator  # isort: skip
from ultralytics.utils.metrics import SegmentMetrics  # isort: skip

UNKNOWN = -1
"""Class of a detection whose name the data set does not have; it matches no label."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """Mask mAP on validation images.

    Attributes:
        map50: At IoU 0.5, mean over classes.
        map50_95: Mean over IoU 0.5 to 0.95.
        per_class: mAP50 of every class that has labels, by name.
        images: Images looked at.
    """

    map50: float
    map50_95: float
    per_class: dict[str, float]
    images: int


@dataclass(frozen=True, slots=True)
class Answers:
    """What a network said about images, beside their labels: what mAP is counted from.

    Attributes:
        boxes, masks: `(N, 10)` bool: whether a detection is right at IoU 0.5 to 0.95.
        scores: `(N,)` of the detections.
        found: `(N,)` their classes.
        labels: `(L,)` classes of the labels.
        shown: `(S,)` classes that each image shows, once an image.
        images: Images looked at.
    """

    boxes: NDArray[np.bool_]
    masks: NDArray[np.bool_]
    scores: NDArray[np.float32]
    found: NDArray[np.float32]
    labels: NDArray[np.float32]
    shown: NDArray[np.float32]
    images: int


def pooled(parts: Sequence[Answers], names: Sequence[str]) -> Metrics:
    """Mask mAP over the images of several networks that each looked at some of them.

    Args:
        parts: At least one.
        names: Of the classes.
    """
    counted = SegmentMetrics(dict(enumerate(names)))
    for key, name in _STATS.items():
        counted.stats[key] = [getattr(part, name) for part in parts]
    counted.process()
    return _metrics(counted, names, sum(part.images for part in parts))


_STATS = {
    "tp": "boxes", "tp_m": "masks", "conf": "scores", "pred_cls": "found",
    "target_cls": "labels", "target_img": "shown",
}  # fmt: skip
"""ultralytics' names of what it keeps of images, and ours."""


def _metrics(counted: SegmentMetrics, names: Sequence[str], images: int) -> Metrics:
    mask = counted.seg
    per_class = {
        names[int(index)]: float(mask.ap50[place])
        for place, index in enumerate(mask.ap_class_index)
    }
    return Metrics(float(mask.map50), float(mask.map), per_class, images)


def evaluate(
    model_path: Path,
    data_yaml: Path,
    image_size: int,
    *,
    agnostic: bool = False,
    device: str = "cpu",
    close_up: float = 1.0,
    renamed: Mapping[str, str] = MappingProxyType({}),
    images: Sequence[str] | None = None,
) -> Metrics:
    """Measure a model file on the `val` images of a data set.

    Args:
        model_path: A `.safetensors` file with its card.
        data_yaml: A data set in ultralytics' layout; nothing in it is written or run.
        image_size: Longer side of the images that the network sees, pixels.
        agnostic: Ignore classes: every object is a match for every object.
        device: A torch device.
        close_up: Measure also on parts of the images, so many times larger; 1 for whole ones alone.
        renamed: What classes were called when the model learned them, see `as_called_now`.
        images: Measure on these instead of the `val` images: paths in the data set.

    Raises:
        ModelFileError: the model cannot be read.
        InputError: the data set cannot be read or has no validation images.
    """
    model, card = load(model_path)
    card = as_called_now(card, renamed)
    data = read_description(data_yaml)
    if images is not None:
        data["val"] = [data_yaml.resolve().parent / name for name in images]
    photos = len(data["val"])
    with tempfile.TemporaryDirectory(prefix="dynseg-close-ups-") as folder:
        if close_up > 1:
            data = add_close_ups({**data, "train": []}, close_up, Path(folder), size=image_size)
        found = evaluate_network(
            model, card, data, image_size=image_size, agnostic=agnostic, device=device
        )
    return replace(found, images=photos)


def evaluate_network(
    model: nn.Module,
    card: ModelCard,
    data: dict[str, Any],
    *,
    image_size: int,
    agnostic: bool = False,
    device: str = "cpu",
    batch: int = 16,
) -> Metrics:
    """Measure a network; classes are compared by name.

    Args:
        model: Not fused; left as it is.
        card: Says what its classes are.
        data: From `read_description`.
        image_size: Longer side of the images that the network sees, pixels.
        agnostic: Ignore classes.
        device: A torch device.
        batch: Images in one step.
    """
    images: list[Path] = data["val"]
    if not images:
        raise InputError("The data set has no validation images.", "Review more images.")
    names = list(data["names"].values())
    targets = class_targets(card, names)
    if not agnostic and set(targets) == {UNKNOWN}:
        return Metrics(0.0, 0.0, dict.fromkeys(names, 0.0), len(images))
    found = answers(
        model, card, data, image_size=image_size, agnostic=agnostic, device=device, batch=batch
    )
    return pooled([found], ["object"] if agnostic else names)


def answers(
    model: nn.Module,
    card: ModelCard,
    data: dict[str, Any],
    *,
    image_size: int,
    agnostic: bool = False,
    device: str = "cpu",
    batch: int = 16,
) -> Answers:
    """What a network says about the `val` images, to be pooled; see `evaluate_network`."""
    images: list[Path] = data["val"]
    targets = class_targets(card, list(data["names"].values()))
    with tempfile.TemporaryDirectory() as folder:
        validator = _NamedValidator(data, targets, Path(folder), agnostic=agnostic, device=device)
        validator.use_images(images, image_size=image_size, batch=min(batch, len(images)))
        validator(model=model)
        return validator.answers


def class_targets(card: ModelCard, names: Sequence[str]) -> list[int]:
    """For each class of a model the data set's class of the same name, or `UNKNOWN`.

    What a class-agnostic model finds is of the only class where there is one, as its proposals are.
    """
    if card.class_agnostic:
        only = 0 if len(names) == 1 and len(card.classes) == 1 else UNKNOWN
        return [only] * len(card.classes)
    known = {folded(name): index for index, name in enumerate(names)}
    return [known.get(folded(name), UNKNOWN) for name in card.classes]


class _NamedValidator(SegmentationValidator):
    """ultralytics' validator over images that are given, with classes compared by name."""

    def __init__(
        self,
        data: dict[str, Any],
        targets: Sequence[int],
        folder: Path,
        *,
        agnostic: bool,
        device: str,
    ) -> None:
        description = folder / "data.yaml"
        # Read by ultralytics: only what cannot do harm.
        description.write_text(
            "train: .\nval: .\nnames: [object]\n", encoding="utf-8", newline="\n"
        )
        arguments = {
            "task": "segment",
            "mode": "val",
            "data": str(description),
            "device": device.removeprefix("cuda:"),
            "workers": 0,
            "plots": False,
            "verbose": False,
            "conf": 0.001,
            "single_cls": agnostic,
            "rect": True,
        }
        super().__init__(args=arguments, save_dir=folder)
        threads = torch.get_num_threads()
        # It leaves one core out, even of two.
        self.add_callback("on_val_start", lambda _: torch.set_num_threads(threads))
        self.answers: Answers
        self._data = data
        self._targets = torch.tensor(targets, dtype=torch.float32)

    def get_model(self, model: nn.Module, trainer: Any = None) -> nn.Module:
        """A fused copy: what ultralytics fuses itself it also counts the operations of."""
        mine: nn.Module = super().get_model(model, trainer)
        return mine.fuse(verbose=False)  # type: ignore[operator]

    def use_images(self, images: list[Path], *, image_size: int, batch: int) -> None:
        """Look at these images."""
        self.args.imgsz = image_size
        self.args.batch = batch
        dataset = SnapshotDataset(
            images,
            imgsz=image_size,
            batch_size=batch,
            augment=False,
            hyp=self.args,
            rect=True,
            single_cls=self.args.single_cls,
            stride=32,
            pad=0.5,
            prefix="",
            task="segment",
            data=self._data,
        )
        self.dataloader = build_dataloader(dataset, batch, 0, shuffle=False, device="cpu")

    def get_stats(self) -> dict[str, Any]:
        """Count as ever; what is counted from is kept in `answers`."""
        kept = {name: np.concatenate(self.metrics.stats[key]) for key, name in _STATS.items()}
        self.answers = Answers(**kept, images=len(self.metrics.stats["conf"]))
        figures: dict[str, Any] = super().get_stats()
        return figures

    def postprocess(self, preds: Any) -> list[dict[str, torch.Tensor]]:
        """Detections with the classes of the data set."""
        found: list[dict[str, torch.Tensor]] = super().postprocess(preds)
        if not self.args.single_cls:
            targets = self._targets.to(self.device)
            for image in found:
                image["cls"] = targets[image["cls"].long()]
        return found
