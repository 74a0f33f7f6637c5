"""A training run while it goes on: how far it is, its curves, its log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dynseg.progress import Progress
from dynseg.training import events
from dynseg_annotator import theme
from dynseg_annotator.language import tr, tr_n
from dynseg_annotator.panels import training_words as words
from dynseg_annotator.panels.device_badge import device_name

if TYPE_CHECKING:
    from dynseg_annotator.panels.training_charts import TrainingCharts

LOG_LINES = 5000
BAR_STEPS = 1000


class RunView(QWidget):
    """Shows one run; curves and log stay when it has ended.

    Args:
        parent: The panel.
    """

    stop_pressed = Signal()
    finish_pressed = Signal()
    """Learn a few last steps, and measure what was learned."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._epochs: list[events.EpochEnded] = []
        self._drawn = 0
        self._device = self._host = ""
        self._is_finishing = False
        self._charts: TrainingCharts | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SPACE.normal)
        self._progress = self._make_progress()
        self._column.addWidget(self._progress)
        self._make_log()
        self._column.addWidget(self._log_toggle, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._log, 1)

    def _make_progress(self) -> QWidget:
        made = QWidget()
        self._stage = QLabel()
        self._stage.setFont(theme.heading_font(1.05))
        self._stage.setWordWrap(True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Progress of the training run"))
        self._facts = QLabel()
        self._facts.setWordWrap(True)
        theme.set_role(self._facts, "muted")
        self._stop = QPushButton(tr("&Stop"))
        theme.set_icon(self._stop, "stop")
        self._stop.clicked.connect(self.stop_pressed)
        self._finish = QPushButton(tr("&Finish now"))
        self._finish.setToolTip(
            tr("Learn a few last steps, then measure what was learned against the current model.")
        )
        theme.set_role(self._finish, "flat")
        self._finish.clicked.connect(self._finish_early)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE.small)
        top = QHBoxLayout()
        top.addWidget(self._stage, 1)
        top.addWidget(self._stop)
        column.addLayout(top)
        column.addWidget(self._bar)
        column.addWidget(self._facts)
        column.addWidget(self._finish, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _make_log(self) -> None:
        self._log_toggle = QPushButton(tr("Show log"))
        self._log_toggle.setCheckable(True)
        theme.set_role(self._log_toggle, "flat")
        theme.set_icon(self._log_toggle, "log")
        self._log_toggle.toggled.connect(self._show_log)
        self._log = QPlainTextEdit()
        self._log.setReadOnly(True)
        self._log.setMaximumBlockCount(LOG_LINES)
        self._log.setFont(theme.mono_font())
        self._log.setAccessibleName(tr("Log of the training run"))
        self._log.setMinimumHeight(self.fontMetrics().height() * 8)
        self._log.hide()
        self._log_toggle.hide()

    def set_running(self, running: bool, *, stopping: bool = False) -> None:
        """Show how far the run is, or only what it has left behind.

        Args:
            running: Whether it goes on.
            stopping: Whether it was asked to stop.
        """
        self._progress.setVisible(running)
        self._stop.setEnabled(running and not stopping)
        self._stop.setText(tr("Stopping…") if stopping else tr("&Stop"))
        self._finish.setEnabled(running and not stopping and not self._is_finishing)

    def begin(self, text: str) -> None:
        """Forget the last run; `text` says what is done before the next one starts."""
        self._epochs.clear()
        self._drawn = 0
        self._device = ""
        self._log.clear()
        self._log_toggle.setChecked(False)
        self._log_toggle.hide()
        if self._charts is not None:
            self._charts.clear()
            self._charts.hide()
        self._stage.setText(text)
        self._facts.setText("")
        self._bar.setRange(0, 0)
        self._finish.hide()
        self.set_finishing(False)

    def set_host(self, host: str) -> None:
        """Say on which other computer it runs; empty for this one."""
        self._host = host

    def copying(self, progress: Progress) -> None:
        """The images are copied before the run begins, which then takes a while to start."""
        if progress.total and progress.done >= progress.total:
            self._bar.setRange(0, 0)
            self._facts.setText(tr("All images are copied; the training is being started …"))
            return
        self._bar.setRange(0, progress.total or 0)
        self._bar.setValue(progress.done)
        facts = [
            tr(
                "{done:,} of {total:,} images are copied",
                done=progress.done,
                total=progress.total or 0,
            )
        ]
        if progress.eta_s is not None:
            facts.append(tr("{duration} left", duration=words.duration(progress.eta_s)))
        self._facts.setText(tr(", ").join(facts))

    def started(self, event: events.RunStarted) -> None:
        """The run trains now; one that goes on has no passes after the point that was kept."""
        self._epochs = [epoch for epoch in self._epochs if epoch.epoch <= event.resumed]
        self._drawn = 0
        if self._charts is not None:
            self._charts.clear()
        self._draw()
        self._device = device_name(event.device)
        if self._host:
            self._device = tr("{device} of {host}", device=self._device, host=self._host)
        self._stage.setText(tr("Training"))
        self._facts.setText(
            tr_n(
                "{n:,} image to learn from, on {device}",
                "{n:,} images to learn from, on {device}",
                event.images,
                device=self._device,
            )
            if event.folds
            else tr_n(
                "{n:,} image to learn from, {others:,} to measure with, on {device}",
                "{n:,} images to learn from, {others:,} to measure with, on {device}",
                event.images,
                others=event.val_images,
                device=self._device,
            )
        )

    def fold_started(self, event: events.FoldStarted) -> None:
        """It learns without some of the images now, which then measure."""
        text = tr_n(
            "First without {n} image, which then measures",
            "First without {n} images, which then measure",
            event.images,
        )
        if event.folds > 1:
            text = tr("{text} ({number} of {all})", text=text, number=event.fold, all=event.folds)
        self._facts.setText(text)

    def advanced(self, event: events.Advanced) -> None:
        """The run is that far; comes every few seconds."""
        self._finish.show()
        self._bar.setRange(0, BAR_STEPS)
        self._bar.setValue(round(BAR_STEPS * min(1.0, max(0.0, event.share))))
        self._say_left(event.eta_s)

    def epoch_ended(self, event: events.EpochEnded) -> None:
        """One more pass over the images is done."""
        self._epochs.append(event)
        self._say_left(event.eta_s)
        done = tr("Pass {epoch:,}", epoch=event.epoch)
        facts = [
            tr("{passes} on {device}", passes=done, device=self._device) if self._device else done,
            tr("{duration} a pass", duration=words.duration(event.seconds))
            if event.seconds >= 1
            else "",
            tr("memory {memory}", memory=words.memory(event.memory_bytes))
            if event.memory_bytes
            else "",
            tr("learning rate {rate:.2g}", rate=event.learning_rate),
        ]
        self._facts.setText(tr(", ").join(fact for fact in facts if fact))
        self._draw()

    def going_on(self) -> None:
        """Its process is being started once more."""
        self._stage.setText(tr("Going on where it stopped"))
        self._facts.setText("")
        self._bar.setRange(0, 0)
        self._finish.hide()

    def measuring(self, folds: int = 0) -> None:
        """Training is over; the models are compared now, or have been by folds."""
        if self._epochs:
            self._stage.setText(
                tr("Looking at what has changed")
                if folds
                else tr("Measuring on the validation images")
            )
            self._bar.setRange(0, 0)
            self._finish.hide()

    def set_finishing(self, finishing: bool) -> None:
        """Whether it was asked to finish."""
        self._is_finishing = finishing
        self._finish.setEnabled(not finishing)
        self._finish.setText(tr("Finishing…") if finishing else tr("&Finish now"))

    def _finish_early(self) -> None:
        self.set_finishing(True)
        self._say_left(0.0)
        self.finish_pressed.emit()

    def append_log(self, text: str) -> None:
        """Add lines to the log."""
        self._log.appendPlainText(text.rstrip("\n"))
        self._log_toggle.show()

    def _say_left(self, eta_s: float) -> None:
        left = words.duration(eta_s) if eta_s > 0 and not self._is_finishing else ""
        self._stage.setText(
            tr("Training, {left} left", left=left) if left else tr("Training, nearly done")
        )

    @Slot(bool)
    def _show_log(self, on: bool) -> None:
        self._log.setVisible(on)
        self._log_toggle.setText(tr("Hide log") if on else tr("Show log"))

    def _draw(self) -> None:
        """Draw what is new; the plotting library is loaded when there is something to see."""
        if not self.isVisible() or not self._epochs:
            return
        if self._charts is None:
            from dynseg_annotator.panels.training_charts import TrainingCharts

            self._charts = TrainingCharts()
            self._column.insertWidget(1, self._charts)
        self._charts.show()
        for event in self._epochs[self._drawn :]:
            self._charts.add(event.epoch, event.losses, map50=event.map50, map50_95=event.map50_95)
        self._drawn = len(self._epochs)

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what has happened while it was out of sight."""
        super().showEvent(event)
        self._draw()
