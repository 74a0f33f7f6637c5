"""Labels of other programs into the project, behind the window.

Formats and dialogs are imported when they are first wanted: nothing of them at start-up.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import QObject, Signal

from dynseg.progress import Progress
from dynseg.worker.protocol import Import
from dynseg_annotator.actions import shown_key
from dynseg_annotator.application.exchange.file_job import FileJob
from dynseg_annotator.application.models.batch import BatchController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.jobs.files import Answers
from dynseg_annotator.language import engine_text, mark, tr

if TYPE_CHECKING:
    from dynseg.formats.incoming.class_names import Chosen
    from dynseg.project.store import Store
    from dynseg.worker.answers import ImportAnswer
    from dynseg_annotator.dialogs.import_dialog import ImportDialog, ImportRequest

CLASSES = "import.classes"
"""Project setting: what was chosen for names of classes in earlier imports."""
KEY = "exchange"


class ImportController(QObject):
    """Asks what to import, shows what that would do, and does it as one step."""

    ended = Signal()
    """An import is over, or the user gave it up."""

    def __init__(self, parts: Parts, batch: BatchController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._batch = batch
        self._dialog: ImportDialog | None = None
        self._preview = 0
        self._job = FileJob(
            parts,
            self,
            key=KEY,
            stopped=mark("The import was stopped; nothing was changed."),
        )
        self._job.ended.connect(self.ended)
        parts.actions["import-labels"].triggered.connect(lambda: self.ask())
        self._context.project_closed.connect(self._close)

    def ask(self, source: Path | None = None) -> None:
        """Open the dialog, or bring it to the front; read `source` when there is one."""
        store = self._context.store
        if store is None or not self._job.may_begin():
            return
        if store.read_only:
            self._context.messages.refuse_read_only(
                tr("The project is open read-only, so nothing can be imported.")
            )
            return
        if self._dialog is None:
            self._dialog = self._made()
        self._dialog.show()
        self._dialog.activateWindow()
        if source is not None:
            self._dialog.set_source(source)

    def _made(self) -> ImportDialog:
        from dynseg.formats import registry
        from dynseg_annotator.dialogs.import_dialog import FormatChoice, ImportDialog

        formats = [FormatChoice(f.name, f.title, f.prose) for f in registry.readable()]
        dialog = ImportDialog(
            formats,
            self._context.classes,
            self._remembered(),
            how=self._context.settings.get("import_how"),
            parent=self._parts.window,
        )
        dialog.preview_requested.connect(self.preview)
        dialog.import_requested.connect(self.run)
        dialog.finished.connect(self._dialog_closed)
        return dialog

    def preview(self, request: ImportRequest) -> None:
        """Let the dialog show what an import would do."""
        self._context.session.flush(2.0)
        self._context.files.forget(self._preview)
        dialog = self._dialog
        if dialog is None:
            return

        def done(result: dict[str, Any]) -> None:
            from dynseg.worker.answers import ImportAnswer, from_result

            dialog.show_answer(from_result(result, ImportAnswer))

        dialog.show_progress(Progress(tr("Reading the labels"), 0))
        self._preview = self._context.files.run(
            self._request(request, dry_run=True),
            Answers(done, dialog.show_error, dialog.show_progress),
        )

    def run(self, request: ImportRequest) -> None:
        """Take the labels in."""
        if self._context.session.flush(10.0):
            self.ended.emit()
            return  # the message about what cannot be saved is on the screen
        self._context.settings.set("import_how", request.how)
        self._remember(request.classes)

        def done(result: dict[str, Any]) -> None:
            from dynseg.worker.answers import ImportAnswer, from_result

            self._show(from_result(result, ImportAnswer), request)

        self._job.run(tr("Importing"), self._request(request, dry_run=False), done)

    def _request(self, request: ImportRequest, *, dry_run: bool) -> Callable[[int], Import]:
        store = self._context.store
        assert store is not None
        project, token = str(store.root), store.lock_token
        source = str(request.source.absolute())
        return lambda job: Import(
            job=job,
            project=project,
            token=token,
            source=source,
            format=request.format,
            how=request.how,
            classes=dict(request.classes),
            dry_run=dry_run,
            reading=request.reading,
        )

    def _show(self, answer: ImportAnswer, request: ImportRequest) -> None:
        """Say what came in, and let lists and the open image follow."""
        store = self._context.store
        if store is None:
            return
        from dynseg.formats import registry
        from dynseg_annotator.dialogs.import_words import result
        from dynseg_annotator.dialogs.report_dialog import ReportAction, ReportDialog

        self._context.rows_outdated.emit()
        take_back = None
        if answer.run_id:
            take_back = ReportAction(
                tr("Take it back"), lambda: self._take_back(store, answer.run_id), "undo-batch"
            )
        title = engine_text(registry.named(answer.format).title)
        key = shown_key(self._parts.actions["accept-many"])
        report = result(
            answer,
            str(request.source),
            take_back,
            format_title=title,
            review_key="" if request.how == "reviewed" else key,
        )
        ReportDialog(report, self._parts.window).show()
        action = None
        if take_back is not None:
            action = MessageAction(take_back.text, take_back.run)
        self._context.messages.show(
            Level.WARN if answer.refused.count else Level.OK,
            tr("{title}.", title=report.title),
            action=action,
            details=report.text,
            key=KEY,
        )

    def _take_back(self, store: Store, run_id: str) -> None:
        """The report stays open beside the work, also when another project is opened."""
        if self._context.store is store:
            self._batch.undo(run_id)

    def _dialog_closed(self, result: int) -> None:
        self._context.files.forget(self._preview)
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()
        if not result:
            self.ended.emit()

    def _close(self) -> None:
        """The project is closed: nothing more is asked about it."""
        if self._dialog is not None:
            self._dialog.reject()

    def _remembered(self) -> dict[str, Chosen]:
        store = self._context.store
        text = store.setting(CLASSES) if store is not None else None
        try:
            return msgspec.json.decode((text or "{}").encode(), type=dict[str, int | str | None])
        except msgspec.DecodeError:
            return {}

    def _remember(self, classes: Mapping[str, Chosen]) -> None:
        writer = self._context.writer
        if writer is not None and classes:
            text = json.dumps({**self._remembered(), **classes})
            writer.submit(lambda store: store.save_setting(CLASSES, text))
