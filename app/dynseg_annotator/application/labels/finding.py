"""What a drawn box holds, found by colour or by the model; and shapes that the model refines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QObject

from dynseg.annotation import edits
from dynseg.annotation.document import Annotation, Instance, Origin
from dynseg.errors import DynsegError
from dynseg.geometry.part import Part
from dynseg.geometry.polygon import area, iou, simplify
from dynseg.images.assist import BY_COLOUR as BY_COLOUR_ASSIST
from dynseg.images.assist import Assist
from dynseg.worker.point_messages import Refine, Refined
from dynseg.worker.wire import from_wire, to_wire
from dynseg_annotator.actions import shown_key
from dynseg_annotator.application.labels.clicking import ClickController
from dynseg_annotator.application.labels.editing import EditController
from dynseg_annotator.application.labels.questions import Questions
from dynseg_annotator.application.models.active import ModelController
from dynseg_annotator.application.models.matching import Mapping
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.canvas.scene import Box
from dynseg_annotator.jobs.edges import own_qt
from dynseg_annotator.language import mark, recorded, tr

GROUND = 0.3
"""Image around a box that the colours of the ground are learned from, as a share of the box."""
SAME_BOX = 0.4
"""A box that overlaps the selected shape's by this (IoU) is about that shape."""
SAME_OBJECT = 0.7
"""Shapes that overlap by this (IoU) are about the same object."""
CRUMB = 0.05
"""Found pieces below this share of the largest are left out."""
FOUND_TOLERANCE_PX = 0.75
BY_COLOUR, BY_MODEL = "grabcut", "find-object"
"""Names of the two tools that draw a box around something."""

NOT_FOUND = mark("No object stands out in this box; draw it closer around one")
NOT_SEEN = mark("The model sees no object that fits; nothing was changed")


@dataclass(frozen=True, slots=True)
class Found:
    """An object of the open image that the model found.

    Attributes:
        parts: In image pixels.
        class_index: Position in the model's classes.
        score: Confidence of the model; 0 for what its colours told.
        named: Class whose reviewed shapes it resembles.
    """

    image_id: int
    model_id: str
    parts: tuple[Part, ...]
    class_index: int
    score: float
    named: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the model was asked about.

    Attributes:
        refined: The shape as it was then; None when a new one is to be found.
        gesture: Shapes that were asked about together are changed in one undo step.
    """

    refined: Instance | None
    gesture: str


class FindController(QObject):
    """Turns boxes into shapes, and shapes into better ones."""

    def __init__(
        self,
        parts: Parts,
        editing: EditController,
        models: ModelController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._session = parts.context.session
        self._editing = editing
        self._models = models
        self._questions = Questions[Asked](parts, "refine", self)
        self.clicking = ClickController(parts, models, self)
        self._assist = BY_COLOUR_ASSIST
        parts.canvas.box_drawn.connect(self._box_drawn)
        parts.actions["refine"].triggered.connect(lambda: self.refine())
        self._context.engine.refined.connect(self._refined)

    def use(self, assist: Assist) -> None:
        """Find in drawn boxes this way from now on."""
        self._assist = assist
        self._parts.actions["grabcut"].trigger()

    def _box_drawn(self, tool: str, box: Box) -> None:
        if tool == BY_COLOUR:
            self.find_by_colour(box)
        elif tool == BY_MODEL:
            self.find(box)

    # -- by the model

    def find(self, box: Box) -> None:
        """Let the model find what a box holds, or redo the selected shape that it surrounds."""
        self._ask(box, self._meant(box), parts=(), gesture="")

    def refine(self) -> None:
        """Let the model outline the selected shapes anew, each from close up."""
        annotation = self._session.annotation
        ids = set(self._editing.unlocked())
        if annotation is None:
            return
        chosen = [item for item in annotation.instances if item.id in ids]
        if not chosen:
            return  # nothing is selected, or it is still on its way behind an undo
        gesture = f"refine {chosen[0].id} {annotation.revision}"
        for item in chosen:
            self._ask(item.bounds, item, parts=item.parts, gesture=gesture)

    def _ask(
        self, box: Box, refined: Instance | None, *, parts: tuple[Part, ...], gesture: str
    ) -> None:
        store, image_id = self._context.store, self._session.image_id
        if store is None or image_id is None:
            return
        if store.read_only:
            self._context.messages.refuse_read_only(
                tr("The project is open read-only, so nothing was changed.")
            )
            return
        root, token = str(store.root), store.lock_token
        settings, (model, _) = self._models.predict_settings(), self._models.proposing()
        self._questions.ask(
            lambda job: Refine(
                job=job, project=root, token=token, image_id=image_id, box=box,
                parts=to_wire(parts), model=model, settings=settings,
            ),
            Asked(refined, gesture),
            tr("The model looks closer …"),
        )  # fmt: skip

    def _refined(self, event: Refined) -> None:
        asked = self._questions.about(event.job)
        if asked is None:
            return  # another image was opened meanwhile
        parts = from_wire(event.parts)
        self._hint("" if parts else tr(NOT_SEEN))
        if not parts:
            return
        if asked.refined is None:
            self.add(
                Found(
                    event.image_id, event.model_id, parts, event.class_index, event.score,
                    event.named,
                )
            )  # fmt: skip
        elif self._still_there(asked.refined):
            edit = edits.replace_parts(asked.refined.id, parts)
            self._session.apply(recorded("Refine with the model"), edit, asked.gesture or None)

    def _still_there(self, item: Instance) -> bool:
        """Whether a shape is the very one that was to be refined; says so when it is not."""
        annotation = self._session.annotation
        if annotation is not None and any(other is item for other in annotation.instances):
            return True
        self._hint(tr("The shape was changed meanwhile, so it stays as it is now"))
        return False

    def add(
        self,
        found: Found,
        *,
        gesture: str | None = None,
        added: Callable[[Instance], None] = lambda _item: None,
    ) -> None:
        """A new shape of the class that the model names, if it knows more than one.

        Args:
            found: What becomes a shape, unless the object has one.
            gesture: Of the undo step.
            added: Told of the shape when it is there.
        """
        matching, add_as = self._models.matching, partial(self._add_as, found, gesture, added)
        card = matching.card(found.model_id)
        if found.named in matching.usable_names(found.model_id):
            add_as({found.class_index: found.named})
        elif card is None or len(card.classes) < 2 or found.model_id != card.model_id:
            add_as({})
        else:
            matching.with_mapping(found.model_id, {found.class_index}, add_as)

    def _add_as(
        self,
        found: Found,
        gesture: str | None,
        added: Callable[[Instance], None],
        mapping: Mapping,
    ) -> None:
        if found.image_id != self._session.image_id:
            return
        class_id = mapping.get(found.class_index)
        if class_id is None:  # also where the model's is ignored: a person wants this very object
            class_id = self._context.current_class
        if class_id is None:
            add = partial(self._add_as, found, gesture, added, {})
            self._editing.class_needed.emit(found.parts, add)
            return
        there = self._shapes_at(found.parts)
        own = [item for item in there if item.is_human_work]
        if own:
            self.select(own[0])
            return
        replaced = self._editing.unlocked([item.id for item in there])
        # asked for by a person: as good as accepted, so that no run replaces it
        shape = Instance(
            class_id, found.parts, origin=Origin.MODEL, accepted=True,
            score=found.score or None,  # found by its colours: no model is sure of it
            model_id=found.model_id,
        )  # fmt: skip

        def edit(annotation: Annotation) -> Annotation:
            """The shape takes the place of proposals of the same object."""
            return edits.add(shape)(edits.remove(replaced)(annotation))

        if self._session.apply(recorded("Find with the model"), edit, gesture):
            self._editing.show_class(class_id)
            self._session.selection.set([shape.id])
            added(shape)

    def select(self, own: Instance) -> None:
        """An object that has a shape of a person is selected, not outlined twice."""
        self._editing.show_class(own.class_id)
        self._context.visibility.set_hidden([own.id], False)
        self._session.selection.set([own.id])
        self._hint(
            tr(
                "This object has a shape already: it is selected, {key} refines it",
                key=shown_key(self._parts.actions["refine"]),
            )
        )

    def _shapes_at(self, parts: tuple[Part, ...]) -> list[Instance]:
        """Shapes of the open image that are about the same object as these parts."""
        annotation = self._session.annotation
        if annotation is None:
            return []
        box = Instance(0, parts).bounds
        near = (i for i in annotation.instances if _box_iou(i.bounds, box) >= SAME_OBJECT / 2)
        return [item for item in near if iou(item.parts, parts) >= SAME_OBJECT]

    # -- by colour

    def find_by_colour(self, box: Box) -> None:
        """Find what is in a box by its colours, off the window's thread."""
        image_id, store = self._session.image_id, self._context.store
        if image_id is None:
            return
        pad_x, pad_y = (box[2] - box[0]) * GROUND, (box[3] - box[1]) * GROUND
        around = box[0] - pad_x, box[1] - pad_y, box[2] + pad_x, box[3] + pad_y
        found = self._parts.canvas.pixels(around)
        if found is None:
            return
        pixels, (left, top) = found
        inner = (
            round(box[0] - left), round(box[1] - top), round(box[2] - left), round(box[3] - top)
        )  # fmt: skip
        self._hint(tr("Looking for the object …"))

        find, refined = self._assist.find, self._meant(box)

        def work() -> tuple[Part, ...]:
            from dynseg.geometry.isolines import parts_from_field

            with own_qt():
                field = find(pixels, inner)
            return parts_from_field(field, offset=(left, top))

        def done(parts: tuple[Part, ...]) -> None:
            """Numbers of images begin anew in each project."""
            if image_id == self._session.image_id and store is self._context.store:
                self._found_by_colour(refined, parts)

        self._context.background.run(
            work,
            done=done,
            failed=self._not_found,
        )

    def _found_by_colour(self, refined: Instance | None, parts: tuple[Part, ...]) -> None:
        """Make a shape of what was found, or another outline of the one that was selected."""
        kept = _without_crumbs(parts)
        if not kept:
            self._hint(tr(NOT_FOUND))
            return
        self._hint("")
        if refined is None:
            self._editing.add_shape(kept)
        elif self._still_there(refined):
            self._session.apply(recorded("Refine by colour"), edits.replace_parts(refined.id, kept))

    def _not_found(self, error: DynsegError) -> None:
        self._hint("")
        self._context.messages.show_error(error, key="grabcut")

    def _meant(self, box: Box) -> Instance | None:
        """The one selected shape when the box was drawn around it."""
        annotation, ids = self._session.annotation, self._editing.selected
        if annotation is None or len(ids) != 1 or not self._editing.unlocked():
            return None
        found = next((item for item in annotation.instances if item.id == ids[0]), None)
        if found is None or _box_iou(found.bounds, box) < SAME_BOX:
            return None
        return found

    def _hint(self, text: str) -> None:
        self._parts.window.status_line.set_hint(text)


def _without_crumbs(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Large pieces with few points."""
    if not parts:
        return ()
    least = CRUMB * area(parts[0])
    return tuple(
        simplify(part, tolerance_px=FOUND_TOLERANCE_PX) for part in parts if area(part) >= least
    )


def _box_iou(a: Box, b: Box) -> float:
    wide = min(a[2], b[2]) - max(a[0], b[0])
    high = min(a[3], b[3]) - max(a[1], b[1])
    shared = max(wide, 0.0) * max(high, 0.0)
    total = (a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - shared
    return shared / total if total > 0 else 0.0
