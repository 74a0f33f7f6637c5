"""Places tool bar, canvas, docks and status bar; remembers where they were. Holds no state."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QMainWindow,
    QMenu,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QTabBar,
    QToolBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dynseg_annotator import actions as action_table
from dynseg_annotator.language import tr
from dynseg_annotator.panels.device_badge import DeviceBadge
from dynseg_annotator.panels.dock import FoldingDock
from dynseg_annotator.panels.message_bar import MessageBar
from dynseg_annotator.panels.start_page import StartPage
from dynseg_annotator.panels.status_line import StatusLine
from dynseg_annotator.settings import Settings

TITLE = "dynseg-annotator"
LAYOUT_VERSION = 2
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
LEFT, RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
FIRST_SIZE = QSize(1440, 900)
FRAME_SIZE = QSize(8, 48)
"""Room for the frame and title that the desktop adds."""
NARROW_PX = 1060
"""Below this the tool bar has no room for the name of a model."""
CROWDED_PX = 790
"""Below this a screen has no room for a canvas between two columns of panels."""
LEFT_WIDTH_PX, RIGHT_WIDTH_PX = 270, 320
ASSIST_WIDTH_PX = 298
"""What its row of three buttons needs."""
MESSAGE_WIDTH_PX = 760
RIGHT_HEIGHTS_PX = (225, 215, 360)
"""Shapes, classes, assist or training."""
STACKED = ("assist", "training", "history")
"""Panels that lie one behind the other."""
SHORT_PX = 800
"""In a window lower than this, shapes and classes have the right side for themselves."""


class _Middle(QWidget):
    """The page that is shown, with messages floating above it.

    They float, because a canvas that changes its size would move the image under the hand of a
    person who draws.
    """

    def __init__(self, pages: QWidget, bar: MessageBar, parent: QWidget) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(pages)
        self._bar = bar
        bar.setParent(self)
        bar.height_changed.connect(self._place)
        bar.keyboard_left.connect(self._take_keyboard)
        self._below: QWidget = pages

    def keep_below(self, view: QWidget) -> None:
        """Let messages float over `view`, and never over what stands above it."""
        self._below = view
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A bar above the view came or went."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide):
            self._place()
        return super().eventFilter(watched, event)

    def _take_keyboard(self) -> None:
        """Back to what is worked on, rather than to whatever comes next."""
        view = self._below.currentWidget() if isinstance(self._below, QStackedWidget) else None
        if view is not None:
            view.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The size changed."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        width = min(self.width(), MESSAGE_WIDTH_PX)
        top = self._below.mapTo(self, QPoint(0, 0)).y() if self._below.isVisible() else 0
        self._bar.setGeometry((self.width() - width) // 2, top, width, self._bar.height_for(width))
        self._bar.raise_()


class MainWindow(QMainWindow):
    """The frame around the canvas."""

    path_dropped = Signal(str)
    """A folder or an image was dropped on the window."""
    key_unanswered = Signal(str)
    """A key that nothing in the window wanted, as `QKeySequence` writes it."""

    def __init__(
        self,
        settings: Settings,
        *,
        start_page: StartPage,
        message_bar: MessageBar,
    ) -> None:
        super().__init__()
        self.setObjectName("main-window")
        self.setWindowTitle(TITLE)
        self.setAcceptDrops(True)
        self.setDockNestingEnabled(True)
        self.resize(FIRST_SIZE.boundedTo(self.screen().availableSize() - FRAME_SIZE))
        self._settings = settings
        self.may_close: Callable[[], bool] = lambda: True
        """Asked before the window closes; set by whoever knows what runs."""
        self.status_line = StatusLine(self)
        self.setStatusBar(self.status_line)
        self.badge = DeviceBadge(self)
        self._docks: dict[str, FoldingDock] = {}
        self._pages = QStackedWidget(self)
        self._start_page = start_page
        self._work_page: QWidget | None = None
        self._views = QStackedWidget(self)
        self._messages = message_bar
        self._above: tuple[QWidget, ...] = ()
        self._full_screen: QAction | None = None
        self._crowded = False
        self._pages.addWidget(start_page)
        self._middle = _Middle(self._pages, message_bar, self)
        self.setCentralWidget(self._middle)

    def add_actions(self, actions: Mapping[str, QAction]) -> dict[str, QMenu]:
        """Fill menus and tool bar; returns the menus by title."""
        self.addActions(list(actions.values()))
        self._full_screen = actions["full-screen"]
        self._full_screen.setChecked(self.isFullScreen())
        menus = action_table.fill_menu_bar(self.menuBar(), actions)
        bar = QToolBar(tr("Tools"), self)
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setIconSize(QSize(20, 20))
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        action_table.fill_tool_bar(bar, actions)
        accept = bar.widgetForAction(actions["accept-image"])
        if isinstance(accept, QToolButton):  # the main gesture of the loop says what it does
            actions["accept-image"].setIconText(tr("Accept and next"))
            accept.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        spacer = QWidget(bar)
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(spacer)
        bar.addWidget(self.badge)
        self.addToolBar(bar)
        return menus

    def add_canvas(self, canvas: QWidget, above: Iterable[QWidget], grid: QWidget) -> None:
        """Put the canvas behind the start page, with bars above it that may be hidden.

        Args:
            canvas: Shows one image.
            above: The bars.
            grid: Shows many images in the canvas' place, see `show_grid`.
        """
        page = QWidget(self)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._above = tuple(above)
        for bar in self._above:
            column.addWidget(bar)
        self._views = QStackedWidget(page)
        self._views.addWidget(canvas)
        self._views.addWidget(grid)
        column.addWidget(self._views, 1)
        self._work_page = page
        self._pages.addWidget(page)
        self._middle.keep_below(self._views)

    def show_grid(self, shown: bool) -> None:
        """Show many images, or the canvas again."""
        self._views.setCurrentIndex(int(shown))
        view = self._views.currentWidget()
        if view is not None:
            view.setFocus()

    def add_docks(self, panels: Mapping[str, tuple[str, QWidget]]) -> None:
        """Place the panels: images at the left, the others in one column at the right.

        Args:
            panels: By name (`images`, `instances`, `classes`, `assist`, `training`, `history`):
                title and widget.
        """
        for name, (title, panel) in panels.items():
            self._docks[name] = FoldingDock(name, title, panel, self)
        self.arrange_panels()
        for dock in self._docks.values():
            dock.hide()

    def dock(self, name: str) -> FoldingDock:
        """The dock of a panel."""
        return self._docks[name]

    def reveal(self, name: str) -> None:
        """Bring a dock into sight, unfolded and in front of its tabs."""
        dock = self._docks[name]
        dock.show()
        dock.set_folded(False)
        dock.raise_()

    def enter(self, name: str) -> None:
        """Bring a dock into sight and put the keyboard into it."""
        self.reveal(name)
        panel = self._docks[name].widget()
        target = _first_field(panel) if panel is not None else None
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def step_panel(self, step: int) -> None:
        """Put the keyboard into the next panel that is not closed, the image being one of them."""
        docks = [dock for dock in self._docks.values() if not dock.isHidden()]
        places: list[QWidget] = [self._views, *docks]
        bars = [bar for bar in (self._messages, *self._above) if bar.isVisibleTo(self)]
        places[1:1] = [bar for bar in bars if _first_field(bar) is not None]
        focus = self.focusWidget()
        here = next((n for n, place in enumerate(places) if place.isAncestorOf(focus)), 0)
        place = places[(here + step) % len(places)]
        if isinstance(place, FoldingDock):
            self.enter(place.objectName())
            return
        target = self._views.currentWidget() if place is self._views else _first_field(place)
        if target is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def make_room(self, name: str, height: int) -> None:
        """Give a panel this height in pixels, as far as its neighbours leave it."""
        dock = self._docks[name]
        panel = dock.widget()
        if panel is not None and panel.height() < height:
            height += dock.height() - panel.height()
            self.resizeDocks([dock], [height], Qt.Orientation.Vertical)

    def add_dock_toggles(self, menu: QMenu) -> None:
        """Offer every dock in a menu, so that a closed one can be had back."""
        menu.addSeparator()
        for dock in self._docks.values():
            menu.addAction(dock.toggleViewAction())

    def show_work(self, working: bool) -> None:
        """Show canvas and docks, or the start page alone; docks stay as they were arranged."""
        working = working and self._work_page is not None
        if working and self.is_working:
            return  # the next project
        if self.is_working:
            self.remember_layout()
        self._pages.setCurrentWidget(
            self._work_page if working and self._work_page is not None else self._start_page
        )
        if not working:
            self.setWindowTitle(TITLE)
            for dock in self._docks.values():
                dock.hide()
        elif not self._restore_layout():
            self.arrange_panels()
        if working:
            self._fit_screen()

    @property
    def is_working(self) -> bool:
        """Whether canvas and docks are shown."""
        return self._work_page is not None and self._pages.currentWidget() is self._work_page

    def restore_place(self) -> None:
        """Put the window where it was."""
        geometry = _decoded(self._settings.get("window_geometry"))
        if geometry is not None:
            self.restoreGeometry(geometry)

    def remember_layout(self) -> None:
        """Keep place and layout for the next start."""
        self._settings.set("window_geometry", _encoded(self.saveGeometry()))
        if self.is_working and not self._crowded:  # which is for this screen alone
            folded = ",".join(name for name, dock in self._docks.items() if dock.folded)
            state = _encoded(self.saveState(LAYOUT_VERSION))
            self._settings.set("window_state", f"{state}|{folded}")

    def arrange_panels(self) -> None:
        """Show every panel where it stands in a window that nobody has arranged yet."""
        docks, short = self._docks, self.height() < SHORT_PX
        self._crowded = False
        for name, dock in docks.items():
            dock.hide()  # until they are stacked: one above the other they make the window higher
            at_left = name == "images" or (short and name in STACKED)
            self.addDockWidget(LEFT if at_left else RIGHT, dock)
            dock.setFloating(False)
            dock.set_folded(False)
        for before, behind in pairwise(STACKED):
            self.tabifyDockWidget(docks[before], docks[behind])
        for dock in docks.values():
            dock.show()
        docks["assist"].raise_()
        wide, high = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        left_px = ASSIST_WIDTH_PX if short else LEFT_WIDTH_PX
        self.resizeDocks([docks["images"], docks["instances"]], [left_px, RIGHT_WIDTH_PX], wide)
        column = [docks["instances"], docks["classes"], docks["assist"]]
        if short:
            self.resizeDocks(column, [1, 1, 1], high)  # the least for the third, in its own column
        else:
            self.resizeDocks(column, list(RIGHT_HEIGHTS_PX), high)
        if self.is_working:
            self._fit_screen()

    def _fit_screen(self) -> None:
        """One column of tabs where the screen has no room for two columns: large text, a laptop.

        Without it the lower half of the window, and what it says, would lie below the screen.
        """
        room = self.screen().availableSize() - FRAME_SIZE
        layout = self.layout()
        if layout is None or self._crowded:
            return
        layout.activate()
        if layout.minimumSize().height() <= room.height() and room.width() >= CROWDED_PX:
            return
        self._crowded = True
        first, *others = self._docks.values()
        for dock in others:
            closed = dock.isHidden()
            self.removeDockWidget(dock)  # Qt 6.12 leaves a dock that is a tab where it is
            self.tabifyDockWidget(first, dock)
            dock.setHidden(closed)
        first.raise_()
        for bar in self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.setElideMode(
                Qt.TextElideMode.ElideNone
            )  # it scrolls: names of two letters help nobody
            bar.setUsesScrollButtons(True)
        layout.activate()
        self.resize(self.size().boundedTo(room))
        self.resizeDocks([first], [ASSIST_WIDTH_PX], Qt.Orientation.Horizontal)

    def _restore_layout(self) -> bool:
        """Bring the docks back as they were; false when there is nothing to bring back."""
        text, _, folded = str(self._settings.get("window_state")).partition("|")
        state = _decoded(text)
        if state is None or not self.restoreState(state, LAYOUT_VERSION):
            return False
        self._crowded = False  # what is kept is of a screen that had room
        for name in folded.split(","):
            if name in self._docks:
                self._docks[name].set_folded(True)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The badge gets shorter rather than out of sight."""
        super().resizeEvent(event)
        self.badge.set_short(event.size().width() < NARROW_PX)
        bar = self.findChild(QToolBar, "tools")
        layout = bar.layout() if bar is not None else None
        if layout is not None and bar is not None and self.badge.isHidden():
            layout.invalidate()  # it does not ask again how wide a button is that it has put away
            bar.updateGeometry()
            layout.setGeometry(bar.rect())

    def changeEvent(self, event: QEvent) -> None:
        """The desktop fills the screen, too, and so does what is brought back at the start."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange and self._full_screen is not None:
            self._full_screen.setChecked(self.isFullScreen())

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab goes past panels behind the tab of another one, and past the tabs of hidden ones."""
        while super().focusNextPrevChild(next):
            focus = self.focusWidget()
            places: list[QWidget] = [d for d in self._docks.values() if d.isAncestorOf(focus)]
            places += [focus] if isinstance(focus, QTabBar) else []
            if not any(place.visibleRegion().isEmpty() for place in places):
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A key that came through from the widget with the focus."""
        button = self.focusWidget()
        if event.key() in ENTER and isinstance(button, QPushButton | QToolButton):
            if not event.isAutoRepeat():  # of a dialog that the same key has closed
                button.click()  # Qt does that in dialogs alone
            return
        super().keyPressEvent(event)
        self.key_unanswered.emit(QKeySequence(event.keyCombination()).toString())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Something is dragged over."""
        if _dropped_path(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Something is dropped."""
        path = _dropped_path(event.mimeData().urls())
        if path:
            event.acceptProposedAction()
            self.path_dropped.emit(path)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Asked to close."""
        if self.may_close():
            self.remember_layout()
            for dialog in self.findChildren(QDialog):  # those that stay open beside the window
                dialog.close()
            event.accept()
        else:
            event.ignore()


def _first_field(panel: QWidget) -> QWidget | None:
    """Where the keyboard goes in a panel: its list, else the first field that Tab would reach."""
    for kind in (QAbstractItemView, QWidget):
        found = [field for field in panel.findChildren(kind) if field.isVisibleTo(panel)]
        for field in found:
            if field.focusPolicy() & Qt.FocusPolicy.TabFocus and field.isEnabled():
                return field
    return None


def _dropped_path(urls: list[QUrl]) -> str:
    """The first local path of what is dragged, empty when there is none."""
    for url in urls:
        path = url.toLocalFile()
        if path and Path(path).exists():
            return path
    return ""


def _encoded(data: QByteArray) -> str:
    return base64.b64encode(bytes(data.data())).decode()


def _decoded(text: str) -> QByteArray | None:
    if not text:
        return None
    try:
        return QByteArray(base64.b64decode(text, validate=True))
    except (ValueError, binascii.Error):
        return None
