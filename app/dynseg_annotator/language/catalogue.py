"""Brings the catalogues up to date with the source.

    python -m dynseg_annotator.language.catalogue

writes `resources/dynseg_resources/languages/*.ts` (new texts come in as unfinished, translations
that are there stay, texts that are gone go) and compiles each to the `.qm` that Qt reads. The
translations are edited with Qt Linguist (`pyside6-linguist zh_CN.ts`), or any editor for `.ts`.
"""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from importlib.resources import files
from pathlib import Path

from dynseg.cli.page import texts as command_texts
from dynseg_annotator.language.choice import ENGLISH, LANGUAGES, catalogue_file
from dynseg_annotator.language.engine_text import ENGINE
from dynseg_annotator.language.harvest import Found, engine_texts, recorded_texts, window_texts
from dynseg_annotator.language.text import WINDOW

COMMANDS = "commands"
"""The context of the guide's page on commands."""

KEYS = "QShortcut"
"""Qt's context of the names of keys."""
KEY_NAMES = {
    "Return": "Enter", "Enter": "Enter", "Backspace": "Backspace", "Space": "Space",
    "Left": "Left", "Right": "Right", "Up": "Up", "Down": "Down", "Menu": "Menu",
}  # fmt: skip
"""Keys are called as they are labelled, which is the same in each language so far, and as the
guide calls them; Qt would translate these."""

_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'


def texts_now() -> dict[str, list[Found]]:
    """The texts of the source by context, each once, in the order of the source."""
    window = Path(str(files("dynseg_annotator")))
    engine = engine_texts(Path(str(files("dynseg"))))
    return {
        WINDOW: _once(window_texts(window)),
        ENGINE: _once([*engine, *recorded_texts(window)]),
        COMMANDS: [Found(text, "cli/page.py") for text in command_texts()],
        KEYS: [Found(text, "language/catalogue.py") for text in KEY_NAMES],
    }


def _once(found: list[Found]) -> list[Found]:
    first: dict[tuple[str, bool], Found] = {}
    for text in found:
        first.setdefault((text.text, text.plural), text)
    return list(first.values())


def translations(file: Path) -> dict[tuple[str, str], str]:
    """What a catalogue says, by context and English text; without those that are unfinished."""
    said = {(KEYS, name): label for name, label in KEY_NAMES.items()}
    if not file.exists():
        return said
    for context in ET.parse(file).iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") == "unfinished":
                continue
            form = translation.find("numerusform")
            text = (translation if form is None else form).text
            if text:
                said[name, message.findtext("source", "")] = text
    return said


def written(code: str, texts: dict[str, list[Found]], said: dict[tuple[str, str], str]) -> str:
    """A catalogue as a `.ts` file.

    Args:
        code: The language.
        texts: The texts of the source by context.
        said: Translations by context and English text.
    """
    root = ET.Element("TS", version="2.1", language=code, sourcelanguage=ENGLISH.code)
    for name, found in texts.items():
        context = ET.SubElement(root, "context")
        ET.SubElement(context, "name").text = name
        for text in found:
            message = ET.SubElement(context, "message")
            if text.plural:
                message.set("numerus", "yes")
            ET.SubElement(message, "extracomment").text = text.place.split(":")[0]
            ET.SubElement(message, "source").text = text.text
            translation = ET.SubElement(message, "translation")
            known = said.get((name, text.text))
            if known is None:
                translation.set("type", "unfinished")
            place = ET.SubElement(translation, "numerusform") if text.plural else translation
            place.text = known or ""
    ET.indent(root, "  ")
    return _HEAD + ET.tostring(root, encoding="unicode") + "\n"


def compile_catalogue(source: Path, target: Path) -> None:
    """Compile a `.ts` file to the `.qm` that Qt reads, by Qt's own tool.

    Raises:
        RuntimeError: The tool refuses the file.
    """
    tool = Path(sys.executable).with_name("pyside6-lrelease")
    done = subprocess.run(
        [str(tool), "-silent", str(source), "-qm", str(target)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{source.name} could not be compiled: {done.stdout}{done.stderr}")


def main() -> int:
    """Write and compile every catalogue; say what is left to translate."""
    texts = texts_now()
    for language in LANGUAGES:
        if language == ENGLISH:
            continue
        file = catalogue_file(language.code, ".ts")
        said = translations(file)
        file.write_text(written(language.code, texts, said), encoding="utf-8", newline="\n")
        compile_catalogue(file, catalogue_file(language.code, ".qm"))
        for context, found in texts.items():
            left = sum((context, text.text) not in said for text in found)
            sys.stdout.write(
                f"{language.code} {context}: {len(found)} texts, {left} to translate\n"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
