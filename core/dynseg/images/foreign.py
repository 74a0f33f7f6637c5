"""Image files of other programs that nothing here reads: what they are and what to do with them.

They are told by their names where a folder is looked through, and by their first bytes where a file
says that it is an image.
"""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from dynseg.images.index import is_folder

_FIJI = "open it in Fiji (with Bio-Formats) and save it as TIFF"


@dataclass(frozen=True, slots=True)
class Foreign:
    """A kind of file.

    Attributes:
        what: What such a file is, a clause.
        do: What to do with it, a clause.
    """

    what: str
    do: str


def refusal(what: str, do: str) -> str:
    """Why a file is refused and what to do about it, one clause."""
    return f"{what}, which cannot be read here; {do}"


ZEISS = Foreign(
    "is a Zeiss microscope file",
    "export it as OME-TIFF from ZEN, or open it in Fiji (with Bio-Formats) and save it as TIFF",
)
NIKON = Foreign(
    "is a Nikon microscope file",
    "export it as TIFF from NIS-Elements, or open it in Fiji (with Bio-Formats) and save it so",
)
LEICA = Foreign(
    "is a Leica microscope file",
    "export it as TIFF from LAS X, or open it in Fiji (with Bio-Formats) and save it as TIFF",
)
MICROSCOPE = Foreign("is a microscope's own file", _FIJI)
SLIDE = Foreign(
    "is a slide scanner's file",
    "export the regions that matter as TIFF, from QuPath or the scanner's program",
)
DICOM = Foreign(
    "is a DICOM file",
    "export it as PNG or TIFF, from a DICOM viewer or Fiji",
)
VOLUME = Foreign("is a medical volume", "save its slices as TIFF, from Fiji")
RAW = Foreign(
    "is a raw photograph",
    "develop it to TIFF or JPEG, with the camera's program or darktable",
)
DRAWING = Foreign(
    "is a document or drawing",
    "save it as PNG or TIFF from the program that it belongs to",
)
ARRAY = Foreign("is a file of arrays", "save its images as TIFF or PNG")
JPEG_XL = Foreign("is a JPEG XL file", "save it as PNG or JPEG")
WEB_PAGE = Foreign(
    "is a web page under the name of an image", "download the image itself once more"
)
VIDEO = Foreign("is a video", "choose File, Add frames of a video or TIFF")

_KINDS: dict[Foreign, tuple[str, ...]] = {
    ZEISS: (".czi", ".zvi", ".lsm"),
    NIKON: (".nd2",),
    LEICA: (".lif", ".xlef", ".lof"),
    MICROSCOPE: (".oib", ".oif", ".oir", ".vsi", ".ims", ".stk", ".dm3", ".dm4", ".mrc", ".emd"),
    SLIDE: (".svs", ".ndpi", ".mrxs", ".scn", ".bif"),
    DICOM: (".dcm", ".dicom"),
    VOLUME: (".nii", ".mha", ".mhd", ".nrrd"),
    RAW: (".cr2", ".cr3", ".nef", ".arw", ".dng", ".raf", ".orf", ".rw2", ".pef"),
    DRAWING: (".psd", ".psb", ".svg", ".pdf", ".xcf"),
    ARRAY: (".h5", ".hdf5"),
    JPEG_XL: (".jxl",),
}
BY_SUFFIX = {suffix: kind for kind, suffixes in _KINDS.items() for suffix in suffixes}
"""Suffixes, lower case, and what has them."""

_STARTS: tuple[tuple[int, bytes, Foreign], ...] = (
    (0, b"ZISRAWFILE", ZEISS),
    (0, b"\xda\xce\xbe\x0a", NIKON),
    (0, b"\x70\0\0\0", LEICA),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", MICROSCOPE),
    (128, b"DICM", DICOM),
    (0, b"\x89HDF\r\n\x1a\n", ARRAY),
    (0, b"\x93NUMPY", ARRAY),
    (0, b"8BPS", DRAWING),
    (0, b"%PDF", DRAWING),
    (0, b"\0\0\0\x0cJXL \r\n\x87\n", JPEG_XL),
    (0, b"\xff\x0a", JPEG_XL),
    (4, b"ftypmp4", VIDEO),
    (4, b"ftypisom", VIDEO),
    (4, b"ftypqt", VIDEO),
    (4, b"ftypcrx", RAW),
    (0, b"FUJIFILMCCD-RAW", RAW),
)
_WEB = (b"<!doctype html", b"<html")


def of_content(path: Path) -> Foreign | None:
    """What a file is by its first bytes; None when they tell nothing, or it cannot be read."""
    try:
        with path.open("rb") as file:
            head = file.read(512)
    except OSError:
        return None
    for at, start, kind in _STARTS:
        if head[at : at + len(start)] == start:
            return kind
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(_WEB):
        return WEB_PAGE
    return DRAWING if text.startswith(b"<svg") or b"<svg" in text[:400] else None


def in_folder(folder: Path, *, recursive: bool = False) -> str:
    """What to say of the files of a folder that are images of no format read here.

    Returns:
        Sentences, empty when there are none or the folder cannot be looked through.
    """
    counts = _counted(str(folder), recursive)
    if not counts:
        return ""
    suffix, count = counts.most_common(1)[0]
    kind = BY_SUFFIX[suffix]
    return f"Files that end in {suffix} cannot be read here ({count}): {kind.do}."


def _counted(folder: str, recursive: bool) -> Counter[str]:
    counts: Counter[str] = Counter()
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith("."):
                    continue
                suffix = os.path.splitext(entry.name)[1].lower()
                if suffix in BY_SUFFIX:
                    counts[suffix] += 1
                elif recursive and is_folder(entry):
                    counts += _counted(entry.path, recursive)
    except OSError:
        return counts
    return counts
