"""Reads texts out of the source: the window's by `tr`, `tr_n`, `mark`; the engine's by form.

What the window lets a project keep goes by `recorded` and is treated as the engine's.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MAKERS = {"tr", "tr_n", "mark"}

_PROSE = re.compile(r"[A-Za-z]{2,}[^\n]* [^\n]*[A-Za-z]{2,}")
_WORD = re.compile(r"[A-Za-z]{2,}")
_NOT_PROSE = re.compile(
    r"\b(SELECT|INSERT|UPDATE|DELETE FROM|CREATE|DROP|ALTER|PRAGMA|WHERE|ORDER BY|VALUES|BEGIN"
    r"|UNION|COALESCE|STRICT)\b|%[sdr]|^\s|=\?|\bcoalesce\(|^[a-z_]+, [a-z_]+,|^SAVEPOINT|^ROLLBACK"
    r"| \| |^main$"
)
_QUIET_CALLS = {"debug", "info", "warning", "error", "exception", "compile", "execute", "getLogger"}
"""Calls whose texts no user sees: logs, expressions, SQL."""

_SPOKEN: dict[str, tuple[int, ...]] = {
    "Meter": (0,),
    "Progress": (0,),
    "Finding": (0, 2),
    "backup": (0,),
}
"""Calls of the engine whose texts reach the window even where they are one word, and which."""

ENGINE_ASIDE = ("cli", "benchmark", "schema.py", "migrations.py", "__main__.py")
"""Parts of the engine that speak to a terminal or to the database alone."""


@dataclass(frozen=True, slots=True)
class Found:
    """One text of the source.

    Attributes:
        text: English; values of the engine's texts as `{0}`, `{1}`.
        place: File and line for the translator.
        plural: Whether it has a form for each number.
    """

    text: str
    place: str
    plural: bool = False


class HarvestError(Exception):
    """A call that the catalogue cannot read: file, line and why."""


def window_texts(root: Path) -> list[Found]:
    """All texts that the window marks, in the order of files and lines.

    Args:
        root: The package's folder.

    Raises:
        HarvestError: A text is not a literal, or is asked for before a language is chosen.
    """
    return [found for file in _sources(root) for found in _marked(file, root)]


def _sources(root: Path) -> list[Path]:
    return sorted(root.rglob("*.py"))


def _marked(file: Path, root: Path) -> Iterator[Found]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    late = {id(call) for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.Lambda)
            for call in ast.walk(node)}  # fmt: skip
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        maker = node.func.id
        if maker not in MAKERS or not node.args:
            continue
        place = f"{file.relative_to(root).as_posix()}:{node.lineno}"
        text = node.args[1 if maker == "tr_n" else 0]
        if not (isinstance(text, ast.Constant) and isinstance(text.value, str)):
            if maker == "tr":  # what a table marked; `mark` has it
                continue
            raise HarvestError(f"{place}: {maker} needs a literal text")
        if maker != "mark" and id(node) not in late:
            raise HarvestError(f"{place}: {maker} runs before a language is chosen; use mark")
        yield Found(text.value, place, plural=maker == "tr_n")


def recorded_texts(root: Path) -> list[Found]:
    """All texts that the window lets a project keep, values numbered as in the engine's.

    Args:
        root: The window's folder.

    Raises:
        HarvestError: A text is no literal.
    """
    found = []
    for file in _sources(root):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id != "recorded":
                continue
            place = f"{file.relative_to(root).as_posix()}:{node.lineno}"
            text = node.args[0]
            if not isinstance(text, ast.Constant | ast.JoinedStr):
                raise HarvestError(f"{place}: recorded needs a literal text or an f-string")
            found.append(Found(template(text), place))
    return found


def engine_texts(root: Path) -> list[Found]:
    """All sentences and clauses of the engine that may reach the window.

    Args:
        root: The engine's folder.
    """
    return [
        found
        for file in _sources(root)
        if not set(file.relative_to(root).parts) & set(ENGINE_ASIDE)
        for found in _said(file, root)
    ]


def _said(file: Path, root: Path) -> Iterator[Found]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    aside, spoken = _aside(tree), _spoken(tree)
    for node in ast.walk(tree):
        if id(node) in aside or not isinstance(node, ast.Constant | ast.JoinedStr):
            continue
        text = template(node)
        wanted = _WORD if id(node) in spoken else _PROSE
        if wanted.search(text) and not _NOT_PROSE.search(text):
            yield Found(text, f"{file.relative_to(root).as_posix()}:{node.lineno}")


def _spoken(tree: ast.Module) -> set[int]:
    """Texts of the calls that speak in single words."""
    return {
        id(node.args[place])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for place in _SPOKEN.get(_called(node), ())
        if place < len(node.args)
    }


def _called(call: ast.Call) -> str:
    func = call.func
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def _aside(tree: ast.Module) -> set[int]:
    """Docstrings, texts inside other texts, and those of quiet calls."""
    aside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            aside.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            aside |= {id(part) for part in node.values if isinstance(part, ast.Constant)}
            aside |= {
                id(part)
                for value in node.values
                if isinstance(value, ast.FormattedValue) and value.format_spec is not None
                for part in ast.walk(value.format_spec)
            }
        elif isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            if name in _QUIET_CALLS:
                aside |= {id(part) for value in node.args for part in ast.walk(value)}
    return aside


def template(node: ast.Constant | ast.JoinedStr) -> str:
    """The text of a literal, its values numbered; empty for what is no text.

    The same expression twice is the same value.
    """
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    numbers: dict[str, int] = {}
    parts = []
    for part in node.values:
        if isinstance(part, ast.Constant):
            parts.append(str(part.value))
        else:
            key = ast.unparse(part)
            parts.append(f"{{{numbers.setdefault(key, len(numbers))}}}")
    return "".join(parts)
