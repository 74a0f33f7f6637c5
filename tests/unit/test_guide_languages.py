"""The guide says the same in each of its languages."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QTextDocument

from dynseg_annotator.dialogs.guide_dialog import PAGES, page_text
from dynseg_annotator.dialogs.guide_pages import MADE
from dynseg_resources import resource

WRITTEN = tuple(name for name, _ in PAGES if name not in MADE)
LANGUAGE = "zh_CN"

CODE = re.compile(r"^```[\s\S]*?^```$|^(?: {4}\S.*\n)+", re.MULTILINE)


def code_blocks(text: str) -> list[str]:
    """Code without its comments."""
    return [
        "\n".join(line.split("  #")[0].rstrip() for line in block.splitlines())
        for block in CODE.findall(text)
    ]


def headings(text: str) -> list[str]:
    """The depth of each heading outside code, as its number signs."""
    return re.findall(r"^(#+) ", CODE.sub("", text), re.MULTILINE)


def links(text: str) -> list[str]:
    return re.findall(r"\]\(([^)]+)\)", text)


@pytest.mark.parametrize("name", WRITTEN)
def test_a_page_has_the_same_parts_in_both_languages(name):
    page = resource("guide") / LANGUAGE / f"{name}.md"
    assert page.is_file()
    text, english = page_text(name, LANGUAGE), page_text(name)
    assert text == page.read_text(encoding="utf-8") != english
    assert headings(text) == headings(english)
    if name == "index":  # its block is a picture of words
        assert len(code_blocks(text)) == len(code_blocks(english)) == 1
    else:
        assert code_blocks(text) == code_blocks(english)
    assert text.count("\n|") == english.count("\n|"), "rows of tables"


@pytest.mark.parametrize("name", WRITTEN)
def test_links_lead_to_pages_and_pictures_that_are_there(name):
    folder = resource("guide") / LANGUAGE
    ours, english = links(page_text(name, LANGUAGE)), links(page_text(name))
    assert sorted(link.split("/")[-1] for link in ours) == sorted(
        link.split("/")[-1] for link in english
    )
    for link in ours:
        known = link.removesuffix(".md") in dict(PAGES)
        assert known or link.startswith("https://") or (folder / link).is_file(), link


@pytest.mark.parametrize("name", WRITTEN)
def test_emphasis_beside_chinese_letters_is_seen_as_such(name, qapp):
    """Markdown takes `**（…）**字` for asterisks; none may be left in what is shown."""
    shown = QTextDocument()
    shown.setMarkdown(CODE.sub("", page_text(name, LANGUAGE)))
    assert "*" not in shown.toPlainText()


def test_a_page_that_a_language_lacks_comes_in_english():
    assert page_text("index", "xx") == page_text("index")
