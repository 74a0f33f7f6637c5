"""F1, C10: whatever is changed in which order, no shape is without a class and undo leads back."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from dynseg.annotation import class_edits, edits
from dynseg.annotation.delta import diff
from dynseg.annotation.document import Annotation, Instance, Origin
from dynseg.annotation.edits import EditError
from dynseg.geometry.part import Part, ring
from dynseg.project.store import Store

SQUARE = Part(ring([(5, 5), (15, 5), (15, 15), (5, 15)]))
State = tuple[object, ...]


class Hands:
    """Does one random thing at a time to a project."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.ids = [row.id for row in store.images()][:3]
        self.chance = random.Random(seed)
        self.number = 0

    def image(self) -> int:
        return self.chance.choice(self.ids)

    def class_id(self) -> int:
        return self.chance.choice([label.id for label in self.store.classes().labels])

    def commit(self, image_id: int, edit: edits.Edit) -> None:
        before = self.store.annotation(image_id)
        after = edit(before)
        if after is not before:
            self.store.commit(
                image_id, diff(before, after), expected_revision=before.revision, text="Edit"
            )

    def draw(self) -> None:
        self.number += 1
        origin = self.chance.choice([Origin.HUMAN, Origin.MODEL])
        model = "net" if origin is Origin.MODEL else None
        drawn = Instance(self.class_id(), (SQUARE,), origin, model_id=model, id=f"s{self.number}")
        self.commit(self.image(), edits.add(drawn))

    def shape(self) -> None:
        image_id = self.image()
        items = self.store.annotation(image_id).instances
        if items:
            item = self.chance.choice(items)
            what: Callable[[list[str]], edits.Edit] = self.chance.choice(
                [edits.remove, lambda ids: edits.relabel(ids, self.class_id())]
            )
            self.commit(image_id, what([item.id]))

    def classes(self) -> None:
        self.number += 1
        edit = self.chance.choice(
            [
                class_edits.add([f"c{self.number}"]),
                class_edits.rename(self.class_id(), f"n{self.number % 3}"),
                class_edits.place(self.class_id(), self.chance.randrange(3)),
                class_edits.merge(self.class_id(), self.class_id()),
                class_edits.remove(self.class_id()),
            ]
        )
        if len(self.store.classes()) > 1:
            try:
                self.store.change_classes(edit)
            except EditError:
                return

    def back(self) -> None:
        self.store.undo_newest(self.image())

    def forward(self) -> None:
        self.store.redo_next(self.image())

    def step(self) -> None:
        habits = [self.draw, self.draw, self.shape, self.classes, self.back, self.back]
        self.chance.choice([*habits, self.forward])()

    def state(self) -> State:
        table = self.store.classes()
        documents = [self.store.annotation(i) for i in self.ids]
        return table, dict(table.former), *[(d.instances, d.state) for d in documents]

    def documents(self) -> list[Annotation]:
        return [self.store.annotation(i) for i in self.ids]


@pytest.mark.parametrize("seed", range(4))
def test_f1_any_order_of_edits_class_changes_undo_and_redo(store: Store, seed: int) -> None:
    hands = Hands(store, seed)
    for _ in range(60):
        before = hands.state()
        newest = [step.id for step in store.class_steps(1)]
        hands.step()
        alive = {label.id for label in store.classes().labels}
        for document in hands.documents():
            assert {item.class_id for item in document.instances} <= alive
        assert len(set(store.classes().names)) == len(alive)
        made = store.class_steps(1)
        if made and [made[0].id] != newest:  # a change of the classes: back is the identity
            after = hands.state()
            if not made[0].settled:
                store.undo_classes()
                assert hands.state() == before
                store.redo_classes()
                assert hands.state() == after
    assert store.check() == []
    for image_id in hands.ids:
        for _ in range(200):
            if store.undo_newest(image_id) is None:
                break
    assert all(not document.instances for document in hands.documents())
    assert store.check() == []
