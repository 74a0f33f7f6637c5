"""Training in one panel: one button, live curves, the result. A view; it starts nothing itself."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dynseg.training import events
from dynseg_annotator import theme
from dynseg_annotator.panels import training_words as words
from dynseg_annotator.panels.training_result import ResultCard
from dynseg_annotator.settings import Settings

if TYPE_CHECKING:
    from dynseg_annotator.panels.training_charts import TrainingCharts

MIN_REVIEWED = 2
LOG_LINES = 5000


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
        self._epochs: list[events.EpochEnded] = []
        self._model_path = ""
        self._device = ""
        self._drawn = 0
        self._charts: TrainingCharts | None = None
        self._make_controls()
        self._make_running()
        self._make_outcome()
        self._column = self._arrange()
        settings.changed.connect(self._setting_changed)
        self._show_preset()
        self._refresh()

    # What the user asks

    def _make_controls(self) -> None:
        self.train = QPushButton()
        theme.set_role(self.train, "primary")
        theme.set_icon(self.train, "train", colour="on_accent")
        self.train.setMinimumHeight(round(self.fontMetrics().height() * 2.4))
        self.train.clicked.connect(self._train_pressed)
        self._why_not = _muted()
        self._preset = QComboBox()
        for value, name in words.PRESET_NAMES.items():
            self._preset.addItem(name, value)
        self._preset.currentIndexChanged.connect(self._preset_chosen)
        self._preset_prose = _muted()

    def _make_running(self) -> None:
        self._running = QWidget()
        self._stage = QLabel()
        self._stage.setFont(theme.heading_font(1.05))
        self._stage.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._facts = _muted()
        self._stop = QPushButton("&Stop")
        theme.set_icon(self._stop, "stop")
        self._stop.clicked.connect(self._stop_pressed)
        column = QVBoxLayout(self._running)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE.small)
        top = QHBoxLayout()
        top.addWidget(self._stage, 1)
        top.addWidget(self._stop)
        column.addLayout(top)
        column.addWidget(self._bar)
        column.addWidget(self._facts)

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
        self._note = _muted()
        self._note.hide()
        self._log_toggle = QPushButton("Show log")
        self._log_toggle.setCheckable(True)
        theme.set_role(self._log_toggle, "flat")
        theme.set_icon(self._log_toggle, "log")
        self._log_toggle.toggled.connect(self._show_log)
        self._log = QPlainTextEdit()
        self._log.setReadOnly(True)
        self._log.setMaximumBlockCount(LOG_LINES)
        self._log.setFont(theme.mono_font())
        self._log.setAccessibleName("Log of the training run")
        self._log.setMinimumHeight(self.fontMetrics().height() * 8)
        self._log.hide()
        self._log_toggle.hide()

    def _arrange(self) -> QVBoxLayout:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(*[theme.SPACE.wide] * 4)
        column.setSpacing(theme.SPACE.normal)
        label = QLabel("Pr&eset")
        label.setBuddy(self._preset)
        self._preset_row = QWidget()
        row = QHBoxLayout(self._preset_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(self._preset, 1)
        for widget in (
            self.train, self._why_not, self._preset_row, self._preset_prose, self._failure,
            self._note, self.result, self._running,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addWidget(self._log_toggle, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._log, 1)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        content.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        return column

    @Slot()
    def _train_pressed(self) -> None:
        self.run_preparing()
        self.train_requested.emit(self.preset())

    @Slot()
    def _stop_pressed(self) -> None:
        self._set_phase(Phase.STOPPING)
        self.stop_requested.emit()

    @Slot()
    def _promote_pressed(self) -> None:
        self.result.set_waiting(True)
        self.promote_requested.emit(self._model_path)

    @Slot()
    def _keep_pressed(self) -> None:
        self.result.show_decided("The current model stays active.")
        self.keep_requested.emit(self._model_path)

    @Slot(int)
    def _preset_chosen(self, index: int) -> None:
        self._settings.set("train_preset", self._preset.itemData(index))
        self._preset_prose.setText(words.preset_prose(self.preset()))

    @Slot(str, object)
    def _setting_changed(self, key: str, _value: object) -> None:
        if key == "train_preset":
            self._show_preset()

    def _show_preset(self) -> None:
        index = self._preset.findData(self._settings.get("train_preset"))
        self._preset.setCurrentIndex(index)
        self._preset_prose.setText(words.preset_prose(self.preset()))

    def preset(self) -> str:
        """The chosen preset: `quick`, `standard` or `thorough`."""
        return str(self._preset.currentData())

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
            case events.Advanced():
                self.advanced(event)
            case events.EpochEnded():
                self.epoch_ended(event)
            case events.Evaluated():
                self.evaluated(event)
            case events.RunFinished():
                self.run_finished(event)
            case events.RunFailed():
                self.run_failed(event.message, event.hint)
            case events.RunStopped():
                self.run_stopped()
            case events.RunLog():
                self.append_log(event.text)

    def set_reviewed(self, count: int, reason: str = "") -> None:
        """Say how many reviewed images there are.

        Args:
            count: Reviewed images.
            reason: Why training cannot start, in words; empty when it can. Too few images have
                a reason of their own.
        """
        self._reviewed, self._reason = count, reason
        self._refresh()

    def run_preparing(self, text: str = "Preparing the data") -> None:
        """A run was asked for and has not begun yet."""
        self._measured.clear()
        self._epochs.clear()
        self._model_path = ""
        self._log.clear()
        if self._charts is not None:
            self._charts.clear()
            self._charts.hide()
        self._failure.hide()
        self._note.hide()
        self.result.hide()
        self._stage.setText(text)
        self._facts.setText("")
        self._bar.setRange(0, 0)
        self._set_phase(Phase.PREPARING)

    def run_started(self, event: events.RunStarted) -> None:
        """The run trains now; also called for a run found again after a restart."""
        if self._phase is not Phase.PREPARING:
            self.run_preparing()
        self._bar.setRange(0, 0)
        self._stage.setText("Training")
        self._device = event.device
        self._facts.setText(
            f"{event.images:,} images to learn from, {event.val_images:,} to measure with, "
            f"on {event.device}"
        )
        self._set_phase(Phase.RUNNING)

    def advanced(self, event: events.Advanced) -> None:
        """The run is that far; comes every few seconds."""
        self._bar.setRange(0, 1000)
        self._bar.setValue(round(1000 * min(1.0, max(0.0, event.share))))
        self._say_left(event.eta_s)

    def _say_left(self, eta_s: float) -> None:
        left = words.duration(eta_s) if eta_s > 0 else ""
        self._stage.setText(f"Training, {left} left" if left else "Training, nearly done")

    def epoch_ended(self, event: events.EpochEnded) -> None:
        """One more epoch is done."""
        self._epochs.append(event)
        self._say_left(event.eta_s)
        facts = [
            f"Pass {event.epoch:,} on {self._device}" if self._device else f"Pass {event.epoch:,}",
            f"{words.duration(event.seconds)} a pass" if event.seconds >= 1 else "",
            words.memory(event.memory_bytes) and f"memory {words.memory(event.memory_bytes)}",
            f"learning rate {event.learning_rate:.2g}",
        ]
        self._facts.setText(", ".join(fact for fact in facts if fact))
        self._draw_charts()

    def evaluated(self, event: events.Evaluated) -> None:
        """A model was measured on the validation images: `before` or `after` training."""
        self._measured[event.name] = event
        if self._phase is Phase.RUNNING and self._epochs:
            self._stage.setText("Measuring")

    def run_finished(self, event: events.RunFinished) -> None:
        """The run is done: show what it has brought and ask whether to promote."""
        self._model_path = event.model_path
        self._set_phase(Phase.IDLE)
        before, after = self._measured.get("before"), self._measured.get("after")
        then = dict(before.per_class) if before is not None else {}
        now = dict(after.per_class) if after is not None else {}
        names = list(dict.fromkeys([*now, *then]))
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
            seconds=event.seconds,
            problem=event.problem,
        )
        self.result.show()

    def run_failed(self, message: str, hint: str = "") -> None:
        """The run has failed, or could not start, or was refused at promotion."""
        self._set_phase(Phase.IDLE)
        self.result.set_waiting(False)
        self._failure_text.setText(message)
        self._failure_hint.setText(hint)
        self._failure_hint.setVisible(bool(hint))
        self._failure.show()

    def run_stopped(self) -> None:
        """The run ended because it was asked to."""
        self._set_phase(Phase.IDLE)
        self._note.setText("Stopped. The current model stays active.")
        self._note.show()

    def promoted(self, name: str) -> None:
        """The new model is active now."""
        self._failure.hide()
        self.result.show_decided(f"{name} is the active model now.")
        self.result.show()

    def append_log(self, text: str) -> None:
        """Add lines to the log."""
        self._log.appendPlainText(text.rstrip("\n"))
        self._log_toggle.show()

    # How it looks

    @Slot(bool)
    def _show_log(self, on: bool) -> None:
        self._log.setVisible(on)
        self._log_toggle.setText("Hide log" if on else "Show log")

    def _set_phase(self, phase: Phase) -> None:
        self._phase = phase
        self._refresh()

    def _refresh(self) -> None:
        """Show what belongs to the phase."""
        idle = self._phase is Phase.IDLE
        why_not = self._reason or _too_few(self._reviewed)
        plural = "" if self._reviewed == 1 else "s"
        self.train.setText(f"Train on {self._reviewed:,} reviewed image{plural}")
        self.train.setEnabled(idle and not why_not)
        self.train.setToolTip(why_not)
        self._why_not.setText(why_not)
        self._why_not.setVisible(idle and bool(why_not))
        for widget in (self.train, self._preset_row, self._preset_prose):
            widget.setVisible(idle)
        self._running.setVisible(not idle)
        self._stop.setEnabled(self._phase in (Phase.PREPARING, Phase.RUNNING))
        self._stop.setText("Stopping…" if self._phase is Phase.STOPPING else "&Stop")

    def _draw_charts(self) -> None:
        """Draw what is new; the plotting library is loaded when there is something to see."""
        if not self.isVisible() or not self._epochs:
            return
        if self._charts is None:
            from dynseg_annotator.panels.training_charts import TrainingCharts

            self._charts = TrainingCharts()
            self._column.insertWidget(self._column.indexOf(self._log_toggle), self._charts)
        if self._charts.isHidden():
            self._drawn = 0
            self._charts.clear()
            self._charts.show()
        for event in self._epochs[self._drawn :]:
            self._charts.add(event.epoch, event.losses, map50=event.map50, map50_95=event.map50_95)
        self._drawn = len(self._epochs)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what has happened while the panel was out of sight."""
        super().showEvent(event)
        self._draw_charts()


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
    return (
        f"Review {missing} more image{'s' if missing > 1 else ''} first (Ctrl+Enter accepts the "
        "image): one to learn from and one to measure with."
    )
