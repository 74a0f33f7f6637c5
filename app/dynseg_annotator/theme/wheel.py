"""The wheel over fields of something that scrolls."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractSlider, QAbstractSpinBox, QComboBox, QScrollBar, QWidget


class _PastEditors(QObject):
    """Leaves the wheel to what scrolls while nobody is at the field under the pointer."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whether the field does not hear of it."""
        passes = event.type() == QEvent.Type.Wheel and not cast(QWidget, watched).hasFocus()
        if passes:
            event.ignore()
        return passes


def let_wheel_pass(content: QWidget) -> None:
    """Who scrolls a page changes no number and no choice that comes under the pointer."""
    for kind in (QComboBox, QAbstractSpinBox, QAbstractSlider):
        for editor in [*content.findChildren(kind), content]:
            if isinstance(editor, kind) and not isinstance(editor, QScrollBar):
                editor.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # nor does the wheel focus it
                editor.installEventFilter(_PastEditors(editor))
