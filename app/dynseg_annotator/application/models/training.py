"""Training from the reviewed images: start, follow, promote, pre-label again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Qt

from dynseg.annotation.document import ImageState
from dynseg.errors import DynsegError
from dynseg.model.card import ModelCard
from dynseg.model.registry import ModelRegistry
from dynseg.progress import CancelToken, Progress, Report
from dynseg.project.store import Store
from dynseg.training import events
from dynseg.training.compared import changes_of
from dynseg.training.config import TrainConfig
from dynseg.training.run import ENDED, RunFolder, RunStatus, can_go_on
from dynseg_annotator.application.models.active import ModelController
from dynseg_annotator.application.models.batch import BatchController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.language import engine_text, tr, tr_n
from dynseg_annotator.panels.status_line import duration

SEEN = "window.training_seen"
"""Project setting: name of the run whose result the user has decided on."""
PRESETS = ("quick", "standard", "thorough")


class TrainingController(QObject):
    """Connects panel, run and registry."""

    def __init__(
        self,
        parts: Parts,
        models: ModelController,
        batch: BatchController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._models = models
        self._batch = batch
        self._panel = parts.training_panel
        self._starting = False
        self._has_decided = False
        self._is_old_news = False
        self._cancel = CancelToken()
        context, panel, watcher = self._context, self._panel, self._context.training
        panel.train_requested.connect(self.start)
        panel.stop_requested.connect(self.stop)
        panel.stopped.go_on_pressed.connect(self.go_on)
        panel.run.finish_pressed.connect(lambda: watcher.finish(failed=self._not_told))
        panel.promote_requested.connect(lambda _: self.promote())
        panel.keep_requested.connect(lambda _: self._decided())
        panel.result.pictures_pressed.connect(self.show_pictures)
        parts.actions["train"].triggered.connect(self.start_from_menu)
        parts.images.counts_changed.connect(self._count)
        context.project_opened.connect(self._project_opened)
        context.project_closed.connect(self._project_closed)
        context.active_model_changed.connect(
            lambda card: panel.result.set_active_model(card.name if card is not None else "")
        )
        watcher.event_arrived.connect(self._event)
        watcher.ended.connect(self._ended)

    def start_from_menu(self) -> None:
        """Show the panel and press its button, if it can be pressed."""
        self._parts.window.reveal("training")
        if self._panel.train.isEnabled() and self._panel.train.isVisibleTo(self._panel):
            self._panel.train.click()

    def start(self, preset: str) -> None:
        """Copy the reviewed images, then start the training process."""
        context = self._context
        store, registry = context.store, context.registry
        if store is None or registry is None or self._starting:
            return
        if context.session.flush(5.0):
            self._not_started(tr("Your last edits are not saved yet, so nothing was started."))
            return
        self._starting = True
        self._say_state(tr("preparing a training"))
        context.messages.withdraw("training")
        cluster = self._panel.place.cluster()
        config = TrainConfig(
            preset=preset if preset in PRESETS else "quick",  # type: ignore[arg-type]
            # The setting is about this computer; a machine of the cluster knows what it has.
            device="auto" if cluster else str(context.settings.get("device")),
            time_limit_min=self._panel.presets.minutes(),
        )

        cancel = self._cancel = CancelToken()

        def done(run: RunFolder) -> None:
            if context.store is store and self._cancel is cancel:
                self._starting = False
                if cluster:
                    self._panel.run_preparing(tr("Waiting for the cluster"))
                context.training.watch(run)

        def progressed(progress: Progress) -> None:
            if self._cancel is cancel and self._starting:
                self._panel.run.copying(progress)

        def failed(error: DynsegError) -> None:
            if self._cancel is cancel and not cancel.cancelled:  # else nobody waits for it
                self._starting = False
                self._not_started(engine_text(error.message), engine_text(error.hint))

        work = partial(_prepared, store, registry, config, cluster, cancel)
        context.background.run_reporting(work, done=done, failed=failed, progressed=progressed)

    def go_on(self) -> None:
        """Start the run once more that was stopped or has failed; it goes on where it was."""
        context = self._context
        run, store = context.training.run, context.store
        if run is None or store is None or self._starting:
            return
        self._starting = True
        self._say_state(tr("preparing a training"))
        context.messages.withdraw("training")
        self._panel.run_preparing(tr("Going on where it stopped"))
        cancel = self._cancel = CancelToken()
        cluster = self._panel.place.cluster()

        def work() -> None:
            from dynseg.training import launch

            if launch.is_alive(run):  # somebody went on with it in a terminal
                return
            launch.start(run, cluster=cluster)
            if cancel.cancelled:
                launch.stop(run, timeout_s=0.0)

        def done(_none: None) -> None:
            if context.store is store and self._cancel is cancel:
                self._starting = False
                context.training.watch(run)

        def failed(error: DynsegError) -> None:
            if context.store is store and self._cancel is cancel:
                self._starting = False
                self._not_started(engine_text(error.message), engine_text(error.hint))

        context.background.run(work, done=done, failed=failed)

    def show_pictures(self) -> None:
        """What the new model sees otherwise than the current one."""
        from dynseg_annotator.dialogs.changes_dialog import ChangesDialog

        run = self._context.training.run
        changes = changes_of(run.path) if run is not None else None
        dialog = ChangesDialog(changes, self._parts.window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def stop(self) -> None:
        """End the run, which can be gone on with later, or the copying before it."""
        if self._starting:
            self._cancel.cancel()
            self._starting = False
            self._say_state("")
            self._panel.run_stopped()
        else:
            self._context.training.stop(failed=self._not_told)

    def _not_told(self, error: DynsegError) -> None:
        if not self._context.training.is_running:
            return
        self._panel.run_not_told()
        self._context.messages.show(
            Level.ERROR,
            tr("The training run could not be reached, so it goes on; no label was changed."),
            tr("Free some space on the disk of the project, then try again."),
            details=engine_text(error.message),
            key="training",
        )

    def _not_started(self, message: str, hint: str = "") -> None:
        self._say_state("")
        self._panel.run_failed(message, hint)
        self._offer_to_go_on()

    def _offer_to_go_on(self) -> None:
        run = self._context.training.run
        if run is not None and can_go_on(run):
            self._panel.stopped.offer()
        elif run is not None and run.status().state == "stopped":
            self._panel.stopped.say_lost()

    def _project_closed(self) -> None:
        """The run goes on by itself; what is only being prepared does not."""
        self._cancel.cancel()
        self._starting = False
        self._say_state("")
        self._context.training.release()
        self._panel.forget()

    def promote(self) -> None:
        """Check the new model and make it the one that pre-labels."""
        context = self._context
        run, registry = context.training.run, context.registry
        if run is None or registry is None:
            return

        def work() -> ModelCard:
            from dynseg.training import promotion

            return promotion.promote(registry, run)

        def done(card: ModelCard) -> None:
            if context.registry is registry:  # else another project would be pre-labelled with it
                self._promoted(card)

        def failed(error: DynsegError) -> None:
            if context.registry is registry:
                self._panel.run_failed(engine_text(error.message), engine_text(error.hint))

        context.background.run(work, done=done, failed=failed)

    def _promoted(self, card: ModelCard) -> None:
        context = self._context
        self._panel.promoted(card.name)
        context.messages.withdraw("training")
        self._decided()
        context.set_active_model(card)  # what the run is asked for depends on its classes
        self._models.refresh()
        counts = self._parts.images.counts
        left = self._parts.images.total - counts[ImageState.REVIEWED] - counts[ImageState.SKIPPED]
        if left and not self._batch.is_running:
            context.messages.show(
                Level.OK,
                tr_n(
                    "{name} is active and pre-labels the {n} image left to review.",
                    "{name} is active and pre-labels the {n} images left to review.",
                    left,
                    name=card.name,
                ),
                tr("What people did stays as it is."),
                key="promoted",
            )
            self._batch.run("unreviewed")
        else:
            context.messages.show(
                Level.OK, tr("{name} is active now.", name=card.name), key="promoted"
            )

    def _decided(self) -> None:
        """The user has seen the result: the next start does not show it again."""
        self._has_decided = True
        self._say_state("")
        run, writer = self._context.training.run, self._context.writer
        if run is not None and writer is not None:
            name = run.name
            writer.submit(lambda store: store.save_setting(SEEN, name))

    def _project_opened(self) -> None:
        store = self._context.store
        self._count()
        if store is None or store.read_only:
            return
        layout, seen = store.layout, store.setting(SEEN) or ""

        def found(run: RunFolder | None) -> None:
            if run is not None and self._context.store is store:
                self._panel.run_preparing(tr("A run of this project is found again"))
                self._panel.run.set_finishing(run.stop_requested() == "finish")
                self._is_old_news = True  # what is over already is told by the panel alone
                self._context.training.watch(run)
                self._is_old_news = False

        self._context.training.find(layout, seen=seen, found=found)

    def _event(self, event: events.Event) -> None:
        if isinstance(event, events.RunStopped | events.RunFailed) and self._goes_on:
            self._panel.run.going_on()
            self._say_running()
            return
        if isinstance(event, events.RunStarted):
            self._panel.run.set_host(self._context.training.host)
        self._panel.take(event)
        match event:
            case events.RunStarted():
                self._has_decided = False
                self._say_running()
            case events.Advanced():
                words = tr(
                    "{share:.0f} %, {time} left",
                    share=event.share * 100,
                    time=duration(event.eta_s),
                )
                if event.eta_s <= 0:  # its last steps and the measuring take as long as they take
                    words = tr("nearly done")
                self._say_running(words)
            case events.Evaluated(name="after"):  # also where it was finished before its time
                self._say_running(tr("nearly done"))
            case events.RunFinished():
                self._finished(event)

    def _say_running(self, words: str = "") -> None:
        """How far the run is, in the title of the panel and in the status line."""
        host = self._context.training.host
        note, training = words or tr("running"), tr("training")
        if host:
            note = tr("{words}, on {host}", words=words, host=host) if words else ""
            note = note or tr("running on {host}", host=host)
            training = tr("training on {host}", host=host)
        self._parts.window.dock("training").set_note(note)
        self._parts.window.status_line.set_training(
            tr("training {words}", words=note) if words else training
        )

    @property
    def _goes_on(self) -> bool:
        """Not one that has said how it ended while its process still takes leave."""
        watcher = self._context.training
        run = watcher.run
        return watcher.is_running and run is not None and run.status().state not in ENDED

    def _finished(self, event: events.RunFinished) -> None:
        if event.problem:
            self._context.messages.show(Level.WARN, engine_text(event.problem), key="training")
            return
        result = self._panel.result
        better = result.level == "ok"
        self._context.messages.show(
            Level.OK if better else Level.INFO,
            tr("Training is done."),
            result.headline,
            action=MessageAction(tr("Promote"), self.promote)
            if better
            else MessageAction(tr("Compare"), lambda: self._parts.window.reveal("training")),
            key="training",
        )

    def _ended(self, status: RunStatus) -> None:
        waits = status.state == "finished" and not self._has_decided
        self._say_state(tr("a new model waits") if waits else "")
        if status.state == "stopped":
            self._panel.run_stopped()
        if status.state == "failed":
            message, hint = engine_text(status.message), engine_text(status.hint)
            self._panel.run_failed(message, hint)
            if not self._is_old_news:
                self._say_failed(message, hint)
        self._offer_to_go_on()

    def _say_failed(self, message: str, hint: str) -> None:
        self._context.messages.show(
            Level.ERROR,
            message or tr("Training has failed; the active model is unchanged."),
            hint,
            details=self._log_tail(),
            key="training",
        )

    def _say_state(self, text: str) -> None:
        """In the title of the panel and in the status line, which stay when a message goes."""
        self._parts.window.dock("training").set_note(text)
        self._parts.window.status_line.set_training(text)

    def _log_tail(self) -> str:
        """The end of what the process printed, for a report."""
        run = self._context.training.run
        try:
            return run.log.read_text(errors="replace")[-8000:] if run is not None else ""
        except OSError:
            return ""

    def _count(self) -> None:
        store = self._context.store
        reason = ""
        if store is None:
            reason = tr("Open a folder first.")
        elif store.read_only:
            reason = tr("The project is open read-only.")
        self._panel.set_reviewed(self._parts.images.counts[ImageState.REVIEWED], reason)


def _prepared(
    store: Store,
    registry: ModelRegistry,
    config: TrainConfig,
    cluster: str,
    cancel: CancelToken,
    report: Report,
) -> RunFolder:
    """Copy what is learned from, and start the run."""
    from dynseg.training import launch

    run = launch.prepare(store, registry, config, report=report, cancel=cancel)
    cancel.check()
    launch.start(run, cluster=cluster)
    if cancel.cancelled:  # too late to be heard before
        launch.stop(run, timeout_s=0.0)
    cancel.check()
    return run
