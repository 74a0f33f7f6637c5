"""Pictures of what a new model sees otherwise (I7)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from dynseg.images.decode import decode
from dynseg.model.checkpoint import load
from dynseg.training.changes import NO_CLASS, PANEL_PX, WORSE, Pair, draw_changes
from dynseg.training.close_ups import add_close_ups
from dynseg.training.compared import changes_of
from dynseg.training.dataset import read_description
from dynseg_resources import starter_model


def test_what_got_worse_is_drawn_and_listed_and_equal_models_are_not(
    labelled_scenes: Path, tmp_path: Path
) -> None:
    data = read_description(labelled_scenes / "data.yaml")
    data["val"] = [*data["val"], *data["train"]][:3]
    sound = load(starter_model())
    assert draw_changes([Pair(sound, sound, data)], tmp_path, image_size=224) == []
    assert changes_of(tmp_path) == []
    mute = load(starter_model())
    with torch.no_grad():
        head: Any = mute[0]
        for branch in head.model[-1].cv3:
            branch[-1].bias.fill_(-20.0)
    assert draw_changes([Pair(sound, mute, data)], tmp_path, image_size=224, until_s=0.0) == []
    assert changes_of(tmp_path) is None, "that nothing was looked at is not that nothing differs"
    drawn = draw_changes([Pair(sound, mute, data)], tmp_path, image_size=224)
    assert 1 <= len(drawn) <= WORSE
    assert all(change.after < change.before for change in drawn)
    listed = changes_of(tmp_path)
    assert listed
    first, path = listed[0]
    assert first == drawn[0]
    height, width = decode(path).pixels.shape[:2]
    assert width > PANEL_PX
    assert height <= PANEL_PX
    assert changes_of(tmp_path / "elsewhere") is None
    assert not first.part
    assert first.colours == (("", NO_CLASS),)  # the starter knows no classes
    assert first.agnostic
    close = add_close_ups(data, 2.0, tmp_path / "parts", size=224)
    parts = draw_changes([Pair(sound, mute, close)], tmp_path, image_size=224)
    assert parts
    assert all(change.part for change in parts)
    assert {change.image for change in parts} <= {path.name for path in data["val"]}
