"""Other processes decode and trace: with the same results, whatever becomes of them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from msgspec import structs
from tests.unit.inference.conftest import FAST, MakeProject, write_scenes

from dynseg.annotation.document import Annotation
from dynseg.errors import ImageError
from dynseg.geometry.letterbox import Letterbox
from dynseg.inference import detections as packing
from dynseg.inference.hands import arena, pool
from dynseg.inference.hands.pool import Hands, LentInput, hands_for
from dynseg.inference.letterboxed import checked_pixels, letterboxed
from dynseg.inference.pipeline import prelabel_project
from dynseg.inference.polygons import Candidates, trace
from dynseg.inference.predictor import Predictor
from dynseg.inference.stages import Outcome, Stages, Work
from dynseg.progress import CancelledError, CancelToken, Progress
from dynseg.project.store import Store

SIDE = 160


@pytest.fixture
def hands() -> Iterator[Hands]:
    with Hands(2, input_px=SIDE, inputs=3) as made:
        yield made


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Runs take hands, however few images and cores there are."""
    monkeypatch.setattr(pool, "core_count", lambda: 4)
    monkeypatch.setattr(pool, "ENOUGH_IMAGES", 1)


def without_runs(store: Store) -> list[Annotation]:
    """All documents, but for the run that each proposal names."""
    found = [store.annotation(row.id) for row in store.images()]
    return [
        replace(
            item, instances=tuple(structs.replace(shape, run_id=None) for shape in item.instances)
        )
        for item in found
    ]


def test_a_run_with_hands_is_the_same_run(
    make_project: MakeProject, starter: Predictor, always: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    apart, here = make_project(12), make_project(12)
    asked: list[bool] = []
    real = Hands.decode

    def counted(self: Hands, path: Path, size: tuple[int, int] | None) -> object:
        asked.append(isinstance(item := real(self, path, size), LentInput))
        return item

    monkeypatch.setattr(Hands, "decode", counted)
    with_hands = prelabel_project(apart, starter, settings=FAST)
    assert asked.count(True) >= 10
    monkeypatch.setattr(pool, "ENOUGH_IMAGES", 1000)
    without = prelabel_project(here, starter, settings=FAST)
    assert len(asked) == 12
    assert with_hands.instances == without.instances > 12
    assert without_runs(apart) == without_runs(here)
    key = (starter.card.model_id, FAST.key())
    kept = [[store.predictions(row.id, *key) for row in store.images()] for store in (apart, here)]
    assert kept[0] == kept[1]


def test_a_hand_decodes_and_traces_as_this_process_does(
    hands: Hands, tmp_path: Path, starter: Predictor
) -> None:
    (path,) = write_scenes(tmp_path, 1)
    wanted = letterboxed(checked_pixels(path, None), SIDE)
    found = hands.decode(path, (320, 240))
    assert isinstance(found, LentInput)
    assert found.letterbox == wanted.letterbox
    assert np.array_equal(found.pixels, wanted.pixels)
    (raw,) = starter.forward([found], FAST)
    hands.give_back(found)
    detections, packed = hands.trace(raw.candidates, raw.letterbox, simplify_px=1.0)
    here = trace(raw.candidates, raw.letterbox, simplify_px=1.0)
    assert len(here) > 2
    assert packed == packing.encode(here)
    assert packing.encode(detections) == packed


def test_what_cannot_be_read_is_said_in_the_same_words(hands: Hands, tmp_path: Path) -> None:
    (path,) = write_scenes(tmp_path, 1)
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no image")
    for file, size in ((broken, None), (tmp_path / "gone.png", None), (path, (5, 5))):
        with pytest.raises(ImageError) as here:
            checked_pixels(file, size)
        with pytest.raises(ImageError) as apart:
            hands.decode(file, size)
        assert (str(apart.value), apart.value.hint) == (str(here.value), here.value.hint)
    assert isinstance(hands.decode(path, None), LentInput)


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text elsewhere")
def test_a_file_name_may_be_no_text(hands: Hands, tmp_path: Path) -> None:
    (path,) = write_scenes(tmp_path, 1)
    odd = path.rename(Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.jpg")))
    assert isinstance(hands.decode(odd, None), LentInput)
    assert hands._turns.count == len(hands._all)


def test_more_images_than_places_are_decoded_here(hands: Hands, tmp_path: Path) -> None:
    paths = write_scenes(tmp_path, 5)
    items = [hands.decode(path, None) for path in paths]
    assert [isinstance(item, LentInput) for item in items] == [True] * 3 + [False] * 2
    hands.give_back(items[0])
    hands.give_back(items[4])
    assert isinstance(hands.decode(paths[0], None), LentInput)


def test_candidates_that_do_not_fit_are_traced_here(hands: Hands) -> None:
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
    detections, packed = hands.trace(candidates, box, simplify_px=1.0)
    assert packed == packing.encode(trace(candidates, box, simplify_px=1.0))
    assert len(detections) == count


def test_hands_that_end_are_done_without(hands: Hands, tmp_path: Path, starter: Predictor) -> None:
    (path,) = write_scenes(tmp_path, 1)
    wanted = checked_pixels(path, None)
    (raw,) = starter.forward([letterboxed(wanted, SIDE)], FAST)
    for process in (hand.process for hand in list(hands._all)):
        process.kill()
        process.wait()
        item = hands.decode(path, None)
        assert np.array_equal(item.pixels, letterboxed(wanted, SIDE).pixels)
        hands.give_back(item)
        found, _ = hands.trace(raw.candidates, raw.letterbox, simplify_px=1.0)
        assert found == trace(raw.candidates, raw.letterbox, simplify_px=1.0)
    assert not isinstance(hands.decode(path, None), LentInput)


def test_an_image_that_ends_two_hands_is_set_aside(tmp_path: Path) -> None:
    paths = write_scenes(tmp_path, 2)
    with Hands(3, input_px=SIDE, inputs=3) as hands:
        for hand in hands._all[1:]:
            hand.process.kill()
            hand.process.wait()
        with pytest.raises(ImageError, match="ended the processes that read it"):
            hands.decode(paths[0], None)
        assert isinstance(hands.decode(paths[1], None), LentInput)


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


def test_a_cancelled_run_leaves_no_process_and_no_file(
    make_project: MakeProject, starter: Predictor, always: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Hands] = []
    real = pool.Hands

    def kept(count: int, *, input_px: int, inputs: int) -> Hands:
        made.append(real(count, input_px=input_px, inputs=inputs))
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
    assert not made[0]._path.exists()


PROGRAM = """
import sys, time
from dynseg.inference.hands.pool import Hands
hands = Hands(2, input_px=160, inputs=3)
hands.decode(__import__("pathlib").Path(sys.argv[1]), None)
print(hands._path, *(hand.process.pid for hand in hands._all), flush=True)
time.sleep(60)
"""


def test_nothing_is_left_of_hands_whose_owner_was_killed(tmp_path: Path) -> None:
    (image,) = write_scenes(tmp_path, 1)
    owner = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(image)], stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    path, *ids = owner.stdout.readline().split()
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


def test_without_room_threads_do_it(
    always: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(size: int) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(arena, "create", full)
    assert hands_for(500, input_px=SIDE, inputs=3, on_gpu=True) is None
    assert "threads do it" in caplog.text


def test_few_images_or_cores_start_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "core_count", lambda: 16)
    assert hands_for(pool.ENOUGH_IMAGES - 1, input_px=SIDE, inputs=3, on_gpu=True) is None
    monkeypatch.setattr(pool, "core_count", lambda: pool.ENOUGH_CORES - 1)
    assert hands_for(100_000, input_px=SIDE, inputs=3, on_gpu=True) is None


def test_memory_is_written_when_it_is_made() -> None:
    path, memory = arena.create(3_000_000)
    try:
        assert len(memory) == 3_000_000
        other = arena.attach(path)
        memory[2_999_999] = 7
        assert other[2_999_999] == 7
        assert path.stat().st_size == 3_000_000
    finally:
        path.unlink()
