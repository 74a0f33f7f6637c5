"""What a run has changed, or would change: counts, the list of images, marks on the canvas (B9)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from dynseg.annotation.document import Annotation, Instance
from dynseg.errors import DynsegError
from dynseg.inference.settings import PredictSettings
from dynseg.progress import Progress
from dynseg.project.store import Store
from dynseg.worker.protocol import Cancelled, Compare, Failed, Finished, Progressed
from dynseg_annotator.application.models.active import ModelController
from dynseg_annotator.application.models.batch import BatchController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.view.listing import ListController
from dynseg_annotator.canvas.marks import Mark, MarkKind
from dynseg_annotator.context import Level
from dynseg_annotator.language import engine_text, tr
from dynseg_annotator.panels.scope_box import SELECTED
from dynseg_annotator.session.candidates import read_candidates

if TYPE_CHECKING:
    from dynseg.inference.difference import Difference
    from dynseg.model.card import ModelCard

KEY = "compare"
KINDS = ("added", "removed", "changed")


@dataclass(slots=True)
class Comparison:
    """What is compared.

    Attributes:
        run_id: A run of the past; empty for one that nobody has done yet.
        scope: Images of the run that nobody has done yet.
        image_ids: They themselves, None to go by the scope.
        settings: How the model looks in it.
        title: How the sentence about it begins.
        changes: By image id, how many shapes are added, removed and changed.
    """

    run_id: str = ""
    scope: str = ""
    image_ids: list[int] | None = None
    settings: PredictSettings = field(default_factory=PredictSettings)
    title: str = ""
    changes: dict[int, dict[str, int]] = field(default_factory=dict)


class ComparisonController(QObject):
    """Asks the engine for differences and shows them; changes nothing itself."""

    def __init__(
        self,
        parts: Parts,
        models: ModelController,
        batch: BatchController,
        listing: ListController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._models = models
        self._batch = batch
        self._listing = listing
        self._bar = parts.comparison_bar
        self._job = 0
        self._asked: Comparison | None = None
        self._shown: Comparison | None = None
        self._connect()

    def _connect(self) -> None:
        context, engine, bar = self._context, self._context.engine, self._bar
        engine.progressed.connect(self._progressed)
        engine.finished.connect(self._finished)
        engine.failed.connect(self._failed)
        engine.cancelled.connect(self._cancelled)
        self._parts.assist_panel.preview_requested.connect(self.try_out)
        self._parts.assist_panel.stop_requested.connect(self.stop)
        self._parts.actions["show-changes"].triggered.connect(self.show_last)
        bar.only_changed_set.connect(self._filter)
        bar.decided.connect(self._decide)
        bar.closed.connect(self.close)
        context.session.opened.connect(lambda _: self._show_image())
        context.session.closed.connect(lambda: self._parts.canvas.set_marks(()))
        context.project_closed.connect(self.close)
        self._batch.undone.connect(self._undone)
        self._batch.began.connect(self._overtaken)

    @property
    def shown(self) -> Comparison | None:
        """What is compared now."""
        return self._shown

    def show_last(self) -> None:
        """Show what the last run has changed."""
        store = self._context.store
        if store is None:
            return
        runs = [run for run in store.runs() if run.kind == "prelabel" and run.state != "undone"]
        if not runs:
            self._context.messages.show(
                Level.INFO, tr("No run has changed anything in this project yet."), key=KEY
            )
            return
        when = datetime.fromtimestamp(runs[0].started_s).astimezone()
        self._ask(Comparison(run_id=runs[0].id, title=tr("The run of {when:%H:%M}", when=when)))

    def try_out(self, scope: str) -> None:
        """Find out what a run over these images would change; nothing is changed."""
        chosen = self._parts.image_panel.selected_ids() if scope == SELECTED else None
        self._ask(
            Comparison(
                scope=scope,
                image_ids=chosen,
                settings=self._models.predict_settings(),
                title=tr("A run now, nothing is changed yet"),
            )
        )

    def close(self) -> None:
        """Stop comparing."""
        self.stop()
        self._shown = None
        self._bar.clear()
        self._parts.canvas.set_marks(())

    def stop(self) -> None:
        """Give up what is being compared; nobody waits for its answer any more."""
        if self._job:
            self._context.engine.cancel(self._job)
            self._end()

    def _ask(self, wanted: Comparison) -> None:
        store, messages = self._context.store, self._context.messages
        if store is None:
            return
        if store.read_only:
            messages.refuse_read_only(
                tr("The project is open read-only, so runs cannot be compared.")
            )
            return
        if self._job or self._batch.is_running:
            text = tr("A run is going on, so nothing is compared now.")
            messages.show(Level.INFO, text, tr("Stop it or wait for its end."), key=KEY)
            return
        root, token = str(store.root), store.lock_token
        self._asked = wanted
        self._job = self._context.engine.submit(
            lambda job: Compare(
                job=job, project=root, token=token, run_id=wanted.run_id,
                settings=wanted.settings, scope=wanted.scope or "unlabelled",
                image_ids=wanted.image_ids,
            )
        )  # fmt: skip
        self._parts.window.status_line.set_hint(tr("Comparing …"))

    def _progressed(self, event: Progressed) -> None:
        if event.job == self._job and event.total:
            shown = Progress(event.stage, event.done, event.total, event.per_s, event.eta_s)
            self._parts.assist_panel.set_progress(shown)

    def _finished(self, event: Finished) -> None:
        asked = self._asked
        if event.job != self._job or asked is None:
            return
        self._end()
        for image_id, *counts in event.result.get("changes", []):
            asked.changes[int(image_id)] = dict(zip(KINDS, map(int, counts), strict=True))
        self._shown = asked
        total: Counter[str] = Counter()
        for counts in asked.changes.values():
            total.update(counts)
        verb = tr("Take the run back") if asked.run_id else tr("Run it")
        self._bar.show_total(asked.title, total, len(asked.changes), verb if total else "")
        self._filter(self._bar.only_changed.isChecked())
        self._show_image()

    def _failed(self, event: Failed) -> None:
        if event.job == self._job:
            self._end()
            report = self._context.engine.report
            self._context.messages.show(
                Level.ERROR,
                engine_text(event.message),
                engine_text(event.hint),
                details=report,
                key=KEY,
            )

    def _cancelled(self, event: Cancelled) -> None:
        if event.job == self._job:
            self._end()

    def _end(self) -> None:
        self._job, self._asked = 0, None
        self._parts.assist_panel.clear_progress()
        self._parts.window.status_line.set_hint("")

    def _decide(self) -> None:
        shown = self._shown
        if shown is None:
            return
        if shown.run_id:
            self._batch.undo(shown.run_id)
        else:
            self._batch.run(shown.scope, shown.image_ids)
        self.close()

    def _overtaken(self) -> None:
        """What a run would do is no longer true while one does it."""
        self.stop()
        if self._shown is not None and not self._shown.run_id:
            self.close()

    def _undone(self, run_id: str) -> None:
        """A run that was taken back has changed nothing."""
        if self._shown is not None and self._shown.run_id == run_id:
            self.close()

    def _filter(self, on: bool) -> None:
        ids = frozenset(self._shown.changes) if on and self._shown is not None else None
        self._listing.show_among(ids)

    def _show_image(self) -> None:
        """Mark what the run does to the open image, worked out beside the window's thread."""
        shown, store = self._shown, self._context.store
        annotation, card = self._context.session.annotation, self._context.active_model
        self._parts.canvas.set_marks(())
        if shown is None or store is None or annotation is None:
            return
        self._bar.show_here(shown.changes.get(annotation.image_id, dict.fromkeys(KINDS, 0)))
        if annotation.image_id not in shown.changes:
            return

        def work() -> tuple[Mark, ...]:
            return marks_of(_difference(store, shown, annotation, card))

        def done(marks: tuple[Mark, ...]) -> None:
            if self._shown is shown and self._context.session.image_id == annotation.image_id:
                self._parts.canvas.set_marks(marks)

        self._context.background.run(work, done=done, failed=self._not_read)

    def _not_read(self, error: DynsegError) -> None:
        self._context.messages.show_error(error, key=KEY)


def marks_of(found: Difference) -> tuple[Mark, ...]:
    """A difference as marks on the canvas; what is removed lies below what is added."""
    return (
        *(Mark(MarkKind.REMOVED, item.parts) for item in found.removed),
        *(Mark(MarkKind.CHANGED, one.after.parts, one.before.parts) for one in found.changed),
        *(Mark(MarkKind.ADDED, item.parts) for item in found.added),
    )


def _difference(
    store: Store, shown: Comparison, annotation: Annotation, card: ModelCard | None
) -> Difference:
    """What a run does to one image: from the history, or from what the model has found."""
    from dynseg.inference.difference import Difference, difference, run_difference
    from dynseg.inference.matching import (
        chosen_classes,
        class_mapping,
        filtered,
        missing_classes,
        usable_names,
    )

    if shown.run_id:
        return run_difference(store, shown.run_id, annotation.image_id)
    if card is None:
        return Difference()
    found = read_candidates(
        store,
        annotation.image_id,
        model_id=card.model_id,
        settings_key=shown.settings.key(card),
        region=shown.settings.region,
    )
    if found is None:
        return Difference()
    table, own = store.classes(), chosen_classes(store, card.model_id)
    chosen = filtered(card, own, shown.settings.classes)
    # Classes that a run would add have no id yet; here only the shapes matter.
    new = {index: -1 - index for index in missing_classes(card, table, chosen=chosen)}
    edit = found.proposing(
        shown.settings.confidence,
        class_mapping(card, table, chosen=chosen) | new,
        usable_names(card, table, chosen=chosen),
        lambda: store.rejections(annotation.image_id),
    )
    before: tuple[Instance, ...] = annotation.instances
    return difference(before, edit(annotation).instances)
