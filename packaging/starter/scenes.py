"""One training scene: an image and the owner of each pixel, from a number alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import shapes
from material import CutOut, Material, Photo
from numpy.typing import NDArray

Image = NDArray[Any]
Random = np.random.Generator

LEAST_AREA_PX = 14
"""Objects of which fewer pixels can be seen are not labelled."""
LEAST_VISIBLE = 0.2
"""Objects of which less than this part can be seen are not labelled."""


@dataclass(slots=True)
class _Canvas:
    """What is being painted.

    Attributes:
        pixels: `(S, S, 3)` uint8 BGR.
        owner: `(S, S)` int16, 0 for background.
        areas: Pixels of each pasted object before others covered it, by number.
    """

    pixels: Image
    owner: Image
    areas: dict[int, int]

    @property
    def size(self) -> int:
        return len(self.pixels)


def compose(material: Material, index: int, size: int) -> tuple[Image, Image]:
    """Scene number `index`: `(S, S, 3)` uint8 RGB and `(S, S)` int16 owners 1 to N, no gaps."""
    random = np.random.default_rng([7, index])
    kind = random.choice(len(_KINDS), p=[share for _, share in _KINDS])
    canvas = _KINDS[kind][0](material, random, size)
    pixels, owner = canvas.pixels, _renumbered(canvas)
    turns = int(random.integers(4)) if random.random() < 0.5 else 0
    pixels, owner = np.rot90(pixels, turns), np.rot90(owner, turns)
    if random.random() < 0.5:
        pixels, owner = pixels[:, ::-1], owner[:, ::-1]
    return _photographed(random, np.ascontiguousarray(pixels))[..., ::-1], owner


def _photo_scene(material: Material, random: Random, size: int) -> _Canvas:
    name = random.choice(["coco128-seg", "feral-cats", "nuts"], p=[0.65, 0.22, 0.13])
    return _crop(random, _any(random, material.photos[name]), size, zoom=(1.0, 3.0))


def _generated_scene(material: Material, random: Random, size: int) -> _Canvas:
    return _crop(random, _any(random, material.photos["generated"]), size, zoom=(1.0, 2.2))


def _nuclei_scene(material: Material, random: Random, size: int) -> _Canvas:
    canvas = _crop(random, _any(random, material.photos["nuclei-fluo"]), size, zoom=(1.0, 3.5))
    if random.random() < 0.4:
        canvas.pixels = 255 - canvas.pixels
    if random.random() < 0.5:
        tint = random.uniform(0.3, 1.2, 3)
        canvas.pixels = np.clip(canvas.pixels * tint, 0, 255).astype(np.uint8)
    return canvas


def _far_scene(material: Material, random: Random, size: int) -> _Canvas:
    """Several small photographs side by side: real objects, far away."""
    cells = int(random.choice([2, 2, 3]))
    side = -(-size // cells)
    canvas = _empty(np.zeros((side * cells, side * cells, 3), np.uint8))
    for row in range(cells):
        for column in range(cells):
            name = random.choice(["coco128-seg", "feral-cats", "nuts", "generated"])
            part = _crop(random, _any(random, material.photos[name]), side, zoom=(1.0, 1.3))
            window = np.s_[row * side : (row + 1) * side, column * side : (column + 1) * side]
            above = int(canvas.owner.max())
            canvas.pixels[window] = part.pixels
            canvas.owner[window] = np.where(part.owner, part.owner + above, 0)
    return _Canvas(canvas.pixels[:size, :size], canvas.owner[:size, :size], {})


def _busy_photo_scene(material: Material, random: Random, size: int) -> _Canvas:
    name = random.choice(["coco128-seg", "feral-cats"])
    canvas = _crop(random, _any(random, material.photos[name]), size, zoom=(1.0, 1.8))
    _scatter(material, random, canvas, count=int(random.integers(1, 7)))
    return canvas


def _table_scene(material: Material, random: Random, size: int) -> _Canvas:
    """A few to two dozen objects on a background that is none."""
    canvas = _empty(_ground(material, random, size))
    _scatter(material, random, canvas, count=int(np.exp(random.uniform(np.log(2), np.log(24)))))
    return canvas


def _crowd_scene(material: Material, random: Random, size: int) -> _Canvas:
    """Many small objects of one or a few kinds in groups, in rows or everywhere."""
    if random.random() < 0.45:
        name = random.choice(["coco128-seg", "feral-cats"])
        canvas = _crop(random, _any(random, material.photos[name]), size, zoom=(1.0, 3.0))
    else:
        canvas = _empty(_ground(material, random, size))
    typical = np.exp(random.uniform(np.log(7), np.log(0.16 * size)))
    room = (size / typical) ** 2 / 3
    count = int(np.clip(np.exp(random.uniform(np.log(8), np.log(110))), 4, room))
    kinds = [_object(material, random, drawn=0.6) for _ in range(int(random.choice([1, 1, 2, 4])))]
    places = _ARRANGEMENTS[int(random.integers(len(_ARRANGEMENTS)))](random, count, typical, size)
    strength = random.uniform(0, 0.25)
    for x, y in places:
        wide = typical * np.exp(random.normal(0, 0.18))
        _paste(random, canvas, _any(random, kinds), (x, y), wide, shadow=strength)
    return canvas


_KINDS = [
    (_photo_scene, 0.16),
    (_far_scene, 0.08),
    (_busy_photo_scene, 0.13),
    (_table_scene, 0.27),
    (_crowd_scene, 0.22),
    (_nuclei_scene, 0.07),
    (_generated_scene, 0.07),
]


def _scatter(material: Material, random: Random, canvas: _Canvas, *, count: int) -> None:
    same = _object(material, random, drawn=0.3) if random.random() < 0.3 else None
    typical = np.exp(random.uniform(np.log(0.06), np.log(0.62))) * canvas.size
    typical = min(typical, 1.6 * canvas.size / np.sqrt(count + 1))
    shadow = random.uniform(0, 0.55) if random.random() < 0.6 else 0.0
    apart = 0.8 if random.random() < 0.5 else 0.45
    taken: list[tuple[float, float, float]] = []
    for _ in range(count):
        wide = float(np.clip(typical * np.exp(random.normal(0, 0.3)), 9, 0.95 * canvas.size))
        for _ in range(6):
            x, y = random.uniform(-0.02, 1.02, 2) * canvas.size
            if all(np.hypot(x - a, y - b) > apart * (wide + w) / 2 for a, b, w in taken):
                break
        taken.append((x, y, wide))
        cut = same or _object(material, random, drawn=0.3)
        _paste(random, canvas, cut, (x, y), wide, shadow=shadow)


def _everywhere(random: Random, count: int, typical: float, size: int) -> Image:  # noqa: ARG001
    return random.uniform(0, size, (count, 2))


def _grouped(random: Random, count: int, typical: float, size: int) -> Image:
    centres = random.uniform(0.15, 0.85, (int(random.integers(1, 4)), 2)) * size
    reach = typical * np.sqrt(count / len(centres)) * random.uniform(0.35, 0.7)
    return random.permutation(
        np.concatenate([c + random.normal(0, reach, (count, 2)) for c in centres])
    )[:count]


def _in_a_row(random: Random, count: int, typical: float, size: int) -> Image:
    """Along one bent line, one to three abreast."""
    start, bend, end = random.uniform(0.02, 0.98, (3, 2)) * size
    t = np.sort(random.uniform(0, 1, count))[:, None]
    line = (1 - t) ** 2 * start + 2 * t * (1 - t) * bend + t**2 * end
    return line + random.normal(0, typical * random.uniform(0.2, 1.1), (count, 2))


def _packed(random: Random, count: int, typical: float, size: int) -> Image:
    pitch = typical * random.uniform(0.85, 1.4)
    side = int(np.ceil(np.sqrt(count)))
    grid = np.stack(np.meshgrid(np.arange(side), np.arange(side)), -1).reshape(-1, 2)[:count]
    shift = random.uniform(0, max(1.0, size - side * pitch), 2)
    return grid * pitch + shift + random.normal(0, 0.14 * typical, grid.shape)


_ARRANGEMENTS = (_everywhere, _grouped, _grouped, _in_a_row, _packed)


def _paste(
    random: Random,
    canvas: _Canvas,
    cut: CutOut,
    centre: tuple[float, float],
    wide: float,
    *,
    shadow: float,
) -> None:
    """Turn, scale, mirror and recolour an object and lay it over what is there."""
    scale = wide / cut.longest
    level = 0
    while scale < 0.6 and level + 1 < len(cut.levels):
        scale, level = scale * 2, level + 1
    pixels, cover = cut.levels[level]
    side = int(np.hypot(*cover.shape) * scale) + 6
    left, top = int(centre[0] - side / 2), int(centre[1] - side / 2)
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + side, canvas.size), min(top + side, canvas.size)
    if x1 - x0 < 3 or y1 - y0 < 3:
        return
    matrix = _turned(random, cover.shape, scale, side)
    here = np.s_[y0 - top : y1 - top, x0 - left : x1 - left]
    whole = cv2.warpAffine(cover, matrix, (side, side))
    alpha = whole[here].astype(np.float32)[..., None] / 255
    moved = cv2.warpAffine(pixels, matrix, (side, side), borderMode=cv2.BORDER_REPLICATE)[here]
    gain = random.uniform(0.7, 1.3) * random.uniform(0.92, 1.08, 3)
    colour = np.clip(moved * gain + random.uniform(-20, 20), 0, 255)
    window = np.s_[y0:y1, x0:x1]
    under = canvas.pixels[window].astype(np.float32)
    if shadow:
        under *= 1 - shadow * _shadow(random, whole, wide)[here][..., None]
    canvas.pixels[window] = (under + (colour - under) * alpha).astype(np.uint8)
    number = 1 + max(int(canvas.owner.max()), max(canvas.areas, default=0))
    canvas.owner[window][alpha[..., 0] > 0.5] = number
    canvas.areas[number] = int((whole > 127).sum())


def _turned(random: Random, shape: tuple[int, ...], scale: float, side: int) -> Image:
    height, width = shape[:2]
    angle = random.uniform(0, 360) if random.random() < 0.7 else random.normal(0, 12)
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, scale)
    matrix[:, 2] += side / 2 - np.array([width / 2, height / 2])
    if random.random() < 0.5:
        matrix = matrix @ np.array([[-1, 0, width], [0, 1, 0], [0, 0, 1.0]])
    stretch = np.exp(random.normal(0, 0.08))
    matrix[0] = (matrix[0] - [0, 0, side / 2]) * stretch + [0, 0, side / 2]
    return matrix


def _shadow(random: Random, cover: Image, wide: float) -> Image:
    reach = random.uniform(0.01, 0.09) * wide
    turn = random.uniform(0, 2 * np.pi)
    matrix = np.array([[1, 0, reach * np.cos(turn)], [0, 1, reach * np.sin(turn)]])
    moved = cv2.warpAffine(cover, matrix, cover.shape[::-1])
    return cv2.GaussianBlur(moved, (0, 0), max(0.8, reach)).astype(np.float32) / 255


def _ground(material: Material, random: Random, size: int) -> Image:
    """A background without objects that anybody would outline."""
    kind = random.random()
    if kind < 0.26:
        return shapes.plain_ground(random, size)
    if kind < 0.42:
        return shapes.noisy_ground(random, size)
    if kind < 0.56:
        return shapes.leafy_ground(random, size)
    photo = _any(random, material.photos[random.choice(["coco128-seg", "feral-cats", "nuts"])])
    if kind < 0.74:
        blurred = cv2.resize(photo.pixels, (size // 4, size // 4), interpolation=cv2.INTER_AREA)
        blurred = cv2.GaussianBlur(blurred, (0, 0), random.uniform(2, 7))
        return cv2.resize(blurred, (size, size), interpolation=cv2.INTER_CUBIC)
    return _tiled(random, photo, size)


def _tiled(random: Random, photo: Photo, size: int) -> Image:
    """A mirrored patch of a photograph over and over."""
    height, width = photo.owner.shape
    side = min(int(random.integers(24, 120)), height, width)
    y, x = int(random.integers(height - side + 1)), int(random.integers(width - side + 1))
    patch = photo.pixels[y : y + side, x : x + side]
    patch = np.concatenate([patch, patch[:, ::-1]], 1)
    patch = np.concatenate([patch, patch[::-1]], 0)
    times = size // (2 * side) + 1
    return np.tile(patch, (times, times, 1))[:size, :size].copy()


def _crop(random: Random, photo: Photo, size: int, *, zoom: tuple[float, float]) -> _Canvas:
    """A square piece of a photograph; zoom 1 takes the whole of its shorter side."""
    height, width = photo.owner.shape
    factor = np.exp(random.uniform(*np.log(zoom)))
    side = max(24, int(min(height, width) / factor))
    y, x = int(random.integers(height - side + 1)), int(random.integers(width - side + 1))
    window = np.s_[y : y + side, x : x + side]
    how = cv2.INTER_AREA if side > size else cv2.INTER_LINEAR
    pixels = cv2.resize(photo.pixels[window], (size, size), interpolation=how)
    owner = cv2.resize(photo.owner[window], (size, size), interpolation=cv2.INTER_NEAREST)
    return _Canvas(pixels, owner.copy(), {})


def _photographed(random: Random, pixels: Image) -> Image:
    """Light, colour, blur, noise and compression of a camera."""
    size = len(pixels)
    values = pixels.astype(np.float32)
    if random.random() < 0.5:
        y, x = np.mgrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j].astype(np.float32)
        turn = random.uniform(0, 2 * np.pi)
        values *= (1 + random.uniform(0, 0.4) * (x * np.cos(turn) + y * np.sin(turn)))[..., None]
    values = (values - 128) * random.uniform(0.7, 1.3) + 128 + random.uniform(-30, 30)
    values *= random.uniform(0.88, 1.12, 3)
    if random.random() < 0.12:
        values = np.repeat(values.mean(-1, keepdims=True), 3, -1)
    if random.random() < 0.25:
        values = cv2.GaussianBlur(values, (0, 0), random.uniform(0.4, 1.4))
    if random.random() < 0.35:
        values += random.normal(0, random.uniform(2, 14), values.shape)
    result = np.clip(values, 0, 255).astype(np.uint8)
    if random.random() < 0.2:
        quality = int(random.integers(35, 90))
        data = cv2.imencode(".jpg", result, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        result = cv2.imdecode(data, cv2.IMREAD_COLOR)
    return result


def _renumbered(canvas: _Canvas) -> Image:
    """Owners 1 to N; those that can hardly be seen become background."""
    visible = np.bincount(canvas.owner.ravel(), minlength=1)
    table = np.zeros(len(visible), np.int16)
    kept = [
        number
        for number in range(1, len(visible))
        if visible[number] >= max(LEAST_AREA_PX, LEAST_VISIBLE * canvas.areas.get(number, 0))
    ]
    table[kept] = np.arange(1, len(kept) + 1)
    return table[canvas.owner]


def _object(material: Material, random: Random, *, drawn: float) -> CutOut:
    return _any(random, material.blobs if random.random() < drawn else material.cut_outs)


def _any(random: Random, choices: list[Any]) -> Any:
    return choices[int(random.integers(len(choices)))]


def _empty(pixels: Image) -> _Canvas:
    return _Canvas(pixels, np.zeros(pixels.shape[:2], np.int16), {})
