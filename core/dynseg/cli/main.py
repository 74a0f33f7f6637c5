"""`dynseg`: the engine without a window."""

from __future__ import annotations

import argparse
import contextlib
import difflib
import errno
import importlib
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn, cast

from dynseg import __version__
from dynseg.cli.command import JSON_HELP, Command, Result, WrongUseError, described
from dynseg.cli.console import Console
from dynseg.errors import DynsegError
from dynseg.files import from_system
from dynseg.progress import CancelledError

FINE, FAILED, WRONG_USE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Spec:
    """One command: its module in this package is loaded when it is called."""

    name: str
    summary: str

    @property
    def sentence(self) -> str:
        """The summary as a sentence."""
        return f"{self.summary[0].upper()}{self.summary[1:]}."


COMMANDS = (
    Spec("init", "make a project of a folder of images"),
    Spec("frames", "take frames of a video, or pages of a TIFF, as images"),
    Spec("prelabel", "let a model propose polygons"),
    Spec("follow", "bring the shapes of an image into the images after it, where their objects go"),
    Spec("import", "take in labels of another program"),
    Spec("export", "write a data set"),
    Spec("train", "fine-tune a model on the reviewed images"),
    Spec("models", "list, compare, import and promote models"),
    Spec("relink", "find images that were moved or renamed; their labels follow"),
    Spec("rescale", "bring shapes to image files that were replaced by ones of another size"),
    Spec("check", "look for broken, doubled and tiny shapes and for damaged images"),
    Spec("review", "list the images to look at next, and why"),
    Spec("split", "say which images train, validate and test, and give some their place"),
    Spec("stats", "count images, instances and classes"),
    Spec("backup", "make a verified copy of the labels, or list the copies"),
    Spec("restore", "put a backup in the place of the labels"),
    Spec("history", "list what was done to an image, and bring a version back"),
    Spec("bench", "measure how fast this machine is, beside other programs and its own limit"),
    Spec("sample", "make a folder of labelled sample images"),
    Spec("doctor", "say what works on this machine and how to mend what does not"),
)


class _Help(argparse.HelpFormatter):
    """Help in which every default is named, as in the guide."""

    def _get_help_string(self, action: argparse.Action) -> str:
        return described(action).replace("%", "%%")


class _Parser(argparse.ArgumentParser):
    """Errors in our form, one line and a hint; an option has one spelling, so that scripts last."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"formatter_class": _Help, "allow_abbrev": False, **settings})

    def error(self, message: str) -> NoReturn:
        """Leave with exit status 2."""
        raise WrongUseError(f"{message}.", f"`{self.prog} --help` lists what can be given.")


def load(name: str) -> Command:
    """The module of a command."""
    module = "import_labels" if name == "import" else name
    return cast("Command", importlib.import_module(f"dynseg.cli.{module}"))


def build_parser(chosen: str | None) -> argparse.ArgumentParser:
    """The parser; only the arguments of the chosen command are known to it."""
    parser = _Parser(prog="dynseg", description="Assisted polygon annotation, headless.")
    parser.add_argument("--version", action="version", version=f"dynseg {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    for spec in COMMANDS:
        sub = commands.add_parser(spec.name, help=spec.summary, description=spec.sentence)
        if spec.name == chosen:
            load(spec.name).add_arguments(sub)
            sub.add_argument("--json", action="store_true", help=JSON_HELP)
    return parser


def arguments_of(name: str) -> list[argparse.Action]:
    """What a command declares, for the guide; without `--help` and `--json`, which all have."""
    parser = _Parser(prog=f"dynseg {name}", add_help=False)
    load(name).add_arguments(parser)
    return list(parser._actions)  # noqa: SLF001 - argparse has no other way to ask


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; the exit status is 0 for fine, 1 for failed, 2 for wrong use."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    _prepare_streams()
    console = Console(as_json="--json" in arguments)
    with _stopped_by_signals(console):
        try:
            return _run(arguments, console)
        except WrongUseError as error:
            return _failed(console, error, WRONG_USE)
        except DynsegError as error:
            return _failed(console, error, FAILED)
        except (CancelledError, KeyboardInterrupt):
            return _failed(console, DynsegError("Stopped.", console.kept), FAILED)
        except OSError as error:
            if _is_unread(error):  # nothing is left to be told
                os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
                return FAILED
            return _failed(console, from_system(error), FAILED)
        except MemoryError:
            return _failed(console, DynsegError("There was not enough memory."), FAILED)
        except Exception as error:  # noqa: BLE001 - the last line of defence of a process
            return _failed(console, _unexpected(error), FAILED)


def _run(arguments: list[str], console: Console) -> int:
    chosen = next((a for a in arguments if not a.startswith("-")), None)
    _refuse_slips(arguments, chosen)
    parser = build_parser(chosen)
    args, unknown = parser.parse_known_args(arguments)
    if args.command is None:
        if console.as_json or unknown:
            parser.error("no command was given")
        parser.print_help(sys.stderr)
        return WRONG_USE
    if unknown:
        raise WrongUseError(
            f"There is no use for {' '.join(unknown)}.",
            f"`dynseg {args.command} --help` lists what can be given.",
        )
    return _told(load(args.command).run(args, console), console)


def _refuse_slips(arguments: list[str], chosen: str | None) -> None:
    """What cannot be meant: a name with a slip of the hand, a folder from a variable that is unset.

    Raises:
        WrongUseError: there is such an argument.
    """
    known = [spec.name for spec in COMMANDS]
    if chosen and chosen not in known:
        near = difflib.get_close_matches(chosen, known, n=1)
        hint = f"Did you mean `dynseg {near[0]}`?" if near else f"There are: {', '.join(known)}."
        raise WrongUseError(f"There is no command {chosen}.", hint)
    for before, argument in zip(["", *arguments], arguments, strict=False):
        if not argument.strip() and not before.startswith("-"):  # an option may be given nothing
            raise WrongUseError(
                "An argument is empty; it would mean the current folder.",
                "A variable of the shell that is not set leaves nothing behind. Give . where the "
                "current folder is meant.",
            )


def _told(result: Result, console: Console) -> int:
    if result.problem is not None:
        return _failed(console, result.problem, FAILED, result.data)
    console.result(result.data)
    return FINE if result.ok else FAILED


def _failed(
    console: Console, error: DynsegError, status: int, data: dict[str, Any] | None = None
) -> int:
    with contextlib.suppress(OSError):  # nobody reads it, or there is no room for it
        console.error(error.message, error.hint)
        console.result({**(data or {}), "error": error.message, "hint": error.hint})
    return status


def _is_unread(error: OSError) -> bool:
    """Whether the reader of our output has gone.

    Windows calls that an invalid argument, and much else besides: another line shows which it is.
    """
    if sys.platform != "win32" or error.errno != errno.EINVAL:
        return isinstance(error, BrokenPipeError)
    try:
        print(flush=True)
    except OSError:
        return True
    return False


def _unexpected(error: Exception) -> DynsegError:
    """An error that nobody foresaw: the details go into a file, one line to the user."""
    text = "".join(traceback.format_exception(error))
    if os.environ.get("DYNSEG_DEBUG"):
        sys.stderr.write(text)
    where = "Set DYNSEG_DEBUG=1 to see where."
    with contextlib.suppress(OSError):
        descriptor, name = tempfile.mkstemp(prefix="dynseg-report-", suffix=".txt")
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
            file.write(f"dynseg {__version__}, {sys.version}\n{sys.argv}\n\n{text}")
        where = f"The details are in {Path(name)}; please send them with what you did."
    kind = type(error).__name__
    return DynsegError(f"An error in the program itself ({kind}: {error}).", where)


def _prepare_streams() -> None:
    """A name that the terminal cannot show is written with escapes instead of failing.

    Files and programs get UTF-8, whatever the system would write: the window reads this, too. What
    is said goes nowhere where the caller has closed a stream.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8", newline="\n"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            encoding = None if stream.isatty() else "utf-8"
            reconfigure(encoding=encoding, errors="backslashreplace")


Handler = Callable[[int, FrameType | None], Any] | int | None


@contextlib.contextmanager
def _stopped_by_signals(console: Console) -> Iterator[None]:
    """Ctrl-C and SIGTERM end the unit of work at hand, a second Ctrl-C ends it at once."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        first = not console.cancel.cancelled
        console.cancel.cancel()
        if not (first and console.waits_for_unit):
            raise KeyboardInterrupt

    before: dict[signal.Signals, Handler] = {}
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(ValueError):  # not in the main thread: a test
            before[number] = signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


if __name__ == "__main__":
    sys.exit(main())
