"""Python and the packages that the program stands on."""

from __future__ import annotations

import importlib.metadata
import platform
import sys
from collections.abc import Iterator

from dynseg.doctor.finding import Finding
from dynseg.processes import is_bundle

OLDEST_SQLITE = (3, 51, 3)
PACKAGES = (
    ("numpy", "2.0"),
    ("opencv-python", "4.10"),
    ("openvino", "2026.0"),
    ("pillow", "11.3"),
    ("shapely", "2.1"),
    ("apsw", "3.51.3"),
    ("msgspec", "0.19"),
    ("safetensors", "0.5"),
    ("torch", "2.10"),
    ("torchvision", "0.25"),
    ("ultralytics", "8.4.145"),
    ("PySide6-Essentials", "6.8"),
    ("pyqtgraph", "0.13.7"),
)
OPENCVS = (
    "opencv-python",
    "opencv-python-headless",
    "opencv-contrib-python",
    "opencv-contrib-python-headless",
)
"""They all write into the same folder `cv2`: whichever was installed last has half of it."""


def check() -> Iterator[Finding]:
    """Versions, doubles, SQLite."""
    text = f"{platform.python_version()} on {platform.platform()}"
    yield Finding("python", "ok", text)  # an older one could not have loaded this module
    if is_bundle():
        yield Finding("packages", "ok", "a bundle, which brings its own")
    else:
        yield from _packages()
        yield from _opencvs()
        yield from _qt_on_old_python()
    yield from _database()


def version_of(name: str) -> str:
    """The installed version of a package, empty when there is none."""
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return ""


def pip(words: str) -> str:
    """A call of pip for the environment that runs this."""
    program = f'"{sys.executable}"' if " " in sys.executable else sys.executable
    return f"{program} -m pip {words}"


def numbers(version: str) -> tuple[int, ...]:
    """The leading whole numbers of a version: `2.15.0+cpu` is (2, 15, 0)."""
    found = []
    for field in version.split("+")[0].split("."):
        if not field.isdigit():
            break
        found.append(int(field))
    return tuple(found)


def _packages() -> Iterator[Finding]:
    for name, oldest in PACKAGES:
        version, mend = version_of(name), pip(f'install "{name}>={oldest}"')
        if not version:
            yield Finding(name, "problem", "is not installed", mend)
        elif numbers(version) < numbers(oldest):
            yield Finding(name, "problem", f"{version} is older than {oldest}", mend)
        else:
            yield Finding(name, "ok", version)


def _opencvs() -> Iterator[Finding]:
    there = [name for name in OPENCVS if version_of(name)]
    if len(there) > 1:
        names = " ".join(there)
        again = pip("install --force-reinstall --no-deps opencv-python")
        text = f"{' and '.join(there)} overwrite each other's files"
        yield Finding("opencv", "problem", text, f"{pip(f'uninstall -y {names}')} && {again}")


def _qt_on_old_python() -> Iterator[Finding]:
    version = version_of("PySide6-Essentials")
    if version and sys.version_info < (3, 12) and numbers(version) >= (6, 12):
        text = f"{version} ends the window on Python {platform.python_version()} after a while"
        mend = pip('install "PySide6-Essentials<6.12" "shiboken6<6.12"')
        yield Finding("PySide6-Essentials", "problem", text, mend)


def _database() -> Iterator[Finding]:
    try:
        import apsw
    except ImportError as error:
        mend = pip("install --force-reinstall apsw")
        yield Finding("sqlite", "problem", f"cannot be loaded ({error})", mend)
        return
    version = apsw.sqlite_lib_version()
    if numbers(version) >= OLDEST_SQLITE:
        yield Finding("sqlite", "ok", version)
    else:
        mend = pip("install --upgrade apsw")
        yield Finding("sqlite", "problem", f"{version} can damage a database", mend)
