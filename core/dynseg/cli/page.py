"""The guide's page of the command line, made from the arguments that the commands declare.

`python -m dynseg_annotator.dialogs.guide_pages` writes it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

from dynseg.cli.main import COMMANDS, Spec, arguments_of

HEAD = """# Commands

Everything but the window is a command too: `dynseg COMMAND`. `--json` on each prints one JSON
object as the last line. The status is 0 when all is well, 1 when something failed, 2 for a wrong
call; errors are one line and a hint. `dynseg COMMAND --help` shows the same in a terminal.
"""


ARGUMENT, MEANING = "argument", "meaning"


def texts() -> list[str]:
    """What a translator says of the page; arguments stay as the terminal explains them."""
    return [HEAD, ARGUMENT, MEANING, *(_sentence(spec) for spec in COMMANDS)]


def _sentence(spec: Spec) -> str:
    return f"{spec.summary[0].upper()}{spec.summary[1:]}."


def guide_page(say: Callable[[str], str] = str) -> str:
    """The page in Markdown; the same on every machine.

    Args:
        say: Gives one of `texts` in the page's language.
    """
    lines = [say(HEAD)]
    for spec in COMMANDS:
        actions = arguments_of(spec.name)
        words = " ".join(_call(a) for a in actions if a.required or not a.option_strings)
        lines += [f"## dynseg {spec.name}", "", say(_sentence(spec)), ""]
        lines += [f"    dynseg {spec.name} {words}".rstrip(), ""]
        rows = [_row(action) for action in actions if action.help is not argparse.SUPPRESS]
        if rows:
            lines += [f"| {say(ARGUMENT)} | {say(MEANING)} |", "|---|---|", *rows, ""]
    return "\n".join(lines)


def _call(action: argparse.Action) -> str:
    """An argument as it stands in a call."""
    name = _name(action)
    if action.option_strings:
        return f"{action.option_strings[-1]} {name}"
    if action.nargs in ("*", argparse.REMAINDER):
        return f"[{name} ...]"
    return f"[{name}]" if action.nargs == "?" else name


def _name(action: argparse.Action) -> str:
    if action.choices is not None:
        return "|".join(str(choice) for choice in action.choices)
    return str(action.metavar or action.dest.upper())


def _row(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 or not action.option_strings else f" {_name(action)}"
    called = (action.option_strings[-1] if action.option_strings else _name(action)) + value
    text = (action.help or "").replace("%(default)s", str(action.default))
    default = action.default
    # A switch is off by default, whatever its value stands for.
    says = action.nargs != 0 and isinstance(default, int | float | str) and default
    if says and "%(default)s" not in (action.help or "") and str(default) not in text:
        text = f"{text} (default {default})".strip()
    called, text = (part.replace("|", "\\|") for part in (called, text))
    return f"| `{called}` | {text} |"


if __name__ == "__main__":
    sys.stdout.write(guide_page())
