"""A two-minute tour: every step points at a real control and waits until the person has used it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QToolBar, QWidget

from dynseg.annotation.document import Annotation, ImageState
from dynseg_annotator.actions import shown_key
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.projects.current import ProjectController, sample_folder
from dynseg_annotator.application.view.navigation import NavigationController
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.language import mark, tr
from dynseg_annotator.panels.tour_card import TourCard

OFFER = "tour"
"""Key of the message that offers the tour."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step.

    Attributes:
        title: A few words.
        text: What to do, and what it is good for.
        target: Name of the control, see `TourController._control`.
        awaits: Name of the deed that ends it, empty for the button alone.
        dock: A dock to bring into sight first.
    """

    title: str
    text: str
    target: str
    awaits: str = ""
    dock: str = ""


STEPS = (
    Step(
        mark("Proposals of the model"),
        mark(
            "Dashed outlines are what the model found in this photo, each with its class and how "
            "sure it is. Click on one to select it. (None yet? They come in a moment, or press "
            "{run_image}.)"
        ),
        "canvas",
        "selected",
    ),
    Step(
        mark("How sure must it be?"),
        mark(
            "Move this slider: proposals below the confidence go and come back at once. The model "
            "does not run again for it."
        ),
        "confidence",
        "filtered",
        "assist",
    ),
    Step(
        mark("Correct it"),
        mark(
            "Drag a point of a selected outline, or drag anywhere on an edge to add one. "
            "{reject} rejects a proposal that is wrong. What you change is yours: no run touches "
            "it again."
        ),
        "canvas",
        "edited",
    ),
    Step(
        mark("Take it back"),
        mark("Press {undo} or this button. Undo knows every change of this image, also tomorrow."),
        "undo",
        "undone",
    ),
    Step(
        mark("Draw what is missing"),
        mark(
            "Press {polygon}, or this button, click around an object and close with Enter. "
            "Nothing missing? Then skip this step."
        ),
        "draw-polygon",
        "drawn",
    ),
    Step(
        mark("Accept and go on"),
        mark(
            "When the image is right, press {accept}: it counts as reviewed, and the next one "
            "opens with proposals."
        ),
        "accept-image",
        "accepted",
    ),
    Step(
        mark("Let it do the rest"),
        mark(
            "This button pre-labels all images without labels while you go on working; one step "
            "takes it all back."
        ),
        "run-batch",
        "batch",
        "assist",
    ),
    Step(
        mark("It learns from you"),
        mark(
            "While you review, a model learns in the background and proposes on the images that "
            "you open. Train makes a lasting model of the reviewed images, whenever you like."
        ),
        "train",
        "",
        "training",
    ),
    Step(
        mark("Take the labels with you"),
        mark(
            "File, Export ({export}) writes a data set for YOLO and other programs. "
            "{keys} lists all keys, {palette} finds every command. {open} opens a folder of your "
            "own."
        ),
        "menu",
    ),
)


KEYS = {
    "run_image": "run-image",
    "reject": "reject-object",
    "undo": "undo",
    "polygon": "draw-polygon",
    "accept": "accept-image",
    "export": "export",
    "keys": "shortcuts",
    "palette": "command-palette",
    "open": "open-folder",
}
"""Actions by the names that the texts of the steps have for their keys."""


class TourController(QObject):
    """Leads through the sample; can be left at any time, and everything stays usable."""

    def __init__(
        self,
        parts: Parts,
        projects: ProjectController,
        navigation: NavigationController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._projects = projects
        self._navigation = navigation
        self._card: TourCard | None = None
        self._at = 0
        self._asked = False
        projects.opened.connect(self._project_opened)
        context = parts.context
        context.project_closed.connect(self.leave)
        context.session.selection.changed.connect(self._selected)
        context.session.changed.connect(self._changed)
        parts.assist_panel.confidence_moved.connect(lambda _: self._done("filtered"))
        parts.assist_panel.batch_run_requested.connect(lambda _: self._done("batch"))
        for action_id, deed in (
            ("undo", "undone"),
            ("accept-image", "accepted"),
            ("run-batch", "batch"),
            ("reject-object", "edited"),
            ("delete", "edited"),
        ):
            parts.actions[action_id].triggered.connect(lambda _=False, deed=deed: self._done(deed))

    @property
    def step(self) -> Step | None:
        """The step that is shown, None outside the tour."""
        return STEPS[self._at] if self._card is not None else None

    def start(self) -> None:
        """Open the sample, then begin."""
        self.leave()
        self._parts.context.messages.withdraw(OFFER)
        self._asked = True
        self._projects.open_sample(fresh=True)

    def leave(self) -> None:
        """End the tour; what was done in it stays."""
        card, self._card = self._card, None
        if card is not None:
            card.end()
            card.deleteLater()
            self._parts.canvas.setFocus()

    def go_on(self) -> None:
        """Show the next step, or end."""
        if self._at + 1 < len(STEPS):
            self._show(self._at + 1)
        else:
            self.leave()

    def _project_opened(self, _image_id: object) -> None:
        asked, self._asked = self._asked, False
        if not asked or not self._in_sample():
            self._offer()
            return
        rows = self._parts.images.all_rows()
        waiting = next((row.id for row in rows if row.state is ImageState.UNLABELLED), None)
        if waiting is not None:
            self._navigation.open(waiting)
        self._card = TourCard(self._parts.window)
        self._card.next_requested.connect(self.go_on)
        self._card.leave_requested.connect(self.leave)
        self._show(0)

    def _in_sample(self) -> bool:
        """Whether the project is a copy of the sample; a fresh one has a number behind its name."""
        store, sample = self._parts.context.store, sample_folder()
        return (
            store is not None
            and store.root.parent == sample.parent
            and store.root.name.partition("-")[0] == sample.name
        )

    def _offer(self) -> None:
        """Whoever opens the sample alone is shown the way."""
        if self._in_sample():
            self._parts.context.messages.show(
                Level.INFO,
                tr("This is the sample: a copy, so try anything."),
                action=MessageAction(tr("Take the two-minute tour"), self.start),
                key=OFFER,
            )

    def _show(self, at: int) -> None:
        if self._card is None:
            return
        self._at = at
        step = STEPS[at]
        if step.dock:
            self._parts.window.reveal(step.dock)
        last = at + 1 == len(STEPS)
        self._card.show_step(
            tr(step.title),
            tr(step.text, **self._keys()),
            tr("{step} of {steps}", step=at + 1, steps=len(STEPS)),
            target=self._control(step.target),
            button=tr("Done") if last else tr("Skip") if step.awaits else tr("Next"),
            main=not step.awaits,
        )

    def _keys(self) -> dict[str, str]:
        """The keys that the texts name, as they are now."""
        return {name: shown_key(self._parts.actions[of]) for name, of in KEYS.items()}

    def _control(self, name: str) -> QWidget | None:
        """The control that a step points at."""
        parts = self._parts
        known: dict[str, QWidget] = {
            "canvas": parts.canvas,
            "confidence": parts.assist_panel.confidence,
            "run-batch": parts.assist_panel.run_batch,
            "train": parts.training_panel.train,
            "menu": parts.window.menuBar(),
        }
        if name in known:
            return known[name]
        bar = parts.window.findChild(QToolBar, "tools")
        button = bar.widgetForAction(parts.actions[name]) if bar is not None else None
        # In a narrow window the last buttons are behind the one at the end of the bar.
        return button if button is not None and button.isVisible() else bar

    def _done(self, deed: str) -> None:
        step = self.step
        if step is not None and step.awaits == deed:
            self.go_on()

    def _selected(self, ids: list[str]) -> None:
        if ids:
            self._done("selected")

    def _changed(self, before: Annotation, after: Annotation) -> None:
        if self._card is None or before.image_id != after.image_id:
            return
        known = {item.id: item for item in before.instances}
        human = [item for item in after.instances if item.is_human_work]
        if any(item.id not in known for item in human):
            self._done("drawn")
        corrected = any(item.id in known and known[item.id] is not item for item in human)
        if corrected:
            self._done("edited")
