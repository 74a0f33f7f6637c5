"""What a command module defines and returns."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Any, Protocol

from dynseg.cli.console import Console
from dynseg.errors import DynsegError


class WrongUseError(DynsegError):
    """The command line does not make sense."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a command returns.

    Attributes:
        data: The keys of the JSON object.
        ok: False makes the exit status 1.
    """

    data: dict[str, Any]
    ok: bool = True


class Command(Protocol):
    """What a command module defines."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""

    def run(self, args: argparse.Namespace, console: Console) -> Result:
        """Do the work."""
