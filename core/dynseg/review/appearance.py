"""What images show, as numbers, so that like can be told from unlike.

The engine worker works them out (`dynseg.inference.describe`) and keeps them in a file beside the
thumbnails: like these, they can be made again at any time. Free of torch.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dynseg.files import write_atomic
from dynseg.project.layout import ProjectLayout
from dynseg.project.records import ImageRow

_FILE = "appearance.npz"
_NAMES = ("ids", "stamps", "vectors")


@dataclass(frozen=True, slots=True, eq=False)
class Appearances:
    """Descriptions of images.

    Attributes:
        ids: `(N,)` int64 image ids.
        stamps: `(N, 2)` int64: size in bytes and modification time in ns of the described file.
        vectors: `(N, D)` float16 pooled features.
    """

    ids: NDArray[np.int64]
    stamps: NDArray[np.int64]
    vectors: NDArray[np.float16]

    @classmethod
    def none(cls) -> Appearances:
        """No image is described."""
        return cls(np.zeros(0, np.int64), np.zeros((0, 2), np.int64), np.zeros((0, 0), np.float16))

    def of(self, rows: Sequence[ImageRow]) -> tuple[list[ImageRow], NDArray[np.float32]]:
        """The images that are described as they are now, and their `(n, D)` vectors."""
        place = {int(image_id): at for at, image_id in enumerate(self.ids)}
        found, places = [], []
        for row in rows:
            at = place.get(row.id)
            if at is not None and tuple(self.stamps[at]) == (row.size_bytes, row.mtime_ns):
                found.append(row)
                places.append(at)
        return found, self.vectors[places].astype(np.float32)

    def missing(self, rows: Iterable[ImageRow]) -> list[ImageRow]:
        """The images that are not described as they are now; unreadable ones never are."""
        stamps = dict(zip(self.ids.tolist(), map(tuple, self.stamps.tolist()), strict=True))
        return [
            row
            for row in rows
            if not row.damage and stamps.get(row.id) != (row.size_bytes, row.mtime_ns)
        ]

    def with_(self, rows: Sequence[ImageRow], vectors: NDArray[np.floating]) -> Appearances:
        """These and others; images that are described anew replace what was known of them.

        Args:
            rows: The images.
            vectors: `(n, D)` their features.
        """
        if not rows:
            return self
        ids = np.array([row.id for row in rows], np.int64)
        stamps = np.array([(row.size_bytes, row.mtime_ns) for row in rows], np.int64)
        fresh = np.asarray(vectors, np.float16)
        if self.vectors.shape[1:] != fresh.shape[1:]:  # of another network
            return Appearances(ids, stamps, fresh)
        kept = ~np.isin(self.ids, ids)
        return Appearances(
            np.concatenate((self.ids[kept], ids)),
            np.concatenate((self.stamps[kept], stamps)),
            np.concatenate((self.vectors[kept], fresh)),
        )


def read_appearances(layout: ProjectLayout) -> Appearances:
    """What is known about the images of a project; a file that is damaged counts as none."""
    try:
        data = io.BytesIO(_path(layout).read_bytes())
        with np.load(data, allow_pickle=False) as file:
            ids, stamps, vectors = (file[name] for name in _NAMES)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return Appearances.none()
    sound = (
        ids.dtype == np.int64
        and stamps.dtype == np.int64
        and vectors.dtype == np.float16
        and ids.ndim == 1
        and stamps.shape == (len(ids), 2)
        and vectors.ndim == 2
        and len(vectors) == len(ids)
        and bool(np.isfinite(vectors).all())
    )
    return Appearances(ids, stamps, vectors) if sound else Appearances.none()


def write_appearances(layout: ProjectLayout, known: Appearances) -> None:
    """Keep what is known.

    Raises:
        OSError: the disk is full or cannot be written; the file before stays.
    """
    buffer = io.BytesIO()
    np.savez(buffer, ids=known.ids, stamps=known.stamps, vectors=known.vectors)
    path = _path(layout)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomic(path, buffer.getvalue())


def _path(layout: ProjectLayout) -> Path:
    return layout.thumbnails / _FILE
