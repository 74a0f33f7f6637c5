"""Label Studio JSON in: polygons, masks, rectangles and ellipses of image tasks."""

from __future__ import annotations

import base64
import binascii
import math
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dynseg.formats import rle
from dynseg.formats.finding import Finding
from dynseg.formats.format import Format
from dynseg.formats.incoming import json_file
from dynseg.formats.incoming.class_names import printable
from dynseg.formats.incoming.json_file import Object, UnusableError
from dynseg.formats.incoming.listing import Listing, file_of_address, inner_path, tidy_name
from dynseg.formats.incoming.mask_file import read_opaque
from dynseg.formats.incoming.reading import Place, Points, Reading
from dynseg.formats.incoming.source import ImageLabels, Source, image_key, split_of

_RESULT = frozenset({"result", "completed_by", "was_cancelled", "lead_time"})
_SHORT = frozenset(
    {"polygonlabels", "rectanglelabels", "ellipselabels", "brushlabels", "bitmasklabels", "rle"}
)
_WITHOUT_AREA = ("keypoint", "vector")
_SAID = ("choices", "taxonomy", "textarea", "number", "datetime", "rating", "ranker", "relation")
"""Kinds of results that draw nothing: they say something of the image or of a shape."""


def recognise(listing: Listing) -> int:
    """How many files look like an export of Label Studio."""
    return sum(_is_export(listing, path) for path in listing.of(".json"))


def _is_export(listing: Listing, path: Path) -> bool:
    keys = listing.json_keys(path)
    for depth in (1, 2):
        own = keys.get(depth, frozenset())
        inner = keys.get(depth + 2, frozenset())
        if own & {"annotations", "completions"} and ("data" in own or inner & _RESULT):
            return "shapes" not in own and "categories" not in own
    return bool(keys.get(4, frozenset()) & _SHORT)  # what an answer is made of, in a list of tasks


def read(source: Path) -> Source:
    """Find the labels of a file, or of all exports in a folder.

    Raises:
        InputError: there is no such file or folder.
    """
    listing = Listing(source)
    findings = listing.problems
    labels: list[ImageLabels] = []
    for path, data in json_file.load_own(listing, _is_export, findings):
        tasks = [data] if isinstance(data, dict) else data
        for number, task in enumerate(tasks if isinstance(tasks, list) else [], start=1):
            found = _task(listing, path, number, task, findings)
            if found is not None:
                labels.append(found)
    return Source(listing.root, tuple(labels), findings=tuple(findings))


def _task(
    listing: Listing, path: Path, number: int, task: Any, findings: list[Finding]
) -> ImageLabels | None:
    rel, item = listing.rel(path), f"task {number}"
    task = _in_full(task)
    if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
        findings.append(Finding(rel, None, "has no data; not used", item))
        return None
    names = _names(task)
    if not names:
        findings.append(Finding(rel, None, "names no image; not used", item))
        return None
    if json_file.objects(task.get("predictions")):
        findings.append(Finding(rel, None, "has predictions of a model; not used", item))
    answer = _answer(task, rel, item, findings)
    if answer is None:
        return None
    folder = PurePosixPath(rel).parent.as_posix()
    tidy = [tidy_name(folder, name) for name in names]
    return ImageLabels(
        rel,
        tuple(dict.fromkeys(image_key(name.as_posix()) for name in tidy)),
        partial(_load, answer, item),
        image=inner_path(listing.root, path.parent, names[0]),
        image_name=tidy[0].name,
        size=_stated_size(answer),
        split=split_of(rel),
        item=item,
    )


def _in_full(task: Any) -> Any:
    """A task of the short export, JSON-MIN, as the full one has it: answers lie beside the data."""
    if not isinstance(task, dict) or "data" in task or "annotations" in task:
        return task
    answers = {key: value for key, value in task.items() if isinstance(value, list)}
    results = [
        {
            **value,
            "type": next((key for key in value if key.endswith("labels")), ""),
            "value": value,
        }
        for own in answers.values()
        for value in json_file.objects(own)
    ]
    data = {key: value for key, value in task.items() if key not in answers}
    return {"data": data, "annotations": [{"result": results}]}


def _names(task: Object) -> list[str]:
    """What the image of a task may be called, the surest first; never opened as an address."""
    data = task["data"]
    texts = [value for key, value in data.items() if isinstance(value, str) and value]
    preferred = [data[key] for key in ("image", "img") if isinstance(data.get(key), str)]
    upload = task.get("file_upload")
    given = [*preferred, *texts[:1], *([upload] if isinstance(upload, str) else [])]
    names = dict.fromkeys(file_of_address(text) for text in given if text)
    return [name for name in names if name.strip("./ ")]


def _answer(task: Object, rel: str, item: str, findings: list[Finding]) -> list[Any] | None:
    """The results of the answer that counts: the ground truth, else the last one given."""
    answers = json_file.objects(task.get("annotations") or task.get("completions"))
    given = [answer for answer in answers if answer.get("was_cancelled") is not True]
    if not given:
        findings.append(Finding(rel, None, "has no answer; not used", item))
        return None
    truths = [answer for answer in given if answer.get("ground_truth") is True]
    chosen = (truths or given)[-1]
    if len(given) > 1:
        reason = f"has {len(given)} answers; only one is used"
        findings.append(Finding(rel, None, reason, item))
    return json_file.listed(chosen.get("result"))


def _stated_size(results: list[Any]) -> tuple[int, int] | None:
    sizes = (
        json_file.size_of(result.get("original_width"), result.get("original_height"))
        for result in json_file.objects(results)
    )
    return next((size for size in sizes if size), None)


def _load(results: list[Any], item: str, reading: Reading) -> None:
    labels = {
        str(result.get("id")): _own_label(result)
        for result in json_file.objects(results)
        if result.get("type") == "labels"
    }
    kinds = [str(result.get("type")) for result in json_file.objects(results)]
    said = dict.fromkeys(kind[:40] for kind in kinds if kind.startswith(_SAID))
    if said:
        reading.note(Place(item=item), f"has {', '.join(said)}; not taken over")
    for number, entry in enumerate(results, start=1):
        place = Place(item=f"{item}, result {number}")
        try:
            result = json_file.as_object(entry)
            if str(result.get("type")).startswith(("labels", *_SAID)):
                continue
            label = _own_label(result) or labels.get(str(result.get("id")), "")
            _take(result, label, place, reading)
        except UnusableError as error:
            reading.refuse(place, str(error))


def _own_label(result: Object) -> str:
    value = result.get("value")
    if not isinstance(value, dict):
        return ""
    for key in (str(result.get("type")), "labels"):
        names = value.get(key)
        if isinstance(names, list) and names:
            return printable(names[0])
    return ""


def _take(result: Object, label: str, place: Place, reading: Reading) -> None:
    kind, value = str(result.get("type")), result.get("value")
    if kind.startswith(_WITHOUT_AREA) or not isinstance(value, dict):
        raise UnusableError(f"is of the kind {kind[:40]}, which has no area")
    if not label:
        raise UnusableError("has no label")
    if result.get("image_rotation") not in (None, 0):
        raise UnusableError("was drawn on the image turned")
    if kind.startswith("brush"):
        if value.get("format") != "rle":
            raise UnusableError(f"has pixels in the unknown form {str(value.get('format'))[:40]!r}")
        pixels = rle.brush_mask(value.get("rle"), width=reading.width, height=reading.height)
        reading.mask(label, pixels, place)
    elif kind.startswith("bitmask"):
        reading.mask(label, _bitmask(value.get("imageDataURL"), reading), place)
    elif kind.startswith("polygon"):
        points = json_file.points(value.get("points")) / 100 * reading.size
        reading.outlines(label, [points], place)
    elif kind.startswith("rectangle"):
        note = "is a box, not a polygon; kept as a rectangle"
        reading.outlines(label, [_rectangle(value, reading)], place, note=note)
    elif kind.startswith("ellipse"):
        outline = _ellipse(value, reading)
        reading.outlines(label, [outline], place, note="is an ellipse; kept as a polygon")
    else:
        raise UnusableError(f"is of the unknown kind {kind[:40]!r}")


def _bitmask(address: Any, reading: Reading) -> NDArray[np.int64]:
    """The pixels `(h, w)` of a mask that stands in an address as a PNG: black, else transparent."""
    text = address.partition(";base64,")[2] if isinstance(address, str) else ""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise UnusableError("is a mask that cannot be read") from None
    return read_opaque(data, width=reading.width, height=reading.height)


def _pixels(value: Object, keys: tuple[str, str], reading: Reading) -> tuple[float, float]:
    """Two percentages of a value as pixels."""
    share = np.array([json_file.number(value.get(key)) for key in keys])
    x, y = (share / 100 * reading.size).tolist()
    return x, y


def _rectangle(value: Object, reading: Reading) -> Points:
    x, y = _pixels(value, ("x", "y"), reading)
    width, height = _pixels(value, ("width", "height"), reading)
    return json_file.turned(json_file.box_corners(x, y, width, height), (x, y), _turn(value))


def _ellipse(value: Object, reading: Reading) -> Points:
    x, y = _pixels(value, ("x", "y"), reading)
    wide, high = _pixels(value, ("radiusX", "radiusY"), reading)
    return json_file.ellipse(x, y, wide, high, _turn(value))


def _turn(value: Object) -> float:
    return math.radians(json_file.number(value.get("rotation") or 0))


FORMAT = Format(
    name="labelstudio",
    title="Label Studio JSON",
    prose="The JSON export of image tasks: polygons, masks, rectangles.",
    recognise=recognise,
    read=read,
)
