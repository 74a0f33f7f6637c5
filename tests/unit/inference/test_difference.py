from __future__ import annotations

import pytest
from msgspec import structs
from tests.unit.inference.conftest import FAST, MakeProject

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.geometry.part import Part, ring
from dynseg.inference.detections import Detection, encode
from dynseg.inference.difference import difference, run_differences
from dynseg.inference.predictor import Predictor
from dynseg.inference.runs.pipeline import prelabel_project
from dynseg.inference.runs.preview import ImagePreview, preview_project
from dynseg.inference.settings import PredictSettings
from dynseg.project.store import Store


def square(x: float, y: float = 0.0, size: float = 20.0) -> Part:
    return Part(ring([(x, y), (x + size, y), (x + size, y + size), (x, y + size)]))


def shape(x: float, *, class_id: int = 1, size: float = 20.0, name: str = "") -> Instance:
    parts = (square(x, size=size),)
    return Instance(class_id, parts, id=name) if name else Instance(class_id, parts)


def test_equal_shapes_under_other_ids_are_the_same() -> None:
    found = difference([shape(0), shape(50)], [shape(50), shape(0)])
    assert found.is_empty
    assert found.same == 2


def test_what_is_on_one_side_only() -> None:
    old, new = shape(0), shape(100)
    found = difference([old, shape(50)], [shape(50), new])
    assert (found.removed, found.added, found.changed, found.same) == ((old,), (new,), (), 1)


def test_another_outline_is_a_change_with_its_overlap() -> None:
    old, new = shape(0), shape(4)
    (pair,) = difference([old], [new]).changed
    assert (pair.before, pair.after, pair.has_other_class) == (old, new, False)
    assert pair.iou == pytest.approx(16 / 24)


def test_another_class_is_a_change_whatever_the_outline() -> None:
    (pair,) = difference([shape(0, class_id=1)], [shape(0, class_id=2)]).changed
    assert pair.has_other_class
    assert pair.iou == pytest.approx(1.0)


def test_a_shape_that_kept_its_id_is_found_wherever_it_went() -> None:
    (pair,) = difference([shape(0, name="a")], [shape(300, name="a"), shape(0, size=4)]).changed
    assert pair.iou == 0.0


def test_the_best_pairs_come_first_and_nobody_is_in_two() -> None:
    far, near = shape(0), shape(6)
    found = difference([far, near], [shape(5)])
    assert [pair.before for pair in found.changed] == [near]
    assert (found.removed, found.added, found.same) == ((far,), (), 0)


def test_nothing_against_nothing() -> None:
    assert difference([], []).is_empty


# ---- a project -------------------------------------------------------------------------------


def candidate(x: float, score: float = 0.9, class_index: int = 0) -> Detection:
    return Detection(class_index, score, (square(x),), (x, 0, x + 20, 20))


def edit(store: Store, image_id: int, change: edits.Edit) -> Annotation:
    before = store.annotation(image_id)
    store.commit(
        image_id, diff(before, change(before)), expected_revision=before.revision, text="Edit"
    )
    return store.annotation(image_id)


def knowing(store: Store, predictor: Predictor, found: dict[int, list[Detection]]) -> None:
    """Make the project know what the model finds."""
    rows = [
        (i, predictor.card.model_id, FAST.key(predictor.card), encode(items))
        for i, items in found.items()
    ]
    store.save_predictions(rows)


def previewed(
    store: Store, predictor: Predictor, settings: PredictSettings = FAST
) -> dict[int, ImagePreview]:
    told: list[ImagePreview] = []
    preview_project(store, predictor, settings=settings, scope="all", tell=told.append)
    return {item.image_id: item for item in told}


def test_a_preview_says_what_the_run_then_does(
    make_project: MakeProject, starter: Predictor
) -> None:
    store = make_project(3)
    ids = [row.id for row in store.images()]
    knowing(store, starter, {i: [candidate(0), candidate(50), candidate(100)] for i in ids})
    prelabel_project(store, starter, settings=FAST)
    leftmost = min(store.annotation(ids[1]).instances, key=lambda i: i.parts[0].outer[:, 0].min())
    edit(store, ids[1], edits.accept([leftmost.id]))
    knowing(store, starter, {ids[0]: [candidate(3), candidate(50), candidate(200)]})
    knowing(store, starter, {ids[1]: [candidate(100)], ids[2]: []})
    before = {i: store.annotation(i) for i in ids}
    told = previewed(store, starter)
    assert {i: store.annotation(i) for i in ids} == before
    assert len(store.runs()) == 1

    run = told[ids[0]].run
    assert (len(run.added), len(run.removed), len(run.changed), run.same) == (1, 1, 1, 1)
    assert told[ids[0]].people.is_empty
    assert len(told[ids[1]].run.removed) == 1
    (missed,) = told[ids[1]].people.removed
    assert missed.id == leftmost.id
    assert len(told[ids[2]].run.removed) == 3

    done = prelabel_project(store, starter, settings=FAST, scope="all")
    assert done.run_id is not None
    for image_id, really in run_differences(store, done.run_id):
        expected = told[image_id].run
        assert {i.id for i in really.added} == {i.id for i in expected.added}
        assert {i.id for i in really.removed} == {i.id for i in expected.removed}
        assert [p.iou for p in really.changed] == [p.iou for p in expected.changed]
    assert [i for i, _ in run_differences(store, done.run_id)] == ids
    edit(store, ids[2], edits.add(shape(0, class_id=store.classes().labels[0].id)))
    store.undo_run(done.run_id)
    assert [i for i, _ in run_differences(store, done.run_id)] == [ids[2]]


def test_a_preview_compares_with_reviewed_images_too(
    make_project: MakeProject, starter: Predictor
) -> None:
    store = make_project(1)
    (row,) = store.images()
    label = store.classes().labels[0].id
    other = structs.replace(shape(52, class_id=label), origin=Origin.EDITED)
    edit(store, row.id, edits.add(shape(0, class_id=label)))
    edit(store, row.id, edits.add(other))
    edit(store, row.id, edits.set_state(ImageState.REVIEWED))
    knowing(store, starter, {row.id: [candidate(0), candidate(48), candidate(200)]})
    told = previewed(store, starter)[row.id]
    assert told.settled
    assert told.run.is_empty
    people = told.people
    assert (people.same, len(people.added), people.removed) == (1, 1, ())
    assert [pair.before for pair in people.changed] == [other]


def test_a_preview_adds_no_class(make_project: MakeProject, starter: Predictor) -> None:
    store = make_project(2, classes=("nut", "bolt"))
    knowing(store, starter, {row.id: [candidate(0)] for row in store.images()})
    told = previewed(store, starter)
    assert store.classes().names == ["nut", "bolt"]
    for item in told.values():
        (new,) = item.run.added
        assert item.classes.by_id(new.class_id).name == starter.card.classes[0]
    prelabel_project(store, starter, settings=FAST)
    assert store.classes().names == ["nut", "bolt", starter.card.classes[0]]


def test_what_a_preview_found_is_not_looked_for_again(
    make_project: MakeProject, starter: Predictor
) -> None:
    store = make_project(2)
    assert len(previewed(store, starter)) == 2
    assert prelabel_project(store, starter, settings=FAST).cached == 2


def test_a_resumed_run_counts_once(make_project: MakeProject, starter: Predictor) -> None:
    """Two steps of one run on one image, and a person's in between."""
    store = make_project(1)
    (row,) = store.images()
    knowing(store, starter, {row.id: [candidate(0), candidate(50)]})
    run_id = prelabel_project(store, starter, settings=FAST).run_id
    edit(store, row.id, edits.add(shape(150, class_id=store.classes().labels[0].id)))
    knowing(store, starter, {row.id: [candidate(50), candidate(100)]})
    prelabel_project(store, starter, settings=FAST, scope="all", run_id=run_id)
    assert run_id is not None
    ((_, found),) = run_differences(store, run_id)
    assert sorted(i.parts[0].outer[0, 0] for i in found.added) == [50, 100]
    assert found.removed == ()
