"""The bar above the canvas that says that an image's file is not the one it was labelled on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from dynseg_annotator import theme
from dynseg_annotator.language import tr, tr_n


class OtherFileBar(QFrame):
    """Hidden while the file is the right one. A click on a button leaves the keys to the canvas."""

    accepted = Signal()
    """The labels are right for the file that lies there now."""
    scaling_requested = Signal()
    """Scale the shapes to the size of the file that lies there now."""
    place_requested = Signal()
    """Show where the file lies."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "warn-bar")
        self.text = QLabel("", self)
        self.text.setTextFormat(Qt.TextFormat.PlainText)  # it names a file
        self.text.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.text.setSizePolicy(policy)
        self.accept_button = QPushButton(tr("Labels are right"), self)
        self.accept_button.setToolTip(
            tr("Keep the labels with the file that is there now; this note goes away")
        )
        self.scale_button = QPushButton(tr("Scale the shapes"), self)
        self.scale_button.setToolTip(
            tr(
                "Bring the shapes and their history to the size of the file that is there now; "
                "a backup is made first"
            )
        )
        self.place_button = QPushButton(tr("Show the file"), self)
        self.place_button.setToolTip(tr("Open the folder that the file lies in"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE.normal, theme.SPACE.hair, theme.SPACE.tight, 2)
        row.setSpacing(theme.SPACE.normal)
        row.addWidget(self.text, 1)
        for button in (self.place_button, self.scale_button, self.accept_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self.accept_button.clicked.connect(self.accepted)
        self.scale_button.clicked.connect(self.scaling_requested)
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
        self._say(text, self.accept_button, may_accept)

    def show_other_size(
        self,
        name: str,
        shapes: int,
        *,
        now: tuple[int, int],
        made_on: tuple[int, int],
        keeps_shape: bool,
        may_scale: bool,
    ) -> None:
        """Say that the file has another size than the one that an image's shapes were made on.

        Args:
            name: The image.
            shapes: How many shapes it has.
            now: Width and height of the file, pixels.
            made_on: Those that the shapes were made on.
            keeps_shape: Whether the one is the other one made larger or smaller.
            may_scale: False in a project that is open read-only.
        """
        text = tr_n(
            "{name} now has {now} pixels; its shape was made on {made_on} and stays as it is until "
            "you scale it.",
            "{name} now has {now} pixels; its {n:,} shapes were made on {made_on} and stay as they "
            "are until you scale them.",
            shapes,
            name=name,
            now=f"{now[0]} x {now[1]}",
            made_on=f"{made_on[0]} x {made_on[1]}",
        )
        if not keeps_shape:
            text = tr(
                "{text} Its sides have another ratio: it was cut, or is another picture.", text=text
            )
        self._say(text, self.scale_button, may_scale)

    def _say(self, text: str, button: QPushButton, may: bool) -> None:
        self.text.setText(text)
        for each in (self.scale_button, self.accept_button):
            each.setVisible(each is button)
        button.setEnabled(may)
        self.show()
