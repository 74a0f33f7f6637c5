"""A project under any sequence of runs, models, thresholds, human edits and restarts."""

from __future__ import annotations

import copy
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import hypothesis.strategies as st
import msgspec
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from PIL import Image

from dynseg.annotation import edits
from dynseg.annotation.codec import encode_parts
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, ImageState, Instance
from dynseg.annotation.rejections import PROPOSING
from dynseg.geometry.part import Part, ring
from dynseg.inference.detections import Detection, decode, encode
from dynseg.inference.matching import chosen_classes, class_mapping, mapping_key
from dynseg.inference.merge import propose
from dynseg.inference.predictor import Predictor
from dynseg.inference.runs.pipeline import prelabel_project
from dynseg.inference.settings import PredictSettings
from dynseg.project.store import Store
from dynseg_resources import starter_model

IMAGES = 2
WIDTH, HEIGHT = 300, 200
MODELS = ("first", "second")
CLASSES = ["part", "bolt", "screw"]
SETTLED = (ImageState.REVIEWED, ImageState.SKIPPED)

images = st.integers(1, IMAGES)
models = st.sampled_from(MODELS)
which = st.integers(0, 30)
places = st.integers(0, 3).map(lambda v: v * 20.0)
"""Few, so that shapes meet."""
thresholds = st.sampled_from([0.0, 0.05, 0.3, 0.6])


def square(x: float, y: float, size: float) -> Part:
    return Part(ring([(x, y), (x + size, y), (x + size, y + size), (x, y + size)]))


def candidate(x: float, y: float, size: float, score: float, class_index: int) -> Detection:
    return Detection(class_index, score, (square(x, y, size),), (x, y, x + size, y + size))


candidates = st.lists(
    st.builds(
        candidate,
        places,
        places,
        st.sampled_from([18.0, 20.0, 24.0, 30.0]),
        st.integers(1, 20).map(lambda v: v / 20),
        st.integers(0, len(CLASSES) - 1),
    ),
    min_size=2,
    max_size=8,
)


Gone = tuple[Instance, bool]
"""A model's shape that a person deleted, and whether no other outline of it was left."""


@dataclass
class Expected:
    """What an image is, and the way it came there."""

    document: Annotation
    past: list[tuple[str, Annotation]] = field(default_factory=list)
    """Run of each step, empty for a person's, and the document before it."""
    future: list[tuple[str, Annotation]] = field(default_factory=list)
    """Run of each undone step, and the document after it."""
    gone: list[Gone | None] = field(default_factory=list)
    """The model's shape that each step of `past` deletes, None for other steps."""
    gone_ahead: list[Gone | None] = field(default_factory=list)
    """The same for `future`."""


_network: list[Predictor] = []


def model(name: str) -> Predictor:
    """A model of another name; what it finds is in the cache, so it never runs."""
    if not _network:
        _network.append(Predictor.load(starter_model(), device="cpu", backend="torch"))
    made = copy.copy(_network[0])
    made.card = msgspec.structs.replace(
        made.card, model_id=name, name=name, classes=CLASSES, class_agnostic=False
    )
    return made


def key_of(name: str) -> str:
    return PredictSettings().key(model(name).card)


def human(annotation: Annotation) -> list[tuple[str, int, str, bool, bytes]]:
    """Everything about a person's shapes, coordinates bit for bit, in their order."""
    return [
        (item.id, item.class_id, item.origin, item.accepted, encode_parts(item.parts))
        for item in annotation.instances
        if item.is_human_work
    ]


class MergeMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="dynseg-test-"))
        photos = self.folder / "photos"
        photos.mkdir()
        for number in range(IMAGES):
            Image.new("RGB", (WIDTH, HEIGHT)).save(photos / f"{number}.png")
        self.store = Store.create(self.folder, images=photos, classes=["part"])
        self.expected = {
            row.id: Expected(self.store.annotation(row.id)) for row in self.store.images()
        }
        self.runs: list[str] = []
        self.slides = 0

    def teardown(self) -> None:
        assert self.store.check() == []
        self.store.close()
        shutil.rmtree(self.folder)

    @initialize(found=st.lists(candidates, min_size=4, max_size=4))
    def look(self, found: list[list[Detection]]) -> None:
        pairs = [(image_id, name) for image_id in self.expected for name in MODELS]
        self.store.save_predictions(
            [
                (i, name, key_of(name), encode(items))
                for (i, name), items in zip(pairs, found, strict=True)
            ]
        )

    # ---- what a model does -------------------------------------------------------------------

    @rule(
        name=models,
        confidence=thresholds,
        scope=st.sampled_from(["unlabelled", "unreviewed", "all"]),
    )
    def run(self, name: str, confidence: float, scope: str) -> None:
        before = {i: expected.document for i, expected in self.expected.items()}
        wanted = PredictSettings(confidence=confidence, device="cpu")
        done = prelabel_project(self.store, model(name), settings=wanted, scope=scope)
        assert done.failed == []
        assert done.cached == done.images, "the model was run although its answer is known"
        after = {i: self.store.annotation(i) for i in self.expected}
        for image_id, document in after.items():
            self.check_run(before[image_id], document, name, confidence, scope)
        changed = [i for i in after if after[i] != before[i]]
        assert bool(changed) == (done.run_id is not None)
        if done.run_id is not None:
            self.runs.append(done.run_id)
        for image_id in changed:
            self.advance(image_id, after[image_id], done.run_id or "")
        again = prelabel_project(self.store, model(name), settings=wanted, scope=scope)
        assert again.run_id is None
        assert {i: self.store.annotation(i) for i in self.expected} == after

    def check_run(
        self, before: Annotation, after: Annotation, name: str, confidence: float, scope: str
    ) -> None:
        assert human(after) == human(before)
        outside = scope == "unlabelled" and before.state is not ImageState.UNLABELLED
        if before.state in SETTLED or outside:
            assert after == before
            return
        proposals = [item for item in after.instances if not item.is_human_work]
        assert all(item.model_id == name for item in proposals)
        assert all(item.score is not None and item.score >= confidence for item in proposals)
        allowed = class_mapping(
            model(name).card, self.store.classes(), chosen=chosen_classes(self.store, name)
        )
        assert {item.class_id for item in proposals} <= set(allowed.values())
        assert_no_double(after)

    @rule(image_id=images, name=models, confidence=thresholds)
    def slide(self, image_id: int, name: str, confidence: float) -> None:
        """The slider of the window: the same merge, as an edit of a person."""
        before = self.expected[image_id].document
        data = self.store.predictions(image_id, name, key_of(name))
        assert data is not None
        mapping = class_mapping(
            model(name).card, self.store.classes(), chosen=chosen_classes(self.store, name)
        )
        after = propose(
            before,
            decode(data),
            model_id=name,
            run_id=None,
            confidence=confidence,
            mapping=mapping,
            rejected=self.store.rejections(image_id),
        )
        if after is not before:
            self.slides += 1  # each its own step: the plain model knows no joined ones
            self.edit(image_id, lambda _: after, gesture=f"{PROPOSING}{self.slides}")
            assert human(after) == human(before)
            assert_no_double(after)

    @rule(name=models, ignored=st.sets(st.sampled_from(CLASSES)), merged=st.booleans())
    def choose_classes(self, name: str, ignored: set[str], merged: bool) -> None:
        chosen: dict[str, int | None] = dict.fromkeys(sorted(ignored))
        if merged and "screw" not in ignored:
            chosen["screw"] = self.store.classes().labels[0].id
        self.store.save_setting(mapping_key(name), msgspec.json.encode(chosen).decode())

    @rule(number=which)
    def undo_run(self, number: int) -> None:
        if not self.runs:
            return
        run_id = self.runs[number % len(self.runs)]
        summary = self.store.undo_run(run_id)
        restored, kept = [], []
        for image_id, expected in self.expected.items():
            steps = [step for step, _ in expected.past]
            if run_id in steps[-1:]:
                self.back(expected)
                restored.append(image_id)
            elif run_id in steps:
                kept.append(image_id)
        assert (summary.restored, summary.kept) == (restored, kept)

    # ---- what a person does ------------------------------------------------------------------

    @rule(image_id=images, x=places, y=places, size=st.sampled_from([18.0, 20.0, 30.0]))
    def draw(self, image_id: int, x: float, y: float, size: float) -> None:
        label = self.store.classes().labels[0].id
        self.edit(image_id, edits.add(Instance(label, (square(x, y, size),))))

    @rule(
        image_id=images,
        number=which,
        kind=st.sampled_from(["accept", "move", "relabel", "delete"]),
        dx=st.sampled_from([-40.0, 3.0, 60.0]),
    )
    def touch(self, image_id: int, number: int, kind: str, dx: float) -> None:
        instances = self.expected[image_id].document.instances
        if not instances:
            return
        shape = [instances[number % len(instances)].id]
        other = self.store.classes().labels[-1].id
        chosen: dict[str, edits.Edit] = {
            "accept": edits.accept(shape),
            "move": edits.translate(shape, dx, 0),
            "relabel": edits.relabel(shape, other),
            "delete": edits.remove(shape),
        }
        before = self.expected[image_id].document.revision
        self.edit(image_id, chosen[kind])
        victim = instances[number % len(instances)]
        expected = self.expected[image_id]
        if kind == "delete" and victim.model_id and expected.document.revision != before:
            left = [
                item for item in expected.document.instances if item.class_id == victim.class_id
            ]
            double = any(box_iou(item.bounds, victim.bounds) >= 0.5 for item in left)
            expected.gone[-1] = (victim, not double)

    @rule(image_id=images, number=which)
    def reject(self, image_id: int, number: int) -> None:
        places = [
            place
            for place, item in enumerate(self.expected[image_id].document.instances)
            if not item.is_human_work
        ]
        if places:
            self.touch(image_id, places[number % len(places)], "delete", 0.0)

    @rule(
        image_id=images,
        state=st.sampled_from([ImageState.IN_WORK, *ImageState, ImageState.UNLABELLED]),
    )
    def set_state(self, image_id: int, state: ImageState) -> None:
        self.edit(image_id, edits.set_state(state))

    @rule(image_id=images)
    def undo(self, image_id: int) -> None:
        expected = self.expected[image_id]
        result = self.store.undo(image_id)
        if expected.past:
            self.back(expected)
            assert result == expected.document
        else:
            assert result is None

    @rule(image_id=images)
    def redo(self, image_id: int) -> None:
        expected = self.expected[image_id]
        result = self.store.redo(image_id)
        if not expected.future:
            assert result is None
            return
        step, after = expected.future.pop()
        expected.past.append((step, expected.document))
        expected.gone.append(expected.gone_ahead.pop())
        expected.document = replace(after, revision=expected.document.revision + 1)
        assert result == expected.document

    @rule()
    def restart(self) -> None:
        self.store.close()
        self.store = Store.open(self.folder)

    # ---- the plain model ---------------------------------------------------------------------

    def edit(
        self, image_id: int, change: Callable[[Annotation], Annotation], gesture: str = ""
    ) -> None:
        before = self.expected[image_id].document
        after = change(before)
        delta = diff(before, after)
        if delta.is_empty:
            return
        revision = self.store.commit(
            image_id, delta, expected_revision=before.revision, text="Edit", gesture=gesture
        )
        self.advance(image_id, replace(after, revision=revision), "")

    def advance(self, image_id: int, after: Annotation, step: str) -> None:
        expected = self.expected[image_id]
        expected.past.append((step, expected.document))
        expected.gone.append(None)
        expected.future.clear()
        expected.gone_ahead.clear()
        expected.document = after

    def back(self, expected: Expected) -> None:
        step, before = expected.past.pop()
        expected.future.append((step, expected.document))
        expected.gone_ahead.append(expected.gone.pop())
        expected.document = replace(before, revision=expected.document.revision + 1)

    @invariant()
    def every_document_is_as_expected(self) -> None:
        for image_id, expected in self.expected.items():
            found = self.store.annotation(image_id)
            assert found == expected.document
            assert human(found) == human(expected.document)
            ids = [item.id for item in found.instances]
            assert len(set(ids)) == len(ids)

    @invariant()
    def what_a_person_deleted_stays_away(self) -> None:
        for image_id, expected in self.expected.items():
            gone = [item for item in expected.gone if item is not None]
            known = self.store.rejections(image_id)
            found = {(item.shape.id, item.for_good) for item in known.values()}
            assert found == {(shape.id, for_good) for shape, for_good in gone}
            assert_away(expected.document, gone)


def assert_no_double(annotation: Annotation) -> None:
    """Proposals are squares, so that the overlap can be computed by hand."""
    proposals = [item for item in annotation.instances if not item.is_human_work]
    for item in proposals:
        for other in annotation.instances:
            if other is not item:
                limit = 0.5 if other.is_human_work else 0.8
                assert box_iou(item.bounds, other.bounds) < limit + 1e-9


def assert_away(annotation: Annotation, gone: list[Gone]) -> None:
    """No proposal is what a person deleted, whichever model makes it."""
    for item in annotation.instances:
        for shape, for_good in gone if not item.is_human_work else []:
            assert item.id != shape.id
            if for_good and item.class_id == shape.class_id:
                assert box_iou(item.bounds, shape.bounds) < 0.5


def box_iou(a: tuple[float, ...], b: tuple[float, ...]) -> float:
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    shared = width * height
    area = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1])
    return shared / (area - shared)


TestMergeMachine = MergeMachine.TestCase
TestMergeMachine.settings = settings(
    max_examples=14,
    stateful_step_count=40,
)
