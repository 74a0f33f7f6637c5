"""The work in the window: canvas, lists, project, model and the controllers behind the actions."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from dynseg_annotator.application.build import build_context, build_parts
from dynseg_annotator.application.exchange.checking import CheckController
from dynseg_annotator.application.exchange.dropping import DropController
from dynseg_annotator.application.exchange.exporting import ExportController
from dynseg_annotator.application.exchange.frames import FrameController
from dynseg_annotator.application.exchange.importing import ImportController
from dynseg_annotator.application.exchange.offering import OfferController
from dynseg_annotator.application.exchange.statistics import StatisticsController
from dynseg_annotator.application.extensions import ExtensionController
from dynseg_annotator.application.frame import Frame, Wanted, Wish
from dynseg_annotator.application.labels.accepting import AcceptController
from dynseg_annotator.application.labels.alike import AlikeController
from dynseg_annotator.application.labels.class_changes import ClassChangeController
from dynseg_annotator.application.labels.class_counts import ClassCountController
from dynseg_annotator.application.labels.class_list import ClassController
from dynseg_annotator.application.labels.editing import EditController
from dynseg_annotator.application.labels.effort import EffortController
from dynseg_annotator.application.labels.finding import FindController
from dynseg_annotator.application.labels.follow_on import FollowOnController
from dynseg_annotator.application.labels.history import HistoryController
from dynseg_annotator.application.labels.label_errors import LabelErrorController
from dynseg_annotator.application.labels.many import ManyController
from dynseg_annotator.application.labels.nameless import NamelessController
from dynseg_annotator.application.labels.pointing import PointController
from dynseg_annotator.application.labels.previous import PreviousController
from dynseg_annotator.application.labels.review import ReviewController
from dynseg_annotator.application.labels.selected import SelectedController
from dynseg_annotator.application.labels.shaping import ShapeController
from dynseg_annotator.application.menus import MenuController
from dynseg_annotator.application.models.active import ModelController
from dynseg_annotator.application.models.assist import AssistController
from dynseg_annotator.application.models.batch import BatchController
from dynseg_annotator.application.models.closer_look import CloserLook
from dynseg_annotator.application.models.comparing import ComparisonController
from dynseg_annotator.application.models.intake import ModelIntake
from dynseg_annotator.application.models.library import ModelLibrary
from dynseg_annotator.application.models.live import LiveController
from dynseg_annotator.application.models.renaming import RenamingController
from dynseg_annotator.application.models.training import TrainingController
from dynseg_annotator.application.projects.backing import BackupController
from dynseg_annotator.application.projects.beginning import BeginningController
from dynseg_annotator.application.projects.closing import ClosingController
from dynseg_annotator.application.projects.current import ProjectController
from dynseg_annotator.application.projects.last_image import LastImage
from dynseg_annotator.application.projects.originals import OriginalsController
from dynseg_annotator.application.projects.rescuing import RescueController
from dynseg_annotator.application.projects.subfolders import SubfolderController
from dynseg_annotator.application.projects.tour import TourController
from dynseg_annotator.application.projects.watching import WatchController
from dynseg_annotator.application.view.key_advice import KeyAdvice
from dynseg_annotator.application.view.listing import ListController
from dynseg_annotator.application.view.navigation import NavigationController
from dynseg_annotator.application.view.rows import RowController
from dynseg_annotator.application.view.status import StatusController
from dynseg_annotator.application.view.thumbnails import ThumbnailController
from dynseg_annotator.application.view.toning import ToneController
from dynseg_annotator.application.view.viewing import ViewController
from dynseg_annotator.jobs.garbage import Garbage

ENGINE_START_MS = 1200
"""Where nothing is to be opened, the engine starts once the window has painted."""


class Workbench(QObject):
    """Everything behind the frame, wired once.

    Args:
        frame: The window that it works in.
        start_engine: Whether the engine worker starts by itself.
    """

    def __init__(self, frame: Frame, *, start_engine: bool = True) -> None:
        super().__init__()
        self.frame = frame
        self.window = frame.window
        self.context = build_context(frame)
        self.context.setParent(self)
        self.parts = build_parts(self.context, frame)
        self.view = ViewController(self.parts, self)
        self.toning = ToneController(self.parts, self)
        self.status = StatusController(self.parts, self)
        self.rows = RowController(self.parts, self)
        self.key_advice = KeyAdvice(self.parts, self)
        self.navigation = NavigationController(self.parts, self)
        self.editing = EditController(self.parts, self.navigation, self)
        self.previous = PreviousController(self.parts, self.editing, self)
        self.shaping = ShapeController(self.parts, self.editing, self)
        self.class_changes = ClassChangeController(self.parts, self)
        self.classes = ClassController(self.parts, self.editing, self.class_changes, self)
        self.class_counts = ClassCountController(self.parts, self)
        self.listing = ListController(self.parts, self)
        self.review = ReviewController(
            self.parts, self.navigation, self.editing, self.listing, self
        )
        self._begin_with_projects()
        self.thumbnails = ThumbnailController(self.parts, self.navigation, self)
        self.models = ModelController(self.parts, self, loads_at_once=start_engine)
        self.model_intake = ModelIntake(self.parts, self)
        self.model_library = ModelLibrary(self.parts, self.models, self.model_intake, self)
        self.finding = FindController(self.parts, self.editing, self.models, self)
        self.pointing = PointController(self.parts, self.editing, self.models, self.finding, self)
        self.alike = AlikeController(self.parts, self.editing, self)
        self.extensions = ExtensionController(self.parts, frame.menus["Tools"], self.finding, self)
        self._add_proposing()
        self.training = TrainingController(self.parts, self.models, self.batch, self)
        self.live = LiveController(self.parts, self, starts=start_engine)
        self.effort = EffortController(self.parts, self)
        self.label_errors = LabelErrorController(self.parts, self.navigation, self)
        self._add_file_work(frame)
        self.history = HistoryController(self.parts, self.batch, self.class_changes, self)
        self.menus = MenuController(self.parts, self)
        self.closing = ClosingController(self.parts, self.projects, self)
        self._start_engine = start_engine

    def _begin_with_projects(self) -> None:
        """What opens and makes projects, and the tour."""
        self.garbage = Garbage(self)
        self.garbage.begin()
        self.context.project_opened.connect(self.garbage.leave_out)
        self.context.project_closed.connect(self.garbage.sweep)
        self.projects = ProjectController(self.parts, self.frame, self)
        self.last_image = LastImage(self.parts, self)
        self.rescuing = RescueController(self.parts, self.frame.open, self)
        self.projects.may_leave = self.rescuing.may_leave
        self.projects.opened.connect(self.navigation.open)
        self.tour = TourController(self.parts, self.projects, self.navigation, self)
        self.beginning = BeginningController(self.parts, self.frame, self.projects, self.tour, self)

    def _add_proposing(self) -> None:
        """What brings what a model finds into images."""
        self.assist = AssistController(self.parts, self.models, self)
        self.closer_look = CloserLook(self.parts, self.assist, self)
        self.nameless = NamelessController(self.parts, self.models, self.navigation, self)
        self.batch = BatchController(self.parts, self.models, self)
        self.many = ManyController(self.parts, self.batch, self)
        self.following = FollowOnController(self.parts, self.many, self.batch, self)
        self.accepting = AcceptController(self.parts, self.many, self.nameless, self)
        self.selected = SelectedController(self.parts, self.many, self.batch, self.nameless, self)
        self.renaming = RenamingController(self.parts, self.models, self.assist, self.batch, self)
        self.comparing = ComparisonController(
            self.parts, self.models, self.batch, self.listing, self
        )

    def _add_file_work(self, frame: Frame) -> None:
        """What works on files: imports, exports, frames, checks, backups."""
        self.exporting = ExportController(self.parts, self)
        self.importing = ImportController(self.parts, self.batch, self)
        self.offering = OfferController(
            self.parts, self.projects, self.importing, self.assist, self
        )
        self.checking = CheckController(self.parts, self.navigation, self)
        self.statistics = StatisticsController(self.parts, self)
        self.watching = WatchController(self.parts, self.projects, self)
        self.subfolders = SubfolderController(self.parts, self.projects, self)
        self.originals = OriginalsController(self.parts, self.projects, self.navigation, self)
        self.backups = BackupController(self.parts, self.projects, self)
        self.frames = FrameController(self.parts, self)
        self.navigation.frames_wanted.connect(self.frames.ask_how)
        self.projects.frames_wanted.connect(self.frames.ask_how)
        self.frames.project_wanted.connect(frame.open)
        self.dropping = DropController(self.parts, frame, self.importing, self.frames, self)

    def begin(self) -> None:
        """Do what was asked for while this was loaded; the engine starts beside it, or later."""
        wish = self.frame.pending
        if self._start_engine:
            QTimer.singleShot(0 if wish else ENGINE_START_MS, self, self.models.warm_up)
        if wish is not None:
            self.beginning.fulfil(wish)

    def place(self) -> Wish | None:
        """What would open the project again where it is now, None without a project."""
        store = self.context.store
        return Wish(Wanted.OPEN, store.root) if store is not None else None

    def may_be_remade(self) -> bool:
        """Whether the window can be taken down and made again; says why when it cannot."""
        return self.closing.may_be_remade()

    def shut_down(self) -> None:
        """End threads and processes; the documents are saved already."""
        self.garbage.end()  # what goes now is not waited for
        self.menus.close()
        self.frames.stop()
        self.closing.finish()
