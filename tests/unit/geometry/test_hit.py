"""What lies under a point, against a slow and simple answer."""

from __future__ import annotations

import time

import numpy as np
import pytest
from numpy.typing import NDArray

from dynseg.geometry.hit import EdgeRef, HitIndex, VertexRef
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import area, contains

Shape = tuple[Part, ...]


def star(generator: np.random.Generator, size: float, points: int = 20) -> NDArray[np.float64]:
    turn = np.linspace(0, 2 * np.pi, points, endpoint=False)
    radius = generator.uniform(0.5, 1, points)[:, None] * size
    around: NDArray[np.float64] = radius * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    return around


def shapes(count: int, *, seed: int = 0, points: int = 20) -> list[Shape]:
    generator = np.random.default_rng(seed)
    found: list[Shape] = []
    for number in range(count):
        centre = generator.uniform(0, 500, 2)
        outer = star(generator, generator.uniform(8, 40), points) + centre
        part = Part(ring(outer), (ring((outer - centre) * 0.3 + centre),) if number % 3 else ())
        second = (Part(ring(part.outer + 100)),) if number % 5 == 0 else ()
        found.append((part, *second))
    return found


def nearest_vertex(many: list[Shape], x: float, y: float) -> float:
    return min(
        float(np.hypot(*(points - (x, y)).T).min())
        for shape in many
        for part in shape
        for points in part.rings
    )


def test_shapes_at_agrees_with_contains() -> None:
    many = shapes(80)
    index = HitIndex(many)
    for x, y in np.random.default_rng(1).uniform(-20, 620, (400, 2)):
        expected = [i for i, shape in enumerate(many) if contains(shape, x, y)]
        found = index.shapes_at(x, y)
        assert sorted(found) == expected
        sizes = [sum(map(area, many[i])) for i in found]
        assert sizes == sorted(sizes)


def test_vertex_at_finds_the_nearest() -> None:
    many = shapes(60)
    index = HitIndex(many)
    for x, y in np.random.default_rng(2).uniform(0, 500, (200, 2)):
        found = index.vertex_at(x, y, 5)
        distance = nearest_vertex(many, x, y)
        if found is None:
            assert distance > 5
        else:
            point = many[found.shape][found.part].rings[found.ring][found.vertex]
            assert np.hypot(*(point - (x, y))) == pytest.approx(distance)


def test_edge_at_gives_the_foot_on_the_edge() -> None:
    square = (Part(ring([(0, 0), (10, 0), (10, 10), (0, 10)])),)
    index = HitIndex([square])
    assert index.edge_at(4, -1, 2) == EdgeRef(0, 0, 0, 0, 4.0, 0.0)
    assert index.edge_at(-1, 6, 2) == EdgeRef(0, 0, 0, 3, 0.0, 6.0)
    assert index.edge_at(5, 5, 2) is None
    assert index.edge_at(-5, -5, 2) is None


def test_vertices_of_holes_and_further_parts() -> None:
    hole = ring([(3, 3), (7, 3), (7, 7), (3, 7)])
    part = Part(ring([(0, 0), (10, 0), (10, 10), (0, 10)]), (hole,))
    index = HitIndex([(Part(ring([(20, 20), (30, 20), (25, 30)])), part)])
    assert index.vertex_at(7.2, 3, 1) == VertexRef(0, 1, 1, 1)


def test_edges_without_length_do_no_harm() -> None:
    index = HitIndex([(Part(ring([(1, 1), (1, 1), (1, 1), (5, 1), (5, 5)])),)])
    assert index.edge_at(1, 1, 1) is not None


def test_shapes_in_a_rectangle() -> None:
    many = [(Part(ring([(x, 0), (x + 5, 0), (x + 5, 5)])),) for x in range(0, 100, 10)]
    assert HitIndex(many).shapes_in(12, 1, 31, 2) == [1, 2, 3]


def test_replaced_answers_like_a_new_index() -> None:
    many, others = shapes(200), shapes(200, seed=9)
    index = HitIndex(many)
    index.shapes_at(250, 250)
    index.replace({position: others[position] for position in range(0, 200, 2)})
    many[::2] = others[::2]
    fresh = HitIndex(many)
    for x, y in np.random.default_rng(3).uniform(0, 600, (200, 2)):
        assert index.shapes_at(x, y) == fresh.shapes_at(x, y)
        assert index.vertex_at(x, y, 4) == fresh.vertex_at(x, y, 4)
        assert index.edge_at(x, y, 4) == fresh.edge_at(x, y, 4)


def test_no_shapes_and_shapes_of_nothing() -> None:
    assert HitIndex([]).shapes_at(1, 1) == []
    index = HitIndex([(), *shapes(2)])
    assert 0 not in index.shapes_in(-1000, -1000, 1000, 1000)
    index.replace({1: ()})
    assert index.shapes_in(-1000, -1000, 1000, 1000) == [2]
    assert len(index) == 3


def test_a_hover_is_fast() -> None:
    index = HitIndex(shapes(2000, points=50))
    took = []
    for x, y in np.random.default_rng(4).uniform(0, 500, (300, 2)):
        index.vertex_at(x, y, 5)
        started = time.perf_counter()
        index.vertex_at(x, y, 5)
        took.append(time.perf_counter() - started)
    # Crowded forty deep, on a machine that runs other work: a tenth of one frame.
    assert float(np.median(took)) < 1.6e-3
