"""Says when the model misses objects, since they are small or very many, and how it finds more."""

from __future__ import annotations

import json
from functools import partial

from PySide6.QtCore import QObject

from dynseg.errors import DynsegError
from dynseg.geometry.tiling import SEEN_PX, small_side
from dynseg.project.writer import Writer
from dynseg_annotator.application.models.assist import AssistController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.language import tr
from dynseg_annotator.session.candidates import Candidates
from dynseg_annotator.settings.table import setting

NOTICED = 0.25
"""Objects that the model is this sure of tell how large objects are."""
KEY = "closer-look"
MANY_KEY = "most-objects"
HELD = "looks"
"""Setting of a project: what was taken up in it, as JSON."""
MORE = 10_000
"""So many objects are kept on demand."""


class CloserLook(QObject):
    """Offers once a project what finds more, before anybody draws that by hand.

    What is taken up holds for this project: tiles that find cells find a thousand bright windows
    in the photograph of a street, and take a minute for it.

    Tiles where objects are small, unless a model has learned from close-ups and looks in tiles by
    itself; more objects an image where the model found more than are kept.
    """

    def __init__(
        self, parts: Parts, assist: AssistController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context = parts.context
        self._assist = assist
        self._told = self._told_many = False
        assist.looked.connect(self._looked)
        assist.looked.connect(self._count)
        self._context.project_opened.connect(self._begin)
        self._context.project_closed.connect(self._forget)

    def _begin(self) -> None:
        """Look as this project is looked at, unless the user chose otherwise for all of them."""
        for key, value in self._held().items():
            row = setting(key)
            if row.accepts(value) and self._context.settings.get(key) == row.default:
                self._context.settings.lend(key, value)

    def _held(self) -> dict[str, object]:
        """What was taken up in this project, by the key of its setting."""
        store = self._context.store
        try:
            held = json.loads((store.setting(HELD) if store else None) or "{}")
        except ValueError:
            held = {}
        known = held if isinstance(held, dict) else {}
        return {key: known[key] for key in ("tiles", "max_detections") if key in known}

    def _hold(self, key: str, value: object) -> None:
        writer, held = self._context.writer, self._held() | {key: value}
        self._context.settings.lend(key, value)
        if writer is not None:
            saved = writer.submit(lambda store: store.save_setting(HELD, json.dumps(held)))
            self._context.background.run(saved.result, failed=partial(self._unsaved, writer))
        self._assist.run_image()

    def _unsaved(self, writer: Writer, error: DynsegError) -> None:
        """It holds until the project is closed, and the next start does not know of it."""
        if self._context.writer is writer:
            self._context.messages.show_error(error, key=KEY)

    def _forget(self) -> None:
        self._context.settings.take_back()
        self._told = self._told_many = False
        self._context.messages.withdraw(KEY)
        self._context.messages.withdraw(MANY_KEY)

    def _looked(self, found: Candidates) -> None:
        context = self._context
        live, card = context.live_model, context.active_model
        card = live.card if live is not None else card
        annotation = context.session.annotation
        if self._told or card is None or annotation is None or card.close_up > 1:
            return
        if context.settings.get("tiles") != "model":
            return
        input_px = int(context.settings.get("image_size")) or card.image_size
        sides = [
            max(seen.box[2] - seen.box[0], seen.box[3] - seen.box[1])
            for seen in found.detections
            if seen.score >= NOTICED
        ]
        small_px = small_side(sides)
        if not 0 < small_px * input_px / max(annotation.width, annotation.height) < SEEN_PX:
            return
        self._told = True
        context.messages.show(
            Level.WARN,  # it stays: who comes back from a first run has not seen it
            tr("The objects here are small for the model, so it may miss many of them."),
            tr("It finds more when it looks at parts of the images, which takes longer."),
            MessageAction(tr("Look closer"), self._look),
            key=KEY,
        )

    def _look(self) -> None:
        """In tiles where objects are small, from now on; the open image first."""
        self._hold("tiles", "auto")

    def _count(self, found: Candidates) -> None:
        """Whether objects that are sure enough were left out because there are so many."""
        settings = self._context.settings
        most, confidence = int(settings.get("max_detections")), float(settings.get("confidence"))
        sure = sum(seen.score >= confidence for seen in found.detections)
        if self._told_many or sure < most or most >= MORE:
            return
        self._told_many = True
        self._context.messages.show(
            Level.WARN,
            tr("The model found more objects here than are kept: the surest {n:,}.", n=most),
            "",
            MessageAction(tr("Keep up to {n:,}", n=MORE), self._keep),
            key=MANY_KEY,
        )

    def _keep(self) -> None:
        """More objects an image, from now on; the open image first."""
        self._hold("max_detections", MORE)
