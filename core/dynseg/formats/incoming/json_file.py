"""JSON files of unknown origin, read without trusting anything in them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from dynseg.formats.finding import Finding
from dynseg.formats.incoming import capacity, json_text
from dynseg.formats.incoming.listing import Listing
from dynseg.formats.incoming.text_file import utf_8

IN_MEMORY = 8.0
"""How many times the size of a file its numbers and texts take as objects."""
MAX_POINTS = 1_000_000
_HEAD_BYTES = 1024
FARTHEST = 1e9
"""No image reaches so far, and reckoning with larger coordinates overflows."""
Object = dict[str, Any]
_NUMBERS = frozenset({int, float})


class UnusableError(Exception):
    """A value that a shape cannot be made of; the text is the reason, a clause."""


def load_own(
    listing: Listing, is_own: Callable[[Listing, Path], bool], findings: list[Finding]
) -> Iterator[tuple[Path, Any]]:
    """Path and content of the JSON files that are of one format.

    A file that was named alone is read whatever it looks like, so that its report says what is
    wrong with it.

    Args:
        listing: The files.
        is_own: Whether a file among others looks like one of the format.
        findings: Told of files that cannot be read.
    """
    for path in listing.of(".json"):
        if len(listing.files) > 1 and not is_own(listing, path):
            if _is_nothing(path):
                findings.append(Finding(listing.rel(path), None, "is empty or no JSON; not used"))
            continue
        data = load(listing, path, findings)
        if data is not None:
            yield path, data


def own_documents(
    listing: Listing,
    is_own: Callable[[Listing, Path], bool],
    findings: list[Finding],
    *,
    key: str,
    lacking: str,
) -> Iterator[tuple[Path, Object]]:
    """As `load_own`, of documents of one image, that have a list of what is in it.

    Args:
        listing: The files.
        is_own: Whether a file among others looks like one of the format.
        findings: Told of files that cannot be read, and of those without a list.
        key: Where the list is.
        lacking: What is said of a document without one.
    """
    for path, data in load_own(listing, is_own, findings):
        if isinstance(data, dict) and isinstance(data.get(key), list):
            yield path, data
        else:
            findings.append(Finding(listing.rel(path), None, lacking))


def _is_nothing(path: Path) -> bool:
    """Whether a file does not even begin like JSON: empty, or filled with zeros by a crash."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
    except OSError:
        return True
    return utf_8(head).lstrip()[:1] not in (b"{", b"[")


def load(
    listing: Listing,
    path: Path,
    findings: list[Finding],
    *,
    decode: Callable[[bytes], Any] = msgspec.json.decode,
    in_memory: float = IN_MEMORY,
) -> Any:
    """The content of a JSON file; None and a finding when it has none.

    Strict: no comments, no nesting that would end the process. NaN and infinity, which Python
    writes though JSON has none, become None.

    Args:
        listing: The files of the source.
        path: The file.
        findings: Told why a file cannot be read.
        decode: Makes of the bytes what the caller needs of them.
        in_memory: How many times the size of the file that takes, with the shapes that come of it.
    """
    rel = listing.rel(path)
    try:
        too_large = capacity.refusal(path.stat().st_size, times=in_memory)
        if too_large:
            findings.append(Finding(rel, None, too_large))
            return None
        data = path.read_bytes()
    except OSError as error:
        findings.append(Finding(rel, None, f"cannot be read ({error.strerror})"))
        return None
    return _decoded(utf_8(data), rel, findings, decode)


def _decoded(data: bytes, rel: str, findings: list[Finding], decode: Callable[[bytes], Any]) -> Any:
    """What UTF-8 bytes hold, numbers that are not finite as None; None and a finding if nothing."""
    try:
        try:
            return decode(data)
        except msgspec.DecodeError:
            mended = json_text.finite(data)
            if not mended.not_finite:
                raise
            content = decode(mended.data)
    except RecursionError:
        findings.append(Finding(rel, None, "is nested too deeply; not read"))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        findings.append(Finding(rel, None, f"is not valid JSON ({error})"))
    else:
        reason = (
            f"has numbers that are not finite, such as NaN: {mended.not_finite:,}; "
            "what needs them is not used"
        )
        findings.append(Finding(rel, None, reason, f"byte {mended.first}"))
        return content
    return None


def listed(value: Any) -> list[Any]:
    """What stands in a list, or the values of an object; empty for anything else."""
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def objects(value: Any) -> list[Object]:
    """The objects among what is `listed`."""
    return [item for item in listed(value) if isinstance(item, dict)]


def as_object(value: Any) -> Object:
    """An object.

    Raises:
        UnusableError: it is something else.
    """
    if not isinstance(value, dict):
        raise UnusableError("is not an object")
    return value


def number(value: Any) -> float:
    """A finite number that may be a coordinate; numbers written as text count.

    Raises:
        UnusableError: it is none, or far outside of any image.
    """
    if value is None:  # as browsers write a number that is not finite
        raise UnusableError("has a coordinate that is not a finite number")
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise UnusableError("has something that is not a number")
    try:
        result = float(value)
    except (ValueError, OverflowError):
        raise UnusableError("has something that is not a number") from None
    if not math.isfinite(result):
        raise UnusableError("has a coordinate that is not a finite number")
    if abs(result) > FARTHEST:
        raise UnusableError("has a coordinate far outside of any image")
    return result


def whole(value: Any) -> int | None:
    """A whole number, or None; `True` is not 1, 3.0 is 3."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if math.isfinite(value) and value == int(value) else None


def size_of(width: Any, height: Any) -> tuple[int, int] | None:
    """Width and height in pixels when both are positive whole numbers."""
    wide, high = whole(width), whole(height)
    if wide is None or high is None or not (0 < wide < 1 << 20 and 0 < high < 1 << 20):
        return None
    return wide, high


def points(value: Any) -> NDArray[np.float64]:
    """`(N, 2)` of a list of pairs.

    Raises:
        UnusableError: it is none, or a number is not finite or far outside.
    """
    if not isinstance(value, list) or len(value) > MAX_POINTS:
        raise UnusableError("has no list of points")
    if any(not isinstance(pair, list) or len(pair) < 2 for pair in value):
        raise UnusableError("has a point that is not a pair of numbers")
    return paired([axis for pair in value for axis in pair[:2]])


def paired(values: Any) -> NDArray[np.float64]:
    """`(N, 2)` of a flat list x, y, x, y, ...

    Raises:
        UnusableError: the count is odd, or a number is not finite or far outside.
    """
    if not isinstance(values, list) or len(values) > 2 * MAX_POINTS:
        raise UnusableError("has no list of points")
    if len(values) % 2:
        raise UnusableError("has an odd number of coordinates")
    flat = _plain(values)
    if flat is None:
        flat = np.array([number(value) for value in values], dtype=np.float64)
    if not np.isfinite(flat).all():
        raise UnusableError("has a coordinate that is not a finite number")
    if len(flat) and np.abs(flat).max() > FARTHEST:
        raise UnusableError("has a coordinate far outside of any image")
    return flat.reshape(-1, 2)


def _plain(values: list[Any]) -> NDArray[np.float64] | None:
    """An array of plain numbers, quickly; None when there is anything else."""
    if not _NUMBERS.issuperset(map(type, values)):
        return None
    try:
        return np.array(values, dtype=np.float64)
    except (OverflowError, ValueError):
        return None


def box_corners(x: float, y: float, width: float, height: float) -> NDArray[np.float64]:
    """Corners `(4, 2)` of a box.

    Raises:
        UnusableError: it has no area.
    """
    if not (width > 0 and height > 0):
        raise UnusableError("is a box without an area")
    corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    return np.array(corners, dtype=np.float64)


def ellipse(
    x: float, y: float, radius_x: float, radius_y: float, turn_rad: float = 0.0
) -> NDArray[np.float64]:
    """An ellipse as a polygon `(N, 2)` that departs from it by less than a tenth of a pixel.

    Raises:
        UnusableError: it has no area.
    """
    largest = max(radius_x, radius_y)
    if not (radius_x > 0 and radius_y > 0 and math.isfinite(largest)):
        raise UnusableError("is an ellipse without an area")
    count = int(min(max(12, math.ceil(math.pi * math.sqrt(largest / 0.2))), 720))
    angle = np.arange(count) * (2 * math.pi / count)
    return turned(
        np.column_stack([x + radius_x * np.cos(angle), y + radius_y * np.sin(angle)]),
        (x, y),
        turn_rad,
    )


def turned(
    outline: NDArray[np.float64], centre: tuple[float, float], angle_rad: float
) -> NDArray[np.float64]:
    """`(N, 2)` turned clockwise, as seen with y down, about a point."""
    if not angle_rad:
        return outline
    cos, sin = math.cos(angle_rad), math.sin(angle_rad)
    result: NDArray[np.float64] = (outline - centre) @ np.array([[cos, sin], [-sin, cos]]) + centre
    return result
