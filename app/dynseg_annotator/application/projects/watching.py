"""New, removed and changed image files are noticed when a project opens, and while it is open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer

from dynseg.project import folder
from dynseg.project.store import Store
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.projects.current import ProjectController

SETTLE_MS = 1500
"""Copying many files changes a folder many times; it is looked at once it rests."""
AGAIN_MS = 15_000
"""A file that was still being copied then is whole by now; no folder tells of its end."""
MAX_FOLDERS = 1000
"""Systems limit how many folders a program may watch; F5 looks at the rest."""


class WatchController(QObject):
    """Watches the folders of the images, and looks again when one of them changes."""

    def __init__(
        self, parts: Parts, projects: ProjectController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context = parts.context
        self._projects = projects
        self._watcher = QFileSystemWatcher(self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._look)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self._look)
        self._watcher.directoryChanged.connect(self._changed)
        self._context.project_opened.connect(self._begin)
        self._context.project_closed.connect(self._end)

    @property
    def folders(self) -> list[str]:
        """What is watched."""
        return self._watcher.directories()

    def _begin(self) -> None:
        self._watch()
        store = self._context.store
        if store is not None and not store.read_only:
            self._settle.start()  # what came or went while nobody watched

    def _watch(self) -> None:
        store = self._context.store
        if store is None or store.read_only:
            return

        def done(found: list[str]) -> None:
            if self._context.store is store and found:
                self._watcher.addPaths(found)

        self._context.background.run(lambda: _folders(store), done=done, failed=lambda _: None)

    def _end(self) -> None:
        self._settle.stop()
        self._again.stop()
        if self._watcher.directories():
            self._watcher.removePaths(self._watcher.directories())

    def _changed(self) -> None:
        self._settle.start()
        self._again.start()

    def _look(self) -> None:
        """Take over what changed; new folders are watched too."""
        if self._projects.pauses_looks:
            self._settle.start()
            return
        self._projects.rescan(quiet=True)
        self._watch()


def _folders(store: Store) -> list[str]:
    """The images folder and those in it that hold images of the project."""
    root = store.images_root
    found = {root}
    if store.setting(folder.RECURSIVE) == "1" or store.setting(folder.FRAMES):
        found |= {(root / row.rel).parent for row in store.images()}
    existing = (path for path in sorted(found) if Path(path).is_dir())
    return [str(path) for path in existing][:MAX_FOLDERS]
