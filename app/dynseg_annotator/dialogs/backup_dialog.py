"""The verified copies of the labels: when, why, what is in them; one is brought back from here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractItemView, QTreeWidget, QTreeWidgetItem, QWidget

from dynseg.project.backups import BackupFacts, Contents
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.counts import images, shapes
from dynseg_annotator.dialogs.export_words import size_text
from dynseg_annotator.dialogs.notice_list import NoticeCard
from dynseg_annotator.dialogs.report_dialog import Level
from dynseg_annotator.language import engine_text, mark, tr, tr_n

COLUMNS = (
    mark("Made"),
    mark("Why"),
    mark("Images"),
    mark("Shapes"),
    mark("Reviewed"),
    mark("Size"),
    "",
)
ROWS_SHOWN = 9


class BackupDialog(layout.FittedDialog):
    """A list, what choosing a line would change, and the button that does it."""

    restore_requested = Signal(object)
    """`Path` of the backup."""
    make_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=112)
        self.setWindowTitle(tr("Backups"))
        self._now = Contents(0, 0, 0, 0)
        self._can_write = True
        self._facts: dict[str, BackupFacts] = {}
        self._list = QTreeWidget()
        self._list.setColumnCount(len(COLUMNS))
        self._list.setHeaderLabels([tr(title) if title else "" for title in COLUMNS])
        self._list.setRootIsDecorated(False)
        self._list.setAlternatingRowColors(True)
        self._list.setUniformRowHeights(True)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setAccessibleName(tr("Backups, the newest first"))
        line = self.fontMetrics().height() + 8
        self._list.setMinimumHeight(line * ROWS_SHOWN)
        self._card = NoticeCard()
        self.body.addWidget(layout.heading(tr("Backups")))
        self.body.addWidget(
            layout.prose(
                tr(
                    "Verified copies of all labels. One is made after every half hour of changes "
                    "and before everything that changes many images; the newest ten and one of "
                    "each of the last seven days are kept."
                )
            )
        )
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._card)
        self._box = layout.buttons(self, tr("Bring it back"), reject=tr("Close"))
        self._make = layout.extra_button(self._box, tr("Make one now"), "save")
        self._make.clicked.connect(self.make_requested)
        self.finish(self._box)
        self._list.currentItemChanged.connect(self._show_choice)
        self._show_choice()

    def set_backups(
        self, found: Sequence[BackupFacts], now: Contents, *, read_only: bool = False
    ) -> None:
        """Show the copies.

        Args:
            found: The newest first.
            now: What the project holds.
            read_only: Whether nothing can be brought back here.
        """
        self._now, self._can_write = now, not read_only
        self._facts = {str(fact.path): fact for fact in found}
        self._list.clear()
        for fact in found:
            held = fact.contents
            counts = (
                ("?", "?", "?")
                if held is None
                else (f"{held.images:,}", f"{held.shapes:,}", f"{held.reviewed:,}")
            )
            made = fact.made.astimezone().strftime("%Y-%m-%d %H:%M:%S")
            state = tr("damaged") if fact.damaged else tr("sound")
            why, size = engine_text(fact.reason), size_text(fact.size_bytes)
            item = QTreeWidgetItem([made, why, *counts, size, state])
            item.setData(0, Qt.ItemDataRole.UserRole, str(fact.path))
            for column in range(2, 6):
                item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight)
            self._list.addTopLevelItem(item)
        for column in range(len(COLUMNS)):
            self._list.resizeColumnToContents(column)
        first = self._list.topLevelItem(0)
        if first is not None:
            self._list.setCurrentItem(first)
        self._make.setEnabled(self._can_write)
        self._show_choice()
        self.fit_later()

    @property
    def chosen(self) -> BackupFacts | None:
        """The chosen copy."""
        item = self._list.currentItem()
        return self._facts.get(item.data(0, Qt.ItemDataRole.UserRole)) if item else None

    @Slot()
    def _show_choice(self) -> None:
        """What bringing the chosen copy back would change."""
        fact = self.chosen
        if fact is None:
            said: list[tuple[Level, str]] = [("info", tr("There is no backup yet."))]
        else:
            said = consequences(fact, self._now)
        self._card.say(said)
        layout.main_button(self._box).setEnabled(fact is not None and self._can_write)

    def accept(self) -> None:
        """Bring the chosen copy back."""
        fact = self.chosen
        super().accept()
        if fact is not None:
            self.restore_requested.emit(Path(fact.path))


def consequences(fact: BackupFacts, now: Contents) -> list[tuple[Level, str]]:
    """What bringing a copy back would change; pure, so that every case is tested."""
    said: list[tuple[Level, str]] = []
    held = fact.contents
    if fact.damaged:
        said.append(
            ("warn", tr("A part of this copy is damaged; it comes back with what is sound."))
        )
    if held is None:
        said.append(("warn", tr("What it holds cannot be counted: it has an earlier format.")))
    elif held == now:
        said.append(("info", tr("It holds as many images, shapes, reviews and classes as now.")))
    else:
        changes = [
            tr("{count} instead of {before:,}", count=count(after), before=before)
            for before, after, count in (
                (now.images, held.images, images),
                (now.shapes, held.shapes, shapes),
                (now.reviewed, held.reviewed, _reviewed),
                (now.classes, held.classes, _classes),
            )
            if before != after
        ]
        said.append(
            ("info", tr("The project would have {changes}.", changes=tr(", ").join(changes)))
        )
    said.append(("ok", tr("What is there now becomes a backup first, so this can be taken back.")))
    return said


def _reviewed(n: int) -> str:
    return tr_n("{n:,} reviewed image", "{n:,} reviewed images", n)


def _classes(n: int) -> str:
    return tr_n("{n:,} class", "{n:,} classes", n)
