"""Fetching the published YOLO11 segmentation weights, when somebody asks for it. Free of torch.

The only code of this program that uses the network. A download goes on where it broke off, and a
file that is not the published one, byte for byte, is thrown away. A file that was put into the
folder by hand is as good as a fetched one.
"""

from __future__ import annotations

import hashlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from dynseg.errors import ModelFileError
from dynseg.files import cache_folder, lock_file, move, sync_file
from dynseg.progress import CancelToken, Progress, Report, ignore

LICENCE = "AGPL-3.0"
SOURCE = "https://github.com/ultralytics/assets/releases/download/v8.3.0"
TIMEOUT_S = 20.0
_CHUNK_BYTES = 1 << 18
_PARTIAL = 206
_BEYOND_THE_END = 416


@dataclass(frozen=True, slots=True)
class Release:
    """A published file of weights.

    Attributes:
        size_bytes: Length of the file.
        sha256: Hexadecimal.
        source: Address of the folder that it is in; empty for `SOURCE`.
    """

    size_bytes: int
    sha256: str
    source: str = ""


RELEASES = {
    "yolo11n-seg.pt": Release(
        6_182_636, "55ed65c56c91713d23e8402371c6c49a6fd84f257f7dce452e8d70e41dcbe152"
    ),
    "yolo11s-seg.pt": Release(
        20_669_228, "1caa81c0195412efa411b632bcfb8c184939dddb6ae41f6a80c41b211ff257c3"
    ),
    "yolo11m-seg.pt": Release(
        45_400_152, "eb9a06f63e2206c35d68d839b08c362429ebecf933ad54c1ad68b2fd001c17cf"
    ),
    "yolo11l-seg.pt": Release(
        56_096_965, "cabe90049795dfc9a370b7934d6dec7f6b9e44a20e573b0ff81b7e205512c872"
    ),
    "yolo11x-seg.pt": Release(
        125_090_821, "4e53a5f5fd3ee2ae3361c62169c6bb3ed4ae251dd0e57606e230955aa52d919c"
    ),
}
"""Checkpoints that Ultralytics trained on COCO, under `LICENCE`."""

CLICK_WEIGHTS = "mobile_sam.pt"
CLICK_LICENCE = "Apache-2.0"
CLICK_RELEASE = Release(
    40_728_226,
    "6dbb90523a35330fedd7f1d3dfc66f995213d81b29a5ca8108dbcdd4e37d6c2f",
    "https://raw.githubusercontent.com/ChaoningZhang/MobileSAM/master/weights",
)
"""MobileSAM (Zhang et al., 2023), which segments what a person clicks on."""


def release_of(name: str) -> Release:
    """What is known about a published file: a key of `RELEASES`, or `CLICK_WEIGHTS`."""
    return CLICK_RELEASE if name == CLICK_WEIGHTS else RELEASES[name]


def address_of(name: str, source: str = "") -> str:
    """Where a published file is, in the folder that it was published in or another one."""
    return f"{source or release_of(name).source or SOURCE}/{name}"


def downloads_folder() -> Path:
    """Where fetched files stand, and where a person puts one by hand."""
    return cache_folder() / "downloads"


def fetched_bytes(name: str, folder: Path) -> int:
    """How much of a published file is here: all of it, a part to go on with, or 0."""
    for path in (folder / name, folder / f"{name}.part"):
        if path.is_file():
            return min(path.stat().st_size, release_of(name).size_bytes)
    return 0


def released_name(text: str) -> str | None:
    """The published file that somebody means by `yolo11n-seg.pt` or `yolo11n-seg`, if any."""
    name = text if text.endswith(".pt") else f"{text}.pt"
    return name if name in RELEASES else None


def find(name: str, folder: Path) -> Path:
    """A published file that is here already.

    Args:
        name: A key of `RELEASES`, or `CLICK_WEIGHTS`.
        folder: Where to look.

    Raises:
        ModelFileError: it is not here, or is not the published one; the hint says what to do.
    """
    path, release = folder / name, release_of(name)
    if not path.is_file():
        size = f"{release.size_bytes / 1e6:.0f} MB"
        raise ModelFileError(
            f"{name} is not on this computer, and nothing is fetched unasked.",
            f"Ask for it with --download ({size}), or fetch {address_of(name)} elsewhere "
            f"and put it at {path}.",
        )
    if not _is_published(path, release):
        raise ModelFileError(
            f"{path} is not the file that was published (its SHA-256 differs).",
            "Remove it and fetch it again, or import it under another name.",
        )
    return path


def fetch(
    name: str,
    folder: Path,
    *,
    source: str = "",
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> Path:
    """Fetch a published file, or go on with it; nothing to do when it is here.

    Args:
        name: A key of `RELEASES`, or `CLICK_WEIGHTS`.
        folder: Where it goes; created.
        source: Address of another folder that it is in.
        report: Told of the kilobytes.
        cancel: Asked between pieces; what has come is kept for the next time.

    Raises:
        ModelFileError: no network, the transfer broke off, somebody else fetches it, or it is not
            the published file.
        CancelledError: `cancel` was set.
        OSError: the disk is full or the folder cannot be written.
    """
    path, release = folder / name, release_of(name)
    if path.is_file() and _is_published(path, release):
        return path
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{name}.part"
    with _alone(part):
        _complete(part, path, release, address_of(name, source), report, cancel)
    return path


@contextmanager
def _alone(part: Path) -> Iterator[None]:
    """Let nobody else write to a part meanwhile.

    Raises:
        ModelFileError: somebody does.
    """
    lock = part.with_suffix(".lock")
    with lock.open("ab") as file:
        if lock_file(file.fileno()) is False:
            raise ModelFileError(
                f"{part.stem} is being fetched already, by another window or program.",
                "Wait until it is here, then try again.",
            )
        try:
            yield
        finally:
            with suppress(OSError):  # Windows keeps what is open
                lock.unlink()


def _complete(
    part: Path,
    path: Path,
    release: Release,
    address: str,
    report: Report,
    cancel: CancelToken | None,
) -> None:
    """Fetch what is missing of a part, check it and give it its name."""
    there = part.stat().st_size if part.is_file() else 0
    if there < release.size_bytes:
        _continue(part, address, there, release, report, cancel)
    if not _is_published(part, release):
        part.unlink()
        raise ModelFileError(
            f"What came as {path.name} is not the file that was published; it was thrown away.",
            f"Try again later, or put {address} at {path} by hand.",
        )
    sync_file(part)
    move(part, path)


def _continue(
    part: Path,
    address: str,
    there: int,
    release: Release,
    report: Report,
    cancel: CancelToken | None,
) -> None:
    """Append what is missing to a part, or begin it anew where the server cannot go on."""
    request = urllib.request.Request(address)
    if there:
        request.add_header("Range", f"bytes={there}-")
    try:
        response = urllib.request.urlopen(request, timeout=TIMEOUT_S)
    except urllib.error.HTTPError as error:
        with error:
            if error.code == _BEYOND_THE_END:
                return
            raise _unreachable(part, address, f"{error.code} {error.reason}") from error
    except (OSError, http.client.HTTPException) as error:
        raise _unreachable(part, address, getattr(error, "reason", error)) from error
    with response:
        goes_on = there > 0 and response.status == _PARTIAL
        done = there if goes_on else 0
        stage = f"Fetching {part.stem}, kB"
        with part.open("ab" if goes_on else "wb") as file:
            while chunk := _piece(response, part, address):
                file.write(chunk)
                done += len(chunk)
                report(Progress(stage, done // 1024, release.size_bytes // 1024))
                if cancel is not None:
                    cancel.check()
                if done > release.size_bytes:
                    return
    if done < release.size_bytes:
        raise _unreachable(part, address, "the transfer broke off")


def _piece(response: http.client.HTTPResponse, part: Path, address: str) -> bytes:
    try:
        return response.read(_CHUNK_BYTES)
    except (OSError, http.client.HTTPException) as error:
        raise _unreachable(part, address, error) from error


def _unreachable(part: Path, address: str, reason: object) -> ModelFileError:
    return ModelFileError(
        f"{part.stem} could not be fetched ({reason}).",
        "Try again when the network is there (it goes on where it was), or fetch "
        f"{address} elsewhere and put it at {part.with_suffix('')}.",
    )


def _is_published(path: Path, release: Release) -> bool:
    if path.stat().st_size != release.size_bytes:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == release.sha256
