"""Outlines that follow the edges: nearer to the object, valid, the same each time."""

from __future__ import annotations

import copy
import threading
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs
from numpy.typing import NDArray
from PIL import Image
from tests.unit.inference.conftest import FAST as AS_DRAWN
from tests.unit.inference.conftest import MakeProject

from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import area, iou, problem
from dynseg.inference.detections import Detection
from dynseg.inference.letterboxed import checked_pixels
from dynseg.inference.outlines.edges import LEAST_SCORE, follows_edges, inside_box, snapped
from dynseg.inference.predictor import Predictor
from dynseg.inference.refine import refine
from dynseg.inference.runs.budget import Room
from dynseg.inference.runs.pipeline import predict_image
from dynseg.inference.runs.stages import Stages
from dynseg.inference.runs.work import Outcome, Work
from dynseg.inference.tiles import predict_tiled
from dynseg.progress import CancelledError, CancelToken
from dynseg.sample.scene import render

FAST = structs.replace(AS_DRAWN, edges="model")
GREEN, RED = (60, 140, 60), (200, 70, 50)


def circle(x: float, y: float, radius: float, corners: int = 48) -> Part:
    turn = np.linspace(0, 2 * np.pi, corners, endpoint=False)
    return Part(ring(np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], 1)))


def found(*parts: Part, score: float = 0.8) -> Detection:
    points = np.concatenate([part.outer for part in parts])
    low, high = points.min(0), points.max(0)
    return Detection(
        0, score, parts, (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
    )


def scene(*discs: tuple[int, int, int]) -> NDArray[np.uint8]:
    """Red discs on grass, with the noise of a camera."""
    pixels = np.full((240, 320, 3), GREEN, np.uint8)
    for x, y, radius in discs:
        cv2.circle(pixels, (x, y), radius, RED, -1)
    noise = np.random.default_rng(0).integers(-12, 13, pixels.shape)
    return np.asarray(np.clip(pixels + noise, 0, 255), np.uint8)


def test_a_coarse_outline_comes_to_the_edge_of_the_object() -> None:
    pixels, truth = scene((150, 120, 50)), (circle(150.5, 120.5, 50.5),)
    coarse = found(circle(154, 117, 51, corners=7))
    (better,) = snapped([coarse], pixels)
    assert iou(coarse.parts, truth) < 0.9
    assert iou(better.parts, truth) > 0.97
    assert len(better.parts[0].outer) < 40
    assert (better.score, better.class_index, better.box) == (0.8, 0, coarse.box)


@pytest.mark.parametrize("radius", [45, 60], ids=["too narrow", "too wide"])
def test_a_network_that_draws_evenly_beside_the_edge_does_not_hold_the_outline_back(
    radius: int,
) -> None:
    (better,) = snapped([found(circle(150.5, 120.5, radius))], scene((150, 120, 50)))
    assert (area(better.parts[0]) / np.pi) ** 0.5 == pytest.approx(50.5, abs=1.1)  # a cell


def test_an_object_at_the_border_of_the_image_reaches_it() -> None:
    pixels, truth = scene((0, 120, 60)), circle(0.5, 120.5, 60.5)
    half = Part(ring(np.clip(truth.outer, (0, 0), (320, 240))))
    coarse = found(Part(ring([(0, 66), (40, 80), (55, 120), (40, 165), (0, 178)])))
    (better,) = snapped([coarse], pixels)
    assert iou(coarse.parts, (half,)) < 0.85
    assert iou(better.parts, (half,)) > 0.94
    assert better.parts[0].outer.min(0)[0] == 0


def test_holes_and_pieces_of_an_object_stay() -> None:
    pixels = scene((80, 120, 50), (240, 120, 50))
    cv2.circle(pixels, (80, 120), 25, GREEN, -1)
    outer, inner = circle(80, 120, 53), circle(80, 120, 23)
    shape = found(Part(outer.outer, (inner.outer,)), circle(240, 120, 53))
    (better,) = snapped([shape], pixels)
    assert sorted(len(part.holes) for part in better.parts) == [0, 1]


def test_small_holes_and_pieces_that_a_person_drew_are_no_specks() -> None:
    pixels = scene((100, 120, 80), (240, 120, 20))
    cv2.circle(pixels, (115, 110), 17, GREEN, -1)
    drawn = found(
        Part(circle(100, 120, 82).outer, (circle(115, 110, 16).outer,)), circle(240, 120, 19)
    )
    (better,) = snapped([drawn], pixels, by_hand=True)
    assert [len(part.holes) for part in better.parts] == [1, 0]


@pytest.mark.parametrize(
    "shape",
    [
        found(circle(150, 120, 40), score=LEAST_SCORE / 2),
        found(circle(150, 120, 0.7)),
        found(Part(ring([(0, 0), (320, 0), (320, 240), (0, 240)]))),
        Detection(0, 0.8, (), (10, 10, 20, 20)),
    ],
    ids=["never shown", "a pixel", "all of the image", "no outline"],
)
def test_what_cannot_be_told_stays_as_it_is(shape: Detection) -> None:
    assert snapped([shape], scene((150, 120, 50))) == [shape]


@pytest.mark.parametrize(
    "outline",
    [
        [(101, 99), (699, 399), (695, 406), (97, 106)],
        [(100, 100), (140, 80), (180, 100), (180, 118), (700, 118), (700, 122), (180, 122),
         (180, 140), (140, 160), (100, 140)],
    ],
    ids=["a wire", "a spoon"],
)  # fmt: skip
def test_what_is_thinner_than_the_cells_loses_no_piece(outline: list[tuple[int, int]]) -> None:
    """A wire as it was drawn came back in 15 pieces, a spoon without its handle."""
    pixels = np.full((500, 900, 3), GREEN, np.uint8)
    cv2.fillPoly(pixels, [np.array(outline, np.int32)], RED)
    shape = found(Part(ring(outline)))
    (same,) = snapped([shape], pixels)
    assert iou(same.parts, shape.parts) > 0.9


def test_an_outline_without_an_edge_near_it_keeps_its_place() -> None:
    grass = scene()
    (kept,) = snapped([found(circle(150, 120, 40))], grass)
    assert iou(kept.parts, (circle(150, 120, 40),)) > 0.5


def test_the_same_each_time_and_whatever_is_beside_it() -> None:
    pixels = render(3, 0, width=320, height=240).pixels
    shapes = [found(circle(40 + 30 * i, 60 + 12 * i, 15 + i)) for i in range(9)]
    together = snapped(shapes, pixels)
    assert together == snapped(shapes, pixels)
    assert together == [snapped([shape], pixels)[0] for shape in shapes]


@pytest.mark.parametrize("count", [2, 200])
def test_who_stops_a_crowded_image_does_not_wait_for_all_of_its_objects(count: int) -> None:
    token, begun = CancelToken(), []

    class Told(np.ndarray):
        """Pixels that know how many objects were looked at."""

        def __getitem__(self, key: Any) -> Any:
            begun.append(key)
            token.cancel()
            return np.asarray(self)[key]

    shapes = [found(circle(150, 120, 40)) for _ in range(count)]
    with pytest.raises(CancelledError):
        snapped(shapes, scene().view(Told), look_up=token.check)
    assert 0 < len(begun) < max(2, count // 2)


@given(
    points=st.lists(
        st.tuples(st.floats(-20, 90, width=32), st.floats(-20, 70, width=32)),
        min_size=3,
        max_size=12,
    ),
    seed=st.integers(0, 3),
    flat=st.booleans(),
)
def test_any_outline_on_any_image_gives_valid_shapes_inside_of_it(
    points: list[tuple[float, float]], seed: int, flat: bool
) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (50, 70, 3), np.uint8)
    if flat:
        pixels[:] = 128
    shape = found(Part(ring(points)))
    (result,) = snapped([shape], pixels)
    if result == shape:
        return
    for part in result.parts:
        assert problem(part) is None
        assert part.outer.min() >= 0
        assert (part.outer.max(0) <= (70, 50)).all()


def test_a_model_whose_card_says_so_follows_edges_unless_the_settings_do_not(
    starter: Predictor,
) -> None:
    card = starter.card
    plain = structs.replace(card, follow_edges=False)
    off, on = structs.replace(FAST, edges="off"), structs.replace(FAST, edges="on")
    assert [follows_edges(FAST, c) for c in (card, plain)] == [True, False]
    assert not follows_edges(off, card)
    assert follows_edges(on, plain)
    assert len({chosen.key(card) for chosen in (FAST, on, off)}) == 3
    with pytest.raises(ValueError, match="edges is one of model, off, on"):
        structs.replace(FAST, edges="maybe")


def test_runs_previews_and_a_second_look_all_follow_edges(
    starter: Predictor, tmp_path: Path
) -> None:
    pixels = render(3, 0, width=320, height=240).pixels
    path = tmp_path / "scene.png"
    Image.fromarray(pixels).save(path)
    off = structs.replace(FAST, edges="off")
    drawn, moved = (predict_tiled(pixels, starter, chosen) for chosen in (off, FAST))
    assert moved == snapped(drawn, pixels)
    assert moved != drawn
    for chosen, wanted in ((off, drawn), (FAST, moved)):
        ((_, outcome),) = Stages(starter, chosen).run([Work(1, path.name, path)])
        assert isinstance(outcome, Outcome)
        assert outcome.detections == wanted
    box = drawn[0].box
    before, after = (refine(pixels, starter, s, box=box) for s in (off, FAST))
    assert before is not None
    assert after == snapped([before], pixels)[0]


@pytest.mark.parametrize(("room", "decoded"), [(10**9, 2), (0, 4)])
def test_images_whose_outlines_move_are_decoded_ahead(
    starter: Predictor,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    room: int,
    decoded: int,
) -> None:
    """One image waited for the other: two thirds of the speed. Without room for the pixels they
    are decoded again."""
    Image.fromarray(scene((150, 120, 50))).save(tmp_path / "a.png")
    threads: list[str] = []

    def decode(path: Path, size: tuple[int, int] | None) -> NDArray[np.uint8]:
        threads.append(threading.current_thread().name)
        return checked_pixels(path, size)

    monkeypatch.setattr("dynseg.inference.runs.crew.checked_pixels", decode)
    monkeypatch.setattr("dynseg.inference.runs.crew.Room", lambda: Room(room))
    settings = structs.replace(FAST, tiles="off", edges="on")
    stages = Stages(starter, settings)
    found = list(stages.run(Work(at, "a.png", tmp_path / "a.png") for at in range(2)))
    alone = predict_tiled(scene((150, 120, 50)), starter, settings)
    assert alone
    assert [item.detections for _, item in found if isinstance(item, Outcome)] == [alone] * 2
    kinds = [name.partition("_")[0] for name in threads]
    assert len(kinds) == decoded
    assert kinds.count("decode") == 2


def test_a_box_around_what_no_model_sees_finds_it_by_its_colours(starter: Predictor) -> None:
    """A caterpillar on a leaf, hardly darker than it."""
    pixels = np.full((240, 320, 3), GREEN, np.uint8)
    pixels += np.random.default_rng(0).integers(0, 3, pixels.shape, np.uint8)
    cv2.circle(pixels, (150, 120), 4, (66, 132, 66), -1)
    box, truth = (145.0, 115.0, 156.0, 126.0), (circle(150.5, 120.5, 4.5),)
    found = {
        edges: refine(pixels, starter, structs.replace(FAST, edges=edges), box=box)
        for edges in ("off", "model")
    }
    assert found["off"] is None
    assert found["model"] is not None
    assert (found["model"].class_index, found["model"].score) == (-1, 0.0)
    assert iou(found["model"].parts, truth) > 0.8
    coarse = (circle(151, 120, 5, corners=4),)
    better = refine(pixels, starter, FAST, box=box, parts=coarse)
    assert better is not None
    assert iou(better.parts, truth) > iou(coarse, truth) + 0.04


@pytest.mark.parametrize("box", [(20.0, 20.0, 60.0, 50.0), (0.0, 0.0, 320.0, 240.0)])
def test_a_box_of_nothing_but_grass_holds_nothing_or_lies_inside_of_it(
    box: tuple[float, float, float, float],
) -> None:
    for part in inside_box(box, scene()):
        assert (part.outer >= box[:2]).all()
        assert (part.outer <= box[2:]).all()


def test_the_same_weights_with_another_card_look_again(
    make_project: MakeProject, starter: Predictor
) -> None:
    """What was found with the old card answered for the new one: outlines beside the edges."""
    store, other = make_project(1), copy.copy(starter)
    card = starter.card
    other.card = structs.replace(card, follow_edges=True, edge_shift_px=card.edge_shift_px + 2)
    image_id = store.images()[0].id
    found = []
    for predictor in (starter, other, starter):
        assert predict_image(store, image_id, predictor, FAST) > 0
        found.append(store.predictions(image_id, card.model_id, FAST.key(predictor.card)))
    assert found[0] == found[2] != found[1]
