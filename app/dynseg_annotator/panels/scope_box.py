"""Which images to pre-label."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QWidget

from dynseg_annotator.language import mark, tr, tr_n

SCOPES = (
    (mark("Images without labels"), "unlabelled"),
    (mark("All that are not reviewed"), "unreviewed"),
    (mark("All images"), "all"),
)
"""Scopes of a batch; a person's shapes are never touched by any of them."""
SELECTED = "selected"
"""Scope of the images that are selected in the list."""


class ScopeBox(QComboBox):
    """Offers the selected images as well while there are several."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Which images to pre-label"))
        for text, key in SCOPES:
            self.addItem(tr(text), key)

    def set_selected(self, count: int) -> None:
        """Several images are selected in the list, or one is."""
        at = self.findData(SELECTED)
        if count < 2:
            if at >= 0:
                self.removeItem(at)
            return
        text = tr_n("{n:,} selected image", "{n:,} selected images", count)
        if at < 0:
            self.addItem(text, SELECTED)
        else:
            self.setItemText(at, text)
