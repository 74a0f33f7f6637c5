"""The order of jobs, their one ending, and lines that are none; without a model."""

from __future__ import annotations

import errno
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import msgspec
import pytest
from PIL import Image

import dynseg
from dynseg.errors import ModelFileError, ProjectLockedError
from dynseg.inference import refine as refine_module
from dynseg.model.card import read_card, write_card
from dynseg.progress import CancelledError, CancelToken
from dynseg.project.store import Store
from dynseg.worker import exchange as exchange_module
from dynseg.worker import jobs as jobs_module
from dynseg.worker import protocol
from dynseg.worker.follow_messages import Follow
from dynseg.worker.inbox import Inbox
from dynseg.worker.point_messages import GetReady, Refine
from dynseg.worker.protocol import (
    Cancel,
    Cancelled,
    Describe,
    Event,
    Export,
    Failed,
    Finished,
    Hello,
    LoadModel,
    ModelLoaded,
    Predict,
    Prelabel,
    Ready,
    Request,
    Shutdown,
)
from dynseg.worker.server import Server
from dynseg_resources import starter_model


class Wire:
    """A server on a thread, with pipes to talk to it."""

    def __init__(self) -> None:
        requests, self._to = os.pipe()
        answers, out = os.pipe()
        self.gone = threading.Event()
        self._streams: list[IO[bytes]] = [os.fdopen(requests, "rb"), os.fdopen(out, "wb")]
        self._answers = os.fdopen(answers, "rb")
        server = Server(*self._streams, on_gone=self.gone.set, on_deaf=lambda: None)
        self._thread = threading.Thread(target=server.serve)
        self._thread.start()

    def send(self, *requests: Request) -> None:
        os.write(self._to, b"".join(map(protocol.encode, requests)))

    def send_bytes(self, data: bytes) -> None:
        os.write(self._to, data)

    def next(self) -> Event:
        return protocol.decode_event(self._answers.readline())

    def rest(self) -> list[Event]:
        """Hang up; everything that was still said."""
        self.hang_up()
        self._thread.join(10)
        assert not self._thread.is_alive()
        self._streams[1].close()
        return [protocol.decode_event(line) for line in self._answers]

    def hang_up(self) -> None:
        if self._to >= 0:
            os.close(self._to)
            self._to = -1

    def close(self) -> None:
        self.hang_up()
        self._thread.join(10)
        for stream in (*self._streams, self._answers):
            stream.close()


@pytest.fixture
def wire() -> Iterator[Wire]:
    wire = Wire()
    yield wire
    wire.close()


def test_it_says_that_it_is_ready_and_who_it_is(wire: Wire) -> None:
    assert wire.next() == Ready(dynseg.__version__, os.getpid())
    wire.send(Hello(7))
    assert wire.next() == Finished(7, {"version": dynseg.__version__, "pid": os.getpid()})


@pytest.mark.parametrize("line", [b"rubbish\n", b'{"type":"hello"}\n', b"\xff\n", b"[]\n"])
def test_a_line_that_is_no_request_is_answered_and_the_next_one_works(
    wire: Wire, line: bytes
) -> None:
    wire.next()
    wire.send_bytes(line + b"\n   \n")
    failed = wire.next()
    assert isinstance(failed, Failed)
    assert (failed.job, failed.kind) == (0, "protocol")
    wire.send(Hello(1))
    assert isinstance(wire.next(), Finished)


def test_an_endless_line_is_skipped(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dynseg.worker.server.MAX_LINE_BYTES", 64)
    wire.next()
    wire.send_bytes(b"x" * 1000 + b"\n")
    wire.send(Hello(1))
    assert isinstance(wire.next(), Failed)
    assert isinstance(wire.next(), Finished)


def test_it_rests_when_nobody_asks_for_anything(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    rested = threading.Event()
    monkeypatch.setattr("dynseg.worker.server.IDLE_S", 0.01)
    monkeypatch.setattr(jobs_module.JobRunner, "rest", lambda _: rested.set())
    wire.next()
    for job in (1, 2):
        wire.send(Hello(job))
        assert isinstance(wire.next(), Finished)
        assert rested.wait(10)
        rested.clear()


def test_shutdown_ends_it(wire: Wire) -> None:
    wire.next()
    wire.send(Shutdown(3))
    assert wire.next() == Finished(3)
    assert wire.rest() == []


def test_the_end_of_the_window_ends_it(wire: Wire) -> None:
    wire.next()
    assert wire.rest() == []
    assert wire.gone.is_set()


def test_a_model_that_is_not_there_fails_in_words(wire: Wire, tmp_path: Path) -> None:
    wire.next()
    wire.send(LoadModel(1, path=str(tmp_path / "none.safetensors")))
    failed = wire.next()
    assert isinstance(failed, Failed)
    assert (failed.job, failed.kind) == (1, "model")
    assert failed.hint


def test_a_model_that_got_another_card_is_loaded_anew(wire: Wire, tmp_path: Path) -> None:
    """It says how to look: the one that was in memory went on with the old one."""
    path = tmp_path / "model.safetensors"
    shutil.copy(starter_model(), path)
    card = read_card(starter_model())
    shifts = []
    for number, shift_px in enumerate((0.5, 1.5), 1):
        write_card(path, msgspec.structs.replace(card, edge_shift_px=shift_px))
        wire.send(LoadModel(number, path=str(path), device="cpu"))
        while not isinstance(event := wire.next(), Finished):
            assert not isinstance(event, Failed)
            if isinstance(event, ModelLoaded):
                shifts.append(event.card["edge_shift_px"])
    assert shifts == [0.5, 1.5]


def test_a_project_that_is_not_there_fails_in_words(wire: Wire, tmp_path: Path) -> None:
    wire.next()
    wire.send(Predict(1, str(tmp_path), "token", 1), Prelabel(2, str(tmp_path), "token"))
    for number in (1, 2):
        failed = wire.next()
        assert isinstance(failed, Failed)
        assert (failed.job, failed.kind) == (number, "project")


class Slow:
    """Replaces the work of a batch by one that waits until it is told to go on or to stop."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun = threading.Event()
        self.served: list[int] = []

        def prelabel(
            runner: jobs_module.JobRunner, request: Prelabel, token: CancelToken
        ) -> dict[str, object]:
            self.begun.set()
            while not token.cancelled:
                runner._between()
                threading.Event().wait(0.005)
            raise CancelledError

        def predict(
            runner: jobs_module.JobRunner, request: Predict, token: CancelToken
        ) -> dict[str, object]:
            self.served.append(request.job)
            return {"count": 1}

        monkeypatch.setattr(jobs_module.JobRunner, "_prelabel", prelabel)

        def refine(runner: jobs_module.JobRunner, request: Refine) -> dict[str, object]:
            self.served.append(request.job)
            return {"found": True}

        monkeypatch.setattr(jobs_module.JobRunner, "_predict", predict)
        monkeypatch.setattr(jobs_module.JobRunner, "_look", refine)


def test_the_image_on_the_screen_comes_before_the_batch(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch)
    wire.next()
    wire.send(Prelabel(1, "p", "t"), Hello(2))
    assert slow.begun.wait(5)
    wire.send(Predict(3, "p", "t", 1), Refine(4, "p", "t", 2, (0.0, 0.0, 5.0, 5.0)))
    assert wire.next() == Finished(3, {"count": 1})
    assert wire.next() == Finished(4, {"found": True})
    wire.send(Cancel(1))
    assert wire.next() == Cancelled(1)
    assert isinstance(wire.next(), Finished)
    assert wire.rest() == []


def test_what_a_person_asks_for_does_not_wait_until_all_images_are_described(
    wire: Wire, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nobody asked for that, and it takes minutes in a large project."""
    begun, asked = threading.Event(), threading.Event()

    def describe(
        _view: object, _weights: object, *, between: Callable[[], None], cancel: CancelToken,
        **_: object,
    ) -> None:  # fmt: skip
        begun.set()
        while not cancel.cancelled:
            if asked.is_set():
                between()
            time.sleep(0.005)
        raise CancelledError

    monkeypatch.setattr("dynseg.inference.describe.describe_project", describe)
    slow = Slow(monkeypatch)
    Image.new("RGB", (8, 8)).save(tmp_path / "a.png")
    with Store.create(tmp_path / "p", images=tmp_path) as store:
        wire.next()
        wire.send(Describe(1, str(store.root), store.lock_token))
        assert begun.wait(20)
        again = Describe(3, str(store.root), store.lock_token)
        wire.send(Prelabel(2, "p", "t"), again)
        asked.set()
        assert slow.begun.wait(20)
        wire.send(Cancel(2))
        assert wire.next() == Cancelled(2)
        wire.send(Cancel(3))
        assert wire.next() == Cancelled(3), "one description does not begin within another one"
        wire.send(Shutdown(4))
        assert wire.next() == Cancelled(1)


def test_the_image_on_the_screen_does_not_wait_until_all_is_ready(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow, begun, go_on = Slow(monkeypatch), threading.Event(), threading.Event()

    def prepare(*_: object) -> Iterator[None]:
        begun.set()
        go_on.wait(5)
        yield
        slow.served.append(1)

    monkeypatch.setattr(refine_module, "prepare_looks", prepare)
    monkeypatch.setattr(jobs_module.JobRunner, "_model", lambda *_: None)
    monkeypatch.setattr(jobs_module.JobRunner, "_tell_device", lambda *_: None)
    wire.next()
    wire.send(GetReady(1, "p"))
    assert begun.wait(5)
    wire.send(Predict(2, "p", "t", 1))
    time.sleep(0.1)
    go_on.set()
    assert wire.next() == Finished(2, {"count": 1})
    assert wire.next() == Finished(1, {})
    assert slow.served == [2, 1]


def test_waiting_jobs_can_be_cancelled_and_ended_ones_are_no_matter(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch)
    wire.next()
    wire.send(Prelabel(1, "p", "t"), Hello(2))
    assert slow.begun.wait(5)
    wire.send(Cancel(2), Cancel(99))
    assert wire.next() == Cancelled(2)
    wire.send(Cancel(1), Cancel(1), Cancel(2))
    assert wire.next() == Cancelled(1)
    wire.send(Hello(5))
    assert isinstance(wire.next(), Finished)


def test_shutdown_stops_what_runs_and_drops_what_waits(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow(monkeypatch)
    wire.next()
    wire.send(Prelabel(1, "p", "t"), Hello(2))
    assert slow.begun.wait(5)
    wire.send(Shutdown(9))
    assert sorted(e.job for e in wire.rest() if isinstance(e, Cancelled)) == [1, 2]


def test_the_end_of_the_window_stops_a_batch(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow(monkeypatch)
    wire.next()
    wire.send(Prelabel(1, "p", "t"), Hello(2))
    assert slow.begun.wait(5)
    assert wire.rest() == [Cancelled(1)]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (ModelFileError("no"), "model"),
        (ProjectLockedError("no"), "project"),
        (MemoryError(), "memory"),
        (OSError(errno.ENOSPC, "No space left on device", "/disk/a"), "engine"),
        (KeyError("odd"), "internal"),
        (RecursionError("deep"), "internal"),
    ],
)
def test_every_failure_is_one_event_in_words(
    wire: Wire, monkeypatch: pytest.MonkeyPatch, error: Exception, kind: str
) -> None:
    def fail(*_: object) -> dict[str, object]:
        raise error

    monkeypatch.setattr(jobs_module.JobRunner, "_predict", fail)
    wire.next()
    wire.send(Predict(1, "p", "t", 1), Hello(2))
    failed = wire.next()
    assert isinstance(failed, Failed)
    assert (failed.job, failed.kind) == (1, kind)
    assert "Traceback" not in failed.message + failed.hint
    if isinstance(error, OSError):
        assert failed.message == "/disk/a: No space left on device."
        assert "free space" in failed.hint
    if kind == "internal":
        assert "engine.log" in failed.hint
    assert isinstance(wire.next(), Finished)


def test_files_that_need_too_much_memory_are_no_matter_of_a_model(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> dict[str, object]:
        raise MemoryError

    monkeypatch.setattr(exchange_module.ExchangeJobs, "export", fail)
    wire.next()
    wire.send(Export(1, "p", "t", "out"))
    failed = wire.next()
    assert isinstance(failed, Failed)
    assert failed.kind == "memory"
    assert "model" not in failed.message + failed.hint


def test_shapes_that_follow_wait_for_no_model() -> None:
    """An image whose model is not loaded yet stood before them."""
    inbox = Inbox()
    predict, follow = (Predict(1, "p", "t", 5), Follow(2, "p", "t", 5, 4, []))
    for request in (LoadModel(3), predict, follow, Follow(4, "p", "t", 5, 4, [])):
        inbox.put(request)
    order = [job.request.job for _ in range(4) if (job := inbox.get()) is not None]
    assert order == [2, 4, 1, 3]


def test_a_cancel_between_taking_and_doing_is_not_lost() -> None:
    inbox = Inbox()
    inbox.put(Hello(1))
    job = inbox.get()
    assert job is not None
    assert inbox.cancel(1) is None
    assert job.token.cancelled
    inbox.done(job)
    inbox.close()
    assert inbox.get() is None
