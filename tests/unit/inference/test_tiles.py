"""Large images in tiles: every pixel is looked at, nothing is found twice or left in pieces."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image
from tests.unit.inference.conftest import FAST, MakeProject

from dynseg.annotation.delta import diff
from dynseg.annotation.document import ImageState, Instance
from dynseg.errors import EngineError, ImageError
from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import area
from dynseg.inference.detections import Detection
from dynseg.inference.looks import grid, plan, tile_side, together
from dynseg.inference.overlap import outlines, overlapping_pairs_within
from dynseg.inference.predictor import Predictor
from dynseg.inference.runs.stages import Stages
from dynseg.inference.runs.work import Outcome, Work
from dynseg.inference.seams import Seen, cut_by, merge_looks
from dynseg.inference.settings import PredictSettings
from dynseg.inference.tiles import predict_tiled, small_objects
from dynseg.inference.window import Box, Window
from dynseg.model.card import ModelCard
from dynseg.progress import CancelledError, CancelToken, Progress
from dynseg.sample.scene import render

WIDTH, HEIGHT = 200, 100
LEFT: Box = (0, 0, 120, 100)
RIGHT: Box = (80, 0, 200, 100)
EVERYTHING: Box = (0, 0, 200, 100)


def in_tiles(side: int, tiles: str = "on", *, small_px: float = 0.0) -> PredictSettings:
    return msgspec.structs.replace(FAST, tiles=tiles, tile_px=side, small_px=small_px)


def box(x0: float, y0: float, x1: float, y1: float, *, score: float, class_index: int) -> Detection:
    part = Part(ring([(x0, y0), (x1, y0), (x1, y1), (x0, y1)]))
    return Detection(class_index, score, (part,), (x0, y0, x1, y1))


def seen(
    x0: float, x1: float, window: Box, *, score: float = 0.9, class_index: int = 0, y: float = 40.0
) -> Seen:
    """An object from `x0` to `x1`, as much of it as the window shows."""
    item = box(
        max(x0, window[0]), y, min(x1, window[2]), y + 20, score=score, class_index=class_index
    )
    cut = cut_by(item.box, window, width=WIDTH, height=HEIGHT, margin_px=1)
    return Seen(item, window, is_cut=cut, is_close=window != EVERYTHING)


def spans(found: list[Detection]) -> list[tuple[float, float]]:
    return sorted((item.box[0], item.box[2]) for item in found)


def test_an_object_in_the_strip_of_two_tiles_is_found_once() -> None:
    found = merge_looks([seen(90, 110, LEFT, score=0.6), seen(91, 110, RIGHT, score=0.8)])
    assert spans(found) == [(91, 110)]
    assert found[0].score == 0.8


def test_a_piece_of_an_object_that_the_next_tile_saw_whole_is_dropped() -> None:
    assert spans(merge_looks([seen(85, 150, RIGHT), seen(85, 150, LEFT, score=0.95)])) == [
        (85, 150)
    ]


def test_pieces_of_an_object_that_no_tile_saw_whole_become_one() -> None:
    (found,) = merge_looks([seen(20, 180, LEFT, score=0.5), seen(20, 180, RIGHT, score=0.7)])
    assert (found.box, found.score) == ((20, 40, 180, 60), 0.7)
    assert sum(map(area, found.parts)) == pytest.approx(160 * 20)


def test_pieces_that_the_whole_image_shows_whole_are_dropped() -> None:
    looks = [seen(20, 180, LEFT), seen(20, 180, RIGHT), seen(20, 180, EVERYTHING, score=0.4)]
    assert spans(merge_looks(looks)) == [(20, 180)]


def test_the_outline_from_close_up_wins_with_the_surer_score() -> None:
    looks = [seen(10, 32, EVERYTHING, score=0.85), seen(10, 30, LEFT, score=0.8)]
    (found,) = merge_looks(looks)
    assert (found.box[2], found.score) == (30, 0.85)


def test_what_is_tiny_in_the_whole_image_is_the_object_that_a_tile_has_seen() -> None:
    """Drawn with three pixels of the model it is too large: the overlap is small."""
    drawn = seen(22, 47, EVERYTHING, score=0.95, y=48)
    exact = seen(30, 40, LEFT, score=0.5)
    (found,) = merge_looks([replace(drawn, is_rough=True), exact])
    assert (found.box[0], found.score) == (30, 0.95)
    assert len(merge_looks([drawn, exact])) == 2  # seen well: one lies on the other
    beside = seen(37, 62, EVERYTHING, score=0.95)
    assert len(merge_looks([replace(beside, is_rough=True), exact])) == 2


def test_what_tiles_alone_see_within_a_surer_object_of_its_class_is_a_part_of_it() -> None:
    """The spots of a beetle look like small beetles, close up."""
    beetle, spot = seen(10, 100, EVERYTHING, score=0.9), seen(30, 40, LEFT, score=0.6)
    assert len(merge_looks([beetle, spot], nests=True)) == 2
    assert spans(merge_looks([beetle, spot], nests=False)) == [(10, 100)]
    blob = seen(10, 100, EVERYTHING, score=0.5)
    other, half_out = seen(30, 40, LEFT, score=0.6, class_index=1), seen(92, 112, LEFT, score=0.6)
    for kept in ([blob, spot], [beetle, other], [beetle, half_out]):
        assert len(merge_looks(kept, nests=False)) == 2
    drawn = seen(30, 40, EVERYTHING, score=0.6)  # the network had both in sight
    assert len(merge_looks([beetle, drawn], nests=False)) == 2


@pytest.mark.parametrize(("is_agnostic", "count"), [(True, 2), (False, 1)])
def test_all_is_an_object_to_a_model_without_classes(is_agnostic: bool, count: int) -> None:
    """A dish on a tray stays, where both are called the same."""
    card = ModelCard(name="m", classes=["a"], image_size=320, class_agnostic=is_agnostic)
    looks = plan(640, 640, in_tiles(320), card)
    tray = box(0, 0, 300, 300, score=0.9, class_index=0)
    dish = box(100, 100, 200, 200, score=0.6, class_index=0)
    tiles = [[dish], *[[]] * (len(looks.looks) - looks.wholes - 1)]
    assert len(together(looks, [[tray], *tiles])) == count


def test_two_objects_that_the_whole_image_alone_shows_roughly_stay_two() -> None:
    looks = [seen(22, 47, EVERYTHING, y=48), seen(30, 40, EVERYTHING)]
    assert len(merge_looks([replace(look, is_rough=True) for look in looks])) == 2


@pytest.mark.parametrize(("side", "count"), [(60, 1), (120, 2)])
def test_the_look_at_the_whole_is_rough_about_what_has_few_pixels(side: int, count: int) -> None:
    """160 pixels of the model for 640 of the image: objects of 60 have fifteen of them."""
    card = ModelCard(name="m", classes=["a"], image_size=320, class_agnostic=True)
    looks = plan(640, 640, in_tiles(320), card)
    loose = box(100, 100, 100 + side, 100 + side, score=0.9, class_index=0)
    inner = side / 2
    exact = box(100, 100, 100 + inner, 100 + inner, score=0.6, class_index=0)
    nothing: list[Detection] = []
    assert looks.looks[1].window == Window(0, 0, 320, 320)
    found = together(looks, [[loose], [exact], *[nothing] * (len(looks.looks) - 2)])
    assert len(found) == count
    assert exact.box in [item.box for item in found]


def test_neighbours_and_classes_of_one_look_stay_apart() -> None:
    looks = [
        seen(10, 30, LEFT), seen(31, 50, LEFT), seen(150, 170, RIGHT),
        seen(60, 79, LEFT, class_index=1), seen(60, 79, LEFT, class_index=2),
    ]  # fmt: skip
    assert len(merge_looks(looks)) == 5


def test_two_looks_that_name_one_object_differently_find_it_once() -> None:
    looks = [seen(90, 110, LEFT, class_index=1), seen(90, 110, RIGHT, class_index=2, score=0.7)]
    (found,) = merge_looks(looks)
    assert (found.class_index, found.score) == (1, 0.9)


def test_two_objects_cut_at_one_seam_are_not_joined() -> None:
    """Side by side, their boxes overlap in the strip, but less than half of either."""
    left, right = seen(40, 140, LEFT, y=30), seen(60, 180, RIGHT, y=42)
    assert len(merge_looks([left, right])) == 2


@given(st.integers(1, 900), st.integers(1, 900), st.integers(50, 400))
def test_tiles_cover_every_pixel_and_overlap_enough(width: int, height: int, side: int) -> None:
    windows = grid(width, height, tile_px=side)
    for size, low, high in ((width, "x0", "x1"), (height, "y0", "y1")):
        pairs = sorted({(getattr(w, low), getattr(w, high)) for w in windows})
        assert (pairs[0][0], pairs[-1][1]) == (0, size)
        for (_, end), (start, _) in itertools.pairwise(pairs):
            assert end - start >= 0.25 * side - 1
        assert {end - start for start, end in pairs} == {min(side, size)}


def test_tiles_are_as_large_as_the_objects_allow() -> None:
    assert tile_side(60, input_px=640) == 960
    assert tile_side(5, input_px=640) == 960
    assert tile_side(128, input_px=640) == 1280
    assert tile_side(2000, input_px=640) == 2560
    assert tile_side(0, input_px=640) == 960  # nobody knows: small tiles miss least


# ---- with a model ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def large() -> NDArray[np.uint8]:
    """Twelve scenes side by side: 1,280 x 720, objects of a scene of 320 x 240."""
    rows = [
        np.hstack(
            [render(5, 4 * row + column, width=320, height=240).pixels for column in range(4)]
        )
        for row in range(3)
    ]
    return np.ascontiguousarray(np.vstack(rows))


def sure(found: list[Detection]) -> list[Detection]:
    return [item for item in found if item.score >= FAST.confidence]


def test_tiles_find_what_the_whole_image_hides_and_nothing_twice(
    large: NDArray[np.uint8], starter: Predictor
) -> None:
    told: list[Progress] = []
    whole = sure(starter.predict(large, FAST))
    found = sure(predict_tiled(large, starter, in_tiles(320), report=told.append))
    assert len(found) > 2 * len(whole)
    assert [p.done for p in told] == list(range(1, len(told) + 1))
    assert told[-1].total == len(told)
    first, _ = overlapping_pairs_within(outlines([item.parts for item in found]), iou=0.5)
    assert len(first) == 0
    for item in found:
        points = np.concatenate([part.outer for part in item.parts])
        assert (points >= 0).all()
        assert (points <= (1280, 720)).all()


def test_a_region_is_looked_at_alone(large: NDArray[np.uint8], starter: Predictor) -> None:
    found = predict_tiled(large, starter, in_tiles(320), region=(320, 240, 960, 720))
    assert found
    for item in found:
        x0, y0, x1, y1 = item.box
        assert x0 >= 320
        assert y0 >= 240
        assert x1 <= 960
        assert y1 <= 720
    with pytest.raises(EngineError, match="outside"):
        predict_tiled(large, starter, FAST, region=(5000, 0, 6000, 100))


def test_a_small_image_needs_no_tiles(starter: Predictor) -> None:
    pixels = render(5, 0, width=160, height=120).pixels
    one, other = predict_tiled(pixels, starter, FAST), starter.predict(pixels, FAST)
    assert [item.score for item in one] == [item.score for item in other]


def test_many_images_with_tiles_set_broken_ones_aside_and_can_be_stopped(
    large: NDArray[np.uint8], starter: Predictor, tmp_path: Path
) -> None:
    Image.fromarray(large).save(tmp_path / "large.png", compress_level=1)
    (tmp_path / "broken.png").write_bytes(b"none")
    works = [Work(i, name, tmp_path / name) for i, name in enumerate(["broken.png", "large.png"])]
    settings = msgspec.structs.replace(FAST, tiles="on")
    (_, broken), (_, found) = Stages(starter, settings).run(works)
    assert isinstance(broken, ImageError)
    assert isinstance(found, Outcome)
    assert (found.width, found.height, found.fresh) == (1280, 720, True)
    token = CancelToken()
    stages = Stages(starter, settings, cancel=token, report=lambda _: token.cancel())
    with pytest.raises(CancelledError):
        list(stages.run(works[1:]))


def test_what_one_look_is_hardly_sure_of_counts_in_a_run_as_for_one_image(
    large: NDArray[np.uint8], starter: Predictor, tmp_path: Path
) -> None:
    """Larger images have too many tiles to be under way with others; this one has not."""
    Image.fromarray(large).save(tmp_path / "large.png", compress_level=1)
    works = [Work(0, "large.png", tmp_path / "large.png")]
    ((_, found),) = Stages(starter, in_tiles(320), confidence=0.3).run(works)
    assert isinstance(found, Outcome)
    assert found.detections == predict_tiled(large, starter, in_tiles(320), least_score=0.3)
    assert len(found.detections) < len(predict_tiled(large, starter, in_tiles(320)))


def test_images_that_are_taken_by_themselves_are_not_all_planned_at_once(
    large: NDArray[np.uint8], starter: Predictor, tmp_path: Path
) -> None:
    Image.fromarray(large[:300, :400]).save(tmp_path / "a.png", compress_level=1)
    begun: list[int] = []

    def works() -> Iterator[Work]:
        for key in range(60):
            begun.append(key)
            yield Work(key, "a.png", tmp_path / "a.png")

    for work, found in Stages(starter, in_tiles(0, "auto")).run(works()):
        assert work.key == 0
        assert isinstance(found, Outcome)
        break
    assert len(begun) < 40


@pytest.mark.parametrize("are_known", [True, False])
def test_a_run_goes_on_behind_many_images_that_are_done_at_once(
    starter: Predictor, tmp_path: Path, are_known: bool
) -> None:
    """As many as may be under way were handed over together, and the run took that for its end."""
    cached: list[Detection] | None = [] if are_known else None
    works = [Work(key, "none.png", tmp_path / "none.png", cached=cached) for key in range(60)]
    assert [work.key for work, _ in Stages(starter, FAST).run(works)] == list(range(60))


def test_tiles_have_predictions_of_their_own(starter: Predictor) -> None:
    on = msgspec.structs.replace(FAST, tiles="on")
    assert on.key(starter.card) != FAST.key(starter.card)


def test_auto_cuts_where_small_objects_would_be_lost(
    large: NDArray[np.uint8], starter: Predictor, tmp_path: Path
) -> None:
    told: list[Progress] = []
    predict_tiled(large, starter, in_tiles(0, "auto", small_px=400), report=told.append)
    assert told == []  # large objects are seen in the whole
    found = predict_tiled(large, starter, in_tiles(0, "auto", small_px=60), report=told.append)
    assert told
    assert len(sure(found)) > len(sure(starter.predict(large, FAST)))


def test_the_labels_of_a_project_tell_the_size_of_its_objects(make_project: MakeProject) -> None:
    store = make_project(3)
    assert small_objects(store) == 0
    class_id = store.classes().labels[0].id
    for row in store.images():
        before = store.annotation(row.id)
        shapes = tuple(
            Instance(class_id, (Part(ring([(5, 5), (5 + side, 5), (5 + side, 15), (5, 15)])),))
            for side in (20, 40, 60, 80)
        )
        after = replace(before, instances=shapes, state=ImageState.REVIEWED)
        store.commit(row.id, diff(before, after), expected_revision=0, text="Draw")
    assert small_objects(store) == pytest.approx(20)


def test_small_images_between_large_ones_keep_their_order(
    large: NDArray[np.uint8], starter: Predictor, tmp_path: Path
) -> None:
    small = large[:120, :160]
    works = []
    for number, pixels in enumerate((small, large, small, small)):
        path = tmp_path / f"{number}.png"
        Image.fromarray(pixels).save(path, compress_level=1)
        works.append(Work(number, path.name, path))
    outcomes = list(Stages(starter, in_tiles(0)).run(works))
    assert [work.key for work, _ in outcomes] == [0, 1, 2, 3]
    widths = [outcome.width for _, outcome in outcomes if isinstance(outcome, Outcome)]
    assert widths == [160, 1280, 160, 160]


def test_a_region_beside_an_image_is_a_reason_not_the_end(
    large: NDArray[np.uint8], starter: Predictor, tmp_path: Path
) -> None:
    for name, pixels in (("a.png", large), ("b.png", large[:100, :100])):
        Image.fromarray(pixels).save(tmp_path / name, compress_level=1)
    works = [Work(i, name, tmp_path / name) for i, name in enumerate(("a.png", "b.png"))]
    settings = msgspec.structs.replace(FAST, region=(320.0, 240.0, 640.0, 480.0))
    (_, found), (_, outside) = Stages(starter, settings).run(works)
    assert isinstance(found, Outcome)
    assert all(item.box[0] >= 320 and item.box[3] <= 480 for item in found.detections)
    assert isinstance(outside, EngineError)


def test_a_model_that_has_learned_from_close_ups_looks_in_tiles_by_itself(
    starter: Predictor,
) -> None:
    card = msgspec.structs.replace(starter.card, close_up=2.5)
    closer = Predictor(starter.path, card, starter._backend, starter.device)
    pixels = render(5, 1, width=300, height=200).pixels
    by_itself = predict_tiled(pixels, closer, FAST)
    assert by_itself == predict_tiled(pixels, starter, in_tiles(120))
    assert by_itself != starter.predict(pixels, FAST)
    assert predict_tiled(pixels, starter, FAST) == starter.predict(pixels, FAST)
    whole = msgspec.structs.replace(FAST, tiles="off")
    assert predict_tiled(pixels, closer, whole) == starter.predict(pixels, FAST)


def test_images_of_any_size_are_looked_at_closely_in_a_run(
    starter: Predictor, tmp_path: Path
) -> None:
    card = msgspec.structs.replace(starter.card, close_up=2.5)
    closer = Predictor(starter.path, card, starter._backend, starter.device)
    works = []
    for number, (width, height) in enumerate([(300, 200), (60, 40)]):
        path = tmp_path / f"{number}.png"
        Image.fromarray(render(5, number, width=width, height=height).pixels).save(path)
        works.append(Work(number, path.name, path))
    for work, outcome in Stages(closer, FAST).run(works):
        assert isinstance(outcome, Outcome)
        pixels = np.asarray(Image.open(work.path))
        assert outcome.detections == predict_tiled(pixels, closer, FAST)
