"""What a command module defines and returns."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from dynseg.cli.console import Console
from dynseg.errors import DynsegError

JSON_HELP = "print one JSON object as the last line"


class WrongUseError(DynsegError):
    """The command line does not make sense."""


def refuse_useless(reason: str, given: Mapping[str, bool]) -> None:
    """Refuse options that would have no effect, which their user would not see.

    Args:
        reason: Why they would have none, a clause.
        given: Each option, and whether it was given.

    Raises:
        WrongUseError: one was.
    """
    useless = [option for option, is_given in given.items() if is_given]
    if useless:
        raise WrongUseError(f"{reason}.", f"Leave out {' and '.join(useless)}.")


@dataclass(frozen=True, slots=True)
class Result:
    """What a command returns.

    Attributes:
        data: The keys of the JSON object.
        ok: False makes the exit status 1.
        problem: What went wrong although there is something to tell; it makes the exit status 1.
    """

    data: dict[str, Any]
    ok: bool = True
    problem: DynsegError | None = None


class Command(Protocol):
    """What a command module defines."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""

    def run(self, args: argparse.Namespace, console: Console) -> Result:
        """Do the work."""


def described(action: argparse.Action) -> str:
    """What a terminal and the guide say of an argument: its help, and its default if it has one."""
    text = (action.help or "").replace("%(default)s", str(action.default))
    default = action.default
    # A switch is off by default, whatever its value stands for.
    says = action.nargs != 0 and isinstance(default, int | float | str) and default
    if says and default != argparse.SUPPRESS and str(default) not in text:
        text = f"{text} (default {default})".strip()
    return text
