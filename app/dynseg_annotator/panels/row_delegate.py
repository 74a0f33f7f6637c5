"""Draws the cells that the tables of instances and classes share: eye, lock, number key."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from dynseg_annotator import theme
from dynseg_annotator.itemmodels.classes import KEY_ROLE
from dynseg_annotator.itemmodels.instances import FLAG_ROLE

AnyIndex = QModelIndex | QPersistentModelIndex
ICON_PX = 16
KEY_PX = 16


def fill_behind(painter: QPainter, option: QStyleOptionViewItem) -> bool:
    """Fill the place of a row that is selected or under the pointer; whether it is selected."""
    state, colours = option.state, theme.colours()
    selected = bool(state & QStyle.StateFlag.State_Selected)
    if selected:
        painter.fillRect(option.rect, QColor(colours.selection))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(option.rect, QColor(colours.hover))
    return selected


class RowDelegate(QStyledItemDelegate):
    """The look of one table.

    Args:
        eye: Column of the eye.
        lock: Column of the lock.
        key: Column of the number key, None when there is none.
    """

    def __init__(
        self, *, eye: int, lock: int, key: int | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._key_column = key
        self._icons = {eye: ("eye", "eye-off"), lock: ("unlock", "lock")}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw one cell."""
        super().paint(painter, option, index)
        column = index.column()
        if column == self._key_column:
            key = index.data(KEY_ROLE)
            if key:
                self._paint_key(painter, option, str(key))
            return
        names = self._icons.get(column)
        if names is None:
            return
        closed = bool(index.data(FLAG_ROLE))
        colours = theme.colours()
        # An open eye and an open lock are the ordinary case: they stand back.
        shade = colours.text if closed else colours.text_disabled
        ratio = painter.device().devicePixelRatioF()
        drawn = theme.pixmap(names[closed], ICON_PX, shade, ratio=ratio)
        rect: QRect = option.rect
        painter.drawPixmap(
            rect.left() + (rect.width() - ICON_PX) // 2,
            rect.top() + (rect.height() - ICON_PX) // 2,
            drawn,
        )

    @staticmethod
    def _paint_key(painter: QPainter, option: QStyleOptionViewItem, key: str) -> None:
        """A key cap: it says at a glance that the number is a key, not a count."""
        rect: QRect = option.rect
        cap = QRectF(0, 0, KEY_PX, KEY_PX)
        cap.moveCenter(QRectF(rect).center())
        colours = theme.colours()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(colours.border_strong))
        painter.drawRoundedRect(cap, 3, 3)
        painter.setPen(QColor(colours.text_muted))
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 0.85)
        painter.setFont(font)
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, key)
        painter.restore()
