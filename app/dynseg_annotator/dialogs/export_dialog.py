"""Asks how to export, and lists first what the format cannot hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.settings import Settings

Scope = Literal["reviewed", "shapes"]
Link = Literal["copy", "hard", "sym"]
Holes = Literal["keep", "fill"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    """What an export of one scope would hold; counted by the caller, shown before anything runs.

    Attributes:
        images: Images that would be written.
        instances: Label lines that would be written.
        empty: Images among them without an instance: reviewed as showing nothing.
        with_holes: Instances with at least one hole.
        in_parts: Instances of more than one part.
        unreadable: Images that would be left out because their file is missing or broken.
        undivided: Images without a place in the train/val split yet.
        size_bytes: Size of the images, what copies would take.
        other: Further things that the format cannot hold, one sentence each.
    """

    images: int
    instances: int
    empty: int = 0
    with_holes: int = 0
    in_parts: int = 0
    unreadable: int = 0
    undivided: int = 0
    size_bytes: int = 0
    other: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportRequest:
    """What the user decided.

    Attributes:
        folder: Where the data set goes.
        only_reviewed: Reviewed images alone, or all with at least one shape.
        link: How images get there.
        holes: What becomes of holes.
    """

    folder: Path
    only_reviewed: bool
    link: Link
    holes: Holes


LINKS: tuple[tuple[Link, str, str], ...] = (
    ("copy", "Copy", "The data set stands alone; takes the space of the images once more."),
    ("hard", "Hard links", "No extra space; only on the same disk."),
    ("sym", "Symbolic links", "No extra space; breaks when the images move."),
)
HOLES: tuple[tuple[Holes, str, str], ...] = (
    (
        "keep",
        "Keep, by a bridge",
        "YOLO-seg knows no holes: a thin bridge joins each to the outline.",
    ),
    ("fill", "Fill", "Holes are left out; the shape covers them."),
)


@dataclass(frozen=True, slots=True)
class Notice:
    """One line of the list that stands above the button."""

    level: Literal["info", "warn", "error"]
    text: str


def notices(facts: Preflight, request: ExportRequest) -> list[Notice]:
    """What to know before exporting, the gravest first. Pure, so that every case is tested."""
    found: list[Notice] = []
    if not facts.images:
        text = (
            "No image is reviewed yet. Accept images with Ctrl+Enter, or export all with shapes."
            if request.only_reviewed
            else "No image has a shape yet."
        )
        return [Notice("error", text)]
    if facts.unreadable:
        found.append(
            Notice("warn", f"{_count(facts.unreadable, 'image')} cannot be read: left out.")
        )
    if facts.with_holes and request.holes == "fill":
        found.append(
            Notice("warn", f"{_count(facts.with_holes, 'shape')} with holes: holes are filled.")
        )
    if facts.with_holes and request.holes == "keep":
        found.append(
            Notice("info", f"{_count(facts.with_holes, 'shape')} with holes: joined by bridges.")
        )
    if facts.in_parts:
        found.append(Notice("info", f"{_count(facts.in_parts, 'shape')} in several parts: joined."))
    found += [Notice("warn", text) for text in facts.other]
    if facts.empty:
        found.append(
            Notice("info", f"{_count(facts.empty, 'image')} without a shape: empty label files.")
        )
    if facts.undivided:
        found.append(
            Notice("info", f"{_count(facts.undivided, 'image')} get a place in train or val first.")
        )
    return found


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def size_text(size_bytes: int) -> str:
    """A size for people: `"12 MB"`."""
    size = float(size_bytes)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" or size >= 10 else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


class ExportDialog(layout.FittedDialog):
    """Folder, scope, images and holes, and what follows from them.

    Args:
        facts: What each scope would hold.
        settings: Remembers how images and holes were handled last.
        folder: Proposed folder.
        parent: The window.
    """

    export_requested = Signal(object)
    """`ExportRequest`"""

    def __init__(
        self,
        facts: Mapping[Scope, Preflight],
        settings: Settings,
        *,
        folder: Path,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, width=76)
        self._facts = facts
        self._settings = settings
        self.setWindowTitle("Export")
        self._folder = QLineEdit(str(folder))
        self._link = _choice(LINKS, settings.get("export_link"))
        held = settings.get("export_holes")
        self._holes = _choice(HOLES, held if held == "fill" else "keep")
        self._link_prose, self._holes_prose = layout.prose(), layout.prose()
        self._count, self._notices = layout.prose(muted=False), QVBoxLayout()
        self._scope = QButtonGroup(self)
        column = self.body
        column.addWidget(layout.heading("Export as YOLO-seg"))
        column.addWidget(
            layout.prose("A folder with images, labels and data.yaml that Ultralytics trains on.")
        )
        column.addLayout(self._form())
        column.addWidget(self._report_card())
        column.addStretch(1)
        self._box = layout.buttons(self, "Export")
        self.finish(self._box)
        self._link.currentIndexChanged.connect(self.refresh)
        self._holes.currentIndexChanged.connect(self.refresh)
        self._folder.textChanged.connect(self.refresh)
        self._scope.idToggled.connect(self.refresh)
        self._folder.setFocus()
        self.refresh()

    def _form(self) -> QGridLayout:
        form = QGridLayout()
        form.setHorizontalSpacing(theme.SPACE.page)
        form.setVerticalSpacing(theme.SPACE.wide)
        form.setColumnStretch(1, 1)
        browse = QPushButton("&Browse…")
        browse.setAutoDefault(False)
        browse.clicked.connect(self.browse)
        where = QHBoxLayout()
        where.setSpacing(theme.SPACE.normal)
        where.addWidget(self._folder, 1)
        where.addWidget(browse)
        rows: tuple[tuple[str, QWidget | None, QLayout], ...] = (
            ("&Folder", self._folder, where),
            ("Which", None, self._scopes()),
            ("&Images", self._link, _with_prose(self._link, self._link_prose)),
            ("&Holes", self._holes, _with_prose(self._holes, self._holes_prose)),
        )
        for number, (title, buddy, fields) in enumerate(rows):
            label = QLabel(title)
            label.setContentsMargins(0, theme.SPACE.tight, 0, 0)
            if buddy is not None:
                label.setBuddy(buddy)
            form.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            form.addLayout(fields, number, 1)
        return form

    def _scopes(self) -> QVBoxLayout:
        names: tuple[tuple[Scope, str], ...] = (
            ("reviewed", "&Reviewed images"),
            ("shapes", "All images with &shapes"),
        )
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE.tight)
        for number, (scope, text) in enumerate(names):
            button = QRadioButton(f"{text} ({self._facts[scope].images:,})")
            self._scope.addButton(button, number)
            column.addWidget(button)
        preferred = 0 if self._facts["reviewed"].images or not self._facts["shapes"].images else 1
        self._scope.button(preferred).setChecked(True)
        return column

    def _report_card(self) -> QWidget:
        frame, column = layout.card()
        column.addWidget(self._count)
        self._notices.setSpacing(theme.SPACE.tight)
        column.addLayout(self._notices)
        return frame

    def scope(self) -> Scope:
        """The chosen scope."""
        return "reviewed" if self._scope.checkedId() == 0 else "shapes"

    def request(self) -> ExportRequest:
        """What is chosen now."""
        return ExportRequest(
            folder=Path(self._folder.text().strip()).expanduser(),
            only_reviewed=self.scope() == "reviewed",
            link=self._link.currentData(),
            holes=self._holes.currentData(),
        )

    @Slot()
    def browse(self) -> None:
        """Ask for the folder that the data set is made in."""
        start = str(self.request().folder.parent)
        chosen = QFileDialog.getExistingDirectory(self, "Where to export", start)
        if chosen:
            self._folder.setText(str(Path(chosen) / self.request().folder.name))

    @Slot()
    def refresh(self) -> None:
        """Show what follows from the choices."""
        request, facts = self.request(), self._facts[self.scope()]
        self._link_prose.setText(next(p for v, _, p in LINKS if v == request.link))
        self._holes_prose.setText(next(p for v, _, p in HOLES if v == request.holes))
        size = f", {size_text(facts.size_bytes)}" if request.link == "copy" else ""
        images, shapes = _count(facts.images, "image"), _count(facts.instances, "shape")
        self._count.setText(f"{images}, {shapes}{size}.")
        found = notices(facts, request)
        if facts.images and not found:
            found = [Notice("info", "The format holds everything; nothing is lost.")]
        if not self._folder.text().strip():
            found.insert(0, Notice("error", "Choose a folder."))
        self._show(found)
        ready = facts.images > 0 and bool(self._folder.text().strip())
        layout.main_button(self._box).setEnabled(ready)

    def _show(self, found: list[Notice]) -> None:
        while (item := self._notices.takeAt(0)) is not None:
            line = item.widget()
            if line is not None:
                line.hide()
                line.deleteLater()
        icons = {"info": "info", "warn": "warning", "error": "error"}
        for notice in found:
            line = QWidget()
            text = layout.prose(notice.text, muted=False)
            row = layout.icon_line(icons[notice.level], notice.level, text, size_px=16)
            row.setContentsMargins(0, 0, 0, 0)
            line.setLayout(row)
            self._notices.addWidget(line)
        if self.isVisible():
            self.fit()

    def accept(self) -> None:
        """Remember the choices and hand the request out."""
        request = self.request()
        self._settings.set("export_link", request.link)
        self._settings.set("export_holes", request.holes)
        super().accept()
        self.export_requested.emit(replace(request, folder=request.folder.absolute()))


def _with_prose(box: QComboBox, below: QLabel) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(theme.SPACE.tight)
    column.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
    column.addWidget(below)
    return column


def _choice(rows: tuple[tuple[str, str, str], ...], value: str) -> QComboBox:
    box = QComboBox()
    for name, text, _ in rows:
        box.addItem(text, name)
    box.setMinimumWidth(layout.characters(box, 26))
    box.setCurrentIndex(max(0, box.findData(value)))
    return box
