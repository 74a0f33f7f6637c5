"""Every dialog of the program, filled as people meet it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QDialog, QLabel, QMainWindow

from dynseg.annotation.classes import ClassLabel, ClassTable
from dynseg.doctor.finding import Finding
from dynseg.model.card import ModelCard
from dynseg.review.acceptance import Waiting
from dynseg.review.statistics import ClassFacts, Histogram, Statistics
from dynseg_annotator import actions
from dynseg_annotator.dialogs.about_dialog import AboutDialog
from dynseg_annotator.dialogs.accept_dialog import AcceptDialog
from dynseg_annotator.dialogs.backup_dialog import BackupDialog
from dynseg_annotator.dialogs.changes_dialog import ChangesDialog
from dynseg_annotator.dialogs.check_dialog import CheckDialog
from dynseg_annotator.dialogs.class_dialog import ClassDialog
from dynseg_annotator.dialogs.class_fate_dialog import ClassFateDialog
from dynseg_annotator.dialogs.class_picker import ClassPicker
from dynseg_annotator.dialogs.command_palette import CommandPalette
from dynseg_annotator.dialogs.disputes_dialog import DisputesDialog
from dynseg_annotator.dialogs.doctor_dialog import DoctorDialog
from dynseg_annotator.dialogs.effort_dialog import EffortDialog
from dynseg_annotator.dialogs.error_dialog import ErrorReportDialog
from dynseg_annotator.dialogs.fetch_dialog import FetchDialog
from dynseg_annotator.dialogs.follow_dialog import Choice, FollowDialog
from dynseg_annotator.dialogs.frame_dialog import FrameDialog
from dynseg_annotator.dialogs.guide_dialog import GuideDialog
from dynseg_annotator.dialogs.key_editor import KeyEditor
from dynseg_annotator.dialogs.model_classes_dialog import ModelClassesDialog
from dynseg_annotator.dialogs.models_dialog import ModelsDialog
from dynseg_annotator.dialogs.new_project_dialog import NewProjectDialog
from dynseg_annotator.dialogs.outline_dialog import OutlineDialog
from dynseg_annotator.dialogs.settings_dialog import SettingsDialog
from dynseg_annotator.dialogs.shortcuts_dialog import ShortcutsDialog
from dynseg_annotator.dialogs.statistics_dialog import StatisticsDialog
from dynseg_annotator.dialogs.tone_dialog import ToneDialog
from dynseg_annotator.jobs.background import Background
from dynseg_annotator.settings import SECTIONS, Settings

LONG = "The window met an error that it did not expect while it showed the next image. " * 3
TABLE = ClassTable((ClassLabel(1, "nut", "#0072b2"), ClassLabel(2, "hexagonal-bolt", "#e69f00")))
NUT, BOLT = TABLE.labels


def _doctor() -> QDialog:
    dialog = DoctorDialog()
    dialog.show_findings(
        [
            Finding("device", "ok", "cpu: no NVIDIA driver found"),
            Finding("database", "problem", "damaged: " + LONG, 'dynseg restore "photos" newest'),
            Finding("working folder", "note", "3.1 GB free", "Training needs some GB."),
        ]
    )
    return dialog


def _palette(settings: Settings) -> QDialog:
    window = QMainWindow()
    dialog = CommandPalette(actions.build(window, settings), settings)
    dialog.setProperty("window", window)  # the actions live as long as the dialog
    return dialog


def _settings(section: str) -> Callable[[Settings], QDialog]:
    def make(settings: Settings) -> QDialog:
        dialog = SettingsDialog(settings)
        dialog.show_section(section)
        return dialog

    return make


def _new(with_labels: bool) -> Callable[[Settings], QDialog]:
    def make(_settings: Settings) -> QDialog:
        background = Background()
        dialog = NewProjectDialog(
            background, start=Path("/"), val_share=0.2, with_labels=with_labels
        )
        background.setParent(dialog)
        return dialog

    return make


def _statistics() -> QDialog:
    dialog = StatisticsDialog(QLabel("curves"))
    classes = (
        ClassFacts("nut", "#0072b2", 912, 221),
        ClassFacts("hexagonal-bolt", "#e69f00", 0, 0),
    )
    sizes = Histogram((8, 16, 32), (3, 200, 700, 9))
    states = {"unlabelled": 9, "prelabelled": 12, "in_work": 2, "reviewed": 98, "skipped": 0}
    dialog.show_statistics(
        Statistics(
            3120, 4, 912, classes, states, {"none": 12, "train": 98}, {"human": 912},
            sizes, sizes, sizes, 18.4,
        )
    )  # fmt: skip
    return dialog


def _accept() -> QDialog:
    shapes = np.array([3, 0, 1204])
    found = Waiting(
        ids=np.arange(3),
        shapes=shapes,
        drawn_on=np.zeros(3, np.bool_),
        scores=np.linspace(0.2, 0.9, shapes.sum()),
        owners=np.repeat(np.arange(3), shapes),
        classes=np.arange(shapes.sum()) % 2,
    )
    return AcceptDialog(None, found, listed=[0, 1], least=0.5, nameless=NUT)


DIALOGS: Mapping[str, Callable[[Settings], QDialog]] = {
    "accept": lambda _: _accept(),
    "about": lambda _: AboutDialog(),
    "backup": lambda _: BackupDialog(),
    "changes": lambda _: ChangesDialog([]),
    "check": lambda _: CheckDialog(),
    "class": lambda _: ClassDialog(NUT, ["bolt"], uses=120),
    "class fate": lambda _: ClassFateDialog(NUT, [BOLT], (12, 3), merge=False),
    "class picker": lambda _: ClassPicker(TABLE, 1),
    "class mapping": lambda _: ModelClassesDialog(
        ModelCard(name="parts", classes=["nut", "dirt"]), TABLE, {}
    ),
    "palette": _palette,
    "disputes": lambda _: DisputesDialog(),
    "doctor": lambda _: _doctor(),
    "effort": lambda _: EffortDialog(QLabel("curves")),
    "error": lambda _: ErrorReportDialog(LONG, LONG, "details"),
    "fetch": lambda _: FetchDialog(Path("/models"), lambda _name: 0),
    "follow": lambda _: FollowDialog(
        None,
        [Choice([*range(1_200)], LONG, 2_000, True), Choice([1, 2], "a.png", 1, False)],
        count=100,
    ),
    "frames": lambda _: FrameDialog([Path("/videos/line 3.mp4")], Path("/photos")),
    "pages": lambda _: FrameDialog(
        [Path("/plates/stack.tif")], Path("/plates"), beside=[Path("/plates/other.tif")] * 4
    ),
    "guide": lambda _: GuideDialog(),
    "keys": lambda settings: KeyEditor(settings),
    "models": lambda _: ModelsDialog(),
    "new project": _new(False),
    "take over": _new(True),
    "outline": lambda _: OutlineDialog(),
    "shortcuts": lambda settings: ShortcutsDialog(settings),
    "statistics": lambda _: _statistics(),
    "tone": lambda _: ToneDialog(),
    **{f"settings: {section}": _settings(section) for section in SECTIONS},
}
"""What fills them differs too much from one to the next for more than this table."""

ELSEWHERE = {"ExportDialog", "ImportDialog", "ReportDialog"}
"""Filled with so much that their own tests do it: `tests/gui/dialogs/test_fit.py`."""
