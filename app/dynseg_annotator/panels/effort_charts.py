"""How the work on proposals gets less, round by round. A view that stands anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from dynseg.review.effort import ROUND, Effort, rounds, total
from dynseg_annotator import theme
from dynseg_annotator.language import mark, tr, tr_n

if TYPE_CHECKING:
    from dynseg_annotator.panels.training_charts import Chart

NOTHING = mark(
    "Nothing to show yet: review some images that a model has proposed shapes for. Every step is "
    "counted from the history of the images; nobody is timed while they pause."
)


class EffortCharts(QWidget):
    """Curves over the images in the order in which they were reviewed.

    What draws them takes a third of a second to load, so that only a page with curves in sight
    loads it, once the page is shown.

    Args:
        parent: Where it stands.
    """

    drawn = Signal()
    """The curves are as high as they are going to be."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.proposals: Chart | None = None
        self.steps: Chart | None = None
        self.time: Chart | None = None
        self._efforts: list[Effort] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.SPACE.normal)
        self._column.addWidget(self.summary)
        self.show_efforts([])

    def show_efforts(self, efforts: Sequence[Effort]) -> None:
        """Draw the curves.

        Args:
            efforts: Of each reviewed image, in the order of their reviews.
        """
        self._efforts = list(efforts)
        self.summary.setText(summary(efforts))
        if self.isVisible():
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        """The words are there at once, the curves a moment later."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self._draw)

    def _made(self) -> tuple[Chart, Chart, Chart]:
        if self.proposals is None or self.steps is None or self.time is None:
            from dynseg_annotator.panels.training_charts import Chart

            self.proposals = Chart(tr("Proposals"), top=1.0)
            self.steps = Chart(tr("Steps an object"))
            self.time = Chart(tr("Seconds an object"))
            for widget in (self.proposals, self.steps, self.time):
                self._column.addWidget(widget)
        return self.proposals, self.steps, self.time

    def _draw(self) -> None:
        if not self._efforts and self.proposals is None:
            return
        charts = proposals, steps, time = self._made()
        for chart in charts:
            chart.clear()
        images = 0
        for part in rounds(self._efforts):
            images += part.images
            proposals.add(
                images,
                {
                    tr("kept as they were"): part.unchanged_share,
                    tr("overlap with the result"): part.mean_overlap,
                },
            )
            steps.add(images, {tr("all steps"): part.gestures_per_object})
            time.add(
                images,
                {tr("time between steps"): part.seconds / part.objects if part.objects else None},
            )
        for chart in charts:
            chart.setVisible(bool(self._efforts))
        self.drawn.emit()


def summary(efforts: Sequence[Effort]) -> str:
    """The first and the newest round in words."""
    if not efforts:
        return tr(NOTHING)
    parts = rounds(efforts)
    everything = total(efforts)
    text = tr(
        "Reviewed: {images} with {objects}. Proposals: {unchanged} kept as they were, "
        "{corrected} corrected, {relabelled} given another class, {deleted} deleted. Drawn "
        "besides: {added}. The curves follow the reviews, {round} images a point.",
        images=tr_n("{n:,} image", "{n:,} images", everything.images),
        objects=tr_n("{n:,} object", "{n:,} objects", everything.objects),
        unchanged=everything.unchanged,
        corrected=everything.corrected,
        relabelled=everything.relabelled,
        deleted=everything.deleted,
        added=everything.added,
        round=ROUND,
    )
    first, last = parts[0].gestures_per_object, parts[-1].gestures_per_object
    if len(parts) > 1 and first is not None and last is not None:
        text += " " + tr(
            "An object took {first:.1f} steps in the first {round} images and {last:.1f} in the "
            "last {images}.",
            first=first,
            round=ROUND,
            last=last,
            images=parts[-1].images,
        )
    return text
