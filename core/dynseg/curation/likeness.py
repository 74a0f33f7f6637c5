"""Which images of a project show nearly the same: frames of a film, copies, crops of a burst.

A difference hash says for 16 x 16 places whether it gets brighter to the right (N. Krawetz, "Kind
of like that", 2013, with 8 x 8; on real sets the finer one does not take the same background for
the same picture). Hashes are kept beside the thumbnails, since they cost a decoded image each.
"""

from __future__ import annotations

import contextlib
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dynseg.curation.near_hashes import components
from dynseg.errors import InputError
from dynseg.files import write_atomic
from dynseg.images.decode import DAMAGE, decode_coarse
from dynseg.images.tiff.image import SUFFIXES as TIFF_SUFFIXES
from dynseg.machine import core_count
from dynseg.progress import CancelToken, Meter, Report, ignore
from dynseg.project.records import ImageRow
from dynseg.project.view import ProjectView

SIDE = 16
ALIKE_BITS = (20, 8, 0)
"""Hashes of 256 bits that differ in no more are alike; the next is tried when too much is."""
LARGEST_SHARE = 0.3
"""A group of more than this part of the images says nothing: all of them share a background."""
_CACHE = "likeness.json"
_AT_ONCE = 64
"""Images that are handed out together: so many are read still after a stop."""


class _Known(msgspec.Struct, frozen=True, array_like=True):
    size_bytes: int
    mtime_ns: int
    value: bytes


def groups(
    view: ProjectView,
    rows: Sequence[ImageRow],
    *,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> dict[int, int]:
    """Image id to the id of the first image of its group; images like no other stand alone.

    Only images without a split are compared, with each other and with the rest.
    """
    if all(row.split for row in rows):
        return {row.id: row.id for row in rows}
    hashes = _hashes(view, rows, report=report, cancel=cancel)
    compared = [number for number, row in enumerate(rows) if not row.split]
    return _grouped(rows, hashes, compared, cancel or CancelToken())


def alike(
    view: ProjectView,
    rows: Sequence[ImageRow],
    *,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> list[list[ImageRow]]:
    """The images that show nearly the same, by group in the order of `rows`; nobody else."""
    hashes = _hashes(view, rows, report=report, cancel=cancel)
    first = _grouped(rows, hashes, range(len(rows)), cancel or CancelToken())
    found: dict[int, list[ImageRow]] = defaultdict(list)
    for row in rows:
        found[first[row.id]].append(row)
    return [group for group in found.values() if len(group) > 1]


def _grouped(
    rows: Sequence[ImageRow],
    hashes: NDArray[np.uint64],
    compared: Sequence[int],
    cancel: CancelToken,
) -> dict[int, int]:
    """As `groups`, of the rows at `compared` with all."""
    for limit in ALIKE_BITS:
        found = _linked(rows, hashes, limit, compared, cancel)
        largest = max(Counter(found.values()).values(), default=0)
        if largest <= max(2, LARGEST_SHARE * len(rows)):
            return found
    return {row.id: row.id for row in rows}


def _linked(
    rows: Sequence[ImageRow],
    hashes: NDArray[np.uint64],
    limit: int,
    compared: Sequence[int],
    cancel: CancelToken,
) -> dict[int, int]:
    """Groups of what is alike, and of what is alike to something in the group."""
    chosen = np.zeros(len(rows), dtype=np.bool_)
    chosen[list(compared)] = True
    firsts = components(hashes, limit, chosen, cancel)
    return {row.id: rows[first].id for row, first in zip(rows, firsts.tolist(), strict=True)}


def _hashes(
    view: ProjectView, rows: Sequence[ImageRow], *, report: Report, cancel: CancelToken | None
) -> NDArray[np.uint64]:
    """`(N, 4)` uint64: the hash of each image."""
    path = view.layout.thumbnails / _CACHE
    known = _load(path)
    missing = [row for row in rows if not _is_current(known.get(row.id), row)]
    meter = Meter("Comparing images", len(missing), report)
    try:
        with warnings.catch_warnings():  # here, once: it is not one thread's own
            warnings.simplefilter("ignore")
            for row, value in _hashed(view, missing):
                known[row.id] = _Known(row.size_bytes, row.mtime_ns, value)
                meter.advance()
                if cancel is not None:
                    cancel.check()
    finally:  # whoever stops this halfway does not begin anew
        if missing:
            with contextlib.suppress(OSError):  # a project that cannot be written: hashed again
                path.parent.mkdir(parents=True, exist_ok=True)
                write_atomic(path, msgspec.json.encode(known))
    data = b"".join(known[row.id].value for row in rows)
    return np.frombuffer(data, dtype=np.uint64).reshape(len(rows), -1)


def _hashed(view: ProjectView, rows: Sequence[ImageRow]) -> Iterator[tuple[ImageRow, bytes]]:
    """Each image and its hash; several files are read at a time."""

    def hash_of(row: ImageRow) -> bytes:
        return difference_hash(view.image_path(row.id))

    with ThreadPoolExecutor(min(4, core_count()), thread_name_prefix="likeness") as pool:
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            yield from zip(some, pool.map(hash_of, some), strict=True)


def _load(path: Path) -> dict[int, _Known]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[int, _Known])
    except (OSError, msgspec.DecodeError):
        return {}


def _is_current(known: _Known | None, row: ImageRow) -> bool:
    return (
        known is not None
        and (known.size_bytes, known.mtime_ns) == (row.size_bytes, row.mtime_ns)
        and len(known.value) == SIDE * SIDE // 8
        # One shade all over, and what earlier versions kept of images of 16 bits.
        and any(known.value)
    )


def difference_hash(path: Path) -> bytes:
    """32 bytes; those of a file that cannot be read follow from its name, so that it is alone."""
    try:
        small = _small(path)
    except (*DAMAGE, InputError, Image.DecompressionBombError, MemoryError):
        seed = np.frombuffer(str(path).encode("utf-8", "replace"), np.uint8)
        return np.random.default_rng(seed).bytes(SIDE * SIDE // 8)
    grey = np.asarray(small)
    return np.packbits(grey[:, 1:] > grey[:, :-1]).tobytes()


def _small(path: Path) -> Image.Image:
    """`(16, 17)` in one channel."""
    size = (SIDE + 1, SIDE)
    try:
        with Image.open(path) as image:
            image.draft("L", (4 * SIDE, 4 * SIDE))  # JPEG decodes an eighth of the size
            return _grey(image).resize(size, Image.Resampling.BOX)
    except DAMAGE:
        if path.suffix.lower() not in TIFF_SUFFIXES:
            raise
        # Of a kind that Pillow does not read.
        whole = Image.fromarray(decode_coarse(path, 4 * SIDE))
        return whole.convert("L").resize(size, Image.Resampling.BOX)


def _grey(image: Image.Image) -> Image.Image:
    """The image in one channel; more than 8 bits stay, since Pillow would cut them all to white."""
    if image.mode[0] in "IF":
        return Image.fromarray(np.asarray(image).astype(np.float32))
    return image.convert("L")
