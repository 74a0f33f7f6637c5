"""Runs `dynseg doctor` as a process: it loads torch and tries Qt, which the window does not."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QObject, QProcess, Signal

from dynseg import processes
from dynseg.doctor.finding import Finding
from dynseg_annotator.jobs import ending
from dynseg_annotator.language import tr


class _Answer(msgspec.Struct):
    """The part of the command's JSON that is shown."""

    findings: list[Finding]


class DoctorRun(QObject):
    """One examination.

    Args:
        project: A project to look at, too; empty for none.
    """

    finished = Signal(list)
    """`Finding`s, all of them."""
    failed = Signal(str)
    """It gave no answer; what it said last."""

    def __init__(self, project: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        command = [*processes.command("commands"), "doctor", *([project] if project else [])]
        self._process = QProcess(self)
        self._process.setProgram(command[0])
        self._process.setArguments([*command[1:], "--json"])
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._broken)

    def start(self) -> None:
        """Begin; `finished` or `failed` follows."""
        self._process.start()

    def stop(self) -> None:
        """End it, whatever it does."""
        ending.kill(self._process)

    def _ended(self) -> None:
        lines = bytes(self._process.readAllStandardOutput().data()).strip().splitlines()
        try:
            answer = msgspec.json.decode(lines[-1], type=_Answer)
        except (IndexError, msgspec.DecodeError):
            said = bytes(self._process.readAllStandardError().data()).decode(errors="replace")
            self.failed.emit(said.strip()[-500:] or tr("It gave no answer."))
            return
        self.finished.emit(answer.findings)

    def _broken(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self.failed.emit(self._process.errorString())
