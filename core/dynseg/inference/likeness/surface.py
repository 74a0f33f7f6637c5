"""What each place of an image looks like, as numbers: early layers of the starter, and colours."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from dynseg.images.shrink import shrunk
from dynseg.inference.backends.torch_backend import read_network

STRIDE = 4
"""Model pixels a cell."""
LAYERS = (2, 4)
"""Whose features are taken: cells of four and of eight pixels."""
TILE_PX, MARGIN_PX = 768, 64
"""The network sees pieces of this size, with so much around that their borders do not show."""
COLOUR_SIGMAS = (1.5, 3.0, 6.0)
"""Cells over which colours are averaged; what each of them takes away is a trait by itself."""
COLOUR_SCALE = 32.0
"""Colours (Lab, bytes) over this vary about as much as the features of the network."""

Surface = NDArray[np.float16]
"""`(h, w, D)`, a vector of traits for every cell."""


class Seer:
    """Works out what places look like.

    Args:
        weights: The starter.

    Raises:
        ModelFileError: it cannot be used.
    """

    def __init__(self, weights: Path) -> None:
        network: Any = read_network(weights)
        self._layers = network.model[: LAYERS[-1] + 1]

    def look(
        self,
        pixels: NDArray[np.uint8],
        size: tuple[int, int],
        *,
        look_up: Callable[[], None] = lambda: None,
    ) -> Surface:
        """What each cell of an image looks like.

        Args:
            pixels: `(H, W, 3)` uint8 RGB.
            size: Width and height at which it is looked at, model pixels.
            look_up: Called between pieces of the image; what it raises ends the work.
        """
        seen = _resized(pixels, size)
        rows, columns = (-(-side // STRIDE) for side in seen.shape[:2])
        seen = _padded(seen, rows * STRIDE, columns * STRIDE)
        colours = _colours(seen, (columns, rows))
        surface: Surface | None = None
        for top in range(0, rows * STRIDE, TILE_PX):
            for left in range(0, columns * STRIDE, TILE_PX):
                look_up()
                tile = self._tile(seen, left, top)
                if surface is None:
                    depth = tile.shape[2] + colours.shape[2]
                    surface = np.empty((rows, columns, depth), np.float16)
                row, column = top // STRIDE, left // STRIDE
                part = surface[row : row + tile.shape[0], column : column + tile.shape[1]]
                part[..., : tile.shape[2]] = tile
        assert surface is not None
        surface[..., -colours.shape[2] :] = colours
        return surface

    @torch.inference_mode()
    def _tile(self, seen: NDArray[np.uint8], left: int, top: int) -> NDArray[np.float32]:
        """`(h, w, D)` features of the piece that begins there, without what is around it."""
        x0, y0 = max(left - MARGIN_PX, 0), max(top - MARGIN_PX, 0)
        piece = seen[y0 : top + TILE_PX + MARGIN_PX, x0 : left + TILE_PX + MARGIN_PX]
        height, width = (side + -side % (2 * STRIDE) for side in piece.shape[:2])
        whole = _padded(piece, height, width)
        values = torch.from_numpy(whole).permute(2, 0, 1)[None].float() / 255
        found = []
        for index, layer in enumerate(self._layers):
            values = layer(values)
            if index in LAYERS:
                found.append(values)
        fine, coarse = found
        coarse = torch.nn.functional.interpolate(coarse, size=fine.shape[2:], mode="bilinear")
        features = torch.cat([fine, coarse], 1)[0].permute(1, 2, 0).numpy()
        row, column = (top - y0) // STRIDE, (left - x0) // STRIDE
        height = min(TILE_PX, seen.shape[0] - top) // STRIDE
        width = min(TILE_PX, seen.shape[1] - left) // STRIDE
        return features[row : row + height, column : column + width]


def _resized(pixels: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    if size[0] < pixels.shape[1]:
        return shrunk(pixels, size)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC), np.uint8)


def _padded(pixels: NDArray[np.uint8], height: int, width: int) -> NDArray[np.uint8]:
    """At least so large: the last row and column once more."""
    below, right = height - pixels.shape[0], width - pixels.shape[1]
    whole = cv2.copyMakeBorder(pixels, 0, below, 0, right, cv2.BORDER_REPLICATE)
    return np.asarray(whole, np.uint8)


def _colours(seen: NDArray[np.uint8], cells: tuple[int, int]) -> NDArray[np.float32]:
    """`(h, w, 15)` colours of every cell, and how they differ from those around it."""
    small = cv2.resize(seen, cells, interpolation=cv2.INTER_AREA)
    fine = cv2.cvtColor(small, cv2.COLOR_RGB2LAB).astype(np.float32) / COLOUR_SCALE
    levels = [fine, *(cv2.GaussianBlur(fine, (0, 0), sigma) for sigma in COLOUR_SIGMAS)]
    apart = [one - other for one, other in pairwise(levels)]
    return np.concatenate([fine, *apart, levels[-1]], axis=2)
