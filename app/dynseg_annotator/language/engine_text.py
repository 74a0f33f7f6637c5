"""What the engine says, in the user's language.

The engine speaks English to logs, to the command line and to the window, so that a report of a bug
or a search for an error means the same everywhere. Its sentences are templates with values in
them; the catalogue knows every template (they are read from the engine's source), so the window
finds the template behind a sentence, translates it and puts the values back, themselves
translated where they are clauses of the engine.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from dynseg_annotator.language.choice import ENGLISH, catalogue_file, current
from dynseg_annotator.language.text import mark, tr

ENGINE = "engine"
"""The context of the engine's texts in a catalogue."""

HOLE = re.compile(r"\{(\d+)\}")
"""A value in a template: `"{0} of {1} shapes"`."""

_DEPTH = 3
"""How deep values are looked into: a message may hold a reason that holds a name."""


def engine_text(text: str) -> str:
    """`text` of the engine in the user's language; as it is where no template fits.

    Args:
        text: One or more sentences, or a clause.
    """
    code = current()
    return text if code == ENGLISH.code or not text else _said(text, code, _DEPTH)


def prepare(code: str) -> None:
    """Read what `engine_text` needs for a language, off the window's thread: it takes 20 ms."""
    if code != ENGLISH.code:
        _templates(code)


@lru_cache(maxsize=2048)
def _said(text: str, code: str, depth: int) -> str:
    whole = _by_template(text, code, depth)
    place, colon, reason = text.partition(": ")
    if whole is not None and colon:
        # `a.xml, image b.jpg: its image is not there; not used`: not as `{0}; not used`
        said = _by_template(reason, code, depth)
        if said is not None and said.literal > whole.literal:
            return f"{place}: {said.text}"
    if whole is not None:
        return whole.text
    sentences = re.split(r"(?<=[.!?:]) (?=\S)", text)
    if len(sentences) == 1:
        return _in_clauses(text, code, depth)
    # Greedy: as many sentences as one template knows, then the rest.
    for count in range(len(sentences) - 1, 0, -1):
        said = _by_template(" ".join(sentences[:count]), code, depth)
        if said is not None:
            return said.text + _said(" ".join(sentences[count:]), code, depth)
    return f"{sentences[0]} {_said(' '.join(sentences[1:]), code, depth)}"


def _in_clauses(text: str, code: str, depth: int) -> str:
    """Clauses that the engine puts together, `a; b`, `a (b)` and `a, b`, each translated."""
    if not depth:
        return text
    aside = re.fullmatch(r"(.+?) \((.+)\)", text, re.DOTALL)
    for parts, joint in (
        (text.split("; "), mark("; ")),
        (list(aside.groups()) if aside else [], ""),
        (text.split(", "), mark(", ")),
    ):
        said = [_said(part, code, depth - 1) for part in parts] if len(parts) > 1 else parts
        if said != parts:
            return tr(joint).join(said) if joint else tr("{a} ({b})", a=said[0], b=said[1])
    return text


class _Said(NamedTuple):
    """A translation, and how many letters of the text its template has by itself."""

    text: str
    literal: int


def _by_template(text: str, code: str, depth: int) -> _Said | None:
    """The translation by the most literal template that fits, None when none does."""
    plain = QCoreApplication.translate(ENGINE, text)
    if plain != text:
        return _Said(plain, len(text))
    for source, literal in _templates(code):
        found = _pattern(source).fullmatch(text) if literal in text else None
        if found is None or any(value.count("(") != value.count(")") for value in found.groups()):
            continue  # a value that ends within brackets is a part of two
        values = [_said(value, code, depth - 1) if depth else value for value in found.groups()]
        filled = _filled(QCoreApplication.translate(ENGINE, source), values)
        return _Said(filled, len(HOLE.sub("", source)))
    return None


def _filled(template: str, values: list[str]) -> str:
    return HOLE.sub(lambda hole: values[int(hole[1])], template)


@lru_cache(maxsize=4)
def _templates(code: str) -> tuple[tuple[str, str], ...]:
    """Templates with values, the most literal first, each with its longest literal piece."""
    sources = [source for source in _sources(code) if HOLE.search(source)]
    sources.sort(key=lambda source: -len(HOLE.sub("", source)))
    return tuple((source, max(HOLE.split(source)[::2], key=len)) for source in sources)


def _sources(code: str) -> list[str]:
    """The engine's texts that a catalogue translates.

    Cut out rather than parsed: the first text comes while the window works, and a parser would
    hold it for two frames.
    """
    text = catalogue_file(code, ".ts").read_text(encoding="utf-8")
    engine = text.partition(f"<name>{ENGINE}</name>")[2].partition("</context>")[0]
    return [
        unescape(message.partition("<source>")[2].partition("</source>")[0])
        for message in engine.split("</message>")
        if "<translation>" in message  # one that is not finished says so within the tag
    ]


@lru_cache(maxsize=1024)
def _pattern(source: str) -> re.Pattern[str]:
    """The expression that a filled template matches; a value twice in it must be the same."""
    seen: set[str] = set()
    parts = []
    last = 0
    for hole in HOLE.finditer(source):
        parts.append(re.escape(source[last : hole.start()]))
        parts.append(f"(?P=v{hole[1]})" if hole[1] in seen else f"(?P<v{hole[1]}>.+?)")
        seen.add(hole[1])
        last = hole.end()
    parts.append(re.escape(source[last:]))
    return re.compile("".join(parts), re.DOTALL)
