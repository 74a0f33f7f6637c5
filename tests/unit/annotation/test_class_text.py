"""Names of classes in every script, and those that only differ in what cannot be seen (F1)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dynseg.annotation import class_edits
from dynseg.annotation.class_text import is_legible, legible, spoken
from dynseg.annotation.classes import ClassLabel, ClassTable
from dynseg.annotation.edits.base import EditError

FARMER = "\U0001f469\u200d\U0001f33e"
TONED = "\U0001f469\U0001f3fd\u200d\U0001f33e"
HEART = "\u2764\ufe0f\u200d\U0001f525"
PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
HINDI = "\u0930\u094d\u200d\u092f"
MALAYALAM = "\u0d05\u0d35\u0d28\u0d4d\u200d"
PLAIN = ("nut", "Straße", "汽车", "наклейка", "cafe\u0301", "CD4+", "wing nut")
JOINED = (FARMER, TONED, HEART, PERSIAN, HINDI, MALAYALAM)


def table(*names: str) -> ClassTable:
    return ClassTable(tuple(ClassLabel(i, name, "#000000") for i, name in enumerate(names)))


@pytest.mark.parametrize("name", [*PLAIN, *JOINED])
def test_names_of_every_script_are_as_they_were_typed(name: str) -> None:
    assert is_legible(name)
    assert legible(name) == name
    assert class_edits.add([name])(table("other")).table.names == ["other", name]
    assert class_edits.rename(0, name)(table("other")).table.names == [name]


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("hex\u200bnut", "hexnut"),
        ("hex\u200dnut", "hexnut"),
        ("\u200chex nut", "hex nut"),
        ("\u0645\u200c\u200c\u0645", "\u0645\u200c\u0645"),
        ("nut\u202e", "nut"),
        ("\ufeffnut", "nut"),
        ("Straßen\u00adbahn", "Straßenbahn"),
        ("a\nb\tc\u00a0 d\x00", "a b c d"),
        (" \u200b ", ""),
        ("\u3164", ""),
        ("\ufe0f \u115f", ""),
    ],
)
def test_what_cannot_be_seen_is_refused_and_left_out_of_files(name: str, left: str) -> None:
    assert not is_legible(name)
    assert legible(name) == left
    with pytest.raises(EditError):
        class_edits.add([name])(table("other"))


@given(st.text("a \u0645\u200c\u200d\u061c\u0600\ufe0f\u3164\u0301\n\ud800", max_size=6))
def test_what_is_made_legible_is_a_name_or_nothing(text: str) -> None:
    """Or one odd label would keep all others from being imported."""
    made = legible(text)
    assert not made or is_legible(made)
    assert legible(made) == made


@pytest.mark.parametrize("name", ["\u3164", "\ufe0f", "\u115f\u1160"])
def test_a_name_of_which_nothing_is_seen_is_none(name: str) -> None:
    with pytest.raises(EditError, match="needs a name"):
        class_edits.rename(0, name)(table("nut"))


@pytest.mark.parametrize(
    ("there", "wanted"),
    [
        (PERSIAN, PERSIAN.replace("\u200c", "")),
        ("\u2764\ufe0f", "\u2764"),
        (MALAYALAM, MALAYALAM[:-1]),
        ("nut", "n\u3164ut"),
        ("nut", "NUT\ufe0f"),
    ],
)
def test_a_class_that_only_looks_like_another_one_is_refused(there: str, wanted: str) -> None:
    assert spoken(there) == spoken(wanted)
    with pytest.raises(EditError, match="already"):
        class_edits.rename(1, wanted)(table(there, "other"))
    assert class_edits.add([wanted])(table(there)).table.names == [there]


def test_other_words_and_pictures_are_other_classes() -> None:
    assert len({spoken(name) for name in (*PLAIN, *JOINED, "\U0001f469", "CD4-")}) == 15
