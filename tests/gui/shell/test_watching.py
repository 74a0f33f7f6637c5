"""New image files are noticed when a project opens and while it is open (G1)."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from dynseg.project.records import RescanSummary
from dynseg_annotator.application.projects.current import files_said
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.context import Level, Message


def test_new_and_removed_images_are_noticed(opened: Workbench, folder: Path, qtbot: QtBot) -> None:
    held = opened.parts.images.total
    opened.watching._settle.setInterval(50)
    qtbot.waitUntil(lambda: opened.watching.folders == [str(folder)], timeout=8000)
    Image.new("RGB", (40, 30)).save(folder / "new.png")
    qtbot.waitUntil(lambda: opened.parts.images.total == held + 1, timeout=8000)
    (folder / "new.png").unlink()
    qtbot.waitUntil(
        lambda: any("missing" in row.damage for row in opened.parts.images.all_rows()),
        timeout=8000,
    )
    assert opened.projects.close()
    assert opened.watching.folders == []


def test_what_came_and_went_while_the_project_was_closed_is_told(
    opened: Workbench, folder: Path, qtbot: QtBot
) -> None:
    held = opened.parts.images.total
    gone = opened.parts.images.all_rows()[2].rel
    said: list[Message] = []
    opened.context.messages.shown.connect(said.append)
    assert opened.projects.close()
    Image.new("RGB", (40, 30)).save(folder / "new.png")
    (folder / gone).rename(folder.parent / gone)
    opened.watching._settle.setInterval(50)
    opened.projects.open(folder)
    qtbot.waitUntil(lambda: any(m.key == "rescan" for m in said), timeout=8000)
    told = next(m for m in said if m.key == "rescan")
    assert told.text.startswith("1 new image. 1 image is not where it was.")
    assert told.level is Level.WARN
    assert told.action is not None
    assert opened.parts.images.total in (held, held + 1)  # a missing one without labels may go


def test_a_copy_of_the_folder_with_other_times_is_no_news(
    opened: Workbench, folder: Path, qtbot: QtBot
) -> None:
    said: list[Message] = []
    opened.context.messages.shown.connect(said.append)
    assert opened.projects.close()
    for image in folder.glob("*.*"):
        os.utime(image, (1, 1))
    with qtbot.waitSignal(opened.projects.files_changed, timeout=8000):
        opened.projects.open(folder)
    qtbot.wait(50)
    assert [m for m in said if m.key == "rescan"] == []


def test_looks_come_one_after_the_other(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two on a slow disk would hold both threads, and nothing else would get on."""
    store = opened.context.store
    assert store is not None
    said: list[Message] = []
    opened.context.messages.shown.connect(said.append)
    look, go_on, began = store.rescan, threading.Event(), []

    def slow_look() -> RescanSummary:
        began.append(1)
        go_on.wait(20)
        return look()

    monkeypatch.setattr(store, "rescan", slow_look)
    for quiet in (True, False, True):
        opened.projects.rescan(quiet=quiet)
    answered: list[int] = []
    opened.context.background.run(lambda: 1, done=answered.append)
    qtbot.waitUntil(lambda: bool(answered), timeout=4000)
    go_on.set()
    qtbot.waitUntil(lambda: "rescan" in [message.key for message in said], timeout=8000)
    assert len(began) == 2, "what was asked for meanwhile is one look, and tells what it found"


@pytest.mark.parametrize(
    ("counts", "level", "words"),
    [
        ((0, 0, 0), Level.OK, "No image is new or missing, and no labelled file was replaced."),
        ((2, 0, 0), Level.OK, "2 new images."),
        ((0, 0, 1), Level.OK, "1 file is another one now."),
        ((0, 3, 0), Level.WARN, "3 images are not where they were."),
    ],
)
def test_only_what_is_so_is_said_of_the_folder(
    counts: tuple[int, int, int], level: Level, words: str
) -> None:
    assert files_said(*counts)[:2] == (level, words)


def test_a_look_that_ends_after_its_project_is_no_news(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would say of another project that it is read-only, or name its images as new."""
    context, store = opened.context, opened.context.store
    assert store is not None
    told: list[Message] = []
    closed, looked = threading.Event(), threading.Event()
    rescan = store.rescan

    def late() -> RescanSummary:
        assert closed.wait(20)
        try:
            return rescan()
        finally:
            looked.set()

    monkeypatch.setattr(store, "rescan", late)
    opened.projects.rescan(quiet=True)
    assert opened.projects.close()
    context.messages.shown.connect(told.append)
    closed.set()
    qtbot.waitUntil(looked.is_set, timeout=20_000)
    qtbot.wait(200)
    assert told == []
