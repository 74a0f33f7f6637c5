"""What parts and benches look like: relief, light, material, texture.

Arrays are float32, `(H, W)` or `(H, W, 3)` RGB in [0, 1].
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from dynseg.sample.outlines import Outline

Image = NDArray[Any]
Random = np.random.Generator


@dataclass(frozen=True, slots=True)
class Material:
    """How a surface answers light.

    Attributes:
        colour: RGB in [0, 1].
        metal: Share of mirrored surroundings.
        gloss: Exponent of the highlight.
        grain: Strength of brushing or speckles.
    """

    colour: tuple[float, float, float]
    metal: float
    gloss: float
    grain: float


METALS = (
    Material((0.62, 0.63, 0.65), 0.75, 40, 0.10),  # zinc
    Material((0.72, 0.72, 0.70), 0.85, 70, 0.06),  # stainless steel
    Material((0.70, 0.55, 0.27), 0.75, 50, 0.08),  # brass
    Material((0.17, 0.17, 0.18), 0.45, 25, 0.08),  # black oxide
    Material((0.60, 0.38, 0.27), 0.70, 45, 0.08),  # copper
)
PLASTICS = (
    Material((0.75, 0.16, 0.13), 0.12, 30, 0.03),
    Material((0.12, 0.30, 0.62), 0.12, 30, 0.03),
    Material((0.85, 0.80, 0.70), 0.10, 25, 0.03),
    Material((0.13, 0.13, 0.13), 0.10, 20, 0.05),
    Material((0.20, 0.48, 0.27), 0.12, 30, 0.03),
    Material((0.88, 0.62, 0.10), 0.12, 30, 0.03),
)


def noise(random: Random, height: int, width: int, *, cell: float, stretch: float = 1.0) -> Image:
    """Smooth noise of mean 0 and deviation about 1; `cell` pixels across, longer along x."""
    rows = max(2, int(np.ceil(height / cell)) + 1)
    columns = max(2, int(np.ceil(width / (cell * stretch))) + 1)
    small = random.standard_normal((rows, columns)).astype(np.float32)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC)


def relief(outline: Outline, mask: Image, size: float) -> Image:
    """Height of a part over the bench in pixels, `(H, W)`, local frame, origin in the centre.

    Args:
        outline: The part.
        mask: Coverage in [0, 1].
        size: Pixels per unit.
    """
    height, width = mask.shape
    inside = (mask > 0.5).astype(np.uint8)
    edge = cv2.distanceTransform(inside, cv2.DIST_L2, 5)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    x, y = (x - width / 2) / size, (y - height / 2) / size
    if outline.relief == "barrel":
        half = _half_width(inside) / size
        barrel = np.sqrt(np.clip(half**2 - y**2, 0, None)) * size
        if outline.thread:
            on_shaft = (x > -0.28) & (half < 0.14)
            barrel = barrel + on_shaft * 0.011 * size * np.sin(2 * np.pi * outline.thread * x)
        return np.asarray(barrel, np.float32)
    bevel = 0.045 * size
    flat = np.minimum(edge, bevel)
    rounded = np.sqrt(np.clip(bevel**2 - (bevel - flat) ** 2, 0, None))
    radius = np.hypot(x, y)
    for groove in outline.rings:
        rounded = rounded - 0.02 * size * np.exp(-(((radius - groove) / 0.012) ** 2))
    return np.asarray(rounded, np.float32)


def _half_width(inside: NDArray[np.uint8]) -> Image:
    """Half of each column's filled height, pixels, `(1, W)`; smoothed along x."""
    half: Image = inside.sum(axis=0, dtype=np.float32)[None] / 2
    return np.asarray(cv2.GaussianBlur(half, (0, 0), 1.5), np.float32)


def shade(
    random: Random, height_map: Image, material: Material, light: NDArray[np.float32], turn: float
) -> Image:
    """Light a relief: `(H, W, 3)`.

    Args:
        random: Source of the texture.
        height_map: Relief in pixels, local frame of the part.
        material: Its surface.
        light: Unit vector to the light, image frame.
        turn: Rotation of the local frame against the image, radians.
    """
    rows, columns = height_map.shape
    smooth = cv2.GaussianBlur(height_map, (0, 0), 1.0)
    dx = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, ksize=3) / 8
    dy = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, ksize=3) / 8
    grain = noise(random, rows, columns, cell=1.6, stretch=14 if material.metal > 0.3 else 1)
    dy = dy + grain * material.grain * 0.25
    normal = np.stack([-dx, -dy, np.ones_like(dx)], -1)
    normal /= np.linalg.norm(normal, axis=-1, keepdims=True)
    cos, sin = np.cos(-turn), np.sin(-turn)
    local = np.array(
        [cos * light[0] - sin * light[1], sin * light[0] + cos * light[1], light[2]], np.float32
    )
    diffuse = np.clip(normal @ local, 0, 1)
    halfway = local + np.array([0, 0, 1], np.float32)
    halfway /= np.linalg.norm(halfway)
    shine = np.clip(normal @ halfway, 0, 1) ** material.gloss
    # A room mirrored in metal: bright windows to some sides, a dark person to others.
    angle = np.arctan2(normal[..., 1], normal[..., 0]) + turn
    tilt = 1 - normal[..., 2]
    room = (
        0.55
        + 0.45 * np.sin(2 * angle + 0.7) * np.clip(tilt * 3, 0, 1)
        + 0.25 * grain * material.grain
    )
    base = np.asarray(material.colour, np.float32)
    body = base * (0.32 + 0.75 * diffuse[..., None]) * (1 - material.metal)
    mirror = base * (0.35 + 0.95 * room[..., None] * (0.4 + 0.6 * diffuse[..., None]))
    tint = 1.0 if material.metal < 0.3 else 0.5 + 0.5 * base
    speckle = 1 + material.grain * 0.35 * random.standard_normal((rows, columns, 1))
    lit = (body + mirror * material.metal) * speckle + shine[..., None] * 0.45 * tint
    return np.asarray(lit, np.float32)


def wood(random: Random, height: int, width: int) -> Image:
    """A bench of wooden boards."""
    base = np.array(
        [(0.60, 0.43, 0.27), (0.48, 0.32, 0.20), (0.72, 0.57, 0.40)][random.integers(3)], np.float32
    )
    warp = noise(random, height, width, cell=90, stretch=5) * 14
    y = np.mgrid[:height, :width][0].astype(np.float32) + warp
    grain = 0.5 + 0.5 * np.sin(
        y * random.uniform(0.16, 0.3) + noise(random, height, width, cell=30, stretch=8)
    )
    fibre = noise(random, height, width, cell=1.5, stretch=30)
    board = np.cumsum(np.isin(np.arange(height), random.integers(0, height, 2)))[:, None] % 2
    tone = 0.86 + 0.16 * grain + 0.045 * fibre + 0.05 * board
    return np.asarray(base * tone[..., None], np.float32)


def mat(random: Random, height: int, width: int) -> Image:
    """A cutting mat with a grid."""
    base = np.array(
        [(0.11, 0.30, 0.25), (0.14, 0.20, 0.32), (0.20, 0.20, 0.21)][random.integers(3)]
    )
    image = np.ones((height, width, 3), np.float32) * base.astype(np.float32)
    step, shift = int(random.integers(52, 84)), random.integers(0, 50, 2)
    for at in range(int(shift[0]), width, step):
        image[:, at : at + 1] += 0.13
    for at in range(int(shift[1]), height, step):
        image[at : at + 1] += 0.13
    image *= 1 + 0.05 * random.standard_normal((height, width, 1)).astype(np.float32)
    return image + 0.012 * noise(random, height, width, cell=60)[..., None]


def tray(random: Random, height: int, width: int) -> Image:
    """A tray of brushed metal."""
    fibre = noise(random, height, width, cell=1.3, stretch=90)
    sheen = noise(random, height, width, cell=300)
    tone = 0.52 + 0.035 * fibre + 0.06 * sheen
    return np.asarray(tone[..., None] * np.array([0.97, 0.99, 1.02]), np.float32)


def cloth(random: Random, height: int, width: int) -> Image:
    """A woven cloth."""
    base = np.array(
        [(0.40, 0.42, 0.45), (0.62, 0.58, 0.50), (0.25, 0.28, 0.36)][random.integers(3)]
    )
    y, x = np.mgrid[:height, :width].astype(np.float32)
    pitch = random.uniform(0.9, 1.3)
    weave = np.sin(x * pitch) * np.sin(y * pitch) + 0.6 * np.sin((x + y) * pitch * 0.5)
    folds = noise(random, height, width, cell=180)
    tone = 1 + 0.10 * weave + 0.06 * folds + 0.06 * random.standard_normal((height, width))
    return np.asarray(base * tone[..., None], np.float32)


BENCHES = (wood, mat, tray, cloth)
