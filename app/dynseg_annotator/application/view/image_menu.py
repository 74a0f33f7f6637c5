"""What a right click on the list of images offers, and where the file of an image lies."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level
from dynseg_annotator.language import tr

OFFERED = ("accept-image", "skip-image", "reopen-image", "show-in-folder", "copy-image-path")


class ImageMenu(QObject):
    """Acts on the open image, which a right click on a row opens."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        view = parts.image_panel.view
        view.addActions([parts.actions[action_id] for action_id in OFFERED])
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        parts.actions["copy-image-path"].triggered.connect(lambda: self.copy_path())
        parts.actions["show-in-folder"].triggered.connect(lambda: self.show_folder())

    @property
    def _path(self) -> Path | None:
        store, image_id = self._parts.context.store, self._parts.context.session.image_id
        return store.image_path(image_id) if store is not None and image_id is not None else None

    def copy_path(self) -> None:
        """Put the path of the open image into the clipboard."""
        path = self._path
        if path is not None:
            QGuiApplication.clipboard().setText(str(path))
            said = tr("{path} is copied", path=str(path))
            self._parts.window.status_line.say(said, key="copied")

    def show_folder(self) -> None:
        """Open the folder of the image in the desktop's file manager."""
        path = self._path
        if path is not None:
            folder = path.parent
            # Beside the window's thread: a drive that does not answer takes its time.
            self._parts.context.background.run(
                folder.is_dir, done=lambda there: self._open(folder, there=there)
            )

    def _open(self, folder: Path, *, there: bool) -> None:
        if there:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
            return
        self._parts.context.messages.show(
            Level.WARN,
            tr("{folder} is not there any more; the labels of its images are kept.", folder=folder),
            tr("Connect its disk, or choose where the moved images are."),
            key="show-in-folder",
        )
