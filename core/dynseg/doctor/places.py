"""Room on the disks, the program's own files, and where settings go."""

from __future__ import annotations

import getpass
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from dynseg.doctor.finding import Finding
from dynseg.doctor.software import pip
from dynseg.errors import DynsegError
from dynseg.processes import is_bundle

LOW_DISK_BYTES = 5 << 30
FULL_DISK_BYTES = 200 << 20
"""Below this not even labels and their backups are safe from a full disk."""
RESOURCES = (
    "application.svg", "icons/undo.svg", "guide/index.md", "models/starter.safetensors",
    "models/starter.json", "sample/data.yaml", "sample/images", "sample/models",
)  # fmt: skip


def disk(folder: Path | None = None) -> Iterator[Finding]:
    """Free space where one works, where temporary files go, and where the project lies."""
    places = [("working folder", Path.cwd()), ("temporary folder", Path(tempfile.gettempdir()))]
    if folder is not None and folder.exists():
        places.append(("project's disk", folder))
    for name, place in places:
        free = shutil.disk_usage(place).free
        text = f"{free / 2**30:.1f} GB free in {place}"
        if free < FULL_DISK_BYTES:
            mend = f'du -xh -d 1 "{place}" | sort -h   says what takes it'
            if sys.platform == "win32":
                mend = "start ms-settings:storagesense   says what takes it"
            yield Finding(name, "problem", f"the disk is full: {text}", mend)
        elif free < LOW_DISK_BYTES:
            yield Finding(name, "note", text, "Training needs some GB: free space first.")
        else:
            yield Finding(name, "ok", text)


def resources() -> Iterator[Finding]:
    """Icons, guide and sample, and whether the starter model is whole."""
    mend = pip("install --force-reinstall --no-deps dynseg-annotator")
    if is_bundle():
        mend = "Unpack the program again: a part of its folder is missing or damaged."
    import dynseg_resources

    gone = []
    for name in RESOURCES:
        try:
            dynseg_resources.resource(name)
        except FileNotFoundError:
            gone.append(name)
    if gone:
        yield Finding("program files", "problem", f"missing: {', '.join(gone)}", mend)
    else:
        yield Finding("program files", "ok", "all there")
    if any(name.startswith("models/") for name in gone):
        yield Finding("starter model", "problem", "is missing", mend)
        return
    try:
        from dynseg.model import sandbox

        sandbox.prepare_environment()
        from dynseg.model.checkpoint import load

        _, card = load(dynseg_resources.starter_model())
    except (ImportError, OSError, RuntimeError, DynsegError) as error:
        yield Finding("starter model", "problem", str(error), mend)
        return
    text = f"{card.head} yolo11{card.scale}-seg, {card.params / 1e6:.1f} M parameters, hash right"
    yield Finding("starter model", "ok", text)


def settings() -> Iterator[Finding]:
    """Whether the window can keep its settings."""
    folder = config_folder()
    existing = next((p for p in (folder, *folder.absolute().parents) if p.exists()), folder)
    if is_writable(existing):
        yield Finding("settings folder", "ok", str(folder))
    else:
        mend = f"{own_again(existing)}   or set DYNSEG_CONFIG_DIR to another folder"
        yield Finding("settings folder", "problem", f"{folder} cannot be written", mend)


def is_writable(folder: Path) -> bool:
    """Whether a file can be made in a folder; rights alone do not tell on every disk."""
    try:
        with tempfile.TemporaryFile(dir=folder, prefix=".dynseg-"):
            return True
    except OSError:
        return False


def own_again(folder: Path) -> str:
    """The line that lets whoever works here write a folder and all in it again."""
    if sys.platform == "win32":
        return f'icacls "{folder}" /grant "{getpass.getuser()}:(OI)(CI)F" /T'
    return f'sudo chown -R "$USER" "{folder}" && chmod -R u+rwX "{folder}"'


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
