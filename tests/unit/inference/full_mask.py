"""What a polygon is measured against: the mask of full size that nobody should have to make."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.letterbox import Letterbox
from dynseg.geometry.part import Part
from dynseg.geometry.raster import mask_from_parts
from dynseg.inference.polygons import Candidates


def full_mask(candidates: Candidates, index: int, box: Letterbox) -> NDArray[np.bool_]:
    """`(H, W)` bool: logits scaled up to the image, cut at zero, inside the box of the object."""
    prototypes = candidates.prototypes
    logits = np.tensordot(candidates.coefficients[index], prototypes, 1).astype(np.float32)
    across, down = prototypes.shape[2] / box.width, prototypes.shape[1] / box.height
    scale_x, scale_y = box.scale_xy
    to_cells = np.array(
        [
            [scale_x * across, 0, (scale_x / 2 + box.pad_left) * across - 0.5],
            [0, scale_y * down, (scale_y / 2 + box.pad_top) * down - 0.5],
        ]
    )
    size = (box.image_width, box.image_height)
    full = cv2.warpAffine(
        logits,
        to_cells,
        size,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    x0, y0, x1, y1 = box.to_image(candidates.boxes[index].reshape(2, 2)).ravel()
    columns, rows = np.arange(box.image_width) + 0.5, np.arange(box.image_height) + 0.5
    inside = ((rows >= y0) & (rows < y1))[:, None] & ((columns >= x0) & (columns < x1))
    return np.asarray((full > 0) & inside)


def mask_iou(full: NDArray[np.bool_], parts: tuple[Part, ...]) -> float:
    """Overlap of a mask with polygons, both as pixels."""
    mask = mask_from_parts(parts, width=full.shape[1], height=full.shape[0])
    return float((mask & full).sum() / max((mask | full).sum(), 1))
