"""The training process: `python -m dynseg.training RUN`, or `--live PROJECT`."""

from __future__ import annotations

import argparse
import errno
import os
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from pathlib import Path
from types import FrameType
from typing import BinaryIO

import msgspec

from dynseg.errors import DynsegError, is_out_of_memory
from dynseg.priority import LOWER, step_back
from dynseg.processes import take_input
from dynseg.training.heartbeat import beating
from dynseg.training.isolation import isolate
from dynseg.training.promotion import CheckAnswer
from dynseg.training.run import RunFolder, say_stopped

FINE, FAILED = 0, 1

_terminated = False


def main(argv: Sequence[str] | None = None) -> int:
    """Train, or check a model file; what happened stands in the run's folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("run", type=Path, nargs="?")
    parser.add_argument("--check", type=Path, metavar="MODEL")
    parser.add_argument("--live", type=Path, metavar="PROJECT")
    parser.add_argument(
        "--leashed", action="store_true", help="another process answers for it: end with stdin"
    )
    parser.add_argument("--rank", type=int, default=0, help="learns beside the run's own process")
    parser.add_argument("--device", default="auto")
    parser.add_argument("--threads", type=int, default=0)
    parser.add_argument("--priority", type=int, default=LOWER, help="0 is a program's own")
    arguments = parser.parse_args(argv)
    if arguments.check is not None:
        return _check(arguments.check)
    if arguments.live is not None:
        return _live(arguments)
    if arguments.run is None:
        parser.error("the folder of a run is missing")
    run = RunFolder(arguments.run)
    if arguments.rank:
        return _follow(run, arguments.rank)
    return _train(run, leashed=arguments.leashed)


def _train(run: RunFolder, *, leashed: bool) -> int:
    if leashed:
        threading.Thread(target=_end_with, args=(take_input(),), daemon=True).start()
        return _execute(run)
    run.claim()
    with beating(run):
        return _execute(run)


def _execute(run: RunFolder) -> int:
    signal.signal(signal.SIGTERM, _remember)
    signal.signal(signal.SIGINT, _remember)
    step_back()
    try:
        isolate()
        from dynseg.training.folded import process_of

        process_of(run, terminated=lambda: _terminated).execute()
    except DynsegError as error:
        return _failed(run, error.message, error.hint)
    except MemoryError:
        return _failed(run, _OUT_OF_MEMORY, _SMALLER)
    except Exception as error:  # noqa: BLE001 - the last line of defence of a process
        traceback.print_exc()
        if not (_terminated or run.stop_requested() == "stop"):
            return _failed(run, *_in_words(error))
        # Whoever logs out ends the loaders of images as well: nobody is told that training failed.
        say_stopped(run)
    return FINE


def _follow(run: RunFolder, rank: int) -> int:
    # Who logs out or presses Ctrl+C tells the run's own process too, and that one decides.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    step_back()
    source = take_input()
    isolate()
    from dynseg.training.team import OUT_OF_MEMORY, follow

    folder = source.readline().decode().rstrip("\n")
    if not folder:
        return FAILED
    threading.Thread(target=_end_with, args=(source,), daemon=True).start()
    try:
        follow(run, rank, Path(folder))
    except DynsegError:  # the run's own process says so
        return FAILED
    except Exception as error:  # noqa: BLE001 - the last line of defence of a process
        traceback.print_exc()
        return OUT_OF_MEMORY if is_out_of_memory(error) else FAILED
    return FINE


def _live(arguments: argparse.Namespace) -> int:
    # Ctrl+C in a terminal goes to the program that started this as well, and that one decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    step_back(arguments.priority)
    isolate()
    from dynseg.training.live.main import learn_live

    status = learn_live(arguments.live, device=arguments.device, threads=arguments.threads)
    sys.stderr.flush()
    # The thread that reads orders still waits: an ordinary exit aborts on the lock that it holds.
    os._exit(status)


def _check(path: Path) -> int:
    answer = CheckAnswer()
    try:
        isolate()
        from dynseg.training.candidate import probe

        probe(path)
    except DynsegError as error:
        answer = CheckAnswer(error.message, error.hint)
    except Exception as error:  # noqa: BLE001 - the last line of defence of a process
        traceback.print_exc()
        answer = CheckAnswer(f"{path.name} cannot be used ({error}).", "Choose another model.")
    sys.stdout.buffer.write(msgspec.json.encode(answer) + b"\n")
    sys.stdout.flush()
    return FAILED if answer.message else FINE


def _end_with(source: BinaryIO) -> None:
    """End at once when the process that answers for this one is gone.

    Another machine may take the run over then, and two must not write into one folder.
    """
    # Not through its buffer: an ordinary exit would abort on the lock of a reader that waits.
    while os.read(source.fileno(), 1):
        pass
    os._exit(FAILED)


def _remember(_signal: int, _frame: FrameType | None) -> None:
    global _terminated
    _terminated = True


_OUT_OF_MEMORY = "There was not enough memory for training; the active model is unchanged."
_SMALLER = "Use a smaller image size or batch, or close other programs."


def _in_words(error: Exception) -> tuple[str, str]:
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return (
            "The disk is full; the run has stopped and the active model is unchanged.",
            "Free some space and resume it.",
        )
    if is_out_of_memory(error):
        return _OUT_OF_MEMORY, _SMALLER
    kind = type(error).__name__
    return (
        f"Training failed ({kind}: {error}); the active model is unchanged.",
        "process.log in the run's folder has the details.",
    )


def _failed(run: RunFolder, message: str, hint: str) -> int:
    run.fail(message, hint)
    return FAILED


if __name__ == "__main__":
    sys.exit(main())
