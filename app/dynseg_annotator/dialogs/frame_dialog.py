"""Which frames of a video become images."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import tr

MOST = 10_000


@dataclass(frozen=True, slots=True)
class FrameRequest:
    """What the user decided.

    Attributes:
        source: The video or TIFF.
        every: Each n-th frame.
        different: Only frames that show something else than the one before.
    """

    source: Path
    every: int
    different: bool


class FrameDialog(layout.FittedDialog):
    """Each n-th frame, and whether frames that show the same are left out.

    Args:
        source: The video or TIFF.
        folder: Where its frames go.
        parent: The window.
    """

    frames_requested = Signal(object)
    """`FrameRequest`"""

    def __init__(self, source: Path, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=72)
        self._source = source
        self.setWindowTitle(tr("Add frames"))
        self.every = QSpinBox()
        self.every.setRange(1, MOST)
        self.every.setValue(1 if source.suffix.lower() in (".tif", ".tiff") else 10)
        self.different = QCheckBox(
            tr("Only frames that show something &different from the one before")
        )
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE.normal)
        title = QLabel(tr("Take &one frame in"))
        title.setBuddy(self.every)
        for widget in (title, self.every):
            row.addWidget(widget)
        row.addStretch(1)
        self.body.addWidget(layout.heading(source.name))
        self.body.addLayout(row)
        self.body.addWidget(self.different)
        self.body.addWidget(
            layout.prose(
                tr(
                    "The frames become image files in {folder}; the file itself is only read. A "
                    "frame keeps the number that it has in the video, so more of them can be "
                    "added later.",
                    folder=folder,
                )
            )
        )
        self.body.addStretch(1)
        self.finish(layout.buttons(self, tr("Add frames")))
        self.every.setFocus()
        self.every.selectAll()

    def accept(self) -> None:
        """Hand the request out."""
        request = FrameRequest(self._source, self.every.value(), self.different.isChecked())
        super().accept()
        self.frames_requested.emit(request)
