"""Images come from threads; what nobody waits for any more is dropped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from dynseg.images.levels import Levels
from dynseg_annotator.session.loader import ImageLoader, Loaded


@pytest.fixture
def loader(qtbot: QtBot) -> Iterator[ImageLoader]:
    made = ImageLoader()
    yield made
    made.close()


def test_image_arrives_and_is_ready_the_next_time(
    qtbot: QtBot, loader: ImageLoader, folder: Path
) -> None:
    with qtbot.waitSignal(loader.loaded) as arrival:
        assert loader.request(1, folder / "img_1.jpg") is None
    loaded: Loaded = arrival.args[0]
    assert loaded.image is not None
    assert (loaded.image.width(), loaded.image.height()) == (320, 240)
    assert abs(QColor(loaded.image.pixel(5, 5)).blue() - 160) < 6
    assert loader.request(1, folder / "img_1.jpg") is loaded


def test_damaged_image_says_why(qtbot: QtBot, loader: ImageLoader, folder: Path) -> None:
    with qtbot.waitSignal(loader.loaded) as arrival:
        loader.request(5, folder / "img_5.jpg")
    loaded: Loaded = arrival.args[0]
    assert loaded.image is None
    assert loaded.note


def test_only_the_last_wish_is_shown(qtbot: QtBot, loader: ImageLoader, folder: Path) -> None:
    shown: list[int] = []
    loader.loaded.connect(lambda loaded: shown.append(loaded.image_id))
    for number in range(5):
        loader.request(number, folder / f"img_{number}.jpg")
    qtbot.waitUntil(lambda: bool(shown), timeout=5000)
    qtbot.wait(100)
    assert shown == [4]


def test_neighbours_are_ready_before_they_are_asked_for(
    qtbot: QtBot, loader: ImageLoader, folder: Path
) -> None:
    wishes = [(n, folder / f"img_{n}.jpg") for n in (1, 2, 3)]
    loader.prefetch(wishes)
    qtbot.waitUntil(lambda: all(n in loader._cache for n in (1, 2, 3)), timeout=5000)
    assert loader.request(2, folder / "img_2.jpg") is not None


@dataclass(frozen=True)
class Mark:
    """A stage that only says which one it was."""

    name: str
    size_bytes: int = 100

    def __call__(self, image: QImage, details: Levels | None = None, /) -> Mark:
        return self


def test_neighbours_are_got_ready_again_for_another_view_and_shown_once(
    qtbot: QtBot, loader: ImageLoader, folder: Path
) -> None:
    shown: list[Loaded] = []
    loader.loaded.connect(shown.append)
    wishes = [(n, folder / f"img_{n}.jpg") for n in (1, 2)]
    loader.request(1, folder / "img_1.jpg", Mark("small"))
    qtbot.waitUntil(lambda: len(shown) == 1)
    assert shown[0].staged == Mark("small")
    held = loader._held_bytes
    loader.prefetch(wishes, Mark("large"))
    qtbot.waitUntil(lambda: len(loader._cache) == 2 and not loader._running)
    assert {loaded.stage for loaded in loader._cache.values()} == {Mark("large")}
    assert loader._cache[1].image is shown[0].image, "nothing is decoded twice"
    assert loader._held_bytes == 2 * held, "and memory is counted once"
    assert len(shown) == 1


def test_memory_stays_below_the_limit(qtbot: QtBot, folder: Path) -> None:
    loader = ImageLoader(cache_bytes=2 * 320 * 240 * 4)
    loader.prefetch([(n, folder / f"img_{n}.jpg") for n in range(5)])
    qtbot.waitUntil(lambda: not loader._running, timeout=5000)
    assert loader._held_bytes <= 2 * 320 * 240 * 4
    assert len(loader._cache) <= 2
    loader.close()


def test_nothing_of_another_project_arrives(
    qtbot: QtBot, loader: ImageLoader, folder: Path
) -> None:
    shown: list[object] = []
    loader.loaded.connect(shown.append)
    loader.request(1, folder / "img_1.jpg")
    loader.forget()
    qtbot.wait(150)
    assert shown == []
