"""Hostile sources in a limited process: little time, little memory, nothing outside touched."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.unit.formats.run_lengths import counts_of, text_from_counts

from dynseg.errors import InputError
from dynseg.formats.incoming.importing import import_labels
from dynseg.project.store import Store

MOST_S = 1.0
"""Seconds of one core a MB of input; small inputs count as one MB."""
MOST_BYTES = 500 << 20
"""Memory a MB of input beyond what the process takes without any."""

READER = """
import json, resource, sys, time
from pathlib import Path
from dynseg.errors import InputError
from dynseg.formats import registry
from dynseg.formats.incoming import archive
from dynseg.formats.incoming.importing import import_labels
from dynseg.formats.incoming.reading import Reading

form, source = registry.named(sys.argv[1]), Path(sys.argv[2])
import dynseg.geometry.polygon, dynseg.geometry.mask, PIL.PngImagePlugin  # loaded once
def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
before, start = peak(), time.process_time()
shapes = refused = 0
said = ""
try:
    with archive.unpacked(source) as folder:
        found = form.read(folder)
        refused += len(found.findings)
        for labels in found.labels:
            reading = Reading(labels.rel, 640, 480)
            labels.load(reading)
            shapes += len(reading.shapes)
            refused += len(reading.refused)
except InputError as error:
    said = str(error)
print(json.dumps({"seconds": time.process_time() - start, "memory": peak() - before,
                  "shapes": shapes, "refused": refused, "said": said}))
"""


CHECKERS = [[(x + y) % 2 == 1 for x in range(640)] for y in range(480)]
"""Every other pixel, as a mask of the most pieces that an image can have."""
SPECKS = [[x < 100 and y < 100 and (x + y) % 2 == 1 for x in range(640)] for y in range(480)]
CRUMBS = [[x < 30 and y < 30 and x * y % 7 in (1, 2, 4) for x in range(640)] for y in range(480)]
"""Fewer pieces, as many masks of them as fit into the file."""


def png(width: int, height: int) -> bytes:
    """A PNG that claims a size; its pixels are zeros and pack to next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        packed = struct.pack(">I", len(data)) + kind + data
        return packed + struct.pack(">I", zlib.crc32(kind + data))

    rows = zlib.compress(bytes((width // 8 + 1) * min(height, 4000)))
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def coco(segmentation: object, count: int = 1, size: tuple[int, int] = (640, 480)) -> bytes:
    image = {"id": 1, "file_name": "a.png", "width": size[0], "height": size[1]}
    own = [
        {"id": i, "image_id": 1, "category_id": 1, "segmentation": segmentation, "iscrowd": 0}
        for i in range(count)
    ]
    return json.dumps(
        {"images": [image], "annotations": own, "categories": [{"id": 1, "name": "cat"}]}
    ).encode()


def runs(rows: list[list[bool]]) -> str:
    """COCO's text form of the run lengths of a mask."""
    return text_from_counts(counts_of(np.array(rows).ravel(order="F")))


def brush(rows: list[list[bool]]) -> list[int]:
    """A mask as the bytes of Label Studio: one run for every pixel, two bits for its length."""
    pixels = "".join(
        "1001111111111" if inside else "1001100000000" for row in rows for inside in row
    )
    bits = f"{4 * len(rows) * len(rows[0]):032b}" + "00111" + "0001" * 4 + pixels
    bits += "0" * (-len(bits) % 8)
    return np.packbits(np.array([int(bit) for bit in bits], dtype=np.uint8)).tolist()


def labelme(shape: Mapping[str, object], count: int = 1) -> bytes:
    return json.dumps(
        {
            "version": "5", "imagePath": "a.png", "imageWidth": 640, "imageHeight": 480,
            "shapes": [{"label": "cat", **shape} for _ in range(count)],
        }
    ).encode()  # fmt: skip


def star(count: int) -> list[list[float]]:
    """An outline that crosses itself everywhere."""
    return [[(i * 7919) % 640, (i * 104729) % 480] for i in range(count)]


def flat(points: list[list[float]]) -> list[float]:
    return [value for point in points for value in point]


def label_studio(value: Mapping[str, object], kind: str) -> bytes:
    result = {"type": kind, "original_width": 640, "original_height": 480, "value": value}
    return json.dumps(
        [{"data": {"image": "a.png"}, "annotations": [{"result": [result]}]}]
    ).encode()


def via(points: list[list[float]]) -> bytes:
    shape = {
        "name": "polygon",
        "all_points_x": [p[0] for p in points],
        "all_points_y": [p[1] for p in points],
    }
    region = {"shape_attributes": shape, "region_attributes": {"class": "cat"}}
    return json.dumps({"a.png1": {"filename": "a.png", "regions": [region]}}).encode()


def cvat(inner: str) -> bytes:
    image = f"<image id='0' name='a.png' width='640' height='480'>{inner}</image>"
    return f"<annotations>{image}</annotations>".encode()


TRIANGLE = "0 0.1 0.1 0.9 0.1 0.5 0.9\n"
BOMB = "<!DOCTYPE a [<!ENTITY b 'x'>{}]><annotations>&i;</annotations>".format(
    "".join(f"<!ENTITY {chr(99 + i)} '{f'&{chr(98 + i)};' * 10}'>" for i in range(7))
)
FILES: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    # name: format, file, content
    "rows": ("yolo", "labels/a.txt", lambda: (TRIANGLE * 40_000).encode()),
    "long row": (
        "yolo", "labels/a.txt",
        lambda: ("0 " + " ".join(f"{v / 640:.4f}" for v in flat(star(60_000))) + "\n").encode(),
    ),
    "bad rows": ("yolo", "labels/a.txt", lambda: b"0 nan -inf 1e999 -1\n" * 60_000),
    "one line": ("yolo", "labels/a.txt", lambda: b"9" * 2_000_000),
    "coco rows": ("coco", "a.json", lambda: coco([[1, 1, 30, 2, 28, 40]], 12_000)),
    "coco star": ("coco", "a.json", lambda: coco([flat(star(60_000))])),
    "coco rle huge": (
        "coco", "a.json",
        lambda: coco({"size": [100_000, 100_000], "counts": [10**10]}, 1, (100_000, 100_000)),
    ),
    "coco rle many": (
        "coco", "a.json", lambda: coco({"size": [480, 640], "counts": [1, 307_199]}, 400)
    ),
    "coco rle noise": (
        "coco", "a.json", lambda: coco({"size": [480, 640], "counts": [1] * 307_200})
    ),
    "coco checkers": (
        "coco", "a.json", lambda: coco({"size": [480, 640], "counts": runs(CHECKERS)}, 3)
    ),
    "coco specks": (
        "coco", "a.json", lambda: coco({"size": [480, 640], "counts": runs(SPECKS)}, 90)
    ),
    "coco crumbs": (
        "coco", "a.json", lambda: coco({"size": [480, 640], "counts": runs(CRUMBS)}, 1500)
    ),
    "deep json": ("coco", "a.json", lambda: b'{"images":' + b"[" * 500_000),
    "labelme star": ("labelme", "a.json", lambda: labelme({"points": star(60_000)})),
    "labelme mask bomb": (
        "labelme", "a.json",
        lambda: labelme(
            {"shape_type": "mask", "points": [[0, 0], [9, 9]],
             "mask": base64.b64encode(png(60_000, 60_000)).decode()}
        ),
    ),
    "labelme circles": (
        "labelme", "a.json",
        lambda: labelme({"shape_type": "circle", "points": [[300, 200], [301, 200]]}, 10_000),
    ),
    "isat star": (
        "isat", "a.json",
        lambda: json.dumps(
            {"info": {"name": "a.png", "width": 640, "height": 480},
             "objects": [{"category": "cat", "group": 1, "segmentation": star(60_000)}]}
        ).encode(),
    ),
    "via star": ("via", "a.json", lambda: via(star(60_000))),
    "studio star": (
        "labelstudio", "a.json",
        lambda: label_studio({"points": star(60_000), "polygonlabels": ["cat"]}, "polygonlabels"),
    ),
    "studio brush": (
        "labelstudio", "a.json",
        lambda: label_studio(
            {"format": "rle", "rle": [255] * 400_000, "brushlabels": ["cat"]}, "brushlabels"
        ),
    ),
    "studio checkers": (
        "labelstudio", "a.json",
        lambda: label_studio(
            {"format": "rle", "rle": brush(CHECKERS), "brushlabels": ["cat"]}, "brushlabels"
        ),
    ),
    "cvat star": (
        "cvat", "a.xml",
        lambda: cvat(
            "<polygon label='cat' points='"
            + ";".join(f"{x},{y}" for x, y in star(60_000)) + "'/>"
        ),
    ),
    "cvat rle": (
        "cvat", "a.xml",
        lambda: cvat(
            "<mask label='cat' rle='99999999999' left='0' top='0' width='99999' height='99999'/>"
        ),
    ),
    "cvat checkers": (
        "cvat", "a.xml",
        lambda: cvat(
            "<mask label='cat' left='0' top='0' width='639' height='479' rle='"
            + ", ".join(["1"] * (639 * 479)) + "'/>"
        ),
    ),
    "cvat boxes": (
        "cvat", "a.xml",
        lambda: cvat("<box label='cat' xtl='1' ytl='2' xbr='30' ybr='30'/>" * 15_000),
    ),
    "xml entities": ("cvat", "a.xml", lambda: BOMB.encode()),
    "xml outside": (
        "cvat", "a.xml",
        lambda: b"<!DOCTYPE a [<!ENTITY i SYSTEM 'file:///etc/passwd'>]>"
        b"<annotations>&i;</annotations>",
    ),
    "deep xml": ("cvat", "a.xml", lambda: b"<annotations>" + b"<a>" * 300_000),
    "voc bomb": ("voc", "SegmentationObject/a.png", lambda: png(60_000, 60_000)),
    "masks bomb": ("masks", "masks/a/1_cat.png", lambda: png(60_000, 60_000)),
}  # fmt: skip


def measured(form: str, source: Path) -> dict[str, object]:
    ran = subprocess.run(
        [sys.executable, "-c", READER, form, str(source)],
        capture_output=True, text=True, check=False, timeout=120,
        preexec_fn=_limited if hasattr(os, "fork") else None,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr[-1500:]
    answer: dict[str, object] = json.loads(ran.stdout)
    return answer


def _limited() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


@pytest.mark.slow
@pytest.mark.parametrize("name", FILES)
def test_time_and_memory_for_a_megabyte(name: str, tmp_path: Path) -> None:
    form, rel, content = FILES[name]
    path = tmp_path / "source" / rel
    path.parent.mkdir(parents=True)
    path.write_bytes(content())
    size_mb = max(1.0, path.stat().st_size / 1e6)
    found = measured(form, tmp_path / "source")
    seconds, memory = float(str(found["seconds"])), int(str(found["memory"]))
    print(
        f"{name}: {size_mb:.1f} MB, {seconds:.2f} s, {memory / 1e6:.0f} MB, "
        f"{found['shapes']} shapes, {found['refused']} refused"
    )
    assert memory <= MOST_BYTES * size_mb
    assert seconds <= MOST_S * size_mb
    assert int(str(found["shapes"])) + int(str(found["refused"])) > 0


def fingerprint(folder: Path) -> dict[str, tuple[int, str]]:
    """Time and content of every file."""
    return {
        path.relative_to(folder).as_posix(): (
            path.stat().st_mtime_ns,
            hashlib.sha256(path.read_bytes()).hexdigest(),
        )
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def hostile(folder: Path) -> None:
    """Sources that want to be read outside of themselves, or to trip over names and numbers."""
    for kind in ("yolo/labels", "json", "xml", "voc/SegmentationObject", "masks/a"):
        (folder / kind).mkdir(parents=True)
    yolo = folder / "yolo"
    (yolo / "data.yaml").write_text(
        "path: ../../outside\ntrain: ../../outside/images\nnames: [cat]\n"
        "download: import os; os.system('touch marker')\n"
    )
    rows = [
        "nan 0.1 0.1 0.9 0.1 0.5 0.9",
        "0 inf 0.1 0.9 0.1 0.5 0.9",
        "-1 0.1 0.1 0.9 0.1 0.5 0.9",
    ]
    rows += ["0 0.1 0.1 0.9 0.1 0.5", "9999999999999999999 0 0 1 0 1 1", "0 5 5 6 5 6 6", TRIANGLE]
    for name in ("a.txt", "b.txt"):  # there are a.png and a.jpg
        (yolo / "labels" / name).write_text("\u2028".join(rows) + "\n" + "\n".join(rows))
    (yolo / "labels" / ("n" * 251 + ".txt")).write_text(TRIANGLE)
    (yolo / "labels" / "link.txt").symlink_to(folder.parent / "outside" / "secret.txt")
    outside = {"points": [[1, 1], [9, 1], [5, 9]]}
    (folder / "json" / "up.json").write_bytes(
        labelme(outside).replace(b"a.png", b"../../outside/images/secret.png")
    )
    (folder / "json" / "root.json").write_bytes(labelme(outside).replace(b"a.png", b"/etc/passwd"))
    (folder / "json" / "nan.json").write_bytes(labelme(outside).replace(b"9", b"NaN"))
    (folder / "xml" / "a.xml").write_bytes(FILES["xml outside"][2]())
    (folder / "voc" / "SegmentationObject" / "a.png").symlink_to(
        folder.parent / "outside" / "images" / "secret.png"
    )
    (folder / "masks" / "a" / "1_cat.png").write_bytes(png(60_000, 60_000))
    with zipfile.ZipFile(folder / "up.zip", "w") as archive:
        archive.writestr("../../outside/written.txt", TRIANGLE)
        archive.writestr("/tmp/dynseg-written.txt", TRIANGLE)
        archive.writestr("labels/a.txt", TRIANGLE)


def test_nothing_outside_is_read_or_written_and_originals_stay(tmp_path: Path) -> None:
    outside, images, source = tmp_path / "outside", tmp_path / "images", tmp_path / "source"
    (outside / "images").mkdir(parents=True)
    images.mkdir()
    picture = io.BytesIO()
    Image.new("L", (64, 48), 1).save(picture, "PNG")
    for path in (images / "a.png", images / "b.png", outside / "images" / "secret.png"):
        path.write_bytes(picture.getvalue())
    Image.new("L", (64, 48), 1).save(images / "a.jpg")
    (images / ("n" * 251 + ".png")).write_bytes(picture.getvalue())
    (outside / "secret.txt").write_text(TRIANGLE)
    hostile(source)
    before = [fingerprint(folder) for folder in (outside, images, source)]
    with Store.create(tmp_path / "project", images=images, classes=["cat"]) as store:
        told = []
        for part in (*sorted(source.iterdir()), source / "yolo" / "labels"):
            try:
                done = import_labels(store, part)
            except InputError as error:
                told.append(str(error))
            else:
                told += [str(finding) for finding in (*done.refused, *done.repaired)]
        assert store.check() == []
        rows = {row.rel: row.instance_count for row in store.images()}
    assert [fingerprint(folder) for folder in (outside, images, source)] == before
    assert not Path("/tmp/dynseg-written.txt").exists()
    assert not list(tmp_path.rglob("marker"))
    everything = "\n".join(told)
    for words in (
        "leads out of the source",
        "is a link",
        "document type",
        "could be for any of 2 images",
        "numbers that are not finite",
        "b.txt:1",
        "b.txt:3",
        "b.txt:7",
    ):
        assert words in everything, everything
    # a.txt could be of a.png or of a.jpg, so it is of neither.
    assert rows["n" * 251 + ".png"] == 1
    assert rows["b.png"] == 1
    assert (rows["a.png"], rows["a.jpg"]) == (0, 0)
