"""How near polygons are to the mask that nobody should have to make, and how many points they have.

Ours and those of ultralytics' `masks.xyn`, from the very same boxes, coefficients and prototypes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.letterbox import Letterbox
from dynseg.geometry.part import Part, ring
from dynseg.geometry.raster import mask_from_parts
from dynseg.inference.outlines.polygons import Candidates, trace
from dynseg.inference.predictor import Predictor
from dynseg.inference.settings import PredictSettings

MIN_PIXELS = 64
"""Masks smaller than this are left out of the comparison: one pixel would decide it."""


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over all objects.

    Attributes:
        iou: Ours against the full mask.
        points: Ours, all rings of an object.
        peer_iou, peer_points: The same of `masks.xyn`.
        objects: How many.
    """

    iou: float
    points: float
    peer_iou: float
    peer_points: float
    objects: int


def measure(
    predictor: Predictor, images: list[NDArray[np.uint8]], settings: PredictSettings
) -> Quality:
    """Compare polygons with masks.

    Args:
        predictor: The model.
        images: `(H, W, 3)` uint8 RGB each.
        settings: `confidence` says which objects count.
    """
    rows: list[tuple[float, float, float, float]] = []
    for pixels in images:
        item = predictor.prepare(pixels, settings)
        raw = predictor.forward([item], settings, confidence=settings.confidence)[0]
        theirs = _peer_polygons(raw.candidates, raw.letterbox)
        for index, peer in enumerate(theirs):
            one = _only(raw.candidates, index)
            full = full_mask(one, 0, raw.letterbox)
            ours = trace(one, raw.letterbox, simplify_px=settings.simplify_px)
            if full.sum() < MIN_PIXELS or not ours:
                continue
            parts = ours[0].parts
            points = sum(len(line) for part in parts for line in part.rings)
            other = (Part(ring(peer)),) if len(peer) >= 3 else ()
            rows.append((mask_iou(full, parts), points, mask_iou(full, other), len(peer)))
    if not rows:
        return Quality(0, 0, 0, 0, 0)
    iou, points, peer_iou, peer_points = np.mean(np.array(rows), axis=0).tolist()
    return Quality(iou, points, peer_iou, peer_points, len(rows))


def _only(candidates: Candidates, index: int) -> Candidates:
    keep = slice(index, index + 1)
    return Candidates(
        candidates.boxes[keep],
        candidates.scores[keep],
        candidates.classes[keep],
        candidates.coefficients[keep],
        candidates.prototypes,
    )


def _peer_polygons(candidates: Candidates, box: Letterbox) -> list[NDArray[Any]]:
    """What ultralytics writes for each candidate, `(N, 2)` image pixels."""
    import torch
    from ultralytics.utils import ops

    if not len(candidates):
        return []
    prototypes = candidates.prototypes.astype(np.float32, copy=False).transpose(2, 0, 1)
    tensors = (prototypes, candidates.coefficients, candidates.boxes)
    masks = ops.process_mask(
        *(torch.from_numpy(np.ascontiguousarray(array)) for array in tensors),
        (box.height, box.width),
        upsample=True,
    )
    size = (box.image_height, box.image_width)
    return [
        ops.scale_coords((box.height, box.width), line.copy(), size)
        for line in ops.masks2segments(masks)
    ]


def full_mask(candidates: Candidates, index: int, box: Letterbox) -> NDArray[np.bool_]:
    """`(H, W)` bool: logits scaled up to the image, cut at zero, inside the box of the object."""
    prototypes = candidates.prototypes.astype(np.float32, copy=False)
    logits = (prototypes @ candidates.coefficients[index]).astype(np.float32)
    across, down = prototypes.shape[1] / box.width, prototypes.shape[0] / box.height
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
