"""Which image is open: the next start shows it again, however this one ends."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer

from dynseg.project.store import Store
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.session.opening import LAST_IMAGE

NOTE_MS = 2000
"""Images that are only passed are not written down."""


class LastImage(QObject):
    """Writes it down once somebody stays: a process that is ended does not get round to it."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._note)
        parts.context.session.opened.connect(lambda _: self._timer.start(NOTE_MS))
        parts.context.project_closed.connect(self._timer.stop)

    def _note(self) -> None:
        store, writer = self._parts.context.store, self._parts.context.writer
        name = image_of(self._parts)
        if store is not None and writer is not None and name and not store.read_only:
            # Whether it could be written nobody needs to know: the labels are saved already.
            writer.submit(partial(Store.save_setting, key=LAST_IMAGE, value=name))


def image_of(parts: Parts) -> str:
    """The name of the image that is open, empty without one."""
    image_id = parts.context.session.image_id
    row = None if image_id is None else parts.images.row_of(image_id)
    return "" if row is None else row.rel
