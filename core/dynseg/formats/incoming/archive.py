"""Zip and tar archives as sources: unpacked member by member into a folder that goes away again.

Only what can hold labels, or the masks of objects, is taken out; nothing leaves the folder and no
archive grows beyond bounds.
"""

from __future__ import annotations

import contextlib
import lzma
import shutil
import struct
import tarfile
import tempfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, NamedTuple, Self

from dynseg.errors import InputError
from dynseg.formats.incoming.text_file import text_of

MAX_MEMBERS = 100_000
MAX_BYTES = 8 << 30
MAX_RATIO = 200
MAX_HEADER_BYTES = 1 << 20
"""Of a header of a tar archive that says more of the next one: tarfile reads it as a whole."""
_DAMAGED = ("InvalidHeaderError", "TruncatedHeaderError")
"""Errors of tarfile; the others that a header gives are the end of an archive."""
_SAY_MORE = frozenset(
    {
        tarfile.XHDTYPE,
        tarfile.XGLTYPE,
        tarfile.SOLARIS_XHDTYPE,
        tarfile.GNUTYPE_LONGNAME,
        tarfile.GNUTYPE_LONGLINK,
    }
)
_LABELS = frozenset({".json", ".ndjson", ".xml", ".txt", ".yaml", ".yml", ".names", ".png", ".csv"})
_MASKS = frozenset({".bmp", ".tif", ".tiff"})
"""Taken out of folders of masks alone: elsewhere they are photographs, which are large."""
_ZIP = ".zip"
_TAR = (".tar", ".tar.gz", ".tgz")
_DAMAGE = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error, EOFError,
    NotImplementedError, RuntimeError, ValueError, LookupError, OverflowError,
)  # fmt: skip
"""What zipfile, tarfile and their decompressors raise on damaged or encrypted archives."""
_SAYS_UTF_8, _UNSAID = 1 << 11, "cp437"
_HINT = "Unpack it with another program and give the folder."


class _Member(NamedTuple):
    """A file of an archive.

    Attributes:
        name: As the archive has it.
        size_bytes: When it is unpacked.
        packed_bytes: In the archive.
        is_plain: Whether it is a file: links and devices are not.
        open: Gives its content.
    """

    name: str
    size_bytes: int
    packed_bytes: int
    is_plain: bool
    open: Callable[[], IO[bytes]]


def is_archive(path: Path) -> bool:
    """Whether a name is that of an archive that can be unpacked."""
    return path.name.lower().endswith((_ZIP, *_TAR))


@contextlib.contextmanager
def unpacked(source: Path) -> Iterator[Path]:
    """The source itself, or for an archive a folder with its labels.

    Raises:
        InputError: the archive is damaged, or larger than anything that holds labels.
    """
    if not is_archive(source) or not source.is_file():
        yield source
        return
    with tempfile.TemporaryDirectory(prefix="dynseg-import-") as name:
        folder = Path(name, "source")
        folder.mkdir()
        try:
            opened = _zipped if source.suffix.lower() == _ZIP else _tarred
            with opened(source) as members:
                _unpack(members, folder, source.name)
        except _DAMAGE as error:
            raise InputError(f"{source.name} cannot be unpacked ({error}).", _HINT) from error
        except OSError as error:
            reason = error.strerror or error
            raise InputError(f"{source.name} cannot be unpacked ({reason}).", _HINT) from error
        yield folder


@contextlib.contextmanager
def _zipped(source: Path) -> Iterator[Iterator[_Member]]:
    with zipfile.ZipFile(source) as archive:
        yield (
            _Member(
                _name_of(info), info.file_size, info.compress_size,
                info.external_attr >> 28 in (0, 0o10), partial(archive.open, info),
            )
            for info in archive.infolist()
            if not info.is_dir()
        )  # fmt: skip


@contextlib.contextmanager
def _tarred(source: Path) -> Iterator[Iterator[_Member]]:
    packed_bytes = source.stat().st_size
    with tarfile.open(source, tarinfo=_Header) as archive:
        yield _in_tar(archive, packed_bytes)


def _in_tar(archive: tarfile.TarFile, packed_bytes: int) -> Iterator[_Member]:
    """Its members; folders count, too: each is kept in memory, and packs to next to nothing.

    The second name of a file in a tar archive is a hard link to its first.
    """
    known: dict[str, tarfile.TarInfo] = {}
    for info in archive:
        name = text_of(info.name.encode(errors="surrogateescape"))
        file = known.get(info.linkname, info) if info.islnk() else info
        known[info.name] = file
        content = partial(_content, archive, file)
        yield _Member(name, file.size, packed_bytes, file.isreg(), content)


class _Header(tarfile.TarInfo):
    """A header that is read with care: tarfile takes a damaged one for the end of the archive."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(archive)
        except tarfile.HeaderError as error:
            # At its beginning it is no tar archive, or one that is packed otherwise.
            if type(error).__name__ not in _DAMAGED or not archive.offset:
                raise
            raise tarfile.ReadError(f"{error} at byte {archive.offset}") from error

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        header = super().frombuf(buf, encoding, errors)
        if header.type in _SAY_MORE and header.size > MAX_HEADER_BYTES:
            raise tarfile.ReadError("a header is larger than any")
        return header


def _content(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    content = archive.extractfile(info)
    if content is None:
        raise ValueError(f"{info.name} is no file")
    return content


def _unpack(members: Iterable[_Member], folder: Path, name: str) -> None:
    left = MAX_BYTES
    taken: dict[str, PurePosixPath] = {}
    for number, member in enumerate(members, start=1):
        if number > MAX_MEMBERS:
            raise InputError(f"{name} has more than {MAX_MEMBERS:,} files; not unpacked.", _HINT)
        path = _place(member)
        if path is None:
            continue
        if member.size_bytes > MAX_RATIO * max(member.packed_bytes, 1 << 10):
            raise InputError(f"{name} grows over {MAX_RATIO} times; not unpacked.", _HINT)
        left -= member.size_bytes
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
        with member.open() as reader, target.open("wb") as writer:
            shutil.copyfileobj(reader, writer, 1 << 20)


def _is_one(path: Path, other: Path) -> bool:
    return other.exists() and path.samefile(other)


def _place(member: _Member) -> PurePosixPath | None:
    """Where a member goes, relative to the folder; None when it is left out."""
    path = PurePosixPath(member.name.replace("\\", "/"))
    steps, suffix = path.parts, path.suffix.lower()
    is_mask = suffix in _MASKS and any(step.lower() == "masks" for step in steps[:-1])
    if not member.is_plain or not (suffix in _LABELS or is_mask):
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
