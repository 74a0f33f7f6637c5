"""Known classes keep their weights; new ones start from what tells objects from background."""

from __future__ import annotations

import msgspec
import pytest
import torch

from dynseg.model.card import ModelCard
from dynseg.model.checkpoint import load
from dynseg.training.evaluate import UNKNOWN, class_targets
from dynseg.training.start_weights import (
    as_called_now,
    class_row_names,
    class_sources,
    fit_classes,
)
from dynseg_resources import starter_model


@pytest.fixture(scope="module")
def starter() -> tuple[torch.nn.Module, ModelCard]:
    return load(starter_model())


def test_class_agnostic_parent_knows_no_name(starter: tuple[torch.nn.Module, ModelCard]) -> None:
    model, card = starter
    start = fit_classes(model, card, ["object", "nut"])

    assert class_sources(card, ["object"]) == [None]
    assert start.known == ()
    assert start.card.parent == card.model_id
    assert not start.card.class_agnostic
    old, new = model.state_dict(), start.model.state_dict()
    for name in class_row_names(model):
        if name.endswith("weight"):
            assert (
                torch.nn.functional.cosine_similarity(
                    new[name].flatten(1), old[name].flatten(1)
                ).min()
                > 0.99
            )
            assert not torch.equal(new[name][0], new[name][1])


def test_what_finds_anything_is_measured_as_the_only_class() -> None:
    """Else it has 0, and any model that knows the class by name passes for better."""
    card = ModelCard(name="starter", classes=["object"], class_agnostic=True)
    assert class_targets(card, ["nucleus"]) == [0]
    assert class_targets(card, ["object", "nut"]) == [UNKNOWN]


def test_a_renamed_class_is_known_by_what_it_is_called_now(
    starter: tuple[torch.nn.Module, ModelCard],
) -> None:
    first = fit_classes(*starter, ["nut", "bolt", "gear"])
    renamed = {"nut": "hexagonal nut", "gear": "bolt"}
    card = as_called_now(msgspec.structs.replace(first.card, model_id="x"), renamed)
    assert card.classes == ["hexagonal nut", "bolt", "bolt"]
    assert class_targets(card, ["bolt", "hexagonal nut"]) == [1, 0, 0]
    second = fit_classes(first.model, card, ["hexagonal nut", "bolt"])
    assert second.known == ("hexagonal nut", "bolt")
    old, new = first.model.state_dict(), second.model.state_dict()
    for name in class_row_names(first.model):
        assert torch.equal(new[name][0], old[name][0])
    agnostic = ModelCard(name="starter", classes=["object"], class_agnostic=True)
    assert as_called_now(agnostic, {"object": "nut"}) is agnostic


def test_known_classes_keep_their_weights_in_any_order(
    starter: tuple[torch.nn.Module, ModelCard],
) -> None:
    first = fit_classes(*starter, ["nut", "bolt", "gear"])
    card = msgspec.structs.replace(first.card, model_id="x")
    second = fit_classes(first.model, card, ["Gear ", "washer", "nut"])

    assert second.known == ("Gear ", "nut")
    old, new = first.model.state_dict(), second.model.state_dict()
    for name in class_row_names(first.model):
        assert torch.equal(new[name][0], old[name][2])
        assert torch.equal(new[name][2], old[name][0])
    plain = [n for n in old if n not in class_row_names(first.model)]
    assert all(torch.equal(old[n], new[n]) for n in plain)


def test_many_classes_widen_the_class_branch(starter: tuple[torch.nn.Module, ModelCard]) -> None:
    start = fit_classes(*starter, [f"c{n}" for n in range(90)])
    image = torch.rand(1, 3, 64, 64)
    with torch.inference_mode():
        answer = start.model.eval()(image)[0][0]
    assert answer.shape[1] == 4 + 90 + 32
    assert torch.isfinite(answer).all()
