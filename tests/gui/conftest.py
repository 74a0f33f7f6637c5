"""What window tests share: no Qt timer and no window outlives its test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def no_window_left(qapp: QApplication) -> Iterator[None]:
    """Fail a test that leaves a visible window or a pool job behind.

    A window that was there before belongs to all tests of the module.
    """
    before = [w for w in qapp.topLevelWidgets() if w.isVisible()]
    yield
    qapp.processEvents()
    assert QThreadPool.globalInstance().waitForDone(5000)
    left = [w for w in qapp.topLevelWidgets() if w.isVisible() and w not in before]
    for widget in left:
        widget.close()
    assert not left, f"windows left open: {left}"
