"""Which settings are meant by words."""

from __future__ import annotations

from dynseg_annotator.language import tr
from dynseg_annotator.settings import SETTINGS, Setting


def settings_with(text: str) -> list[Setting]:
    """The settings that a dialog shows and that have every word of `text`.

    In the language of the window, and as other programs call them, in English too.
    """
    words = text.casefold().replace("的", " ").split()
    shown = [row for row in SETTINGS if row.section]
    return [row for row in shown if all(_has(word, _words_of(row)) for word in words)]


def _has(word: str, said: str) -> bool:
    """Whether a word is in a text; in Chinese, which has no spaces, in pieces of it as well."""
    if word in said:
        return True
    ends = range(2, len(word) - 1) if not word.isascii() else ()
    return any(word[:end] in said and _has(word[end:], said) for end in ends)


def _words_of(row: Setting) -> str:
    """Also the words of other programs, in English too: *theme*, *IoU*."""
    shown = [row.section, row.title, row.prose, row.also, *(label for _, label in row.choices)]
    said = (row.key.replace("_", " "), row.title, row.also, *(tr(text) for text in shown if text))
    return " ".join(said).casefold()
