"""Data sets out, behind the window while the person goes on working.

Formats and dialogs are imported when they are first wanted: nothing of them at start-up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject

from dynseg.annotation.document import Annotation, ImageState
from dynseg.errors import DynsegError
from dynseg.progress import CancelToken, Progress
from dynseg.project.records import ImageRow
from dynseg.project.store import Store
from dynseg_annotator.application.batch import BatchController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level, MessageAction

if TYPE_CHECKING:
    from dynseg.formats.exporting import ExportSummary
    from dynseg_annotator.dialogs.export_dialog import ExportRequest, Preflight, Scope
    from dynseg_annotator.dialogs.export_result_dialog import ExportResult

T = TypeVar("T")


class ExchangeController(QObject):
    """Export with a list of what is lost first."""

    def __init__(self, parts: Parts, batch: BatchController, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._batch = batch
        self._cancel: CancelToken | None = None
        parts.actions["export"].triggered.connect(lambda: self.ask_export())
        parts.window.status_line.cancel_requested.connect(self.cancel)
        self._context.project_closed.connect(self.cancel)

    def ask_export(self) -> None:
        """Count what each choice would hold, then ask."""
        store = self._context.store
        if store is None or self._cancel is not None:
            return
        self._context.session.flush(2.0)
        self._context.background.run(
            lambda: preflight(store), done=self._ask, failed=self._context.messages.show_error
        )

    def export_to(self, request: ExportRequest) -> None:
        """Write the data set."""
        store = self._context.store
        if store is None:
            return
        cancel = self._cancel = CancelToken()

        def work(report: Callable[[Progress], None]) -> ExportSummary:
            from dynseg.formats.exporting import export
            from dynseg.formats.policy import Policy

            return export(
                store,
                request.folder,
                link=request.link,
                policy=Policy(holes=request.holes),
                only_reviewed=request.only_reviewed,
                report=report,
                cancel=cancel,
            )

        self._start(work, self._exported)

    def cancel(self) -> None:
        """Stop what runs; an export leaves nothing."""
        if self._cancel is not None:
            self._cancel.cancel()
            self._end()

    def _ask(self, facts: dict[Scope, Preflight]) -> None:
        store = self._context.store
        if store is None:
            return
        from dynseg_annotator.dialogs.export_dialog import ExportDialog

        dialog = ExportDialog(
            facts,
            self._context.settings,
            folder=store.root.parent / f"{store.root.name}-yolo",
            parent=self._parts.window,
        )
        dialog.export_requested.connect(self.export_to)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _start(
        self, work: Callable[[Callable[[Progress], None]], T], done: Callable[[T], None]
    ) -> None:
        def finished(result: T) -> None:
            self._end()
            done(result)

        self._context.background.run_reporting(
            work,
            done=finished,
            failed=self._failed,
            progressed=self._parts.window.status_line.set_job,
        )

    def _end(self) -> None:
        self._cancel = None
        if not self._batch.is_running:
            self._parts.window.status_line.clear_job()

    def _failed(self, error: DynsegError) -> None:
        self._end()
        self._context.messages.show_error(error, key="exchange")

    def _exported(self, summary: ExportSummary) -> None:
        from dynseg_annotator.dialogs.export_result_dialog import ExportResult

        notes = []
        if summary.joined:
            notes.append(f"{summary.joined} shapes joined by bridges")
        if summary.filled:
            notes.append(f"holes of {summary.filled} shapes filled")
        result = ExportResult(
            folder=summary.path,
            images=summary.images,
            instances=summary.instances,
            dropped=[str(finding) for finding in summary.dropped],
            repaired=[str(finding) for finding in summary.repaired],
            notes=notes,
        )
        self._context.messages.show(
            Level.WARN if summary.dropped else Level.OK,
            f"{summary.images} images with {summary.instances} shapes are in {summary.path}.",
            f"{len(summary.dropped)} things were left out." if summary.dropped else "",
            MessageAction("Show", lambda: self._show_result(result)),
            key="exchange",
        )

    def _show_result(self, result: ExportResult) -> None:
        from dynseg_annotator.dialogs.export_result_dialog import ExportResultDialog

        dialog = ExportResultDialog(result, self._parts.window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()


def preflight(store: Store) -> dict[Scope, Preflight]:
    """What an export of each scope would hold; reads every annotation once."""
    rows = {row.id: row for row in store.images()}
    scopes: dict[Scope, list[tuple[ImageRow, Annotation]]] = {"reviewed": [], "shapes": []}
    wanted = [r.id for r in rows.values() if r.state is ImageState.REVIEWED or r.instance_count]
    for annotation in store.annotations(wanted):
        row = rows[annotation.image_id]
        if annotation.state is ImageState.REVIEWED:
            scopes["reviewed"].append((row, annotation))
        if annotation.instances:
            scopes["shapes"].append((row, annotation))
    return {scope: _facts(held) for scope, held in scopes.items()}


def _facts(held: list[tuple[ImageRow, Annotation]]) -> Preflight:
    usable = [(row, annotation) for row, annotation in held if not row.damage]
    instances = [item for _, annotation in usable for item in annotation.instances]
    from dynseg_annotator.dialogs.export_dialog import Preflight

    return Preflight(
        images=len(usable),
        instances=len(instances),
        empty=sum(not annotation.instances for _, annotation in usable),
        with_holes=sum(any(part.holes for part in item.parts) for item in instances),
        in_parts=sum(len(item.parts) > 1 for item in instances),
        unreadable=len(held) - len(usable),
        undivided=sum(not row.split for row, _ in usable),
        size_bytes=sum(row.size_bytes for row, _ in usable),
    )
