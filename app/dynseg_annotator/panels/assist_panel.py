"""The model beside the canvas: which one, where it runs, how sure it must be, run it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from dynseg.progress import Progress
from dynseg_annotator import theme
from dynseg_annotator.language import engine_text, tr, tr_n
from dynseg_annotator.panels.elided_label import ElidedLabel
from dynseg_annotator.panels.run_options import RunOptions
from dynseg_annotator.panels.scope_box import ScopeBox
from dynseg_annotator.panels.status_line import job_text

if TYPE_CHECKING:
    from dynseg.model.card import ModelCard

DETAIL_STEPS_PER_PX = 4

SCREEN_SHARE = 3
"""The panel asks for no more than this part of the height of the screen."""


class AssistPanel(QWidget):
    """Shows what the engine does and asks for more; holds no state of its own."""

    confidence_moved = Signal(float)
    """The slider moves: filter what is cached, now."""
    confidence_set = Signal(float)
    """The slider rests."""
    detail_set = Signal(float)
    """Allowed deviation of outlines, image pixels."""
    image_run_requested = Signal()
    batch_run_requested = Signal(str)
    """Scope."""
    preview_requested = Signal(str)
    """Scope of a run that is only tried out."""
    stop_requested = Signal()
    predict_on_open_set = Signal(bool)
    height_wanted = Signal(int)
    """The options were unfolded: pixels at which nothing scrolls."""
    model_choice_requested = Signal()
    class_mapping_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._area, self._content = QScrollArea(self), QWidget()
        self._model = ElidedLabel("", self)
        self._model.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._device = QLabel("", self)
        theme.set_role(self._device, "muted")
        self._device.setWordWrap(True)
        self.confidence = _slider(5, 95, tr("Confidence: proposals below it are not shown"), self)
        self.detail = _slider(0, 10 * DETAIL_STEPS_PER_PX, tr("Detail of outlines"), self)
        self._confidence_text = QLabel("", self)
        self._detail_text = QLabel("", self)
        self.run_image = QPushButton(tr("Pre-label this image"), self)
        self.on_open = QCheckBox(tr("Pre-label images when they open"), self)
        self.more = QPushButton(tr("More options"), self)
        self.options = RunOptions(self)
        self.scope = ScopeBox(self)
        self.run_batch = QPushButton(tr("Pre-label"), self)
        self.try_batch = QPushButton(tr("Try"), self)
        self._progress = QWidget(self)
        self._progress_text = QLabel("", self._progress)
        self._progress_bar = QProgressBar(self._progress)
        self._failed = QListWidget(self)
        self._failed_title = QPushButton("", self)
        self._lay_out()
        self._connect()
        self.set_model(None)
        self.set_device("", "")
        self.set_failed([])
        self.clear_progress()

    def set_model(self, card: ModelCard | None, name: str = "") -> None:
        """Say which model pre-labels.

        Args:
            card: Its card, None when there is none.
            name: What to call it; its name when empty.
        """
        if card is None:
            self._model.setText(tr("No model yet"))
            self._model.setToolTip(tr("Train one on reviewed images, or choose a model file."))
            return
        classes = (
            tr("any object")
            if card.class_agnostic
            else tr_n("{n} class", "{n} classes", len(card.classes))
        )
        name = name or card.name
        self._model.setText(f"{name} · {classes}")
        names = ", ".join(card.classes[:12])
        if len(card.classes) > 12:
            names = tr("{names} and more", names=names)
        tip = tr(
            "{name}\n{head}, YOLO11{scale}-seg, {params:.1f} M parameters\n{classes}",
            name=name,
            head=tr("dynamic head") if card.head == "dynamic" else tr("plain head"),
            scale=card.scale,
            params=card.params / 1e6,
            classes=names,
        )
        self._model.setToolTip(theme.plain_tip(tip))

    def set_device(self, text: str, reason: str, *, level: str = "muted") -> None:
        """Say where the model runs and why there."""
        self._device.setText(text)
        self._device.setToolTip(theme.plain_tip(engine_text(reason)))
        theme.set_role(self._device, level)  # type: ignore[arg-type]
        self._give_device_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The line breaks elsewhere now."""
        super().resizeEvent(event)
        self._give_device_room()

    def _give_device_room(self) -> None:
        """A dock asks for no height by width: without this the last of three lines is cut.

        One line has its place from the start, so that nothing moves under the pointer when the
        model has said where it runs.
        """
        self.ensurePolished()
        column = self._content.layout()
        if column is not None:
            margins = column.contentsMargins()
            width = self._area.viewport().width() - margins.left() - margins.right()
            line = self._device.fontMetrics().height()
            self._device.setMinimumHeight(max(line, self._device.heightForWidth(width)))
            self.updateGeometry()

    def set_confidence(self, confidence: float) -> None:
        """Show a value without asking for anything."""
        self.confidence.blockSignals(True)
        self.confidence.setValue(round(confidence * 100))
        self.confidence.blockSignals(False)
        self._confidence_text.setText(f"{confidence:.2f}")

    def set_detail(self, simplify_px: float) -> None:
        """Show a value without asking for anything."""
        self.detail.blockSignals(True)
        self.detail.setValue(round(simplify_px * DETAIL_STEPS_PER_PX))
        self.detail.blockSignals(False)
        self._detail_text.setText(f"{simplify_px:g} px")

    def set_predict_on_open(self, on: bool) -> None:
        """Show a value without asking for anything."""
        self.on_open.blockSignals(True)
        self.on_open.setChecked(on)
        self.on_open.blockSignals(False)

    def set_available(self, *, image: bool, batch: bool, reason: str) -> None:
        """Enable what can be run; `reason` explains what cannot."""
        self.run_image.setEnabled(image)
        self.run_batch.setEnabled(batch)
        self.try_batch.setEnabled(batch)
        self.scope.setEnabled(batch)
        self.run_image.setToolTip("" if image else reason)
        self.run_batch.setToolTip(
            tr("You can go on labelling meanwhile; shapes of people are never touched.")
            if batch
            else reason
        )
        self.try_batch.setToolTip(
            tr("Shows what a run would add, remove and change; nothing is changed.")
            if batch
            else reason
        )

    def set_progress(self, progress: Progress, tile: Progress | None = None) -> None:
        """Show how far a batch is, and in tiles how far its image is."""
        text = job_text(progress)
        if tile is not None:
            text = tr("{job} (tile {done} of {total})", job=text, done=tile.done, total=tile.total)
        self._progress_text.setText(text)
        self._progress_bar.setRange(0, progress.total or 0)
        self._progress_bar.setValue(progress.done)
        if self._progress.isHidden():
            self._progress.show()
            # Once it has its place: on a small screen the button that stops was below the edge.
            shows = partial(self._area.ensureWidgetVisible, self._progress, 0, 0)
            QTimer.singleShot(0, self, shows)

    def clear_progress(self) -> None:
        """No batch runs."""
        self._progress.hide()

    def ask_scope(self) -> None:
        """Put the keyboard where the images to pre-label are chosen, and show that place."""
        self.scope.setFocus()
        self._area.ensureWidgetVisible(self.run_batch)
        self._area.ensureWidgetVisible(self.scope)

    def set_failed(self, failed: Sequence[tuple[str, str]]) -> None:
        """List the images that could not be pre-labelled, with reasons; empty takes it away."""
        self._failed.clear()
        self._failed.addItems([f"{name}: {engine_text(reason)}" for name, reason in failed])
        count = len(failed)
        self._failed_title.setText(tr_n("{n} image failed", "{n} images failed", count))
        self._failed_title.setVisible(bool(failed))
        self._failed_title.setChecked(False)
        self._failed.hide()

    def _lay_out(self) -> None:
        space = theme.SPACE
        column = QVBoxLayout(self._content)
        column.setContentsMargins(space.normal, space.tight, space.normal, space.normal)
        column.setSpacing(space.small)
        choose = QPushButton(tr("Change…"), self)
        choose.setToolTip(tr("Choose the model that pre-labels"))
        theme.set_role(choose, "flat")
        choose.clicked.connect(self.model_choice_requested)
        mapping = QPushButton(tr("Classes…"), self)
        mapping.setToolTip(tr("Which class of the model becomes which class of the project"))
        theme.set_role(mapping, "flat")
        mapping.clicked.connect(self.class_mapping_requested)
        head = QHBoxLayout()
        head.setSpacing(space.hair)
        head.addWidget(self._model, 1)
        head.addWidget(mapping)
        head.addWidget(choose)
        column.addLayout(head)
        column.addWidget(self._device)
        column.addLayout(self._sliders())
        column.addWidget(self.run_image)
        column.addWidget(self.on_open)
        theme.set_role(self.more, "flat")
        self.more.setCheckable(True)
        self.more.setToolTip(
            tr("Tiles, image size, overlap, number of objects, precision, classes")
        )
        column.addWidget(self.options)
        self.options.hide()
        column.addWidget(self.scope)
        column.addLayout(self._batch_row())
        column.addWidget(self._progress_row())
        theme.set_role(self._failed_title, "flat")
        self._failed_title.setCheckable(True)
        column.addWidget(self._failed_title, 0, Qt.AlignmentFlag.AlignLeft)
        self._failed.setMaximumHeight(90)
        column.addWidget(self._failed)
        column.addStretch(1)
        self._let_scroll()

    def _let_scroll(self) -> None:
        area = self._area
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._content)
        self._content.setAutoFillBackground(False)
        area.viewport().setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def minimumSizeHint(self) -> QSize:
        """Room for everything but the options: with them it scrolls, and no window gets higher.

        It scrolls without them, too, where the text is so large that a screen holds little of it.
        """
        self._content.ensurePolished()
        hint = self._content.minimumSizeHint()
        unfolded = self.options.sizeHint().height() + theme.SPACE.small
        hint -= QSize(0, unfolded * (not self.options.isHidden()))
        most = self.screen().availableSize().height() // SCREEN_SHARE
        if not self.options.isHidden() or hint.height() > most:  # it scrolls: beside, not over it
            hint += QSize(self._area.verticalScrollBar().sizeHint().width(), 0)
        return hint.boundedTo(QSize(hint.width(), most))

    def _batch_row(self) -> QHBoxLayout:
        batch = QHBoxLayout()
        batch.setSpacing(theme.SPACE.tight)
        batch.addWidget(self.more)
        batch.addStretch(1)
        batch.addWidget(self.try_batch)
        batch.addWidget(self.run_batch)
        return batch

    def _sliders(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE.normal)
        grid.setVerticalSpacing(theme.SPACE.hair)
        grid.setColumnStretch(1, 1)
        rows = (
            (tr("Confidence"), self.confidence, self._confidence_text, "0.00"),
            (tr("Detail"), self.detail, self._detail_text, "10.25 px"),
        )
        for row, (name, slider, value, widest) in enumerate(rows):
            grid.addWidget(QLabel(name, self), row, 0)
            grid.addWidget(slider, row, 1)
            value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            value.setMinimumWidth(value.fontMetrics().horizontalAdvance(widest))
            grid.addWidget(value, row, 2)
        return grid

    def _progress_row(self) -> QWidget:
        column = QVBoxLayout(self._progress)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE.tight)
        for label in (self._device, self._progress_text):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._progress_text.setWordWrap(True)
        row = QHBoxLayout()
        row.addWidget(self._progress_bar, 1)
        stop = QPushButton(tr("Stop"), self._progress)
        stop.clicked.connect(self.stop_requested)
        row.addWidget(stop)
        column.addLayout(row)  # first: where the text wraps, the button stays in sight
        column.addWidget(self._progress_text)
        return self._progress

    def _connect(self) -> None:
        self.confidence.valueChanged.connect(self._confidence_moved)
        self.confidence.sliderReleased.connect(self._confidence_rests)
        self.detail.valueChanged.connect(self._detail_moved)
        self.detail.sliderReleased.connect(self._detail_rests)
        self.run_image.clicked.connect(self.image_run_requested)
        self.run_batch.clicked.connect(
            lambda: self.batch_run_requested.emit(self.scope.currentData())
        )
        self.try_batch.clicked.connect(
            lambda: self.preview_requested.emit(self.scope.currentData())
        )
        self.on_open.toggled.connect(self.predict_on_open_set)
        self.more.toggled.connect(self._unfold)
        self._failed_title.toggled.connect(self._failed.setVisible)

    def _unfold(self, unfolded: bool) -> None:
        self.options.setVisible(unfolded)
        self.updateGeometry()
        if unfolded:
            self.height_wanted.emit(self._content.minimumSizeHint().height())

    def _confidence_moved(self, value: int) -> None:
        self._confidence_text.setText(f"{value / 100:.2f}")
        self.confidence_moved.emit(value / 100)
        if not self.confidence.isSliderDown():
            self._confidence_rests()

    def _confidence_rests(self) -> None:
        self.confidence_set.emit(self.confidence.value() / 100)

    def _detail_moved(self, value: int) -> None:
        self._detail_text.setText(f"{value / DETAIL_STEPS_PER_PX:g} px")
        if not self.detail.isSliderDown():
            self._detail_rests()

    def _detail_rests(self) -> None:
        self.detail_set.emit(self.detail.value() / DETAIL_STEPS_PER_PX)


def _slider(low: int, high: int, name: str, parent: QWidget) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal, parent)
    slider.setRange(low, high)
    slider.setPageStep(5)
    slider.setAccessibleName(name)
    slider.setToolTip(name)
    return slider
