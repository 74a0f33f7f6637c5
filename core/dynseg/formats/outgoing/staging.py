"""Writing a folder so that its readers see the old one or the new one, never half.

A folder is built beside its final place under a hidden name, gets a manifest with the SHA-256 of
every file, is made durable and renamed. An earlier version is renamed aside first and removed
last; `collect_leftovers` puts things right after a crash in between.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import msgspec
import psutil

from dynseg import files, processes
from dynseg.errors import InputError, StoreWriteError

MANIFEST = "manifest.json"
PRODUCER = "dynseg-annotator"
SPARE_BYTES = 32 << 20
SYNC_THREADS = 8
"""A file system makes many files durable in one go when they are asked for at once."""
_OF_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""What file managers leave in folders that they have shown."""
STAGING = ".staging-"
PREVIOUS = ".previous-"


class StagedFolder:
    """A folder in the making.

    Attributes:
        root: Where to write; becomes the final folder by `publish`.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._digests: dict[str, str] = {}

    def add(self, rel: str, data: bytes) -> None:
        """Write a file.

        Args:
            rel: Path inside the folder, POSIX separators; folders on the way are made.
            data: The content.
        """
        path = self._place(rel)
        path.write_bytes(data)
        self._digests[rel] = hashlib.sha256(data).hexdigest()

    def add_copy(self, rel: str, source: Path) -> None:
        """Copy a file without its times and rights, so that equal data make equal folders."""
        digest = hashlib.sha256()
        with source.open("rb") as reader, self._place(rel).open("wb") as writer:
            while block := reader.read(1 << 20):
                digest.update(block)
                writer.write(block)
        self._digests[rel] = digest.hexdigest()

    def add_link(self, rel: str, source: Path, *, symbolic: bool) -> None:
        """Link to a file instead of copying it.

        Raises:
            StoreWriteError: the disk or the system makes no such links, or the file is on another
                disk, where a hard link cannot reach.
        """
        path = self._place(rel)
        try:
            if symbolic:
                path.symlink_to(source)
            else:
                os.link(source, path)
        except OSError as error:
            if error.errno == errno.ENOSPC:
                raise
            raise StoreWriteError(
                f"{source.name} cannot be linked from there ({error.strerror}); what was there "
                "before is unchanged.",
                "A hard link needs the same disk, and not every disk has links. Copy the images, "
                "or choose the other kind of link.",
            ) from error
        self._digests[rel] = file_digest(source)

    def add_folder(self, rel: str) -> None:
        """Make a folder, also when nothing is put into it."""
        (self.root / rel).mkdir(parents=True, exist_ok=True)

    def seal(self, content: dict[str, Any]) -> None:
        """Write the manifest: `content` and the digest of every file, then make all durable."""
        manifest = {"producer": PRODUCER, **content, "files": dict(sorted(self._digests.items()))}
        data = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
        (self.root / MANIFEST).write_bytes(data)
        folders, written = [], []
        for folder, _, names in os.walk(self.root, topdown=False):
            folders.append(Path(folder))
            written += [Path(folder, name) for name in names]
        with ThreadPoolExecutor(SYNC_THREADS, thread_name_prefix="sync") as pool:
            list(pool.map(_sync_own, written))
        for path in folders:
            files.sync_directory(path)

    def _place(self, rel: str) -> Path:
        path = self.root / rel
        path.parent.mkdir(parents=True, exist_ok=True)
        return path


def _sync_own(path: Path) -> None:
    """Make a file durable, unless it is a link to a file of somebody else."""
    if not path.is_symlink() and path.stat().st_nlink == 1:
        files.sync_file(path)


def file_digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def staged(target: Path) -> Iterator[StagedFolder]:
    """A folder to fill, which becomes `target` when the block ends without an error.

    The block calls `StagedFolder.seal` last.

    Raises:
        InputError: `target` exists and is not an earlier export, or its place cannot be written.
        StoreWriteError: writing failed (disk full, I/O error); an earlier `target` is unchanged.
    """
    require_replaceable(target)
    target = target.absolute()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        collect_leftovers(target.parent)
        root = staging_place(target.parent)
        root.mkdir()
    except OSError as error:
        raise InputError(
            f"{target.parent} cannot be written ({error.strerror}); nothing was exported.",
            "Choose a folder that you may write to.",
        ) from error
    try:
        yield StagedFolder(root)
        _publish(root, target)
    except OSError as error:
        raise write_failure(target, error) from error
    finally:
        shutil.rmtree(root, ignore_errors=True)


def write_failure(target: Path, error: OSError) -> StoreWriteError:
    """The error for a folder that could not be written to its end."""
    what = "the disk is full" if error.errno == errno.ENOSPC else error.strerror or str(error)
    return StoreWriteError(
        f"{target.name} was not written: {what}; what was there before is unchanged.",
        files.room_or_rights(error, "Free some space or choose another disk, then try again."),
    )


def require_replaceable(target: Path) -> None:
    """Refuse a target that holds anything but an earlier export.

    Raises:
        InputError: `target` is a file, or a folder with other content.
    """
    if not target.exists() and not target.is_symlink():
        return
    if target.is_symlink() or not target.is_dir():
        raise InputError(
            f"{target} is not a folder; nothing was exported.", "Choose a new or empty folder."
        )
    if any(target.iterdir()) and read_manifest(target) is None:
        raise InputError(
            f"{target} holds other files; an export replaces its whole folder.",
            "Choose a new or empty folder, or the folder of an earlier export.",
        )


def require_own(target: Path) -> None:
    """Refuse an earlier export into whose folder somebody has put something since.

    An image or label file may have been renamed there, a training run have written its weights.
    What other programs keep beside the files that they read comes back by itself.

    Raises:
        InputError: something is not from the export.
    """
    manifest = read_manifest(target)
    if manifest is None:
        return
    own = {MANIFEST, *manifest["files"]}
    stems = {os.path.splitext(rel)[0] for rel in own}
    for folder, folders, names in os.walk(target):
        folders.sort()
        for name in sorted(names):
            rel = Path(folder, name).relative_to(target).as_posix()
            stem, suffix = os.path.splitext(rel)
            kept = suffix == ".cache" or (suffix == ".npy" and stem in stems)
            if rel not in own and not kept and name not in _OF_SYSTEMS:
                raise InputError(
                    f"{target} holds {rel}, which is not of the earlier export, and an export "
                    "replaces its whole folder; nothing was exported.",
                    "Move it elsewhere, or choose a new folder.",
                )


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """The manifest of a folder that this program wrote, or None."""
    try:
        content = msgspec.json.decode((folder / MANIFEST).read_bytes())
    except (OSError, msgspec.DecodeError):
        return None
    if not isinstance(content, dict) or content.get("producer") != PRODUCER:
        return None
    return content if isinstance(content.get("files"), dict) else None


def verify(folder: Path) -> list[str]:
    """What differs between a folder and its manifest, one sentence each; empty when nothing."""
    manifest = read_manifest(folder)
    if manifest is None:
        return [f"{MANIFEST} is missing or damaged"]
    findings = []
    for rel, digest in manifest["files"].items():
        path = folder / rel
        if not path.is_file():
            findings.append(f"{rel} is missing")
        elif file_digest(path) != digest:
            findings.append(f"{rel} has another content than the manifest says")
    return findings


def require_space(folder: Path, size_bytes: int) -> None:
    """Refuse before anything is written when the disk cannot hold `size_bytes` more.

    Raises:
        StoreWriteError: there is too little space.
    """
    existing = next(p for p in (folder, *folder.absolute().parents) if p.exists())
    free = shutil.disk_usage(existing).free
    if free < size_bytes + SPARE_BYTES:
        raise StoreWriteError(
            f"{size_bytes / 1e6:.0f} MB are needed and {free / 1e6:.0f} MB are free; "
            "nothing was written.",
            "Free some space, choose another disk or link the images instead of copying them.",
        )


def _publish(root: Path, target: Path) -> None:
    previous = target.parent / f"{PREVIOUS}{target.name}"
    if target.exists():
        if any(target.iterdir()):
            files.move(target, previous)
        else:
            target.rmdir()
    try:
        files.move(root, target)
    except OSError:
        if previous.exists():
            files.move(previous, target)
        raise
    files.sync_directory(target.parent)
    if previous.exists():
        _discard(previous)


def staging_place(folder: Path, suffix: str = "") -> Path:
    """A hidden name in `folder` for what is being made; `is_abandoned` knows whose it is."""
    return folder / f"{STAGING}{_owner()}-{secrets.token_hex(4)}{suffix}"


def _discard(path: Path) -> None:
    """Remove an earlier version that a newer one replaced.

    It gets a name by which the rest of it is known as rubbish: removing takes a while, and an
    earlier version that lost its manifest to a crash would be kept for ever. Where it cannot go,
    because somebody looks into it for instance, it goes another time: the newer one is there.
    """
    rubbish = staging_place(path.parent)
    with contextlib.suppress(OSError):
        files.move(path, rubbish)
        shutil.rmtree(rubbish, ignore_errors=True)


def collect_leftovers(folder: Path) -> list[Path]:
    """Put right what a crash left in `folder`.

    An earlier version that was renamed aside comes back when no new one took its place; folders
    in the making whose program is gone are removed.

    Returns:
        What was put back or removed.
    """
    handled = []
    for path in sorted(folder.glob(f"{PREVIOUS}*")):
        target = folder / path.name.removeprefix(PREVIOUS)
        if not path.is_dir() or path.is_symlink() or read_manifest(path) is None:
            continue
        if target.exists():
            _discard(path)
        else:
            files.move(path, target)
        handled.append(path)
    for path in sorted(folder.glob(f"{STAGING}*")):
        if path.is_dir() and not path.is_symlink() and is_abandoned(path.name):
            shutil.rmtree(path, ignore_errors=True)
            handled.append(path)
    return handled


def _owner() -> str:
    """Machine, process and its start, so that a later process can tell a crash from work."""
    machine = hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]
    return f"{machine}-{os.getpid()}-{round(processes.begun_s(os.getpid()))}"


def is_abandoned(name: str) -> bool:
    """Whether the process that made this staging folder is known to be gone."""
    fields = name.removeprefix(STAGING).split("-")
    if len(fields) != 4 or fields[0] != _owner().split("-")[0]:
        return False
    if not fields[1].isdigit() or not fields[2].isdigit():
        return False
    try:
        return not processes.is_same(int(fields[1]), int(fields[2]))
    except psutil.Error:
        return False
