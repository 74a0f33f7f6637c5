"""Side by side: what the current model and the new one see on validation images."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QWidget

from dynseg.training.compared import Compared
from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import mark, tr

ABOUT = mark(
    "Left the current model, right the new one, on images that neither was trained on in this run. "
    "First the largest gains, then the largest losses. The figure is the panoptic quality: 1 when "
    "nothing would be left to do."
)


class ChangesDialog(layout.FittedDialog):
    """Stands beside the work.

    Args:
        changes: What differs, with the pictures; None where nothing was compared.
        parent: The window.
    """

    def __init__(
        self, changes: Sequence[tuple[Compared, Path]] | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=120)
        self.setWindowTitle(tr("What the new model sees otherwise"))
        self.body.addWidget(layout.prose(tr(ABOUT)))
        if any(change.agnostic for change, _ in changes or ()):
            says = tr(
                "The current model knows no classes, so the figures are of the outlines alone: "
                "that the new one tells kinds apart does not count in them."
            )
            self.body.addWidget(layout.prose(says))
        self.captions: list[str] = []
        for change, path in changes or ():
            self._add(change, path)
        if changes is None:
            says = tr("This run has drawn no pictures: its time was over, or its log says why.")
            self.body.addWidget(layout.prose(says))
        elif not changes:
            self.body.addWidget(layout.prose(tr("On no validation image do they differ much.")))
        self.finish(layout.buttons(self, "", reject=tr("Close")))

    def _add(self, change: Compared, path: Path) -> None:
        word = tr("better") if change.after > change.before else tr("worse")
        image = tr("{image}, a part", image=change.image) if change.part else change.image
        caption = f"{image}: {change.before:.2f} → {change.after:.2f}, {word}"
        self.captions.append(caption)
        self.body.addWidget(layout.heading(caption, factor=1.0))
        picture = QLabel(self)
        picture.setPixmap(QPixmap(str(path)))
        picture.setAccessibleName(caption)
        self.body.addWidget(picture)
        if change.colours:
            self.body.addWidget(_legend(change.colours))


def _legend(colours: Sequence[tuple[str, str]]) -> QLabel:
    """Which class has which colour."""
    entries = [
        f'<span style="color:{colour}">■</span>&nbsp;{escape(name or tr("object"))}'
        for name, colour in colours
    ]
    label = layout.prose("&emsp; ".join(entries))
    label.setTextFormat(Qt.TextFormat.RichText)
    return label
