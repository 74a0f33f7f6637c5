"""Settings refuse what no model can run with and name what changes the candidates."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from dynseg.inference.settings import PredictSettings
from dynseg.model.card import ModelCard

CARD = ModelCard(name="a", model_id="a", classes=["nut"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"confidence": -0.1},
        {"confidence": 1.5},
        {"confidence": float("nan")},
        {"iou": 0.0},
        {"max_detections": 0},
        {"image_size": 31},
        {"image_size": 100_000},
        {"simplify_px": -1.0},
        {"tiles": "some", "tile_px": 0},
        {"tile_px": 12},
        {"region": (0.0, 0.0, float("inf"), 1.0)},
    ],
)
def test_numbers_out_of_range_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r" in |is one of|four numbers"):
        PredictSettings(**wrong)


def test_what_is_out_of_range_is_refused_in_json_too() -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(b'{"confidence": 2}', type=PredictSettings)


def test_threshold_and_device_do_not_change_the_key() -> None:
    base = PredictSettings()
    assert base.key(CARD) == PredictSettings(confidence=0.9, device="cpu").key(CARD)
    assert base.key(CARD) == PredictSettings(classes=("nut",), half=False, tile_px=640).key(CARD)
    looks: tuple[dict[str, Any], ...] = (
        {"tiles": "on"},
        {"tiles": "auto"},
        {"tiles": "off"},
        {"tiles": "on", "tile_px": 640},
        {"region": (0.0, 0.0, 9.0, 9.0)},
    )
    assert len({PredictSettings(**look).key(CARD) for look in (*looks, {})}) == 6
    for other in ({"iou": 0.5}, {"max_detections": 10}, {"image_size": 320}, {"simplify_px": 2.0}):
        assert PredictSettings(**other).key(CARD) != base.key(CARD)


def test_what_the_card_says_of_how_to_look_changes_the_key() -> None:
    """The same weights may come with another card, as in the next version of the program."""
    others: tuple[dict[str, Any], ...] = (
        {"edge_shift_px": 1.5},
        {"follow_edges": True},
        {"outline_size": 960},
        {"close_up": 2.0},
        {"image_size": 320},
        {"class_agnostic": True},
        {"temperature": 2.0},
    )
    keys = {PredictSettings().key(replace(CARD, **other)) for other in (*others, {})}
    assert len(keys) == 8
    for told in ({"metrics": {"map50": 0.5}}, {"notes": "better"}, {"name": "b"}):
        assert PredictSettings().key(replace(CARD, **told)) == PredictSettings().key(CARD)
