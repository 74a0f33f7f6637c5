"""Frames of a video and pages of a TIFF as image files, so that they can be labelled.

Videos come from anywhere and their decoder is a large body of C: call this in a process that may
die (`frame_process`), never in the window or the command itself. Only real containers are opened,
told by their first bytes: a playlist with the suffix of a video would make the decoder read other
files.
One frame is in memory at a time. A frame is named after its number in the source, so its name does
not depend on which frames were asked for.
"""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Generator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dynseg.errors import InputError, StoreWriteError
from dynseg.files import move, room_or_rights
from dynseg.images import quiet_tiff
from dynseg.images.decode import DAMAGE, MAX_PIXELS, never_map
from dynseg.images.tiff.image import SUFFIXES, TiffImage, TiffSource
from dynseg.images.tiff.writing import write
from dynseg.progress import CancelToken, Meter, Report, ignore

VIDEO_SUFFIXES = frozenset({
    ".mp4", ".m4v", ".mov", ".avi", ".mkv", ".webm", ".mpg", ".mpeg", ".ts", ".mts", ".wmv",
    ".flv", ".ogv", ".3gp",
})  # fmt: skip
"""Suffixes of files that count as videos, lower case."""
TIFF_SUFFIXES = SUFFIXES
MAX_FRAMES = 200_000
"""Nobody labels more; a video that claims to be endless ends here."""
ALIKE_BITS = 10
"""Of 256: frames whose difference hashes differ in no more show the same."""
SIDE = 16
JPEG_QUALITY = 95
SPARE_BYTES = 64 << 20
_CHECK_DISK_EVERY = 50
STAGING = ".staging-frames-"
"""Start of the name of the folder in which frames wait for the last one."""
_PNG_MODES = frozenset({"1", "L", "LA", "P", "RGB", "RGBA", "I;16"})
_BROKEN_PAGE = (*DAMAGE, MemoryError)

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class FrameChoice:
    """Which frames are wanted.

    Attributes:
        every: Each n-th frame, the first included; at least 1.
        different: Only frames that show something else than the one before them that was kept.
        known: The first so many are there already and left out.
    """

    every: int = 1
    different: bool = False
    known: int = 0


@dataclass(frozen=True, slots=True)
class FrameSummary:
    """What came of it.

    Attributes:
        folder: Where the frames are.
        seen: Frames of the source that were looked at.
        written: Frames that are new in the folder.
        kept: Frames that were there already, untouched.
        alike: Frames left out because they show the same as the one before.
        note: What a person should know, one sentence; empty when there is nothing.
    """

    folder: Path
    seen: int
    written: int
    kept: int
    alike: int
    note: str = ""


def extract(
    source: Path,
    folder: Path,
    choice: FrameChoice | None = None,
    *,
    report: Report = ignore,
    cancel: CancelToken | None = None,
) -> FrameSummary:
    """Write frames of a video, or pages of a TIFF, into a folder; the source is only read.

    Frames are written beside the folder and moved into it at the end: it has all of them or, when
    this is stopped or fails, none of them. Files that are in it already are never replaced.

    Args:
        source: The video or TIFF.
        folder: Made if need be.
        choice: Which frames; all of them when None.
        report: Told after every frame of the source.
        cancel: Asked between frames.

    Raises:
        InputError: the source is no video or TIFF, is damaged from the start, or too large.
        StoreWriteError: the disk is full or cannot be written.
        CancelledError: `cancel` was set.
    """
    choice = choice or FrameChoice()
    if choice.every < 1:
        raise InputError("Every 0th frame is none.", "Give a number of 1 or more.")
    cancel = cancel or CancelToken()
    frames = _pages(source) if source.suffix.lower() in TIFF_SUFFIXES else _video(source)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        prefix = f"{STAGING}{source.stem}-"
        for left in folder.parent.glob(f"{glob.escape(prefix)}*"):  # of a process that was killed
            shutil.rmtree(left, ignore_errors=True)
        staging = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))
        try:
            with closing(frames):
                tally = _written(frames, staging, source.stem, choice, report, cancel)
            if not tally.seen:
                raise InputError(
                    f"{source.name} holds no frame that can be decoded; nothing was written.",
                    "Check that it plays in a video player.",
                )
            written, kept = _moved(staging, folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise StoreWriteError(
            f"The frames could not be written ({error.strerror or error}); nothing was added.",
            room_or_rights(error, "Free some space, or choose another folder."),
        ) from error
    kept += min(choice.known, tally.seen)
    return FrameSummary(folder, tally.seen, written, kept, tally.alike, tally.note)


@dataclass(slots=True)
class _Frame:
    """One frame of a source.

    Attributes:
        total: How many the source claims to have; None when it does not say.
        small: `(16, 17)` grey, for the comparison with others.
        save: Writes the frame below a path without suffix.
    """

    total: int | None
    small: Any
    save: Any


Frames = Generator["_Frame | None", None, None]


@dataclass(slots=True)
class _Tally:
    seen: int = 0
    alike: int = 0
    note: str = ""


def _written(
    frames: Frames,
    staging: Path,
    stem: str,
    choice: FrameChoice,
    report: Report,
    cancel: CancelToken,
) -> _Tally:
    tally, meter = _Tally(), None
    last: NDArray[np.bool_] | None = None
    for number, frame in enumerate(frames):
        cancel.check()
        if frame is None:
            tally.note = f"It breaks off after frame {number}: what comes before is there."
            break
        if number >= MAX_FRAMES:
            tally.note = f"Only the first {MAX_FRAMES:,} frames were looked at."
            break
        meter = meter or Meter("Reading frames", frame.total, report)
        tally.seen += 1
        if number % choice.every == 0:
            found = _fingerprint(frame.small()) if choice.different else None
            if number < choice.known:
                last = found
            elif (
                last is not None and found is not None and int((last != found).sum()) <= ALIKE_BITS
            ):
                tally.alike += 1
            else:
                last = found
                if number % (choice.every * _CHECK_DISK_EVERY) == 0:
                    _require_space(staging)
                frame.save(staging / f"{stem}-{number:06d}")
        meter.advance()
    return tally


def _fingerprint(grey: NDArray[np.int16]) -> NDArray[np.bool_]:
    """`(16, 16)`: where it gets brighter to the right; a few grey levels are noise, not a change.

    N. Krawetz, "Kind of like that", 2013.
    """
    return np.asarray(grey[:, 1:] > grey[:, :-1] + 2)


def _moved(staging: Path, folder: Path) -> tuple[int, int]:
    """Move new frames into the folder; how many are new and how many were there."""
    if not folder.exists():
        count = len(list(staging.iterdir()))
        staging.chmod(0o755)  # temporary folders are private
        move(staging, folder)
        return count, 0
    written = kept = 0
    for path in sorted(staging.iterdir()):
        target = folder / path.name
        if target.exists():
            kept += 1
        else:
            move(path, target)
            written += 1
    return written, kept


def _require_space(folder: Path) -> None:
    if shutil.disk_usage(folder).free < SPARE_BYTES:
        raise StoreWriteError(
            "The disk is nearly full, so no frame was added.",
            "Free some space, or take fewer frames.",
        )


def _check_size(path: Path, width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise InputError(
            f"{path.name} has frames of {width} x {height} pixels, over the limit of "
            f"{MAX_PIXELS // 1_000_000} million.",
            "Scale it down first.",
        )


def _is_container(path: Path) -> bool:
    """Whether a file starts like a video: MP4, MOV, AVI, Matroska, MPEG, ASF, FLV or Ogg."""
    try:
        with path.open("rb") as file:
            head = file.read(400)
    except OSError as error:
        raise InputError(
            f"{path.name} cannot be read ({error.strerror}).", "Check that it exists."
        ) from error
    boxes = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip")
    return (
        head[4:8] in boxes
        or (head[:4] == b"RIFF" and head[8:12] == b"AVI ")
        or head[:4] in (b"\x1aE\xdf\xa3", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3", b"OggS")
        or head[:3] == b"FLV"
        or head[:8] == b"\x30\x26\xb2\x75\x8e\x66\xcf\x11"
        or (head[:1] == b"G" and head[188:189] == b"G")
        or (head[4:5] == b"G" and head[196:197] == b"G")
    )


def _video(path: Path) -> Frames:
    """Each frame, upright; None where the video breaks off."""
    if not _is_container(path):
        raise InputError(
            f"{path.name} is not a video that can be read; nothing was written.",
            "Give a video (MP4, MOV, AVI, MKV, WebM, MPEG) or a TIFF with several pages.",
        )
    os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] = "protocol_whitelist;file"
    import cv2

    capture = cv2.VideoCapture(str(path.absolute()), cv2.CAP_FFMPEG)
    try:
        if not capture.isOpened():
            raise InputError(
                f"{path.name} cannot be decoded; nothing was written.",
                "Check that it plays in a video player, or convert it to MP4.",
            )
        claimed = int(capture.get(cv2.CAP_PROP_FRAME_COUNT))
        total = claimed if 0 < claimed <= MAX_FRAMES else None
        _check_size(
            path,
            int(capture.get(cv2.CAP_PROP_FRAME_WIDTH)),
            int(capture.get(cv2.CAP_PROP_FRAME_HEIGHT)),
        )
        seen = 0
        while capture.grab():
            held = _Held(capture)
            yield _Frame(total, held.small, held.save)
            if held.failed:
                yield None
                return
            seen += 1
        if total is not None and 0 < seen < total - max(2, total // 50):
            yield None  # containers count a little wrong; this much is a file that was cut off
    finally:
        capture.release()


class _Held:
    """The frame that a video stands at, decoded when it is first wanted."""

    def __init__(self, capture: Any) -> None:
        self._capture = capture
        self._pixels: Pixels | None = None
        self.failed = False

    def _bgr(self) -> Pixels | None:
        if self._pixels is None and not self.failed:
            done, pixels = self._capture.retrieve()
            self.failed = not done or pixels is None or pixels.size == 0
            self._pixels = None if self.failed else pixels
        return self._pixels

    def small(self) -> NDArray[np.int16]:
        """`(16, 17)` grey."""
        import cv2

        pixels = self._bgr()
        if pixels is None:
            return np.zeros((SIDE, SIDE + 1), np.int16)
        scaled = cv2.resize(pixels, (SIDE + 1, SIDE), interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.cvtColor(scaled, cv2.COLOR_BGR2GRAY), np.int16)

    def save(self, place: Path) -> None:
        """Write it as JPEG: a video has lost more already."""
        pixels = self._bgr()
        if pixels is not None:
            image = Image.fromarray(np.ascontiguousarray(pixels[:, :, ::-1]))
            image.save(_named(place, ".jpg"), quality=JPEG_QUALITY, subsampling=0)


def _pages(path: Path) -> Frames:
    """Each image of a TIFF, with its values as they are; None where the file breaks off."""
    try:
        with ExitStack() as held:
            held.enter_context(warnings.catch_warnings())
            warnings.simplefilter("ignore")
            quiet_tiff.be_quiet()
            source = TiffSource(held.enter_context(path.open("rb")))

            @cache
            def pillow() -> Image.Image:
                return held.enter_context(Image.open(path, formats=["TIFF"]))

            if source.image() is None:
                pillow()  # what is no TIFF at all is told here
            total = min(source.frames, MAX_FRAMES)
            for number in range(total):
                try:
                    frame = _page(path, source, number, total, pillow)
                except _BROKEN_PAGE:
                    yield None
                    return
                yield frame
    except InputError:
        raise
    except Image.DecompressionBombError as error:
        raise InputError(
            f"{path.name} has pages over the limit of {MAX_PIXELS // 1_000_000} million pixels; "
            "nothing was written.",
            "Scale it down first.",
        ) from error
    except _BROKEN_PAGE as error:
        raise InputError(
            f"{path.name} is not a TIFF that can be read; nothing was written.",
            "Give a video (MP4, MOV, AVI, MKV, WebM, MPEG) or a TIFF with several pages.",
        ) from error


def _page(
    path: Path, source: TiffSource, number: int, total: int, pillow: Callable[[], Image.Image]
) -> _Frame:
    own = source.image(number)
    if own is not None:
        return _own_page(path, own, total)
    image = pillow()
    image.seek(source.directory(number))
    never_map(image)
    _check_size(path, *image.size)
    image.load()
    return _Frame(total, lambda: _small(image), lambda place: _save_page(image, place))


def _own_page(path: Path, image: TiffImage, total: int) -> _Frame:
    _check_size(path, image.width, image.height)
    planes = image.planes()

    def small() -> NDArray[np.int16]:
        with np.errstate(invalid="ignore"):
            grey = np.nan_to_num(np.mean([plane.mean(2, np.float32) for plane in planes], 0))
        return _small(Image.fromarray(grey.astype(np.float32)))

    return _Frame(total, small, lambda place: _save_planes(image, planes, place))


def _save_planes(image: TiffImage, planes: list[NDArray[Any]], place: Path) -> None:
    """Write the values of a page, or of the channels of an image, without loss."""
    page, values = image.pages[0], planes[0]
    is_plain = len(planes) == values.shape[2] == page.photometric == 1 and page.no_data is None
    if is_plain and values.dtype in (np.uint8, np.uint16):
        Image.fromarray(values[:, :, 0]).save(_named(place, ".png"))
    else:
        write(
            _named(place, ".tif"), planes, photometric=page.photometric, alpha=page.alpha,
            is_premultiplied=page.is_premultiplied, no_data=page.no_data, stack=image.stack,
        )  # fmt: skip


def _small(page: Image.Image) -> NDArray[np.int16]:
    grey = page.convert("F") if page.mode not in ("1", "L", "P", "RGB") else page.convert("L")
    small = np.asarray(grey.resize((SIDE + 1, SIDE), Image.Resampling.BOX), np.float64)
    low, high = float(small.min()), float(small.max())
    scaled = (small - low) * (255 / (high - low)) if high > low else np.zeros_like(small)
    return scaled.astype(np.int16)


def _save_page(page: Image.Image, place: Path) -> None:
    """Write a page without loss, as PNG where that holds its kind of pixels."""
    if page.mode in _PNG_MODES:
        page.save(_named(place, ".png"))
    else:
        page.save(_named(place, ".tif"), format="TIFF")


def _named(place: Path, suffix: str) -> Path:
    return place.with_name(place.name + suffix)
