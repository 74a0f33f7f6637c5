"""What the parts of the window share: the open project, the document, the engine, the messages.

`AppContext` is made once by `dynseg_annotator.application` and given to every panel and dialog. It
holds references and tells who is interested when they change; it does no work of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from dynseg.annotation.classes import ClassTable
from dynseg.errors import (
    DynsegError,
    ProjectAwayError,
    ProjectClosedError,
    ProjectLostError,
    ReadOnlyError,
)
from dynseg_annotator.language import engine_text, sentences, tr

if TYPE_CHECKING:
    from dynseg.model.card import ModelCard
    from dynseg.model.registry import ModelRegistry
    from dynseg.project.store import Store
    from dynseg.project.writer import Writer
    from dynseg.worker.protocol import Failed
    from dynseg_annotator.jobs.background import Background
    from dynseg_annotator.jobs.engine import EngineClient
    from dynseg_annotator.jobs.files import FileClient
    from dynseg_annotator.jobs.live import LiveClient
    from dynseg_annotator.jobs.training import TrainingWatcher
    from dynseg_annotator.session.document import DocumentSession
    from dynseg_annotator.session.loader import ImageLoader
    from dynseg_annotator.session.visibility import Visibility
    from dynseg_annotator.settings import Settings


class Level(StrEnum):
    """How urgent a message is; decides its colour and whether it goes away by itself."""

    INFO = "info"
    OK = "ok"
    WARN = "warn"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class MessageAction:
    """A button on a message.

    Attributes:
        text: What the button says.
        run: Called when it is pressed; the message goes away.
    """

    text: str
    run: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Message:
    """One line for the user in the message bar.

    Attributes:
        level: How urgent it is.
        text: What happened and what it means for the labels, one sentence.
        hint: What to do next, one sentence; empty when there is nothing to do.
        action: A button, or None.
        details: Text for "copy details"; empty when there is none.
        key: A later message of the same key replaces this one; empty for none.
    """

    level: Level
    text: str
    hint: str = ""
    action: MessageAction | None = None
    details: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class LiveModel:
    """Weights that are being learned while the person labels, checked and on the disk.

    Attributes:
        path: The model file.
        card: Its card.
    """

    path: Path
    card: ModelCard


UNSAVED = "save"
"""Key of what is said about edits that are only in memory."""
READ_ONLY = "read-only"
"""Key of the message that says why nothing can be changed, and of each refusal after it."""


class Messages(QObject):
    """The one channel to the user for everything that is not a question."""

    shown = Signal(object)
    """`Message`"""
    withdrawn = Signal(str)
    """The key of a message that no longer holds."""
    offers_withdrawn = Signal()
    """Messages with a button no longer hold."""
    dismissed = Signal(str)
    """The key of a message that the user closed without pressing its button."""

    reopens: MessageAction | None = None
    """Tries to open the project again that is open read-only."""
    rescues: MessageAction | None = None
    """Saves a copy of a project whose folder is gone."""
    returns: MessageAction | None = None
    """Goes on with a project whose drive was away."""
    chooses: MessageAction | None = None
    """Offers the models that can pre-label instead of one that does not run."""

    def show(
        self,
        level: Level | str,
        text: str,
        hint: str = "",
        action: MessageAction | None = None,
        *,
        details: str = "",
        key: str = "",
    ) -> None:
        """Show one message; see `Message` for the fields."""
        self.shown.emit(Message(Level(level), text, hint, action, details, key))

    def show_error(
        self, error: DynsegError, *, action: MessageAction | None = None, key: str = ""
    ) -> None:
        """Show an expected failure, in the user's language where the engine said it.

        That a project was closed while something read it is no news to who closed it.
        """
        if isinstance(error, ProjectClosedError):
            return
        text, hint = engine_text(error.message), engine_text(error.hint)
        if isinstance(error, ReadOnlyError) and action is None:
            self.refuse_read_only(text, hint)
            return
        if isinstance(error, ProjectLostError | ProjectAwayError) and action is None:
            action = self.rescues if isinstance(error, ProjectLostError) else self.returns
            key = key or UNSAVED
        self.show(Level.ERROR, text, hint, action, key=key)

    def refuse_read_only(self, text: str, hint: str = "") -> None:
        """Say why a project that is open read-only does not do it; one such message at a time.

        Args:
            text: What is refused, a sentence in the user's language.
            hint: What to do; to close the other program when empty.
        """
        hint = hint or tr("Close it in the other program and open it again.")
        self.show(Level.WARN, text, hint, self.reopens, key=READ_ONLY)

    def say_running(self) -> None:
        """Say why something does not begin a second time."""
        self.show(
            Level.INFO,
            tr("That is going on already, so it was not begun again."),
            tr("The status line says how far it is and can stop it."),
            key="running",
        )

    def withdraw(self, key: str) -> None:
        """Take back the message with this key, if it is still there."""
        self.withdrawn.emit(key)


class AppContext(QObject):
    """References that panels and dialogs share.

    Attributes:
        settings: What the user chose.
        messages: The message bar.
        background: Runs functions off the window's thread.
        engine: The engine worker.
        files: The file worker: imports, exports and other jobs without a model.
        training: Watches the training run, if there is one.
        live: The live learner, a process of its own.
        session: The document of the open image.
        loader: Decodes images.
        visibility: Which instances and classes are hidden or locked.
        store, writer, registry: Of the open project; None while no project is open.
        classes: Of the open project, in its order.
        active_model: Card of the model that pre-labels, None when there is none.
        live_model: What has been learned since; proposes instead of the active model.
        current_class: Id of the class that a new shape gets, None when there is no class.
        batch_running: Whether a batch can be stopped.
    """

    project_opened = Signal()
    project_closed = Signal()
    classes_changed = Signal(object)
    """`ClassTable`"""
    active_model_changed = Signal(object)
    """`ModelCard | None`"""
    live_model_changed = Signal(object)
    """`LiveModel | None`"""
    current_class_changed = Signal(object)
    """`int | None`"""
    rows_outdated = Signal()
    """A job may have written any image: the list reads its rows again."""
    labels_written = Signal(list)
    """Ids of images whose labels a job has written; the lists show their new rows already."""
    images_changed = Signal(list)
    """Ids of images whose stored row was changed by a job; an empty list means any of them."""

    def __init__(
        self,
        *,
        settings: Settings,
        messages: Messages,
        background: Background,
        engine: EngineClient,
        files: FileClient,
        training: TrainingWatcher,
        live: LiveClient,
        session: DocumentSession,
        loader: ImageLoader,
        visibility: Visibility,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.settings = settings
        self.messages = messages
        self.background = background
        self.engine = engine
        self.files = files
        self.training = training
        self.live = live
        self.session = session
        self.loader = loader
        self.visibility = visibility
        self.store: Store | None = None
        self.writer: Writer | None = None
        self.registry: ModelRegistry | None = None
        self.classes = ClassTable()
        self.active_model: ModelCard | None = None
        self.live_model: LiveModel | None = None
        self.current_class: int | None = None
        self.batch_running = False
        self.gpus = 0

    def set_project(
        self, store: Store, *, writer: Writer, registry: ModelRegistry, classes: ClassTable
    ) -> None:
        """Make an opened project the one that everything works on."""
        self.store = store
        self.writer = writer
        self.registry = registry
        self.set_classes(classes)
        self.project_opened.emit()

    def clear_project(self) -> None:
        """Forget the project; its store and writer are closed by the caller."""
        self.store = None
        self.writer = None
        self.registry = None
        self.set_classes(ClassTable())
        self.set_active_model(None)
        # "Take it back" would take something back in the project that is opened next.
        self.messages.offers_withdrawn.emit()
        self.project_closed.emit()

    def set_classes(self, table: ClassTable) -> None:
        """Replace the class table; the current class stays when it still exists."""
        self.classes = table
        ids = [label.id for label in table.labels]
        if self.current_class not in ids:
            self.set_current_class(ids[0] if ids else None)
        self.classes_changed.emit(table)

    def set_current_class(self, class_id: int | None) -> None:
        """Choose the class that new shapes get."""
        if class_id != self.current_class:
            self.current_class = class_id
            self.current_class_changed.emit(class_id)

    def set_active_model(self, card: ModelCard | None) -> None:
        """Say which model pre-labels."""
        self.active_model = card
        self.active_model_changed.emit(card)

    def set_live_model(self, model: LiveModel | None) -> None:
        """Say which weights propose instead of the active model, None for none."""
        if model != self.live_model:
            self.live_model = model
            self.live_model_changed.emit(model)

    def show_failed(
        self,
        event: Failed,
        action: MessageAction | None = None,
        further: str = "",
        *,
        key: str,
        of_model: bool = False,
    ) -> None:
        """Say that a job of the engine has failed, with what the engine wrote last.

        Args:
            event: What became of the job.
            action: What can be done about it.
            further: Said behind the hint.
            key: See `Messages.show`.
            of_model: Whether the model that pre-labels was asked: another one is offered where its
                file is the reason and there is no `action`.
        """
        message, hint = engine_text(event.message), sentences(engine_text(event.hint), further)
        if action is None and of_model and event.kind == "model":
            action = self.messages.chooses
        self.messages.show(Level.ERROR, message, hint, action, details=self.engine.report, key=key)


def unsaved_advice(context: AppContext) -> tuple[str, MessageAction]:
    """What helps where edits cannot be saved, and the button that does it."""
    store, rescue, returns = context.store, context.messages.rescues, context.messages.returns
    if store is not None and store.is_away and returns is not None:
        return tr("Connect the drive again, then retry: what was saved is safe there."), returns
    if store is not None and store.is_nameless and rescue is not None:
        return tr("Save a copy elsewhere, or put the folder back and save again."), rescue
    return (
        tr("Free some disk space, then retry."),
        MessageAction(tr("Retry"), context.session.retry),
    )
