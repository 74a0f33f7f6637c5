"""What a person chooses about running a model."""

from __future__ import annotations

import msgspec

CANDIDATE_CONFIDENCE = 0.05
"""Predictions are kept down to this score, so that a higher threshold never needs the model."""

POSTPROCESS_VERSION = 2
"""Part of every key: raise it when the same model gives other polygons than before."""

MAX_IMAGE_SIZE = 8192


class PredictSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a model is run on an image and which of its candidates are proposed.

    Attributes:
        confidence: Lowest score of a proposal, in [0, 1].
        iou: Boxes of one class that overlap more than this are one object, in (0, 1].
        max_detections: Most candidates kept of one image.
        image_size: Longer side of the model's input in pixels, rounded up to a multiple of 32;
            0 is the size that the model was trained with.
        simplify_px: How far a polygon may stay off the mask, in image pixels; 0 keeps every
            corner of every pixel.
        tiles: Look at large images in overlapping tiles as well as at the whole.
        device: `auto`, `cpu`, `cuda` or `cuda:N`.
        backend: What runs the network: `auto` for the fastest on this machine, `openvino` or
            `torch`.
    """

    confidence: float = 0.25
    iou: float = 0.6
    max_detections: int = 1000
    image_size: int = 0
    simplify_px: float = 1.0
    tiles: bool = False
    device: str = "auto"
    backend: str = "auto"

    def __post_init__(self) -> None:
        """Refuse numbers that no model can run with.

        Raises:
            ValueError: a number is outside its range.
        """
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence is in [0, 1], not {self.confidence}")
        if not 0.0 < self.iou <= 1.0:
            raise ValueError(f"iou is in (0, 1], not {self.iou}")
        if not 1 <= self.max_detections <= 30_000:
            raise ValueError(f"max_detections is in [1, 30000], not {self.max_detections}")
        if not (self.image_size == 0 or 32 <= self.image_size <= MAX_IMAGE_SIZE):
            raise ValueError(f"image_size is 0 or in [32, {MAX_IMAGE_SIZE}], not {self.image_size}")
        if not 0.0 <= self.simplify_px <= 100.0:
            raise ValueError(f"simplify_px is in [0, 100], not {self.simplify_px}")

    def key(self) -> str:
        """Names everything that changes the candidates of an image.

        The threshold is not in it, since candidates are kept below every threshold, and neither are
        device and backend: they change the last digits only.
        """
        return (
            f"v{POSTPROCESS_VERSION} iou={self.iou:g} max={self.max_detections} "
            f"size={self.image_size} simplify={self.simplify_px:g}{' tiles' if self.tiles else ''}"
        )
