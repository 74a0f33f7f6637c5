"""Makes every part of the window once, in the order in which they need each other."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction

from dynseg_annotator.actions import CanvasKeys
from dynseg_annotator.application.frame import Frame
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.canvas import Canvas
from dynseg_annotator.context import AppContext
from dynseg_annotator.itemmodels.classes import ClassListModel
from dynseg_annotator.itemmodels.images import ImageListModel
from dynseg_annotator.itemmodels.instances import InstanceListModel
from dynseg_annotator.jobs.background import Background
from dynseg_annotator.jobs.engine import EngineClient
from dynseg_annotator.jobs.files import FileClient
from dynseg_annotator.jobs.live import LiveClient
from dynseg_annotator.jobs.training import TrainingWatcher
from dynseg_annotator.language import tr
from dynseg_annotator.panels.assist_panel import AssistPanel
from dynseg_annotator.panels.class_panel import ClassPanel
from dynseg_annotator.panels.comparison_bar import ComparisonBar
from dynseg_annotator.panels.history_panel import HistoryPanel
from dynseg_annotator.panels.image_list_panel import ImageListPanel
from dynseg_annotator.panels.instance_panel import InstancePanel
from dynseg_annotator.panels.other_file_bar import OtherFileBar
from dynseg_annotator.panels.review_bar import ReviewBar
from dynseg_annotator.panels.thumbnail_grid import ThumbnailGrid
from dynseg_annotator.panels.training_panel import TrainingPanel
from dynseg_annotator.session.document import DocumentSession
from dynseg_annotator.session.loader import ImageLoader
from dynseg_annotator.session.thumbnails import Thumbnails
from dynseg_annotator.session.visibility import Visibility


def build_context(frame: Frame) -> AppContext:
    """Everything without a widget."""
    background = Background()
    context = AppContext(
        settings=frame.settings,
        messages=frame.messages,
        background=background,
        engine=EngineClient(),
        files=FileClient(),
        training=TrainingWatcher(background),
        live=LiveClient(),
        session=DocumentSession(),
        loader=ImageLoader(),
        visibility=Visibility(),
    )
    for part in (
        context.background,
        context.engine,
        context.files,
        context.training,
        context.live,
        context.session,
        context.loader,
        context.visibility,
    ):
        part.setParent(context)
    return context


def build_parts(context: AppContext, frame: Frame) -> Parts:
    """Every widget, not yet wired to anything that works."""
    window = frame.window
    images = ImageListModel(context, background=context.background)
    instances = InstanceListModel(context.visibility, context)
    classes = ClassListModel(context.visibility, context)
    canvas = Canvas()
    review_bar = ReviewBar(frame.actions)
    comparison_bar = ComparisonBar()
    other_file_bar = OtherFileBar()
    thumbnails = Thumbnails()
    thumbnails.setParent(context)
    image_panel = ImageListPanel(images)
    grid = ThumbnailGrid(images, thumbnails, image_panel.view.selectionModel())
    window.add_canvas(canvas, (other_file_bar, review_bar, comparison_bar), grid)
    instance_panel = InstancePanel(
        instances, selection=context.session.selection, visibility=context.visibility
    )
    class_panel = ClassPanel(classes, frame.actions, visibility=context.visibility)
    assist_panel = AssistPanel()
    training_panel = TrainingPanel(context.settings)
    history_panel = HistoryPanel()
    window.add_docks(
        {
            "images": (tr("Images"), image_panel),
            "instances": (tr("Shapes"), instance_panel),
            "classes": (tr("Classes"), class_panel),
            "assist": (tr("Assist"), assist_panel),
            "training": (tr("Training"), training_panel),
            "history": (tr("History"), history_panel),
        }
    )
    made = frame.actions
    window.add_dock_toggles(frame.menus["View"])
    _watch_keys(canvas, made, context)
    instance_panel.set_menu(
        [made[i] for i in ("edit-label", "accept-object", "duplicate", "copy", "delete")]
    )
    return Parts(
        context=context,
        window=window,
        canvas=canvas,
        actions=made,
        images=images,
        instances=instances,
        classes=classes,
        start_page=frame.start_page,
        review_bar=review_bar,
        comparison_bar=comparison_bar,
        other_file_bar=other_file_bar,
        thumbnails=thumbnails,
        grid=grid,
        image_panel=image_panel,
        instance_panel=instance_panel,
        class_panel=class_panel,
        assist_panel=assist_panel,
        training_panel=training_panel,
        history_panel=history_panel,
    )


def _watch_keys(canvas: Canvas, actions: Mapping[str, QAction], context: AppContext) -> None:
    """Let the canvas' own keys trigger actions while it has the focus."""
    CanvasKeys(
        canvas,
        actions,
        context.settings,
        busy=lambda: canvas.is_drawing,
        reviewing=actions["review-mode"].isChecked,
    )
