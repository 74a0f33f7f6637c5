"""The model on the open image: run it, and filter what it found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from dynseg.annotation.document import Annotation, ImageState
from dynseg.annotation.rejections import PROPOSING, UNASKED
from dynseg.errors import DynsegError
from dynseg.inference.settings import PredictSettings
from dynseg.worker.protocol import Cancelled, Failed, Finished, Predict, Predicted, Progressed
from dynseg_annotator.actions import shown_key
from dynseg_annotator.application.models.active import ModelController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.view.own_values import OwnValues
from dynseg_annotator.canvas.scene import Box
from dynseg_annotator.context import AppContext, Level, LiveModel
from dynseg_annotator.language import engine_text, mark, recorded, tr
from dynseg_annotator.panels.run_options import ROWS
from dynseg_annotator.session.candidates import GESTURE, Candidates, read_candidates

SLIDER_MS = 30
"""The slider moves faster than shapes can be drawn; between two looks the newest value counts."""
AHEAD = 2
"""Images on either side that get proposals before they are opened."""
UNTOUCHED = (ImageState.UNLABELLED, ImageState.PRELABELLED)
LOOK_INSIDE = "look-inside"
"""The tool that draws a box for the model to look into."""
ON_THE_WAY = mark("The model is looking at this image; its proposals appear by themselves.")
WORKING, OUTCOME = "working", "outcome"
"""Keys of what the line at the bottom says."""
ASKED = f"{PROPOSING}asked "
"""Gesture of a step that a person asked for begins like this."""
NOTHING_FOUND = mark("The model found nothing here that it is sure enough of")
NOTHING_NEW = mark("The model finds nothing new here")
REJECTED = mark("What else the model finds here was rejected; {key} takes that back")
LEFT_ALONE = {
    ImageState.REVIEWED: mark("This image is reviewed, so the model leaves it alone."),
    ImageState.SKIPPED: mark("This image is skipped, so the model leaves it alone."),
}
OPEN_MS = 150
"""An image that is only passed on the way is not sent to the model."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An image that the engine was asked to look at.

    Attributes:
        image_id: The image.
        gesture: Of the undo step that the proposals are.
        region: Where to look, image pixels; None for all of the image.
        quiet: Nobody asked: it is not on the screen yet, or has proposals of older weights.
    """

    image_id: int
    gesture: str
    region: Box | None
    quiet: bool


class AssistController(QObject):
    """Brings candidates into the document; the engine finds them, the store caches them."""

    looked = Signal(object)
    """The model has looked at all of the open image: its `Candidates`."""

    def __init__(
        self, parts: Parts, models: ModelController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._models = models
        self._panel = parts.assist_panel
        self._candidates: Candidates | None = None
        self._asked: dict[int, Asked] = {}
        self._region: Box | None = None
        self._seen_by: dict[int, tuple[str, str]] = {}
        self._held = False
        self._confidence = float(self._context.settings.get("confidence"))
        self._slider = QTimer(self)
        self._slider.setSingleShot(True)
        self._slider.setInterval(SLIDER_MS)
        self._slider.timeout.connect(self._filter)
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.setInterval(OPEN_MS)
        self._opening.timeout.connect(self._predict_opened)
        self._connect()
        self._show_settings()

    def _connect(self) -> None:
        context, panel = self._context, self._panel
        panel.confidence_moved.connect(self._confidence_moved)
        panel.confidence_set.connect(lambda value: context.settings.set("confidence", value))
        panel.detail_set.connect(self._detail_set)
        panel.predict_on_open_set.connect(lambda on: context.settings.set("predict_on_open", on))
        panel.image_run_requested.connect(self.run_image)
        panel.options.setting_asked.connect(context.settings.set)
        self._parts.canvas.box_drawn.connect(self._box_drawn)
        self._parts.actions["run-image"].triggered.connect(lambda: self.run_image())
        OwnValues(context, ("confidence",), "confidences", self)
        context.settings.changed.connect(self._show_settings)
        context.session.opened.connect(self._opened)
        context.project_closed.connect(self._drop)
        context.project_closed.connect(self._seen_by.clear)
        context.live_model_changed.connect(partial(_warm_up, context))
        context.engine.predicted.connect(self._predicted)
        context.engine.progressed.connect(self._progressed)
        context.engine.finished.connect(self._ended)
        context.engine.cancelled.connect(self._ended)
        context.engine.failed.connect(self._failed)

    @property
    def settings(self) -> PredictSettings:
        """How the model is run on the open image, as chosen now."""
        return msgspec.structs.replace(self._models.predict_settings(), region=self._region)

    def run_image(self, gesture: str = "") -> None:
        """Let the model look at the open image, or take what it has found before.

        Args:
            gesture: Of the undo step; empty for a step of its own.
        """
        self._region = None
        self._run(gesture)

    def propose_anew(self) -> bool:
        """Propose what was found on the open image once more, as its classes are other ones now.

        Returns:
            Whether the image has such proposals, and what the model found is kept.
        """
        annotation = self._context.session.annotation
        if annotation is None or annotation.state in LEFT_ALONE:
            return False
        proposers = _proposers(annotation)
        if not proposers or None in proposers:
            return False
        if not self._load(annotation.image_id, _proposer_of(annotation, self._candidates)):
            return False
        self._propose(recorded("Pre-label"), gesture=f"{PROPOSING}classes {annotation.revision}")
        return True

    def hold(self, held: bool) -> None:
        """Propose nothing by itself as long as it is not decided what a new project begins with."""
        self._held = held
        annotation = self._context.session.annotation
        if not held and annotation is not None:
            self._opened(annotation)

    def _box_drawn(self, tool: str, box: Box) -> None:
        if tool == LOOK_INSIDE:
            x0, y0, x1, y1 = map(round, box)
            self._region = (float(x0), float(y0), float(x1), float(y1))
            self._run()

    def _run(self, gesture: str = "") -> None:
        """Look at the open image, or at the region that was chosen in it."""
        context = self._context
        store, annotation = context.store, context.session.annotation
        if store is None or annotation is None:
            return
        if store.read_only:
            context.messages.refuse_read_only(
                tr("The project is open read-only, so nothing can be proposed.")
            )
            return
        if annotation.state in LEFT_ALONE:
            context.messages.show(
                Level.INFO,
                tr(LEFT_ALONE[annotation.state]),
                tr("Choose “Mark as not reviewed” in the Image menu first."),
                key="predict",
            )
            return
        gesture = gesture or f"{ASKED}{annotation.revision}"
        if self._load(annotation.image_id):
            self._propose(recorded("Pre-label"), gesture=gesture)
            return
        self._request(annotation.image_id, gesture=gesture)

    def _request(
        self, image_id: int, *, gesture: str = UNASKED, ahead: bool = False, again: bool = False
    ) -> None:
        """Let the engine look at an image.

        Args:
            image_id: The image.
            gesture: Of the undo step that the proposals are.
            ahead: It is not on the screen yet.
            again: It has proposals of older weights, and nobody asked for newer ones.
        """
        store = self._context.store
        region = None if ahead else self._region
        if store is None or (region is None and _waits(self._asked, image_id)):
            return
        project, token = str(store.root), store.lock_token
        settings = msgspec.structs.replace(self._models.predict_settings(), region=region)
        model, _ = self._models.proposing()
        job = self._context.engine.submit(
            lambda job: Predict(
                job=job,
                project=project,
                token=token,
                image_id=image_id,
                model=model,
                settings=settings,
            )
        )
        asked = self._asked[job] = Asked(image_id, gesture, region, quiet=ahead or again)
        if not asked.quiet:
            self._parts.window.status_line.say(tr("The model looks at the image …"), key=WORKING)
        self._say_waiting()

    def _predicted(self, event: Predicted) -> None:
        asked = self._asked.get(event.job)
        if asked is None:
            return  # of a project that was closed
        if asked.region is None:
            self._seen_by[event.image_id] = (event.model_id, event.settings_key)
        elif asked.region != self._region:
            return  # another box was drawn meanwhile
        annotation = self._context.session.annotation
        if annotation is None or event.image_id != annotation.image_id:
            return  # it is in the cache for the next time
        if annotation.state not in UNTOUCHED and asked.quiet:
            return  # nobody asked, and the person is at work: nothing moves under the hand
        self._candidates = None
        if self._load(event.image_id, event.model_id, event.settings_key, region=asked.region):
            self._propose(recorded("Pre-label"), gesture=asked.gesture)
            if asked.region is None:
                self.looked.emit(self._candidates)
        self._look_ahead(event.image_id)

    def _look_ahead(self, image_id: int) -> None:
        """While the person works on this image, the next ones get the newest proposals."""
        _, newest = self._models.proposing()
        if self._context.live_model is None:
            return
        for neighbour in self._parts.images.around(image_id, AHEAD):
            row = self._parts.images.row_of(neighbour)
            seen, _ = self._seen_by.get(neighbour, ("", ""))
            if row is not None and not row.damage and row.state in UNTOUCHED and seen != newest:
                self._request(neighbour, ahead=True)

    def _progressed(self, event: Progressed) -> None:
        """A large image, or a model that is used for the first time, takes a while: say how far."""
        asked = self._asked.get(event.job)
        if asked is not None and not asked.quiet and event.total:
            self._parts.window.status_line.say(
                tr(
                    "{stage}: {done} of {total} …",
                    stage=engine_text(event.stage),
                    done=event.done,
                    total=event.total,
                ),
                key=WORKING,
            )

    def _say_waiting(self) -> None:
        """Nobody is told to ask for what is on its way."""
        waits = _waits(self._asked, self._context.session.image_id)
        self._parts.instance_panel.set_waiting(tr(ON_THE_WAY) if waits else "")

    def _failed(self, event: Failed) -> None:
        asked = self._ended(event)
        if asked is not None and not asked.quiet:
            self._context.show_failed(event, key="predict", of_model=True)

    def _ended(self, event: Finished | Cancelled | Failed) -> Asked | None:
        """What the job was asked for, if it is one of these."""
        asked = self._asked.pop(event.job, None)
        if all(other.quiet for other in self._asked.values()):
            self._parts.window.status_line.withdraw(WORKING)
        self._say_waiting()
        return asked

    def _drop(self) -> None:
        """The project is closed: nobody waits for any of it."""
        left = list(self._asked)
        self._asked.clear()
        for job in left:
            self._context.engine.cancel(job)
        self._parts.window.status_line.withdraw(WORKING)

    def _load(
        self,
        image_id: int,
        model_id: str = "",
        settings_key: str = "",
        *,
        region: Box | None = None,
    ) -> bool:
        """Get the candidates of an image; whether there are any cached."""
        store = self._context.store
        model_id = model_id or self._models.proposing()[1]
        if not settings_key:
            card, region = self._models.matching.card(model_id), self._region
            settings_key = self.settings.key(card) if card is not None else ""
        held = self._candidates
        if held is not None and (held.image_id, held.model_id, held.settings_key) == (
            image_id,
            model_id,
            settings_key,
        ):
            return True
        if store is None or not model_id or not settings_key:
            return False
        try:
            self._candidates = read_candidates(
                store, image_id, model_id=model_id, settings_key=settings_key, region=region
            )
        except DynsegError as error:
            self._context.messages.show_error(error, key="predict")
            return False
        return self._candidates is not None

    def _propose(self, text: str, *, gesture: str) -> None:
        """Put the candidates above the threshold into the document."""
        candidates = self._candidates
        if candidates is None:
            return

        def go(mapping: dict[int, int | None]) -> None:
            session = self._context.session
            sure = self._confidence
            names = self._models.matching.usable_names(candidates.model_id)
            proposing = partial(candidates.proposing, sure, mapping, names)
            edit = proposing(partial(session.rejections, candidates.image_id))
            before = session.annotation
            waits = session.apply(text, edit, gesture) and session.annotation is before
            if gesture.startswith(ASKED) and not waits and _alike(before, session.annotation):
                # Whoever asked is told, rather than left to press the key again.
                why = NOTHING_NEW
                if all(found.score < sure for found in candidates.detections):
                    why = NOTHING_FOUND
                elif before is not None and not _alike(before, proposing(dict)(before)):
                    why = REJECTED
                said = tr(why, key=shown_key(self._parts.actions["undo"]))
                self._parts.window.status_line.say(said, key=OUTCOME)

        from dynseg.inference.drafts import needed_classes

        names = self._models.matching.usable_names(candidates.model_id)
        used = needed_classes(candidates.detections, self._confidence, names)
        self._models.matching.with_mapping(candidates.model_id, used, go)

    def _confidence_moved(self, value: float) -> None:
        self._confidence = value
        if not self._slider.isActive():
            self._slider.start()

    def _filter(self) -> None:
        """The slider has moved: filter what is cached."""
        annotation = self._context.session.annotation
        if annotation is None or annotation.state in LEFT_ALONE:
            return
        if self._region is None and None in _proposers(annotation):
            self._parts.window.status_line.set_hint(
                tr(
                    "These proposals were imported; {key} asks for those of the model instead",
                    key=shown_key(self._parts.actions["run-image"]),
                )
            )
        elif self._load(annotation.image_id, _proposer_of(annotation, self._candidates)):
            shown = f"{self._confidence:.2f}"
            self._propose(recorded(f"Confidence {shown}"), gesture=GESTURE)
        elif _proposers(annotation):
            self._parts.window.status_line.set_hint(
                tr(
                    "No proposals are kept for this image; {key} asks for them",
                    key=shown_key(self._parts.actions["run-image"]),
                )
            )

    def _detail_set(self, simplify_px: float) -> None:
        """Outlines of another detail need the model once more, if there are proposals of it."""
        self._context.settings.set("simplify_px", simplify_px)
        annotation = self._context.session.annotation
        proposers = set() if annotation is None else _proposers(annotation)
        if proposers and None not in proposers:
            self._candidates = None
            self.run_image(f"{PROPOSING}detail")

    def _opened(self, annotation: Annotation) -> None:
        self._context.messages.withdraw("predict")  # what was said was said of another image
        self._parts.window.status_line.withdraw(OUTCOME)
        self._say_waiting()
        self._candidates = None
        self._region = None
        self._opening.stop()
        if not self._wants_proposals(annotation):
            return
        seen = self._seen_by.get(annotation.image_id)
        if seen is not None and self._load(annotation.image_id, *seen):
            # At once, what was found ahead of time; newer weights may follow.
            self._propose(recorded("Pre-label"), gesture=UNASKED)
        # Nobody passes the first image of a project on the way to another one.
        self._opening.start(OPEN_MS if self._asked or self._seen_by else 0)

    def _wants_proposals(self, annotation: Annotation) -> bool:
        """Whether the model should look at an image that was opened, although nobody asked."""
        if self._held or not self._context.settings.get("predict_on_open"):
            return False
        store = self._context.store
        if store is None or store.read_only:  # said when the project opened, not for every image
            return False
        if annotation.state is ImageState.UNLABELLED:
            return True
        if annotation.state is not ImageState.PRELABELLED:
            return False
        newest, proposers = self._models.proposing()[1], _proposers(annotation)
        if None in proposers:
            return False  # of another program: nobody asked for others in their place
        if self._context.live_model is None:
            return proposers == {newest} and self._models.names_by_likeness
        return self._seen_by.get(annotation.image_id, ("", ""))[0] != newest

    def _predict_opened(self) -> None:
        annotation = self._context.session.annotation
        if annotation is None or annotation.state not in UNTOUCHED:
            return
        self._candidates = None
        if self._models.names_by_likeness:  # the engine compares again
            self._request(annotation.image_id, again=bool(annotation.instances))
        elif self._context.live_model is None:
            self.run_image(UNASKED)
        elif self._load(annotation.image_id):
            self._propose(recorded("Pre-label"), gesture=UNASKED)
            self._look_ahead(annotation.image_id)
        else:
            self._request(annotation.image_id, again=bool(annotation.instances))

    @Slot(str, object)
    def _show_settings(self, _key: str = "", _value: object = None) -> None:
        settings = self._context.settings
        self._confidence = float(settings.get("confidence"))
        self._panel.set_confidence(self._confidence)
        self._panel.set_detail(float(settings.get("simplify_px")))
        self._panel.set_predict_on_open(bool(settings.get("predict_on_open")))
        for key in ROWS:
            self._panel.options.show_setting(key, settings.get(key))


def _warm_up(context: AppContext, live: LiveModel | None) -> None:
    """The engine loads newer weights now rather than when an image waits for them."""
    store = context.store
    if live is not None and store is not None:
        device = str(context.settings.get("device"))
        context.engine.load_model(str(live.path), device=device, project=str(store.root))


def _waits(asked: Mapping[int, Asked], image_id: int | None) -> bool:
    """Whether an answer about an image is on its way."""
    return any(job.image_id == image_id for job in asked.values())


def _alike(before: Annotation | None, after: Annotation | None) -> bool:
    """Whether both have the same shapes."""
    return before is not None and after is not None and before.instances == after.instances


def _proposers(annotation: Annotation) -> set[str | None]:
    """The models of the proposals that newer ones would replace; None for imported ones."""
    return {
        item.model_id
        for item in annotation.instances
        if not (item.is_human_work or item.is_copied_proposal)
    }


def _proposer_of(annotation: Annotation, held: Candidates | None) -> str:
    """The model that the open image's proposals are of; a newer one may have come meanwhile."""
    for item in annotation.instances:
        if not item.is_human_work and item.model_id:
            return item.model_id
    return held.model_id if held is not None and held.image_id == annotation.image_id else ""
