"""Following the shapes of one image through many, while the person goes on working."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from dynseg.worker.follow_messages import FollowOn
from dynseg_annotator.application.labels.many import ManyController, through
from dynseg_annotator.application.models.batch import BatchController, Work
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level
from dynseg_annotator.language import sentences, tr, tr_n
from dynseg_annotator.panels.status_line import duration

if TYPE_CHECKING:
    from dynseg_annotator.dialogs.follow_dialog import Choice

KEY = "follow-on"
SETTING = "follow_images"


class FollowOnController(QObject):
    """Asks into which images, has the engine do it, and says what became of the objects."""

    def __init__(
        self,
        parts: Parts,
        many: ManyController,
        batch: BatchController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._many = many
        self._batch = batch
        parts.actions["follow-on"].triggered.connect(lambda: self.ask())

    def ask(self) -> None:
        """Ask into which images."""
        if not self._may_begin():
            return
        from dynseg_annotator.dialogs.follow_dialog import FollowDialog

        choices = self._choices()
        if not choices:
            self._context.messages.show(
                Level.INFO,
                tr("No image comes after this one in the list."),
                tr("Open the image whose shapes are to be followed, or select several images; "
                   "clear the filter if it hides them."),
                key=KEY,
            )  # fmt: skip
            return
        count = int(self._context.settings.get(SETTING))
        dialog = FollowDialog(self._parts.window, choices, count=count)
        dialog.wanted.connect(self.follow)
        dialog.finished.connect(dialog.deleteLater)
        self._context.project_closed.connect(dialog.reject)
        dialog.open()

    def follow(self, image_ids: Sequence[int], count: int = 0) -> None:
        """Follow the shapes of the first of these images through the others.

        Args:
            image_ids: The images in their order.
            count: How many were asked for, to be remembered; 0 where nobody chose a number.
        """
        store, writer = self._context.store, self._context.writer
        if not self._may_begin() or store is None or writer is None:
            return
        if count:
            self._context.settings.set(SETTING, count)
        project, token, ids = str(store.root), store.lock_token, list(image_ids)

        def done(_: None) -> None:
            if self._context.store is store:
                self._batch.begin(
                    lambda job, run_id: FollowOn(
                        job=job, project=project, token=token, image_ids=ids, run_id=run_id
                    ),
                    Work(tr("Following shapes"), followed),
                )

        # What was drawn a moment ago is followed as well.
        self._context.background.run(
            lambda: through(writer)(lambda _: None),
            done=done,
            failed=self._context.messages.show_error,
        )

    def _may_begin(self) -> bool:
        if self._batch.is_running:
            self._context.messages.say_running()
            return False
        return self._many.may_begin()

    def _choices(self) -> list[Choice]:
        """The selected images where there are several, then those after the open one."""
        images, here = self._parts.images, self._context.session.annotation
        listed = images.ids()
        selected = set(self._parts.image_panel.selected_ids())
        found = []
        if len(selected) > 1:
            found.append(self._choice([own for own in listed if own in selected], selected=True))
        if here is not None and images.index_of(here.image_id).isValid():
            after = listed[listed.index(here.image_id) :]
            found.append(self._choice(after, selected=False))
        return [choice for choice in found if choice.most > 0]

    def _choice(self, image_ids: list[int], *, selected: bool) -> Choice:
        from dynseg_annotator.dialogs.follow_dialog import Choice

        row, here = self._parts.images.row_of(image_ids[0]), self._context.session.annotation
        shapes = row.instance_count if row is not None else 0
        if here is not None and here.image_id == image_ids[0]:
            shapes = len(here.instances)  # the list may be behind
        name = row.rel.rsplit("/", 1)[-1] if row is not None else ""
        return Choice(image_ids, name, shapes, selected)


def followed(result: dict[str, object]) -> tuple[str, str]:
    """What a run did and what became of the objects: a message and its hint."""
    changed, shapes, objects, kept, skipped = (
        int(str(result.get(key, 0)))
        for key in ("changed", "shapes", "objects", "to_the_end", "skipped")
    )
    seconds, rate = (float(str(result.get(key, 0))) for key in ("seconds", "images_per_s"))
    text = tr("Nothing was changed.")
    if changed:
        text = tr_n(
            "{shapes} put on {n:,} image in {time} ({rate:.1f} images/s).",
            "{shapes} put on {n:,} images in {time} ({rate:.1f} images/s).",
            changed,
            shapes=tr_n("{n:,} proposal", "{n:,} proposals", shapes),
            time=duration(seconds) if seconds >= 1 else tr("less than a second"),
            rate=rate,
        )
    said = [_became(objects, kept)]
    name = str(result.get("stopped_at") or "").rsplit("/", 1)[-1]
    if name and result.get("other_size"):
        said.append(tr("{name} has another size, so it ended there.", name=name))
    elif name:
        said.append(tr("From {name} on none of them was seen.", name=name))
    if skipped:
        said.append(
            tr_n(
                "{n:,} image stays as it is: reviewed, skipped, or changed meanwhile.",
                "{n:,} images stay as they are: reviewed, skipped, or changed meanwhile.",
                skipped,
            )
        )
    return text, sentences(*said)


def _became(objects: int, kept: int) -> str:
    if kept == objects:
        return tr_n(
            "{n:,} object was followed to the last image.",
            "All {n:,} objects were followed to the last image.",
            objects,
        )
    return tr_n(
        "{kept:,} of {n:,} object was followed to the last image: it left, is hidden or looks "
        "different. Draw it where it is seen again, and follow on from there.",
        "{kept:,} of {n:,} objects were followed to the last image; the others left, are hidden "
        "or look different. Draw them where they are seen again, and follow on from there.",
        objects,
        kept=kept,
    )
