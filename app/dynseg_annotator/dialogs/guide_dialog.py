"""The user guide, read from the pages that the program brings."""

from __future__ import annotations

from importlib.resources import files

from PySide6.QtCore import QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QWidget

from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.guide_text import GuideText
from dynseg_annotator.language import current, mark, tr

PAGES = (
    ("index", mark("Overview")),
    ("first-steps", mark("First steps")),
    ("editor", mark("The editor")),
    ("classes", mark("Classes")),
    ("from-other-programs", mark("From other programs")),
    ("training", mark("Training")),
    ("formats", mark("Labels in and out")),
    ("cluster", mark("More than one machine")),
    ("keys", mark("Keys")),
    ("settings", mark("Settings")),
    ("commands", mark("Commands")),
    ("developer", mark("For developers")),
)
"""File names without `.md`, and titles, in reading order."""


def page_text(name: str, language: str = "en") -> str:
    """The Markdown of a page of the guide; in English where the language has no such page.

    Args:
        name: Of `PAGES`.
        language: A code such as `"zh_CN"`: the folder of its pages.
    """
    guide = files("dynseg_resources") / "guide"
    page = guide / language / f"{name}.md"
    if language == "en" or not page.is_file():
        page = guide / f"{name}.md"
    return page.read_text(encoding="utf-8")


class GuideDialog(QDialog):
    """The pages at the left, the text at the right; links between pages work.

    Args:
        parent: The window.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Guide"))
        self._pages = QListWidget()
        self._pages.setAccessibleName(tr("Pages"))
        self._pages.addItems([tr(title) for _, title in PAGES])
        self._pages.setFixedWidth(self._pages.sizeHintForColumn(0) + layout.characters(self, 6))
        self._text = GuideText()
        self._text.setAccessibleName(tr("Text"))
        self._text.anchorClicked.connect(self.follow)
        self._pages.currentRowChanged.connect(self._show)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE.wide)
        row.addWidget(self._pages)
        row.addWidget(self._text, 1)
        column = layout.page(self)
        column.addLayout(row, 1)
        column.addWidget(layout.buttons(self, reject=tr("Close")))
        self._pages.setCurrentRow(0)
        theme.notifier().changed.connect(self._repaint)
        layout.give_size(self, width=120, lines=38)

    @Slot(int)
    def _show(self, row: int) -> None:
        self._text.show_page(page_text(PAGES[row][0], current()))

    @Slot()
    def _repaint(self) -> None:
        """Links take the theme's colour when the text is set."""
        self._show(self._pages.currentRow())

    @Slot(QUrl)
    def follow(self, url: QUrl) -> None:
        """Turn to another page, or open a web address in the browser."""
        name = url.path().removesuffix(".md")
        for row, (page, _) in enumerate(PAGES):
            if url.isRelative() and page == name:
                self._pages.setCurrentRow(row)
                return
        if url.scheme() == "https":
            QDesktopServices.openUrl(url)
