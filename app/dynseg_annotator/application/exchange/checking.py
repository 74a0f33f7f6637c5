"""What is broken or doubtful in the labels: listed, shown, repaired with one click."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from dynseg.progress import Progress
from dynseg.worker.protocol import Check
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.view.navigation import NavigationController
from dynseg_annotator.jobs.files import Answers
from dynseg_annotator.language import tr

if TYPE_CHECKING:
    from dynseg.worker.answers import CheckLine
    from dynseg_annotator.dialogs.check_dialog import CheckDialog


class CheckController(QObject):
    """Runs checks in the file worker and goes to what they find."""

    def __init__(
        self,
        parts: Parts,
        navigation: NavigationController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._navigation = navigation
        self._dialog: CheckDialog | None = None
        self._job = 0
        self._wanted: CheckLine | None = None
        parts.actions["check-project"].triggered.connect(lambda: self.show())
        self._context.session.opened.connect(lambda _: self._select())
        self._context.project_closed.connect(self._close)

    def show(self) -> None:
        """Open the list and fill it."""
        if self._context.store is None:
            return
        if self._dialog is None:
            from dynseg_annotator.dialogs.check_dialog import CheckDialog

            dialog = CheckDialog(self._parts.window)
            dialog.repair_requested.connect(lambda: self.run(fix=True))
            dialog.look_requested.connect(self.run)
            dialog.chosen.connect(self.go_to)
            dialog.finished.connect(self._dialog_closed)
            self._dialog = dialog
        self._dialog.show()
        self.run()

    def run(self, *, fix: bool = False) -> None:
        """Look at everything, after a repair of what needs no judgement with `fix`."""
        store, dialog = self._context.store, self._dialog
        if store is None or dialog is None:
            return
        self._context.session.flush(2.0)
        self._context.files.forget(self._job)
        project, token = str(store.root), store.lock_token

        def done(result: dict[str, Any]) -> None:
            from dynseg.worker.answers import CheckAnswer, from_result

            dialog.show_answer(from_result(result, CheckAnswer), read_only=store.read_only)
            if fix:
                self._context.rows_outdated.emit()

        dialog.show_progress(Progress(tr("Checking"), 0))
        self._job = self._context.files.run(
            lambda job: Check(job=job, project=project, token=token, fix=fix),
            Answers(done, dialog.show_error, dialog.show_progress),
        )

    def go_to(self, line: CheckLine) -> None:
        """Show the image and select the shape."""
        self._wanted = line
        if self._context.session.image_id == line.image_id:
            self._select()
        elif line.image_id is None or not self._navigation.go(line.image_id):
            self._wanted = None

    def _select(self) -> None:
        line, annotation = self._wanted, self._context.session.annotation
        if line is None or annotation is None or annotation.image_id != line.image_id:
            return
        self._wanted = None
        wanted = line.instance_id
        if wanted is not None and any(item.id == wanted for item in annotation.instances):
            self._context.session.selection.set([wanted])

    def _dialog_closed(self) -> None:
        self._context.files.forget(self._job)
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()

    def _close(self) -> None:
        """The project is closed."""
        self._wanted = None
        if self._dialog is not None:
            self._dialog.reject()
