"""The list of models in the window: names, deletion, comparison, files for other programs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from dynseg.errors import DynsegError
from dynseg.model.card import ModelCard
from dynseg.model.registry import ModelRegistry
from dynseg.progress import Progress
from dynseg_annotator.application.models.active import ModelController
from dynseg_annotator.application.models.intake import ModelIntake
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level
from dynseg_annotator.dialogs.models_dialog import ModelRow, ModelsDialog
from dynseg_annotator.jobs.model_command import ModelCommand
from dynseg_annotator.language import engine_text, sentences, tr, tr_n

SUFFIXES = {
    "pt": ".pt",
    "onnx": ".onnx",
    "openvino": "_openvino_model",
    "torchscript": ".torchscript",
    "tensorrt": ".engine",
}


class ModelLibrary(QObject):
    """Behind the dialog *Models*.

    Args:
        parts: The window.
        models: Promotes and goes back.
        intake: Takes models in.
    """

    def __init__(
        self,
        parts: Parts,
        models: ModelController,
        intake: ModelIntake,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._models = models
        self._dialog: ModelsDialog | None = None
        self._intake = intake
        self._line = parts.window.status_line
        self.command = ModelCommand(self)
        self.command.done.connect(self._command_done)
        self.command.failed.connect(self._command_failed)
        self._running: Literal["compare", "convert"] = "compare"
        parts.actions["manage-models"].triggered.connect(lambda: self.show())
        intake.arrived.connect(self._arrived)
        self._context.active_model_changed.connect(lambda _: self.refresh())
        self._context.project_closed.connect(self.close)

    def show(self) -> None:
        """Open the list of models beside the work."""
        store = self._context.store
        if store is None:
            return
        if self._dialog is None:
            self._dialog = dialog = ModelsDialog(
                read_only=store.read_only, parent=self._parts.window
            )
            dialog.use_asked.connect(self._models.promote)
            dialog.go_back_asked.connect(lambda: self._models.roll_back(failed=self._say))
            dialog.rename_asked.connect(self.rename)
            dialog.compare_asked.connect(self.compare)
            dialog.export_asked.connect(self.ask_export)
            dialog.delete_asked.connect(self.delete)
            dialog.restore_asked.connect(self.restore)
            dialog.discard_asked.connect(self.discard)
            dialog.add_asked.connect(lambda: self._intake.ask_file(dialog))
            dialog.fetch_asked.connect(self._intake.ask_published)
            dialog.stop_asked.connect(self._stop_command)
        self._dialog.show()
        self._dialog.raise_()
        self.refresh()

    def refresh(self) -> None:
        """Read the list again, beside the window's thread."""
        registry = self._context.registry
        if registry is None or self._dialog is None:
            return

        def done(rows: list[ModelRow]) -> None:
            if self._dialog is not None and self._context.registry is registry:
                self._dialog.show_models(rows)

        self._context.background.run(
            lambda: rows_of(registry), done=done, failed=self._say, newest_of=self
        )

    def rename(self, name: str, wanted: str) -> None:
        """Give a model another name."""
        store = self._context.store
        if store is None:
            return
        project = store.layout

        def work() -> ModelCard:
            from dynseg.training.launch import rename_model

            return rename_model(project, name, wanted)

        def done(card: ModelCard) -> None:
            self._tell(tr("{old} is called {new} now.", old=name, new=card.name))
            self._models.refresh()
            self.refresh()

        self._context.background.run(work, done=done, failed=self._say)

    def delete(self, name: str) -> None:
        """Put a model away; it stays in the list, to be restored."""
        self._change(
            lambda registry: registry.delete(name),
            tr("{name} is deleted; Restore undoes it.", name=name),
        )

    def restore(self, name: str) -> None:
        """Bring a deleted model back."""
        self._change(lambda registry: registry.restore(name), tr("{name} is back.", name=name))

    def discard(self, name: str) -> None:
        """Remove a deleted model for ever."""
        self._change(
            lambda registry: registry.discard(name), tr("{name} is gone for ever.", name=name)
        )

    def _change(self, change: Callable[[ModelRegistry], Any], said: str) -> None:
        registry = self._context.registry
        if registry is None:
            return

        def done(_: object) -> None:
            self._tell(said)
            self.refresh()

        self._context.background.run(lambda: change(registry), done=done, failed=self._say)

    def compare(self, name: str) -> None:
        """Measure a model and the one in use on the same validation images."""
        active, store = self._context.active_model, self._context.store
        if active is None or store is None or self.command.is_running:
            return
        self._running = "compare"
        self.command.start(str(store.root), "compare", active.name, name)
        self._show_busy(
            tr(
                "Measuring {active} and {name} on the validation images …",
                active=active.name,
                name=name,
            )
        )

    def ask_export(self, name: str, kind: str) -> None:
        """Ask where a model goes."""
        store = self._context.store
        if store is None:
            return
        # The list asks, and has the keyboard again afterwards.
        asking = self._dialog or self._parts.window
        dialog = QFileDialog(asking, tr("Write {name} for another program", name=name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDirectory(str(store.root.parent))
        dialog.selectFile(f"{name}{SUFFIXES[kind]}")
        dialog.fileSelected.connect(lambda path: self.export(name, kind, Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export(self, name: str, kind: str, target: Path) -> None:
        """Write a model in another format and compare the two."""
        store = self._context.store
        if store is None or self.command.is_running:
            return
        self._running = "convert"
        self.command.start(str(store.root), "convert", name, "--format", kind, "--out", str(target))
        self._show_busy(
            tr("Writing {target} and comparing it with {name} …", target=target.name, name=name)
        )

    @Slot()
    def close(self) -> None:
        """The project goes: end what belongs to it."""
        self.command.stop()
        self._line.clear_job(self)
        if self._dialog is not None:
            self._dialog.close()
            self._dialog.deleteLater()
            self._dialog = None

    def _arrived(self, card: ModelCard) -> None:
        """Show a new model in the list, chosen."""
        self.show()
        registry = self._context.registry
        if registry is None:
            return

        def done(rows: list[ModelRow]) -> None:
            if self._dialog is not None:
                self._dialog.show_models(rows)
                self._dialog.choose(card.name)
                text = tr(
                    "{name} is in the project. Use this model lets it pre-label.", name=card.name
                )
                self._tell(text)

        self._context.background.run(lambda: rows_of(registry), done=done, failed=self._say)

    def _tell(self, text: str) -> None:
        """Say what came of a change; what runs beside it goes on, and can be stopped."""
        if self._dialog is not None:
            self._dialog.show_work(text, busy=self.command.is_running)

    def _show_busy(self, text: str) -> None:
        # Also in sight with the list closed, and asked about when the window closes.
        self._line.set_job(self, Progress(text, 0), self._stop_command)
        if self._dialog is not None:
            self._dialog.show_work(text, busy=True)

    def _stop_command(self) -> None:
        self.command.stop()
        self._line.clear_job(self)
        if self._dialog is not None:
            self._dialog.show_work(tr("Stopped; nothing was changed."))

    def _command_done(self, found: dict[str, Any]) -> None:
        text = comparison_text(found) if self._running == "compare" else parity_text(found)
        self._line.clear_job(self)
        if self._dialog is not None:
            self._dialog.show_work(text)
        if self._dialog is None or not self._dialog.isVisible():
            self._context.messages.show(Level.OK, text, key="models")

    def _command_failed(self, error: DynsegError) -> None:
        self._line.clear_job(self)
        if self._dialog is not None:
            self._dialog.show_work("")
        self._say(error)

    def _say(self, error: DynsegError) -> None:
        if self._dialog is not None and self._dialog.isVisible():
            self._tell(sentences(engine_text(error.message), engine_text(error.hint)))
        else:
            self._context.messages.show_error(error, key="models")


def rows_of(registry: ModelRegistry) -> list[ModelRow]:
    """All models of a project, those that were deleted last."""
    cards, deleted = registry.list(), registry.deleted()
    names = {card.model_id: card.name for card in (*deleted, *cards) if card.model_id}
    active = registry.active().name
    return [
        ModelRow(
            card,
            registry.size_bytes(card.name, deleted=is_deleted),
            names.get(card.parent or "", ""),
            active=card.name == active and not is_deleted,
            deleted=is_deleted,
        )
        for is_deleted, group in ((False, cards), (True, deleted))
        for card in group
    ]


def comparison_text(found: dict[str, Any]) -> str:
    """What `dynseg models compare --json` found, in words."""
    rows = found["models"]
    texts = [
        f"{row['name']}: mAP50 {row['map50']:.3f}, mAP50-95 {row['map50_95']:.3f}" for row in rows
    ]
    text = tr_n(
        "{models} (on the same {n} reviewed image).",
        "{models} (on the same {n} reviewed images).",
        rows[0]["images"],
        models="; ".join(texts),
    )
    for row in rows:
        if row["learned"]:
            text += " " + tr_n(
                "{name} has learned from {n} of them, which flatters it.",
                "{name} has learned from {n} of them, which flatters it.",
                row["learned"],
                name=row["name"],
            )
    if found["agnostic"]:
        text += " " + tr("Classes were ignored, since one of the models knows none.")
    return text


def parity_text(found: dict[str, Any]) -> str:
    """What `dynseg models convert --json` found, in words."""
    parity = found["parity"]
    text = tr_n(
        "{path} answers as the original: boxes differ by at most {box_px:.1e} pixels, scores by "
        "{score:.1e}, on {n} photograph.",
        "{path} answers as the original: boxes differ by at most {box_px:.1e} pixels, scores by "
        "{score:.1e}, on {n} photographs.",
        parity["images"],
        path=found["path"],
        box_px=parity["box_px"],
        score=parity["score"],
    )
    use = tr("In Python: {line}", line=found["python"])
    more = tr(
        "The guide has a program without Ultralytics (Training, Export a model for elsewhere)."
    )
    if found["format"] == "pt":
        more = tr("This program has to be installed beside Ultralytics for it.")
    if found["close_up"] > 1:
        more += " " + tr(
            "It has learned from parts of images, up to {times:.1f} times larger, and looks at "
            "them besides the whole here; elsewhere cut images into such parts, too, or it finds "
            "fewer small objects.",
            times=found["close_up"],
        )
    return f"{text}\n{use}\n{more}"
