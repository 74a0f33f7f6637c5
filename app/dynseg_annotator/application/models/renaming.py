"""Other classes for what a model finds: proposals that are there already get them, too."""

from __future__ import annotations

from collections.abc import Callable, Set

from PySide6.QtCore import QObject

from dynseg.annotation.document import Annotation
from dynseg.inference.merge import SETTLED
from dynseg.model.card import ModelCard
from dynseg_annotator.application.models.active import ModelController
from dynseg_annotator.application.models.assist import AssistController
from dynseg_annotator.application.models.batch import BatchController
from dynseg_annotator.application.models.matching import Mapping
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
        self._matching = models.matching
        self._assist = assist
        self._batch = batch
        self._matching.chosen_saved.connect(self._chosen)
        self._again: Callable[[], None] | None = None
        """Looks at the images anew when the run ends that went on as classes were chosen."""
        batch.ended.connect(self._batch_ended)
        self._context.project_closed.connect(self._forget)

    def _chosen(self, card: ModelCard, before: Mapping) -> None:
        store = self._context.store
        if store is None:
            return
        done = self._context.session.image_id if self._assist.propose_anew() else None
        now = self._matching.mapping(card)
        left = {before[index] for index in before if before[index] != now.get(index)}
        given = {*now.values(), *self._matching.usable_names(card.model_id)} - left
        if None in left:  # what was dropped may be anywhere
            given.clear()

        def look() -> list[int]:
            with store.snapshot() as view:
                proposed = [
                    row.id
                    for row in view.images()
                    if row.min_score is not None and row.state not in SETTLED and row.id != done
                ]
                return [
                    annotation.image_id
                    for annotation in view.annotations(proposed)
                    if _has_others(annotation, card.model_id, given)
                ]

        def tell(others: list[int]) -> None:
            if self._context.store is store:
                self._tell(card.name, others)

        def look_and_tell() -> None:
            self._context.background.run(look, done=tell, failed=self._context.messages.show_error)

        # A run that goes on gives the classes that it began with: it is told what it left.
        self._again = look_and_tell if self._batch.is_running else None
        look_and_tell()

    def _batch_ended(self) -> None:
        again, self._again = self._again, None
        if again is not None:
            again()

    def _forget(self) -> None:
        self._again = None
        self._context.messages.withdraw(KEY)

    def _tell(self, model: str, others: list[int]) -> None:
        hint, action = "", None
        if others:
            hint = tr_n(
                "Proposals of {n} image still have the classes of before.",
                "Proposals of {n} images still have the classes of before.",
                len(others),
            )
            action = self._offer(others)
        self._context.messages.show(
            Level.WARN if others else Level.OK,  # it stays: other classes there are no small thing
            tr("What {model} finds gets the class that you chose from now on.", model=model),
            hint,
            action,
            key=KEY,
        )

    def _offer(self, others: list[int]) -> MessageAction:
        return MessageAction(tr("Change them too"), lambda: self._change(others))

    def _change(self, others: list[int]) -> None:
        if not self._batch.is_running:
            self._batch.run("", others)
            return
        self._context.messages.show(
            Level.INFO,
            tr("A run is going on, so no other proposals are changed now."),
            tr("Stop it or wait for its end."),
            self._offer(others),
            key=KEY,
        )


def _has_others(annotation: Annotation, model_id: str, given: Set[int | None]) -> bool:
    """Whether a model has proposed something here of a class that it gives no more."""
    return any(
        item.model_id == model_id and not item.is_human_work and item.class_id not in given
        for item in annotation.instances
    )
