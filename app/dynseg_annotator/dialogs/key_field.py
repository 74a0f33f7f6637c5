"""A field that shows the key that is pressed in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from dynseg_annotator.actions import native_text
from dynseg_annotator.language import tr

MODIFIERS = {
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_unknown,
}  # fmt: skip
"""Keys that are none by themselves."""
FIRST_NON_CHARACTER = 0x01000000
"""Below this the number of a key is the character on it."""


def key_text(event: QKeyEvent) -> str:
    """The key of an event as the table of actions writes it: `"Ctrl+B"`; empty for none.

    Shift does not count where it only reaches the character: that is `"?"`, not `"Shift+?"`.
    """
    key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if key in MODIFIERS:
        return ""
    if key == Qt.Key.Key_Backtab:
        key, modifiers = Qt.Key.Key_Tab, modifiers | Qt.KeyboardModifier.ShiftModifier
    symbol = Qt.Key.Key_Space < key < FIRST_NON_CHARACTER and not chr(key).isalpha()
    if symbol:
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    text = QKeySequence(QKeyCombination(modifiers, Qt.Key(key))).toString()
    return text if text.isprintable() else ""


class KeyField(QLineEdit):
    """Takes any key while it has the focus, also Tab, Enter and those of the window; Esc leaves."""

    recorded = Signal(str)
    """The key, as the table of actions writes it."""
    left = Signal()
    """Esc, or the focus went elsewhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setPlaceholderText(tr("Press the new key, Esc to leave"))
        self.setAccessibleName(tr("New key"))

    def event(self, event: QEvent) -> bool:
        """Claim every key before shortcuts and the moving of the focus."""
        if not isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.FocusOut and self.isVisible():
                self.left.emit()
            return super().event(event)
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape and not event.modifiers():
                self.left.emit()
            elif text := key_text(event):
                self.setText(native_text(text))
                self.recorded.emit(text)
        return True
