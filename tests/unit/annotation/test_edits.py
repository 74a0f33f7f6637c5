from __future__ import annotations

import numpy as np
import pytest

from dynseg.annotation import edits
from dynseg.annotation.document import (
    Annotation,
    ImageState,
    Instance,
    Origin,
    new_id,
    new_ids,
)
from dynseg.geometry.part import Part, ring

SQUARE = Part(ring([(10, 10), (30, 10), (30, 30), (10, 30)]))
HOLED = Part(
    ring([(40, 40), (90, 40), (90, 90), (40, 90)]),
    (ring([(50, 50), (60, 50), (60, 60)]),),
)


def image(*instances: Instance, state: ImageState = ImageState.UNLABELLED) -> Annotation:
    return Annotation(1, 100, 80, instances, state)


def proposal(part: Part = SQUARE, name: str = "m", score: float = 0.7) -> Instance:
    return Instance(0, (part,), Origin.MODEL, score=score, model_id="net", run_id="r", id=name)


def drawn(part: Part = SQUARE, name: str = "h") -> Instance:
    return Instance(0, (part,), id=name)


def test_add_puts_a_shape_on_top_clips_it_and_starts_the_work() -> None:
    outside = drawn(Part(ring([(-5, -5), (200, 10), (30, 300)])), "o")
    after = edits.add(outside)(image(drawn()))
    assert [item.id for item in after.instances] == ["h", "o"]
    assert after.instances[1].bounds == (0, 0, 100, 80)
    assert after.state is ImageState.IN_WORK


def test_a_piece_outside_of_the_image_goes_as_long_as_another_one_stays() -> None:
    """Found by random events in the window: it stayed as a line at the border."""
    below = Part(ring([(20, 85), (40, 85), (30, 95)]))
    after = edits.add(Instance(0, (SQUARE, below), id="o"))(image(drawn()))
    assert after.instances[1].parts == (SQUARE,)
    changed = edits.replace_parts("h", [below, SQUARE])(image(drawn(HOLED)))
    assert changed.instances[0].parts == (SQUARE,)


def test_add_twice_is_refused() -> None:
    with pytest.raises(edits.EditError, match="already"):
        edits.add(drawn())(image(drawn()))


def test_remove() -> None:
    assert edits.remove(["h"])(image(drawn(), proposal())).instances == (proposal(),)
    with pytest.raises(edits.EditError, match="no longer"):
        edits.remove(["x"])(image(drawn()))


@pytest.mark.parametrize(
    "edit",
    [
        edits.move_vertex("m", 0, 0, 0, 11, 12),
        edits.insert_vertex("m", 0, 0, 3, 9, 20),
        edits.delete_vertex("m", 0, 0, 0),
        edits.translate(["m"], 1, 1),
        edits.relabel(["m"], 4),
        edits.replace_parts("m", [HOLED]),
    ],
)
def test_a_person_who_changes_a_proposal_makes_it_edited(edit: edits.Edit) -> None:
    before = image(proposal(), drawn(HOLED), state=ImageState.PRELABELLED)
    after = edit(before)
    changed = after.instance("m")
    assert changed.origin is Origin.EDITED
    assert changed.is_human_work
    assert (changed.score, changed.model_id, changed.run_id) == (0.7, "net", "r")
    assert after.state is ImageState.IN_WORK
    assert after.instance("h") is before.instance("h")
    assert before.instances[0] == proposal()


@pytest.mark.parametrize(
    "edit",
    [
        edits.move_vertex("h", 0, 0, 0, 10, 10),
        edits.translate(["h"], 0, 0),
        edits.relabel(["h"], 0),
        edits.replace_parts("h", [SQUARE]),
        edits.accept(["h"]),
        edits.reorder("h", 0),
        edits.set_state(ImageState.UNLABELLED),
    ],
)
def test_an_edit_that_changes_nothing_returns_the_same_document(edit: edits.Edit) -> None:
    before = image(drawn())
    assert edit(before) is before


def test_vertices() -> None:
    moved = edits.move_vertex("h", 0, 0, 2, 500, -1)(image(drawn()))
    assert moved.instances[0].parts[0].outer[2].tolist() == [100, 0]
    more = edits.insert_vertex("h", 0, 0, 0, 20, 9)(image(drawn()))
    assert more.instances[0].parts[0].outer[:3].tolist() == [[10, 10], [20, 9], [30, 10]]
    fewer = edits.delete_vertex("h", 0, 0, 3)(image(drawn()))
    assert fewer.instances[0].parts[0].outer.tolist() == [[10, 10], [30, 10], [30, 30]]
    with pytest.raises(edits.EditError, match="three points"):
        edits.delete_vertex("h", 0, 0, 0)(fewer)


def test_vertices_of_holes() -> None:
    before = Annotation(1, 100, 100, (drawn(HOLED),))
    after = edits.move_vertex("h", 0, 1, 1, 61, 51)(before)
    part = after.instances[0].parts[0]
    assert part.holes[0][1].tolist() == [61, 51]
    assert part.outer is HOLED.outer


@pytest.mark.parametrize(("part", "ring_", "vertex"), [(1, 0, 0), (0, 1, 0), (0, 0, 4), (0, 0, -1)])
def test_places_that_do_not_exist_are_refused(part: int, ring_: int, vertex: int) -> None:
    with pytest.raises(edits.EditError, match="no longer"):
        edits.move_vertex("h", part, ring_, vertex, 1, 1)(image(drawn()))


def test_a_point_that_is_not_a_number_is_refused() -> None:
    with pytest.raises(edits.EditError, match="finite"):
        edits.move_vertex("h", 0, 0, 0, float("nan"), 1)(image(drawn()))


def test_moved_shapes_stop_at_the_border_and_keep_their_form() -> None:
    other = drawn(Part(ring([(50, 50), (60, 50), (60, 60)])), "o")
    after = edits.translate(["h", "o"], 1000, -1000)(image(drawn(), other))
    assert after.instance("h").bounds == (50, 0, 70, 20)
    assert after.instance("o").bounds == (90, 40, 100, 50)
    form = after.instance("h").parts[0].outer - SQUARE.outer
    assert np.allclose(form, form[0])


def test_accepting() -> None:
    before = image(proposal(), drawn(), state=ImageState.PRELABELLED)
    one = edits.accept(["m"])(before)
    assert one.instance("m").accepted
    assert one.instance("m").origin is Origin.MODEL
    assert one.state is ImageState.IN_WORK
    everything = edits.accept_all()(before)
    assert all(item.is_human_work for item in everything.instances)
    assert everything.state is ImageState.REVIEWED
    assert edits.accept_all()(everything) is everything


def test_reviewed_images_stay_reviewed() -> None:
    before = image(drawn(), state=ImageState.REVIEWED)
    assert edits.remove(["h"])(before).state is ImageState.REVIEWED


def test_reorder_and_replace_all() -> None:
    before = image(drawn(name="a"), drawn(name="b"), drawn(name="c"))
    assert [i.id for i in edits.reorder("a", 99)(before).instances] == ["b", "c", "a"]
    assert [i.id for i in edits.reorder("c", 0)(before).instances] == ["c", "a", "b"]
    assert edits.replace_all([proposal()])(before).instances == (proposal(),)


def test_points_on_one_line_are_no_shape() -> None:
    kite = Part(ring([(10, 10), (40, 40), (60, 60), (20, 50)]))
    with pytest.raises(edits.EditError, match="one line"):
        edits.delete_vertex("h", 0, 0, 3)(image(drawn(kite)))
    left = edits.delete_vertex("h", 0, 0, 1)(image(drawn(kite)))
    assert len(left.instances[0].parts[0].outer) == 3


def test_many_shapes_are_moved_as_one_array() -> None:
    items = [drawn(HOLED, f"h{n}") for n in range(50)]
    after = edits.translate([item.id for item in items[1:]], 2, -30)(image(*items))
    assert after.instances[0] is items[0]
    rings = [points for item in after.instances[1:] for points in item.parts[0].rings]
    assert len({id(points.base) for points in rings}) == 1
    assert not any(points.flags.writeable for points in rings)
    assert after.instances[7].bounds == (42, 10, 92, 60)
    assert after.instances[7].parts[0].holes[0].tolist() == [[52, 20], [62, 20], [62, 30]]


def test_of_many_shapes_only_those_that_stick_out_are_clipped() -> None:
    out = Part(ring([(90, 70), (120, 70), (120, 75)]), (ring([(95, 71), (99, 71), (99, 90)]),))
    items = [drawn(HOLED, "a"), drawn(out, "b"), drawn(SQUARE, "c")]
    before = Annotation(1, 100, 100)
    after = edits.add_many(items)(before)
    assert [own is item for own, item in zip(after.instances, items, strict=True)] == [
        True, False, True,
    ]  # fmt: skip
    assert after.instances[1].bounds == (90, 70, 100, 75)
    hole_out = Part(SQUARE.outer, (ring([(15, 15), (25, 15), (25, 300)]),))
    clipped = edits.add(drawn(hole_out))(before).instances[0]
    assert clipped.parts[0].holes[0].max() == 100
    with pytest.raises(edits.EditError, match="at least one piece"):
        edits.add_many([items[0], Instance(0, ())])(before)


def test_ids_of_many_differ() -> None:
    made = new_ids(3000)
    assert len(set(made)) == 3000
    assert {len(name) for name in made} == {len(new_id())}
    assert new_ids(0) == []
