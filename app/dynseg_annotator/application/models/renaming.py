"""Other classes for what a model finds: proposals that are there already get them, too."""

from __future__ import annotations

from PySide6.QtCore import QObject

from dynseg.inference.merge import SETTLED
from dynseg_annotator.application.models.active import ModelController
from dynseg_annotator.application.models.assist import AssistController
from dynseg_annotator.application.models.batch import BatchController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.language import tr, tr_n

KEY = "model-classes"


class RenamingController(QObject):
    """Shows at once on the open image what was chosen, and offers it to the other images.

    Args:
        parts: The window.
        models: Says that other classes were chosen.
        assist: Proposes on the open image.
        batch: Proposes on others, as a run that can be taken back.
    """

    def __init__(
        self,
        parts: Parts,
        models: ModelController,
        assist: AssistController,
        batch: BatchController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._assist = assist
        self._batch = batch
        models.matching.chosen_saved.connect(self._chosen)
        self._context.project_closed.connect(lambda: self._context.messages.withdraw(KEY))

    def _chosen(self, model: str) -> None:
        done = self._context.session.image_id if self._assist.propose_anew() else None
        others = [
            row.id
            for row in self._parts.images.all_rows()
            if row.min_score is not None and row.state not in SETTLED and row.id != done
        ]
        hint, action = "", None
        if others:
            hint = tr_n(
                "Proposals of {n} image still have the classes of before.",
                "Proposals of {n} images still have the classes of before.",
                len(others),
            )
            action = MessageAction(tr("Change them too"), lambda: self._batch.run("", others))
        self._context.messages.show(
            Level.OK,
            tr("What {model} finds gets these classes from now on.", model=model),
            hint,
            action,
            key=KEY,
        )
