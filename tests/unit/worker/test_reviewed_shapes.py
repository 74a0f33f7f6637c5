"""Shapes that a worker remembers are those of the project as it is open now."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PIL import Image

from dynseg.model.card import ModelCard
from dynseg.project.store import Store
from dynseg.worker.inbox import Job
from dynseg.worker.jobs import JobRunner
from dynseg.worker.protocol import Event, Finished, Predict


def test_they_are_kept_until_the_project_is_opened_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A backup may have come back meanwhile, with other shapes under the same revision."""
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    Store.create(tmp_path, images=tmp_path).close()
    used: list[object] = []

    def predict(*_: Any, examples: object, **__: Any) -> int:
        used.append(examples)
        return 0

    model = SimpleNamespace(card=ModelCard(name="m", classes=["object"]))
    monkeypatch.setattr("dynseg.inference.runs.pipeline.predict_image", predict)
    monkeypatch.setattr(JobRunner, "_model", lambda *_: model)
    monkeypatch.setattr(JobRunner, "_tell_device", lambda *_: None)
    told: list[Event] = []
    runner = JobRunner(told.append, lambda: None)
    for _ in range(2):
        with Store.open(tmp_path) as store:
            for _ in range(2):
                request = Predict(1, str(tmp_path), store.lock_token, store.images()[0].id)
                runner.run(Job(request))
    assert sum(isinstance(event, Finished) for event in told) == 4, told
    assert used[0] is used[1]
    assert used[1] is not used[2]
    assert used[2] is used[3]
