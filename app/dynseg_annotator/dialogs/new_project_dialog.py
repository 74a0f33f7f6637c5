"""Plans a new project on one page: everything but the folder has a default."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from dynseg.annotation.class_text import MAX_NAME
from dynseg.curation.split import SplitRule
from dynseg.errors import DynsegError
from dynseg.images import foreign
from dynseg.images.index import scan
from dynseg.progress import CancelToken
from dynseg.project.layout import find_project
from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.places import TypedFiles, is_there, typed_path
from dynseg_annotator.jobs.background import Background
from dynseg_annotator.language import engine_text, mark, sentences, tr, tr_n
from dynseg_annotator.session.creating import ProjectPlan, class_names, unique_names

LOOK_DELAY_MS = 250
CLASS_LINES = 5
WHERE = mark("Where the images lie. They are never moved or changed.")


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """What a folder holds.

    Attributes:
        folder: The folder that was looked at.
        images: How many images lie in it and below.
        is_project: Whether it is a project already.
        exists: Whether there is such a folder.
        unread: What to say of images in it that cannot be read, empty when there are none.
    """

    folder: Path
    images: int
    is_project: bool
    exists: bool = True
    unread: str = ""


def look_at(folder: Path, cancel: CancelToken | None = None) -> FolderFacts:
    """Count the images of a folder; it is only read.

    Raises:
        CancelledError: `cancel` was set.
    """
    if not (is_there(folder) and folder.is_dir()):
        return FolderFacts(folder, 0, False, exists=False)
    found = scan(folder, cancel=cancel) or scan(folder, recursive=True, cancel=cancel)
    is_project, unread = find_project(folder) is not None, foreign.in_folder(folder)
    return FolderFacts(folder, len(found), is_project, unread=unread)


class NewProjectDialog(layout.FittedDialog):
    """Folder, labels, classes, model and split.

    Args:
        background: Counts images without the window waiting.
        start: Where the file dialogs begin.
        val_share: Proposed share of the images that validate.
        with_labels: Whether to ask for labels of another program first.
        parent: The window.
    """

    planned = Signal(object)
    """`ProjectPlan`"""
    existing_chosen = Signal(object)
    """`Path` of a folder that is a project already, to be opened."""

    def __init__(
        self,
        background: Background,
        *,
        start: Path,
        val_share: float,
        with_labels: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=84)
        self._background = background
        self._start = start
        self._facts = FolderFacts(Path(), 0, False)
        self._with_labels = with_labels
        self.setWindowTitle(tr("Take over labels") if with_labels else tr("New project"))
        self._folder, self._labels, self._model = QLineEdit(), QLineEdit(), QLineEdit()
        self._folder_says = layout.prose(tr(WHERE))
        self._finished = QCheckBox(
            tr("They are finishe&d: images that have some count as reviewed")
        )
        self._classes = QPlainTextEdit()
        self._share = QSpinBox()
        self._by_folder = QCheckBox(tr("Keep the images of one folder &together"))
        self._problem, self._waiting = layout.prose(muted=False), layout.prose()
        theme.set_role(self._problem, "error")
        self._fill(val_share)
        self._box = layout.buttons(self, tr("Create project"))
        self.finish(self._box)
        self._counting: CancelToken | None = None
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(LOOK_DELAY_MS)
        self._looking.timeout.connect(self._look)
        self._files = TypedFiles((self._labels, self._model), self)
        self._files.changed.connect(self.refresh)
        for field in (self._folder, self._labels, self._model):
            field.textChanged.connect(self.refresh)
        self._classes.textChanged.connect(self.refresh)
        self._folder.textChanged.connect(self._looking.start)
        self._folder.setFocus()
        self.refresh()

    def _fill(self, val_share: float) -> None:
        title = (
            tr("Go on with labels of another program") if self._with_labels else tr("New project")
        )
        self.body.addWidget(layout.heading(title))
        needed = tr("Only the folder is needed; everything else can be changed later.")
        if self._with_labels:
            needed = tr("Say where the images and their labels lie; the rest can be changed later.")
        self.body.addWidget(layout.prose(needed))
        self._labels.setPlaceholderText(tr("None"))
        self._model.setPlaceholderText(tr("The built-in starter, which outlines any object"))
        self._classes.setPlaceholderText(tr("One name on each line, for instance\nnut\nbolt"))
        self._classes.setTabChangesFocus(True)
        self._classes.setFixedHeight(self.fontMetrics().lineSpacing() * CLASS_LINES + 12)
        self._share.setRange(5, 50)
        self._share.setSuffix(" %")
        self._share.setValue(round(val_share * 100))
        form = QGridLayout()
        form.setHorizontalSpacing(theme.SPACE.page)
        form.setVerticalSpacing(theme.SPACE.wide)
        form.setColumnStretch(1, 1)
        rows = [
            (tr("&Images"), self._folder, self._images_row()),
            (tr("Cla&sses"), self._classes, self._classes_row()),
            (tr("&Model"), self._model, self._model_row()),
            (tr("&Validation"), self._share, self._split_row()),
        ]
        labels = (tr("&Labels"), self._labels, self._labels_row())
        rows.insert(1 if self._with_labels else 2, labels)
        for number, (name, buddy, fields) in enumerate(rows):
            label = QLabel(name)
            label.setBuddy(buddy)
            label.setContentsMargins(0, theme.SPACE.tight, 0, 0)
            form.addWidget(label, number, 0)
            form.setAlignment(label, layout.TOP)
            form.addLayout(fields, number, 1)
            buddy.setAccessibleName(name.replace("&", ""))
        self.body.addLayout(form)
        self.body.addWidget(self._problem)
        self.body.addWidget(self._waiting)
        self.body.addStretch(1)

    def _images_row(self) -> QVBoxLayout:
        browse = _small_button(tr("&Browse…"), self._browse_images)
        return _column(_row(self._folder, browse), self._folder_says)

    def _labels_row(self) -> QVBoxLayout:
        folder = _small_button(tr("F&older…"), self._browse_labels)
        file = _small_button(tr("Fil&e…"), partial(self._browse_file, self._labels, ""))
        says = layout.prose(
            tr(
                "labelme, X-AnyLabeling, CVAT, Label Studio, COCO, YOLO, VIA, ISAT, "
                "Supervisely, Datumaro, V7, Pascal VOC or masks; the kind is recognised. Files are "
                "only read."
            )
        )
        return _column(_row(self._labels, folder, file), says, self._finished)

    def _classes_row(self) -> QVBoxLayout:
        load = _small_button(tr("From a &file…"), self._browse_classes)
        says = layout.prose(
            tr("Leave empty to take those of the labels or the model, or to add them as you go.")
        )
        return _column(self._classes, _row(says, load))

    def _model_row(self) -> QVBoxLayout:
        pattern = tr("Models (*.safetensors *.pt)")
        browse = _small_button(tr("B&rowse…"), partial(self._browse_file, self._model, pattern))
        says = layout.prose(
            tr(
                "A model of this program, or an Ultralytics YOLO11-seg checkpoint (.pt); code in "
                "such a file is never run."
            )
        )
        return _column(_row(self._model, browse), says)

    def _split_row(self) -> QVBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE.wide)
        row.addWidget(self._share)
        row.addWidget(self._by_folder)
        row.addStretch(1)
        says = layout.prose(
            tr("That part of the reviewed images trains no model, so that models can be compared.")
        )
        return _column(row, says)

    def plan(self) -> ProjectPlan:
        """What is chosen now."""
        labels, model = self._labels.text().strip(), self._model.text().strip()
        return ProjectPlan(
            folder=typed_path(self._folder.text()),
            classes=unique_names(self._classes.toPlainText().splitlines()),
            labels=typed_path(labels) if labels else None,
            finished=self._finished.isChecked(),
            model=typed_path(model) if model else None,
            split=SplitRule(self._share.value() / 100, self._by_folder.isChecked()),
        )

    @Slot()
    def refresh(self) -> None:
        """Show what follows from the choices."""
        self._finished.setEnabled(bool(self._labels.text().strip()))
        problem = self._missing()
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        waiting = "" if problem else self._files.waiting
        self._waiting.setText(waiting)
        self._waiting.setVisible(bool(waiting))
        existing = self._facts.is_project and self._looked
        layout.main_button(self._box).setText(
            tr("Open project") if existing else tr("Create project")
        )
        ready = self._looked and self._files.are_known and not problem
        ready = ready and (existing or self._facts.images > 0)
        layout.main_button(self._box).setEnabled(ready)

    @property
    def _looked(self) -> bool:
        text = self._folder.text().strip()
        return bool(text) and self._facts.folder == typed_path(text)

    def _missing(self) -> str:
        """Why the plan cannot be carried out, as far as it is known; empty when it can."""
        for field, name in ((self._labels, "labels"), (self._model, "model")):
            text = field.text().strip()
            if self._files.is_missing(text):
                return (
                    tr("The labels are not at {place}.", place=text)
                    if name == "labels"
                    else tr("No file {place}.", place=text)
                )
        for name in unique_names(self._classes.toPlainText().splitlines()):
            if len(name) > MAX_NAME:
                return tr(
                    "The class {name}… has a name of {n:,} letters; {most} are the most.",
                    name=name[:40],
                    n=len(name),
                    most=MAX_NAME,
                )
        return ""

    def _look(self) -> None:
        text = self._folder.text().strip()
        self._stop_looking()
        if not text:
            self._folder_says.setText(tr(WHERE))
            return
        cancel = self._counting = CancelToken()
        self._folder_says.setText(tr("Counting the images …"))
        work = partial(look_at, typed_path(text), cancel)
        self._background.run_reporting(
            lambda _report: work(),
            done=self._tell,
            failed=self._not_looked,
            progressed=lambda _: None,
        )

    def _stop_looking(self) -> None:
        """What was typed before may be the root of a disk: counting that takes minutes."""
        if self._counting is not None:
            self._counting.cancel()

    def _not_looked(self, error: DynsegError) -> None:
        if isValid(self):
            self._folder_says.setText(engine_text(str(error)))

    def done(self, result: int) -> None:
        """Close; nobody waits any more."""
        self._stop_looking()
        super().done(result)

    def _tell(self, facts: FolderFacts) -> None:
        if not isValid(self):
            return  # it was closed while the images were counted
        if typed_path(self._folder.text()) != facts.folder:
            return  # meanwhile it says something else
        self._facts = facts
        if facts.is_project:
            text = tr("This folder is a project already: it will be opened as it is.")
        elif facts.images:
            text = tr_n(
                "{n:,} image. They are never moved or changed.",
                "{n:,} images. They are never moved or changed.",
                facts.images,
            )
        elif facts.exists:
            text = tr("There are no images in this folder or below it.")
        else:
            text = tr("There is no such folder.")
        if facts.unread and not facts.is_project:
            text = sentences(text, engine_text(facts.unread))
        self._folder_says.setText(text)
        self.refresh()

    def set_folder(self, folder: Path) -> None:
        """Choose the folder of images."""
        self._folder.setText(str(folder))
        self._start = folder.parent
        self._looking.stop()
        self._look()

    def _browse_images(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder of images"), str(self._start))
        if chosen:
            self.set_folder(Path(chosen))

    def _browse_labels(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Folder of labels"), str(self._start))
        if chosen:
            self._take_labels(Path(chosen), Path(chosen))

    def _browse_file(self, field: QLineEdit, pattern: str) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, tr("Choose a file"), str(self._start), pattern
        )
        if not chosen:
            return
        if field is self._labels:
            self._take_labels(Path(chosen), Path(chosen).parent)
        else:
            field.setText(str(Path(chosen)))

    def _take_labels(self, source: Path, folder: Path) -> None:
        """Labels often lie where the images do: propose that, unless something stands there."""
        self._labels.setText(str(source))
        if not self._folder.text().strip():
            self.set_folder(folder)

    def _browse_classes(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self,
            tr("File with class names"),
            str(self._start),
            tr("Class names (*.yaml *.yml *.txt)"),
        )
        if not chosen:
            return
        self._background.run_reporting(
            lambda _report: class_names(Path(chosen)),
            done=self._take_names,
            failed=self._no_names,
            progressed=lambda _: None,
        )

    def _take_names(self, names: Sequence[str]) -> None:
        if isValid(self):
            self._classes.setPlainText("\n".join(names))

    def _no_names(self, error: DynsegError) -> None:
        if isValid(self):
            self._problem.setText(sentences(engine_text(error.message), engine_text(error.hint)))
            self._problem.show()

    def accept(self) -> None:
        """Hand the plan out."""
        super().accept()
        if self._facts.is_project:
            self.existing_chosen.emit(self._facts.folder)
        else:
            self.planned.emit(self.plan())


def _small_button(text: str, pressed: Callable[[], None]) -> QPushButton:
    button = QPushButton(text)
    button.setAutoDefault(False)
    button.clicked.connect(lambda: pressed())
    return button


def _row(first: QWidget, *others: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE.normal)
    row.addWidget(first, 1)
    for widget in others:
        row.addWidget(widget, 0, layout.TOP)
    return row


def _column(*parts: QWidget | QHBoxLayout) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.SPACE.tight)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)
    return column
