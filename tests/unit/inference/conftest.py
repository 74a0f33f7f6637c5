"""One model for all tests of this folder, and small projects of generated scenes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from dynseg.inference.predictor import Predictor, prepare_process
from dynseg.inference.runs.hands import pool
from dynseg.inference.runs.hands.pool import Hands
from dynseg.inference.settings import PredictSettings
from dynseg.project.store import Store
from dynseg.sample.scene import render
from dynseg_resources import starter_model

SIDE = 160
FAST = PredictSettings(image_size=SIDE, device="cpu", edges="off")
"""Outlines as the model draws them: most tests ask what becomes of these."""

MakeProject = Callable[..., Store]


@pytest.fixture(scope="session")
def starter() -> Predictor:
    """The embedded model on the CPU in torch: the reference, bit for bit the same each time."""
    prepare_process()
    return Predictor.load(starter_model(), device="cpu", backend="torch")


@pytest.fixture(scope="session")
def fast_starter(tmp_path_factory: pytest.TempPathFactory) -> Predictor:
    """The embedded model in OpenVINO."""
    prepare_process()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DYNSEG_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))
        return Predictor.load(starter_model(), device="cpu", backend="openvino")


def write_scenes(folder: Path, count: int, *, seed: int = 5) -> list[Path]:
    """Photos of generated scenes."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for index in range(count):
        path = folder / f"scene{index}.png"
        pixels = render(seed, index, width=320, height=240).pixels
        Image.fromarray(pixels).save(path, compress_level=1)
        paths.append(path)
    return paths


@pytest.fixture
def make_project(tmp_path: Path) -> Iterator[MakeProject]:
    """Makes projects; they are closed at the end of the test."""
    opened: list[Store] = []

    def make(count: int, *, classes: tuple[str, ...] = ("part",)) -> Store:
        images = tmp_path / f"images{len(opened)}"
        write_scenes(images, count)
        store = Store.create(tmp_path / f"project{len(opened)}", images=images, classes=classes)
        opened.append(store)
        return store

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def hands() -> Iterator[Hands]:
    with Hands(2, input_px=SIDE, input_pixels=SIDE**2, inputs=3) as made:
        yield made


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs take hands, however few images and cores there are."""
    monkeypatch.setattr(pool, "core_count", lambda **_: 4)
    monkeypatch.setattr(pool, "ENOUGH_IMAGES", 1)
