"""The list of models with nothing replaced: real files come in and go out by clicks (J2, J3)."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLineEdit, QMenu, QPushButton
from pytestqt.qtbot import QtBot

from dynseg.model.registry import ModelRegistry
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs.models_dialog import ModelsDialog

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.qt_log_ignore("propagateSizeHints"),
]

LEFT = Qt.MouseButton.LeftButton
PATIENCE_MS = 240_000

CHECKPOINT = """
import sys, torch
from dynseg.model.sandbox import prepare_environment
prepare_environment()
from ultralytics.nn.tasks import SegmentationModel
from ultralytics.utils import DEFAULT_CFG_DICT, IterableSimpleNamespace
torch.manual_seed(8)
model = SegmentationModel("yolo11n-seg.yaml", nc=2, verbose=False)
model.names = {0: "bolt", 1: "gear"}
model.args = IterableSimpleNamespace(**DEFAULT_CFG_DICT)
torch.save(
    {"epoch": -1, "model": model.half().eval(), "ema": None, "optimizer": None,
     "train_args": {**DEFAULT_CFG_DICT, "imgsz": 320}, "version": "8.4.190"},
    sys.argv[1],
)
"""
"""What `yolo segment train` leaves as best.pt, by the classes that it uses itself."""

ANSWERS = """
import sys, numpy, openvino
model = openvino.Core().compile_model(sys.argv[1], "CPU")
found = model(numpy.zeros([int(n) for n in model.input(0).shape], numpy.float32))
print(*(list(value.shape) for value in found.values()))
"""


@pytest.fixture
def dialog(opened: Workbench, qtbot: QtBot) -> ModelsDialog:
    """The list of models, open."""
    opened.parts.actions["manage-models"].trigger()
    found = opened.window.findChild(ModelsDialog)
    assert found is not None
    qtbot.waitUntil(lambda: found.list.topLevelItemCount() == 1)
    return found


def press(button: QPushButton) -> None:
    assert button.isVisible()
    assert button.isEnabled()
    QTest.mouseClick(button, LEFT)


def names(dialog: ModelsDialog) -> list[str]:
    items = [dialog.list.topLevelItem(i) for i in range(dialog.list.topLevelItemCount())]
    return [item.text(0) for item in items if item is not None]


def name_file(opened: Workbench, path: Path, accept: QDialogButtonBox.StandardButton) -> None:
    """Put a path into the file dialog that is open, as by pasting, and accept it."""
    dialog = opened.window.findChild(QFileDialog)
    assert dialog is not None
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    box = dialog.findChild(QDialogButtonBox)
    assert line is not None
    assert box is not None
    line.setText(str(path))
    press(box.button(accept))


def test_j2_a_checkpoint_of_ultralytics_comes_in_and_pre_labels(
    opened: Workbench, dialog: ModelsDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    checkpoint = tmp_path / "best.pt"
    subprocess.run([sys.executable, "-c", CHECKPOINT, str(checkpoint)], check=True, timeout=200)
    press(dialog.add)
    name_file(opened, checkpoint, QDialogButtonBox.StandardButton.Open)
    qtbot.waitUntil(lambda: names(dialog) == ["starter", "best"], timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: "is in the project" in dialog.state)
    row = dialog.chosen()
    assert row is not None
    assert (row.card.classes, row.card.head, row.active) == (["bolt", "gear"], "plain", False)
    registry = opened.context.registry
    assert isinstance(registry, ModelRegistry)
    assert registry.active().name == "starter"
    press(dialog.use)
    qtbot.waitUntil(lambda: registry.active().name == "best", timeout=PATIENCE_MS)


@pytest.mark.parametrize(
    ("entry", "written", "read"),
    [
        ("ONNX", "starter.onnx", "starter.onnx"),
        ("OpenVINO", "starter_openvino_model", "starter_openvino_model/*.xml"),
    ],
)
def test_j3_a_model_is_written_for_another_program(
    opened: Workbench,
    dialog: ModelsDialog,
    tmp_path: Path,
    qtbot: QtBot,
    entry: str,
    written: str,
    read: str,
) -> None:
    dialog.choose("starter")
    press(dialog.export)
    menu = dialog.findChild(QMenu)
    assert menu is not None
    action = next(action for action in menu.actions() if action.text().startswith(entry))
    QTest.mouseClick(menu, LEFT, pos=menu.actionGeometry(action).center())
    qtbot.waitUntil(lambda: opened.window.findChild(QFileDialog) is not None)
    name_file(opened, tmp_path / written, QDialogButtonBox.StandardButton.Save)
    qtbot.waitUntil(lambda: "answers as the original" in dialog.state, timeout=PATIENCE_MS)
    (file,) = tmp_path.glob(read)
    answered = subprocess.run(
        [sys.executable, "-c", ANSWERS, str(file)],
        check=True,
        capture_output=True,
        text=True,
        timeout=200,
    )
    # Boxes, one score and 32 mask coefficients at 2,100 places of an image of 320 pixels.
    assert "[1, 37, 2100]" in answered.stdout
