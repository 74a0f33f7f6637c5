"""Large images: another process decodes them, the canvas shows pieces of what it wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from dynseg.errors import ImageError
from dynseg.images.decode import small_costs_pixels
from dynseg.images.levels import Levels
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.canvas import Canvas
from dynseg_annotator.session import loader as loading
from dynseg_annotator.session import unpacking
from dynseg_annotator.session.loader import ImageLoader, Loaded
from dynseg_annotator.session.unpacking import (
    KEPT,
    PREFIX,
    Unpacker,
    remove_leftovers,
    small_pixels,
)

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")
WIDTH, HEIGHT = 1200, 900


@pytest.fixture(autouse=True)
def small_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "LARGE_PIXELS", 1_000_000)
    monkeypatch.setattr(loading, "PREVIEW_PIXELS", 100_000)


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    ramp = np.linspace(0, 255, WIDTH * HEIGHT).reshape(HEIGHT, WIDTH, 1).repeat(3, 2)
    for number in range(4):
        picture = ramp.astype(np.uint8)
        picture[:, :, 1] = 40 * number
        picture[::2, ::2, 2] = 200
        Image.fromarray(picture).save(folder / f"large_{number}.png")
    return folder


@pytest.fixture
def loader(qtbot: QtBot, tmp_path: Path) -> Iterator[ImageLoader]:
    made = ImageLoader()
    made.unpacker = Unpacker(tmp_path / "cache")
    yield made
    made.close()
    assert not list((tmp_path / "cache").glob("*")), "nothing stays on the disk"


def load(qtbot: QtBot, loader: ImageLoader, path: Path, image_id: int) -> Loaded:
    with qtbot.waitSignal(loader.loaded, timeout=20_000) as arrival:
        assert loader.request(image_id, path) is None
    loaded: Loaded = arrival.args[0]
    return loaded


def test_a_large_image_comes_as_a_preview_with_details(
    qtbot: QtBot, loader: ImageLoader, photos: Path
) -> None:
    loaded = load(qtbot, loader, photos / "large_1.png", 1)
    assert loaded.image is not None
    assert loaded.size == (WIDTH, HEIGHT)
    assert (loaded.image.width(), loaded.image.height()) == (300, 225)
    assert loader._held_bytes < 1_000_000
    assert loader.request(1, photos / "large_1.png") is loaded


def test_only_a_large_image_that_is_looked_at_is_unpacked(
    qtbot: QtBot, loader: ImageLoader, photos: Path
) -> None:
    loader.prefetch([(n, photos / f"large_{n}.png") for n in (1, 2)])
    qtbot.waitUntil(lambda: not loader._running)
    assert not loader._cache
    assert load(qtbot, loader, photos / "large_2.png", 2).details is not None


def test_few_stay_on_the_disk_and_one_that_went_is_unpacked_again(
    qtbot: QtBot, loader: ImageLoader, photos: Path, tmp_path: Path
) -> None:
    for number in range(4):
        load(qtbot, loader, photos / f"large_{number}.png", number)
    assert len(list((tmp_path / "cache").glob("*/*.levels"))) == KEPT
    again = load(qtbot, loader, photos / "large_0.png", 0)
    assert again.details is not None
    assert again.details.is_there()


def test_a_damaged_large_image_says_why(qtbot: QtBot, loader: ImageLoader, photos: Path) -> None:
    path = photos / "large_1.png"
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    loaded = load(qtbot, loader, path, 1)
    assert loaded.image is None
    assert loaded.note == "is truncated"


def test_a_file_that_is_being_read_is_no_reason_to_show_nothing(
    qtbot: QtBot, loader: ImageLoader, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows does not remove it then; it goes with the folder, at the end."""

    def refuse(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "in use", str(path))

    with monkeypatch.context() as windows:
        windows.setattr(Path, "unlink", refuse)
        for number in range(KEPT + 1):
            assert load(qtbot, loader, photos / f"large_{number}.png", number).details is not None


def test_what_a_killed_window_left_is_removed(tmp_path: Path) -> None:
    (tmp_path / f"{PREFIX}999999999-x").mkdir()
    remove_leftovers(tmp_path)
    assert not list(tmp_path.iterdir())


def shown(canvas: Canvas) -> QImage:
    canvas.rendering.finish()
    return canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


@pytest.mark.parametrize("zoom", [0.3, 0.6, 1.0, 2.7, 9.0])
def test_the_canvas_shows_the_same_with_details_as_with_the_image(
    qtbot: QtBot, loader: ImageLoader, photos: Path, zoom: float
) -> None:
    loaded = load(qtbot, loader, photos / "large_1.png", 1)
    pixels = np.asarray(Image.open(photos / "large_1.png"))
    full = QImage(pixels.data, WIDTH, HEIGHT, 3 * WIDTH, QImage.Format.Format_RGB888)
    pictures = []
    for image, size, details in ((full, None, None), (loaded.image, loaded.size, loaded.details)):
        canvas = Canvas()
        qtbot.addWidget(canvas)
        canvas.resize(500, 400)
        canvas.show()
        staged = canvas.staging()(image, details) if image is not None else None
        canvas.set_image(image, size=size, staged=staged)
        canvas.camera.set_zoom(zoom)
        canvas.camera.pan_by(-37, 21)
        picture = shown(canvas)
        bits = np.frombuffer(picture.constBits(), np.uint8).reshape(400, -1, 4)
        pictures.append(bits[:, :500, :3].astype(int))
        assert canvas.camera.image_size == (WIDTH, HEIGHT)
    difference = np.abs(pictures[0] - pictures[1])
    assert difference.mean() < (2.0 if zoom < 1 else 0.5)


def test_tools_read_pixels_of_a_large_image(
    qtbot: QtBot, loader: ImageLoader, photos: Path
) -> None:
    loaded = load(qtbot, loader, photos / "large_3.png", 1)
    canvas = Canvas()
    qtbot.addWidget(canvas)
    assert loaded.image is not None
    staged = canvas.staging()(loaded.image, loaded.details)
    canvas.set_image(loaded.image, size=loaded.size, staged=staged)
    found = canvas.pixels((1000.5, 800.0, 1300.0, 1000.0))
    assert found is not None
    pixels, corner = found
    assert corner == (1000, 800)
    expected = np.asarray(Image.open(photos / "large_3.png"))[800:900, 1000:1200]
    assert (pixels == expected).all()
    details = loaded.details
    assert isinstance(details, Levels)
    details.path.unlink()
    assert canvas.pixels((0.0, 0.0, 9.0, 9.0)) is None, "and nothing breaks when it is gone"
    shown(canvas)


def test_a_large_image_is_worked_on_in_the_window(
    application: Workbench, photos: Path, qtbot: QtBot
) -> None:
    application.frame.open(photos)
    canvas = application.parts.canvas
    qtbot.waitUntil(lambda: canvas.accepts_gestures, timeout=20_000)
    assert canvas.camera.image_size == (WIDTH, HEIGHT)
    application.parts.actions["next-image"].trigger()
    qtbot.waitUntil(lambda: canvas.accepts_gestures, timeout=20_000)
    assert canvas.pixels((0.0, 0.0, 9.0, 9.0)) is not None


def test_a_thumbnail_of_a_large_image_is_decoded_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.png"
    Image.linear_gradient("L").resize((1200, 800)).convert("RGB").save(path)
    here = small_pixels(path, 200, lambda: True)
    monkeypatch.setattr(unpacking, "LARGE_PIXELS", 500_000)
    monkeypatch.setattr(unpacking, "decode_small", None)  # what is not called cannot fail
    there = small_pixels(path, 200, lambda: True)
    assert here is not None
    assert there is not None
    assert there.shape == (133, 200, 3)
    assert np.array_equal(here, there)
    assert small_pixels(path, 200, lambda: False) is None, "scrolled away: nobody waits"
    path.write_bytes(path.read_bytes()[:300])
    with pytest.raises(ImageError):
        small_pixels(path, 200, lambda: True)


def test_a_jpeg_is_small_enough_to_be_decoded_here(tmp_path: Path) -> None:
    for name, costs_px in (("a.jpg", 1200 * 800 // 64), ("a.png", 1200 * 800)):
        Image.new("RGB", (1200, 800)).save(tmp_path / name)
        assert small_costs_pixels(tmp_path / name) == costs_px
