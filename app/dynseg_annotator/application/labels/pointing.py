"""One click outlines an object: what the model has seen there, or sees when it looks closer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from dynseg.annotation import edits
from dynseg.annotation.document import Annotation, Instance, Origin, new_id
from dynseg.geometry.boxes import boxes_of
from dynseg.geometry.part import Part
from dynseg.worker.point_messages import Point, Pointed
from dynseg.worker.protocol import Predicted
from dynseg.worker.wire import from_wire
from dynseg_annotator.application.labels.editing import EditController
from dynseg_annotator.application.labels.finding import BY_MODEL, FindController, Found
from dynseg_annotator.application.labels.questions import Questions
from dynseg_annotator.application.labels.taken_out import TakenOut
from dynseg_annotator.application.models.active import ModelController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.language import mark, recorded, tr
from dynseg_annotator.session.candidates import newest_seen

if TYPE_CHECKING:
    from dynseg.inference.pointing import Option, Sight

OUTLINED = mark("Outlined; click it again for another outline")
ACCEPTED = mark("Accepted; click it again for another outline")
LOOKING = mark("The model looks closer …")
NOT_SEEN = mark("The model sees no object there; drag a box around it, or draw it")
NO_OTHER = mark("No other outline was seen there; drag a box around the object, or draw it")
HINT = "pointing"
"""Key of what is said about a click, in the status line."""
FIRST_AGAIN = mark("These were all; this is the first outline again")


@dataclass(slots=True)
class Offer:
    """A shape that a click has made, and what else it could have been.

    Attributes:
        gesture: All its outlines are one undo step.
        shape: As it is in the document, unless the person has changed it since.
        shown: Its outlines so far; the last one is in the document.
        left: Outlines that were not shown yet.
        has_looked: The model has looked closer for it.
    """

    gesture: str
    shape: Instance
    shown: list[Found]
    left: list[Found] = field(default_factory=list)
    has_looked: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A click that the model looks closer for.

    Attributes:
        x, y: Image pixels.
        offer: The shape that gets another outline; None for a new one.
    """

    x: float
    y: float
    offer: Offer | None


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """The shapes of a version of the open image, for questions about a place.

    Attributes:
        annotation: The version.
        boxes: `(N, 4)` float64 around its shapes, image pixels.
        refused: Outlines of models that the person took out.
        refused_boxes: `(M, 4)` float64 around these.
    """

    annotation: Annotation
    boxes: NDArray[np.float64]
    refused: Sequence[tuple[Part, ...]]
    refused_boxes: NDArray[np.float64]

    def near(self, x: float, y: float) -> list[Instance]:
        """The shapes whose boxes hold a point, image pixels."""
        return [self.annotation.instances[at] for at in _holding(self.boxes, x, y)]

    def refused_near(self, x: float, y: float) -> list[tuple[Part, ...]]:
        """What was taken out around a point, image pixels: any of an object that is there."""
        return [self.refused[at] for at in _holding(self.refused_boxes, x, y, margin=0.5)]


class PointController(QObject):
    """Turns clicks on objects into shapes."""

    def __init__(
        self,
        parts: Parts,
        editing: EditController,
        models: ModelController,
        finding: FindController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._session = parts.context.session
        self._editing = editing
        self._models = models
        self._finding = finding
        self._questions = Questions[Asked](parts, "refine", self)
        self._offer: Offer | None = None
        self._seen: tuple[str, list[Sight]] | None = None
        self._shapes: Shapes | None = None
        self._taken_out = TakenOut(parts.context, self._forget_shapes)
        parts.canvas.known_at = self._known_at
        parts.canvas.pointed.connect(self._clicked)
        parts.canvas.tool_changed.connect(self._tool_changed)
        for changed in (parts.context.active_model_changed, parts.context.live_model_changed):
            changed.connect(self._forget_seen)
        self._session.opened.connect(lambda _: self._drop())
        self._session.closed.connect(self._drop)
        self._session.changed.connect(lambda *_: self._changed())
        engine = parts.context.engine
        engine.pointed.connect(self._looked)
        engine.predicted.connect(self._predicted)

    # -- what a click means

    def _known_at(self, x: float, y: float) -> tuple[Part, ...]:
        """What a click would outline at once, for the pointer; nothing where that has a shape."""
        option = self._at_once(x, y)
        if option is None or self._proposal(option.detection.parts, x, y) is not None:
            return ()
        return option.detection.parts

    def _at_once(self, x: float, y: float) -> Option | None:
        """What the model has seen there in the whole image, if it is sure enough for a click."""
        from dynseg.inference.pointing import SURE, is_same, options

        found, shapes = self._left(options(self._sights()[1], x, y), x, y), self._shapes_now()
        if not found or shapes is None or found[0].worth < SURE:
            return None
        parts, refused = found[0].detection.parts, shapes.refused_near(x, y)
        return None if any(is_same(parts, gone) for gone in refused) else found[0]

    def _sights(self) -> tuple[str, list[Sight]]:
        """The model's id, and what it has seen in the open image; read once."""
        if self._seen is None:
            from dynseg.inference.pointing import Sight

            store, annotation = self._context.store, self._session.annotation
            self._seen = ("", [])
            if store is not None and annotation is not None:
                model_id, found = newest_seen(
                    store, annotation.image_id, preferred=self._models.proposing()[1]
                )
                longest = max(annotation.width, annotation.height)
                self._seen = (model_id, [Sight(item, longest) for item in found])
        return self._seen

    def _left(
        self, found: Sequence[Option], x: float, y: float, *, beside: str = ""
    ) -> list[Option]:
        """Those that no person's shape is there for, without the one that is asked about."""
        from dynseg.inference.pointing import left

        shapes = self._shapes_now()
        if not found or shapes is None:
            return []
        there = [i.parts for i in shapes.near(x, y) if i.is_human_work and i.id != beside]
        return left(found, x, y, there=there, refused=shapes.refused_near(x, y))

    def _shapes_now(self) -> Shapes | None:
        annotation = self._session.annotation
        if annotation is None:
            return None
        if self._shapes is None or self._shapes.annotation is not annotation:
            boxes = boxes_of([item.parts for item in annotation.instances])
            refused = self._taken_out.outlines(annotation)
            self._shapes = Shapes(annotation, boxes, refused, boxes_of(refused))
        return self._shapes

    def _proposal(self, parts: Sequence[Part], x: float, y: float) -> Instance | None:
        """The proposal in the image that has this outline, or one of the same object."""
        from dynseg.inference.pointing import is_same

        shapes = self._shapes_now()
        near = shapes.near(x, y) if shapes is not None else []
        return next((i for i in near if not i.is_human_work and is_same(i.parts, parts)), None)

    # -- what comes of it

    def _clicked(self, x: float, y: float) -> None:
        """Outline what is there; a click on what was just outlined asks for another outline."""
        from dynseg.geometry.polygon import contains

        store = self._context.store
        if store is None or self._session.annotation is None:
            return
        if store.read_only:
            self._context.messages.refuse_read_only(
                tr("The project is open read-only, so nothing was changed.")
            )
            return
        offer = self._offer
        if offer is not None and self._is_there(offer) and contains(offer.shape.parts, x, y):
            if offer.has_looked:
                self._show_next(offer)
            elif not any(asked.offer is offer for _, asked in self._questions.waiting()):
                self._look(x, y, offer)
            return
        self._offer = None
        option = self._at_once(x, y)
        if option is None:
            self._look(x, y, None)
        else:
            self._take([_found(option, self._session.image_id, self._sights()[0])], x, y)

    def _look(self, x: float, y: float, offer: Offer | None) -> None:
        """Let the model look closer at a place."""
        store, image_id = self._context.store, self._session.image_id
        if store is None or image_id is None:
            return
        root, token, settings = str(store.root), store.lock_token, self._models.predict_settings()
        model, _ = self._models.proposing()
        self._questions.ask(
            lambda job: Point(
                job=job, project=root, token=token, image_id=image_id, x=x, y=y, model=model,
                settings=settings,
            ),
            Asked(x, y, offer),
            tr(LOOKING),
        )  # fmt: skip

    def _looked(self, event: Pointed) -> None:
        asked = self._questions.about(event.job)
        if asked is None or event.image_id != self._session.image_id:
            return  # another image was opened meanwhile, or it is clear what was meant
        self._say("")
        x, y, offer = asked.x, asked.y, asked.offer
        found = self._found(event, x, y, offer)
        if offer is None:
            self._take(found, x, y, has_looked=True)
        elif self._is_there(offer):
            offer.has_looked = True
            offer.left = found
            self._show_next(offer)

    def _found(self, event: Pointed, x: float, y: float, offer: Offer | None) -> list[Found]:
        """What an answer brings that is neither there nor was shown."""
        from dynseg.inference.detections import Detection
        from dynseg.inference.pointing import Option, is_same

        nowhere = (0.0, 0.0, 0.0, 0.0)  # what the model drew as a box plays no part any more
        options = [
            Option(Detection(o.class_index, o.score, from_wire(o.parts), nowhere, o.named), o.worth)
            for o in event.outlines
        ]
        found = [
            _found(option, event.image_id, event.model_id)
            for option in self._left(options, x, y, beside=offer.shape.id if offer else "")
        ]
        shown = offer.shown if offer else []
        return [f for f in found if not any(is_same(f.parts, other.parts) for other in shown)]

    def _take(
        self, found: Sequence[Found], x: float, y: float, *, has_looked: bool = False
    ) -> None:
        """Make the likeliest outline a shape, keep the others; select what is there already."""
        from dynseg.geometry.polygon import contains
        from dynseg.inference.pointing import area_of

        if not found:
            shapes = self._shapes_now()
            below = [i for i in (shapes.near(x, y) if shapes else []) if contains(i.parts, x, y)]
            if below:
                self._finding.select(min(below, key=lambda item: area_of(item.parts)))
            else:
                self._say(tr(NOT_SEEN))
            return
        first, *others = found
        gesture = f"point {new_id()}"

        def added(shape: Instance, said: str = OUTLINED) -> None:
            there = _current(self._session.annotation, shape.id) or shape
            self._offer = Offer(gesture, there, [first], list(others), has_looked)
            self._forget_clicks_on(there)
            self._shapes_now()  # if it is taken out, that is seen at once
            self._say(tr(said))

        proposal = self._proposal(first.parts, x, y)
        if proposal is None:
            self._finding.add(first, gesture=gesture, added=added)
        elif self._context.visibility.hides(proposal):
            self._finding.select(proposal)  # nobody vouches for what they do not see
        elif self._editing.unlocked([proposal.id]):
            edit = edits.accept([proposal.id])
            self._session.apply(recorded("Find with the model"), edit, gesture)
            self._session.selection.set([proposal.id])
            added(proposal, ACCEPTED)

    def _forget_clicks_on(self, shape: Instance) -> None:
        """Who clicked on an object once more before its outline was there meant that object."""
        from dynseg.geometry.polygon import contains

        for job, asked in self._questions.waiting():
            if asked.offer is None and contains(shape.parts, asked.x, asked.y):
                self._questions.take_back(job)

    def _show_next(self, offer: Offer) -> None:
        """Another outline for the shape; after the last one the first again."""
        if not self._editing.unlocked([offer.shape.id]):
            return
        if offer.left:
            found = offer.left.pop(0)
            said = tr(OUTLINED)
        elif len(offer.shown) > 1:
            offer.left, found = offer.shown[1:], offer.shown[0]
            offer.shown = []
            said = tr(FIRST_AGAIN)
        else:
            self._say(tr(NO_OTHER))
            return
        before = offer.shape
        after = msgspec.structs.replace(
            before, parts=found.parts, score=found.score, model_id=found.model_id,
            origin=Origin.MODEL, accepted=True,
        )  # fmt: skip

        def edit(annotation: Annotation) -> Annotation:
            """The same shape in another outline; it is no rejection of the one before."""
            return edits.add(after)(edits.remove([before.id])(annotation))

        if self._session.apply(recorded("Find with the model"), edit, offer.gesture):
            offer.shown.append(found)
            offer.shape = _current(self._session.annotation, after.id) or after
            self._session.selection.set([after.id])
            self._say(said)

    def _is_there(self, offer: Offer) -> bool:
        """Whether nobody has changed the shape since it was offered."""
        return _current(self._session.annotation, offer.shape.id) is offer.shape

    # -- when it ends

    def _predicted(self, event: Predicted) -> None:
        if event.image_id == self._session.image_id:
            self._forget_seen()

    def _forget_seen(self, _model: object = None) -> None:
        """Another model proposes, or the same one has looked again."""
        self._seen = None

    def _tool_changed(self, tool: str) -> None:
        """What is known may be other than when the tool was last in force."""
        self._seen = None
        self._offer = None
        if tool == BY_MODEL:
            self._models.get_ready()
        else:
            self._questions.drop()

    def _drop(self) -> None:
        """Another image."""
        self._offer = self._seen = self._shapes = None
        self._taken_out.forget()

    def _forget_shapes(self) -> None:
        self._shapes = None

    def _say(self, text: str) -> None:
        if text:
            self._parts.window.status_line.say(text, key=HINT)
        else:
            self._parts.window.status_line.withdraw(HINT)

    def _changed(self) -> None:
        """What was said of an outline is over when that was undone, changed or taken out."""
        if self._offer is not None and not self._is_there(self._offer):
            self._say("")


def _current(annotation: Annotation | None, instance_id: str) -> Instance | None:
    """A shape as it is now; None when it is gone."""
    items = annotation.instances if annotation is not None else ()
    return next((item for item in items if item.id == instance_id), None)


def _holding(
    boxes: NDArray[np.float64], x: float, y: float, *, margin: float = 0.0
) -> NDArray[np.intp]:
    """Places of the boxes that hold a point; each grown by `margin` times its sides."""
    x0, y0, x1, y1 = boxes.T
    wide, high = margin * (x1 - x0), margin * (y1 - y0)
    across = (x0 - wide <= x) & (x <= x1 + wide)
    return np.flatnonzero(across & (y0 - high <= y) & (y <= y1 + high))


def _found(option: Option, image_id: int | None, model_id: str) -> Found:
    item = option.detection
    return Found(
        -1 if image_id is None else image_id, model_id, item.parts, item.class_index, item.score,
        item.named,
    )  # fmt: skip
