"""How the work on proposals gets less, round by round. A view that stands anywhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from dynseg.review.effort import ROUND, Effort, rounds, total
from dynseg_annotator import theme
from dynseg_annotator.language import mark, tr, tr_n
from dynseg_annotator.panels.training_charts import Chart

NOTHING = mark(
    "Nothing to show yet: review some images that a model has proposed shapes for. Every step is "
    "counted from the history of the images; nobody is timed while they pause."
)


class EffortCharts(QWidget):
    """Curves over the images in the order in which they were reviewed.

    Args:
        parent: Where it stands.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.proposals = Chart(tr("Proposals"), top=1.0)
        self.steps = Chart(tr("Steps an object"))
        self.time = Chart(tr("Seconds an object"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE.normal)
        for widget in (self.summary, self.proposals, self.steps, self.time):
            column.addWidget(widget)
        self.show_efforts([])

    def show_efforts(self, efforts: Sequence[Effort]) -> None:
        """Draw the curves.

        Args:
            efforts: Of each reviewed image, in the order of their reviews.
        """
        charts = (self.proposals, self.steps, self.time)
        for chart in charts:
            chart.clear()
        images = 0
        for part in rounds(efforts):
            images += part.images
            self.proposals.add(
                images,
                {
                    tr("kept as they were"): part.unchanged_share,
                    tr("overlap with the result"): part.mean_overlap,
                },
            )
            self.steps.add(images, {tr("all steps"): part.gestures_per_object})
            self.time.add(
                images,
                {tr("time between steps"): part.seconds / part.objects if part.objects else None},
            )
        self.summary.setText(summary(efforts))
        for chart in charts:
            chart.setVisible(bool(efforts))


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
