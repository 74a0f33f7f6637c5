"""The further filters of the image list: class, number of shapes, score, split."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QWidget,
)

from dynseg.annotation.classes import ClassTable
from dynseg.project.query import ImageQuery
from dynseg.project.records import Split
from dynseg_annotator import theme
from dynseg_annotator.itemmodels.swatch import swatch
from dynseg_annotator.language import mark, tr

SPLITS: tuple[tuple[str, frozenset[Split]], ...] = (
    (mark("Any"), frozenset()),
    (mark("Training"), frozenset({"train"})),
    (mark("Validation"), frozenset({"val"})),
    (mark("Test"), frozenset({"test"})),
    (mark("Not assigned"), frozenset({""})),
)
ANY_CLASS, DAMAGED = -1, -2
NO_COUNT = -1
MAX_COUNT = 100_000


class ImageFilterForm(QWidget):
    """Asks nothing by itself: `changed` says that `query` would answer something else now."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.classes = QComboBox(self)
        self.classes.setAccessibleName(tr("Images with a shape of this class"))
        self.classes.setSizeAdjustPolicy(  # a long name must not widen the panel
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.classes.setMinimumContentsLength(6)
        self.split = QComboBox(self)
        self.split.setAccessibleName(tr("Images of this split"))
        for text, _ in SPLITS:
            self.split.addItem(tr(text))
        self.least_count = _count_box(tr("any"), tr("At least this many shapes"), self)
        self.most_count = _count_box(tr("any"), tr("At most this many shapes"), self)
        self.least_score = _score_box(
            tr("any"), tr("The least certain proposal has at least this"), self
        )
        self.most_score = _score_box(
            tr("any"), tr("The least certain proposal has at most this"), self
        )
        self._clear = QPushButton(tr("Clear"), self)
        theme.set_role(self._clear, "flat")
        self._clear.setToolTip(tr("Take these filters away"))
        self._lay_out()
        self.set_classes(ClassTable())
        self.classes.activated.connect(self.changed)
        self.split.activated.connect(self.changed)
        for box in (self.least_count, self.most_count):
            box.valueChanged.connect(self.changed)
        for number in (self.least_score, self.most_score):
            number.valueChanged.connect(self.changed)
        self._clear.clicked.connect(self._clear_and_tell)

    def set_classes(self, classes: ClassTable) -> None:
        """Offer these classes; the chosen one stays when it still exists."""
        chosen = self.classes.currentData()
        self.classes.clear()
        self.classes.addItem(tr("Any class"), ANY_CLASS)
        for label in classes.labels:
            self.classes.addItem(swatch(label.colour), label.name, label.id)
        self.classes.addItem(tr("Damaged files"), DAMAGED)
        at = self.classes.findData(chosen)
        self.classes.setCurrentIndex(max(at, 0))
        if at < 0 and chosen is not None:
            self.changed.emit()

    def query(self, base: ImageQuery) -> ImageQuery:
        """`base` with what this form asks for."""
        chosen = self.classes.currentData()
        return replace(
            base,
            classes=frozenset({chosen}) if chosen not in (ANY_CLASS, DAMAGED) else frozenset(),
            damaged=True if chosen == DAMAGED else None,
            splits=SPLITS[self.split.currentIndex()][1],
            min_count=_count(self.least_count),
            max_count=_count(self.most_count),
            min_score=_score(self.least_score),
            max_score=_score(self.most_score),
        )

    @property
    def active(self) -> int:
        """How many of the filters are in use."""
        boxes = (self.least_count, self.most_count, self.least_score, self.most_score)
        lists = (self.classes, self.split)
        return sum(box.value() > box.minimum() for box in boxes) + sum(
            box.currentIndex() > 0 for box in lists
        )

    def clear(self) -> None:
        """Ask for nothing, without a word to anybody."""
        self.blockSignals(True)
        self.classes.setCurrentIndex(0)
        self.split.setCurrentIndex(0)
        for box in (self.least_count, self.most_count):
            box.setValue(box.minimum())
        for number in (self.least_score, self.most_score):
            number.setValue(number.minimum())
        self.blockSignals(False)

    def _clear_and_tell(self) -> None:
        self.clear()
        self.changed.emit()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.SPACE.hair, 0, theme.SPACE.hair)
        grid.setHorizontalSpacing(theme.SPACE.small)
        grid.setVerticalSpacing(theme.SPACE.tight)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[str, tuple[QWidget, ...]], ...] = (
            (tr("Class"), (self.classes,)),
            (tr("Shapes"), (self.least_count, self.most_count)),
            (tr("Score"), (self.least_score, self.most_score)),
            (tr("Split"), (self.split, self._clear)),
        )
        for row, (text, boxes) in enumerate(rows):
            label = QLabel(text, self)
            label.setBuddy(boxes[0])
            theme.set_role(label, "muted")
            grid.addWidget(label, row, 0)
            line = QHBoxLayout()
            line.setSpacing(theme.SPACE.tight)
            for number, box in enumerate(boxes):
                if number and box is not self._clear:
                    line.addWidget(QLabel(tr("to"), self))
                line.addWidget(box, 0 if box is self._clear else 1)
            grid.addLayout(line, row, 1)


def _count_box(nothing: str, name: str, parent: QWidget) -> QSpinBox:
    box = QSpinBox(parent)
    box.setRange(NO_COUNT, MAX_COUNT)
    box.setValue(NO_COUNT)
    _describe(box, nothing, name)
    return box


def _score_box(nothing: str, name: str, parent: QWidget) -> QDoubleSpinBox:
    box = QDoubleSpinBox(parent)
    box.setRange(-0.05, 1.0)
    box.setSingleStep(0.05)
    box.setDecimals(2)
    box.setValue(box.minimum())
    _describe(box, nothing, name)
    return box


def _describe(box: QSpinBox | QDoubleSpinBox, nothing: str, name: str) -> None:
    box.setSpecialValueText(nothing)
    box.setKeyboardTracking(False)
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setMinimumWidth(box.fontMetrics().horizontalAdvance("00000") + 30)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)


def _count(box: QSpinBox) -> int | None:
    return None if box.value() == box.minimum() else box.value()


def _score(box: QDoubleSpinBox) -> float | None:
    return None if box.value() < 0 else round(box.value(), 4)
