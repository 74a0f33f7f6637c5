"""The files of a source, looked at before any of them is read in full."""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from dynseg.errors import InputError
from dynseg.formats.finding import Finding
from dynseg.formats.incoming.text_file import utf_8
from dynseg.images.index import SUFFIXES, is_folder

MAX_FILES = 2_000_000
MAX_FOLDERS = 200
"""Folders that a quick look goes into."""
HEAD_BYTES = 1 << 16
_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"(\s*:)?|[{}\[\]]')
KeysByDepth = dict[int, frozenset[str]]


class Listing:
    """The files of a source in a fixed order.

    Hidden files are left out, linked folders are not entered, and files that are links out of the
    source do not count.

    Args:
        source: A file or folder.
        most: How many files of each suffix count, for a quick look that need not be complete: then
            folders far down may be left out too. None for all files.

    Attributes:
        root: The folder, resolved; nothing outside of it is read.
        files: Every file, or the only one when the source is a file.
        problems: Label files that are links out of the source, which are not read.
    """

    def __init__(self, source: Path, *, most: int | None = None) -> None:
        if not source.exists():
            raise InputError(
                f"{source} does not exist; nothing was imported.",
                "Check the path for a typing error.",
            )
        single = source.is_file()
        self.root = (source.parent if single else source).resolve()
        self.problems: list[Finding] = []
        found: Iterable[Path] = [self.root / source.name]
        if not single:
            found = files_below(self.root) if most is None else few_below(self.root, most)
        self._keys: dict[Path, KeysByDepth] = {}
        self._by_suffix: dict[str, list[Path]] = defaultdict(list)
        self.files = tuple(path for path in found if self._is_own(path))
        for path in self.files:
            self._by_suffix[path.suffix.lower()].append(path)

    def of(self, suffix: str) -> list[Path]:
        """Files with a suffix, lower case with its dot."""
        return self._by_suffix.get(suffix, [])

    @property
    def images(self) -> list[Path]:
        """Files that count as images."""
        return [path for suffix in sorted(SUFFIXES) for path in self.of(suffix)]

    def _is_own(self, path: Path) -> bool:
        if not path.is_symlink() or is_inside(path, self.root):
            return True
        if path.suffix.lower() not in SUFFIXES:
            reason = "is a link that leads out of the source; not read"
            self.problems.append(Finding(self.rel(path), None, reason))
        return False

    def rel(self, path: Path) -> str:
        """A file relative to the root, POSIX separators."""
        return path.relative_to(self.root).as_posix()

    def json_keys(self, path: Path) -> KeysByDepth:
        """Keys in the start of a JSON file, see `json_keys`."""
        if path not in self._keys:
            self._keys[path] = json_keys(path)
        return self._keys[path]


def files_below(folder: Path) -> Iterator[Path]:
    """Files below a folder in a fixed order, hidden ones left out; linked folders not entered.

    Raises:
        InputError: there are more than anybody would import at once.
    """
    count = 0
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(parent, name)
            if name.startswith("."):
                continue
            count += 1
            if count > MAX_FILES:
                raise InputError(
                    f"{folder} holds more than {MAX_FILES:,} files; nothing was imported.",
                    "Give the folder of the labels alone.",
                )
            yield path


def few_below(folder: Path, most: int) -> Iterator[Path]:
    """Some files below a folder, hidden ones left out, what lies nearest first.

    Args:
        folder: Where to look; folders that cannot be read are passed by.
        most: How many files of each suffix.
    """
    counts: Counter[str] = Counter()
    waiting, looked_into = deque([folder]), 0
    while waiting and looked_into < MAX_FOLDERS:
        parent, looked_into = waiting.popleft(), looked_into + 1
        try:
            with os.scandir(parent) as entries:
                found = sorted((e for e in entries if e.name[0] != "."), key=lambda e: e.name)
        except OSError:
            continue
        for entry in found:
            suffix = os.path.splitext(entry.name)[1].lower()
            if is_folder(entry):
                waiting.append(Path(entry.path))
            elif counts[suffix] < most:
                counts[suffix] += 1
                yield Path(entry.path)


def is_inside(path: Path, root: Path) -> bool:
    """Whether a path, links followed, lies below a resolved folder."""
    try:
        return path.resolve().is_relative_to(root)
    except (OSError, RuntimeError):  # a link to itself
        return False


def inner_path(root: Path, folder: Path, value: str) -> Path | None:
    """The existing file inside `root` that a file in `folder` names, or None.

    Args:
        root: Resolved folder that must not be left.
        folder: What a relative name starts from.
        value: Any text of a file: absolute, with `..`, with backslashes, too long.
    """
    if "\0" in value or len(value) > 4096:
        return None
    path = folder / value.replace("\\", "/")
    try:
        return path if is_inside(path, root) and path.is_file() else None
    except OSError:  # a name longer than the file system allows
        return None


def tidy_name(folder: str, value: str) -> PurePosixPath:
    """Where inside the source an image name of a label file points to, for matching only.

    A name that leads out, an absolute one and one of another machine lose their folders.

    Args:
        folder: Folder of the label file, relative to the source.
        value: The name as the file has it.
    """
    text = value.replace("\\", "/")
    outside = text.startswith("/") or re.match(r"[A-Za-z]:|[a-z]+://", text) is not None
    steps: list[str] = [] if outside else [s for s in folder.split("/") if s not in ("", ".")]
    for step in text.split("/")[-1:] if outside else text.split("/"):
        if step == "..":
            if not steps:
                names = [name for name in text.split("/") if name not in ("", ".", "..")]
                return PurePosixPath(names[-1] if names else "image")
            steps.pop()
        elif step not in ("", "."):
            steps.append(step)
    return PurePosixPath(*steps) if steps else PurePosixPath("image")


def file_of_address(text: str) -> str:
    """The path in an address, for matching only: that of `?d=` for local files of Label Studio.

    What is no address stays as it is; empty when it is too long for a name.
    """
    if len(text) > 4096:
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return text
    local = re.search(r"(?:^|&)d=([^&]+)", parts.query)
    if local:
        return unquote(local[1])
    # A name or a drive of Windows may have a colon, too.
    if (parts.scheme and "://" in text) or text.startswith("/"):
        return unquote(parts.path).lstrip("/")
    return text


def json_keys(path: Path) -> KeysByDepth:
    """Keys in the start of a JSON file by how deep they stand; the outermost have depth 1.

    Lists count as a level, so the keys of the objects in an outermost list have depth 2.
    """
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError:
        return {}
    found: dict[int, set[str]] = defaultdict(set)
    depth = 0
    for token in _TOKEN.finditer(utf_8(head).decode(errors="replace")):
        sign = token[0]
        if sign in "{[":
            depth += 1
        elif sign in "}]":
            depth -= 1
        elif token[2]:
            found[depth].add(token[1])
    return {level: frozenset(keys) for level, keys in found.items()}
