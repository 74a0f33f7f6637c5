"""The loss without a loop is the loss with one, in value and gradient."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import torch
from torch import Tensor

from dynseg.model.build import build
from dynseg.model.card import ModelCard
from dynseg.training.loss import together

from ultralytics.cfg import get_cfg  # isort: skip
from ultralytics.utils.loss import v8SegmentationLoss  # isort: skip


def batch_of(images: int, anchors: int) -> dict[str, Tensor]:
    generator = torch.Generator().manual_seed(3)
    positive = torch.rand(images, anchors, generator=generator) < 0.2
    positive[1] = False  # an image without objects
    corners = torch.rand(images, anchors, 4, generator=generator) * 40
    corners[..., 2:] = corners[..., :2] + 8 + corners[..., 2:] / 2
    return {
        "fg_mask": positive,
        "masks": torch.randint(0, 4, (images, 16, 24), generator=generator).float(),
        "target_gt_idx": torch.randint(0, 3, (images, anchors), generator=generator),
        "target_bboxes": corners,
        "proto": torch.randn(images, 8, 16, 24, generator=generator),
        "pred_masks": torch.randn(images, anchors, 8, generator=generator),
        "imgsz": torch.tensor([64.0, 96.0]),
    }


def test_masks_of_all_images_at_once_are_those_of_each() -> None:
    given = batch_of(4, 50)
    model: Any = build(ModelCard(name="p", head="plain", experts=1, classes=["a"]))
    model.args = get_cfg()
    peer = v8SegmentationLoss(model)
    leaves = {}
    values = {}
    for name in ("peer", "ours"):
        leaves[name] = [given[key].clone().requires_grad_() for key in ("proto", "pred_masks")]
        now = SimpleNamespace(**{**given, "proto": leaves[name][0], "pred_masks": leaves[name][1]})
        values[name] = (
            peer.calculate_segmentation_loss(
                now.fg_mask,
                now.masks,
                now.target_gt_idx,
                now.target_bboxes,
                torch.zeros(1, 1),
                now.proto,
                now.pred_masks,
                now.imgsz,
            )
            if name == "peer"
            else together(
                now.fg_mask,
                now.masks,
                now.target_gt_idx,
                now.target_bboxes,
                now.proto,
                now.pred_masks,
                now.imgsz,
            )
        )
        values[name].backward()
    torch.testing.assert_close(values["ours"], values["peer"])
    for ours, theirs in zip(leaves["ours"], leaves["peer"], strict=True):
        torch.testing.assert_close(ours.grad, theirs.grad)
