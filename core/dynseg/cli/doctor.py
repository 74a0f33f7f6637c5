"""`dynseg doctor`: what works on this machine and how to mend what does not."""

from __future__ import annotations

import argparse
import importlib.metadata
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from dynseg import __version__
from dynseg.cli import qt_libraries
from dynseg.cli.command import Result
from dynseg.cli.console import Console
from dynseg.errors import DynsegError
from dynseg.processes import is_bundle

Level = Literal["ok", "note", "problem"]
LOW_DISK_BYTES = 5 << 30
OLDEST_SQLITE = (3, 51, 3)
PACKAGES = (
    ("numpy", "1.26"),
    ("opencv-python", "4.10"),
    ("openvino", "2026.0"),
    ("pillow", "11.3"),
    ("shapely", "2.1"),
    ("apsw", "3.51.3"),
    ("msgspec", "0.19"),
    ("safetensors", "0.5"),
    ("torch", "2.10"),
    ("torchvision", "0.25"),
    ("ultralytics", "8.4.100"),
    ("PySide6-Essentials", "6.8"),
    ("pyqtgraph", "0.13.7"),
)
MARKS = {"ok": "ok  ", "note": "note", "problem": "FAIL"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        name: What it is about.
        level: "problem" keeps a part of the program from working, "note" is worth knowing.
        text: What was found.
        mend: The line that mends it; empty when there is nothing to do.
    """

    name: str
    level: Level
    text: str
    mend: str = ""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing to declare."""
    del parser


def run(args: argparse.Namespace, console: Console) -> Result:
    """Look at everything; one part that fails does not hide the others."""
    del args
    findings: list[Finding] = []
    checks: tuple[Callable[[], Iterator[Finding]], ...] = (
        _python,
        _packages,
        _database,
        _device,
        _disk,
        _window,
        _starter,
        _settings,
    )
    for check in checks:
        for finding in check():
            findings.append(finding)
            console.say(f"[{MARKS[finding.level]}] {finding.name}: {finding.text}")
            if finding.mend:
                console.say(f"       {finding.mend}")
    device = next((f.text for f in findings if f.name == "device"), "cpu")
    ok = not any(finding.level == "problem" for finding in findings)
    data = {
        "ok": ok,
        "findings": [asdict(finding) for finding in findings],
        "device": device.split(" ")[0].rstrip(",:;"),
        "device_reason": device,
        "version": __version__,
    }
    return Result(data, ok=ok)


def _python() -> Iterator[Finding]:
    text = f"{platform.python_version()} on {platform.platform()}"
    yield Finding("python", "ok", text)  # an older one could not have loaded this module


def _packages() -> Iterator[Finding]:
    if is_bundle():
        yield Finding("packages", "ok", "a bundle, which brings its own")
        return
    for name, oldest in PACKAGES:
        mend = f"{sys.executable} -m pip install '{name}>={oldest}'"
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            yield Finding(name, "problem", "is not installed", mend)
            continue
        if _numbers(version) < _numbers(oldest):
            yield Finding(name, "problem", f"{version} is older than {oldest}", mend)
        else:
            yield Finding(name, "ok", version)
    yield from _qt_on_old_python()


def _qt_on_old_python() -> Iterator[Finding]:
    try:
        version = importlib.metadata.version("PySide6-Essentials")
    except importlib.metadata.PackageNotFoundError:
        return
    if sys.version_info < (3, 12) and _numbers(version) >= (6, 12):
        text = f"{version} ends the window on Python {platform.python_version()} after a while"
        yield Finding(
            "PySide6-Essentials",
            "problem",
            text,
            f"{sys.executable} -m pip install 'PySide6-Essentials<6.12'",
        )


def _numbers(version: str) -> tuple[int, ...]:
    """The leading whole numbers of a version: `2.15.0+cpu` is (2, 15, 0)."""
    numbers = []
    for field in version.split("+")[0].split("."):
        if not field.isdigit():
            break
        numbers.append(int(field))
    return tuple(numbers)


def _database() -> Iterator[Finding]:
    try:
        import apsw
    except ImportError as error:
        yield Finding("sqlite", "problem", f"cannot be loaded ({error})")
        return
    version = apsw.sqlite_lib_version()
    if _numbers(version) >= OLDEST_SQLITE:
        yield Finding("sqlite", "ok", version)
    else:
        mend = f"{sys.executable} -m pip install --upgrade apsw"
        yield Finding("sqlite", "problem", f"{version} can damage a database", mend)


def _device() -> Iterator[Finding]:
    try:
        import torch

        from dynseg.inference.device import choose

        chosen = choose("auto")
    except (ImportError, OSError, DynsegError) as error:
        yield Finding("device", "problem", f"none: the model cannot run ({error})")
        return
    yield Finding("device", "ok", f"{chosen.device}: {chosen.reason}")
    memory = ""
    if chosen.device.startswith("cuda"):
        free, total = torch.cuda.mem_get_info(chosen.device)
        memory = f", {free / 2**30:.1f} of {total / 2**30:.1f} GB of GPU memory free"
    yield Finding(
        "cores", "ok", f"{os.cpu_count() or 1}, torch uses {torch.get_num_threads()}{memory}"
    )
    yield _bf16()


def _bf16() -> Finding:
    """Whether the processor computes in bf16, which makes pre-labelling several times faster."""
    from dynseg.model.precision import cpu_has_bf16

    if cpu_has_bf16():
        return Finding("cpu bf16", "ok", "yes")
    return Finding("cpu bf16", "note", "no; the processor computes in 32 bits, which is slower")


def _disk() -> Iterator[Finding]:
    for name, folder in (("working folder", Path.cwd()), ("temporary folder", _temporary())):
        free = shutil.disk_usage(folder).free
        text = f"{free / 2**30:.1f} GB free in {folder}"
        if free < LOW_DISK_BYTES:
            yield Finding(name, "note", text, "Training needs some GB: free space first.")
        else:
            yield Finding(name, "ok", text)


def _temporary() -> Path:
    import tempfile

    return Path(tempfile.gettempdir())


def _window() -> Iterator[Finding]:
    missing = qt_libraries.missing()
    if not qt_libraries.has_display():
        yield Finding("display", "note", "none in this session; the window needs one")
        always = [library for library in missing if not library.x11_only]
    else:
        always = missing
    later = [library for library in missing if library not in always]
    if always:
        names = ", ".join(library.name for library in always)
        mend = qt_libraries.install_line(always)
        yield Finding("window libraries", "problem", f"missing: {names}", mend)
    if later:
        names = ", ".join(library.name for library in later)
        mend = qt_libraries.install_line(later)
        yield Finding("window libraries", "note", f"missing for an X11 display: {names}", mend)
    if not missing:
        yield Finding("window libraries", "ok", "all there")
    problem = qt_libraries.try_qt()
    if problem:
        yield Finding("qt", "problem", problem, qt_libraries.install_line(missing or []))
    else:
        yield Finding("qt", "ok", "starts")


def _starter() -> Iterator[Finding]:
    mend = f"{sys.executable} -m pip install --force-reinstall dynseg-annotator"
    if is_bundle():
        mend = "Unpack the program again: a part of its folder is missing or damaged."
    try:
        from dynseg.model import sandbox

        sandbox.prepare_environment()
        from dynseg.model.checkpoint import load
        from dynseg_resources import starter_model

        _, card = load(starter_model())
    except (ImportError, OSError, DynsegError) as error:
        yield Finding("starter model", "problem", str(error), mend)
        return
    text = f"{card.head} yolo11{card.scale}-seg, {card.params / 1e6:.1f} M parameters, hash right"
    yield Finding("starter model", "ok", text)


def _settings() -> Iterator[Finding]:
    folder = config_folder()
    existing = next((p for p in (folder, *folder.absolute().parents) if p.exists()), folder)
    if existing.is_dir() and os.access(existing, os.W_OK):
        yield Finding("settings folder", "ok", str(folder))
    else:
        mend = "Set DYNSEG_CONFIG_DIR to a folder that you may write to."
        yield Finding("settings folder", "problem", f"{folder} cannot be written", mend)


def config_folder() -> Path:
    """Where the window keeps its settings."""
    override = os.environ.get("DYNSEG_CONFIG_DIR")
    if override:
        return Path(override)
    if sys.platform == "win32":
        place = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        place = Path.home() / "Library" / "Preferences"
    else:
        place = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return place / "dynseg-annotator"
