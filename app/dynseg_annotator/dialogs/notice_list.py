"""Sentences with a sign of how grave they are, one below the other, above what decides."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QProgressBar, QVBoxLayout, QWidget

from dynseg.progress import Progress
from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.report_dialog import ICONS, Level
from dynseg_annotator.language import engine_text, tr


class NoticeCard(QFrame):
    """What follows from the choices of a dialog; a bar while that is being found out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "card")
        column = QVBoxLayout(self)
        space = theme.SPACE
        column.setContentsMargins(space.wide, space.normal, space.wide, space.normal)
        column.setSpacing(space.small)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(space.tight)
        column.addLayout(self._lines)
        self._doing = layout.prose()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        column.addWidget(self._doing)
        column.addWidget(self._bar)
        self.end_progress()

    @property
    def is_busy(self) -> bool:
        """Whether the bar is shown."""
        return not self._bar.isHidden()

    def show_progress(self, progress: Progress) -> None:
        """How far finding out is."""
        stage = engine_text(progress.stage)
        self._doing.setText(
            tr(
                "{stage} {done:,} of {total:,} …",
                stage=stage,
                done=progress.done,
                total=progress.total,
            )
            if progress.total
            else f"{stage} …"
        )
        self._bar.setRange(0, progress.total or 0)
        self._bar.setValue(progress.done)
        self._doing.show()
        self._bar.show()

    def end_progress(self) -> None:
        """Take the bar away."""
        self._doing.hide()
        self._bar.hide()

    def say(self, found: Sequence[tuple[Level, str]]) -> None:
        """Show these sentences instead of those before."""
        while (item := self._lines.takeAt(0)) is not None:
            line = item.widget()
            if line is not None:
                line.hide()
                line.setParent(None)  # at once: what is read to somebody is what holds now
                line.deleteLater()
        for level, text in found:
            line = QWidget()
            words = layout.prose(text, muted=False)
            row = layout.icon_line(ICONS[level], level, words, size_px=16)
            row.setContentsMargins(0, 0, 0, 0)
            line.setLayout(row)
            self._lines.addWidget(line)
