"""New image files are noticed while the project is open (G1)."""

from __future__ import annotations

from pathlib import Path

from PIL import Image
from pytestqt.qtbot import QtBot

from dynseg_annotator.application.workbench import Workbench


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
