"""The models of a project: which there are, where they come from, what can be done with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QProgressBar,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dynseg.model.card import ModelCard
from dynseg.model.registry import STARTER
from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import engine_text, mark, tr, tr_n

COLUMNS = (mark("Model"), mark("Kind"), "mAP50-95", mark("Size"), mark("Made"), mark("Device"))
FORMATS = (
    ("pt", "Ultralytics (.pt)…"),
    ("onnx", "ONNX…"),
    ("openvino", "OpenVINO…"),
    ("torchscript", "TorchScript…"),
    ("tensorrt", "TensorRT…"),
)
"""What `dynseg models convert --format` takes, and what its entry in the menu says."""
METRICS = {"map50": "mAP50", "map50_95": "mAP50-95"}
NO_FIGURE = "–"


@dataclass(frozen=True, slots=True)
class ModelRow:
    """One model.

    Attributes:
        card: What is known about it.
        size_bytes: Of its weights file.
        parent: Name of the model that it was trained from; empty when nobody knows.
        active: It pre-labels.
        deleted: It was put away and can be restored.
    """

    card: ModelCard
    size_bytes: int
    parent: str = ""
    active: bool = False
    deleted: bool = False

    @property
    def key(self) -> str:
        """What tells lines apart: a deleted model may have the name of another one."""
        return f"deleted/{self.card.name}" if self.deleted else self.card.name


class ModelsDialog(layout.FittedDialog):
    """Stays open beside the work; does nothing itself.

    Args:
        read_only: The project cannot be changed.
        parent: The window.
    """

    use_asked = Signal(str)
    rename_asked = Signal(str, str)
    """Old name, new name."""
    compare_asked = Signal(str)
    """With the model that pre-labels now."""
    export_asked = Signal(str, str)
    """Name, a format of `FORMATS`."""
    delete_asked = Signal(str)
    restore_asked = Signal(str)
    discard_asked = Signal(str)
    add_asked = Signal()
    fetch_asked = Signal()
    go_back_asked = Signal()
    stop_asked = Signal()

    def __init__(self, *, read_only: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=142)
        self.setWindowTitle(tr("Models"))
        self._read_only = read_only
        self._rows: dict[str, ModelRow] = {}
        self._filling = False
        self.list = self._make_list()
        self.facts = layout.prose("", muted=True, selectable=True)
        self.facts.setMinimumHeight(self.fontMetrics().lineSpacing() * 7)
        self.facts.setAlignment(layout.TOP)
        left = QVBoxLayout()
        left.addWidget(self.list, 1)
        left.addWidget(self.facts)
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE.wide)
        row.addLayout(left, 1)
        row.addLayout(self._make_buttons())
        self.body.addLayout(row, 1)
        self._bar = QProgressBar(self)
        self._bar.setAccessibleName(tr("How far the work with the model is"))
        self._state = layout.prose("", muted=False, selectable=True)
        self.stop = self._button(tr("Stop"), "stop")
        self.stop.clicked.connect(lambda: self.stop_asked.emit())
        line = QHBoxLayout()
        line.addWidget(self._state, 1)
        line.addWidget(self._bar)
        line.addWidget(self.stop)
        self.body.addLayout(line)
        box = layout.buttons(self, "", reject=tr("Close"))
        self.add = layout.extra_button(box, tr("Add a file…"), "import")
        self.fetch = layout.extra_button(box, tr("Get YOLO11…"), "model")
        self.go_back = layout.extra_button(box, tr("Go back"), "rollback")
        self.add.clicked.connect(lambda: self.add_asked.emit())
        self.fetch.clicked.connect(lambda: self.fetch_asked.emit())
        self.go_back.clicked.connect(lambda: self.go_back_asked.emit())
        self.finish(box)
        self.show_work("")

    def show_models(self, rows: Sequence[ModelRow]) -> None:
        """Fill the list; what was chosen stays chosen.

        Args:
            rows: The project's models, those that were deleted last.
        """
        chosen = self.chosen()
        key = chosen.key if chosen else ""
        self._rows = {row.key: row for row in rows}
        self._filling = True
        self.list.clear()
        for row in rows:
            self.list.addTopLevelItem(self._item(row))
        self._filling = False
        active = next((row.key for row in rows if row.active), STARTER)
        # A model that was deleted or restored a moment ago stays the chosen one.
        moved = key.removeprefix("deleted/") if "/" in key else f"deleted/{key}"
        self.choose(next((k for k in (key, moved) if k in self._rows), active))
        self._show_chosen()

    def show_work(self, text: str, *, busy: bool = False) -> None:
        """Say what is being done or what came of it; buttons that start work rest meanwhile."""
        self._state.setText(text)
        self._bar.setVisible(busy)
        self._bar.setRange(0, 0)
        self.stop.setVisible(busy)
        self._busy = busy
        self._show_chosen()
        self.fit_later()

    @property
    def state(self) -> str:
        """What `show_work` said last."""
        return self._state.text()

    def chosen(self) -> ModelRow | None:
        """The model of the current line."""
        item = self.list.currentItem()
        return self._rows.get(item.data(0, Qt.ItemDataRole.UserRole)) if item else None

    def choose(self, key: str) -> None:
        """Make the line of a model the current one, by its name or `ModelRow.key`."""
        item = self.list.topLevelItem(list(self._rows).index(key)) if key in self._rows else None
        if item is not None:
            self.list.setCurrentItem(item)

    def _make_list(self) -> QTreeWidget:
        made = QTreeWidget(self)
        made.setAccessibleName(tr("Models of this project"))
        made.setColumnCount(len(COLUMNS))
        made.setHeaderLabels([tr(title) for title in COLUMNS])
        made.setRootIsDecorated(False)
        made.setUniformRowHeights(True)
        made.setAllColumnsShowFocus(True)
        made.setMinimumHeight(self.fontMetrics().height() * 13)
        made.setEditTriggers(
            QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.DoubleClicked
        )
        header = made.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setMinimumSectionSize(layout.characters(self, 8))
        made.currentItemChanged.connect(lambda _now, _before: self._show_chosen())
        made.itemChanged.connect(self._renamed)
        return made

    def _make_buttons(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.SPACE.small)
        self.use = self._button(tr("Use this model"), "promote")
        theme.set_role(self.use, "primary")
        theme.set_icon(self.use, "promote", colour="on_accent")
        self.rename = self._button(tr("Rename"), "pencil")
        self.compare = self._button(tr("Compare"), "chart")
        self.export = self._button(tr("Export…"), "export")
        self.delete = self._button(tr("Delete"), "trash")
        self.restore = self._button(tr("Restore"), "undo")
        self.discard = self._button(tr("Delete for ever"), "trash")
        theme.set_role(self.discard, "danger")
        self.use.clicked.connect(lambda: self._ask(self.use_asked))
        self.rename.clicked.connect(self.begin_rename)
        self.compare.clicked.connect(lambda: self._ask(self.compare_asked))
        self.export.clicked.connect(self._offer_formats)
        self.delete.clicked.connect(lambda: self._ask(self.delete_asked))
        self.restore.clicked.connect(lambda: self._ask(self.restore_asked))
        self.discard.clicked.connect(lambda: self._ask(self.discard_asked))
        for button in (
            self.use, self.compare, self.export, self.rename, self.delete, self.restore,
            self.discard,
        ):  # fmt: skip
            column.addWidget(button)
        column.addStretch(1)
        return column

    def _button(self, text: str, icon: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        theme.set_icon(button, icon)
        return button

    def _item(self, row: ModelRow) -> QTreeWidgetItem:
        card = row.card
        figure = card.metrics.get("map50_95")
        item = QTreeWidgetItem(
            [
                card.name,
                kind_text(card),
                NO_FIGURE if figure is None else f"{figure:.3f}",
                tr("{size:.1f} MB", size=row.size_bytes / 1e6),
                card.created[:10],
                card.device or NO_FIGURE,
            ]
        )
        item.setData(0, Qt.ItemDataRole.UserRole, row.key)
        for column in (2, 3):
            item.setTextAlignment(column, Qt.AlignmentFlag.AlignRight | layout.CENTRE)
        item.setIcon(0, theme.no_icon())
        if row.active:
            item.setIcon(0, theme.icon("ok"))
            item.setToolTip(0, tr("This model pre-labels."))
        if row.deleted:
            item.setIcon(0, theme.icon("trash"))
            item.setToolTip(0, tr("Deleted; it can be restored."))
        if self._may_rename(row):
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
        return item

    def begin_rename(self) -> None:
        """Edit the name in its line."""
        item = self.list.currentItem()
        if item is not None:
            self.list.setFocus()
            self.list.editItem(item, 0)

    def _may_rename(self, row: ModelRow) -> bool:
        return not (self._read_only or row.deleted or row.card.name == STARTER)

    def _renamed(self, item: QTreeWidgetItem, column: int) -> None:
        if self._filling or column:
            return
        name = item.data(0, Qt.ItemDataRole.UserRole)
        wanted = item.text(0).strip()
        self._filling = True
        item.setText(0, name)  # the list shows what is, not what is wished
        self._filling = False
        if wanted != name:
            self.rename_asked.emit(name, wanted)

    def _ask(self, signal: SignalInstance) -> None:
        row = self.chosen()
        if row is not None:
            if not self._busy:
                self.show_work("")  # what it says was said of something else
            signal.emit(row.card.name)

    def _offer_formats(self) -> None:
        menu = QMenu(self)
        for name, text in FORMATS:
            action = menu.addAction(text)
            action.triggered.connect(lambda _=False, chosen=name: self._export(chosen))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.export.mapToGlobal(QPoint(0, self.export.height())))

    def _export(self, kind: str) -> None:
        row = self.chosen()
        if row is not None:
            self.export_asked.emit(row.card.name, kind)

    def _show_chosen(self) -> None:
        row = self.chosen()
        deleted = row is not None and row.deleted
        obstacles = self._obstacles(row)
        of_others = (
            (self.use, self.compare, self.export, self.rename, self.delete)
            if deleted
            else (self.restore, self.discard)
        )
        for button, tip, why_not in obstacles:
            if button.hasFocus() and (why_not or button in of_others):
                self.list.setFocus()  # else the next button has the keyboard, which may be Delete
            button.setEnabled(not why_not)
            button.setToolTip(why_not or tip)
            button.setVisible(button not in of_others)
        self.facts.setText(facts_text(row) if row is not None else "")

    def _obstacles(self, row: ModelRow | None) -> list[tuple[QPushButton, str, str]]:
        """Each button, what it does where its words do not tell, and why it cannot."""
        locked = tr("The project is open read-only.") if self._read_only else ""
        busy = tr("Wait until the work with a model has ended, or stop it.") if self._busy else ""
        none = tr("Choose a model in the list first.") if row is None else ""
        active = row is not None and row.active
        own = tr("The starter is part of the program.") if row and row.card.name == STARTER else ""
        used = tr("This model pre-labels already.") if active else ""
        same = tr("This is the model in use: choose the one to compare with it.") if active else ""
        kept = tr("This model pre-labels: use another one first.") if active else ""
        comparing = tr("Measure it and the model in use on the same validation images.")
        back = tr("Use the model that was active before the last promotion.")
        return [
            (self.use, "", none or locked or busy or used),
            (self.compare, comparing, none or busy or same),
            (self.export, "", none or busy),
            (self.rename, "", none or locked or own),
            (self.delete, "", none or locked or own or kept),
            (self.restore, "", locked),
            (self.discard, "", locked),
            (self.add, "", locked or busy),
            (self.fetch, "", locked or busy),
            (self.go_back, back, locked or busy),
        ]


def kind_text(card: ModelCard) -> str:
    """Family, size and head in a few words."""
    words = f"{card.family.upper()}{card.scale}-seg"
    return f"{words}, {card.placement} / {card.experts}" if card.head == "dynamic" else words


def facts_text(row: ModelRow) -> str:
    """Everything else that is known about a model, a fact a line."""
    card = row.card
    if card.class_agnostic:
        classes = tr("objects of any kind")
    else:
        names = ", ".join(card.classes[:12])
        if len(card.classes) > 12:
            names = tr("{names} and more", names=names)
        classes = tr_n("{n} class: {names}", "{n} classes: {names}", len(card.classes), names=names)
    head = tr("plain head")
    if card.head == "dynamic":
        head = tr(
            "dynamic head ({placement}, {experts} experts)",
            placement=card.placement,
            experts=card.experts,
        )
    lines = [
        tr(
            "{classes}. {params:.2f} M parameters, {head}, {image_size} px.",
            classes=classes,
            params=card.params / 1e6,
            head=head,
            image_size=card.image_size,
        ),
        tr("Trained from {parent}.", parent=row.parent) if row.parent else "",
        tr("Learned from data snapshot {snapshot}.", snapshot=card.snapshot[:12])
        if card.snapshot
        else "",
        ", ".join(
            f"{text} {card.metrics[name]:.3f}"
            for name, text in METRICS.items()
            if name in card.metrics
        ),
        engine_text(card.notes),
    ]
    return "\n".join(line for line in lines if line)
