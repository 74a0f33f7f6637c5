"""What a run waits for is seen from beside it, and said."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dynseg.benchmark import flow
from dynseg.benchmark.prelabel import Setting
from dynseg.inference.runs.hands import pool
from dynseg.inference.settings import PredictSettings
from dynseg.progress import ignore
from dynseg_resources import starter_model

SETTINGS = PredictSettings(image_size=320, device="cpu", backend="torch", edges="off")


def test_a_run_is_looked_at_while_it_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "core_count", lambda **_: 4)
    monkeypatch.setattr(pool, "ENOUGH_IMAGES", 1)
    found = flow.run(Setting(starter_model(), SETTINGS), tmp_path, ignore, images=48)
    assert found.hands == 2
    assert found.images_per_s > 0
    assert found.share_of_forward > 0
    assert found.means["groups"] > 0
    assert found.hand_ms > 0
    assert any(place.startswith("stages.run > wait") for place in found.threads["main"])
    assert any(place.startswith("torch_backend") for place in found.threads["run"])
    fed = replace(found, idle=0.02, images_per_s=0.9 * found.forward_per_s)
    assert fed.limit == "the network"
    slow = replace(fed, images_per_s=0.2 * found.forward_per_s)
    assert slow.limit == "what this process does around the network"
    said: list[str] = []
    flow.show(fed, said.append)
    assert said[0].endswith("limited by the network")
    starved = replace(found, idle=0.5, hands_busy=0.95)
    assert starved.limit == "the processes that decode and trace"
    assert replace(starved, hands_busy=0.5).limit == "this process"
    assert replace(starved, hands=0).limit == "decoding and tracing on threads"
