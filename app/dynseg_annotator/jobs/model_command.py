"""The window's end of `dynseg models`: comparing and writing models in a process of its own."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QObject, QProcess, Signal

from dynseg import processes
from dynseg.errors import EngineError
from dynseg_annotator.jobs import ending
from dynseg_annotator.jobs.starting import failed_to_start, on_error
from dynseg_annotator.language import tr


class ModelCommand(QObject):
    """Runs one `dynseg models` command at a time.

    Args:
        command: Program and first arguments; this installation's when None.
    """

    done = Signal(object)
    """`dict`: the object that the command printed."""
    failed = Signal(object)
    """`DynsegError`: what it said instead."""

    def __init__(self, parent: QObject | None = None, *, command: list[str] | None = None) -> None:
        super().__init__(parent)
        self._command = command or processes.command("cli")
        self._process: QProcess | None = None

    @property
    def is_running(self) -> bool:
        """Whether a command runs."""
        return self._process is not None

    def start(self, project: str, *arguments: str) -> None:
        """Run `dynseg models PROJECT ARGUMENTS --json`, unless a command runs already."""
        if self._process is not None:
            return
        process = self._process = QProcess(self)
        process.setProgram(self._command[0])
        process.setArguments([*self._command[1:], "models", project, *arguments, "--json"])
        process.finished.connect(lambda code, _: self._finished(code))
        on_error(process, self._not_started)
        process.start()

    def stop(self) -> None:
        """End it; nothing is told. What it was writing is removed by the next command."""
        process, self._process = self._process, None
        if process is not None:
            ending.end(process, wait_s=0.0)

    def _not_started(self, error: QProcess.ProcessError) -> None:
        if failed_to_start(self._process, error):
            self._finished(-1)

    def _finished(self, code: int) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        out, said = [], ""
        if process.isOpen():
            out = bytes(process.readAllStandardOutput().data()).strip().splitlines()
            said = bytes(process.readAllStandardError().data()).decode("utf-8", "replace")
        process.deleteLater()
        try:
            result = msgspec.json.decode(out[-1], type=dict[str, object])
        except (IndexError, msgspec.DecodeError):
            code = code or -1
        if code:
            self.failed.emit(_error(said))
        else:
            self.done.emit(result)


def _error(said: str) -> EngineError:
    """What the command line said last on stderr, as an error."""
    message = tr("The command ended without a word; no label was changed.")
    hint = tr("Try it again.")
    for line in said.splitlines():
        if line.startswith("dynseg: "):
            message, hint = line.removeprefix("dynseg: "), ""
        elif line.startswith("hint: "):
            hint = line.removeprefix("hint: ")
    return EngineError(message, hint)
