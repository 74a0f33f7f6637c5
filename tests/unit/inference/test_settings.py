"""Settings refuse what no model can run with and name what changes the candidates."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from dynseg.inference.settings import PredictSettings


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
    assert base.key() == PredictSettings(confidence=0.9, device="cpu").key()
    assert base.key() == PredictSettings(classes=("nut",), half=False, tile_px=640).key()
    looks: tuple[dict[str, Any], ...] = (
        {"tiles": "on"},
        {"tiles": "auto"},
        {"tiles": "off"},
        {"tiles": "on", "tile_px": 640},
        {"region": (0.0, 0.0, 9.0, 9.0)},
    )
    assert len({PredictSettings(**look).key() for look in (*looks, {})}) == 6
    for other in ({"iou": 0.5}, {"max_detections": 10}, {"image_size": 320}, {"simplify_px": 2.0}):
        assert PredictSettings(**other).key() != base.key()
