from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from dynseg.annotation import codec, edits
from dynseg.annotation.delta import Delta, apply, diff, invert
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.geometry.part import Part, ring

patient = settings(max_examples=40)
coordinates = st.floats(-1e6, 1e6, allow_nan=False, allow_infinity=False, width=64)
rings = st.lists(st.tuples(coordinates, coordinates), min_size=3, max_size=7).map(ring)
parts = st.builds(Part, rings, st.lists(rings, max_size=2).map(tuple))
texts = st.text(max_size=5)
instances = st.builds(
    Instance,
    class_id=st.integers(0, 5),
    parts=st.lists(parts, min_size=1, max_size=3).map(tuple),
    origin=st.sampled_from(Origin),
    accepted=st.booleans(),
    score=st.none() | st.floats(0, 1),
    model_id=st.none() | texts,
    run_id=st.none() | texts,
    id=st.sampled_from([f"s{i}" for i in range(8)]),
)


def documents() -> st.SearchStrategy[Annotation]:
    return st.builds(
        Annotation,
        image_id=st.just(1),
        width=st.just(100),
        height=st.just(80),
        instances=st.lists(instances, max_size=6, unique_by=lambda i: i.id).map(tuple),
        state=st.sampled_from(ImageState),
    )


@st.composite
def successors(draw: st.DrawFn) -> tuple[Annotation, Annotation]:
    """A document and one made from it: shapes dropped, changed, added and shuffled."""
    before = draw(documents())
    kept = [i for i in before.instances if draw(st.booleans())]
    changed = [structs.replace(i, class_id=9) if draw(st.booleans()) else i for i in kept]
    new = [i for i in draw(documents()).instances if all(i.id != k.id for k in kept)]
    after = draw(st.permutations(changed + new))
    return before, replace(before, instances=tuple(after), state=draw(st.sampled_from(ImageState)))


@patient
@given(successors())
def test_a_delta_makes_the_change_and_takes_it_back(pair: tuple[Annotation, Annotation]) -> None:
    before, after = pair
    delta = diff(before, after)
    assert apply(before, delta) == after
    assert apply(after, invert(delta)) == before
    assert invert(invert(delta)) == delta
    assert delta.is_empty == (before == after)


@patient
@given(successors())
def test_a_delta_survives_its_bytes(pair: tuple[Annotation, Annotation]) -> None:
    delta = diff(*pair)
    again = codec.decode_delta(codec.encode_delta(delta))
    assert again == delta
    for _, item in (*again.removed, *again.added):
        for part in item.parts:
            assert not any(points.flags.writeable for points in part.rings)


@patient
@given(successors())
def test_a_delta_may_leave_new_shapes_to_the_document(pair: tuple[Annotation, Annotation]) -> None:
    before, after = pair
    delta = diff(before, after)
    data = codec.encode_delta(delta, leave=True)
    assert codec.decode_delta(data, after) == delta
    new = {item.id for _, item in delta.added} - {item.id for _, item in delta.removed}
    if new:
        assert codec.leaves_shapes(data)
        for other in (None, after.with_instances(after.instances[:0])):
            with pytest.raises(ValueError, match="shapes that are not there"):
                codec.decode_delta(data, other)
    assert len(data) <= len(codec.encode_delta(delta)) + 20


@patient
@given(instances)
def test_a_shape_survives_its_bytes(item: Instance) -> None:
    assert codec.decode_parts(codec.encode_parts(item.parts)) == item.parts


@patient
@given(st.binary(max_size=80))
def test_strange_bytes_are_refused_and_nothing_else(data: bytes) -> None:
    for decode in (codec.decode_delta, codec.decode_parts, codec.leaves_shapes):
        try:
            decode(data)
        except ValueError:
            continue


@patient
@given(successors(), st.data())
def test_damaged_deltas_are_refused_or_differ(
    pair: tuple[Annotation, Annotation], data: st.DataObject
) -> None:
    encoded = bytearray(codec.encode_delta(diff(*pair)))
    encoded[data.draw(st.integers(0, len(encoded) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with suppress(ValueError):
        codec.decode_delta(bytes(encoded))


def big(count: int) -> Annotation:
    rng = np.random.default_rng(0)
    items = tuple(
        Instance(0, (Part(ring(rng.uniform(0, 500, (50, 2)))),), id=f"i{i}") for i in range(count)
    )
    return Annotation(1, 500, 500, items)


def test_a_moved_vertex_takes_little_room() -> None:
    before = big(20)
    after = edits.move_vertex("i7", 0, 0, 3, 1.5, 2.5)(before)
    delta = diff(before, after)
    assert [i for i, _ in delta.removed] == [i for i, _ in delta.added] == [7]
    assert len(codec.encode_delta(delta)) < 1100  # 50 points are 800 bytes


def test_reordering_names_only_what_moved() -> None:
    before = big(30)
    delta = diff(before, edits.reorder("i3", 29)(before))
    assert [(i, item.id) for i, item in delta.removed] == [(3, "i3")]
    assert [(i, item.id) for i, item in delta.added] == [(29, "i3")]


def test_a_delta_of_another_document_is_refused() -> None:
    before = big(3)
    before = replace(before, state=ImageState.IN_WORK)
    delta = diff(before, edits.remove(["i1"])(before))
    with pytest.raises(ValueError, match="not there"):
        apply(
            before.with_instances(before.instances[:1]), replace(delta, state_before=before.state)
        )
    with pytest.raises(ValueError, match="another state"):
        apply(replace(before, state=ImageState.SKIPPED), delta)
    gap = Delta((), ((7, before.instances[0]),), before.state, before.state)
    with pytest.raises(ValueError, match="does not exist"):
        apply(before.with_instances(()), gap)
