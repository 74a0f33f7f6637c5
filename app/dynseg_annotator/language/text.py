"""Texts of the window: English in the code, another language where a translator is installed."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from dynseg_annotator.language.modifiers import as_here

WINDOW = "window"
"""The one context of the window's texts in a catalogue: a text means the same everywhere."""

FULL_WIDTH_ENDS = ("。", "！", "？", "；", "：")
"""What sentences end in where no space follows."""

ENDS = (".", "!", "?", "…", ":", ";", ",")
"""What sentences end in where a space follows."""


def tr(text: str, /, **values: object) -> str:
    """`text` in the user's language, with `values` put in its braces.

    Args:
        text: English, a literal (or a text that went through `mark`), so that the catalogue has
            it. Braces are those of `str.format`: ``"{count:,} of {total:,} images"``.
        values: What to put in; without any, braces stay as they are.
    """
    said = as_here(QCoreApplication.translate(WINDOW, text))
    return said.format(**values) if values else said


def tr_n(one: str, many: str, n: int, /, **values: object) -> str:
    """A text that depends on a number, in the form that the language wants.

    Args:
        one: English for one; may leave the number out: ``"an image"``.
        many: English for any other number, with ``{n}``: ``"{n:,} images"``. The catalogue's key.
        n: The number.
        values: What else to put in.
    """
    said = QCoreApplication.translate(WINDOW, many, None, n)
    if said == many and n == 1:
        said = one
    return as_here(said).format(n=n, **values)


def sentences(*texts: str) -> str:
    """Sentences one after the other; empty ones are left out.

    Between them stands a space where the writing of the language has one: not after "。". One
    that was said as a clause, without a stop, gets one before the next begins.
    """
    whole = ""
    for text in filter(None, texts):
        if not whole or whole.endswith(FULL_WIDTH_ENDS):
            whole += text
        elif whole.endswith(ENDS):
            whole += f" {text}"
        else:
            whole += f"。{text}" if text.endswith(FULL_WIDTH_ENDS) else f". {text}"
    return whole


def mark(text: str, /) -> str:
    """`text` as it is: marks it for the catalogue where a table is made before a language is."""
    return text


def recorded(text: str, /) -> str:
    """`text` as it is: English that a project keeps, such as the name of a step of its history.

    A project speaks no language of a user: who reads it later may have another one. So the text is
    kept in English, may be an f-string, and `engine_text` translates it where it is shown.
    """
    return text
