"""No text of the window goes past the catalogue: read from the source, every file, every call."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import dynseg_annotator

ROOT = Path(dynseg_annotator.__file__).parent
FILES = sorted(ROOT.rglob("*.py"))

TRANSLATED = {"tr", "tr_n", "mark", "engine_text", "recorded"}
SHOWN: dict[str, tuple[int, ...]] = {
    # Qt: which arguments are read by people; () are all of them
    **dict.fromkeys((
        "setText", "setPlainText", "setIconText", "setToolTip", "setStatusTip", "setWhatsThis",
        "setWindowTitle", "setTitle", "setPlaceholderText", "setAccessibleName",
        "setAccessibleDescription", "setInformativeText", "setDetailedText", "setLabelText",
        "setPrefix", "setSuffix", "setSpecialValueText", "setHeaderLabels",
        "setHorizontalHeaderLabels", "addTab", "addItem", "addItems", "addRow", "addAction",
        "addMenu", "addButton", "QLabel", "QPushButton", "QCheckBox", "QRadioButton", "QGroupBox",
        "QAction", "QMenu", "QToolBar", "QDockWidget", "QTreeWidgetItem", "QListWidgetItem",
        "QStandardItem", "QProgressDialog", "drawText", "showText", "showMessage",
        "getExistingDirectory", "getOpenFileName", "getOpenFileNames", "getSaveFileName",
    ), ()),
    "getColor": (2,), "QFileDialog": (1,), "QPlainTextEdit": (0,),
    # the project's own
    "heading": (0,), "prose": (0,), "buttons": (1, 2), "extra_button": (1,), "Chart": (0,),
    "FoldingDock": (1,), "Choice": (1, 2), "show": (1, 2), "say": (), "_say": (),
    "set_hint": (0,), "set_note": (0,), "set_busy": (0,), "show_work": (0,), "show_decided": (0,),
    "MessageAction": (0,), "ReportAction": (0,), "_button": (0,), "_small_button": (0,),
    "_fact": (0,), "_slider": (2,), "_say_format": (0,), "_give_up": (0,), "CheckLine": (1,),
}  # fmt: skip
"""Calls that put a text before a person, and the places of its texts."""
NOT_SHOWN = {"key", "icon", "objectName", "name", "parent", "details"}
"""Keyword arguments that nobody reads, or that are a report in English for the developers."""

NAMES = {
    "dynseg-annotator", "labelme", "YOLO11", "Ultralytics (.pt)…", "ONNX…", "OpenVINO…",
    "TorchScript…", "TensorRT…", "mAP50", "mAP50-95", "CPU", "GPU", "px", "MB", "GB",
}  # fmt: skip
"""Texts that are the same in every language: names of programs, formats, measures and units."""

LEVELS = {"ok", "info", "warn", "error"}
"""How grave a message is: a word of the code."""

QUIET_ERRORS = {
    "AssertionError", "KeyError", "LookupError", "NotImplementedError", "RuntimeError",
    "TypeError", "ValueError",
}  # fmt: skip
"""Raised for the programmer; a person reads them in a report, in English."""
QUIET_CALLS = {"debug", "info", "warning", "error", "exception", "critical", "add_argument"}
IN_ENGLISH = {
    "actions/key_table.py": "the guide's page of the keys",
    "settings/page.py": "the guide's page of the settings",
    "__main__.py": "the help of the command line",
    "canvas/tools/gestures.py": "names rows of the key table, which has them translated",
    "language/catalogue.py": "speaks to developers in a terminal",
    "language/harvest.py": "speaks to developers in a terminal",
}
"""Files whose sentences are meant to stay English, and why."""

MARKUP = re.compile(r"<[^>]*>?|&[a-z]+;")
SENTENCE = re.compile(r"\W*[A-Za-z][a-z]+,? [\w“”'-]+|.*\w…$|.*&[A-Za-z]")
"""Two words, an ellipsis or a mnemonic: what a person reads, whoever shows it."""


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)


def _letters(text: str) -> bool:
    """Whether there is something to translate, markup and measures aside."""
    plain = MARKUP.sub("", text)
    for name in sorted(NAMES, key=len, reverse=True):
        plain = plain.replace(name, "")
    return re.search(r"[A-Za-z]{2}", plain) is not None


def _bare(node: ast.AST) -> Iterator[ast.Constant]:
    """Literals with letters in what `node` evaluates to; other calls answer for themselves."""
    if isinstance(node, ast.Constant):
        text = node.value
        if isinstance(text, str) and text not in LEVELS and _letters(text):
            yield node
        return
    for part in _parts(node):
        yield from _bare(part)


def _parts(node: ast.AST) -> list[ast.AST]:
    """What the value of a node is made of, conditions and keys aside."""
    match node:
        case ast.Call(func=ast.Attribute(value=text, attr="join" | "strip" | "format")):
            return [text, *node.args]
        case ast.IfExp():
            return [node.body, node.orelse]
        case ast.FormattedValue():
            return [node.value]
        case ast.Dict():
            return list(node.values)
        case ast.GeneratorExp() | ast.ListComp() | ast.SetComp():
            return [node.elt]
        case ast.Call() | ast.Compare() | ast.Subscript() | ast.Attribute() | ast.Lambda():
            return []
    return list(ast.iter_child_nodes(node))


def _shown(call: ast.Call) -> Iterator[ast.AST]:
    """The arguments of a call that a person reads."""
    places = SHOWN.get(_name(call))
    if places is None:
        return
    yield from (value for at, value in enumerate(call.args) if not places or at in places)
    yield from (word.value for word in call.keywords if word.arg not in NOT_SHOWN)


def bare_texts(source: str) -> list[tuple[int, str]]:
    """Line and text of everything that is shown without a translation."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            found += [
                (text.lineno, str(text.value)) for part in _shown(node) for text in _bare(part)
            ]
    return sorted(set(found))


def unread_texts(source: str) -> list[tuple[int, str]]:
    """Calls whose text the catalogue cannot hold, since it is put together in place."""
    return [
        (node.lineno, ast.unparse(text))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and _name(node) in ("tr", "tr_n", "mark")
        for text in node.args[:2]
        if isinstance(text, ast.JoinedStr | ast.BinOp)
        and any(isinstance(part, ast.Constant | ast.JoinedStr) for part in ast.walk(text))
    ]


def lost_sentences(source: str) -> list[tuple[int, str]]:
    """Sentences anywhere in a file that no catalogue has: not shown here, but somewhere."""
    tree = ast.parse(source)
    aside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            aside.add(id(node.value))
        elif isinstance(node, ast.Call) and (
            _name(node) in TRANSLATED | QUIET_ERRORS | QUIET_CALLS
        ):
            aside |= {id(part) for part in ast.walk(node)}
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in aside
        and SENTENCE.match(MARKUP.sub("", node.value))
        and node.value not in NAMES
    ]


def _said(found: list[tuple[int, str]]) -> str:
    return "\n".join(f"line {line}: {text}" for line, text in found)


@pytest.mark.parametrize("path", FILES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_text_goes_through_the_catalogue(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    for found in (bare_texts(source), unread_texts(source)):
        assert not found, _said(found)
    if path.relative_to(ROOT).as_posix() not in IN_ENGLISH:
        found = lost_sentences(source)
        assert not found, _said(found)


def test_files_in_english_exist() -> None:
    assert set(IN_ENGLISH) <= {path.relative_to(ROOT).as_posix() for path in FILES}


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ('label.setText("Saved")', 1),
        ('label.setText(tr("Saved"))', 0),
        ('label.setText("Stop" if runs else tr("Start"))', 1),
        ('label.setText(f"{count} images")', 1),
        ('label.setText(f"{count} / {total}")', 0),
        ('label.setText(", ".join(["first", tr("second")]))', 1),
        ('label.setText(names.get("key"))', 0),
        ('label.setText(", ".join(name for name in NAMES if name != "key"))', 0),
        ('layout.extra_button(box, tr("Copy"), "copy")', 0),
        ('layout.extra_button(box, "Copy", "copy")', 1),
        ('layout.buttons(self, reject="Close")', 1),
        ('messages.show("warn", "It is full.", key="disk")', 1),
        ('messages.show("warn", tr("It is full."), tr("Make room."), key="disk")', 0),
        ('box.setSuffix(" px")', 0),
        ('label.setText("<b>{}</b>&nbsp;")', 0),
    ],
)
def test_a_text_that_is_not_translated_is_found(source: str, count: int) -> None:
    assert len(bare_texts(source)) == count


def test_a_text_that_is_put_together_is_found() -> None:
    assert unread_texts('tr(f"{name} is here")')
    assert unread_texts('tr("Open " + what)')
    assert not unread_texts("tr(SIZES[name])")
    assert not unread_texts('tr_n("{n} image", "{n} images", len(rows) - 1)')


def test_a_sentence_that_is_not_shown_at_once_is_found() -> None:
    assert lost_sentences('REASON = "Open a project first."')
    assert not lost_sentences('REASON = mark("Open a project first.")')
    assert not lost_sentences('def f():\n    "Says what is."\n    raise ValueError("Never ask so")')
