"""The doctor in the window: a real examination, problems first, a report to copy."""

from __future__ import annotations

import sys

import psutil
import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from dynseg.doctor.finding import Finding
from dynseg_annotator.dialogs.doctor_dialog import DoctorDialog
from dynseg_annotator.jobs.doctor import DoctorRun

FINDINGS = [
    Finding("device", "ok", "cpu: no NVIDIA driver found"),
    Finding("disk", "note", "3 GB free", "Free some."),
    Finding("database", "problem", "damaged", 'dynseg restore "x" newest'),
]


def test_problems_come_first_and_can_be_copied(qtbot: QtBot) -> None:
    dialog = DoctorDialog()
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog._copy.isEnabled()
    dialog.show_findings(FINDINGS)
    assert dialog._title.text() == "One thing does not work"
    lines = [field.text() for field in dialog.findChildren(QLineEdit)]
    assert lines == ['dynseg restore "x" newest', "Free some."]
    dialog.copy_report()
    report = QGuiApplication.clipboard().text()
    assert "[FAIL] database: damaged\n       dynseg restore" in report
    assert report == dialog.report
    dialog.close()


@pytest.mark.slow
def test_a_real_examination(qtbot: QtBot) -> None:
    run = DoctorRun()
    with qtbot.waitSignal(run.finished, timeout=90_000) as got:
        run.start()
    (findings,) = got.args
    assert {"python", "device", "qt", "starter model"} <= {finding.name for finding in findings}


def test_an_examination_that_says_nothing(qtbot: QtBot) -> None:
    run = DoctorRun()
    run._process.setProgram(sys.executable)
    run._process.setArguments(["-c", "import sys; sys.exit('no module named x')"])
    with qtbot.waitSignal(run.failed, timeout=20_000) as got:
        run.start()
    assert got.args == ["no module named x"]


def test_closing_stops_it(qtbot: QtBot) -> None:
    run = DoctorRun()
    run._process.setProgram(sys.executable)
    run._process.setArguments(["-c", "import time; time.sleep(60)"])
    run.start()
    assert run._process.waitForStarted(5000)
    process = psutil.Process(run._process.processId())
    run.stop()
    qtbot.waitUntil(lambda: not process.is_running())
