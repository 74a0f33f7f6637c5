"""The work on proposals as curves, beside the work."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import tr


class EffortDialog(layout.FittedDialog):
    """Holds the curves.

    Args:
        curves: The widget that draws them; the dialog owns it from now on.
        parent: The window.
    """

    def __init__(self, curves: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=84)
        self.setWindowTitle(tr("Work on proposals"))
        self.body.addWidget(curves, 1)
        self.finish(layout.buttons(self, "", reject=tr("Close")))
