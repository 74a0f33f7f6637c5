"""Which network a checkpoint of ultralytics belongs to, told by names and shapes of its weights.

Free of torch. Nothing of the file but numbers and names gets further than this: the network is
built anew from our own table (`dynseg.model.rebuild`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dynseg.annotation.class_text import legible
from dynseg.errors import ModelFileError
from dynseg.model.card import FAMILIES, SCALES, ModelCard
from dynseg.model.inert import Stub, TensorNote, weights
from dynseg.model.naming import file_name

MAX_CLASSES = 2_000
MAX_NAME = 80
_WIDTHS = {16: "n", 32: "s", 64: "m", 96: "x"}
"""Scale by the channels of the first convolution, for files that do not say it; l is as wide as m
and deeper."""
_BRANCHES = {
    frozenset({"cv4"}): "mask",
    frozenset({"cv3", "cv4"}): "mask+class",
    frozenset({"cv2", "cv3", "cv4"}): "all",
}
_OTHER_HEADS = {
    "Detect": "a detection model: it finds boxes and no masks",
    "Pose": "a pose model",
    "OBB": "a model for turned boxes",
    "Classify": "a classification model",
    "Segment26": "of the YOLO26 family, whose head works another way",
    "RTDETRDecoder": "an RT-DETR model",
    "WorldDetect": "a YOLO-World model",
    "YOLOEDetect": "a YOLOE model",
    "YOLOESegment": "a YOLOE model",
}
_OURS = "Choose a YOLO11 segmentation model (yolo11n-seg.pt, or one that was trained from it)."


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a checkpoint turned out to be.

    Attributes:
        card: The network that it fits.
        notes: Its weights by name.
    """

    card: ModelCard
    notes: dict[str, TensorNote]


def recognise(content: Any, source: Path) -> Recognised:
    """Find out which network the weights of a checkpoint belong to.

    Raises:
        ModelFileError: none that this program has.
    """
    module = _module(content, source)
    notes = weights(module)
    yaml = _table(module.fields.get("yaml"))
    head = _head_name(yaml)
    if head in _OTHER_HEADS:
        raise ModelFileError(f"{source.name} is {_OTHER_HEADS[head]}.", _OURS)
    place = _head_place(notes, source)
    classes = _dimension(notes, f"model.{place}.cv3.0.2.weight", 0)
    scale = _scale(notes, yaml)
    if classes is None or scale is None:
        raise _unknown(source)
    card = ModelCard(
        name=file_name(source),
        family=_family(yaml),
        scale=scale,
        classes=_class_names(module.fields.get("names"), classes),
        image_size=_image_size(content),
        notes=_notes(content, source),
        **_head_shape(notes, place, yaml),
    )
    return Recognised(card, notes)


def _module(content: Any, source: Path) -> Stub:
    table = content if isinstance(content, dict) else {}
    for key in ("ema", "model"):
        if isinstance(table.get(key), Stub):
            return table[key]
    if isinstance(content, Stub):
        return content
    raise ModelFileError(f"{source.name} holds no network of ultralytics.", _OURS)


def _head_name(yaml: Mapping[str, Any]) -> str:
    rows = yaml.get("head")
    last = rows[-1] if isinstance(rows, list) and rows else None
    return last[2] if isinstance(last, list) and len(last) > 2 and isinstance(last[2], str) else ""


def _head_place(notes: Iterable[str], source: Path) -> int:
    """Which module is the head: the one that makes prototypes."""
    for name in notes:
        match = re.fullmatch(r"model\.(\d{1,3})\.proto\.cv1\.conv\.weight", name)
        if match:
            return int(match[1])
    raise _unknown(source)


def _scale(notes: Mapping[str, TensorNote], yaml: Mapping[str, Any]) -> str | None:
    named = yaml.get("scale")
    if named in SCALES:
        return str(named)
    scale = _WIDTHS.get(_dimension(notes, "model.0.conv.weight", 0) or 0)
    deep = any(name.startswith("model.2.m.1.") for name in notes)
    return "l" if scale == "m" and deep else scale


def _dimension(notes: Mapping[str, TensorNote], name: str, axis: int) -> int | None:
    note = notes.get(name)
    return note.shape[axis] if note is not None and len(note.shape) > axis else None


def _head_shape(
    notes: Mapping[str, TensorNote], place: int, yaml: Mapping[str, Any]
) -> dict[str, Any]:
    """Head, placement, experts and router as the fields of a card."""
    routers = [name for name in notes if name.endswith(".router.fc2.weight")]
    if not routers:
        return {"head": "plain", "experts": 1}
    branches = frozenset(name.split(".")[2] for name in routers if name.count(".") > 2)
    first = routers[0].removesuffix("fc2.weight")
    width, inputs = (_dimension(notes, f"{first}fc1.weight", axis) or 0 for axis in (0, 1))
    temperature = _table(yaml.get("dynamic")).get("temperature", 1.0)
    sensible = isinstance(temperature, int | float) and math.isfinite(temperature)
    return {
        "head": "dynamic",
        "placement": _BRANCHES.get(branches, "?") if place else "?",
        "experts": _dimension(notes, routers[0], 0) or 0,
        "router_width": width / inputs if inputs else 1.0,
        "temperature": float(temperature) if sensible and temperature > 0 else 1.0,
    }


def _family(yaml: Mapping[str, Any]) -> str:
    """By the name of the file that the network was described in; YOLO11 when there is none."""
    named = str(yaml.get("yaml_file", ""))[-64:]
    match = re.search(r"yolo(v?\d{1,2})", named)
    family = f"yolo{match[1]}" if match else FAMILIES[0]
    if family not in FAMILIES:
        raise ModelFileError(f"This is a {family} model, which is not supported.", _OURS)
    return family


def _class_names(value: Any, count: int) -> list[str]:
    """Names by index; made up where the file has none, told apart where two are equal."""
    if count > MAX_CLASSES:
        raise ModelFileError(f"The model has {count} classes; {MAX_CLASSES} is the most.", _OURS)
    given = value if isinstance(value, dict) else dict(enumerate(value or ()))
    names: list[str] = []
    for index in range(count):
        raw = given.get(index)
        text = raw if isinstance(raw, str) else f"class {index}"
        name = legible(text)[:MAX_NAME].strip() or f"class {index}"
        known = {n.casefold() for n in names}
        names.append(name if name.casefold() not in known else f"{name} ({index})")
    return names


def _image_size(content: Any) -> int:
    size = _table(_table(content).get("train_args")).get("imgsz")
    return size if isinstance(size, int) and 32 <= size <= 4096 else 640


def _notes(content: Any, source: Path) -> str:
    version = _table(content).get("version")
    by = f", ultralytics {version[:20]}" if isinstance(version, str) else ""
    return f"Taken over from {source.name}{by}."


def _table(value: Any) -> dict[str, Any]:
    """A dict as it is, an object by its attributes, else nothing."""
    if isinstance(value, Stub):
        return value.fields
    return value if isinstance(value, dict) else {}


def _unknown(source: Path) -> ModelFileError:
    return ModelFileError(f"{source.name} is no YOLO11 segmentation model.", _OURS)
