"""Polygons lie where the mask of full size lies, with few points, whole and valid."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import shapely
from numpy.typing import NDArray
from tests.unit.geometry.test_letterbox import to_model

from dynseg.benchmark.quality import full_mask, mask_iou
from dynseg.geometry.letterbox import Letterbox
from dynseg.geometry.polygon import area, problem
from dynseg.inference.outlines import polygons
from dynseg.inference.outlines.polygons import Candidates, trace

BOX = Letterbox.fit(800, 600, size=320)


def candidates(fields: list[NDArray[np.float32]], boxes: list[list[float]]) -> Candidates:
    """Each field of logits is a prototype, and each detection uses its own."""
    count = len(fields)
    return Candidates(
        boxes=np.array(boxes, np.float32).reshape(-1, 4),
        scores=np.linspace(0.9, 0.5, count, dtype=np.float32),
        classes=np.zeros(count, np.int64),
        coefficients=np.eye(count, dtype=np.float32),
        prototypes=np.stack(fields, axis=2),
    )


def distance(x: float, y: float, box: Letterbox = BOX) -> NDArray[np.float32]:
    """Distance of each cell's centre from a point of the image, image pixels."""
    rows, columns = np.mgrid[: box.height // 4, : box.width // 4]
    points = np.stack([columns.ravel() * 4 + 2.0, rows.ravel() * 4 + 2.0], axis=1)
    away = box.to_image(points) - (x, y)
    return np.hypot(away[:, 0], away[:, 1]).reshape(rows.shape).astype(np.float32)


def in_model(x0: float, y0: float, x1: float, y1: float, box: Letterbox = BOX) -> list[float]:
    return to_model(box, np.array([[x0, y0], [x1, y1]])).ravel().tolist()


def test_a_disc_lies_where_it_is() -> None:
    field = 100 - distance(313.7, 222.2)
    (found,) = trace(candidates([field], [in_model(200, 100, 430, 340)]), BOX, simplify_px=1.0)
    (part,) = found.parts
    centre = shapely.Polygon(part.outer).centroid
    assert (centre.x, centre.y) == pytest.approx((313.7, 222.2), abs=0.5)
    assert area(part) == pytest.approx(np.pi * 100**2, rel=0.01)
    assert len(part.outer) <= 24
    assert found.box == pytest.approx((200, 100, 430, 340), abs=1e-3)


@pytest.mark.parametrize("size", [(800, 600), (600, 800), (333, 777), (64, 64), (1600, 200)])
def test_the_padding_of_any_format_is_taken_off(size: tuple[int, int]) -> None:
    box = Letterbox.fit(*size, size=320)
    x, y, radius = size[0] * 0.4, size[1] * 0.6, min(size) * 0.3
    field = radius - distance(x, y, box)
    edges = in_model(x - radius, y - radius, x + radius, y + radius, box)
    (found,) = trace(candidates([field], [edges]), box, simplify_px=1.0)
    centre = shapely.Polygon(found.parts[0].outer).centroid
    assert (centre.x, centre.y) == pytest.approx((x, y), abs=radius * 0.06)
    full = full_mask(candidates([field], [edges]), 0, box)
    assert mask_iou(full, found.parts) > 0.93


def test_holes_and_pieces_are_kept_and_specks_are_not() -> None:
    away = distance(400, 300)
    frame = np.minimum(150 - away, away - 70)  # a ring
    island = 25 - distance(640, 300)
    speck = 5 - distance(640, 100)
    field = np.maximum.reduce([frame, island, speck])
    (found,) = trace(candidates([field], [in_model(200, 50, 700, 550)]), BOX, simplify_px=1.0)
    assert [len(part.holes) for part in found.parts] == [1, 0]
    assert area(found.parts[0]) == pytest.approx(np.pi * (150**2 - 70**2), rel=0.03)


@pytest.mark.parametrize("turn", range(4))
def test_a_bit_of_a_neighbour_that_the_box_has_cut_is_left_out(turn: int) -> None:
    x, y = ((520, 300), (400, 420), (280, 300), (400, 180))[turn]
    field = np.maximum(80 - distance(400, 300), 30 - distance(x, y))
    around = in_model(310, 210, 490, 390)
    (alone,) = trace(candidates([80 - distance(400, 300)], [around]), BOX, simplify_px=1.0)
    (found,) = trace(candidates([field], [around]), BOX, simplify_px=1.0)
    assert len(found.parts) == 1
    assert area(found.parts[0]) == pytest.approx(area(alone.parts[0]), rel=0.01)


def test_pieces_of_the_object_itself_stay() -> None:
    main, island = 80 - distance(400, 300), 20 - distance(400, 420)
    field = np.maximum(main, island)
    for lower in (460, 438):  # with room below it, and with the box a little too small
        (found,) = trace(
            candidates([field], [in_model(310, 210, 490, lower)]), BOX, simplify_px=1.0
        )
        assert len(found.parts) == 2, lower
    half = 40 - distance(400, 380)  # cut through its middle, and large
    field = np.maximum(40 - distance(400, 240), half)
    (found,) = trace(candidates([field], [in_model(310, 190, 490, 380)]), BOX, simplify_px=1.0)
    assert len(found.parts) == 2


def test_a_piece_at_the_border_of_the_image_is_no_neighbour() -> None:
    main, island = 80 - distance(400, 480), 30 - distance(520, 600)
    field = np.maximum(main, island)
    (found,) = trace(candidates([field], [in_model(310, 380, 600, 600)]), BOX, simplify_px=1.0)
    assert len(found.parts) == 2


def test_the_mask_ends_at_the_box_and_at_the_image() -> None:
    everywhere = np.full((BOX.height // 4, BOX.width // 4), 5.0, np.float32)
    inside, outside = (120.3, 50.6, 300.9, 200.2), (700, 500, 900, 700)
    fields = candidates([everywhere] * 2, [in_model(*inside), in_model(*outside)])
    first, second = trace(fields, BOX, simplify_px=1.0)
    assert shapely.Polygon(first.parts[0].outer).bounds == pytest.approx(inside, abs=1e-3)
    assert shapely.Polygon(second.parts[0].outer).bounds == pytest.approx((700, 500, 800, 600))
    assert len(first.parts[0].outer) == 4


def test_an_empty_mask_or_box_is_no_detection() -> None:
    nothing = np.full((BOX.height // 4, BOX.width // 4), -1.0, np.float32)
    disc = 50 - distance(400, 300)
    boxes = [
        in_model(100, 100, 300, 300),
        in_model(400, 300, 400, 300),
        in_model(340, 240, 460, 360),
    ]
    found = trace(candidates([nothing, disc, disc], boxes), BOX, simplify_px=1.0)
    assert len(found) == 1
    empty = Candidates(
        boxes=np.empty((0, 4), np.float32),
        scores=np.empty(0, np.float32),
        classes=np.empty(0, np.int64),
        coefficients=np.empty((0, 3), np.float32),
        prototypes=np.zeros((8, 8, 3), np.float32),
    )
    assert trace(empty, BOX, simplify_px=1.0) == []


def ragged(seed: int, count: int) -> Candidates:
    """Masks as frayed as those of a bad model."""
    rng = np.random.default_rng(seed)
    fields, boxes = [], []
    for _ in range(count):
        x, y, radius = rng.uniform(50, 750), rng.uniform(50, 550), rng.uniform(6, 200)
        noise = cv2.GaussianBlur(rng.standard_normal((64, 80)).astype(np.float32), (0, 0), 0.9)
        fields.append(radius - distance(x, y) + noise * radius * rng.uniform(0, 2))
        reach = radius * rng.uniform(0.7, 1.4)
        boxes.append(in_model(x - reach, y - reach, x + reach, y + reach))
    return candidates(fields, boxes)


@pytest.mark.parametrize("simplify_px", [0.0, 0.25, 1.0, 10.0])
def test_frayed_masks_give_valid_polygons_near_them(simplify_px: float) -> None:
    for seed in range(4):
        given = ragged(seed, 20)
        overlaps = []
        found = {d.score: d for d in trace(given, BOX, simplify_px=simplify_px)}
        for index, score in enumerate(given.scores.tolist()):
            full = full_mask(given, index, BOX)
            if score not in found:
                assert full.sum() < 30
                continue
            parts = found[score].parts
            for part in parts:
                assert problem(part) is None
                for ring in part.rings:
                    assert ring.min() >= 0
                    assert (ring <= (800, 600)).all()
            overlaps.append(mask_iou(full, parts))
        assert np.mean(overlaps) > 0.95
        assert min(overlaps) > 0.75


def test_the_slider_trades_points_for_accuracy() -> None:
    given = ragged(9, 30)
    counts, overlaps = [], []
    for simplify_px in (0.0, 0.25, 1.0):
        found = trace(given, BOX, simplify_px=simplify_px)
        counts.append(sum(len(r) for d in found for p in d.parts for r in p.rings))
        scores = given.scores.tolist()
        overlaps.append(
            np.mean(
                [mask_iou(full_mask(given, scores.index(d.score), BOX), d.parts) for d in found]
            )
        )
    assert counts[0] > 2 * counts[1] > 2 * counts[2]
    assert overlaps[0] > overlaps[1] > overlaps[2]


def test_four_hundred_objects_are_all_traced() -> None:
    rng = np.random.default_rng(1)
    box = Letterbox.fit(1920, 1080, size=640)
    places = rng.uniform((30, 30), (1890, 1050), (400, 2))
    prototypes = rng.standard_normal((box.height // 4, box.width // 4, 32)).astype(np.float32)
    prototypes[:, :, 0] = 1.0
    coefficients = rng.standard_normal((400, 32)).astype(np.float32) * 0.02
    coefficients[:, 0] = 1.0
    boxes = np.concatenate([to_model(box, places - 22), to_model(box, places + 22)], axis=1)
    given = Candidates(
        boxes=boxes.astype(np.float32),
        scores=np.linspace(1, 0.1, 400, dtype=np.float32),
        classes=np.zeros(400, np.int64),
        coefficients=coefficients,
        prototypes=prototypes,
    )
    assert len(trace(given, box, simplify_px=1.0)) == 400


def test_the_same_masks_give_the_same_bits() -> None:
    given = ragged(3, 10)
    assert trace(given, BOX, simplify_px=1.0) == trace(given, BOX, simplify_px=1.0)


def test_a_mask_has_the_same_bits_alone_and_among_others() -> None:
    """The neighbours in the grid of masks, and which of them there are, change no digit."""
    given = ragged(5, 40)
    together = {d.score: d for d in trace(given, BOX, simplify_px=1.0)}
    for index, score in enumerate(given.scores.tolist()):
        keep = slice(index, index + 1)
        alone = trace(
            Candidates(
                given.boxes[keep],
                given.scores[keep],
                given.classes[keep],
                given.coefficients[keep],
                given.prototypes,
            ),
            BOX,
            simplify_px=1.0,
        )
        assert alone == ([together[score]] if score in together else [])


def test_half_precision_is_widened_to_the_very_same_numbers() -> None:
    every = np.arange(1 << 16, dtype=np.uint16).view(np.float16).reshape(32, 64, 32)
    found = polygons._wide(every)
    assert found.dtype == np.float32
    assert np.array_equal(found, every.astype(np.float32), equal_nan=True)
