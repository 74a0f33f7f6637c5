"""What all dialogs share: distances, headings, prose, the row of buttons."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMessageBox,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dynseg_annotator import theme
from dynseg_annotator.language import tr
from dynseg_annotator.theme.wheel import let_wheel_pass

ROOM = 0.92
"""Share of the screen that a dialog may take."""

TOP = Qt.AlignmentFlag.AlignTop
CENTRE = Qt.AlignmentFlag.AlignVCenter


def characters(widget: QWidget, count: int) -> int:
    """Width of `count` average characters in pixels, so that sizes grow with the font."""
    return widget.fontMetrics().averageCharWidth() * count


def give_size(widget: QWidget, *, width: int, lines: int) -> None:
    """So many average characters and lines, as far as the screen has room for them."""
    room = widget.screen().availableGeometry().size() * ROOM
    size = QSize(characters(widget, width), widget.fontMetrics().height() * lines)
    widget.resize(size.boundedTo(room))


def page(parent: QWidget) -> QVBoxLayout:
    """A column with the margins of a dialog."""
    column = QVBoxLayout(parent)
    margin = theme.SPACE.page
    column.setContentsMargins(margin, margin, margin, margin)
    column.setSpacing(theme.SPACE.wide)
    return column


def heading(text: str, *, factor: float = 1.2) -> QLabel:
    """A title line."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)  # it may name a class or a file
    label.setFont(theme.heading_font(factor))
    label.setWordWrap(True)
    return label


def prose(text: str = "", *, muted: bool = True, selectable: bool = False) -> QLabel:
    """Text that wraps."""
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    if muted:
        theme.set_role(label, "muted")
    if selectable:
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
    return label


def card() -> tuple[QFrame, QVBoxLayout]:
    """A framed group and its column."""
    frame = QFrame()
    theme.set_role(frame, "card")
    column = QVBoxLayout(frame)
    space = theme.SPACE
    column.setContentsMargins(space.wide, space.normal, space.wide, space.normal)
    column.setSpacing(space.small)
    return frame, column


class _DownwardArea(QScrollArea):
    """Scrolls up and down alone: never narrower than its content beside the scroll bar."""

    def minimumSizeHint(self) -> QSize:
        """Wide enough for the content."""
        hint, content = super().minimumSizeHint(), self.widget()
        wide = content.minimumSizeHint().width() if content is not None else 0
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(max(hint.width(), wide + bar), hint.height())


def scrolled(content: QWidget) -> QScrollArea:
    """`content` in an area that scrolls when the screen is small or the font large."""
    area = _DownwardArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(content)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    content.setAutoFillBackground(False)
    return area


def icon_line(name: str, colour: str, text: QLabel, *, size_px: int = 20) -> QHBoxLayout:
    """An icon beside `text`, aligned with its first line.

    Args:
        name: The icon.
        colour: Name of a colour of the theme.
        text: The label.
        size_px: Side of the icon.
    """
    line = QHBoxLayout()
    line.setSpacing(theme.SPACE.normal)
    picture = QLabel()
    ratio = picture.devicePixelRatioF()
    shade = getattr(theme.colours(), colour)
    picture.setPixmap(theme.pixmap(name, size_px, shade, ratio=ratio))
    line.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(text, 1)
    return line


class FittedDialog(QDialog):
    """A dialog as high as its text needs at any font size; beyond the screen its body scrolls.

    Fill `body`, then hand the row of buttons to `finish`.

    Args:
        parent: The window.
        width: Width in average characters.
    """

    def __init__(self, parent: QWidget | None, *, width: int) -> None:
        super().__init__(parent)
        self._content = QWidget()
        self.body = QVBoxLayout(self._content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.SPACE.wide)
        self._area = scrolled(self._content)
        self._column = page(self)
        self._column.addWidget(self._area, 1)
        self._width_px = characters(self, width)

    def finish(self, box: QDialogButtonBox) -> None:
        """Put the row of buttons below the body.

        Where there is nothing but to read, the button that closes has the keyboard, and no text.
        """
        self._column.addWidget(box)
        let_wheel_pass(self._content)
        if self._content.findChildren(QAbstractItemView):
            return
        for button in box.buttons():
            closes = box.buttonRole(button) is QDialogButtonBox.ButtonRole.RejectRole
            if closes and _is_default(button):
                button.setFocus()

    def fit(self) -> None:
        """Take the height that the body needs now; never less than the dialog has already."""
        margins = self._column.contentsMargins()
        around = margins.left() + margins.right()
        width = max(self._width_px, self._column.minimumSize().width())
        width = max(width, self.width() * self.isVisible())
        below = self._column.itemAt(1)
        height = self._content.minimumSizeHint().height()
        if self.body.hasHeightForWidth():
            height = max(height, self.body.totalHeightForWidth(width - around))
        height += margins.top() + margins.bottom() + self._column.spacing()
        height += below.sizeHint().height() if below is not None else 0
        room = self.screen().availableGeometry().size() * ROOM
        height = max(height, self.height() * self.isVisible())
        self._take(min(width, room.width()), min(height, room.height()))

    def fit_later(self) -> None:
        """Fit once what was shown or hidden just now knows its size."""
        QTimer.singleShot(0, self, self._fit_shown)

    def _fit_shown(self) -> None:
        if self.isVisible():
            self._area.updateGeometry()  # what was shown now may be wider than the dialog
            self._column.invalidate()
            self.fit()
            QTimer.singleShot(0, self, self._grow)

    def _grow(self) -> None:
        """Make room for what is still scrolled: grids guess the height of wrapped text."""
        room = round(self.screen().availableGeometry().height() * ROOM)
        hidden = self._area.verticalScrollBar().maximum()
        if hidden and self.height() < room:
            self._take(self.width(), min(self.height() + hidden, room))

    def _take(self, width: int, height: int) -> None:
        """Get this size; a dialog that grows on the screen moves so that its buttons stay on it."""
        self.resize(width, height)
        if not self.isVisible():
            return
        room, frame = self.screen().availableGeometry(), self.frameGeometry()
        right, bottom = room.right() + 1 - frame.width(), room.bottom() + 1 - frame.height()
        place = QPoint(
            max(room.left(), min(frame.left(), right)), max(room.top(), min(frame.top(), bottom))
        )
        if place != frame.topLeft():
            self.move(place)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit before the dialog is seen."""
        if not event.spontaneous():
            self.fit()
        super().showEvent(event)


def stand_in_corner(dialog: QDialog, area: QWidget, seen: QRect | None = None) -> None:
    """Take a place in a corner of `area`, or of its window, that hides least of what is looked at.

    Args:
        dialog: Not shown yet.
        area: The canvas.
        seen: What one looks at, in pixels of the area. Of corners that hide the same, those of
            the area come first, and the lower right one before others.
    """
    dialog.adjustSize()
    size, around, margin = dialog.size(), area.window(), theme.SPACE.page
    corners = []
    for room in (area.rect(), QRect(area.mapFrom(around, QPoint(0, 0)), around.size())):
        free = room.adjusted(margin, margin, -margin - size.width(), -margin - size.height())
        corners += [free.bottomRight(), free.topRight(), free.bottomLeft(), free.topLeft()]

    def hidden(corner: QPoint) -> int:
        under = QRect(corner, size) & (seen or QRect())
        return under.width() * under.height()

    dialog.move(area.mapToGlobal(min(corners, key=hidden)))


def buttons(dialog: QDialog, accept: str = "", *, reject: str | None = None) -> QDialogButtonBox:
    """The row of buttons: `accept` is the default one, `reject` answers Esc.

    Args:
        dialog: Accepted and rejected by them.
        accept: What the main button does, a verb; empty when the dialog only closes.
        reject: Text of the other button; Cancel when None.
    """
    box = QDialogButtonBox()
    if accept:
        main = box.addButton(accept, QDialogButtonBox.ButtonRole.AcceptRole)
        main.setDefault(True)
        theme.set_role(main, "primary")
    other = box.addButton(reject or tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
    other.setAutoDefault(not accept)
    other.setDefault(not accept)
    box.accepted.connect(dialog.accept)
    box.rejected.connect(dialog.reject)
    return box


def _is_default(button: QAbstractButton) -> bool:
    return isinstance(button, QPushButton) and button.isDefault()


def open_question(box: QMessageBox) -> None:
    """Show a question with its buttons whole: it would be as narrow as its text lets it."""
    for button in box.buttons():
        button.ensurePolished()  # the style sheet sets a smaller width
        button.setMinimumWidth(button.sizeHint().width())
    box.open()


def extra_button(box: QDialogButtonBox, text: str, icon: str = "") -> QPushButton:
    """A further button at the left end of the row; pressing it closes nothing."""
    button = box.addButton(text, QDialogButtonBox.ButtonRole.ResetRole)
    button.setAutoDefault(False)
    if icon:
        theme.set_icon(button, icon)
        side_px = button.fontMetrics().height()
        button.setIconSize(QSize(side_px, side_px))
    return button


def main_button(box: QDialogButtonBox) -> QPushButton:
    """The button that accepts; LookupError when there is none."""
    for button in box.buttons():
        if box.buttonRole(button) is QDialogButtonBox.ButtonRole.AcceptRole:
            assert isinstance(button, QPushButton)
            return button
    raise LookupError("no accepting button")
