"""What gives way where there is no room for it ends in dots, not in the middle of a letter."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QSizePolicy

from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.panels.elided_label import ElidedLabel

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


def test_every_line_that_gives_way_is_elided(opened: Workbench) -> None:
    gives_way = QSizePolicy.Policy.Ignored
    labels = [
        label
        for label in opened.window.findChildren(QLabel)
        if label.sizePolicy().horizontalPolicy() is gives_way and not label.wordWrap()
    ]
    assert len(labels) > 3
    cut = [label for label in labels if not isinstance(label, ElidedLabel)]
    assert [label.parentWidget() for label in cut] == []
