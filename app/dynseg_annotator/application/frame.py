"""What is on screen a moment after the command: window, menus, start page. Loads nothing heavy.

The rest (canvas, lists, project, model) is the workbench, which is loaded behind the first paint.
What the user asks for meanwhile is remembered.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QFileDialog

from dynseg.project.layout import called
from dynseg_annotator import actions as action_table
from dynseg_annotator import theme
from dynseg_annotator.actions import Need
from dynseg_annotator.context import Level, Messages
from dynseg_annotator.jobs.presence import Presence
from dynseg_annotator.language import install, tr
from dynseg_annotator.main_window import MainWindow
from dynseg_annotator.panels.message_bar import MessageBar
from dynseg_annotator.panels.recent_menu import RecentMenu
from dynseg_annotator.panels.start_page import StartPage
from dynseg_annotator.settings import Settings

RECENT = 6


class Wanted(Enum):
    """What a user may ask for before the workbench is there."""

    OPEN = "open"
    SAMPLE = "sample"
    NEW = "new"
    TAKE_OVER = "take-over"
    TOUR = "tour"


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user wants.

    Attributes:
        what: To open something, or to be asked what.
        path: A folder, a project or an image to open.
    """

    what: Wanted
    path: Path | None = None


class Frame(QObject):
    """The window without the work in it."""

    wished = Signal(object)
    """`Wish`"""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.messages = Messages(self)
        self.start_page = StartPage()
        self.window = MainWindow(
            settings, start_page=self.start_page, message_bar=MessageBar(self.messages)
        )
        self.actions = action_table.build(self.window, settings)
        self.menus = self.window.add_actions(self.actions)
        self.recent_menu = RecentMenu(self.window)
        self.menus["File"].insertMenu(self.actions["new-project"], self.recent_menu)
        action_table.enable_for(self.actions, Need.NOTHING)
        self.pending: Wish | None = None
        """A wish from before the workbench was ready."""
        self.takes_drop: Callable[[Path], bool] = lambda _: False
        """Asked what to do with something that was dropped; false: it is opened."""
        self.last_folder = ""
        self._presence = Presence(self)
        self._connect()
        self.show_recent()

    def _connect(self) -> None:
        self.actions["open-folder"].triggered.connect(self.ask_folder)
        self.actions["open-file"].triggered.connect(self.ask_image)
        self.actions["open-sample"].triggered.connect(self.open_sample)
        for action_id, what in (
            ("new-project", Wanted.NEW),
            ("take-over", Wanted.TAKE_OVER),
            ("tour", Wanted.TOUR),
        ):
            self.actions[action_id].triggered.connect(partial(self._wish_for, what))
        self.actions["quit"].triggered.connect(self.window.close)
        self.start_page.folder_requested.connect(self.ask_folder)
        self.start_page.sample_requested.connect(self.open_sample)
        self.start_page.new_requested.connect(self.actions["new-project"].trigger)
        self.start_page.import_requested.connect(self.actions["take-over"].trigger)
        self.start_page.tour_requested.connect(self.actions["tour"].trigger)
        self.start_page.project_requested.connect(lambda path: self.open(Path(path)))
        self.recent_menu.project_requested.connect(lambda path: self.open(Path(path)))
        self.window.path_dropped.connect(self._dropped)
        self.settings.changed.connect(self._setting_changed)
        self.settings.save_failed.connect(self._settings_unsaved)
        self._presence.changed.connect(self._offer)

    def show(self) -> None:
        """Show the window with its start page."""
        self.window.restore_place()
        self.window.show_work(False)
        self.window.show()
        if self.settings.notice:
            self.messages.show(Level.WARN, self.settings.notice)

    def show_recent(self) -> None:
        """Offer the recent projects that still exist."""
        self._offer(self._presence.ask(self.settings.get("recent_projects")))

    def _offer(self, paths: list[str]) -> None:
        self.start_page.set_recent(paths[:RECENT])
        self.recent_menu.set_recent(paths[:RECENT])

    def open(self, path: Path) -> None:
        """Open a folder, a project or an image as soon as possible."""
        self._wish(Wish(Wanted.OPEN, path), called(path))

    def open_sample(self) -> None:
        """Open the embedded sample as soon as possible."""
        self._wish(Wish(Wanted.SAMPLE), tr("the sample"))

    def ask_folder(self) -> None:
        """Let the user choose a folder."""
        self._ask(QFileDialog.FileMode.Directory, tr("Open a folder of images or a project"), "")

    def ask_image(self) -> None:
        """Let the user choose one image."""
        from dynseg.images.index import SUFFIXES

        patterns = " ".join(f"*{suffix}" for suffix in sorted(SUFFIXES))
        kinds = tr("Images ({patterns})", patterns=patterns)
        self._ask(QFileDialog.FileMode.ExistingFile, tr("Open an image"), kinds)

    def _wish_for(self, what: Wanted) -> None:
        self._wish(Wish(what))

    def _wish(self, wish: Wish, opening: str = "") -> None:
        if opening:
            self.start_page.set_busy(tr("Opening {name} …", name=opening))
        self.pending = wish
        self.wished.emit(wish)

    def _ask(self, mode: QFileDialog.FileMode, title: str, pattern: str) -> None:
        dialog = QFileDialog(self.window, title)
        dialog.setFileMode(mode)
        if pattern:
            dialog.setNameFilter(pattern)
        if self.last_folder:
            dialog.setDirectory(self.last_folder)
        dialog.fileSelected.connect(lambda path: self.open(Path(path)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _dropped(self, path: str) -> None:
        if not self.takes_drop(Path(path)):
            self.open(Path(path))

    @Slot(str, str)
    def _settings_unsaved(self, message: str, hint: str) -> None:
        self.messages.show(Level.WARN, message, hint)

    @Slot(str, object)
    def _setting_changed(self, key: str, value: object) -> None:
        app = QApplication.instance()
        if key == "theme" and isinstance(app, QApplication):
            theme.apply(app, str(value))


def dress(app: QApplication, settings: Settings) -> None:
    """Name, style, colours and language of the program."""
    # No display name: Qt would add it to the title of every dialog, and cut that of small ones.
    app.setApplicationName("dynseg-annotator")
    app.setDesktopFileName("org.dynseg.Annotator")  # names entry and icon on a Linux desktop
    theme.apply(app, settings.get("theme"))
    install(str(settings.get("language")))
