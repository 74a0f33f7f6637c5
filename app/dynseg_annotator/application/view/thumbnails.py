"""The grid of thumbnails in the place of the canvas."""

from __future__ import annotations

from PySide6.QtCore import QObject

from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.view.navigation import NavigationController


class ThumbnailController(QObject):
    """Shows and leaves the grid, and drops pictures that no longer hold."""

    def __init__(
        self, parts: Parts, navigation: NavigationController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._context = context = parts.context
        self._navigation = navigation
        self._action = parts.actions["show-grid"]
        self._edited: set[int] = set()
        """Images whose edits may not be in the store yet; another one may be open by then."""
        self._action.toggled.connect(self._show)
        parts.grid.image_requested.connect(self._open)
        parts.grid.left.connect(lambda: self._action.setChecked(False))
        context.session.opened.connect(lambda annotation: parts.grid.set_open(annotation.image_id))
        context.session.changed.connect(lambda _, after: self._edited.add(after.image_id))
        context.session.changed_elsewhere.connect(lambda after: self._edited.add(after.image_id))
        context.session.saved.connect(self._saved)
        context.images_changed.connect(lambda ids: parts.thumbnails.forget(ids or None))
        context.labels_written.connect(parts.thumbnails.forget)
        context.classes_changed.connect(parts.thumbnails.set_classes)
        context.project_opened.connect(self._project_opened)
        context.project_closed.connect(self._project_closed)

    def _show(self, shown: bool) -> None:
        self._parts.window.show_grid(shown)
        panel = self._parts.image_panel
        if not shown and panel.view.selected_count < 2:
            # What is open, and not what was gone over last, is what the canvas shows again.
            panel.set_open(self._context.session.image_id)

    def _open(self, image_id: int) -> None:
        self._action.setChecked(False)
        self._navigation.go(image_id)

    def _saved(self, _revision: int, _when: object) -> None:
        """The store has the edit now; what was drawn before it is old."""
        self._parts.thumbnails.forget(self._edited)
        if not self._context.session.unsaved:
            self._edited.clear()

    def _project_opened(self) -> None:
        self._parts.thumbnails.attach(self._context.store, self._context.classes)

    def _project_closed(self) -> None:
        self._action.setChecked(False)
        self._edited.clear()
        self._parts.thumbnails.close()
