"""Which languages there are, and the one in use."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the window.

    Attributes:
        code: As Qt and file names write it: `"zh_CN"`.
        name: In the language itself, so that everybody finds their own.
    """

    code: str
    name: str


ENGLISH = Language("en", "English")
LANGUAGES = (ENGLISH, Language("zh_CN", "简体中文"))
"""All languages, that of the code first."""


def catalogue_file(code: str, suffix: str) -> Path:
    """Where the catalogue of a language lies; `.ts` for people, `.qm` for Qt."""
    return Path(str(files("dynseg_resources") / "languages" / f"{code}{suffix}"))


def chosen(setting: str) -> str:
    """The code of the language for a value of the setting `language`."""
    codes = [language.code for language in LANGUAGES]
    if setting in codes:
        return setting
    return _of_system(QLocale.system().uiLanguages())


def _of_system(wanted: list[str]) -> str:
    """The first language of the system that there is; traditional Chinese is read as Chinese."""
    for name in wanted:
        spoken = name.replace("_", "-").split("-")[0].lower()
        for language in LANGUAGES:
            if language.code.split("_")[0] == spoken:
                return language.code
    return ENGLISH.code


def install(setting: str) -> str:
    """Let `tr` and Qt's own dialogs speak the chosen language from now on.

    Texts that are on the screen stay as they are: the caller makes its window anew.

    Args:
        setting: A language's code, or `"system"`.

    Returns:
        The code of the language.
    """
    app = QCoreApplication.instance()
    code = chosen(setting)
    if app is None or code == current():
        return code
    for translator in _installed(app):
        app.removeTranslator(translator)
        translator.setObjectName("")  # it is a child until the event loop runs
        translator.deleteLater()
    if code != ENGLISH.code:
        of_qt = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        for file in (of_qt / f"qtbase_{code}.qm", catalogue_file(code, ".qm")):
            translator = _Translator(app)
            translator.setObjectName(_PREFIX + code)
            if translator.read(file):
                app.installTranslator(translator)
    return code


class _Translator(QTranslator):
    """One that has read its file: Qt maps it into memory, and an update in place ends the program.

    Qt does not copy what it is given, so that this object keeps it.
    """

    def read(self, file: Path) -> bool:
        """Whether it could be read and is a catalogue."""
        try:
            self._kept = file.read_bytes()
        except OSError:
            return False
        return self.load(self._kept)


_PREFIX = "language:"


def _installed(app: QCoreApplication) -> list[QTranslator]:
    children = app.findChildren(QTranslator)
    return [child for child in children if child.objectName().startswith(_PREFIX)]


def current() -> str:
    """The code of the language in use."""
    app = QCoreApplication.instance()
    installed = _installed(app) if app is not None else []
    return installed[-1].objectName().removeprefix(_PREFIX) if installed else ENGLISH.code
