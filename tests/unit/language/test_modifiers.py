"""Keys that are held have the names that people find on their keyboards."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from dynseg_annotator.actions.key_table import key_rows
from dynseg_annotator.dialogs.guide_text import GuideText
from dynseg_annotator.language import LANGUAGES, tr
from dynseg_annotator.language.catalogue import texts_now, translations
from dynseg_annotator.language.choice import catalogue_file
from dynseg_annotator.language.modifiers import in_signs


@pytest.mark.parametrize(
    ("text", "on_a_mac"),
    [
        ("Ctrl+K", "⌘K"),
        ("Ctrl+Shift+S and Ctrl++", "⇧⌘S and ⌘+"),
        ("the wheel scrolls and Ctrl+wheel zooms.", "the wheel scrolls and ⌘-wheel zooms."),
        ("Alt+Shift+click", "⌥⇧-click"),
        ("滚轮滚动，按Ctrl+滚轮缩放。", "滚轮滚动，按⌘-滚轮缩放。"),
        ("Move by 1 px, Shift: 10 px", "Move by 1 px, Shift: 10 px"),
        ("`MyCtrl+x` and 2+3", "`MyCtrl+x` and 2+3"),
    ],
)
def test_a_mac_has_its_own_signs(text: str, on_a_mac: str) -> None:
    assert in_signs(text) == on_a_mac


def test_no_text_of_the_window_speaks_of_ctrl_there() -> None:
    said = [found.text for found in texts_now()["window"]]
    for language in LANGUAGES[1:]:
        said += translations(catalogue_file(language.code, ".ts")).values()
    guide = Path(str(files("dynseg_resources") / "guide"))
    said += [page.read_text(encoding="utf-8") for page in guide.rglob("*.md")]
    assert any("Ctrl+" in text for text in said)
    assert [text for text in said if "Ctrl" in in_signs(text).replace("Ctrl-C", "")] == []


def test_the_window_says_them_on_a_mac_alone(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    def keys() -> str:
        return " ".join(key for row in key_rows("labelme", {}) for key in row.keys)

    assert "Ctrl+wheel" in keys()
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "cocoa"))
    assert "⌘-wheel" in keys()
    assert tr("Off: Ctrl+{key}", key="Ctrl+a.png") == "Off: ⌘Ctrl+a.png", "a name of the user's"
    page = GuideText()
    page.show_page("Press `Ctrl+K`.")
    assert page.toPlainText() == "Press ⌘K."
