"""Any edits, undo, redo, other images, saving and reopening, in any order: nothing is lost.

`DYNSEG_SEQUENCES=2000 pytest -m slow tests/gui/shell/test_document_machine.py` runs many.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import hypothesis.strategies as st
import numpy as np
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test
from PIL import Image
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from dynseg.annotation import edits
from dynseg.annotation.document import Annotation, ImageState, Instance, Origin
from dynseg.errors import DynsegError
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import problem
from dynseg.geometry.stroke import Stroke
from dynseg.project.store import Store
from dynseg.project.writer import Writer
from dynseg_annotator.session.document import DocumentSession

IMAGES, WIDTH, HEIGHT = 2, 80, 60
SEQUENCES = int(os.environ.get("DYNSEG_SEQUENCES", "2000"))
which = st.integers(0, 20)
across, down = st.floats(0, WIDTH), st.floats(0, HEIGHT)
CHANGES = ("remove", "accept", "fill_holes", "separate", "raise", "lower", "class", "fit")
gestures = st.sampled_from(["", "", "drag"])


@dataclass
class Expected:
    """One image as it should be."""

    document: Annotation
    past: list[Annotation] = field(default_factory=list)
    future: list[Annotation] = field(default_factory=list)
    steps: list[str] = field(default_factory=list)
    """Gesture of every step in `past`."""
    undone: list[str] = field(default_factory=list)


class DocumentMachine(RuleBasedStateMachine):
    """A real store, its writer's thread and a document session beside a plain model of them."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="dynseg-test-"))
        photos = self.folder / "photos"
        photos.mkdir()
        for number in range(IMAGES):
            Image.new("RGB", (WIDTH, HEIGHT)).save(photos / f"{number}.png")
        self.store = Store.create(self.folder, images=photos, classes=["a", "b"])
        self.ids = [row.id for row in self.store.images()]
        self.expected = {i: Expected(self.store.annotation(i)) for i in self.ids}
        self.image = self.ids[0]
        self.count = 0
        self.begin()

    def begin(self) -> None:
        self.writer = Writer(self.store)
        self.session = DocumentSession()
        self.session.attach(self.store, self.writer)
        self.session.open(self.image)

    def end(self) -> None:
        assert self.session.flush() == 0
        self.session.detach()
        self.writer.close(wait=True)
        QCoreApplication.processEvents()

    def teardown(self) -> None:
        self.agree()
        self.end()
        assert self.store.check() == []
        self.store.close()
        shutil.rmtree(self.folder)

    # -- what is compared

    @property
    def here(self) -> Expected:
        return self.expected[self.image]

    def item(self, number: int) -> Instance | None:
        instances = self.here.document.instances
        return instances[number % len(instances)] if instances else None

    def apply(self, edit: edits.Edit, gesture: str = "") -> None:
        """Make an edit in both; what one refuses, the other has to refuse."""
        here, before = self.here, self.here.document
        try:
            after = edit(before)
        except (DynsegError, KeyError):
            after = before
        self.session.apply("Edit", edit, gesture)
        if after is before or after == before:
            return
        for item in after.instances:
            assert item.parts, "nothing is kept without a part"
            box = item.bounds
            assert min(box) >= 0
            assert box[2] <= WIDTH
            assert box[3] <= HEIGHT
        if not gesture or gesture not in here.steps[-1:]:
            here.past.append(before)
            here.steps.append(gesture)
        here.future.clear()
        here.undone.clear()
        here.document = after

    def agree(self) -> None:
        """The window, the database and the model say the same."""
        assert self.session.flush() == 0
        for _ in range(3):
            QCoreApplication.processEvents()
        shown = self.session.annotation
        assert shown is not None
        assert (shown.instances, shown.state) == _seen(self.here.document)
        for image_id, expected in self.expected.items():
            stored = self.store.annotation(image_id)
            assert (stored.instances, stored.state) == _seen(expected.document)
        assert self.session.can_undo == bool(self.here.past)
        assert self.session.can_redo == bool(self.here.future)

    # -- what people do

    @rule(x=across, y=down, side=st.floats(2, 30), class_id=st.integers(0, 1), model=st.booleans())
    def draw(self, x: float, y: float, side: float, class_id: int, model: bool) -> None:
        self.count += 1
        corners = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
        parts = (Part(ring(np.clip(corners, 0, (WIDTH, HEIGHT)))),)
        if problem(parts[0]) is not None:
            return
        item = Instance(class_id, parts, id=f"s{self.count}")
        if model:
            item = Instance(class_id, parts, Origin.MODEL, score=0.5, model_id="m", id=item.id)
        self.apply(edits.add(item))

    @rule(number=which, dx=st.floats(-40, 40), dy=st.floats(-40, 40), gesture=gestures)
    def move(self, number: int, dx: float, dy: float, gesture: str) -> None:
        if item := self.item(number):
            self.apply(edits.translate([item.id], dx, dy), gesture)

    @rule(number=which, vertex=which, x=across, y=down, gesture=gestures)
    def move_vertex(self, number: int, vertex: int, x: float, y: float, gesture: str) -> None:
        if item := self.item(number):
            self.apply(edits.move_vertex(item.id, 0, 0, vertex, x, y), gesture)

    @rule(number=which, vertex=which, x=across, y=down)
    def insert_vertex(self, number: int, vertex: int, x: float, y: float) -> None:
        if item := self.item(number):
            self.apply(edits.insert_vertex(item.id, 0, 0, vertex, x, y))

    @rule(number=which, vertex=which)
    def delete_vertex(self, number: int, vertex: int) -> None:
        if item := self.item(number):
            self.apply(edits.delete_vertex(item.id, 0, 0, vertex))

    @rule(number=which, way=st.lists(st.tuples(across, down), min_size=1, max_size=3),
          radius=st.floats(1, 12), erases=st.booleans())  # fmt: skip
    def brush(
        self, number: int, way: list[tuple[float, float]], radius: float, erases: bool
    ) -> None:
        if item := self.item(number):
            stroke = Stroke(np.array(way), radius)
            self.apply(edits.erase([item.id], stroke) if erases else edits.paint(item.id, stroke))

    @rule(number=which, vertex=which, way=st.lists(st.tuples(across, down), min_size=1, max_size=3))
    def redraw(self, number: int, vertex: int, way: list[tuple[float, float]]) -> None:
        if item := self.item(number):
            self.apply(edits.redraw(item.id, 0, 0, vertex, np.array(way), snap_px=2.0))

    @rule(number=which, way=st.lists(st.tuples(across, down), min_size=2, max_size=3))
    def split(self, number: int, way: list[tuple[float, float]]) -> None:
        if item := self.item(number):
            self.apply(edits.split([item.id], np.array(way)))

    @rule(number=which, x=across, y=down)
    def sweep(self, number: int, x: float, y: float) -> None:
        if item := self.item(number):
            self.apply(edits.sweep([item.id], np.array([(x, y)]), 8.0))

    @rule(one=which, other=which, how=st.sampled_from(["union", "subtract", "intersect"]))
    def combine(self, one: int, other: int, how: str) -> None:
        first, second = self.item(one), self.item(other)
        if first and second:
            self.apply(getattr(edits, how)([first.id, second.id]))

    @rule(number=which, what=st.sampled_from(list(edits.Outlining)), amount=st.floats(0.5, 10))
    def outline(self, number: int, what: edits.Outlining, amount: float) -> None:
        if item := self.item(number):
            self.apply(edits.outline([item.id], what, amount))

    @rule(number=which, how=st.sampled_from(CHANGES))
    def change(self, number: int, how: str) -> None:
        item = self.item(number)
        if item is None:
            return
        made = {
            "remove": lambda: edits.remove([item.id]),
            "accept": lambda: edits.accept([item.id]),
            "fill_holes": lambda: edits.fill_holes([item.id]),
            "separate": lambda: edits.separate([item.id]),
            "raise": lambda: edits.restack([item.id], 1),
            "lower": lambda: edits.restack([item.id], -1),
            "class": lambda: edits.relabel([item.id], 1 - item.class_id),
            "fit": lambda: edits.fit_borders([item.id], 3.0),
        }
        self.apply(made[how]())

    @rule(state=st.sampled_from(list(ImageState)))
    def judge(self, state: ImageState) -> None:
        accepts = state is ImageState.REVIEWED
        self.apply(edits.accept_all() if accepts else edits.set_state(state))

    @rule()
    def undo(self) -> None:
        here = self.here
        self.session.undo()
        if here.past:
            here.future.append(here.document)
            here.undone.append(here.steps.pop())
            here.document = here.past.pop()

    @rule()
    def redo(self) -> None:
        here = self.here
        self.session.redo()
        if here.future:
            here.past.append(here.document)
            here.steps.append(here.undone.pop())
            here.document = here.future.pop()

    @rule(number=st.integers(0, IMAGES - 1))
    def switch(self, number: int) -> None:
        self.image = self.ids[number]
        self.session.open(self.image)

    @rule()
    def wait(self) -> None:
        QCoreApplication.processEvents()

    @rule()
    def save(self) -> None:
        self.agree()

    @rule()
    def reopen(self) -> None:
        self.end()
        self.store.close()
        self.store = Store.open(self.folder)
        self.begin()
        self.agree()


def _seen(annotation: Annotation) -> tuple[tuple[Instance, ...], ImageState]:
    return annotation.instances, annotation.state


def _run(sequences: int, steps: int) -> None:
    run_state_machine_as_test(
        DocumentMachine,
        settings=settings(
            max_examples=sequences,
            stateful_step_count=steps,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_c10_c14_nothing_is_lost_in_a_few_sequences(qapp: QApplication) -> None:
    _run(12, 30)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_c10_c14_nothing_is_lost_in_many_sequences(qapp: QApplication) -> None:
    _run(SEQUENCES, 40)
