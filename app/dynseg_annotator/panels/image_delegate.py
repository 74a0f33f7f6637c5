"""Draws one row of the image list: state, name, number of shapes, least certain score."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from dynseg.annotation.document import ImageState
from dynseg_annotator import theme
from dynseg_annotator.itemmodels.images import ImageRole
from dynseg_annotator.panels.elision import told_apart
from dynseg_annotator.panels.row_delegate import fill_behind

if TYPE_CHECKING:
    from dynseg.project.records import ImageRow

STATE_LOOK = {
    ImageState.UNLABELLED: ("state-unlabelled", "neutral"),
    ImageState.PRELABELLED: ("state-prelabelled", "info"),
    ImageState.IN_WORK: ("state-in-work", "warn"),
    ImageState.REVIEWED: ("state-reviewed", "ok"),
    ImageState.SKIPPED: ("state-skipped", "neutral"),
}
"""Icon and colour of each state; the shapes differ too, for eyes that do not see the colours."""

DOT_PX = 16
PAD_PX = 7
OPEN_PX = 3
"""Width of the bar at the row of the open image."""
AT_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
AT_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight


def names_beside(index: QModelIndex | QPersistentModelIndex) -> Iterator[str]:
    """Names of the images before and after one of the list."""
    for step in (-1, 1):
        row = index.sibling(index.row() + step, index.column()).data(ImageRole.ROW)
        if row is not None:
            yield row.rel


class ImageDelegate(QStyledItemDelegate):
    """Paints a row without making a widget or a copy of the option's text layout."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.open_id: int | None = None
        """The image that is open: several may be selected, and one of them is on the canvas."""
        self._font: QFont | None = None
        self._widths: dict[str, int] = {}

    def sizeHint(
        self, option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Room that is asked for; the same for every row."""
        return QSize(120, max(DOT_PX, QFontMetrics(option.font).height()) + 10)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one row."""
        row = index.data(ImageRole.ROW)
        if row is None:
            return
        colours = theme.colours()
        rect: QRect = option.rect
        painter.save()
        selected = fill_behind(painter, option)
        name, role = ("image-broken", "error") if row.damage else STATE_LOOK[row.state]
        dot = theme.pixmap(
            name, DOT_PX, getattr(colours, role), ratio=painter.device().devicePixelRatioF()
        )
        painter.drawPixmap(rect.left() + PAD_PX, rect.top() + (rect.height() - DOT_PX) // 2, dot)
        painter.setFont(option.font)
        metrics = painter.fontMetrics()
        right = self._draw_facts(painter, rect, row, option.font, selected)
        text = QRect(rect)
        text.setLeft(rect.left() + 2 * PAD_PX + DOT_PX)
        text.setRight(right - PAD_PX)
        painter.setPen(QColor(colours.on_selection if selected else colours.text))
        words = told_apart(row.rel, names_beside(index), metrics, text.width())
        painter.drawText(text, AT_LEFT, words)
        if row.id == self.open_id:
            bar = QRect(rect.left(), rect.top(), OPEN_PX, rect.height())
            painter.fillRect(bar, QColor(colours.accent))
        if option.state & QStyle.StateFlag.State_HasFocus and not selected:
            painter.setPen(QColor(colours.focus))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
        painter.restore()

    def _draw_facts(
        self, painter: QPainter, rect: QRect, row: ImageRow, font: QFont, selected: bool
    ) -> int:
        """Count and score at the right, in columns; returns where they begin."""
        colours = theme.colours()
        painter.setPen(QColor(colours.on_selection if selected else colours.text_muted))
        right = rect.right() - PAD_PX
        columns = (
            (".00", "" if row.min_score is None else f"{row.min_score:.2f}".removeprefix("0")),
            ("000", str(row.instance_count) if row.instance_count else ""),
        )
        for usual, text in columns:  # a number that is cut would be another number
            width = max(self._width(usual, font), self._width(text, font))
            if text:
                place = QRect(right - width, rect.top(), width, rect.height())
                painter.drawText(place, AT_RIGHT, text)
            right -= width + PAD_PX
        return right + PAD_PX

    def _width(self, text: str, font: QFont) -> int:
        """Measured once: a whole list is drawn again with every image that is opened."""
        if font != self._font:
            self._font, self._widths = QFont(font), {"": 0}
        width = self._widths.get(text)
        if width is None:
            width = self._widths[text] = QFontMetrics(font).horizontalAdvance(text)
        return width
