"""Pre-labelling on real and on awkward images: polygons in the right place, or a reason."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from PIL import Image, ImageOps

from dynseg.annotation.document import ImageState
from dynseg.benchmark.agreement import compare
from dynseg.benchmark.pictures import draw
from dynseg.geometry.polygon import area, iou, problem
from dynseg.images import index
from dynseg.images.decode import decode
from dynseg.inference.backends.device import DeviceReport
from dynseg.inference.outlines.polygons import Candidates
from dynseg.inference.postprocess import Selection
from dynseg.inference.predictor import Predictor, load, prepare_process
from dynseg.inference.runs.pipeline import prelabel_project
from dynseg.inference.settings import PredictSettings
from dynseg.model.card import read_card
from dynseg.project.store import Store
from dynseg.sample.scene import render
from dynseg_resources import starter_model

SETTINGS = PredictSettings(image_size=320, device="cpu", backend="openvino", edges="off")
SETS = ("food-tray", "coco128-seg", "nuts", "feral-cats", "nuclei-fluo")
REAL = 100
EXIF = 0x0112

_UPRIGHT_TO = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""How a camera that writes an orientation lays the upright picture down."""


@pytest.fixture(scope="module")
def predictor(tmp_path_factory: pytest.TempPathFactory) -> Predictor:
    prepare_process()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DYNSEG_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))
        return load(starter_model(), SETTINGS)


def test_polygons_lie_upright_in_every_orientation_and_format(
    tmp_path: Path, predictor: Predictor
) -> None:
    images = tmp_path / "photos"
    images.mkdir()
    upright = Image.fromarray(render(3, 1, width=320, height=240).pixels)
    for orientation, turn in _UPRIGHT_TO.items():
        laid = upright if turn is None else upright.transpose(turn)
        exif = Image.Exif()
        exif[EXIF] = orientation
        for suffix, options in (
            ("jpg", {"quality": 95}),
            ("png", {}),
            ("webp", {"lossless": True}),
        ):
            laid.save(images / f"{suffix}{orientation}.{suffix}", exif=exif, **options)
    wanted = [d for d in predictor.predict(np.asarray(upright), SETTINGS) if d.score >= 0.4]
    assert len(wanted) >= 3
    with Store.create(tmp_path / "project", images=images, classes=["object"]) as store:
        done = prelabel_project(store, predictor, settings=SETTINGS)
        assert (done.images, done.failed) == (24, [])
        for row in store.images():
            assert (row.width, row.height) == (320, 240)
            shapes = store.annotation(row.id).instances
            for item in wanted:
                assert max(iou(item.parts, shape.parts) for shape in shapes) > 0.85, row.rel


class DrawnMasks:
    """Stands where a network runs and says that there are a ring and an object in two pieces.

    No network of ours can be relied on to see either; everything behind it is the real thing.
    """

    name, batch_size, in_flight = "drawn", 1, 2

    def run(self, images: Sequence[NDArray[np.uint8]], selection: Selection) -> list[Candidates]:
        """The same two masks in every image, in cells of four pixels."""
        height, width, _ = images[0].shape
        rows, columns = np.mgrid[: height // 4, : width // 4].astype(np.float32) * 4 + 2

        def away(x: float, y: float) -> NDArray[np.float32]:
            distance: NDArray[np.float32] = np.hypot(columns - x, rows - y).astype(np.float32)
            return distance

        fields = [
            np.minimum(60 - away(80, 120), away(80, 120) - 25),
            np.maximum(30 - away(200, 60), 30 - away(270, 180)),
        ]
        found = Candidates(
            boxes=np.array([[15, 55, 145, 185], [165, 25, 305, 215]], np.float32),
            scores=np.array([0.9, 0.1], np.float32),
            classes=np.zeros(2, np.int64),
            coefficients=np.eye(2, dtype=np.float32),
            prototypes=np.stack(fields, axis=2),
        )
        return [found for _ in images]


def test_rings_and_objects_in_pieces_come_back_whole(tmp_path: Path) -> None:
    """Through the run, the cache and the project file, which is closed and opened again."""
    images = tmp_path / "photos"
    images.mkdir()
    for scale in (1, 4):
        pixels = np.zeros((256 * scale, 320 * scale, 3), np.uint8)
        Image.fromarray(pixels).save(images / f"{scale}.png")
    model = Predictor(
        starter_model(), read_card(starter_model()), DrawnMasks(), DeviceReport("cpu", "drawn")
    )
    with Store.create(tmp_path / "project", images=images, classes=["object"]) as store:
        assert prelabel_project(store, model, settings=SETTINGS).instances == 2
        # The second one is below the threshold and comes from the cache.
        surer = msgspec.structs.replace(SETTINGS, confidence=0.05)
        again = prelabel_project(store, model, settings=surer, scope="unreviewed")
        assert (again.instances, again.cached) == (4, 2)
    with Store.open(tmp_path / "project") as store:
        for row in store.images():
            scale = row.width // 320
            rings, pieces = sorted(store.annotation(row.id).instances, key=lambda i: len(i.parts))
            (ring,) = rings.parts
            (hole,) = ring.holes
            assert area(ring) == pytest.approx(np.pi * (60**2 - 25**2) * scale**2, rel=0.02)
            assert shapely.Polygon(hole).centroid.coords[0] == pytest.approx(
                (80 * scale, 120 * scale), abs=scale
            )
            assert len(pieces.parts) == 2
            for part in pieces.parts:
                assert area(part) == pytest.approx(np.pi * 30**2 * scale**2, rel=0.02)


@pytest.mark.slow
def test_every_awkward_file_has_polygons_inside_or_a_reason(
    shared_data: Path, tmp_path: Path, predictor: Predictor
) -> None:
    images = tmp_path / "photos"
    shutil.copytree(shared_data / "awkward", images)
    listed = set(index.scan(images, recursive=True))
    with Store.create(
        tmp_path / "project", images=images, classes=["object"], recursive=True
    ) as store:
        assert {row.rel for row in store.images()} == {str(rel) for rel in listed}
        done = prelabel_project(store, predictor, settings=SETTINGS)
        failed = dict(done.failed)
        assert done.images + len(failed) == len(listed)
        for row in store.images():
            annotation = store.annotation(row.id)
            if row.rel in failed:
                assert failed[row.rel].strip()
                assert not annotation.instances
                continue
            assert annotation.state is ImageState.PRELABELLED
            with Image.open(images / row.rel) as picture:
                assert ImageOps.exif_transpose(picture).size == (row.width, row.height)
            for part in (part for item in annotation.instances for part in item.parts):
                assert problem(part) is None
                for ring in part.rings:
                    assert (ring >= 0).all()
                    assert (ring <= (row.width, row.height)).all()
    broken = {Path(rel).parts[0] for rel in failed}
    assert broken <= {"truncated", "corrupt", "bomb", "tiny"}
    assert {"truncated", "corrupt"} <= broken


@pytest.mark.slow
def test_a_thousand_objects_on_one_image(tmp_path: Path, predictor: Predictor) -> None:
    """All of them are traced, proposed, saved and read again, and the surest stay when cut off."""
    crowded = [decode(path).pixels for path in draw(tmp_path / "drawn", 9, dense=True)]
    rows = [np.concatenate(crowded[start : start + 3], axis=1) for start in (0, 3, 6)]
    images = tmp_path / "photos"
    images.mkdir()
    Image.fromarray(np.concatenate(rows)).save(images / "many.png", compress_level=1)
    settings = msgspec.structs.replace(
        SETTINGS, image_size=1920, confidence=0.05, max_detections=3000
    )
    with Store.create(tmp_path / "project", images=images, classes=["object"]) as store:
        done = prelabel_project(store, predictor, settings=settings)
        image_id = store.images()[0].id
        many = store.annotation(image_id).instances
        assert done.instances == len(many) > 1000
        assert len({item.id for item in many}) == len(many)
        fewer = msgspec.structs.replace(settings, max_detections=1000)
        prelabel_project(store, predictor, settings=fewer, scope="unreviewed")
        surest = store.annotation(image_id).instances
    assert 900 < len(surest) <= 1000
    assert min(item.score or 0 for item in surest) > min(item.score or 0 for item in many)


@pytest.mark.slow
def test_the_fast_backend_agrees_with_float32_torch_on_real_images(
    shared_data: Path, predictor: Predictor
) -> None:
    per_set = REAL // len(SETS)
    files: list[Path] = []
    for name in SETS:
        folder = shared_data / name / "yolo" / "images"
        photos = [folder / rel for rel in index.scan(folder, recursive=True)]
        files += photos[:: max(1, len(photos) // per_set)][:per_set]
    files += [
        path
        for path in sorted((shared_data / "food-tray" / "yolo" / "images").rglob("*.jpg"))
        if path not in files
    ][: REAL - len(files)]
    assert len(files) == REAL
    settings = PredictSettings(device="cpu", backend="torch")
    reference = load(starter_model(), settings)
    agreed = compare(predictor, reference, (decode(path).pixels for path in files), settings)
    print(agreed)
    assert agreed.objects > 300
    assert agreed.matched >= 0.985
    assert agreed.mask_iou >= 0.995
