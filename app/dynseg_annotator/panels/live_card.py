"""Live learning in a few lines: a switch, how it is going, what it costs. A view."""

from __future__ import annotations

import time

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dynseg.review.effort import Effort
from dynseg.training.live.messages import Learning
from dynseg_annotator import theme
from dynseg_annotator.language import engine_text, mark, tr, tr_n
from dynseg_annotator.panels import training_words as words

OFF = mark("Off: the model changes only when you train it below.")
WAITS = mark("Waits until the training run has ended, then goes on by itself.")
WAITING = mark("Starts by itself at your second reviewed image.")


class LiveCard(QFrame):
    """What the live learner does, and the switch for it.

    Args:
        parent: The training panel.
    """

    switched = Signal(bool)
    """The user wants live learning, or not."""
    pause_pressed = Signal(bool)
    """The user wants it to wait, or to go on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._waits = False
        theme.set_role(self, "card")
        self.switch = QCheckBox(tr("&Learn while I label"))
        self.switch.setToolTip(
            tr(
                "Every image that you review makes the next proposals better. Runs on this "
                "computer, behind everything else, and rests when there is nothing new to learn."
            )
        )
        self.switch.toggled.connect(self.switched)
        self.pause = QPushButton(tr("Pause"))
        self.pause.setCheckable(True)
        theme.set_role(self.pause, "flat")
        self.pause.toggled.connect(self._pause_toggled)
        self._line = QLabel()
        self._line.setWordWrap(True)
        self._cost = QLabel()
        self._cost.setWordWrap(True)
        theme.set_role(self._cost, "muted")
        self._remark = QLabel()
        self._remark.setWordWrap(True)
        theme.set_role(self._remark, "warn")
        self._effort = QLabel()
        self._effort.setWordWrap(True)
        self._effort.setToolTip(
            tr(
                "Read from the history of the images that you reviewed last. As a table: "
                "dynseg stats PROJECT --effort --csv FILE"
            )
        )
        self.curves = QPushButton(tr("C&urves…"))
        self.curves.setToolTip(tr("How the work on proposals shrinks, round by round."))
        theme.set_role(self.curves, "flat")
        head = QHBoxLayout()
        head.addWidget(self.switch, 1)
        head.addWidget(self.pause)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.SPACE.normal] * 4)
        column.setSpacing(theme.SPACE.tight)
        column.addLayout(head)
        column.addWidget(self._line)
        column.addWidget(self._remark)
        column.addWidget(self._cost)
        below = QHBoxLayout()
        below.addWidget(self._effort, 1)
        below.addWidget(self.curves, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(below)
        self.show_state(None, on=True)
        self.show_effort(Effort())

    def show_state(
        self,
        state: Learning | None,
        *,
        on: bool,
        reason: str = "",
        waits: bool = False,
        remark: str = "",
    ) -> None:
        """Say how it is going.

        Args:
            state: What the learner has told last, None when there is none.
            on: Whether the user wants it.
            reason: Why it does not run although it is wanted, a sentence.
            waits: Whether a training run has the computer to itself: nothing can be paused then.
            remark: What does not go as it should while it goes on, a sentence.
        """
        self.switch.blockSignals(True)
        self.switch.setChecked(on)
        self.switch.blockSignals(False)
        busy = on and state is not None and state.state != "waiting"
        self.pause.setVisible(busy and not waits)
        self._line.setText(
            engine_text(reason) or (tr(WAITS) if busy and waits else live_line(state, on=on))
        )
        self._waits = busy and waits
        self._remark.setText(remark if busy else "")
        self._remark.setVisible(bool(self._remark.text()))
        self._cost.setText(live_cost(state) if busy and not waits else "")
        self._cost.setVisible(bool(self._cost.text()))
        self._show_effort()

    def show_effort(self, effort: Effort) -> None:
        """Say what the newest proposals were worth; nothing as long as nobody can know.

        Args:
            effort: The work on the images that were reviewed last.
        """
        self._effort.setText(effort_line(effort))
        self._show_effort()

    def _show_effort(self) -> None:
        """Not while a run needs the room: its curves are what one looks at then."""
        for widget in (self._effort, self.curves):
            widget.setVisible(bool(self._effort.text()) and not self._waits)

    @property
    def text(self) -> str:
        """What it says now."""
        return self._line.text()

    @property
    def remark(self) -> str:
        """What it says does not go as it should."""
        return self._remark.text()

    @Slot(bool)
    def _pause_toggled(self, paused: bool) -> None:
        self.pause.setText(tr("Go on") if paused else tr("Pause"))
        self.pause_pressed.emit(paused)


def live_line(state: Learning | None, *, on: bool, now_s: float | None = None) -> str:
    """How live learning is going, for the panel.

    Args:
        state: What the learner has told last.
        on: Whether the user wants it.
        now_s: Seconds since the epoch; the clock's when None.
    """
    if not on:
        return tr(OFF)
    if state is None or state.state == "waiting":
        return tr(WAITING)
    images = tr_n("{n} image", "{n} images", state.images)
    if state.state == "starting":
        return tr("Getting ready to learn from {images}.", images=images)
    facts = []
    if state.improved_s:
        ago = max(0.0, (time.time() if now_s is None else now_s) - state.improved_s)
        facts.append(
            tr("improved just now")
            if ago < 5
            else tr("last improved {duration} ago", duration=words.duration(ago))
        )
    if state.quality is not None:
        facts.append(tr("live quality {quality:.2f}", quality=state.quality))
    start = {
        "learning": tr("Learning from {images}", images=images),
        "resting": tr(
            "Has learned from {images} and rests until you review another", images=images
        ),
        "paused": tr("Paused at {images}", images=images),
        "battery": tr("Waits for the power supply, at {images}", images=images),
    }[state.state]
    return tr("{facts}.", facts=tr(", ").join([start, *facts]))


def effort_line(effort: Effort) -> str:
    """What was left to do, over the images that were reviewed last; empty without proposals."""
    share, steps = effort.unchanged_share, effort.gestures_per_object
    if share is None or steps is None:
        return ""
    return tr_n(
        "Your last image: {share:.0%} of the proposals kept as they were, {steps:.1f} steps an "
        "object.",
        "Your last {n} images: {share:.0%} of the proposals kept as they were, {steps:.1f} steps "
        "an object.",
        effort.images,
        share=share,
        steps=steps,
    )


def live_cost(state: Learning | None) -> str:
    """What live learning takes from the computer now."""
    if state is None:
        return ""
    facts = [words.memory(state.memory_bytes)] if state.memory_bytes else []
    if state.state == "learning":
        facts.insert(0, tr("uses spare processor time"))
        if state.images_per_s:
            rate = f"{state.images_per_s:.{1 if state.images_per_s < 10 else 0}f}"
            facts.append(tr("{rate} pictures/s at {size} px", rate=rate, size=state.image_size))
    elif facts and state.state != "starting":
        facts.insert(0, tr("no processor time"))
    text = tr(", ").join(facts)
    return text[:1].upper() + text[1:]


def live_note(state: Learning | None) -> str:
    """The same in two or three words, for the status bar; empty when there is nothing to say."""
    if state is None or state.state == "waiting":
        return ""
    rests = {
        "starting": tr("getting ready to learn"),
        "paused": tr("learning paused"),
        "battery": tr("learning waits for the power supply"),
    }
    if state.state in rests:
        return rests[state.state]
    if state.state == "learning":
        words = tr_n("learning from {n} image", "learning from {n} images", state.images)
    else:
        words = tr_n("learned from {n} image", "learned from {n} images", state.images)
    if state.quality is None:
        return words
    return tr("{words}, quality {quality:.2f}", words=words, quality=state.quality)
