"""Images whose header is fine and whose pixels are not, and images whose labels are damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from dynseg.annotation.document import Annotation, ImageState
from dynseg.errors import DamagedError
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


@pytest.fixture
def ids(opened: Workbench, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The images of the window; what is stored of the second cannot be read."""
    store = opened.context.store
    assert store is not None
    found = [row.id for row in store.images()]
    read = store.annotation

    def annotation(image_id: int) -> Annotation:
        if image_id == found[1]:
            raise DamagedError("img_1.jpg", "at least one of its shapes")
        return read(image_id)

    monkeypatch.setattr(store, "annotation", annotation)
    return found


@pytest.mark.parametrize("key", ["next-image", "next-unreviewed"])
def test_a_walk_through_the_images_goes_past_damaged_labels(
    opened: Workbench, ids: list[int], key: str
) -> None:
    opened.parts.actions[key].trigger()
    assert opened.context.session.image_id == ids[2]
    assert told(opened) == ["img_1.jpg: at least one of its shapes cannot be read"]
    opened.parts.actions["previous-image"].trigger()
    assert opened.context.session.image_id == ids[0]


def test_an_image_that_cannot_be_opened_leaves_the_open_one_as_it_is(
    opened: Workbench, ids: list[int], qtbot: QtBot
) -> None:
    opened.navigation.open(ids[-1])
    canvas, session = opened.parts.canvas, opened.context.session
    qtbot.waitUntil(lambda: "cannot be shown" in canvas._placeholder.title, timeout=8000)
    why = opened.navigation.damage
    panel = opened.parts.image_panel
    panel.image_requested.emit(ids[1])
    assert session.image_id == ids[-1]
    assert why
    assert opened.navigation.damage == why, "or it could be accepted as empty"
    opened.navigation.open(ids[2])  # its pixels are on their way
    opened.navigation.open(ids[1])
    qtbot.waitUntil(lambda: canvas.accepts_gestures, timeout=8000)


def test_what_is_left_and_damaged_is_not_called_reviewed(opened: Workbench, ids: list[int]) -> None:
    store = opened.context.store
    assert store is not None
    images = opened.parts.images
    ended: list[bool] = []
    opened.navigation.all_reviewed.connect(lambda: ended.append(True))
    images.neighbour = lambda image_id, step, *, waiting=False: (  # type: ignore[method-assign]
        None if image_id == ids[1] else ids[1]
    )
    opened.parts.actions["next-unreviewed"].trigger()
    assert not ended
    assert told(opened) == ["img_1.jpg: at least one of its shapes cannot be read"]


def told(window: Workbench) -> list[str]:
    bar = window.window.findChild(MessageBar)
    assert bar is not None
    return [message.text.split(",")[0] for message in bar.shown_messages]
