"""Every window and dialog: named controls, no cut text, WCAG AA as painted, focus that is seen."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QLabel,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.gui.looks.examine import cut_off, faint, left_english, nameless, without_focus_mark
from tests.gui.looks.surfaces import DIALOGS, ELSEWHERE

from dynseg_annotator import dialogs, language, panels, theme
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.dialogs.layout import FittedDialog
from dynseg_annotator.panels.start_page import StartPage
from dynseg_annotator.settings import Settings

CODES = ("en", "zh_CN")
PLAIN = [("light", 1.0, code) for code in CODES]
OTHERS = [
    (scheme, factor, code)
    for scheme, factor in (("light", 2.0), ("dark", 1.0), ("dark", 2.0))
    for code in CODES
]
"""Theme, size of the letters, and language."""


@pytest.fixture
def dressed(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[None]:
    """A theme, a size of the letters and a language."""
    scheme, factor, code = request.param
    language.install(code)
    before = qapp.font()
    font = qapp.font()
    font.setPointSizeF(font.pointSizeF() * factor)
    qapp.setFont(font)
    theme.apply(qapp, scheme)
    yield
    qapp.setFont(before)
    theme.apply(qapp, "light")
    language.install("en")


def examine(window: QWidget, *, focus: bool = True) -> dict[str, list[str]]:
    QApplication.processEvents()
    found = {"nameless": nameless(window), "cut off": cut_off(window), "faint": faint(window)}
    if language.current() != "en":
        found["left English"] = left_english(window)
    if focus:
        found["no focus mark"] = without_focus_mark(window)
    return {what: which for what, which in found.items() if which}


@pytest.mark.parametrize("dressed", PLAIN, indirect=True)
@pytest.mark.parametrize("name", sorted(DIALOGS))
def test_a_dialog(dressed: None, qapp: QApplication, qtbot: QtBot, name: str) -> None:
    look(qtbot, name)


@pytest.mark.slow
@pytest.mark.parametrize("dressed", OTHERS, indirect=True)
@pytest.mark.parametrize("name", sorted(DIALOGS))
def test_a_dialog_dark_and_large(
    dressed: None, qapp: QApplication, qtbot: QtBot, name: str
) -> None:
    look(qtbot, name)


def look(qtbot: QtBot, name: str) -> None:
    dialog = DIALOGS[name](Settings())
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    qtbot.wait(1)
    found = examine(dialog)
    dialog.close()
    assert found == {}


@pytest.mark.parametrize("dressed", PLAIN, indirect=True)
def test_the_start_page(dressed: None, qtbot: QtBot) -> None:
    page = StartPage()
    qtbot.addWidget(page)
    page.set_recent(["/home/somebody/photos", "/data/kudzu"])
    page.resize(1100, 800)
    page.show()
    qtbot.waitExposed(page)
    assert examine(page) == {}


@pytest.mark.slow
@pytest.mark.parametrize("dressed", PLAIN + OTHERS, indirect=True)
def test_the_whole_window(dressed: None, application: Workbench, qtbot: QtBot) -> None:
    window = application.window
    window.resize(1900, 1200)
    application.frame.open_sample()
    qtbot.waitUntil(lambda: application.parts.canvas.accepts_gestures, timeout=15000)
    for dock in ("assist", "training"):
        window.reveal(dock)
        assert examine(window, focus=False) == {}, dock
    application.parts.actions["review-mode"].setChecked(True)
    assert examine(window, focus=False) == {}, "review"
    application.parts.actions["show-grid"].setChecked(True)
    assert examine(window, focus=False) == {}, "grid"


@pytest.mark.slow
def test_every_dialog_of_the_program_is_looked_at(qapp: QApplication) -> None:
    for package in (dialogs, panels):
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{module.name}")
    made = {type(make(Settings())).__name__ for make in DIALOGS.values()}
    known = made | ELSEWHERE | {FittedDialog.__name__}
    ours = {kind.__name__ for kind in kinds(QDialog) if kind.__module__.startswith("dynseg_")}
    assert ours <= known, f"add {sorted(ours - known)} to tests/gui/looks/surfaces.py"


def kinds(kind: type[QDialog]) -> Iterator[type[QDialog]]:
    for child in kind.__subclasses__():
        yield child
        yield from kinds(child)


def test_the_examination_finds_what_is_planted(qapp: QApplication, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(400, 200)
    theme.apply(qapp, "light")
    button = QToolButton(window)
    button.setGeometry(10, 10, 30, 30)
    cut = QLabel("A text for which there is not nearly enough room", window)
    cut.setGeometry(10, 60, 60, 20)
    pale = QLabel("hardly to be read", window)
    pale.setGeometry(10, 100, 200, 20)
    pale.setStyleSheet("color: #c8c8c8")
    blind = QPushButton("no ring", window)
    blind.setGeometry(10, 140, 100, 30)
    blind.setStyleSheet("QPushButton, QPushButton:focus { border: none; padding: 4px; outline: 0 }")
    window.show()
    qtbot.waitExposed(window)
    found = examine(window)
    assert len(found["nameless"]) == 1
    assert "QToolButton" in found["nameless"][0]
    assert len(found["cut off"]) == 1
    assert any("hardly" in text for text in found["faint"])
    assert any("no ring" in text for text in found["no focus mark"])
