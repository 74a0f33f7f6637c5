"""The bar above the canvas that says what a run has changed, or would change."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dynseg_annotator import theme
from dynseg_annotator.language import mark, tr, tr_n

ICON = QSize(18, 18)
LEGEND = mark(
    "On the image: added shapes are solid with a plus, removed ones dashed with a minus, changed "
    "ones solid with a tilde, and dotted as they were before."
)


class ComparisonBar(QFrame):
    """Hidden while nothing is compared. None of its buttons takes the focus."""

    only_changed_set = Signal(bool)
    decided = Signal()
    """Take the run back, or do it."""
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "info-bar")
        self.text = QLabel("", self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setWordWrap(True)  # what would be removed and changed stands at its end
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.text.setSizePolicy(policy)
        self.here = QLabel("", self)
        theme.set_role(self.here, "muted")
        self.only_changed = QCheckBox(tr("Only changed images"), self)
        self.only_changed.setToolTip(tr("Show only images that the run concerns in the list"))
        self.decide = QPushButton("", self)
        self.leave = QToolButton(self)
        self.leave.setIconSize(ICON)
        self.leave.setAutoRaise(True)
        theme.set_icon(self.leave, "close")
        self.leave.setToolTip(tr("Stop comparing; nothing is changed"))
        self.leave.setAccessibleName(tr("Stop comparing"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE.normal, theme.SPACE.hair, theme.SPACE.tight, 2)
        row.setSpacing(theme.SPACE.normal)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.text)
        words.addWidget(self.here)
        row.addLayout(words, 1)
        for widget in (self.only_changed, self.decide, self.leave):
            widget.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(widget)
        self.only_changed.toggled.connect(self.only_changed_set)
        self.decide.clicked.connect(self.decided)
        self.leave.clicked.connect(self.closed)
        self.setToolTip(tr(LEGEND))
        self.hide()

    def show_total(self, title: str, counts: Mapping[str, int], images: int, verb: str) -> None:
        """Say what happens in all.

        Args:
            title: Which run: "The run of 22:31".
            counts: How many shapes are added, removed and changed.
            images: On how many images.
            verb: What the button says; empty for no button.
        """
        words = tr("no difference")
        if images:
            words = tr_n(
                "{changes} on {n} image",
                "{changes} on {n} images",
                images,
                changes=in_words(counts),
            )
        self.text.setText(f"{title}: {words}")
        self.text.setToolTip(theme.plain_tip(f"{self.text.text()}\n{tr(LEGEND)}"))
        self.decide.setText(verb)
        self.decide.setVisible(bool(verb))
        self.only_changed.setEnabled(images > 0)
        self.show()

    def show_here(self, counts: Mapping[str, int] | None) -> None:
        """Say what happens on the open image."""
        nothing = counts is None or not any(counts.values())
        self.here.setText("" if counts is None else tr("Here: nothing") if nothing else "")
        if counts is not None and not nothing:
            self.here.setText(tr("Here: {changes}", changes=in_words(counts)))

    def clear(self) -> None:
        """Nothing is compared any more."""
        self.only_changed.setChecked(False)
        self.hide()


def in_words(counts: Mapping[str, int]) -> str:
    """`3 added, 1 removed`; zeros are left out."""
    words = {
        "added": lambda n: tr("{n} added", n=n),
        "removed": lambda n: tr("{n} removed", n=n),
        "changed": lambda n: tr("{n} changed", n=n),
    }
    said = [words[key](counts[key]) for key in words if counts.get(key)]
    return tr(", ").join(said) or tr("nothing")
