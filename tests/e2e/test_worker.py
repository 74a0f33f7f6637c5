"""The engine worker as the window uses it: a process behind two pipes."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, Queue

import pytest
from PIL import Image

from dynseg.annotation.document import ImageState
from dynseg.inference.detections import decode
from dynseg.inference.settings import PredictSettings
from dynseg.processes import command
from dynseg.project.store import Store
from dynseg.review.suggestion import suggest
from dynseg.sample.scene import render
from dynseg.worker import protocol
from dynseg.worker.point_messages import Point, Pointed, Refine, Refined
from dynseg.worker.protocol import (
    Cancel,
    Cancelled,
    Describe,
    Event,
    Export,
    Failed,
    Finished,
    LoadModel,
    ModelLoaded,
    Predict,
    Predicted,
    Prelabel,
    Progressed,
    Ready,
    Request,
    Shutdown,
)

FAST = PredictSettings(image_size=160, device="cpu")
LAST = (Finished, Failed, Cancelled)


class Worker:
    """A worker process; its answers are read as they come."""

    def __init__(self, *further: str) -> None:
        self.started_s = time.monotonic()
        self.process = subprocess.Popen(
            [*command("worker"), *further],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self.events: Queue[Event] = Queue()
        self.stderr = b""
        self._threads = [threading.Thread(target=self._read), threading.Thread(target=self._drain)]
        for thread in self._threads:
            thread.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.events.put(protocol.decode_event(line))

    def _drain(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.stderr += line

    def send(self, *requests: Request) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(b"".join(map(protocol.encode, requests)))
        self.process.stdin.flush()

    def next(self, timeout_s: float = 120) -> Event:
        try:
            return self.events.get(timeout=timeout_s)
        except Empty:
            raise AssertionError(f"no answer; stderr: {self.stderr.decode()}") from None

    def until(self, job: int) -> list[Event]:
        """All events up to the last one of a job."""
        events = [self.next()]
        while not (isinstance(events[-1], LAST) and events[-1].job == job):
            events.append(self.next())
        return events

    def close(self) -> None:
        self.process.kill()
        self.process.wait(10)
        for thread in self._threads:
            thread.join(10)
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert stream is not None
            stream.close()


@pytest.fixture
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("photos")
    for index in range(40):
        pixels = render(3, index % 4, width=320, height=240).pixels
        Image.fromarray(pixels).save(folder / f"{index}.png", compress_level=1)
    return folder


@pytest.fixture
def store(tmp_path: Path, photos: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "project", images=photos, classes=["part"]) as store:
        yield store


def test_a_session_of_the_window(worker: Worker, store: Store, tmp_path: Path) -> None:
    assert isinstance(worker.next(), Ready)
    print(f"ready in {time.monotonic() - worker.started_s:.2f} s")
    first = store.images()[0].id
    load_and_predict(worker, store, first)
    label_beside_a_batch(worker, store)
    export_all(worker, store, tmp_path / "export")
    describe_all(worker, store, first)
    worker.send(Predict(30, str(store.root), "wrong", first))
    failed = worker.until(30)[-1]
    assert isinstance(failed, Failed)
    assert failed.kind == "project"
    worker.send(Shutdown(31))
    assert worker.next() == Finished(31)
    assert worker.process.wait(20) == 0


def describe_all(worker: Worker, store: Store, image_id: int) -> None:
    """What images show is worked out for the queue; the image on the screen does not wait."""
    project, token = str(store.root), store.lock_token
    worker.send(Describe(20, project, token))
    wait_for_progress(worker)
    worker.send(Predict(21, project, token, image_id, settings=FAST))
    said = worker.until(20)
    jobs = [event.job for event in said if isinstance(event, Finished)]
    assert jobs == [21, 20]
    assert said[-1] == Finished(20, {"images": 40})
    found = suggest(store)
    assert found.undescribed == 0
    assert len(found.by_image) == 40


def load_and_predict(worker: Worker, store: Store, image_id: int) -> None:
    worker.send(LoadModel(1, project=str(store.root), device="cpu"))
    *_, loaded, finished = worker.until(1)  # a network that is converted first shows progress
    assert isinstance(loaded, ModelLoaded)
    assert (loaded.card["name"], loaded.device) == ("starter", "cpu")
    assert isinstance(finished, Finished)
    worker.send(Predict(2, str(store.root), store.lock_token, image_id, settings=FAST))
    predicted, finished = worker.until(2)
    assert isinstance(predicted, Predicted)
    cached = store.predictions(image_id, predicted.model_id, predicted.settings_key)
    assert cached is not None
    assert len(decode(cached)) == predicted.count > 0
    assert store.annotation(image_id).instances == ()


def label_beside_a_batch(worker: Worker, store: Store) -> None:
    """A batch is cancelled, gone on with, and an image on the screen does not wait for it."""
    project, token = str(store.root), store.lock_token
    worker.send(Prelabel(10, project, token, settings=FAST))
    wait_for_progress(worker)
    asked_s = time.monotonic()
    worker.send(Cancel(10))
    assert isinstance(worker.until(10)[-1], Cancelled)
    assert time.monotonic() - asked_s < 2
    (run,) = store.runs()
    assert run.state == "cancelled"
    assert 0 < run.images < 40

    worker.send(Prelabel(11, project, token, settings=FAST, run_id=run.id))
    wait_for_progress(worker)
    asked_s = time.monotonic()
    shown = store.images()[-1].id
    whole = (20.0, 20.0, 300.0, 220.0)
    worker.send(
        Predict(12, project, token, shown, settings=FAST),
        Refine(13, project, token, shown, whole, settings=FAST),
        Point(14, project, token, shown, 160.0, 120.0, settings=FAST),
    )
    events = worker.until(14)
    assert [e.image_id for e in events if isinstance(e, Pointed)] == [shown]
    assert [e.image_id for e in events if isinstance(e, Refined)] == [shown]
    print(f"answered beside a batch in {time.monotonic() - asked_s:.2f} s")
    assert 11 not in [e.job for e in events if isinstance(e, LAST)], "the batch came first"
    done = worker.until(11)[-1]
    assert isinstance(done, Finished)
    assert (done.result["failed"], done.result["run_id"]) == ([], run.id)
    assert {row.state for row in store.images()} == {ImageState.PRELABELLED}


def export_all(worker: Worker, store: Store, out: Path) -> None:
    worker.send(Export(20, str(store.root), store.lock_token, str(out), only_reviewed=False))
    exported = worker.until(20)[-1]
    assert isinstance(exported, Finished), exported
    assert exported.result["images"] == 40
    assert (out / "data.yaml").is_file()


def wait_for_progress(worker: Worker) -> None:
    while not isinstance(event := worker.next(), Progressed):
        assert not isinstance(event, LAST), event


def test_a_worker_without_a_window_leaves(worker: Worker, store: Store) -> None:
    worker.next()
    worker.send(Prelabel(1, str(store.root), store.lock_token, settings=FAST))
    wait_for_progress(worker)
    worker.process.send_signal(signal.SIGINT)  # Ctrl+C in the terminal that started the window
    time.sleep(0.2)
    assert worker.process.poll() is None
    assert worker.process.stdin is not None
    worker.process.stdin.close()
    assert worker.process.wait(20) == 0
    assert store.check() == []


def kill_in_the_middle(store: Store, delay_s: float) -> None:
    """Pre-label until the first progress and a little longer, then kill -9."""
    worker = Worker()
    try:
        worker.next()
        request = Prelabel(1, str(store.root), store.lock_token, settings=FAST, scope="unreviewed")
        worker.send(request)
        wait_for_progress(worker)
        time.sleep(delay_s)
        worker.process.kill()
    finally:
        worker.close()


def assert_clean(store: Store) -> None:
    """Nothing is damaged, and every shape belongs to a run that is known."""
    assert store.check() == []
    runs = {run.id for run in store.runs()}
    for row in store.images():
        annotation = store.annotation(row.id)
        assert len(annotation.instances) == row.instance_count
        assert {item.run_id for item in annotation.instances} <= runs
        if annotation.instances:
            assert row.state is ImageState.PRELABELLED


def test_kill_leaves_the_project_whole_and_a_new_worker_goes_on(
    worker: Worker, store: Store
) -> None:
    kill_in_the_middle(store, 0.0)
    assert_clean(store)
    worker.next()
    worker.send(Prelabel(1, str(store.root), store.lock_token, settings=FAST))
    done = worker.until(1)[-1]
    assert isinstance(done, Finished)
    assert {row.state for row in store.images()} == {ImageState.PRELABELLED}
    assert_clean(store)


@pytest.mark.chaos
@pytest.mark.timeout(1800)
def test_fifty_kills(store: Store) -> None:
    for number in range(50):
        kill_in_the_middle(store, number % 10 * 0.1)
        assert_clean(store)
        for run in store.runs():
            if run.state == "running" and number % 3 == 0:
                store.undo_run(run.id)
        assert store.check() == []
