"""The rows of the image list after jobs have written: read and compared beside the window."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from dynseg.annotation.classes import ClassTable
from dynseg.errors import DynsegError
from dynseg.project.records import ImageRow
from dynseg.project.store import Store
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.itemmodels.image_arrangement import Arrangement, Listed, listed

FOLLOW_MS = 2000
"""So often a window that only looks asks whether the one that writes has written."""
AT_ONCE = 1000
"""Rows that are taken over without a pause: some milliseconds of the window's thread."""


class RowController(QObject):
    """Lets list, classes and the open image follow the store, however long the list is.

    Where another program holds the project, its changes are followed, too.
    """

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._images = parts.images
        self._context = parts.context
        self._reading = self._asked_again = False
        self._touched: set[int] = set()
        """Images that a person has changed since: the list knows more of them than was read."""
        session = self._context.session
        session.changed.connect(lambda _, after: self._touched.add(after.image_id))
        session.changed_elsewhere.connect(lambda after: self._touched.add(after.image_id))
        self._context.project_closed.connect(self._touched.clear)
        self._written: object = None
        self._looks = False
        self._follow = QTimer(self, interval=FOLLOW_MS)
        self._follow.timeout.connect(self._look)
        session.opened.connect(lambda _: self._look() if self._follow.isActive() else None)
        self._context.project_opened.connect(self._begin)
        self._context.project_closed.connect(self._follow.stop)
        self._context.rows_outdated.connect(self.read)
        self._context.images_changed.connect(lambda ids: None if ids else self.read())

    def _begin(self) -> None:
        store = self._context.store
        if store is not None and store.read_only:
            self._written = None
            self._follow.start()

    def _look(self) -> None:
        """Read what the program that holds the project has written since.

        One look at a time: on a share that does not answer they would take every thread.
        """
        store = self._context.store
        if store is None or self._looks:
            return
        self._looks = True

        def done(written: object) -> None:
            self._looks = False
            if self._context.store is store and written != self._written:
                self._written = written
                self.read()

        self._context.background.run(
            lambda: _state_of(store.layout.database), done=done, failed=lambda _: None
        )

    def read(self) -> None:
        """Read all rows; what differs is shown a moment later."""
        store = self._context.store
        if store is None:
            return
        if self._reading:
            self._asked_again = True  # what is being read may be older than what was written last
            return
        self._reading, self._asked_again = True, False
        if not self._context.session.unsaved:
            self._touched.clear()
        known, wanted = self._images.all_rows(), self._images.wanted
        self._context.background.run(
            lambda: _differing(store, known, wanted),
            done=lambda found: self._show(store, *found),
            failed=partial(self._not_read, store),
        )

    def _show(
        self, store: Store, rows: list[ImageRow], classes: ClassTable, made: Listed | None
    ) -> None:
        if self._context.store is not store:
            self._end()
            return
        if classes != self._context.classes:
            self._context.set_classes(classes)
        if made is not None:
            held = [self._images.row_of(image_id) for image_id in self._touched]
            self._images.set_listed(made)
            self._images.update_rows(row for row in held if row is not None)
            self._told(rows)
        else:
            self._update(store, rows, 0)

    def _update(self, store: Store, rows: list[ImageRow], start: int) -> None:
        """Take some rows over, then let the window breathe."""
        if self._context.store is not store:
            self._end()
            return
        part = rows[start : start + AT_ONCE]
        self._images.update_rows(row for row in part if row.id not in self._touched)
        if start + AT_ONCE < len(rows):
            QTimer.singleShot(0, self, partial(self._update, store, rows, start + AT_ONCE))
        else:
            self._told(rows)

    def _told(self, rows: list[ImageRow]) -> None:
        self._context.session.reload()
        if rows:
            self._context.labels_written.emit([row.id for row in rows])
        self._end()

    def _not_read(self, store: Store, error: DynsegError) -> None:
        if self._context.store is store:  # else it was closed meanwhile, which is no news
            self._context.messages.show_error(error, key="rows")
        self._end()

    def _end(self) -> None:
        self._reading = False
        if self._asked_again:
            self.read()


def _differing(
    store: Store, known: list[ImageRow], wanted: Arrangement
) -> tuple[list[ImageRow], ClassTable, Listed | None]:
    """What the store has otherwise; where images have come or gone all of it, ready to be shown."""
    rows = store.images()
    held = {row.id: row for row in known}
    others = held.keys() != {row.id for row in rows}
    changed = rows if others else [row for row in rows if held[row.id] != row]
    return changed, store.classes(), listed(rows, wanted) if others else None


def _state_of(database: Path) -> list[tuple[int, int]]:
    """Size and time of the files that hold what was written: others once it was written again."""
    found = []
    for path in (database, database.with_name(f"{database.name}-wal")):
        with suppress(OSError):
            status = path.stat()
            found.append((status.st_size, status.st_mtime_ns))
    return found
