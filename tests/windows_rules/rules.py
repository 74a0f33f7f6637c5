"""Linux refuses what Windows refuses: opt-in, for this process and every Python that it starts.

On Windows a file that any process has open or mapped can be neither removed, renamed nor replaced;
the same holds for a folder above one, and for the folder that a process works in. A mapped file
cannot be cut short, a read-only one cannot be removed, a rename takes no place that is taken, and
some names cannot be made. What libraries do in native code is not seen.
"""

from __future__ import annotations

import errno
import functools
import os
import re
import stat
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

VARIABLE = "DYNSEG_WINDOWS_RULES"
"""Switches the rules on; names a file that gets every refusal, also one that was caught."""
_ROOT = "DYNSEG_WINDOWS_RULES_ROOT"
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?|.*[<>:\"|?*\x00-\x1f].*|.*[. ]")
_OWN = (str(Path(__file__).resolve().parents[2] / ".pytest_cache"), "/dev/", "/proc/", "/sys/")


def switch_on() -> None:
    """Follow the rules from now on, and let children follow them."""
    here = str(Path(__file__).parent)
    os.environ.setdefault(_ROOT, str(os.getpid()))
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    if here not in paths:
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, [here, *paths]))
    os.environ.setdefault("PYTHONIOENCODING", "cp1252")
    os.rename = _checking(os.rename, _require_free_place)
    os.replace = _checking(os.replace, _require_no_folder)
    sys.addaudithook(_heed)
    from dynseg import files

    files._READERS_HOLD_FILES = True


def _checking(act: Callable[..., Any], check: Callable[[str, str], None]) -> Callable[..., Any]:
    @functools.wraps(act)
    def checked(source: Any, target: Any, **folders: Any) -> None:
        if not folders and not _is_ours(source):
            check(os.fsdecode(source), os.fsdecode(target))
        act(source, target, **folders)

    return checked


def _require_free_place(source: str, target: str) -> None:
    if os.path.lexists(target) and not os.path.samefile(source, target):
        _refuse(FileExistsError, errno.EEXIST, target, "a rename onto it")


def _require_no_folder(source: str, target: str) -> None:
    if os.path.isdir(target):
        _refuse(PermissionError, errno.EACCES, target, "a folder replaced")


def _heed(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open":
        path, _, flags = arguments
        if isinstance(path, (str, bytes)) and isinstance(flags, int):
            _heed_open(os.path.abspath(os.fsdecode(path)), flags)
    elif event in ("os.remove", "os.rmdir"):
        _require_loose(_place(*arguments), event)
    elif event == "os.rename":
        source, target, source_folder, target_folder = arguments
        _require_loose(_place(source, source_folder), event)
        place = _place(target, target_folder)
        _require_possible(place)
        if os.path.lexists(place):
            _require_loose(place, f"{event} onto it")
    elif event == "os.mkdir":
        _require_possible(_place(arguments[0], arguments[2]))


def _heed_open(path: str, flags: int) -> None:
    if flags & os.O_CREAT and not _is_ours(path):
        _require_possible(path)
    if flags & os.O_TRUNC and os.path.isfile(path) and not _is_ours(path):
        real = os.path.realpath(path)
        for pid in _family():
            if real in _mapped(pid):
                _refuse(OSError, errno.EINVAL, path, "cut short while mapped")


def _require_possible(path: str) -> None:
    name = os.path.basename(path)
    if not _is_ours(path) and _RESERVED.fullmatch(name.lower()):
        _refuse(OSError, errno.EINVAL, path, "a name that cannot be")


def _require_loose(path: str, event: str) -> None:
    if _is_ours(path):
        return
    try:
        found = os.lstat(path)
    except OSError:
        return
    stays = stat.S_ISREG(found.st_mode) and not found.st_mode & stat.S_IWUSR
    if stays and event != "os.rename":
        _refuse(PermissionError, errno.EACCES, path, f"{event}, read-only")
    if stat.S_ISLNK(found.st_mode):
        return
    whole = os.path.realpath(path)
    below = whole + os.sep
    for pid in _family():
        for held in _held(pid):
            if held == whole or held.startswith(below):
                _refuse(PermissionError, errno.EACCES, path, f"{event}, {held} open in {pid}")


def _is_ours(path: Any) -> bool:
    """Whether this is the business of the tests' own tools."""
    if not isinstance(path, (str, bytes, os.PathLike)):
        return True
    place = os.fsdecode(path)
    return place.startswith(_OWN) or "/garbage-" in place


def _place(path: Any, folder: int = -1) -> str:
    name = os.fsdecode(path)
    if folder != -1 and not os.path.isabs(name):
        return os.path.join(os.readlink(f"/proc/self/fd/{folder}"), name)
    return os.path.abspath(name)


def _family() -> Iterator[int]:
    """This process, and every one that the tests have started."""
    yield os.getpid()
    waiting = [int(os.environ[_ROOT])]
    while waiting:
        pid = waiting.pop()
        if pid != os.getpid():
            yield pid
        try:
            for thread in os.listdir(f"/proc/{pid}/task"):
                waiting += map(int, _read(f"/proc/{pid}/task/{thread}/children").split())
        except OSError:
            continue


def _held(pid: int) -> Iterator[str]:
    """Files that a process has open or mapped, and the folder it works in."""
    try:
        for number in os.listdir(f"/proc/{pid}/fd"):
            place = _target(f"/proc/{pid}/fd/{number}")
            if place and not os.path.isdir(place):
                yield place
    except OSError:
        return
    yield from _mapped(pid)
    yield _target(f"/proc/{pid}/cwd")


def _mapped(pid: int) -> set[str]:
    lines = _read(f"/proc/{pid}/maps").splitlines()
    return {line.split(None, 5)[5] for line in lines if " /" in line}


def _target(link: str) -> str:
    try:
        return os.readlink(link)
    except OSError:
        return ""


def _read(path: str) -> str:
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return ""
    try:
        parts = iter(lambda: os.read(descriptor, 1 << 20), b"")
        return b"".join(parts).decode(errors="replace")
    except OSError:
        return ""
    finally:
        os.close(descriptor)


def _refuse(kind: type[OSError], number: int, path: str, why: str) -> None:
    told = os.environ[VARIABLE]
    if os.path.isabs(told):
        calls = "".join(traceback.format_stack(limit=14)[:-2])
        text = f"{path}: {why}\n{os.environ.get('PYTEST_CURRENT_TEST', '')}\n{calls}\n"
        descriptor = os.open(told, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(descriptor, text.encode(errors="replace"))
        os.close(descriptor)
    raise kind(number, f"Windows would refuse this: {why}", path)
