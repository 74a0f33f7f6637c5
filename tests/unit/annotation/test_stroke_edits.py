"""Edits by strokes: who changed what, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from dynseg.annotation import edits
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import area
from dynseg.geometry.stroke import Stroke


def square(x: float, y: float, side: float, **fields: object) -> Instance:
    corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
    return Instance(0, (Part(ring(corners)),), **fields)  # type: ignore[arg-type]


def document(*instances: Instance) -> Annotation:
    return Annotation(1, 400, 300, instances, state=ImageState.PRELABELLED)


def stroke(*points: tuple[float, float], radius: float = 10) -> Stroke:
    return Stroke(np.array(points, dtype=np.float64), radius)


def test_painting_makes_a_proposal_edited_and_the_image_in_work() -> None:
    before = document(square(100, 100, 50, id="a", origin=Origin.MODEL, score=0.5))
    after = edits.paint("a", stroke((150, 120)))(before)
    assert after.instance("a").origin is Origin.EDITED
    assert after.state is ImageState.IN_WORK
    assert area(after.instance("a").parts[0]) > 2500
    inside = edits.paint("a", stroke((125, 125)))
    assert inside(before) is before, "a stroke that adds nothing changes nothing"


def test_erasing_all_of_a_shape_deletes_it() -> None:
    before = document(square(100, 100, 50, id="a"), square(200, 100, 50, id="b"))
    after = edits.erase(["a", "b"], stroke((125, 125), radius=60))(before)
    assert [item.id for item in after.instances] == ["b"]
    assert after.instances[0] is before.instances[1]


def test_a_hole_needs_to_meet_the_shape_and_leave_something() -> None:
    before = document(square(100, 100, 50, id="a"))
    hole = square(110, 110, 20).parts
    holed = edits.cut_hole(["a"], hole)(before).instance("a")
    assert len(holed.parts[0].holes) == 1
    assert area(holed.parts[0]) == pytest.approx(2500 - 400)
    with pytest.raises(edits.EditError, match="outside"):
        edits.cut_hole(["a"], square(300, 10, 20).parts)(before)
    with pytest.raises(edits.EditError, match="nothing"):
        edits.cut_hole(["a"], square(50, 50, 200).parts)(before)


def test_splitting_keeps_the_id_on_the_largest_piece_and_is_a_pure_function() -> None:
    before = document(square(100, 100, 50, id="a", origin=Origin.MODEL, score=0.9))
    cut = edits.split(["a"], np.array([(120.0, 80.0), (120.0, 200.0)]))
    after = cut(before)
    assert [round(area(i.parts[0])) for i in after.instances] == [1500, 1000]
    assert after.instances[0].id == "a"
    assert after.instances[1].origin is Origin.EDITED
    assert cut(before) == after
    with pytest.raises(edits.EditError, match="cut through"):
        edits.split(["a"], np.array([(0.0, 0.0), (10.0, 10.0)]))(before)


def test_sweeping_and_redrawing_go_through_the_same_door() -> None:
    before = document(square(100, 100, 50, id="a"))
    swept = edits.sweep(["a"], np.array([(100.0, 100.0)]), 5)(before)
    assert len(swept.instance("a").parts[0].outer) == 3
    way = np.array([(120.0, 80.0), (150.0, 100.0)])
    drawn = edits.redraw("a", 0, 0, 0, way, snap_px=3)(before).instance("a")
    assert drawn.parts[0].outer.tolist()[:3] == [[100, 100], [120, 80], [150, 100]]
    with pytest.raises(edits.EditError):
        edits.redraw("a", 0, 0, 9, way, snap_px=3)(before)
