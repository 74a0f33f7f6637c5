"""The segmentation head with dynamic convolutions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from torch import nn

from dynseg.errors import ModelFileError
from dynseg.model.dynamic_conv import DynamicConv2d, DynamicConvBlock
from dynseg.model.sandbox import prepare_environment

prepare_environment()

from ultralytics.nn.modules import Segment  # noqa: E402
from ultralytics.nn.modules.conv import Conv  # noqa: E402

Placement = Literal["mask", "mask+class", "all"]

BRANCHES: dict[str, tuple[str, ...]] = {
    "mask": ("cv4",),
    "mask+class": ("cv3", "cv4"),
    "all": ("cv2", "cv3", "cv4"),
}
"""Which branches of `Segment` become dynamic: cv2 boxes, cv3 classes, cv4 mask coefficients."""


@dataclass(frozen=True, slots=True)
class HeadShape:
    """What a dynamic head looks like.

    Attributes:
        placement: A key of `BRANCHES`.
        experts: Experts of each dynamic convolution, at least 2.
        router_width: Hidden width of the routers over the channels of their input.
        temperature: What the routers' logits are divided by; large values make mixtures even.
    """

    placement: str = "all"
    experts: int = 4
    router_width: float = 1.0
    temperature: float = 1.0


class SegmentDynamic(Segment):
    """ultralytics' segmentation head, some of its convolutions dynamic.

    Depthwise and prediction convolutions and the prototypes stay plain: there a router costs more
    parameters than the experts bring.
    """

    @classmethod
    def upcycle(cls, head: Segment, shape: HeadShape) -> SegmentDynamic:
        """Turn a plain head into a dynamic one, in place; its output does not change.

        Args:
            head: A plain, unfused `Segment`.
            shape: What it becomes.

        Raises:
            ModelFileError: it is another head, such as that of YOLO26 with its double branches.
        """
        if type(head) is not Segment or head.end2end:
            raise ModelFileError(
                f"A head of the kind {type(head).__name__} cannot become dynamic.",
                "Start from a YOLO11 segmentation model.",
            )
        head.__class__ = cls
        head.type = f"{cls.__module__}.{cls.__qualname__}"
        for branch in BRANCHES[shape.placement]:
            _replace_convolutions(getattr(head, branch), shape)
        head.np = sum(parameter.numel() for parameter in head.parameters())
        return head

    def fuse(self) -> None:
        """Fold batch norms, also those behind dynamic convolutions."""
        super().fuse()
        for module in self.modules():
            if isinstance(module, DynamicConvBlock):
                module.fuse()


def _replace_convolutions(module: nn.Module, shape: HeadShape) -> None:
    for name, child in module.named_children():
        if not isinstance(child, Conv):
            _replace_convolutions(child, shape)
        elif child.conv.groups == 1:
            conv = DynamicConv2d(
                child.conv,
                experts=shape.experts,
                hidden=max(1, round(shape.router_width * child.conv.in_channels)),
                temperature=shape.temperature,
            )
            setattr(module, name, DynamicConvBlock(conv, child.bn, child.act))
