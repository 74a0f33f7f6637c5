"""The shape of the code: nothing grows into a god file."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted(
    path for source in ("core", "app", "resources") for path in (ROOT / source).rglob("*.py")
)
BANNED_NAMES = {"utils", "util", "helpers", "misc", "manager", "common"}
MAX_LINES, MAX_FUNCTION_LINES, MAX_METHODS = 500, 60, 25
MAX_ENTRY = 220
"""Characters of an entry of the changelog: one is read at a glance, or by nobody."""


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_file_stays_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert path.stem not in BANNED_NAMES
    assert len(text.splitlines()) <= MAX_LINES
    tree = ast.parse(text)
    for function in functions(tree):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        assert length <= MAX_FUNCTION_LINES, f"{function.name}: {length} lines"
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            methods = sum(isinstance(n, ast.FunctionDef) for n in node.body)
            assert methods <= MAX_METHODS, f"{node.name}: {methods} methods"


@pytest.mark.parametrize("source", ["core", "app", "resources", "packaging"])
def test_source_roots_are_not_packages(source: str) -> None:
    assert not (ROOT / source / "__init__.py").exists()


def test_the_changelog_is_short_lines_in_groups_that_stand_there_once() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    newest = text.split("\n## ")[1]
    entries = newest.replace("\n  ", " ").splitlines()
    assert [entry for entry in entries if len(entry) > MAX_ENTRY] == []
    groups = [line for line in entries if line.startswith("#")]
    assert len(groups) == len(set(groups))
