"""Images whose header is fine and whose pixels are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from dynseg.annotation.document import ImageState
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.panels.message_bar import MessageBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def spoilt(tmp_path: Path) -> Path:
    """A folder with a PNG whose pixels are rubbish, and a good one."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for name in ("a.png", "b.png"):
        Image.effect_noise((64, 48), 90).save(folder / name)
    data = bytearray((folder / "a.png").read_bytes())
    start = data.index(b"IDAT") + 4
    data[start : start + 60] = bytes(60)
    (folder / "a.png").write_bytes(bytes(data))
    return folder


def test_nobody_can_vouch_for_an_image_that_turned_out_not_to_be_shown(
    application: Workbench, spoilt: Path, qtbot: QtBot
) -> None:
    application.frame.open(spoilt)
    canvas, session = application.parts.canvas, application.context.session
    qtbot.waitUntil(lambda: "cannot be shown" in canvas._placeholder.title, timeout=8000)
    first = session.image_id
    assert first is not None
    assert not application.parts.images.row_of(first).damage  # type: ignore[union-attr]
    assert "nothing to draw on" in application.parts.instance_panel._empty.text()
    application.parts.actions["accept-image"].trigger()
    store = application.context.store
    assert store is not None
    assert session.image_id != first, "it goes on"
    assert store.annotation(first).state is ImageState.UNLABELLED
    bar = application.window.findChild(MessageBar)
    assert bar is not None
    assert any("vouch" in message.text for message in bar.shown_messages)
    qtbot.waitUntil(lambda: canvas.accepts_gestures, timeout=8000)
    application.parts.actions["accept-image"].trigger()
    session.flush()
    states = [row.state for row in store.images()]
    assert states == [ImageState.UNLABELLED, ImageState.REVIEWED]
