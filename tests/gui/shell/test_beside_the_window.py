"""What goes on in other threads when projects come and go: the window's thread only shows it."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.gui.shell.test_image_model import row

from dynseg.annotation.document import ImageState
from dynseg.project.query import ImageQuery
from dynseg.project.records import ImageRow
from dynseg_annotator.application.projects import current
from dynseg_annotator.application.view import rows
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.itemmodels import images
from dynseg_annotator.itemmodels.image_arrangement import Arrangement, Listed, listed
from dynseg_annotator.itemmodels.images import AT_ONCE, ImageListModel
from dynseg_annotator.jobs.background import Background

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def made_ready(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, bool]]:
    """How many rows were got ready, and whether on the window's thread."""
    found: list[tuple[int, bool]] = []

    def heard(given: list[ImageRow], wanted: Arrangement | None = None) -> Listed:
        made = listed(given, wanted)
        found.append((len(made.rows), threading.current_thread() is threading.main_thread()))
        return made

    for module in (current, rows, images):
        monkeypatch.setattr(module, "listed", heard)
    return found


def test_images_of_a_project_are_got_ready_beside_the_window(
    application: Workbench, folder: Path, qtbot: QtBot, made_ready: list[tuple[int, bool]]
) -> None:
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=8000)
    assert made_ready == [(6, False)]
    made_ready.clear()
    application.parts.image_panel._filter.setCurrentIndex(5)  # none is reviewed
    application.parts.image_panel._filter.activated.emit(5)
    assert application.parts.images.rowCount() == 0
    shutil.copy(folder / "img_0.jpg", folder / "img_9.jpg")
    application.parts.actions["rescan"].trigger()
    qtbot.waitUntil(lambda: application.parts.images.total == 7, timeout=8000)
    assert made_ready == [(7, False)]
    assert application.parts.images.rowCount() == 0, "the filter holds for them, too"


def test_another_project_is_opened_without_waiting_for_who_writes_into_the_last(
    opened: Workbench, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    other = tmp_path / "others"
    shutil.copytree(folder, other, ignore=shutil.ignore_patterns(".dynseg"))
    store = opened.context.store
    assert store is not None
    writes, go = threading.Event(), threading.Event()

    def write() -> None:
        with store.all_or_nothing():
            writes.set()
            go.wait(60)

    writer = threading.Thread(target=write)
    writer.start()
    writes.wait(10)
    opened.frame.open(other)
    assert opened.context.store is None, "the window is free at once"
    qtbot.wait(100)
    assert opened.context.store is None, "but one is closed before the next is opened"
    go.set()
    writer.join()
    qtbot.waitUntil(lambda: opened.context.store is not None, timeout=8000)
    opened.frame.open(folder)
    qtbot.waitUntil(
        lambda: opened.context.store is not None and opened.context.store.root == folder,
        timeout=8000,
    )
    assert opened.context.store is not None
    assert not opened.context.store.read_only, "nobody holds it any more"


def test_rows_that_come_while_a_filter_is_changed_are_filtered_by_the_new_one(
    qtbot: QtBot,
) -> None:
    background = Background()
    model = ImageListModel(background=background)
    many = [row(n) for n in range(AT_ONCE + 10)]
    made = listed(many[:9], model.wanted)
    model.set_rows(many)
    model.set_query(ImageQuery(states=frozenset({ImageState.REVIEWED})))
    model.set_listed(made)
    assert model.total == 9
    assert all(model.row_of(image_id) for image_id in model.ids())
    qtbot.wait(200)  # the arrangement of the rows that are gone has ended, too
    shown = [model.row_of(image_id) for image_id in model.ids()]
    assert [found.state for found in shown if found] == 2 * [ImageState.REVIEWED]
    assert model.counts.total() == 9
    background.close()


def test_who_read_earlier_does_not_answer_after_who_read_later(qtbot: QtBot) -> None:
    """A list that was read before a search had ended stood where its finds had been shown."""
    background, go = Background(), threading.Event()
    took: list[str] = []

    def before() -> str:
        go.wait(10)
        return "before"

    background.run(before, done=took.append, newest_of="list")
    background.run(lambda: "now", done=took.append, newest_of="list")
    background.run(lambda: "other", done=took.append, newest_of="other list")
    qtbot.waitUntil(lambda: took == ["now", "other"])
    go.set()
    qtbot.waitUntil(lambda: not background._tickets)
    assert took == ["now", "other"]
    background.run(lambda: "again", done=took.append, newest_of="list")
    qtbot.waitUntil(lambda: took == ["now", "other", "again"])
    background.close()
