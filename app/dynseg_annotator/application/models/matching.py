"""Which class of the project each class of a model becomes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Set
from concurrent.futures import Future

from PySide6.QtCore import QObject, Signal

from dynseg.annotation.classes import ClassTable
from dynseg.errors import DynsegError
from dynseg.inference.matching import (
    chosen_classes,
    class_mapping,
    filtered,
    mapping_key,
    missing_classes,
    usable_names,
)
from dynseg.model.card import ModelCard
from dynseg.project.store import Store
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.language import tr

Mapping = dict[int, int | None]


class ClassMatching(QObject):
    """Matches the classes of models with those of the project, and adds what is missing.

    Args:
        parts: The window.
        only_classes: Says which classes of a model are wanted here; empty for all.
    """

    chosen_saved = Signal(object, object)
    """Other classes were chosen for what a model finds: its card, and the `Mapping` until then."""
    _saved = Signal(object, object, object, object)
    """The store that keeps a choice, why it does not, the model and its mapping until then."""
    _classes_made = Signal(object, object, object)
    """The store, its classes or why there are none, and who waits for them."""

    def __init__(
        self,
        parts: Parts,
        only_classes: Callable[[ModelCard | None], tuple[str, ...]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._only_classes = only_classes
        self._cards: dict[str, ModelCard] = {}
        self._classes_made.connect(self._take_over_classes)
        self._saved.connect(self._say_saved)

    def remember(self, card: ModelCard) -> None:
        """A model whose candidates may come."""
        self._cards[card.model_id] = card

    def card(self, model_id: str) -> ModelCard | None:
        """The card of a model of the project, the active one's where nothing is known of it."""
        return self._cards.get(model_id) or self._context.active_model

    def mapping(self, card: ModelCard) -> Mapping:
        """Which class of the project each class of a model becomes now, None for dropped ones.

        Without those that the project gets a class for once a shape needs it.
        """
        classes, chosen = self._context.classes, self.chosen_classes(card.model_id)
        missing = missing_classes(card, classes, chosen=chosen)
        mapping = class_mapping(card, classes, chosen=chosen)
        return {index: mapping[index] for index in mapping.keys() - missing.keys()}

    def usable_names(self, model_id: str) -> Set[int]:
        """Classes that what a model finds may be named after what it resembles."""
        card = self.card(model_id)
        if card is None:
            return frozenset()
        return usable_names(card, self._context.classes, chosen=self.chosen_classes(model_id))

    def with_mapping(
        self, model_id: str, used: Iterable[int], go: Callable[[Mapping], None]
    ) -> None:
        """Call `go` with the class mapping of a model, adding classes that are missing.

        Args:
            model_id: The model that found the shapes.
            used: Classes of the model that shapes need now; only these are added.
            go: Gets class of the model to class id.
        """
        card = self.card(model_id)
        writer, store = self._context.writer, self._context.store
        if card is None or writer is None:
            return
        chosen = filtered(card, self.chosen_classes(model_id), self._only_classes(card))
        missing = missing_classes(card, self._context.classes, chosen=chosen)
        names = [missing[index] for index in sorted(set(used) & missing.keys())]
        if not names:
            go(class_mapping(card, self._context.classes, chosen=chosen))
            return

        def work(store: Store) -> ClassTable:
            for name in names:
                if store.classes().alike(name) is None:
                    store.add_class(name)
            return store.classes()

        def bring(future: Future[ClassTable]) -> None:
            self._classes_made.emit(store, future.exception() or future.result(), then)

        def then() -> None:
            go(class_mapping(card, self._context.classes, chosen=chosen))

        writer.submit(work).add_done_callback(bring)

    def ask(self) -> None:
        """Let the user say which class of the model becomes which class of the project."""
        card, store = self._context.active_model, self._context.store
        if card is None or store is None:
            return
        if store.read_only:
            self._context.messages.refuse_read_only(
                tr("The project is open read-only, so no other classes can be chosen.")
            )
            return
        from dynseg_annotator.dialogs.model_classes_dialog import ModelClassesDialog

        dialog = ModelClassesDialog(
            card,
            self._context.classes,
            self.chosen_classes(card.model_id),
            parent=self._parts.window,
        )
        dialog.chosen_changed.connect(lambda chosen: self.choose(card, chosen))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def choose(self, card: ModelCard, chosen: dict[str, int | None]) -> None:
        """Keep which class of the project each class of a model becomes.

        Args:
            card: The model.
            chosen: Class id by the model's name, None to ignore it; others follow their name.
        """
        writer, store = self._context.writer, self._context.store
        if writer is None or chosen == self.chosen_classes(card.model_id):
            return
        text, before = json.dumps(chosen), self.mapping(card)

        def bring(future: Future[None]) -> None:
            self._saved.emit(store, future.exception(), card, before)

        writer.submit(
            lambda store: store.save_setting(mapping_key(card.model_id), text)
        ).add_done_callback(bring)

    def _say_saved(
        self, store: Store, error: BaseException | None, card: ModelCard, before: Mapping
    ) -> None:
        if self._context.store is not store:
            return  # the project was closed meanwhile
        if isinstance(error, DynsegError):
            self._context.messages.show_error(error, key="classes")
        elif error is not None:
            raise error
        else:
            self.chosen_saved.emit(card, before)

    def chosen_classes(self, model_id: str) -> dict[str, int | None]:
        """What a person chose for names of a model's classes; empty for the defaults."""
        store = self._context.store
        return chosen_classes(store, model_id) if store is not None else {}

    def _take_over_classes(self, store: Store, outcome: object, then: Callable[[], None]) -> None:
        if self._context.store is not store:
            return  # the project was closed meanwhile
        if isinstance(outcome, ClassTable):
            self._context.set_classes(outcome)
            then()
        elif isinstance(outcome, DynsegError):
            self._context.messages.show_error(outcome, key="classes")
        elif isinstance(outcome, BaseException):
            raise outcome
