"""Files of images that change, go or move while the window is open: the window says so."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from dynseg.annotation import edits
from dynseg.annotation.document import Instance
from dynseg.geometry.part import Part, ring
from dynseg.project import backups, originals, relink, resizing
from dynseg.project.store import Store
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.context import Level, Message
from dynseg_annotator.panels.message_bar import MessageBar

LONG_MS = 8000


def store_of(bench: Workbench) -> Store:
    store = bench.context.store
    assert store is not None
    return store


def label(bench: Workbench) -> int:
    """Draw a shape on the open image, and let its file be read; the image."""
    image_id = bench.context.session.image_id
    assert image_id is not None
    draw(bench)
    assert store_of(bench).record_contents() == 1
    return image_id


def draw(bench: Workbench) -> None:
    """A triangle on the open image, saved."""
    classes = store_of(bench).classes()
    known = [own.id for own in classes.labels if own.name == "leaf"]
    class_id = known[0] if known else store_of(bench).add_class("leaf").id
    shape = Instance(class_id, (Part(ring([(9, 9), (90, 9), (50, 80)])),))
    bench.context.session.apply("Draw", edits.add(shape))
    assert not bench.context.session.flush(5)


def listen(bench: Workbench) -> list[str]:
    """What the window says from now on."""
    said: list[str] = []
    bench.context.messages.shown.connect(lambda message: said.append(message.text))
    return said


def look_away_and_back(bench: Workbench, image_id: int, qtbot: QtBot) -> None:
    """Go to the next image and come again."""
    with qtbot.waitSignal(bench.navigation.shown, timeout=LONG_MS):
        bench.navigation.step(1)
    with qtbot.waitSignal(bench.navigation.shown, timeout=LONG_MS):
        bench.navigation.open(image_id)


def middle(bench: Workbench) -> tuple[int, ...]:
    """Colour in the middle of the image on the canvas."""
    found = bench.parts.canvas.pixels((150.0, 110.0, 170.0, 130.0))
    assert found is not None
    return tuple(int(value) for value in found[0][10, 10])


def test_another_file_is_told_shown_and_accepted(opened: Workbench, qtbot: QtBot) -> None:
    bar = opened.parts.other_file_bar
    image_id = label(opened)
    path = store_of(opened).image_path(image_id)
    assert not bar.isVisible()
    Image.new("RGB", (320, 240), (250, 0, 0)).save(path, quality=95)
    look_away_and_back(opened, image_id, qtbot)
    qtbot.waitUntil(bar.isVisible, timeout=LONG_MS)
    assert path.name in bar.text.text()
    assert "Its shape is kept" in bar.text.text()
    qtbot.waitUntil(lambda: middle(opened)[0] > 240, timeout=LONG_MS)  # not what was held of it
    annotation = opened.context.session.annotation
    assert annotation is not None
    assert len(annotation.instances) == 1

    QTest.mouseClick(bar.accept_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=LONG_MS)
    assert not store_of(opened).image(image_id).is_other_file
    look_away_and_back(opened, image_id, qtbot)
    qtbot.wait(100)
    assert not bar.isVisible()


def test_messages_do_not_cover_the_bar_that_tells_of_another_file(
    opened: Workbench, qtbot: QtBot
) -> None:
    image_id = label(opened)
    store = store_of(opened)
    Image.new("RGB", (320, 240), (9, 9, 9)).save(store.image_path(image_id))
    look_away_and_back(opened, image_id, qtbot)
    bar = opened.parts.other_file_bar
    qtbot.waitUntil(bar.isVisible, timeout=LONG_MS)
    opened.context.messages.show(Level.WARN, "Something else.")
    shown = opened.window.findChild(MessageBar)
    assert shown is not None
    places = [QRect(w.mapToGlobal(QPoint(0, 0)), w.size()) for w in (bar, shown)]
    qtbot.waitUntil(lambda: shown.height() > 0)
    assert not places[0].intersects(places[1])
    bar.hide()
    canvas = opened.parts.canvas
    qtbot.waitUntil(
        lambda: shown.mapToGlobal(QPoint(0, 0)).y() == canvas.mapToGlobal(QPoint(0, 0)).y()
    )


def test_a_file_of_another_size_is_told_and_its_shapes_scaled(
    opened: Workbench, qtbot: QtBot
) -> None:
    bar = opened.parts.other_file_bar
    image_id = label(opened)
    path = store_of(opened).image_path(image_id)
    made_on = store_of(opened).image(image_id)
    Image.new("RGB", (made_on.width // 2, made_on.height // 2), (250, 0, 0)).save(path)
    look_away_and_back(opened, image_id, qtbot)
    qtbot.waitUntil(bar.isVisible, timeout=LONG_MS)
    assert f"{made_on.width // 2} x {made_on.height // 2}" in bar.text.text()
    assert "ratio" not in bar.text.text()
    assert bar.scale_button.isVisible()
    assert not bar.accept_button.isVisible()
    annotation = opened.context.session.annotation
    assert annotation is not None
    assert annotation.instances[0].bounds == (9, 9, 90, 80)

    QTest.mouseClick(bar.scale_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not bar.isVisible(), timeout=LONG_MS)
    annotation = opened.context.session.annotation
    assert annotation is not None
    assert annotation.instances[0].bounds == (4.5, 4.5, 45, 40)
    row = opened.parts.images.row_of(image_id)
    assert row is not None
    assert (row.width, row.damage) == (made_on.width // 2, "")
    opened.context.session.undo()
    qtbot.waitUntil(lambda: not store_of(opened).annotation(image_id).instances, timeout=LONG_MS)


def test_a_folder_of_files_made_smaller_is_scaled_after_one_question(
    opened: Workbench, qtbot: QtBot
) -> None:
    first = label(opened)
    with qtbot.waitSignal(opened.navigation.shown, timeout=LONG_MS):
        opened.navigation.step(1)
    second = label(opened)
    store = store_of(opened)
    for image_id in (first, second):
        made_on = store.image(image_id)
        Image.new("RGB", (made_on.width // 2, made_on.height // 2)).save(store.image_path(image_id))
    store.rescan()
    messages: list[Message] = []
    opened.context.messages.shown.connect(messages.append)
    look_away_and_back(opened, first, qtbot)
    bar = opened.parts.other_file_bar
    qtbot.waitUntil(bar.isVisible, timeout=LONG_MS)
    QTest.mouseClick(bar.scale_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any("1 other image" in m.text for m in messages), timeout=LONG_MS)
    assert store.image(second).damage
    (action,) = [m.action for m in messages if m.action is not None and "1 other" in m.text]
    action.run()
    qtbot.waitUntil(lambda: not store.image(second).damage, timeout=LONG_MS)
    assert store.annotation(second).instances[0].bounds == (4.5, 4.5, 45, 40)
    assert [fact.reason for fact in backups.facts(store.layout)] == [resizing.BACKUP_REASON] * 2


def test_a_file_that_was_cut_says_so(opened: Workbench, qtbot: QtBot) -> None:
    image_id = label(opened)
    made_on = store_of(opened).image(image_id)
    cut = Image.new("RGB", (made_on.width, made_on.height // 2), (250, 0, 0))
    cut.save(store_of(opened).image_path(image_id))
    look_away_and_back(opened, image_id, qtbot)
    bar = opened.parts.other_file_bar
    qtbot.waitUntil(bar.isVisible, timeout=LONG_MS)
    assert "another ratio" in bar.text.text()


def test_a_change_that_a_look_at_the_folder_finds_is_shown_at_once(
    opened: Workbench, qtbot: QtBot
) -> None:
    image_id = label(opened)
    path = store_of(opened).image_path(image_id)
    Image.new("RGB", (320, 240), (0, 250, 0)).save(path, quality=95)
    opened.projects.rescan()
    qtbot.waitUntil(opened.parts.other_file_bar.isVisible, timeout=LONG_MS)
    qtbot.waitUntil(lambda: middle(opened)[1] > 240, timeout=LONG_MS)


def test_the_note_belongs_to_its_image(opened: Workbench, qtbot: QtBot) -> None:
    bar = opened.parts.other_file_bar
    image_id = label(opened)
    Image.new("RGB", (320, 240), (250, 0, 0)).save(store_of(opened).image_path(image_id))
    look_away_and_back(opened, image_id, qtbot)
    qtbot.waitUntil(bar.isVisible, timeout=LONG_MS)
    opened.navigation.step(1)
    assert not bar.isVisible()
    assert opened.projects.close()
    assert not bar.isVisible()


def test_moved_images_are_found_and_their_labels_follow(
    opened: Workbench, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    image_id = label(opened)
    before = store_of(opened)
    old = before.image_path(image_id)
    done = folder / "done"
    done.mkdir()
    old.rename(done / "renamed.jpg")
    said = listen(opened)
    look_away_and_back(opened, image_id, qtbot)
    qtbot.waitUntil(lambda: any("its labels are kept" in text for text in said), timeout=LONG_MS)
    opened.originals.find(folder)
    qtbot.waitUntil(
        lambda: opened.context.store not in (None, before) and not opened.projects._opening,
        timeout=LONG_MS,
    )
    row = opened.parts.images.row_of(image_id)
    assert row is not None
    assert (row.rel, row.damage, row.instance_count) == ("done/renamed.jpg", "", 1)
    assert [fact.reason for fact in backups.facts(before.layout)] == [
        "before images are linked again"
    ]
    opened.navigation.open(image_id)
    qtbot.waitUntil(lambda: opened.parts.canvas.accepts_gestures, timeout=LONG_MS)


def test_a_search_ends_with_its_project(
    opened: Workbench, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window that closes would wait until a whole disk is read."""
    begun, ended = threading.Event(), threading.Event()

    def read(path: Path) -> bytes | None:
        begun.set()
        time.sleep(0.02)
        return None

    monkeypatch.setattr(relink, "digest", read)
    image_id = label(opened)
    store = store_of(opened)
    content = store.image_path(image_id).read_bytes()
    store.image_path(image_id).unlink()
    for number in range(1000):
        (tmp_path / f"{number}.jpg").write_bytes(content)
    plan = store.plan_relink

    def noted(*arguments: Any, **named: Any) -> Any:
        try:
            return plan(*arguments, **named)
        finally:
            ended.set()

    monkeypatch.setattr(store, "plan_relink", noted)
    opened.originals.find(tmp_path)
    qtbot.waitUntil(begun.is_set, timeout=LONG_MS)
    assert opened.projects.close()
    assert ended.wait(2.0)


def test_nothing_found_is_said_and_nothing_changed(
    opened: Workbench, tmp_path: Path, qtbot: QtBot
) -> None:
    image_id = label(opened)
    store = store_of(opened)
    store.image_path(image_id).unlink()
    (tmp_path / "empty").mkdir()
    said = listen(opened)
    opened.originals.find(tmp_path / "empty")
    qtbot.waitUntil(lambda: any("None of the missing" in text for text in said), timeout=LONG_MS)
    assert opened.context.store is store
    assert backups.listed(store.layout) == []


def test_files_of_labelled_images_are_read_by_and_by(opened: Workbench, qtbot: QtBot) -> None:
    draw(opened)
    opened.originals._timer.setInterval(30)
    store = store_of(opened)

    def waiting() -> int:
        with store._connections.borrow() as connection:
            return len(originals.unrecorded(connection))

    assert waiting() == 1
    qtbot.waitUntil(lambda: waiting() == 0, timeout=LONG_MS)
