"""Predictions survive the way through bytes bit for bit, and damaged bytes are refused."""

from __future__ import annotations

import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dynseg.geometry.part import Part, ring
from dynseg.inference.detections import Detection, decode, encode

numbers = st.one_of(
    st.integers(0, 20_000).map(lambda v: v / 4),
    st.floats(-1e6, 1e6, allow_nan=False),
)
rings = st.lists(st.tuples(numbers, numbers), min_size=3, max_size=9).map(ring)
part = st.builds(lambda outer, holes: Part(outer, tuple(holes)), rings, st.lists(rings, max_size=2))
detection = st.builds(
    Detection,
    class_index=st.integers(0, 79),
    score=st.floats(0, 1),
    parts=st.lists(part, min_size=1, max_size=3).map(tuple),
    box=st.tuples(numbers, numbers, numbers, numbers),
)


@given(st.lists(detection, max_size=5))
def test_what_is_written_is_read(detections: list[Detection]) -> None:
    back = decode(encode(detections))
    assert back == detections
    assert all(not r.flags.writeable for d in back for p in d.parts for r in p.rings)


def test_equal_detections_have_equal_bytes() -> None:
    item = Detection(0, 0.5, (Part(ring([(0, 0), (4, 0), (4, 4)])),), (0, 0, 4, 4))
    assert encode([item]) == encode(decode(encode([item])))


@given(st.binary(max_size=200))
def test_any_bytes_give_detections_or_a_value_error(data: bytes) -> None:
    for candidate in (data, zlib.compress(data)):
        with pytest.raises(ValueError, match=r"."):
            decode(candidate)


@given(st.data())
def test_a_changed_byte_never_raises_anything_else(data: st.DataObject) -> None:
    item = Detection(0, 0.5, (Part(ring([(0, 0), (4, 0), (4, 4)])),), (0, 0, 4, 4))
    plain = bytearray(zlib.decompress(encode([item, item])))
    at = data.draw(st.integers(0, len(plain) - 1))
    plain[at] ^= data.draw(st.integers(1, 255))
    try:
        back = decode(zlib.compress(bytes(plain)))
    except ValueError:
        return
    assert all(np.isfinite(r).all() for d in back for p in d.parts for r in p.rings)
