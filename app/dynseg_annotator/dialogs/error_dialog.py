"""The one dialog for what nobody expected, with a report to copy."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QPushButton, QWidget

from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import tr


class ErrorReportDialog(layout.FittedDialog):
    """Says what happened, what to do, and keeps the details one click away.

    Args:
        message: What happened and what it means for the labels.
        hint: What to do next; may be empty.
        details: The report: program, platform, trace.
        parent: The window, or None when there is none left.
    """

    def __init__(
        self, message: str, hint: str, details: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=72)
        self._report = "\n".join(part for part in (message, hint, "", details) if part or details)
        self.setWindowTitle(tr("Something went wrong"))
        column = self.body
        title = layout.heading(message, factor=1.05)
        title.setTextFormat(Qt.TextFormat.PlainText)
        column.addLayout(layout.icon_line("error", "error", title, size_px=24))
        if hint:
            column.addWidget(layout.prose(hint, muted=False, selectable=True))
        self._toggle = QPushButton(tr("Show details"))
        self._toggle.setCheckable(True)
        self._toggle.setAutoDefault(False)
        theme.set_role(self._toggle, "flat")
        self._toggle.toggled.connect(self.show_details)
        self._toggle.setVisible(bool(details))
        column.addWidget(self._toggle, 0, Qt.AlignmentFlag.AlignLeft)
        self._details = QPlainTextEdit(details)
        self._details.setReadOnly(True)
        self._details.setFont(theme.mono_font())
        self._details.setAccessibleName(tr("Details"))
        self._details.setMinimumHeight(self.fontMetrics().height() * 10)
        self._details.hide()
        column.addWidget(self._details, 1)
        box = layout.buttons(self, reject=tr("Close"))
        self._copy = layout.extra_button(box, tr("Copy report"), "copy")
        self._copy.clicked.connect(self.copy_report)
        self.finish(box)

    @property
    def report(self) -> str:
        """What the copy button puts on the clipboard."""
        return self._report

    @Slot()
    def copy_report(self) -> None:
        """Put the report on the clipboard and say so."""
        QGuiApplication.clipboard().setText(self._report)
        self._copy.setText(tr("Copied"))
        theme.set_icon(self._copy, "accept")

    @Slot(bool)
    def show_details(self, on: bool) -> None:
        """Fold the details out or in."""
        self._details.setVisible(on)
        self._toggle.setText(tr("Hide details") if on else tr("Show details"))
        self.fit()
