"""A project whose folder goes while it is open: it can be saved elsewhere, or is waited for.

Whose folder was deleted or moved can save all labels in another folder as long as the window is
open. On a drive that was unplugged nothing is lost: it is connected again, and what was drawn
meanwhile is saved there.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import TimeoutError as FutureTimeoutError
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QFileDialog

from dynseg.errors import DynsegError
from dynseg.progress import CancelToken
from dynseg.project.store import Store
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import UNSAVED, AppContext, Level, MessageAction, unsaved_advice
from dynseg_annotator.language import tr

ASK_S = 2.0
"""Longer no disk is waited for that may be gone as a whole."""
INSIST_MS = 10_000
"""Who does the same again within this time means it."""


def is_lost(context: AppContext) -> bool:
    """Whether all labels of the open project go when it is closed; asks the disk for a moment."""
    store, writer = context.store, context.writer
    if store is None or writer is None or store.read_only:
        return False
    with suppress(FutureTimeoutError):
        writer.submit(Store.has_its_name).result(timeout=ASK_S)
    return store.is_lost


class RescueController(QObject):
    """Offers the copy wherever something could not be saved, makes it and opens it.

    Args:
        parts: The window.
        open_project: Opens the copy.
        parent: Owns this object.
    """

    def __init__(
        self, parts: Parts, open_project: Callable[[Path], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._open = open_project
        self._saving = False
        self._insisting = QTimer(self, singleShot=True, interval=INSIST_MS)
        self._context.messages.rescues = MessageAction(tr("Save a copy elsewhere…"), self.ask)
        self._context.messages.returns = MessageAction(tr("Retry"), self.again)

    def may_leave(self) -> bool:
        """Whether the project can be closed without losing all of it, or the user insists."""
        if self._insisting.isActive() or not is_lost(self._context):
            return True
        self._insisting.start()
        self._context.messages.show(
            Level.ERROR,
            tr("The folder of the open project was moved or deleted, so it stays open."),
            tr(
                "Save a copy elsewhere. If the folder was deleted, repeating this now gives up all "
                "its labels."
            ),
            self._context.messages.rescues,
            key=UNSAVED,
        )
        return False

    def ask(self) -> None:
        """Let the user choose where the copy goes; one that is there already gets the rest."""
        store = self._context.store
        if store is not None and store.copy_root is not None:
            self.save_to(store.copy_root)
            return
        dialog = QFileDialog(self._parts.window, tr("Folder for the copy of the project"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(lambda place: self.save_to(Path(place)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def save_to(self, root: Path) -> None:
        """Copy the project with every edit into a folder, and go on there."""

        def told() -> None:
            self._context.messages.show(
                Level.WARN,  # it stays: the labels live somewhere else from now on
                tr("All labels are saved in {place}, and you go on there.", place=root),
                tr(
                    "Models, training runs and backups were files of the old folder and are not "
                    "in it."
                ),
                key="rescued",
            )

        self._save(root, told, self._context.messages.rescues)

    def again(self) -> None:
        """Save what waits on the drive that was away, and open its project anew."""
        store = self._context.store
        if store is None:
            return

        def told() -> None:
            self._context.messages.show(
                Level.OK, tr("The drive is there again, and everything is saved."), key="rescued"
            )

        self._save(store.root, told, self._context.messages.returns)

    def _save(self, root: Path, told: Callable[[], None], action: MessageAction | None) -> None:
        """Save all that waits in a project in `root`, say so, and open it.

        Args:
            root: Where it is, or is to be.
            told: Says that it is done.
            action: Offered where it fails.
        """
        context, store = self._context, self._context.store
        if store is None or self._saving:
            return
        cancel, line = CancelToken(), self._parts.window.status_line
        copying = context.session.copy_to(root, cancel)

        def end() -> None:
            self._saving = False
            line.clear_job(self)

        def done(_: object) -> None:
            end()
            if context.store is not store:
                return
            if context.session.unsaved:  # drawn meanwhile
                self._save(root, told, action)
                return
            context.messages.withdraw(UNSAVED)
            told()
            self._open(root)

        def failed(error: DynsegError) -> None:
            end()
            context.messages.show_error(error, action=action, key=UNSAVED)

        def stopped() -> None:
            end()
            context.messages.show(
                Level.WARN,
                tr("Stopped: there is no copy, and everything is kept in memory."),
                *unsaved_advice(context),
                key=UNSAVED,
            )

        self._saving = True
        context.background.run_reporting(
            copying,
            done=done,
            failed=failed,
            progressed=lambda progress: line.set_job(self, progress, cancel.cancel),
            cancelled=stopped,
        )
