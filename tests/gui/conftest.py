"""What window tests share: no Qt timer and no window outlives its test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QThreadPool
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dynseg_annotator.jobs import ending


@pytest.fixture(autouse=True)
def patient_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits of waits are those of an idle machine; where work queues for its cores they grow.

    So a wait that runs out says that something hangs, not that the machine is busy.
    """
    wait_until = QtBot.waitUntil

    def patient(self: QtBot, callback: Callable[[], bool | None], *, timeout: int = 5000) -> None:
        wait_until(self, callback, timeout=round(timeout * crowding()))

    monkeypatch.setattr(QtBot, "waitUntil", patient)


def crowding() -> float:
    """How many times longer work takes than on this machine alone, at least 1."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0
    return max(1.0, load / (os.cpu_count() or 1))


@pytest.fixture(scope="session", autouse=True)
def no_process_left(qapp: QApplication) -> Iterator[None]:
    """What tests ended is waited for at their end, as the program does."""
    yield
    assert ending.settle() == []


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
