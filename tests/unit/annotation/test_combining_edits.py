"""Edits of shapes together: join, subtract, intersect, fit, outline, stack (C7 to C9, C13)."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest

from dynseg.annotation import edits
from dynseg.annotation.document import Annotation, Instance, Origin
from dynseg.annotation.edits import Outlining
from dynseg.geometry import borders
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import area


def square(x: float, y: float, side: float, **fields: object) -> Instance:
    corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
    return Instance(0, (Part(ring(corners)),), **fields)  # type: ignore[arg-type]


def document(*instances: Instance) -> Annotation:
    return Annotation(1, 400, 300, instances)


def total(item: Instance) -> float:
    return sum(area(part) for part in item.parts)


TWO = document(square(10, 10, 50, id="a"), square(40, 10, 50, id="b", origin=Origin.MODEL))


def test_union_joins_into_the_first() -> None:
    after = edits.union(["a", "b"])(TWO)
    assert [i.id for i in after.instances] == ["a"]
    assert total(after.instances[0]) == pytest.approx(80 * 50)
    apart = edits.union(["a", "b"])(document(square(0, 0, 10, id="a"), square(50, 0, 10, id="b")))
    assert len(apart.instances[0].parts) == 2


def test_subtract_takes_the_others_away_and_keeps_them() -> None:
    after = edits.subtract(["b", "a"])(TWO)
    assert total(after.instance("b")) == pytest.approx(30 * 50)
    assert after.instance("b").origin is Origin.EDITED
    assert after.instance("a") is TWO.instance("a")


def test_intersect_leaves_what_is_shared() -> None:
    after = edits.intersect(["a", "b"])(TWO)
    assert [i.id for i in after.instances] == ["a"]
    assert total(after.instances[0]) == pytest.approx(20 * 50)


@pytest.mark.parametrize("make", [edits.union, edits.subtract, edits.intersect])
def test_one_shape_is_too_few(make: Callable[[list[str]], edits.Edit]) -> None:
    with pytest.raises(edits.EditError, match="two"):
        make(["a"])(TWO)


def test_what_leaves_nothing_is_refused() -> None:
    far = document(square(0, 0, 10, id="a"), square(50, 0, 10, id="b"))
    with pytest.raises(edits.EditError, match="Nothing"):
        edits.intersect(["a", "b"])(far)
    inner = document(square(0, 0, 10, id="a"), square(0, 0, 50, id="b"))
    with pytest.raises(edits.EditError, match="Nothing"):
        edits.subtract(["a", "b"])(inner)


def test_holes_are_filled_and_parts_become_shapes() -> None:
    holed = edits.cut_hole(["a"], square(20, 20, 10).parts)(TWO)
    assert total(edits.fill_holes(["a"])(holed).instance("a")) == 2500
    with pytest.raises(edits.EditError, match="no holes"):
        edits.fill_holes(["a"])(TWO)
    joined = edits.union(["a", "b"])(document(square(0, 0, 10, id="a"), square(50, 0, 20, id="b")))
    apart = edits.separate(["a"])(joined)
    assert [total(i) for i in apart.instances] == [400, 100]
    assert edits.separate(["a"])(joined).instances[0].id == "a"
    with pytest.raises(edits.EditError, match="one part"):
        edits.separate(["a"])(TWO)


def test_outlines_get_fewer_more_or_softer_points() -> None:
    turn = np.linspace(0, 2 * np.pi, 90, endpoint=False)
    around = np.stack([200 + 80 * np.cos(turn), 150 + 80 * np.sin(turn)], axis=1)
    disc = Instance(0, (Part(ring(around)),), id="a")
    before = document(disc)

    def points(what: Outlining, amount: float) -> int:
        return len(edits.outline(["a"], what, amount)(before).instance("a").parts[0].outer)

    assert points(Outlining.SIMPLIFY, 2.0) < 30
    assert points(Outlining.SIMPLIFY, 8.0) < points(Outlining.SIMPLIFY, 2.0)
    assert points(Outlining.DENSIFY, 1.0) > 400
    assert points(Outlining.SMOOTH, 3.0) == 360
    tiny = edits.outline(["a"], Outlining.SIMPLIFY, 0.01)
    assert tiny(before) is before


def test_borders_are_fitted_and_hidden_shapes_left_alone() -> None:
    near = document(square(0, 0, 48, id="a"), square(50, 0, 50, id="b"))
    after = edits.fit_borders(["a"], 4.0)(near)
    assert total(after.instance("a")) == pytest.approx(50 * 48)
    assert total(after.instance("b")) == pytest.approx(2500)
    with pytest.raises(edits.EditError, match="near enough"):
        edits.fit_borders(["a"], 4.0, fixed=["b"])(near)


def test_shapes_rise_and_sink_together() -> None:
    four = document(*(square(10 * n, 0, 5, id=name) for n, name in enumerate("abcd")))

    def order(ids: str, steps: int) -> str:
        return "".join(i.id for i in edits.restack(list(ids), steps)(four).instances)

    assert order("a", 1) == "bacd"
    assert order("ab", 1) == "cabd"
    assert order("a", 99) == "bcda"
    assert order("cd", -1) == "acdb"
    assert order("bd", -99) == "bdac"
    assert edits.restack(["d"], 1)(four) is four


def test_many_shapes_are_stacked_and_fitted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both run in the window's thread: their cost must not grow with the square of the shapes."""
    names = [f"s{n}" for n in range(2000)]
    items = [square(20 * (n % 50), 20 * (n // 50), 10, id=name) for n, name in enumerate(names)]
    many = Annotation(1, 1000, 1000, tuple(items))
    began = time.perf_counter()
    order = [item.id for item in edits.restack(["s0"], 1_000_000)(many).instances]
    assert time.perf_counter() - began < 0.1
    assert order == [*names[1:], "s0"]
    pairs = []

    def fit(parts: object, neighbour: object, *, reach_px: float) -> None:
        pairs.append(reach_px)

    monkeypatch.setattr(borders, "fit", fit)
    with pytest.raises(edits.EditError, match="near enough"):
        edits.fit_borders(names, 4.0)(many)
    assert not pairs, "none is within the reach of another"


@pytest.mark.parametrize("what", list(Outlining))
def test_an_outline_without_extent_is_left_as_it_is(what: Outlining) -> None:
    """Files bring such shapes; the preview of the slider must not fail over one of many."""
    dot = Instance(0, (Part(ring([(5, 5), (5, 5), (5, 5)])),), id="dot")
    after = edits.outline(["dot"], what, 2.0)(document(dot)).instance("dot")
    assert all((each == (5, 5)).all() for each in after.parts[0].rings)
