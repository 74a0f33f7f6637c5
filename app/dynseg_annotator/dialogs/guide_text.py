"""A page of the guide with its pictures, never wider than the dialog."""

from __future__ import annotations

from importlib.resources import files
from typing import Any

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QImage, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from dynseg_annotator import theme
from dynseg_annotator.language.modifiers import as_here

SETTLE_MS = 120
"""After the last change of the width, the pictures are fitted again."""


class GuideText(QTextBrowser):
    """Shows Markdown; pictures come from the folder `pictures` of the guide and nowhere else.

    Args:
        parent: The dialog.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setOpenLinks(False)
        self.document().setDocumentMargin(theme.SPACE.page)
        self._markdown = ""
        self._fitted_px = 0
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._fit_again)

    def show_page(self, markdown: str) -> None:
        """Show another page from its beginning."""
        self._markdown = as_here(markdown)
        self._fitted_px = self._room_px
        self.setMarkdown(self._markdown)

    @property
    def _room_px(self) -> int:
        """Width of the text; with room for the bar that a long page gets."""
        bar = self.verticalScrollBar().sizeHint().width()
        frame = self.width() - self.viewport().width() - self._bar_px
        return max(80, self.width() - bar - frame - 2 * theme.SPACE.page - 1)

    @property
    def _bar_px(self) -> int:
        """What the bar takes now."""
        bar = self.verticalScrollBar()
        return bar.width() if bar.isVisible() else 0

    def loadResource(self, kind: int, url: QUrl | str) -> Any:
        """A picture, made smaller when it is wider than the text."""
        url = QUrl(url)
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return None
        place = files("dynseg_resources") / "guide" / "pictures" / url.fileName()
        if not place.is_file():
            return None
        picture = QImage.fromData(place.read_bytes())
        shown_px = min(picture.width(), self._room_px)
        device_px = round(shown_px * self.devicePixelRatioF())
        if device_px < picture.width():
            picture = picture.convertToFormat(QImage.Format.Format_RGB32).scaledToWidth(
                device_px, Qt.TransformationMode.SmoothTransformation
            )
        picture.setDevicePixelRatio(picture.width() / shown_px)
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The width changed: pictures follow a moment later."""
        super().resizeEvent(event)
        if "![" in self._markdown and self._room_px != self._fitted_px:
            self._settle.start()

    def _fit_again(self) -> None:
        bar = self.verticalScrollBar()
        share = bar.value() / max(bar.maximum(), 1)
        self.show_page(self._markdown)
        bar.setValue(round(share * bar.maximum()))
