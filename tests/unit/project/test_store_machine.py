"""The store against a plain model of it: edits, runs, undo, reopening, in any order."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from PIL import Image

from dynseg.annotation import edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.errors import StaleRevisionError
from dynseg.geometry.part import Part, ring
from dynseg.project import sheets
from dynseg.project.store import Store

IMAGES = 2
images = st.integers(1, IMAGES)
shapes = st.integers(0, 30)


def square(x: float) -> Part:
    return Part(ring([(x, 1), (x + 5, 1), (x + 5, 6)]))


@dataclass
class Expected:
    """One image of the plain model."""

    document: Annotation
    past: list[Annotation] = field(default_factory=list)
    future: list[Annotation] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    """Gesture or run of every step in `past`."""
    undone_steps: list[str] = field(default_factory=list)
    """The same for `future`."""


class StoreMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="dynseg-test-"))
        photos = self.folder / "photos"
        photos.mkdir()
        for number in range(IMAGES):
            Image.new("RGB", (60, 40)).save(photos / f"{number}.png")
        self.store = Store.create(self.folder, images=photos, classes=["a", "b"])
        self.expected = {
            row.id: Expected(self.store.annotation(row.id)) for row in self.store.images()
        }
        self.count = 0
        self.last_run = ""

    def teardown(self) -> None:
        assert self.store.check() == []
        self.store.close()
        shutil.rmtree(self.folder)

    def name(self) -> str:
        self.count += 1
        return f"s{self.count}"

    def edit(self, image_id: int, edit: edits.Edit, gesture: str = "") -> None:
        """Commit an edit to the store and to the model."""
        expected = self.expected[image_id]
        before = expected.document
        after = edit(before)
        delta = diff(before, after)
        revision = self.store.commit(
            image_id, delta, expected_revision=before.revision, text="Edit", gesture=gesture
        )
        self.step(expected, replace(after, revision=revision), gesture)

    def step(self, expected: Expected, after: Annotation, name: str) -> None:
        if not name or name not in expected.steps[-1:]:
            expected.past.append(expected.document)
            expected.steps.append(name)
        expected.future.clear()
        expected.undone_steps.clear()
        expected.document = after

    @rule(image_id=images, x=st.floats(0, 50), class_id=st.integers(0, 1))
    def draw(self, image_id: int, x: float, class_id: int) -> None:
        self.edit(image_id, edits.add(Instance(class_id, (square(x),), id=self.name())))

    @rule(image_id=images, which=shapes, to=shapes)
    def reorder(self, image_id: int, which: int, to: int) -> None:
        instances = self.expected[image_id].document.instances
        if instances:
            self.edit(image_id, edits.reorder(instances[which % len(instances)].id, to))

    @rule(image_id=images, which=shapes, dx=st.floats(-9, 9), gesture=st.sampled_from(["", "g"]))
    def move(self, image_id: int, which: int, dx: float, gesture: str) -> None:
        instances = self.expected[image_id].document.instances
        if instances:
            shape = instances[which % len(instances)].id
            self.edit(image_id, edits.translate([shape], dx, 0), gesture)

    @rule(image_id=images, which=shapes, remove=st.booleans())
    def accept_or_remove(self, image_id: int, which: int, remove: bool) -> None:
        instances = self.expected[image_id].document.instances
        if instances:
            shape = [instances[which % len(instances)].id]
            self.edit(image_id, edits.remove(shape) if remove else edits.accept(shape))

    @rule(image_id=images, state=st.sampled_from(ImageState))
    def set_state(self, image_id: int, state: ImageState) -> None:
        self.edit(image_id, edits.set_state(state))

    @rule(count=st.integers(0, 3), rude=st.booleans(), late=st.booleans())
    def prelabel(self, count: int, rude: bool, late: bool) -> None:
        """A run; a rude one asks for the removal of everything, a late one has old revisions."""
        run_id = self.store.begin_run("prelabel", "net", {})
        items, wishes = [], {}
        for image_id, expected in self.expected.items():
            before = expected.document
            human = [i for i in before.instances if i.is_human_work]
            new = [
                Instance(0, (square(i),), Origin.MODEL, score=0.5, run_id=run_id, id=self.name())
                for i in range(count)
            ]
            kept = [] if rude else human
            state = ImageState.IN_WORK if human else ImageState.PRELABELLED
            after = replace(before, instances=(*kept, *new), state=state)
            allowed = before.state not in (ImageState.REVIEWED, ImageState.SKIPPED)
            if allowed and not late and not (rude and human):
                wishes[image_id] = replace(after, revision=before.revision + 1)
            items.append((image_id, before.revision - int(late), diff(before, after)))
        refused = self.store.commit_run(run_id, items)
        assert set(refused) == set(self.expected) - set(wishes)
        for image_id, after in wishes.items():
            self.step(self.expected[image_id], after, run_id)
        self.last_run = run_id

    @rule()
    def undo_run(self) -> None:
        if not self.last_run:
            return
        summary = self.store.undo_run(self.last_run)
        for image_id, expected in self.expected.items():
            if self.last_run in expected.steps[-1:]:
                assert image_id in summary.restored
                self.back(expected)
            elif self.last_run in expected.steps:
                assert image_id in summary.kept

    def back(self, expected: Expected) -> None:
        expected.future.append(expected.document)
        expected.undone_steps.append(expected.steps.pop())
        revision = expected.document.revision + 1
        expected.document = replace(expected.past.pop(), revision=revision)

    @rule(image_id=images)
    def undo(self, image_id: int) -> None:
        expected = self.expected[image_id]
        result = self.store.undo(image_id)
        if not expected.past:
            assert result is None
            return
        self.back(expected)
        assert result == expected.document

    @rule(image_id=images)
    def redo(self, image_id: int) -> None:
        expected = self.expected[image_id]
        result = self.store.redo(image_id)
        if not expected.future:
            assert result is None
            return
        expected.past.append(expected.document)
        expected.steps.append(expected.undone_steps.pop())
        revision = expected.document.revision + 1
        expected.document = replace(expected.future.pop(), revision=revision)
        assert result == expected.document

    @rule(image_id=images)
    def late_edit(self, image_id: int) -> None:
        document = self.expected[image_id].document
        delta = diff(document, edits.set_state(ImageState.SKIPPED)(document))
        with pytest.raises(StaleRevisionError):
            self.store.commit(image_id, delta, expected_revision=document.revision - 1, text="Late")

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = Store.open(self.folder)

    @invariant()
    def everything_is_as_expected(self) -> None:
        for image_id, expected in self.expected.items():
            assert self.store.annotation(image_id) == expected.document
            row = self.store.image(image_id)
            assert row.instance_count == len(expected.document.instances)
            assert row.revision == expected.document.revision


class FullSheetsMachine(StoreMachine):
    """The same with two shapes a sheet and hardly any room between sheets."""

    def __init__(self) -> None:
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(sheets, "SHEET_BYTES", 2 * square(0).outer.nbytes)
        self.patch.setattr(sheets, "SPACING", 2)
        super().__init__()

    def teardown(self) -> None:
        super().teardown()
        self.patch.undo()


patient = settings(
    max_examples=15,
    stateful_step_count=30,
)
TestStoreMachine = StoreMachine.TestCase
TestStoreMachine.settings = patient
TestFullSheetsMachine = FullSheetsMachine.TestCase
TestFullSheetsMachine.settings = patient
