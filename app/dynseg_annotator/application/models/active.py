"""Which model pre-labels, where it runs, and which of its classes mean what in this project."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from dynseg.errors import DynsegError
from dynseg.inference.settings import PredictSettings
from dynseg.model.card import ModelCard
from dynseg.model.registry import STARTER
from dynseg.progress import CancelledError
from dynseg.worker.point_messages import GetReady
from dynseg.worker.protocol import Failed, ModelLoaded
from dynseg_annotator.actions.spec import literal
from dynseg_annotator.application.models.matching import ClassMatching
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level, LiveModel, MessageAction
from dynseg_annotator.jobs.engine_state import EngineState
from dynseg_annotator.language import engine_text, tr
from dynseg_annotator.panels.device_badge import device_name

MIN_SIZE = 32
"""Image sizes below this mean that of the training."""


class ModelController(QObject):
    """Keeps engine, badge and panel on the project's active model.

    Args:
        loads_at_once: Load the model when a project opens, not at its first use.
    """

    def __init__(
        self, parts: Parts, parent: QObject | None = None, *, loads_at_once: bool = True
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._loads_at_once = loads_at_once
        self._panel = parts.assist_panel
        self._badge = parts.window.badge
        self._load_job = 0
        self._wish = object()
        """Which model was to pre-label, as somebody chose last."""
        self.matching = ClassMatching(parts, self.only_classes, self)
        context = self._context
        context.project_opened.connect(self.refresh)
        context.project_closed.connect(lambda: context.messages.withdraw("model"))
        context.active_model_changed.connect(self._show)
        context.live_model_changed.connect(self._remember)
        context.engine.state_changed.connect(self._show_state)
        context.engine.model_loaded.connect(self._loaded)
        context.engine.failed.connect(self._failed)
        context.engine.died.connect(self._died)
        context.settings.changed.connect(self._setting_changed)
        self._panel.model_choice_requested.connect(self.choose)
        self._panel.class_mapping_requested.connect(self.matching.ask)
        self._panel.options.classes_asked.connect(self._choose_classes)
        self._badge.clicked.connect(self.choose)
        parts.context.messages.chooses = MessageAction(tr("Choose another…"), self.choose)
        parts.actions["choose-model"].triggered.connect(lambda: self.choose())
        parts.actions["roll-back-model"].triggered.connect(lambda: self.roll_back())
        self._show(None)

    def predict_settings(self) -> PredictSettings:
        """How the model is run, as chosen now."""
        settings = self._context.settings
        size = int(settings.get("image_size"))
        return PredictSettings(
            confidence=float(settings.get("confidence")),
            simplify_px=float(settings.get("simplify_px")),
            device=str(settings.get("device")),
            tiles=str(settings.get("tiles")),
            edges=str(settings.get("edges")),
            image_size=size if size >= MIN_SIZE else 0,
            iou=float(settings.get("nms_iou")),
            max_detections=int(settings.get("max_detections")),
            half=bool(settings.get("half_precision")),
            classes=self.only_classes(self._context.active_model),
        )

    def only_classes(self, card: ModelCard | None) -> tuple[str, ...]:
        """Names of a model's classes that are to be proposed here; empty for all of them."""
        store = self._context.store
        chosen = self._context.settings.get("only_classes")
        if store is None or card is None:
            return ()
        wanted = chosen.get(str(store.root), [])
        return tuple(name for name in card.classes if name in wanted)

    def _choose_classes(self, names: tuple[str, ...]) -> None:
        store, settings = self._context.store, self._context.settings
        if store is not None:
            known = {**settings.get("only_classes"), str(store.root): list(names)}
            settings.set("only_classes", known)

    def refresh(self) -> None:
        """Find out which model is active, show it and let the engine load it."""
        registry, store = self._context.registry, self._context.store
        if registry is None or store is None:
            return

        def look() -> tuple[ModelCard, DynsegError | None, list[ModelCard]]:
            return registry.active(), registry.active_problem(), registry.list()

        def done(found: tuple[ModelCard, DynsegError | None, list[ModelCard]]) -> None:
            card, problem, known = found
            if self._context.store is store:
                for other in (*known, card):
                    self.matching.remember(other)
                if problem is not None:
                    self._context.messages.show_error(problem, key="model")
                self._context.set_active_model(card)
                if self._loads_at_once:
                    self.load()

        def failed(error: DynsegError) -> None:
            if self._context.store is store:
                self._context.set_active_model(None)
                self._context.messages.show_error(error, key="model")

        self._context.background.run(look, done=done, failed=failed, newest_of=self)

    def warm_up(self) -> None:
        """Start the engine with the built-in model while a project is only being opened, or chosen.

        Most projects begin with it, and for any other model all but its weights is in place then.
        """
        self._context.engine.load_model("", device=str(self._context.settings.get("device")))

    def load(self) -> None:
        """Let the engine load the active model, so that the first image does not wait for it."""
        store, card = self._context.store, self._context.active_model
        if store is not None and card is not None:
            device = str(self._context.settings.get("device"))
            self._load_job = self._context.engine.load_model(
                card.name, device=device, project=str(store.root)
            )
            if not self._badge.has_device:
                self._panel.set_device(tr("loading the model …"), "")

    def get_ready(self) -> None:
        """Let the engine prepare for looks at single objects: the first one takes seconds else."""
        store = self._context.store
        if store is not None and not store.read_only and self._loads_at_once:
            root, (model, _), settings = str(store.root), self.proposing(), self.predict_settings()
            self._context.engine.submit(lambda job: GetReady(job, root, model, settings))

    def proposing(self) -> tuple[str, str]:
        """The model that proposes now: what the engine calls it, and its id; empty for none.

        That is what was learned while labelling, else the active model.
        """
        live, active = self._context.live_model, self._context.active_model
        if live is not None:
            return str(live.path), live.card.model_id
        return "", active.model_id if active is not None else ""

    @property
    def names_by_likeness(self) -> bool:
        """Whether more reviewed shapes may give proposals other classes."""
        return bool(self.matching.usable_names(self.proposing()[1]))

    def _remember(self, live: LiveModel | None) -> None:
        if live is not None:
            self.matching.remember(live.card)
        self._name(self._context.active_model)

    def choose(self) -> None:
        """Offer the models of the project in a menu under the badge."""
        registry = self._context.registry
        if registry is None:
            return

        def done(cards: list[ModelCard]) -> None:
            if self._context.registry is registry:
                self._offer(cards)

        self._context.background.run(
            registry.list, done=done, failed=self._context.messages.show_error
        )

    def promote(self, name: str) -> None:
        """Pre-label with this model from now on, once it is checked."""
        context, registry = self._context, self._context.registry
        if registry is None:
            return
        wish = self._wish = object()

        def work() -> ModelCard:
            from dynseg.training.promotion import check_candidate

            if name != STARTER:
                check_candidate(registry.path(name))
            if self._wish is not wish:  # another one was chosen while this one was checked
                raise CancelledError
            return registry.promote(name)

        def done(card: ModelCard) -> None:
            if context.registry is not registry:
                return  # it is about the project that is closed now
            context.messages.show(
                Level.OK, tr("{name} pre-labels from now on.", name=card.name), key="model"
            )
            self.refresh()

        def failed(error: DynsegError) -> None:
            if context.registry is registry and self._wish is wish:
                context.messages.show_error(error, key="model")

        context.messages.show(Level.INFO, tr("Checking {name} …", name=name), key="model")
        context.background.run(work, done=done, failed=failed)

    def roll_back(self, *, failed: Callable[[DynsegError], None] | None = None) -> None:
        """Use the model again that was active before.

        Args:
            failed: Hears that there was none; the bar of the window otherwise.
        """
        registry = self._context.registry
        if registry is None:
            return
        self._wish = object()

        def done(card: ModelCard) -> None:
            if self._context.registry is not registry:
                return
            self.refresh()
            self._context.messages.show(
                Level.OK, tr("{name} pre-labels again.", name=card.name), key="model"
            )

        self._context.background.run(
            registry.rollback, done=done, failed=failed or self._context.messages.show_error
        )

    def _offer(self, cards: list[ModelCard]) -> None:
        active = self._context.active_model
        menu = QMenu(self._parts.window)
        group = QActionGroup(menu)
        for card in cards:
            action = menu.addAction(literal(_line(card)))
            action.setCheckable(True)
            action.setChecked(active is not None and card.name == active.name)
            action.setActionGroup(group)
            action.triggered.connect(lambda _=False, name=card.name: self.promote(name))
        menu.addSeparator()
        for name in ("add-model", "fetch-model", "manage-models", "roll-back-model"):
            menu.addAction(self._parts.actions[name])
        menu.aboutToHide.connect(menu.deleteLater)
        below = self._badge.mapToGlobal(QPoint(0, self._badge.height() + 2))
        menu.popup(below - QPoint(max(0, menu.sizeHint().width() - self._badge.width()), 0))

    def _show(self, card: ModelCard | None) -> None:
        self._name(card)
        if card is not None:
            self.matching.remember(card)
        store = self._context.store
        ready = card is not None and store is not None and not store.read_only
        reason = tr("Open a folder first.")
        if store is not None:
            reason = (
                tr("The project is open read-only.")
                if store.read_only
                else tr("There is no model.")
            )
        self._panel.set_available(image=ready, batch=ready, reason=reason)

    def _name(self, card: ModelCard | None) -> None:
        """Say which model proposes, the active one or what was learned live from it, and what."""
        names = card.classes if card is not None else ()
        self._panel.options.set_classes(names, self.only_classes(card))
        live = self._context.live_model
        name = "" if card is None else card.name
        if card is not None and live is not None:
            name = tr("{name} + live", name=name)
            card = live.card
        self._panel.set_model(card, name)
        self._badge.set_model(name)

    def _loaded(self, event: ModelLoaded) -> None:
        card = msgspec.convert(event.card, ModelCard, strict=False)
        self.matching.remember(card)
        self._badge.set_device(event.device, event.reason)
        self._context.gpus = event.gpus or self._context.gpus
        name = device_name(event.device)
        on_cpu = event.device == "cpu"
        text = tr("runs on the {device}", device=name) if name else ""
        reason = engine_text(event.reason)
        if on_cpu and event.reason:  # the figures behind it are in the tool tip
            why = engine_text(event.reason.partition("; ")[0])
            text = tr("runs on the CPU: {reason}", reason=why)
        self._panel.set_device(text, reason or text)

    def _failed(self, event: Failed) -> None:
        if event.job == self._load_job:
            self._context.show_failed(event, key="model", of_model=True)

    def _died(self, text: str, report: str) -> None:
        dead = self._context.engine.state is EngineState.DEAD
        level = Level.ERROR if dead else Level.WARN
        self._context.messages.show(level, text, details=report, key="engine")

    def _show_state(self, state: EngineState) -> None:
        self._badge.set_state(state)
        if state is EngineState.STARTING:
            self._panel.set_device(tr("engine starting …"), "")
        elif state is EngineState.DEAD:
            self._panel.set_device(tr("engine stopped"), "", level="error")
        elif state in (EngineState.READY, EngineState.BUSY):
            self._context.messages.withdraw("engine")
            if not self._badge.has_device:
                loading = self._context.engine.is_running(self._load_job)
                self._panel.set_device(tr("loading the model …") if loading else "", "")

    def _setting_changed(self, key: str, _value: object) -> None:
        if key == "device" and self._loads_at_once:
            self.load()
        if key == "only_classes":
            self._name(self._context.active_model)


def _line(card: ModelCard) -> str:
    """One model in a menu: name, kind, quality."""
    quality = card.metrics.get("map50_95")
    words = f"{card.name}   YOLO11{card.scale}-seg, {card.head}"
    return f"{words}, mAP {quality:.3f}" if quality is not None else words
