"""Two looks at an image: what there is from one, where its border runs from the other."""

from __future__ import annotations

import threading
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import pytest
from msgspec import structs
from PIL import Image
from tests.unit.inference.conftest import FAST

from dynseg.errors import ImageError
from dynseg.geometry.part import Part, ring
from dynseg.images.decode import decode
from dynseg.inference.detections import Detection
from dynseg.inference.predictor import Predictor
from dynseg.inference.runs.budget import PixelBudget
from dynseg.inference.runs.stages import Stages
from dynseg.inference.runs.work import Outcome, Work
from dynseg.inference.settings import PredictSettings
from dynseg.inference.sharpening import looks_again, sharpened
from dynseg.inference.tiles import predict_tiled
from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import load
from dynseg.sample.scene import render
from dynseg.training.start_weights import fit_classes
from dynseg_resources import starter_model


def box(x: float, y: float, side: float, score: float) -> Detection:
    points = [(x, y), (x + side, y), (x + side, y + side), (x, y + side)]
    return Detection(0, score, (Part(ring(points)),), (x, y, x + side, y + side))


def test_an_object_of_both_looks_has_the_outline_of_the_second_and_the_higher_score() -> None:
    first, second = [box(10, 10, 40, 0.9)], [box(11, 11, 40, 0.6)]
    assert sharpened(first, second) == [box(11, 11, 40, 0.9)]
    assert sharpened([box(10, 10, 40, 0.3)], second) == [box(11, 11, 40, 0.6)]


def test_what_one_look_alone_sees_stays_or_comes_when_it_is_sure() -> None:
    alone = box(10, 10, 40, 0.4)
    sure, unsure = box(100, 10, 20, 0.7), box(150, 10, 20, 0.4)
    assert sharpened([alone], [sure, unsure]) == [sure, alone]
    assert sharpened([alone], []) == [alone]
    assert sharpened([], []) == []


def test_pieces_of_an_object_that_the_second_look_sees_are_none() -> None:
    whole = box(0, 0, 100, 0.8)
    assert sharpened([whole], [box(0, 0, 60, 0.9)]) == [whole]


def test_each_outline_is_used_once() -> None:
    twins = [box(0, 0, 40, 0.9), box(2, 2, 40, 0.8)]
    found = sharpened(twins, [box(1, 1, 40, 0.7)])
    assert sorted(item.box[0] for item in found) == [1, 2]


def test_the_starter_looks_again_unless_a_size_or_the_whole_alone_was_chosen() -> None:
    card = load(starter_model())[1]
    assert looks_again(PredictSettings(), card)
    assert not looks_again(PredictSettings(image_size=640), card)
    assert not looks_again(PredictSettings(tiles="off"), card)
    assert not looks_again(PredictSettings(), ModelCard(name="m", classes=["a"]))


def test_a_model_that_was_trained_from_the_starter_looks_once() -> None:
    parent, card = load(starter_model())
    assert fit_classes(parent, card, ["bolt", "nut"]).card.outline_size == 0


def test_both_looks_are_taken_at_their_sizes(
    starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    pixels = np.ascontiguousarray(render(5, 0, width=800, height=600).pixels)
    sizes: list[int] = []
    real = Predictor.predict

    def counted(self: Predictor, image: np.ndarray, settings: PredictSettings) -> list[Detection]:
        sizes.append(settings.image_size)
        return real(self, image, settings)

    monkeypatch.setattr(Predictor, "predict", counted)
    settings = structs.replace(FAST, image_size=0, edges="off")
    found = predict_tiled(pixels, starter, settings)
    assert sizes == [320, 640]
    once = real(starter, pixels, settings)
    finer = real(starter, pixels, structs.replace(settings, image_size=640))
    assert found == sharpened(once, finer)
    assert {item.parts[0].outer.tobytes() for item in found} - {
        item.parts[0].outer.tobytes() for item in once
    }
    predict_tiled(pixels[:200, :300], starter, settings)
    assert sizes[2:] == [320], "a small image shows nothing more"


def test_many_images_come_in_their_order_with_both_looks(
    tmp_path: Path, starter: Predictor
) -> None:
    paths = [tmp_path / f"{index}.png" for index in range(5)]
    for index, path in enumerate(paths):
        Image.fromarray(render(5, index, width=480, height=360).pixels).save(path)
    paths[2].write_bytes(paths[2].read_bytes()[:500])
    settings = structs.replace(FAST, image_size=0)
    threads: set[int] = set()
    stages = Stages(
        starter,
        settings,
        confidence=0.1,
        between=lambda: threads.add(threading.get_ident()),
    )
    works = [Work(at, path.name, path) for at, path in enumerate(paths)]
    found = list(stages.run(works))
    assert [work.key for work, _ in found] == [0, 1, 2, 3, 4]
    assert isinstance(found[2][1], ImageError)
    for at in (0, 1, 3, 4):
        outcome = found[at][1]
        assert isinstance(outcome, Outcome)
        alone = predict_tiled(decode(paths[at]).pixels, starter, settings)
        assert outcome.detections == [item for item in alone if item.score >= 0.1]
    assert threads == {threading.get_ident()}, "urgent work is done where somebody waits"


@pytest.mark.parametrize("tiles", ["model", "auto", "on"])
def test_a_run_looks_as_often_as_who_opens_an_image(
    starter: Predictor, tmp_path: Path, tiles: str
) -> None:
    works = []
    for number, (width, height) in enumerate([(400, 300), (200, 150)]):
        path = tmp_path / f"{number}.png"
        Image.fromarray(render(5, number, width=width, height=height).pixels).save(path)
        works.append(Work(number, path.name, path))
    settings = structs.replace(FAST, image_size=0, tiles=tiles)
    for work, outcome in Stages(starter, settings).run(works):
        assert isinstance(outcome, Outcome)
        pixels = np.asarray(Image.open(work.path))
        assert outcome.detections == predict_tiled(pixels, starter, settings)


def test_two_looks_keep_no_more_candidates_than_one_may(starter: Predictor) -> None:
    pixels = np.ascontiguousarray(render(5, 0, width=800, height=600).pixels)
    settings = structs.replace(FAST, image_size=0)
    every = predict_tiled(pixels, starter, settings)
    few = structs.replace(settings, max_detections=3)
    assert len(every) > 3
    assert len(predict_tiled(pixels, starter, few)) == 3


def test_images_of_unknown_size_take_their_part_of_the_memory(
    starter: Predictor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As files of a folder: several of 200 megapixels at once would be too much."""
    path, taken = tmp_path / "a.png", []
    Image.fromarray(render(5, 0, width=400, height=300).pixels).save(path)
    real = PixelBudget.taken

    def noted(self: PixelBudget, pixels: int) -> AbstractContextManager[None]:
        taken.append(pixels)
        return real(self, pixels)

    monkeypatch.setattr(PixelBudget, "taken", noted)
    ((_, found),) = Stages(starter, structs.replace(FAST, image_size=0)).run(
        [Work(0, path.name, path)]
    )
    assert isinstance(found, Outcome)
    assert taken == [400 * 300]
