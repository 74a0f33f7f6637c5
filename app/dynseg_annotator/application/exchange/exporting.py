"""Data sets out, behind the window while the person goes on working.

Formats and dialogs are imported when they are first wanted: nothing of them at start-up.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from dynseg.annotation.document import ImageState
from dynseg.progress import Progress
from dynseg.project.layout import called
from dynseg.worker.protocol import Count, CountLosses, Export
from dynseg_annotator.application.exchange.file_job import FileJob
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.jobs.files import Answers
from dynseg_annotator.language import engine_text, mark, tr

if TYPE_CHECKING:
    from dynseg.worker.answers import ExportAnswer
    from dynseg_annotator.dialogs.export_dialog import ExportDialog
    from dynseg_annotator.dialogs.export_words import ExportRequest, Scope
    from dynseg_annotator.dialogs.report_dialog import Report

KEY = "export"


class ExportController(QObject):
    """Export with a list of what is lost first, and a comparison shape by shape at the end."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._dialog: ExportDialog | None = None
        self._count = 0
        self._losses_of: tuple[object, ...] | None = None
        self._job = FileJob(
            parts,
            self,
            key=KEY,
            stopped=mark("The export was stopped; what was in the folder before is there."),
        )
        parts.actions["export"].triggered.connect(lambda: self.ask())
        self._context.project_closed.connect(self._close)

    def ask(self) -> None:
        """Open the dialog, or bring it to the front."""
        if self._context.store is None or not self._job.may_begin():
            return
        self._context.session.flush(2.0)
        if self._dialog is None:
            self._dialog = self._made()
            self._dialog.refresh()
        else:  # the window can be used beside it: other images may be selected by now
            selected = self._parts.image_panel.selected_ids()
            self._losses_of = None
            self._dialog.offer(self._scopes(selected), _several(selected))
        self._dialog.show()
        self._dialog.activateWindow()

    def _made(self) -> ExportDialog:
        from dynseg.curation import split
        from dynseg.formats import registry
        from dynseg_annotator.dialogs.export_dialog import ExportDialog
        from dynseg_annotator.dialogs.export_words import OutFormat

        store = self._context.store
        assert store is not None
        rule = split.rule_of(store)
        formats = [
            OutFormat(f.name, f.title, f.prose, f.holds, f.read is not None)
            for f in registry.writable()
        ]
        selected = self._parts.image_panel.selected_ids()
        dialog = ExportDialog(
            formats,
            self._scopes(selected),
            self._context.settings,
            folder=store.root.parent,
            name=called(store.root),
            selected=_several(selected),
            rule=(rule.val_share, rule.by_folder),
            parent=self._parts.window,
        )
        dialog.count_requested.connect(self.count)
        dialog.export_requested.connect(self.run)
        dialog.finished.connect(self._dialog_closed)
        return dialog

    def _scopes(self, selected: Collection[int]) -> dict[Scope, int]:
        """How many images each scope has, from the list."""
        rows = [row for row in self._parts.images.all_rows() if not row.damage]
        chosen = frozenset(selected)
        labelled = [
            row
            for row in rows
            if row.state is ImageState.REVIEWED
            or (row.instance_count > 0 and row.state is not ImageState.SKIPPED)
        ]
        return {
            "reviewed": sum(row.state is ImageState.REVIEWED for row in labelled),
            "shapes": len(labelled),
            "selected": sum(row.id in chosen for row in labelled),
        }

    def count(self, request: ExportRequest) -> None:
        """Let the dialog show what an export would hold."""
        store, dialog = self._context.store, self._dialog
        if store is None or dialog is None:
            return
        self._context.files.forget(self._count)
        project, token = str(store.root), store.lock_token

        def done(result: dict[str, Any]) -> None:
            from dynseg.worker.answers import PreflightAnswer, from_result

            dialog.show_facts(from_result(result, PreflightAnswer))
            self._count_losses(request)

        dialog.show_progress(Progress(tr("Counting"), 0))
        self._count = self._context.files.run(
            lambda job: Count(
                job=job,
                project=project,
                token=token,
                holes=request.holes,
                parts=request.parts,
                only_reviewed=request.only_reviewed,
                image_ids=_ids(request),
                format=request.format,
            ),
            Answers(done, dialog.show_error, dialog.show_progress),
        )

    def _count_losses(self, request: ExportRequest) -> None:
        """Let the dialog say of every format what it would lose, unless it did so already."""
        store, dialog = self._context.store, self._dialog
        about = (request.holes, request.parts, request.only_reviewed, request.image_ids)
        if store is None or dialog is None or self._losses_of == about:
            return
        project, token = str(store.root), store.lock_token

        def done(result: dict[str, Any]) -> None:
            from dynseg.worker.answers import LossesAnswer, from_result

            self._losses_of = about
            dialog.show_losses(from_result(result, LossesAnswer))

        self._count = self._context.files.run(
            lambda job: CountLosses(
                job=job,
                project=project,
                token=token,
                holes=request.holes,
                parts=request.parts,
                only_reviewed=request.only_reviewed,
                image_ids=_ids(request),
            ),
            Answers(done, dialog.show_error),
        )

    def run(self, request: ExportRequest) -> None:
        """Write the data set."""
        store = self._context.store
        if store is None or self._context.session.flush(10.0):
            return  # the message about what cannot be saved is on the screen
        project, token = str(store.root), store.lock_token

        def done(result: dict[str, Any]) -> None:
            from dynseg.worker.answers import ExportAnswer, from_result

            self._show(from_result(result, ExportAnswer))

        self._job.run(
            tr("Exporting"),
            lambda job: Export(
                job=job,
                project=project,
                token=token,
                out=str(request.folder),
                link=request.link,
                holes=request.holes,
                parts=request.parts,
                only_reviewed=request.only_reviewed,
                image_ids=_ids(request),
                format=request.format,
                val_share=0.0 if store.read_only else request.val_share,
                by_folder=request.by_folder,
                verify=request.verify,
            ),
            done,
        )

    def _show(self, answer: ExportAnswer) -> None:
        from dynseg.formats import registry
        from dynseg_annotator.dialogs.export_words import result
        from dynseg_annotator.dialogs.report_dialog import ReportAction

        folder = Path(answer.path)
        open_folder = ReportAction(tr("Open folder"), lambda: _open(folder), "folder-open")
        title = engine_text(registry.named(answer.format).title)
        report = result(answer, open_folder, format_title=title)
        self._context.rows_outdated.emit()  # images may have got their place in the split
        self._context.messages.show(
            Level.WARN if report.level == "warn" else Level.OK,
            tr("{title} to {folder}.", title=report.title, folder=folder),
            action=MessageAction(tr("Show"), lambda: self._show_report(report)),
            key=KEY,
        )
        self._show_report(report)

    def _show_report(self, report: Report) -> None:
        from dynseg_annotator.dialogs.report_dialog import ReportDialog

        ReportDialog(report, self._parts.window).show()

    def _dialog_closed(self) -> None:
        self._context.files.forget(self._count)
        self._losses_of = None
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            dialog.deleteLater()

    def _close(self) -> None:
        """The project is closed: nothing more is asked about it."""
        if self._dialog is not None:
            self._dialog.reject()


def _several(selected: list[int]) -> list[int] | None:
    """One image is always selected: that it is open is no wish to export it alone."""
    return selected if len(selected) > 1 else None


def _ids(request: ExportRequest) -> list[int] | None:
    return None if request.image_ids is None else list(request.image_ids)


def _open(folder: Path) -> None:
    """Show a folder in the file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
