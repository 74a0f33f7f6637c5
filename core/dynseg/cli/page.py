"""The guide's page of the command line, made from the arguments that the commands declare.

`python -m dynseg_annotator.dialogs.guide_pages` writes it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from dynseg.cli.command import described
from dynseg.cli.main import COMMANDS, arguments_of

HEAD = """# Commands

Everything but the window is also a command: `dynseg COMMAND`. `dynseg COMMAND --help` shows the
same in a terminal.

- `--json`, on every command, prints one JSON object as the last line; after a failure it has the
  keys `error` and `hint`.
- The exit status is 0 if all is well, 1 if something failed, 2 for a wrong call.
- Results go to standard output, errors (one line and a hint) and progress to standard error. Where
  that is no terminal, progress is one line a minute.
"""


ARGUMENT, MEANING = "argument", "meaning"


def texts() -> list[str]:
    """What a translator says of the page; arguments stay as the terminal explains them."""
    said = [HEAD, ARGUMENT, MEANING]
    for spec in COMMANDS:
        said.append(spec.sentence)
        said += [str(parser.description) for parser in parts(arguments_of(spec.name)).values()]
    return said


def guide_page(say: Callable[[str], str] = str) -> str:
    """The page in Markdown; the same on every machine.

    Args:
        say: Gives one of `texts` in the page's language.
    """
    lines = [say(HEAD)]
    for spec in COMMANDS:
        actions, name = arguments_of(spec.name), f"dynseg {spec.name}"
        own = [action for action in actions if not isinstance(action, argparse._SubParsersAction)]  # noqa: SLF001
        lines += _part("##", name, f"{name} {_words(actions)}", say(spec.sentence), own, say)
        for action, parser in parts(actions).items():
            below = [a for a in parser._actions if a.dest not in ("help", "json")]  # noqa: SLF001
            call = f"{name} {_words(own)} {action} {_words(below)}"
            title = f"{name} {_words(own)} {action}"
            lines += _part("###", title, call, say(str(parser.description)), below, say)
    return "\n".join(lines)


def _part(
    level: str,
    title: str,
    call: str,
    sentence: str,
    actions: Sequence[argparse.Action],
    say: Callable[[str], str],
) -> list[str]:
    """Lines of a command, or of what one can do."""
    lines = [f"{level} {title}", "", sentence, "", f"    {call}".rstrip(), ""]
    rows = [_row(action) for action in actions if action.help is not argparse.SUPPRESS]
    if rows:
        lines += [f"| {say(ARGUMENT)} | {say(MEANING)} |", "|---|---|", *rows, ""]
    return lines


def parts(actions: Sequence[argparse.Action]) -> dict[str, argparse.ArgumentParser]:
    """What a command can do by name, with the arguments of each."""
    found: dict[str, argparse.ArgumentParser] = {}
    for action in actions:
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            found |= action.choices
    return found


def _words(actions: Sequence[argparse.Action]) -> str:
    """What has to be given, and what may be given without a name."""
    return " ".join(_call(a) for a in actions if a.required or not a.option_strings)


def _call(action: argparse.Action) -> str:
    """An argument as it stands in a call."""
    name = _name(action)
    if action.option_strings:
        return f"{action.option_strings[-1]} {name}"
    if isinstance(action.nargs, int) and action.nargs:
        return " ".join([name] * action.nargs)
    if action.nargs in ("*", argparse.REMAINDER):
        return f"[{name} ...]"
    return f"[{name}]" if action.nargs == "?" else name


def _name(action: argparse.Action) -> str:
    if action.choices is not None and not isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
        return "|".join(str(choice) for choice in action.choices)
    return str(action.metavar or action.dest.upper())


def _row(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 or not action.option_strings else f" {_name(action)}"
    called = (action.option_strings[-1] if action.option_strings else _name(action)) + value
    called, text = (part.replace("|", "\\|") for part in (called, described(action)))
    return f"| `{called}` | {text} |"


if __name__ == "__main__":
    sys.stdout.write(guide_page())
