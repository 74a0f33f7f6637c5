"""Asks how to export, and says first what the format holds and what it does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from dynseg.errors import DynsegError
from dynseg.formats.outgoing.staging import require_replaceable
from dynseg.progress import Progress
from dynseg.worker.answers import LossesAnswer, PreflightAnswer
from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.export_words import (
    HOLES,
    LINKS,
    PARTS,
    ExportRequest,
    OutFormat,
    Scope,
    details,
    loss,
    notices,
)
from dynseg_annotator.dialogs.notice_list import NoticeCard
from dynseg_annotator.dialogs.places import typed_path
from dynseg_annotator.language import engine_text, tr
from dynseg_annotator.settings import Settings

_REMEMBERED = (("export_format", "format"), ("export_link", "link"), ("export_holes", "holes"),
               ("export_parts", "parts"))  # fmt: skip
SCOPES: tuple[Scope, ...] = ("reviewed", "shapes", "selected")


class ExportDialog(layout.FittedDialog):
    """Format, folder, scope, images, policies, split; and what follows from them.

    Args:
        formats: What can be written.
        images: How many images each scope has.
        selected: Ids of the images that are selected in the list; None offers no such scope.
        settings: Remembers what was chosen the last time.
        folder: Where data sets go; each format gets a folder of its own in it.
        name: Start of the proposed name of the folder.
        rule: Share that validates, and whether images of one folder stay together.
        parent: The window.
    """

    count_requested = Signal(object)
    """`ExportRequest`: say what it would hold."""
    export_requested = Signal(object)
    """`ExportRequest`: write it."""

    def __init__(
        self,
        formats: Sequence[OutFormat],
        images: Mapping[Scope, int],
        settings: Settings,
        *,
        folder: Path,
        name: str,
        selected: Sequence[int] | None = None,
        rule: tuple[float, bool] = (0.2, False),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=88)
        self._formats = {form.name: form for form in formats}
        self._images = images
        self._selected = None if selected is None else tuple(selected)
        self._settings = settings
        self._proposed = (folder, name)
        self._asked: ExportRequest | None = None
        self._holds = 0
        self.setWindowTitle(tr("Export"))
        self._format = _choice(
            [(f.name, engine_text(f.title)) for f in formats], settings.get("export_format")
        )
        self._format.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self._folder = QLineEdit()
        self._link = _choice([(row[0], tr(row[1])) for row in LINKS], settings.get("export_link"))
        self._holes = _choice([(row[0], tr(row[1])) for row in HOLES], settings.get("export_holes"))
        self._parts = _choice([(row[0], tr(row[1])) for row in PARTS], settings.get("export_parts"))
        self._prose = {box: layout.prose() for box in self._boxes()}
        self._share, self._by_folder = _split(*rule)
        self._verify = QCheckBox(tr("Read it again at the end and compare every shape"))
        self._verify.setChecked(True)
        self._scope = QButtonGroup(self)
        self._rows: dict[str, list[QWidget]] = {}
        self._card = NoticeCard()
        self._details = QPlainTextEdit()
        column = self.body
        column.addWidget(layout.heading(tr("Export")))
        column.addLayout(self._form())
        column.addWidget(self._card)
        column.addWidget(self._found())
        column.addStretch(1)
        self._box = layout.buttons(self, tr("Export"))
        self.finish(self._box)
        self._propose_folder()
        self._connect()
        self._folder.setFocus()

    def _boxes(self) -> tuple[QComboBox, ...]:
        return self._format, self._link, self._holes, self._parts

    def _connect(self) -> None:
        self._format.currentIndexChanged.connect(self._propose_folder)
        for box in self._boxes():
            box.currentIndexChanged.connect(self.refresh)
        self._folder.textChanged.connect(self.refresh)
        self._scope.idToggled.connect(self.refresh)
        for row in ("holes", "parts", "split"):
            self._show_row(row, False)

    def _form(self) -> QGridLayout:
        form = QGridLayout()
        form.setHorizontalSpacing(theme.SPACE.page)
        form.setVerticalSpacing(theme.SPACE.wide)
        form.setColumnStretch(1, 1)
        browse = QPushButton(tr("&Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self.browse)
        share = QLabel(tr("% validate"))
        rows: tuple[tuple[str, str, QWidget | None, QLayout], ...] = (
            ("format", tr("For&mat"), self._format, self._with_prose(self._format)),
            ("folder", tr("&Folder"), self._folder, _line(self._folder, browse)),
            ("which", tr("Which"), None, self._scopes()),
            ("images", tr("&Images"), self._link, self._with_prose(self._link)),
            ("holes", tr("&Holes"), self._holes, self._with_prose(self._holes)),
            ("parts", tr("&Parts"), self._parts, self._with_prose(self._parts)),
            (
                "split",
                tr("&Split"),
                self._share,
                _line(self._share, share, self._by_folder, stretch=2),
            ),
            ("check", tr("Check"), None, _line(self._verify)),
        )
        for number, (name, title, buddy, fields) in enumerate(rows):
            label = QLabel(title)
            label.setContentsMargins(0, theme.SPACE.tight, 0, 0)
            if buddy is not None:
                label.setBuddy(buddy)
            form.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            form.addLayout(fields, number, 1)
            self._rows[name] = [label, *_widgets(fields)]
        return form

    def _with_prose(self, box: QComboBox) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE.tight)
        column.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._prose[box])
        return column

    def _scopes(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE.tight)
        for number in range(len(SCOPES)):
            button = QRadioButton()
            self._scope.addButton(button, number)
            column.addWidget(button)
        self._show_scopes()
        self._scope.button(self._preferred).setChecked(True)
        return column

    @property
    def _preferred(self) -> int:
        return 0 if self._images["reviewed"] or not self._images["shapes"] else 1

    def _show_scopes(self) -> None:
        names: tuple[tuple[Scope, str], ...] = (
            ("reviewed", tr("&Reviewed images")),
            ("shapes", tr("All images with sha&pes")),
            ("selected", tr("S&elected images that are reviewed or have shapes")),
        )
        for number, (scope, text) in enumerate(names):
            self._scope.button(number).setText(f"{text} ({self._images.get(scope, 0):,})")
        self._scope.button(SCOPES.index("selected")).setHidden(self._selected is None)

    def offer(self, images: Mapping[Scope, int], selected: Sequence[int] | None) -> None:
        """Asked for again: take over what was reviewed and selected since, and count anew.

        Args:
            images: How many images each scope has.
            selected: Ids of the images that are selected in the list; None offers no such scope.
        """
        self._images = images
        self._selected = None if selected is None else tuple(selected)
        self._show_scopes()
        if self._selected is None and self.scope() == "selected":
            self._scope.button(self._preferred).setChecked(True)
        self._asked = None
        self.refresh()

    def _found(self) -> QWidget:
        self._details.setReadOnly(True)
        self._details.setFont(theme.mono_font())
        self._details.setAccessibleName(tr("What is left out or changed"))
        self._details.setMinimumHeight(self.fontMetrics().height() * 6)
        self._details.hide()
        return self._details

    def scope(self) -> Scope:
        """The chosen scope."""
        return SCOPES[self._scope.checkedId()]

    def request(self) -> ExportRequest:
        """What is chosen now."""
        return ExportRequest(
            folder=self._chosen_folder(),
            format=self._format.currentData(),
            only_reviewed=self.scope() == "reviewed",
            image_ids=self._selected if self.scope() == "selected" else None,
            link=self._link.currentData(),
            holes=self._holes.currentData(),
            parts=self._parts.currentData(),
            val_share=self._share.value() / 100,
            by_folder=self._by_folder.isChecked(),
            verify=self._verify.isChecked() and self._verify.isEnabled(),
        )

    def _chosen_folder(self) -> Path:
        """A name alone lies where the proposed folder does, not where the program was started."""
        text = self._folder.text().strip()
        beside, _ = self._proposed
        return beside / typed_path(text) if text else Path()

    @Slot()
    def browse(self) -> None:
        """Ask for the folder that the data set is made in."""
        start = str(self.request().folder.parent)
        chosen = QFileDialog.getExistingDirectory(self, tr("Where to export"), start)
        if chosen:
            self._folder.setText(str(Path(chosen) / self.request().folder.name))

    @Slot()
    def _propose_folder(self) -> None:
        """A folder of its own for each format, unless the user wrote another one."""
        folder, name = self._proposed
        names = {str(folder / f"{name}-{form}") for form in self._formats}
        if self._folder.text() in ("", *names):
            self._folder.setText(str(folder / f"{name}-{self._format.currentData()}"))

    @Slot()
    def refresh(self) -> None:
        """Show what follows from the choices, and ask for the counts."""
        request = self.request()
        form = self._formats[request.format]
        self._prose[self._format].setText(engine_text(form.prose))
        self._prose[self._link].setText(tr(next(r[2] for r in LINKS if r[0] == request.link)))
        for box, rows, held in (
            (self._holes, HOLES, form.holds.holes), (self._parts, PARTS, form.holds.parts),
        ):  # fmt: skip
            _, _, kept, fitted = next(row for row in rows if row[0] == box.currentData())
            self._prose[box].setText(tr(kept if held or not fitted else fitted))
        self._verify.setEnabled(form.reads and request.link != "none")
        named = bool(self._folder.text().strip())
        if not named:
            layout.main_button(self._box).setEnabled(False)
            self._asked = None
            self._card.say([("error", tr("Choose a folder."))])
        elif self._asked is None or _counts_differ(self._asked, request):
            # Not before it is said what will be lost; and rows may appear above the button then.
            layout.main_button(self._box).setEnabled(False)
            self._asked = request
            self.count_requested.emit(request)
        else:
            self._asked = request
            layout.main_button(self._box).setEnabled(self._holds > 0)

    @Slot(object)
    def show_progress(self, progress: Progress) -> None:
        """How far counting is."""
        self._card.show_progress(progress)

    def show_facts(self, facts: PreflightAnswer) -> None:
        """What the export would hold."""
        self._card.end_progress()
        self._show_row("holes", facts.with_holes > 0)
        self._show_row("parts", facts.in_parts > 0)
        self._show_row("split", facts.undivided > 0)
        self._card.say(notices(facts, self.request()))
        text = details(facts)
        self._details.setPlainText(text)
        self._details.setVisible(bool(text))
        self._holds = facts.images
        layout.main_button(self._box).setEnabled(facts.images > 0)
        self.fit_later()

    def show_losses(self, losses: LossesAnswer) -> None:
        """What each format would lose, behind its name, before one is chosen."""
        for at in range(self._format.count()):
            name = self._format.itemData(at)
            facts = losses.formats.get(name)
            if facts is not None:
                title = engine_text(self._formats[name].title)
                text = tr("{format}: {loss}", format=title, loss=loss(facts))
                self._format.setItemText(at, text)
        self.fit_later()

    def show_error(self, error: DynsegError) -> None:
        """It cannot be counted; an export says why, and leaves what there is."""
        self._holds = self._images[self.scope()]
        layout.main_button(self._box).setEnabled(self._holds > 0)
        self._card.end_progress()
        self._card.say([("error", engine_text(str(error)))])

    def _show_row(self, name: str, shown: bool) -> None:
        for widget in self._rows[name]:
            widget.setVisible(shown)

    def accept(self) -> None:
        """Remember the choices and hand the request out, unless the folder holds other files."""
        request = self.request()
        try:
            require_replaceable(request.folder)
        except (DynsegError, OSError) as error:  # said here, where another folder can be given
            self._card.say([("error", engine_text(str(error)))])
            self._asked = None  # the counts stand there again once another folder is given
            self.fit_later()
            return
        for key, field in _REMEMBERED:
            self._settings.set(key, getattr(request, field))
        super().accept()
        self.export_requested.emit(replace(request, folder=request.folder.absolute()))


def _counts_differ(one: ExportRequest, other: ExportRequest) -> bool:
    """Whether two requests hold different things; the folder and the split decide nothing."""
    return any(
        getattr(one, name) != getattr(other, name)
        for name in ("format", "only_reviewed", "image_ids", "holes", "parts", "link")
    )


def _split(share: float, by_folder: bool) -> tuple[QSpinBox, QCheckBox]:
    spin = QSpinBox()
    spin.setRange(5, 50)
    spin.setValue(round(100 * share))
    spin.setAccessibleName(tr("Part of the images that validate, per cent"))
    box = QCheckBox(tr("images of one folder stay together"))
    box.setChecked(by_folder)
    return spin, box


def _line(*widgets: QWidget, stretch: int = 0) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(theme.SPACE.normal)
    for number, widget in enumerate(widgets):
        row.addWidget(widget, 1 if number == stretch else 0)
    return row


def _widgets(fields: QLayout) -> list[QWidget]:
    found = []
    for number in range(fields.count()):
        item = fields.itemAt(number)
        widget = item.widget() if item is not None else None
        if widget is not None:
            found.append(widget)
    return found


def _choice(rows: Sequence[tuple[str, str]], value: str) -> QComboBox:
    box = QComboBox()
    for name, text in rows:
        box.addItem(text, name)
    box.setMinimumWidth(layout.characters(box, 30))
    box.setCurrentIndex(max(0, box.findData(value)))
    return box
