"""What the training panel says of a run that is measured before it learns from all."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from dynseg.training import events
from dynseg_annotator.panels.training_panel import TrainingPanel
from dynseg_annotator.settings import Settings


def said(panel: TrainingPanel) -> str:
    labels = (label for label in panel.findChildren(QLabel) if label.isVisibleTo(panel))
    return "\n".join(label.text() for label in labels)


@pytest.mark.parametrize(
    ("images", "measured"),
    [(10, "on all 10 reviewed images, by both"), (5, "on 5 of the 10 reviewed images, by both")],
)
def test_folds_are_said_in_words_from_their_start_to_the_result(
    qtbot: QtBot, images: int, measured: str
) -> None:
    panel = TrainingPanel(Settings())
    qtbot.addWidget(panel)
    panel.take(events.RunStarted(epochs=40, images=10, val_images=images, device="cpu", folds=3))
    assert "10 images to learn from, on" in said(panel)
    panel.take(events.FoldStarted(1, 1, 5))
    assert "First without 5 images, which then measure" in said(panel)
    panel.take(events.FoldStarted(2, 3, 4))
    assert "First without 4 images, which then measure (2 of 3)" in said(panel)
    for name in ("before", "after"):
        panel.take(
            events.Evaluated(name, 0.4, 0.3, {"bolt": 0.5}, images=images, folds=3, reviewed=10)
        )
    panel.take(
        events.RunFinished(
            model_path="m",
            map50=0.4,
            map50_95=0.3,
            map50_before=0.4,
            map50_95_before=0.3,
            seconds=9.0,
        )
    )
    assert measured in said(panel)
    assert "By now the new one has learned from every reviewed image." in said(panel)
    assert "validation" not in said(panel)


def test_a_single_image_to_learn_from_is_one_image(qtbot: QtBot) -> None:
    panel = TrainingPanel(Settings())
    qtbot.addWidget(panel)
    panel.take(events.RunStarted(epochs=4, images=1, val_images=1, device="cpu"))
    assert "1 image to learn from, 1 to measure with" in said(panel)
