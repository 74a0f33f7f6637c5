"""CVAT 1.1 XML in: polygons, run-length masks, boxes, ellipses, and the key frames of tracks.

Shapes of one group and one label are one object, as CVAT itself writes them for COCO and as masks.

The file is read as a stream, so its size costs no memory; document types and entities are refused.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import IO, Any
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

import numpy as np
from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser

from dynseg.formats import rle
from dynseg.formats.finding import Finding
from dynseg.formats.format import Format
from dynseg.formats.incoming import capacity, json_file
from dynseg.formats.incoming.class_names import MAX_CLASSES, printable
from dynseg.formats.incoming.json_file import UnusableError
from dynseg.formats.incoming.listing import Listing, inner_path, tidy_name
from dynseg.formats.incoming.reading import Place, Points, Reading
from dynseg.formats.incoming.source import SPLIT_WORDS, ImageLabels, Source, image_key, split_of
from dynseg.formats.incoming.text_file import is_utf_16, utf_8

IN_MEMORY = 6.0
"""How many times the size of a file its shapes take."""
MAX_DEPTH = 64
_SHAPES = frozenset({"polygon", "mask", "box", "ellipse"})
_FLAT = frozenset({"polyline", "points", "cuboid", "skeleton"})
_NO_SHAPES = _FLAT | {"tag"}
"""Types of labels that no shape with an area has: they are no classes here."""
_NOTHING = frozenset({"", "false", "__undefined__"})
"""Values of attributes that CVAT writes where nobody has chosen one."""
MAX_TAGS = 80
"""Letters of a list of tags, in a finding."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A shape as the file has it."""

    kind: str
    label: str
    values: Mapping[str, str]
    line: int


@dataclass(slots=True)
class _Image:
    """An image of the file, or a frame of a video; `attributed` counts shapes with attributes."""

    name: str
    size: tuple[int, int] | None
    subset: str
    line: int
    drawn: list[_Drawn] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    attributed: int = 0


@dataclass(slots=True)
class _Track:
    """What the file has of a track.

    Attributes:
        line: Where it begins.
        item: What it is called in a finding.
        frames: Number of each frame with a shape of it, and whether the object is gone there.
        is_filled: Whether there are shapes between those that somebody drew: CVAT writes them.
    """

    line: int = 0
    item: str = ""
    frames: list[tuple[int, bool]] = field(default_factory=list)
    is_filled: bool = False

    @property
    def is_in_part(self) -> bool:
        """Whether the object is in frames that the file has no shape for."""
        frames = sorted(self.frames)
        gaps = any(not gone and after - at > 1 for (at, gone), (after, _) in pairwise(frames))
        return gaps or (bool(frames) and not self.is_filled and not frames[-1][1])


def recognise(listing: Listing) -> int:
    """How many files look like CVAT's."""
    return sum(_is_cvat(path) for path in listing.of(".xml"))


def _is_cvat(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = utf_8(file.read(4096))
    except OSError:
        return False
    return b"<annotations>" in head or b"<annotations " in head


def read(source: Path) -> Source:
    """Find the labels of a file, or of all CVAT files in a folder.

    Raises:
        InputError: there is no such file or folder.
    """
    listing = Listing(source)
    findings = listing.problems
    names: dict[str, None] = {}
    labels: list[ImageLabels] = []
    for path in listing.of(".xml"):
        if len(listing.files) > 1 and not _is_cvat(path):
            continue
        handler = _parsed(listing, path, findings)
        if handler is not None:
            names.update(dict.fromkeys(handler.names))
            labels += [_labels(listing, path, image) for image in handler.all_images()]
    return Source(listing.root, tuple(labels), tuple(names), findings=tuple(findings))


def _parsed(listing: Listing, path: Path, findings: list[Finding]) -> _Handler | None:
    """What a file holds; None and a finding when it cannot be read to its end."""
    rel = listing.rel(path)
    handler = _Handler(rel, findings)
    before = len(findings)
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(handler)
    try:
        too_large = capacity.refusal(path.stat().st_size, times=IN_MEMORY)
        if too_large:
            findings.append(Finding(rel, None, too_large))
            return None
        with _opened(path) as file:
            parser.parse(file)
    except DefusedXmlException:
        reason = "declares a document type or entities, which no label file needs; not read"
    except SAXException as error:
        reason = f"is not valid XML ({error.getMessage()})"
    except (OSError, ValueError, LookupError, ArithmeticError) as error:
        reason = f"cannot be read ({error})"
    else:
        return handler
    del findings[before:]
    line = parser.getLineNumber()
    findings.append(Finding(rel, line if isinstance(line, int) and line > 0 else None, reason))
    return None


def _opened(path: Path) -> IO[Any]:
    """A file for the parser: as text where a mark says UTF-16, since its first line may not."""
    with path.open("rb") as file:
        head = file.read(2)
    return path.open(encoding="utf-16") if is_utf_16(head) else path.open("rb")


class _Handler(ContentHandler):
    """Collects images, shapes and label names of a file."""

    def __init__(self, rel: str, findings: list[Finding]) -> None:
        super().__init__()
        self.names: list[str] = []
        self.images: list[_Image] = []
        self.frames: dict[int, _Image] = {}
        self._rel = rel
        self._findings = findings
        self._path: list[str] = []
        self._text: list[str] = []
        self._track = self._group = ""
        self._seen = _Track()
        self._owner: _Image | None = None
        """Of the last shape, until one of its attributes says something."""
        self._is_named = False
        """Whether the last of `names` is that of the label that is being read."""
        self._size: dict[str, int | None] = {}
        self._where: Locator | None = None

    def all_images(self) -> list[_Image]:
        """Images, then frames in their order."""
        return [*self.images, *(self.frames[number] for number in sorted(self.frames))]

    def setDocumentLocator(self, locator: Locator) -> None:
        """Keep what knows the line."""
        self._where = locator

    def startElement(self, name: str, attrs: AttributesImpl[str]) -> None:
        """Take note of an image, a track or a shape."""
        self._path.append(name)
        self._text = []
        if len(self._path) > MAX_DEPTH:
            raise SAXException("it is nested too deeply")
        if name == "image" and len(self._path) == 2:
            self._begin_image(attrs)
        elif name == "track" and len(self._path) == 2:
            self._track, self._group = attrs.get("label", ""), attrs.get("group_id", "")
            self._seen = _Track(self._line(), f"track {attrs.get('id', '?')[:20]}")
        elif len(self._path) == 3 and name in _SHAPES | _FLAT:
            self._take(name, attrs)
        elif self._path[1:] == ["image", "tag"]:
            self._owner = None
            self.images[-1].tags.append(printable(attrs.get("label")))

    def characters(self, content: str) -> None:
        """Keep the text of short elements."""
        if len(self._text) < 64:
            self._text.append(content)

    def endElement(self, name: str) -> None:
        """Take note of a label's name and a video's size."""
        text = "".join(self._text).strip()
        if self._path[-3:] == ["labels", "label", "name"] and len(self.names) < MAX_CLASSES:
            label = printable(text)
            self._is_named = bool(label)
            if label:
                self.names.append(label)
        elif self._path[-3:] == ["labels", "label", "type"]:
            if self._is_named and text in _NO_SHAPES:
                self.names.pop()
            self._is_named = False
        elif self._path[-2:] == ["labels", "label"]:
            self._is_named = False
        elif len(self._path) == 4 and name == "attribute" and self._owner is not None:
            if text.lower() not in _NOTHING:
                self._owner.attributed += 1
                self._owner = None
        elif len(self._path) == 2 and name == "track" and self._seen.is_in_part:
            reason = "is a track: what lies between its key frames is not in the file"
            self._findings.append(Finding(self._rel, self._seen.line, reason, self._seen.item))
        elif self._path[-2:-1] == ["original_size"]:
            self._size[name] = int(text) if text.isascii() and text.isdigit() else None
        self._path.pop()
        self._text = []

    def _line(self) -> int:
        return int(self._where.getLineNumber() or 0) if self._where is not None else 0

    def _begin_image(self, attrs: AttributesImpl[str]) -> None:
        size = json_file.size_of(_whole(attrs.get("width")), _whole(attrs.get("height")))
        self.images.append(
            _Image(attrs.get("name", ""), size, attrs.get("subset", ""), self._line())
        )

    def _take(self, kind: str, attrs: AttributesImpl[str]) -> None:
        values = dict(attrs.items())
        self._owner = None
        if self._path[1] == "image":
            label = printable(values.get("label"))
            self._owner = self.images[-1]
            self._owner.drawn.append(_Drawn(kind, label, values, self._line()))
        elif self._path[1] == "track":
            number = _whole(values.get("frame"))
            is_outside = values.get("outside") == "1"
            if number is not None:
                self._seen.frames.append((number, is_outside))
                self._seen.is_filled |= values.get("keyframe") == "0"
            if is_outside:
                return
            if number is None:
                reason = "is in no frame; not used"
                self._findings.append(Finding(self._rel, self._line(), reason))
                return
            frame = self.frames.setdefault(number, self._frame(number))
            values = {"group_id": self._group, **values}
            drawn = _Drawn(kind, printable(self._track), values, self._line())
            frame.drawn.append(drawn)
            self._owner = frame

    def _frame(self, number: int) -> _Image:
        size = json_file.size_of(self._size.get("width"), self._size.get("height"))
        return _Image(f"frame_{number:06d}.png", size, "", self._line())


def _whole(text: str | None) -> int | None:
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 9:
        return None
    return int(text)


def _labels(listing: Listing, path: Path, image: _Image) -> ImageLabels:
    rel = listing.rel(path)
    folder = PurePosixPath(rel).parent.as_posix()
    tidy = tidy_name(folder, image.name)
    own = image_key(tidy.as_posix())
    with_subset = PurePosixPath(*own.parts[:-1], image.subset.replace("/", "_"), own.name)
    split = SPLIT_WORDS.get(image.subset.lower(), "") or split_of(tidy.as_posix())
    return ImageLabels(
        rel,
        (with_subset if image.subset else own, own),
        partial(_load, image),
        image=inner_path(listing.root, path.parent, image.name),
        image_name=tidy.name,
        size=image.size,
        split=split,
        item=f"image {image.name[:80]}",
    )


def _load(image: _Image, reading: Reading) -> None:
    said = _said_besides(image)
    if said:
        reading.note(Place(line=image.line), f"{said}; they are not taken over")
    # CVAT writes what was drawn last at the end, wherever it was moved to afterwards.
    for shape in sorted(image.drawn, key=_layer):
        place = Place(line=shape.line)
        try:
            _take(shape, place, reading)
        except UnusableError as error:
            reading.refuse(place, str(error))
    reading.join_groups()


def _said_besides(image: _Image) -> str:
    """What an image says besides shapes and classes; empty where that is nothing."""
    tags = ", ".join(filter(None, image.tags))[:MAX_TAGS]
    said = [f"has the tags {tags}"] if tags else []
    said += [f"has attributes at {image.attributed} of its shapes"] if image.attributed else []
    hidden = sum(shape.values.get("occluded") == "1" for shape in image.drawn)
    said += [f"calls {hidden} of its shapes occluded"] if hidden else []
    return " and ".join(said)


def _layer(shape: _Drawn) -> float:
    """How far above others a shape lies; the usual layer where it does not say."""
    try:
        return _number(shape.values, "z_order")
    except UnusableError:
        return 0.0


def _take(shape: _Drawn, place: Place, reading: Reading) -> None:
    if not shape.label:
        raise UnusableError(f"is a {shape.kind} without a label")
    if shape.kind in _FLAT:
        raise UnusableError(f"is of the kind {shape.kind}, which has no area")
    group = shape.values.get("group_id", "").lstrip("0")  # 0 is no group
    if shape.kind == "mask":
        _take_mask(shape, place, reading, group)
    elif shape.kind == "polygon":
        outline = _points(shape.values.get("points", ""))
        reading.outlines(shape.label, [outline], place, group=group)
    else:
        outline = _box(shape.values) if shape.kind == "box" else _ellipse(shape.values)
        kept = "a rectangle" if shape.kind == "box" else "a polygon"
        what = "a box, not a polygon" if shape.kind == "box" else "an ellipse"
        note = f"is {what}; kept as {kept}"
        # A box in a group is the box of its object, so that it is no piece of it.
        reading.outlines(shape.label, [outline], place, note=note)


def _points(text: str) -> Points:
    """`(N, 2)` of `x,y;x,y;...`."""
    pairs = [pair.split(",") for pair in text.split(";") if pair.strip()]
    if any(len(pair) != 2 for pair in pairs):
        raise UnusableError("has a point that is not a pair of numbers")
    values: list[object] = [number for pair in pairs for number in pair]
    return json_file.paired(values)


def _number(values: Mapping[str, str], key: str) -> float:
    return json_file.number(values.get(key, ""))


def _turn(values: Mapping[str, str]) -> float:
    return math.radians(json_file.number(values.get("rotation") or "0"))


def _box(values: Mapping[str, str]) -> Points:
    left, top = _number(values, "xtl"), _number(values, "ytl")
    right, bottom = _number(values, "xbr"), _number(values, "ybr")
    corners = json_file.box_corners(left, top, right - left, bottom - top)
    return json_file.turned(corners, ((left + right) / 2, (top + bottom) / 2), _turn(values))


def _ellipse(values: Mapping[str, str]) -> Points:
    x, y = _number(values, "cx"), _number(values, "cy")
    return json_file.ellipse(x, y, _number(values, "rx"), _number(values, "ry"), _turn(values))


def _take_mask(shape: _Drawn, place: Place, reading: Reading, group: str) -> None:
    left, top, width, height = (
        _whole(shape.values.get(key)) for key in ("left", "top", "width", "height")
    )
    if left is None or top is None or not width or not height:
        raise UnusableError("is a mask without a box")
    if left + width > reading.width or top + height > reading.height:
        raise UnusableError("is a mask that reaches out of the image")
    text = shape.values.get("rle", "")
    if not text or text.strip("0123456789, "):
        raise UnusableError("has a run length that is not a whole number from 0 on")
    counts = np.array([int(run) if len(run) < 12 else -1 for run in text.replace(",", " ").split()])
    if not len(counts) or counts.min() < 0:
        raise UnusableError("has a run length that is not a whole number from 0 on")
    missing = width * height - int(counts.sum())
    if missing > 0:  # what follows the last run is outside
        counts = np.append(counts, [0, missing] if len(counts) % 2 else [missing])
    cells, rows, columns = rle.grid_of(counts.astype(np.int64), length=width, lines=height)
    reading.grid(shape.label, cells, (columns + left, rows + top), place, group=group)


FORMAT = Format(
    name="cvat",
    title="CVAT 1.1 XML",
    prose="One XML file for a task or project, for images or for video.",
    recognise=recognise,
    read=read,
)
