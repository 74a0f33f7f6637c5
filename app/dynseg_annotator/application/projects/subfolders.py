"""Offers images that lie in folders inside the one that was opened."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from dynseg.images.index import below
from dynseg.project import folder
from dynseg.project.layout import FOLDER_NAME
from dynseg.project.store import Store
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.application.projects.current import ProjectController
from dynseg_annotator.context import Level, MessageAction
from dynseg_annotator.language import tr, tr_n

KEY = "subfolders"
OFFER = "window.subfolders_offer"
"""Project setting: there once it is decided what becomes of images in folders below."""
DECIDED = "decided"
SETTLE_MS = 1500
"""Nobody waits for this, and others want the disk at the start."""
NAMED = 3
"""Folders that are named in the message."""


class SubfolderController(QObject):
    """Asks once whether they belong to the project: a folder with images is opened without them."""

    def __init__(
        self, parts: Parts, projects: ProjectController, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context = parts.context
        self._projects = projects
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self.look)
        self._context.project_opened.connect(self._settle.start)
        self._context.project_closed.connect(self._settle.stop)
        self._context.project_closed.connect(lambda: self._context.messages.withdraw(KEY))
        self._context.messages.dismissed.connect(self._dismissed)

    def look(self) -> None:
        """Count them beside the window's thread, and ask if there are any."""
        store = self._context.store
        if store is None or store.read_only:
            return

        def done(found: dict[str, int]) -> None:
            if found and self._context.store is store:
                self._ask(store, found)

        self._context.background.run(
            lambda: _left_out(store), done=done, failed=lambda _: None, newest_of=self
        )

    def _ask(self, store: Store, found: dict[str, int]) -> None:
        names = sorted(found, key=lambda name: -found[name])[:NAMED]
        if len(found) > NAMED:
            names.append("…")
        self._context.messages.show(
            Level.WARN,
            tr_n(
                "{n:,} image in a folder inside {folder} is not in the project ({names}).",
                "{n:,} images in folders inside {folder} are not in the project ({names}).",
                sum(found.values()),
                folder=store.images_root.name,
                names=tr(", ").join(names),
            ),
            tr("Add them if they belong to it; exports and masks do not."),
            MessageAction(tr("Add them"), lambda: self._add(list(found))),
            key=KEY,
        )

    def _add(self, folders: list[str]) -> None:
        writer, store = self._context.writer, self._context.store
        if writer is None or store is None:
            return
        self._context.messages.withdraw(KEY)
        self._remember()

        def written(_: object) -> None:
            if self._context.store is store:
                self._projects.rescan()

        future = writer.submit(lambda store: store.list_folders(folders))
        self._context.background.run(
            future.result, done=written, failed=self._context.messages.show_error
        )

    def _dismissed(self, key: str) -> None:
        if key == KEY:
            self._remember()

    def _remember(self) -> None:
        if self._context.writer is not None:
            self._context.writer.submit(lambda store: store.save_setting(OFFER, DECIDED))


def _left_out(store: Store) -> dict[str, int]:
    """Images below the folder of the project that it leaves out, by folder."""
    if store.setting(folder.RECURSIVE) == "1" or store.setting(OFFER) == DECIDED:
        return {}
    frames = (store.setting(folder.FRAMES) or "").splitlines()
    return below(store.images_root, besides=frames, stops_at=FOLDER_NAME)
