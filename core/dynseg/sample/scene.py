"""One photograph of parts on a bench, with the exact outline of what is visible of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import affinity

from dynseg.geometry.part import Part
from dynseg.geometry.polygon import area, from_shapely
from dynseg.sample.outlines import CLASSES, OUTLINES, Outline
from dynseg.sample.surfaces import BENCHES, METALS, PLASTICS, Material, noise, relief, shade

Random = np.random.Generator
Image = NDArray[Any]

SHARPER = 2
"""Parts are drawn at this many times the resolution, so that their edges are smooth."""
LEAST_VISIBLE_PX = 150.0
"""What is visible of an instance must be larger than this, square pixels, to be labelled."""


@dataclass(frozen=True, slots=True)
class SceneInstance:
    """One part in a scene.

    Attributes:
        class_index: Position in `CLASSES`.
        parts: What is visible of it, image pixels; holes are holes.
    """

    class_index: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Scene:
    """A photograph and its truth.

    Attributes:
        pixels: `(H, W, 3)` uint8 RGB.
        instances: Visible parts, lowest first.
    """

    pixels: NDArray[np.uint8]
    instances: tuple[SceneInstance, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    class_index: int
    outline: Outline
    material: Material
    size: float
    turn: float
    x: float
    y: float
    blur: float

    @property
    def region(self) -> shapely.Polygon:
        """Its outline in image pixels."""
        scaled = affinity.scale(self.outline.shape, self.size, self.size, origin=(0, 0))
        turned = affinity.rotate(scaled, self.turn, origin=(0, 0), use_radians=True)
        return affinity.translate(turned, self.x, self.y)


def render(seed: int, index: int, *, width: int = 1024, height: int = 768) -> Scene:
    """Draw scene number `index` of a series; the same arguments give the same scene.

    Args:
        seed: Names the series.
        index: Position in the series.
        width: Pixels.
        height: Pixels.
    """
    random = np.random.default_rng([seed, index])
    image = BENCHES[random.integers(len(BENCHES))](random, height, width)
    azimuth = random.uniform(0, 2 * np.pi)
    elevation = random.uniform(0.7, 1.15)
    light = np.array(
        [
            np.cos(azimuth) * np.cos(elevation),
            np.sin(azimuth) * np.cos(elevation),
            np.sin(elevation),
        ],
        np.float32,
    )
    placed = _place(random, width, height)
    for item in placed:
        _draw(random, image, item, light)
    pixels = _photograph(random, image, azimuth)
    return Scene(pixels, _visible(placed, width, height))


def _place(random: Random, width: int, height: int) -> list[_Placed]:
    """Choose parts and where they lie: some apart, some in heaps, few hanging over the border."""
    unit = min(width, height) / 768
    count = int(random.integers(6, 16))
    kinds = random.choice(len(CLASSES), size=int(random.integers(3, 7)), replace=False)
    placed: list[_Placed] = []
    while len(placed) < count:
        class_index = int(random.choice(kinds))
        name = CLASSES[class_index]
        size = (
            unit * random.uniform(80, 190) * (1.45 if name in ("bolt", "bracket", "spacer") else 1)
        )
        if placed and random.random() < 0.3:
            near = placed[int(random.integers(len(placed)))]
            reach = random.uniform(0.35, 0.75) * (near.size + size) / 2
            angle = random.uniform(0, 2 * np.pi)
            x, y = near.x + np.cos(angle) * reach, near.y + np.sin(angle) * reach
        else:
            x, y = random.uniform(0.04, 0.96) * width, random.uniform(0.04, 0.96) * height
            if any(np.hypot(x - p.x, y - p.y) < 0.45 * (p.size + size) for p in placed):
                count -= random.random() < 0.2
                continue
        choice = PLASTICS if name == "spacer" or random.random() < 0.12 else METALS
        placed.append(
            _Placed(
                class_index=class_index,
                outline=OUTLINES[name](random),
                material=choice[random.integers(len(choice))],
                size=size,
                turn=random.uniform(0, 2 * np.pi),
                x=float(x),
                y=float(y),
                blur=random.uniform(1.2, 2.6) if random.random() < 0.12 else 0.0,
            )
        )
    return placed


def _draw(random: Random, image: Image, item: _Placed, light: NDArray[np.float32]) -> None:
    """Draw one part with its shadow over what is there."""
    height, width = image.shape[:2]
    region = item.region
    margin = int(0.35 * item.size) + 8  # as far as shadow and blur reach
    low_x, low_y, high_x, high_y = region.bounds
    x0, y0 = max(int(low_x) - margin, 0), max(int(low_y) - margin, 0)
    x1, y1 = min(int(high_x) + margin, width), min(int(high_y) + margin, height)
    if x1 - x0 < 2 or y1 - y0 < 2:
        return
    window = image[y0:y1, x0:x1]
    alpha = _coverage(affinity.translate(region, -x0, -y0), x1 - x0, y1 - y0)
    _cast_shadow(window, alpha, item, light)
    colour = _coloured(random, item, light)
    # Local frame (SHARPER times the size, origin in the centre) to this window of the image.
    cos, sin = np.cos(item.turn) / SHARPER, np.sin(item.turn) / SHARPER
    linear = np.array([[cos, -sin], [sin, cos]])
    centre = np.array([colour.shape[1], colour.shape[0]]) / 2 - 0.5
    shift = np.array([item.x - x0 - 0.5, item.y - y0 - 0.5]) - linear @ centre
    patch = cv2.warpAffine(
        colour,
        np.concatenate([linear, shift[:, None]], axis=1),
        alpha.shape[::-1],
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    if item.blur:
        patch = cv2.GaussianBlur(patch, (0, 0), item.blur)
        alpha = cv2.GaussianBlur(alpha, (0, 0), item.blur)
    window += (patch - window) * alpha[..., None]


def _coloured(random: Random, item: _Placed, light: NDArray[np.float32]) -> Image:
    """The lit surface in the part's own frame, `SHARPER` times the size."""
    size = item.size * SHARPER
    side = int(size * 1.35) + 8
    local = affinity.scale(item.outline.shape, size, size, origin=(0, 0))
    mask = _coverage(affinity.translate(local, side / 2, side / 2), side, side, sharper=1)
    return shade(random, relief(item.outline, mask, size), item.material, light, item.turn)


def _coverage(region: shapely.Geometry, width: int, height: int, *, sharper: int = 4) -> Image:
    """Share of each pixel that a region covers, `(height, width)` in [0, 1]."""
    big = np.zeros((height * sharper, width * sharper), np.uint8)
    polygons = region.geoms if hasattr(region, "geoms") else [region]
    rings = [ring for p in polygons for ring in (p.exterior, *p.interiors)]
    points = [
        np.round((np.asarray(r.coords)[:, :2] * sharper - 0.5) * 16).astype(np.int32) for r in rings
    ]
    cv2.fillPoly(big, points, 255, lineType=cv2.LINE_8, shift=4)
    small = cv2.resize(big, (width, height), interpolation=cv2.INTER_AREA)
    return small.astype(np.float32) / 255


def _cast_shadow(image: Image, alpha: Image, item: _Placed, light: NDArray[np.float32]) -> None:
    """Darken what lies away from the light: soft and far, dark and near."""
    rise = item.size * (0.10 + 0.05 * (item.outline.relief == "barrel"))
    away = -light[:2] / max(float(light[2]), 0.3) * rise
    for reach, blur, strength in ((1.0, 0.045 * item.size, 0.42), (0.25, 0.015 * item.size, 0.35)):
        matrix = np.array([[1, 0, away[0] * reach], [0, 1, away[1] * reach]], np.float32)
        moved = cv2.warpAffine(alpha, matrix, alpha.shape[::-1])
        soft = cv2.GaussianBlur(moved, (0, 0), max(blur, 0.8))
        image *= (1 - strength * soft)[..., None]


def _photograph(random: Random, image: Image, azimuth: float) -> NDArray[np.uint8]:
    """What a camera makes of the scene: uneven light, vignette, white balance, blur, noise."""
    height, width = image.shape[:2]
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)
    falloff = 1 + random.uniform(0.05, 0.22) * (x * np.cos(azimuth) + y * np.sin(azimuth))
    vignette = 1 - random.uniform(0.05, 0.2) * (x**2 + y**2) / 2
    exposure = random.uniform(0.85, 1.2)
    balance = np.array([1 + random.normal(0, 0.035), 1.0, 1 + random.normal(0, 0.045)], np.float32)
    lit = image * (falloff * vignette * exposure)[..., None] * balance
    lit = lit * (1 + 0.015 * noise(random, height, width, cell=4)[..., None])
    lit = cv2.GaussianBlur(np.clip(lit, 0, 1.4), (0, 0), random.uniform(0.45, 0.95))
    lit = lit / (1 + 0.18 * lit) * 1.14  # film-like shoulder instead of clipped highlights
    shot = random.standard_normal(lit.shape).astype(np.float32) * np.sqrt(np.clip(lit, 0.01, 1))
    lit = np.clip(lit, 0, 1) ** (1 / 1.12) + shot * random.uniform(0.008, 0.028)
    return np.asarray(np.clip(np.round(lit * 255), 0, 255), np.uint8)


def _visible(placed: list[_Placed], width: int, height: int) -> tuple[SceneInstance, ...]:
    """What is left of each part under those above it, inside the image."""
    frame = shapely.box(0, 0, width, height)
    found: list[SceneInstance] = []
    above: shapely.Geometry = shapely.Polygon()
    for item in reversed(placed):
        region = item.region
        parts = from_shapely(region.intersection(frame).difference(above))
        parts = tuple(part for part in parts if area(part) >= LEAST_VISIBLE_PX / 5)
        if sum(area(part) for part in parts) >= max(LEAST_VISIBLE_PX, 0.12 * region.area):
            found.append(SceneInstance(item.class_index, parts))
        above = above.union(region)
    return tuple(reversed(found))
