"""A real project of real images, and the whole window on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.gui.shell.class_work import add_class

from dynseg.project.store import Store
from dynseg.project.writer import Writer
from dynseg_annotator import language
from dynseg_annotator.application.frame import Frame, dress
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.session.document import DocumentSession
from dynseg_annotator.settings import Settings

IMAGES = 6
SIZE = (320, 240)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a few images; `img_5.jpg` is cut off in the middle."""
    images = tmp_path / "photos"
    images.mkdir()
    for number in range(IMAGES):
        image = Image.new("RGB", SIZE, (40 * number, 90, 160))
        draw = ImageDraw.Draw(image)
        draw.ellipse((60, 40, 180, 160), fill=(220, 180, 40 * number))
        path = images / f"img_{number}.jpg"
        image.save(path, quality=90)
    broken = images / f"img_{IMAGES - 1}.jpg"
    broken.write_bytes(broken.read_bytes()[:600])
    return images


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """The folder as an open project with two classes."""
    with Store.create(folder, images=folder, classes=["bolt", "nut"]) as opened:
        yield opened


@pytest.fixture
def writer(store: Store) -> Iterator[Writer]:
    made = Writer(store)
    yield made
    made.close(wait=True)


@pytest.fixture
def session(qtbot: QtBot, store: Store, writer: Writer) -> Iterator[DocumentSession]:
    """A document session on the first image."""
    made = DocumentSession()
    made.attach(store, writer)
    made.open(store.images()[0].id)
    yield made
    made.flush()
    made.detach()


@pytest.fixture
def application(qtbot: QtBot, qapp: QApplication) -> Iterator[Workbench]:
    """The whole window, without an engine and without a project."""
    settings = Settings()
    settings.set("predict_on_open", False)  # tests ask for proposals themselves
    settings.set("copy_follows", False)  # it would start the engine
    settings.set("language", language.current())  # the one that the test has put on
    dress(qapp, settings)
    frame = Frame(settings)
    frame.show()
    made = Workbench(frame, start_engine=False)
    yield made
    made.context.session.flush()
    frame.window.may_close = lambda: True
    frame.window.close()
    made.shut_down()
    made.deleteLater()
    frame.window.deleteLater()
    frame.deleteLater()


@pytest.fixture
def opened(application: Workbench, folder: Path, qtbot: QtBot) -> Workbench:
    """The whole window on the folder, the first image shown."""
    application.frame.open(folder)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=8000)
    return application


@pytest.fixture
def two(opened: Workbench, qtbot: QtBot) -> tuple[Workbench, int, int]:
    """A window with the classes bolt and nut, the canvas focused."""
    opened.window.activateWindow()
    bolt, nut = add_class(qtbot, opened, "bolt"), add_class(qtbot, opened, "nut")
    opened.parts.canvas.setFocus()
    return opened, bolt, nut
