"""What shapes look like as numbers, and the classes that follow from it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from dynseg.geometry.part import Part, ring
from dynseg.review.naming import Namer
from dynseg.review.traits import Numbers, Scene, outline_traits

CHANCE = np.full(10, 0.1)
coordinate = st.floats(-50, 150, allow_nan=False)


def circle(x: float, y: float, radius: float) -> tuple[Part, ...]:
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    return (Part(ring(np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], 1))),)


def star(x: float, y: float, radius: float) -> tuple[Part, ...]:
    turn = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    reach = radius * np.where(np.arange(24) % 2, 0.5, 1.0)
    return (Part(ring(np.stack([x + reach * np.cos(turn), y + reach * np.sin(turn)], 1))),)


def painted(*shapes: tuple[tuple[Part, ...], tuple[int, int, int]]) -> Scene:
    """Shapes in their colours on grey, 200 x 200."""
    import cv2

    pixels = np.full((200, 200, 3), 128, np.uint8)
    for parts, colour in shapes:
        cv2.fillPoly(pixels, [np.round(parts[0].outer).astype(np.int32)], colour)
    return Scene(pixels, 200, 200)


def told(traits: Numbers, classes: list[int], images: list[int]) -> Namer:
    return Namer(traits, np.array(classes), np.array(images))


def test_an_outline_has_the_same_traits_wherever_and_however_it_lies() -> None:
    outline = star(50, 50, 30)[0].outer
    turn = np.array([[0.6, -0.8], [0.8, 0.6]])
    moved = (outline - 50) @ turn * 2.5 + 90
    assert np.allclose(outline_traits(outline), outline_traits(moved), atol=0.05)
    assert np.abs(outline_traits(outline) - outline_traits(circle(50, 50, 30)[0].outer)).max() > 0.2


@given(st.lists(st.tuples(coordinate, coordinate), min_size=3, max_size=8))
def test_any_outline_has_finite_traits(points: list[tuple[float, float]]) -> None:
    pixels: NDArray[np.uint8] = np.random.default_rng(0).integers(0, 255, (60, 90, 3), np.uint8)
    (traits,) = Scene(pixels, 100, 80).traits([(Part(ring(points)),)])
    assert np.isfinite(traits).all()


def test_a_reduced_image_shows_the_same() -> None:
    rough: NDArray[np.uint8] = np.random.default_rng(1).integers(0, 255, (50, 80, 3), np.uint8)
    large = np.kron(rough, np.ones((20, 20, 1), np.uint8))
    (whole,) = Scene(large, 1600, 1000).traits([circle(800, 500, 300)])
    (small,) = Scene(large[::2, ::2], 1600, 1000).traits([circle(800, 500, 300)])
    assert np.allclose(whole[:15], small[:15], atol=4)  # colours, CIELAB of 8 bits
    assert np.array_equal(whole[18:], small[18:])


def test_colour_counts_where_classes_differ_in_colour() -> None:
    red, blue = (200, 30, 30), (30, 30, 200)
    scene = painted(
        (circle(30, 30, 20), red), (star(90, 30, 20), red),
        (circle(30, 90, 20), blue), (star(90, 90, 20), blue),
        (star(150, 30, 20), red), (circle(150, 90, 20), blue),
    )  # fmt: skip
    shapes = [circle(30, 30, 20), star(90, 30, 20), circle(30, 90, 20), star(90, 90, 20)]
    namer = told(scene.traits(shapes), [1, 1, 2, 2], [7, 7, 8, 8])
    assert namer.names(scene.traits([star(150, 30, 20), circle(150, 90, 20)])).tolist() == [1, 2]


def test_outline_counts_where_classes_differ_in_outline() -> None:
    colours = np.random.default_rng(3).integers(0, 255, (12, 3))
    places = [(20 + 60 * (at % 3), 20 + 45 * (at // 3)) for at in range(12)]
    shapes = [(circle if at % 2 else star)(x, y, 16) for at, (x, y) in enumerate(places)]
    scene = painted(
        *[(s, (int(r), int(g), int(b))) for s, (r, g, b) in zip(shapes, colours, strict=True)]
    )
    traits = scene.traits(shapes)
    namer = told(traits[:8], [at % 2 for at in range(8)], [at // 2 for at in range(8)])
    assert namer.names(traits[8:]).tolist() == [0, 1, 0, 1]
    assert namer.is_right


def test_names_are_worth_nothing_where_kinds_look_the_same_or_there_is_one() -> None:
    rng = np.random.default_rng(0)
    traits = rng.normal(0, 1, (60, 10))
    images = np.arange(60) // 6
    alike = Namer(traits, rng.integers(0, 4, 60), images, CHANCE)
    assert not alike.is_right
    assert not Namer(traits, np.zeros(60, np.int64), images, CHANCE).is_right


def test_shapes_of_the_same_image_do_not_vouch_for_each_other() -> None:
    """Each image has its own light: there shapes are alike, from image to image they are not."""
    rng = np.random.default_rng(0)
    light = np.repeat(rng.normal(0, 50, (40, 10)), 4, axis=0) + rng.normal(0, 0.1, (160, 10))
    classes, images = np.repeat(np.arange(40) % 4, 4), np.repeat(np.arange(40), 4)
    assert not Namer(light, classes, images, CHANCE).is_right
    assert Namer(light + 900 * classes[:, None], classes, images, CHANCE).is_right
