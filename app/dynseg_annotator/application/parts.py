"""Everything that the controllers of the window work on, made once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction

from dynseg_annotator.canvas import Canvas
from dynseg_annotator.context import AppContext
from dynseg_annotator.itemmodels.classes import ClassListModel
from dynseg_annotator.itemmodels.images import ImageListModel
from dynseg_annotator.itemmodels.instances import InstanceListModel
from dynseg_annotator.main_window import MainWindow
from dynseg_annotator.panels.assist_panel import AssistPanel
from dynseg_annotator.panels.class_panel import ClassPanel
from dynseg_annotator.panels.comparison_bar import ComparisonBar
from dynseg_annotator.panels.history_panel import HistoryPanel
from dynseg_annotator.panels.image_list_panel import ImageListPanel
from dynseg_annotator.panels.instance_panel import InstancePanel
from dynseg_annotator.panels.other_file_bar import OtherFileBar
from dynseg_annotator.panels.review_bar import ReviewBar
from dynseg_annotator.panels.start_page import StartPage
from dynseg_annotator.panels.thumbnail_grid import ThumbnailGrid
from dynseg_annotator.panels.training_panel import TrainingPanel
from dynseg_annotator.session.thumbnails import Thumbnails


@dataclass(frozen=True, slots=True)
class Parts:
    """References, wired by the controllers of this package."""

    context: AppContext
    window: MainWindow
    canvas: Canvas
    actions: Mapping[str, QAction]
    images: ImageListModel
    instances: InstanceListModel
    classes: ClassListModel
    start_page: StartPage
    review_bar: ReviewBar
    comparison_bar: ComparisonBar
    other_file_bar: OtherFileBar
    image_panel: ImageListPanel
    instance_panel: InstancePanel
    class_panel: ClassPanel
    assist_panel: AssistPanel
    training_panel: TrainingPanel
    history_panel: HistoryPanel
    thumbnails: Thumbnails
    grid: ThumbnailGrid
