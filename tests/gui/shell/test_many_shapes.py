"""Hundreds of shapes at once, and words for what cannot be done."""

from __future__ import annotations

import time

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.gui.shell.class_work import add_class, put, shape
from tests.gui.shell.test_switching import shown

from dynseg.annotation import edits
from dynseg.annotation.classes import ClassLabel, ClassTable
from dynseg.annotation.document import Annotation, Instance
from dynseg.annotation.edits import EditError
from dynseg.errors import StoreWriteError
from dynseg.geometry.part import Part, ring
from dynseg_annotator.application.view.navigation import by_certainty
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs.class_dialog import swatch
from dynseg_annotator.dialogs.class_picker import ClassPicker
from dynseg_annotator.session.clipboard import Clipboard, copies_beside
from dynseg_annotator.session.selection import Selection

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
MANY = 3000


def many() -> list[Instance]:
    square = Part(ring([(10, 10), (20, 10), (20, 20), (10, 20)]))
    return [Instance(0, (square,), id=f"s{n}") for n in range(MANY)]


def spent_s(work: object) -> float:
    start = time.thread_time()
    work()  # type: ignore[operator]
    return time.thread_time() - start


def test_thousands_of_shapes_are_put_on_an_image_in_one_go() -> None:
    items, empty = many(), Annotation(1, 320, 240)
    one = spent_s(lambda: edits.add_many(items[: MANY // 10])(empty))
    assert spent_s(lambda: edits.add_many(items)(empty)) < 40 * max(one, 1e-3)
    made = edits.add_many(items)(empty)
    assert [item.id for item in made.instances] == [item.id for item in items]
    with pytest.raises(EditError):
        edits.add_many(items[-1:])(made)


def test_a_band_over_thousands_adds_and_takes_away_at_once(qapp: QApplication) -> None:
    ids = [f"s{n}" for n in range(20_000)]
    selection = Selection()
    selection.set(ids[:15_000])
    assert spent_s(lambda: selection.toggle(ids[5_000:])) < 1.0
    assert selection.ids == (*ids[:5_000], *ids[15_000:])


def test_a_thousand_classes_are_searched_letter_by_letter(qtbot: QtBot) -> None:
    table = ClassTable(tuple(ClassLabel(n, f"class {n}", f"#{n:06x}") for n in range(1, 1500)))
    picker = ClassPicker(table)
    qtbot.addWidget(picker)
    picker._search.setText("class 1499")
    assert picker.shown()[0] == "class 1499"
    assert swatch("#0005db").cacheKey() == swatch("#0005db").cacheKey(), "drawn once"


def test_thousands_of_shapes_are_put_in_order_and_copied_without_asking_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    items = [
        Instance(0, (Part(ring([(n, 5), (n + 9, 5), (n, 20)])),), id=f"s{n}") for n in range(300)
    ]
    image = Annotation(1, 2000, 2000, tuple(reversed(items)))
    monkeypatch.setattr(Instance, "bounds", None)
    assert [item.id for item in by_certainty(image, hidden=["s1"])][:2] == ["s0", "s2"]
    clipboard = Clipboard()
    clipboard.copy(1, items)
    made = clipboard.paste(image)
    assert len({id(item.parts[0].outer.base) for item in made}) == 1
    assert len({item.id for item in made}) == 300


def test_copies_that_have_no_room_together_are_still_copied_by_the_hundred() -> None:
    places = [(x, y) for x in range(0, 300, 12) for y in range(0, 228, 12)]
    items = [
        Instance(0, (Part(ring([(x, y), (x + 12, y), (x, y + 12)])),), id=f"{x} {y}")
        for x, y in places
    ]
    made = copies_beside(items, Annotation(1, 320, 240, tuple(items)))
    lying = {item.bounds for item in items}
    assert len(lying.union(item.bounds for item in made)) > len(items)
    assert [item.bounds[2] - item.bounds[0] for item in made] == [12] * len(items)
    arrays = {id(item.parts[0].outer.base) for item in made}
    assert len(arrays) < len(items) / 4, "those of one step are moved together"


def test_nothing_to_paste_and_nothing_to_accept_is_said(opened: Workbench, qtbot: QtBot) -> None:
    line = opened.window.status_line
    opened.parts.actions["paste"].trigger()
    assert line._hint.text().startswith("Nothing was copied yet")
    opened.parts.actions["accept-all"].trigger()
    assert line._hint.text().startswith("No proposal that is shown")


def test_an_edit_that_could_not_be_saved_and_is_taken_back_leaves_nothing_to_retry(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, store = opened.context.session, opened.context.store
    assert store is not None
    bolt = add_class(qtbot, opened, "bolt")

    def full(*_: object, **__: object) -> int:
        raise StoreWriteError("The disk is full.")

    monkeypatch.setattr(store, "commit", full)
    with qtbot.waitSignal(session.save_failed):
        session.apply("Draw shape", edits.add(shape("a", bolt)))
    assert opened.parts.actions["undo"].text() == "&Undo: Draw shape"
    session.undo()
    assert session.annotation is not None
    assert session.annotation.instances == ()
    assert opened.parts.actions["undo"].text() == "&Undo: Add class bolt"
    assert [m for m in shown(opened) if m.key == "save"] == []
    assert "saved" in opened.window.status_line._saved.text()
    assert "not saved" not in opened.window.status_line._saved.text()
    monkeypatch.undo()
    put(qtbot, opened, shape("b", bolt))
    assert len(store.annotation(session.annotation.image_id).instances) == 1
