"""What an export has written, and every line it had to leave out or mend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportResult:
    """What an export tells at its end.

    Attributes:
        folder: The data set.
        images: Images written.
        instances: Label lines written.
        dropped: What was left out, one line each: file, line, reason.
        repaired: What was changed on the way, one line each.
        notes: Further counts for people: `"3 shapes joined by bridges"`.
    """

    folder: Path
    images: int
    instances: int
    dropped: Sequence[str] = ()
    repaired: Sequence[str] = ()
    notes: Sequence[str] = ()

    @property
    def report(self) -> str:
        """Everything that differs from the labels of the project, as text."""
        parts = []
        for title, lines in (
            ("Left out", self.dropped), ("Repaired", self.repaired), ("Notes", self.notes),
        ):  # fmt: skip
            if lines:
                parts.append(f"{title} ({len(lines)})\n" + "\n".join(f"  {line}" for line in lines))
        return "\n\n".join(parts)


class ExportResultDialog(layout.FittedDialog):
    """Shows an `ExportResult`; the folder is one click away.

    Args:
        result: What to show.
        parent: The window.
    """

    def __init__(self, result: ExportResult, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=70)
        self._result = result
        self.setWindowTitle("Export")
        column = self.body
        title = layout.heading(f"{result.images:,} images, {result.instances:,} shapes exported")
        level = "warn" if result.dropped else "ok"
        column.addLayout(layout.icon_line("warning" if result.dropped else "ok", level, title))
        column.addWidget(layout.prose(str(result.folder), selectable=True))
        if result.report:
            self._report = QPlainTextEdit(result.report)
            self._report.setReadOnly(True)
            self._report.setFont(theme.mono_font())
            self._report.setAccessibleName("What differs")
            self._report.setMinimumHeight(self.fontMetrics().height() * 8)
            column.addWidget(self._report, 1)
        else:
            column.addWidget(layout.prose("Everything is in it; nothing was changed."))
            column.addStretch(1)
        self._box = box = layout.buttons(self, "Open folder", reject="Close")
        box.accepted.disconnect(self.accept)
        box.accepted.connect(self.open_folder)
        if result.report:
            layout.extra_button(box, "Copy report", "copy").clicked.connect(self.copy_report)
        self.finish(box)
        layout.main_button(box).setFocus()
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    @Slot()
    def open_folder(self) -> None:
        """Show the data set in the file manager."""
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._result.folder)))
        self.accept()

    @Slot()
    def copy_report(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(f"{self._result.folder}\n\n{self._result.report}")
