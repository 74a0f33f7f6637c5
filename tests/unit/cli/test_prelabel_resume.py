"""Which run `dynseg prelabel --resume` goes on with."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from dynseg.cli.prelabel import _unfinished
from dynseg.project.store import Store


def test_a_run_that_was_taken_back_is_not_gone_on_with(tmp_path: Path) -> None:
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    with Store.create(tmp_path, images=tmp_path) as store:
        assert _unfinished(store.runs()) is None
        stopped = store.begin_run("prelabel", "net", {})
        store.finish_run(stopped, "cancelled")
        taken_back = store.begin_run("prelabel", "net", {})
        store.finish_run(taken_back, "finished")
        store.undo_run(taken_back)
        assert _unfinished(store.runs()) == stopped
