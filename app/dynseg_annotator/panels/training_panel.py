"""Training in one panel: one button, live curves, the result. A view; it starts nothing itself."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dynseg.training import events
from dynseg_annotator import theme
from dynseg_annotator.language import engine_text, tr, tr_n
from dynseg_annotator.panels.live_card import LiveCard
from dynseg_annotator.panels.training_place import PlaceChooser
from dynseg_annotator.panels.training_preset import PresetChooser
from dynseg_annotator.panels.training_result import ResultCard
from dynseg_annotator.panels.training_run import RunView
from dynseg_annotator.panels.training_stopped import StoppedCard
from dynseg_annotator.settings import Settings
from dynseg_annotator.theme.wheel import let_wheel_pass

MIN_REVIEWED = 2


class Phase(Enum):
    """What the panel shows."""

    IDLE = "idle"
    PREPARING = "preparing"
    RUNNING = "running"
    STOPPING = "stopping"


class TrainingPanel(QWidget):
    """Shows a training run and asks for one.

    Args:
        settings: Remembers the preset.
        parent: The dock.
    """

    train_requested = Signal(str)
    """Name of the preset."""
    stop_requested = Signal()
    promote_requested = Signal(str)
    """File of the model that the run wrote."""
    keep_requested = Signal(str)
    """The user leaves the current model active; file of the model that the run wrote."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._phase = Phase.IDLE
        self._reviewed, self._reason = 0, ""
        self._measured: dict[str, events.Evaluated] = {}
        self._model_path = ""
        self.live = LiveCard()
        self._make_controls()
        self._make_outcome()
        self.run = RunView()
        self.run.stop_pressed.connect(self._stop_pressed)
        self._arrange()
        self._refresh()

    # What the user asks

    def _make_controls(self) -> None:
        self.train = QPushButton()
        theme.set_role(self.train, "primary")
        theme.set_icon(self.train, "train", colour="on_accent")
        self.train.setMinimumHeight(round(self.fontMetrics().height() * 2.4))
        self.train.clicked.connect(self._train_pressed)
        self._why_not = _muted()
        self.presets = PresetChooser(self._settings)
        self.place = PlaceChooser(self._settings, self)

    def _make_outcome(self) -> None:
        self.result = ResultCard()
        self.result.promote_pressed.connect(self._promote_pressed)
        self.result.keep_pressed.connect(self._keep_pressed)
        self.result.hide()
        self._failure = QFrame()
        theme.set_role(self._failure, "error-bar")
        column = QVBoxLayout(self._failure)
        column.setContentsMargins(*[theme.SPACE.normal] * 4)
        self._failure_text, self._failure_hint = QLabel(), QLabel()
        for label in (self._failure_text, self._failure_hint):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        theme.set_role(self._failure_text, "error")
        self._failure.hide()
        self.stopped = StoppedCard()

    def _arrange(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(*[theme.SPACE.wide] * 4)
        column.setSpacing(theme.SPACE.normal)
        for widget in (
            self._failure, self.stopped, self.result, self.live, self.train, self._why_not,
            self.presets, self.place,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addWidget(self.run)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        let_wheel_pass(content)
        content.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self._area = area

    @Slot()
    def _train_pressed(self) -> None:
        self.run_preparing()
        self.train_requested.emit(self.preset())

    @Slot()
    def _stop_pressed(self) -> None:
        self.run_stopping()
        self.stop_requested.emit()

    @Slot()
    def _promote_pressed(self) -> None:
        self.result.set_waiting(True)
        self.promote_requested.emit(self._model_path)

    @Slot()
    def _keep_pressed(self) -> None:
        self.result.show_decided(tr("The current model stays active."))
        self.keep_requested.emit(self._model_path)

    def preset(self) -> str:
        """The chosen preset: `quick`, `standard` or `thorough`."""
        return self.presets.preset()

    @property
    def phase(self) -> Phase:
        """What the panel shows."""
        return self._phase

    # What the run says

    def take(self, event: events.Event) -> None:
        """Show one line of a run's events."""
        match event:
            case events.RunStarted():
                self.run_started(event)
            case events.FoldStarted():
                self.run.fold_started(event)
            case events.Advanced():
                self.run.advanced(event)
            case events.EpochEnded():
                self.run.epoch_ended(event)
            case events.Evaluated():
                self.evaluated(event)
            case events.RunFinished():
                self.run_finished(event)
            case events.RunFailed():
                self.run_failed(event.message, event.hint)
            case events.RunStopped():
                self.run_stopped()
            case events.RunLog():
                self.run.append_log(event.text)

    def set_reviewed(self, count: int, reason: str = "") -> None:
        """Say how many reviewed images there are.

        Args:
            count: Reviewed images.
            reason: Why training cannot start, in words; empty when it can. Too few images have
                a reason of their own.
        """
        self._reviewed, self._reason = count, reason
        self._refresh()

    def run_preparing(self, text: str | None = None) -> None:
        """A run was asked for and has not begun yet."""
        self._measured.clear()
        self._model_path = ""
        self.stopped.say("")
        for widget in (self._failure, self.result):
            widget.hide()
        self.run.begin(text or tr("Preparing the data"))
        self._set_phase(Phase.PREPARING)

    def forget(self) -> None:
        """The project is closed: what was shown of its runs says nothing about the next one."""
        self.run_preparing()
        self._set_phase(Phase.IDLE)

    def run_started(self, event: events.RunStarted) -> None:
        """The run trains now; also called for a run found again after a restart."""
        if event.resumed:  # how it had ended before says nothing any more
            self.stopped.say("")
            self._failure.hide()
        elif self._phase is not Phase.PREPARING:
            self.run_preparing()
        self.run.started(event)
        self._set_phase(Phase.RUNNING)

    def evaluated(self, event: events.Evaluated) -> None:
        """A model was measured on the validation images: `before` or `after` training."""
        self._measured[event.name] = event
        if self._phase is Phase.RUNNING:
            self.run.measuring(event.folds)

    def run_finished(self, event: events.RunFinished) -> None:
        """The run is done: show what it has brought and ask whether to promote."""
        self._model_path = event.model_path
        self._set_phase(Phase.IDLE)
        before, after = self._measured.get("before"), self._measured.get("after")
        then = dict(before.per_class) if before is not None else {}
        now = dict(after.per_class) if after is not None else {}
        names = now or then  # of a model without classes also those that no image shows
        self.result.show_comparison(
            before=event.map50_95_before,
            after=event.map50_95,
            before50=event.map50_before,
            after50=event.map50,
            per_class={name: (then.get(name), now.get(name)) for name in names},
            agnostic=(
                before.agnostic_map50 if before is not None else None,
                after.agnostic_map50 if after is not None else None,
            ),
            images=after.images if after is not None else 0,
            apart=after is None or after.apart,
            folds=after.folds if after is not None else 0,
            reviewed=after.reviewed if after is not None else 0,
            seconds=event.seconds,
            problem=event.problem,
        )
        self.result.show()
        self._area.verticalScrollBar().setValue(0)  # the decision is at the top

    def run_failed(self, message: str, hint: str = "") -> None:
        """The run has failed, or could not start, or was refused at promotion."""
        self._set_phase(Phase.IDLE)
        self.stopped.say("")
        self.result.set_waiting(False)
        self._failure_text.setText(engine_text(message))
        self._failure_hint.setText(engine_text(hint))
        self._failure_hint.setVisible(bool(hint))
        self._failure.show()
        self._area.verticalScrollBar().setValue(0)

    def run_stopping(self) -> None:
        """The run is asked to end, which takes seconds."""
        self._set_phase(Phase.STOPPING)

    def run_stopped(self) -> None:
        """The run ended because it was asked to."""
        self._set_phase(Phase.IDLE)
        self._failure.hide()
        self.stopped.say(tr("Stopped. The current model stays active."))
        self._area.verticalScrollBar().setValue(0)  # what goes on with it is at the top

    def run_not_told(self) -> None:
        """It does not know that it should stop or finish, and goes on."""
        self.run.set_finishing(False)
        self._set_phase(Phase.RUNNING)

    def promoted(self, name: str) -> None:
        """The new model is active now."""
        self._failure.hide()
        self.result.show_promoted(name)
        self.result.show()

    # How it looks

    def _set_phase(self, phase: Phase) -> None:
        self._phase = phase
        self._refresh()

    def _refresh(self) -> None:
        """Show what belongs to the phase."""
        idle = self._phase is Phase.IDLE
        why_not = self._reason or _too_few(self._reviewed)
        self.train.setText(
            tr_n("Train on {n:,} reviewed image", "Train on {n:,} reviewed images", self._reviewed)
        )
        self.train.setEnabled(idle and not why_not)
        self.train.setToolTip(why_not)
        self._why_not.setText(why_not)
        self._why_not.setVisible(idle and bool(why_not))
        for widget in (self.train, self.presets):
            widget.setVisible(idle)
        self.place.set_idle(idle)
        self.run.set_running(not idle, stopping=self._phase is Phase.STOPPING)


def _muted() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    theme.set_role(label, "muted")
    return label


def _too_few(reviewed: int) -> str:
    """Why so few images cannot train; empty when they can."""
    if reviewed >= MIN_REVIEWED:
        return ""
    missing = MIN_REVIEWED - reviewed
    return tr_n(
        "Review {n} more image first: one to learn from and one to measure with.",
        "Review {n} more images first: one to learn from and one to measure with.",
        missing,
    )
