"""A run that ended before it was done, and the button that goes on with it. A view."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from dynseg_annotator import theme
from dynseg_annotator.language import tr


class StoppedCard(QFrame):
    """Says that a run was stopped, and offers to go on where something of it is kept.

    Args:
        parent: The training panel.
    """

    go_on_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "card")
        self._said, self._kept = QLabel(), QLabel()
        self._said.setWordWrap(True)
        self._kept.setWordWrap(True)
        theme.set_role(self._kept, "muted")
        self._go_on = QPushButton(tr("&Go on with it"))
        theme.set_icon(self._go_on, "play")
        self._go_on.setToolTip(
            tr(
                "Learns on from the images that the run began with; those that you have reviewed "
                "since are for the next run."
            )
        )
        self._go_on.clicked.connect(self.go_on_pressed)
        offer = QHBoxLayout()
        offer.addWidget(self._kept, 1)
        offer.addWidget(self._go_on)
        column = QVBoxLayout(self)
        column.addWidget(self._said)
        column.addLayout(offer)
        self.hide()

    def say(self, text: str) -> None:
        """Say how the run ended; nothing is offered yet."""
        self._said.setText(text)
        self._said.setVisible(bool(text))
        self._kept.hide()
        self._go_on.hide()
        self.setVisible(bool(text))

    def offer(self) -> None:
        """Something of the run is kept: it can go on."""
        self._kept.setText(tr("What it has learned so far is kept."))
        self._kept.show()
        self._go_on.show()
        self.show()

    def say_lost(self) -> None:
        """It was over before anything of it was kept, so that nothing is offered."""
        self._kept.setText(tr("It had kept nothing yet to go on with."))
        self._kept.show()
        self._go_on.hide()
