"""The first steps: open, plan a new project, take over labels, the tour."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from dynseg_annotator.application.frame import Frame, Wanted, Wish
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.projects.current import ProjectController
from dynseg_annotator.application.projects.outline_guard import OutlineGuard
from dynseg_annotator.application.projects.tour import TourController
from dynseg_annotator.language import tr


class BeginningController(QObject):
    """Answers what start page and menus ask for."""

    def __init__(
        self,
        parts: Parts,
        frame: Frame,
        projects: ProjectController,
        tour: TourController,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parts = parts
        self._frame = frame
        self._projects = projects
        self._tour = tour
        self._outline = OutlineGuard(parts, self)
        frame.wished.connect(self.fulfil)

    def fulfil(self, wish: Wish) -> None:
        """Do what the user asked for."""
        self._frame.pending = None
        if not self._outline.may_go_on(tr("A shape is being drawn, so this project stays open.")):
            self._frame.start_page.set_busy("")
            return
        if wish.what is Wanted.SAMPLE:
            self._projects.open_sample()
        elif wish.what is Wanted.OPEN and wish.path is not None:
            self._projects.open(wish.path)
        elif wish.what is Wanted.TOUR:
            self._tour.start()
        elif wish.what in (Wanted.NEW, Wanted.TAKE_OVER):
            self.ask_new(with_labels=wish.what is Wanted.TAKE_OVER)

    def ask_new(self, *, with_labels: bool = False) -> None:
        """Let the user plan a project.

        Args:
            with_labels: Whether it begins with the labels of another program.
        """
        from dynseg_annotator.dialogs.new_project_dialog import NewProjectDialog

        context = self._parts.context
        dialog = NewProjectDialog(
            context.background,
            start=Path(self._frame.last_folder) if self._frame.last_folder else Path.home(),
            val_share=float(context.settings.get("val_share")),
            with_labels=with_labels,
            parent=self._parts.window,
        )
        dialog.planned.connect(self._projects.create)
        dialog.existing_chosen.connect(self._projects.open)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
