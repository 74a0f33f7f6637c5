"""What the catalogue reads out of the source."""

from __future__ import annotations

from pathlib import Path

import pytest

from dynseg_annotator.language.harvest import (
    HarvestError,
    engine_texts,
    recorded_texts,
    window_texts,
)


def test_marked_texts_are_found_with_their_plurals(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        'TABLE = [mark("Open &folder…")]\n'
        "def show():\n"
        '    tr("Saved {n}", n=1); tr_n("{n} image", "{n} images", 2); tr(TABLE[0])\n'
    )
    assert {(f.text, f.plural) for f in window_texts(tmp_path)} == {
        ("Open &folder…", False),
        ("Saved {n}", False),
        ("{n} images", True),
    }


@pytest.mark.parametrize(
    "source",
    [
        'TITLE = tr("Too early")\n',
        'class A:\n    title = tr("Too early")\n',
        'def f(x):\n    return mark(f"not {x} literal")\n',
        "def f(x):\n    return tr_n(x, x, 1)\n",
    ],
)
def test_what_no_catalogue_can_hold_is_refused(tmp_path: Path, source: str) -> None:
    (tmp_path / "a.py").write_text(source)
    with pytest.raises(HarvestError, match=r"a\.py:\d"):
        window_texts(tmp_path)


def test_what_a_project_keeps_is_a_template_of_one_word_or_many(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        'edit(recorded("Paint"))\nedit(recorded(f"Delete {len(ids)} shapes"))\n'
    )
    assert [f.text for f in recorded_texts(tmp_path)] == ["Paint", "Delete {0} shapes"]
    (tmp_path / "b.py").write_text("edit(recorded(text))\n")
    with pytest.raises(HarvestError, match=r"b\.py:1"):
        recorded_texts(tmp_path)


def test_texts_of_the_engine_are_templates(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        '"""A docstring that says a lot."""\n'
        "def f(a, b):\n"
        '    log.warning("%s has failed there", a)\n'
        '    db.execute("SELECT a FROM b WHERE c")\n'
        '    raise InputError(f"{a.name}: {b:,} of {a.name} cannot be read.", "Look again.")\n'
    )
    assert {f.text for f in engine_texts(tmp_path)} == {
        "Look again.",
        "{0}: {1} of {0} cannot be read.",
    }


def test_single_words_of_the_engine_are_texts_where_it_speaks(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(
        "def f(store, report):\n"
        '    meter = Meter("Importing", 3, report)\n'
        '    store.backup("automatic")\n'
        '    yield Finding("database", "ok", "sound")\n'
    )
    assert {f.text for f in engine_texts(tmp_path)} == {
        "Importing",
        "automatic",
        "database",
        "sound",
    }
