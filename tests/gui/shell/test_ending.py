"""Processes end beside the window: it waits for none, and none is left behind."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

import psutil
import pytest
from PySide6.QtCore import QObject, QProcess
from pytestqt.qtbot import QtBot

from dynseg import processes
from dynseg.errors import DynsegError
from dynseg.worker.protocol import Hello
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.jobs import ending
from dynseg_annotator.jobs.doctor import DoctorRun
from dynseg_annotator.jobs.engine import EngineClient
from dynseg_annotator.jobs.label_errors import LabelErrorSearch
from dynseg_annotator.jobs.live import LiveClient
from dynseg_annotator.jobs.model_command import ModelCommand

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

DEAF = (
    "import signal, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
    "print('here', flush=True); time.sleep(600)"
)
"""A process that ends when it is killed and not before."""
COMMAND = [sys.executable, "-c", DEAF]


def engine() -> Callable[[], None]:
    client = EngineClient(command=COMMAND)
    client.submit(lambda job: Hello(job=job))
    return client.stop


def live() -> Callable[[], None]:
    client = LiveClient(command=COMMAND)
    client.start("", device="cpu")
    return client.stop


def label_errors() -> Callable[[], None]:
    search = LabelErrorSearch(command=COMMAND)
    search.start("", device="cpu")
    return search.stop


def model_command() -> Callable[[], None]:
    command = ModelCommand(command=COMMAND)
    command.start("", "list")
    return command.stop


def doctor() -> Callable[[], None]:
    run = DoctorRun()
    run.start()
    return run.stop


@pytest.mark.parametrize("begin", [engine, live, label_errors, model_command, doctor])
def test_the_window_waits_for_no_process_that_it_ends(
    begin: Callable[[], Callable[[], None]], qtbot: QtBot
) -> None:
    before = set(psutil.Process().children())
    stop = begin()
    qtbot.waitUntil(lambda: set(psutil.Process().children()) > before)
    (made,) = set(psutil.Process().children()) - before
    stop()
    assert psutil.pid_exists(made.pid), "it was waited for"
    del stop  # whoever had it may go meanwhile, as with the window of another language
    qtbot.waitUntil(lambda: not psutil.pid_exists(made.pid), timeout=20_000)


def test_who_needs_a_process_to_be_gone_hears_when_it_is(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[object] = []
    owner = QObject()
    process = started(qtbot)
    pid = process.processId()
    ending.end(process, wait_s=0.2, terminate=False)
    ending.when_gone(owner, lambda: said.append(psutil.pid_exists(pid)), failed=said.append)
    assert said == []
    qtbot.waitUntil(lambda: said == [False])

    monkeypatch.setattr(ending, "PATIENCE_S", 0.0)
    ending.end(started(qtbot), wait_s=600.0)
    ending.when_gone(owner, lambda: said.append("gone"), failed=said.append)
    qtbot.waitUntil(lambda: len(said) == 2)
    assert isinstance(said[1], DynsegError)
    assert "nothing was changed" in said[1].message
    ending.settle(0.0)


def test_the_end_of_the_program_leaves_nobody_behind_and_tells_who_is_late(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    quick, slow = started(qtbot), started(qtbot)
    gone, late = quick.processId(), psutil.Process(slow.processId())
    ending.kill(quick)
    ending.end(slow, wait_s=600.0)
    assert ending.settle(1.0) == [late.pid]
    assert not psutil.pid_exists(gone)
    assert str(late.pid) in caplog.text
    late.wait(20)  # it was killed, and nobody waited


def test_an_examination_of_the_machine_ends_with_the_window(
    opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its process was destroyed with the dialog, and waited for."""
    monkeypatch.setattr(processes, "command", lambda _kind: COMMAND)
    before = set(psutil.Process().children())
    opened.parts.actions["doctor"].trigger()
    qtbot.waitUntil(lambda: set(psutil.Process().children()) > before)
    (made,) = set(psutil.Process().children()) - before
    opened.shut_down()
    qtbot.waitUntil(lambda: not psutil.pid_exists(made.pid), timeout=20_000)


def test_a_backup_is_brought_back_once_nobody_has_the_old_labels_open(
    opened: Workbench, qtbot: QtBot
) -> None:
    """The engine may be writing: the window waits for it without standing still."""
    context, store = opened.context, opened.context.store
    assert store is not None
    context.engine._command = COMMAND
    context.engine.submit(lambda job: Hello(job=job))
    worker = context.engine.pid
    there: list[bool] = []
    turns = threading.Event()
    opened.projects.while_closed(
        "Changing",
        lambda: there.append(psutil.pid_exists(worker)),
        lambda _: turns.set(),
        key="test",
    )
    assert psutil.pid_exists(worker), "the window waited for it"
    assert there == []
    qtbot.waitUntil(turns.is_set, timeout=20_000)
    assert there == [False]
    qtbot.waitUntil(lambda: opened.parts.canvas.accepts_gestures, timeout=20_000)


def started(qtbot: QtBot) -> QProcess:
    process = QProcess()
    process.start(COMMAND[0], COMMAND[1:])
    qtbot.waitUntil(lambda: process.bytesAvailable() > 0)
    return process
