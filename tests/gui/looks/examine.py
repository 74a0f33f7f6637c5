"""What is wrong with the look of a window: nameless controls, cut or faint texts, hidden focus.

And texts that stayed English where the window speaks another language.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QSizePolicy,
    QTabBar,
    QTextEdit,
    QToolBar,
    QToolButton,
    QWidget,
)

from dynseg_annotator.theme import contrast

CONTROLS = (
    QAbstractButton, QComboBox, QLineEdit, QAbstractSlider, QAbstractSpinBox, QAbstractItemView,
    QPlainTextEdit, QTextEdit,
)  # fmt: skip
AA, AA_LARGE = 4.5, 3.0
LARGE_PX = 24


def _shown(window: QWidget, kind: type[QWidget] | tuple[type[QWidget], ...]) -> Iterator[QWidget]:
    for widget in window.findChildren(QWidget):
        # Not `isVisible`: docks behind another tab are visible to Qt, off the window.
        if isinstance(widget, kind) and not widget.visibleRegion().isEmpty():
            yield widget


def words(widget: QWidget) -> str:
    """A widget in a report."""
    text = getattr(widget, "text", lambda: "")()
    return f"{type(widget).__name__} {widget.objectName()!r} {str(text)[:40]!r}"


def nameless(window: QWidget) -> list[str]:
    """Controls that a screen reader would read out as their kind alone."""
    found = []
    for widget in _shown(window, CONTROLS):
        inner = isinstance(widget.parent(), QComboBox | QAbstractSpinBox | QLineEdit)
        if isinstance(widget, QScrollBar | QHeaderView) or inner:
            continue
        if widget.objectName().startswith("qt_") or _is_corner(widget):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is None or not interface.text(QAccessible.Text.Name).strip():
            found.append(words(widget))
    return found


def _is_corner(widget: QWidget) -> bool:
    """The button in the corner of a table, which selects all."""
    return type(widget) is QAbstractButton


def cut_off(window: QWidget) -> list[str]:
    """Texts for which there is too little room; what is elided on purpose says so by its policy."""
    found = []
    for label in _shown(window, QLabel):
        assert isinstance(label, QLabel)
        if not label.text() or label.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored:
            continue
        needed = label.heightForWidth(label.width()) if label.wordWrap() else 0
        wide = 0 if label.wordWrap() else label.minimumSizeHint().width()
        if label.height() < max(needed, label.fontMetrics().height()) or label.width() < wide:
            found.append(words(label))
    for button in _shown(window, (QPushButton, QCheckBox, QRadioButton, QToolButton)):
        assert isinstance(button, QAbstractButton)
        text = button.text().replace("&", "")
        hidden = isinstance(button, QToolButton) and (
            button.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
        )
        if not text or hidden or ("…" in text and button.toolTip()):
            continue
        if button.width() < button.fontMetrics().horizontalAdvance(text):
            found.append(words(button))
    return found


def faint(window: QWidget) -> list[str]:
    """Texts whose contrast with what is behind them is below WCAG AA, as painted."""
    picture = window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    ratio = picture.devicePixelRatio()
    found = []
    for widget in _shown(window, (QLabel, QPushButton, QCheckBox, QRadioButton, QToolButton)):
        if not widget.isEnabled() or not getattr(widget, "text", lambda: "")():
            continue
        if isinstance(widget, QLabel) and not widget.pixmap().isNull():
            continue
        if isinstance(widget, QToolButton) and (
            widget.toolButtonStyle() is Qt.ToolButtonStyle.ToolButtonIconOnly
        ):
            continue
        area = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()).intersected(window.rect())
        seen = widget.visibleRegion().boundingRect()
        area = area.intersected(seen.translated(widget.mapTo(window, QPoint(0, 0))))
        if area.width() < 8 or area.height() < widget.fontMetrics().ascent():
            continue
        value = _contrast(picture, area, ratio)
        large = widget.fontMetrics().height() >= LARGE_PX
        if value < (AA_LARGE if large else AA):
            found.append(f"{words(widget)}: {value:.2f}")
    return found


def _contrast(picture: QImage, area: QRect, ratio: float) -> float:
    """Between the commonest colour of an area and the one that differs most from it."""
    left, top = round(area.left() * ratio), round(area.top() * ratio)
    right, bottom = round(area.right() * ratio), round(area.bottom() * ratio)
    counts: Counter[int] = Counter()
    for y in range(top + 2, bottom - 1):
        for x in range(left + 3, right - 2):
            counts[picture.pixel(x, y) & 0xFFFFFF] += 1
    if len(counts) < 2:
        return 21.0
    ground = f"#{counts.most_common(1)[0][0]:06x}"
    return max(contrast(ground, f"#{colour:06x}") for colour in counts)


def without_focus_mark(window: QWidget) -> list[str]:
    """Controls that look the same with and without the keyboard."""
    found = []
    window.activateWindow()
    for widget in _shown(window, CONTROLS):
        if not widget.isEnabled() or not widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        if isinstance(widget, QScrollBar) or (
            isinstance(widget, QAbstractItemView) and _is_empty(widget)
        ):
            continue
        widget.clearFocus()
        QApplication.processEvents()
        before = widget.grab().toImage()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        if widget.hasFocus() and widget.grab().toImage() == before:
            found.append(words(widget))
    return found


_WORDS = re.compile(r"[A-Za-z][a-z]+,? (?:[a-z]+,? )*[a-z]{2,}")
"""Two words in a row, the second in small letters: names of programs and formats are not that."""
_HAN = re.compile(r"[\u4e00-\u9fff]")


PLANTED = "met an error that it did not expect"
"""Of a text that stands for what no catalogue has, such as the words of another program."""


def left_english(window: QWidget) -> list[str]:
    """Texts with English words and no Chinese: shown, said by a tool tip, or read by a reader."""
    found = {
        text
        for widget in (window, *window.findChildren(QWidget))
        for text in map(_plain, _texts(widget))
        if _WORDS.search(text) and not _HAN.search(text) and PLANTED not in text
    }
    return sorted(found)


def _plain(text: str) -> str:
    """Without mark-up, places of files and names that are written in code."""
    return re.sub(r"<[^>]*>|&nbsp;|\S*[/_]\S*", " ", text)


def _texts(widget: QWidget) -> Iterator[str]:
    """Everything that a widget may say; not what a user typed or a file holds."""
    yield from (
        widget.windowTitle(), widget.toolTip(), widget.statusTip(), widget.whatsThis(),
        widget.accessibleName(), widget.accessibleDescription(),
    )  # fmt: skip
    for name in ("text", "title", "placeholderText", "suffix", "prefix", "specialValueText"):
        get = getattr(widget, name, None)
        if callable(get) and not (name == "text" and isinstance(widget, QLineEdit)):
            yield str(get())
    if isinstance(widget, QTabBar):
        yield from (widget.tabText(at) for at in range(widget.count()))
    if isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    if isinstance(widget, QMenu | QToolBar | QMenuBar):
        for action in widget.actions():
            yield from (action.text(), action.toolTip())
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _items(widget.model())


def _items(model: QAbstractItemModel) -> Iterator[str]:
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole)
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())
    for column in range(columns):
        yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        for row in range(min(model.rowCount(), 400)):
            yield from (str(model.index(row, column).data(role) or "") for role in roles)


def _is_empty(view: QAbstractItemView) -> bool:
    model = view.model()
    return model is None or model.rowCount() == 0 or not view.currentIndex().isValid()
