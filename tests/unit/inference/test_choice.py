"""Which backend runs a model: measured once, kept, and left when it does not work."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from dynseg.errors import EngineError, InputError
from dynseg.inference.backends import choice
from dynseg.inference.backends.backend import Backend
from dynseg.inference.backends.converted import converted
from dynseg.inference.backends.device import DeviceReport
from dynseg.inference.backends.openvino_backend import OpenVinoBackend
from dynseg.inference.outlines.polygons import Candidates
from dynseg.inference.postprocess import Selection
from dynseg.inference.predictor import Predictor
from dynseg.inference.settings import PredictSettings
from dynseg.model.card import ModelCard, read_card
from dynseg.progress import Progress
from dynseg_resources import starter_model

SMALL = PredictSettings(image_size=96)
PIXELS = np.full((64, 96, 3), 90, np.uint8)


@pytest.fixture
def card() -> ModelCard:
    return read_card(starter_model())


def test_the_fastest_is_measured_once_and_kept(fast_starter: Predictor, card: ModelCard) -> None:
    choice.choices_path().unlink(missing_ok=True)
    seen: list[Progress] = []
    backend, reason = choice.cpu_backend(starter_model(), card, report=seen.append)
    assert seen[-1].done == seen[-1].total
    assert " ms an image here" in reason
    assert "torch" in reason
    assert "openvino" in reason
    again, same = choice.cpu_backend(starter_model(), card, report=lambda _: pytest.fail("again"))
    assert (type(again), same) == (type(backend), reason)


def test_until_it_is_measured_openvino_runs(fast_starter: Predictor, card: ModelCard) -> None:
    """Nobody who wants to see one image waits until torch is loaded, to be measured too."""
    choice.choices_path().unlink(missing_ok=True)
    found = Predictor.load(starter_model(), device="cpu", measured=False)
    assert found.predict(PIXELS, SMALL) == fast_starter.predict(PIXELS, SMALL)
    assert found.device.reason == f"chosen in the settings; {choice.UNMEASURED}"
    assert not found.is_measured
    assert not found.take_measured()
    assert choice.choice_for(card, half=True) is None


@pytest.mark.parametrize("fastest", ["openvino", "torch"])
def test_what_was_measured_meanwhile_is_taken(card: ModelCard, fastest: str) -> None:
    choice.choices_path().unlink(missing_ok=True)
    found = Predictor.load(starter_model(), device="cpu", measured=False)
    choice._remember(choice._key(card, half=True), choice.Choice(fastest, "9 ms an image here"))
    assert found.take_measured() == (fastest != "openvino")
    assert found.is_measured == (fastest == "openvino")
    again = Predictor.load(starter_model(), device="cpu", measured=False)
    assert again.device.reason == "chosen in the settings; 9 ms an image here"
    assert again.backend.startswith(fastest)
    assert not again.take_measured()
    choice.choices_path().unlink()


def test_without_openvino_torch_runs(card: ModelCard, monkeypatch: pytest.MonkeyPatch) -> None:
    choice.choices_path().unlink(missing_ok=True)
    monkeypatch.setitem(sys.modules, "openvino", None)
    makers = {name: choice.MAKERS[name] for name in ("openvino", "torch")}
    monkeypatch.setattr(choice, "MAKERS", makers)
    backend, reason = choice.cpu_backend(starter_model(), card)
    assert backend.name == "torch"
    assert "OpenVINO is not installed" in reason
    choice.choices_path().unlink()
    assert choice.cpu_backend(starter_model(), card, measured=False)[0].name == "torch"
    with pytest.raises(InputError, match="OpenVINO is not installed"):
        choice.cpu_backend(starter_model(), card, wanted="openvino")
    choice.choices_path().unlink()


def test_an_unknown_name_is_wrong_use(card: ModelCard) -> None:
    with pytest.raises(InputError, match="no backend 'abacus'") as caught:
        choice.cpu_backend(starter_model(), card, wanted="abacus")
    assert "openvino" in caught.value.hint


def test_choices_that_cannot_be_read_are_made_again(fast_starter: Predictor) -> None:
    choice.choices_path().write_bytes(b"\x00{")
    assert Predictor.load(starter_model(), device="cpu").device.reason.count(" ms") >= 1
    assert choice.choices_path().read_bytes().startswith(b"{")


def test_a_damaged_conversion_is_made_again(
    fast_starter: Predictor, card: ModelCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choice, "can_be_built", lambda _: False)  # as with the head of a plug-in
    graph = converted(starter_model(), card)
    graph.write_bytes(graph.read_bytes()[:500])
    predictor = Predictor.load(starter_model(), device="cpu", backend="openvino")
    assert predictor.predict(PIXELS, SMALL) == fast_starter.predict(PIXELS, SMALL)


class Broken:
    """A backend that loads and never runs."""

    name = "openvino f32"
    batch_size = 1
    in_flight = 2

    def run(self, images: Sequence[NDArray[np.uint8]], selection: Selection) -> list[Candidates]:
        raise RuntimeError("illegal instruction")


def test_a_backend_that_fails_is_left_for_torch(starter: Predictor) -> None:
    broken: Backend = Broken()
    predictor = Predictor(starter.path, starter.card, broken, DeviceReport("cpu", ""))
    assert predictor.predict(PIXELS, SMALL) == starter.predict(PIXELS, SMALL)
    assert predictor.backend == "torch"
    assert predictor.device.reason == "openvino f32 failed (illegal instruction), torch goes on"


def test_a_backend_that_fails_in_the_measurement_is_not_taken(
    fast_starter: Predictor, card: ModelCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    choice.choices_path().unlink(missing_ok=True)
    makers = {"openvino": lambda _path, _card, _half: Broken(), "torch": choice.MAKERS["torch"]}
    monkeypatch.setattr(choice, "MAKERS", makers)
    backend, reason = choice.cpu_backend(starter_model(), card)
    assert backend.name == "torch"
    assert "openvino f32 cannot run (illegal instruction)" in reason
    choice.choices_path().unlink()


def test_a_conversion_that_is_no_network_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "network.xml").write_text("<net/>")
    with pytest.raises((RuntimeError, EngineError)):
        OpenVinoBackend.read(tmp_path / "network.xml")
