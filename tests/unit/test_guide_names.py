"""What the guide tells a person to choose has that name in the window.

Menus of other programs are set as code: emphasis is for those of this one.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from dynseg_annotator.actions.spec import MENUS
from dynseg_annotator.dialogs.guide_dialog import PAGES, page_text
from dynseg_annotator.dialogs.guide_pages import MADE
from dynseg_resources import resource

PLUGIN = "Brightness"
"""The assist that the page for developers adds."""
WRITTEN = tuple(name for name, _ in PAGES if name not in MADE)
CODE = re.compile(r"```[\s\S]*?```|`[^`\n]*`")
EMPHASIS = re.compile(r"(?<!\*)\*([^*\n]+(?:\n[^*\n]+)?)\*(?!\*)")


def plain(text: str) -> str:
    """A text of the window without its mnemonic and without dots at its end."""
    return re.sub(r"\(&\w\)", "", text).replace("&", "").rstrip("… ").strip()


@pytest.fixture(scope="module")
def names() -> dict[str, dict[str, str]]:
    """Per language: what a person reads, and the English source of it."""
    english, chinese = {}, {}
    root = ElementTree.parse(resource("languages/zh_CN.ts")).getroot()
    for message in root.iter("message"):
        source = plain(message.findtext("source") or "")
        english[source] = source
        chinese[plain(message.findtext("translation") or "")] = source
    return {"en": english, "zh_CN": chinese}


def ways(text: str, separator: str) -> list[list[str]]:
    """Emphasised words of a page, divided at the separator of menus."""
    found = EMPHASIS.findall(CODE.sub("", text))
    return [re.sub(r"\s+", " ", one).split(separator) for one in found]


@pytest.mark.parametrize(("language", "separator"), [("en", ", "), ("zh_CN", " > ")])
@pytest.mark.parametrize("page", WRITTEN)
def test_ways_through_menus_lead_somewhere(page, language, separator, names):
    known = names[language]
    menus = {plain(menu) for menu in (*MENUS, "Settings")}
    for way in ways(page_text(page, language), separator):
        if len(way) > 1 and known.get(plain(way[0])) in menus:
            assert [step for step in way if plain(step) not in known and step != PLUGIN] == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_guide_has_such_ways(language, names):
    """The test above would say nothing if it found none."""
    separator = ", " if language == "en" else " > "
    texts = [page_text(page, language) for page in WRITTEN]
    assert sum(len(way) > 1 for text in texts for way in ways(text, separator)) > 30


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_message_that_names_a_part_of_the_guide_names_one_that_is_there(language, names):
    source = "(Training, Export a model for elsewhere)"
    (said,) = [text for text, english in names[language].items() if source in english]
    heads = re.findall(r"^## (.+)$", page_text("training", language), re.MULTILINE)
    assert any(head in said for head in heads)
