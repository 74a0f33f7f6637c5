"""Training runs that go on in a Ray cluster, from the command line and the window (L7).

Needs the extra: `uv run --extra cluster pytest -n 0 -m slow tests/e2e/test_cluster_training.py`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.e2e.loop import dynseg
from tests.e2e.ray_nodes import joined, machines

from dynseg.model.registry import ModelRegistry
from dynseg.project.store import Store
from dynseg.sample.generate import generate
from dynseg.training import launch
from dynseg.training.config import TrainConfig
from dynseg.training.events import RunLog, RunStarted
from dynseg.training.run import RunFolder
from dynseg_annotator.application.frame import Frame, dress
from dynseg_annotator.application.models import training
from dynseg_annotator.application.workbench import Workbench
from dynseg_annotator.panels.training_panel import Phase
from dynseg_annotator.settings import Settings

ray = pytest.importorskip("ray", reason="the extra cluster is missing")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1800),
    # Warnings of Ray and of what it brings are not ours, and shutting it down leaves sockets.
    pytest.mark.filterwarnings("ignore"),
]

LONG_S = 900.0
LONG_MS = 900_000


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """One machine of one core."""
    with machines(1) as made:
        yield made


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of generated scenes, all of them reviewed."""
    generate(tmp_path / "parts", images=8, seed=2)
    folder = tmp_path / "project"
    dynseg("init", folder, "--images", tmp_path / "parts" / "images", "--recursive",
           "--data", tmp_path / "parts" / "data.yaml")  # fmt: skip
    dynseg("import", folder, tmp_path / "parts", "--as-reviewed")
    return folder


@pytest.fixture
def bench(
    project: Path,
    cluster: Any,
    qtbot: QtBot,
    qapp: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Workbench]:
    """The window on the project, told of the cluster."""
    small = partial(TrainConfig, epochs=400, image_size=96, batch=16, threads=1, folds=0)
    monkeypatch.setattr(training, "TrainConfig", small)
    settings = Settings()
    settings.set("predict_on_open", False)
    settings.set("cluster", cluster.address)
    dress(qapp, settings)
    frame = Frame(settings)
    frame.show()
    made = Workbench(frame, start_engine=False)
    frame.open(project)
    qtbot.waitUntil(made.parts.training_panel.train.isEnabled, timeout=LONG_MS)
    yield made
    made.context.session.flush()
    frame.window.may_close = lambda: True
    frame.window.close()
    made.shut_down()
    for item in (made, frame.window, frame):
        item.deleteLater()


def started(project: Path, cluster: Any) -> RunFolder:
    """A run of many epochs in the cluster."""
    config = TrainConfig(epochs=400, image_size=96, batch=16, threads=1, folds=0)
    with Store.open(project) as store:
        run = launch.prepare(store, ModelRegistry(store.layout.models), config)
    launch.start(run, cluster=cluster.address)
    return run


def wait_for(run: RunFolder, reached: Callable[[], bool]) -> None:
    end_s = time.monotonic() + LONG_S
    while not reached():
        assert time.monotonic() < end_s, (run.status(), run.log.read_text())
        assert launch.is_alive(run) or reached(), (run.events()[-1:], run.log.read_text())
        time.sleep(0.1)


def trainers(run: RunFolder) -> list[psutil.Process]:
    """Training processes of a run that live, on whichever machine; without their loaders."""
    found = {
        process.pid: process
        for process in psutil.process_iter(["cmdline", "status", "ppid"])
        if {"--leashed", str(run.path)} <= set(process.info["cmdline"] or [])
        and process.info["status"] != psutil.STATUS_ZOMBIE
    }
    return [process for process in found.values() if process.info["ppid"] not in found]


def gone(run: RunFolder) -> bool:
    """Whether nothing trains any more, within a time."""
    end_s = time.monotonic() + 60
    while trainers(run) and time.monotonic() < end_s:
        time.sleep(0.1)
    return not trainers(run)


@contextmanager
def busy(cluster: Any) -> Iterator[None]:
    """The one core of the head is taken, as by somebody else's job."""

    def sleep() -> None:
        time.sleep(LONG_S)

    ray.init(address=cluster.address, namespace="others", log_to_driver=False)
    try:
        ray.remote(sleep).options(num_cpus=1).remote()
        end_s = time.monotonic() + LONG_S
        while ray.available_resources().get("CPU"):
            assert time.monotonic() < end_s
            time.sleep(0.1)
        yield
    finally:
        ray.shutdown()


def test_l7_a_command_trains_in_the_cluster(cluster: Any, project: Path) -> None:
    done = dynseg("train", project, "--epochs", "1", "--imgsz", "160", "--ray", cluster.address)
    assert done["model"]
    assert done["problem"] == "" or "mAP" in done["problem"]
    names = [model["name"] for model in dynseg("models", project, "list")["models"]]
    assert done["model"] in names


def test_l7_the_window_trains_in_the_cluster_and_gets_the_model(
    bench: Workbench, cluster: Any, qtbot: QtBot
) -> None:
    panel, watcher = bench.parts.training_panel, bench.context.training
    assert panel.place.isVisibleTo(panel)
    panel.train.click()
    qtbot.waitUntil(lambda: watcher.is_running, timeout=LONG_MS)
    run = watcher.run
    assert run is not None
    qtbot.waitUntil(lambda: panel.phase is Phase.RUNNING, timeout=LONG_MS)
    assert len(trainers(run)) == 1
    assert any(cluster.address in e.text for e in run.events() if isinstance(e, RunLog))
    qtbot.waitUntil(lambda: run.status().epoch >= 1, timeout=LONG_MS)
    run.request_stop(finish=True)
    qtbot.waitUntil(lambda: not watcher.is_running, timeout=LONG_MS)
    assert run.status().state == "finished"
    assert panel.result.isVisibleTo(panel)
    registry = bench.context.registry
    assert registry is not None
    assert run.status().model in [card.name for card in registry.list()]


def test_l7_the_window_stops_a_run_in_the_cluster(bench: Workbench, qtbot: QtBot) -> None:
    panel, watcher = bench.parts.training_panel, bench.context.training
    panel.train.click()
    qtbot.waitUntil(lambda: panel.phase is Phase.RUNNING, timeout=LONG_MS)
    run = watcher.run
    assert run is not None
    panel.run.stop_pressed.emit()
    qtbot.waitUntil(lambda: panel.phase is Phase.IDLE, timeout=LONG_MS)
    assert run.status().state == "stopped"
    assert gone(run)
    qtbot.waitUntil(lambda: not launch.is_alive(run), timeout=LONG_MS)


def test_l7_a_run_whose_machine_dies_goes_on_elsewhere(cluster: Any, project: Path) -> None:
    with busy(cluster):
        run = started(project, cluster)
        wait_for(run, lambda: any(isinstance(event, RunLog) for event in run.events()))
        assert not trainers(run), "it waits for its turn"
        doomed = joined(cluster, 1)
        wait_for(run, lambda: bool(run.status().checkpoint))
    (first,) = trainers(run)
    before = len(run.events())
    cluster.remove_node(doomed, allow_graceful=False)
    wait_for(run, lambda: any(isinstance(e, RunStarted) for e in run.events(before)))
    (again,) = [e for e in run.events(before) if isinstance(e, RunStarted)]
    assert again.resumed >= 1
    (second,) = trainers(run)
    assert second.pid != first.pid
    assert launch.stop(run)
    assert run.status().state == "stopped"
    assert gone(run)


def test_l7_a_run_ends_with_the_process_that_stands_for_it(cluster: Any, project: Path) -> None:
    run = started(project, cluster)
    wait_for(run, lambda: bool(run.status().checkpoint))
    follower = run.process()
    assert follower is not None
    follower.kill()
    assert gone(run)
    assert launch.current_state(run) == "stopped"
    before = len(run.events())
    launch.start(run, cluster=cluster.address)
    wait_for(run, lambda: any(isinstance(e, RunStarted) for e in run.events(before)))
    launch.stop(run, finish=True, timeout_s=LONG_S)
    assert run.status().state == "finished"
