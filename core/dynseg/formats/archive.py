"""Zip archives as sources: unpacked member by member into a folder that goes away again.

Only what can hold labels, or the masks of objects, is taken out; nothing leaves the folder and no
archive grows beyond bounds.
"""

from __future__ import annotations

import contextlib
import lzma
import shutil
import struct
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from dynseg.errors import InputError
from dynseg.formats.text_file import text_of

MAX_MEMBERS = 100_000
MAX_BYTES = 8 << 30
MAX_RATIO = 200
_LABELS = frozenset({".json", ".xml", ".txt", ".yaml", ".yml", ".names", ".png", ".csv"})
_MASKS = frozenset({".bmp", ".tif", ".tiff"})
"""Taken out of folders of masks alone: elsewhere they are photographs, which are large."""
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError, RuntimeError,
    EOFError, ValueError, LookupError, OverflowError,
)  # fmt: skip
"""What zipfile and its decompressors raise on damaged or encrypted archives."""
_SAYS_UTF_8, _UNSAID = 1 << 11, "cp437"
_HINT = "Unpack it with another program and give the folder."


@contextlib.contextmanager
def unpacked(source: Path) -> Iterator[Path]:
    """The source itself, or for a zip archive a folder with its labels.

    Raises:
        InputError: the archive is damaged, or larger than anything that holds labels.
    """
    if source.suffix.lower() != ".zip" or not source.is_file():
        yield source
        return
    with tempfile.TemporaryDirectory(prefix="dynseg-import-") as name:
        folder = Path(name, "source")
        folder.mkdir()
        try:
            with zipfile.ZipFile(source) as archive:
                _unpack(archive, folder, source.name)
        except _DAMAGE as error:
            raise InputError(f"{source.name} cannot be unpacked ({error}).", _HINT) from error
        except OSError as error:
            reason = error.strerror or error
            raise InputError(f"{source.name} cannot be unpacked ({reason}).", _HINT) from error
        yield folder


def _unpack(archive: zipfile.ZipFile, folder: Path, name: str) -> None:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > MAX_MEMBERS:
        raise InputError(f"{name} has more than {MAX_MEMBERS:,} files; not unpacked.", _HINT)
    left = MAX_BYTES
    taken: dict[str, PurePosixPath] = {}
    for member in members:
        path = _place(member)
        if path is None:
            continue
        if member.file_size > MAX_RATIO * max(member.compress_size, 1 << 10):
            raise InputError(f"{name} grows over {MAX_RATIO} times; not unpacked.", _HINT)
        left -= member.file_size
        if left < 0:
            raise InputError(f"{name} unpacks to over {MAX_BYTES >> 30} GB; not unpacked.", _HINT)
        target = folder / path
        other = taken.setdefault(unicodedata.normalize("NFC", str(path)).casefold(), path)
        if other != path and _is_one(folder / other, target):
            raise InputError(
                f"{name} holds {other} and {path}, which are one file here; not unpacked.",
                "Rename one of them in the archive, then try again.",
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(member) as reader, target.open("wb") as writer:
            shutil.copyfileobj(reader, writer, 1 << 20)


def _is_one(path: Path, other: Path) -> bool:
    return other.exists() and path.samefile(other)


def _place(member: zipfile.ZipInfo) -> PurePosixPath | None:
    """Where a member goes, relative to the folder; None when it is left out."""
    path = PurePosixPath(_name_of(member).replace("\\", "/"))
    kind = member.external_attr >> 28
    steps, suffix = path.parts, path.suffix.lower()
    is_mask = suffix in _MASKS and any(step.lower() == "masks" for step in steps[:-1])
    if kind not in (0, 0o10) or not (suffix in _LABELS or is_mask):  # links and devices are not
        return None
    if path.is_absolute() or ".." in steps or any(":" in s or s.startswith(".") for s in steps):
        return None
    return path


def _name_of(member: zipfile.ZipInfo) -> str:
    """The name of a member; archives of Windows have it in the encoding of its country, unsaid."""
    if member.flag_bits & _SAYS_UTF_8:
        return member.filename
    try:
        written = member.filename.encode(_UNSAID)
    except UnicodeEncodeError:  # since Python 3.12: said in a field of its own
        return member.filename
    return text_of(written, _UNSAID)
