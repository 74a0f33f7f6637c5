"""Measuring what runs a model fastest here, in a process of its own that gives way to everything.

It loads torch and several backends, which takes seconds and half a GB of memory, and what does not
work on this machine may end it: nothing that the process should go through which answers people.
"""

from __future__ import annotations

import logging
import subprocess
from pathlib import Path

from dynseg import processes

MOST_TRIES = 5
"""After so many a worker leaves it: somebody asks for something all the time, or it ends badly."""

log = logging.getLogger(__name__)


class Measurement:
    """Begun when nobody asks for anything, stopped as soon as somebody does, then begun anew."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._tries = 0
        self._began: tuple[Path, bool] | None = None
        self._through: set[tuple[Path, bool]] = set()
        """What was measured until the end; where the answer cannot be kept, nobody asks again."""

    def begin(self, model: Path, *, half: bool) -> None:
        """Start measuring, unless that goes on.

        Args:
            model: A model file; what is found holds for all models of its shape.
            half: Half precision may be used where it is faster.
        """
        if self.is_running:
            return
        self.stop()
        if self._tries >= MOST_TRIES or (model, half) in self._through:
            return
        self._tries += 1
        self._began = model, half
        try:
            self._process = subprocess.Popen(
                [*processes.command("measure"), str(model), *([] if half else ["--full"])],
                stdin=subprocess.PIPE,  # its end is the end of the process
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                creationflags=processes.WITHOUT_CONSOLE,
            )
        except OSError as error:
            log.warning("backends cannot be measured: %s", error)

    @property
    def is_running(self) -> bool:
        """Whether it goes on."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """End it: what it has not found yet would be wrong on a machine that is busy."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.poll() is not None and self._began is not None:
            self._through.add(self._began)
        process.kill()
        process.communicate()
