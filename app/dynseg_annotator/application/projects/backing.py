"""Verified copies of the labels: made beside the work, looked at, and brought back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from dynseg.project import backups
from dynseg.project.layout import ProjectLayout
from dynseg.project.lock import ProjectLock
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.projects.current import ProjectController
from dynseg_annotator.application.projects.outline_guard import OutlineGuard
from dynseg_annotator.context import Level
from dynseg_annotator.language import recorded, tr
from dynseg_annotator.session.opening import PROGRAM

if TYPE_CHECKING:
    from dynseg_annotator.dialogs.backup_dialog import BackupDialog

LOOK_EVERY_MS = 5 * 60_000
"""How often is asked whether a backup is due; the project says so, whoever changed it."""
KEY = "backup"


class BackupController(QObject):
    """Regular backups while somebody works, and the dialog that brings one back."""

    def __init__(
        self, parts: Parts, projects: ProjectController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._projects = projects
        self._outline = OutlineGuard(parts, self)
        self._dialog: BackupDialog | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.back_up_if_due)
        self._context.project_opened.connect(self._begin)
        self._context.project_closed.connect(self._end)
        parts.actions["restore-backup"].triggered.connect(lambda: self.show())

    def back_up_if_due(self) -> None:
        """Make a copy when the project was changed and the newest one is old."""
        store = self._context.store
        if store is not None and not store.read_only:
            self._in_background(store.backup_if_due)

    def make(self) -> None:
        """Make a copy now."""
        store = self._context.store
        if store is not None and not store.read_only:
            self._context.session.flush(10.0)
            self._in_background(lambda: store.backup(recorded("by hand")), then=self._fill)

    def show(self) -> None:
        """Show what copies there are."""
        if self._context.store is None:
            return
        self._context.session.flush(2.0)
        if self._dialog is None:
            from dynseg_annotator.dialogs.backup_dialog import BackupDialog

            dialog = BackupDialog(self._parts.window)
            dialog.make_requested.connect(self.make)
            dialog.restore_requested.connect(self.restore)
            dialog.finished.connect(self._dialog_closed)
            self._dialog = dialog
        self._dialog.show()
        self._fill()

    def restore(self, backup: Path) -> None:
        """Bring a copy back; what is there now becomes a copy itself first."""
        context = self._context
        store = context.store
        if store is None or store.read_only:
            return
        if context.batch_running or context.training.is_running:
            context.messages.show(
                Level.WARN,
                tr("A run is going on, so the backup was not brought back."),
                tr("Stop it first, then try again."),
                key=KEY,
            )
            return
        if not self._outline.may_go_on(
            tr("A shape is being drawn, so the backup was not brought back.")
        ):
            return
        layout = store.layout

        def done(_: object) -> None:
            context.messages.show(
                Level.OK,
                tr("The labels are as in {name}.", name=backup.name),
                tr("What was there before is the newest backup: bring it back the same way."),
                key=KEY,
            )

        self._projects.while_closed(
            tr("Bringing a backup back"), lambda: _restored(layout, backup), done, key=KEY
        )

    def _begin(self) -> None:
        self._timer.start()
        self.back_up_if_due()

    def _end(self) -> None:
        self._timer.stop()
        if self._dialog is not None:
            self._dialog.reject()

    def _fill(self) -> None:
        """Read the copies off the window's thread and show them."""
        store, dialog = self._context.store, self._dialog
        if store is None or dialog is None:
            return

        def done(found: tuple[list[backups.BackupFacts], backups.Contents]) -> None:
            if self._dialog is dialog:
                dialog.set_backups(*found, read_only=store.read_only)

        self._context.background.run(
            lambda: (backups.facts(store.layout), store.contents()),
            done=done,
            failed=self._context.messages.show_error,
            newest_of=dialog,
        )

    def _dialog_closed(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()

    def _in_background(
        self, back_up: Callable[[], Path | None], then: Callable[[], None] = lambda: None
    ) -> None:
        messages = self._context.messages

        def done(made: Path | None) -> None:
            if made is not None and backups.is_damaged(made):
                messages.show(Level.WARN, backups.DAMAGED_NOTICE, key="damaged-backup")
            then()

        self._context.background.run(back_up, done=done, failed=messages.show_error)


def _restored(layout: ProjectLayout, backup: Path) -> None:
    lock = ProjectLock.acquire(layout.lock, program=PROGRAM)
    try:
        backups.restore(layout, backup)
    finally:
        lock.release()
