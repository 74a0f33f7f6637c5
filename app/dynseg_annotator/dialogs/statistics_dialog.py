"""What the project holds: counts, histograms, and the work on proposals."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from dynseg.annotation.document import ImageState
from dynseg.errors import DynsegError
from dynseg.progress import Progress
from dynseg.review.statistics import Histogram, Statistics
from dynseg_annotator import theme
from dynseg_annotator.dialogs import counts, layout
from dynseg_annotator.dialogs.bars import Bars, Row
from dynseg_annotator.dialogs.notice_list import NoticeCard
from dynseg_annotator.itemmodels.images import SPLIT_TEXT, STATE_TEXT
from dynseg_annotator.language import engine_text, mark, tr

ORIGIN_TEXT = {
    "human": mark("drawn or imported"),
    "model": mark("proposed, not touched"),
    "edited": mark("proposed, then corrected"),
}
NAMED = 8
"""Classes without objects that a sentence has room for."""
CLASSES_SHOWN = 200
"""More classes are in the table alone."""


class StatisticsDialog(layout.FittedDialog):
    """Stays beside the work; filled anew each time it is asked for.

    Args:
        effort: The curves of the work on proposals; the dialog owns them from now on.
        parent: The window.
    """

    table_requested = Signal()
    """Write all counts as a table."""

    def __init__(self, effort: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=84)
        self.setWindowTitle(tr("Statistics"))
        self._card = NoticeCard()
        self.states = Bars(tr("Images by state"))
        self.splits = Bars(tr("Images by split"))
        self.per_image = Bars(tr("Images by number of objects"))
        self.classes = Bars(tr("Objects by class"))
        self.class_images = Bars(tr("Images that have the class"))
        self.sizes = Bars(tr("Objects by size: side of a square of the same area, pixels"))
        self.points = Bars(tr("Objects by number of points"))
        self.origins = Bars(tr("Objects by origin"))
        tabs = QTabWidget()
        tabs.setAccessibleName(tr("Statistics"))
        for title, widgets in (
            (tr("&Images"), (self.states, self.splits, self.per_image)),
            (tr("&Classes"), (self.classes, self.class_images)),
            (tr("&Objects"), (self.sizes, self.points, self.origins)),
            (tr("&Work"), (effort,)),
        ):
            tabs.addTab(_page(widgets), title)
        self.tabs = tabs
        self.body.addWidget(layout.heading(tr("Statistics")))
        self.body.addWidget(self._card)
        self.body.addWidget(tabs, 1)
        self._box = layout.buttons(self, tr("Save as a table…"), reject=tr("Close"))
        self._box.accepted.disconnect(self.accept)
        self._box.accepted.connect(self.table_requested)
        layout.main_button(self._box).setEnabled(False)
        self.finish(self._box)

    def show_progress(self, progress: Progress) -> None:
        """How far counting is."""
        self._card.show_progress(progress)

    def show_error(self, error: DynsegError) -> None:
        """It cannot be counted."""
        self._card.end_progress()
        self._card.say([("error", engine_text(str(error)))])

    def show_statistics(self, found: Statistics) -> None:
        """What was counted."""
        self._card.end_progress()
        self._card.say([("info", summary(found))])
        states = [(tr(STATE_TEXT[state]), found.by_state[state.value], "") for state in ImageState]
        self.states.show_rows(states)
        splits = {**SPLIT_TEXT, "none": mark("not assigned")}
        self.splits.show_rows(
            [(tr(text), found.by_split.get(name, 0), "") for name, text in splits.items()]
        )
        self.origins.show_rows(
            [(tr(text), found.by_origin.get(name, 0), "") for name, text in ORIGIN_TEXT.items()]
        )
        most_first = sorted(found.classes, key=lambda own: -own.objects)[:CLASSES_SHOWN]
        self.classes.show_rows([(own.name, own.objects, own.colour) for own in most_first])
        self.class_images.show_rows([(own.name, own.images, own.colour) for own in most_first])
        self.sizes.show_rows(_rows(found.sizes))
        self.points.show_rows(_rows(found.points, 3))
        self.per_image.show_rows(_rows(found.per_image))
        layout.main_button(self._box).setEnabled(True)
        self.fit_later()


def summary(found: Statistics) -> str:
    """The project in a sentence or two."""
    values = {"images": counts.images(found.images), "objects": counts.objects(found.objects)}
    if not found.objects:
        return tr("{images}; no object yet.", **values)
    text = tr(
        "{images}, {objects}: {each:.1f} an image and {points:.0f} points an object on average.",
        each=found.objects / max(found.images, 1),
        points=found.mean_points,
        **values,
    )
    unused = [own.name for own in found.classes if not own.objects]
    if unused:
        names = ", ".join(unused[:NAMED])
        if len(unused) > NAMED:
            names = tr("{names} and {n:,} more", names=names, n=len(unused) - NAMED)
        text += " " + tr("Without objects: {names}.", names=names)
    return text


def _page(widgets: tuple[QWidget, ...]) -> QWidget:
    content = QWidget()
    column = QVBoxLayout(content)
    column.setSpacing(theme.SPACE.page)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return content


def _rows(histogram: Histogram, least: int = 0) -> list[Row]:
    return [
        (_span(*ends), number, "")
        for ends, number in zip(histogram.ranges(least), histogram.counts, strict=True)
    ]


def _span(first: int, end: int | None) -> str:
    """`3 – 4`, `1`, `129 and more`."""
    if end is None:
        return tr("{first:,} and more", first=first)
    return f"{first:,}" if end == first + 1 else f"{first:,} – {end - 1:,}"
