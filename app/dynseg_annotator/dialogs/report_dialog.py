"""What a piece of work has done, with every finding to read and to copy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import tr

Level = Literal["ok", "info", "warn", "error"]
ICONS: dict[Level, str] = {"ok": "ok", "info": "info", "warn": "warning", "error": "error"}


@dataclass(frozen=True, slots=True)
class ReportAction:
    """A button that goes on from a report.

    Attributes:
        text: What it says, a verb first.
        run: Called when it is pressed; the dialog closes.
        icon: Name of its icon.
    """

    text: str
    run: Callable[[], None]
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is shown.

    Attributes:
        window_title: Of the dialog.
        title: What was done, one line.
        level: Whether that is good news.
        facts: Sentences below the title.
        details: The findings, as text; empty when there are none.
        nothing: What is said in their place.
        main: The button that goes on; None when there is nothing but to close.
        others: Further buttons.
    """

    window_title: str
    title: str
    level: Level = "ok"
    facts: Sequence[str] = ()
    details: str = ""
    nothing: str = ""
    main: ReportAction | None = None
    others: Sequence[ReportAction] = ()

    @property
    def text(self) -> str:
        """All of it, for the clipboard."""
        return "\n".join([self.title, *self.facts, "", self.details]).strip() + "\n"


class ReportDialog(layout.FittedDialog):
    """Shows a `Report` beside the work.

    Args:
        report: What to show.
        parent: The window.
    """

    def __init__(self, report: Report, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=76)
        self.report = report
        self.setWindowTitle(report.window_title)
        column = self.body
        title = layout.heading(report.title)
        title.setTextFormat(Qt.TextFormat.PlainText)
        column.addLayout(layout.icon_line(ICONS[report.level], report.level, title))
        for fact in report.facts:
            column.addWidget(layout.prose(fact, muted=False, selectable=True))
        if report.details:
            details = QPlainTextEdit(report.details)
            details.setReadOnly(True)
            details.setFont(theme.mono_font())
            details.setAccessibleName(tr("Findings"))
            details.setMinimumHeight(self.fontMetrics().height() * 9)
            column.addWidget(details, 1)
        else:
            if report.nothing:
                column.addWidget(layout.prose(report.nothing))
            column.addStretch(1)
        self._add_buttons(report)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _add_buttons(self, report: Report) -> None:
        main = report.main
        box = layout.buttons(self, main.text if main is not None else "", reject=tr("Close"))
        if main is not None:
            box.accepted.disconnect(self.accept)
            box.accepted.connect(lambda: self._act(main))
        for action in report.others:
            button = layout.extra_button(box, action.text, action.icon)
            button.clicked.connect(lambda _=False, action=action: self._act(action))
        self._copy = layout.extra_button(box, tr("Copy report"), "copy")
        self._copy.clicked.connect(self.copy_report)
        self.finish(box)
        if main is not None:
            layout.main_button(box).setFocus()  # Enter goes on, although the findings come first

    def _act(self, action: ReportAction) -> None:
        self.accept()
        action.run()

    @Slot()
    def copy_report(self) -> None:
        """Put the report on the clipboard and say so."""
        QGuiApplication.clipboard().setText(self.report.text)
        self._copy.setText(tr("Copied"))
        theme.set_icon(self._copy, "accept")
