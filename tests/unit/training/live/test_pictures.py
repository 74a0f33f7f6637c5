"""Made-up pictures: what they show and what their labels say has to be the same thing."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
import pytest

from dynseg.annotation.document import Annotation, Instance
from dynseg.geometry.part import Part, ring
from dynseg.training.live.augment import (
    MASK_STRIDE,
    Picture,
    PictureMaker,
    Strength,
    outline_masks,
    plain_pixels,
)
from dynseg.training.live.batches import BatchSettings, BatchSource, Memory, collate
from dynseg.training.live.example import Example, make_example, telling_parts

SIZE = 128


def square(x: float, y: float, side: float) -> Part:
    return Part(ring([(x, y), (x + side, y), (x + side, y + side), (x, y + side)]))


def example(image_id: int = 1, *, squares: Sequence[tuple[float, float, float, int]]) -> Example:
    """White squares on black, one value of grey a class."""
    pixels = np.zeros((200, 200, 3), np.uint8)
    items = []
    for x, y, side, label in squares:
        pixels[int(y) : int(y + side), int(x) : int(x + side)] = 255 - 40 * label
        items.append(Instance(label, (square(x, y, side),)))
    document = Annotation(image_id, 200, 200, tuple(items))
    return make_example(document, pixels, {0: 0, 1: 1, 2: 2}, size=SIZE)


def test_plain_picture_puts_box_and_mask_where_the_object_is() -> None:
    made = PictureMaker(SIZE).plain(example(squares=[(50, 100, 40, 1)]))
    scale = SIZE / 200
    assert made.labels.tolist() == [1]
    assert made.boxes[0] * SIZE == pytest.approx(np.array((70, 120, 40, 40)) * scale, abs=0.5)
    rows, columns = np.nonzero(made.mask)
    assert rows.min() * MASK_STRIDE == pytest.approx(100 * scale, abs=MASK_STRIDE)
    assert (columns.max() + 1) * MASK_STRIDE == pytest.approx(90 * scale, abs=MASK_STRIDE)
    assert made.pixels[int(120 * scale), int(70 * scale)].tolist() == [215] * 3


@pytest.mark.parametrize("seed", range(6))
def test_what_is_labelled_is_what_is_seen(seed: int) -> None:
    """White on black: however a picture is turned and cut, masks cover what is bright."""
    strength = Strength(hue=0, saturation=0, value=0)
    maker = PictureMaker(SIZE, seed=seed, strength=strength)
    source = [example(i, squares=[(30, 40, 60, 0), (120, 120, 50, 0)]) for i in range(3)]
    made = maker.make(source[0], source)
    side = SIZE // MASK_STRIDE
    bright = made.pixels[..., 0].reshape(side, MASK_STRIDE, side, MASK_STRIDE).mean((1, 3)) > 127
    seen = made.mask > 0
    overlap = (bright & seen).sum() / max(1, (bright | seen).sum())
    assert overlap > 0.8
    low, high = made.boxes[:, :2] - made.boxes[:, 2:] / 2, made.boxes[:, :2] + made.boxes[:, 2:] / 2
    assert low.min() >= -1e-5
    assert high.max() <= 1 + 1e-5
    assert made.mask.max() <= len(made.labels)


@pytest.mark.parametrize("seed", range(8))
def test_a_long_object_that_is_cut_off_is_labelled_where_it_is(seed: int) -> None:
    """Four corners, most of them outside of the picture or of its quarter."""
    pixels = np.zeros((200, 200, 3), np.uint8)
    rod = np.array([(2, 30), (12, 10), (198, 160), (188, 180)], np.int32)
    cv2.fillPoly(pixels, [rod], (255, 255, 255))
    document = Annotation(1, 200, 200, (Instance(0, (Part(ring(rod.tolist())),)),))
    source = make_example(document, pixels, {0: 0}, size=SIZE)
    strength = Strength(hue=0, saturation=0, value=0, paste=0, degrees=45, shift=0.3)
    made = PictureMaker(SIZE, seed=seed, strength=strength).make(source, [source])
    side = SIZE // MASK_STRIDE
    bright = made.pixels[..., 0].reshape(side, MASK_STRIDE, side, MASK_STRIDE).mean((1, 3)) > 200
    near = cv2.dilate(bright.astype(np.uint8), np.ones((3, 3))) > 0
    labelled = made.mask > 0
    assert labelled.any()
    assert (labelled & ~near).sum() <= 0.02 * labelled.sum()
    for number, (x, y, width, height) in enumerate((made.boxes * side).tolist(), 1):
        rows, columns = np.nonzero(made.mask == number)
        assert (columns.min(), columns.max() + 1) == pytest.approx(
            (x - width / 2, x + width / 2), abs=2.5
        )
        assert (rows.min(), rows.max() + 1) == pytest.approx(
            (y - height / 2, y + height / 2), abs=2.5
        )


def test_no_object_is_seen_without_a_label() -> None:
    """There are numbers for 255; what is seen and not labelled would be learned as nothing."""
    crowd = [(float(x), float(y), 5.0, 0) for x in range(2, 192, 10) for y in range(2, 192, 10)]
    maker = PictureMaker(SIZE, strength=Strength())
    made = maker.plain(example(squares=crowd))
    assert len(crowd) > len(made.labels) == 255
    white = cv2.connectedComponents((made.pixels[..., 0] > 160).astype(np.uint8))[0] - 1
    assert white == 255


def test_pasted_objects_bring_classes_of_other_images() -> None:
    maker = PictureMaker(SIZE, seed=1, strength=Strength(mosaic=0, paste=3))
    empty, other = example(1, squares=[]), example(2, squares=[(80, 80, 40, 2)])
    labels = {label for _ in range(20) for label in maker.make(empty, [other]).labels.tolist()}
    assert labels == {2}


def test_a_hole_is_not_part_of_the_object() -> None:
    part = Part(square(20, 20, 160).outer, (square(60, 60, 80).outer,))
    document = Annotation(1, 200, 200, (Instance(0, (part,)),))
    made = make_example(document, np.zeros((200, 200, 3), np.uint8), {0: 0}, size=SIZE)
    mask = outline_masks(made, SIZE)[0]
    assert mask.mean() == pytest.approx((160**2 - 80**2) / 200**2, abs=0.05)
    assert not mask[mask.shape[0] // 2, mask.shape[1] // 2]


def test_wide_image_is_letterboxed() -> None:
    document = Annotation(1, 200, 100, ())
    made = make_example(document, np.full((100, 200, 3), 255, np.uint8), {}, size=SIZE)
    pixels = plain_pixels(made, SIZE)
    assert pixels.shape == (SIZE, SIZE, 3)
    assert pixels[5, 64].tolist() == [114] * 3
    assert pixels[64, 64].tolist() == [255] * 3


def test_batch_numbers_objects_by_picture() -> None:
    maker = PictureMaker(SIZE)
    pictures = [
        maker.plain(example(squares=squares))
        for squares in ([(10, 10, 50, 0), (100, 100, 60, 1)], [], [(20, 20, 90, 2)])
    ]
    batch = collate(pictures)
    assert batch["img"].shape == (3, 3, SIZE, SIZE)
    assert batch["batch_idx"].tolist() == [0, 0, 2]
    assert batch["cls"].flatten().tolist() == [1, 0, 2]  # the larger first
    assert batch["masks"].shape == (3, SIZE // 4, SIZE // 4)


def test_new_images_count_more_and_old_ones_come_back() -> None:
    memory = Memory(seed=0)
    for image_id in range(20):
        memory.put(example(image_id, squares=[(10, 10, 50, 0)]))
    seen = [chosen.image_id for _ in range(100) for chosen in memory.choose(8)]
    newest = sum(image_id >= 17 for image_id in seen) / len(seen)
    assert 0.35 < newest < 0.55
    assert set(seen) == set(range(20))


def test_memory_is_bounded_and_keeps_the_newest() -> None:
    one = example(0, squares=[])
    memory = Memory(held_bytes=one.size_bytes * 5)
    for image_id in range(30):
        memory.put(example(image_id, squares=[]))
    kept = [e.image_id for e in memory.all()]
    assert len(kept) == 5
    assert kept[-3:] == [27, 28, 29]


def test_memory_counts_outlines_and_what_is_replaced_or_dropped() -> None:
    crowded = [(float(x), float(y), 4.0, 0) for x in range(0, 190, 8) for y in range(0, 190, 8)]
    one, full = example(0, squares=[]), example(0, squares=crowded)
    assert full.size_bytes > one.size_bytes + 32 * len(crowded)
    memory = Memory(held_bytes=one.size_bytes * 3)
    for _ in range(10):
        memory.put(example(0, squares=[]))
        memory.put(example(1, squares=[]))
        memory.put(example(2, squares=[]))
        memory.drop(1)
        memory.drop(1)
    memory.put(example(1, squares=[]))
    assert [e.image_id for e in memory.all()] == [0, 2, 1]
    memory.put(example(3, squares=crowded))
    assert 3 in {e.image_id for e in memory.all()}
    assert sum(e.size_bytes for e in memory.all()) <= one.size_bytes * 3


@pytest.mark.parametrize("seed", range(4))
def test_tiny_objects_are_seen_closer_and_labelled_where_they_are(seed: int) -> None:
    tiny = [replace(example(1, squares=[(90, 90, 9, 0), (30, 150, 9, 0)]), close_up=3.0)]
    strength = Strength(hue=0, saturation=0, value=0, zoom=0, mosaic=0, degrees=0, paste=0)
    maker = PictureMaker(SIZE, seed=seed, strength=strength)
    plain = 9 * SIZE / 200
    sides = []
    for _ in range(40):
        made = maker.make(tiny[0], tiny)
        for x, y, width, height in (made.boxes * SIZE).tolist():
            assert made.pixels[int(y), int(x)].max() > 127
            sides.append(max(width, height))
    close = [side for side in sides if side == pytest.approx(3 * plain, abs=1)]
    whole = [side for side in sides if side == pytest.approx(plain, abs=1)]
    assert len(close) > len(sides) / 2
    assert whole


def test_parts_are_about_what_models_took_for_objects_too() -> None:
    far = replace(example(1, squares=[(20, 20, 9, 0)]), close_up=3.0)
    y, x = (int(0.75 * side) for side in far.pixels.shape[:2])
    far.pixels[y - 5 : y + 5, x - 5 : x + 5] = 100
    strength = Strength(hue=0, saturation=0, value=0, mosaic=0, paste=0)

    def shown(one: Example) -> int:
        maker = PictureMaker(SIZE, seed=0, strength=strength)
        pictures = [maker.make(one, [one]) for _ in range(200)]
        return sum(
            bool((abs(p.pixels[..., 0].astype(int) - 100) < 9).sum() > 400) for p in pictures
        )

    assert shown(replace(far, refused=((float(x), float(y)),))) > 1.5 * shown(far)


def test_parts_stand_for_an_example_that_has_to_be_seen_closer() -> None:
    far = example(3, squares=[(10, 10, 9, 0), (30, 30, 9, 1), (150, 160, 9, 2)])
    assert telling_parts(far) == [far]
    one, other = telling_parts(replace(far, close_up=3.0))
    assert [outline.label for outline in one.outlines] == [0, 1]
    assert [outline.label for outline in other.outlines] == [2]
    assert max(one.pixels.shape[:2]) == pytest.approx(len(far.pixels) / 3, abs=1)
    for part in (one, other):
        for outline in part.outlines:
            x, y = outline.rings[0].mean(0).astype(int)
            assert part.pixels[y, x].max() > 127


@pytest.fixture
def slow_maker(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """A maker of pictures that waits until it may end."""
    go_on = threading.Event()
    make = PictureMaker.make

    def waiting(self: PictureMaker, main: Example, others: Sequence[Example]) -> Picture:
        go_on.wait(20)
        return make(self, main, others)

    monkeypatch.setattr(PictureMaker, "make", waiting)
    yield go_on
    go_on.set()


def test_a_picture_in_the_making_of_what_has_changed_is_dropped(
    slow_maker: threading.Event,
) -> None:
    memory = Memory()
    memory.put(example(1, squares=[(20, 20, 90, 2)]))
    source = BatchSource(memory, BatchSettings(SIZE, 1, Strength(mosaic=0, paste=0)))
    try:
        time.sleep(0.2)  # it is being made
        memory.put(example(1, squares=[(20, 20, 90, 0)]))
        source.clear()
        slow_maker.set()
        assert source.next()["cls"].flatten().tolist() == [0]
    finally:
        source.close()


def test_whoever_waits_for_pictures_hears_that_none_come(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(PictureMaker, "make", fail)
    memory = Memory()
    memory.put(example(1, squares=[]))
    source = BatchSource(memory, BatchSettings(SIZE, 1))
    try:
        for _ in range(2):
            with pytest.raises(MemoryError):
                source.next()
    finally:
        source.close()
