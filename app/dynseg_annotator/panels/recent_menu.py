"""The recent projects in the File menu, where somebody looks whose start page is gone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from dynseg.project.layout import called
from dynseg_annotator import theme
from dynseg_annotator.language import tr

_FOLDER_CHARACTERS = 40
"""About so much of the folder is shown; the tip has all of it."""


class RecentMenu(QMenu):
    """Names and folders of projects, with a digit as the key of each; hidden while there are none.

    Args:
        parent: Owns this menu.
    """

    project_requested = Signal(str)
    """Path of the project."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tr("Open &recent"), parent)
        self.setToolTipsVisible(True)
        self.set_recent([])

    def set_recent(self, paths: Sequence[str]) -> None:
        """Offer these projects, newest first."""
        self.clear()
        for number, path in enumerate(paths, start=1):
            where, metrics = Path(path), self.fontMetrics()
            room = _FOLDER_CHARACTERS * metrics.averageCharWidth()
            folder = metrics.elidedText(str(where.parent), Qt.TextElideMode.ElideMiddle, room)
            name = f"{called(where)}    {folder}".replace("&", "&&")
            action = self.addAction(f"&{number}  {name}")
            action.setToolTip(theme.plain_tip(path))
            action.triggered.connect(lambda _=False, path=path: self.project_requested.emit(path))
        self.menuAction().setVisible(bool(paths))
