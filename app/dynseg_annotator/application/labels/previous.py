"""The shapes of the image before: where their objects have gone, or in the place that they had."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer

from dynseg.annotation import edits
from dynseg.annotation.document import Annotation, ImageState, Instance, new_ids
from dynseg.annotation.rejections import PROPOSING
from dynseg.errors import DynsegError
from dynseg.formats.incoming.doubles import ShapeIndex
from dynseg.inference.following.placing import (
    SAME_SHAPE_IOU,
    Meeting,
    follower,
    meetings,
    placed,
)
from dynseg.worker.follow_messages import Follow, Followed
from dynseg.worker.protocol import Failed
from dynseg.worker.wire import from_wire, to_wire
from dynseg_annotator.actions import shown_key
from dynseg_annotator.application.labels.editing import EditController, shapes_in_words
from dynseg_annotator.application.labels.questions import Questions
from dynseg_annotator.application.models.assist import LEFT_ALONE
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.view.navigation import EDGE
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.language import engine_text, mark, recorded, sentences, tr, tr_n
from dynseg_annotator.session.clipboard import copies

KEY = "previous"
FRAME = re.compile(r"(.+)-\d{6}\.[^.]+")
"""Names of frames that were taken out of a video."""
UNTOUCHED = (ImageState.UNLABELLED, ImageState.PRELABELLED)
WORKED_ON = (ImageState.IN_WORK, ImageState.REVIEWED)
HERE_ALREADY = mark("All shapes of the previous image are here already")
NO_SHAPES = mark("The previous image has no shapes")


Made = tuple[Instance, Instance]
"""A shape that followed, and the one that it is of."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """Shapes whose place the engine was asked for.

    Attributes:
        name: Name of the image before.
        originals: Its shapes.
        there: What was in the open image.
    """

    name: str
    originals: tuple[Instance, ...]
    there: tuple[Instance, ...]

    def met(self, found: Sequence[Meeting], made: Sequence[Made], now: Annotation) -> list[Meeting]:
        """How what was made lies over an image now, most of which the engine has said."""
        known = {(item.id, id(item.parts)): at for at, item in enumerate(self.there)}
        places: dict[int, int] = {}
        new: list[int] = []
        for place, item in enumerate(now.instances):
            number = known.get((item.id, id(item.parts)))
            if number is None:
                new.append(place)
            else:
                places[number] = place
        old = [(at, places[number], iou) for at, number, iou in found if number in places]
        if not new:
            return old
        beside = [now.instances[place].parts for place in new]
        more = meetings([item.parts for item, _ in made], beside)
        return old + [(at, new[number], iou) for at, number, iou in more]


class PreviousController(QObject):
    """Brings the shapes of the image before into the open one."""

    def __init__(
        self, parts: Parts, editing: EditController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._session = parts.context.session
        self._editing = editing
        self._questions = Questions[_Asked](parts, KEY, self, failed=self._not_followed)
        self._lost: list[Instance] = []
        self._offered = False
        parts.actions["copy-previous"].triggered.connect(lambda: self.copy())
        self._session.opened.connect(self._opened)
        self._session.closed.connect(self._forget)
        self._session.changed.connect(lambda *_: self._changed())
        self._context.classes_changed.connect(self._classes_changed)
        self._context.engine.followed.connect(self._show)

    def copy(self) -> None:
        """Put the shapes of the image before into the open one.

        Asked again, those whose objects were not found come where they were.
        """
        here = self._session.annotation
        if here is None or self._questions.waiting():
            return
        self._offered = True
        self._context.messages.withdraw(KEY)
        before = self._before(here)
        if before is None:
            return
        try:
            source = self._session.latest(before)
        except DynsegError as error:
            self._context.messages.show_error(error)
            return
        lost, self._lost = self._lost, []
        if not source.instances:
            self._say(tr(NO_SHAPES))
        elif lost:
            self._put_lost_in_place(lost)
        elif self._may_follow(source, here):
            self._ask(here, source)
        elif missing := _missing(source.instances, here):
            self._put_in_place(missing)
        else:
            self._say(tr(HERE_ALREADY))

    def _before(self, here: Annotation) -> int | None:
        """The image before the open one in the list; says so where there is none."""
        images = self._parts.images
        is_listed = images.index_of(here.image_id).isValid()
        before = images.neighbour(here.image_id, -1) if is_listed else None
        if before is None:
            text, hint = tr("There is no image before this one in the list."), ""
            if not is_listed:
                text = tr(
                    "The list is filtered and does not show this image, so none is before it."
                )
                hint = tr("Clear the filter, then press {key} again.",
                          key=shown_key(self._parts.actions["copy-previous"]))  # fmt: skip
            self._context.messages.show(Level.INFO, text, hint, key=EDGE)
        return before

    def _may_follow(self, source: Annotation, here: Annotation) -> bool:
        """Whether it is wished, and the images can be compared."""
        store = self._context.store
        return (
            bool(self._context.settings.get("copy_follows"))
            and store is not None
            and not store.read_only
            and here.state not in LEFT_ALONE  # nobody looks there for what is only proposed
            and (source.width, source.height) == (here.width, here.height)
        )

    def _ask(self, here: Annotation, source: Annotation) -> None:
        store = self._context.store
        assert store is not None
        row = self._parts.images.row_of(source.image_id)
        name = _name(row.rel) if row is not None else ""
        root, token = str(store.root), store.lock_token
        shapes, there = (
            [(item.class_id, to_wire(item.parts)) for item in image.instances]
            for image in (source, here)
        )
        self._questions.ask(
            lambda job: Follow(
                job=job, project=root, token=token, image_id=here.image_id,
                before_id=source.image_id, shapes=shapes, there=there,
            ),
            _Asked(name, source.instances, here.instances),
            tr("Looking where the shapes of {name} have gone …", name=name),
        )  # fmt: skip

    def _show(self, event: Followed) -> None:
        asked, here = self._questions.about(event.job), self._session.annotation
        if asked is None or here is None or self._is_settled(here):
            return
        self._say("")
        found = {*event.already, *(at for at, *_ in event.shapes)}
        lost = [item for at, item in enumerate(asked.originals) if at not in found]
        if not event.shapes and lost:
            self._put_all_in_place(asked, lost)
            return
        ids = new_ids(len(event.shapes))
        made = [
            (
                follower(asked.originals[at], from_wire(parts), likeness, own_id),
                asked.originals[at],
            )
            for (at, likeness, parts), own_id in zip(event.shapes, ids, strict=True)
        ]
        count = self._put(here, made, asked, event.meetings)
        if count or lost:
            self._tell(asked.name, count, len(lost))
        else:
            self._say(tr(HERE_ALREADY))
        self._lost = lost

    def _is_settled(self, here: Annotation) -> bool:
        """Whether the image was reviewed or skipped since it was asked for, said."""
        if here.state in LEFT_ALONE:
            self._say(tr(LEFT_ALONE[here.state]))
        return here.state in LEFT_ALONE

    def _put_all_in_place(self, asked: _Asked, lost: list[Instance]) -> None:
        """Nothing was found again."""
        if not self._put_lost_in_place(lost):
            return
        self._context.messages.show(
            Level.INFO,
            tr("Nothing of {name} was found again here: shapes lie where they were.",
               name=asked.name),
            tr("Move them, or take them back with {key}.",
               key=shown_key(self._parts.actions["undo"])),
            key=KEY,
        )  # fmt: skip

    def _put(
        self, here: Annotation, made: Sequence[Made], asked: _Asked, found: Sequence[Meeting]
    ) -> int:
        """Shapes without what is here, in one undo step; says how many."""
        locked = frozenset(self._context.visibility.locked_in(here))

        def choose(before: Annotation) -> tuple[list[Instance], set[str]]:
            return placed(before, made, asked.met(found, made, before), locked=locked)

        added, _ = chosen = choose(here)
        if not added:
            return 0

        def edit(before: Annotation) -> Annotation:
            """In the place of what a model proposes for the same objects.

            Behind an undo or a job that wrote the image, other shapes are there than were.
            """
            if before.state in LEFT_ALONE:
                return before
            fresh, gone = chosen if before is here else choose(before)
            return edits.add_many(fresh)(edits.remove(gone)(before)) if fresh else before

        text = recorded(f"Follow {shapes_in_words(len(added))} from the previous image")
        # What gives way was not rejected: nobody has looked at it.
        if self._session.apply(text, edit, f"{PROPOSING}following {added[0].id}"):
            self._session.selection.set(item.id for item in added)
        return len(added)

    def _tell(self, name: str, count: int, lost: int) -> None:
        followed = tr_n(
            "{n:,} shape followed from {name}", "{n:,} shapes followed from {name}", count,
            name=name,
        )  # fmt: skip
        if not lost:
            until = tr_n(
                "It is a proposal until you accept it",
                "They are proposals until you accept them",
                count,
            )
            self._say(sentences(followed, until))
            return
        if count:
            text = tr_n(
                "{followed}, {n:,} was lost.", "{followed}, {n:,} were lost.", lost,
                followed=followed,
            )  # fmt: skip
        else:
            text = tr_n(
                "{n:,} shape of {name} was lost, the others are here already.",
                "{n:,} shapes of {name} were lost, the others are here already.",
                lost,
                name=name,
            )
        hint = tr(
            "What is lost has left the image, is hidden or looks different. {key} again puts it "
            "where it was.",
            key=shown_key(self._parts.actions["copy-previous"]),
        )
        self._context.messages.show(Level.INFO, text, hint, key=KEY)

    def _put_lost_in_place(self, lost: Sequence[Instance]) -> bool:
        """Shapes that were not found, but for objects that have a shape here by now."""
        here = self._session.annotation
        left = _uncovered(lost, here) if here is not None else []
        if left:
            self._put_in_place(left)
        else:
            self._say(tr(HERE_ALREADY))
        return bool(left)

    def _put_in_place(self, originals: Sequence[Instance]) -> None:
        here = self._session.annotation
        if here is None:
            return
        made = self._editing.in_sight(copies(originals), here)
        text = recorded(f"Copy from the previous image {shapes_in_words(len(made))}")
        self._editing.add_copies(text, made)

    def _changed(self) -> None:
        """Undo takes the place of what was found back: then all is looked for anew."""
        if self._session.is_stepping:
            self._lost = []

    def _classes_changed(self) -> None:
        """Shapes of a class that is gone are looked for anew, as what they are now."""
        known = {label.id for label in self._context.classes.labels}
        self._lost = [item for item in self._lost if item.class_id in known]
        here, waiting = self._session.annotation, self._questions.waiting()
        if all(item.class_id in known for _, asked in waiting for item in asked.originals):
            return
        self._questions.drop()
        self._forget()
        if here is not None and self._context.store is not None:
            QTimer.singleShot(0, self, lambda: self._copy_into(here.image_id))

    def _copy_into(self, image_id: int) -> None:
        if self._session.image_id == image_id:
            self.copy()

    def _not_followed(self, asked: _Asked, event: Failed) -> None:
        here = self._session.annotation
        if here is None or self._is_settled(here):
            return
        if not self._put_lost_in_place(asked.originals):
            return
        self._context.messages.show(
            Level.WARN,
            tr("The shapes of {name} could not be followed, so they lie where they were.",
               name=asked.name),
            engine_text(event.message),
            details=self._context.engine.report,
            key=KEY,
        )  # fmt: skip

    def _opened(self, here: Annotation) -> None:
        """Another image is open; on the next frame of a labelled one say once what is possible."""
        self._forget()
        images, follows = self._parts.images, bool(self._context.settings.get("copy_follows"))
        if self._offered or not follows or here.state not in UNTOUCHED:
            return
        row = images.row_of(here.image_id)
        before_id = images.neighbour(here.image_id, -1)
        before = images.row_of(before_id) if before_id is not None else None
        if row is None or before is None or not before.instance_count:
            return
        store = self._context.store
        if (
            store is None
            or store.read_only
            or (row.width, row.height) != (before.width, before.height)
        ):
            return
        film, last = FRAME.fullmatch(row.rel), FRAME.fullmatch(before.rel)
        if film and last and film[1] == last[1] and before.state in WORKED_ON:
            self._offered = True
            self._context.messages.show(
                Level.INFO,
                tr("{key} brings the shapes of {name} to where their objects are in this frame.",
                   key=shown_key(self._parts.actions["copy-previous"]), name=_name(before.rel)),
                action=MessageAction(tr("Bring them"), self.copy),
                key=KEY,
            )  # fmt: skip

    def _forget(self) -> None:
        """What was said of another image."""
        self._lost = []
        self._context.messages.withdraw(KEY)

    def _say(self, text: str) -> None:
        self._parts.window.status_line.set_hint(text)


def _name(rel: str) -> str:
    return rel.rsplit("/", 1)[-1]


def _missing(instances: Sequence[Instance], here: Annotation) -> list[Instance]:
    """Those that are not in an image, to rounding."""
    return [instances[at] for at in ShapeIndex(here.instances).missing(instances)]


def _uncovered(instances: Sequence[Instance], here: Annotation) -> list[Instance]:
    """Those whose objects have no shape in an image: drawn since, or what a model proposes."""
    there = here.instances
    met = meetings([item.parts for item in instances], [item.parts for item in there])
    covered = {
        at
        for at, number, shared in met
        if instances[at].class_id == there[number].class_id or shared >= SAME_SHAPE_IOU
    }
    return [item for at, item in enumerate(instances) if at not in covered]
