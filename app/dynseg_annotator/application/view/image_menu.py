"""What a right click on the list of images offers, and where the file of an image lies."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMenu

from dynseg_annotator.actions.selected_table import PLACES, SPLITS
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.context import Level
from dynseg_annotator.language import tr, tr_n

OFFERED = (
    "accept-image", "skip-image", "reopen-image", "", "show-in-folder", "copy-image-path",
)  # fmt: skip
"""For the open image: a right click in the list opens it; empty for a line."""


class ImageMenu(QObject):
    """Acts on the open image, or on all that are selected."""

    def __init__(self, parts: Parts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self.menu: QMenu | None = None
        """The one that is shown, or was shown last."""
        parts.image_panel.view.menu_wanted.connect(self._show)
        parts.grid.menu_wanted.connect(self._show)
        parts.actions["copy-image-path"].triggered.connect(lambda: self.copy_path())
        parts.actions["show-in-folder"].triggered.connect(lambda: self.show_folder())

    def _show(self, place: QPoint) -> None:
        open_id = self._parts.context.session.image_id
        if open_id is None:
            return
        if self.menu is not None:
            self.menu.deleteLater()
        chosen = self._parts.image_panel.selected_ids()
        self.menu = menu = QMenu(self._parts.image_panel)
        if chosen == [open_id]:
            self._offer_open(menu)
        else:
            self._offer_many(menu, len(chosen))
            if len(chosen) == 1:
                self._offer_file(menu, chosen[0])
        menu.popup(place)

    def _offer_open(self, menu: QMenu) -> None:
        for action_id in OFFERED:
            if action_id:
                menu.addAction(self._parts.actions[action_id])
            else:
                self._offer_split(menu, 1)
                menu.addSeparator()

    def _offer_file(self, menu: QMenu, image_id: int) -> None:
        """What the window offers for the file of the open image, for another one."""
        menu.addSeparator()
        for action_id, act in (
            ("show-in-folder", self.show_folder),
            ("copy-image-path", self.copy_path),
        ):
            known = self._parts.actions[action_id]
            added = menu.addAction(known.icon(), known.text(), partial(act, image_id))
            added.setObjectName(action_id)

    def _offer_many(self, menu: QMenu, count: int) -> None:
        """The same as in the menu of the window, saying how many images it is about."""
        for action_id, text in (
            ("selected-review", tr_n("Mark {n:,} image as &reviewed",
                                     "Mark {n:,} images as &reviewed", count)),
            ("selected-skip", tr_n("&Skip {n:,} image", "&Skip {n:,} images", count)),
            ("selected-reopen", tr_n("Mark {n:,} image as &not reviewed",
                                     "Mark {n:,} images as &not reviewed", count)),
            ("", ""),
            ("selected-prelabel", tr_n("&Pre-label {n:,} image", "&Pre-label {n:,} images", count)),
        ):  # fmt: skip
            if action_id:
                self._add(menu, action_id, text)
            else:
                menu.addSeparator()
        self._offer_split(menu, count)

    def _offer_split(self, menu: QMenu, count: int) -> None:
        title = tr_n("Spli&t of {n:,} image", "Spli&t of {n:,} images", count)
        inner = menu.addMenu(title if count > 1 else tr("Spli&t"))
        for action_id, split in SPLITS.items():
            self._add(inner, action_id, tr(PLACES[split]))

    def _add(self, menu: QMenu, action_id: str, text: str) -> None:
        known = self._parts.actions[action_id]
        added = menu.addAction(known.icon(), text, known.trigger)
        added.setObjectName(action_id)
        added.setEnabled(known.isEnabled())

    def _path(self, image_id: int | None) -> Path | None:
        context = self._parts.context
        store = context.store
        wanted = context.session.image_id if image_id is None else image_id
        return store.image_path(wanted) if store is not None and wanted is not None else None

    def copy_path(self, image_id: int | None = None) -> None:
        """Put the path of an image into the clipboard, of the open one when none is given."""
        path = self._path(image_id)
        if path is not None:
            QGuiApplication.clipboard().setText(str(path))
            said = tr("{path} is copied", path=str(path))
            self._parts.window.status_line.say(said, key="copied")

    def show_folder(self, image_id: int | None = None) -> None:
        """Open the folder of an image in the desktop's file manager."""
        path = self._path(image_id)
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
