"""Nothing that can be done before is waited for until the first proposals are there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dynseg.worker.point_messages import GetReady
from dynseg.worker.protocol import LoadModel, Predict
from dynseg_annotator import language
from dynseg_annotator.application import workbench
from dynseg_annotator.application.frame import Frame, Wanted, Wish, dress
from dynseg_annotator.application.models import assist
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.jobs.engine import EngineClient
from dynseg_annotator.settings import Settings

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


class Asked(list[tuple[Any, bool]]):
    """What the engine is asked for, and whether a project was open then; it answers nothing."""

    bench: Workbench | None = None

    def submit(self, make: Callable[[int], Any]) -> int:
        is_open = self.bench is not None and self.bench.context.store is not None
        self.append((make(len(self) + 1), is_open))
        return len(self)

    def of(self, kind: type) -> list[tuple[Any, bool]]:
        return [item for item in self if isinstance(item[0], kind)]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    made = Asked()
    monkeypatch.setattr(EngineClient, "submit", lambda _self, make: made.submit(make))
    monkeypatch.setattr(EngineClient, "start", lambda _self: None)
    return made


@pytest.fixture
def bench(qtbot: QtBot, qapp: QApplication, asked: Asked) -> Iterator[Workbench]:
    """The window as it starts, with nothing to open yet."""
    settings = Settings()
    settings.set("language", language.current())
    dress(qapp, settings)
    frame = Frame(settings)
    frame.show()
    made = asked.bench = Workbench(frame)
    yield made
    made.context.session.flush()
    frame.window.may_close = lambda: True
    frame.window.close()
    made.shut_down()
    made.deleteLater()
    frame.window.deleteLater()
    frame.deleteLater()


def test_the_engine_loads_a_model_while_the_project_is_opened(
    bench: Workbench, asked: Asked, folder: Path, qtbot: QtBot
) -> None:
    bench.frame.pending = Wish(Wanted.OPEN, folder)
    bench.begin()
    qtbot.waitUntil(lambda: bool(asked))
    request, was_open = asked[0]
    assert isinstance(request, LoadModel)
    assert (request.path, request.project, was_open) == ("", "", False)
    qtbot.waitUntil(lambda: len(asked.of(LoadModel)) == 2, timeout=8000)
    assert asked.of(LoadModel)[1][0].project == str(folder)


def test_it_is_loaded_a_little_later_where_nothing_is_to_be_opened(
    bench: Workbench, asked: Asked, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbench, "ENGINE_START_MS", 100)
    bench.begin()
    assert not asked
    qtbot.waitUntil(lambda: bool(asked))
    assert isinstance(asked[0][0], LoadModel)


def test_the_first_image_is_no_image_on_the_way(
    bench: Workbench,
    asked: Asked,
    folder: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(assist, "OPEN_MS", 10**6)
    bench.frame.pending = Wish(Wanted.OPEN, folder)
    bench.begin()
    qtbot.waitUntil(lambda: bool(asked.of(Predict)), timeout=8000)
    qtbot.waitUntil(lambda: bench.parts.canvas.accepts_gestures, timeout=8000)
    first = bench.context.session.image_id
    bench.parts.actions["next-image"].trigger()
    qtbot.waitUntil(lambda: bench.context.session.image_id != first, timeout=8000)
    qtbot.wait(300)
    assert [request.image_id for request, _ in asked.of(Predict)] == [first]


def test_the_first_click_does_not_wait_for_the_network_of_close_looks(
    bench: Workbench, asked: Asked, folder: Path, qtbot: QtBot
) -> None:
    bench.frame.open(folder)
    qtbot.waitUntil(lambda: bench.parts.canvas.accepts_gestures, timeout=8000)
    qtbot.waitUntil(lambda: bench.context.active_model is not None)
    assert not asked.of(GetReady), "nobody wants to click yet"
    bench.parts.actions["find-object"].trigger()
    ((request, _),) = asked.of(GetReady)
    assert (request.project, request.model) == (str(folder), "")
