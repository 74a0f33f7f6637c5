"""What plug-ins add to the window: further ways to find an object in a drawn box."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu

from dynseg.images.assist import Assist, assists
from dynseg_annotator.application.labels.finding import FindController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.language import engine_text, tr


class ExtensionController(QObject):
    """Looks for plug-ins behind the window when the first project opens; most people have none."""

    def __init__(
        self, parts: Parts, tools: QMenu, finding: FindController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._tools = tools
        self._finding = finding
        self._looked = False
        parts.context.project_opened.connect(self._look)

    def _look(self) -> None:
        if not self._looked:
            self._looked = True
            self._parts.context.background.run(assists, done=self._offer)

    def _offer(self, found: tuple[Assist, ...]) -> None:
        if len(found) < 2:
            return
        menu = self._tools.addMenu(tr("Find in a bo&x with"))
        menu.setToolTipsVisible(True)
        group = QActionGroup(menu)
        for assist in found:
            action = menu.addAction(engine_text(assist.title))
            action.setToolTip(engine_text(assist.tip))
            action.setCheckable(True)
            action.setActionGroup(group)
            action.setChecked(assist is found[0])
            action.triggered.connect(lambda _=False, assist=assist: self._finding.use(assist))
