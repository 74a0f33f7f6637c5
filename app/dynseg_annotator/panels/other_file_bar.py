"""The bar above the canvas that says that an image's file is not the one it was labelled on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from dynseg_annotator import theme
from dynseg_annotator.language import tr, tr_n


class OtherFileBar(QFrame):
    """Hidden while the file is the right one. None of its buttons takes the focus."""

    accepted = Signal()
    """The labels are right for the file that lies there now."""
    place_requested = Signal()
    """Show where the file lies."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "warn-bar")
        self.text = QLabel("", self)
        self.text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.accept_button = QPushButton(tr("Labels are right"), self)
        self.accept_button.setToolTip(
            tr("Keep the labels with the file that is there now; this note goes away")
        )
        self.place_button = QPushButton(tr("Show the file"), self)
        self.place_button.setToolTip(tr("Open the folder that the file lies in"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE.normal, theme.SPACE.hair, theme.SPACE.tight, 2)
        row.setSpacing(theme.SPACE.normal)
        row.addWidget(self.text, 1)
        for button in (self.place_button, self.accept_button):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(button)
        self.accept_button.clicked.connect(self.accepted)
        self.place_button.clicked.connect(self.place_requested)
        self.hide()

    def show_for(self, name: str, shapes: int, *, may_accept: bool) -> None:
        """Say it of an image with so many shapes.

        Args:
            name: The image.
            shapes: How many shapes it has.
            may_accept: False in a project that is open read-only.
        """
        text = tr_n(
            "{name} changed on disk after it was labelled. Its shape is kept; see whether it "
            "still fits.",
            "{name} changed on disk after it was labelled. Its {n:,} shapes are kept; see whether "
            "they still fit.",
            shapes,
            name=name,
        )
        self.text.setText(text)
        self.text.setToolTip(text)
        self.accept_button.setEnabled(may_accept)
        self.show()
