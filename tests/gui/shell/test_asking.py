"""What the model says when it is asked is a step of its own, however it came before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from tests.gui.shell.class_work import saved, shapes
from tests.gui.shell.proposing import square

from dynseg.inference.detections import Detection, encode
from dynseg.worker.protocol import Predict, Predicted
from dynseg_annotator.application.workbench import Workbench

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class Answers:
    """An engine that answers at once with objects in a row."""

    def __init__(self, window: Workbench) -> None:
        self._window = window
        self._jobs = 0

    def submit(self, make: Callable[[int], Any]) -> int:
        self._jobs += 1
        self.asked = make(self._jobs)
        return self._jobs

    def answer(self, *xs: float) -> None:
        """The objects lie at these places."""
        asked, store = self.asked, self._window.context.store
        assert isinstance(asked, Predict)
        assert store is not None
        model = self._window.context.active_model
        assert model is not None
        key = asked.settings.key()
        found = [Detection(0, 0.9, square(x, 20), (x, 20, x + 30, 50)) for x in xs]
        store.save_predictions([(asked.image_id, model.model_id, key, encode(found))])
        self._window.context.engine.predicted.emit(
            Predicted(
                job=asked.job, image_id=asked.image_id, model_id=model.model_id, settings_key=key,
                count=len(found),
            )
        )  # fmt: skip


@pytest.fixture
def engine(opened: Workbench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Answers:
    opened.classes.add("bolt")
    context = opened.context
    qtbot.waitUntil(lambda: len(context.classes) == 1 and context.active_model is not None)
    made = Answers(opened)
    monkeypatch.setattr(context.engine, "submit", made.submit)
    return made


def test_a_box_to_look_into_is_taken_back_alone(
    opened: Workbench, engine: Answers, qtbot: QtBot
) -> None:
    context = opened.context
    context.settings.set("predict_on_open", True)
    opened.parts.actions["next-image"].trigger()
    qtbot.waitUntil(lambda: hasattr(engine, "asked"))
    engine.answer(10, 60)
    saved(qtbot, opened)
    assert len(shapes(opened)) == 2
    opened.parts.canvas.box_drawn.emit("look-inside", (150.0, 0.0, 300.0, 100.0))
    engine.answer(200)
    saved(qtbot, opened)
    assert len(shapes(opened)) == 3
    opened.parts.actions["undo"].trigger()
    qtbot.waitUntil(lambda: len(shapes(opened)) == 2)
