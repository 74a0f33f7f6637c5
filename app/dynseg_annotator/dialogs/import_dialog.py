"""Takes labels in: what to read, what it holds, what becomes of it - all before it happens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dynseg.annotation.classes import ClassTable
from dynseg.errors import DynsegError
from dynseg.formats.incoming.class_names import Chosen
from dynseg.formats.incoming.merging import How
from dynseg.progress import Progress
from dynseg.worker.answers import ImportAnswer
from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.class_choice import ClassChoice
from dynseg_annotator.dialogs.import_words import lines, report_text
from dynseg_annotator.dialogs.notice_list import NoticeCard
from dynseg_annotator.dialogs.places import typed_path
from dynseg_annotator.dialogs.report_dialog import Level
from dynseg_annotator.language import engine_text, mark, tr, tr_n

AUTO = "auto"
CLASS_ROWS = 6
HOWS: tuple[tuple[How, str, str], ...] = (
    (
        "work",
        mark("As work to look at"),
        mark("Shapes of a person on images that still wait for review."),
    ),
    (
        "reviewed",
        mark("As reviewed"),
        mark("You vouch for them: they train models and are exported."),
    ),
    (
        "proposals",
        mark("As proposals"),
        mark("Dashed, like those of a model: accept or reject them."),
    ),
)


@dataclass(frozen=True, slots=True)
class FormatChoice:
    """A format that can be read.

    Attributes:
        name: Its name in the registry.
        title: For people.
        prose: What it is.
    """

    name: str
    title: str
    prose: str


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What the user decided.

    Attributes:
        source: A file, a folder or an archive.
        format: Name of a format, or `auto`.
        how: What the shapes become.
        classes: For names of the source a class id, or None to leave the shapes out.
        reading: Number of the look at the source: another one when it is to be read anew.
    """

    source: Path
    format: str
    how: How
    classes: Mapping[str, Chosen]
    reading: int


_READINGS = count(1)
"""A source may have been mended since the last dialog, or the project have got its images."""


class ImportDialog(layout.FittedDialog):
    """Source, format, classes; and a preview that follows every choice.

    Args:
        formats: What can be read.
        table: Classes of the project.
        remembered: Classes that were chosen in earlier imports, by their name in the source.
        how: What shapes became the last time.
        parent: The window.
    """

    preview_requested = Signal(object)
    """`ImportRequest`: say what it would do."""
    import_requested = Signal(object)
    """`ImportRequest`: do it."""

    def __init__(
        self,
        formats: Sequence[FormatChoice],
        table: ClassTable,
        remembered: Mapping[str, Chosen],
        *,
        how: How = "work",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=84)
        self._titles = {form.name: engine_text(form.title) for form in formats}
        self._prose = {form.name: engine_text(form.prose) for form in formats}
        self._remembered = dict(remembered)
        self._asked: ImportRequest | None = None
        self._reading = next(_READINGS)
        self._length = 0
        """Of what was typed when it was looked at last."""
        self.setWindowTitle(tr("Import labels"))
        self.setAcceptDrops(True)
        self._source = QLineEdit()
        self._source.setPlaceholderText(tr("A file, folder or archive; also dropped"))
        self._format = self._formats(formats)
        self._format_prose, self._how_prose = layout.prose(), layout.prose()
        self._how = QComboBox()
        for value, text, _ in HOWS:
            self._how.addItem(tr(text), value)
        self._how.setCurrentIndex(max(0, self._how.findData(how)))
        self._classes = ClassChoice(table)
        self._card = NoticeCard()
        self._details = QPlainTextEdit()
        self.body.addWidget(layout.heading(tr("Import labels")))
        self.body.addLayout(self._form())
        self.body.addWidget(self._card)
        self._class_title = layout.prose(tr("What each class becomes in this project"))
        self._class_area = layout.scrolled(self._classes)
        self.body.addWidget(self._class_title)
        self.body.addWidget(self._class_area)
        self.body.addWidget(self._found())
        self.body.addStretch(1)
        self._box = layout.buttons(self, tr("Import"))
        self.finish(self._box)
        self._source.editingFinished.connect(self.refresh)
        self._source.textEdited.connect(self._typed)
        self._format.currentIndexChanged.connect(self.refresh)
        self._how.currentIndexChanged.connect(self.refresh)
        self._classes.changed.connect(self.refresh)
        self._say_nothing()
        self.refresh()

    def _formats(self, formats: Sequence[FormatChoice]) -> QComboBox:
        box = QComboBox()
        box.addItem(tr("Recognise by itself"), AUTO)
        for form in formats:
            box.addItem(engine_text(form.title), form.name)
        return box

    def _form(self) -> QGridLayout:
        """From where, as what, how."""
        form = QGridLayout()
        form.setHorizontalSpacing(theme.SPACE.page)
        form.setVerticalSpacing(theme.SPACE.wide)
        form.setColumnStretch(1, 1)
        where = QHBoxLayout()
        where.setSpacing(theme.SPACE.normal)
        where.addWidget(self._source, 1)
        for text, mode in (
            (tr("F&ile…"), QFileDialog.FileMode.ExistingFile),
            (tr("F&older…"), QFileDialog.FileMode.Directory),
        ):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _=False, mode=mode: self.browse(mode))
            where.addWidget(button)
        how = _below(self._how, self._how_prose)
        for row, (title, buddy, fields) in enumerate((
            (tr("&From"), self._source, where),
            (tr("For&mat"), self._format, _below(self._format, self._format_prose)),
            (tr("&Take in"), self._how, how),
        )):  # fmt: skip
            label = QLabel(title)
            label.setContentsMargins(0, theme.SPACE.tight, 0, 0)
            label.setBuddy(buddy)
            form.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            form.addLayout(fields, row, 1)
        return form

    def _found(self) -> QWidget:
        self._details.setReadOnly(True)
        self._details.setFont(theme.mono_font())
        self._details.setAccessibleName(tr("What is repaired or cannot be used"))
        self._details.setMinimumHeight(self.fontMetrics().height() * 7)
        self._details.hide()
        return self._details

    def request(self) -> ImportRequest:
        """What is chosen now."""
        return ImportRequest(
            typed_path(self._source.text()),
            self._format.currentData(),
            self._how.currentData(),
            self._classes.chosen(),
            self._reading,
        )

    def set_source(self, path: Path) -> None:
        """Read from another place, or the same one anew; its format is to be recognised again."""
        self._reading = next(_READINGS)
        self._source.setText(str(path))
        self._length = len(self._source.text())
        self._format.setCurrentIndex(0)
        self.refresh()

    @Slot()
    def browse(self, mode: QFileDialog.FileMode) -> None:
        """Let the user point at a file or folder."""
        dialog = QFileDialog(self, tr("Import labels from"))
        dialog.setFileMode(mode)
        here = self.request().source
        if here.parent.is_dir() and str(here) != ".":
            dialog.setDirectory(str(here.parent))
        dialog.fileSelected.connect(lambda path: self.set_source(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    @Slot(str)
    def _typed(self, text: str) -> None:
        """Read what was pasted; what is typed is a path only at its end, which nobody can know."""
        pasted, self._length = len(text) > self._length + 1, len(text)
        if pasted:
            self.refresh()
        elif text.strip() and self.request() != self._asked:
            layout.main_button(self._box).setEnabled(False)
            self._card.say([("info", tr("Press Enter, and what lies there is read."))])

    @Slot()
    def refresh(self) -> None:
        """Ask for a preview of what is chosen now."""
        self._how_prose.setText(tr(HOWS[self._how.currentIndex()][2]))
        name = self._format.currentData()
        if name != AUTO:
            self._say_format(self._prose[name])
        if not self._source.text().strip() or self.request() == self._asked:
            return
        if self._asked is None:
            self._card.say([("info", tr("Nothing is changed before you press Import."))])
        self._asked = self.request()
        layout.main_button(self._box).setEnabled(False)
        if name == AUTO:
            self._say_format(tr("Looking at the files …"))
        self.preview_requested.emit(self._asked)

    @Slot(object)
    def show_progress(self, progress: Progress) -> None:
        """How far reading is."""
        if not self._card.is_busy:
            self.fit_later()
        self._card.show_progress(progress)

    def show_answer(self, answer: ImportAnswer) -> None:
        """What the import would do."""
        self._card.end_progress()
        if answer.recognised:
            self._say_format(self._recognised(answer))
        left_out = dict.fromkeys(answer.marks)
        self._classes.set_names(answer.classes, {**left_out, **self._remembered})
        self._show_classes(bool(answer.classes))
        self._card.say(lines(answer, self._how.currentData()))
        self._set_details(report_text(answer))
        ready = answer.problem is None and (answer.instances > 0 or self._reviews(answer))
        layout.main_button(self._box).setEnabled(ready)
        request = self.request()
        if self._asked is not None and request.classes != self._asked.classes:
            self.refresh()  # classes are remembered: what they lead to is another answer

    def show_error(self, error: DynsegError) -> None:
        """The source cannot be used."""
        self._card.end_progress()
        if self._format.currentData() == AUTO:
            self._say_format("")
        self._show_classes(False)
        said: list[tuple[Level, str]] = [("error", engine_text(error.message))]
        if error.hint:
            said.append(("info", engine_text(error.hint)))
        self._card.say(said)
        self._set_details("")

    def _show_classes(self, shown: bool) -> None:
        """A few lines of them; more are scrolled, so that the counts stay in sight."""
        self._class_title.setVisible(shown)
        self._class_area.setVisible(shown)
        if shown:
            line = self._how.sizeHint().height() + theme.SPACE.tight
            self._class_area.setFixedHeight(line * min(self._classes.count, CLASS_ROWS))

    def _reviews(self, answer: ImportAnswer) -> bool:
        """Images without a shape become reviewed too."""
        return self._how.currentData() == "reviewed" and answer.images > 0

    def _say_format(self, text: str) -> None:
        self._format_prose.setText(text)
        self._format_prose.setVisible(bool(text))

    def _recognised(self, answer: ImportAnswer) -> str:
        names = [
            tr_n(
                "{format} ({n:,} file)",
                "{format} ({n:,} files)",
                count,
                format=self._titles.get(name, name),
            )
            for name, count in answer.recognised
        ]
        first, others = names[0], tr(", ").join(names[1:])
        if not others:
            return tr("Recognised: {format}.", format=first)
        return tr(
            "Recognised: {format}. There is also {others}; choose it here to read that instead.",
            format=first,
            others=others,
        )

    def _say_nothing(self) -> None:
        self._card.end_progress()
        self._show_classes(False)
        self._say_format("")
        text = tr("Choose what to read. Nothing is changed before you press Import.")
        self._card.say([("info", text)])
        layout.main_button(self._box).setEnabled(False)

    def _set_details(self, text: str) -> None:
        self._details.setPlainText(text)
        self._details.setVisible(bool(text))
        self.fit_later()

    def accept(self) -> None:
        """Hand the request out."""
        request = self.request()
        super().accept()
        self.import_requested.emit(request)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Something is dragged over."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A file or folder is dropped: read it."""
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.set_source(Path(paths[0]))


def _below(box: QComboBox, prose: QLabel) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.SPACE.tight)
    box.setMinimumWidth(layout.characters(box, 30))
    column.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
    column.addWidget(prose)
    return column
