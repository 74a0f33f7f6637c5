"""Shapes of a model that tells no kinds apart: a person is asked for their classes."""

from __future__ import annotations

from PySide6.QtCore import QObject

from dynseg.annotation.classes import ClassLabel
from dynseg.annotation.document import Annotation, ImageState
from dynseg.inference.matching import stands_for_anything
from dynseg_annotator.application.models.active import ModelController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.view.navigation import NavigationController
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.language import tr, tr_n

KEY = "nameless"


class NamelessController(QObject):
    """Says what to do with shapes that have no class of the person's own yet.

    It speaks up twice: at the first such proposals of a project, or when another class is added
    where they lie already, and whenever an image is accepted that still has some. A next model
    would learn from it that the name of everything is a class.
    """

    def __init__(
        self,
        parts: Parts,
        models: ModelController,
        navigation: NavigationController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._models = models
        self._navigation = navigation
        self._told = False
        self._for_all = False
        """Whether one class was offered for all, and nobody has answered."""
        self._known = 0
        """How many classes there were."""
        self._going_to: int | None = None
        self._context.project_opened.connect(self._start_anew)
        self._context.session.changed.connect(self._changed)
        self._context.classes_changed.connect(self._classes_changed)
        self._context.messages.dismissed.connect(self._answered)
        self._context.messages.withdrawn.connect(self._answered)
        navigation.shown.connect(self._shown)

    def _start_anew(self) -> None:
        self._told = False
        self._for_all = False
        self._going_to = None

    def label(self) -> ClassLabel | None:
        """The class that stands for anything; None where it is one that the person wants."""
        card = self._context.active_model
        return stands_for_anything(card, self._context.classes) if card is not None else None

    def _nameless(self, annotation: Annotation) -> list[str]:
        label = self.label()
        if label is None:
            return []
        return [item.id for item in annotation.instances if item.class_id == label.id]

    def _changed(self, before: Annotation, after: Annotation) -> None:
        if before.image_id != after.image_id:
            return
        reviewed = ImageState.REVIEWED
        if after.state is reviewed and before.state is not reviewed:
            self._ask_again(after)
        elif not self._told and len(after.instances) > len(before.instances):
            self._ask(after)

    def _classes_changed(self) -> None:
        """Who adds a first class of their own beside what was found means to call it that."""
        annotation, known = self._context.session.annotation, self._known
        self._known = len(self._context.classes)
        if annotation is not None and self._known > known and (not self._told or self._for_all):
            self._ask(annotation)

    def _answered(self, key: str) -> None:
        self._for_all = self._for_all and key != KEY

    def _ask(self, annotation: Annotation) -> None:
        label = self.label()
        if label is None or not self._nameless(annotation):
            return
        self._told = True
        hint = tr(
            "Click a shape and press the number of its class. In the images after this one, "
            "what looks like it gets that class by itself."
        )
        action = MessageAction(tr("One class for all…"), self._models.matching.ask)
        others = [other for other in self._context.classes.labels if other is not label]
        self._for_all = len(others) == 1
        if self._for_all:  # nothing tells kinds apart, and there is no other to choose
            hint = tr("If all that it finds is “{other}”, say so here.", other=others[0].name)
            action = MessageAction(
                tr("All is “{other}”", other=others[0].name), lambda: self._call_all(others[0])
            )
        self._context.messages.show(
            Level.INFO,
            tr(
                "This model finds things, but knows no classes: it calls them “{name}”.",
                name=label.name,
            ),
            hint,
            action,
            key=KEY,
        )

    def _call_all(self, other: ClassLabel) -> None:
        self._for_all = False
        card = self._context.active_model
        if card is not None:
            self._models.matching.choose(card, {card.classes[0]: other.id})

    def _ask_again(self, annotation: Annotation) -> None:
        label, ids = self.label(), self._nameless(annotation)
        self._told = self._told or bool(ids)  # the other message would take the place of this one
        row = self._parts.images.row_of(annotation.image_id)
        if label is None or not ids or row is None:
            self._context.messages.withdraw(KEY)
            return
        self._context.messages.show(
            Level.WARN,
            tr_n(
                "{n} shape of {image} was accepted as “{name}”, which is not one of your classes.",
                "{n} shapes of {image} were accepted as “{name}”, which is not one of your "
                "classes.",
                len(ids),
                image=row.rel,
                name=label.name,
            ),
            tr("A model learns that name from them. Show them and press the number of a class."),
            MessageAction(tr("Show them"), lambda: self._go_to(annotation.image_id)),
            key=KEY,
        )

    def _go_to(self, image_id: int) -> None:
        self._going_to = image_id
        if self._context.session.image_id == image_id:
            self._shown(image_id)
        elif not self._navigation.go(image_id):
            self._going_to = None

    def _shown(self, image_id: int) -> None:
        if image_id != self._going_to:
            return
        self._going_to = None
        annotation = self._context.session.annotation
        if annotation is not None:
            self._context.session.selection.set(self._nameless(annotation))
