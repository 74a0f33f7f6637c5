"""Which system libraries the window needs and which package brings a missing one.

Qt's wheels bring Qt, not the libraries of the display that it loads. This module never imports
Qt: libraries are asked for by name, and Qt itself is tried in a process of its own.
"""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from dataclasses import dataclass

TRY_TIMEOUT_S = 60.0
_TRY = (
    "from PySide6.QtGui import QGuiApplication, QImage\n"
    "application = QGuiApplication(['doctor'])\n"
    "print(QImage(8, 8, QImage.Format.Format_RGB32).width())\n"
)


@dataclass(frozen=True, slots=True)
class Library:
    """One shared library.

    Attributes:
        name: As the loader knows it.
        apt: Package of Debian and Ubuntu.
        dnf: Package of Fedora and RHEL.
        x11_only: Needed on an X11 display only.
    """

    name: str
    apt: str
    dnf: str
    x11_only: bool = False


LIBRARIES = (
    Library("libGL.so.1", "libgl1", "mesa-libGL"),
    Library("libEGL.so.1", "libegl1", "mesa-libEGL"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    Library("libfreetype.so.6", "libfreetype6", "freetype"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    Library("libX11.so.6", "libx11-6", "libX11"),
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", x11_only=True),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", x11_only=True),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", x11_only=True),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", x11_only=True),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", x11_only=True),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", x11_only=True),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil", x11_only=True),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb", x11_only=True),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb", x11_only=True),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", x11_only=True),
)


def missing() -> list[Library]:
    """Libraries that the loader does not find; none on Windows and macOS, which bring them."""
    if not sys.platform.startswith("linux"):
        return []
    return [library for library in LIBRARIES if not _loads(library.name)]


def _loads(name: str) -> bool:
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def install_line(libraries: list[Library]) -> str:
    """The command that installs them, for both families of Linux."""
    apt = " ".join(sorted({library.apt for library in libraries}))
    dnf = " ".join(sorted({library.dnf for library in libraries}))
    return f"sudo apt install {apt}   (Fedora, RHEL: sudo dnf install {dnf})"


def has_display() -> bool:
    """Whether this session can show a window."""
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def try_qt() -> str:
    """Start Qt without a display in a child process; the reason when that fails, else empty."""
    if getattr(sys, "frozen", False):
        return ""  # the executable is the bundle, which has started with its own Qt
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    try:
        done = subprocess.run(
            [sys.executable, "-c", _TRY],
            env=environment,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=TRY_TIMEOUT_S,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"Qt could not be started ({type(error).__name__})"
    if done.returncode == 0:
        return ""
    lines = [line for line in done.stderr.splitlines() if line.strip()]
    return lines[-1].strip() if lines else f"Qt ended with status {done.returncode}"
