"""The folder of a project is deleted while it is open, or its drive is away: no label is lost."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from tests.gui.shell.test_errors import shape

from dynseg.annotation import edits
from dynseg.errors import StoreWriteError
from dynseg.progress import Progress
from dynseg.project import backups
from dynseg.project.store import Store
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.context import Level, Message
from dynseg_annotator.panels.message_bar import MessageBar

pytestmark = pytest.mark.posix_files


def said(opened: Workbench) -> Message:
    """The one message about what is not saved."""
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    return next(message for message in bar.shown_messages if message.key == "save")


def test_the_labels_of_a_deleted_project_are_saved_elsewhere(
    opened: Workbench, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    session = opened.context.session
    assert opened.context.store is not None
    label = opened.context.store.add_class("bolt")
    with qtbot.waitSignal(session.saved):
        session.apply("Draw shape", edits.add(shape(9, label.id)))
    shutil.rmtree(folder / ".dynseg")
    with qtbot.waitSignal(session.save_failed):
        session.apply("Draw shape", edits.add(shape(20, label.id)))
    message = said(opened)
    assert message.action is not None
    assert "elsewhere" in message.action.text
    (folder / "a file").touch()
    opened.rescuing.save_to(folder / "a file")  # what cannot be written loses nothing
    qtbot.waitUntil(lambda: "a file" in said(opened).text)
    assert session.unsaved == 1
    rescued = tmp_path / "rescued"
    opened.rescuing.save_to(rescued)
    qtbot.waitUntil(
        lambda: opened.context.store is not None and opened.context.store.root == rescued
    )
    qtbot.waitUntil(lambda: session.annotation is not None)
    assert session.annotation is not None
    assert len(session.annotation.instances) == 2
    assert session.unsaved == 0
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    assert [m.level for m in bar.shown_messages if m.key == "rescued"] == [Level.WARN]
    assert opened.closing.may_close()
    assert opened.projects.close()
    with Store.open(rescued) as store:
        assert sum(row.instance_count for row in store.images()) == 2
        assert store.images_root == folder


def test_edits_made_during_the_copy_go_into_it_too(
    opened: Workbench, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    session, lost = opened.context.session, opened.context.store
    assert lost is not None
    label = lost.add_class("bolt")
    shutil.rmtree(folder / ".dynseg")
    with qtbot.waitSignal(session.save_failed):
        session.apply("Draw shape", edits.add(shape(9, label.id)))
    session.saved.connect(  # heard when the copy has what was drawn before, and is not open yet
        lambda *_: session.apply("Draw shape", edits.add(shape(20, label.id))),
        Qt.ConnectionType.SingleShotConnection,
    )
    opened.rescuing.save_to(tmp_path / "rescued")
    qtbot.waitUntil(lambda: opened.context.store not in (None, lost))
    qtbot.waitUntil(lambda: session.annotation is not None)
    assert session.annotation is not None
    assert len(session.annotation.instances) == 2


def test_a_copy_that_does_not_get_every_edit_is_none_and_another_one_gets_them_all(
    opened: Workbench, folder: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first edit was in a copy on a full stick alone, and no other copy could be made."""
    session, lost = opened.context.session, opened.context.store
    assert lost is not None
    label = lost.add_class("bolt")
    shutil.rmtree(folder / ".dynseg")
    with qtbot.waitSignal(session.save_failed):
        session.apply("Draw shape", edits.add(shape(9, label.id)))
    session.apply("Draw shape", edits.add(shape(20, label.id)))
    commit, tried = Store.commit, []

    def full(self: Store, *args: Any, **settings: Any) -> int:
        tried.append(settings["text"])
        if self is not lost and len(tried) == 2:
            raise StoreWriteError("The stick is full.", "Free some space.")
        return commit(self, *args, **settings)

    stick = tmp_path / "stick"
    with monkeypatch.context() as patched:
        patched.setattr(Store, "commit", full)
        opened.rescuing.save_to(stick)
        qtbot.waitUntil(lambda: "stick is full" in said(opened).text)
    assert session.unsaved == 2
    assert lost.is_lost
    opened.rescuing.save_to(stick)
    qtbot.waitUntil(lambda: opened.context.store not in (None, lost))
    qtbot.waitUntil(lambda: session.annotation is not None)
    assert session.annotation is not None
    assert len(session.annotation.instances) == 2
    assert session.unsaved == 0


def test_a_deleted_project_does_not_go_unsaid_for_another_language_or_a_backup(
    opened: Workbench, folder: Path, qtbot: QtBot
) -> None:
    shutil.rmtree(folder / ".dynseg")
    assert not opened.may_be_remade()
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    (message,) = [m for m in bar.shown_messages if m.key == "language"]
    assert "deleted" in message.hint
    assert message.action is not None
    opened.projects.while_closed("Putting back …", pytest.fail, pytest.fail, key="backup")
    qtbot.waitUntil(lambda: "stays open" in said(opened).text)
    assert opened.context.store is not None


def test_a_deleted_project_does_not_go_unsaid_with_the_window_or_for_another_one(
    opened: Workbench, folder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    shutil.rmtree(folder / ".dynseg")
    opened.window.close()
    assert opened.window.isVisible()
    (box,) = [b for b in opened.window.findChildren(QMessageBox) if b.isVisible()]
    assert any(button.text().startswith("Save a copy") for button in box.buttons())
    assert "all its labels" in box.informativeText()
    box.reject()
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    opened.frame.open(other)
    qtbot.waitUntil(lambda: "stays open" in said(opened).text)
    assert opened.context.store is not None
    assert opened.context.store.root == folder
    opened.frame.open(other)  # who insists gives it up
    qtbot.waitUntil(lambda: opened.context.store is not None and opened.context.store.root == other)


SHARED = Path("/dev/shm")
"""Another drive than that of the tests, where there is one."""


@pytest.fixture
def stick(folder: Path, tmp_path: Path) -> Iterator[Path]:
    """The folder on a drive of its own; what `resolve` gives is the drive."""
    if not SHARED.is_dir() or SHARED.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("needs a second file system")
    drive = Path(tempfile.mkdtemp(dir=SHARED))
    shutil.copytree(folder, drive / "first")
    place = tmp_path / "stick"
    place.symlink_to(drive / "first")
    yield place
    shutil.rmtree(drive)


def test_a_stick_that_is_pulled_out_gets_what_was_drawn_when_it_is_back(
    application: Workbench, stick: Path, qtbot: QtBot
) -> None:
    application.frame.open(stick)
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=8000)
    session, pulled = application.context.session, application.context.store
    assert pulled is not None
    label = pulled.add_class("bolt")
    with qtbot.waitSignal(session.saved):
        session.apply("Draw shape", edits.add(shape(9, label.id)))
    drive = stick.resolve()
    stick.unlink()
    assert application.closing.may_close(), "all is on the stick"
    with qtbot.waitSignal(session.save_failed):
        session.apply("Draw shape", edits.add(shape(20, label.id)))
    message = said(application)
    assert "is not there" in message.text
    assert message.action is not None
    assert message.action.text == "Retry"
    application.window.close()
    (box,) = [b for b in application.window.findChildren(QMessageBox) if b.isVisible()]
    assert "safe there" in box.informativeText()
    assert not any(button.text().startswith("Save a copy") for button in box.buttons())
    box.reject()
    message.action.run()  # too early
    qtbot.waitUntil(lambda: not application.rescuing._saving)  # else it hears no second press
    assert session.unsaved == 1
    shutil.copytree(drive, drive.parent / "second")  # the files that are open answer no more
    stick.symlink_to(drive.parent / "second")
    shutil.rmtree(drive)
    said(application).action.run()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: application.context.store not in (None, pulled))
    qtbot.waitUntil(lambda: session.annotation is not None)
    assert session.annotation is not None
    assert len(session.annotation.instances) == 2
    assert session.unsaved == 0
    assert application.projects.close()
    with Store.open(stick) as store:
        assert sum(row.instance_count for row in store.images()) == 2


def test_a_copy_says_how_far_it_is_and_can_be_stopped(
    opened: Workbench, folder: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    session, lost = opened.context.session, opened.context.store
    assert lost is not None
    label = lost.add_class("bolt")
    shutil.rmtree(folder / ".dynseg")
    with qtbot.waitSignal(session.save_failed):
        session.apply("Draw shape", edits.add(shape(9, label.id)))
    line, going = opened.window.status_line, threading.Event()
    real = backups.copy_database

    def slow(connection: apsw.Connection, target: Path, **options: Any) -> bool:
        options["report"](Progress("Copying the labels (MB)", 3, 400))
        assert going.wait(20)
        return real(connection, target, **options)

    monkeypatch.setattr(backups, "copy_database", slow)
    opened.rescuing.save_to(tmp_path / "rescued")
    qtbot.waitUntil(lambda: "3 of 400" in line.running(besides=None))
    opened.rescuing.save_to(tmp_path / "twice")
    line.stop_jobs()
    going.set()
    qtbot.waitUntil(lambda: "Stopped" in said(opened).text)
    assert not line.has_jobs
    assert session.unsaved == 1
    assert not (tmp_path / "rescued" / ".dynseg" / "project.db").exists()
    assert not (tmp_path / "twice").exists()
    opened.rescuing.save_to(tmp_path / "rescued")
    qtbot.waitUntil(lambda: opened.context.store not in (None, lost))
    assert session.unsaved == 0
