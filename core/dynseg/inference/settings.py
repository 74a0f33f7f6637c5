"""What a person chooses about running a model."""

from __future__ import annotations

import math

import msgspec

from dynseg.model.card import MAX_IMAGE_SIZE, MIN_IMAGE_SIZE, ModelCard

CANDIDATE_CONFIDENCE = 0.05
"""Predictions are kept down to this score, so that a higher threshold never needs the model."""

POSTPROCESS_VERSION = 8
"""Part of every key: raise it when the same model gives other polygons than before."""

MAX_TILE_PX = 16_384

TILINGS = ("model", "off", "auto", "on")
"""Whether images are looked at in tiles: as the model has learned to, never, where objects of large
images are small, or in all large images."""

EDGES = ("model", "off", "on")
"""Whether outlines follow the edges in the image: as the model's card says, never, always."""


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
        tiles: One of `TILINGS`: look at images in overlapping tiles as well as at the whole.
        tile_px: Side of a tile in image pixels; 0 chooses it by the size of the objects.
        small_px: Size of the small objects, image pixels, if it is known: it chooses the tiles.
        edges: One of `EDGES`: move outlines to where colours part.
        classes: Names of the model's classes to propose, without regard to case; empty for all.
        region: Look only here, `x0, y0, x1, y1` in image pixels, and leave proposals beside it as
            they are; None for the whole image.
        half: Compute in half precision where the device is faster in it.
        device: `auto`, `cpu`, `cuda` or `cuda:N`.
        backend: What runs the network: `auto` for the fastest on this machine, `openvino`,
            `onnx` or `torch`.
    """

    confidence: float = 0.25
    iou: float = 0.6
    max_detections: int = 1000
    image_size: int = 0
    simplify_px: float = 1.0
    tiles: str = "model"
    tile_px: int = 0
    small_px: float = 0.0
    edges: str = "model"
    classes: tuple[str, ...] = ()
    region: tuple[float, float, float, float] | None = None
    half: bool = True
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
        if not (self.image_size == 0 or MIN_IMAGE_SIZE <= self.image_size <= MAX_IMAGE_SIZE):
            raise ValueError(
                f"image_size is 0 or in [{MIN_IMAGE_SIZE}, {MAX_IMAGE_SIZE}], not {self.image_size}"
            )
        if not 0.0 <= self.simplify_px <= 100.0:
            raise ValueError(f"simplify_px is in [0, 100], not {self.simplify_px}")
        if self.region is not None and not all(map(math.isfinite, self.region)):
            raise ValueError("region is four numbers of pixels")
        if self.tiles not in TILINGS:
            raise ValueError(f"tiles is one of {', '.join(TILINGS)}, not {self.tiles!r}")
        if self.edges not in EDGES:
            raise ValueError(f"edges is one of {', '.join(EDGES)}, not {self.edges!r}")
        if not (self.tile_px == 0 or 32 <= self.tile_px <= MAX_TILE_PX):
            raise ValueError(f"tile_px is 0 or in [32, {MAX_TILE_PX}], not {self.tile_px}")

    def key(self, card: ModelCard) -> str:
        """Names everything beside the weights that changes the candidates of an image.

        That is also what the card says of how to look: the same weights may come with another one.

        Threshold and classes are not in it, since candidates of any score and class are kept.
        Neither are device, backend and precision, which change the last digits only, and the size
        of small objects, which grows clearer with every label: nothing is looked at again for it.
        """
        looks = "" if self.tiles == "model" else f" tiles={self.tiles}"
        if self.tiles in ("auto", "on") and self.tile_px:
            looks += f" tile={self.tile_px}"
        if self.edges != "model":
            looks += f" edges={self.edges}"
        return (
            f"v{POSTPROCESS_VERSION} iou={self.iou:g} max={self.max_detections} "
            f"size={self.image_size} simplify={self.simplify_px:g}{looks} card={_looks_of(card)}"
            f"{f' region={self.region}' if self.region else ''}"
        )


def _looks_of(card: ModelCard) -> str:
    said = (
        card.image_size, card.close_up, card.outline_size, int(card.follow_edges),
        card.edge_shift_px, int(card.class_agnostic), card.temperature,
    )  # fmt: skip
    return ",".join(f"{value:g}" for value in said)
