"""Which outline a click means: on the object, near its middle, once each, and the likeliest."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from dynseg.geometry.part import Part, ring
from dynseg.geometry.polygon import contains, iou
from dynseg.inference.detections import Detection
from dynseg.inference.pointing import Sight, left, options, worth
from dynseg.inference.predictor import Predictor, RawOutput
from dynseg.inference.refine import INPUT_SIDES, POINTED_PX, point, prepare_looks
from dynseg.inference.settings import PredictSettings
from dynseg.sample.scene import Scene, render
from dynseg_resources import sample_project

AT_320 = PredictSettings(image_size=320, device="cpu")


def square(x: float, y: float, half: float, score: float = 0.5) -> Sight:
    box = (x - half, y - half, x + half, y + half)
    outline = ring([(box[0], box[1]), (box[2], box[1]), (box[2], box[3]), (box[0], box[3])])
    return Sight(Detection(0, score, (Part(outline),), box), side=1000)


def chosen(seen: list[Sight], x: float, y: float) -> list[Detection]:
    return [item.detection for item in options(seen, x, y)]


def test_only_what_lies_below_a_click_is_meant() -> None:
    here, beside = square(100, 100, 20), square(160, 100, 20)
    assert chosen([here, beside], 100, 100) == [here.detection]
    assert chosen([here, beside], 130, 100) == []
    frame = Detection(
        0, 0.9, (Part(ring([(0, 0), (90, 0), (90, 90), (0, 90)]), (ring([(30, 30), (60, 30),
        (60, 60), (30, 60)]),)),), (0, 0, 90, 90),
    )  # fmt: skip
    assert chosen([Sight(frame, 1000)], 45, 45) == [], "the click is in its hole"


def test_a_click_near_a_middle_says_more_than_a_score() -> None:
    tray, nut = square(200, 200, 100, score=0.6), square(260, 260, 20, score=0.4)
    assert chosen([tray, nut], 260, 260) == [nut.detection, tray.detection]
    assert chosen([tray, nut], 190, 195) == [tray.detection]


def test_what_goes_on_beyond_the_view_or_fills_it_is_seldom_meant() -> None:
    whole, piece = square(100, 100, 40, score=0.3), square(100, 100, 10, score=0.9)
    cut = Sight(piece.detection, piece.side, is_cut=True)
    assert chosen([cut, whole], 100, 100)[0] == whole.detection
    filling = Sight(piece.detection, side=21)
    assert chosen([filling, whole], 100, 100)[0] == whole.detection


def test_an_object_comes_once_however_often_it_was_seen() -> None:
    seen = [square(100, 100, half, score) for half, score in ((40, 0.3), (41, 0.5), (39, 0.4))]
    assert chosen([*seen, square(100, 100, 20)], 100, 100) == [
        square(100, 100, 20).detection,
        seen[1].detection,
    ]


def test_what_is_hardly_seen_is_no_answer() -> None:
    faint = square(100, 100, 20, score=0.05)
    assert worth(faint, 84, 100) > 0
    assert chosen([faint], 84, 100) == []
    assert chosen([faint], 100, 100) == [faint.detection]


def test_the_middle_of_a_square_and_any_place_on_a_line_are_where_they_are_thick() -> None:
    disc = square(50, 50, 30)
    assert worth(disc, 65, 50) == pytest.approx(worth(disc, 50, 50) / 2, rel=0.02)
    outline = ring([(0, 0), (200, 0), (200, 10), (0, 10)])
    line = Sight(Detection(0, 0.5, (Part(outline),), (0, 0, 200, 10)), side=1000)
    assert worth(line, 20, 5) == pytest.approx(0.5 * 0.8, rel=0.02)


@pytest.fixture(scope="module")
def model() -> Predictor:
    """The model of the sample project: it knows the things in the scenes."""
    return Predictor.load(sample_project() / "models" / "parts.safetensors", device="cpu")


@pytest.fixture(scope="module")
def scene() -> Scene:
    """Things on a table, small against the image."""
    return render(11, 3, width=1280, height=960)


def middle_of(parts: tuple[Part, ...]) -> tuple[float, float]:
    low, high = parts[0].outer.min(0), parts[0].outer.max(0)
    x, y = ((low + high) / 2).tolist()
    return x, y


def test_the_model_outlines_what_is_clicked_and_nothing_beside_it(
    model: Predictor, scene: Scene
) -> None:
    overlaps = []
    for item in scene.instances:
        x, y = middle_of(item.parts)
        if not contains(item.parts, x, y):
            continue
        found = point(scene.pixels, model, AT_320, x=x, y=y)
        assert all(contains(option.detection.parts, x, y) for option in found[:1])
        overlaps.append(max((iou(o.detection.parts, item.parts) for o in found[:2]), default=0.0))
    assert len(overlaps) > 5
    assert np.mean([value > 0.5 for value in overlaps]) > 0.8


def test_what_was_seen_before_is_an_answer_too_and_a_blank_image_has_none(
    model: Predictor,
) -> None:
    blank: NDArray[np.uint8] = np.full((400, 600, 3), 120, np.uint8)
    assert point(blank, model, AT_320, x=300, y=200) == []
    known = square(300, 200, 40)
    (found,) = point(blank, model, AT_320, x=300, y=200, known=[known.detection])
    assert iou(found.detection.parts, known.detection.parts) > 0.9


@pytest.mark.parametrize(("x", "y"), [(0, 0), (599.5, 399.5), (0, 399)])
def test_a_click_in_a_corner_looks_at_the_image_only(model: Predictor, x: float, y: float) -> None:
    noise = np.random.default_rng(3).integers(0, 255, (400, 600, 3), np.uint8)
    for option in point(noise, model, AT_320, x=x, y=y):
        points = option.detection.parts[0].outer
        assert (points >= 0).all()
        assert (points <= (600, 400)).all()


def test_what_is_there_is_not_doubled_and_what_was_taken_out_comes_last() -> None:
    tray, nut = square(200, 200, 100, score=0.6), square(230, 230, 20, score=0.4)
    found = options([tray, nut], 230, 230)
    assert [item.detection for item in found] == [nut.detection, tray.detection]
    with_nut = left(found, 230, 230, there=[nut.detection.parts])
    assert with_nut == [], "the nut is there, and a tray is no smaller thing on it"
    with_tray = left(found, 230, 230, there=[tray.detection.parts])
    assert [item.detection for item in with_tray] == [nut.detection]
    without = left(found, 230, 230, there=[], refused=[nut.detection.parts])
    assert [item.detection for item in without] == [tray.detection, nut.detection]


def test_a_piece_of_what_is_there_needs_to_be_surely_seen() -> None:
    tray, crumb = square(200, 200, 100, score=0.6), square(230, 230, 20, score=0.03)
    found = options([tray, crumb], 230, 230)
    assert left(found, 230, 230, there=[tray.detection.parts]) == []


def test_the_network_is_prepared_in_every_size_of_close_looks_that_of_clicks_first(
    model: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    sides: list[int] = []
    run = Predictor.forward

    def forward(*args: Any, **options: Any) -> list[RawOutput]:
        sides.extend(item.pixels.shape[0] for item in args[1])
        return run(*args, **options)

    monkeypatch.setattr(Predictor, "forward", forward)
    assert len(list(prepare_looks(model, AT_320))) == len(INPUT_SIDES)
    assert sides[0] == POINTED_PX
    assert sorted(sides) == sorted(INPUT_SIDES)
