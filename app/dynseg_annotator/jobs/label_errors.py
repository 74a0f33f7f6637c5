"""The window's end of the search for label errors: a process that only reads, and can be ended."""

from __future__ import annotations

from PySide6.QtCore import QObject, QProcess, Signal

from dynseg import processes
from dynseg.label_errors.looked import Looked, decode
from dynseg_annotator.jobs import ending
from dynseg_annotator.jobs.starting import failed_to_start, on_error
from dynseg_annotator.language import tr


class LabelErrorSearch(QObject):
    """Starts the search and tells what it says.

    Args:
        command: Program and first arguments; this installation's when None.
    """

    told = Signal(object)
    """`Looked`: how far it is."""
    ended = Signal(object)
    """`Looked`: how it ended, whatever happened; not after `stop`."""

    def __init__(self, parent: QObject | None = None, *, command: list[str] | None = None) -> None:
        super().__init__(parent)
        self._command = command or processes.command("label-errors")
        self._process: QProcess | None = None
        self._buffer = b""
        self._last = Looked()

    @property
    def is_running(self) -> bool:
        """Whether it looks."""
        return self._process is not None

    def start(self, project: str, *, device: str) -> None:
        """Begin, unless that is going on."""
        if self._process is not None:
            return
        self._buffer, self._last = b"", Looked()
        process = QProcess(self)
        process.setProgram(self._command[0])
        process.setArguments([*self._command[1:], project, "--device", device])
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._finished)
        on_error(process, self._failed)
        self._process = process
        process.start()

    def stop(self) -> None:
        """End it; what it had found is dropped, no label was touched."""
        process, self._process = self._process, None
        if process is not None:
            ending.kill(process)  # it only reads

    def _read(self) -> None:
        if self._process is None or not self._process.isOpen():
            return
        self._buffer += bytes(self._process.readAllStandardOutput().data())
        *lines, self._buffer = self._buffer.split(b"\n")
        for line in lines:
            state = decode(line)
            if state is not None:
                self._last = state
                self.told.emit(state)

    def _failed(self, error: QProcess.ProcessError) -> None:
        if failed_to_start(self._process, error):
            self._finished()

    def _finished(self) -> None:
        self._read()
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        last = self._last
        if last.disputes is None and not last.message:
            last = Looked(
                message=tr(
                    "The search for label errors ended without a word; no label was changed."
                ),
                hint=tr("Start it again; `dynseg review PROJECT --order errors` says more."),
            )
        self.ended.emit(last)
