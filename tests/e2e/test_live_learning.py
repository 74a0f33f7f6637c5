"""Live learning as a process: headless, offline, and killed at any moment."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from dynseg.formats.incoming.importing import import_labels
from dynseg.model.checkpoint import load
from dynseg.model.registry import STARTER, ModelRegistry
from dynseg.processes import command
from dynseg.project.store import Store
from dynseg.sample import generate
from dynseg.training.live.folder import KEPT, LiveFolder
from dynseg.training.live.messages import Learning, Weights, decode_event

TIMEOUT_S = 900.0


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Store]:
    generate(tmp_path / "scenes", images=5, seed=3)
    shutil.copytree(tmp_path / "scenes" / "images", tmp_path / "photos")
    with Store.create(tmp_path / "project", images=tmp_path / "photos") as made:
        import_labels(made, tmp_path / "scenes", as_reviewed=True)
        yield made


@pytest.mark.slow
@pytest.mark.timeout(900)  # the starter is better than what was learned in the first minutes
def test_a_watched_project_is_learned_from_and_nothing_is_promoted(project: Store) -> None:
    labels = [project.annotation(row.id) for row in project.images()]
    done = subprocess.run(
        [sys.executable, "-m", "dynseg.cli", "train", str(project.root), "--live", "--time", "4",
         "--json"],
        capture_output=True, text=True, timeout=TIMEOUT_S, check=True,
    )  # fmt: skip
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["images"] == 5
    assert result["steps"] > 0
    classes = load(Path(result["path"]))[1].classes
    assert classes == [label.name for label in project.classes().labels]
    assert ModelRegistry(project.layout.models).active().name == STARTER
    assert [project.annotation(row.id) for row in project.images()] == labels


@pytest.mark.slow
@pytest.mark.timeout(900)  # it learns with low priority: a step takes ten seconds beside others
def test_a_live_session_opens_no_connection(project: Store) -> None:
    with Learner(project) as learner:
        sockets: list[object] = []

        def look() -> None:
            process = psutil.Process(learner.process.pid)
            for each in (process, *process.children(recursive=True)):
                sockets.extend(each.net_connections(kind="inet"))

        learner.wait_for_steps(20, look)
        assert sockets == []


@pytest.mark.chaos
def test_kills_at_any_moment_leave_sound_weights_and_the_active_model(project: Store) -> None:
    chance = random.Random(1)
    folder = LiveFolder(project.layout)
    for kill in range(12):
        with Learner(project) as learner:
            learner.wait_for_weights(1 + kill % 2)
            time.sleep(chance.uniform(0, 3))
            learner.process.kill()
        for path in folder.versions():
            load(path)  # every version with a card is whole
        assert ModelRegistry(project.layout.models).active().name == STARTER
        assert not project.check()
    with Learner(project) as learner:
        learner.wait_for_weights(1)
    assert len(folder.versions()) <= KEPT
    assert not list(folder.path.glob(".staging-*")), "what kills left half written is collected"


class Learner:
    """The process that the window starts."""

    def __init__(self, store: Store) -> None:
        self.process = subprocess.Popen(
            [*command("training"), "--live", str(store.root), "--device", "cpu", "--threads", "1"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def __enter__(self) -> Learner:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.communicate()

    def wait_for_weights(self, count: int) -> None:
        """Read events until so many versions were handed out."""
        for event in self._events():
            count -= isinstance(event, Weights)
            if count <= 0:
                return

    def wait_for_steps(self, steps: int, look: object = None) -> None:
        """Read events until it has learned a little; `look` is called at each."""
        for event in self._events():
            if callable(look):
                look()
            if isinstance(event, Learning) and event.steps >= steps:
                return

    def _events(self) -> Iterator[object]:
        assert self.process.stdout is not None
        limit_s = time.monotonic() + TIMEOUT_S
        for line in self.process.stdout:
            assert time.monotonic() < limit_s
            yield decode_event(line)
        raise AssertionError("the learner has ended")
