"""Draws one row of the image list: state, name, number of shapes, least certain score."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from dynseg.annotation.document import ImageState
from dynseg_annotator import theme
from dynseg_annotator.itemmodels.images import ImageRole
from dynseg_annotator.panels.row_delegate import fill_behind

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


class ImageDelegate(QStyledItemDelegate):
    """Paints a row without making a widget or a copy of the option's text layout."""

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
        right = self._draw_facts(painter, rect, row, metrics, selected)
        text = QRect(rect)
        text.setLeft(rect.left() + 2 * PAD_PX + DOT_PX)
        text.setRight(right - PAD_PX)
        painter.setPen(QColor(colours.on_selection if selected else colours.text))
        words = metrics.elidedText(row.rel, Qt.TextElideMode.ElideMiddle, text.width())
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()

    @staticmethod
    def _draw_facts(
        painter: QPainter, rect: QRect, row: object, metrics: QFontMetrics, selected: bool
    ) -> int:
        """Count and score at the right, in columns; returns where they begin."""
        colours = theme.colours()
        painter.setPen(QColor(colours.on_selection if selected else colours.text_muted))
        right = rect.right() - PAD_PX
        score = getattr(row, "min_score", None)
        count = getattr(row, "instance_count", 0)
        align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        columns = (
            (".00", "" if score is None else f"{score:.2f}".removeprefix("0")),
            ("000", str(count) if count else ""),
        )
        for usual, text in columns:  # a number that is cut would be another number
            width = max(metrics.horizontalAdvance(usual), metrics.horizontalAdvance(text))
            painter.drawText(QRect(right - width, rect.top(), width, rect.height()), align, text)
            right -= width + PAD_PX
        return right + PAD_PX
