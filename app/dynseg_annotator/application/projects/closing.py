"""Closing the window: labels first, then the question about what still runs."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.projects.current import ProjectController
from dynseg_annotator.application.projects.outline_guard import OutlineGuard
from dynseg_annotator.application.projects.rescuing import is_lost
from dynseg_annotator.context import UNSAVED, Level, unsaved_advice
from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import tr, tr_n


class ClosingController(QObject):
    """Decides whether the window may close, and ends what belongs to it."""

    def __init__(
        self, parts: Parts, projects: ProjectController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._projects = projects
        self._sure = self._may_stop = self._may_leave = False
        self._question: QMessageBox | None = None
        self._finished = False
        self._outline = OutlineGuard(parts, self)
        parts.window.may_close = self.may_close

    def may_close(self) -> bool:
        """Save, then ask about what runs; true when the window may go."""
        if self._sure:
            return True
        context = self._context
        if not self._outline.may_go_on(
            tr("A shape is being drawn, so the window stays open."),
            tr("Finish it first; closing once more now gives it up."),
        ):
            return False
        if context.session.flush():
            context.messages.show(
                Level.ERROR,
                tr_n(
                    "{n} edit could not be saved, so the window stays open.",
                    "{n} edits could not be saved, so the window stays open.",
                    context.session.unsaved,
                ),
                *unsaved_advice(context),
                key=UNSAVED,
            )
            self._ask_unsaved()
            return False
        if is_lost(context):
            self._ask_unsaved()
            return False
        running = self._parts.window.status_line.running(besides=self._projects)
        if running and not self._may_stop:
            self._ask_running(running)
            return False
        if context.training.runs_here and not self._may_leave:
            self._ask_training()
            return False
        return True

    def may_be_remade(self) -> bool:
        """Whether nothing is unsaved and nothing runs that ends with the window; else says so.

        A training run is a program of its own and goes on.
        """
        context = self._context
        why, action = "", None
        if context.session.flush():
            why = tr("Some edits are not saved yet.")
        elif is_lost(context):
            why = tr("The folder of this project was moved or deleted while it was open.")
            action = context.messages.rescues
        elif self._parts.canvas.is_drawing:
            why = tr("A shape is being drawn that would be lost.")
        elif self._parts.window.status_line.has_jobs:
            why = tr("Something is running that would have to stop; your labels are not affected.")
        if why:
            text = tr("The language changes with the next start.")
            context.messages.show(Level.INFO, text, why, action, key="language")
        return not why

    def finish(self) -> None:
        """Close the project and end threads and the engine."""
        if self._finished:
            return
        self._finished = True
        context = self._context
        context.settings.flush()
        self._parts.window.status_line.stop_jobs()
        self._projects.stop_opening()
        self._projects.close()
        context.training.release()
        context.live.stop()
        context.engine.stop()
        context.files.stop()
        context.background.close()
        context.loader.close()
        self._parts.thumbnails.close()

    def withdraw_question(self) -> None:
        """Close the question that is open, if there is one; the window stays."""
        if self._question is not None:
            self._question.reject()

    def _ask(self, box: QMessageBox) -> None:
        """Ask once, however often closing is tried."""
        self.withdraw_question()
        self._question = box
        box.finished.connect(self._forget_question)
        box.finished.connect(box.deleteLater)
        layout.open_question(box)

    def _forget_question(self) -> None:
        self._question = None

    def _ask_unsaved(self) -> None:
        box = QMessageBox(self._parts.window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(tr("Edits are not saved"))
        unsaved, store = self._context.session.unsaved, self._context.store
        rescue = self._context.messages.rescues
        if store is not None and store.is_lost and rescue is not None:
            box.setWindowTitle(tr("The project's folder is gone"))
            box.setText(tr("The folder of this project was moved or deleted while it was open."))
            box.setInformativeText(
                tr(
                    "If it was deleted, closing the window loses all its labels; one that was "
                    "moved can be opened where it is now."
                )
            )
            elsewhere = box.addButton(rescue.text, QMessageBox.ButtonRole.AcceptRole)
            elsewhere.clicked.connect(lambda: rescue.run())
        elif store is not None and store.is_away:
            box.setText(
                tr_n("{n} edit is only in memory.", "{n} edits are only in memory.", unsaved)
            )
            box.setInformativeText(
                tr(
                    "The drive or network folder of this project is not there: connect it again "
                    "and retry. What was saved is safe there, but closing the window loses these "
                    "edits."
                )
            )
        else:
            box.setText(
                tr_n("{n} edit is only in memory.", "{n} edits are only in memory.", unsaved)
            )
            box.setInformativeText(tr("Closing the window loses them."))
        stay = box.addButton(tr("Keep the window open"), QMessageBox.ButtonRole.RejectRole)
        leave = box.addButton(tr("Close and lose them"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        leave.clicked.connect(self._close_anyway)
        self._ask(box)

    def _ask_running(self, running: str) -> None:
        box = QMessageBox(self._parts.window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("Something is still running"))
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setText(running)
        box.setInformativeText(tr("Closing the window stops it. Your labels are saved either way."))
        stay = box.addButton(tr("Keep the window open"), QMessageBox.ButtonRole.RejectRole)
        stop = box.addButton(tr("Stop it and close"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        stop.clicked.connect(lambda: self._close_agreed(jobs=True))
        self._ask(box)

    def _close_agreed(self, *, jobs: bool = False, training: bool = False) -> None:
        """Close without asking about these again; labels are looked after as ever."""
        self._may_stop, self._may_leave = jobs, training
        self._parts.window.close()
        self._may_stop = self._may_leave = False

    def _ask_training(self) -> None:
        box = QMessageBox(self._parts.window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(tr("A training run is going on"))
        box.setText(tr("The model is still learning."))
        box.setInformativeText(
            tr(
                "It can go on without the window: the next start finds it again. "
                "Your labels are saved either way."
            )
        )
        leave = box.addButton(tr("Leave it running"), QMessageBox.ButtonRole.AcceptRole)
        stop = box.addButton(tr("Stop it"), QMessageBox.ButtonRole.DestructiveRole)
        box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(leave)
        close = partial(self._close_agreed, jobs=self._may_stop, training=True)
        leave.clicked.connect(lambda: close())
        stop.clicked.connect(lambda: self._stop_training(close))
        self._ask(box)

    def _stop_training(self, then: Callable[[], None]) -> None:
        """End the run, which takes seconds, and say why the window is still there."""
        self._parts.training_panel.run_stopping()
        self._context.messages.show(
            Level.INFO, tr("The training run is being stopped; the window closes after that.")
        )
        self._context.training.stop(then=then)

    def _close_anyway(self) -> None:
        self._sure = True
        self._parts.window.close()
