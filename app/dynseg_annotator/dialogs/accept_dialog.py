"""Which proposals of which images to accept in one step, with what that would do in numbers."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QSlider, QWidget

from dynseg.annotation.classes import ClassLabel
from dynseg.review.acceptance import Foreseen, Waiting
from dynseg_annotator import theme
from dynseg_annotator.dialogs import layout
from dynseg_annotator.dialogs.notice_list import NoticeCard
from dynseg_annotator.dialogs.report_dialog import Level
from dynseg_annotator.language import tr, tr_n


class AcceptDialog(layout.FittedDialog):
    """Asks; decides nothing.

    Args:
        parent: The window.
        found: The images that wait for a person.
        listed: Ids of the images that the list shows, None when it shows all.
        selected: Ids of the images that are selected there, None when fewer than two are.
        least: Score to begin with, in [0, 1].
        nameless: The class that stands for anything; None when there is none.
    """

    wanted = Signal(object, float, bool)
    """Ids of images, lowest score, whether images become reviewed."""

    def __init__(
        self,
        parent: QWidget | None,
        found: Waiting,
        *,
        listed: Collection[int] | None,
        least: float,
        selected: Collection[int] | None = None,
        nameless: ClassLabel | None = None,
    ) -> None:
        super().__init__(parent, width=74)
        self.setWindowTitle(tr("Accept many images"))
        self._choices: list[Waiting] = []
        self._nameless = nameless
        self.images = QComboBox()
        self.images.setAccessibleName(tr("Images"))
        if selected is not None:
            some = found.among(selected)
            self._offer(some, tr("Selected images that wait for you ({n:,})", n=len(some.ids)))
        if listed is not None:
            some = found.among(listed)
            self._offer(some, tr("Images of the list that wait for you ({n:,})", n=len(some.ids)))
        self._offer(found, tr("All images that wait for you ({n:,})", n=len(found.ids)))
        self.least = QSlider(Qt.Orientation.Horizontal)
        self.least.setAccessibleName(tr("Lowest score of what is accepted"))
        self.least.setRange(0, 100)
        self.least.setPageStep(5)
        self.least.setValue(round(100 * least))
        self._least_text = QLabel()
        self.as_reviewed = QCheckBox(tr("Mark images as reviewed that have no proposal left"))
        self.as_reviewed.setToolTip(
            tr("Models learn from reviewed images, also that there is nothing else on them.")
        )
        self.as_reviewed.setChecked(True)
        self.card = NoticeCard()
        self._lay_out()
        self.images.currentIndexChanged.connect(self._show)
        self.least.valueChanged.connect(self._show)
        self.as_reviewed.toggled.connect(self._show)
        self.accepted.connect(self._tell)
        self._show()

    def _lay_out(self) -> None:
        self.body.addWidget(layout.heading(tr("Accept many images")))
        self.body.addWidget(
            layout.prose(
                tr(
                    "What the model proposed becomes your work without a look at each shape. What "
                    "you drew, changed or accepted before stays as it is."
                )
            )
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SPACE.normal)
        grid.setVerticalSpacing(theme.SPACE.normal)
        grid.setColumnStretch(1, 1)
        self._least_text.setMinimumWidth(self.fontMetrics().horizontalAdvance("0.00 "))
        self._least_text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for row, (name, widget) in enumerate(
            ((tr("&Images"), self.images), (tr("&Score at least"), self.least))
        ):
            label = QLabel(name)
            label.setBuddy(widget)
            grid.addWidget(label, row, 0)
            grid.addWidget(widget, row, 1, 1, 1 if widget is self.least else 2)
        grid.addWidget(self._least_text, 1, 2)
        self.body.addLayout(grid)
        self.body.addWidget(self.as_reviewed)
        self.body.addWidget(self.card)
        self._box = layout.buttons(self, tr("Accept"))
        self.finish(self._box)

    def _offer(self, choice: Waiting, text: str) -> None:
        """The narrowest first: it is the one that is chosen where nobody chooses."""
        self._choices.append(choice)
        self.images.addItem(text)

    @property
    def _chosen(self) -> Waiting:
        return self._choices[self.images.currentIndex()]

    def _show(self) -> None:
        least = self.least.value() / 100
        self._least_text.setText(f"{least:.2f}")
        as_reviewed = self.as_reviewed.isChecked()
        label = self._nameless
        found = self._chosen.foresee(
            least, as_reviewed=as_reviewed, nameless=label.id if label else None
        )
        name = label.name if label else ""
        self.card.say(consequences(found, least, as_reviewed=as_reviewed, name=name))
        button = layout.main_button(self._box)
        button.setText(
            tr_n("Accept {n:,} proposal", "Accept {n:,} proposals", found.proposals)
            if found.proposals
            else tr_n("Accept {n:,} image", "Accept {n:,} images", found.reviewed)
            if found.reviewed
            else tr("Accept")
        )
        button.setEnabled(found.proposals > 0 or found.reviewed > 0)
        if self.isVisible():  # before that, it would move a window that nobody has placed yet
            self.fit_later()

    def _tell(self) -> None:
        ids = self._chosen.ids.tolist()
        self.wanted.emit(ids, self.least.value() / 100, self.as_reviewed.isChecked())


def consequences(
    found: Foreseen, least: float, *, as_reviewed: bool, name: str = ""
) -> list[tuple[Level, str]]:
    """What an acceptance would do, in sentences.

    Args:
        found: In numbers.
        least: The score.
        as_reviewed: Images become reviewed.
        name: Of the class that stands for anything.
    """
    if not found.proposals and not found.reviewed:
        said: list[tuple[Level, str]] = [
            ("info", tr("No proposal with that score waits on these images."))
        ]
    else:
        shapes = tr_n("{n:,} proposal", "{n:,} proposals", found.proposals)
        text = tr_n(
            "{shapes} on {n:,} image will be yours.",
            "{shapes} on {n:,} images will be yours.",
            found.images,
            shapes=shapes,
        )
        said = [("ok", text)] if found.proposals else []
    if found.nameless:
        text = tr_n(
            "{n:,} of them is called “{name}”, which is not one of your classes, and models learn "
            "that name: choose another first (Assist, Classes…).",
            "{n:,} of them are called “{name}”, which is not one of your classes, and models "
            "learn that name: choose another first (Assist, Classes…).",
            found.nameless,
            name=name,
        )
        said.append(("warn", text))
    if found.reviewed:
        text = tr_n(
            "{n:,} image will be reviewed: models learn from it.",
            "{n:,} images will be reviewed: models learn from them.",
            found.reviewed,
        )
        said.append(("ok", text))
    if found.left:
        shapes = tr_n("{n:,} proposal", "{n:,} proposals", found.left)
        text = tr_n(
            "{n:,} image keeps {shapes} below {least:.2f} and waits for you.",
            "{n:,} images keep {shapes} below {least:.2f} and wait for you.",
            found.doubtful,
            shapes=shapes,
            least=least,
        )
        said.append(("info", text))
    if found.empty and as_reviewed:
        text = tr_n(
            "{n:,} image without shapes stays as it is: only a look tells whether it is empty.",
            "{n:,} images without shapes stay as they are: only a look tells whether they are "
            "empty.",
            found.empty,
        )
        said.append(("info", text))
    return said
