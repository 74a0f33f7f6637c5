"""One window for all tests of a module; each finds it as the first one did."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.gui.rows.hands import Hands

from dynseg_annotator.application.frame import Frame, dress
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.settings import Settings

SIZE = (320, 240)
IMAGES = 5


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a few images."""
    folder = tmp_path_factory.mktemp("photos")
    for number in range(IMAGES):
        image = Image.new("RGB", SIZE, (40 * number, 90, 160))
        ImageDraw.Draw(image).ellipse((60, 40, 180, 160), fill=(220, 180, 40 * number))
        image.save(folder / f"img_{number}.png")
    return folder


@pytest.fixture(scope="module")
def shared_window(
    qapp: QApplication, photos: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Workbench]:
    """The whole window on the folder, without an engine."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DYNSEG_CONFIG_DIR", str(tmp_path_factory.mktemp("config")))
        settings = Settings()
        settings.set("predict_on_open", False)
        settings.set("copy_follows", False)  # it would start the engine
        dress(qapp, settings)
        frame = Frame(settings)
        frame.show()
        made = Workbench(frame, start_engine=False)
        frame.open(photos)
        _until(lambda: made.parts.canvas.accepts_gestures)
        for name in ("bolt", "nut", "gear"):
            made.classes.add(name)
        _until(lambda: len(made.context.classes) == 3)
        yield made
        made.context.session.flush()
        frame.window.may_close = lambda: True
        frame.window.close()
        made.shut_down()
        made.deleteLater()
        frame.window.deleteLater()
        frame.deleteLater()


def _until(condition: Callable[[], bool]) -> None:
    """What `qtbot.waitUntil` does, for a fixture that outlives a test."""
    deadline_s = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline_s
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)


@pytest.fixture
def hands(shared_window: Workbench, qtbot: QtBot) -> Hands:
    """Hands on the window."""
    made = Hands(shared_window, qtbot)
    made.start_anew()
    return made
