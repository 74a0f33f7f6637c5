"""What the window shows while no project is open: the next step, in a few choices."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dynseg.project.layout import called
from dynseg_annotator import theme
from dynseg_annotator.language import tr

WIDTH_CHARACTERS = 100
ICON_PX = 22


class Choice(QPushButton):
    """A button with a picture, a title and a sentence.

    Args:
        icon: Name of the picture.
        title: What it does.
        text: Why one would.
    """

    def __init__(self, icon: str, title: str, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        theme.set_role(self, "choice")
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._icon, self._picture = icon, QLabel(self)
        name, words = QLabel(title, self), QLabel(text, self)
        name.setFont(theme.heading_font(1.05))
        words.setWordWrap(True)
        theme.set_role(words, "muted")
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE.hair)
        column.addWidget(name)
        words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        column.addWidget(words, 1)  # what is left over is below, so that titles stand in a line
        row = QHBoxLayout(self)
        row.setContentsMargins(*(theme.SPACE.wide,) * 4)
        row.setSpacing(theme.SPACE.wide)
        row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        for child in (self._picture, name, words):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._draw()
        theme.notifier().changed.connect(self._draw)

    def hasHeightForWidth(self) -> bool:
        """The sentence wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for all its lines."""
        row = self.layout()
        return row.totalHeightForWidth(width) if isinstance(row, QBoxLayout) else 0

    def sizeHint(self) -> QSize:
        """As its content."""
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        """As its content, which a button does not look at by itself."""
        row = self.layout()
        return row.minimumSize() if row is not None else super().minimumSizeHint()

    def _draw(self) -> None:
        ratio = self.devicePixelRatioF()
        colour = theme.colours().accent_text
        self._picture.setPixmap(theme.pixmap(self._icon, ICON_PX, colour, ratio=ratio))


class StartPage(QScrollArea):
    """Open a folder, plan a project, take labels over, try the sample, or go on."""

    folder_requested = Signal()
    sample_requested = Signal()
    new_requested = Signal()
    import_requested = Signal()
    tour_requested = Signal()
    project_requested = Signal(str)
    """Path of a recent project."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        page = QWidget(self)
        middle = self._middle = QWidget(page)
        middle.setMaximumWidth(self.fontMetrics().averageCharWidth() * WIDTH_CHARACTERS)
        outer = QHBoxLayout(page)
        outer.addStretch(1)
        outer.addWidget(middle, 100)
        outer.addStretch(1)
        self._make_choices(middle)
        self._recent = QFrame(middle)
        theme.set_role(self._recent, "card")
        self._recent_column = QVBoxLayout(self._recent)
        self._recent_column.setSpacing(theme.SPACE.hair)
        self._busy = QLabel("", middle)
        self._busy.setTextFormat(Qt.TextFormat.PlainText)  # it names a folder
        self._busy.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        theme.set_role(self._busy, "muted")
        column = QVBoxLayout(middle)
        column.setSpacing(theme.SPACE.wide)
        column.addStretch(2)
        for words in self._words(middle):
            column.addWidget(words)
        column.addSpacing(theme.SPACE.normal)
        column.addLayout(self._choices())
        column.addWidget(self.open_sample, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._recent)
        column.addWidget(self._busy)
        column.addStretch(3)
        self.setWidget(page)
        self.set_recent([])

    @staticmethod
    def _words(parent: QWidget) -> tuple[QLabel, QLabel]:
        """The heading, and what the program does in two sentences."""
        title = QLabel(tr("Label images, let a model do most of it"), parent)
        title.setFont(theme.heading_font(1.6))
        title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        title.setWordWrap(True)
        prose = QLabel(
            tr(
                "The model proposes outlines, you correct them, it learns from you. "
                "Images stay where they are, and nothing leaves this computer."
            ),
            parent,
        )
        prose.setWordWrap(True)
        prose.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        theme.set_role(prose, "muted")
        return title, prose

    def _make_choices(self, parent: QWidget) -> None:
        self.open_folder = Choice(
            "folder-open",
            tr("Open a folder of images…"),
            tr("Start at once; everything else can be decided later."),
            parent,
        )
        self.new_project = Choice(
            "plus",
            tr("New project…"),
            tr("Choose classes, model and validation images before you start."),
            parent,
        )
        self.import_project = Choice(
            "import",
            tr("Take over labels…"),
            tr("Go on with the work of labelme, X-AnyLabeling, CVAT, Label Studio, COCO or YOLO."),
            parent,
        )
        self.take_tour = Choice(
            "sparkle",
            tr("Take the two-minute tour"),
            tr("Pre-label, correct, accept: with the real controls, on sample photographs."),
            parent,
        )
        self.open_sample = QPushButton(tr("Open the sample without the tour"), parent)
        theme.set_role(self.open_sample, "flat")
        for button, wanted in (
            (self.open_folder, self.folder_requested),
            (self.new_project, self.new_requested),
            (self.import_project, self.import_requested),
            (self.take_tour, self.tour_requested),
            (self.open_sample, self.sample_requested),
        ):
            button.clicked.connect(wanted)

    def _choices(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(theme.SPACE.wide)
        buttons = (self.open_folder, self.new_project, self.import_project, self.take_tour)
        for number, button in enumerate(buttons):
            grid.addWidget(button, number // 2, number % 2)
            grid.setColumnStretch(number % 2, 1)
        return grid

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
        heading = QLabel(tr("Recent projects"), self._recent)
        theme.set_role(heading, "muted")
        heading.setContentsMargins(theme.SPACE.normal, 0, 0, 0)
        self._recent_column.addWidget(heading)
        for path in paths:
            button = self._recent_button(path)
            button.setEnabled(not self._busy.text())
            self._recent_column.addWidget(button)

    def set_busy(self, text: str) -> None:
        """Say what is being opened; empty when nothing is."""
        self._busy.setText(text)
        for button in self._middle.findChildren(QAbstractButton):
            button.setEnabled(not text)

    def _recent_button(self, path: str) -> QToolButton:
        where = Path(path)
        button = QToolButton(self._recent)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        name, metrics = called(where), button.fontMetrics()
        room = self._middle.maximumWidth() * 3 // 4 - metrics.horizontalAdvance(name)
        parent = metrics.elidedText(str(where.parent), Qt.TextElideMode.ElideMiddle, room)
        button.setText(f"{name}    {parent}".replace("&", "&&"))
        button.setAccessibleName(tr("Open the project {name}", name=name))
        button.setToolTip(theme.plain_tip(path))
        theme.set_icon(button, "folder")
        button.clicked.connect(lambda: self.project_requested.emit(path))
        return button
