"""Close-ups: parts of images with the labels of what they show."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from dynseg.formats.outgoing import bridge
from dynseg.formats.yolo.rows import format_row
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import to_shapely
from dynseg.training.budget import plan_budget
from dynseg.training.close_ups import MEASURED_AN_IMAGE, add_close_ups, labels_of
from dynseg.training.config import TrainConfig
from dynseg.training.evaluate import evaluate
from dynseg.training.image_size import MOST_CLOSE_UP, ObjectShares, wanted_close_up
from dynseg_resources import starter_model

WIDTH, HEIGHT = 300, 200


def corners(x: float, y: float, side: float) -> NDArray[np.float64]:
    return np.array([(x, y), (x + side, y), (x + side, y + side), (x, y + side)], np.float64)


def write(folder: Path, part: str, name: str, squares: list[tuple[int, int, int]]) -> Path:
    """White squares on black, labelled."""
    pixels = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    rows = []
    for x, y, side in squares:
        pixels[y : y + side, x : x + side] = 255
        rows.append(format_row(0, corners(x, y, side) / (WIDTH, HEIGHT)))
    path = folder / "images" / part / f"{name}.png"
    for kind in ("images", "labels"):
        (folder / kind / part).mkdir(parents=True, exist_ok=True)
    Image.fromarray(pixels).save(path)
    labels_of(path).write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def data(tmp_path: Path) -> dict[str, Any]:
    chance = random.Random(1)
    parts: dict[str, list[Path]] = {}
    for part, count in (("train", 3), ("val", 2)):
        parts[part] = [
            write(
                tmp_path / "data", part, f"{part}{number}",
                [(chance.randrange(20, 260, 40), chance.randrange(20, 160, 40), 12)
                 for _ in range(6)],
            )
            for number in range(count)
        ]  # fmt: skip
    return {"names": {0: "square"}, "nc": 1, **parts}


def seen_of(path: Path) -> tuple[NDArray[np.bool_], list[NDArray[np.float64]]]:
    """What is bright in a close-up, and the polygons of its label in its pixels."""
    pixels = np.asarray(Image.open(path).convert("L"))
    height, width = pixels.shape
    polygons = [
        np.array(line.split()[1:], np.float64).reshape(-1, 2) * (width, height)
        for line in labels_of(path).read_text(encoding="utf-8").splitlines()
    ]
    return pixels > 127, polygons


def test_close_ups_show_what_their_labels_say(data: dict[str, Any], tmp_path: Path) -> None:
    made = add_close_ups(data, 2.5, tmp_path / "close-ups", size=100)
    for part in ("train", "val"):
        whole = len(data[part])
        assert made[part][:whole] == data[part]
        cut = made[part][whole:]
        assert len(cut) >= 3 * whole
        objects = 0
        for path in cut:
            bright, polygons = seen_of(path)
            assert max(bright.shape) <= 100
            objects += len(polygons)
            for points in polygons:
                low, high = points.min(0), points.max(0)
                x, y = ((low + high) / 2).astype(int)
                assert bright[y, x], path.name
                # Shown as it is: 12 pixels of 120, which are shown as 100; less at an edge.
                assert (high - low <= 12 * 100 / 120 + 0.5).all()
            # Nothing that is mostly inside is left without a label.
            labelled = sum(float(np.prod(p.max(0) - p.min(0))) for p in polygons)
            assert bright.sum() - labelled < 60 * max(1, len(polygons))
        assert objects >= 6 * whole


def test_holes_and_all_parts_of_an_object_are_in_its_label(tmp_path: Path) -> None:
    ring_shaped = Part(ring(corners(10, 10, 40)), (ring(corners(20, 20, 20)),))
    beside, outside = Part(ring(corners(70, 70, 12))), Part(ring(corners(110, 70, 12)))
    path = write(tmp_path, "train", "parts", [])
    outline = bridge.join([ring_shaped, beside, outside])
    labels_of(path).write_text(format_row(0, outline / (WIDTH, HEIGHT)) + "\n", encoding="utf-8")
    made = add_close_ups({"train": [path], "val": []}, 3.0, tmp_path / "close-ups", size=100)
    first = next(p for p in made["train"] if p.stem == "00000-000")  # the first 100 x 100 pixels
    _, (polygon,) = seen_of(first)
    seen = to_shapely(bridge.take_apart(ring(polygon)))
    assert seen.symmetric_difference(to_shapely([ring_shaped, beside])).area < 0.1
    assert polygon.max() < 83  # no bridge to what lies outside


def test_little_of_an_object_is_no_object(tmp_path: Path) -> None:
    # A close-up is 100 pixels wide and the first one ends in the middle of the picture's third.
    path = write(tmp_path, "train", "edge", [(97, 10, 20)])
    made = add_close_ups({"train": [path], "val": []}, 3.0, tmp_path / "close-ups", size=100)
    labels = {p.stem: labels_of(p).read_text(encoding="utf-8") for p in made["train"][1:]}
    assert labels  # 3 of its 20 pixels are in the first one
    assert not labels.get("00000-000")
    assert any(labels.values())


def test_most_empty_close_ups_are_left_out_of_training_alone(tmp_path: Path) -> None:
    empty = [write(tmp_path, part, part, []) for part in ("train", "val")]
    made = add_close_ups(
        {"train": empty[:1] * 4, "val": empty[1:] * 4}, 3.0, tmp_path / "c", size=100, seed=3
    )
    assert len(made["val"]) == 4 + 4 * MEASURED_AN_IMAGE
    # Twelve parts of each image, four of which are kept by chance.
    assert 4 < len(made["train"]) - 4 < 4 * 12 / 2


def test_an_image_that_cannot_be_read_is_left_whole(data: dict[str, Any], tmp_path: Path) -> None:
    data["train"][0].write_bytes(b"no image")
    made = add_close_ups(data, 3.0, tmp_path / "c", size=100)
    assert made["train"][:3] == data["train"]
    assert not [path for path in made["train"][3:] if path.stem.startswith("00000-")]


def test_the_longest_name_of_an_image_is_not_too_long(tmp_path: Path) -> None:
    path = write(tmp_path, "train", "x" * 251, [(60, 10, 20)])
    made = add_close_ups({"train": [path], "val": []}, 3.0, tmp_path / "c", size=100)
    assert len(made["train"]) > 1


def test_what_was_there_before_is_gone_and_the_same_comes_again(
    data: dict[str, Any], tmp_path: Path
) -> None:
    folder = tmp_path / "close-ups"
    first = add_close_ups(data, 3.0, folder, size=100)
    stray = folder / "images" / "train" / "stray.jpg"
    stray.write_bytes(b"")
    second = add_close_ups(data, 3.0, folder, size=100)
    assert not stray.exists()
    assert first == second


@pytest.mark.parametrize(
    ("small", "large", "wanted"),
    [
        (0.0, 0.0, 1.0),
        (0.1, 0.1, 1.0),
        (0.08, 0.08, 1.0),
        (0.045, 0.1, 2.38),
        (0.001, 0.05, 3.0),
        (0.001, 0.25, 2.0),  # larger ones would not fit otherwise
        (0.02, 0.5, 1.0),
    ],
)
def test_only_small_objects_need_close_ups(small: float, large: float, wanted: float) -> None:
    assert wanted_close_up(ObjectShares(small, large), 448) == pytest.approx(wanted, abs=0.01)
    assert MOST_CLOSE_UP == 3.0


def test_who_chooses_a_size_gets_no_close_ups() -> None:
    def planned(config: TrainConfig) -> float:
        return plan_budget(
            config, images=20, parent_size=320, shares=ObjectShares(0.009, 0.03)
        ).close_up

    assert planned(TrainConfig()) == 3.0
    assert planned(TrainConfig(image_size=640)) == 1.0


def test_a_model_is_measured_on_close_ups_as_well(labelled_scenes: Path) -> None:
    data = labelled_scenes / "data.yaml"
    whole = evaluate(starter_model(), data, 160, agnostic=True)
    closer = evaluate(starter_model(), data, 160, agnostic=True, close_up=2.0)
    assert closer.images == whole.images
    assert closer.map50 != whole.map50
