"""Live learning beside the labelling: when it runs, what it says, which images it looks at next."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from dynseg.annotation.document import ImageState
from dynseg.errors import ModelFileError
from dynseg.model.card import ModelCard, read_card
from dynseg.training.live.messages import Learning, Weights
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level, LiveModel
from dynseg_annotator.language import tr
from dynseg_annotator.panels.live_card import live_note

LEAST_IMAGES = 2
TICK_MS = 5000
"""How often "improved 20 s ago" is brought up to date."""
SETTING = "live_learning"


class LiveController(QObject):
    """Starts and stops the live learner and makes its newest weights those that propose.

    Args:
        starts: Whether it starts by itself; else only what it says is shown.
    """

    def __init__(self, parts: Parts, parent: QObject | None = None, *, starts: bool = True) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._starts = starts
        self._card = parts.training_panel.live
        self._state: Learning | None = None
        self._reason = ""
        self._remark = ""
        self._lost = False
        """Whether the project was gone when the learner ended."""
        self._user_paused = False
        self._parent_id = ""
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._show)
        context, client = self._context, self._context.live
        self._card.switched.connect(lambda on: context.settings.set(SETTING, on))
        self._card.pause_pressed.connect(self._pause)
        context.settings.changed.connect(self._setting_changed)
        context.project_opened.connect(self.consider)
        context.project_closed.connect(self.stop)
        parts.images.counts_changed.connect(self.consider)
        context.active_model_changed.connect(self._begin_from)
        context.training.run_changed.connect(lambda _: self._pause_for_run())
        context.training.ended.connect(lambda _: self._pause_for_run())
        client.told.connect(self._told)
        client.improved.connect(self._improved)
        client.remarked.connect(self._remarked)
        client.broke.connect(self._broke)
        context.session.saved.connect(self._came_back)
        self._show()

    @property
    def is_on(self) -> bool:
        """Whether the user wants it."""
        return bool(self._context.settings.get(SETTING))

    def consider(self) -> None:
        """Start the learner when it is wanted and there is enough to learn from."""
        context = self._context
        store = context.store
        if store is None or store.read_only or not self.is_on or not self._starts:
            self._show()
            return
        enough = self._parts.images.counts[ImageState.REVIEWED] >= LEAST_IMAGES
        if enough and not context.live.is_running and not self._reason:
            context.live.start(str(store.root), device=str(context.settings.get("device")))
            self._tick.start()
            self._pause_for_run()
        self._show()

    def stop(self) -> None:
        """End the learner; the active model proposes again."""
        self._context.live.stop()
        self._tick.stop()
        self._state, self._reason, self._remark, self._lost = None, "", "", False
        self._context.set_live_model(None)
        self._show()

    def _setting_changed(self, key: str, _value: object) -> None:
        if key == SETTING:
            if self.is_on:
                self.consider()
            else:
                self.stop()
        elif key == "device" and self._context.live.is_running:
            self.stop()
            self.consider()

    def _begin_from(self, active: ModelCard | None) -> None:
        """Another model was promoted: it proposes, and learning goes on from it.

        Also where learning had ended, since the one before may have been damaged.
        """
        before, self._parent_id = self._parent_id, active.model_id if active is not None else ""
        goes = self._context.live.is_running or bool(self._reason)
        if before not in ("", self._parent_id) and goes:
            self.stop()
            self.consider()

    def _pause(self, paused: bool) -> None:
        self._user_paused = paused
        self._pause_for_run()

    def _pause_for_run(self) -> None:
        """A training run gets the computer to itself; live learning goes on afterwards."""
        self._context.live.pause(self._user_paused or self._context.training.runs_here)
        self._show()

    def _told(self, state: Learning) -> None:
        self._state = state
        self._show()

    def _improved(self, weights: Weights) -> None:
        self._remark = ""  # it is over
        self._show()
        path = Path(weights.path)
        try:
            card = read_card(path)
        except ModelFileError:
            return  # newer ones are there already
        self._context.set_live_model(LiveModel(path, card))

    def _remarked(self, text: str) -> None:
        self._remark = text
        self._show()

    def _broke(self, message: str, hint: str) -> None:
        store, self._reason = self._context.store, message
        self._context.set_live_model(None)
        self._state = None
        self._show()

        def say(has_its_name: bool) -> None:
            if self._context.store is not store:
                return
            self._lost = not has_its_name
            if self._lost:  # saving says what to do about it; here it would be said wrongly
                self._reason = tr(
                    "The project is not where it was. Learning goes on after the next edit that "
                    "is saved."
                )
                self._show()
                return
            self._context.messages.show(
                Level.WARN, message, hint, details=self._context.live.report, key="live"
            )

        if store is not None:
            self._context.background.run(
                store.has_its_name, done=say, failed=self._context.messages.show_error
            )

    def _came_back(self) -> None:
        """Edits are saved again: the project is where it was."""
        if self._lost:
            self._lost, self._reason = False, ""
            self.consider()

    def _show(self) -> None:
        waits = self._context.training.runs_here
        reason = self._reason or (self._refused() if self.is_on else "")
        self._card.show_state(
            self._standing(), on=self.is_on, reason=reason, waits=waits, remark=self._remark
        )
        busy = self.is_on and not waits
        self._parts.window.status_line.set_live(live_note(self._standing()) if busy else "")

    def _refused(self) -> str:
        """Why this project is not learned from, a sentence; empty when it is."""
        store = self._context.store
        if store is None or not store.read_only:
            return ""
        return tr("The project is open read-only, so nothing is learned from it.")

    def _standing(self) -> Learning | None:
        """What the learner told last; while it starts and says nothing yet, that it starts."""
        if self._state is None and self._context.live.is_running:
            reviewed = self._parts.images.counts[ImageState.REVIEWED]
            return Learning("starting", images=reviewed)
        return self._state
