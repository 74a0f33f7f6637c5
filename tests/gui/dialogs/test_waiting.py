"""What a dialog waits for: counted, stopped, and not held up by anything longer."""

from __future__ import annotations

import threading
import time
from functools import partial
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from dynseg.progress import CancelledError, CancelToken
from dynseg.worker.answers import ImportAnswer
from dynseg_annotator.dialogs import import_words, layout, new_project_dialog, places
from dynseg_annotator.dialogs.new_project_dialog import FolderFacts, NewProjectDialog, look_at
from dynseg_annotator.jobs.background import Background


def test_the_count_of_a_folder_that_is_no_longer_asked_for_ends(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "deep").mkdir()
    stopped = CancelToken()
    stopped.cancel()
    with pytest.raises(CancelledError):
        look_at(tmp_path, stopped)
    asked: list[CancelToken] = []

    def slow(folder: Path, cancel: CancelToken) -> FolderFacts:
        asked.append(cancel)
        while not cancel.cancelled:
            time.sleep(0.005)
        raise CancelledError

    def has_asked(times: int) -> bool:
        return len(asked) == times

    monkeypatch.setattr(new_project_dialog, "look_at", slow)
    background = Background()
    dialog = NewProjectDialog(background, start=tmp_path, val_share=0.2)
    qtbot.addWidget(dialog)
    for number, name in enumerate(("a", "b", "c", "d"), 1):
        dialog.set_folder(tmp_path / name)
        qtbot.waitUntil(partial(has_asked, number))
        assert "Counting" in dialog._folder_says.text()
    assert [token.cancelled for token in asked] == [True, True, True, False]
    dialog.reject()
    assert asked[-1].cancelled
    background.close()


def test_work_of_minutes_holds_up_none_of_seconds(qtbot: QtBot) -> None:
    background, go = Background(), threading.Event()
    done: list[int] = []
    for _ in range(4):
        background.run_reporting(lambda _report: go.wait(20), progressed=lambda _: None)
    background.run(lambda: 1, done=done.append)
    qtbot.waitUntil(lambda: done == [1])
    background.run_reporting(lambda _report: 2, done=done.append, progressed=lambda _: None)
    qtbot.waitUntil(lambda: done == [1, 2])
    go.set()
    background.close()


def test_an_import_says_the_name_of_the_format_as_it_was_chosen() -> None:
    answer = ImportAnswer("yolo", [("yolo", 3)], [("nut", 3)], images=2, instances=3)
    report = import_words.result(answer, "/labels", None, format_title="YOLO-seg")
    assert "read as YOLO-seg." in str(report)


def test_a_folder_that_is_taken_out_of_its_field_is_told_about_no_more(
    qtbot: QtBot, tmp_path: Path
) -> None:
    background = Background()
    dialog = NewProjectDialog(background, start=tmp_path, val_share=0.2)
    qtbot.addWidget(dialog)
    dialog.set_folder(tmp_path)
    qtbot.waitUntil(lambda: "no images" in dialog._folder_says.text())
    dialog._folder.clear()
    qtbot.waitUntil(lambda: "never moved or changed" in dialog._folder_says.text())
    dialog.reject()
    background.close()


def test_a_lost_drive_holds_up_neither_the_typing_nor_another_path(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, asked = threading.Event(), []

    def lost(path: Path) -> bool:
        asked.append((path.name, threading.current_thread() is threading.main_thread()))
        return path.name != "lost" or not answers.wait(20)

    monkeypatch.setattr(places, "is_there", lost)
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    background = Background()
    dialog = NewProjectDialog(background, start=tmp_path, val_share=0.2)
    qtbot.addWidget(dialog)
    create = layout.main_button(dialog._box)
    dialog.set_folder(tmp_path)
    qtbot.waitUntil(create.isEnabled)
    dialog._model.setText(str(tmp_path / "lost"))
    assert not create.isEnabled(), "nobody knows yet whether it is there"
    assert not dialog._problem.text()
    qtbot.waitUntil(lambda: ("lost", False) in asked)
    qtbot.waitUntil(lambda: "lost" in dialog._waiting.text())
    assert not dialog._waiting.isHidden(), "a button that cannot be pressed says why"
    dialog._model.setText(str(tmp_path / "a.png"))
    qtbot.waitUntil(create.isEnabled)
    assert dialog._waiting.isHidden()
    dialog._model.setText(str(tmp_path / "lost"))
    qtbot.wait(2 * places.ASK_DELAY_MS)
    assert [name for name, _ in asked].count("lost") == 1, "asked once, however often it is typed"
    answers.set()
    qtbot.waitUntil(lambda: "No file" in dialog._problem.text())
    assert dialog._waiting.isHidden()
    assert not any(here for _, here in asked)
    dialog.reject()
    background.close()
