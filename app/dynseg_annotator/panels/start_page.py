"""What the window shows while no project is open: the next step, in three choices."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
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

WIDTH_PX = 520


class StartPage(QWidget):
    """Open a folder, open the sample, or go on with a recent project."""

    folder_requested = Signal()
    sample_requested = Signal()
    project_requested = Signal(str)
    """Path of a recent project."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        middle = QWidget(self)
        middle.setFixedWidth(WIDTH_PX)
        outer = QHBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(middle)
        outer.addStretch(1)
        self.open_folder = QPushButton("Open folder…", middle)
        self.open_sample = QPushButton("Open sample", middle)
        self._recent = QFrame(middle)
        theme.set_role(self._recent, "card")
        self._recent_column = QVBoxLayout(self._recent)
        self._recent_column.setSpacing(theme.SPACE.hair)
        self._busy = QLabel("", middle)
        self._busy.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        theme.set_role(self._busy, "muted")
        column = QVBoxLayout(middle)
        column.setSpacing(theme.SPACE.wide)
        column.addStretch(2)
        for words in self._words(middle):
            column.addWidget(words)
        column.addSpacing(theme.SPACE.normal)
        column.addLayout(self._choices())
        column.addSpacing(theme.SPACE.page)
        column.addWidget(self._recent)
        column.addWidget(self._busy)
        column.addStretch(3)
        self.set_recent([])

    @staticmethod
    def _words(parent: QWidget) -> tuple[QLabel, QLabel]:
        """The heading, and what the program does in two sentences."""
        title = QLabel("Label images, let a model do most of it", parent)
        title.setFont(theme.heading_font(1.6))
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        prose = QLabel(
            "Open a folder of images. The model proposes outlines, you correct them, "
            "it learns from you. Images stay where they are, and nothing leaves this computer.",
            parent,
        )
        prose.setWordWrap(True)
        prose.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        theme.set_role(prose, "muted")
        return title, prose

    def _choices(self) -> QHBoxLayout:
        """The two buttons of a first start."""
        theme.set_role(self.open_folder, "primary")
        theme.set_icon(self.open_folder, "folder-open", colour="on_accent")
        self.open_folder.clicked.connect(self.folder_requested)
        theme.set_icon(self.open_sample, "sparkle")
        self.open_sample.setToolTip("A small project of made-up parts to try everything on")
        self.open_sample.clicked.connect(self.sample_requested)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE.normal)
        row.addStretch(1)
        row.addWidget(self.open_folder)
        row.addWidget(self.open_sample)
        row.addStretch(1)
        return row

    def set_recent(self, paths: Sequence[str]) -> None:
        """Offer these projects, newest first."""
        while self._recent_column.count():
            item = self._recent_column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._recent.setVisible(bool(paths))
        if not paths:
            return
        heading = QLabel("Recent projects", self._recent)
        theme.set_role(heading, "muted")
        heading.setContentsMargins(theme.SPACE.normal, 0, 0, 0)
        self._recent_column.addWidget(heading)
        for path in paths:
            self._recent_column.addWidget(self._recent_button(path))

    def set_busy(self, text: str) -> None:
        """Say what is being opened; empty when nothing is."""
        self._busy.setText(text)
        for button in (self.open_folder, self.open_sample):
            button.setEnabled(not text)

    def _recent_button(self, path: str) -> QToolButton:
        where = Path(path)
        button = QToolButton(self._recent)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        name, metrics = where.name, button.fontMetrics()
        room = WIDTH_PX - 110 - metrics.horizontalAdvance(name)
        parent = metrics.elidedText(str(where.parent), Qt.TextElideMode.ElideMiddle, room)
        button.setText(f"{name}    {parent}".replace("&", "&&"))
        button.setToolTip(path)
        theme.set_icon(button, "folder")
        button.clicked.connect(lambda: self.project_requested.emit(path))
        return button
