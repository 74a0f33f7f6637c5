"""What is done with all images that are selected in the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMessageBox

from dynseg.annotation.classes import ClassLabel
from dynseg.errors import DynsegError
from dynseg.project.records import ImageRow, Split
from dynseg.project.store import Store
from dynseg.review.many import Changed
from dynseg.review.marking import Foreseen, Mark, foresee, mark_many, proposals_on
from dynseg_annotator.actions.selected_table import PLACES, SPLITS
from dynseg_annotator.actions.spec import plain
from dynseg_annotator.application.labels.many import ManyController, stays, through
from dynseg_annotator.application.labels.nameless import NamelessController
from dynseg_annotator.application.models.batch import BatchController
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.dialogs.layout import open_question
from dynseg_annotator.language import mark, sentences, tr, tr_n

T = TypeVar("T")

MARKS: dict[str, Mark] = {
    "selected-review": "reviewed",
    "selected-skip": "skipped",
    "selected-reopen": "open",
}
STAGE = mark("Marking images")
KEY = "selected-images"


class SelectedController(QObject):
    """Marks, pre-labels and divides; each is one step that is taken back as a whole."""

    _divided = Signal(object, object, object)

    def __init__(
        self,
        parts: Parts,
        many: ManyController,
        batch: BatchController,
        nameless: NamelessController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._many = many
        self._batch = batch
        self._nameless = nameless
        self._divided.connect(self._show_divided)
        parts.image_panel.view.selected_changed.connect(parts.assist_panel.scope.set_selected)
        for action_id, wanted in MARKS.items():
            parts.actions[action_id].triggered.connect(
                lambda _=False, wanted=wanted: self.mark(wanted)
            )
        for action_id, split in SPLITS.items():
            parts.actions[action_id].triggered.connect(
                lambda _=False, split=split: self.divide(split)
            )
        parts.actions["selected-prelabel"].triggered.connect(lambda: self.prelabel())

    def mark(self, wanted: Mark) -> None:
        """Mark the selected images; asks first where models would learn what nobody said."""
        if not self._many.may_begin():
            return
        label = self._nameless.label() if wanted == "reviewed" else None

        def work(rows: list[ImageRow], store: Store) -> tuple[Foreseen, list[str]]:
            found = foresee(rows, wanted)
            if wanted != "reviewed" or not found.ids:
                return found, []
            return found, doubts(found, proposals_on(store, found.ids), label)

        def done(answer: tuple[Foreseen, list[str]]) -> None:
            found, doubtful = answer
            if not found.ids:
                self._say_nothing(wanted, found.unseen)
            elif doubtful:
                self._ask(found, doubtful)
            else:
                self._begin(found.ids, wanted, found.unseen)

        self._look_up(work, done)

    def divide(self, split: Split) -> None:
        """Give the selected images a place in the split."""
        writer, store = self._context.writer, self._context.store
        if not self._many.may_begin() or writer is None or store is None:
            return

        def work(rows: list[ImageRow], _: Store) -> list[int]:
            return [row.id for row in rows if row.split != split]

        def done(moved: list[int]) -> None:
            if not moved:
                hint = tr("The selected images have that place in the split already")
                self._parts.window.status_line.set_hint(hint)
                return

            def bring(future: Future[str]) -> None:
                self._divided.emit(
                    store, future.exception() or future.result(), (split, len(moved))
                )

            writer.submit(lambda own: own.divide(moved, split)).add_done_callback(bring)

        self._look_up(work, done)

    def prelabel(self) -> None:
        """Let the model propose on the selected images."""
        if self._batch.is_running:
            self._context.messages.say_running()
        elif self._parts.assist_panel.run_batch.isEnabled():
            self._batch.run("all", self._parts.image_panel.selected_ids())
        else:
            reason = self._parts.assist_panel.run_batch.toolTip()
            self._context.messages.show(Level.INFO, reason, key=KEY)

    def _look_up(
        self, work: Callable[[list[ImageRow], Store], T], done: Callable[[T], None]
    ) -> None:
        """Find something out about the selected images, beside the window's thread.

        As the project has them, with what was drawn a moment ago: the list may be behind.
        """
        store, writer = self._context.store, self._context.writer
        selected = self._parts.image_panel.selected_ids()
        if store is None or writer is None:
            return

        def found() -> T:
            through(writer)(lambda _: None)
            chosen = frozenset(selected)
            return work([row for row in store.images() if row.id in chosen], store)

        def tell(answer: T) -> None:
            if self._context.store is store:
                done(answer)

        self._context.background.run(found, done=tell, failed=self._context.messages.show_error)

    def _begin(self, image_ids: tuple[int, ...], wanted: Mark, unseen: int) -> None:
        self._many.run(
            partial(mark_many, image_ids=image_ids, mark=wanted),
            tr(STAGE),
            partial(told, wanted=wanted, unseen=unseen),
        )

    def _ask(self, found: Foreseen, doubtful: list[str]) -> None:
        """Nobody has seen these images: what models learn from them is to be said on purpose."""
        box = QMessageBox(self._parts.window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setTextFormat(Qt.TextFormat.PlainText)  # a class may be called anything
        count, others = len(found.ids), len(found.ids) - len(found.empty)
        text = tr_n("Mark {n:,} image as reviewed?", "Mark {n:,} images as reviewed?", count)
        box.setText(text)
        box.setInformativeText("\n\n".join(doubtful))
        verb = tr_n("Mark {n:,} image", "Mark {n:,} images", count)
        if found.empty:
            verb = tr_n("Mark {n:,} image, also as empty", "Mark {n:,} images, also as empty",
                        count)  # fmt: skip
        every = box.addButton(verb, QMessageBox.ButtonRole.AcceptRole)
        every.clicked.connect(lambda: self._begin(found.ids, "reviewed", found.unseen))
        if others and found.empty:
            some = box.addButton(
                tr_n("Only the {n:,} with shapes", "Only the {n:,} with shapes", others),
                QMessageBox.ButtonRole.AcceptRole,
            )
            some.clicked.connect(lambda: self._begin(found.with_shapes, "reviewed", found.unseen))
            box.setDefaultButton(some)
        box.addButton(QMessageBox.StandardButton.Cancel)
        box.finished.connect(box.deleteLater)
        self._context.project_closed.connect(box.reject)
        open_question(box)

    def _say_nothing(self, wanted: Mark, unseen: int) -> None:
        said = {
            "reviewed": tr("The selected images are reviewed already"),
            "skipped": tr("The selected images are skipped already"),
            "open": tr("None of the selected images is reviewed or skipped"),
        }[wanted]
        if unseen:
            self._context.messages.show(
                Level.INFO, tr("Nothing was changed."), cannot_be_seen(unseen), key=KEY
            )
        else:
            self._parts.window.status_line.set_hint(said)

    def _show_divided(self, store: Store, outcome: object, told: tuple[Split, int]) -> None:
        if self._context.store is not store:
            return
        if isinstance(outcome, DynsegError):
            self._context.messages.show_error(outcome, key=KEY)
        elif isinstance(outcome, BaseException):
            raise outcome
        elif isinstance(outcome, str):
            self._context.rows_outdated.emit()
            back = MessageAction(tr("Take it back"), lambda: self._batch.undo(outcome))
            self._context.messages.show(Level.OK, *divided(*told), back, key="batch")


def doubts(found: Foreseen, proposals: Mapping[int, int], nameless: ClassLabel | None) -> list[str]:
    """What models would learn from images that nobody has looked at, in sentences.

    Args:
        found: The images.
        proposals: How many proposals on them have which class, by its id.
        nameless: The class that stands for anything, where there is one.
    """
    said = []
    if found.empty:
        said.append(
            tr_n(
                "{n:,} of them has no shapes: models learn that there is nothing on it.",
                "{n:,} of them have no shapes: models learn that there is nothing on them.",
                len(found.empty),
            )
        )
    if found.skipped:
        said.append(
            tr_n(
                "{n:,} of them was skipped until now: models learn from it too.",
                "{n:,} of them were skipped until now: models learn from them too.",
                found.skipped,
            )
        )
    accepted = sum(proposals.values())
    if accepted:
        said.append(
            tr_n(
                "{n:,} proposal that nobody has looked at is accepted as it is: models learn it.",
                "{n:,} proposals that nobody has looked at are accepted as they are: models learn "
                "them.",
                accepted,
            )
        )
    if nameless is not None and proposals.get(nameless.id):
        said.append(
            tr_n(
                "{n:,} shape is called “{name}”, which is not one of your classes, and models "
                "learn that name: choose another first (Assist, Classes…).",
                "{n:,} shapes are called “{name}”, which is not one of your classes, and models "
                "learn that name: choose another first (Assist, Classes…).",
                proposals[nameless.id],
                name=nameless.name,
            )
        )
    return said


def divided(split: Split, count: int) -> tuple[str, str]:
    """What became of images in the split: a message and its hint."""
    if not split:
        text = tr_n(
            "{n:,} image has no place in the split now.",
            "{n:,} images have no place in the split now.",
            count,
        )
        return text, tr("The next training or export gives them one.")
    text = tr_n(
        "{n:,} image belongs to “{split}” now.",
        "{n:,} images belong to “{split}” now.",
        count,
        split=plain(tr(PLACES[split])),
    )
    return text, tr("It counts from the next training or export on.")


def told(done: Changed, *, wanted: Mark, unseen: int) -> tuple[str, str]:
    """What was marked, and what stays: a message and its hint."""
    text = {
        "reviewed": tr_n("{n:,} image is reviewed now.", "{n:,} images are reviewed now.",
                         done.images),
        "skipped": tr_n("{n:,} image is skipped now.", "{n:,} images are skipped now.",
                        done.images),
        "open": tr_n("{n:,} image is back to work.", "{n:,} images are back to work.",
                     done.images),
    }[wanted]  # fmt: skip
    said = [text if done.images else tr("Nothing was changed.")]
    if done.stopped:
        said.append(tr("Stopped before the rest."))
    return sentences(*said), sentences(cannot_be_seen(unseen), stays(done))


def cannot_be_seen(count: int) -> str:
    """Why images are not reviewed, as a hint; empty when there are none."""
    if not count:
        return ""
    return tr_n(
        "{n:,} image stays as it is: its file cannot be shown, or is not the one that was "
        "labelled.",
        "{n:,} images stay as they are: their files cannot be shown, or are not those that were "
        "labelled.",
        count,
    )
