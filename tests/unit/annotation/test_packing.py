from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dynseg.annotation import packing
from dynseg.annotation.document import Instance, Origin
from dynseg.geometry.part import Part, ring

patient = settings(max_examples=60)
coordinates = st.floats(-1e6, 1e6, allow_nan=False, allow_infinity=False, width=64)
rings = st.lists(st.tuples(coordinates, coordinates), min_size=3, max_size=7).map(ring)
parts = st.builds(Part, rings, st.lists(rings, max_size=2).map(tuple))
shapes = st.builds(
    Instance,
    class_id=st.integers(0, 5),
    parts=st.lists(parts, min_size=1, max_size=3).map(tuple),
    origin=st.sampled_from(Origin),
    accepted=st.booleans(),
    score=st.none() | st.floats(0, 1),
    model_id=st.none() | st.text(max_size=5),
    run_id=st.none() | st.text(max_size=5),
)


def packed(items: list[Instance]) -> tuple[bytes, bytes]:
    head = packing.encode_entries(packing.entry_of(item) for item in items)
    return head, b"".join(packing.points_of(item) for item in items)


@patient
@given(st.lists(shapes, max_size=20))
def test_shapes_survive_their_bytes(items: list[Instance]) -> None:
    head, body = packed(items)
    again = list(packing.unpack(head, body))
    assert again == items
    assert packing.count_of(head) == len(items)
    entries = packing.decode_entries(head)
    assert packing.body_of(items) == body
    assert packing.split_points(entries, body) == [packing.points_of(item) for item in items]
    for item in again:
        assert not any(points.flags.writeable for part in item.parts for points in part.rings)


def test_rings_that_are_views_with_gaps_or_reversed_keep_their_points() -> None:
    wide = np.arange(24.0).reshape(6, 4)
    items = [
        Instance(0, (Part(wide[:, :2], (wide[::-1, 2:],)),)),
        Instance(0, (Part(ring(wide[:, 1:3])),)),
    ]
    (first, second) = packing.unpack(packed(items)[0], packing.body_of(items))
    assert [first.parts, second.parts] == [item.parts for item in items]


@pytest.mark.parametrize("count", [0, 15, 16, 70_000])
def test_the_count_is_read_from_the_first_bytes(count: int) -> None:
    entry = packing.entry_of(Instance(0, (Part(ring(np.zeros((3, 2)))),)))
    assert packing.count_of(packing.encode_entries([entry] * count)) == count


@patient
@given(st.binary(max_size=60), st.binary(max_size=60))
def test_strange_bytes_are_refused_and_nothing_else(head: bytes, body: bytes) -> None:
    for read in (
        lambda: list(packing.unpack(head, body)),
        lambda: packing.decode_entries(head),
        lambda: packing.count_of(head),
    ):
        try:
            read()
        except (ValueError, KeyError, IndexError):
            continue


def test_points_of_other_shapes_are_refused() -> None:
    head, body = packed([Instance(0, (Part(ring(np.zeros((3, 2)))),))])
    for other in (body + body, body[:-16]):
        with pytest.raises(ValueError, match="do not belong"):
            list(packing.unpack(head, other))
        with pytest.raises(ValueError, match="do not belong"):
            packing.split_points(packing.decode_entries(head), other)
