"""The bar above the canvas in review mode: how far the review is, and what is left here."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dynseg.annotation.document import ImageState
from dynseg_annotator import theme
from dynseg_annotator.actions.spec import plain
from dynseg_annotator.language import engine_text, tr, tr_n
from dynseg_annotator.panels.elided_label import ElidedLabel

DECISIONS = ("accept-object", "reject-object", "accept-all")
ORDERS = (
    "order-suggested",
    "order-uncertainty",
    "order-disagreement",
    "order-name",
    "order-random",
)
BAR_WIDTH_PX = 90
LEFT_CHARACTERS = 60
"""What is left here, with the reason why the image comes now, is seldom longer."""
ICON = QSize(18, 18)


class ReviewBar(QFrame):
    """Hidden outside review mode. None of its buttons takes the focus: the keys stay the canvas'.

    Args:
        actions: From `actions.build()`.
        parent: The window.
    """

    def __init__(self, actions: Mapping[str, QAction], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "info-bar")
        self.progress = QProgressBar(self)
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(BAR_WIDTH_PX)
        self.progress.setAccessibleName(tr("Share of the images that is reviewed"))
        self.reviewed = QLabel("", self)
        self.left = ElidedLabel("", self)
        self.left.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        theme.set_role(self.left, "muted")
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.SPACE.normal)
        self._row.addWidget(self.reviewed)
        self._row.addWidget(self.progress)
        self._row.addWidget(self.left, 1)
        self._row.addStretch(0)
        self._buttons = buttons = QHBoxLayout()
        buttons.setSpacing(theme.SPACE.hair)
        for action_id in DECISIONS:
            buttons.addWidget(_button(actions[action_id], self))
        buttons.addWidget(self._order_button(actions))
        # Not the action's own button: that takes its icon and text back whenever it is toggled.
        self.leave = QToolButton(self)
        self.leave.clicked.connect(actions["review-mode"].trigger)
        self.leave.setToolTip(tr("Leave review mode"))
        _dress(self.leave, tr("Leave review mode"))
        buttons.addWidget(self.leave)
        self._row.addLayout(buttons)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(theme.SPACE.normal, theme.SPACE.hair, theme.SPACE.tight, 2)
        self._rows.setSpacing(theme.SPACE.hair)
        self._rows.addLayout(self._row)
        self._follow_theme()
        theme.notifier().changed.connect(self._follow_theme)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is left here gives way last: before it the picture of the share, then its place."""
        super().resizeEvent(event)
        space, wanted = theme.SPACE.normal, self.fontMetrics().averageCharWidth() * LEFT_CHARACTERS
        room = event.size().width() - self.reviewed.sizeHint().width() - 4 * space
        room -= self._buttons.sizeHint().width()
        below = room < wanted
        self.progress.setVisible(room >= wanted + BAR_WIDTH_PX + space)
        if below is (self._rows.indexOf(self.left) >= 0):
            return
        if below:
            self._row.removeWidget(self.left)
            self._rows.addWidget(self.left)
        else:
            self._rows.removeWidget(self.left)
            self._row.insertWidget(2, self.left, 1)

    def set_progress(self, reviewed: int, total: int) -> None:
        """How many images of the project are reviewed."""
        self.reviewed.setText(
            tr("<b>Review</b>&nbsp; {reviewed} of {total}", reviewed=reviewed, total=total)
        )
        self.progress.setRange(0, max(total, 1))
        self.progress.setValue(reviewed)

    def set_left(
        self, left: int, proposed: int, reason: str, *, state: ImageState = ImageState.PRELABELLED
    ) -> None:
        """How many proposals of the open image wait, of how many, and why it comes now.

        Args:
            left: Proposals that nobody has decided.
            proposed: How many there were.
            reason: Why the queue shows this image now, a clause of the engine.
            state: Of the image.
        """
        reason = engine_text(reason)
        if left:
            text = tr_n(
                "{left} of {n} proposal left", "{left} of {n} proposals left", proposed, left=left
            )
        elif proposed:
            text = tr("all looked at: add what is missing, Enter accepts")
        elif state is ImageState.REVIEWED:
            text, reason = tr("reviewed: Enter goes on to the next"), ""
        elif state is ImageState.UNLABELLED:
            text = tr("no proposals yet")
        else:
            text = tr("nothing proposed: Enter when nothing is missing")
        self.left.setText(f"{text} · {reason}" if reason and (left or not proposed) else text)
        self.left.setToolTip(theme.plain_tip(f"{text}\n{reason}".strip()))

    def _order_button(self, actions: Mapping[str, QAction]) -> QToolButton:
        button = QToolButton(self)
        menu = QMenu(button)
        for action_id in ORDERS:
            menu.addAction(actions[action_id])
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setIconSize(ICON)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(tr("In which order the images come"))
        button.setAccessibleName(tr("Order of the review"))
        theme.set_icon(button, "sort")
        return button

    def _follow_theme(self) -> None:
        self.leave.setIcon(theme.icon("close"))


def _button(action: QAction, parent: QWidget) -> QToolButton:
    button = QToolButton(parent)
    button.setDefaultAction(action)
    _dress(button, plain(action.text()))
    return button


def _dress(button: QToolButton, name: str) -> None:
    button.setIconSize(ICON)
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.setAccessibleName(name)
