"""No row of the list of features without a test that names it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from tests.conftest import SHARED_DATA
from tests.gui.rows.listed import CAPABILITIES, KEY_ROWS, OTHER_IN_CVAT

GUI = Path(__file__).resolve().parents[1]
FEATURES = SHARED_DATA.parent / "FEATURES.md"


def names_of_tests() -> list[str]:
    """Of all window tests."""
    return [
        node.name
        for path in sorted(GUI.rglob("test_*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]


NAMES = names_of_tests()


@pytest.mark.parametrize("row", CAPABILITIES)
def test_every_capability_has_a_test(row: str) -> None:
    assert [name for name in NAMES if f"_{row.lower()}_" in name], row


@pytest.mark.parametrize("row", KEY_ROWS)
def test_every_key_has_a_test(row: str) -> None:
    named = [name for name in NAMES if name.startswith(f"test_key_{row}")]
    assert named, KEY_ROWS[row]
    assert (row in OTHER_IN_CVAT) <= any(name.endswith("_in_cvat") for name in named), row


def test_the_list_is_that_of_the_features() -> None:
    if not FEATURES.is_file():
        pytest.skip("the list of features is not on this machine")
    text = FEATURES.read_text(encoding="utf-8")
    ids = re.findall(r"^\| ([CDE]\d+) \|", text, re.MULTILINE)
    assert set(CAPABILITIES) == {i for i in ids if i[0] != "E" or int(i[1:]) <= 4}
    keys = text.split("| action | keys |")[1].split("\n\n")[0]
    rows = [line.split("|")[1].strip() for line in keys.splitlines()[2:] if line.startswith("|")]
    assert sorted(rows) == sorted(KEY_ROWS.values())
