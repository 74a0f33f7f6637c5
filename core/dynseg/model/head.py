"""The segmentation head with dynamic convolutions."""

from __future__ import annotations

from typing import Literal

from torch import nn
from ultralytics.nn.modules import Segment
from ultralytics.nn.modules.conv import Conv

from dynseg.model.dynamic_conv import DynamicConv2d, DynamicConvBlock

Placement = Literal["mask", "mask+class", "all"]

BRANCHES: dict[str, tuple[str, ...]] = {
    "mask": ("cv4",),
    "mask+class": ("cv3", "cv4"),
    "all": ("cv2", "cv3", "cv4"),
}
"""Which branches of `Segment` become dynamic: cv2 boxes, cv3 classes, cv4 mask coefficients."""


class SegmentDynamic(Segment):
    """ultralytics' segmentation head, some of its convolutions dynamic.

    Depthwise and prediction convolutions and the prototypes stay plain: there a router costs more
    parameters than the experts bring.
    """

    @classmethod
    def upcycle(cls, head: Segment, *, placement: str, experts: int) -> SegmentDynamic:
        """Turn a plain head into a dynamic one, in place; its output does not change.

        Args:
            head: A plain, unfused `Segment`.
            placement: A key of `BRANCHES`.
            experts: Experts of each dynamic convolution, at least 2.
        """
        head.__class__ = cls
        head.type = f"{cls.__module__}.{cls.__qualname__}"
        for branch in BRANCHES[placement]:
            _replace_convolutions(getattr(head, branch), experts)
        head.np = sum(parameter.numel() for parameter in head.parameters())
        return head

    def fuse(self) -> None:
        """Fold batch norms, also those behind dynamic convolutions."""
        super().fuse()
        for module in self.modules():
            if isinstance(module, DynamicConvBlock):
                module.fuse()

    def dynamic_convolutions(self) -> list[DynamicConv2d]:
        """All dynamic convolutions in a fixed order."""
        return [module for module in self.modules() if isinstance(module, DynamicConv2d)]


def _replace_convolutions(module: nn.Module, experts: int) -> None:
    for name, child in module.named_children():
        if isinstance(child, Conv):
            if child.conv.groups == 1:
                conv = DynamicConv2d(child.conv, experts=experts)
                setattr(module, name, DynamicConvBlock(conv, child.bn, child.act))
        else:
            _replace_convolutions(child, experts)
