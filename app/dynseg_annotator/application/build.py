"""Makes every part of the window once, in the order in which they need each other."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from dynseg_annotator import actions as action_table
from dynseg_annotator import theme
from dynseg_annotator.actions import CanvasKeys
from dynseg_annotator.application.parts import Parts
from dynseg_annotator.canvas import Canvas
from dynseg_annotator.context import AppContext, Messages
from dynseg_annotator.itemmodels.classes import ClassListModel
from dynseg_annotator.itemmodels.images import ImageListModel
from dynseg_annotator.itemmodels.instances import InstanceListModel
from dynseg_annotator.jobs.background import Background
from dynseg_annotator.jobs.engine import EngineClient
from dynseg_annotator.jobs.training import TrainingWatcher
from dynseg_annotator.main_window import MainWindow
from dynseg_annotator.panels.assist_panel import AssistPanel
from dynseg_annotator.panels.class_panel import ClassPanel
from dynseg_annotator.panels.image_list_panel import ImageListPanel
from dynseg_annotator.panels.instance_panel import InstancePanel
from dynseg_annotator.panels.late_panel import LatePanel
from dynseg_annotator.panels.message_bar import MessageBar
from dynseg_annotator.panels.start_page import StartPage
from dynseg_annotator.session.document import DocumentSession
from dynseg_annotator.session.loader import ImageLoader
from dynseg_annotator.session.visibility import Visibility
from dynseg_annotator.settings import Settings


def build_context(settings: Settings) -> AppContext:
    """Everything without a widget."""
    context = AppContext(
        settings=settings,
        messages=Messages(),
        background=Background(),
        engine=EngineClient(),
        training=TrainingWatcher(),
        session=DocumentSession(),
        loader=ImageLoader(),
        visibility=Visibility(),
    )
    for part in (
        context.messages,
        context.background,
        context.engine,
        context.training,
        context.session,
        context.loader,
        context.visibility,
    ):
        part.setParent(context)
    return context


def build_parts(context: AppContext) -> Parts:
    """Every widget, not yet wired to anything that works."""
    images = ImageListModel(context)
    instances = InstanceListModel(context.visibility, context)
    classes = ClassListModel(context.visibility, context)
    canvas = Canvas()
    start_page = StartPage()
    window = MainWindow(
        context.settings,
        start_page=start_page,
        message_bar=MessageBar(context.messages),
        canvas=canvas,
    )
    image_panel = ImageListPanel(images)
    instance_panel = InstancePanel(
        instances, selection=context.session.selection, visibility=context.visibility
    )
    class_panel = ClassPanel(classes, visibility=context.visibility)
    assist_panel = AssistPanel()
    training_panel = LatePanel()
    window.add_docks(
        {
            "images": ("Images", image_panel),
            "instances": ("Shapes", instance_panel),
            "classes": ("Classes", class_panel),
            "assist": ("Assist", assist_panel),
            "training": ("Training", training_panel),
        }
    )
    made = action_table.build(window, context.settings)
    menus = window.add_actions(made)
    window.add_dock_toggles(menus["View"])
    CanvasKeys(canvas, made, context.settings, busy=lambda: _is_drawing(canvas))
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
        start_page=start_page,
        image_panel=image_panel,
        instance_panel=instance_panel,
        class_panel=class_panel,
        assist_panel=assist_panel,
        training_panel=training_panel,
    )


def _is_drawing(canvas: QWidget) -> bool:
    """Whether the canvas needs all keys for a shape that is being drawn."""
    return bool(getattr(canvas, "is_drawing", False))


def dress(app: QApplication, settings: Settings) -> None:
    """Name, style and colours of the program."""
    app.setApplicationName("dynseg-annotator")
    app.setApplicationDisplayName("dynseg-annotator")
    app.setDesktopFileName("dynseg-annotator")
    theme.apply(app, settings.get("theme"))
