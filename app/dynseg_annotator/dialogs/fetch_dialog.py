"""A published YOLO11 model by a click: what it is, how large, from where, under which licence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QLabel, QProgressBar, QWidget

from dynseg.errors import DynsegError
from dynseg.model.fetch import LICENCE, RELEASES, SOURCE
from dynseg.progress import Progress
from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.language import engine_text, mark, sentences, tr

SIZES = {
    "n": mark("nano: the fastest, right for a processor"),
    "s": mark("small: better masks, three times the work"),
    "m": mark("medium: for a GPU"),
    "l": mark("large: for a GPU"),
    "x": mark("extra large: for a strong GPU"),
}
ABOUT = mark(
    "Models that Ultralytics trained on COCO: 80 everyday classes, from person to toothbrush. A "
    "good start where your objects resemble them. Nothing is fetched before you press the button."
)
BY_HAND = mark(
    "Without a network: fetch the file at the address above on another computer and put it at the "
    "place named above. Then press the button here; nothing is fetched, only checked."
)


class FetchDialog(layout.FittedDialog):
    """Asks which model, shows how far it is; does nothing itself.

    Args:
        folder: Where fetched files go.
        here_bytes: Tells how much of a file is there already.
        parent: The window.
    """

    fetch_asked = Signal(str, bool)
    """Name of the published file; whether its head becomes dynamic."""
    stop_asked = Signal()

    def __init__(
        self, folder: Path, here_bytes: Callable[[str], int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, width=78)
        self.setWindowTitle(tr("Get a published model"))
        self._folder, self._here_bytes = folder, here_bytes
        self._runs = False
        self.body.addWidget(layout.prose(tr(ABOUT)))
        self.which = self._releases()
        self.dynamic = QCheckBox(
            tr("Give it a &dynamic head: it answers the same, then learns more")
        )
        self._size_text, self._address, self._place = (
            layout.prose("", muted=False, selectable=True) for _ in range(3)
        )
        licence = layout.prose(
            tr(
                "{licence}: who passes the model on, or offers its answers as a service, "
                "passes on its source too.",
                licence=LICENCE,
            ),
            muted=False,
        )
        form = QFormLayout()
        form.setSpacing(theme.SPACE.normal)
        for caption, widget in (
            (tr("&Model"), self.which),
            (tr("Size"), self._size_text),
            (tr("Licence"), licence),
            (tr("Address"), self._address),
            (tr("Place"), self._place),
        ):
            label = QLabel(caption)
            label.setBuddy(widget)
            form.addRow(label, widget)
        self.body.addLayout(form)
        self.body.addWidget(self.dynamic)
        self._by_hand = layout.prose(tr(BY_HAND))
        self.body.addWidget(self._by_hand)
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName(tr("How much has come"))
        self.body.addWidget(self.bar)
        self._state = layout.prose("", muted=False, selectable=True)
        self.body.addWidget(self._state)
        self.body.addStretch(1)
        box = layout.buttons(self, tr("Get it"), reject=tr("Close"))
        box.accepted.disconnect(self.accept)
        self.go = layout.main_button(box)
        self.go.clicked.connect(self._press)
        self.finish(box)
        self.which.currentIndexChanged.connect(lambda _: self._show_choice())
        self.bar.hide()
        self._show_choice()

    def _releases(self) -> QComboBox:
        box = QComboBox(self)
        for name, release in RELEASES.items():
            scale = name.removeprefix("yolo11")[0]
            text = tr(
                "{name}   {size:.0f} MB, {about}",
                name=name.removesuffix(".pt"),
                size=release.size_bytes / 1e6,
                about=tr(SIZES[scale]),
            )
            box.addItem(text, name)
        box.setAccessibleName(tr("Which model"))
        return box

    @property
    def state(self) -> str:
        """What it said last."""
        return self._state.text()

    def name(self) -> str:
        """The published file that is chosen."""
        return str(self.which.currentData())

    def show_progress(self, progress: Progress) -> None:
        """How far it is: kilobytes while it comes, nothing to count while it is checked."""
        self._set_running(True)
        self.bar.setRange(0, progress.total or 0)
        self.bar.setValue(progress.done)
        text = f"{engine_text(progress.stage)} …"
        if progress.total:
            done, total = progress.done / 1000, progress.total / 1000
            text = tr("{done:.1f} of {total:.1f} MB are here.", done=done, total=total)
        self._state.setText(text)
        theme.set_role(self._state, "")

    def show_failure(self, error: DynsegError) -> None:
        """What went wrong and what to do; the button tries again."""
        self._set_running(False)
        self._show_choice()
        self._state.setText(sentences(engine_text(error.message), engine_text(error.hint)))
        theme.set_role(self._state, "error")
        self._by_hand.hide()  # the failure says the same

    def show_stopped(self) -> None:
        """What has come is kept."""
        self._set_running(False)
        self._show_choice()

    def reject(self) -> None:
        """Close; what runs is stopped, and what has come is kept for the next time."""
        self._stop()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """As `reject`."""
        self._stop()
        super().closeEvent(event)

    def _stop(self) -> None:
        if self._runs:
            self._set_running(False)
            self.stop_asked.emit()

    def _press(self) -> None:
        if self._runs:
            self._stop()
            self.show_stopped()
            return
        self.show_progress(Progress(tr("Asking for it"), 0))
        self.fetch_asked.emit(self.name(), self.dynamic.isChecked())

    def _set_running(self, runs: bool) -> None:
        self._runs = runs
        self.bar.setVisible(runs)
        self.which.setEnabled(not runs)
        self.dynamic.setEnabled(not runs)
        self.go.setText(tr("Stop") if runs else tr("Get it"))

    def _show_choice(self) -> None:
        name = self.name()
        size, here = RELEASES[name].size_bytes, self._here_bytes(name)
        self._size_text.setText(tr("{size:.1f} MB", size=size / 1e6))
        self._address.setText(f"{SOURCE}/{name}")
        self._place.setText(str(self._folder / name))
        self._by_hand.show()
        self._state.setText("")
        theme.set_role(self._state, "muted")
        if here == size:
            self._state.setText(tr("The file is here already; it is checked and taken in."))
        elif here:
            self._state.setText(
                tr("{here:.1f} MB came before; it goes on from there.", here=here / 1e6)
            )
        self.go.setText(tr("Take it in") if here == size else tr("Go on") if here else tr("Get it"))
