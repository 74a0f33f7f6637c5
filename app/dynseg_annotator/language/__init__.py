"""The words of the window in the user's language.

The code speaks English. `tr` and `tr_n` give a text in the language that is chosen; `mark` marks a
text that a table holds and that `tr` gets later, `recorded` one that a project keeps. Catalogues
are Qt Linguist files beside the other resources; `python -m dynseg_annotator.language.catalogue`
brings them up to date.
"""

from dynseg_annotator.language.choice import LANGUAGES, Language, chosen, current, install
from dynseg_annotator.language.engine_text import engine_text, prepare
from dynseg_annotator.language.text import mark, recorded, sentences, tr, tr_n

__all__ = [
    "LANGUAGES",
    "Language",
    "chosen",
    "current",
    "engine_text",
    "install",
    "mark",
    "prepare",
    "recorded",
    "sentences",
    "tr",
    "tr_n",
]
