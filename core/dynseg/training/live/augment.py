"""Made-up training pictures from few real ones. Free of torch.

Every picture is new: turned, scaled, mirrored and recoloured, four put together into one, objects
of other pictures pasted in (Ghiasi et al., "Simple Copy-Paste", CVPR 2021). With five labelled
images this variety is what keeps a network from learning them by heart.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.window import visible
from dynseg.training.live.example import Example, Outline

MASK_STRIDE = 4
"""Masks are learned at a quarter of the input's resolution, where prototypes live."""
GREY = 114
_SUBPIXEL_BITS = 4
_LEAST_VISIBLE = 0.2
"""A cut-off object counts when this part of its box is left."""
_MOST_COVERED = 0.3
"""A pasted object may hide this part of the box of another one."""
_LEAST_SIDE_PX = 2.0
_MOST_OBJECTS = 255
CLOSE_SHARE = 0.8
"""Share of the pictures that show a part, where objects have to be seen closer: the model looks at
the whole image once, and into many tiles."""
_ABOUT_REFUSED = 0.25
"""Share of these parts that are about what a model took for an object, and the person took out. On
twelve photos of kudzu-bugs, after 120 steps with twelve others, three draws: 317 instead of 340
proposals were spurious and 837 instead of 824 right; each draw alone is within the spread."""
_ABOUT_OBJECTS = 0.8
"""Share of the others that are about an object."""


@dataclass(frozen=True, slots=True)
class Strength:
    """How far made-up pictures depart from the real ones.

    Attributes:
        mosaic: Share of pictures that are put together from four.
        paste: Most objects of other images that are pasted into one picture.
        degrees: Most that a picture is turned.
        zoom: Scales lie between `1 / (1 + zoom)` and `1 + zoom`.
        shift: Most that a picture is moved, over its side.
        hue, saturation, value: Most that colours change, over the whole range.
        flip_vertical: Whether pictures may stand on their heads.
    """

    mosaic: float = 0.5
    paste: int = 3
    degrees: float = 10.0
    zoom: float = 0.5
    shift: float = 0.1
    hue: float = 0.015
    saturation: float = 0.6
    value: float = 0.35
    flip_vertical: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One made-up training picture; objects from the largest to the smallest.

    Attributes:
        pixels: `(size, size, 3)` uint8 RGB.
        boxes: `(n, 4)` float32: centre x, centre y, width, height over `size`.
        labels: `(n,)` int64 class indices.
        mask: `(size / 4, size / 4)` uint8: number of the object that is seen, from 1; 0 is none.
    """

    pixels: NDArray[np.uint8]
    boxes: NDArray[np.float32]
    labels: NDArray[np.int64]
    mask: NDArray[np.uint8]


@dataclass(slots=True, eq=False)
class _Object:
    rings: list[NDArray[np.float32]]
    label: int
    box: tuple[float, float, float, float]
    on_top: bool = False

    @property
    def area(self) -> float:
        return (self.box[2] - self.box[0]) * (self.box[3] - self.box[1])


class PictureMaker:
    """Makes training pictures; for one thread.

    Args:
        size: Side of the pictures, pixels.
        seed: Seed of everything random.
        strength: How far pictures depart from the real ones.
    """

    def __init__(self, size: int, *, seed: int = 0, strength: Strength | None = None) -> None:
        self.size = size
        self.strength = strength or Strength()
        self._chance = np.random.default_rng(seed)

    def make(self, main: Example, others: Sequence[Example]) -> Picture:
        """A picture of `main`, with others around or inside it.

        Args:
            main: The example that the picture is about.
            others: Examples to take quarters and objects from; may hold `main`.
        """
        size, chance = self.size, self._chance
        canvas = np.full((size, size, 3), GREY, np.uint8)
        objects: list[_Object] = []
        close = main.close_up > 1 and chance.random() < CLOSE_SHARE
        if others and chance.random() < self.strength.mosaic:
            cut_x, cut_y = (int(v) for v in chance.integers(size * 3 // 10, size * 7 // 10, 2))
            tiles = [(0, 0, cut_x, cut_y), (cut_x, 0, size, cut_y),
                     (0, cut_y, cut_x, size), (cut_x, cut_y, size, size)]  # fmt: skip
            chance.shuffle(tiles)
            chosen = [main, *(others[int(i)] for i in chance.integers(len(others), size=3))]
            # A quarter shows half to all of an image, so that objects keep a natural size.
            spread = chance.uniform(0.6, 1.0)
            for tile, example in zip(tiles, chosen, strict=True):
                objects += self._place(canvas, tile, example, fit=spread, close=close)
        else:
            objects += self._place(canvas, (0, 0, size, size), main, fit=1.0, close=close)
        self._paste(canvas, objects, others, close=close)
        return self._finished(self._recoloured(canvas), objects)

    def plain(self, example: Example) -> Picture:
        """The example as it is, letterboxed: what the network sees when it proposes."""
        canvas = np.full((self.size, self.size, 3), GREY, np.uint8)
        whole = (0, 0, self.size, self.size)
        objects = self._draw(canvas, whole, example, _letterboxed(example, self.size))
        return self._finished(canvas, objects)

    def _place(
        self,
        canvas: NDArray[np.uint8],
        tile: tuple[int, int, int, int],
        example: Example,
        *,
        fit: float,
        close: bool,
    ) -> list[_Object]:
        """Draw an example or a part of it, turned and scaled at random, into a tile."""
        strength, chance = self.strength, self._chance
        height, width = example.pixels.shape[:2]
        middle = self._part(example) if close else (width / 2, height / 2)
        scale = fit * self.size / max(width, height) * self._zoom()
        scale *= example.close_up if close else 1.0
        middle_x = (tile[0] + tile[2]) / 2 + chance.uniform(-1, 1) * strength.shift * self.size
        middle_y = (tile[1] + tile[3]) / 2 + chance.uniform(-1, 1) * strength.shift * self.size
        matrix = self._affine(
            middle, (middle_x, middle_y), scale,
            degrees=chance.uniform(-1, 1) * strength.degrees,
        )  # fmt: skip
        return self._draw(canvas, tile, example, matrix)

    def _part(self, example: Example) -> tuple[float, float]:
        """The middle of a part of an example that is to be seen larger, most often of an object."""
        chance = self._chance
        height, width = example.pixels.shape[:2]
        if example.refused and chance.random() < _ABOUT_REFUSED:
            x, y = example.refused[int(chance.integers(len(example.refused)))]
        elif example.outlines and chance.random() < _ABOUT_OBJECTS:
            outline = example.outlines[int(chance.integers(len(example.outlines)))]
            points = np.concatenate(outline.rings)
            x, y = ((points.min(0) + points.max(0)) / 2).tolist()
        else:
            x, y = (chance.random(2) * (width, height)).tolist()
        # All of it inside of the image, as the tiles are in which the model looks.
        half = max(width, height) / example.close_up / 2
        return (
            min(max(x, min(half, width / 2)), max(width - half, width / 2)),
            min(max(y, min(half, height / 2)), max(height - half, height / 2)),
        )

    def _draw(
        self,
        canvas: NDArray[np.uint8],
        tile: tuple[int, int, int, int],
        example: Example,
        matrix: NDArray[np.float32],
    ) -> list[_Object]:
        x0, y0, x1, y1 = tile
        shifted = matrix.copy()
        shifted[:, 2] -= (x0, y0)
        canvas[y0:y1, x0:x1] = _warped(example.pixels, shifted, (x1 - x0, y1 - y0))
        found = (_moved(outline, matrix, tile) for outline in example.outlines)
        return [item for item in found if item is not None]

    def _paste(
        self,
        canvas: NDArray[np.uint8],
        objects: list[_Object],
        others: Sequence[Example],
        *,
        close: bool,
    ) -> None:
        chance = self._chance
        sources = [example for example in others if example.outlines]
        if not sources or not self.strength.paste:
            return
        for _ in range(int(chance.integers(self.strength.paste + 1))):
            example = sources[int(chance.integers(len(sources)))]
            outline = example.outlines[int(chance.integers(len(example.outlines)))]
            height, width = example.pixels.shape[:2]
            points = np.concatenate(outline.rings)
            low, high = points.min(0), points.max(0)
            matrix = self._affine(
                tuple((low + high) / 2),
                tuple(chance.uniform(0.05, 0.95, 2) * self.size),
                self.size / max(width, height) * self._zoom() * (example.close_up if close else 1),
                degrees=chance.uniform(-1, 1) * max(30.0, self.strength.degrees),
            )
            item = _moved(outline, matrix, (0, 0, self.size, self.size))
            if item is None or any(_cover(item.box, o.box) > _MOST_COVERED for o in objects):
                continue
            _blend(canvas, example.pixels, matrix, item)
            item.on_top = True
            objects.append(item)

    def _zoom(self) -> float:
        reach = math.log1p(self.strength.zoom)
        return math.exp(self._chance.uniform(-reach, reach))

    def _affine(
        self,
        source: tuple[float, ...],
        target: tuple[float, ...],
        scale: float,
        *,
        degrees: float,
    ) -> NDArray[np.float32]:
        """`(2, 3)` matrix that brings `source` to `target`, turned, scaled, perhaps mirrored."""
        chance, angle = self._chance, math.radians(degrees)
        turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
        mirror = np.diag(
            [
                -1.0 if chance.random() < 0.5 else 1.0,
                -1.0 if self.strength.flip_vertical and chance.random() < 0.5 else 1.0,
            ]
        )
        linear = scale * turn @ mirror
        shift = np.asarray(target) - linear @ np.asarray(source)
        return np.column_stack((linear, shift)).astype(np.float32)

    def _recoloured(self, canvas: NDArray[np.uint8]) -> NDArray[np.uint8]:
        strength = self.strength
        reach = np.array((strength.hue, strength.saturation, strength.value))
        gain = 1 + self._chance.uniform(-1, 1, 3) * reach
        values = np.arange(256, dtype=np.float64)
        tables = (
            ((values * gain[0]) % 180).astype(np.uint8),
            np.clip(values * gain[1], 0, 255).astype(np.uint8),
            np.clip(values * gain[2], 0, 255).astype(np.uint8),
        )
        hsv = cv2.cvtColor(canvas, cv2.COLOR_RGB2HSV)
        changed = [cv2.LUT(hsv[..., i], table) for i, table in enumerate(tables)]
        return np.asarray(cv2.cvtColor(cv2.merge(changed), cv2.COLOR_HSV2RGB), np.uint8)

    def _finished(self, canvas: NDArray[np.uint8], objects: list[_Object]) -> Picture:
        """Number the objects: large ones first, what lies on top last.

        There are numbers for `_MOST_OBJECTS`. Others are painted over: seen without a label they
        would be learned as nothing.
        """
        objects = sorted(objects, key=lambda item: (item.on_top, -item.area))
        for item in objects[_MOST_OBJECTS:]:
            cv2.fillPoly(canvas, _fixed(item.rings), (GREY, GREY, GREY), shift=_SUBPIXEL_BITS)
        objects = objects[:_MOST_OBJECTS]
        mask = np.zeros((self.size, self.size), np.uint8)
        for number, item in enumerate(objects, 1):
            cv2.fillPoly(mask, _fixed(item.rings), number, shift=_SUBPIXEL_BITS)
        boxes = np.array([item.box for item in objects], np.float32).reshape(-1, 4) / self.size
        centred = np.concatenate(
            ((boxes[:, :2] + boxes[:, 2:]) / 2, boxes[:, 2:] - boxes[:, :2]), axis=1
        )
        labels = np.array([item.label for item in objects], np.int64)
        return Picture(canvas, centred.astype(np.float32), labels, _thinned(mask))


def plain_pixels(example: Example, size: int) -> NDArray[np.uint8]:
    """`(size, size, 3)` uint8 RGB: the example as the network sees it when it proposes."""
    return _warped(example.pixels, _letterboxed(example, size), (size, size))


def outline_masks(example: Example, size: int) -> NDArray[np.bool_]:
    """`(n, size / 4, size / 4)` masks of all objects, hidden parts included."""
    matrix, side = _letterboxed(example, size), size // MASK_STRIDE
    masks = np.zeros((len(example.outlines), side, side), np.bool_)
    for mask, outline in zip(masks, example.outlines, strict=True):
        rings = [ring @ matrix[:, :2].T + matrix[:, 2] for ring in outline.rings]
        whole = np.zeros((size, size), np.uint8)
        cv2.fillPoly(whole, _fixed(rings), 1, shift=_SUBPIXEL_BITS)
        mask[:] = _thinned(whole)
    return masks


def _letterboxed(example: Example, size: int) -> NDArray[np.float32]:
    """`(2, 3)` matrix from pixels of the example to a square of `size`."""
    height, width = example.pixels.shape[:2]
    scale = size / max(width, height)
    return np.array(
        [[scale, 0, (size - width * scale) / 2], [0, scale, (size - height * scale) / 2]],
        np.float32,
    )


def _warped(
    pixels: NDArray[np.uint8], matrix: NDArray[np.float32], size: tuple[int, int]
) -> NDArray[np.uint8]:
    return np.asarray(
        cv2.warpAffine(
            pixels, _centred(matrix), size, flags=cv2.INTER_LINEAR, borderValue=(GREY, GREY, GREY)
        ),
        np.uint8,
    )


def _centred(matrix: NDArray[np.float32]) -> NDArray[np.float64]:
    """The same map between pixel centres, which OpenCV counts from the middle of the first."""
    result = matrix.astype(np.float64)
    result[:, 2] += result[:, :2] @ (0.5, 0.5) - 0.5
    return result


def _moved(
    outline: Outline, matrix: NDArray[np.float32], tile: tuple[int, int, int, int]
) -> _Object | None:
    """The object where the matrix puts it, cut to the tile; None when too little is left."""
    rings = [ring @ matrix[:, :2].T + matrix[:, 2] for ring in outline.rings]
    whole = _bounds(rings)
    cut = [part for ring in rings if len(part := visible(ring, tile))]
    if not cut:
        return None
    box = _bounds(cut)
    width, height = box[2] - box[0], box[3] - box[1]
    if min(width, height) < _LEAST_SIDE_PX:
        return None
    if width * height < _LEAST_VISIBLE * (whole[2] - whole[0]) * (whole[3] - whole[1]):
        return None
    return _Object(cut, outline.label, box)


def _bounds(rings: Sequence[NDArray[np.float32]]) -> tuple[float, float, float, float]:
    points = np.concatenate(rings)
    x0, y0 = points.min(0).tolist()
    x1, y1 = points.max(0).tolist()
    return x0, y0, x1, y1


def _cover(above: tuple[float, ...], below: tuple[float, ...]) -> float:
    """Part of the box `below` that the box `above` hides."""
    width = min(above[2], below[2]) - max(above[0], below[0])
    height = min(above[3], below[3]) - max(above[1], below[1])
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / max(1e-6, (below[2] - below[0]) * (below[3] - below[1]))


def _blend(
    canvas: NDArray[np.uint8], pixels: NDArray[np.uint8], matrix: NDArray[np.float32], item: _Object
) -> None:
    """Draw an object alone onto the canvas, its edge softened by a pixel."""
    x0, y0 = math.floor(item.box[0]), math.floor(item.box[1])
    x1, y1 = math.ceil(item.box[2]), math.ceil(item.box[3])
    shifted = matrix.copy()
    shifted[:, 2] -= (x0, y0)
    patch = _warped(pixels, shifted, (x1 - x0, y1 - y0))
    alpha = np.zeros((y1 - y0, x1 - x0), np.uint8)
    rings = [ring - np.array((x0, y0), np.float32) for ring in item.rings]
    cv2.fillPoly(alpha, _fixed(rings), 255, shift=_SUBPIXEL_BITS)
    alpha = np.asarray(cv2.blur(alpha, (3, 3)), np.uint8)
    weight = (alpha.astype(np.float32) / 255)[..., None]
    region = canvas[y0:y1, x0:x1]
    region[:] = (region * (1 - weight) + patch * weight).astype(np.uint8)


def _thinned(mask: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """What a mask holds in the middle of each cell of a quarter of its resolution.

    OpenCV fills every pixel that an outline touches: drawn at that resolution, a small object
    would be a cell too large on each side.
    """
    return np.ascontiguousarray(
        mask[MASK_STRIDE // 2 :: MASK_STRIDE, MASK_STRIDE // 2 :: MASK_STRIDE]
    )


def _fixed(rings: Sequence[NDArray[np.float32]]) -> list[NDArray[np.int32]]:
    """Rings in OpenCV's fixed-point pixels, whose first pixel has its middle at 0."""
    return [np.round((ring - 0.5) * (1 << _SUBPIXEL_BITS)).astype(np.int32) for ring in rings]
