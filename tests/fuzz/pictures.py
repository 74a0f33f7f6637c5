"""The decoder under atheris: bytes become an image file, refused with `ImageError` if at all.

Half of the mutations change one tag of a TIFF, which says how long, how deep and where its pixels
are. The others are libFuzzer's own, so that beginnings of other formats come up as well.
"""

from __future__ import annotations

import atexit
import contextlib
import random
import shutil
import struct
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["dynseg.images"]):
    from dynseg.errors import ImageError
    from dynseg.images import decode

import numpy as np
from tests.unit.images.tiff_files import page, write

MOST_PIXELS = 1_000_000
NUMBERS = (0, 1, 2, 3, 4, 5, 8, 9, 16, 17, 32, 33, 64, 255, 256, 65535, 1 << 31, (1 << 32) - 1)
TAGS = (254, 255, 256, 257, 258, 259, 262, 266, 270, 273, 274, 277, 278, 279, 284, 317, 320, 322,
        323, 324, 325, 330, 338, 339, 529, 530, 42113, 50838, 50839)  # fmt: skip
OME = (b'<?xml version="1.0"?><OME><Image><Pixels DimensionOrder="XYCZT" SizeX="7" SizeY="9" '
       b'SizeC="5" SizeZ="1" SizeT="1" Type="uint16"><Channel Color="-16776961"/>'
       b"</Pixels></Image></OME>")  # fmt: skip
IMAGEJ = b"ImageJ=1.54\nimages=2\nchannels=2\nmode=composite\nmin=0\nmax=900\n"


def seeds(folder: Path) -> list[bytes]:
    """Sound files of many kinds of pixels."""
    many = np.random.default_rng(0).random((9, 7, 5))
    deep, grey = (many * 65535).astype("<u2"), many[:, :, 0]
    kinds = [
        [page(grey.astype("<f8"))],
        [page((grey * 9e9).astype("<u8"), deflate=True, rows=2)],
        [page(deep, planar=True)],
        [page(deep, deflate=True, predictor=2, tile=16)],
        [page(many[:, :, :3].astype("<f4"), deflate=True, predictor=3, photometric=2)],
        [page(deep[:, :, :4], photometric=5, planar=True)],
        [page(deep[:, :, :4], photometric=2, extra=(2,))],
        [page(deep[:, :, 0], more=[(270, 2, OME)]), *(page(deep[:, :, i]) for i in range(1, 5))],
        [page(deep[:, :, 0], more=[(270, 2, IMAGEJ)]), page(deep[:, :, 1])],
    ]
    path = folder / "seed.tif"
    written = (write(path, *pages, big=big) for pages in kinds for big in (False, True))
    return [file.read_bytes() for file in written]


def _entries(data: bytes) -> list[tuple[int, int]]:
    """Places of the entries of the first directory, and how long a number in them is."""
    big = data[2] == 43
    start = struct.unpack_from("<Q" if big else "<I", data, 8 if big else 4)[0]
    count = struct.unpack_from("<Q" if big else "<H", data, start)[0]
    head, step, number = (8, 20, 8) if big else (2, 12, 4)
    return [(start + head + step * i, number) for i in range(min(count, 64))]


def mutated(data: bytes, rng: random.Random) -> bytes:
    """A TIFF with another tag, type, count or value in one to three entries."""
    changed = bytearray(data)
    entries = _entries(data)
    for _ in range(rng.randint(1, 3)):
        place, number = rng.choice(entries)
        what = rng.random()
        if what < 0.15:
            struct.pack_into("<H", changed, place, rng.choice(TAGS))
        elif what < 0.3:
            struct.pack_into("<H", changed, place + 2, rng.randrange(20))
        else:
            at = place + 4 + (number if what > 0.5 else 0)
            old = int.from_bytes(changed[at : at + number], "little")
            new = rng.choice([*NUMBERS, old + 1, max(0, old - 1), old * 2, len(data)])
            changed[at : at + number] = (new % (1 << 8 * number)).to_bytes(number, "little")
    return bytes(changed)


def mutate(data: bytes, most: int, seed: int) -> bytes:
    """The next input."""
    rng = random.Random(seed)
    if rng.random() < 0.6:
        with contextlib.suppress(ValueError, IndexError, OverflowError, struct.error):
            made = mutated(data, rng)
            if 0 < len(made) <= most:
                return made
    other: bytes = atheris.Mutate(data, most)
    return other


def check(path: Path) -> None:
    """Whatever is decoded has the size that the header promised."""
    calls: list[Callable[[], object]] = [
        lambda: decode.read_header(path, max_pixels=MOST_PIXELS),
        lambda: decode.decode(path, max_pixels=MOST_PIXELS),
        lambda: decode.decode_small(path, 64),
    ]
    for call in calls:
        try:
            call()
        except ImageError as error:
            str(error)
            return
    header = decode.read_header(path, max_pixels=MOST_PIXELS)
    shape = decode.decode(path, max_pixels=MOST_PIXELS).pixels.shape
    assert shape == (header.height, header.width, 3), (shape, header)


def main() -> None:
    """Fuzz until libFuzzer's options say that it is enough."""
    corpus = Path(sys.argv[2])
    quick = Path("/dev/shm")
    work = Path(tempfile.mkdtemp(dir=quick if quick.is_dir() else None)).resolve()
    atexit.register(shutil.rmtree, work, ignore_errors=True)
    path = work / "a.tif"
    for number, seed in enumerate(seeds(work)):
        path.write_bytes(seed)
        check(path)
        (corpus / f"seed{number}").write_bytes(seed)

    def one(data: bytes) -> None:
        path.write_bytes(data)
        check(path)

    atheris.Setup([sys.argv[0], *sys.argv[2:]], one, custom_mutator=mutate, internal_libfuzzer=True)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
