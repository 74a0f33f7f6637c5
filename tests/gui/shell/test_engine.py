"""The engine worker as the window sees it: it answers, it dies, nothing is lost."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import psutil
import pytest
from pytestqt.qtbot import QtBot

from dynseg.processes import NETWORK
from dynseg.worker.protocol import Failed, Finished, Hello, Predict
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.context import Level
from dynseg_annotator.jobs.engine import MAX_RESTARTS, EngineClient
from dynseg_annotator.jobs.engine_state import EngineState
from dynseg_annotator.panels.message_bar import MessageBar

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

LONG_MS = 60_000


@pytest.fixture
def engine(qtbot: QtBot) -> Iterator[EngineClient]:
    made = EngineClient()
    yield made
    made.stop()


def hello(engine: EngineClient) -> int:
    return engine.submit(lambda job: Hello(job=job))


def test_worker_starts_on_demand_and_answers(qtbot: QtBot, engine: EngineClient) -> None:
    assert engine.pid == 0
    with qtbot.waitSignal(engine.finished, timeout=LONG_MS) as answer:
        job = hello(engine)
    finished: Finished = answer.args[0]
    assert finished.job == job
    assert finished.result["pid"] == engine.pid
    assert engine.state is EngineState.READY


def test_killed_worker_is_started_again_and_its_jobs_are_done(
    qtbot: QtBot, engine: EngineClient
) -> None:
    with qtbot.waitSignal(engine.finished, timeout=LONG_MS):
        hello(engine)
    first = engine.pid
    psutil.Process(first).suspend()  # it takes the request and never answers
    job = hello(engine)
    texts: list[str] = []
    engine.died.connect(lambda text, _report: texts.append(text))
    with qtbot.waitSignal(engine.finished, timeout=LONG_MS):
        psutil.Process(first).kill()
    assert "your labels are safe" in texts[0]
    assert not engine.is_running(job)
    assert engine.pid not in (0, first)


def test_a_worker_that_needs_other_arguments_begins_anew_and_its_jobs_are_cancelled(
    qtbot: QtBot, engine: EngineClient
) -> None:
    engine.use(NETWORK)  # nothing runs yet
    with qtbot.waitSignal(engine.finished, timeout=LONG_MS):
        hello(engine)
    first = engine.pid
    job = hello(engine)
    with qtbot.waitSignal(engine.cancelled, timeout=LONG_MS) as left:
        engine.use()
    assert left.args[0].job == job
    with qtbot.waitSignal(engine.finished, timeout=LONG_MS):
        hello(engine)
    assert engine.pid not in (0, first)
    engine.use()
    assert engine.pid != 0  # as it was: it goes on


def test_a_job_that_was_stopped_does_not_begin_anew_in_the_next_worker(
    qtbot: QtBot, engine: EngineClient
) -> None:
    with qtbot.waitSignal(engine.finished, timeout=LONG_MS):
        hello(engine)
    psutil.Process(engine.pid).suspend()
    heard, unheard = hello(engine), hello(engine)
    ended: list[tuple[str, int]] = []
    engine.finished.connect(lambda event: ended.append(("finished", event.job)))
    engine.cancelled.connect(lambda event: ended.append(("cancelled", event.job)))
    engine.died.connect(lambda *_: engine.cancel(unheard))  # between two workers
    engine.cancel(heard)
    psutil.Process(engine.pid).kill()
    qtbot.waitUntil(lambda: len(ended) == 2, timeout=LONG_MS)
    last = hello(engine)
    qtbot.waitUntil(lambda: len(ended) == 3, timeout=LONG_MS)
    assert ended == [("cancelled", heard), ("cancelled", unheard), ("finished", last)]


@pytest.mark.parametrize("program", ["/no/such/program", ""])
def test_worker_that_cannot_be_started_fails_its_jobs(qtbot: QtBot, program: str) -> None:
    """An empty name is known at once, as Windows knows every program that is missing."""
    engine = EngineClient(command=[program])
    waiting: list[int] = []
    engine.failed.connect(lambda failed: waiting.remove(failed.job))
    with qtbot.waitSignal(engine.failed, timeout=LONG_MS) as answer:
        job = hello(engine)
        waiting.append(job)
    failed: Failed = answer.args[0]
    assert failed.job == job
    assert failed.hint
    assert engine.state is EngineState.DEAD
    engine.stop()


def test_worker_that_keeps_dying_is_given_up(qtbot: QtBot) -> None:
    program = "import sys; sys.stderr.write('no torch here\\n'); sys.exit(3)"
    engine = EngineClient(command=[sys.executable, "-c", program])
    deaths: list[str] = []
    engine.died.connect(lambda text, _report: deaths.append(text))
    with qtbot.waitSignal(engine.failed, timeout=LONG_MS):
        job = hello(engine)
    qtbot.waitUntil(lambda: engine.state is EngineState.DEAD or len(deaths) < MAX_RESTARTS)
    assert not engine.is_running(job)
    assert "no torch here" in engine.report
    engine.stop()


def test_failure_is_shown_and_labels_stay(opened: Workbench, qtbot: QtBot) -> None:
    context = opened.context
    store, image_id = context.store, context.session.image_id
    assert store is not None
    assert image_id is not None
    before = store.annotation(image_id)
    with qtbot.waitSignal(context.engine.failed, timeout=LONG_MS) as answer:
        context.engine.submit(
            lambda job: Predict(job=job, project=str(store.root), token="wrong", image_id=image_id)
        )
    assert answer.args[0].message
    assert store.annotation(image_id) == before


def test_what_was_said_of_an_image_goes_with_it(opened: Workbench, qtbot: QtBot) -> None:
    opened.context.messages.show(Level.ERROR, "img_0.jpg: is damaged", key="predict")
    bar = opened.window.findChild(MessageBar)
    assert bar is not None
    assert bar.shown_messages
    opened.parts.actions["next-image"].trigger()
    assert not bar.shown_messages
