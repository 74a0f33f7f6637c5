"""The card at the end of a run: before and after, and the choice to promote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QWidget
from PySide6.QtWidgets import QVBoxLayout as Column

from dynseg_annotator import theme
from dynseg_annotator.language import engine_text, mark, tr, tr_n
from dynseg_annotator.panels import training_words as words

MAX_CLASSES = 200
"""Lines of the table; further classes are counted."""

PROMOTES = mark("Make the new model the one that proposes.")
OVERALL = mark("All classes")
WHATEVER_CLASS = mark("Whatever class")


class ResultCard(QFrame):
    """Compares the new model with the current one.

    Args:
        parent: The panel.
    """

    promote_pressed = Signal()
    keep_pressed = Signal()
    pictures_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "card")
        space = theme.SPACE
        self._column = Column(self)
        self._column.setContentsMargins(space.wide, space.normal, space.wide, space.normal)
        self._column.setSpacing(space.normal)
        self._headline = QLabel()
        self._headline.setTextFormat(Qt.TextFormat.PlainText)  # it may name a model
        self._headline.setWordWrap(True)
        self._headline.setFont(theme.heading_font(1.05))
        self._icon = QLabel()
        self._icon.setAlignment(Qt.AlignmentFlag.AlignTop)
        top = QHBoxLayout()
        top.setSpacing(space.normal)
        top.addWidget(self._icon)
        top.addWidget(self._headline, 1)
        self._column.addLayout(top)
        self._below = QLabel()
        self._below.setWordWrap(True)
        theme.set_role(self._below, "muted")
        self._column.addWidget(self._below)
        self._table: QWidget | None = None
        self._add_buttons()
        self._level = "info"
        self._may_promote = True
        self._promoted = ""
        theme.notifier().changed.connect(self._draw_icon)

    def _add_buttons(self) -> None:
        space = theme.SPACE
        self.promote = QPushButton(tr("&Promote"))
        self.promote.setToolTip(tr(PROMOTES))
        theme.set_role(self.promote, "primary")
        self.keep = QPushButton(tr("&Keep current"))
        self.keep.setToolTip(tr("Leave everything as it was; the new model stays on the disk."))
        self.pictures = QPushButton(tr("P&ictures…"))
        self.pictures.setToolTip(tr("See what the new model sees otherwise, side by side."))
        theme.set_role(self.pictures, "flat")
        self.pictures.clicked.connect(self.pictures_pressed)
        self.promote.clicked.connect(self.promote_pressed)
        self.keep.clicked.connect(self.keep_pressed)
        row = QHBoxLayout()
        row.setSpacing(space.normal)
        row.addWidget(self.promote)
        row.addWidget(self.keep)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addWidget(self.pictures, 0, Qt.AlignmentFlag.AlignLeft)

    def show_comparison(
        self,
        *,
        before: float | None,
        after: float | None,
        before50: float | None,
        after50: float | None,
        per_class: Mapping[str, tuple[float | None, float | None]],
        agnostic: tuple[float | None, float | None] = (None, None),
        images: int = 0,
        apart: bool = True,
        folds: int = 0,
        reviewed: int = 0,
        seconds: float | None = None,
        problem: str = "",
    ) -> None:
        """Show what a run has brought.

        Args:
            before: Mask mAP50-95 of the current model on the validation images, None if unknown.
            after: The same of the new model.
            before50: Mask mAP50 of the current model.
            after50: Mask mAP50 of the new model.
            per_class: Mask mAP50 of each class, before and after.
            agnostic: Mask mAP50 with all classes taken as one, before and after.
            images: Images that both were measured on; 0 when unknown.
            apart: Whether the new model did not learn from them.
            folds: How often it was measured before it learned from images, see `events.Evaluated`.
            reviewed: Images that it has learned from, where that is so.
            seconds: How long the run took.
            problem: Why the new model must not be promoted; empty when it may.
        """
        level, headline = (
            ("warn", engine_text(problem)) if problem else words.verdict(before, after, agnostic)
        )
        self._promoted = ""
        self._say(level, headline)
        self._below.setText(
            words.measured_on(images, seconds, apart=apart, folds=folds, reviewed=reviewed)
        )
        self._below.show()
        rows = [(tr(OVERALL), (before50, after50))]
        if agnostic != (None, None):
            rows.append((tr(WHATEVER_CLASS), agnostic))
        self._set_table(_table([*rows, *per_class.items()]))
        better = level == "ok"
        theme.set_role(self.promote, "primary" if better else "")
        theme.set_role(self.keep, "" if better else "primary")
        for button in (self.promote, self.keep):
            button.setEnabled(True)
            button.show()
        self._may_promote = not problem
        self.promote.setEnabled(self._may_promote)
        self.promote.setToolTip(
            tr("It can still be used by hand: Model, Models…") if problem else tr(PROMOTES)
        )

    def show_promoted(self, name: str) -> None:
        """The new model is the active one."""
        self.show_decided(tr("{name} is the active model now.", name=name))
        self._promoted = name

    def set_active_model(self, name: str) -> None:
        """Another model may have become active since the promotion: then say so.

        Args:
            name: The active one; empty for none.
        """
        promoted = self._promoted
        if promoted and name == promoted:
            self.show_promoted(name)
        elif promoted and name:
            text = tr("{name} was promoted; {active} is the active model now.",
                      name=promoted, active=name)  # fmt: skip
            self.show_decided(text)
            self._promoted = promoted

    def show_decided(self, text: str) -> None:
        """Say what was decided; nothing is left to press."""
        self._promoted = ""
        self._say("ok", text)
        self._below.hide()
        self.promote.hide()
        self.keep.hide()

    def set_waiting(self, waiting: bool) -> None:
        """Nothing can be pressed while a promotion is checked."""
        self.promote.setEnabled(not waiting and self._may_promote)
        self.keep.setEnabled(not waiting)

    @property
    def headline(self) -> str:
        """The sentence at the top."""
        return self._headline.text()

    @property
    def level(self) -> str:
        """`ok` when the new model is better, else `warn` or `info`."""
        return self._level

    def _say(self, level: str, text: str) -> None:
        self._level = level
        self._headline.setText(text)
        self._draw_icon()

    def _draw_icon(self) -> None:
        name = {"ok": "ok", "warn": "warning", "info": "info"}[self._level]
        colour = getattr(theme.colours(), self._level)
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(theme.pixmap(name, 20, colour, ratio=ratio))

    def _set_table(self, table: QWidget) -> None:
        if self._table is not None:
            self._table.hide()
            self._table.deleteLater()
        self._table = table
        self._column.addWidget(table)  # below what is decided: it may be long, the panel low


def _table(rows: Sequence[tuple[str, tuple[float | None, float | None]]]) -> QWidget:
    """A line a class: name, before, after and change."""
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.SPACE.wide)
    grid.setVerticalSpacing(theme.SPACE.hair)
    grid.setColumnStretch(0, 1)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    for place, title in enumerate(("", tr("before"), tr("after"), tr("change"))):
        label = QLabel(title)
        theme.set_role(label, "muted")
        grid.addWidget(label, 0, place, right if place else Qt.AlignmentFlag.AlignLeft)
    for number, (name, (before, after)) in enumerate(rows[: MAX_CLASSES + 1], 1):
        change = words.change(before, after)
        texts = (name, words.score(before), words.score(after), change)
        for place, text in enumerate(texts):
            label = QLabel(text)
            label.setTextFormat(Qt.TextFormat.PlainText)
            if number == 1:
                label.setFont(theme.heading_font(1.0))
            if place == 0:
                label.setWordWrap(True)
            elif place == 3 and change[0] in "+-" and change != "-":
                theme.set_role(label, "ok" if change[0] == "+" else "warn")
            grid.addWidget(label, number, place, right if place else Qt.AlignmentFlag(0))
    if len(rows) > MAX_CLASSES + 1:
        more = QLabel(
            tr_n("and {n} more class", "and {n} more classes", len(rows) - MAX_CLASSES - 1)
        )
        theme.set_role(more, "muted")
        grid.addWidget(more, MAX_CLASSES + 2, 0, 1, 4)
    return holder
