"""How many shapes of each class the project has, kept true while people and jobs work."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from dynseg_annotator.application.parts import Parts

REST_MS = 400
"""Counting waits until the edits rest; in between, those of the open image are added up."""


class ClassCountController(QObject):
    """Counts off the window's thread; what was counted while something changed is thrown away."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = parts.context
        self._changes = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST_MS)
        self._timer.timeout.connect(self._count)
        context, session = self._context, self._context.session
        context.project_opened.connect(self._count)
        context.project_closed.connect(lambda: parts.classes.set_totals({}))
        context.images_changed.connect(lambda _: self._later())
        context.labels_written.connect(lambda _: self._later())
        context.classes_changed.connect(lambda _: self._later())
        session.changed.connect(lambda *_: self._later())
        session.changed_elsewhere.connect(lambda _: self._later())
        session.saved.connect(lambda *_: self._later())

    def _later(self) -> None:
        self._changes += 1
        self._timer.start()

    def _count(self) -> None:
        store = self._context.store
        if store is None or self._context.session.unsaved:
            return  # told when they are saved
        changes = self._changes

        def done(uses: dict[int, tuple[int, int]]) -> None:
            if self._context.store is not store:
                return
            if changes == self._changes and not self._context.session.unsaved:
                self._parts.classes.set_totals({i: shapes for i, (shapes, _) in uses.items()})

        self._context.background.run(store.class_uses, done=done)
