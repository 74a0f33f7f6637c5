"""Short films with known movement, made from photographs whose objects somebody has drawn.

The objects of a photo are cut out; what was behind them is painted in, or another photo takes its
place. In each frame they and the ground have gone on: either together, as when the camera or the
belt moves, or each its own way, turning, growing and bending a little. Brightness drifts, the
sensor is noisy and every frame has gone through JPEG.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import area, densify, repair
from dynseg.geometry.raster import mask_from_parts

Pixels = NDArray[np.uint8]
Points = NDArray[np.float64]
Shape = tuple[Part, ...]
AT = 640
"""Steps are told for a photo whose longer side has so many pixels."""
LEAST_AREA, MOST_SHARE = 60.0, 0.4
"""Objects: square pixels at `AT`; share of the image."""
TURN_DEG, GROWTH, OWN = 0.4, 0.0015, 0.1
"""A pixel of step turns an object by up to so many degrees and changes its size by so much; what
moves together still moves by this share of the step on its own."""
BEND = 0.015
"""How far an object bends at most, over its size."""
NOISE, QUALITY = 2.5, 82
SPACING_PX = 2.0
SEEN, GONE = 0.6, 0.25
"""An object of which this share is to be seen counts; under the other nobody could follow it."""


@dataclass(frozen=True, slots=True)
class Motion:
    """How something moves in each frame, about a point.

    Attributes:
        about: `(2,)` what it turns about, pixels.
        turn: Radians a frame.
        growth: Factor a frame.
        shift: `(2,)` pixels a frame.
        bend: `(2, 2)` amplitude in pixels and phase of a slow wave along either axis.
        size: Of the object, pixels: length of the wave.
    """

    about: Points
    turn: float
    growth: float
    shift: Points
    bend: Points
    size: float

    def matrix(self, time: int) -> Points:
        """`(2, 3)` where points go in so many frames, without the bending."""
        turn, growth = self.turn * time, self.growth**time
        cos, sin = growth * np.cos(turn), growth * np.sin(turn)
        linear = np.array([[cos, -sin], [sin, cos]])
        offset = self.about + self.shift * time - linear @ self.about
        return np.column_stack([linear, offset])

    def forward(self, points: Points, time: int) -> Points:
        """`(N, 2)` points of the photo in a frame."""
        matrix = self.matrix(time)
        moved: Points = (points + self._bent(points, time)) @ matrix[:, :2].T + matrix[:, 2]
        return moved

    def backward(self, points: Points, time: int) -> Points:
        """`(N, 2)` points of a frame in the photo."""
        matrix = self.matrix(time)
        straight = (points - matrix[:, 2]) @ np.linalg.inv(matrix[:, :2]).T
        found = straight
        for _ in range(4):
            found = straight - self._bent(found, time)
        return found

    def _bent(self, points: Points, time: int) -> Points:
        amplitude, phase = self.bend
        wave = 2 * np.pi * (points - self.about)[:, ::-1] / (1.5 * self.size)
        bent: Points = min(time, 3) * amplitude * np.sin(wave + phase)
        return bent


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One frame.

    Attributes:
        pixels: `(H, W, 3)` uint8 RGB.
        truths: Where each object is, in image pixels, clipped; empty where it is outside.
        seen: Of each object the share of its area that lies in the image with nothing on it.
    """

    pixels: Pixels
    truths: list[Shape]
    seen: list[float]


class Scene:
    """A photo whose objects move.

    Args:
        photo: `(H, W, 3)` uint8 RGB.
        shapes: Its objects.
        step_px: How far things move a frame, pixels at `AT`.
        rng: What decides how.
        other: Another photo for the ground; None paints the objects out.
        together: Whether all moves as one.
        most: Objects at most; the others are painted out.
        dims: How much of the light goes with each frame.
    """

    def __init__(
        self,
        photo: Pixels,
        shapes: Sequence[Shape],
        step_px: float,
        rng: random.Random,
        *,
        other: Pixels | None,
        together: bool,
        most: int,
        dims: float = 0.0,
    ) -> None:
        self._dims = dims
        self._photo = photo
        self._rng = rng
        self._other = other
        height, width = photo.shape[:2]
        scale = max(height, width) / AT
        wanted = [s for s in shapes if _is_usable(s, scale, height * width)]
        rng.shuffle(wanted)
        self.shapes = [tuple(densify(p, spacing_px=SPACING_PX) for p in s) for s in wanted[:most]]
        self._all = shapes
        step = step_px * scale
        middle = np.array([width, height]) / 2
        self._ground = _motion(middle, step if together else step / 4, max(photo.shape), rng, 0.1)
        self._motions = [self._own(shape, step, together) for shape in self.shapes]

    def _own(self, shape: Shape, step: float, together: bool) -> Motion:
        points = np.concatenate([part.outer for part in shape])
        low, high = points.min(0), points.max(0)
        middle, size = (low + high) / 2, float((high - low).max())
        own = _motion(middle, step * (OWN if together else 1), size, self._rng, 1.0)
        if not together:
            return own
        carried = self._ground.forward(middle[None], 1)[0] - middle
        return Motion(
            middle, self._ground.turn + own.turn, self._ground.growth * own.growth,
            carried + own.shift, own.bend, size,
        )  # fmt: skip

    @cached_property
    def _plate(self) -> Pixels:
        """The ground without objects."""
        height, width = self._photo.shape[:2]
        if self._other is not None:
            return np.asarray(cv2.resize(self._other, (width, height)), np.uint8)
        covered = np.zeros((height, width), np.uint8)
        for shape in self._all:
            covered |= mask_from_parts(shape, width=width, height=height).astype(np.uint8)
        wide = np.asarray(cv2.dilate(covered, np.ones((7, 7), np.uint8)))
        painted = cv2.inpaint(np.ascontiguousarray(self._photo), wide, 3, cv2.INPAINT_TELEA)
        grain = np.random.default_rng(1).normal(0, 4, self._photo.shape)  # paint has no texture
        soft = cv2.GaussianBlur(grain, (0, 0), 1.2) * 2
        return np.clip(painted + soft * wide[..., None], 0, 255).astype(np.uint8)

    def frame(self, time: int) -> Frame:
        """The film at a time; 0 is the photo."""
        height, width = self._photo.shape[:2]
        matrix = self._ground.matrix(time)
        view = cv2.warpAffine(
            self._plate, matrix, (width, height), flags=cv2.INTER_CUBIC,
            borderMode=cv2.BORDER_REFLECT_101,
        ).astype(np.float32)  # fmt: skip
        owner = np.full((height, width), -1, np.int32)
        truths, areas = [], []
        for number, (shape, motion) in enumerate(zip(self.shapes, self._motions, strict=True)):
            moved = tuple(
                Part(ring(r[0]), tuple(map(ring, r[1:])))
                for r in ([motion.forward(points, time) for points in part.rings] for part in shape)
            )
            self._paint(view, owner, number, moved, time)
            truths.append(repair(moved, width=width, height=height))
            areas.append(sum(map(area, moved)))
        shown = np.bincount(owner[owner >= 0], minlength=len(truths))
        seen = [count / max(whole, 1.0) for count, whole in zip(shown, areas, strict=True)]
        return Frame(_filmed(view * (1 - self._dims * time), time, self._rng), truths, seen)

    def _paint(
        self, view: NDArray[np.float32], owner: NDArray[np.int32], number: int, moved: Shape,
        time: int,
    ) -> None:  # fmt: skip
        """Put one object where it is now."""
        height, width = view.shape[:2]
        points = np.concatenate([part.outer for part in moved])
        x0, y0 = np.clip(np.floor(points.min(0)) - 3, 0, (width, height)).astype(int)
        x1, y1 = np.clip(np.ceil(points.max(0)) + 3, 0, (width, height)).astype(int)
        if x1 <= x0 or y1 <= y0:
            return
        grid = np.stack(np.meshgrid(np.arange(x0, x1), np.arange(y0, y1)), -1) + 0.5
        source = self._motions[number].backward(grid.reshape(-1, 2), time) - 0.5
        maps = source.reshape(*grid.shape[:2], 2).astype(np.float32)
        nothing = np.empty((0, 2), np.float32)
        colours = cv2.remap(
            self._photo, maps, nothing, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
        )
        own = [
            Part(ring(p.outer - (x0, y0)), tuple(ring(h - (x0, y0)) for h in p.holes))
            for p in moved
        ]
        mask = mask_from_parts(own, width=x1 - x0, height=y1 - y0)
        soft = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 0.7)[..., None]
        part = view[y0:y1, x0:x1]
        part[:] = part * (1 - soft) + colours * soft
        owner[y0:y1, x0:x1][mask] = number


def _is_usable(shape: Shape, scale: float, pixels: float) -> bool:
    size = sum(map(area, shape))
    return size >= LEAST_AREA * scale**2 and size <= MOST_SHARE * pixels


def _motion(about: Points, step: float, size: float, rng: random.Random, bend: float) -> Motion:
    """A movement of a length, of which only the way is left to chance."""
    way = rng.uniform(0, 2 * np.pi)
    at = step * AT / max(size, AT)
    turn = np.radians(rng.uniform(-1, 1) * TURN_DEG * at) * min(bend * 3, 1)
    growth = 1 + rng.uniform(-1, 1) * GROWTH * at
    amplitude = bend * BEND * size * min(step / 8, 1)
    waves = np.array([[amplitude, amplitude], [rng.uniform(0, 6), rng.uniform(0, 6)]])
    shift = step * np.array([np.cos(way), np.sin(way)])
    return Motion(about, float(turn), growth, shift, waves, size)


def _filmed(view: NDArray[np.float32], time: int, rng: random.Random) -> Pixels:
    """What a camera makes of it."""
    gain, offset = 1 + rng.uniform(-0.08, 0.08) * (time > 0), rng.uniform(-8, 8) * (time > 0)
    noise = np.random.default_rng(rng.randrange(1 << 30)).normal(0, NOISE, view.shape)
    lit = np.clip(view * gain + offset + noise, 0, 255).astype(np.uint8)
    _, file = cv2.imencode(".jpg", lit[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return np.ascontiguousarray(np.asarray(cv2.imdecode(file, cv2.IMREAD_COLOR))[..., ::-1])
