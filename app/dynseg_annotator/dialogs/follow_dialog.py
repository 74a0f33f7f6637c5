"""Into which images to follow the shapes of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QSpinBox, QWidget

from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import tr, tr_n


class Choice(NamedTuple):
    """Images that shapes can be followed through.

    Attributes:
        image_ids: The image of the shapes, then those after it in the order of the list.
        name: Name of the first.
        shapes: How many shapes it has.
        selected: Whether they are those that are selected in the list: then all of them are meant.
    """

    image_ids: list[int]
    name: str
    shapes: int
    selected: bool

    @property
    def most(self) -> int:
        """Into how many images they can be followed."""
        return len(self.image_ids) - 1


class FollowDialog(layout.FittedDialog):
    """Asks; decides nothing.

    Args:
        parent: The window.
        choices: At least one, that which is likeliest first.
        count: Number of images to begin with; where fewer are left, as many as there are.
    """

    wanted = Signal(object, int)
    """Ids of images, the one of the shapes first; the number that was asked for, 0 where the
    selected ones were."""

    def __init__(self, parent: QWidget | None, choices: Sequence[Choice], *, count: int) -> None:
        super().__init__(parent, width=70)
        self.setWindowTitle(tr("Follow into the next images"))
        self._choices = choices
        self.images = QComboBox()
        self.images.setAccessibleName(tr("Images"))
        for choice in choices:
            self.images.addItem(
                tr("Selected images after {name} ({n:,})", name=choice.name, n=choice.most)
                if choice.selected
                else tr("Next images of the list ({n:,})", n=choice.most)
            )
        self.count = QSpinBox()
        self._count = count
        self._says = layout.prose(muted=False)
        self._lay_out()
        self.images.currentIndexChanged.connect(self._show)
        self.count.valueChanged.connect(self._counted)
        self.accepted.connect(self._tell)
        self._show()

    def _lay_out(self) -> None:
        self.body.addWidget(layout.heading(tr("Follow into the next images")))
        self.body.addWidget(self._says)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE.normal)
        grid.setVerticalSpacing(theme.SPACE.normal)
        grid.setColumnStretch(1, 1)
        for row, (name, widget) in enumerate(
            ((tr("&Images"), self.images), (tr("&How many"), self.count))
        ):
            label = QLabel(name)
            label.setBuddy(widget)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1)
        self.body.addLayout(grid)
        self.body.addWidget(
            layout.prose(
                tr(
                    "Images come one after the other as the list is sorted and filtered: sort a "
                    "film by name. What comes is a proposal until you accept it. Your own shapes "
                    "on the way stay, and objects are followed on from them; reviewed and skipped "
                    "images stay as they are. An object that left, is hidden or looks different "
                    "gets no shape."
                )
            )
        )
        self._box = layout.buttons(self, tr("Follow"))
        self.finish(self._box)
        self.count.setFocus()
        self.count.selectAll()

    @property
    def _choice(self) -> Choice:
        return self._choices[self.images.currentIndex()]

    @property
    def _number(self) -> int:
        choice = self._choice
        return choice.most if choice.selected else min(self._count, choice.most)

    def _counted(self, count: int) -> None:
        self._count = count
        self._show()

    def _show(self) -> None:
        choice = self._choice
        self.count.setEnabled(not choice.selected)
        with QSignalBlocker(self.count):  # nobody has chosen this: what was asked for stays
            self.count.setRange(1, choice.most)
            self.count.setValue(self._number)
        said = tr_n(
            "The {n:,} shape of {name} goes where its object is in each image.",
            "The {n:,} shapes of {name} go where their objects are in each image.",
            choice.shapes,
            name=choice.name,
        )
        if not choice.shapes:
            said = tr("{name} has no shapes to follow: draw its objects first.", name=choice.name)
        self._says.setText(said)
        button = layout.main_button(self._box)
        button.setText(tr_n("Follow into {n:,} image", "Follow into {n:,} images", self._number))
        button.setEnabled(choice.shapes > 0)
        if self.isVisible():
            self.fit_later()

    def _tell(self) -> None:
        choice = self._choice
        wanted = 0 if choice.selected else self._count
        self.wanted.emit(choice.image_ids[: 1 + self._number], wanted)
