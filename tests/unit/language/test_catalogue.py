"""The catalogues that are shipped: up to date, compiled, with the same values in their braces."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from dynseg_annotator.language import LANGUAGES
from dynseg_annotator.language.catalogue import (
    compile_catalogue,
    texts_now,
    translations,
    written,
)
from dynseg_annotator.language.choice import catalogue_file
from dynseg_annotator.language.engine_text import ENGINE, _sources
from dynseg_annotator.language.harvest import Found

CODES = [language.code for language in LANGUAGES[1:]]


@pytest.fixture(scope="module")
def texts() -> dict[str, list[Found]]:
    return texts_now()


@pytest.mark.parametrize("code", CODES)
def test_the_catalogue_is_that_of_the_source(code: str, texts: dict[str, list[Found]]) -> None:
    file = catalogue_file(code, ".ts")
    now = written(code, texts, translations(file))
    assert file.read_text(encoding="utf-8") == now, (
        "run: python -m dynseg_annotator.language.catalogue"
    )


@pytest.mark.parametrize("code", CODES)
def test_qt_reads_what_the_translators_wrote(code: str, tmp_path: Path) -> None:
    compiled = tmp_path / "now.qm"
    compile_catalogue(catalogue_file(code, ".ts"), compiled)
    assert compiled.read_bytes() == catalogue_file(code, ".qm").read_bytes(), (
        "run: python -m dynseg_annotator.language.catalogue"
    )


@pytest.mark.parametrize("code", CODES)
def test_values_are_the_same_in_every_language(code: str) -> None:
    for (_, source), said in translations(catalogue_file(code, ".ts")).items():
        assert _values(said) <= _values(source), f"{source!r} -> {said!r}"
        assert _values(source) - _values(said) <= {("n", "")}, f"{source!r} -> {said!r}"
        assert source.endswith("…") == said.endswith("…"), f"{source!r} -> {said!r}"


def _values(text: str) -> set[tuple[str, str]]:
    if not re.search(r"\{[a-z0-9_]", text):
        return set()
    return {(name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", CODES)
def test_templates_of_the_engine_are_those_that_a_parser_reads(code: str) -> None:
    said = translations(catalogue_file(code, ".ts"))
    assert _sources(code) == [source for context, source in said if context == ENGINE]
