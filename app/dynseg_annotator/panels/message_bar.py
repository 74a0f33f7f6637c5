"""Messages above the canvas: what happened, what it means, one button. Never in the way."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dynseg_annotator import theme
from dynseg_annotator.context import Level, Message, Messages
from dynseg_annotator.language import engine_text, sentences, tr

STAY_MS = {Level.INFO: 6000, Level.OK: 5000}
"""Good news goes away by itself; warnings and errors stay until they are read."""
READ_MS, SHORT = 50, 60
"""More time for each character beyond those of a short message: long ones take long to read."""
ACTION_FACTOR = 2
"""A message with a button stays longer by this: there is something to decide."""
MAX_SHOWN = 3
ICONS = {Level.INFO: "info", Level.OK: "ok", Level.WARN: "warning", Level.ERROR: "error"}


class MessageRow(QFrame):
    """One message."""

    def __init__(self, message: Message, bar: MessageBar) -> None:
        super().__init__(bar)
        self.message = message
        self._bar = bar
        theme.set_role(self, f"{message.level}-bar")  # type: ignore[arg-type]
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE.normal, theme.SPACE.tight, theme.SPACE.tight, 4)
        row.setSpacing(theme.SPACE.normal)
        self._icon = QLabel(self)
        row.addWidget(self._icon)
        self._text = QLabel(self._words(message), self)
        self._text.setTextFormat(Qt.TextFormat.PlainText)  # a class may be called <b>
        self._text.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self._text.setSizePolicy(policy)
        row.addWidget(self._text, 1)
        if message.action is not None:
            self.action_button = QPushButton(message.action.text, self)
            self.action_button.clicked.connect(self._act)
            row.addWidget(self.action_button)
            # A click leaves the keyboard where it was: with the message it would go on to
            # whatever comes next, and the keys of the canvas did nothing.
            self.action_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if message.details:
            copy = QPushButton(tr("Copy details"), self)
            theme.set_role(copy, "flat")
            copy.clicked.connect(self._copy)
            copy.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(copy)
        self._close = QToolButton(self)
        self._close.setToolTip(tr("Dismiss"))
        self._close.setAccessibleName(tr("Dismiss this message"))
        self._close.clicked.connect(self._closed)
        row.addWidget(self._close)
        self.follow_theme()
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self._time_over)
        if message.level in STAY_MS:
            self._clock.start(self.stay_ms)

    @property
    def stay_ms(self) -> int:
        """How long the message stays by itself; 0 until it is closed."""
        stay_ms = STAY_MS.get(self.message.level)
        if stay_ms is None:
            return 0
        stay_ms += READ_MS * max(0, len(self._text.text()) - SHORT)
        return stay_ms * (ACTION_FACTOR if self.message.action else 1)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The pointer is on it: it is being read, or its button is about to be pressed."""
        self._clock.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer went away: the time begins anew."""
        if self.message.level in STAY_MS:
            self._clock.start(self.stay_ms)
        super().leaveEvent(event)

    def follow_theme(self) -> None:
        """Draw the icons in the colours in use."""
        level = self.message.level
        colour = getattr(theme.colours(), level.value)
        self._icon.setPixmap(theme.pixmap(ICONS[level], 20, colour, ratio=self.devicePixelRatioF()))
        theme.set_icon(self._close, "close")

    @staticmethod
    def _words(message: Message) -> str:
        return sentences(engine_text(message.text), engine_text(message.hint))

    def _act(self) -> None:
        action = self.message.action
        self._dismiss()
        if action is not None:
            action.run()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(f"{self._words(self.message)}\n{self.message.details}")

    def _closed(self) -> None:
        self._dismiss()
        self._bar.closed.emit(self.message.key)

    def _time_over(self) -> None:
        """It goes, unless the keyboard is on it: its button is about to be pressed."""
        holder = QApplication.focusWidget()
        if holder is not None and self.isAncestorOf(holder):
            self._clock.start()
        else:
            self._dismiss()

    def _dismiss(self) -> None:
        self._bar.dismiss(self)


class MessageBar(QWidget):
    """The newest messages, newest first; hidden when there is none."""

    height_changed = Signal()
    """Messages came or went: whoever places the bar asks `height_for` again."""
    closed = Signal(str)
    """The user closed a message: its key."""
    keyboard_left = Signal()
    """A message that had the keyboard went away."""

    def __init__(self, messages: Messages, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[MessageRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(
            theme.SPACE.small, theme.SPACE.small, theme.SPACE.small, theme.SPACE.hair
        )
        self._column.setSpacing(theme.SPACE.tight)
        self.hide()
        messages.shown.connect(self.show_message)
        messages.withdrawn.connect(self.withdraw)
        messages.offers_withdrawn.connect(self.withdraw_offers)
        self.closed.connect(messages.dismissed)
        theme.notifier().changed.connect(self._follow_theme)

    def height_for(self, width: int) -> int:
        """Height that the messages need at a width, pixels."""
        return max(self._column.totalHeightForWidth(width), 0)

    def event(self, event: QEvent) -> bool:
        """Any event; one that asks for a new layout means another height."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.height_changed.emit()
        return super().event(event)

    @property
    def shown_messages(self) -> list[Message]:
        """What is on screen, newest first."""
        return [row.message for row in self._rows]

    def show_message(self, message: Message) -> None:
        """Add a message; it replaces an older one of its key or of the same words.

        One that says the same without the button of the older one, or as something less urgent,
        adds nothing and stays away.
        """
        urgency = list(ICONS)
        for row in list(self._rows):
            old = row.message
            same_key = message.key and old.key == message.key
            same_words = old.text == message.text
            less = urgency.index(message.level) < urgency.index(old.level)
            adds = message.action is not None or old.action is None
            if same_words and not same_key and (less or not adds):
                return
            if same_key or same_words:
                self.dismiss(row)
        row = MessageRow(message, self)
        self._rows.insert(0, row)
        self._column.insertWidget(0, row)
        while len(self._rows) > MAX_SHOWN:
            self.dismiss(self._least_urgent())
        self.show()
        self.height_changed.emit()

    def withdraw(self, key: str) -> None:
        """Take back the message of this key."""
        for row in list(self._rows):
            if row.message.key == key:
                self.dismiss(row)

    def withdraw_offers(self) -> None:
        """Take back the messages that have a button of their own."""
        for row in list(self._rows):
            if row.message.action is not None:
                self.dismiss(row)

    def dismiss(self, row: MessageRow) -> None:
        """Take one message away."""
        if row in self._rows:
            holder = QApplication.focusWidget()
            self._rows.remove(row)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
            if holder is not None and row.isAncestorOf(holder):
                self.keyboard_left.emit()
        if not self._rows:
            self.hide()
        self.height_changed.emit()

    def _least_urgent(self) -> MessageRow:
        """The oldest piece of news, else the oldest message."""
        older = self._rows[1:]
        news = [row for row in older if row.message.level in STAY_MS]
        return (news or older)[-1]

    def _follow_theme(self) -> None:
        for row in self._rows:
            row.follow_theme()
