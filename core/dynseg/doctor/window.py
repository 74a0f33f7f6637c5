"""Whether Qt can show a window here."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from dynseg.doctor import qt_libraries
from dynseg.doctor.finding import Finding
from dynseg.processes import is_bundle

PLUGIN_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_PLUGIN_PATH")


def check() -> Iterator[Finding]:
    """Display, system libraries, foreign plug-ins, and Qt itself."""
    missing = qt_libraries.missing()
    always = missing
    if not qt_libraries.has_display():
        yield Finding("display", "note", "none in this session; the window needs one")
        always = [library for library in missing if not library.x11_only]
    later = [library for library in missing if library not in always]
    for level, group, when in (("problem", always, ""), ("note", later, " for an X11 display")):
        if group:
            names = ", ".join(library.name for library in group)
            yield Finding(
                "window libraries",
                "problem" if level == "problem" else "note",
                f"missing{when}: {names}",
                qt_libraries.install_line(group),
            )
    if not missing:
        yield Finding("window libraries", "ok", "all there")
    yield from _foreign_plugins()
    problem = qt_libraries.try_qt()
    if problem:
        yield Finding("qt", "problem", problem, qt_libraries.install_line(missing))
    else:
        yield Finding("qt", "ok", "starts")


def _is_own(folder: Path) -> bool:
    """Whether a folder belongs to this bundle, which points Qt at its own plug-ins."""
    return is_bundle() and folder.is_relative_to(Path(sys.executable).parent)


def _foreign_plugins() -> Iterator[Finding]:
    """Plug-ins of another Qt, such as the one inside OpenCV, end the window at its start."""
    for name in PLUGIN_VARIABLES:
        value = os.environ.get(name, "")
        if not value or _is_own(Path(value)):
            continue
        whose = "OpenCV's" if "cv2" in Path(value).parts else "another program's"
        text = f"{name} points at {whose} Qt: {value}"
        yield Finding("qt plug-ins", "problem", text, f"unset {name}")
