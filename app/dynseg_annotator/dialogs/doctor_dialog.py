"""What works here and what does not, with the line that mends it and a report to copy."""

from __future__ import annotations

import platform
from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from dynseg import __version__
from dynseg.doctor.finding import Finding, Level
from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import engine_text, tr, tr_n

LOOKS: dict[Level, tuple[str, str]] = {
    "problem": ("error", "error"),
    "note": ("warning", "warn"),
    "ok": ("ok", "ok"),
}
MARKS: dict[Level, str] = {"problem": "FAIL", "note": "note", "ok": "ok"}


class DoctorDialog(layout.FittedDialog):
    """Problems first; each has a line that can be copied into a terminal.

    Args:
        parent: The window.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=92)
        self.setWindowTitle(tr("What works here"))
        self._report = ""
        self._title = layout.heading(tr("Looking at this machine …"))
        self._says = layout.prose(tr("This takes some seconds; the window can be used meanwhile."))
        self._list = QVBoxLayout()
        self._list.setSpacing(theme.SPACE.wide)
        self.body.addWidget(self._title)
        self.body.addWidget(self._says)
        self.body.addLayout(self._list)
        self.body.addStretch(1)
        box = layout.buttons(self, reject=tr("Close"))
        self._copy = layout.extra_button(box, tr("Copy report"), "copy")
        self._copy.setEnabled(False)
        self._copy.clicked.connect(self.copy_report)
        self.finish(box)

    @property
    def report(self) -> str:
        """What the copy button puts on the clipboard."""
        return self._report

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what was found."""
        self._report = report_of(findings)
        problems = sum(finding.level == "problem" for finding in findings)
        self._title.setText(
            tr_n("One thing does not work", "{n} things do not work", problems)
            if problems
            else tr("Everything works")
        )
        self._says.setText(
            tr("The lines can be copied into a terminal. Labels are not concerned.")
            if problems
            else tr("Nothing was sent anywhere; the report can be copied for a question.")
        )
        ranks: list[Level] = ["problem", "note", "ok"]
        for finding in sorted(findings, key=lambda f: ranks.index(f.level)):
            self._list.addLayout(_line(finding))
        self._copy.setEnabled(True)
        self.fit()

    def show_failure(self, text: str) -> None:
        """The examination itself failed."""
        self._report = text
        self._title.setText(tr("This machine could not be looked at"))
        self._says.setText(engine_text(text))
        self._copy.setEnabled(True)
        self.fit()

    @Slot()
    def copy_report(self) -> None:
        """Put the report on the clipboard and say so."""
        QGuiApplication.clipboard().setText(self._report)
        self._copy.setText(tr("Copied"))
        theme.set_icon(self._copy, "accept")


def report_of(findings: Sequence[Finding]) -> str:
    """The findings as text, as the command prints them."""
    lines = [f"dynseg-annotator {__version__}, {platform.platform()}"]
    for finding in findings:
        lines.append(f"[{MARKS[finding.level]:4}] {finding.name}: {finding.text}")
        if finding.mend:
            lines.append(f"       {finding.mend}")
    return "\n".join(lines) + "\n"


def _line(finding: Finding) -> QVBoxLayout:
    icon, colour = LOOKS[finding.level]
    name = engine_text(finding.name)
    text = layout.prose(f"{name}: {engine_text(finding.text)}", muted=finding.level == "ok")
    column = QVBoxLayout()
    column.setSpacing(theme.SPACE.tight)
    column.addLayout(layout.icon_line(icon, colour, text, size_px=16))
    if finding.mend:
        mend = QLineEdit(finding.mend)
        mend.setReadOnly(True)
        mend.setFont(theme.mono_font())
        mend.setCursorPosition(0)
        mend.setAccessibleName(tr("What mends it: {name}", name=name))
        column.addWidget(mend)
    return column
