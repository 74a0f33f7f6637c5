"""Click-to-segment: the engine is asked what a person points at, until the outline fits.

MobileSAM answers where its weights are, which are fetched when that is asked for; until then the
model in use does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Lock
from typing import TypeVar

from PySide6.QtCore import QObject

from dynseg.errors import DynsegError
from dynseg.geometry.part import Part
from dynseg.inference.prompt import Prompt
from dynseg.progress import CancelToken, Progress
from dynseg.worker.point_messages import Point, Pointed, Refine, Refined
from dynseg.worker.protocol import (
    Click,
    Progressed,
    Request,
)
from dynseg.worker.wire import from_wire
from dynseg_annotator.application.labels.questions import Questions
from dynseg_annotator.application.models.active import ModelController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.language import engine_text, mark, tr

T = TypeVar("T")

TOOL = "click-object"
KEY = "click"
NOT_FOUND = mark("Nothing stands out there; click elsewhere on the object, or drag a box around it")


class ClickController(QObject):
    """Turns prompts of the canvas into shapes that it shows until they are kept."""

    def __init__(
        self, parts: Parts, models: ModelController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._models = models
        self._context = parts.context
        self._questions = Questions[Prompt](parts, KEY, self)
        self._fetching: CancelToken | None = None
        self._one_at_a_time = Lock()
        parts.canvas.object_asked.connect(self._ask)
        parts.canvas.tool_changed.connect(self._tool_changed)
        # A window that closes waits for what runs behind it: never for a whole download.
        self._context.project_closed.connect(self.stop)
        engine = parts.context.engine
        engine.refined.connect(self._found)
        engine.pointed.connect(self._pointed)
        engine.progressed.connect(self._progressed)

    @property
    def weights(self) -> Path:
        """Where the weights have to be."""
        from dynseg.model import fetch  # late: it brings the network's modules

        return fetch.downloads_folder() / fetch.CLICK_WEIGHTS

    def _tool_changed(self, tool: str) -> None:
        """Say at once, not after the first click, what could be fetched."""
        if tool == TOOL and not self.weights.is_file():
            self._offer()
            self._models.get_ready()
        elif tool != TOOL and self._fetching is None:
            self._context.messages.withdraw(KEY)

    def _ask(self, prompt: Prompt) -> None:
        store, image_id = self._context.store, self._context.session.image_id
        if store is None or image_id is None:
            return
        self._questions.drop()
        ask = partial(self._request, prompt, str(store.root), store.lock_token, image_id)
        self._questions.ask(ask, prompt, tr("Looking there …"))

    def _request(
        self, prompt: Prompt, project: str, token: str, image_id: int, job: int
    ) -> Request:
        """What is asked of MobileSAM, else of the model in use: about the last click or the box."""
        if self.weights.is_file():
            return Click(
                job, project, token, image_id, str(self.weights), list(prompt.inside),
                list(prompt.outside), prompt.box,
            )  # fmt: skip
        model, settings = self._models.proposing()[0], self._models.predict_settings()
        if prompt.inside:
            x, y = prompt.inside[-1]
            return Point(job, project, token, image_id, x, y, model, settings)
        box = prompt.box or (0.0, 0.0, 0.0, 0.0)  # one or the other is there
        return Refine(job, project, token, image_id, box, model=model, settings=settings)

    def _found(self, event: Refined) -> None:
        prompt = self._questions.about(event.job)
        if prompt is not None:
            self._show(prompt, from_wire(event.parts))

    def _pointed(self, event: Pointed) -> None:
        """The likeliest outline that goes around all clicks on the object and none beside it."""
        from dynseg.geometry.polygon import contains

        prompt = self._questions.about(event.job)
        if prompt is None:
            return
        for parts in (from_wire(item.parts) for item in event.outlines):
            inside = all(contains(parts, *at) for at in prompt.inside)
            if inside and not any(contains(parts, *at) for at in prompt.outside):
                self._show(prompt, parts)
                return
        self._show(prompt, ())

    def _show(self, prompt: Prompt, parts: tuple[Part, ...]) -> None:
        self._parts.canvas.show_object(prompt, parts)
        kept = mark("Enter keeps the shape, another click changes it")
        self._hint(tr(kept if parts else NOT_FOUND))

    def _progressed(self, event: Progressed) -> None:
        if self._questions.about(event.job) is not None:
            stage = engine_text(event.stage)
            self._hint(tr("{stage}: takes seconds, once an image …", stage=stage))

    # -- weights

    def _offer(self) -> None:
        """Say who answers, and what could, where that comes from; fetch it when asked to."""
        if self._fetching is not None:
            return
        from dynseg.model import fetch

        size = fetch.CLICK_RELEASE.size_bytes / 1e6
        self._context.messages.show(
            Level.INFO,
            tr(
                "The model in use answers your clicks. MobileSAM ({size:.0f} MB, {licence}) knows "
                "more kinds of objects, but is not on this computer. Nothing was fetched.",
                size=size,
                licence=fetch.CLICK_LICENCE,
            ),
            tr(
                "It comes from {address}. Without a network put the file at {place}.",
                address=fetch.address_of(fetch.CLICK_WEIGHTS),
                place=self.weights,
            ),
            MessageAction(tr("Fetch it"), self.fetch),
            key=KEY,
        )

    def fetch(self) -> None:
        """Fetch the weights, or go on with them."""
        if self._fetching is not None:
            return
        from dynseg.model import fetch

        cancel = self._fetching = CancelToken()
        folder = fetch.downloads_folder()

        def work(report: Callable[[Progress], None]) -> Path:
            # One that was stopped may still wait for the network, and would write to the same file.
            with self._one_at_a_time:
                cancel.check()
                return fetch.fetch(fetch.CLICK_WEIGHTS, folder, report=report, cancel=cancel)

        def if_awaited(tell: Callable[[T], None]) -> Callable[[T], None]:
            return lambda answer: tell(answer) if self._fetching is cancel else None

        self._context.background.run_reporting(
            work,
            done=if_awaited(self._fetched),
            failed=if_awaited(self._not_fetched),
            progressed=if_awaited(self._show_fetching),
        )

    def stop(self) -> None:
        """Stop fetching; what has come is kept for the next time."""
        if self._fetching is not None:
            self._fetching.cancel()
            self._fetching = None
            self._context.messages.withdraw(KEY)

    def _show_fetching(self, progress: Progress) -> None:
        share = progress.done / progress.total if progress.total else 0.0
        self._context.messages.show(
            Level.INFO,
            tr("Fetching MobileSAM: {share:.0%} is here.", share=share),
            action=MessageAction(tr("Stop"), self.stop),
            key=KEY,
        )

    def _fetched(self, _path: Path) -> None:
        self._fetching = None
        self._context.messages.show(
            Level.OK, tr("MobileSAM is here."), tr("Click on an object to outline it."), key=KEY
        )

    def _not_fetched(self, error: DynsegError) -> None:
        self._fetching = None
        self._context.messages.show_error(
            error, action=MessageAction(tr("Try again"), self.fetch), key=KEY
        )

    def _hint(self, text: str) -> None:
        self._parts.window.status_line.set_hint(text)
