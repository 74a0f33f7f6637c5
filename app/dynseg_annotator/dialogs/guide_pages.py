"""The guide's pages that are made from tables, in every language.

    python -m dynseg_annotator.dialogs.guide_pages

writes them beside the pages that are written by hand.
"""

from __future__ import annotations

import sys
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from dynseg.cli.page import guide_page as command_page
from dynseg_annotator.actions.key_table import guide_page as key_page
from dynseg_annotator.language import LANGUAGES, current, install
from dynseg_annotator.language.catalogue import COMMANDS
from dynseg_annotator.settings.page import guide_page as settings_page


def _commands() -> str:
    return command_page(lambda text: QCoreApplication.translate(COMMANDS, text))


MADE = {"keys": key_page, "settings": settings_page, "commands": _commands}
"""Names of the pages, and what makes them in the language in use."""


def page_made(name: str, language: str) -> str:
    """The page `name` in Markdown; needs an application, whose language is the same afterwards."""
    before = current()
    install(language)
    try:
        return MADE[name]()
    finally:
        install(before)


def main() -> int:
    """Write every page in every language."""
    app = QCoreApplication.instance() or QCoreApplication(sys.argv)
    guide = Path(str(files("dynseg_resources") / "guide"))
    for language in LANGUAGES:
        folder = guide if language is LANGUAGES[0] else guide / language.code
        for name in MADE:
            text = page_made(name, language.code)
            (folder / f"{name}.md").write_text(text, encoding="utf-8", newline="\n")
    del app
    return 0


if __name__ == "__main__":
    sys.exit(main())
