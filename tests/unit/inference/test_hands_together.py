"""Several images go to a hand at once where a GPU asks for them: none pays for another one."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
import weakref
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from tests.unit.inference.conftest import FAST, SIDE, MakeProject, write_scenes
from tests.unit.inference.handed import PLAN, SCENE

from dynseg.errors import DynsegError, ImageError
from dynseg.inference import detections as packing
from dynseg.inference.backends.backend import Shared
from dynseg.inference.backends.device import DeviceReport
from dynseg.inference.letterboxed import checked_pixels, letterboxed
from dynseg.inference.outlines.polygons import Candidates, trace
from dynseg.inference.postprocess import Selection
from dynseg.inference.predictor import Predictor
from dynseg.inference.runs.crew import Crew, Job
from dynseg.inference.runs.hands import pool, turns
from dynseg.inference.runs.hands.arena import Bytes
from dynseg.inference.runs.hands.laying import Laid, put
from dynseg.inference.runs.hands.lent import LentInput
from dynseg.inference.runs.hands.pool import Answered, Hands, Seen
from dynseg.inference.runs.hands.protocol import Decode, Finished, Request, send
from dynseg.inference.runs.hands.slots import Slots
from dynseg.inference.runs.pipeline import prelabel_project
from dynseg.inference.runs.stages import TOGETHER, Stages
from dynseg.inference.runs.work import Outcome, Work


class InBatches:
    """The reference, asked like a GPU; no digit of an answer depends on who else is asked about."""

    name = "in batches"
    batch_size = 4
    in_flight = 2

    def __init__(self, starter: Predictor) -> None:
        self._real = starter._backend

    def run(self, images: Sequence[NDArray[np.uint8]], selection: Selection) -> list[Candidates]:
        return [self._real.run([image], selection)[0] for image in images]


def in_batches(starter: Predictor) -> Predictor:
    return Predictor(starter.path, starter.card, InBatches(starter), starter.device)


def asked_together(monkeypatch: pytest.MonkeyPatch) -> list[list[Request]]:
    """What hands are sent from now on."""
    sent: list[list[Request]] = []

    def noted(requests: Any, stream: BinaryIO) -> None:
        sent.append(list(requests))
        send(requests, stream)

    monkeypatch.setattr(turns, "send", noted)
    return sent


def test_a_run_in_batches_is_the_same_run(
    make_project: MakeProject, starter: Predictor, always: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart, here = make_project(24), make_project(24)
    sent = asked_together(monkeypatch)
    found = prelabel_project(apart, in_batches(starter), settings=FAST)
    assert max(map(len, sent)) == TOGETHER
    assert len(sent) < 36, "both steps of most images go with those of others"
    assert sum(map(len, sent)) == 48
    monkeypatch.setattr(pool, "ENOUGH_IMAGES", 1000)
    assert prelabel_project(here, starter, settings=FAST).instances == found.instances > 24
    key = (starter.card.model_id, FAST.key(starter.card))
    one, other = (
        [store.predictions(row.id, *key) for row in store.images()] for store in (apart, here)
    )
    assert one == other


def test_images_that_are_broken_are_told_and_stop_none_beside_them(
    tmp_path: Path, starter: Predictor, always: None
) -> None:
    paths = write_scenes(tmp_path, 16)
    paths[5].write_bytes(paths[5].read_bytes()[:2000])
    paths[6].unlink()
    works = [Work(index, path.name, path, SCENE) for index, path in enumerate(paths)]
    found = list(Stages(in_batches(starter), FAST).run(works))
    assert [work.key for work, _ in found] == list(range(16))
    wrong = {work.key: str(item) for work, item in found if not isinstance(item, Outcome)}
    assert list(wrong) == [5, 6]
    assert "truncated" in wrong[5]
    assert "not there any more" in wrong[6]


@pytest.mark.skipif(sys.platform == "win32", reason="a file cannot be made to wait there")
def test_only_the_image_that_ends_hands_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = write_scenes(tmp_path, 3)
    os.mkfifo(tmp_path / "worst.png")
    paths[1] = tmp_path / "worst.png"
    real = send
    with Hands(3, input_px=SIDE, input_pixels=SIDE**2, inputs=3) as hands:

        def ended(requests: Sequence[Request], stream: BinaryIO) -> None:
            """Ends whoever has come to the image in the middle, as a damaged file may."""
            real(requests, stream)
            (hand,) = (hand for hand in hands._all if hand.requests is stream)
            names = [os.fsdecode(item.path) for item in requests if isinstance(item, Decode)]
            if str(paths[1]) in names:
                # Opening a pipe waits for who reads it.
                with paths[1].open("wb"):
                    hand.process.send_signal(signal.SIGKILL)
                    hand.process.wait()

        monkeypatch.setattr(turns, "send", ended)
        found = hands.decode([Seen(path, SCENE, PLAN) for path in paths])
        assert hands.count == 1
        assert isinstance(found[1], ImageError)
        assert "ended the processes that read it" in found[1].reason
        for index in (0, 2):
            (item,) = found[index]  # type: ignore[misc]
            wanted = letterboxed(checked_pixels(paths[index], None), SIDE)
            assert isinstance(item, LentInput)
            assert np.array_equal(item.pixels, wanted.pixels)
            hands.give_back(item)
        again = hands.decode([Seen(paths[0], SCENE, PLAN)] * 3)
        lent = [isinstance(items, list) and isinstance(items[0], LentInput) for items in again]
        assert lent == [True] * 3, "nobody holds a place for what was set aside"


def test_more_answers_than_fit_together_take_several_turns(
    tmp_path: Path, starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = write_scenes(tmp_path, 5)
    answers = [
        starter.forward([letterboxed(checked_pixels(path, None), SIDE)], FAST) for path in paths
    ]
    asked = [
        Answered(index, Seen(path, SCENE, PLAN), said)
        for index, (path, said) in enumerate(zip(paths, answers, strict=True))
    ]
    wanted = [
        Finished(packing.encode(trace(raw.candidates, raw.letterbox, simplify_px=1.0)), None)
        for (raw,) in answers
    ]
    monkeypatch.setattr(pool, "_OWN_PIXELS", 0)  # room for one look, and some
    with Hands(1, input_px=SIDE, input_pixels=SIDE**2, inputs=1) as hands:
        sent = asked_together(monkeypatch)
        assert hands.finish(asked, least_score=0.0) == wanted
        assert 1 < len(sent) < 5


class Reading(InBatches):
    """Reads images straight from the memory that it was lent, and writes its answers there."""

    def __init__(self, starter: Predictor, *, writes: bool = True) -> None:
        super().__init__(starter)
        self.writes = writes
        self.lent: Shared | None = None
        self.inside: list[bool] = []
        self.answered: list[bool] = []

    @contextmanager
    def pinned(self, shared: Shared) -> Iterator[None]:
        self.lent = shared
        yield
        self.lent = None

    def run(self, images: Sequence[NDArray[np.uint8]], selection: Selection) -> list[Candidates]:
        assert self.lent is not None
        self.inside += [np.shares_memory(image, self.lent.memory) for image in images]
        found = super().run(images, selection)
        half = [item.prototypes.astype(np.float16) for item in found]
        room = self.lent.room_for((len(half), *half[0].shape)) if self.writes else None
        self.answered += [room is not None] * len(found)
        if room is not None:
            torch.from_numpy(room).copy_(torch.from_numpy(np.stack(half)))
            half = list(torch.from_numpy(room).numpy())
        return [replace(item, prototypes=own) for item, own in zip(found, half, strict=True)]


def test_memory_is_lent_to_who_reads_it_until_the_hands_have_ended(
    make_project: MakeProject, starter: Predictor, always: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is written there is not handed over once more, and the outlines are the same."""
    where, laid = DeviceReport("cuda:0", "a GPU"), []

    def noted(candidates: Candidates, at: Laid, own: Bytes) -> None:
        laid.append(at.at is not None)
        put(candidates, at, own)

    monkeypatch.setattr(turns, "put", noted)
    monkeypatch.setattr(pool, "MOST_SLOTS", 2)
    kept = []
    for writes in (True, False):
        reading = Reading(starter, writes=writes)
        model = Predictor(starter.path, starter.card, reading, where)
        store = make_project(24)
        prelabel_project(store, model, settings=FAST)
        assert reading.inside.count(True) >= 20
        assert reading.lent is None
        assert any(reading.answered) == any(laid) == writes
        assert laid.count(True) == reading.answered.count(True)
        key = (starter.card.model_id, FAST.key(starter.card))
        kept.append([store.predictions(row.id, *key) for row in store.images()])
        laid.clear()
    assert kept[0] == kept[1]


def test_room_is_free_again_when_nobody_has_what_is_in_it() -> None:
    memory = np.zeros(1 << 12, np.uint8)
    slots = Slots(memory, 64, 1024, 2)
    assert slots.take((513,)) is None, "larger than a piece"
    first, second = slots.take((4, 128)), slots.take((4, 100))
    assert first is not None
    assert second is not None
    assert not np.shares_memory(first, second)
    assert np.shares_memory(first, memory)
    parts = list(torch.from_numpy(first).numpy())
    del first
    assert slots.take((1,)) is None, "a part of it is still there"
    del parts
    assert slots.take((1,)) is not None


def test_answers_are_let_go_while_images_wait_for_one_before_them(
    tmp_path: Path, starter: Predictor, always: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their memory is for batches that come."""
    works = [Work(i, p.name, p, SCENE) for i, p in enumerate(write_scenes(tmp_path, 12))]
    held: list[weakref.ref[NDArray[np.float32]]] = []
    go_on = threading.Event()
    limit_s = time.monotonic() + 20
    real, network = Crew.traced, InBatches(starter)
    answer = network.run

    def noted(images: Sequence[NDArray[np.uint8]], selection: Selection) -> list[Candidates]:
        found = answer(images, selection)
        held.extend(weakref.ref(item.scores) for item in found)
        return found

    def first_is_late(crew: Crew, jobs: Sequence[Job]) -> list[Outcome | DynsegError]:
        if any(job.work.key == 0 for job in jobs):
            go_on.wait(60)
        return real(crew, jobs)

    def between() -> None:
        left = sum(item() is not None for item in held)
        if (len(held) == 12 and left <= TOGETHER) or time.monotonic() > limit_s:
            go_on.set()

    monkeypatch.setattr(network, "run", noted)
    monkeypatch.setattr(Crew, "traced", first_is_late)
    model = Predictor(starter.path, starter.card, network, starter.device)
    found = list(Stages(model, FAST, between=between).run(works))
    assert [work.key for work, _ in found] == list(range(12))
    assert time.monotonic() < limit_s, "answers were held by images that are done"
