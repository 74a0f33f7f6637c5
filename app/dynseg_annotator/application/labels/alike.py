"""More shapes like some of the open image: found by the engine, put there as proposals."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QObject, QTimer

from dynseg.annotation import edits
from dynseg.annotation.document import Annotation, Instance, Origin, new_ids
from dynseg.annotation.rejections import PROPOSING
from dynseg.worker.protocol import Alike, FindAlike
from dynseg.worker.wire import WireParts, from_wire, to_wire
from dynseg_annotator.actions import shown_key
from dynseg_annotator.application.labels.editing import EditController
from dynseg_annotator.application.labels.questions import Questions
from dynseg_annotator.application.models.assist import LEFT_ALONE, SLIDER_MS
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level
from dynseg_annotator.language import mark, recorded, tr, tr_n

KEY = "alike"
MOST_EXAMPLES = 60
"""More say hardly more, and each is sent to the engine."""
NO_EXAMPLES = mark(
    "Draw one or more objects of the current class first, or select some: {key} finds what looks "
    "like them"
)
NOTHING_ALIKE = mark("Nothing else here looks like them")
LESS_ALIKE = mark("Nothing else looks enough like them; a lower confidence shows what comes near")
ENOUGH = 3
MANY = mark("Are there many of these? {key} finds what looks like those that you drew")
LOOKING = mark("Looking for more like these …")


@dataclass(slots=True)
class Found:
    """What was found in the open image, for the slider and for the next search.

    Attributes:
        image_id: The image.
        shapes: What was found, also what is less sure than was asked for.
        shown: Ids of those that were put into the image, also by an earlier search.
        refused: Those that a person has taken out since.
    """

    image_id: int
    shapes: list[Instance] = field(default_factory=list)
    shown: set[str] = field(default_factory=set)
    refused: list[Instance] = field(default_factory=list)


class AlikeController(QObject):
    """Asks for what looks like shapes of the open image, and shows it as the slider says."""

    def __init__(
        self, parts: Parts, editing: EditController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._session = parts.context.session
        self._questions = Questions[int](parts, KEY, self)
        self._found = Found(-1)
        self._told = False
        self._confidence = float(self._context.settings.get("confidence"))
        self._slider = QTimer(self)
        self._slider.setSingleShot(True)
        self._slider.setInterval(SLIDER_MS)
        self._slider.timeout.connect(self._filter)
        parts.actions["find-alike"].triggered.connect(lambda: self.find())
        parts.assist_panel.confidence_moved.connect(self._confidence_moved)
        editing.shape_added.connect(self._shape_added)
        self._session.opened.connect(lambda _: self._drop())
        self._session.closed.connect(self._drop)
        self._session.changed.connect(self._changed)
        self._context.engine.alike.connect(self._show)

    def _shape_added(self, shape_id: str) -> None:
        """After some shapes of a class, say once that more of them can be found."""
        annotation = self._session.annotation
        if self._told or annotation is None:
            return
        drawn = {item.id: item for item in annotation.instances}.get(shape_id)
        if drawn is None:  # an undo is on its way, and the shape behind it
            return
        count = sum(
            item.is_human_work and item.class_id == drawn.class_id for item in annotation.instances
        )
        if count >= ENOUGH:
            self._told = True
            self._say(tr(MANY, key=shown_key(self._parts.actions["find-alike"])))

    def find(self) -> None:
        """Find what looks like the selected shapes, else like those of the current class."""
        store, annotation = self._context.store, self._session.annotation
        if store is None or annotation is None or self._questions.waiting():
            return
        if store.read_only:
            self._context.messages.refuse_read_only(
                tr("The project is open read-only, so nothing can be proposed.")
            )
            return
        if annotation.state in LEFT_ALONE:
            text = tr(LEFT_ALONE[annotation.state])
            hint = tr("Choose “Mark as not reviewed” in the Image menu first.")
            self._context.messages.show(Level.INFO, text, hint, key=KEY)
            return
        examples = self._examples(annotation)
        if not examples:
            self._say(tr(NO_EXAMPLES, key=shown_key(self._parts.actions["find-alike"])))
            return
        self._told = True
        root, token = str(store.root), store.lock_token
        wanted = [(item.class_id, to_wire(item.parts)) for item in examples]
        there = self._there(annotation, examples)
        refused = [(item.class_id, to_wire(item.parts)) for item in self._found.refused]
        simplify_px = float(self._context.settings.get("simplify_px"))
        self._questions.ask(
            lambda job: FindAlike(
                job=job, project=root, token=token, image_id=annotation.image_id,
                examples=wanted, there=there, refused=refused, simplify_px=simplify_px,
            ),
            annotation.image_id,
            tr(LOOKING),
        )  # fmt: skip

    def _examples(self, annotation: Annotation) -> list[Instance]:
        """The selected shapes; of one or none, what people vouch for of its or the current class.

        A shape that was just drawn is selected, and means the others as well.
        """
        chosen = set(self._session.selection.ids)
        found = [item for item in annotation.instances if item.id in chosen]
        if len(found) < 2:
            wanted = found[0].class_id if found else self._context.current_class
            found = [
                item
                for item in annotation.instances
                if item.id in chosen or (item.is_human_work and item.class_id == wanted)
            ]
        return found[-MOST_EXAMPLES:]

    def _there(self, annotation: Annotation, examples: list[Instance]) -> list[WireParts]:
        """Where nothing new is to be found; what was found before is looked for anew."""
        left_out = {item.id for item in examples} | self._untouched(annotation)
        beside = [item for item in annotation.instances if item.id not in left_out]
        return [to_wire(item.parts) for item in beside]

    def _untouched(self, annotation: Annotation) -> set[str]:
        """Ids of what was found here and that nobody has looked at."""
        return {
            item.id
            for item in annotation.instances
            if item.id in self._found.shown and not item.is_human_work
        }

    def _changed(self, before: Annotation, after: Annotation) -> None:
        """Keep in mind what a person takes out; undo takes back, which refuses nothing."""
        found = self._found
        if after.image_id != found.image_id:
            return
        there = {item.id for item in after.instances}
        found.refused = [item for item in found.refused if item.id not in there]
        if self._session.is_stepping:
            found.shown |= there & {item.id for item in found.shapes}
        else:
            gone = found.shown - there
            found.refused += [item for item in before.instances if item.id in gone]

    def _show(self, event: Alike) -> None:
        annotation = self._session.annotation
        if self._questions.about(event.job) is None or annotation is None:
            return
        if annotation.state in LEFT_ALONE:  # since it was asked
            self._say(tr(LEFT_ALONE[annotation.state]))
            return
        ids = new_ids(len(event.shapes))
        self._found.image_id = event.image_id
        self._found.shapes = [
            Instance(class_id, from_wire(parts), origin=Origin.MODEL, score=score, id=own_id)
            for (class_id, score, parts), own_id in zip(event.shapes, ids, strict=True)
        ]
        # Shapes without a model stay where they are when a model proposes: a person asked for them.
        count = self._put(annotation, recorded("Find more like these"), f"alike {event.job}")
        if count:
            self._say(
                tr_n(
                    "{n} like them found: if it is wrong, correct or delete it, then ask again",
                    "{n} like them found: correct or delete what is wrong, then ask again",
                    count,
                )
            )
        else:
            self._say(tr(LESS_ALIKE if event.shapes else NOTHING_ALIKE))

    def _put(self, annotation: Annotation, text: str, gesture: str) -> int:
        """Show what was found and is sure enough, and nothing else that was; says how many."""
        found = self._found
        known = {item.id: item for item in annotation.instances}
        refused = {item.id for item in found.refused}
        sure = [
            item
            for item in found.shapes
            if (item.score or 0.0) >= self._confidence and item.id not in refused
        ]
        wanted = {item.id for item in sure}
        gone = [at for at in self._untouched(annotation) if at not in wanted]
        fresh = [item for item in reversed(sure) if item.id not in known]  # the surest on top
        if not gone and not fresh:
            return len(wanted & known.keys())

        def edit(before: Annotation) -> Annotation:
            """Takes out what is not sure enough any more, and adds what is."""
            return edits.add_many(fresh)(edits.remove(gone)(before))

        found.shown = (found.shown - set(gone)) | wanted  # before it is heard of: nobody refused it
        self._session.apply(text, edit, gesture)
        return len(wanted)

    def _confidence_moved(self, value: float) -> None:
        self._confidence = value
        if self._found.shapes and not self._slider.isActive():
            self._slider.start()

    def _filter(self) -> None:
        annotation = self._session.annotation
        found = self._found
        if annotation is None or annotation.image_id != found.image_id:
            return
        if annotation.state not in LEFT_ALONE:
            shown = f"{self._confidence:.2f}"
            self._put(annotation, recorded(f"Confidence {shown}"), f"{PROPOSING}alike")

    def _drop(self) -> None:
        """Another image."""
        self._slider.stop()
        self._found = Found(-1)

    def _say(self, text: str) -> None:
        self._parts.window.status_line.set_hint(text)
