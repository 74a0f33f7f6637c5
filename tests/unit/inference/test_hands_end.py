"""Whatever becomes of the processes that decode and trace: no image, file or byte is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import weakref
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pytest
from tests.unit.inference.conftest import FAST, SIDE, MakeProject, write_scenes
from tests.unit.inference.handed import PLAN, SCENE, decoded, for_a_run, found_by

from dynseg.errors import ImageError
from dynseg.geometry.letterbox import Letterbox
from dynseg.inference import detections as packing
from dynseg.inference.letterboxed import checked_pixels, letterboxed
from dynseg.inference.outlines.polygons import Candidates, trace
from dynseg.inference.predictor import Predictor, RawOutput
from dynseg.inference.runs.hands import arena, pool, turns
from dynseg.inference.runs.hands.lent import LentInput
from dynseg.inference.runs.hands.pool import Hands, Seen, hands_for
from dynseg.inference.runs.hands.protocol import Request, send
from dynseg.inference.runs.pipeline import prelabel_project
from dynseg.inference.runs.stages import Stages
from dynseg.inference.runs.work import Outcome, Work
from dynseg.inference.window import Window
from dynseg.processes import command
from dynseg.progress import CancelledError, CancelToken, Progress


def test_more_images_than_places_are_decoded_here(hands: Hands, tmp_path: Path) -> None:
    paths = write_scenes(tmp_path, 5)
    items = [decoded(hands, path) for path in paths]
    assert [isinstance(item, LentInput) for item in items] == [True] * 3 + [False] * 2
    hands.give_back(items[0])
    hands.give_back(items[4])
    assert isinstance(decoded(hands, paths[0]), LentInput)


def test_candidates_that_do_not_fit_are_not_taken(hands: Hands, tmp_path: Path) -> None:
    # Twice as many prototypes as usual.
    rng = np.random.default_rng(0)
    count = 4
    candidates = Candidates(
        boxes=np.tile(np.array([[10, 10, 150, 110]], np.float32), (count, 1)),
        scores=np.linspace(1, 0.1, count, dtype=np.float32),
        classes=np.arange(count, dtype=np.int64),
        coefficients=rng.normal(size=(count, 64)).astype(np.float32),
        prototypes=rng.normal(size=(60, 80, 64)).astype(np.float32),
    )
    box = Letterbox.fit(320, 240, size=SIDE)
    assert found_by(hands, tmp_path, RawOutput(candidates, box)) is None


def test_hands_that_end_are_done_without(hands: Hands, tmp_path: Path, starter: Predictor) -> None:
    (path,) = write_scenes(tmp_path, 1)
    wanted = checked_pixels(path, None)
    (raw,) = starter.forward([letterboxed(wanted, SIDE)], FAST)
    for process in (hand.process for hand in list(hands._all)):
        process.kill()
        process.wait()
        item = decoded(hands, path)
        assert np.array_equal(item.pixels, letterboxed(wanted, SIDE).pixels)
        hands.give_back(item)
        done = found_by(hands, path, raw)
        here = packing.encode(trace(raw.candidates, raw.letterbox, simplify_px=1.0))
        assert done is None or done.found == here
    assert done is None
    assert not isinstance(decoded(hands, path), LentInput)


@pytest.mark.parametrize("count", [2, 3])
def test_an_image_that_ends_two_hands_is_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    """Nor is it read here: it would end the run."""
    paths = write_scenes(tmp_path, 2)
    with Hands(count, input_px=SIDE, input_pixels=SIDE**2, inputs=3) as hands:

        def fatal(requests: Sequence[Request], stream: BinaryIO) -> None:
            send(requests, stream)
            for hand in hands._all:
                if hand.requests is stream:
                    hand.process.kill()
                    hand.process.wait()

        with monkeypatch.context() as patch:
            patch.setattr(turns, "send", fatal)
            with pytest.raises(ImageError, match="ended the processes that read it"):
                decoded(hands, paths[0])
        assert hands._turns.count == count - 2
        assert isinstance(decoded(hands, paths[1]), LentInput) == (count > 2)


def test_an_error_that_nobody_expected_is_said_and_ends_no_hand(
    hands: Hands, tmp_path: Path
) -> None:
    (path,) = write_scenes(tmp_path, 1)
    nothing = replace(PLAN, frame=Window(0, 0, 0, 0))
    for _ in range(3):
        (found,) = hands.decode([Seen(path, SCENE, nothing)])
        assert isinstance(found, ImageError)
        assert "nobody expected (ZeroDivisionError: " in found.reason
    assert hands._turns.count == 2
    assert isinstance(decoded(hands, path), LentInput)


def test_hands_that_had_ended_before_are_no_fault_of_an_image(tmp_path: Path) -> None:
    (path,) = write_scenes(tmp_path, 1)
    with Hands(4, input_px=SIDE, input_pixels=SIDE**2, inputs=3) as hands:
        for hand in hands._all[1:]:
            hand.process.kill()
            hand.process.wait()
        assert isinstance(decoded(hands, path), LentInput)
        assert hands._turns.count == 1


def test_an_image_in_between_that_is_broken_stops_nobody(
    tmp_path: Path, starter: Predictor, always: None
) -> None:
    paths = write_scenes(tmp_path, 6)
    paths[2].write_bytes(paths[2].read_bytes()[:2000])
    works = [Work(index, path.name, path) for index, path in enumerate(paths)]
    found = list(Stages(starter, FAST).run(works))
    assert [work.key for work, _ in found] == list(range(6))
    failed = [index for index, (_, outcome) in enumerate(found) if not isinstance(outcome, Outcome)]
    assert failed == [2]
    assert "truncated" in str(found[2][1])


def in_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where the system has no memory without a name."""
    monkeypatch.setattr(arena, "_in_memory", lambda: iter(()))


def test_a_cancelled_run_leaves_no_process_and_no_file(
    make_project: MakeProject, starter: Predictor, always: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_a_file(monkeypatch)
    made: list[Hands] = []
    real = pool.Hands

    def kept(count: int, **options: Any) -> Hands:
        made.append(real(count, **options))
        return made[-1]

    monkeypatch.setattr(pool, "Hands", kept)
    cancel = CancelToken()

    def report(progress: Progress) -> None:
        if progress.done == 3:
            processes.extend(hand.process for hand in made[0]._all)
            cancel.cancel()

    processes: list[subprocess.Popen[bytes]] = []
    with pytest.raises(CancelledError):
        prelabel_project(make_project(12), starter, settings=FAST, report=report, cancel=cancel)
    assert processes
    assert all(process.returncode is not None for process in processes)
    assert not made[0]._file.path.exists()


PROGRAM = """
import sys, time
from pathlib import Path
from dynseg.inference.runs.hands import arena
from dynseg.inference.runs.hands.pool import Hands, Seen
from dynseg.inference.looks import plan
from dynseg.inference.settings import PredictSettings
from dynseg.model.card import ModelCard
card = ModelCard(name="any", classes=["object"])
if sys.argv[2:]:
    arena._in_memory = lambda: ()
hands = Hands(2, input_px=160, input_pixels=160 * 160, inputs=3)
look = plan(320, 240, PredictSettings(image_size=160), card)
hands.decode([Seen(Path(sys.argv[1]), (320, 240), look)])
print(hands._file.path, *(hand.process.pid for hand in hands._all), flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("named", [["named"], []])
def test_nothing_is_left_of_hands_whose_owner_was_killed(tmp_path: Path, named: list[str]) -> None:
    (image,) = write_scenes(tmp_path, 1)
    owner = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(image), *named], stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    path, *ids = owner.stdout.readline().split()
    path = path.replace("self", str(owner.pid))
    assert Path(path).exists()
    owner.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    owner.wait()
    owner.stdout.close()
    limit_s = time.monotonic() + 20
    while Path(path).exists() or any(map(is_alive, ids)):
        assert time.monotonic() < limit_s
        time.sleep(0.05)


def is_alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except OSError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"


def test_who_asked_has_let_go_of_the_memory_when_its_file_is_removed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Windows removes no file that is mapped."""
    in_a_file(monkeypatch)
    hands = Hands(2, input_px=SIDE, input_pixels=SIDE**2, inputs=3)
    mapped = weakref.ref(hands._memory.base)
    held: list[bool] = []
    real = Path.unlink

    def seen(path: Path, *, missing_ok: bool = False) -> None:
        held.append(mapped() is not None)
        real(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", seen)
    hands.close()
    assert held == [False]


def test_a_hand_that_was_left_in_the_middle_of_a_request_is_waited_for_by_nobody(
    tmp_path: Path, starter: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    (path,) = write_scenes(tmp_path, 1)
    (raw,) = starter.forward([letterboxed(checked_pixels(path, None), SIDE)], FAST)

    def full(*_: object) -> None:
        raise MemoryError

    with Hands(1, input_px=SIDE, input_pixels=SIDE**2, inputs=3) as hands:
        with monkeypatch.context() as patch:
            patch.setattr(turns, "put", full)
            with pytest.raises(MemoryError):
                found_by(hands, path, raw)
        assert hands._turns.count == 0
        assert found_by(hands, path, raw) is None


def test_large_inputs_take_fewer_hands_and_no_more_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def counted(count: int, **_: object) -> None:
        asked.append(count)

    monkeypatch.setattr(pool, "Hands", counted)
    monkeypatch.setattr(pool, "core_count", lambda **_: 16)
    for side in (640, 1280, 2048, 4096, 8192):
        asked.append(0)
        hands_for(500, input_px=side, input_pixels=side**2, inputs=3, on_gpu=True)
        assert asked[-1] * pool._own_bytes(side, side**2) <= pool.MOST_BYTES
    assert asked == [0, 16, 0, 16, 0, 11, 0, 2, 0]


def test_a_hand_that_begins_when_all_is_over_says_nothing(tmp_path: Path) -> None:
    gone = [*command("hands"), str(tmp_path / "gone"), "0", "64"]
    done = subprocess.run(gone, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize(("on_gpu", "count"), [(True, 12), (False, 3)])
def test_a_gpu_gets_a_hand_for_each_half_of_a_core(
    monkeypatch: pytest.MonkeyPatch, on_gpu: bool, count: int
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(pool, "Hands", lambda number, **_: asked.append(number))
    monkeypatch.setattr(pool, "core_count", lambda logical=False: 12 if logical else 6)
    hands_for(500, input_px=SIDE, input_pixels=SIDE**2, inputs=3, on_gpu=on_gpu)
    assert asked == [count]


def test_without_room_threads_do_it(
    always: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(size: int) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(arena, "create", full)
    assert for_a_run(500) is None
    assert "threads do it" in caplog.text


def test_where_answers_find_no_room_there_are_hands_without(
    always: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked = arena.create, list[int]()

    def small(size: int) -> object:
        asked.append(size)
        if len(asked) == 1:
            raise OSError(28, "No space left on device")
        return real(size)

    monkeypatch.setattr(arena, "create", small)
    with hands_for(
        500, input_px=SIDE, input_pixels=SIDE**2, inputs=3, batch=4, on_gpu=True
    ) or pytest.fail("no hands") as hands:
        assert hands.room_for((4, 40, 40, 32)) is None
    assert asked[0] - asked[1] == pool.MOST_SLOTS * 4 * SIDE**2 * 4


def test_few_images_or_cores_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "core_count", lambda **_: 16)
    assert for_a_run(pool.ENOUGH_IMAGES - 1) is None
    monkeypatch.setattr(pool, "core_count", lambda **_: pool.ENOUGH_CORES - 1)
    assert for_a_run(100_000) is None


@pytest.mark.parametrize("named", [True, False])
def test_memory_is_written_when_it_is_made(monkeypatch: pytest.MonkeyPatch, named: bool) -> None:
    if named:
        in_a_file(monkeypatch)
    file, memory = arena.create(3_000_000)
    try:
        assert len(memory) == 3_000_000
        assert bool(file.passed) == (sys.platform == "linux" and not named)
        other = arena.attach(file.path)
        memory[2_999_999] = 7
        assert other[2_999_999] == 7
        assert file.path.stat().st_size == 3_000_000
    finally:
        file.remove()
    assert not file.path.exists()
    file.remove()
    memory[0] = 1


@pytest.mark.skipif(sys.platform != "linux", reason="files that are memory")
def test_a_container_with_little_memory_for_files_has_hands_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Docker gives 64 MB; a file in the temporary folder is better than no hands."""
    (image,) = write_scenes(tmp_path, 1)
    monkeypatch.delattr(os, "memfd_create")
    monkeypatch.setattr(arena, "_MEMORY_FOLDER", tmp_path / "shm")
    real = Path.open

    def small(path: Path, *options: Any) -> Any:
        if path.parent == tmp_path / "shm":
            raise OSError(28, "No space left on device")
        return real(path, *options)

    (tmp_path / "shm").mkdir()
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(Path, "open", small)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    with Hands(1, input_px=SIDE, input_pixels=SIDE**2, inputs=3) as hands:
        assert isinstance(decoded(hands, image), LentInput)
        assert hands._file.path.parent == tmp_path / "tmp"
        assert "No space left on device" in caplog.text
    assert not list((tmp_path / "tmp").iterdir())
    assert not list((tmp_path / "shm").iterdir())
