"""Large images: another process decodes them to a file, and only pieces of it come in here."""

from __future__ import annotations

import logging
import shutil
import subprocess
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec
import numpy as np
import psutil
from numpy.typing import NDArray

from dynseg import processes
from dynseg.errors import ImageError
from dynseg.files import cache_folder
from dynseg.images.decode import decode_small, small_costs_pixels
from dynseg.images.levels import FileState, Levels, ended_early, file_state

log = logging.getLogger(__name__)

LARGE_PIXELS = 64_000_000
"""From here on an image is unpacked: as a picture in memory it would take 256 MB."""
KEPT = 2
"""Unpacked images that stay on the disk: the one that is open and the one before."""
POLL_S = 0.05
PREFIX = "unpacked-"


class _Answer(msgspec.Struct):
    """The last line of the process."""

    width: int = 0
    height: int = 0
    note: str = ""
    reason: str = ""
    hint: str = ""


class Unpacker:
    """Unpacks large images into a folder of its own, which goes with it; usable on any thread.

    Args:
        folder: Where that folder is made; the user's cache when None.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._parent = folder
        self._folder: Path | None = None
        self._held: OrderedDict[FileState, Levels] = OrderedDict()
        self._lock = threading.Lock()
        self._one_at_a_time = threading.Lock()
        self._made = 0

    def levels(self, path: Path, still_wanted: Callable[[], bool]) -> Levels | None:
        """The levels of an image, unpacked unless they are there; None when nobody waits any more.

        Raises:
            ImageError: the image cannot be decoded, or there is no room for it.
        """
        with self._one_at_a_time:
            key = file_state(path)
            with self._lock:
                if key in self._held:
                    self._held.move_to_end(key)
                    return self._held[key]
            target = self._target()
            made = None
            try:
                made = self._unpack(path, target, still_wanted)
            finally:
                if made is None:
                    target.unlink(missing_ok=True)
            if made is not None:
                self._keep(key, made)
            return made

    def _keep(self, key: FileState, levels: Levels) -> None:
        with self._lock:
            self._held[key] = levels
            old = [self._held.popitem(last=False)[1] for _ in range(len(self._held) - KEPT)]
        for each in old:
            _remove(each)

    def forget(self, levels: Levels) -> None:
        """The image changed: what was unpacked of it is worth nothing."""
        with self._lock:
            for key in [key for key, held in self._held.items() if held is levels]:
                del self._held[key]
        _remove(levels)

    def clear(self) -> None:
        """Remove everything from the disk."""
        with self._one_at_a_time:
            with self._lock:
                self._held.clear()
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
                self._folder = None

    def _target(self) -> Path:
        if self._folder is None:
            parent = self._parent or cache_folder()
            parent.mkdir(parents=True, exist_ok=True)
            remove_leftovers(parent)
            prefix = f"{PREFIX}{psutil.Process().pid}-"
            self._folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        self._made += 1
        return self._folder / f"{self._made}.levels"

    def _unpack(self, path: Path, target: Path, still_wanted: Callable[[], bool]) -> Levels | None:
        answer = _ask([str(path), str(target)], path, still_wanted)
        if answer is None:
            return None
        return Levels(target, answer.width, answer.height, answer.note)


def _remove(levels: Levels) -> None:
    """Take the file away; Windows keeps one of which a piece is being read, until the end."""
    with suppress(OSError):
        levels.path.unlink(missing_ok=True)


def small_pixels(
    path: Path, side_px: int, still_wanted: Callable[[], bool]
) -> NDArray[np.uint8] | None:
    """An image for a thumbnail; a large one is decoded in a process of its own.

    Args:
        path: The image.
        side_px: The longer side of what comes back, at most.
        still_wanted: Asked while another process decodes.

    Returns:
        `(H, W, 3)` uint8 RGB; None when nobody waits any more.

    Raises:
        ImageError: the image cannot be decoded.
    """
    if small_costs_pixels(path) < LARGE_PIXELS:
        return np.ascontiguousarray(decode_small(path, side_px))
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "small"
        answer = _ask([str(path), str(target), str(side_px)], path, still_wanted)
        if answer is None:
            return None
        return np.fromfile(target, np.uint8).reshape(answer.height, answer.width, 3)


def _ask(arguments: list[str], path: Path, still_wanted: Callable[[], bool]) -> _Answer | None:
    """Let the process decode; None when nobody waits any more.

    Raises:
        ImageError: the image cannot be decoded, or there is no room for it.
    """
    process = subprocess.Popen(
        [*processes.command("unpack"), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=processes.WITHOUT_CONSOLE,
    )
    while True:
        try:
            said, _ = process.communicate(timeout=POLL_S)
            break
        except subprocess.TimeoutExpired:
            if not still_wanted():
                process.kill()
                process.communicate()
                return None
    try:
        answer = msgspec.json.decode(said.splitlines()[-1], type=_Answer)
    except (IndexError, msgspec.DecodeError) as error:
        log.warning("unpacking %s ended with %s", path, process.returncode)
        raise ended_early(path) from error
    if answer.reason:
        raise ImageError(path, answer.reason, answer.hint)
    return answer


def remove_leftovers(parent: Path) -> None:
    """Remove what windows that were killed have left."""
    for folder in parent.glob(f"{PREFIX}*"):
        pid = folder.name.removeprefix(PREFIX).partition("-")[0]
        if pid.isdigit() and not psutil.pid_exists(int(pid)):
            shutil.rmtree(folder, ignore_errors=True)
