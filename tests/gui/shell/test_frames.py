"""Frames of a video in the window (G8)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from tests.unit.images.test_frames import video

from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs.frame_dialog import FrameDialog
from dynseg_annotator.panels.message_bar import MessageBar

LONG_MS = 20_000


def messages(window: Workbench) -> str:
    bar = window.window.findChild(MessageBar)
    assert bar is not None
    return "\n".join(f"{m.text} {m.hint}" for m in bar.shown_messages)


def ask(window: Workbench, source: Path, every: str) -> None:
    """Drop a video on the window, type a number, press Enter."""
    window.window.path_dropped.emit(str(source))
    dialog = window.window.findChild(FrameDialog)
    assert dialog is not None
    dialog.every.selectAll()
    QTest.keyClicks(dialog.every, every)
    QTest.keyClick(dialog.every, Qt.Key.Key_Return)


def test_a_dropped_video_gives_images(opened: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    held = opened.parts.images.total
    ask(opened, video(tmp_path / "clip.avi", list(range(9))), "4")
    qtbot.waitUntil(lambda: opened.parts.images.total == held + 3, timeout=LONG_MS)
    assert "3 of 9 frames are in the list" in messages(opened)
    rels = [row.rel for row in opened.parts.images.all_rows()]
    assert "clip-frames/clip-000008.jpg" in rels


def test_what_is_no_video_is_said(opened: Workbench, qtbot: QtBot, tmp_path: Path) -> None:
    held = opened.parts.images.total
    source = tmp_path / "clip.mp4"
    source.write_bytes(b"no video")
    ask(opened, source, "1")
    qtbot.waitUntil(lambda: "is not a video" in messages(opened), timeout=LONG_MS)
    assert opened.parts.images.total == held


def test_the_further_pages_of_a_tiff_are_offered_where_its_first_is_shown(
    application: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "stacks"
    folder.mkdir()
    pages = [Image.new("RGB", (64, 48), (60 * number, 90, 20)) for number in range(3)]
    pages[0].save(folder / "stack.tiff", save_all=True, append_images=pages[1:])
    application.frame.open(folder)
    qtbot.waitUntil(lambda: "first of 3 frames" in messages(application), timeout=LONG_MS)
    bar = application.window.findChild(MessageBar)
    assert bar is not None
    action = bar.shown_messages[-1].action
    assert action is not None
    action.run()
    dialog = application.window.findChild(FrameDialog)
    assert dialog is not None
    QTest.keyClick(dialog.every, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: application.parts.images.total == 3, timeout=LONG_MS)  # none twice


def stacks(folder: Path, *names: str) -> Path:
    folder.mkdir()
    for name in names:
        pages = [Image.effect_noise((64, 48), 20 + 9 * number) for number in range(3)]
        pages[0].save(folder / name, save_all=True, append_images=pages[1:])
    return folder


def test_all_stacks_of_a_folder_give_their_pages_at_once(
    application: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = stacks(tmp_path / "stacks", "a.tif", "b.tif", "c.tif")
    (folder / "b.tif").write_bytes((folder / "b.tif").read_bytes()[:-4000])
    application.frame.open(folder)
    qtbot.waitUntil(lambda: "first of 3 frames" in messages(application), timeout=LONG_MS)
    bar = application.window.findChild(MessageBar)
    assert bar is not None
    action = bar.shown_messages[-1].action
    assert action is not None
    action.run()
    dialog = application.window.findChild(FrameDialog)
    assert dialog is not None
    assert not dialog.everything.isHidden()
    dialog.everything.click()
    QTest.keyClick(dialog.every, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "are in the list" in messages(application), timeout=LONG_MS)
    wanted = {"a-frames/a-000001.png", "c-frames/c-000002.png"}
    qtbot.waitUntil(
        lambda: wanted <= {row.rel for row in application.parts.images.all_rows()}, timeout=LONG_MS
    )
    assert "It breaks off after frame 1" in messages(application), "what failed is to be read"


def test_what_holds_for_every_image_of_a_folder_is_said_once(
    application: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "deep"
    folder.mkdir()
    for number in range(3):
        values = np.random.default_rng(number).integers(90, 900, (48, 64), dtype=np.uint16)
        Image.fromarray(values).save(folder / f"{number}.png")
    application.frame.open(folder)
    qtbot.waitUntil(lambda: "shown stretched to 8;" in messages(application), timeout=LONG_MS)
    for _ in range(2):
        shown = application.context.session.image_id
        application.parts.actions["next-image"].trigger()
        qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=LONG_MS)
        assert application.context.session.image_id != shown
        assert "stretched" not in messages(application)


def test_a_project_begins_with_a_video_alone(
    application: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    clips = tmp_path / "clips"
    clips.mkdir()
    source = video(clips / "clip.avi", list(range(9)))
    application.frame.open(clips)
    qtbot.waitUntil(lambda: "The frames of clip.avi can become images" in messages(application))
    bar = application.window.findChild(MessageBar)
    assert bar is not None
    offered = bar.shown_messages[-1].action
    assert offered is not None
    offered.run()
    asked = application.window.findChild(FrameDialog)
    assert asked is not None
    asked.reject()
    qtbot.waitUntil(lambda: application.window.findChild(FrameDialog) is None)
    assert application.parts.actions["add-frames"].isEnabled()
    application.parts.actions["add-frames"].trigger()
    chooser = application.window.findChild(QFileDialog)
    assert chooser is not None, "who has no mouse cannot drop"
    chooser.reject()
    ask(application, source, "4")
    qtbot.waitUntil(lambda: application.parts.images.total == 3, timeout=LONG_MS)
    store = application.context.store
    assert store is not None
    assert store.root == clips / "clip-frames"
    assert not application.parts.start_page._busy.text()


def test_a_video_that_is_none_begins_nothing(
    application: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    source = tmp_path / "clip.mp4"
    source.write_bytes(b"no video")
    ask(application, source, "1")
    qtbot.waitUntil(lambda: "is not a video" in messages(application), timeout=LONG_MS)
    assert application.context.store is None
    assert not application.parts.start_page._busy.text()
