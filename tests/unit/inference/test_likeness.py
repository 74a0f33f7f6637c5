"""What looks like a few examples is found without training, on drawn and on real photographs."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.beetles import BEETLE, HEIGHT, SEED, WIDTH, ellipse, scene
from tests.conftest import SHARED_DATA

from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import iou
from dynseg.images.decode import decode
from dynseg.inference.likeness import search, surface
from dynseg.inference.likeness.search import Shape, find_alike, find_kinds
from dynseg.inference.likeness.surface import Seer
from dynseg.progress import CancelledError
from dynseg_resources import starter_model


@pytest.fixture(scope="module")
def seer() -> Seer:
    return Seer(starter_model())


def found_of(found: list[Shape], wanted: list[Shape]) -> tuple[float, float]:
    """Share of what was wanted, and of what was found that is wanted."""
    hits = {
        place
        for place, shape in enumerate(wanted)
        if any(iou(shape, other) >= 0.5 for other in found)
    }
    return len(hits) / len(wanted), len(hits) / max(len(found), 1)


def test_a_few_examples_find_the_others_and_nothing_else(seer: Seer) -> None:
    pixels, (beetles, _) = scene((BEETLE, 30), (SEED, 15))
    found = find_alike(pixels, seer, beetles[:3])
    sure = [item.parts for item in found if item.score >= 0.25]
    recall, precision = found_of(sure, beetles[3:])
    assert recall > 0.9
    assert precision == 1.0
    scores = [item.score for item in found]
    assert scores == sorted(scores, reverse=True)
    assert 0 < scores[-1] <= scores[0] <= 1


def test_what_is_there_or_was_refused_is_not_found_again(seer: Seer) -> None:
    pixels, (beetles,) = scene((BEETLE, 20))
    found = find_alike(pixels, seer, beetles[:3], there=beetles[3:10])
    for item in found:
        assert all(iou(item.parts, other) < 0.5 for other in beetles[:10])
    sure = [item.parts for item in found if item.score >= 0.25]
    assert found_of(sure, beetles[10:])[0] > 0.9


def test_what_is_less_alike_than_most_of_what_was_refused_is_not_found(seer: Seer) -> None:
    pixels, (beetles, seeds) = scene((BEETLE, 20), (SEED, 20))
    found = find_alike(pixels, seer, [*beetles[:3], *seeds[:1]])
    wrong = [item for item in found if any(iou(item.parts, seed) >= 0.5 for seed in seeds)]
    assert len(wrong) > 5
    refused = [item.parts for item in wrong[::2]]
    again = find_alike(pixels, seer, [*beetles[:3], *seeds[:1]], refused=refused)
    assert not any(iou(item.parts, shape) >= 0.5 for item in again for shape in refused)
    assert min(item.score for item in again) > min(item.score for item in wrong[::2])
    assert found_of([item.parts for item in again], beetles[3:])[0] > 0.9


def test_each_object_is_of_the_kind_that_it_is_more_like(seer: Seer) -> None:
    pixels, (beetles, seeds) = scene((BEETLE, 20), (SEED, 20))
    found = find_kinds(pixels, seer, {7: beetles[:3], 9: seeds[:3]}, refused={})
    for kind, wanted in ((7, beetles[3:]), (9, seeds[3:])):
        sure = [item.parts for own, item in found if own == kind and item.score >= 0.25]
        recall, precision = found_of(sure, wanted)
        assert recall > 0.9
        assert precision == 1.0


def test_an_image_looked_at_in_pieces_looks_the_same(
    seer: Seer, monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels, _ = scene((BEETLE, 20))
    whole = seer.look(pixels, (WIDTH, HEIGHT)).astype(np.float32)
    monkeypatch.setattr(surface, "TILE_PX", 96)
    pieces = seer.look(pixels, (WIDTH, HEIGHT)).astype(np.float32)
    assert whole.shape == pieces.shape
    # the border of a piece is felt a little, far from what tells an object from the ground
    assert np.abs(whole - pieces).max() < 0.02 * np.abs(whole).max()


@pytest.mark.parametrize("size", [(1, 1), (3, 700), (701, 5), (33, 31)])
def test_images_of_any_shape_are_looked_at(seer: Seer, size: tuple[int, int]) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (size[1], size[0], 3), np.uint8)
    shape = (Part(ring([(0, 0), (size[0], 0), (size[0], size[1]), (0, size[1])])),)
    for item in find_alike(pixels, seer, [shape]):
        assert iou(item.parts, shape) < 0.5


def test_an_even_image_has_nothing_alike(seer: Seer) -> None:
    pixels = np.full((200, 200, 3), 90, np.uint8)
    assert find_alike(pixels, seer, [ellipse(50, 50, 10, 8, 0)]) == []


def test_few_examples_are_answered_with_few(seer: Seer) -> None:
    pixels, (beetles,) = scene((BEETLE, 40))
    assert len(find_alike(pixels, seer, beetles[:1])) <= search.FOR_EACH
    assert len(find_alike(pixels, seer, beetles[:4])) > search.FOR_EACH


def test_a_search_that_nobody_waits_for_ends(seer: Seer) -> None:
    pixels, (beetles,) = scene((BEETLE, 20))

    def stop() -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        find_alike(pixels, seer, beetles[:3], look_up=stop)


def test_a_large_image_is_looked_at_within_its_memory(seer: Seer) -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (3000, 4000, 3), np.uint8)
    view = search._viewed(pixels, seer, [ellipse(50, 50, 5, 5, 0)], lambda: None)
    cells = view.surface.shape[0] * view.surface.shape[1]
    assert cells * surface.STRIDE**2 <= 1.01 * search.MOST_PX


@pytest.mark.skipif(not SHARED_DATA.is_dir(), reason="the real data sets are not here")
def test_eight_insects_find_many_of_a_hundred(seer: Seer) -> None:
    photo = SHARED_DATA / "kudzu-bugs" / "yolo" / "images" / "train" / "10.jpg"
    pixels, truths = labelled(photo)
    examples = random.Random(1).sample(range(len(truths)), 8)
    rest = [shape for at, shape in enumerate(truths) if at not in examples]
    found = find_alike(pixels, seer, [truths[at] for at in examples])
    sure = [item.parts for item in found if item.score >= 0.25]
    recall, precision = found_of(sure, rest)
    print(f"{len(rest)} insects: {recall:.2f} found, {precision:.2f} of {len(sure)} right")
    assert recall >= 0.3
    assert precision >= 0.3


def labelled(photo: Path) -> tuple[NDArray[np.uint8], list[Shape]]:
    """A photograph and its labels in YOLO's layout."""
    pixels = decode(photo).pixels
    height, width = pixels.shape[:2]
    text = photo.parents[2] / "labels" / "train" / f"{photo.stem}.txt"
    lines = [line.split()[1:] for line in text.read_text().splitlines()]
    points = [np.array(line, float).reshape(-1, 2) * [width, height] for line in lines]
    return pixels, [(Part(ring(line)),) for line in points]
