"""Photographs of different content to compare networks on."""

from __future__ import annotations

import cv2
import numpy as np
import torch
from torch import Tensor

from dynseg.images.decode import decode
from dynseg_resources import sample_project

COUNT = 16


def sample_photos(height: int, width: int) -> Tensor:
    """Those of the sample, some of them inverted or darkened, so that routers tell them apart.

    Args:
        height: Pixels.
        width: Pixels.

    Returns:
        `(16, 3, height, width)` float32 RGB in [0, 1].
    """
    files = sorted((sample_project() / "images").iterdir())
    pictures = []
    for number in range(COUNT):
        pixels = decode(files[number % len(files)]).pixels
        picture = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
        if number >= len(files) or number % 4 == 1:
            picture = 255 - picture
        pictures.append(picture // 3 if number % 4 == 3 else picture)
    return torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2).float() / 255
