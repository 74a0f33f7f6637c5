"""Click-to-segment (A10): the network is ultralytics', so its own predictor is the reference."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from dynseg.errors import ModelFileError
from dynseg.geometry.polygon import area, problem
from dynseg.inference.click import ClickSegmenter, Encoded, parts_of
from dynseg.inference.prompt import Prompt
from dynseg.model.sandbox import prepare_environment
from dynseg.sample.scene import render


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network of random weights as a file: masks mean nothing, but each has its place."""
    prepare_environment()
    from ultralytics.models.sam.build import build_mobile_sam

    torch.manual_seed(3)
    network = build_mobile_sam()
    path = tmp_path_factory.mktemp("click") / "mobile_sam.pt"
    torch.save(network.state_dict(), path)
    return path


@pytest.fixture(scope="module")
def segmenter(weights: Path) -> ClickSegmenter:
    """The same, loaded."""
    return ClickSegmenter.load(weights)


@pytest.fixture(scope="module")
def pixels() -> NDArray[np.uint8]:
    """A generated scene, wider than high."""
    return render(5, 0, width=320, height=240).pixels


@pytest.fixture(scope="module")
def encoded(segmenter: ClickSegmenter, pixels: NDArray[np.uint8]) -> Encoded:
    """The scene as the network remembers it."""
    return segmenter.encode(pixels)


def reference(segmenter: ClickSegmenter, pixels: NDArray[np.uint8], **prompt: Any) -> Any:
    """Scores and logits of ultralytics' own predictor for a prompt."""
    from ultralytics.models.sam.predict import Predictor

    predictor = Predictor(overrides={"imgsz": 1024, "device": "cpu", "verbose": False})
    predictor.setup_model(model=segmenter._network, verbose=False)
    predictor.imgsz = [1024, 1024]
    predictor.batch = (["scene"], [pixels[..., ::-1]], None)
    image = predictor.preprocess([np.ascontiguousarray(pixels[..., ::-1])])
    with torch.inference_mode():
        return predictor.prompt_inference(image, **prompt)


@pytest.mark.slow
def test_a10_prompts_mean_what_they_mean_to_ultralytics(
    segmenter: ClickSegmenter, pixels: NDArray[np.uint8], encoded: Encoded
) -> None:
    asked = Prompt(inside=[(100, 60), (120, 80)], outside=[(300, 200)])
    points = np.array([[[100, 60], [120, 80], [300, 200]]], float)
    masks, scores = reference(segmenter, pixels, points=points, labels=np.array([[1, 1, 0]]))
    ours, score = segmenter.mask(encoded, asked)
    assert score == pytest.approx(float(scores[0]), abs=1e-3)
    assert np.abs(ours - masks[0].numpy()).max() < 1e-3

    masks, scores = reference(segmenter, pixels, bboxes=np.array([[40, 30, 200, 150]], float))
    ours, score = segmenter.mask(encoded, Prompt(box=(40, 30, 200, 150)))
    assert score == pytest.approx(float(scores[0]), abs=1e-3)
    assert np.abs(ours - masks[0].numpy()).max() < 1e-3


@pytest.mark.slow
def test_a10_a_prompt_becomes_valid_polygons(segmenter: ClickSegmenter, encoded: Encoded) -> None:
    found = segmenter.segment(encoded, Prompt(inside=[(160, 120)]))
    assert 0 <= found.score <= 1
    for part in found.parts:
        assert problem(part) is None
        assert part.outer.min() >= 0
        assert (part.outer <= (320, 240)).all()


@pytest.mark.parametrize(("width", "height"), [(320, 240), (240, 320), (3000, 2000), (64, 64)])
def test_a10_masks_lie_where_they_belong(width: int, height: int) -> None:
    image = Encoded(torch.empty(0), width, height, 1024 / max(width, height))
    cell_px = max(width, height) / 256
    middles = (np.arange(256) + 0.5) * cell_px
    x, y = np.meshgrid(middles, middles)
    radius, centre = min(width, height) / 4, (width / 2, height / 2)
    logits = 30 * (1 - np.hypot(x - centre[0], y - centre[1]) / radius)
    (disc,) = parts_of(logits.astype(np.float32), image)
    assert area(disc) == pytest.approx(np.pi * radius**2, rel=0.01)
    assert np.allclose((disc.outer.min(0) + disc.outer.max(0)) / 2, centre, atol=0.5 * cell_px)


def test_a10_what_reaches_over_the_border_ends_there() -> None:
    image = Encoded(torch.empty(0), 300, 100, 1024 / 300)
    (everything,) = parts_of(np.full((256, 256), 9, np.float32), image)
    assert area(everything) == pytest.approx(300 * 100, rel=0.002)


def test_a10_nothing_stands_out() -> None:
    image = Encoded(torch.empty(0), 300, 100, 1024 / 300)
    assert parts_of(np.full((256, 256), -9, np.float32), image) == ()


class _Planted:
    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (Path("planted"),)


@pytest.mark.slow
def test_a10_files_that_are_no_weights_run_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, weights: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    missing, text, code, other, cut = (tmp_path / f"{name}.pt" for name in "mtcox")
    text.write_bytes(b"no weights")
    torch.save({"model": _Planted()}, code)
    torch.save({"a": torch.zeros(3)}, other)
    cut.write_bytes(weights.read_bytes()[:100_000])
    for path in (missing, text, code, other, cut):
        with pytest.raises(ModelFileError):
            ClickSegmenter.load(path)
    assert not (tmp_path / "planted").exists()
