"""Reviewed labels that a model disputes, one a line, to be looked at beside the work."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QProgressBar, QWidget

from dynseg.review.disputes import Verdicts
from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import engine_text, mark, sentences, tr, tr_n

SHOWN = 500
"""Rows at most: whoever has looked at these looks for errors anew."""
ABOUT = mark(
    "Networks that never saw an image judge its labels; what they dispute most comes first. They "
    "may be wrong: you decide. Once you change an image, its entries are settled."
)

LOOKS = mark(
    "It looks for errors beside your work. You can close this list meanwhile; the line at the "
    "bottom of the window says how far it is."
)


class DisputesDialog(layout.FittedDialog):
    """Stays open beside the work.

    Args:
        parent: The window.
    """

    chosen = Signal(object)
    """`Dispute`: it is to be shown."""
    search_asked = Signal()
    stop_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=72)
        self.setWindowTitle(tr("Label errors"))
        self.body.addWidget(layout.prose(tr(ABOUT)))
        self._state = layout.prose("", muted=False)
        self.body.addWidget(self._state)
        self._bar = QProgressBar(self)
        self._bar.setAccessibleName(tr("How far the search is"))
        self.body.addWidget(self._bar)
        self.list = QListWidget(self)
        self.list.setAccessibleName(tr("Disputed labels, the weightiest first"))
        self.list.setMinimumHeight(self.fontMetrics().height() * 14)
        self.list.currentItemChanged.connect(lambda item, _: self._choose(item))
        self.list.itemClicked.connect(self._choose)
        self.body.addWidget(self.list, 1)
        box = layout.buttons(self, "", reject=tr("Close"))
        self.search = layout.extra_button(box, tr("Look for errors"), "search")
        self.search.clicked.connect(self._press)
        self.finish(box)
        self._runs = False
        self._found: Verdicts | None = None
        self._images: set[int] = set()
        self.show_progress(0, 0, runs=False)

    def show_disputes(self, found: Verdicts | None, names: Mapping[int, str]) -> None:
        """Fill the list; the same line stays the current one, or that before it: an arrow goes on.

        Args:
            found: None when nobody has looked yet.
            names: Of the images by id.
        """
        current, row = self.list.currentItem(), self.list.currentRow() - 1
        chosen = current.data(Qt.ItemDataRole.UserRole) if current is not None else None
        self.list.blockSignals(True)
        self.list.clear()
        self._images.clear()
        for dispute in found.disputes[:SHOWN] if found is not None else ():
            name = names.get(dispute.image_id, "")
            item = QListWidgetItem(f"{name}: {engine_text(dispute.reason)} ({dispute.value:.0%})")
            item.setData(Qt.ItemDataRole.UserRole, dispute)
            self.list.addItem(item)
            self._images.add(dispute.image_id)
            if dispute == chosen:
                row = self.list.count() - 1
        self.list.setCurrentRow(max(-1, min(row, self.list.count() - 1)))
        self.list.blockSignals(False)
        self._found = found
        self._say()

    def show_progress(self, done: int, total: int, *, runs: bool) -> None:
        """Say how far the search is."""
        begins, self._runs = runs and not self._runs, runs
        self._say()
        if begins:
            self.fit_later()  # the bar must not make the body scroll
        self._bar.setVisible(runs)
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self.search.setText(tr("Stop") if runs else tr("Look for errors"))
        theme.set_icon(self.search, "stop" if runs else "search")

    def _say(self) -> None:
        """What was found, and that it is being looked for."""
        found = _in_words(self._found) if self._found is not None or not self._runs else ""
        self._state.setText(sentences(found, tr(LOOKS) if self._runs else ""))

    def concerns(self, image_id: int) -> bool:
        """Whether something in an image is listed."""
        return image_id in self._images

    @property
    def state(self) -> str:
        """What it says above the list."""
        return self._state.text()

    def _press(self) -> None:
        (self.stop_asked if self._runs else self.search_asked).emit()

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))


def _in_words(found: Verdicts | None) -> str:
    if found is None:
        return tr(
            "Nobody has looked yet. Beside your work it takes minutes on a GPU and up to an hour "
            "or two on a processor; it can be stopped at any time."
        )
    count = len(found.disputes)
    words = (
        tr_n("{n} label is disputed.", "{n} labels are disputed.", count)
        if count
        else tr("Nothing is disputed any more.")
    )
    return tr(
        "{words} On {images} images that they never saw the networks reached a panoptic "
        "quality of {quality:.2f}; 1 would leave nothing to do.",
        words=words,
        images=found.images,
        quality=found.quality,
    )
