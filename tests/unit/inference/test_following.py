"""Shapes that follow their objects into the next image."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import iou, problem
from dynseg.geometry.raster import mask_from_parts
from dynseg.inference.following.follow import Followed, follow
from dynseg.inference.following.views import transformed

SIZE = (480, 360)
Shape = tuple[Part, ...]
Pixels = NDArray[np.uint8]
Matrix = NDArray[np.float64]


def surface(seed: int, middle: tuple[int, int, int], grain: float = 40) -> Pixels:
    """Spots of a colour."""
    noise = np.random.default_rng(seed).normal(0, 1, (SIZE[1], SIZE[0], 3))
    spots = cv2.GaussianBlur(noise, (0, 0), 3) * grain * 10
    return np.asarray(np.clip(spots + middle, 0, 255), np.uint8)


GROUND = surface(1, (120, 130, 120), 12)
SKIN = surface(2, (180, 90, 60))


def disc(x: float, y: float, radius: float, *, ring_of: float = 0) -> Shape:
    way = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    circle = np.stack([np.cos(way), 0.7 * np.sin(way)], axis=1)
    holes = (ring((x, y) + ring_of * circle),) if ring_of else ()
    return (Part(ring((x, y) + radius * circle), holes),)


def gone(x: float, y: float, *, about: tuple[float, float], turn: float = 0.0) -> Matrix:
    """A movement: turned about a point by degrees, then moved."""
    cos, sin = np.cos(np.radians(turn)), np.sin(np.radians(turn))
    linear = np.array([[cos, -sin], [sin, cos]])
    offset = np.add(about, (x, y)) - linear @ about
    return np.vstack([np.column_stack([linear, offset]), (0, 0, 1)])


def photo(
    objects: list[tuple[Shape, Matrix]], *, ground: Pixels = GROUND, skin: Pixels = SKIN
) -> Pixels:
    """Objects cut out of a skin, each moved, on a ground; a little noise."""
    view = ground.copy()
    for shape, matrix in objects:
        seen = cv2.warpAffine(skin, matrix[:2], SIZE, borderMode=cv2.BORDER_REFLECT)
        inside = mask_from_parts(transformed(shape, matrix), width=SIZE[0], height=SIZE[1])
        view[inside] = seen[inside]
    grain = np.random.default_rng(view.sum() % 1000).normal(0, 2, view.shape)
    return np.clip(cv2.GaussianBlur(view, (0, 0), 0.6) + grain, 0, 255).astype(np.uint8)


STAYS = np.eye(3)


def only(found: list[Followed | None]) -> Followed:
    assert len(found) == 1
    assert found[0] is not None
    return found[0]


@pytest.mark.parametrize(
    ("step", "turn"), [((3.0, -2.0), 1.0), ((14.0, 9.0), 6.0), ((-60.0, 40.0), 12.0)]
)
def test_a_shape_goes_where_its_object_has_gone_in_other_light(
    step: tuple[float, float], turn: float
) -> None:
    shape = disc(240, 170, 40)
    matrix = gone(*step, about=(240, 170), turn=turn)
    before = photo([(shape, STAYS)])
    after = photo([(shape, matrix)], ground=np.roll(GROUND, (2, 3), (0, 1)))
    darker = (after * 0.85 + 5).astype(np.uint8)
    found = only(follow(before, darker, [shape]))
    assert iou(found.parts, transformed(shape, matrix)) > 0.95
    assert iou(found.parts, shape) < 0.92, "copied in place it would lie beside"
    assert 0.85 <= found.likeness <= 1


def test_small_objects_that_go_far_each_their_own_way_are_found() -> None:
    """The flow of the whole image does not see them move."""
    shapes = [disc(90, 80, 11), disc(250, 90, 11), disc(120, 250, 11), disc(380, 260, 11)]
    steps = [(38, 30), (-45, 20), (30, -42), (-40, -35)]
    moves = [gone(*step, about=(0, 0)) for step in steps]
    before = photo([(shape, STAYS) for shape in shapes])
    after = photo(list(zip(shapes, moves, strict=True)))
    for shape, move, found in zip(shapes, moves, follow(before, after, shapes), strict=True):
        assert found is not None
        assert iou(found.parts, transformed(shape, move)) > 0.85


def test_holes_and_pieces_stay_and_what_leaves_the_image_is_cut_at_its_border() -> None:
    shape = (*disc(60, 200, 40, ring_of=18), *disc(60, 110, 16))
    matrix = gone(-45, 4, about=(0, 0))
    before, after = photo([(shape, STAYS)]), photo([(shape, matrix)])
    found = only(follow(before, after, [shape]))
    assert len(found.parts) == 2
    assert sum(len(part.holes) for part in found.parts) in (0, 1)  # open where the border cuts it
    for part in found.parts:
        assert problem(part) is None
        assert part.outer.min() >= 0
    inside = mask_from_parts(found.parts, width=SIZE[0], height=SIZE[1])
    wanted = mask_from_parts(transformed(shape, matrix), width=SIZE[0], height=SIZE[1])
    assert (inside & wanted).sum() / (inside | wanted).sum() > 0.9
    within = gone(20, 4, about=(0, 0))
    whole = only(follow(before, photo([(shape, within)]), [shape]))
    assert [len(part.holes) for part in whole.parts] == [1, 0]


def test_what_is_hidden_or_has_left_is_not_put_anywhere() -> None:
    hidden, left, stays = disc(100, 100, 25), disc(440, 180, 22), disc(250, 250, 25)
    before = photo([(hidden, STAYS), (left, STAYS), (stays, STAYS)])
    after = photo([(left, gone(80, 0, about=(0, 0))), (stays, gone(6, 5, about=(0, 0)))])
    found = follow(before, after, [hidden, left, stays])
    assert found[:2] == [None, None]
    assert found[2] is not None


def test_of_two_alike_the_one_that_vanished_does_not_lie_on_the_other() -> None:
    """It looks like it, and it is near."""
    one, other = disc(200, 180, 16), disc(245, 180, 16)
    skin = SKIN.copy()
    skin[:, 245 - 17 : 245 + 17] = skin[:, 200 - 17 : 200 + 17]
    before = photo([(one, STAYS), (other, STAYS)], skin=skin)
    after = photo([(other, gone(3, 0, about=(0, 0)))], skin=skin)
    first, second = follow(before, after, [one, other])
    assert first is None
    assert second is not None


def test_shapes_that_lay_on_each_other_still_do() -> None:
    outer, inner = disc(240, 180, 50), disc(240, 180, 42)
    matrix = gone(12, -7, about=(0, 0))
    before, after = photo([(outer, STAYS)]), photo([(outer, matrix)])
    for shape, found in zip((outer, inner), follow(before, after, [outer, inner]), strict=True):
        assert found is not None
        assert iou(found.parts, transformed(shape, matrix)) > 0.9


def test_a_plain_object_is_known_by_its_contrast_with_the_ground() -> None:
    skin = np.full_like(SKIN, 200)
    ground = np.full_like(GROUND, 60)
    shape, matrix = disc(200, 170, 30), gone(9, 6, about=(0, 0))
    before = photo([(shape, STAYS)], ground=ground, skin=skin)
    after = photo([(shape, matrix)], ground=ground, skin=skin)
    assert iou(only(follow(before, after, [shape])).parts, transformed(shape, matrix)) > 0.93


def test_nothing_is_followed_between_images_of_two_sizes_or_without_shapes() -> None:
    assert follow(GROUND, GROUND[:-10], [disc(100, 100, 20)]) == [None]
    assert follow(GROUND, GROUND, []) == []


def test_specks_and_shapes_beside_the_image_are_left_out() -> None:
    beside = disc(900, 900, 20)
    speck = (Part(ring([(50, 50), (50.4, 50), (50.2, 50.3)])),)
    assert follow(GROUND, GROUND, [beside, speck]) == [None, None]


def test_of_many_shapes_nothing_is_found_in_another_scene() -> None:
    """And after some of them nobody looks for the others."""
    shapes = [disc(40 + 44 * column, 40 + 40 * row, 14) for row in range(8) for column in range(10)]
    before = photo([(shape, STAYS) for shape in shapes])
    other = surface(9, (90, 120, 150), 40)
    found = follow(before, other, shapes)
    assert sum(item is not None for item in found) <= 2
    assert sum(item is not None for item in follow(before, before, shapes)) == len(shapes)


def test_it_ends_when_nobody_waits_any_more() -> None:
    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        follow(GROUND, GROUND, [disc(100, 100, 20)], look_up=stop)


def test_it_is_the_same_each_time() -> None:
    shape = disc(240, 170, 40)
    before = photo([(shape, STAYS)])
    after = photo([(shape, gone(20, 9, about=(240, 170), turn=5))])
    one, other = (only(follow(before, after, [shape])) for _ in range(2))
    assert one.parts == other.parts


def test_nothing_is_more_alike_than_what_is_the_same() -> None:
    shapes = [disc(60 + 40 * n, 180, 12 + n) for n in range(10)]
    view = photo([])
    found = [item for item in follow(view, view.copy(), shapes) if item is not None]
    assert len(found) == len(shapes)
    assert max(item.likeness for item in found) <= 1.0, "a score"


@pytest.mark.parametrize("size", [(3000, 40), (40, 3000), (8, 8)])
def test_in_a_narrow_image_shapes_follow_as_well(size: tuple[int, int]) -> None:
    width, height = size
    grain = np.random.default_rng(4).normal(0, 1, (height, width, 3))
    view = np.clip(cv2.GaussianBlur(grain, (0, 0), 2) * 300 + 120, 0, 255).astype(np.uint8)
    along = width >= height
    step = 4 if max(size) > 100 else 1
    after = np.roll(view, step, axis=1 if along else 0)
    low, high = np.array(size) * 0.3, np.array(size) * 0.3 + min(size) * 0.6
    high = np.minimum(high, np.array(size) - 1)
    corners = [(low[0], low[1]), (high[0], low[1]), (high[0], high[1]), (low[0], high[1])]
    shape = (Part(ring(corners)),)
    (found,) = follow(view, after, [shape])
    assert found is not None
    there = transformed(shape, gone(*((step, 0) if along else (0, step)), about=(0, 0)))
    assert iou(found.parts, there) > 0.7
