"""Offers labels of another program that lie with the images of a folder that was opened."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from dynseg_annotator.application.exchange.importing import ImportController
from dynseg_annotator.application.models.assist import AssistController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.projects.current import ProjectController
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.language import engine_text, tr
from dynseg_annotator.session.opening import DECIDED, LABELS_OFFER, UNDECIDED, FoundLabels

KEY = "labels-found"


class OfferController(QObject):
    """Asks until there is an answer, and keeps the model's proposals out of the way until then.

    Proposals in an image whose labels are taken over a moment later would have to be deleted again.
    """

    def __init__(
        self,
        parts: Parts,
        projects: ProjectController,
        importing: ImportController,
        assist: AssistController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = parts.context
        self._messages = parts.context.messages
        self._importing = importing
        self._assist = assist
        self._asks = False
        projects.labels_found.connect(self._offer)
        importing.ended.connect(self._decided)
        parts.context.project_closed.connect(self._decided)
        self._messages.dismissed.connect(self._dismissed)

    def _offer(self, found: FoundLabels) -> None:
        self._asks = True
        self._remember(UNDECIDED)
        self._assist.hold(True)
        self._messages.show(
            Level.WARN,
            tr(
                "Labels of another program ({formats}) lie in {folder}; they are not in the "
                "project yet.",
                folder=found.source.name,
                formats=tr(", ").join(engine_text(title) for title in found.formats),
            ),
            tr(
                "Take them over now or later (File, Import labels); the model waits with its "
                "proposals until you have decided."
            ),
            MessageAction(tr("Take them over…"), lambda: self._importing.ask(found.source)),
            key=KEY,
        )

    @Slot(str)
    def _dismissed(self, key: str) -> None:
        if key == KEY:
            self._decided()

    def _decided(self) -> None:
        """Labels came in, the user does not want them, or the project is closed."""
        if self._asks:
            self._asks = False
            self._remember(DECIDED)
            self._messages.withdraw(KEY)
            self._assist.hold(False)

    def _remember(self, state: str) -> None:
        """Who closes the project without an answer is asked again the next time."""
        writer = self._context.writer
        if writer is not None:
            writer.submit(lambda store: store.save_setting(LABELS_OFFER, state))
