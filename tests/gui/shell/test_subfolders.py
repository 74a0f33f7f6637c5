"""Images in folders inside the one that was opened are offered once, never left out unsaid (G1)."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from dynseg_annotator.application.projects import subfolders
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.context import Message

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def said(application: Workbench, folder: Path, qtbot: QtBot) -> list[Message]:
    """What the window says when a folder with folders inside is open."""
    for name in ("row 1", "row 2/day", "masks", ".hidden", "own"):
        (folder / name).mkdir(parents=True)
        Image.new("RGB", (40, 30)).save(folder / name / "more.png")
    (folder / "own" / ".dynseg").mkdir()
    heard: list[Message] = []
    application.context.messages.shown.connect(
        lambda message: heard.append(message) if message.key == subfolders.KEY else None
    )
    application.subfolders._settle.setInterval(10)
    application.frame.open(folder)
    qtbot.waitUntil(lambda: bool(heard), timeout=8000)
    return heard


def test_they_are_counted_and_taken_in(
    application: Workbench, folder: Path, said: list[Message], qtbot: QtBot
) -> None:
    images = application.parts.images
    held = images.total
    assert said[0].text == (
        "2 images in folders inside photos are not in the project (row 1, row 2/day)."
    )
    assert said[0].action is not None
    said[0].action.run()
    qtbot.waitUntil(lambda: images.total == held + 2, timeout=8000)
    assert "row 2/day/more.png" in [row.rel for row in images.all_rows()]
    said.clear()
    assert application.projects.close()
    application.frame.open(folder)
    qtbot.waitUntil(lambda: images.total == held + 2, timeout=8000)
    qtbot.wait(200)
    assert not said


def test_who_does_not_want_them_is_not_asked_again(
    application: Workbench, folder: Path, said: list[Message], qtbot: QtBot
) -> None:
    held = application.parts.images.total
    application.context.messages.dismissed.emit(subfolders.KEY)
    said.clear()
    assert application.projects.close()
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.parts.images.total == held, timeout=8000)
    qtbot.wait(200)
    assert not said
