"""Human work is never changed, removed or doubled, whatever the order of runs and edits."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from dynseg.annotation.classes import ClassLabel, ClassTable
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.annotation.rejections import Rejection
from dynseg.errors import InputError
from dynseg.geometry.part import Part, ring
from dynseg.inference.detections import Detection, decode, encode
from dynseg.inference.matching import class_mapping, filtered, missing_classes
from dynseg.inference.merge import propose

WIDTH, HEIGHT = 400, 300
MAPPING = {0: 11, 1: 12, 2: None}


def square(x: float, y: float, size: float = 20.0, height: float | None = None) -> Part:
    y1 = y + (size if height is None else height)
    return Part(ring([(x, y), (x + size, y), (x + size, y1), (x, y1)]))


def found(
    x: float, y: float, *, score: float = 0.9, class_index: int = 0, size: float = 20.0
) -> Detection:
    return Detection(class_index, score, (square(x, y, size),), (x, y, x + size, y + size))


def human(x: float, y: float, *, size: float = 20.0, class_id: int = 11) -> Instance:
    return Instance(class_id=class_id, parts=(square(x, y, size),))


def image(*instances: Instance, state: ImageState = ImageState.UNLABELLED) -> Annotation:
    return Annotation(7, WIDTH, HEIGHT, instances, state)


def run(annotation: Annotation, *detections: Detection, confidence: float = 0.25) -> Annotation:
    return propose(
        annotation,
        detections,
        model_id="m1",
        run_id="r1",
        confidence=confidence,
        mapping=MAPPING,
    )


def test_candidates_become_shapes_of_the_model() -> None:
    after = run(image(), found(10, 10, score=0.7), found(100, 100, score=0.9, class_index=1))
    assert after.state is ImageState.PRELABELLED
    assert [(i.class_id, i.score, i.origin, i.model_id, i.run_id) for i in after.instances] == [
        (12, 0.9, Origin.MODEL, "m1", "r1"),
        (11, 0.7, Origin.MODEL, "m1", "r1"),
    ]


def test_a_proposal_that_a_person_copied_stays_until_somebody_looks() -> None:
    copied = Instance(11, (square(10, 10),), Origin.MODEL)
    imported = Instance(11, (square(200, 10),), Origin.MODEL, run_id="import")
    after = run(image(copied, imported, state=ImageState.IN_WORK), found(11, 11), found(100, 100))
    assert copied in after.instances
    assert imported not in after.instances
    assert len(after.instances) == 2, "what overlaps the copy is that object"
    assert run(after, found(11, 11), found(100, 100)) is after
    assert run(after, confidence=0.99).instances == (copied,), "the slider takes the other one"


def test_a_look_at_a_region_leaves_what_lies_beside_it() -> None:
    before = run(image(), found(10, 10), found(100, 100), found(200, 200))
    region = (90.0, 90.0, 160.0, 160.0)
    detections = [found(130, 130, score=0.8), found(202, 201, score=0.95)]
    after = propose(
        before, detections, model_id="m2", run_id="r2", confidence=0.25, mapping=MAPPING,
        region=region,
    )  # fmt: skip
    corners = sorted(item.bounds[:2] for item in after.instances)
    # The old one inside went, the new one came; what reaches out is the proposal that is there.
    assert corners == [(10, 10), (130, 130), (200, 200)]
    assert after.instances[:2] == (before.instances[0], before.instances[2])
    again = propose(
        after, detections, model_id="m2", run_id="r3", confidence=0.25, mapping=MAPPING,
        region=region,
    )  # fmt: skip
    assert again is after


def test_chosen_classes_drop_the_others() -> None:
    @dataclass
    class Card:
        classes: list[str]
        class_agnostic: bool = False

    card = Card(["Nut", "bolt", "gear"])
    table = ClassTable((ClassLabel(1, "nut", "#000000"), ClassLabel(2, "bolt", "#000000")))
    chosen = filtered(card, {"bolt": 1}, ("nut", "GEAR"))
    assert class_mapping(card, table, chosen=chosen) == {0: 1, 1: None, 2: None}
    assert missing_classes(card, table, chosen=chosen) == {2: "gear"}
    assert filtered(card, {"bolt": 1}, ()) == {"bolt": 1}
    with pytest.raises(InputError, match="no class 'screw'"):
        filtered(card, None, ("screw",))


def by_id(annotation: Annotation) -> dict[str, Instance]:
    return {item.id: item for item in annotation.instances}


def test_a_persons_shape_keeps_its_place() -> None:
    detections = [found(10, 10), found(100, 100, score=0.8)]
    first, second = run(image(), *detections).instances
    accepted = structs.replace(second, accepted=True)
    before = image(first, accepted, state=ImageState.IN_WORK)
    after = run(before, *detections, found(200, 200))
    assert after.instances[:2] == (first, accepted)
    moved = {item.id for _, item in (*diff(before, after).removed, *diff(before, after).added)}
    assert accepted.id not in moved


def test_nothing_found_still_counts_as_prelabelled() -> None:
    assert run(image()).state is ImageState.PRELABELLED


def test_second_run_returns_the_same_object_whatever_the_run_id() -> None:
    detections = [found(10, 10), found(100, 100)]
    after = run(image(), *detections)
    again = propose(
        after, detections, model_id="m1", run_id="other", confidence=0.25, mapping=MAPPING
    )
    assert again is after


def test_candidates_that_went_through_bytes_are_the_same_proposals() -> None:
    detections = [found(10.5, 10.25, score=0.123456789), found(100, 1 / 3)]
    after = run(image(), *detections, confidence=0.0)
    assert run(after, *decode(encode(detections)), confidence=0.0) is after


def test_slider_there_and_back_gives_the_same_document() -> None:
    detections = [found(30 * i, 10, score=i / 10) for i in range(1, 10)]
    start = run(image(), *detections, confidence=0.25)
    there = run(start, *detections, confidence=0.75)
    assert len(there.instances) == 2
    back = run(there, *detections, confidence=0.25)
    assert by_id(back) == by_id(start)


def test_newer_model_replaces_untouched_shapes_only() -> None:
    before = run(image(), found(10, 10), found(100, 100))
    accepted = structs.replace(before.instances[0], accepted=True)
    mixed = before.with_instances([accepted, before.instances[1]])
    after = propose(
        mixed, [found(200, 200)], model_id="m2", run_id="r2", confidence=0.25, mapping=MAPPING
    )
    assert after.instances[0] is accepted
    assert [i.model_id for i in after.instances[1:]] == ["m2"]


@pytest.mark.parametrize("class_index", [0, 1])
def test_candidate_on_a_persons_shape_is_dropped_whatever_its_class(class_index: int) -> None:
    drawn = human(10, 10)
    after = run(image(drawn), found(12, 12, class_index=class_index), found(100, 100))
    assert after.instances[0] is drawn
    assert len(after.instances) == 2


def test_candidate_beside_a_persons_shape_stays() -> None:
    assert len(run(image(human(10, 10)), found(22, 10)).instances) == 2


def test_shape_that_was_dragged_away_is_not_proposed_again() -> None:
    before = run(image(), found(10, 10))
    moved = structs.replace(before.instances[0], origin=Origin.EDITED, parts=(square(300, 200),))
    after = run(before.with_instances([moved]), found(10, 10))
    assert after.instances == (moved,)


@pytest.mark.parametrize("state", [ImageState.REVIEWED, ImageState.SKIPPED])
def test_settled_images_are_returned_as_they_are(state: ImageState) -> None:
    settled = image(state=state)
    assert run(settled, found(10, 10)) is settled


def test_in_work_stays_in_work() -> None:
    after = run(image(human(10, 10), state=ImageState.IN_WORK), found(100, 100))
    assert after.state is ImageState.IN_WORK


def test_one_object_seen_as_two_classes_is_proposed_once() -> None:
    after = run(image(), found(10, 10, score=0.6), found(10, 11, score=0.8, class_index=1))
    assert [i.class_id for i in after.instances] == [12]


def test_object_inside_another_stays() -> None:
    assert len(run(image(), found(10, 10, size=100), found(30, 30, size=20)).instances) == 2


def test_dropped_classes_hide_nothing() -> None:
    after = run(image(), found(10, 10, score=0.9, class_index=2), found(10, 10, score=0.5))
    assert [i.class_id for i in after.instances] == [11]


def test_crossing_outline_is_compared_without_error() -> None:
    bow = Part(ring([(0, 0), (40, 40), (40, 0), (0, 40)]))
    after = run(image(Instance(class_id=11, parts=(bow,))), found(0, 0, size=40))
    assert len(after.instances) == 2


def test_parts_and_holes_count() -> None:
    frame = Part(square(0, 0, 100).outer, (square(5, 5, 90).outer,))
    drawn = Instance(class_id=11, parts=(frame, square(200, 200)))
    assert len(run(image(drawn), found(0, 0, size=100)).instances) == 2
    same = Detection(0, 0.9, (frame, square(200, 200)), (0, 0, 220, 220))
    assert run(image(drawn), same).instances == (drawn,)


# ---- any sequence of proposals, thresholds and edits -----------------------------------------

coordinate = st.integers(0, 12).map(lambda v: v * 20.0)
detection = st.builds(
    lambda x, y, score, index, size: found(x, y, score=score, class_index=index, size=size),
    coordinate,
    coordinate,
    st.integers(1, 20).map(lambda v: v / 20),
    st.integers(0, 2),
    st.sampled_from([18.0, 20.0, 30.0]),
)
proposal = st.tuples(
    st.just("propose"),
    st.lists(detection, max_size=8),
    st.sampled_from(["m1", "m2"]),
    st.integers(0, 20).map(lambda v: v / 20),
)
edit = st.tuples(
    st.sampled_from(["draw", "accept", "move", "relabel", "delete"]),
    st.integers(0, 7),
    coordinate,
    coordinate,
)


@dataclass
class Person:
    """A document and the shapes that a person answers for."""

    annotation: Annotation = field(default_factory=image)

    def edit(self, kind: str, which: int, x: float, y: float) -> None:
        items = list(self.annotation.instances)
        if kind == "draw":
            items.append(human(x, y))
        elif items:
            index = which % len(items)
            item = items[index]
            if kind == "delete":
                del items[index]
            elif kind == "accept":
                items[index] = structs.replace(item, accepted=True)
            elif kind == "relabel":
                items[index] = structs.replace(item, class_id=99, origin=Origin.EDITED)
            else:
                items[index] = structs.replace(item, parts=(square(x, y),), origin=Origin.EDITED)
        self.annotation = replace(self.annotation, instances=tuple(items), state=ImageState.IN_WORK)


def work(annotation: Annotation) -> list[Instance]:
    return [item for item in annotation.instances if item.is_human_work]


@settings(max_examples=150)
@given(st.lists(st.one_of(proposal, edit), max_size=12))
def test_any_sequence_keeps_human_shapes_and_doubles_none(
    steps: list[tuple],  # type: ignore[type-arg]
) -> None:
    person = Person()
    for step in steps:
        if step[0] != "propose":
            person.edit(*step)
            continue
        _, _, model_id, confidence = step
        before = person.annotation

        def again(start: Annotation, run_id: str, step: tuple = step) -> Annotation:  # type: ignore[type-arg]
            return propose(
                start,
                step[1],
                model_id=step[2],
                run_id=run_id,
                confidence=step[3],
                mapping=MAPPING,
            )

        after = again(before, "r1")
        assert [id(item) for item in work(after)] == [id(item) for item in work(before)]
        ids = [item.id for item in after.instances]
        assert len(set(ids)) == len(ids)
        untouched = [item for item in after.instances if not item.is_human_work]
        assert all(item.score is not None and item.score >= confidence for item in untouched)
        assert all(item.model_id == model_id for item in untouched)
        assert_no_double(after)
        assert again(after, "r2") is after
        bare = before.with_instances(work(before))
        fresh = again(bare, "r1").instances
        assert {i.id for i in fresh} == set(ids)
        change = diff(before, after)
        assert not [item for _, item in (*change.removed, *change.added) if item.is_human_work]
        person.annotation = after


def assert_no_double(annotation: Annotation) -> None:
    """Squares only, so that the overlap can be computed by hand."""
    proposals = [item for item in annotation.instances if not item.is_human_work]
    for item in proposals:
        for other in annotation.instances:
            if other is not item:
                limit = 0.5 if other.is_human_work else 0.8
                assert box_iou(item.bounds, other.bounds) < limit + 1e-9


def box_iou(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    area = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return shared / (area - shared)


# ---- classes ---------------------------------------------------------------------------------


@dataclass
class Card:
    classes: list[str]
    class_agnostic: bool = False


def table(*names: str) -> ClassTable:
    return ClassTable(tuple(ClassLabel(10 + i, n, "#000000") for i, n in enumerate(names)))


def test_names_meet_whatever_their_case() -> None:
    card = Card(["Cat", "dog", "bird"])
    assert class_mapping(card, table("dog", "cat")) == {0: 11, 1: 10, 2: None}
    assert missing_classes(card, table("dog", "cat")) == {2: "bird"}


def test_names_meet_that_a_person_would_call_the_same() -> None:
    """Of folders of a Mac come names with their accents apart, of other files wide gaps."""
    card = Card(["cafe\u0301", "traffic  light", "bird"])
    known = table("Café", "traffic light")
    assert class_mapping(card, known) == {0: 10, 1: 11, 2: None}
    assert missing_classes(card, known) == {2: "bird"}
    gone = replace(table("dog"), former={"caf\xe9": None, "traffic light": 10})
    assert class_mapping(card, gone) == {0: None, 1: 10, 2: None}
    assert missing_classes(card, gone) == {2: "bird"}
    assert filtered(card, None, ("CAFÉ",)) == {"traffic  light": None, "bird": None}


def test_a_name_that_is_there_as_it_is_goes_before_one_that_is_spelt_otherwise() -> None:
    """A project of before may have both, and a model that has learned there gives both."""
    assert class_mapping(Card(["Cat", "cat"]), table("Cat", "cat")) == {0: 10, 1: 11}


def test_f1_a_model_follows_what_became_of_a_class_until_another_has_the_name() -> None:
    card = Card(["Dog", "cat", "bird"])
    former = {"dog": 11, "bird": None}
    known = replace(table("animal", "beast"), former=former)
    assert class_mapping(card, known) == {0: 11, 1: None, 2: None}
    assert missing_classes(card, known) == {1: "cat"}
    again = replace(table("dog", "beast", "bird"), former=former)
    assert class_mapping(card, again) == {0: 10, 1: None, 2: 12}


def test_class_agnostic_model_takes_the_only_class() -> None:
    card = Card(["object"], class_agnostic=True)
    assert class_mapping(card, table("nut")) == {0: 10}
    assert missing_classes(card, table("nut")) == {}
    assert class_mapping(card, table("nut", "bolt")) == {0: None}
    assert missing_classes(card, table("nut", "bolt")) == {0: "object"}
    assert missing_classes(card, table()) == {0: "object"}
    assert class_mapping(card, table("nut", "bolt", "Object")) == {0: 12}


def test_a_model_of_one_named_class_does_not_take_another() -> None:
    assert class_mapping(Card(["cat"]), table("dog")) == {0: None}


def test_what_a_person_chose_comes_first() -> None:
    card = Card(["cat", "dog"])
    chosen = {"cat": 11, "dog": None}
    assert class_mapping(card, table("cat", "pet"), chosen=chosen) == {0: 11, 1: None}
    assert missing_classes(card, table("cat", "pet"), chosen=chosen) == {}


def test_a_chosen_class_that_is_gone_counts_as_not_chosen() -> None:
    assert class_mapping(Card(["cat"]), table("cat"), chosen={"cat": 77}) == {0: 10}


# ---- what the window needs -------------------------------------------------------------------


def test_loads_without_torch_cv2_or_qt() -> None:
    program = (
        "import sys\n"
        "import dynseg.inference.merge, dynseg.inference.detections, dynseg.inference.settings\n"
        "import dynseg.worker, dynseg.worker.protocol\n"
        "print([n for n in ('torch', 'cv2', 'PySide6', 'ultralytics') if n in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def without(*rejections: Rejection, detections: Sequence[Detection]) -> list[float]:
    """The corners of what is proposed."""
    after = propose(
        image(), detections, model_id="m2", run_id="r1", confidence=0.25, mapping=MAPPING,
        rejected={item.shape.id: item for item in rejections},
    )  # fmt: skip
    return sorted(item.bounds[0] for item in after.instances)


def test_what_a_person_rejected_is_not_proposed_by_another_model() -> None:
    looks = [found(12, 10), found(30, 10), found(100, 100), found(16, 10, class_index=1, score=0.3)]
    gone = human(10, 10)
    assert without(detections=looks) == [12, 16, 30, 100]
    assert without(Rejection(gone, for_good=True), detections=looks) == [16, 30, 100]
    assert without(Rejection(gone, for_good=False), detections=looks) == [12, 16, 30, 100]


def test_the_very_candidate_of_a_rejected_double_stays_away() -> None:
    looks = [found(10, 10), found(14, 10, score=0.8)]
    _, double = run(image(), *looks).instances
    after = propose(
        image(), looks, model_id="m1", run_id="r1", confidence=0.25, mapping=MAPPING,
        rejected={double.id: Rejection(double, for_good=False)},
    )  # fmt: skip
    assert [item.bounds[0] for item in after.instances] == [10]
