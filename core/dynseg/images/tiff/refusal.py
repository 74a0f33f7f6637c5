"""Why a TIFF is in no form that can be read here."""

from __future__ import annotations

from pathlib import Path

from dynseg.images.tiff import tags as t
from dynseg.images.tiff.tags import Tags

DO = "save it without compression or with LZW, for instance from Fiji or QGIS"
"""What to do, a clause."""
_PACKED = {
    6: "JPEG of an old kind", 7: "JPEG", 33003: "JPEG 2000", 33004: "JPEG 2000", 33005: "JPEG 2000",
    34712: "JPEG 2000", 22610: "JPEG XR", 34934: "JPEG XR", 34887: "LERC", 34892: "lossy JPEG",
    34933: "PNG", 50001: "WebP", 34927: "WebP", 50002: "JPEG XL", 52546: "JPEG XL",
    34676: "LogLuv", 34677: "LogLuv",
}  # fmt: skip
"""What compressions are called that this program reads in no TIFF, or in few."""
_JPEG = 7
_COMPLEX = frozenset({5, 6})


UNKNOWN = "is a damaged TIFF or one of a rare kind"


def why(path: Path) -> str:
    """Why a TIFF could not be read, a clause; empty where it is none, or its tags do not tell."""
    try:
        with path.open("rb") as file:
            found = t.first_page(file)
    except OSError:
        return ""
    return _why(found) if found is not None else ""


def is_tiff(path: Path) -> bool:
    """Whether a file begins like a TIFF."""
    try:
        with path.open("rb") as file:
            return t.byte_order(file) is not None
    except OSError:
        return False


def _why(found: Tags) -> str:
    bits = sorted(set(found.numbers.get(t.BITS, (1,))))
    told = ", ".join(str(number) for number in bits)
    compression = found.number(t.COMPRESSION, 1)
    packed = _PACKED.get(compression)
    if packed is not None and not (compression == _JPEG and bits == [8]):
        return f"is a TIFF packed as {packed} of {told} bits"
    if found.number(t.SAMPLE_FORMAT, 1) in _COMPLEX:
        return "is a TIFF of complex numbers"
    if len(bits) > 1 or bits[0] not in (1, 2, 4, 8, 16, 32, 64):
        return f"is a TIFF whose values have {told} bits"
    return ""
