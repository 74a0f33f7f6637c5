"""The process that decodes a video: it may die, and it has a limit of memory.

    python -m dynseg.images.frame_process SOURCE FOLDER EVERY DIFFERENT

Every line of its output is one JSON object: `stage`, `done`, `total` while it works, at the end
the fields of `FrameSummary`, or `kind`, `message` and `hint` of what went wrong.
"""

from __future__ import annotations

import contextlib
import glob
import json
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import psutil

from dynseg import processes
from dynseg.errors import DynsegError, InputError, StoreWriteError
from dynseg.images.frames import STAGING, FrameChoice, FrameSummary, extract
from dynseg.progress import CancelledError, CancelToken, Progress, Report, ignore

MEMORY_BYTES = 4 << 30
"""A frame of the largest size that is taken needs a quarter of it."""
_LOOK_EVERY_S = 0.05
_TELL_EVERY_S = 0.1
_KINDS: dict[str, Callable[[str, str], DynsegError]] = {
    "InputError": InputError,
    "StoreWriteError": StoreWriteError,
}


def extract_apart(
    source: Path,
    folder: Path,
    choice: FrameChoice | None = None,
    *,
    report: Report = ignore,
    cancel: CancelToken | None = None,
    memory_bytes: int = MEMORY_BYTES,
) -> FrameSummary:
    """`extract` in a process of its own, which may crash and is ended when it takes too much.

    Args:
        source: As for `extract`, like those that follow.
        folder: Made if need be.
        choice: Which frames.
        report: Told ten times a second.
        cancel: Asked while waiting.
        memory_bytes: More memory than this ends the process.

    Raises:
        InputError: as `extract`, or the decoder crashed or wanted too much memory.
        StoreWriteError: as `extract`.
        CancelledError: `cancel` was set.
        OSError: the process cannot be started.
    """
    choice = choice or FrameChoice()
    places = (str(source.absolute()), str(folder.absolute()))
    numbers = (choice.every, int(choice.different), choice.known)
    process = subprocess.Popen(
        [*processes.command("frames"), *places, *map(str, numbers)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=processes.WITHOUT_CONSOLE,
        text=True,
        encoding="utf-8",
    )
    listener = _Listener(process, report)
    listener.start()
    try:
        ended = _watch(process, cancel, memory_bytes)
    finally:
        process.kill()
        process.wait()
        listener.join()
        last = listener.last
        if "folder" not in last:
            _sweep(source, folder)
    if "folder" in last:
        return FrameSummary(**{**last, "folder": folder})
    if "kind" in last:
        raise _KINDS.get(last["kind"], DynsegError)(last["message"], last["hint"])
    why = "needed too much memory" if ended else "ended its decoder"
    raise InputError(
        f"{source.name} {why}; nothing was written.",
        "The file is damaged; convert it with a video program and try again.",
    )


class _Listener(threading.Thread):
    """Hears what the process says until it says no more.

    Attributes:
        last: The newest line.
    """

    def __init__(self, process: subprocess.Popen[str], report: Report) -> None:
        super().__init__(name="dynseg-frames", daemon=True)
        self._process = process
        self._report = report
        self.last: dict[str, Any] = {}

    def run(self) -> None:
        """Read line by line."""
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                with contextlib.suppress(ValueError):  # what a library prints is no answer
                    self._hear(json.loads(line))

    def _hear(self, said: object) -> None:
        if isinstance(said, dict):
            self.last = said
            if "stage" in said:
                self._report(Progress(said["stage"], said["done"], said["total"]))


def _watch(process: subprocess.Popen[str], cancel: CancelToken | None, memory_bytes: int) -> bool:
    """Wait for the end; whether it was brought about because of the memory."""
    while process.poll() is None:
        if cancel is not None and cancel.cancelled:
            raise CancelledError
        try:
            if psutil.Process(process.pid).memory_info().rss > memory_bytes:
                return True
        except psutil.Error:
            pass  # it has ended in between
        time.sleep(_LOOK_EVERY_S)
    return False


def _sweep(source: Path, folder: Path) -> None:
    """Remove what a process that was ended has left."""
    prefix = glob.escape(f"{STAGING}{source.stem}-")
    for left in folder.absolute().parent.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)


def main(arguments: Sequence[str]) -> int:
    """Decode, and say how far it is."""
    out = processes.take_output()
    told_s = 0.0

    def say(values: dict[str, Any]) -> None:
        out.write(json.dumps(values).encode() + b"\n")
        out.flush()

    def report(progress: Progress) -> None:
        nonlocal told_s
        if time.monotonic() - told_s > _TELL_EVERY_S:
            told_s = time.monotonic()
            say({"stage": progress.stage, "done": progress.done, "total": progress.total})

    source, folder, every, different, there = arguments
    try:
        choice = FrameChoice(int(every), different == "1", int(there))
        done = extract(Path(source), Path(folder), choice, report=report)
    except (DynsegError, MemoryError) as error:
        known = error if isinstance(error, DynsegError) else InputError("It needs too much memory.")
        say({"kind": type(known).__name__, "message": known.message, "hint": known.hint})
        return 1
    say(
        {
            "folder": str(done.folder),
            "seen": done.seen,
            "written": done.written,
            "kept": done.kept,
            "alike": done.alike,
            "note": done.note,
        }
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
