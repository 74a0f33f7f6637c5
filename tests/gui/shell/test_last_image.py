"""The image that was open is open again, also after the window was ended from outside."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dynseg.project.store import Store
from dynseg_annotator.application.projects import last_image
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.session.opening import LAST_IMAGE

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def is_kept(window: Workbench, name: str) -> bool:
    """Whether the next start would show it, if this one ended now."""
    store = window.context.store
    return store is not None and store.setting(LAST_IMAGE) == name


def is_open(window: Workbench, name: str) -> bool:
    return last_image.image_of(window.parts) == name


def test_it_is_written_down_while_the_window_is_open(
    application: Workbench, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(last_image, "NOTE_MS", 50)
    application.frame.open(folder)
    for name in ("img_0.jpg", "img_1.jpg"):
        qtbot.waitUntil(partial(is_kept, application, name), timeout=8000)
        application.parts.actions["next-image"].trigger()


def test_images_that_are_passed_are_not(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    monkeypatch.setattr(Store, "save_setting", lambda _store, key, value: written.append(value))
    monkeypatch.setattr(last_image, "NOTE_MS", 300)
    for number in (1, 2, 3):
        opened.parts.actions["next-image"].trigger()
        qtbot.waitUntil(partial(is_open, opened, f"img_{number}.jpg"))
    qtbot.waitUntil(lambda: bool(written))
    assert written == ["img_3.jpg"]
