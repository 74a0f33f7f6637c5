"""Findings of a check by kind; a line shows its shape, one button repairs what can be."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QWidget

from dynseg.errors import DynsegError
from dynseg.progress import Progress
from dynseg.worker.answers import CheckAnswer, CheckLine
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.notice_list import NoticeCard
from dynseg_annotator.dialogs.report_dialog import Level
from dynseg_annotator.language import engine_text, tr, tr_n

ROWS_SHOWN = 11


class CheckDialog(layout.FittedDialog):
    """Stays beside the work while a person goes through the findings."""

    chosen = Signal(object)
    """`CheckLine`: show it."""
    repair_requested = Signal()
    look_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=92)
        self.setWindowTitle(tr("Check labels"))
        self._list = QTreeWidget()
        self._list.setHeaderHidden(True)
        self._list.setUniformRowHeights(True)
        self._list.setAccessibleName(tr("Findings, by kind"))
        self._list.setMinimumHeight((self.fontMetrics().height() + 8) * ROWS_SHOWN)
        self._list.itemActivated.connect(self._show)
        self._list.itemClicked.connect(self._show)
        self._card = NoticeCard()
        self.body.addWidget(layout.heading(tr("Check labels")))
        self.body.addWidget(self._card)
        self.body.addWidget(self._list, 1)
        self._box = layout.buttons(self, tr("Repair"), reject=tr("Close"))
        self._box.accepted.disconnect(self.accept)
        self._box.accepted.connect(self.repair_requested)
        again = layout.extra_button(self._box, tr("Look again"), "refresh")
        again.clicked.connect(self.look_requested)
        self.finish(self._box)
        layout.main_button(self._box).setEnabled(False)

    @Slot(object)
    def show_progress(self, progress: Progress) -> None:
        """How far the check is."""
        layout.main_button(self._box).setEnabled(False)
        self._card.show_progress(progress)

    def show_error(self, error: DynsegError) -> None:
        """The check could not be done."""
        self._card.end_progress()
        self._card.say([("error", engine_text(str(error)))])

    def show_answer(self, answer: CheckAnswer, *, read_only: bool = False) -> None:
        """What was found."""
        self._card.end_progress()
        self._card.say(summary(answer))
        self._list.clear()
        groups: dict[str, QTreeWidgetItem] = {}
        for line in answer.lines:
            if line.kind not in groups:
                groups[line.kind] = QTreeWidgetItem(self._list)
            text = engine_text(line.text)
            item = QTreeWidgetItem(groups[line.kind], [f"{line.rel}: {text}" if line.rel else text])
            item.setData(0, Qt.ItemDataRole.UserRole, line)
        for kind, group in groups.items():
            group.setText(0, f"{engine_text(kind).capitalize()} ({group.childCount():,})")
            group.setExpanded(True)
        button = layout.main_button(self._box)
        button.setText(
            tr("Repair {fixable:,}", fixable=answer.fixable) if answer.fixable else tr("Repair")
        )
        button.setEnabled(answer.fixable > 0 and not read_only)
        self.fit_later()

    @Slot(QTreeWidgetItem)
    def _show(self, item: QTreeWidgetItem) -> None:
        line = item.data(0, Qt.ItemDataRole.UserRole)
        if isinstance(line, CheckLine) and line.image_id is not None:
            self.chosen.emit(line)


def summary(answer: CheckAnswer) -> list[tuple[Level, str]]:
    """What a check found, in sentences."""
    said: list[tuple[Level, str]] = []
    if answer.fixed:
        text = tr_n(
            "{n:,} finding repaired; undo on the image brings the old shapes back.",
            "{n:,} findings repaired; undo on the image brings the old shapes back.",
            answer.fixed,
        )
        said.append(("ok", text))
    faults = answer.count - answer.remarks
    if faults:
        text = tr_n(
            "{n:,} finding; click one to see it.",
            "{n:,} findings; click one to see it.",
            faults,
        )
        said.append(("warn", text))
    else:
        said.append(("ok", tr("Nothing is broken or doubtful.")))
    if answer.remarks:
        text = tr_n(
            "{n:,} remark on classes or images: no fault of the labels.",
            "{n:,} remarks on classes or images: no fault of the labels.",
            answer.remarks,
        )
        said.append(("info", text))
    if answer.fixable:
        text = tr(
            "{fixable:,} can be repaired at once: outlines are made valid and cut at the "
            "image, tiny and doubled shapes removed. A backup is made first.",
            fixable=answer.fixable,
        )
        said.append(("info", text))
    more = answer.count - len(answer.lines)
    if more > 0:
        said.append(("info", tr("The first {lines:,} are listed.", lines=len(answer.lines))))
    return said
