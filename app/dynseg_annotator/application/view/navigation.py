"""From image to image, and from object to object within one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from PySide6.QtCore import QObject, QTimer, Signal

from dynseg.annotation.document import Annotation, Instance
from dynseg.errors import DynsegError
from dynseg.geometry.boxes import boxes_of
from dynseg_annotator.actions import shown_key
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.view.trail import Trail
from dynseg_annotator.canvas.staging import Staged, Staging
from dynseg_annotator.canvas.view import ViewTransform
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.itemmodels.image_arrangement import ImageOrder
from dynseg_annotator.language import engine_text, tr
from dynseg_annotator.session.loader import Loaded

QUEUES = (ImageOrder.SUGGESTED, ImageOrder.UNCERTAINTY, ImageOrder.DISAGREEMENT)
"""Orders in which the image above the open one need not be the one that was open before."""
PREFETCH = 3
FAR = 10
"""Images of a long step, as CVAT has it."""
MAX_PASSED = 100
"""Images whose labels cannot be read that one step goes past; a disk that is gone has no others."""
ALL_DONE = "end-of-list"
"""Key of the message that nothing of the list is left to review."""
EDGE = "edge-of-list"
"""Key of messages that there is no image before or after the open one."""
UNFINISHED = "unfinished-shape"
"""Key of the message about an outline that is open."""
NOTE = "image-note"
"""Key of the message about how the open image is shown."""


class NavigationController(QObject):
    """Opens images: the labels at once, the pixels as soon as they are decoded.

    Attributes:
        zooms: Whether going to an object fills the view with it, as review does.
        damage: Why the open image cannot be shown, a clause; empty when it is shown, or will be.
    """

    shown = Signal(int)
    """Id of the image whose pixels are on the canvas now."""
    frames_wanted = Signal(object)
    """`Path` of a file whose further frames the user wants as images."""
    all_reviewed = Signal()
    """There was no further image to review."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._canvas = parts.canvas
        self.zooms = False
        self.damage = ""
        self._went_to: ViewTransform | None = None
        self._on_canvas: int | None = None
        self._trail = Trail()
        self._is_anew = False
        """The list was arranged since the open image was opened: its first is next in a queue."""
        self._told: set[str] = set()
        self._painted = QTimer(self, singleShot=True, interval=0)
        self._painted.timeout.connect(self._prefetch)
        actions = parts.actions
        for action_id, step, unreviewed in (
            ("next-image", 1, False),
            ("previous-image", -1, False),
            ("next-far", FAR, False),
            ("previous-far", -FAR, False),
            ("next-unreviewed", 1, True),
            ("previous-unreviewed", -1, True),
        ):
            actions[action_id].triggered.connect(
                lambda _=False, step=step, unreviewed=unreviewed: self.step(
                    step, unreviewed=unreviewed
                )
            )
        actions["next-object"].triggered.connect(lambda: self.step_object(1))
        actions["previous-object"].triggered.connect(lambda: self.step_object(-1))
        parts.images.arranged.connect(self._list_arranged)
        parts.image_panel.image_requested.connect(self._open_requested)
        parts.instance_panel.instance_activated.connect(self.bring_into_sight)
        self._context.loader.loaded.connect(self._show_pixels)
        self._context.project_closed.connect(self._told.clear)
        self._context.project_closed.connect(self._trail.forget)

    def may_leave(self) -> bool:
        """Whether nothing is lost by another image; says what to do with an outline that is open.

        The keys that go on lie beside those that draw: a slip must not cost an outline.
        """
        if not self._canvas.is_drawing:
            return True
        self._context.messages.show(
            Level.INFO,
            tr("A shape is being drawn, so this image stays open."),
            tr("Finish it first, or press Esc to give it up."),
            key=UNFINISHED,
        )
        return False

    def _open_requested(self, image_id: int) -> None:
        if not self.go(image_id):
            # Once the list has done with the click, or it would select that row after all.
            QTimer.singleShot(0, self, self._mark_open)

    def go(self, image_id: int) -> bool:
        """Show an image that a list asks for, unless that costs an outline; whether it is open."""
        return self.may_leave() and self.open(image_id)

    def _mark_open(self) -> None:
        self._parts.image_panel.set_open(self._context.session.image_id)

    def open(self, image_id: int | None) -> bool:
        """Show an image of the project; None shows an empty canvas.

        Returns:
            Whether it is open now. One whose labels cannot be read is told, and the image that was
            open stays.
        """
        context = self._context
        store = context.store
        if store is None:
            return False
        if image_id is None:
            self._show_none()
            return True
        row = self._parts.images.row_of(image_id)
        if row is None or image_id == context.session.image_id:
            return row is not None
        before = self.damage, self._on_canvas
        try:
            path = store.image_path(image_id)
            ready = context.loader.request(image_id, path, self._staging())
            context.visibility.forget_instances()
            self.damage = ""
            self._on_canvas = None
            context.session.open(image_id)
        except DynsegError as error:
            self.damage, self._on_canvas = before
            context.messages.show_error(error, key="image")
            if self._on_canvas != context.session.image_id:
                self.show_again()  # its pixels were still on their way
            return False
        context.messages.withdraw(EDGE)  # it was said of another image
        self._is_anew = False
        self._parts.image_panel.set_open(image_id)
        if ready is not None:
            self._show_pixels(ready)
        else:
            self._canvas.set_image(None)
            self._canvas.set_placeholder(row.rel, tr("Loading …"))
        return True

    def step(self, step: int, *, unreviewed: bool = False) -> None:
        """Go to a neighbour in the list as it is shown."""
        if not self.may_leave():
            return
        if not unreviewed and self._step_on_trail(step):
            return
        passed, before = 0, self._context.session.image_id
        for image_id in islice(self._neighbours(step, unreviewed=unreviewed), MAX_PASSED):
            if self.open(image_id):
                if step == 1 and before is not None:
                    self._trail.went_on(before, image_id)
                return
            passed += 1
        if unreviewed and passed:
            return  # what keeps them from being reviewed was told
        if unreviewed:
            text = tr("Every image of the list is reviewed.")
        elif step > 0:
            text = tr("This is the last image of the list.")
        else:
            text = tr("This is the first image of the list.")
        self._context.messages.show(Level.INFO, text, key=ALL_DONE if unreviewed else EDGE)
        if unreviewed:
            self.all_reviewed.emit()

    def _step_on_trail(self, step: int) -> bool:
        """In a queue go back to where one came from, and from there on again; whether it is so."""
        if self._parts.images.order not in QUEUES or abs(step) != 1:
            return False
        image_id = self._trail.beside(self._context.session.image_id, step)
        if image_id is None or not self.open(image_id):
            return False
        self._trail.moved(step)
        return True

    def _neighbours(self, step: int, *, unreviewed: bool) -> Iterator[int]:
        """The images after (1) or before (-1) the open one, the nearest first."""
        images, here = self._parts.images, self._context.session.image_id
        if unreviewed and step > 0 and self._is_anew and images.order in QUEUES:
            yield from self._first_waiting(besides=here)
        image_id = images.neighbour(here, step, waiting=unreviewed)
        while image_id is not None:
            yield image_id
            image_id = images.neighbour(image_id, step, waiting=unreviewed)
        if unreviewed:  # again from the other end: work left behind counts as well
            image_id = images.neighbour(None, step, waiting=True)
            while image_id is not None:
                yield image_id
                image_id = images.neighbour(image_id, step, waiting=True)

    def _first_waiting(self, *, besides: int | None) -> Iterator[int]:
        """The first of a queue that was ordered anew, without those that were gone past."""
        images = self._parts.images
        image_id = images.neighbour(None, 1, waiting=True)
        while image_id is not None:
            if image_id != besides and image_id not in self._trail:
                yield image_id
            image_id = images.neighbour(image_id, 1, waiting=True)

    def _list_arranged(self) -> None:
        self._is_anew = True

    def step_object(self, step: int) -> None:
        """Select the next object and bring it into sight, the least certain proposals first."""
        annotation = self._context.session.annotation
        if annotation is None or not annotation.instances:
            return
        ordered = by_certainty(annotation, hidden=self._context.visibility.hidden_in(annotation))
        if not ordered:
            return
        ids = [item.id for item in ordered]
        last = self._context.session.selection.last
        at = ids.index(last) + step if last in ids else (0 if step > 0 else -1)
        chosen = ids[at % len(ids)]
        self._context.session.selection.set([chosen])
        self.show_object(chosen)

    def show_object(self, instance_id: str) -> None:
        """Zoom to one object."""
        item = self._instance(instance_id)
        if item is not None:
            self._canvas.camera.show_box(item.bounds)
            self._went_to = self._canvas.camera.view

    def step_back(self) -> None:
        """Show the whole image again if the view still stands where an object was gone to."""
        if self._canvas.camera.view == self._went_to:
            self._canvas.camera.fit()

    def go_to(self, instance_id: str) -> None:
        """Select one object and show it."""
        self._context.session.selection.set([instance_id])
        if self.zooms:
            self.show_object(instance_id)
        else:
            self.bring_into_sight(instance_id)

    def bring_into_sight(self, instance_id: str) -> None:
        """Zoom to one object only if less than half of it is shown, unless it fills the view."""
        item = self._instance(instance_id)
        if item is None:
            return
        camera = self._canvas.camera
        x0, y0 = camera.view.to_view(item.bounds[0], item.bounds[1])
        x1, y1 = camera.view.to_view(item.bounds[2], item.bounds[3])
        width, height = camera.view_size
        shown = max(min(x1, width) - max(x0, 0), 0) * max(min(y1, height) - max(y0, 0), 0)
        if shown < min((x1 - x0) * (y1 - y0), width * height) / 2:
            camera.show_box(item.bounds)

    def _instance(self, instance_id: str) -> Instance | None:
        annotation = self._context.session.annotation
        try:
            return None if annotation is None else annotation.instance(instance_id)
        except KeyError:
            return None

    def _adds_frames(self, loaded: Loaded) -> MessageAction | None:
        """Offers the further pages of a TIFF as images."""
        from dynseg.images.decode import is_first_of_several
        from dynseg.images.frames import TIFF_SUFFIXES

        store = self._context.store
        path = store.image_path(loaded.image_id) if store is not None else None
        if path is None or path.suffix.lower() not in TIFF_SUFFIXES:
            return None
        if not is_first_of_several(loaded.note):
            return None
        return MessageAction(tr("Add its pages…"), lambda: self.frames_wanted.emit(path))

    def _tell(self, name: str, loaded: Loaded) -> None:
        """Say how an image is shown; what holds for a whole folder lies over its images once."""
        action = self._adds_frames(loaded)
        if action is None and loaded.note in self._told:
            self._context.messages.withdraw(NOTE)
            return
        # That most of a stack is missing stays to be read, the first time.
        level = Level.WARN if action is not None and loaded.note not in self._told else Level.INFO
        self._told.add(loaded.note)
        text = tr("{name}: {note}.", name=name, note=engine_text(loaded.note))
        self._context.messages.show(level, text, "", action, key=NOTE)

    def _show_pixels(self, loaded: Loaded) -> None:
        if loaded.image_id != self._context.session.image_id:
            return
        row = self._parts.images.row_of(loaded.image_id)
        name = row.rel if row else ""
        self.damage = loaded.note if loaded.image is None else ""
        staged = loaded.staged if isinstance(loaded.staged, Staged) else None
        keeps = self._keeps_view or self._on_canvas == loaded.image_id  # a file that was replaced
        self._canvas.set_image(loaded.image, size=loaded.size, keep_view=keeps, staged=staged)
        self._on_canvas = loaded.image_id
        messages = self._context.messages
        if loaded.image is None:
            self._canvas.set_placeholder(
                tr("{name} cannot be shown", name=name),
                tr(
                    "The file {damage}. It stays in the project; replace the file and press {key}.",
                    damage=engine_text(loaded.note),
                    key=shown_key(self._parts.actions["rescan"]),
                ),
            )
            self._parts.instance_panel.set_hint(
                tr("The image cannot be shown, so there is nothing to draw on.")
            )
        elif loaded.note:
            self._tell(name, loaded)
        else:
            messages.withdraw(NOTE)
        # Only when it is painted: what is waited for has both cores to itself.
        self._painted.start()
        self.shown.emit(loaded.image_id)

    def show_again(self) -> None:
        """Decode the open image anew: its file has changed."""
        store, image_id = self._context.store, self._context.session.image_id
        if store is None or image_id is None:
            return
        path = store.image_path(image_id)
        staging = self._canvas.staging(keep_view=True)
        ready = self._context.loader.request(image_id, path, staging)
        if ready is not None:
            self._show_pixels(ready)

    def _show_none(self) -> None:
        self._context.session.close()
        self._parts.image_panel.set_open(None)
        self._canvas.set_image(None)
        self._canvas.set_placeholder(
            tr("No image is open"), tr("Choose one in the list at the left.")
        )

    def _prefetch(self) -> None:
        store, image_id = self._context.store, self._context.session.image_id
        if store is None or image_id is None:
            return
        wishes = []
        for neighbour in self._parts.images.around(image_id, PREFETCH):
            row = self._parts.images.row_of(neighbour)
            if row is not None and not row.damage:
                wishes.append((neighbour, store.images_root / row.rel))
        self._context.loader.prefetch(wishes, self._staging())

    @property
    def _keeps_view(self) -> bool:
        """Whether an image is looked at where the last one was."""
        return bool(self._context.settings.get("keep_zoom"))

    def _staging(self) -> Staging:
        return self._canvas.staging(keep_view=self._keeps_view)


def by_certainty(annotation: Annotation, *, hidden: list[str]) -> list[Instance]:
    """Instances in the order of review: untouched proposals, least certain first, then the rest."""
    gone = set(hidden)
    shown = [item for item in annotation.instances if item.id not in gone]
    boxes = boxes_of([item.parts for item in shown]).tolist()
    keys = [
        (item.is_human_work, item.score if item.score is not None else 1.0, top, left)
        for item, (left, top, _, _) in zip(shown, boxes, strict=True)
    ]
    return [shown[at] for at in sorted(range(len(shown)), key=keys.__getitem__)]
