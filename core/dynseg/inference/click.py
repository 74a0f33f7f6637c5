"""Segment anything (Kirillov et al., ICCV 2023) in its mobile form: an object by clicks or a box.

The classes of the network are those of ultralytics; the weights are a file that the user fetched
or put there. The image is encoded once, which takes seconds on a CPU; each prompt then takes a
fraction of one.
"""

from __future__ import annotations

import math
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from dynseg.errors import EngineError, ModelFileError
from dynseg.geometry.isolines import parts_from_field
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import area, repair, simplify
from dynseg.inference.backends.device import thread_count
from dynseg.inference.prompt import Prompt
from dynseg.model.sandbox import prepare_environment

SIDE_PX = 1024
"""Longer side of what the encoder sees, in the upper left corner of a square."""

PADDING = 114
"""Grey of the rest of the square, as ultralytics fills it."""

MASK_CELLS = 256
"""Cells of a mask along the side of the square."""

STEEP = 8.0
"""Logits beyond this are as sure as can be."""

MAX_BYTES = 1 << 30
"""A larger file is no MobileSAM."""

TOLERANCE_CELLS = 0.25
"""How far a polygon may leave the outline of its mask."""

CRUMB = 0.02
"""Pieces under this share of the largest are left out."""


@dataclass(frozen=True, slots=True, eq=False)
class Encoded:
    """An image as the network remembers it.

    Attributes:
        features: `(1, 256, 64, 64)` float32.
        width: Of the image, pixels.
        height: Of the image, pixels.
        scale: Pixels of the square a pixel of the image.
    """

    features: torch.Tensor
    width: int
    height: int
    scale: float


@dataclass(frozen=True, slots=True, eq=False)
class Clicked:
    """The object at a prompt.

    Attributes:
        parts: Image pixels; empty when nothing stands out there.
        score: What the network thinks of its mask, in [0, 1].
    """

    parts: tuple[Part, ...]
    score: float


class ClickSegmenter:
    """MobileSAM on one device.

    Args:
        network: ultralytics' `SAMModel` with its weights.
        device: As torch names it.
    """

    def __init__(self, network: Any, device: str) -> None:
        self._network = network.to(device).eval()
        self._device = device

    @classmethod
    def load(cls, path: Path, *, device: str = "cpu") -> ClickSegmenter:
        """Read a weights file; nothing that stands in it is run.

        Raises:
            ModelFileError: it is no MobileSAM, or is damaged.
        """
        prepare_environment()
        from ultralytics.models.sam.build import build_mobile_sam

        weights = _weights(path)
        network = build_mobile_sam()
        try:
            network.load_state_dict(weights)
        except RuntimeError as error:
            raise ModelFileError(
                f"{path.name} holds the weights of another network than MobileSAM.",
                "Fetch mobile_sam.pt again.",
            ) from error
        if not all(bool(torch.isfinite(value).all()) for value in network.parameters()):
            raise ModelFileError(
                f"{path.name} is damaged: some weights are no numbers.", "Fetch it again."
            )
        return cls(network, device)

    @torch.inference_mode()
    def encode(self, pixels: NDArray[np.uint8]) -> Encoded:
        """Look at an image once, for all prompts that follow.

        Args:
            pixels: `(H, W, 3)` uint8 RGB.

        Raises:
            EngineError: there is too little memory.
        """
        height, width = pixels.shape[:2]
        scale = SIDE_PX / max(height, width)
        size = (max(1, round(width * scale)), max(1, round(height * scale)))
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        square = np.full((SIDE_PX, SIDE_PX, 3), PADDING, np.uint8)
        square[: size[1], : size[0]] = cv2.resize(pixels, size, interpolation=how)
        network = self._network
        image = torch.from_numpy(square).to(self._device).permute(2, 0, 1)[None].float()
        image = (image - network.pixel_mean) / network.pixel_std
        try:
            with _threads(self._device):
                features = network.image_encoder(image)
        except RuntimeError as error:
            raise EngineError(
                f"The image could not be looked at ({str(error).splitlines()[0][:120]}); "
                "no label was changed.",
                "Close other programs, or draw the outline with another tool.",
            ) from error
        return Encoded(features, width, height, scale)

    def segment(self, image: Encoded, prompt: Prompt) -> Clicked:
        """The object that a prompt means, as polygons."""
        logits, score = self.mask(image, prompt)
        return Clicked(parts_of(logits, image), score)

    @torch.inference_mode()
    def mask(self, image: Encoded, prompt: Prompt) -> tuple[NDArray[np.float32], float]:
        """The mask of the object that a prompt means.

        A single click may mean a thing or a part of it: of the three masks that the network has
        for it, the one that it thinks best of is taken.

        Args:
            image: What `encode` gave for it.
            prompt: At least one point inside, or a box.

        Returns:
            `(256, 256)` float32 logits, above zero on the object, cells of the square that the
            encoder saw; and what the network thinks of the mask, in [0, 1].
        """
        network = self._network
        with _threads(self._device):
            sparse, dense = network.prompt_encoder(
                points=self._points(image, prompt), boxes=self._box(image, prompt), masks=None
            )
            masks, scores = network.mask_decoder(
                image_embeddings=image.features,
                image_pe=network.prompt_encoder.get_dense_pe(),
                sparse_prompt_embeddings=sparse,
                dense_prompt_embeddings=dense,
                multimask_output=len(prompt.inside) == 1 and not prompt.outside and not prompt.box,
            )
        best = int(scores[0].argmax())
        logits = masks[0, best].float().cpu().numpy() - float(network.mask_threshold)
        return logits, float(scores[0, best].clamp(0, 1))

    def _points(self, image: Encoded, prompt: Prompt) -> tuple[torch.Tensor, torch.Tensor] | None:
        places = [*prompt.inside, *prompt.outside]
        if not places:
            return None
        labels = [1] * len(prompt.inside) + [0] * len(prompt.outside)
        points = torch.tensor([places], dtype=torch.float32, device=self._device)
        return points * image.scale, torch.tensor([labels], device=self._device)

    def _box(self, image: Encoded, prompt: Prompt) -> torch.Tensor | None:
        if prompt.box is None:
            return None
        corners = torch.tensor([prompt.box], dtype=torch.float32, device=self._device)
        return corners * image.scale


def parts_of(logits: NDArray[np.float32], image: Encoded) -> tuple[Part, ...]:
    """Polygons of a mask, image pixels, largest first, inside the image.

    Args:
        logits: `(256, 256)` float32, above zero on the object; cells of the square.
        image: What they belong to.
    """
    cell_px = SIDE_PX / MASK_CELLS / image.scale
    rows, columns = math.ceil(image.height / cell_px), math.ceil(image.width / cell_px)
    # Straight around zero, where the outline is followed; nothing is inside beyond the border.
    field = np.clip(logits[:rows, :columns], -STEEP, STEEP) / (2 * STEEP) + 0.5
    found = parts_from_field(field)
    if not found:
        return ()
    least = CRUMB * area(found[0])
    kept = tuple(
        simplify(_in_image(part, cell_px, image), tolerance_px=TOLERANCE_CELLS * cell_px)
        for part in found
        if area(part) >= least
    )
    return repair(kept, width=image.width, height=image.height)


def _in_image(part: Part, cell_px: float, image: Encoded) -> Part:
    limits = (image.width, image.height)
    rings = [ring(np.clip(points * cell_px, 0, limits)) for points in part.rings]
    return Part(rings[0], tuple(rings[1:]))


def _weights(path: Path) -> dict[str, torch.Tensor]:
    """The tensors of a file.

    Raises:
        ModelFileError: it is missing, too large, damaged, or holds anything but tensors.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ModelFileError(f"{path.name} is too large to be MobileSAM.", "Fetch it again.")
        found = torch.load(path, map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise ModelFileError(f"{path} is not there.", "Fetch it, or put it there.") from error
    except (OSError, RuntimeError, EOFError, ValueError, pickle.UnpicklingError) as error:
        raise ModelFileError(
            f"{path.name} is damaged or no file of weights; nothing in it was run.",
            "Fetch mobile_sam.pt again.",
        ) from error
    if not isinstance(found, dict) or not all(
        isinstance(value, torch.Tensor) for value in found.values()
    ):
        raise ModelFileError(
            f"{path.name} holds other things than weights.", "Fetch mobile_sam.pt again."
        )
    return found


@contextmanager
def _threads(device: str) -> Iterator[None]:
    """As many threads as leave the window fluid, for the time of a look."""
    before = torch.get_num_threads()
    if device == "cpu":
        torch.set_num_threads(thread_count())
    try:
        yield
    finally:
        torch.set_num_threads(before)
