"""One importer under atheris: bytes become a source, and reading it may raise `InputError` alone.

Half of the mutations keep the structure of the format: a value of a document is swapped for a
hostile one, a pixel of a mask is painted. The others are libFuzzer's own.
"""

from __future__ import annotations

import atexit
import base64
import io
import json
import random
import re
import shutil
import sys
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import atheris

with atheris.instrument_imports(include=["dynseg.formats", "dynseg.geometry"]):
    from dynseg.errors import InputError
    from dynseg.formats import registry
    from dynseg.formats.incoming import archive
    from dynseg.formats.incoming.reading import Reading
    from dynseg.geometry import mask, polygon

import numpy as np
from PIL import Image

assert mask
WIDTH, HEIGHT = 64, 48
NAMES = {"cvat": "a.xml", "yolo": "labels/a.txt", "voc": "SegmentationObject/a.png",
         "masks": "masks/a/1_cat.png", "ndjson": "a.ndjson"}  # fmt: skip
POINTS = [[1, 1], [30, 2], [28, 40]]
FLAT = [1, 1, 30, 2, 28, 40]
VALUES: list[Any] = [
    None, True, -1, 0, 1, 63, 64, 65, 0.5, -0.0, 1e-9, 1e308, 10**30, "", "../../etc/passwd",
    "\u2028", "NaN", [], {}, [[]], POINTS, FLAT, [5, 3, 3064], "0" * 40, "cat", "polygon", "mask",
    "rectangle", "circle", "rle", [255] * 20,
]  # fmt: skip
TEXTS = ["nan", "inf", "-1", "1e999", "0", "1", "64", "0.5", ";", ",", "<", "/>", "99999999999",
         "\u2028", "\x00", "&lt;", "<mask label='cat' rle='1,2' left='0' top='0' width='3' "
         "height='1'/>", "rotation='45'", "\n", "\r\n", "\ufeff"]  # fmt: skip


def seeds(name: str) -> list[bytes]:
    """Sound files of a format."""
    if name == "coco":
        own: list[dict[str, Any]] = [
            {"segmentation": [FLAT], "iscrowd": 0},
            {"segmentation": {"size": [HEIGHT, WIDTH], "counts": [100, 20, 2952]}, "iscrowd": 1},
            {
                "segmentation": {
                    "size": [HEIGHT, WIDTH],
                    "counts": "T3d0\\10lh2",
                }
            },
            {"bbox": [1, 2, 30, 30]},
        ]
        rows = [{"id": i, "image_id": 1, "category_id": 1, **a} for i, a in enumerate(own)]
        image = {"id": 1, "file_name": "a.png", "width": WIDTH, "height": HEIGHT}
        return _json({"images": [image], "annotations": rows,
                      "categories": [{"id": 1, "name": "cat"}]})  # fmt: skip
    if name == "labelme":
        kinds = [("polygon", POINTS), ("circle", [[20, 20], [24, 20]]), ("rectangle", POINTS[:2]),
                 ("rotation", [[2, 2], [30, 2], [30, 20], [2, 20]]),
                 ("linestrip", POINTS)]  # fmt: skip
        shapes: list[dict[str, Any]] = [
            {"label": "cat", "points": points, "group_id": group, "shape_type": kind}
            for group, (kind, points) in zip([1, None, None, 1, None], kinds, strict=True)
        ]
        encoded = base64.b64encode(_png(Image.new("L", (30, 2), 1))).decode()
        shapes.append({"label": "cat", "points": POINTS[:2], "shape_type": "mask",
                       "mask": encoded})  # fmt: skip
        return _json({"version": "5.5.0", "shapes": shapes, "imagePath": "a.png",
                      "imageWidth": WIDTH, "imageHeight": HEIGHT})  # fmt: skip
    if name == "labelstudio":
        values: dict[str, dict[str, Any]] = {
            "polygonlabels": {"points": POINTS},
            "brushlabels": {"format": "rle", "rle": brush([200, 20, 44, 20, 2788])},
            "bitmasklabels": {"imageDataURL": f"data:image/png;base64,{_opaque()}"},
            "rectanglelabels": {"x": 1, "y": 2, "width": 30, "height": 30, "rotation": 10},
            "ellipselabels": {"x": 30, "y": 30, "radiusX": 5, "radiusY": 9},
        }
        sizes = {"original_width": WIDTH, "original_height": HEIGHT}
        result = [
            {"type": kind, **sizes, "value": {**value, kind: ["cat"]}}
            for kind, value in values.items()
        ]
        return _json([{"data": {"image": "a.png"}, "annotations": [{"result": result}]}])
    if name == "via":
        shapes = [
            {"name": "polygon", "all_points_x": FLAT[::2], "all_points_y": FLAT[1::2]},
            {"name": "circle", "cx": 20, "cy": 20, "r": 9},
            {"name": "ellipse", "cx": 20, "cy": 20, "rx": 9, "ry": 4, "theta": 1},
            {"name": "rect", "x": 2, "y": 2, "width": 9, "height": 9},
        ]
        regions = [{"shape_attributes": s, "region_attributes": {"class": "cat"}} for s in shapes]
        return [
            *_json({"a.png1": {"filename": "a.png", "regions": regions}}),
            *_json(_via_3_project()),
        ]
    if name == "supervisely":
        pixels = base64.b64encode(zlib.compress(base64.b64decode(_opaque()))).decode()
        holed = {"exterior": POINTS, "interior": [[[9, 9], [12, 9], [12, 12]]]}
        objects: list[dict[str, Any]] = [
            {"geometryType": "polygon", "points": holed, "instance": "1"},
            {"geometryType": "polygon", "points": {"exterior": POINTS}, "instance": "1"},
            {"geometryType": "bitmap", "bitmap": {"data": pixels, "origin": [0, 0]}},
            {"geometryType": "rectangle", "points": {"exterior": POINTS[:2], "interior": []}},
            {"geometryType": "oriented_bbox", "points": POINTS[:2], "angle": 0.3},
        ]
        size = {"width": WIDTH, "height": HEIGHT}
        return _json({"description": "", "tags": [], "size": size,
                      "objects": [{"classTitle": "cat", **own} for own in objects]})  # fmt: skip
    if name == "isat":
        info = {"name": "a.png", "width": WIDTH, "height": HEIGHT, "depth": 3}
        own = [{"category": "cat", "group": 1, "segmentation": POINTS}]
        return _json({"info": info, "objects": own})
    if name in _OTHERS:
        return _OTHERS[name]()
    if name == "cvat":
        return [
            b"<annotations><image id='0' name='a.png' width='64' height='48'>"
            b"<polygon label='cat' points='1,1;30,2;28,40'/>"
            b"<polyline label='cat' points='1,1;2,2'/>"
            b"<mask label='cat' rle='3,4,5' left='2' top='2' width='4' height='3'/>"
            b"<box label='cat' xtl='1' ytl='2' xbr='30' ybr='30' rotation='5'/>"
            b"</image></annotations>"
        ]
    if name == "yolo":
        return [b"0 0.1 0.1 0.9 0.1 0.5 0.9\n1 0.5 0.5 0.2 0.2\n", b"0 0 0 1 0 1 1 0 1 0.5 0.5\n"]
    picture = np.zeros((HEIGHT, WIDTH), np.uint8)
    picture[4:20, 5:30], picture[8:12, 8:20] = 1, 2
    return [_png(Image.fromarray(picture, mode)) for mode in ("L", "P")]


def _datumaro() -> list[bytes]:
    runs = {"counts": [100, 20, 2952], "size": [HEIGHT, WIDTH]}
    kinds: list[dict[str, Any]] = [
        {"type": "polygon", "points": FLAT, "group": 1},
        {"type": "mask", "rle": runs},
        {"type": "bbox", "bbox": [1, 2, 30, 30]},
        {"type": "polyline", "points": FLAT},
        {"type": "ellipse", "points": [1, 2, 30, 30]},
    ]
    own = [{"id": 0, "label_id": 0, "group": 0, "z_order": 0, **kind} for kind in kinds]
    item = {"id": "a", "annotations": own, "image": {"path": "a.png", "size": [HEIGHT, WIDTH]}}
    return _json({"categories": {"label": {"labels": [{"name": "cat"}]}}, "items": [item]})


def _darwin() -> list[bytes]:
    rings = (POINTS, [[9, 9], [12, 9], [9, 12]])
    paths = [[{"x": x, "y": y} for x, y in ring] for ring in rings]
    ellipse = {"center": {"x": 20, "y": 20}, "radius": {"x": 9, "y": 4}, "angle": 1}
    layer = {"dense_rle": [0, 100, 1, 20, 0, 2952], "mask_annotation_ids_mapping": {"m": 1}}
    own: list[dict[str, Any]] = [
        {"polygon": {"paths": paths}},
        {"ellipse": ellipse},
        {"raster_layer": layer},
        {"id": "m", "mask": {}},
        {"bounding_box": {"x": 1, "y": 2, "w": 9, "h": 9}},
    ]
    slot = {"slot_name": "0", "width": WIDTH, "height": HEIGHT}
    named = [{"name": "cat", "slot_names": ["0"], **kind} for kind in own]
    return _json({"item": {"name": "a.png", "path": "/", "slots": [slot]}, "annotations": named})


def _ndjson() -> list[bytes]:
    rows = [[0, 0.1, 0.1, 0.9, 0.1, 0.5, 0.9], [1, 0.5, 0.5, 0.2, 0.2]]
    head = {"type": "dataset", "task": "segment", "class_names": {"0": "cat", "1": "dog"}}
    image = {"type": "image", "file": "a.png", "split": "train", "annotations": {"segments": rows}}
    return [b"\n".join([*_json(head), *_json(image)])]


_OTHERS = {"datumaro": _datumaro, "darwin": _darwin, "ndjson": _ndjson}


def _via_3_project() -> dict[str, Any]:
    """A sound project of VIA 3."""
    shapes = [[7, *FLAT], [2, 2, 2, 9, 9], [3, 20, 20, 9], [4, 20, 20, 9, 4], [6, *FLAT], [],
              [8, 1, 9, 9, 1, 20, 9, 9, 30], [9, 10, 20, 20, 10, 30, 20]]  # fmt: skip
    attribute = {"aname": "kind", "anchor_id": "FILE1_Z0_XY1", "type": 2, "options": {"0": "cat"}}
    return {
        "project": {"data_format_version": "3.1.1", "vid_list": ["1"]},
        "config": {"ui": {"spatial_region_label_attribute_id": "1"}},
        "attribute": {"1": attribute},
        "file": {"1": {"fid": "1", "fname": "a.png", "type": 2, "loc": 1, "src": ""}},
        "metadata": {
            str(number): {"vid": "1", "flg": 0, "z": [], "xy": xy, "av": {"1": "0"}}
            for number, xy in enumerate(shapes)
        },
        "view": {"1": {"fid_list": ["1"]}},
    }


def _opaque() -> str:
    """A PNG that is black where it is opaque, in base64."""
    pixels = np.zeros((HEIGHT, WIDTH, 4), np.uint8)
    pixels[4:20, 5:30, 3] = 255
    return base64.b64encode(_png(Image.fromarray(pixels))).decode()


def brush(inside: list[int]) -> list[int]:
    """A mask in the bytes of Label Studio, from run lengths in pixels, outside first."""
    bits = f"{4 * sum(inside):032b}" + "00111" + "1111" * 4
    for number, count in enumerate(inside):
        bits += f"100{4 * count - 1:016b}" + ("11111111" if number % 2 else "00000000")
    bits += "0" * (-len(bits) % 8)
    return [int(bits[i : i + 8], 2) for i in range(0, len(bits), 8)]


def _json(document: Any) -> list[bytes]:
    return [json.dumps(document).encode()]


def _png(image: Image.Image) -> bytes:
    if image.mode == "P":
        image.putpalette([0, 0, 0, 128, 0, 0, 0, 128, 0])
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _places(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    keys: list[Any] = list(value) if isinstance(value, dict) else list(range(len(value)))
    for key in keys:
        found.append((value, key))
        if isinstance(value[key], dict | list):
            found += _places(value[key])
    return found


def _value(place: tuple[Any, Any]) -> Any:
    """What lies at a place, if it is still there."""
    container, key = place
    try:
        return container[key]
    except (KeyError, IndexError):
        return None


def mutated_json(data: bytes, rng: random.Random) -> bytes:
    """A document with other values, keys and items."""
    document = json.loads(data)
    if not isinstance(document, dict | list):
        raise ValueError("no container")
    for _ in range(rng.randint(1, 4)):
        places = _places(document)
        if not places:
            break
        container, key = rng.choice(places)
        what, old = rng.random(), container[key]
        if what < 0.15:
            del container[key]
        elif what < 0.35 and isinstance(container, list):
            container.insert(key, json.loads(json.dumps(rng.choice([old, *container]))))
        elif what < 0.6 and isinstance(old, int | float) and not isinstance(old, bool):
            container[key] = rng.choice([old + 1, old - 1, -old, old * 2, old / 3, old * 1000])
        elif what < 0.8:
            container[key] = json.loads(json.dumps(rng.choice(VALUES)))
        else:
            container[key] = json.loads(json.dumps(_value(rng.choice(places))))
    return json.dumps(document).encode()


def mutated_text(data: bytes, rng: random.Random) -> bytes:
    """Numbers, marks and lines of a text, changed."""
    text = data.decode()
    for _ in range(rng.randint(1, 4)):
        words = list(re.finditer(r"[-+.\w]+", text))
        if not words:
            break
        word, what = rng.choice(words), rng.random()
        if what < 0.6:
            text = (
                text[: word.start()]
                + rng.choice([*TEXTS, rng.choice(words)[0]])
                + text[word.end() :]
            )
        elif what < 0.8:
            text = text[: word.start()] + rng.choice(TEXTS) + text[word.start() :]
        else:
            lines = text.splitlines(keepends=True)
            lines.insert(rng.randrange(len(lines) + 1), rng.choice(lines))
            text = "".join(lines)
    return text.encode()


def mutated_png(data: bytes, rng: random.Random) -> bytes:
    """A picture with other pixels, of another size or mode."""
    image = Image.open(io.BytesIO(data))
    if image.width * image.height > 1 << 16:
        raise ValueError("large")
    pixels = np.array(image if image.mode in "LP" else image.convert("L"))
    for _ in range(rng.randint(1, 5)):
        y, x = rng.randrange(pixels.shape[0]), rng.randrange(pixels.shape[1])
        pixels[y : y + rng.randint(1, 9), x : x + rng.randint(1, 9)] = rng.choice([0, 1, 2, 3, 255])
    if rng.random() < 0.1:
        pixels = np.resize(pixels, (rng.randint(1, 60), rng.randint(1, 80)))
    if rng.random() < 0.1:
        pixels = np.random.default_rng(rng.randrange(99)).integers(0, 3, pixels.shape, np.uint8)
    mode = rng.choice(["L", "P", "P", "1", "RGB", "RGBA", "I;16"])
    made = Image.fromarray(pixels.astype(np.uint16) if mode == "I;16" else pixels.astype(np.uint8))
    if mode == "P":
        made = Image.fromarray(pixels.astype(np.uint8), "P")
    elif mode != "I;16":
        made = made.convert(mode)
    return _png(made)


def mutator(name: str) -> Callable[[bytes, int, int], bytes]:
    """The mutations of a format."""
    change = mutated_json
    if name in ("cvat", "yolo", "ndjson"):
        change = mutated_text
    elif name in ("voc", "masks"):
        change = mutated_png

    def mutate(data: bytes, most: int, seed: int) -> bytes:
        rng = random.Random(seed)
        if rng.random() < 0.7:
            try:
                made = change(data, rng)
            except (ValueError, OSError, RecursionError, OverflowError, SyntaxError):
                made = b""
            if 0 < len(made) <= most:
                return made
        other: bytes = atheris.Mutate(data, most)
        return other

    return mutate


def check(name: str, source: Path) -> None:
    """Read a source; every shape has to be valid and inside its image."""
    form = registry.named(name)
    assert form.read is not None
    try:
        with archive.unpacked(source) as folder:
            found = form.read(folder)
            for labels in found.labels:
                assert labels.image is None or labels.image.resolve().is_relative_to(folder)
                reading = Reading(labels.rel, WIDTH, HEIGHT)
                labels.load(reading)
                for shape in reading.shapes:
                    assert shape.parts
                    for part in shape.parts:
                        assert polygon.problem(part) is None, polygon.problem(part)
                        assert (part.outer >= 0).all()
                        assert (part.outer <= (reading.width, reading.height)).all()
                for finding in (*reading.repaired, *reading.refused):
                    str(finding)
    except InputError as error:
        str(error)


def main() -> None:
    """Fuzz until libFuzzer's options say that it is enough."""
    name, corpus = sys.argv[1], Path(sys.argv[2])
    quick = Path("/dev/shm")
    work = Path(tempfile.mkdtemp(dir=quick if quick.is_dir() else None)).resolve()
    atexit.register(shutil.rmtree, work, ignore_errors=True)
    path = work / NAMES.get(name, "a.json")
    path.parent.mkdir(parents=True, exist_ok=True)
    if name == "yolo":
        (work / "data.yaml").write_text("names: [cat, dog]\n")
    for number, seed in enumerate(seeds(name)):
        path.write_bytes(seed)
        check(name, work)
        (corpus / f"seed{number}").write_bytes(seed)

    def one(data: bytes) -> None:
        path.write_bytes(data)
        check(name, work)

    atheris.Setup(
        [sys.argv[0], *sys.argv[2:]], one, custom_mutator=mutator(name), internal_libfuzzer=True
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main()
