"""Backups in the window (G3): made by the project's own changes, looked at, brought back."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from dynseg.annotation import edits
from dynseg.annotation.document import Instance
from dynseg.geometry.part import Part, ring
from dynseg.project import backups
from dynseg.project.backups import BackupFacts, Contents
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.backup_dialog import BackupDialog, consequences

LONG_MS = 20_000


def draw(window: Workbench, qtbot: QtBot, x: float) -> None:
    corners = [(x, 20), (x + 30, 20), (x + 30, 60), (x, 60)]
    class_id = window.context.classes.labels[0].id
    shape = Instance(class_id=class_id, parts=(Part(ring(corners)),))
    window.context.session.apply("Draw shape", edits.add(shape))
    qtbot.waitUntil(lambda: window.context.session.unsaved == 0)


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def shown(window: Workbench, qtbot: QtBot, count: int) -> BackupDialog:
    window.parts.actions["restore-backup"].trigger()
    dialog = window.backups._dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog._list.topLevelItemCount() == count, timeout=LONG_MS)
    return dialog


def test_a_backup_is_made_looked_at_and_brought_back_and_that_is_taken_back(
    opened: Workbench, qtbot: QtBot
) -> None:
    opened.classes.add("bolt")
    qtbot.waitUntil(lambda: len(opened.context.classes) == 1)
    draw(opened, qtbot, 20)
    dialog = shown(opened, qtbot, 0)
    assert "There is no backup yet." in said(dialog)
    assert not layout.main_button(dialog._box).isEnabled()
    QTest.mouseClick(dialog._make, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog._list.topLevelItemCount() == 1, timeout=LONG_MS)
    item = dialog._list.topLevelItem(0)
    assert item is not None
    assert [item.text(column) for column in (1, 2, 3, 4, 6)] == ["by hand", "6", "1", "0", "sound"]
    assert "as many images, shapes" in said(dialog)
    dialog.reject()

    draw(opened, qtbot, 80)
    dialog = shown(opened, qtbot, 1)
    assert "1 shape instead of 2" in said(dialog)
    restore(dialog, opened, qtbot, count=1)
    dialog = shown(opened, qtbot, 2)
    assert dialog.chosen is not None
    assert dialog.chosen.reason == "before a restore"
    assert "2 shapes instead of 1" in said(dialog)
    restore(dialog, opened, qtbot, count=2)


def restore(dialog: BackupDialog, window: Workbench, qtbot: QtBot, *, count: int) -> None:
    before = window.context.store
    QTest.mouseClick(layout.main_button(dialog._box), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: window.context.store not in (None, before) and not window.projects._opening,
        timeout=LONG_MS,
    )
    qtbot.waitUntil(lambda: window.parts.canvas.accepts_gestures, timeout=LONG_MS)
    annotation = window.context.session.annotation
    assert annotation is not None
    assert len(annotation.instances) == count


def test_changes_of_anybody_make_a_backup_due(
    opened: Workbench, qtbot: QtBot, tmp_path: Path
) -> None:
    store = opened.context.store
    assert store is not None
    opened.backups.back_up_if_due()
    qtbot.wait(50)
    assert not backups.listed(store.layout), "nothing was changed half an hour ago"
    store.add_class("made by a worker")
    assert store.backup_if_due(interval_s=-1.0) is not None
    assert store.backup_if_due(interval_s=-1.0) is None, "unchanged since"


def test_every_consequence_is_said() -> None:
    now = Contents(images=6, shapes=4, reviewed=2, classes=1)
    fact = BackupFacts(Path("x.db"), datetime.now(UTC), "by hand", 10, True, None)
    texts = [text for _, text in consequences(fact, now)]
    assert "damaged" in texts[0]
    assert "earlier format" in texts[1]
    then = fact._replace(damaged=False, contents=Contents(6, 1, 0, 2))
    assert consequences(then, now)[0][1] == (
        "The project would have 1 shape instead of 4, 0 reviewed images instead of 2, "
        "2 classes instead of 1."
    )
