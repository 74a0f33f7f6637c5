"""Watches the training run, which is a process of its own and may outlive the window."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from dynseg.errors import DynsegError
from dynseg.project.layout import ProjectLayout
from dynseg.training import events
from dynseg.training.run import ENDED, RunFolder, RunStatus, can_go_on
from dynseg_annotator.jobs.background import Background
from dynseg_annotator.language import tr

POLL_MS = 500
STOP_TIMEOUT_S = 2.0
"""After being asked a run may finish its batch; then it is terminated, and can be resumed."""
MAX_READ_BYTES = 4 << 20


def _nothing(_error: DynsegError) -> None:
    """Take no notice."""


class TrainingWatcher(QObject):
    """Reads what a run has written since the last look, every half second.

    Args:
        background: Runs what takes longer than a look.
    """

    run_changed = Signal(object)
    """`RunFolder | None` that is watched."""
    event_arrived = Signal(object)
    """One of `dynseg.training.events`."""
    ended = Signal(object)
    """`RunStatus` of the run that has just ended."""

    def __init__(self, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._background = background
        self._run: RunFolder | None = None
        self._being_stopped: RunFolder | None = None
        self.host = ""
        """The other computer on which the run is; empty for this one."""
        self._read_bytes = 0
        self._timer = QTimer(self)
        self._timer.setInterval(POLL_MS)
        self._timer.timeout.connect(self.look)

    @property
    def run(self) -> RunFolder | None:
        """The run that is watched, or was watched last."""
        return self._run

    @property
    def is_running(self) -> bool:
        """Whether a run is going on."""
        return self._timer.isActive()

    @property
    def runs_here(self) -> bool:
        """Whether a run is going on that needs this computer, not another one."""
        return self.is_running and not self.host

    def watch(self, run: RunFolder) -> None:
        """Tell everything that a run has written, and go on until it ends."""
        self._run, self.host = run, run.elsewhere
        self._read_bytes = 0
        self._timer.start()  # first: whoever hears of the run asks whether it goes on
        self.run_changed.emit(run)
        self.look()

    def find(
        self, layout: ProjectLayout, *, seen: str, found: Callable[[RunFolder | None], None]
    ) -> None:
        """Look for a run that goes on, can go on, or ended while no window was open.

        Args:
            layout: Of the project.
            seen: Name of the run whose end the user has seen.
            found: Hears of the run, None when there is none.
        """

        def work() -> RunFolder | None:
            from dynseg.model.registry import ModelRegistry
            from dynseg.training import launch  # brings the exporter: not at start-up

            newest = next(iter(launch.find_runs(layout)), None)
            if newest is None:
                return None
            if launch.is_alive(newest):
                return newest
            # Else a program in a terminal is about to start it, or another computer may go on.
            before = newest.status()
            gone = bool(before.pid) and not newest.elsewhere
            if gone:
                with suppress(OSError):  # of a folder that cannot be written
                    launch.mark_stopped(newest)  # one that was killed with the computer
            status = newest.status()
            if status.state != "finished":
                # What was left running and is over is told once, also where nothing is kept of it.
                is_news = gone and before.state not in ENDED
                return newest if is_news or can_go_on(newest) else None
            if newest.name == seen:
                return None
            # Promoted in a terminal: there is nothing left to decide.
            return None if ModelRegistry(layout.models).active().name == status.model else newest

        self._background.run(work, done=found)

    def stop(
        self,
        then: Callable[[], None] | None = None,
        *,
        failed: Callable[[DynsegError], None] = _nothing,
    ) -> None:
        """Ask the run to stop, then make it; `then` is called in any case."""
        run = self._run
        if run is None:
            if then is not None:
                then()
            return

        def done(_ended: object) -> None:
            self._being_stopped = None
            self.look()
            if then is not None:
                then()

        def refused(error: DynsegError) -> None:
            self._being_stopped = None
            failed(error)
            if then is not None:
                then()

        def work() -> bool:
            from dynseg.training import launch

            return launch.stop(run, timeout_s=STOP_TIMEOUT_S)

        self._being_stopped = run
        self._background.run(work, done=done, failed=refused)

    def finish(self, *, failed: Callable[[DynsegError], None]) -> None:
        """Ask the run for a few last steps and to measure what it has learned."""
        run = self._run
        if run is not None:
            self._background.run(lambda: run.request_stop(finish=True), failed=failed)

    def release(self) -> None:
        """Stop watching; the run goes on."""
        self._timer.stop()
        if self._run is not None:
            self._run = None
            self.run_changed.emit(None)

    def look(self) -> None:
        """Read what is new; tiny files, so this takes far less than a frame."""
        run = self._run
        if run is None:
            return
        # Liveness first: what a process wrote before it ended is then read below.
        alive = _is_alive(run)
        status = run.status()
        has_ended = not alive and bool(status.pid) and self._timer.isActive()
        if has_ended and run is self._being_stopped and status.state not in ENDED:
            return  # it was killed, and whoever did that is about to say so
        if has_ended:
            self._timer.stop()
        while events_read := self._new_events(run):
            for event in events_read:
                self.event_arrived.emit(event)
            if not has_ended:  # else nobody comes back for the rest
                break
        if has_ended:
            self.ended.emit(_final(status, run.elsewhere))

    def _new_events(self, run: RunFolder) -> list[events.Event]:
        """Whole lines behind those read before."""
        try:
            with (run.path / "events.jsonl").open("rb") as file:
                file.seek(self._read_bytes)
                data = file.read(MAX_READ_BYTES)
        except OSError:
            return []
        whole = data.rfind(b"\n") + 1
        self._read_bytes += whole
        return _without_overtaken([events.decode(line) for line in data[:whole].splitlines()])


def _without_overtaken(read: list[events.Event]) -> list[events.Event]:
    """Of how far it was, only the last: a run of hours has said that thousands of times."""
    last = max(
        (at for at, event in enumerate(read) if isinstance(event, events.Advanced)), default=0
    )
    return [
        event
        for at, event in enumerate(read)
        if at == last or not isinstance(event, events.Advanced)
    ]


def _is_alive(run: RunFolder) -> bool:
    from dynseg.training import launch

    return launch.is_alive(run)


def _final(status: RunStatus, elsewhere: str) -> RunStatus:
    """A process that is gone without a word has failed."""
    if status.state in ENDED:
        return status
    if elsewhere:
        return msgspec.structs.replace(
            status,
            state="failed",
            message=tr(
                "{host} trains no more, or cannot be reached; the active model is unchanged.",
                host=elsewhere,
            ),
            hint=tr("Go on with it here, or train again.")
            if status.checkpoint
            else tr("Train again."),
        )
    return msgspec.structs.replace(
        status,
        state="failed",
        message=tr("The training process ended without a word; the active model is unchanged."),
        hint=tr("Go on with it, or train again. See the log for the cause.")
        if status.checkpoint
        else tr("Train again. See the log for the cause."),
    )
