"""Which frames of a video become images."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import mark, tr, tr_n

MOST = 10_000


@dataclass(frozen=True, slots=True)
class _Words:
    title: str
    one_in: str
    different: str
    prose: str
    every: int


FRAMES = _Words(
    title=mark("Add frames"),
    one_in=mark("Take &one frame in"),
    different=mark("Only frames that show something &different from the one before"),
    prose=mark(
        "The frames become image files in {folder}; the file itself is only read. A frame keeps "
        "the number that it has in the video, so more of them can be added later."
    ),
    every=10,
)
PAGES = _Words(
    title=mark("Add pages"),
    one_in=mark("Take &one page in"),
    different=mark("Only pages that show something &different from the one before"),
    prose=mark(
        "The pages become image files in {folder}, with all of their bits; the file itself is only "
        "read. A page keeps the number that it has in the file, counted from 0, so more of them "
        "can be added later. The first page of a file that is in the list is not added again."
    ),
    every=1,
)


@dataclass(frozen=True, slots=True)
class FrameRequest:
    """What the user decided.

    Attributes:
        sources: Videos or TIFFs.
        every: Each n-th frame.
        different: Only frames that show something else than the one before.
    """

    sources: tuple[Path, ...]
    every: int
    different: bool


class FrameDialog(layout.FittedDialog):
    """Each n-th frame, and whether frames that show the same are left out.

    Args:
        sources: Videos or TIFFs, one at least.
        folder: Where the frames of the first go.
        parent: The window.
        beside: Further TIFFs of the same folder, which can be taken along.
    """

    frames_requested = Signal(object)
    """`FrameRequest`"""

    def __init__(
        self,
        sources: Sequence[Path],
        folder: Path,
        parent: QWidget | None = None,
        *,
        beside: Sequence[Path] = (),
    ) -> None:
        super().__init__(parent, width=72)
        self._sources, self._beside = tuple(sources), tuple(beside)
        words = PAGES if sources[0].suffix.lower() in (".tif", ".tiff") else FRAMES
        self.setWindowTitle(tr(words.title))
        self.every = QSpinBox()
        self.every.setRange(1, MOST)
        self.every.setValue(words.every)
        self.different = QCheckBox(tr(words.different))
        everything = tr_n(
            "And those of the other TIFF file in its folder",
            "And those of the {n:,} other TIFF files in its &folder",
            len(beside),
        )
        self.everything = QCheckBox(everything)
        self.everything.setVisible(bool(beside))
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE.normal)
        title = QLabel(tr(words.one_in))
        title.setBuddy(self.every)
        for widget in (title, self.every):
            row.addWidget(widget)
        row.addStretch(1)
        more = len(sources) - 1
        name = sources[0].name
        if more:
            name = tr_n("{name} and {n:,} more", "{name} and {n:,} more", more, name=name)
        self.body.addWidget(layout.heading(name))
        self.body.addLayout(row)
        self.body.addWidget(self.different)
        self.body.addWidget(self.everything)
        self.body.addWidget(layout.prose(tr(words.prose, folder=folder)))
        self.body.addStretch(1)
        self.finish(layout.buttons(self, tr(words.title)))
        self.every.setFocus()
        self.every.selectAll()

    def accept(self) -> None:
        """Hand the request out."""
        sources = self._sources + (self._beside if self.everything.isChecked() else ())
        request = FrameRequest(sources, self.every.value(), self.different.isChecked())
        super().accept()
        self.frames_requested.emit(request)
