"""Images that label files carry within them, found among those of a project by what they show.

labelme keeps a copy of the image in each of its files, written anew; so it is not compared byte by
byte. It tells which image is meant where the file of the image has got another name.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dynseg.errors import ImageError
from dynseg.formats.incoming.source import ImageLabels
from dynseg.images.decode import decode_small, read_header
from dynseg.progress import CancelToken
from dynseg.project.records import ImageRow

SIDE_PX = 32
ALIKE = 4.0
"""Mean difference of colours, 0 to 255, of the same picture: JPEG files lose a little each time."""
CLEARLY = 3.0
"""So many times as different, and a little more, is the next best picture."""
_Small = NDArray[np.int16]


def found(
    waiting: Sequence[ImageLabels], free: Sequence[ImageRow], root: Path, *, cancel: CancelToken
) -> Iterator[tuple[ImageLabels, ImageRow]]:
    """Labels whose own copy of their image is clearly one image, and that image.

    Args:
        waiting: Labels without an image.
        free: Images without labels from the source.
        root: The folder of the images.
        cancel: Asked before an image is decoded.

    Raises:
        CancelledError: `cancel` was set.
    """
    known: dict[int, _Small | None] = {}
    with tempfile.TemporaryDirectory(prefix="dynseg-embedded-") as folder:
        for labels in waiting:
            cancel.check()
            data = labels.picture() if labels.picture is not None else b""
            path = Path(folder) / "picture"
            path.write_bytes(data)
            own = _small(path) if data else None
            if own is None:
                continue
            header = read_header(path)
            size = (header.width, header.height)
            scored = []
            for row in free:
                if (row.width, row.height) != size:
                    continue
                if row.id not in known:
                    cancel.check()
                    known[row.id] = _small(root / row.rel)
                other = known[row.id]
                if other is not None and other.shape == own.shape:
                    scored.append((float(np.abs(own - other).mean()), row.id, row))
            scored.sort()
            if scored and scored[0][0] < ALIKE:
                best = scored[0][0]
                if len(scored) == 1 or scored[1][0] > CLEARLY * best + 1:
                    yield labels, scored[0][2]


def _small(path: Path) -> _Small | None:
    with contextlib.suppress(ImageError, OSError):
        return decode_small(path, SIDE_PX).astype(np.int16)
    return None
