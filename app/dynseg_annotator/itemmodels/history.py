"""Steps of an image or of the project as a list, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QFont, QGuiApplication, QPalette

from dynseg.project.class_changes import APPLIED, UNDONE, ClassStep
from dynseg.project.records import JournalEntry, RunRow
from dynseg_annotator.language import current, engine_text, mark, tr, tr_n
from dynseg_annotator.theme import plain_tip

AnyIndex = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
FIRST = 0
"""Step that stands for the image before anything was done to it."""
RUN_TEXTS = {
    "prelabel": mark("Pre-label"),
    "follow": mark("Follow shapes"),
    "import": mark("Import labels"),
    "accept": mark("Accept proposals"),
    "mark": mark("Mark images"),
    "split": mark("Set the split"),
}
"""Runs that are listed, and what they are called."""


class Place(Enum):
    """Where a step stands."""

    PAST = "past"
    PRESENT = "present"
    """The last step that counts: what is on the canvas."""
    FUTURE = "future"
    """Taken back; redo brings it again."""
    OVERTAKEN = "overtaken"
    """Taken back, and something else was done since."""
    SETTLED = "settled"
    """Cannot be taken back any more."""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """One step.

    Attributes:
        key: Number of the step, or id of the run.
        text: What was done, in the user's language.
        place: Where it stands.
        time_s: When, seconds since the epoch; None for never.
        note: How much it touched.
    """

    key: int | str
    text: str
    place: Place
    time_s: float | None = None
    note: str = ""


def image_rows(entries: Sequence[JournalEntry]) -> list[HistoryRow]:
    """The rows of an image.

    Args:
        entries: Its journal with what was overtaken, the newest first.
    """
    present = next((e.seq for e in entries if not e.undone and not e.dropped), FIRST)
    rows = []
    for entry in entries:
        place = Place.PAST
        if entry.dropped:
            place = Place.OVERTAKEN
        elif entry.undone:
            place = Place.FUTURE
        elif entry.seq == present:
            place = Place.PRESENT
        rows.append(HistoryRow(entry.seq, engine_text(entry.text), place, entry.time_s))
    start = Place.PRESENT if present == FIRST else Place.PAST
    return [*rows, HistoryRow(FIRST, tr("Before the first step"), start)]


def project_rows(steps: Sequence[ClassStep], runs: Sequence[RunRow]) -> list[HistoryRow]:
    """The rows of the project: changes of the classes, and batches."""
    rows = [
        HistoryRow(
            step.id, engine_text(step.text), _place_of(step), step.time_s, _count(step.images)
        )
        for step in steps
    ]
    rows += [
        HistoryRow(
            run.id,
            tr(RUN_TEXTS[run.kind]),
            Place.FUTURE if run.state == UNDONE else Place.PAST,
            run.started_s,
            _count(run.images),
        )
        for run in runs
        if run.kind in RUN_TEXTS and run.images
    ]
    return sorted(rows, key=lambda row: -(row.time_s or 0.0))


def _place_of(step: ClassStep) -> Place:
    if step.settled:
        return Place.SETTLED
    places = {APPLIED: Place.PAST, UNDONE: Place.FUTURE}
    return places.get(step.state, Place.OVERTAKEN)


def _count(images: int) -> str:
    return tr_n("{n:,} image", "{n:,} images", images) if images else ""


def when(time_s: float | None, now: datetime) -> str:
    """A time as short as it can be said: `14:03`, `25 Nov 14:03`, `25 Nov 2025`."""
    if time_s is None:
        return ""
    time = datetime.fromtimestamp(time_s).astimezone()
    if time.date() == now.date():
        return f"{time:%H:%M}"
    month = QLocale(current()).standaloneMonthName(time.month, QLocale.FormatType.ShortFormat)
    if time.year == now.year:
        return tr("{day} {month} {time:%H:%M}", day=time.day, month=month, time=time)
    return tr("{day} {month} {time:%Y}", day=time.day, month=month, time=time)


WORDS = {
    Place.PRESENT: mark("This is what is on the canvas."),
    Place.FUTURE: mark("Taken back; it can be done again."),
    Place.OVERTAKEN: mark("Taken back, and something else was done since."),
    Place.SETTLED: mark("The class has shapes by now, so this stays."),
}


class HistoryModel(QAbstractTableModel):
    """Text and time of each step."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[HistoryRow] = []
        self._now = datetime.now().astimezone()

    def set_rows(self, rows: list[HistoryRow]) -> None:
        """Show these; the view keeps its place when they are the same."""
        self._now = datetime.now().astimezone()
        if rows != self._rows:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()

    def row_at(self, row: int) -> HistoryRow:
        """The step in a row."""
        return self._rows[row]

    def row_of(self, key: int | str) -> int | None:
        """The row of a step."""
        return next((i for i, row in enumerate(self._rows) if row.key == key), None)

    @property
    def present(self) -> int | None:
        """The row of what is on the canvas."""
        return next((i for i, row in enumerate(self._rows) if row.place is Place.PRESENT), None)

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Rows shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        """Text and time."""
        return 0 if parent.isValid() else 2

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell says for a role."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            if index.column() == 1:
                return when(row.time_s, self._now)
            return tr("{step} ({note})", step=row.text, note=row.note) if row.note else row.text
        if role == Qt.ItemDataRole.FontRole:
            return self._font(row, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and (
            index.column() == 1 or row.place not in (Place.PAST, Place.PRESENT)
        ):
            return QGuiApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 1:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
            said = f"{row.text}\n{tr(WORDS[row.place])}" if row.place in WORDS else row.text
            return plain_tip(said) if role == Qt.ItemDataRole.ToolTipRole else said
        return None

    @staticmethod
    def _font(row: HistoryRow, column: int) -> QFont | None:
        if column or row.place is Place.PAST:
            return None
        font = QFont()
        if row.place is Place.PRESENT:
            font.setWeight(QFont.Weight.DemiBold)
        else:
            font.setItalic(True)
        font.setStrikeOut(row.place is Place.OVERTAKEN)
        return font
