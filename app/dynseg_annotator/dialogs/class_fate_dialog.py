"""Deleting a class, or merging it into another: what becomes of its shapes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Slot
from PySide6.QtWidgets import QComboBox, QRadioButton, QWidget

from dynseg.annotation.classes import ClassLabel
from dynseg_annotator import theme
from dynseg_annotator.dialogs import counts, layout
from dynseg_annotator.dialogs.class_dialog import SWATCH_PX, swatch
from dynseg_annotator.language import tr, tr_n


class ClassFateDialog(layout.FittedDialog):
    """Says how many shapes and images carry the class, before anything happens.

    Args:
        label: The class that goes.
        others: The classes that may take over its shapes.
        uses: How many shapes carry it, and how many images have some.
        merge: Whether it is merged; else its shapes may also be deleted.
        parent: The window.
    """

    def __init__(
        self,
        label: ClassLabel,
        others: Sequence[ClassLabel],
        uses: tuple[int, int],
        *,
        merge: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=52)
        verb = tr("Merge") if merge else tr("Delete")
        self.setWindowTitle(
            tr("Merge class {name}", name=label.name)
            if merge
            else tr("Delete class {name}", name=label.name)
        )
        self._count = counted(*uses)
        self.heirs = self._make_heirs(others)
        self._give = QRadioButton(tr("&Give its shapes the class"))
        self._delete = QRadioButton(tr("&Delete its shapes as well"))
        column = self.body
        column.addWidget(
            layout.heading(
                tr_n(
                    "{count} carries the class {name}.",
                    "{count} carry the class {name}.",
                    uses[0],
                    count=self._count,
                    name=label.name,
                )
            )
        )
        if merge:
            column.addWidget(
                layout.prose(tr("{name} goes; its shapes get the class", name=label.name))
            )
            column.addWidget(self.heirs)
        else:
            column.addWidget(self._give)
            column.addWidget(self.heirs)
            column.addWidget(self._delete)
        self._give.setChecked(bool(others))
        self._give.setEnabled(bool(others))
        self._delete.setChecked(not others)
        self._give.toggled.connect(self.refresh)
        column.addWidget(
            layout.prose(
                tr(
                    "This concerns the whole project, reviewed images as well, and is one step of "
                    "undo."
                )
            )
        )
        column.addStretch(1)
        self._verb, self._merge = verb, merge
        self._box = layout.buttons(self, verb)
        self.finish(self._box)
        self.refresh()

    def _make_heirs(self, others: Sequence[ClassLabel]) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName(tr("Class that takes over the shapes"))
        box.setIconSize(QSize(SWATCH_PX, SWATCH_PX))
        for other in others:
            icon = swatch(other.colour, ratio=self.devicePixelRatioF())
            box.addItem(icon, other.name, other.id)
        return box

    @Slot()
    def refresh(self) -> None:
        """The button says what is lost."""
        gives = self._merge or self._give.isChecked()
        self.heirs.setEnabled(gives)
        button = layout.main_button(self._box)
        button.setText(self._verb if gives else tr("Delete with {count}", count=self._count))
        theme.set_role(button, "primary" if gives else "danger")

    def heir(self) -> int | None:
        """Id of the class that takes over, None when the shapes are deleted."""
        gives = self._merge or self._give.isChecked()
        return int(self.heirs.currentData()) if gives else None


def counted(shapes: int, images: int) -> str:
    """`1 shape in 1 image`, `3,120 shapes in 45 images`."""
    return tr("{shapes} in {images}", shapes=counts.shapes(shapes), images=counts.images(images))
