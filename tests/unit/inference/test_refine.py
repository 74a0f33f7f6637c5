"""One object looked at again: the right one, in the right place, better than before."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from tests.unit.inference.conftest import MakeProject

from dynseg.annotation.document import Instance
from dynseg.errors import ImageError
from dynseg.geometry.part import Part, ring
from dynseg.geometry.raster import mask_from_parts
from dynseg.inference.letterboxed import ModelInput, checked_pixels
from dynseg.inference.predictor import Predictor, RawOutput
from dynseg.inference.refine import MAX_INPUT_PX, MIN_INPUT_PX, looks, refine
from dynseg.inference.screen import Screen
from dynseg.inference.settings import PredictSettings
from dynseg.sample.scene import Scene, render
from dynseg_resources import sample_project

AT_320 = PredictSettings(image_size=320, device="cpu")


@pytest.fixture(scope="module")
def model() -> Predictor:
    """The model of the sample project: it knows the things in the scenes."""
    return Predictor.load(sample_project() / "models" / "parts.safetensors", device="cpu")


@pytest.fixture(scope="module")
def scene() -> Scene:
    """Things on a table, small against the image."""
    return render(11, 3, width=1280, height=960)


def truth(scene: Scene, index: int) -> tuple[tuple[Part, ...], tuple[float, float, float, float]]:
    parts = scene.instances[index].parts
    return parts, Instance(class_id=1, parts=parts).bounds


def iou(one: tuple[Part, ...], other: tuple[Part, ...], pixels: NDArray[np.uint8]) -> float:
    height, width = pixels.shape[:2]
    a = mask_from_parts(one, width=width, height=height)
    b = mask_from_parts(other, width=width, height=height)
    return float((a & b).sum() / (a | b).sum())


def test_a_sloppy_box_finds_the_object_that_it_was_drawn_around(
    model: Predictor, scene: Scene
) -> None:
    overlaps = []
    for index in range(len(scene.instances)):
        parts, (x0, y0, x1, y1) = truth(scene, index)
        slack = 0.05 * (x1 - x0)
        box = (x0 - slack, y0 - slack, x1 + slack, y1 + slack)
        found = refine(scene.pixels, model, AT_320, box=box)
        overlaps.append(0.0 if found is None else iou(found.parts, parts, scene.pixels))
    assert np.mean(overlaps) > 0.55
    assert np.mean([value > 0.5 for value in overlaps]) > 0.7


def test_a_crude_polygon_becomes_a_better_one(model: Predictor, scene: Scene) -> None:
    """The outline of a spacer, drawn as an octagon that is too large."""
    parts, (x0, y0, x1, y1) = truth(scene, 5)
    angle = np.arange(8) * np.pi / 4
    middle, half = ((x0 + x1) / 2, (y0 + y1) / 2), ((x1 - x0) / 1.8, (y1 - y0) / 1.8)
    crude = ring(np.stack([np.cos(angle), np.sin(angle)], 1) * half + middle)
    crude = ring(np.clip(crude, 0, (1280, 960)))
    before = iou((Part(crude),), parts, scene.pixels)
    found = refine(
        scene.pixels, model, AT_320, box=(x0 - 9, y0 - 9, x1 + 9, y1 + 9), parts=[Part(crude)]
    )
    assert found is not None
    assert iou(found.parts, parts, scene.pixels) > before + 0.1


def test_a_box_beside_everything_finds_nothing(model: Predictor) -> None:
    blank = np.full((400, 600, 3), 120, np.uint8)
    assert refine(blank, model, AT_320, box=(100, 100, 200, 180)) is None


@pytest.mark.parametrize("box", [(700, 10, 800, 50), (5, 5, 5, 90), (-30, -30, -5, -5)])
def test_a_box_outside_of_the_image_or_without_area_finds_nothing(
    model: Predictor, box: tuple[float, float, float, float]
) -> None:
    assert refine(np.zeros((400, 600, 3), np.uint8), model, AT_320, box=box) is None


@pytest.mark.parametrize(
    "box", [(0, 0, 3, 3), (0, 0, 600, 400), (590, 390, 600, 400), (10, 0, 12, 400)]
)
def test_every_look_lies_in_the_image_and_holds_the_box(
    box: tuple[float, float, float, float],
) -> None:
    for window, input_px in looks(box, width=600, height=400, size=640):
        assert 0 <= window.x0 <= box[0]
        assert box[2] <= window.x1 <= 600
        assert 0 <= window.y0 <= box[1]
        assert box[3] <= window.y1 <= 400
        assert MIN_INPUT_PX <= input_px <= MAX_INPUT_PX


def test_looks_have_few_shapes_so_that_nobody_waits_for_a_new_one(
    model: Predictor, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    shapes: set[tuple[int, ...]] = set()
    real = model.forward

    def noted(items: list[ModelInput], settings: PredictSettings) -> list[RawOutput]:
        shapes.update(item.pixels.shape[:2] for item in items)
        return real(items, settings)

    monkeypatch.setattr(model, "forward", noted)
    for side in (8, 30, 60, 90, 140, 200, 300, 600):
        refine(scene.pixels, model, AT_320, box=(300, 20, 300 + side, 20 + side / 2))
    assert shapes == {(160, 160), (320, 320)}


def test_the_image_on_the_screen_is_decoded_once_and_again_when_it_changes(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = make_project(2)
    first, second = store.images()
    decoded: list[Path] = []
    real = checked_pixels

    def counted(path: Path, size: tuple[int, int]) -> NDArray[np.uint8]:
        decoded.append(path)
        return real(path, size)

    monkeypatch.setattr("dynseg.inference.screen.checked_pixels", counted)
    screen = Screen()
    pixels = screen.pixels(store, first.id)
    assert screen.pixels(store, first.id) is pixels
    assert len(decoded) == 1
    Image.new("RGB", (320, 240), "red").save(store.image_path(first.id))
    assert tuple(screen.pixels(store, first.id)[0, 0]) == (255, 0, 0)
    screen.pixels(store, second.id)
    assert len(decoded) == 3


@pytest.mark.parametrize(("free_times", "decodings"), [(9, 1), (3, 2)])
def test_a_large_image_is_kept_where_memory_allows(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch, free_times: int, decodings: int
) -> None:
    store = make_project(1)
    (row,) = store.images()
    decoded: list[Path] = []
    real = checked_pixels

    def counted(path: Path, size: tuple[int, int]) -> NDArray[np.uint8]:
        decoded.append(path)
        return real(path, size)

    monkeypatch.setattr("dynseg.inference.screen.checked_pixels", counted)
    monkeypatch.setattr("dynseg.inference.screen.KEPT_PIXELS", 100)
    free = free_times * row.width * row.height * 3
    monkeypatch.setattr("dynseg.inference.screen.free_memory", lambda: free)
    screen = Screen()
    for _ in range(2):
        screen.pixels(store, row.id)
    assert len(decoded) == decodings


def test_an_image_that_went_away_is_an_error_in_words(make_project: MakeProject) -> None:
    store = make_project(1)
    row = store.images()[0]
    store.image_path(row.id).unlink()
    with pytest.raises(ImageError, match="not there"):
        Screen().pixels(store, row.id)
